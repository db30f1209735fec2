"""Reads: one relay as the source, the recipient, a partner by link or the person may see it, and never more."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from ensemblier.accounts.core.roles import Role
from ensemblier.accounts.models import Membership
from ensemblier.directory.models import Organisation
from ensemblier.journey.core.consent import Category
from ensemblier.journey.core.inbox import Added, RelayPage, RelayRow, Step
from ensemblier.journey.core.journal import Act
from ensemblier.journey.core.machine import MACHINE
from ensemblier.journey.core.movers import Mover, party_of, user_of
from ensemblier.journey.core.packets import Envelope, Packet, envelope_of, fingerprint, letter
from ensemblier.journey.core.persons import full_name
from ensemblier.journey.core.relay import PARIS, view
from ensemblier.journey.core.relay_messages import MessageChannel, MessageKind, MessageView
from ensemblier.journey.core.states import Move, Party, RelayKind, RelayState, View
from ensemblier.journey.models import Person, Relay, RelayMessage, SharedDocument
from ensemblier.journey.queries.holding import TAKEN, goes_on, has_in_hand, is_held_by
from ensemblier.journey.queries.merges import read_with
from ensemblier.journey.queries.opened import open_to
from ensemblier.journey.sql.journal import note
from ensemblier.journey.sql.relay_lines import RelayLine, relay_lines
from ensemblier.journey.sql.scope import acting
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import NotFound
from ensemblier.kernel.orm.models import valid_on

UNKNOWN = "Ce relais n’existe pas, ou ne vous est pas ouvert."
_JOINED = ("source", "recipient", "adviser", "source_adviser", "consent", "sequel", "queue_entry", "error_report")


def relay_page(uid: UUID, *, by: Mover, at: datetime) -> RelayPage:
    """The page of a relay. Raises NotFound with the same words whether it is unknown or not the reader's."""
    with acting(by):
        relay = _found(uid)
        party = party_of(relay.value, Move.GIVE_INFO, by)
        person = Person.objects.filter(pk=relay.person_id).first() if party is not Party.RECIPIENT else None
        if party is Party.SOURCE and isinstance(by, Actor):
            person = open_to(by).filter(pk=relay.person_id).first()
            if person is None and relay.source_adviser_id != by.user_id:  # `is_known_to`, the file being read
                raise NotFound(UNKNOWN)
        holds = party is Party.RECIPIENT and goes_on(relay, by, at)
        seen = seen_by(relay, party, by, at, holds=holds)
        if seen in (View.NOTHING, View.SOMEBODY):
            raise NotFound(UNKNOWN)
        shown = _page(relay, _Reader(by, party, seen, at, holds=holds), person)
        note(by, Act.READ_RELAY, person_id=relay.person_id, subject="relay", subject_uid=uid, at=at)
        return shown


def _found(uid: UUID) -> Relay:
    rows = Relay.objects.select_related(*_JOINED).prefetch_related("packets", "messages", "events")
    relay = rows.filter(uid=uid).first()
    if relay is None:
        raise NotFound(UNKNOWN)
    return relay


def seen_by(relay: Relay, party: Party, by: Mover, at: datetime, *, holds: bool | None = None) -> View:
    """`core.relay.view`, narrowed: of a desk, only who has the relay in hand reads more than the envelope.

    `holds`: whether she goes on with it, when the caller already knows.
    """
    seen = view(relay.value, party, relay.consent.value if relay.consent else None, at, MACHINE)
    if party is Party.RECIPIENT and seen is View.SUMMARY:
        holds = is_held_by(relay, by) if holds is None else holds
        return View.SUMMARY if holds else View.ENVELOPE
    return seen


class _Reader:
    """Who reads, as what, and how much."""

    def __init__(self, by: Mover, party: Party, seen: View, at: datetime, *, holds: bool) -> None:
        self.by, self.party, self.seen, self.at, self.holds = by, party, seen, at, holds

    @property
    def reads_all(self) -> bool:
        """The text of the relay."""
        return self.seen in (View.WHOLE, View.SUMMARY)

    @property
    def follows(self) -> bool:
        """What happens to it."""
        return self.seen in (View.WHOLE, View.SUMMARY, View.STATE)


