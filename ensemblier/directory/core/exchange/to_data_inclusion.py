"""Rows of the directory as data·inclusion v1: each row is valid; what the schema cannot say stands in the extension."""

import re
from datetime import date
from typing import Any

from ensemblier.directory.core.exchange.di_codes import NEEDS, NETWORKS
from ensemblier.directory.core.exchange.exported import ExportedOffer, ExportedOrganisation, ExportedSite
from ensemblier.directory.core.exchange.phones import international
from ensemblier.directory.core.exchange.vocabularies import (
    DI_FEES,
    DI_KINDS,
    DI_MOBILISABLE_BY,
    DI_MOBILISATION,
    DI_MODES,
    DI_PUBLICS,
    EXTENSION,
    publics_down,
)

_FIRST_DAY = date(2000, 1, 1)
_ZONE = re.compile(r"^(?:\w{5}|\w{2,3}|\d{9}|france)$")
# A checker of addresses refuses these names, reserved for tests and local networks.
_RESERVED = (".local", ".test", ".invalid", ".localhost", ".onion", ".arpa")
Row = dict[str, Any]


def _row(values: Row) -> Row:
    """The row without what is not known: an absent field is how the schema says it."""
    return {name: value for name, value in values.items() if value not in (None, "", [], {})}


def _name(name: str) -> str:
    cut = name[:150].rstrip(" .") if len(name) > 150 else name
    return cut if len(cut) >= 3 else f"{cut} (lieu)"


def _email(email: str) -> str:
    return "" if email.lower().endswith(_RESERVED) else email


def _day(day: date, on: date) -> str:
    return max(_FIRST_DAY, min(day, on)).isoformat()


def _names_kept(extension: Row, name: str, shown: str) -> None:
    if name != shown:
        extension["nom"] = name


def _owner(organisation: ExportedOrganisation, on: date) -> Row:
    return _row(
        {
            "id": organisation.key,
            "nom": organisation.name,
            "siret": organisation.siret,
            "description": organisation.description,
            "telephone": international(organisation.phone),
            "courriel": organisation.email,
            "site_web": organisation.website,
            "lien_source": organisation.source_url,
            "date_maj": _day(organisation.updated_on, on) if organisation.is_date_known else "",
        }
    )


def _place(site: ExportedSite) -> Row:
    return {
        "commune": site.city,
        "code_postal": site.postcode,
        "code_insee": site.commune_code,
        "adresse": site.address,
        "complement_adresse": site.address_more,
        "longitude": site.lon,
        "latitude": site.lat,
    }


def _description(text: str) -> str:
    return text[:10_000] if len(text) >= 5 else ""


def structure(site: ExportedSite, on: date) -> Row:
    """A place and its structure, as a row of structures.json."""
    shown = _name(site.name)
    is_link = site.accessibility.startswith("http")
    extension: Row = {
        "structure": _owner(site.organisation, on),
        "reseaux": list(site.organisation.networks),
        "position": site.position,
        "horaires_precisions": site.hours_note,
        "sur_rendez_vous": site.by_appointment,
        "accessibilite": "" if is_link else site.accessibility,
        "date_inconnue": not site.is_date_known or None,
    }
    _names_kept(extension, site.name, shown)
    return _row(
        {
            "source": site.source,
            "id": site.key,
            "nom": shown,
            "date_maj": _day(site.updated_on, on),
            "description": _description(site.description),
            "lien_source": site.source_url,
            "siret": site.siret,
            **_place(site),
            "telephone": international(site.phone),
            "courriel": _email(site.email),
            "site_web": site.website,
            "horaires_accueil": site.hours_osm,
            "accessibilite_lieu": site.accessibility if is_link else "",
            "reseaux_porteurs": sorted(NETWORKS.intersection(site.organisation.di_networks)),
            EXTENSION: _row(extension),
        }
    )


def structure_without_place(organisation: ExportedOrganisation, source: str, on: date) -> Row:
    """A structure that has no place, as a row of structures.json."""
    shown = _name(organisation.name)
    extension: Row = {
        "structure": _owner(organisation, on),
        "reseaux": list(organisation.networks),
        "date_inconnue": not organisation.is_date_known or None,
    }
    _names_kept(extension, organisation.name, shown)
    return _row(
        {
            "source": source,
            "id": organisation.key,
            "nom": shown,
            "date_maj": _day(organisation.updated_on, on),
            "description": _description(organisation.description),
            "lien_source": organisation.source_url,
            "siret": organisation.siret,
            "telephone": international(organisation.phone),
            "courriel": _email(organisation.email),
            "site_web": organisation.website,
            "reseaux_porteurs": sorted(NETWORKS.intersection(organisation.di_networks)),
            EXTENSION: _row(extension),
        }
    )


def _service_extension(offer: ExportedOffer, has_description: bool) -> Row:
    return {
        "structure": offer.organisation.key,
        "publics": list(offer.publics) if not set(offer.publics) <= DI_PUBLICS else [],
        "besoins": list(offer.needs) if not set(offer.needs) <= NEEDS else [],
        "langues": list(offer.languages),
        "accessibilite": offer.accessibility,
        "est_cep": offer.is_cep or None,
        "frais_deduits": (offer.is_cep and offer.fee not in DI_FEES) or None,
        "sans_lieu": offer.site is None or None,
        "sans_description": not has_description or None,
        "date_inconnue": not offer.is_date_known or None,
    }


def service(offer: ExportedOffer, on: date) -> Row:
    """An offer, as a row of services.json."""
    shown, description = _name(offer.name), _description(offer.description)
    extension = _service_extension(offer, bool(description))
    _names_kept(extension, offer.name, shown)
    return _row(
        {
            "source": offer.source,
            "structure_id": offer.structure_key,
            "id": offer.key,
            "nom": shown,
            "description": description or f"Offre de {offer.organisation.name}.",
            "lien_source": offer.source_url,
            "date_maj": _day(offer.updated_on, on),
            "type": offer.kind if offer.kind in DI_KINDS else "",
            "thematiques": sorted(NEEDS.intersection(offer.needs)),
            "frais": offer.fee if offer.fee in DI_FEES else "gratuit" if offer.is_cep else "",
            "frais_precisions": offer.fee_note,
            "publics": list(publics_down(offer.publics)),
            "publics_precisions": offer.publics_note,
            "conditions_acces": offer.conditions,
            **(_place(offer.site) if offer.site else {}),
            **_reach(offer),
            "volume_horaire_hebdomadaire": offer.weekly_hours,
            "nombre_semaines": offer.weeks,
            "horaires_accueil": offer.hours_osm,
            EXTENSION: _row(extension),
        }
    )


def _reach(offer: ExportedOffer) -> Row:
    """How and by whom the offer is reached."""
    return {
        "telephone": international(offer.phone),
        "courriel": _email(offer.email),
        "modes_accueil": sorted(DI_MODES.intersection(offer.modes)),
        "zone_eligibilite": [code for code in offer.eligibility_zones if _ZONE.match(code)],
        "contact_nom_prenom": offer.contact_name,
        "lien_mobilisation": offer.mobilisation_url,
        "modes_mobilisation": sorted(DI_MOBILISATION.intersection(offer.mobilisation)),
        "mobilisable_par": sorted(DI_MOBILISABLE_BY.intersection(offer.mobilisable_by)),
        "mobilisation_precisions": offer.mobilisation_note,
    }
