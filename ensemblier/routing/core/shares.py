"""Publics of an agreement that people choose from a list: each with its condition in the grammar of the rules."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ensemblier.routing.core.facts import Quality, Status


@dataclass(frozen=True, slots=True)
class SharedPublic:
    """A public as an agreement names it; `condition` is written in the grammar of docs/algorithms/rules.md."""

    key: str
    label: str
    condition: Mapping[str, Any]


def _status(key: str, label: str, *statuses: Status) -> SharedPublic:
    return SharedPublic(key, label, {"status": [status.value for status in statuses]})


def _quality(key: str, label: str, quality: Quality) -> SharedPublic:
    return SharedPublic(key, label, {"quality": quality.value})


SHARED_PUBLICS: Mapping[str, SharedPublic] = {
    public.key: public
    for public in (
        _status("jobseeker", "personnes en recherche d’emploi", Status.JOBSEEKER),
        _status("employee", "salariés du privé", Status.EMPLOYEE_PRIVATE),
        _status("public_agent", "agents publics", Status.EMPLOYEE_PUBLIC),
        _status("self_employed", "indépendants", Status.SELF_EMPLOYED),
        _status("apprentice", "apprentis", Status.APPRENTICE),
        _status("trainee", "stagiaires rémunérés de la formation", Status.PAID_TRAINEE),
        _status("helper", "aides familiaux sans salaire", Status.UNPAID_HELPER),
        _status("student", "élèves et étudiants", Status.STUDENT),
        _quality("seasonal", "saisonniers", Quality.SEASONAL),
        _quality("cadre", "cadres", Quality.CADRE),
        _quality("disabled", "personnes en situation de handicap", Quality.DISABLED),
        _quality("rsa", "bénéficiaires du RSA", Quality.RSA),
        _quality("graduate", "jeunes diplômés", Quality.RECENT_GRADUATE),
        SharedPublic(
            "young_out_of_school",
            "jeunes de 16 à 25 ans sortis de l’école",
            {"all": [{"age": {"from": 16, "through": 25}}, {"quality": Quality.OUT_OF_SCHOOL.value}]},
        ),
        SharedPublic("everybody", "tout le monde", {"always": True}),
    )
}
"""Key → public, in the order in which they are proposed: the commonest first, everybody last."""
