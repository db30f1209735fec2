"""Rows of the directory as GeoJSON features and as the cells of a CSV that a spreadsheet can open without danger."""

from typing import Any

from ensemblier.directory.core.exchange.exported import ExportedSite
from ensemblier.directory.core.exchange.tables import COLUMNS

_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "'")
HEADER = COLUMNS


def guarded(text: str) -> str:
    """The cell with an apostrophe before what a spreadsheet would run as a formula; `tables.unguarded` takes it off."""
    return f"'{text}" if text.startswith(_DANGEROUS) else text


def cells(site: ExportedSite) -> tuple[str, ...]:
    """A place as a row of our CSV, in the order of HEADER."""
    said = {True: "oui", False: "non", None: ""}
    values = {
        "identifiant": site.key,
        "nom": site.name,
        "structure_identifiant": site.organisation.key,
        "structure": site.organisation.name,
        "reseau": ", ".join(site.organisation.networks),
        "siret": site.siret,
        "description": site.description,
        "adresse": site.address,
        "complement_adresse": site.address_more,
        "code_postal": site.postcode,
        "ville": site.city,
        "code_insee": site.commune_code,
        "position": site.position if site.lat is not None else "",
        "telephone": site.phone,
        "courriel": site.email,
        "site_web": site.website,
        "horaires": site.hours_osm,
        "horaires_note": site.hours_note,
        "sur_rendez_vous": said[site.by_appointment],
        "accessibilite": site.accessibility,
        "fiche": site.source_url,
        "date_maj": site.updated_on.isoformat() if site.is_date_known else "",
    }
    # Coordinates are numbers, never guarded: a spreadsheet must be able to use them.
    numbers = {"latitude": _number(site.lat), "longitude": _number(site.lon)}
    return tuple(numbers[name] if name in numbers else guarded(values[name]) for name in HEADER)


def _number(value: float | None) -> str:
    return "" if value is None else repr(value)


def feature(site: ExportedSite) -> dict[str, Any]:
    """A place as a GeoJSON feature (RFC 7946): longitude first; no geometry when its position is not known."""
    geometry = None
    if site.lat is not None and site.lon is not None:
        geometry = {"type": "Point", "coordinates": [site.lon, site.lat]}
    return {
        "type": "Feature",
        "id": str(site.uid),
        "geometry": geometry,
        "properties": {
            "nom": site.name,
            "structure": site.organisation.name,
            "reseaux": list(site.organisation.networks),
            "adresse": site.address,
            "code_postal": site.postcode,
            "ville": site.city,
            "code_insee": site.commune_code,
            "position": site.position,
            "telephone": site.phone,
            "site_web": site.website,
            "horaires": site.hours_osm,
            "source": site.source_name,
            "mise_a_jour": site.updated_on.isoformat() if site.is_date_known else None,
            "fictif": site.is_fictitious,
        },
    }
