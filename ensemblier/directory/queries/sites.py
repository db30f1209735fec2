"""Reads: the counters of each operator near a commune, and the page of a site."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from ensemblier.directory.core.access import may_edit
from ensemblier.directory.core.hours import Exceptional, hours_text, next_opening, open_on
from ensemblier.directory.core.operators import Operator
from ensemblier.directory.core.quality import SiteFacts, site_quality
from ensemblier.directory.core.views import HoursExceptionView, SiteCard, SitePage
from ensemblier.directory.models import HoursException, Offer, Site
from ensemblier.directory.queries.contacts import contacts_where, hidden_contacts
from ensemblier.directory.queries.networks import operator_names
from ensemblier.directory.queries.permanences import next_permanences, permanences_of
from ensemblier.directory.queries.provenance import provenance_of
from ensemblier.directory.queries.served import served_by
from ensemblier.directory.queries.strengths import own_strengths
from ensemblier.directory.sql.cards import NearCards, near_cards, offer_cards, site_cards
from ensemblier.directory.sql.proximity import NearSite, nearest_sites
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import NotFound
from ensemblier.kernel.orm.models import valid_on
from ensemblier.territory.core.geo import Point
from ensemblier.territory.core.travel import travels
from ensemblier.territory.core.views import CommuneView

REACH_KM = 150.0
"""Beyond, a counter is no longer "near": the regional number is shown instead."""

DEMO_KM = 40.0
"""Demonstration sites answer only this near, and only where no operator has a real site this near."""

MAX_OFFERS = 200


def sites_for_doors(
    *, origin: CommuneView, operators: Sequence[Operator], on: date, per_operator: int = 3
) -> dict[Operator, list[SiteCard]]:
    """The nearest sites of each operator, nearest first; an operator without any has an empty list.

    A published permanence of the operator in somebody else's place counts as a site. Four queries at most, whatever
    the number of rows. Without coordinates for the commune, only the sites recorded in that very commune are known.
    """
    found: dict[Operator, list[SiteCard]] = {operator: [] for operator in operators}
    near = _near(origin, operators, on, per_operator)
    if not near.near:
        return found
    ids = sorted({row.site_id for row in near.near} & near.hosts)
    permanences = next_permanences(ids, on=on) if ids else {}
    shown = {row.site_id: near.cards[row.site_id] for row in near.near}
    targets = [(card.point, card.commune_code) for card in shown.values()]
    times = dict(zip(shown, travels(origin.point, origin.code, targets, matrix=near.minutes), strict=True))
    names: dict[Operator, str] = {}
    for row in near.near:
        card, operator = shown[row.site_id], Operator(row.role)
        start = permanences.get((row.site_id, row.role))
        if card.operator != operator:  # the operator receives in somebody else's place
            names = names or operator_names(on=on)
            card = replace(card, operator=operator, network_name=names[operator], serves=None)
            if start is not None:
                card = replace(card, organisation_uid=start[1], organisation_name=start[2])
        found[operator].append(
            replace(card, km=row.km, travel=times[row.site_id], next_permanence=start[0] if start else None)
        )
    return found


def _near(origin: CommuneView, operators: Sequence[Operator], on: date, limit: int) -> NearCards:
    """Rows to show, by operator then distance: real ones, or the demonstration's where nothing real is near."""
    if not operators:
        return NearCards((), {}, {}, frozenset())
    if origin.point is None:
        return _in_commune(origin.code, operators, on, limit)
    roles = [operator.value for operator in operators]
    found = near_cards(origin.point, roles=roles, km=(REACH_KM, DEMO_KM), day=(on, origin.code), limit=limit)
    rows = found.near
    invented_here = any(row.is_fictitious for row in rows) and not _has_real_near(origin.point, rows, on)
    shown: list[NearSite] = []
    for role in roles:
        known = {row.site_id: row for row in rows if row.role == role}
        nearest = sorted(known.values(), key=lambda r: (r.km, r.site_id))
        real, demo = [r for r in nearest if not r.is_fictitious], [r for r in nearest if r.is_fictitious]
        shown += (demo if invented_here and demo else real)[:limit]
    return replace(found, near=tuple(shown))


def _has_real_near(point: Point, rows: Sequence[NearSite], on: date) -> bool:
    """Whether a real site of any operator stands in the demonstration territory: then nothing invented is shown there.

    One more query, and only where demonstration sites were about to be shown.
    """
    if any(r.km <= DEMO_KM and not r.is_fictitious for r in rows):
        return True
    everyone = [operator.value for operator in Operator]
    return any(not r.is_fictitious for r in nearest_sites(point, roles=everyone, km=(DEMO_KM, 0.0), on=on, limit=1))


