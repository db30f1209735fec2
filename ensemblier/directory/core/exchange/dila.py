"""Reading the official directory of local public counters (DILA, Licence Ouverte 2.0), in its two shapes.

The bulk file holds nested lists; the API export holds the same fields as JSON *strings*. A second data set says which
counter is competent for which commune. Reuse requires a mention: see `SOURCE.mention`, completed with file and date.
"""

import json
from collections.abc import Mapping

from ensemblier.directory.core.exchange import hours
from ensemblier.directory.core.exchange.fields import Fields
from ensemblier.directory.core.exchange.records import (
    NATIONAL,
    OrganisationRecord,
    RawRow,
    Reading,
    Record,
    ServedAreaRecord,
    SiteRecord,
    SourceInfo,
)
from ensemblier.kernel.words import Sentence

SOURCE = SourceInfo(
    code="dila-annuaire",
    name="Annuaire de l'administration, base de données locales",
    publisher="Service-Public.fr / DILA",
    licence="Licence Ouverte 2.0",
    url="https://lecomarquage.service-public.gouv.fr/donnees_locales_v4/all_latest.tar.bz2",
    mention="Source : Service-Public.fr / DILA",
)

COMPETENCE_URL = (
    "https://api-lannuaire.service-public.gouv.fr/api/explore/v2.1/catalog/datasets/"
    "api-lannuaire-administration-locale-competence-geographique/exports/json"
)

# Types of counters that the directory of the CEP keeps → network code; town halls, gendarmerie… are ignored.
NETWORK_OF_TYPE = {
    "france_travail": "france-travail",
    "pole_emploi": "france-travail",
    "mission_locale": "mission-locale",
    "cap_emploi": "cap-emploi",
    "apec": "apec",
    "cio": "cio",
    "ccas": "ccas-cias",
    "cci": "chambres-consulaires",
    "chambre_metier": "chambres-consulaires",
    "chambre_agriculture": "chambres-consulaires",
    "maison_emploi": "maisons-de-l-emploi",
    "afpa": "afpa",
    "greta": "greta",
    "agefiph": "agefiph",
    "cidf": "cidff",
    "cidff": "cidff",
    "crij": "reseau-information-jeunesse",
    "bij": "reseau-information-jeunesse",
    "pij": "reseau-information-jeunesse",
    "maison_handicapees": "mdph",
    "mdph": "mdph",
    "fongecif": "transitions-pro",
    "transitions_pro": "transitions-pro",
    "msap": "france-service",
    "france_services": "france-service",
    "cicas": "cicas",
    "caf": "caf",
    "cpam": "cpam",
    "msa": "mutualite-sociale-agricole",
    "plie": "plie",
}
_NATIONAL_NAMES = {"france-travail": "France Travail", "apec": "Apec", "afpa": "Afpa", "agefiph": "Agefiph"}
_ACCESS = {
    "ACC": "Accessible en fauteuil roulant",
    "DEM": "Accessible en fauteuil roulant sur demande préalable",
    "NAC": "Non accessible en fauteuil roulant",
}


def _nested(fields: Fields, name: str) -> list[Mapping[str, object]]:
    """The list of objects under `name`, whether it stands there as a list or as a JSON string."""
    value = fields.raw.get(name)
    if isinstance(value, str) and value.strip():
        if len(value) > 2_000_000:
            fields.refuse(name, Sentence("Texte JSON de plus de 2 millions de caractères."), value[:80])
            return []
        try:
            value = json.loads(value)
        except (ValueError, RecursionError):
            fields.refuse(name, Sentence("Ce texte devait contenir du JSON et n'en est pas."), value[:80])
            return []
    if value in (None, "", []):
        return []
    if isinstance(value, Mapping):
        value = [value]
    if not isinstance(value, list):
        fields.refuse(name, Sentence("Une liste est attendue."), value)
        return []
    return [item for item in value if isinstance(item, Mapping)]


def read(raw: RawRow) -> Reading:
    """A counter: an organisation, its site, and the communes it serves when the record lists them."""
    fields = Fields(raw.fields)
    pivots = _nested(fields, "pivot")
    types = [str(pivot.get("type_service_local") or "") for pivot in pivots]
    network = next((NETWORK_OF_TYPE[kind] for kind in types if kind in NETWORK_OF_TYPE), "")
    if not network and not fields.problems:
        return Reading(ignored=Sentence("guichet d'un autre réseau (mairie, gendarmerie…)"))
    key, name = fields.required("id", limit=100), fields.name("nom")
    organisation = _organisation(fields, key, name, network)
    site = _site(fields, organisation, key, name)
    records: tuple[Record, ...] = (organisation, site)
    communes = _served(pivots)
    if communes:
        records = (*records, ServedAreaRecord(key=key, site_key=key, communes=communes))
    return Reading(records, tuple(fields.problems))


