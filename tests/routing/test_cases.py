"""`ensemblier orient`: the contract of the printed array, the shared cases, and what a person reads."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from ensemblier.cli.coverage import app as coverage_app
from ensemblier.cli.orient import app
from ensemblier.kernel.errors import BadInput, NotFound
from ensemblier.routing.core.cases import parse_cases
from ensemblier.routing.queries.cases import orient_cases
from tests.factories.directory import make_organisation, make_site
from tests.factories.territory import BRIANCON, GAP, make_places
from tests.paths import SHARED

CASES = SHARED / "cases" / "routing.json"
KEYS = {
    "id", "express", "possible", "excluded", "other_doors", "unassigned", "missing", "names", "doors",
}  # fmt: skip
pytestmark = pytest.mark.django_db


def printed(path: Path) -> list[dict[str, Any]]:
    """The array that the command writes for a file."""
    make_places()
    make_site(make_organisation("Agence de Gap", network="france-travail"), GAP)
    ran = CliRunner().invoke(app, ["--cases", str(path)])
    assert ran.exit_code == 0, ran.output
    found: list[dict[str, Any]] = json.loads(ran.stdout)
    return found


def wrong(item: dict[str, Any], expect: dict[str, Any]) -> list[str]:
    """The expectations of a shared case that an item does not meet."""
    offered = {*item["express"], *item["possible"]}
    excluded = {e["operator"] for e in item["excluded"]}
    held = {
        "express": expect["express"] is None or set(expect["express"]) == set(item["express"]),
        "express_at_least": set(expect["express_at_least"]) <= set(item["express"]),
        "offered_at_least": set(expect["offered_at_least"]) <= offered,
        "not_offered": not set(expect["not_offered"]) & offered,
        "excluded": set(expect["excluded"]) == excluded,
        "other_doors_at_least": set(expect["other_doors_at_least"]) <= set(item["other_doors"]),
        "other_doors_not": not set(expect["other_doors_not"]) & set(item["other_doors"]),
        "unassigned": expect["unassigned"] in (None, item["unassigned"]),
        "names": all(item["names"][key] == name for key, name in expect["names"].items()),
        "names_not": all(item["names"][key] != name for key, name in expect["names_not"].items()),
    }
    return [name for name, is_held in held.items() if not is_held]


@pytest.mark.skipif(not CASES.is_file(), reason="the shared cases are not on this machine (ENSEMBLIER_SHARED)")
def test_the_shared_cases_are_answered_as_written() -> None:
    rows = json.loads(CASES.read_text(encoding="utf-8"))
    items = printed(CASES)
    assert [item["id"] for item in items] == [row["id"] for row in rows]
    assert {row["id"]: wrong(item, row["expect"]) for item, row in zip(items, rows, strict=True)} == {
        row["id"]: [] for row in rows
    }


def test_an_item_has_the_keys_of_the_contract_and_its_counters(tmp_path: Path) -> None:
    path = tmp_path / "cas.json"
    person = {"born": "1990-03-03", "statuses": ["employee_private", "jobseeker"], "qualities": [], "commune": "05061"}
    path.write_text(json.dumps([{"id": "A", "on": "2026-11-22", "person": person | {"purpose": None}}]), "utf-8")
    item = printed(path)[0]
    assert set(item) >= KEYS
    door = next(d for d in item["doors"] if d["operator"] == "france_travail")
    assert {"operator", "level", "because", "sites"} <= set(door)
    assert door["sites"][0]["city"] == "Gap" and door["because"][0]["source"]
    assert item["missing"] == [] and item["names"]["france_travail"] == "France Travail"


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    for name, content in {"a.json": b"[", "b.json": b"\xff\xfe\x00[", "c.json": b"[" * 100_000}.items():
        (tmp_path / name).write_bytes(content)
        with pytest.raises(BadInput, match=name):
            CliRunner().invoke(app, ["--cases", str(tmp_path / name)], catch_exceptions=False)
    with pytest.raises(BadInput, match="absent"):
        CliRunner().invoke(app, ["--cases", str(tmp_path / "absent.json")], catch_exceptions=False)


def test_an_unknown_commune_names_its_case() -> None:
    make_places(GAP)
    cases = parse_cases([{"id": "X9", "person": {"statuses": [], "commune": "05999"}}], default_on=date(2026, 11, 22))
    with pytest.raises(NotFound, match="Cas X9"):
        orient_cases(cases, day=date(2026, 11, 22))


def test_a_person_reads_doors_reasons_and_questions() -> None:
    make_places()
    words = ["--commune", "05061", "--status", "employee_private", "--born", "1990-03-03", "--on", "2026-11-22"]
    ran = CliRunner().invoke(app, words)
    assert ran.exit_code == 0, ran.output
    for sentence in ("Opérateur régional CEP", "L6123-5", "Aucun lieu dans l’annuaire", "Êtes-vous cadre ?", "gratuit"):
        assert sentence in ran.output


def test_coverage_prints_a_table_and_a_document() -> None:
    make_places(GAP, BRIANCON)
    make_site(make_organisation("Agence de Gap", network="france-travail"), GAP)
    text = CliRunner().invoke(coverage_app, ["departement:05", "--on", "2026-11-22"])
    assert text.exit_code == 0 and "Hautes-Alpes" in text.output
    document = json.loads(CliRunner().invoke(coverage_app, ["departement:05", "--json"]).stdout)
    assert {"commune": "05023", "name": "Briançon", "operator": "france_travail"} in [
        {key: gap[key] for key in ("commune", "name", "operator")} for gap in document["gaps"]
    ]
    with pytest.raises(BadInput, match="nature:code"):
        CliRunner().invoke(coverage_app, ["05"], catch_exceptions=False)
