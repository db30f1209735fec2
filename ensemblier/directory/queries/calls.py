"""Reads: « qui appeler » – whom to call at X, for Y, near Z, while somebody is typing."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from ensemblier.directory.core.access import may_see_contacts
from ensemblier.directory.core.views import CallCard, ContactView, SiteCard
from ensemblier.directory.core.words import search_words
from ensemblier.directory.models import Organisation
from ensemblier.directory.queries.contacts import contacts_by_id
from ensemblier.directory.queries.provenance import provenance_of
from ensemblier.directory.sql.calls import Call, calls
from ensemblier.directory.sql.cards import site_cards
from ensemblier.kernel.actor import Actor
from ensemblier.territory.core.views import CommuneView

MAX_LIMIT = 50


def who_to_call(
    text: str, *, actor: Actor, near: CommuneView | None = None, on: date, limit: int = 10
) -> list[CallCard]:
    """Counters and interlocutors that satisfy every word of the text, best first; [] under two letters.

    A word is the beginning of a name, a subject, a need, a network or a town: "log emb". Demonstration rows appear only
    when no real one answers. Six queries at most, whatever the number of rows.
    """
    words = search_words(text)
    if not words:
        return []
    inside = may_see_contacts(actor)
    point = near.point if near else None
    found = calls(words, near=point, inside=inside, on=on, limit=max(1, min(limit, MAX_LIMIT)))
    cards = site_cards([row.site_id for row in found if row.site_id is not None], on=on)
    people = contacts_by_id({row.contact_id for row in found if row.contact_id is not None}, actor=actor, on=on)
    alone = _organisations([row.organisation_id for row in found if row.site_id is None], on)
    shown = [_card(row, words, cards, people, alone) for row in found]
    has_real = any(not card.is_fictitious for card in shown)
    return [card for card in shown if not (card.is_fictitious and has_real)]


def _organisations(ids: Sequence[int], on: date) -> dict[int, CallCard]:
    if not ids:
        return {}
    rows = Organisation.objects.filter(pk__in=ids).select_related("source")
    return {
        row.pk: CallCard(
            organisation_uid=row.uid,
            organisation_name=row.name,
            site_uid=None,
            site_name="",
            city="",
            phone=row.phone,
            email=row.email,
            is_stale=provenance_of(row, on=on).is_stale,
            is_fictitious=row.is_fictitious,
        )
        for row in rows
    }


def _card(
    row: Call,
    words: Sequence[str],
    cards: dict[int, SiteCard],
    people: dict[int, ContactView],
    alone: dict[int, CallCard],
) -> CallCard:
    contact = people.get(row.contact_id) if row.contact_id is not None else None
    why = tuple(s for s in contact.subjects if _begins(s, words)) if contact else ()
    if row.site_id is None:
        base = alone[row.organisation_id]
    else:
        site = cards[row.site_id]
        base = CallCard(
            organisation_uid=site.organisation_uid,
            organisation_name=site.organisation_name,
            site_uid=site.uid,
            site_name=site.name,
            city=site.city,
            phone=site.phone,
            email=site.email,
            operator=site.operator,
            network_name=site.network_name,
            km=row.km,
            is_stale=site.is_stale,
            is_fictitious=site.is_fictitious,
        )
    return replace(base, contact=contact, why=why)


def _begins(subject: str, words: Sequence[str]) -> bool:
    return any(part.startswith(word) for part in search_words(subject) for word in words)
