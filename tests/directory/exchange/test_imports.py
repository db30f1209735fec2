"""Imports: good rows land together, bad ones are set aside with their reason, and the second time changes nothing."""

import csv
import io
from itertools import pairwise
from pathlib import Path

import pytest
from django.db.models import Model

from ensemblier.directory.actions.imports.mappings import mapping_for, save_mapping
from ensemblier.directory.actions.imports.rows import Identity
from ensemblier.directory.actions.imports.store import scattered
from ensemblier.directory.models import (
    ImportedRow,
    ImportRun,
    NetworkMembership,
    Offer,
    Organisation,
    RegionalDesk,
    ServedCommune,
    SetAsideRow,
    Site,
    Source,
)
from ensemblier.kernel.actor import SYSTEM
from ensemblier.kernel.errors import BadInput, NotFound
from ensemblier.kernel.orm.models import AuditRow
from ensemblier.territory.models import CommuneChange
from tests.directory.exchange.core.test_formats import COUNTER
from tests.directory.exchange.files import figures, ground, imported, service, structure, written

pytestmark = pytest.mark.django_db
CONTENT: tuple[type[Model], ...] = (Organisation, Site, Offer, ServedCommune)
TABLES: tuple[type[Model], ...] = (*CONTENT, ImportRun, ImportedRow, SetAsideRow, AuditRow)


@pytest.fixture(autouse=True)
def communes(db: None) -> None:
    ground()


def sizes() -> list[int]:
    return [table._default_manager.count() for table in TABLES]


def test_structures_and_services_land_with_their_places(tmp_path: Path) -> None:
    report = imported(written(tmp_path, "structures.json", [structure(1), structure(2)]))
    assert figures(report) == (2, 0, 0, 0)
    assert figures(imported(written(tmp_path, "services.json", [service(1, 1), service(2, 2)]))) == (2, 0, 0, 0)
    site = Site.objects.get(name="Mission locale n° 1")
    assert (site.commune_id, site.position, site.hours_osm) == ("05061", "exact", "Mo-Fr 09:00-12:00")
    assert site.open_days == 0b0011111
    assert site.phone == "04 92 20 80 29"
    assert Offer.objects.get(name="Atelier n° 1").site == site
    assert Site.objects.count() == 2, "a service at the address of its structure makes no second place"
    network = NetworkMembership.objects.get(organisation=site.organisation)
    assert network.network_id == "mission-locale"
    assert Source.objects.get(code="dora").name.startswith("dora")


def test_twice_changes_nothing(tmp_path: Path) -> None:
    paths = [
        written(tmp_path, "structures.json", [structure(1), structure(2)]),
        written(tmp_path, "services.json", [service(1, 1)]),
        written(tmp_path, "dila.json", {"service": [COUNTER]}),
    ]
    for path in paths:
        imported(path)
    before = [
        list(table._default_manager.order_by("pk").values()) for table in (Organisation, Site, Offer, ServedCommune)
    ]
    for path in paths:
        assert figures(imported(path))[:2] == (0, 0)
    after = [
        list(table._default_manager.order_by("pk").values()) for table in (Organisation, Site, Offer, ServedCommune)
    ]
    assert after == before


def test_a_bad_row_is_set_aside_with_its_field_and_reason(tmp_path: Path) -> None:
    rows = [structure(1), structure(2, latitude="NaN"), structure(3, site_web="javascript:alert(1)"), structure(1)]
    report = imported(written(tmp_path, "structures.json", rows))
    assert figures(report) == (1, 0, 0, 3)
    said = [(one.number, one.problem.field) for one in report.blocking]
    assert said == [(2, "latitude"), (3, "site_web"), (4, "id")]
    assert "ligne 1" in report.blocking[2].problem.reason
    assert list(Site.objects.values_list("name", flat=True)) == ["Mission locale n° 1"]
    assert SetAsideRow.objects.filter(is_blocking=True).count() == 3


def test_a_lost_field_does_not_lose_the_row(tmp_path: Path) -> None:
    report = imported(written(tmp_path, "structures.json", [structure(1, courriel="pas une adresse", siret="123")]))
    assert figures(report) == (1, 0, 0, 0)
    assert report.corrected == 1
    assert sorted(one.problem.field for one in report.lost_fields) == ["courriel", "siret"]
    assert Site.objects.get().email == ""


@pytest.mark.parametrize("options", [{"strict": True}, {"dry_run": True}])
def test_a_refused_or_dry_run_stores_nothing(tmp_path: Path, options: dict[str, bool]) -> None:
    before = [*sizes(), Source.objects.count()]
    report = imported(written(tmp_path, "structures.json", [structure(1), structure(2, nom="")]), **options)
    assert not report.stored
    assert figures(report) == (1, 0, 0, 1)
    assert [*sizes(), Source.objects.count()] == before


def test_only_what_the_source_changed_is_written(tmp_path: Path) -> None:
    imported(written(tmp_path, "structures.json", [structure(1)]))
    Site.objects.update(phone="04 00 00 00 00")  # corrected here by its owner
    report = imported(written(tmp_path, "structures.json", [structure(1, adresse="9 rue Neuve")]))
    assert figures(report) == (0, 1, 0, 0)
    site = Site.objects.get()
    assert (site.address, site.phone, site.version) == ("9 rue Neuve", "04 00 00 00 00", 2)
    audit = AuditRow.objects.get(table="directory.site")
    assert audit.changes == {"address": ["1 rue de France", "9 rue Neuve"]}


def test_a_service_of_an_unknown_structure_waits(tmp_path: Path) -> None:
    report = imported(
        written(tmp_path, "services.json", [service(1, 9, adresse="3 rue Basse", latitude=44.56, longitude=6.08)])
    )
    assert figures(report) == (0, 0, 0, 1)
    assert "structures" in report.blocking[0].problem.reason
    assert Site.objects.count() == 0, "the place of a refused service must not stay behind"