def _served(pivots: list[Mapping[str, object]]) -> tuple[str, ...]:
    found: set[str] = set()
    for pivot in pivots:
        codes = pivot.get("code_insee_commune")
        if isinstance(codes, list) and pivot.get("type_service_local") in NETWORK_OF_TYPE:
            found.update(str(code) for code in codes if isinstance(code, str) and len(code) == 5)
    return tuple(sorted(found))


def _organisation(fields: Fields, key: str, name: str, network: str) -> OrganisationRecord:
    if national := _NATIONAL_NAMES.get(network):
        return OrganisationRecord(key=f"{NATIONAL}{network}", name=national, networks=(network,))
    websites = _nested(fields, "site_internet")
    return OrganisationRecord(
        key=key,
        name=name,
        networks=(network,) if network else (),
        siret=fields.siret("siret"),
        website=Fields(websites[0]).url("valeur") if websites else "",
        phone=_first(fields, "telephone").phone("valeur"),
        email=fields.email("adresse_courriel"),
        source_url=fields.url("url_service_public"),
        updated_on=fields.day("date_modification"),
    )


def _first(fields: Fields, name: str) -> Fields:
    items = _nested(fields, name)
    return Fields(items[0] if items else {})


def _site(fields: Fields, organisation: OrganisationRecord, key: str, name: str) -> SiteRecord:
    addresses = _nested(fields, "adresse")
    physical = [item for item in addresses if item.get("type_adresse") == "Adresse"] or addresses
    place = Fields(physical[0] if physical else {})
    point = place.coordinates(["latitude"], ["longitude"])
    plages = _nested(fields, "plage_ouverture")
    osm, note, problem = hours.from_dila(plages)
    if problem:
        fields.refuse("plage_ouverture", problem, blocking=len(plages) > hours.MOST_RANGES)
    more = ", ".join(
        part for part in (place.text("complement1", limit=140), place.text("complement2", limit=140)) if part
    )
    phone, website = _first(fields, "telephone"), _first(fields, "site_internet")
    record = SiteRecord(
        key=key,
        organisation_key=organisation.key,
        name=name,
        address=place.text("numero_voie", limit=300),
        address_more=more,
        postcode=place.postcode("code_postal"),
        city=place.text("nom_commune", limit=120),
        commune_code=fields.commune("code_insee_commune"),
        lat=point[0] if point else None,
        lon=point[1] if point else None,
        position="exact" if point else "unknown",
        phone=phone.phone("valeur"),
        email=fields.email("adresse_courriel"),
        website=website.url("valeur"),
        accessibility=_ACCESS.get(place.text("accessibilite", limit=10), ""),
        hours_osm=osm,
        hours_note=note,
        source_url=fields.url("url_service_public"),
        updated_on=fields.day("date_modification"),
    )
    for part, inner in (("adresse", place), ("telephone", phone), ("site_internet", website)):
        for item in inner.problems:
            fields.refuse(f"{part}.{item.field}", item.reason, item.value, blocking=item.blocking)
    return record


def read_competence(raw: RawRow) -> Reading:
    """A row of the second data set: for a commune and a type of counter, the counters that are competent."""
    fields = Fields(raw.fields)
    kind = fields.text("code_type_service_local", limit=80)
    if kind and kind not in NETWORK_OF_TYPE:
        return Reading(ignored=Sentence("compétence d'un autre réseau (mairie, gendarmerie…)"))
    fields.required("code_insee_commune")
    commune = fields.commune("code_insee_commune")
    value = fields.raw.get("id_service_local")
    if isinstance(value, str) and value.startswith("["):
        try:
            fields.raw = {**fields.raw, "id_service_local": json.loads(value)}
        except (ValueError, RecursionError):
            fields.refuse(
                "id_service_local", Sentence("Ce texte devait contenir une liste JSON et n'en est pas une."), value
            )
    sites = fields.codes("id_service_local")
    if not sites and not fields.problems:
        return Reading(ignored=Sentence("aucun guichet indiqué pour cette commune"))
    records = tuple(ServedAreaRecord(key=site, site_key=site, communes=(commune,)) for site in sites)
    return Reading(records, tuple(fields.problems))
