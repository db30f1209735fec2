"""States and kinds that rows of the directory can take. Labels are what the interface shows."""

from enum import StrEnum

from ensemblier.kernel.words import marked


class _Labelled(StrEnum):
    """A member is written `NAME = "value", "French label"`."""

    label: str

    def __new__(cls, value: str, label: str = "") -> "_Labelled":
        """Keep the French label beside the stored value."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member


class Circle(_Labelled):
    """The circle of partners a network belongs to."""

    CEP = "cep", marked("opérateurs du CEP")
    SPRO = "spro", marked("service public régional de l'orientation")
    ECONOMIC = "economic", marked("monde économique")
    TRAINING = "training", marked("formation")
    HEALTH_SOCIAL = "health_social", marked("santé et social")
    OTHER = "other", marked("autre")


class PositionKind(_Labelled):
    """How well the place of a site is known."""

    EXACT = "exact", marked("position exacte")
    COMMUNE_CENTRE = "commune_centre", marked("centre de la commune")
    ESTIMATED = "estimated", marked("position estimée")
    UNKNOWN = "unknown", marked("position non connue")


class Mode(_Labelled):
    """How an offer is delivered: codes of data·inclusion."""

    ON_SITE = "en-presentiel", marked("sur place")
    REMOTE = "a-distance", marked("à distance")


class PermanenceState(_Labelled):
    """Life of a permanence: only the operator concerned agrees, refuses or publishes."""

    DRAFT = "draft", marked("proposée")
    AGREED = "agreed", marked("acceptée")
    REFUSED = "refused", marked("refusée")
    PUBLISHED = "published", marked("publiée")
    CLOSED = "closed", marked("arrêtée")


class HalfDay(_Labelled):
    """Half-day of a permanence."""

    MORNING = "morning", marked("matin")
    AFTERNOON = "afternoon", marked("après-midi")
    DAY = "day", marked("journée")


class Season(_Labelled):
    """Season in which a permanence is held; its months stand in `core.permanence`."""

    ALL_YEAR = "all_year", marked("toute l'année")
    SPRING = "spring", marked("printemps")
    SUMMER = "summer", marked("été")
    AUTUMN = "autumn", marked("automne")
    WINTER = "winter", marked("hiver")
    SCHOOL_TERM = "school_term", marked("hors juillet et août")


class ContactPreference(_Labelled):
    """How an interlocutor prefers to be reached."""

    PHONE = "phone", marked("téléphone")
    EMAIL = "email", marked("courriel")
    SWITCHBOARD = "switchboard", marked("par l'accueil de la structure")


class SuggestionState(_Labelled):
    """Life of a correction suggested by anyone."""

    OPEN = "open", marked("à examiner")
    ACCEPTED = "accepted", marked("acceptée")
    REFUSED = "refused", marked("refusée")
