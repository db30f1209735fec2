"""Rows of the directory for tests, with sensible values for everything a test does not say."""

from datetime import date, time
from typing import Any

from ensemblier.directory.core.hours import open_days
from ensemblier.directory.core.networks import NETWORKS
from ensemblier.directory.core.states import HalfDay, PermanenceState, PositionKind
from ensemblier.directory.models import (
    Contact,
    Network,
    NetworkMembership,
    NetworkName,
    Offer,
    Organisation,
    Permanence,
    RegionalDesk,
    Site,
    Source,
)
from tests.factories.territory import GAP, Place, make_commune

OFFICE_HOURS = "Mo-Fr 09:00-12:00,14:00-17:00"


def make_networks() -> None:
    """The reference networks and their dated names: a transactional test starts without the rows of the migrations."""
    for reference in NETWORKS:
        _, is_new = Network.objects.get_or_create(
            code=reference.code,
            defaults={
                "role": reference.operator.value if reference.operator else "",
                "circle": reference.circle.value,
                "is_cep_only": reference.is_cep_only,
                "data_inclusion_code": reference.data_inclusion_code,
            },
        )
        for name in reference.names if is_new else ():
            NetworkName.objects.create(
                network_id=reference.code,
                name=name.name,
                short_name=name.short_name,
                valid_from=name.valid_from,
                valid_to=name.valid_to,
            )


def make_source(code: str = "essai", **fields: Any) -> Source:
    """A source, found again when it is already there."""
    return Source.objects.get_or_create(code=code, defaults={"name": "Annuaire d'essai"} | fields)[0]


def make_organisation(
    name: str = "Mission locale des Hautes-Alpes", *, network: str = "", **fields: Any
) -> Organisation:
    """An organisation; `network`: code of the reference list, "" for none."""
    row = Organisation.objects.create(name=name, **({"source": make_source()} | fields))
    if network:
        make_networks()
        NetworkMembership.objects.create(organisation=row, network_id=network)
    row.refresh_from_db()
    return row


def make_site(organisation: Organisation, place: Place | None = GAP, **fields: Any) -> Site:
    """A site at the point of `place` (None: nowhere known), with office hours."""
    values: dict[str, Any] = {
        "name": f"{organisation.name} – accueil",
        "source": organisation.source,
        "hours_osm": OFFICE_HOURS,
        "phone": "+33492000000",
        "is_fictitious": organisation.is_fictitious,
        "reviewed_on": date(2026, 6, 1),
    }
    if place is not None:
        values |= {
            "commune": make_commune(place),
            "city": place.name,
            "postcode": place.postcodes[0],
            "address": "1 rue de la Paix",
            "lat": place.lat,
            "lon": place.lon,
            "position": PositionKind.EXACT.value,
        }
    values |= fields
    values.setdefault("open_days", open_days(values["hours_osm"]))
    row = Site.objects.create(organisation=organisation, **values)
    row.refresh_from_db()
    return row


def make_offer(site: Site, name: str = "Conseil en évolution professionnelle", **fields: Any) -> Offer:
    """An offer on site, for everybody."""
    values = {"modes": ["en-presentiel"], "is_fictitious": site.is_fictitious, "reviewed_on": date(2026, 6, 1)} | fields
    return Offer.objects.create(organisation=site.organisation, site=site, name=name, **values)


def make_permanence(holder: Organisation, site: Site, **fields: Any) -> Permanence:
    """A published permanence, every Tuesday morning."""
    values: dict[str, Any] = {
        "rrule": "FREQ=WEEKLY;BYDAY=TU",
        "first_day": date(2026, 1, 6),
        "half_day": HalfDay.MORNING.value,
        "starts_at": time(9, 30),
        "state": PermanenceState.PUBLISHED.value,
        "is_fictitious": site.is_fictitious,
    }
    return Permanence.objects.create(holder=holder, site=site, **(values | fields))


def make_contact(organisation: Organisation, name: str = "Nadia Martin", **fields: Any) -> Contact:
    """An interlocutor who did not publish herself."""
    values = {"role": "conseillère", "subjects": ["logement"], "phone": "+33492000001", "reviewed_on": date(2026, 6, 1)}
    return Contact.objects.create(organisation=organisation, name=name, **(values | fields))


def make_desk(region_code: str = "93", **fields: Any) -> RegionalDesk:
    """The desk of a region."""
    values = {"name": "Mon conseil en évolution", "phone": "+33800000000", "source_name": "essai"} | fields
    return RegionalDesk.objects.create(region_code=region_code, **values)