def _page(relay: Relay, reader: _Reader, person: Person | None) -> RelayPage:
    packets = _packets(relay) if reader.reads_all else ()
    envelope = envelope_of(relay.envelope) if reader.seen is not View.STUB else Envelope()
    shown = tuple(packet for packet, since in packets if not since)
    name = full_name(person.given_name, person.family_name) if person else _name_in(tuple(p for p, _ in packets))
    more = _followed(relay, reader) if reader.follows else {}
    return RelayPage(
        uid=relay.uid,
        version=relay.version,
        kind=RelayKind(relay.kind),
        state=RelayState(relay.state),
        party=reader.party,
        seen=reader.seen,
        is_named=reader.holds or is_held_by(relay, reader.by),
        moves=_moves(relay, reader),
        source_name=relay.source.name if reader.follows else "",
        recipient_name=relay.recipient.name if relay.recipient else "",
        adviser_name=_adviser(relay),
        person_name=name,
        file_uid=_file_uid(relay, reader, person),
        envelope=envelope,
        summary=relay.summary if reader.reads_all else "",
        packets=shown,
        added=_added(relay, packets),
        categories=tuple(Category(each) for each in relay.categories) if reader.follows else (),
        fingerprint=fingerprint(letter(envelope, relay.summary, shown)) if reader.seen is View.WHOLE else "",
        due_on=relay.due_on,
        lease_until=relay.lease_until if reader.party is Party.RECIPIENT else None,
        is_late=relay.due_on is not None and relay.due_on < reader.at.astimezone(PARIS).date(),
        created_at=relay.created_at,
        sent_at=relay.sent_at,
        ended_at=relay.ended_at,
        reason=relay.reason,
        documents=_documents(relay, reader),
        **more,
    )


def _added(relay: Relay, packets: tuple[tuple[Packet, int], ...]) -> tuple[Added, ...]:
    """What was added since, by the answer that brought it."""
    moments = {event.version: event.at for event in relay.events.all()}
    found: dict[int, list[Packet]] = {}
    for packet, since in packets:
        if since:
            found.setdefault(since, []).append(packet)
    return tuple(Added(moments[since], tuple(rows)) for since, rows in sorted(found.items()))


def _documents(relay: Relay, reader: _Reader) -> tuple[tuple[UUID, str], ...]:
    """Those that the relay carries; one that was destroyed since is no longer there."""
    if not reader.reads_all or Category.DOCUMENTS not in relay.categories or reader.party is Party.SOURCE:
        return ()
    rows = SharedDocument.objects.filter(relay=relay, document__deleted_at=None).order_by("pk")
    return tuple(rows.values_list("document__uid", "document__name"))


def _followed(relay: Relay, reader: _Reader) -> dict[str, Any]:
    entry, sequel = getattr(relay, "queue_entry", None), getattr(relay, "sequel", None)
    is_source = reader.party is Party.SOURCE
    rows = sorted(relay.events.all(), key=lambda event: event.version)
    return {
        "offered": _offered(relay) if reader.seen is View.WHOLE else (),
        "chosen": relay.recipient_id or relay.routing.get("chosen"),
        "accepted_at": relay.accepted_at,
        "appointment_at": relay.appointment_at,
        "met_at": relay.met_at,
        "is_tripartite": relay.is_tripartite,
        "proposal": relay.proposal,
        "outcome": relay.outcome,
        "questions": relay.questions,
        "consented": frozenset(map(Category, relay.consent.categories)) if relay.consent and is_source else frozenset(),
        "consent_until": relay.consent.ends_at if relay.consent else None,
        "steps": tuple(Step(RelayState(row.to_state), row.at, Party(row.party)) for row in rows),
        "messages": tuple(_message(row, reader) for row in _thread(relay, reader)),
        "sequel": sequel.decision if sequel and is_source else "",
        "queue_answer": entry.answer_words if entry and is_source else "",
        "is_queued": bool(entry and is_source),
        "by_link": is_source and _answers_by_link(relay, reader.at),
        "is_reported": getattr(relay, "error_report", None) is not None,
    }


def _answers_by_link(relay: Relay, at: datetime) -> bool:
    """Whether nobody of the recipient has an account, while an answer is still expected."""
    if relay.recipient_id is None or relay.adviser_id is not None or relay.ended_at is not None:
        return False
    day = at.astimezone(PARIS).date()
    advisers = {"organisation_id": relay.recipient_id, "role": Role.ADVISER.value, "user__is_active": True}
    return not Membership.objects.filter(valid_on(day), **advisers).exists()


def _offered(relay: Relay) -> tuple[tuple[int, str], ...]:
    ids = list(relay.offered) or [int(each) for each in relay.routing.get("offered", ())]
    names = dict(Organisation.objects.filter(pk__in=ids).values_list("pk", "name"))
    return tuple((pk, names[pk]) for pk in ids if pk in names)


