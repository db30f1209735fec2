"""Exports: valid for those who receive them, harmless in a spreadsheet, and the same when they come back."""

import csv
import io
import json
from pathlib import Path
from typing import Any
from uuid import UUID

import jsonschema
import pytest
from data_inclusion.schema.v1.services import Service
from data_inclusion.schema.v1.structures import Structure
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from ensemblier.cli.exports import app
from ensemblier.directory.core.exchange.phones import international
from ensemblier.directory.core.exchange.tables import unguarded
from ensemblier.directory.core.exchange.to_tables import guarded
from ensemblier.directory.core.exchange.to_vcard import Card, vcard
from ensemblier.directory.models import ImportedRow, ImportRun, NetworkMembership, Offer, Organisation, Site
from ensemblier.directory.queries.exports.annuaire import annuaire
from ensemblier.kernel.actor import ANONYMOUS, SYSTEM
from tests.directory.exchange.files import ON, figures, ground, imported, service, structure, written
from tests.factories.directory import make_organisation, make_site
from tests.factories.territory import GAP
from tests.paths import SHARED

HSDS = SHARED / "data" / "hsds"
GAP_UID = UUID("8c2a4a3e-5e0e-4c36-9d4b-0d4f1f0f7a11")


def exported(command: str, out: Path, *more: str) -> None:
    result = CliRunner().invoke(app, [command, "--out", str(out), *more], catch_exceptions=False)
    assert result.exit_code == 0, result.output


def fill(folder: Path) -> None:
    """Rows from a file and rows typed here: a long name, a CEP network and public, no place, no date."""
    ground()
    imported(written(folder, "structures.json", [structure(1), structure(2)]))
    imported(written(folder, "services.json", [service(1, 1)]))
    apec = make_organisation("Apec", network="apec", source=None)
    site = make_site(apec, GAP, name="A" * 200, accessibility="Accessible", hours_note="sauf août", source=None)
    Offer.objects.create(
        organisation=apec, site=site, name="CEP", is_cep=True, publics=["cadres"], languages=["en", "fr"]
    )
    Offer.objects.create(organisation=apec, name="À distance", modes=["a-distance"], needs=["mobilite-pro"])
    make_organisation("Sans lieu", network="cio", source=None)
    make_site(make_organisation("Fictive", is_fictitious=True), GAP)


SITE_FIELDS = (
    "uid", "name", "address", "address_more", "postcode", "city", "commune_id", "lat", "lon", "position", "phone",
    "email", "website", "hours_osm", "hours_note", "by_appointment", "open_days", "accessibility", "source_updated_on",
    "organisation__name", "organisation__uid",
)  # fmt: skip
OFFER_FIELDS = (
    "uid", "name", "description", "kind", "is_cep", "publics", "needs", "modes", "mobilisation", "languages", "fee",
    "eligibility_zones", "site__name", "organisation__name", "source_updated_on",
)  # fmt: skip


def meaning() -> list[Any]:
    """What the directory says, without numbers, dates of writing and sources."""
    sites = Site.objects.filter(is_fictitious=False).order_by("name", "address")
    offers = Offer.objects.order_by("name")
    members = NetworkMembership.objects.filter(organisation__is_fictitious=False)
    places = list(sites.values(*SITE_FIELDS))
    for place in places:
        place["phone"] = international(place["phone"])
    return [places, list(offers.values(*OFFER_FIELDS)), sorted(members.values_list("organisation__name", "network_id"))]


@pytest.mark.django_db
def test_every_exported_row_is_valid_for_data_inclusion(tmp_path: Path) -> None:
    fill(tmp_path)
    exported("data-inclusion", tmp_path / "out")
    structures = json.loads((tmp_path / "out" / "structures.json").read_text())
    services = json.loads((tmp_path / "out" / "services.json").read_text())
    assert len([Structure.model_validate(row) for row in structures]) == 4
    assert len([Service.model_validate(row) for row in services]) == 3
    assert "Fictive" not in json.dumps(structures)
    cep = next(row for row in services if row["nom"] == "CEP")
    assert (cep["publics"], cep["frais"]) == (["actifs"], "gratuit")
    assert cep["ensemblier_cep"]["publics"] == ["cadres"]
    apec = next(row for row in structures if row["nom"].startswith("AAA"))
    assert "reseaux_porteurs" not in apec
    assert apec["ensemblier_cep"]["reseaux"] == ["apec"]
    assert {row["id"] for row in structures} >= {"dora--1", "dora--2"}


