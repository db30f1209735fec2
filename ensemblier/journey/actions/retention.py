"""The end of everything, run by the clock: notice, archive, erasure. Each file in its own transaction."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q

from ensemblier.accounts.models import ApiToken, Invitation, SignedLink, User
from ensemblier.journey.actions.erasure import add_count, erase_files
from ensemblier.journey.actions.notices import notice_of
from ensemblier.journey.core import retention as core
from ensemblier.journey.core.journal import Act
from ensemblier.journey.core.notices import Audience
from ensemblier.journey.core.relay import PARIS
from ensemblier.journey.models import (
    Access,
    ConsentProof,
    FileHold,
    FileTerm,
    LevelOneContact,
    Person,
    PlannedErasure,
    QueueEntry,
    RefusedMove,
    RelayPacket,
    SharedDocument,
)
from ensemblier.journey.sql.journal import note
from ensemblier.journey.sql.retention import OldFile, old_files
from ensemblier.journey.sql.scope import acting
from ensemblier.kernel.actor import SYSTEM
from ensemblier.kernel.orm.models import AuditRow, OutboxMessage
from ensemblier.kernel.orm.outbox import enqueue

_UNSERVED = Q(relay__state__in=["declined", "withdrawn", "cancelled", "expired", "failed", "entered_in_error"])


@dataclass(slots=True)
class Retained:
    """What one run did; `rows`: rows of other tables that reached their term, by table."""

    archived: int = 0
    warned: int = 0
    erased: int = 0
    rows: dict[str, int] = field(default_factory=dict)

    @property
    def has_acted(self) -> bool:
        """Whether anything reached its term."""
        return bool(self.archived + self.warned + self.erased + sum(self.rows.values()))


def run_retention(at: datetime) -> Retained:
    """Do what the terms ask for at that instant. Twice, or in two workers, changes nothing more."""
    done = Retained()
    with acting(SYSTEM):
        candidates = old_files(before=at - core.ACTIVE, at=at)
    for file in candidates:
        _advance(file, at, done)
    for planned_id in _planned(at):
        done.erased += _erase_planned(planned_id, at)
    with acting(SYSTEM):
        _rows(at, done)
    return done


def _planned(at: datetime) -> list[int]:
    with acting(SYSTEM):
        rows = PlannedErasure.objects.filter(due_at__lte=at, cancelled_at__isnull=True).order_by("pk")
        return list(rows.values_list("pk", flat=True))


def _erase_planned(planned_id: int, at: datetime) -> int:
    """Erase what its person asked for, unless somebody changed their mind or froze the file meanwhile."""
    with acting(SYSTEM):
        held = PlannedErasure.objects.select_for_update(skip_locked=True, of=("self",))
        row = held.filter(pk=planned_id, cancelled_at__isnull=True).first()
        if row is None or FileHold.objects.filter(person=row.person_id, since__lte=at, until__gt=at).exists():
            return 0
        note(SYSTEM, Act.ERASE_FILE, person_id=row.person_id, subject="planned_erasure", subject_uid=row.uid, at=at)
        return erase_files([row.person_id], reason=core.ErasureReason.REQUEST, at=at)


def _advance(file: OldFile, at: datetime, done: Retained) -> None:
    stage = core.stage(core.Life(file.last_exchange, file.frozen_until), at)
    if stage is core.Stage.ACTIVE:
        if file.archived_at or file.warned_at:  # somebody came back: the file lives again
            with acting(SYSTEM):
                FileTerm.objects.filter(person=file.person_id).delete()
        return
    with acting(SYSTEM):
        if not Person.objects.select_for_update(skip_locked=True).filter(pk=file.person_id).exists():
            return
        # A file is never erased without a warning, even when the clock stood still for months.
        if stage is core.Stage.ERASED and file.warned_at and at >= file.warned_at + core.WARNING:
            done.erased += erase_files([file.person_id], reason=core.ErasureReason.TERM, at=at)
            return
        if file.archived_at is None:
            _archive(file.person_id, at)
            done.archived += 1
        if stage is not core.Stage.ARCHIVED and file.warned_at is None:
            _warn(file.person_id, at)
            done.warned += 1


def _archive(person_id: int, at: datetime) -> None:
    """Out of daily use: whoever opens it again takes it with a written reason, like a substitute."""
    FileTerm.objects.update_or_create(person_id=person_id, defaults={"archived_at": at})
    Access.objects.filter(person=person_id, ended_at__isnull=True).update(ended_at=at)


def _warn(person_id: int, at: datetime) -> None:
    person = Person.objects.get(pk=person_id)
    FileTerm.objects.update_or_create(
        person_id=person_id, defaults={"warned_at": at, "was_reached": bool(person.email or person.phone)}
    )
    enqueue(notice_of(person.uid, "file.ending", Audience.PERSON, f"{at:%Y-%m}"), at=at)


def _rows(at: datetime, done: Retained) -> None:
    """Tables whose rows have a term of their own."""
    served = Q(relay__state="completed", relay__ended_at__lte=at - core.CARRIED_SERVED)
    carried = served | (_UNSERVED & Q(relay__ended_at__lte=at - core.CARRIED_UNSERVED))
    old_links = Q(expires_at__lte=at - core.LINK)
    found = {
        "journey_relaypacket": RelayPacket.objects.filter(carried),
        "journey_shareddocument": SharedDocument.objects.filter(carried),
        "journey_queueentry": QueueEntry.objects.filter(answered_at__lte=at - core.QUEUE),
        "journey_consentproof": ConsentProof.objects.filter(erase_at__lte=at),
        "journey_refusedmove": RefusedMove.objects.filter(at__lte=at - core.TECHNICAL),
        "accounts_signedlink": SignedLink.objects.filter(old_links | Q(closed_at__lte=at - core.LINK)),
        "accounts_apitoken": ApiToken.objects.filter(
            Q(expires_at__lte=at - core.LINK) | Q(revoked_at__lte=at - core.LINK)
        ),
        "accounts_invitation": Invitation.objects.filter(old_links | Q(accepted_at__lte=at - core.LINK)),
        "kernel_outboxmessage": OutboxMessage.objects.filter(created_at__lte=at - core.MESSAGE_TRACE),
    }
    done.rows = {table: rows.delete()[0] for table, rows in found.items()}
    done.rows["message bodies"] = (
        OutboxMessage.objects.filter(created_at__lte=at - core.MESSAGE_BODY)
        .exclude(state="queued")
        .exclude(body="", attachments=[], to="")
        .update(body="", attachments=[], subject="", to="", reply_to="")
    )
    history = AuditRow.objects.filter(at__lte=at - core.TECHNICAL).exclude(actor_label="", actor_id=None)
    done.rows["kernel_auditrow"] = history.update(actor_label="", actor_id=None)
    done.rows["journey_levelonecontact"] = _desk(at)
    done.rows["accounts_user"] = _idle_users(at)


def _desk(at: datetime) -> int:
    """Welcomes without identity become counts."""
    rows = LevelOneContact.objects.filter(at__lte=at - core.DESK)
    for row in rows.order_by("pk").values("at", "organisation_id", "channel"):
        month = row["at"].astimezone(PARIS).date().replace(day=1)
        add_count(month, row["organisation_id"], "level_one", row["channel"], 1)
    return int(rows.delete()[0])


def _idle_users(at: datetime) -> int:
    """Professionals who have not signed in for 19 months: the account closes and loses its name."""
    idle = User.objects.filter(is_active=True).filter(
        Q(last_login__lte=at - core.IDLE) | Q(last_login__isnull=True, created_at__lte=at - core.IDLE)
    )
    found = list(idle.order_by("pk"))
    for user in found:
        user.is_active, user.name, user.email = False, "compte fermé", f"ferme-{user.pk}@compte.invalid"
        user.set_unusable_password()
        user.save(update_fields=["is_active", "name", "email", "password"])
    return len(found)
