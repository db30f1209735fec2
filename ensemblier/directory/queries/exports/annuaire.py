"""The printable directory of a territory: places by circle and network, interlocutors for who may see them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from ensemblier.directory.core.exchange.exported import ExportedSite
from ensemblier.directory.core.hours import hours_text
from ensemblier.directory.core.states import Circle
from ensemblier.directory.core.views import ContactView
from ensemblier.directory.models import Network, NetworkName
from ensemblier.directory.queries.contacts import contacts_where
from ensemblier.directory.queries.exports.rows import Scope, sites
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.orm.models import valid_on

MOST_PLACES = 2_000


@dataclass(frozen=True, slots=True)
class AnnuaireEntry:
    """A place. `hours` are French lines; `contacts` only what the reader may see."""

    uid: UUID
    name: str
    organisation_name: str
    address: str
    postcode: str
    city: str
    phone: str
    email: str
    website: str
    hours: tuple[str, ...]
    accessibility: str
    source_name: str
    updated_on: date | None
    contacts: tuple[ContactView, ...] = ()


@dataclass(frozen=True, slots=True)
class AnnuaireSection:
    """Places of a network, by town then name."""

    circle: Circle
    network_code: str
    network_name: str
    entries: tuple[AnnuaireEntry, ...]


@dataclass(frozen=True, slots=True)
class Annuaire:
    """The directory of some communes on a day. `left_out`: places beyond the limit. `sources` to be cited."""

    on: date
    sections: tuple[AnnuaireSection, ...]
    places: int
    left_out: int
    sources: tuple[str, ...]
    is_fictitious: bool


def annuaire(communes: Iterable[str], *, actor: Actor, on: date, fictitious: bool = False) -> Annuaire:
    """The directory of these communes (codes of a zone: `territory.queries.zones`). Operators of the CEP come first.

    A place of several networks stands under the first; one of none stands last, under "".
    """
    found = list(sites(Scope(on=on, communes=frozenset(communes), fictitious=fictitious)))
    kept = found[:MOST_PLACES]
    contacts = _contacts(kept, actor, on)
    circles = dict(Network.objects.order_by("code").values_list("code", "circle"))
    names = dict(NetworkName.objects.filter(valid_on(on)).order_by("-id").values_list("network_id", "name"))
    groups: dict[str, list[ExportedSite]] = {}
    for site in kept:
        groups.setdefault(site.organisation.networks[0] if site.organisation.networks else "", []).append(site)
    order = list(Circle)
    sections = [
        AnnuaireSection(
            circle=Circle(circles.get(code, Circle.OTHER.value)),
            network_code=code,
            network_name=names.get(code, code),
            entries=tuple(_entry(site, contacts, on) for site in sorted(group, key=lambda one: (one.city, one.name))),
        )
        for code, group in groups.items()
    ]
    sections.sort(key=lambda section: (order.index(section.circle), not section.network_code, section.network_name))
    sources = tuple(sorted({site.source_name for site in kept if site.source_name}))
    return Annuaire(on, tuple(sections), len(found), len(found) - len(kept), sources, fictitious)


def _contacts(found: list[ExportedSite], actor: Actor, on: date) -> dict[UUID, list[ContactView]]:
    owners = {site.organisation.uid for site in found}
    by_owner: dict[UUID, list[ContactView]] = {}
    for contact in contacts_where(Q(organisation__uid__in=owners), actor=actor, on=on):
        by_owner.setdefault(contact.organisation_uid, []).append(contact)
    return by_owner


def _entry(site: ExportedSite, contacts: dict[UUID, list[ContactView]], on: date) -> AnnuaireEntry:
    mine = [one for one in contacts.get(site.organisation.uid, []) if one.site_uid in (None, site.uid)]
    return AnnuaireEntry(
        uid=site.uid,
        name=site.name,
        organisation_name=site.organisation.name,
        address=", ".join(part for part in (site.address, site.address_more) if part),
        postcode=site.postcode,
        city=site.city,
        phone=site.phone,
        email=site.email,
        website=site.website,
        hours=hours_text(site.hours_osm, on=on),
        accessibility=site.accessibility,
        source_name=site.source_name,
        updated_on=site.updated_on if site.is_date_known else None,
        contacts=tuple(mine),
    )
