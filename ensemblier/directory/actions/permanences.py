"""Writes: permanences, proposed by anyone of the directory, decided by the operator concerned."""

from dataclasses import dataclass
from datetime import date, time
from typing import Any
from uuid import UUID

from django.db import transaction

from ensemblier.directory.actions.changes import change, created, find
from ensemblier.directory.core.access import may_edit
from ensemblier.directory.core.permanence import parse_rrule, transition
from ensemblier.directory.core.states import HalfDay, PermanenceState, Season
from ensemblier.directory.core.text import clean_line
from ensemblier.directory.models import Organisation, Permanence, Site
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import BadInput, NotAllowed, RuleViolated


@dataclass(frozen=True, slots=True)
class Rhythm:
    """When a permanence is held; see `core.permanence` for the RRULE."""

    rrule: str
    first_day: date
    half_day: HalfDay
    season: Season = Season.ALL_YEAR
    starts_at: time | None = None
    ends_at: time | None = None


@dataclass(frozen=True, slots=True)
class PermanenceDraft:
    """Who would receive, where and when. `on_appointment` None: not known."""

    holder_uid: UUID
    site_uid: UUID
    rhythm: Rhythm
    on_appointment: bool | None = None
    capacity: int | None = None
    note: str = ""


@transaction.atomic
def propose_permanence(draft: PermanenceDraft, *, actor: Actor, on: date) -> UUID:
    """Propose a permanence and return its uid: a draft, or agreed at once when the holder itself proposes it.

    Raises NotAllowed (no organisation), BadInput (rhythm, hours), NotFound.
    """
    if actor.organisation_id is None and "system" not in actor.roles:
        raise NotAllowed("Connectez-vous pour votre structure : c'est elle qui propose une permanence.")
    holder, site = find(Organisation, draft.holder_uid), find(Site, draft.site_uid)
    state = PermanenceState.AGREED if may_edit(actor, {holder.pk}) else PermanenceState.DRAFT
    row = Permanence.objects.create(
        holder=holder,
        site=site,
        proposed_by_id=actor.organisation_id,
        state=state.value,
        reviewed_on=on,
        is_fictitious=holder.is_fictitious or site.is_fictitious,
        **_columns(draft),
    )
    created(row, "propose_permanence", actor=actor)
    return row.uid


def _columns(draft: PermanenceDraft) -> dict[str, Any]:
    rhythm = draft.rhythm
    if rhythm.starts_at and rhythm.ends_at and rhythm.ends_at <= rhythm.starts_at:
        raise BadInput("La fin de la permanence doit venir après son début.", field="ends_at")
    if draft.capacity is not None and not 0 < draft.capacity <= 200:
        raise BadInput("Le nombre de rendez-vous va de 1 à 200.", field="capacity")
    return {
        "rrule": parse_rrule(rhythm.rrule, rhythm.first_day),
        "first_day": rhythm.first_day,
        "season": rhythm.season.value,
        "half_day": rhythm.half_day.value,
        "starts_at": rhythm.starts_at,
        "ends_at": rhythm.ends_at,
        "on_appointment": draft.on_appointment,
        "capacity": draft.capacity,
        "note": clean_line(draft.note, field="note", limit=500),
    }


@transaction.atomic
def accept_permanence(uid: UUID | str, *, version: int, actor: Actor) -> None:
    """The operator concerned agrees. Raises NotAllowed, NotFound, RuleViolated (state), StaleVersion."""
    _decide(uid, "accept", {}, version=version, actor=actor)


@transaction.atomic
def refuse_permanence(uid: UUID | str, *, reason: str, version: int, actor: Actor) -> None:
    """The operator concerned refuses, with a reason for the proposer. Raises as `accept_permanence`, BadInput."""
    shown = clean_line(reason, field="reason", limit=300)
    if not shown:
        raise BadInput("Dites pourquoi en quelques mots : la structure qui propose pourra s'adapter.", field="reason")
    _decide(uid, "refuse", {"refusal_reason": shown}, version=version, actor=actor)


@transaction.atomic
def publish_permanence(uid: UUID | str, *, version: int, actor: Actor, on: date) -> None:
    """The operator concerned shows the permanence to everybody. Raises as `accept_permanence`."""
    _decide(uid, "publish", {"reviewed_on": on}, version=version, actor=actor)


@transaction.atomic
def close_permanence(uid: UUID | str, *, version: int, actor: Actor, on: date) -> None:
    """The permanence stops on the day `on`: by its holder, or by its proposer while it is a draft."""
    row = find(Permanence, uid)
    ends = {"valid_to": on} if row.valid_from is None or row.valid_from < on else {}
    _decide(uid, "close", ends, version=version, actor=actor)


def _decide(uid: UUID | str, verb: str, values: dict[str, Any], *, version: int, actor: Actor) -> None:
    row = find(Permanence, uid)
    state = PermanenceState(row.state)
    step = transition(verb, state) if may_edit(actor, {row.holder_id}) else None
    if step is None:
        own_draft = row.proposed_by_id is not None and actor.organisation_id == row.proposed_by_id
        if not own_draft or verb != "close":
            raise NotAllowed("Seul l'opérateur qui tient la permanence peut en décider.")
        step = transition(verb, state)
        if state != PermanenceState.DRAFT:
            raise RuleViolated("L'opérateur a déjà répondu : demandez-lui d'arrêter cette permanence.")
    change(row, values | {"state": step.after.value}, f"{verb}_permanence", version=version, actor=actor)
