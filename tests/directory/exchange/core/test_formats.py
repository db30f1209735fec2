"""Formats: each reader is a total function of a row, and reads what its publisher writes."""

import json
from dataclasses import fields as fields_of
from typing import Any

import pytest
from data_inclusion.schema.v1 import ModeAccueil, ModeMobilisation, Public, ReseauPorteur, Thematique, TypeService
from hypothesis import given
from hypothesis import strategies as st

from ensemblier.directory.core.exchange import data_inclusion, dila, networks, tables
from ensemblier.directory.core.exchange.di_codes import NEEDS, NETWORKS
from ensemblier.directory.core.exchange.formats import FORMATS, Format, recognise
from ensemblier.directory.core.exchange.records import (
    OfferRecord,
    OrganisationRecord,
    RawRow,
    ServedAreaRecord,
    SiteRecord,
)
from ensemblier.directory.core.exchange.text import danger_in
from ensemblier.directory.core.exchange.vocabularies import (
    DI_KINDS,
    DI_MOBILISATION,
    DI_MODES,
    DI_PUBLICS,
    PUBLIC_DOWN,
    publics_down,
)
from ensemblier.kernel.errors import BadInput

COUNTER: dict[str, Any] = {
    "id": "8f3c",
    "nom": "Mission locale jeunes 05",
    "code_insee_commune": "05061",
    "siret": "",
    "adresse_courriel": "accueil@mljeunes05.fr",
    "url_service_public": "https://lannuaire.service-public.fr/paca/hautes-alpes/8f3c",
    "date_modification": "12/03/2026 10:11:12",
    "pivot": [{"type_service_local": "mission_locale", "code_insee_commune": ["05061", "05023"]}],
    "adresse": [
        {
            "type_adresse": "Adresse",
            "numero_voie": "19 Rue de France",
            "complement1": "",
            "complement2": "2e étage",
            "code_postal": "05000",
            "nom_commune": "Gap",
            "longitude": "6.0820",
            "latitude": "44.5612",
            "accessibilite": "ACC",
        }
    ],
    "telephone": [{"valeur": "04 92 20 80 29", "description": ""}],
    "site_internet": [{"libelle": "", "valeur": "https://www.mljeunes05.fr"}],
    "plage_ouverture": [
        {
            "nom_jour_debut": "Lundi",
            "nom_jour_fin": "Vendredi",
            "valeur_heure_debut_1": "09:00:00",
            "valeur_heure_fin_1": "12:00:00",
            "valeur_heure_debut_2": "",
            "valeur_heure_fin_2": "",
            "commentaire": "",
        }
    ],
}
NESTED = ("pivot", "adresse", "telephone", "site_internet", "plage_ouverture")
JUNK = st.none() | st.text(max_size=30) | st.integers() | st.floats() | st.lists(st.text(max_size=5), max_size=3)


def columns_known() -> list[str]:
    """Every column that a format looks at, more or less."""
    names = {name for one in FORMATS for name in one.columns} | set(COUNTER) | tables.TARGETS
    more = (
        "latitude",
        "longitude",
        "structure_id",
        "siret",
        "telephone",
        "courriel",
        "site_web",
        "publics",
        "date_maj",
    )
    return sorted(names | set(more))


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: f"{form.code} {sorted(form.columns)[-1]}")
@given(row=st.dictionaries(st.sampled_from(columns_known()), JUNK, max_size=12))
def test_every_reader_is_total(form: Format, row: dict[str, object]) -> None:
    reading = form.read(RawRow(1, row))
    if reading.is_set_aside:
        return
    for record in reading.records:
        values = [getattr(record, one.name) for one in fields_of(record)]
        assert all(danger_in(value) == "" for value in values if isinstance(value, str))


def test_both_shapes_of_the_national_directory_say_the_same() -> None:
    as_strings = COUNTER | {name: json.dumps(COUNTER[name]) for name in NESTED}
    assert dila.read(RawRow(1, COUNTER)) == dila.read(RawRow(1, as_strings))


def test_a_counter_becomes_a_structure_a_site_and_the_communes_it_serves() -> None:
    reading = dila.read(RawRow(1, COUNTER))
    organisation, site, area = reading.records
    assert reading.problems == ()
    assert isinstance(organisation, OrganisationRecord)
    assert organisation.networks == ("mission-locale",)
    assert isinstance(site, SiteRecord)
    assert (site.hours_osm, site.address_more, site.position) == ("Mo-Fr 09:00-12:00", "2e étage", "exact")
    assert (site.phone, site.commune_code, site.lat) == ("04 92 20 80 29", "05061", 44.5612)
    assert site.updated_on is not None
    assert site.updated_on.isoformat() == "2026-03-12"
    assert isinstance(area, ServedAreaRecord)
    assert area.communes == ("05023", "05061")


