"""The publics of the coverage audit: typical persons, so that competence is asked of the rules and not written here."""

from dataclasses import dataclass

from ensemblier.kernel.words import marked
from ensemblier.routing.core.facts import AgeBand, PersonFacts, Purpose, Quality, Status


@dataclass(frozen=True, slots=True)
class Public:
    """A typical person of a public, without a place."""

    key: str
    label: str
    statuses: frozenset[Status]
    qualities: frozenset[Quality] = frozenset()
    is_young: bool = False


def _public(
    key: str, label: str, *statuses: Status, qualities: tuple[Quality, ...] = (), young: bool = False
) -> Public:
    return Public(key, label, frozenset(statuses), frozenset(qualities), young)


PUBLICS = (
    _public("jobseeker", marked("demandeurs d’emploi"), Status.JOBSEEKER),
    _public("young", marked("jeunes de 16 à 25 ans sortis de l’école"), qualities=(Quality.OUT_OF_SCHOOL,), young=True),
    _public(
        "disabled_jobseeker", marked("demandeurs d’emploi handicapés"), Status.JOBSEEKER, qualities=(Quality.DISABLED,)
    ),
    _public("disabled_employee", marked("salariés handicapés"), Status.EMPLOYEE_PRIVATE, qualities=(Quality.DISABLED,)),
    _public("cadre", marked("cadres en poste"), Status.EMPLOYEE_PRIVATE, qualities=(Quality.CADRE,)),
    _public("cadre_jobseeker", marked("cadres en recherche d’emploi"), Status.JOBSEEKER, qualities=(Quality.CADRE,)),
    _public("employee", marked("salariés du privé"), Status.EMPLOYEE_PRIVATE),
    _public("self_employed", marked("indépendants"), Status.SELF_EMPLOYED),
    _public("apprentice", marked("apprentis"), Status.APPRENTICE, young=True),
    _public(
        "seasonal", marked("saisonniers"), Status.JOBSEEKER, Status.EMPLOYEE_PRIVATE, qualities=(Quality.SEASONAL,)
    ),
    _public("rsa", marked("bénéficiaires du RSA"), Status.JOBSEEKER, qualities=(Quality.RSA,)),
    _public("public_agent", marked("agents publics"), Status.EMPLOYEE_PUBLIC),
    _public("trainee", marked("stagiaires rémunérés"), Status.PAID_TRAINEE),
)


def facts_of(public: Public, *, region: str, departement: str, commune: str) -> PersonFacts:
    """A typical person of `public` who lives there: every answer known, 20 or 40 years old, no particular purpose."""
    return PersonFacts(
        age_band=AgeBand.FROM_16_TO_25 if public.is_young else AgeBand.FROM_30,
        statuses=public.statuses,
        qualities={quality: quality in public.qualities for quality in Quality},
        purpose=Purpose.NONE,
        region_code=region,
        departement_code=departement,
        commune_code=commune,
    )