def _packets(relay: Relay) -> tuple[tuple[Packet, int], ...]:
    order = list(Category)
    rows = sorted(relay.packets.all(), key=lambda row: (order.index(Category(row.category)), row.since_version))
    return tuple((Packet(Category(row.category), row.text, row.data), row.since_version) for row in rows)


def _name_in(packets: tuple[Packet, ...]) -> str:
    """The person's name as the relay itself carries it."""
    data = next((packet.data for packet in packets if packet.category is Category.IDENTITY), {})
    return full_name(str(data.get("given_name", "")), str(data.get("family_name", "")))


def _adviser(relay: Relay) -> str:
    return relay.partner or (relay.adviser.name if relay.adviser else "")


def _file_uid(relay: Relay, reader: _Reader, person: Person | None) -> UUID | None:
    if reader.party is Party.SOURCE:
        return person.uid if person else None
    if reader.party is Party.RECIPIENT and isinstance(reader.by, Actor):
        own = {"brought_by": relay, "organisation_id": reader.by.organisation_id or 0}
        return Person.objects.filter(**own).values_list("uid", flat=True).first()
    return None


def _moves(relay: Relay, reader: _Reader) -> frozenset[Move]:
    state = RelayState(relay.state)
    found = set()
    for move, rule in MACHINE.rows.items():
        if state in rule.sources and party_of(relay.value, move, reader.by) in rule.parties:
            found.add(move)
    # Only who has it in hand goes on with it; a colleague may take it over from the desk, by accepting or giving back.
    if reader.party is Party.RECIPIENT and state in TAKEN and not reader.holds:
        found &= {Move.RELEASE}
    return frozenset(found)


def _thread(relay: Relay, reader: _Reader) -> list[RelayMessage]:
    rows = sorted(relay.messages.all(), key=lambda row: (row.at, row.pk))
    return [row for row in rows if reader.party is not Party.PERSON or row.is_for_person]


def _message(row: RelayMessage, reader: _Reader) -> MessageView:
    is_mine = row.party == reader.party and (row.author_id == user_of(reader.by))
    return MessageView(
        uid=row.uid,
        kind=MessageKind(row.kind),
        from_words=row.author_label,
        text=row.text,
        at=row.at,
        is_mine=is_mine,
        is_for_person=row.is_for_person,
        came_by_mail=row.channel == MessageChannel.MAIL,
    )


def row_of(line: RelayLine, by: Mover, *, at: datetime) -> RelayRow:
    """A line of a list. The recipient reads the name of what she has in hand, as the relay carries it."""
    relay = line.value
    party = party_of(relay, Move.GIVE_INFO, by)
    is_recipient = party is Party.RECIPIENT
    seen = view(relay, party, line.consent, at, MACHINE)
    is_held = has_in_hand(line.adviser_id, line.partner, by)
    if is_recipient and seen is View.SUMMARY and not is_held:
        seen = View.ENVELOPE
    is_open = not is_recipient or seen is View.SUMMARY
    return RelayRow(
        uid=line.uid,
        version=line.version,
        kind=relay.kind,
        state=relay.state,
        party=party,
        envelope=envelope_of(line.stored_envelope) if seen is not View.STUB else Envelope(),
        name=full_name(line.given_name, line.family_name) if is_open else "",
        other=(line.source_name if is_recipient else line.recipient_name) if is_open else "",
        holder=line.partner or line.adviser_name,
        is_mine=is_held if is_recipient else line.source_adviser_id == user_of(by),
        due_on=line.due_on,
        is_late=line.due_on is not None and line.due_on < at.astimezone(PARIS).date(),
        appointment_at=line.appointment_at,
        ended_at=line.ended_at,
        has_sequel=line.has_sequel,
        is_queued=line.is_queued,
    )


def relays_of_file(uid: UUID, *, actor: Actor, at: datetime) -> tuple[RelayRow, ...]:
    """The relays of a file and of those read as one with it, newest first, and what brought them. Raises NotFound."""
    with acting(actor):
        person = open_to(actor).filter(uid=uid).first()
        if person is None:
            raise NotFound(UNKNOWN)
        people = read_with(person)
        which = Q(person__in=people) | Q(pk__in=[each.brought_by_id for each in people if each.brought_by_id])
        mine = Relay.objects.filter(which).order_by("-created_at", "-pk")
        ids = list(mine.values_list("pk", flat=True)[:100])
        lines = {row.id: row for row in relay_lines(ids, user=actor.user_id, organisation=actor.organisation_id)}
        note(actor, Act.LIST_RELAYS, person_id=person.pk, subject="person", subject_uid=uid, at=at)
    return tuple(row_of(lines[pk], actor, at=at) for pk in ids if pk in lines)