def test_agencies_of_france_travail_share_one_structure() -> None:
    row = COUNTER | {"pivot": [{"type_service_local": "pole_emploi", "code_insee_commune": []}]}
    organisation = dila.read(RawRow(1, row)).records[0]
    assert (organisation.key, getattr(organisation, "name", "")) == ("national:france-travail", "France Travail")


def test_a_town_hall_is_not_for_this_directory() -> None:
    reading = dila.read(RawRow(1, COUNTER | {"pivot": [{"type_service_local": "mairie"}]}))
    assert reading.ignored
    assert reading.records == ()


@pytest.mark.parametrize("broken", ["[{", "[" * 100_000, '"texte"', "12"])
def test_a_broken_nested_text_sets_the_row_aside(broken: str) -> None:
    reading = dila.read(RawRow(1, COUNTER | {"adresse": broken}))
    assert reading.is_set_aside
    assert reading.problems[0].field == "adresse"


def test_direction_of_france_travail_receives_nobody() -> None:
    row: dict[str, object] = {"id": "1", "type_site": "direction", "nom": "Direction", "code_insee": "05061"}
    reading = networks.read_france_travail(RawRow(1, row))
    assert reading.is_set_aside
    assert reading.problems[0].field == "type_site"


def test_a_point_far_from_its_commune_is_set_aside() -> None:
    row: dict[str, object] = {
        "id": "1",
        "type_site": "agence",
        "nom": "Agence",
        "code_insee": "05061",
        "dist_centroide_km": "62.1",
    }
    problem = networks.read_france_travail(RawRow(1, row)).problems[0]
    assert (problem.field, problem.blocking) == ("dist_centroide_km", True)


def test_a_service_without_a_place_of_its_own_stands_at_its_structure() -> None:
    row: dict[str, object] = {
        "id": "dora--s",
        "structure_id": "dora--1",
        "nom": "Atelier CV",
        "description": "Un atelier.",
        "source": "dora",
    }
    reading = data_inclusion.read(RawRow(1, row))
    assert [type(record) for record in reading.records] == [OfferRecord]
    offer = reading.records[0]
    assert isinstance(offer, OfferRecord)
    assert (offer.site_key, reading.source) == ("dora--1", "dora")


def test_unknown_columns_say_what_to_do() -> None:
    with pytest.raises(BadInput, match="--mapping"):
        recognise(["a", "b"])


def test_the_vocabularies_are_those_of_the_schema() -> None:
    assert {one.value for one in Thematique} == NEEDS
    assert {one.value for one in ReseauPorteur} == NETWORKS
    assert {one.value for one in Public} == DI_PUBLICS
    assert {one.value for one in TypeService} == DI_KINDS
    assert {one.value for one in ModeAccueil} == DI_MODES
    assert {one.value for one in ModeMobilisation} == DI_MOBILISATION
    assert set(PUBLIC_DOWN.values()) <= DI_PUBLICS


@given(st.lists(st.sampled_from(sorted(DI_PUBLICS | set(PUBLIC_DOWN) | {"inconnu"}))))
def test_publics_go_down_to_the_schema_without_narrowing(publics: list[str]) -> None:
    down = publics_down(tuple(publics))
    assert down
    assert set(down) <= DI_PUBLICS
    assert "tous-publics" not in down or len(down) == 1
    assert ("inconnu" not in publics) or down == ("tous-publics",)


@pytest.mark.parametrize(
    ("document", "field"),
    [
        ([], "columns"),
        ({"columns": {"nom": "Nom"}, "source": {"code": "x"}}, "identifiant"),
        ({"columns": {"identifiant": "Id", "nom": "Nom"}}, "source"),
        ({"columns": {"identifiant": "Id", "nom": "Nom", "couleur": "C"}, "source": {"code": "x"}}, "couleur"),
        ({"columns": {"identifiant": "I", "nom": "N"}, "source": {"code": "x", "url": "javascript:x"}}, "source.url"),
    ],
)
def test_a_mapping_is_checked(document: object, field: str) -> None:
    with pytest.raises(BadInput) as caught:
        tables.checked(document)
    assert caught.value.field == field
