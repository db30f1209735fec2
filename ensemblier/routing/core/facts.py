"""What a person says about their situation: plural statuses, qualities, a purpose; unknown is a value, never a "no".

Vocabulary: docs/lexique.md. Sources of the publics: arrêté of 29 March 2019 (cahier des charges), L6111-6.
"""

from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from ensemblier.kernel.words import marked


class Status(StrEnum):
    """A situation towards work; a person may have several at once (seasonal work, a job beside studies…)."""

    JOBSEEKER = "jobseeker"
    EMPLOYEE_PRIVATE = "employee_private"
    EMPLOYEE_PUBLIC = "employee_public"
    SELF_EMPLOYED = "self_employed"
    APPRENTICE = "apprentice"
    PAID_TRAINEE = "paid_trainee"
    UNPAID_HELPER = "unpaid_helper"
    STUDENT = "student"
    RETIRED = "retired"

    @property
    def label(self) -> str:
        """The French name."""
        return _STATUS_LABELS[self]


class Quality(StrEnum):
    """A fact that adds a door whatever the status."""

    CADRE = "cadre"
    DISABLED = "disabled"
    OUT_OF_SCHOOL = "out_of_school"
    RECENT_GRADUATE = "recent_graduate"
    SEASONAL = "seasonal"
    RSA = "rsa"

    @property
    def label(self) -> str:
        """The French name."""
        return _QUALITY_LABELS[self]


class Purpose(StrEnum):
    """What the person comes for. NONE = asked, nothing particular; None in `PersonFacts` = not asked."""

    NONE = "none"
    RESIGN_FOR_PROJECT = "resign_for_project"
    TRANSITION_PROJECT = "transition_project"
    TRAINING = "training"
    JOB_SEARCH = "job_search"
    BUSINESS_CREATION = "business_creation"
    PREVENTION_ACCOUNT = "prevention_account"

    @property
    def label(self) -> str:
        """The French name."""
        return _PURPOSE_LABELS[self]


class AgeBand(StrEnum):
    """An age said without a birth date. The coarse bands stay undecided at the limits that they straddle."""

    UNDER_16 = "under_16"
    FROM_16_TO_25 = "16_25"
    FROM_26_TO_29 = "26_29"
    FROM_30 = "30_plus"
    UNDER_26 = "under_26"
    FROM_26 = "26_plus"

    @property
    def bounds(self) -> tuple[int, int]:
        """(least, greatest) whole years; 200 stands for "no upper limit"."""
        return _BAND_BOUNDS[self]

    @property
    def label(self) -> str:
        """The French name."""
        return _BAND_LABELS[self]


_STATUS_LABELS = {
    Status.JOBSEEKER: marked("en recherche d’emploi"),
    Status.EMPLOYEE_PRIVATE: marked("salarié du privé"),
    Status.EMPLOYEE_PUBLIC: marked("agent public"),
    Status.SELF_EMPLOYED: marked("indépendant, artisan, libéral ou auto-entrepreneur"),
    Status.APPRENTICE: marked("apprenti"),
    Status.PAID_TRAINEE: marked("stagiaire rémunéré de la formation professionnelle"),
    Status.UNPAID_HELPER: marked("aide non rémunérée d’un proche dans son travail"),
    Status.STUDENT: marked("élève ou étudiant"),
    Status.RETIRED: marked("retraité"),
}
_QUALITY_LABELS = {
    Quality.CADRE: marked("cadre"),
    Quality.DISABLED: marked("en situation de handicap"),
    Quality.OUT_OF_SCHOOL: marked("sorti du système scolaire"),
    Quality.RECENT_GRADUATE: marked("jeune diplômé"),
    Quality.SEASONAL: marked("saisonnier"),
    Quality.RSA: marked("bénéficiaire du RSA"),
}
_PURPOSE_LABELS = {
    Purpose.NONE: marked("faire le point"),
    Purpose.RESIGN_FOR_PROJECT: marked("démissionner pour un projet"),
    Purpose.TRANSITION_PROJECT: marked("projet de transition professionnelle"),
    Purpose.TRAINING: marked("se former"),
    Purpose.JOB_SEARCH: marked("trouver un emploi"),
    Purpose.BUSINESS_CREATION: marked("créer ou reprendre une activité"),
    Purpose.PREVENTION_ACCOUNT: marked("utiliser son compte de prévention (C2P)"),
}
_BAND_BOUNDS = {
    AgeBand.UNDER_16: (0, 15),
    AgeBand.FROM_16_TO_25: (16, 25),
    AgeBand.FROM_26_TO_29: (26, 29),
    AgeBand.FROM_30: (30, 200),
    AgeBand.UNDER_26: (0, 25),
    AgeBand.FROM_26: (26, 200),
}
_BAND_LABELS = {
    AgeBand.UNDER_16: marked("moins de 16 ans"),
    AgeBand.FROM_16_TO_25: marked("de 16 à 25 ans"),
    AgeBand.FROM_26_TO_29: marked("de 26 à 29 ans"),
    AgeBand.FROM_30: marked("30 ans ou plus"),
    AgeBand.UNDER_26: marked("moins de 26 ans"),
    AgeBand.FROM_26: marked("26 ans ou plus"),
}


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """A person on one day, without identity.

    `statuses` None = not asked; a set = all of them (the others are "no"). A quality absent from the map or None = not
    asked. `purpose` None = not asked. `region_code` / `departement_code` None or "" = not known (Insee codes; for an
    overseas collectivity "975", "977"… stand in both). `commune_code` places the person in the perimeter of an
    agreement. `recorded_doors`: the local doors that the directory records there; None = the place is not known.
    """

    born: date | None = None
    age_band: AgeBand | None = None
    statuses: frozenset[Status] | None = None
    qualities: dict[Quality, bool | None] = field(default_factory=dict)
    purpose: Purpose | None = None
    region_code: str | None = None
    departement_code: str | None = None
    commune_code: str | None = None
    recorded_doors: frozenset[str] | None = frozenset()


def with_all_qualities(facts: PersonFacts) -> PersonFacts:
    """The same person after the question "which of these are you?": what was not ticked is a "no"."""
    return replace(facts, qualities={quality: bool(facts.qualities.get(quality)) for quality in Quality})


def age_on(born: date, on: date) -> int:
    """Whole years on the day `on`; negative when born later.

    Somebody born on 29 February turns a year older on 1 March of a common year: the reading that keeps a right
    "until the eve of the birthday" a day longer rather than a day shorter.
    """
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
