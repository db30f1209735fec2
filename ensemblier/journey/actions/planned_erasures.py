"""Erasing a file because its person asks: one colleague writes it, another confirms, she is told, the clock erases."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from ensemblier.accounts.core.roles import Role
from ensemblier.journey.actions.notices import notice_of
from ensemblier.journey.core.journal import Act
from ensemblier.journey.core.movers import Mover, PersonHerself
from ensemblier.journey.core.notices import Audience
from ensemblier.journey.core.retention import BETWEEN
from ensemblier.journey.models import FileHold, PlannedErasure
from ensemblier.journey.queries.opened import opened
from ensemblier.journey.sql.journal import note
from ensemblier.journey.sql.scope import acting
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import BadInput, NotAllowed, NotFound, RuleViolated
from ensemblier.kernel.orm.outbox import enqueue


def plan_erasure(file: UUID, why: str, *, by: Actor, at: datetime) -> UUID:
    """Write that the person asked for it, and how; returns its identifier. Nothing is erased yet.

    Raises NotFound, BadInput (not said how), RuleViolated (already asked, or frozen).
    """
    if not why.strip():
        raise BadInput("Écrivez comment elle l’a demandé, et quand : par son espace, par lettre, en face.", field="why")
    with acting(by):
        person = opened(by, file)
        _check_not_frozen(person.pk, at)
        try:
            with transaction.atomic():
                row = PlannedErasure.objects.create(
                    person=person, organisation_id=person.organisation_id, why=why.strip()[:300],
                    asked_by_id=by.user_id or 0, asked_at=at,
                )  # fmt: skip
        except IntegrityError:
            raise RuleViolated("L’effacement de ce dossier est déjà demandé : il attend une autre personne.") from None
        note(by, Act.PLAN_ERASURE, person_id=person.pk, subject="planned_erasure", subject_uid=row.uid, at=at)
    return row.uid


def confirm_erasure(uid: UUID, *, by: Actor, at: datetime) -> datetime:
    """A second colleague agrees, one of the two being a team lead; returns when the clock will erase.

    The person is told at once, and may take everything away or stop it until then. Raises NotFound, NotAllowed (the
    same colleague, or no team lead among the two), RuleViolated (already confirmed, or frozen).
    """
    with acting(by):
        row = PlannedErasure.objects.select_for_update(of=("self",)).filter(uid=uid, cancelled_at=None).first()
        if row is None or by.user_id is None:
            raise NotFound("Cette demande d’effacement n’existe pas, ou elle a été abandonnée.")
        if row.asked_by_id == by.user_id or Role.TEAM_LEAD not in by.roles:
            raise NotAllowed("Effacer se décide à deux : une autre personne, référente d’équipe, confirme.")
        if row.confirmed_at is not None:
            raise RuleViolated("Cet effacement est déjà confirmé.")
        _check_not_frozen(row.person_id, at)
        row.confirmed_by_id, row.confirmed_at, row.due_at = by.user_id, at, at + BETWEEN
        row.save(update_fields=["confirmed_by", "confirmed_at", "due_at"])
        enqueue(notice_of(row.person.uid, "file.erasing", Audience.PERSON, str(row.uid)), at=at)
        note(by, Act.PLAN_ERASURE, person_id=row.person_id, subject="planned_erasure", subject_uid=uid, at=at)
    return row.due_at


def stop_erasure(uid: UUID, *, by: Mover, at: datetime) -> None:
    """The person changed her mind, or a colleague takes it back. Raises NotFound (none, or already erased)."""
    with acting(by):
        rows = PlannedErasure.objects.filter(uid=uid, cancelled_at=None)
        row = (rows.filter(person=by.person_id) if isinstance(by, PersonHerself) else rows).first()
        if row is None or not rows.filter(pk=row.pk).update(cancelled_at=at):
            raise NotFound("Cette demande d’effacement n’existe pas, ou elle a été abandonnée.")
        note(by, Act.STOP_ERASURE, person_id=row.person_id, subject="planned_erasure", subject_uid=uid, at=at)


def _check_not_frozen(person_id: int, at: datetime) -> None:
    if FileHold.objects.filter(person=person_id, since__lte=at, until__gt=at).exists():
        raise RuleViolated("Ce dossier est gelé : il ne s’efface pas avant la fin du gel.")
