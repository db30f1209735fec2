"""Reading tables of the operators' own places: France Travail, Missions locales, Cap emploi, Transitions Pro, portals.

Column names are those of the tables that circulate; a table with other columns goes through a saved mapping.
"""

import re

from ensemblier.directory.core.exchange.fields import Fields
from ensemblier.directory.core.exchange.records import (
    NATIONAL,
    DeskRecord,
    OrganisationRecord,
    RawRow,
    Reading,
    Record,
    ServedAreaRecord,
    SiteRecord,
    SourceInfo,
)
from ensemblier.directory.core.exchange.text import key_of
from ensemblier.kernel.words import Sentence

FURTHEST_KM = 50.0
FRANCE_TRAVAIL = SourceInfo("france-travail-agences", "Table des agences France Travail")
MISSIONS_LOCALES = SourceInfo("missions-locales", "Référentiel des Missions locales")
OPERATORS = SourceInfo("operateurs-table", "Table de lieux d'opérateurs")
TRANSITIONS_PRO = SourceInfo("transitions-pro", "Transitions Pro par département")
PORTALS = SourceInfo("cep-portails", "Portails régionaux du CEP des actifs occupés")
_POSTCODE_CITY = re.compile(r"\b(?P<postcode>\d{5})\s(?P<city>\D+)$")


def _place(fields: Fields, *, key: str, organisation_key: str, name: str) -> SiteRecord:
    point = fields.coordinates(["lat", "latitude"], ["lon", "longitude"])
    distance = fields.number("dist_centroide_km")
    if distance is not None and distance > FURTHEST_KM:
        reason = Sentence(
            "Le point est à %(distance)s km du centre de sa commune : corrigez les coordonnées.",
            distance=f"{distance:.0f}",
        )
        fields.refuse("dist_centroide_km", reason, distance)
    return SiteRecord(
        key=key,
        organisation_key=organisation_key,
        name=name,
        address=fields.text("adresse", limit=300),
        address_more=fields.text("complement", limit=300),
        postcode=fields.postcode("code_postal"),
        city=fields.text("commune", limit=120),
        commune_code=fields.commune("code_insee"),
        lat=point[0] if point else None,
        lon=point[1] if point else None,
        position="exact" if point else "unknown",
        phone=fields.phone("telephone"),
        email=fields.email("courriel"),
        website=fields.url("site", "site_web"),
    )


def read_france_travail(raw: RawRow) -> Reading:
    """An agency: a site of the one organisation France Travail. Directions receive nobody: set aside."""
    fields = Fields(raw.fields)
    key, name = fields.required("id"), fields.name("nom")
    if fields.text("type_site", limit=60) == "direction":
        fields.refuse("type_site", Sentence("Direction : ce lieu ne reçoit pas de public."), "direction")
    organisation = OrganisationRecord(f"{NATIONAL}france-travail", "France Travail", ("france-travail",))
    site = _place(fields, key=key, organisation_key=organisation.key, name=name)
    return Reading((organisation, site), tuple(fields.problems))


_NETWORKS = {"mission_locale": "mission-locale", "cap_emploi": "cap-emploi", "apec": "apec"}


def read_operators(raw: RawRow) -> Reading:
    """A row of a table of Missions locales and Cap emploi: an organisation and its site."""
    fields = Fields(raw.fields)
    key, name = fields.required("id"), fields.name("nom")
    network = fields.required("reseau", limit=60)
    if network and network not in _NETWORKS:
        fields.refuse(
            "reseau", Sentence("Réseau inconnu : attendu %(names)s.", names=", ".join(sorted(_NETWORKS))), network
        )
    site = _place(fields, key=key, organisation_key=key, name=name)
    organisation = OrganisationRecord(key, name, (_NETWORKS.get(network, ""),), website=site.website)
    return Reading((organisation, site), tuple(fields.problems))


def read_missions_locales(raw: RawRow) -> Reading:
    """A Mission locale without an address; where its commune was guessed, a site at the centre of that commune."""
    fields = Fields(raw.fields)
    key = fields.required("id")
    name = fields.name("nom_usuel", "nom_officiel")
    if re.search(r"\btemporaire\b|\btest\b", key_of(name)):
        fields.refuse("nom_officiel", Sentence("Structure temporaire ou d'essai du référentiel."), name)
    organisation = OrganisationRecord(key, name, ("mission-locale",))
    commune = fields.commune("code_insee_devine")
    point = fields.coordinates(["lat_approx"], ["lon_approx"])
    if not commune:
        return Reading((organisation,), tuple(fields.problems))
    site = SiteRecord(
        key=key,
        organisation_key=key,
        name=name,
        city=fields.text("commune_devinee", limit=120),
        commune_code=commune,
        lat=point[0] if point else None,
        lon=point[1] if point else None,
        position="commune_centre" if point else "unknown",
    )
    return Reading((organisation, site), tuple(fields.problems))


def read_transitions_pro(raw: RawRow) -> Reading:
    """The Transitions Pro of a département: an organisation per website, a site per address, the département served."""
    fields = Fields(raw.fields)
    departement = fields.required("departement", limit=3).upper()
    website = fields.url("website")
    if not website:
        fields.refuse(
            "website", Sentence("Sans site internet, on ne sait pas de quelle association régionale il s'agit.")
        )
        return Reading((), tuple(fields.problems))
    short = re.sub(r"^https?://(?:www\.)?|\.fr.*$", "", website)
    region = short.removeprefix("transitionspro-").upper()
    organisation = OrganisationRecord(short, f"Transitions Pro {region}", ("transitions-pro",), website=website)
    address = fields.text("address", limit=300)
    match = _POSTCODE_CITY.search(address)
    area_key = f"{short}/{departement}/{key_of(address)}"[:255]
    if not match:
        # No place, but the département is served all the same: the organisation holds the area.
        area = ServedAreaRecord(area_key, "", (), (departement,), organisation.key)
        return Reading((organisation, area), tuple(fields.problems))
    site = SiteRecord(
        key=f"{short}/{key_of(address)}"[:255],
        organisation_key=short,
        name=organisation.name,
        address=address[: match.start()].strip(" ,"),
        postcode=match["postcode"],
        city=match["city"].strip(" ,"),
        website=website,
    )
    records: tuple[Record, ...] = (
        organisation,
        site,
        ServedAreaRecord(area_key, "", (), (departement,), organisation.key),
    )
    return Reading(records, tuple(fields.problems))


def read_portals(raw: RawRow) -> Reading:
    """The portal of the regional operator in a region."""
    fields = Fields(raw.fields)
    code, name = fields.required("region", limit=3), fields.name("region_nom")
    desk = DeskRecord(
        key=code.zfill(2),
        region_code=code.zfill(2),
        name=f"Avenir Actifs {name}",
        phone=fields.phone("telephone"),
        portal_url=fields.url("portail_cep_actifs_occupes"),
    )
    if not desk.portal_url and not desk.phone:
        fields.refuse("portail_cep_actifs_occupes", Sentence("Ni portail ni téléphone : rien à montrer."))
    return Reading((desk,), tuple(fields.problems))
