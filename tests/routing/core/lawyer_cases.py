"""Reads the cases written by hand and compares an answer with what they expect."""

from datetime import date
from pathlib import Path
from typing import Any

import yaml

from ensemblier.routing.core.answer import Answer, Level
from ensemblier.routing.core.facts import AgeBand, PersonFacts, Purpose, Quality, Status

FOLDER = Path(__file__).parents[1] / "cases"

CASES: list[dict[str, Any]] = [
    case for path in sorted(FOLDER.glob("*.yaml")) for case in yaml.safe_load(path.read_text(encoding="utf-8"))
]


def facts_of(person: dict[str, Any]) -> PersonFacts:
    """The facts of a case; Hautes-Alpes when no place is written."""
    qualities, purpose = person.get("qualities", []), person.get("purpose", "none")
    return PersonFacts(
        born=person.get("born"),
        age_band=AgeBand(person["age_band"]) if "age_band" in person else None,
        statuses=None if person["statuses"] is None else frozenset(Status(s) for s in person["statuses"]),
        qualities={Quality(q): answer for q, answer in qualities.items()}
        if isinstance(qualities, dict)
        else {q: q.value in qualities for q in Quality},
        purpose=None if purpose is None else Purpose(purpose),
        region_code=person.get("region", "93"),
        departement_code=person.get("departement", "05"),
        recorded_doors=frozenset(person.get("recorded", [])),
    )


def complaints(case: dict[str, Any], answer: Answer) -> list[str]:
    """What differs from the expected answer, one sentence each; empty when all is as written."""
    offered = {v.operator.value for v in answer.doors}
    doors = {door.key for door in answer.other_doors}
    doubts = {doubt.reason.rule_id for doubt in answer.doubts}
    rights = {right.reason.rule_id for right in answer.rights}
    exact: list[tuple[str, set[str], set[str]]] = [
        ("express", set(case["express"]), {o.value for o in answer.operators(Level.EXPRESS)}),
        ("excluded", set(case.get("excluded", [])), {e.operator.value for e in answer.excluded}),
    ]
    if "possible" in case:
        exact.append(("possible", set(case["possible"]), {o.value for o in answer.operators(Level.POSSIBLE)}))
    found = [f"{name}: {got}, attendu {want}" for name, want, got in exact if want != got]
    at_least: list[tuple[str, set[str]]] = [
        ("other_doors", doors),
        ("doubts", doubts),
        ("rights", rights),
        ("missing", {question.key for question in answer.questions}),
        ("undetermined", {u.operator.value for u in answer.undetermined}),
    ]
    found += [
        f"{name}: il manque {set(case.get(name, [])) - got}" for name, got in at_least if set(case.get(name, [])) - got
    ]
    never: list[tuple[str, set[str]]] = [
        ("not_offered", offered),
        ("other_doors_not", doors),
        ("doubts_not", doubts),
        ("rights_not", rights),
    ]
    found += [
        f"{name}: {set(case.get(name, [])) & got} de trop" for name, got in never if set(case.get(name, [])) & got
    ]
    return found + _single(case, answer)


def _single(case: dict[str, Any], answer: Answer) -> list[str]:
    found = []
    if answer.unassigned != case.get("unassigned", False):
        found.append(f"à répartir: {answer.unassigned}")
    if "right_open" in case and answer.is_right_open is not case["right_open"]:
        found.append(f"droit ouvert: {answer.is_right_open}")
    is_overseas = case["person"].get("departement") in {"986", "987", "988"}
    if answer.is_right_open is False and not is_overseas and len(answer.right_reasons) != 1:
        found.append(f"raisons de la fermeture: {[r.rule_id for r in answer.right_reasons]}")
    names = {operator.value: name for operator, name in answer.names.items()}
    found += [f"nom {key}: {names[key]}" for key, name in case.get("names", {}).items() if names[key] != name]
    if "rights_title" in case and not any(r.title_fr.startswith(case["rights_title"]) for r in answer.rights):
        found.append("titre du droit")
    why = {n.operator.value: [r.rule_id for r in n.because] for n in answer.not_concerned}
    found += [f"pourquoi pas {k}" for k, rule in case.get("why_not", {}).items() if rule not in why.get(k, [])]
    return found


def day_of(case: dict[str, Any]) -> date:
    """The day of a case."""
    day = case["date"]
    assert isinstance(day, date)
    return day
