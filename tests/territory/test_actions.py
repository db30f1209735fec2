"""Loads, imports and downloads: what lands, what is refused, and that twice changes nothing."""

import json
import threading
from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from django.db import connection

from ensemblier.kernel.errors import BadInput, DomainError, NotFound, SourceUnavailable
from ensemblier.kernel.orm.models import AuditRow
from ensemblier.territory.actions.imports import Options, import_file
from ensemblier.territory.actions.load import load_ground
from ensemblier.territory.actions.perimeters import NewPerimeter, record_perimeter
from ensemblier.territory.actions.pull import pull
from ensemblier.territory.core.kinds import PerimeterPurpose, ZoneKind
from ensemblier.territory.models import Commune, Figure, Outline, Perimeter, TravelTime, Zone, ZoneMember
from ensemblier.territory.queries.communes import commune, search_communes
from ensemblier.territory.queries.zones import zone
from tests.factories.territory import BRIANCON, GAP, make_commune, make_places
from tests.territory.files import bomb, package_folder, workbook

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


@pytest.fixture
def ground(tmp_path: Path) -> Path:
    folder = package_folder(tmp_path / "node_modules")
    load_ground(packages=folder)
    return folder


def write(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


def test_the_ground_is_loaded_with_its_history(ground: Path) -> None:
    argentiere = commune("05006", on=TODAY)
    assert (argentiere.epci_name, argentiere.arrondissement_name) == ("CC du Pays des Ecrins", "Briançon")
    assert commune("05999", on=TODAY).code == commune("05998", on=TODAY).code == "05006"
    assert [h.matched for h in search_communes("ville vallouise")] == ["Ville-Vallouise (commune déléguée)"]


def test_positions_are_known_or_marked_estimated(ground: Path) -> None:
    briancon, villar, argentiere = (commune(code, on=TODAY) for code in ("05023", "05181", "05006"))
    assert not briancon.is_estimated
    assert villar.is_estimated and villar.point == briancon.point, "same postcode"
    assert argentiere.is_estimated and argentiere.point == commune("05063", on=TODAY).point, "same EPCI"
    assert (
        Commune.objects.get(code="05006").position_source == "estimée d'après les communes de la même intercommunalité"
    )


def test_loading_twice_changes_nothing(ground: Path) -> None:
    before = list(Commune.objects.order_by("code").values())
    report = load_ground(packages=ground)
    assert (report.accepted, report.changed, report.unchanged) == (0, 0, 4)
    assert list(Commune.objects.order_by("code").values()) == before
    assert AuditRow.objects.filter(verb="load").count() == 2


def test_a_load_keeps_the_better_positions_of_an_import(ground: Path, tmp_path: Path) -> None:
    exact = [{"code": "05006", "nom": "L'Argentière-la-Bessée", "centre": {"coordinates": [6.559, 44.793]}}]
    import_file(write(tmp_path / "communes.json", json.dumps(exact)))
    load_ground(packages=ground)
    view = commune("05006", on=TODAY)
    assert view.point is not None
    assert (view.point.lat, view.is_estimated) == (44.793, False)


def test_a_missing_package_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(SourceUnavailable, match="npm ci"):
        load_ground(packages=tmp_path)


def test_an_insee_zoning_in_xlsx(ground: Path, tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "zones.xlsx",
        [
            ["Zones d'emploi 2020"],
            ["Code commune", "Libellé", "Zone"],
            ["CODGEO", "LIBGEO", "ZE2020", "LIBZE2020", "AAV2020"],
            ["05023", "Briançon", 9301, "Briançon", "412"],
            ["05006", "L'Argentière", "=A1", "Briançon", "412"],
            ["05061", "Gap", 9303, "Gap", "120"],
        ],
    )
    report = import_file(path)
    assert commune("05023", on=TODAY).zone_emploi_name == "Briançon"
    assert zone(ZoneKind.AIRE_ATTRACTION, "412").communes == ("05023",)
    assert [(p.row, p.field) for p in report.problems] == [(5, "ze2020"), (6, "code")]
    assert "formule" in report.problems[0].reason
    assert "aucune commune n'a le code 05061" in report.problems[1].reason
    again = import_file(path)
    assert (again.accepted, again.changed) == (0, 0)
    assert ZoneMember.objects.count() == 1


def test_strict_and_dry_run_store_nothing(ground: Path, tmp_path: Path) -> None:
    path = write(tmp_path / "ze.csv", "CODGEO;ZE2020\n05023;9301\nxxxxx;9301\n")
    with pytest.raises(BadInput, match="1 lignes sont refusées.*ligne 3, codgeo"):
        import_file(path, options=Options(is_strict=True))
    report = import_file(path, options=Options(is_dry_run=True))
    assert (report.changed, report.set_aside) == (1, 1)
    assert commune("05023", on=TODAY).zone_emploi_code == ""
    assert not Zone.objects.filter(kind="zone_emploi").exists()


def test_a_windows_file_is_read(ground: Path, tmp_path: Path) -> None:
    path = write(tmp_path / "ze.csv", "CODGEO;ZE2020;LIBZE2020\r\n05023;9301;Briançon\r\n", "cp1252")
    import_file(path)
    assert commune("05023", on=TODAY).zone_emploi_name == "Briançon"


@pytest.mark.parametrize(
    "name, content, said",
    [
        ("x.csv", b"CODGEO;ZE2020\n" + b"0" * 3_000_000, "plus d'un mégaoctet sur une ligne"),
        ("x.csv", b"\xff\xfeC\x00O\x00", "octets nuls"),
        ("x.csv", b'CODGEO;ZE2020\n05023;"9301\n' + b"y\n" * 700_000, "guillemet"),
        ("x.csv", b"nom;age\nAwa;31\n", "reconnaît aucune table"),
        ("x.xlsx", b"PK\x03\x04 not a workbook", "XLSX lisible"),
        ("x.parquet", b"PAR1 nothing", "parquet lisible"),
        ("x.json", b'[{"code": "05023"', "s'arrête ou se brise"),
        ("x.json", b'{"type": "Topology"}', "TopoJSON ne se lit pas"),
        ("x.json", b"[" * 100_000, "se brise"),
        ("x.json", b"\xff\xff", "JSON lisible"),
        ("x.doc", b"", "format inconnu"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(
    ground: Path, tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(DomainError, match=said):
        import_file(path)
    assert not AuditRow.objects.filter(verb="import").exists()


def test_a_zip_bomb_is_not_unfolded(ground: Path, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="se déplie en 667 Mo"):
        import_file(bomb(tmp_path / "x.xlsx"))


def test_figures_matrix_contours_and_perimeters(tmp_path: Path) -> None:
    make_places(GAP, BRIANCON)
    figures = "zone_code;variable;period;value;source\n05061;emplois;2021;21 500,5;Insee\n05099;emplois;2021;1;Insee\n"
    assert import_file(write(tmp_path / "f.csv", figures)).set_aside == 1
    assert Figure.objects.get().value == 21500.5
    import_file(write(tmp_path / "m.csv", '"id","05061","05023"\n"05061",0,4800\n"05023",4900,0\n'))
    assert TravelTime.objects.get(origin_id="05061").minutes == 80
    square = [[[6, 44], [7, 44], [7, 45], [6, 44]]]
    feature = {"properties": {"code": "05061"}, "geometry": {"type": "Polygon", "coordinates": square}}
    contours = {"type": "FeatureCollection", "features": [feature]}
    import_file(write(tmp_path / "communes.geojson", json.dumps(contours)))
    assert Outline.objects.get().polygons[0][0][0] == [6, 44]
    rows = "perimetre;porteur;zone_kind;zone_code\nTout;Région;departement;05\nTout;Région;region;00\n"
    report = import_file(write(tmp_path / "p.csv", rows))
    assert (Perimeter.objects.get().communes.count(), report.set_aside) == (2, 1)


def test_figures_through_a_saved_mapping(tmp_path: Path) -> None:
    make_commune(GAP)
    mapping = write(
        tmp_path / "m.yaml",
        "zone: {kind: commune, column: CODGEO}\nperiod: '2021'\nsource: Insee\n"
        "values: {P21_CHOM1564: chomeurs_15_64}\n",
    )
    path = workbook(tmp_path / "base.xlsx", [["Titre"], ["CODGEO", "P21_CHOM1564"], ["05061", 2310.25]])
    import_file(path, options=Options(mapping=mapping))
    figure = Figure.objects.get()
    assert (figure.variable_id, figure.period, figure.value) == ("chomeurs_15_64", "2021", 2310.25)


@pytest.mark.parametrize("codes, said", [(frozenset(), "au moins une commune"), (frozenset({"99999"}), "99999")])
def test_a_perimeter_of_nothing_is_refused(codes: frozenset[str], said: str) -> None:
    with pytest.raises(BadInput, match=said):
        record_perimeter(NewPerimeter("x", "y", PerimeterPurpose.CELL, codes))
    assert not Perimeter.objects.exists()


COMMUNES = [
    {
        "nom": "Briançon", "code": "05023", "codesPostaux": ["05100"], "codeDepartement": "05", "codeRegion": "93",
        "population": 10993, "surface": 2807, "mairie": {"type": "Point", "coordinates": [6.6357, 44.8989]},
    },
    {
        "nom": "Commune Nouvelle", "code": "05998", "codesPostaux": ["05999"], "codeDepartement": "05",
        "codeRegion": "93", "population": 12, "surface": 100, "centre": {"type": "Point", "coordinates": [6.5, 44.5]},
    },
    {"nom": "Nulle part", "code": "05023x"},
]  # fmt: skip


class OfficialService(BaseHTTPRequestHandler):
    """Answers like geo.api.gouv.fr."""

    def do_GET(self) -> None:
        body = json.dumps([] if "arrondissement-municipal" in self.path else COMMUNES).encode()
        self.send_response(200 if self.path.startswith("/communes?") else 404)
        self.send_header("content-type", "application/json; charset=utf-8")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 — the name is the base class's
        """Silent."""


@pytest.fixture
def service() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), OfficialService) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_pull_makes_positions_exact_and_knows_new_communes(ground: Path, service: str) -> None:
    communes, districts = pull(["communes", "arrondissements-municipaux"], bases={"geo": service})
    assert (communes.accepted, communes.changed, communes.set_aside) == (1, 1, 1)
    assert districts.accepted == 0
    view = commune("05023", on=TODAY)
    assert view.point is not None
    assert (view.point.lat, view.population, view.is_estimated) == (44.8989, 10993, False)
    assert [h.code for h in search_communes("commune nouvelle")] == ["05998"]
    assert Figure.objects.get(code="05023", variable="superficie").value == pytest.approx(28.07)


def test_a_service_that_does_not_answer_changes_nothing(ground: Path, service: str) -> None:
    before = list(Commune.objects.order_by("code").values())
    with pytest.raises(SourceUnavailable, match="ne répond pas"):
        pull(["mouvements"], bases={"insee": service})
    with pytest.raises(SourceUnavailable, match="territory import"):
        pull(["communes"], bases={"geo": "http://127.0.0.1:9"})
    with pytest.raises(NotFound, match="les sources sont"):
        pull(["cadastre"])
    assert list(Commune.objects.order_by("code").values()) == before


def test_what_was_written_is_found_by_the_index(ground: Path) -> None:
    """Fault caught: a name stored under another key than the one that is looked for."""
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from territory_placename where search_key ~ '[^a-z0-9 ]'")
        assert cursor.fetchone() == (0,)
