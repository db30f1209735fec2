"""What a person shares, with whom, until when; what she stopped; and the papers recorded in her name."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from ensemblier.journey.core.consent import Category, ConsentChannel, Purpose
from ensemblier.journey.core.consent_texts.wording import effective_end, is_ending
from ensemblier.journey.core.journal import Act
from ensemblier.journey.core.movers import PersonHerself
from ensemblier.journey.core.rights import objection_ends
from ensemblier.journey.models import Consent, Relay
from ensemblier.journey.sql.journal import note
from ensemblier.journey.sql.scope import acting
from ensemblier.kernel.errors import NotFound


@dataclass(frozen=True, slots=True)
class Sharing:
    """One consent of hers. `ends_at`: when it stops in fact; `needs`: what its relays were for."""

    herself: PersonHerself
    uid: UUID
    organisation: str
    categories: tuple[Category, ...]
    purpose: Purpose
    channel: ConsentChannel
    given_at: datetime
    ends_at: datetime
    revoked_at: datetime | None
    text_version: str
    needs: tuple[str, ...]
    has_open_relay: bool
    is_live: bool
    is_ending: bool
    asks_if_hers: bool
    source: str = ""
    is_extended: bool = False
    text: str = ""

    @property
    def may_extend(self) -> bool:
        """Whether a relay still rests on it, so that it may go on."""
        return self.is_live and self.has_open_relay and self.purpose is Purpose.RELAY

    @property
    def lines(self) -> list[str]:
        """The text that she read, line by line."""
        return self.text.splitlines()


def my_sharings(herself: Iterable[PersonHerself], *, at: datetime) -> tuple[Sharing, ...]:
    """Everything she shares or shared, live ones first, then the latest. Two queries a file."""
    found: list[Sharing] = []
    for one in herself:
        with acting(one):
            found += [_view(row, one, at) for row in _rows(one)]
            note(one, Act.READ_FILE, person_id=one.person_id, subject="consents", at=at)
    return tuple(sorted(found, key=lambda sharing: (not sharing.is_live, -sharing.given_at.timestamp())))


def my_sharing(herself: Iterable[PersonHerself], uid: UUID, *, at: datetime) -> Sharing:
    """One of them, with the text that she read, word for word ("" for a text read elsewhere). Raises NotFound."""
    for one in herself:
        with acting(one):
            row = _rows(one).filter(uid=uid).first()
            if row is not None:
                note(one, Act.READ_FILE, person_id=one.person_id, subject="consent", subject_uid=uid, at=at)
                return _view(row, one, at, with_text=True)
    raise NotFound("Ce partage n’existe pas.")


def _rows(one: PersonHerself) -> QuerySet[Consent]:
    relays = Prefetch("relays", queryset=Relay.objects.order_by("pk"))
    return (
        Consent.objects.filter(person_id=one.person_id)
        .select_related("organisation", "paper_answer", "reading", "person__organisation", "extended_by")
        .prefetch_related(relays)
        .order_by("-given_at", "-pk")
    )


def _view(row: Consent, one: PersonHerself, at: datetime, *, with_text: bool = False) -> Sharing:
    relays = list(row.relays.all())
    end = effective_end(row.ends_at, [relay.ended_at for relay in relays])
    is_live = row.revoked_at is None and row.given_at <= at < end
    is_paper = row.channel == ConsentChannel.PAPER.value
    return Sharing(
        herself=one,
        uid=row.uid,
        organisation=row.organisation.name,
        categories=tuple(category for category in Category if category.value in row.categories),
        purpose=Purpose(row.purpose),
        channel=ConsentChannel(row.channel),
        given_at=row.given_at,
        ends_at=end,
        revoked_at=row.revoked_at,
        text_version=row.text_version,
        needs=tuple(dict.fromkeys(need for relay in relays if (need := str(relay.envelope.get("need", ""))))),
        has_open_relay=any(relay.ended_at is None for relay in relays),
        is_live=is_live,
        is_ending=is_live and is_ending(end, at),
        asks_if_hers=is_live and is_paper and at < objection_ends(row.given_at) and not hasattr(row, "paper_answer"),
        source=row.person.organisation.name,
        is_extended=hasattr(row, "extended_by"),
        text=row.reading.text if with_text and hasattr(row, "reading") else "",
    )