@pytest.mark.django_db
def test_an_export_that_comes_back_changes_nothing(tmp_path: Path) -> None:
    fill(tmp_path)
    exported("data-inclusion", tmp_path / "out")
    before = meaning()
    for name in ("structures.json", "services.json"):
        report = imported(tmp_path / "out" / name)
        assert (report.accepted, report.set_aside) == (0, 0), report.blocking
    assert meaning() == before


@pytest.mark.django_db
def test_an_export_read_elsewhere_says_the_same(tmp_path: Path) -> None:
    fill(tmp_path)
    exported("data-inclusion", tmp_path / "out")
    before = meaning()
    for table in (ImportedRow, ImportRun, Offer, Site, NetworkMembership, Organisation):
        table._default_manager.all().delete()
    for name in ("structures.json", "services.json"):
        assert imported(tmp_path / "out" / name).set_aside == 0
    after = meaning()
    for rows in (before, after):
        for row in rows[0] + rows[1]:
            for name in [key for key in row if key.endswith("uid")]:
                row.pop(name)
    assert after == before


@pytest.mark.django_db
def test_the_csv_is_harmless_and_comes_back(tmp_path: Path) -> None:
    fill(tmp_path)
    Site.objects.filter(name="Mission locale n° 2").update(address="@SUM(1)", hours_note="+1 le lundi")
    path = tmp_path / "lieux.csv"
    exported("csv", path)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(path.read_text("utf-8-sig")), delimiter=";"))
    coordinates = {rows[0].index("latitude"), rows[0].index("longitude")}
    for row in rows[1:]:
        assert not [cell for at, cell in enumerate(row) if cell[:1] in "=+-@" and cell and at not in coordinates]
    before = meaning()[0]
    report = imported(path)
    assert figures(report)[3] == 0
    again = {row["name"]: (row["address"], row["hours_note"]) for row in meaning()[0]}
    assert again == {row["name"]: (row["address"], row["hours_note"]) for row in before}


@given(st.text())
def test_a_guarded_cell_comes_back_as_it_was(text: str) -> None:
    cell = guarded(text)
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert unguarded(cell) == text


@pytest.mark.django_db
def test_geojson_puts_the_longitude_first(tmp_path: Path) -> None:
    fill(tmp_path)
    exported("geojson", tmp_path / "l.geojson")
    document = json.loads((tmp_path / "l.geojson").read_text())
    assert document["type"] == "FeatureCollection"
    assert len(document["features"]) == 3
    assert document["features"][0]["geometry"]["coordinates"] == [6.082, 44.5612]


@pytest.mark.django_db
@pytest.mark.skipif(not HSDS.is_dir(), reason="the HSDS schemas are not on this machine (ENSEMBLIER_SHARED)")
def test_hsds_rows_validate(tmp_path: Path) -> None:
    fill(tmp_path)
    exported("hsds", tmp_path / "out")
    for name, schema in (("organizations", "organization"), ("services", "service")):
        checker = jsonschema.FormatChecker()
        validator = jsonschema.Draft202012Validator(
            json.loads((HSDS / f"{schema}.json").read_text()), format_checker=checker
        )
        rows = json.loads((tmp_path / "out" / f"{name}.json").read_text())
        assert rows
        assert [error.message for row in rows for error in validator.iter_errors(row)] == []


@pytest.mark.django_db
def test_the_annuaire_of_a_territory_has_operators_first_and_no_invented_place(tmp_path: Path) -> None:
    fill(tmp_path)
    book = annuaire([GAP.code], actor=ANONYMOUS, on=ON)
    assert [section.network_code for section in book.sections] == ["apec", "mission-locale"]
    assert book.places == 3
    assert all("Fictive" not in entry.name for section in book.sections for entry in section.entries)
    assert annuaire([GAP.code], actor=SYSTEM, on=ON, fictitious=True).places == 1


@given(st.text(), st.text(), st.text())
def test_a_vcard_has_short_lines_and_no_line_that_was_smuggled_in(name: str, organisation: str, note: str) -> None:
    card = Card(uid=GAP_UID, name=name, organisation=organisation, note=note, phone="04 92 20 80 29")
    text = vcard(card).encode("utf-8", "replace")
    lines = text.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    names = [line.split(b":")[0].split(b";")[0] for line in lines if line and not line.startswith(b" ")]
    assert names == [b"BEGIN", b"VERSION", b"UID", b"FN", b"ORG", b"TEL", *([b"NOTE"] if note else []), b"END"]
