"""Rows of the directory in the Human Services Data Specification 3.0 (Open Referral): our offer is its service.

An offer stands at one place at most: its *service_at_location* bears the offer's own identifier.
Identifiers of inner objects are derived from those of the rows (UUID version 5), so that two exports agree.
"""

from typing import Any
from uuid import UUID, uuid5

from ensemblier.directory.core.exchange.exported import ExportedOffer, ExportedOrganisation, ExportedSite
from ensemblier.directory.core.exchange.phones import international

Row = dict[str, Any]
VERSION = "3.0"
_TERMS = UUID(int=0)
_NOT_EXACT = {"commune_centre": "Coordonnées du centre de la commune.", "estimated": "Coordonnées estimées."}


def _id(uid: UUID, part: str) -> str:
    return str(uuid5(uid, part))


def _row(values: Row) -> Row:
    return {name: value for name, value in values.items() if value not in (None, "", [])}


def _phones(uid: UUID, phone: str) -> list[Row]:
    return [{"id": _id(uid, "phone"), "number": international(phone), "type": "voice"}] if phone else []


def _schedules(uid: UUID, hours_osm: str) -> list[Row]:
    """Opening hours stay in OpenStreetMap's syntax, as a description: HSDS has no field for it."""
    return [{"id": _id(uid, "schedule"), "description": f"opening_hours: {hours_osm}"}] if hours_osm else []


def organization(organisation: ExportedOrganisation) -> Row:
    """A structure as an HSDS organization."""
    return _row(
        {
            "id": str(organisation.uid),
            "name": organisation.name,
            "description": organisation.description or organisation.name,
            "email": organisation.email,
            "website": organisation.website,
            "tax_id": organisation.siret,
            "phones": _phones(organisation.uid, organisation.phone),
            "organization_identifiers": _identifiers(organisation),
        }
    )


def _identifiers(organisation: ExportedOrganisation) -> list[Row]:
    if not organisation.siret:
        return []
    return [
        {
            "id": _id(organisation.uid, "siret"),
            "identifier_scheme": "FR-SIRET",
            "identifier_type": "SIRET",
            "identifier": organisation.siret,
        }
    ]


def location(site: ExportedSite) -> Row:
    """A place as an HSDS location."""
    address = _row(
        {
            "id": _id(site.uid, "address"),
            "address_1": site.address or site.city,
            "address_2": site.address_more,
            "city": site.city or site.commune_code,
            "state_province": site.commune_code[:2] or site.postcode[:2],
            "postal_code": site.postcode,
            "country": "FR",
            "address_type": "physical",
        }
    )
    required = {"address_1": "", "city": "", "state_province": "", "postal_code": ""}
    access = [{"id": _id(site.uid, "accessibility"), "description": site.accessibility}] if site.accessibility else []
    return _row(
        {
            "id": str(site.uid),
            "location_type": "physical",
            "name": site.name,
            "description": " ".join(text for text in (site.description, _NOT_EXACT.get(site.position, "")) if text),
            "latitude": site.lat,
            "longitude": site.lon,
            "addresses": [required | address] if site.address or site.city or site.commune_code else [],
            "phones": _phones(site.uid, site.phone),
            "schedules": _schedules(site.uid, site.hours_osm),
            "accessibility": access,
        }
    )


def service(offer: ExportedOffer) -> Row:
    """An offer as a full HSDS service, with its organization and where it is given."""
    places: list[Row] = []
    if offer.site is not None:
        places = [_at_location(offer, offer.site)]
    languages = [
        _row({"id": _id(offer.uid, f"language {code}"), "code": code if len(code) <= 3 else "", "name": code})
        for code in offer.languages
    ]
    areas = [{"id": _id(offer.uid, f"area {code}"), "name": code} for code in offer.eligibility_zones]
    return _row(
        {
            "id": str(offer.uid),
            "organization_id": str(offer.organisation.uid),
            "name": offer.name,
            "description": offer.description,
            "url": offer.source_url,
            "email": offer.email,
            "status": "active",
            "application_process": offer.mobilisation_note or ", ".join(offer.mobilisation),
            "fees_description": offer.fee_note or ("Gratuit" if offer.is_cep or offer.fee == "gratuit" else ""),
            "eligibility_description": " ".join(
                part for part in (", ".join(offer.publics), offer.publics_note, offer.conditions) if part
            ),
            "last_modified": f"{offer.updated_on.isoformat()}T00:00:00Z",
            "phones": _phones(offer.uid, offer.phone),
            "schedules": _schedules(offer.uid, offer.hours_osm),
            "service_areas": areas,
            "languages": languages,
            "attributes": [
                _attribute(offer.uid, taxonomy, code)
                for taxonomy, codes in (("publics", offer.publics), ("thematiques", offer.needs))
                for code in codes
            ],
            "organization": organization(offer.organisation),
            "service_at_locations": places,
        }
    )


def service_at_location(offer: ExportedOffer, site: ExportedSite) -> Row:
    """An offer at its place as an HSDS service_at_location, with both."""
    whole = service(offer)
    return _at_location(offer, site) | {
        "service": {name: value for name, value in whole.items() if name not in ("service_at_locations", "attributes")}
    }


def _at_location(offer: ExportedOffer, site: ExportedSite) -> Row:
    return {
        "id": str(offer.uid),
        "service_id": str(offer.uid),
        "location_id": str(site.uid),
        "location": location(site),
    }


def _attribute(owner: UUID, taxonomy: str, code: str) -> Row:
    """A code of data·inclusion as a taxonomy term."""
    return {
        "id": _id(owner, f"{taxonomy} {code}"),
        "link_id": str(owner),
        "link_entity": "service",
        "taxonomy_term": {
            "id": _id(_TERMS, f"{taxonomy} {code}"),
            "code": code,
            "name": code,
            "description": f"{taxonomy} : {code}",
            "taxonomy": f"data·inclusion {taxonomy}",
            "language": "fr",
        },
    }
