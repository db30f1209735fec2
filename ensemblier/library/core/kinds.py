"""What a resource is, for whom it is, and what one may do with it – in words."""

from enum import StrEnum

from ensemblier.kernel.words import marked


class ResourceKind(StrEnum):
    """The kinds of resources, as the interface names them."""

    PUBLICATION = "publication"
    LAW = "law"
    SHEET = "sheet"
    VIDEO = "video"
    TOOL = "tool"
    FORM = "form"
    EVENT_REPORT = "event_report"
    QUESTION = "question"

    @property
    def label(self) -> str:
        """The French name."""
        return {
            "publication": marked("étude ou article"),
            "law": marked("texte de loi"),
            "sheet": marked("fiche"),
            "video": marked("vidéo"),
            "tool": marked("outil"),
            "form": marked("formulaire"),
            "event_report": marked("compte rendu"),
            "question": marked("question et réponses"),
        }[self.value]


class Domain(StrEnum):
    """What a resource speaks of (« Dans le domaine : Conseil »)."""

    ADVICE = "advice"
    GUIDANCE = "guidance"
    TRAINING = "training"
    EMPLOYMENT = "employment"
    LAW = "law"
    COOPERATION = "cooperation"
    TERRITORY = "territory"
    SOCIAL = "social"

    @property
    def label(self) -> str:
        """The French name."""
        return {
            "advice": marked("conseil"),
            "guidance": marked("orientation"),
            "training": marked("formation"),
            "employment": marked("emploi"),
            "law": marked("droit du travail"),
            "cooperation": marked("coopération"),
            "territory": marked("territoire"),
            "social": marked("logement, santé, mobilité"),
        }[self.value]


class Audience(StrEnum):
    """Who reads the content. The notice of a members-only resource is shown to all; a corner's only inside of it."""

    PUBLIC = "public"
    MEMBERS = "members"
    CORNER = "corner"

    @property
    def label(self) -> str:
        """The French name."""
        return {
            "public": marked("tout le monde"),
            "members": marked("membres connectés"),
            "corner": marked("un groupe"),
        }[self.value]


class ResourceState(StrEnum):
    """A resource that was withdrawn keeps its permanent address, which says so."""

    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        """The French name."""
        return {"published": marked("publiée"), "withdrawn": marked("retirée")}[self.value]


class DatePrecision(StrEnum):
    """How much of a date is known: 2019, November 2019, 29 November 2019."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"

    @property
    def label(self) -> str:
        """The French name."""
        return {"year": marked("l’année"), "month": marked("le mois"), "day": marked("le jour")}[self.value]


class Licence(StrEnum):
    """The licences that the field meets. Unknown is a value: "" on the row."""

    CC0 = "cc0"
    CC_BY = "cc-by"
    CC_BY_SA = "cc-by-sa"
    CC_BY_ND = "cc-by-nd"
    CC_BY_NC = "cc-by-nc"
    CC_BY_NC_SA = "cc-by-nc-sa"
    CC_BY_NC_ND = "cc-by-nc-nd"
    ETALAB = "etalab-2.0"
    LAW = "law"
    RESERVED = "reserved"

    @property
    def label(self) -> str:
        """The usual name."""
        return {
            "cc0": "CC0",
            "cc-by": "CC BY",
            "cc-by-sa": "CC BY-SA",
            "cc-by-nd": "CC BY-ND",
            "cc-by-nc": "CC BY-NC",
            "cc-by-nc-sa": "CC BY-NC-SA",
            "cc-by-nc-nd": "CC BY-NC-ND",
            "etalab-2.0": marked("Licence ouverte 2.0"),
            "law": marked("texte officiel"),
            "reserved": marked("tous droits réservés"),
        }[self.value]

    @property
    def words(self) -> str:
        """What one may do, in one sentence."""
        return _MAY[self]


_MAY = {
    Licence.CC0: marked("Vous pouvez tout en faire, sans condition."),
    Licence.CC_BY: marked("Vous pouvez copier, diffuser et adapter, en citant les auteurs."),
    Licence.CC_BY_SA: marked(
        "Vous pouvez copier, diffuser et adapter, en citant les auteurs et en gardant la même licence."
    ),
    Licence.CC_BY_ND: marked(
        "Vous pouvez copier et diffuser, en citant les auteurs. Aucune copie adaptée : ni résumé publié, ni traduction."
    ),
    Licence.CC_BY_NC: marked("Vous pouvez copier, diffuser et adapter sans but commercial, en citant les auteurs."),
    Licence.CC_BY_NC_SA: marked(
        "Vous pouvez copier, diffuser et adapter sans but commercial, en citant les auteurs et sous la même licence."
    ),
    Licence.CC_BY_NC_ND: marked(
        "Vous pouvez copier et diffuser sans but commercial, en citant les auteurs. Aucune copie adaptée."
    ),
    Licence.ETALAB: marked("Vous pouvez réutiliser librement, en citant la source et sa date."),
    Licence.LAW: marked("Les textes officiels se citent et se copient librement."),
    Licence.RESERVED: marked("Vous pouvez lire et citer un court passage. Pour copier ou diffuser, demandez l’accord."),
}

UNKNOWN_LICENCE = marked("La licence n’est pas connue : lisez, citez un court passage, demandez avant de copier.")


def licence_of(text: str) -> Licence | None:
    """The licence that a text or an address names ("http://creativecommons.org/licenses/by-nd/4.0/"); None: unknown."""
    folded = text.strip().lower()
    if not folded:
        return None
    if folded in {licence.value for licence in Licence}:
        return Licence(folded)
    if "publicdomain/zero" in folded or "cc0" in folded:
        return Licence.CC0
    if "creativecommons.org/licenses/" in folded:
        name = "cc-" + folded.partition("creativecommons.org/licenses/")[2].split("/")[0]
        return Licence(name) if name in {licence.value for licence in Licence} else None
    if "etalab" in folded or "licence ouverte" in folded or "licence-ouverte" in folded:
        return Licence.ETALAB
    bare = "-".join(folded.replace("attribution", "by").replace("_", " ").replace("-", " ").split()[:4])
    found = [licence for licence in Licence if bare.startswith(licence.value)]
    return max(found, key=lambda licence: len(licence.value)) if found else None