def _in_commune(code: str, operators: Sequence[Operator], on: date, limit: int) -> NearCards:
    role = "organisation__network_memberships__network__role"
    rows = (
        Site.objects.filter(valid_on(on), valid_on(on, "organisation__network_memberships__"), commune_id=code)
        .filter(Q((f"{role}__in", [o.value for o in operators])), merged_into=None, is_fictitious=False)
        .order_by("sort_key", "id")
        .values_list(role, "id")
    )
    counts: dict[str, int] = {}
    shown = []
    for found_role, site_id in rows[: 20 * limit]:
        counts[found_role] = counts.get(found_role, 0) + 1
        if counts[found_role] <= limit:
            shown.append(NearSite(found_role, site_id, 0.0, False))
    ids = sorted({row.site_id for row in shown})
    return NearCards(tuple(shown), site_cards(ids, on=on, commune=code), {}, frozenset(ids))


def site_page(uid: UUID | str, *, actor: Actor, on: date, at: datetime | None = None) -> SitePage:
    """Everything the page of a site shows; a merged site leads to the one that is kept. Raises NotFound.

    `at` (local, without a zone) is the moment from which the next opening is looked for; the start of `on` by default.
    """
    row, moved_from = _site(uid)
    card = site_cards([row.pk], on=on)[row.pk]
    exceptions = list(HoursException.objects.filter(site=row, last_day__gte=on).order_by("first_day", "id")[:50])
    exceptional = [Exceptional(e.first_day, e.last_day, e.hours_osm) for e in exceptions]
    offers = Offer.objects.filter(valid_on(on), site=row, merged_into=None).order_by("sort_key", "id")
    contacts = Q(site=row) | Q(site=None, organisation_id=row.organisation_id)
    provenance = provenance_of(row, on=on)
    facts = SiteFacts(
        card.address, card.postcode, card.position, card.phone, card.hours_osm, card.email or card.website,
        card.accessibility, card.first_appointment_on, bool(card.source_name), card.is_stale,
    )  # fmt: skip
    return SitePage(
        card=replace(
            card, next_permanence=min((s[0] for s in next_permanences([row.pk], on=on).values()), default=None)
        ),
        id=row.pk,
        description=row.description,
        hours_note=row.hours_note,
        by_appointment=row.by_appointment,
        open_on_day=open_on(row.hours_osm, on, exceptional),
        next_opening=next_opening(row.hours_osm, at or datetime(on.year, on.month, on.day), exceptional),  # noqa: DTZ001
        exceptions=tuple(map(_exception, exceptions)),
        offers=tuple(offer_cards(list(offers.values_list("id", flat=True)[:MAX_OFFERS]), on=on)),
        permanences=tuple(permanences_of(Q(site=row), actor=actor, on=on)),
        contacts=tuple(contacts_where(contacts, actor=actor, on=on)),
        served=tuple(served_by(Q(site=row), on=on)),
        provenance=provenance,
        quality=site_quality(facts, on=on),
        version=row.version,
        can_edit=may_edit(actor, {row.organisation_id, row.organisation.maintainer_id}),
        contacts_hidden=hidden_contacts(contacts, actor=actor, on=on),
        moved_from=moved_from,
        strengths=own_strengths(row, on=on),
    )


def _exception(row: HoursException) -> HoursExceptionView:
    return HoursExceptionView(row.first_day, row.last_day, hours_text(row.hours_osm, on=row.first_day), row.reason)


def _with_permanence(card: SiteCard, pk: int, on: date) -> SiteCard:
    start = next_permanences([pk], on=on)
    return replace(card, next_permanence=min((one[0] for one in start.values()), default=None))


def _site(uid: UUID | str) -> tuple[Site, UUID | None]:
    try:
        wanted = UUID(str(uid))
    except ValueError:
        raise NotFound("Ce lieu n'existe pas dans l'annuaire. Cherchez-le par son nom ou sa commune.") from None
    row = Site.objects.select_related("organisation", "source", "merged_into").filter(uid=wanted).first()
    if row is None:
        raise NotFound("Ce lieu n'existe pas dans l'annuaire. Cherchez-le par son nom ou sa commune.")
    if row.merged_into is None:
        return row, None
    kept = Site.objects.select_related("organisation", "source").get(pk=row.merged_into.pk)
    return kept, wanted


def sites_in(commune_codes: Sequence[str], *, on: date, limit: int = 500) -> list[SiteCard]:
    """Sites recorded in these communes, by name; demonstration ones only when there is no real one. Two queries."""
    rows = Site.objects.filter(valid_on(on), commune_id__in=list(commune_codes), merged_into=None)
    ids = list(rows.order_by("is_fictitious", "sort_key", "id").values_list("id", "is_fictitious")[:limit])
    has_real = any(not fictitious for _, fictitious in ids)
    shown = [pk for pk, fictitious in ids if not (fictitious and has_real)]
    cards = site_cards(shown, on=on)
    return [cards[pk] for pk in shown]
