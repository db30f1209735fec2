"""To HSDS 3.0 (Human Services Data Specification, Open Referral): total functions, row → JSON object.

Our "offer" is their *service*, our "site" their *location*. An offer stands at one site at most: its
*service_at_location* bears the offer's own identifier. Members without a value are left out, as the standard wants.
"""

from typing import Any
from uuid import UUID, uuid5

from ensemblier.directory.core.exchange.rows import OpenOffer, OpenOrganisation, OpenSite

HSDS_VERSION = "3.0"
_COUNTRY = "FR"
_NOT_EXACT = {
    "commune_centre": "Coordonnées du centre de la commune.",
    "estimated": "Coordonnées estimées.",
}


def organization(row: OpenOrganisation) -> dict[str, Any]:
    """*organization*: the networks become identifiers of the scheme "reseau"."""
    identifiers = [("SIREN", row.siren), ("SIRET", row.siret), *(("reseau", code) for code, _ in row.networks)]
    return _some(
        id=str(row.uid),
        name=row.name,
        alternate_name=row.acronym,
        description=row.description or row.name,
        email=row.email,
        website=row.website,
        phones=_phones(row.uid, row.phone),
        organization_identifiers=[
            {
                "id": _child(row.uid, f"identifier:{scheme}:{value}"),
                "organization_id": str(row.uid),
                "identifier_scheme": "FR-RCS" if scheme != "reseau" else "data-inclusion",
                "identifier_type": scheme,
                "identifier": value,
            }
            for scheme, value in identifiers
            if value
        ],
    )


def location(row: OpenSite) -> dict[str, Any]:
    """*location*: an estimated position says so in `description`."""
    is_known = row.position != "unknown" and row.lat is not None
    return _some(
        id=str(row.uid),
        location_type="physical",
        organization_id=str(row.organisation.uid),
        name=row.name,
        description=_NOT_EXACT.get(row.position, ""),
        latitude=row.lat if is_known else None,
        longitude=row.lon if is_known else None,
        external_identifier=row.commune_code,
        external_identifier_type="code commune (Insee)" if row.commune_code else "",
        addresses=[
            _some(
                id=_child(row.uid, "address"),
                location_id=str(row.uid),
                address_2=row.address_more,
                address_type="physical",
            )
            | {
                "address_1": row.address,
                "city": row.city,
                "state_province": row.commune_code[: 3 if row.commune_code.startswith("97") else 2],
                "postal_code": row.postcode,
                "country": _COUNTRY,
            }
        ],
        phones=_phones(row.uid, row.phone),
        accessibility=[{"id": _child(row.uid, "accessibility"), "description": row.accessibility}]
        if row.accessibility
        else [],
        schedules=_schedules(row.uid, row.hours_osm),
    )


def service(row: OpenOffer) -> dict[str, Any]:
    """*service* with its organization, its place and its taxonomy terms (codes of data·inclusion)."""
    terms = [("publics", code) for code in row.publics] + [("thematiques", code) for code in row.needs]
    return _service(row) | _some(
        organization=organization(row.organisation),
        service_at_locations=[_at_location(row, row.site)] if row.site else [],
        attributes=[_attribute(row.uid, taxonomy, code) for taxonomy, code in terms],
    )


def service_at_location(row: OpenOffer, site: OpenSite) -> dict[str, Any]:
    """*service_at_location*: an offer at its site, with both."""
    return _at_location(row, site) | {"service": _service(row)}


def _service(row: OpenOffer) -> dict[str, Any]:
    days = row.first_appointment_days
    return _some(
        id=str(row.uid),
        organization_id=str(row.organisation.uid),
        name=row.name,
        description=row.description,
        url=row.mobilisation_url,
        email=row.email,
        status="active",
        application_process=row.mobilisation_note or ", ".join(row.mobilisation),
        fees_description=row.fee_note or ("gratuit, par la loi (L6111-6)" if row.is_cep else row.fee),
        wait_time="" if days is None else f"{days} jours",
        eligibility_description="\n".join(text for text in (row.conditions, row.publics_note) if text),
        assured_date="" if row.reviewed_on is None else row.reviewed_on.isoformat(),
        last_modified=row.updated_at.isoformat(),
        phones=_phones(row.uid, row.phone),
        schedules=_schedules(row.uid, row.hours_osm),
        languages=[{"id": _child(row.uid, f"language:{code}"), "code": code, "name": code} for code in row.languages],
    )


def _at_location(row: OpenOffer, site: OpenSite) -> dict[str, Any]:
    return {
        "id": str(row.uid),
        "service_id": str(row.uid),
        "location_id": str(site.uid),
        "location": location(site),
    }


def _attribute(owner: UUID, taxonomy: str, code: str) -> dict[str, Any]:
    return {
        "id": _child(owner, f"{taxonomy}:{code}"),
        "link_id": str(owner),
        "link_entity": "service",
        "taxonomy_term": {
            "id": _child(UUID(int=0), f"{taxonomy}:{code}"),
            "code": code,
            "name": code,
            "description": f"{taxonomy} : {code}",
            "taxonomy": f"data·inclusion {taxonomy}",
            "language": "fr",
        },
    }


def _phones(owner: UUID, number: str) -> list[dict[str, Any]]:
    return [{"id": _child(owner, "phone"), "number": number, "type": "voice"}] if number else []


def _schedules(owner: UUID, hours: str) -> list[dict[str, Any]]:
    """Hours in the syntax of OpenStreetMap: iCalendar rules would lose holidays and seasons."""
    notes = "opening_hours (OpenStreetMap)"
    return [{"id": _child(owner, "hours"), "description": hours, "notes": notes}] if hours else []


def _child(owner: UUID, name: str) -> str:
    """A stable identifier for a part of a row: the same at each export."""
    return str(uuid5(owner, name))


def _some(**members: Any) -> dict[str, Any]:
    return {name: value for name, value in members.items() if value not in (None, "", [])}
