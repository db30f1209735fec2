"""What the pages of relays read: a line of a list, the inbox of a desk, and one relay as its reader may see it."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from ensemblier.journey.core.consent import Category
from ensemblier.journey.core.packets import Envelope, Packet
from ensemblier.journey.core.relay_messages import MessageView
from ensemblier.journey.core.states import Move, Party, RelayKind, RelayState, View


@dataclass(frozen=True, slots=True)
class RelayRow:
    """One line. `name`: the person's, "" while it is hidden; `other`: the other structure, "" when it is not shown.

    `holder`: who has it in hand; `is_mine`: the reader does; `has_sequel`: the source has answered an end.
    """

    uid: UUID
    version: int
    kind: RelayKind
    state: RelayState
    party: Party
    envelope: Envelope
    name: str
    other: str
    holder: str
    is_mine: bool
    due_on: date | None
    is_late: bool
    appointment_at: datetime | None
    ended_at: datetime | None
    has_sequel: bool = False
    is_queued: bool = False


@dataclass(frozen=True, slots=True)
class StateRow:
    """One relay. `is_sent`: by the organisation; else it is its recipient."""

    uid: UUID
    kind: RelayKind
    state: RelayState
    version: int
    due_on: date | None
    ended_at: datetime | None
    is_sent: bool


@dataclass(frozen=True, slots=True)
class Inbox:
    """The desk of one organisation, as one adviser sees it. Counts stop at a hundred.

    `mine`: in her hands; `unclaimed`: in nobody's; `held`: in a colleague's; `answers`: sent by her, and
    back with her now; `sent`: sent by her, in somebody else's hands.
    """

    mine: tuple[RelayRow, ...]
    unclaimed: tuple[RelayRow, ...]
    held: tuple[RelayRow, ...]
    answers: tuple[RelayRow, ...]
    sent: tuple[RelayRow, ...]
    unclaimed_count: int
    late_count: int


@dataclass(frozen=True, slots=True)
class Step:
    """One move, told to whoever follows the relay."""

    state: RelayState
    at: datetime
    party: Party


@dataclass(frozen=True, slots=True)
class Added:
    """A complement: what was added to a relay at an instant, after it left."""

    at: datetime
    packets: tuple[Packet, ...]


@dataclass(frozen=True, slots=True)
class RelayPage:
    """One relay, reduced to what its reader may see (`core.relay.view`): what is hidden is empty here.

    `moves`: what the reader may do now. `fingerprint`: of the text previewed, for the source before it leaves.
    `packets`: as they were previewed; `added`: the complements given since. `consented`: what the source may add.
    `documents`: (number, name) of those that the relay carries and that may be opened.
    `by_link`: the recipient has no account, so that its sender gives it a link.
    `file_uid`: the reader's own file of the person, when she has one. `is_named`: the reader has it in hand.
    """

    uid: UUID
    version: int
    kind: RelayKind
    state: RelayState
    party: Party
    seen: View
    is_named: bool
    moves: frozenset[Move]
    source_name: str
    recipient_name: str
    adviser_name: str
    person_name: str
    file_uid: UUID | None
    envelope: Envelope = field(default_factory=Envelope)
    summary: str = ""
    packets: tuple[Packet, ...] = ()
    categories: tuple[Category, ...] = ()
    fingerprint: str = ""
    offered: tuple[tuple[int, str], ...] = ()
    chosen: int | None = None
    due_on: date | None = None
    lease_until: date | None = None
    is_late: bool = False
    created_at: datetime | None = None
    sent_at: datetime | None = None
    accepted_at: datetime | None = None
    appointment_at: datetime | None = None
    met_at: datetime | None = None
    is_tripartite: bool = False
    ended_at: datetime | None = None
    reason: str = ""
    proposal: str = ""
    outcome: str = ""
    questions: int = 0
    consent_until: datetime | None = None
    steps: tuple[Step, ...] = ()
    messages: tuple[MessageView, ...] = ()
    sequel: str = ""
    queue_answer: str = ""
    is_queued: bool = False
    is_reported: bool = False
    by_link: bool = False
    documents: tuple[tuple[UUID, str], ...] = ()
    added: tuple[Added, ...] = ()
    consented: frozenset[Category] = frozenset()