def test_places_are_checked_against_the_communes(tmp_path: Path) -> None:
    CommuneChange.objects.create(old_code="05002", new_code="05061", kind="merger", source="essai")
    rows = [
        structure(1, code_insee="05002"),
        structure(2, code_insee="99999"),
        structure(3, code_insee="38185"),
        structure(4, latitude=None, longitude=None),
        structure(5, code_insee=None, latitude=None, longitude=None),
    ]
    report = imported(written(tmp_path, "structures.json", rows))
    assert [(one.number, one.problem.field) for one in report.blocking] == [(2, "code_insee"), (3, "latitude")]
    found = {site.name[-1]: (site.commune_id, site.position) for site in Site.objects.all()}
    assert found == {"1": ("05061", "exact"), "4": ("05061", "commune_centre"), "5": ("05061", "commune_centre")}


def test_the_national_directory_and_its_areas(tmp_path: Path) -> None:
    town_hall = COUNTER | {"id": "m", "pivot": [{"type_service_local": "mairie"}]}
    report = imported(written(tmp_path, "dila.json", {"service": [COUNTER, town_hall]}))
    assert figures(report) == (1, 0, 0, 0)
    assert sum(report.ignored.values()) == 1
    assert set(ServedCommune.objects.values_list("commune_id", flat=True)) == {"05061", "05023"}
    rows = [
        {"code_insee_commune": "05061", "nom_commune": "Gap", "id_service_local": ["8f3c"],
         "code_type_service_local": "mission_locale"},
        {"code_insee_commune": "38185", "nom_commune": "Grenoble", "id_service_local": '["8f3c", "absent"]',
         "code_type_service_local": "mission_locale"},
    ]  # fmt: skip
    report = imported(written(tmp_path, "competence.json", rows))
    assert report.format == "dila-competence"
    assert any("pas dans l'annuaire" in reason for reason in report.ignored)
    current = ServedCommune.objects.filter(valid_to__isnull=True)
    assert set(current.values_list("commune_id", flat=True)) == {"05061", "38185"}
    ended = ServedCommune.objects.exclude(valid_to=None)
    assert not ended.exists() or set(ended.values_list("commune_id", flat=True)) == {"05023"}


def test_regional_portals(tmp_path: Path) -> None:
    text = "region,region_nom,portail_cep_actifs_occupes\n93,Provence,https://example.org\n94,Corse,\n"
    path = written(tmp_path, "portails.csv", text)
    assert figures(imported(path)) == (1, 0, 0, 1)
    assert figures(imported(path)) == (0, 0, 1, 1)
    assert RegionalDesk.objects.get(region_code="93").portal_url == "https://example.org"


MAPPING = """
source: {code: cibc, name: CIBC des Hautes-Alpes}
columns: {identifiant: Code, nom: Raison sociale, adresse: [Numéro, Voie], code_insee: Insee, lundi: Lun}
constants: {reseau: cibc}
"""


def test_any_table_through_a_saved_mapping(tmp_path: Path) -> None:
    file = io.StringIO()
    csv.writer(file, delimiter=";").writerows(
        [
            ["Code", "Raison sociale", "Numéro", "Voie", "Insee", "Lun"],
            ["7", "CIBC 05", "3", "rue Haute", "5061", "9h-12h"],
        ]
    )
    table = written(tmp_path, "table.csv", file.getvalue().encode("cp1252"))
    save_mapping("cibc-05", written(tmp_path, "m.yaml", MAPPING), actor=SYSTEM)
    assert figures(imported(table, mapping=mapping_for("cibc-05"))) == (1, 0, 0, 0)
    site = Site.objects.get()
    assert (site.address, site.commune_id, site.hours_osm) == ("3 rue Haute", "05061", "Mo 09:00-12:00")
    assert site.source is not None
    assert site.source.name == "CIBC des Hautes-Alpes"
    with pytest.raises(NotFound, match="cibc-05"):
        mapping_for("autre")


def test_a_mapping_to_absent_columns_is_refused(tmp_path: Path) -> None:
    mapping = mapping_for(str(written(tmp_path, "m.yaml", MAPPING)))
    with pytest.raises(BadInput, match="Raison sociale"):
        imported(written(tmp_path, "t.csv", "Code;Nom\n1;x\n"), mapping=mapping)


def test_fictitious_rows_never_share_an_identifier_with_real_ones(tmp_path: Path) -> None:
    path = written(tmp_path, "structures.json", [structure(1, source="")])
    imported(path)
    assert figures(imported(path, fictitious=True)) == (1, 0, 0, 0)
    assert sorted(Site.objects.values_list("is_fictitious", flat=True)) == [False, True]


def test_an_import_cut_in_the_middle_stores_nothing(tmp_path: Path) -> None:
    text = '[{"id": "dora--1", "nom": "Mission locale", "reseaux_porteurs": []}, {"id": "dora--2", "no'
    before = sizes()
    with pytest.raises(BadInput, match="illisible"):
        imported(written(tmp_path, "structures.json", text))
    assert sizes() == before


def test_places_of_a_batch_are_written_in_an_order_that_follows_no_line() -> None:
    """Seeded fault: written in the order of the file, 1,200 places along a line took 30 s and 3,352 pages of index."""
    line = [Identity(1, f"site-{number:04}") for number in range(1000)]
    told = scattered(line)
    assert sorted(told, key=lambda one: one.key) == line and told == scattered(reversed(line))
    steps = [abs(int(a.key[5:]) - int(b.key[5:])) for a, b in pairwise(told)]
    assert sum(steps) / len(steps) > 200  # neighbours of the file are 1 apart; drawn at random, 333 apart
