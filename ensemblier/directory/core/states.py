"""States and kinds that rows of the directory can take. Labels are what the interface shows."""

from enum import StrEnum


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

    CEP = "cep", "opérateurs du CEP"
    SPRO = "spro", "service public régional de l'orientation"
    ECONOMIC = "economic", "monde économique"
    TRAINING = "training", "formation"
    HEALTH_SOCIAL = "health_social", "santé et social"
    OTHER = "other", "autre"


class PositionKind(_Labelled):
    """How well the place of a site is known."""

    EXACT = "exact", "position exacte"
    COMMUNE_CENTRE = "commune_centre", "centre de la commune"
    ESTIMATED = "estimated", "position estimée"
    UNKNOWN = "unknown", "position non connue"


class Mode(_Labelled):
    """How an offer is delivered: codes of data·inclusion."""

    ON_SITE = "en-presentiel", "sur place"
    REMOTE = "a-distance", "à distance"


class PermanenceState(_Labelled):
    """Life of a permanence: only the operator concerned agrees, refuses or publishes."""

    DRAFT = "draft", "proposée"
    AGREED = "agreed", "acceptée"
    REFUSED = "refused", "refusée"
    PUBLISHED = "published", "publiée"
    CLOSED = "closed", "arrêtée"


class HalfDay(_Labelled):
    """Half-day of a permanence."""

    MORNING = "morning", "matin"
    AFTERNOON = "afternoon", "après-midi"
    DAY = "day", "journée"


class Season(_Labelled):
    """Season in which a permanence is held; its months stand in `core.permanence`."""

    ALL_YEAR = "all_year", "toute l'année"
    SPRING = "spring", "printemps"
    SUMMER = "summer", "été"
    AUTUMN = "autumn", "automne"
    WINTER = "winter", "hiver"
    SCHOOL_TERM = "school_term", "hors juillet et août"


class ContactPreference(_Labelled):
    """How an interlocutor prefers to be reached."""

    PHONE = "phone", "téléphone"
    EMAIL = "email", "courriel"
    SWITCHBOARD = "switchboard", "par l'accueil de la structure"


class SuggestionState(_Labelled):
    """Life of a correction suggested by anyone."""

    OPEN = "open", "à examiner"
    ACCEPTED = "accepted", "acceptée"
    REFUSED = "refused", "refusée"
