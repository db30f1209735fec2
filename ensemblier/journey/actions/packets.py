"""What a relay carries, copied from the file when it is prepared; and the recipient's own file, opened from it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol
from uuid import UUID, uuid5

from django.db.models import Q

from ensemblier.journey.actions.episodes import open_file
from ensemblier.journey.actions.links import link_own_file
from ensemblier.journey.core.consent import Category
from ensemblier.journey.core.packets import (
    KnownStatus,
    Packet,
    envelope_of,
    identifies,
    identity_packet,
    letter,
    person_in,
    situation_text,
)
from ensemblier.journey.core.persons import PersonDraft
from ensemblier.journey.core.relay import PARIS
from ensemblier.journey.core.states import RelayKind
from ensemblier.journey.models import Document, Person, Relay, RelayPacket, SharedDocument, StatusPeriod
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import BadInput, NotFound, RuleViolated
from ensemblier.routing.core.facts import Status

MAX_WORDS = 2000


class Prepared(Protocol):
    """What is asked of a relay to prepare."""

    @property
    def summary(self) -> str: ...
    @property
    def categories(self) -> frozenset[Category]: ...
    @property
    def envelope(self) -> Mapping[str, Any]: ...
    @property
    def words(self) -> Mapping[Category, str]: ...
    @property
    def documents(self) -> tuple[UUID, ...]: ...


@dataclass(frozen=True, slots=True)
class Carried:
    """The contents of a relay, as rows to write."""

    packets: tuple[Packet, ...]
    documents: tuple[Document, ...] = ()


def carried_by(draft: Prepared, person: Person, *, at: datetime) -> Carried:
    """The contents that a draft asks for, taken from the file now.

    Raises RuleViolated (nothing shared, no summary, an envelope that names the person), BadInput (too long, or said
    empty), NotFound (a document of somebody else).
    """
    asked = draft.categories | frozenset(draft.words) | ({Category.DOCUMENTS} if draft.documents else frozenset())
    if not asked or not draft.summary.strip():
        raise RuleViolated("Dites ce qui serait partagé, et écrivez la synthèse.", field="summary")
    known = person_draft(person)
    if identifies(envelope_of(draft.envelope), known):
        raise RuleViolated("L’enveloppe est lue avant le nom : n’y mettez ni nom ni numéro.", field="need")
    carried = carried_words(draft.words, draft.documents, person, at=at)
    if any(row.is_sensitive for row in carried.documents) and Category.HEALTH not in asked:
        raise RuleViolated("Un de ces documents touche à la santé : cochez-la aussi, ou retirez-le.", field="documents")
    return carried


def carried_words(
    words: Mapping[Category, str], documents: tuple[UUID, ...], person: Person, *, at: datetime
) -> Carried:
    """A text for each category, and the documents by their names. Raises BadInput, NotFound."""
    rows = _documents(person, documents)
    packets = tuple(_packet(category, words, person, at.astimezone(PARIS).date()) for category in words)
    if rows:
        packets += (Packet(Category.DOCUMENTS, "\n".join(f"« {row.name} »" for row in rows)),)
    return Carried(packets, rows)


def _packet(category: Category, words: Mapping[Category, str], person: Person, day: date) -> Packet:
    if category is Category.IDENTITY:
        return identity_packet(person_draft(person), (person.commune.name or "") if person.commune else "")
    text = words[category].strip()
    if not text or len(text) > MAX_WORDS:
        raise BadInput(
            "Écrivez ce qui est partagé pour « %(category)s », en %(most)s signes au plus, ou décochez.",
            field=f"words_{category.value}",
            values={"category": category.label, "most": MAX_WORDS},
        )
    statuses = statuses_now(person, on=day) if category is Category.SITUATION else []
    if statuses and text == situation_text(statuses):
        rows = [{"status": s.status, "since": s.since and s.since.isoformat()} for s in statuses]
        return Packet(category, text, {"statuses": rows})
    return Packet(category, text)


def _documents(person: Person, uids: tuple[UUID, ...]) -> tuple[Document, ...]:
    rows = tuple(Document.objects.filter(person=person, uid__in=uids, deleted_at=None).order_by("pk")) if uids else ()
    if len(rows) != len(set(uids)):
        raise NotFound("Un des documents choisis n’est plus dans ce dossier.", field="documents")
    return rows


def statuses_now(person: Person, *, on: date) -> list[KnownStatus]:
    """The statuses that the file holds on that day, oldest first."""
    open_ones = Q(valid_to=None) | Q(valid_to__gt=on)
    rows = StatusPeriod.objects.filter(open_ones, person=person).order_by("valid_from", "pk")
    return [KnownStatus(row.status, Status(row.status).label, row.valid_from, row.valid_to) for row in rows]


def person_draft(person: Person) -> PersonDraft:
    """What the file says of who she is and how to reach her."""
    return PersonDraft(
        given_name=person.given_name,
        family_name=person.family_name,
        phone=person.phone,
        email=person.email,
        preferred_contact=person.preferred_contact,
        availability=person.availability,
        commune_id=person.commune_id,
        born=person.born,
    )


def write_packets(relay: Relay, carried: Carried, *, at: datetime) -> None:
    """Write the contents of a draft in the place of those it had."""
    relay.packets.all().delete()
    SharedDocument.objects.filter(relay=relay).delete()
    RelayPacket.objects.bulk_create(
        RelayPacket(relay=relay, category=packet.category.value, text=packet.text, data=dict(packet.data))
        for packet in carried.packets
    )
    SharedDocument.objects.bulk_create(
        SharedDocument(person=relay.person, document=row, relay=relay, at=at) for row in carried.documents
    )


def packets_of(relay: Relay, *, only_shown: bool = False) -> tuple[Packet, ...]:
    """The contents of a relay; `only_shown`: those of the preview, without the complements given since."""
    rows = [row for row in relay.packets.all() if not (only_shown and row.since_version)]
    order = list(Category)
    rows.sort(key=lambda row: (order.index(Category(row.category)), row.since_version))
    return tuple(Packet(Category(row.category), row.text, row.data) for row in rows)


def letter_of(relay: Relay, categories: frozenset[Category] = frozenset()) -> str:
    """The text that was previewed: whole, or with these categories alone."""
    packets = packets_of(relay, only_shown=True)
    kept = [packet for packet in packets if not categories or packet.category in categories]
    return letter(envelope_of(relay.envelope), relay.summary, kept)


def erase_left_out(relay: Relay, categories: frozenset[Category]) -> None:
    """What the person did not tick leaves the relay with her choice."""
    relay.packets.exclude(category__in=[category.value for category in categories]).delete()
    if Category.DOCUMENTS not in categories:
        SharedDocument.objects.filter(relay=relay).delete()
    elif Category.HEALTH not in categories:
        SharedDocument.objects.filter(relay=relay, document__is_sensitive=True).delete()


def open_own_file(relay: Relay, *, by: Actor, at: datetime) -> Person | None:
    """At the first meeting, the recipient's own file, from what the person shared: nothing is typed twice.

    A joint accompaniment opens none: the recipient reads the shared file itself. Called again, it opens no second one.
    """
    if relay.kind == RelayKind.JOINT:
        return None
    already = Person.objects.filter(brought_by=relay, organisation_id=by.organisation_id or 0).first()
    if already is not None:
        return already
    # Of a category, what was previewed first: a complement adds words, never another person.
    packets = {packet.category: packet for packet in reversed(packets_of(relay))}
    episode = open_file(
        person_in(packets.get(Category.IDENTITY)),
        request=envelope_of(relay.envelope).need,
        by=by,
        at=at,
        key=uuid5(relay.uid, "own file"),
    )
    person = episode.person
    person.brought_by = relay
    person.save(update_fields=["brought_by"])
    statuses = packets[Category.SITUATION].data.get("statuses", []) if Category.SITUATION in packets else []
    StatusPeriod.objects.bulk_create(
        StatusPeriod(person=person, status=row["status"], valid_from=row["since"]) for row in statuses
    )
    link_own_file(person, relay, at=at)
    return person
