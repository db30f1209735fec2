"""The real tables of national networks, as a user imports them. Skipped where they are not stored."""

from collections import Counter
from pathlib import Path

import pytest

from ensemblier.directory.adapters.table_rows import open_rows
from ensemblier.directory.core.exchange.formats import recognise
from ensemblier.directory.core.exchange.hours import problem_of
from ensemblier.directory.core.exchange.records import Problem, SiteRecord
from tests.paths import SHARED

DATA = SHARED / "data"
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the shared data are not on this machine (ENSEMBLIER_SHARED)")


def read(path: Path) -> tuple[str, Counter[str], list[Problem], list[SiteRecord]]:
    """Format, what became of the rows, blocking problems, sites of a file."""
    counts: Counter[str] = Counter()
    problems: list[Problem] = []
    sites: list[SiteRecord] = []
    code = ""
    for row in open_rows(path, [0]):
        form = recognise(row.fields)
        code, reading = form.code, form.read(row)
        counts["aside" if reading.is_set_aside else "ignored" if reading.ignored else "kept"] += 1
        problems.extend(problem for problem in reading.problems if problem.blocking)
        sites.extend(
            record for record in reading.records if isinstance(record, SiteRecord) and not reading.is_set_aside
        )
    return code, counts, problems, sites


def test_france_travail_without_directions_nor_wrong_points() -> None:
    code, counts, problems, sites = read(DATA / "sites" / "france_travail_agences.csv")
    assert (code, counts["kept"]) == ("france-travail", 879)
    assert Counter(problem.field for problem in problems) == {"type_site": 76, "dist_centroide_km": 3}
    assert all(site.organisation_key == "national:france-travail" for site in sites)


def test_france_services_all_with_readable_hours() -> None:
    code, counts, _problems, sites = read(DATA / "sites" / "france_services_20240801.csv")
    assert (code, counts) == ("france-services", {"kept": 2845})
    assert all(problem_of(site.hours_osm) == "" for site in sites)
    assert sum(1 for site in sites if site.hours_osm) > 2750


def test_missions_locales_are_placed_at_a_commune_centre_and_say_so() -> None:
    code, counts, _problems, sites = read(DATA / "sites" / "missions_locales_referentiel_sans_adresse.csv")
    assert (code, counts["kept"]) == ("missions-locales", 449)
    assert {site.position for site in sites} == {"commune_centre"}
    assert len(sites) == 366


@pytest.mark.parametrize(
    ("name", "code", "kept"),
    [
        ("ml_capemploi_idf62_partiel.csv", "operateurs", 34),
        ("transitions_pro_par_departement_2022.csv", "transitions-pro", 103),
        ("cep_portails_regionaux.csv", "portails-cep", 18),
    ],
)
def test_other_tables(name: str, code: str, kept: int) -> None:
    found, counts, _problems, _sites = read(DATA / "sites" / name)
    assert (found, counts) == (code, {"kept": kept})


def test_the_workbook_of_data_inclusion() -> None:
    code, counts, problems, _sites = read(DATA / "data_inclusion" / "dataset.xlsx")
    assert code == "data-inclusion"
    assert counts["ignored"] == 4
    assert all(problem.reason for problem in problems)
