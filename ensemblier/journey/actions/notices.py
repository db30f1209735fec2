"""Telling people that a relay moved. The move writes who is to be told; addresses are read later, by the worker.

So the page that makes a move never reads the address of somebody whose file it may not open, and a message uses the
address of the moment.
"""

import json
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from ensemblier.journey.actions.addresses import Address, addresses_of, person_addresses
from ensemblier.journey.core import relay as core
from ensemblier.journey.core.notices import STOPS_WHAT_WAITS, Audience, body_of, kind_of, short_of, told, words_of
from ensemblier.journey.models import Person, Relay
from ensemblier.journey.sql.scope import acting
from ensemblier.kernel.actor import SYSTEM
from ensemblier.kernel.messages import Channel, OutMessage
from ensemblier.kernel.orm.delivery import claim_notice, end_notice
from ensemblier.kernel.orm.models import OutboxMessage
from ensemblier.kernel.orm.outbox import cancel_queued, enqueue_all

NOBODY = "personne à joindre"


def tell(row: Relay, after: core.Relay, act: core.Act) -> None:
    """Who is to be told of a move, in its own transaction: these rows exist if and only if the move does."""
    if act.move in STOPS_WHAT_WAITS:
        for kinds in (f".{Audience.RECIPIENT.value}", "relay.link"):
            cancel_queued(row.uid, at=act.at, kinds=kinds)
    kind = kind_of(act.move, act.party)
    audiences = sorted(told(act.move, act.party, after))
    enqueue_all([_notice(row.uid, kind, audience, after) for audience in audiences], at=act.at)


def _notice(uid: UUID, kind: str, audience: Audience, after: core.Relay) -> OutMessage:
    state = {"relay": str(uid), "state": after.state.value, "version": after.version}
    body = json.dumps(state) if audience is Audience.SYSTEMS else ""
    return notice_of(uid, kind, audience, str(after.version), body=body)


def notice_of(uid: UUID, kind: str, audience: Audience, occasion: str, *, body: str = "") -> OutMessage:
    """One notice about a relay (or a file: "file.…"); `occasion` makes its key, so that it is told once."""
    return OutMessage(
        kind=f"{'' if kind.startswith('file.') else 'relay.'}{kind}.{audience.value}",
        channel=Channel.NOTICE,
        to=audience.value,
        subject="",
        body=body,
        key=uuid5(uid, f"{occasion} {kind} {audience.value}"),
        subject_uid=uid,
    )


def address_notices(at: datetime, *, limit: int = 100) -> dict[str, int]:
    """Turn notices into messages with addresses, one transaction each. One for nobody is set aside: it is a gap."""
    counts = {"addressed": 0, "nobody": 0}
    for _ in range(limit):
        with acting(SYSTEM):
            row = claim_notice(at=at)
            if row is None:
                break
            messages = _addressed(row, at)
            is_heard = bool(messages) or row.to == Audience.SYSTEMS.value
            enqueue_all(messages, at=at)
            end_notice(row, at=at, reason="" if is_heard else NOBODY)
            counts["addressed" if is_heard else "nobody"] += 1
    return counts


def _addressed(row: OutboxMessage, at: datetime) -> list[OutMessage]:
    if row.kind.startswith("file."):
        person = Person.objects.filter(uid=row.subject_uid).first() if row.subject_uid else None
        return [_message(row, each, Audience.PERSON) for each in (person_addresses(person) if person else [])]
    about = Relay.objects.select_related("person", "consent")
    relay = about.filter(uid=row.subject_uid).first() if row.subject_uid else None
    if relay is None:
        return []
    audience = Audience(row.to)
    return [_message(row, address, audience) for address in addresses_of(relay, audience, at)]


def _message(row: OutboxMessage, address: Address, audience: Audience) -> OutMessage:
    same: dict[str, Any] = {
        "kind": row.kind,
        "channel": address.channel,
        "to": address.to,
        "key": uuid5(row.key, address.to.lower()),
        "subject_uid": row.subject_uid,
    }
    if address.channel is Channel.WEBHOOK:
        return OutMessage(subject="", body=row.body, **same)
    if address.channel is Channel.SMS:
        return OutMessage(subject="", body=short_of(address.links), **same)
    words = words_of(row.kind.removeprefix("relay.").removesuffix(f".{row.to}") + address.precision, audience)
    return OutMessage(
        subject=words.subject, body=body_of(words, audience, address.links), reply_to=address.reply_to, **same
    )
