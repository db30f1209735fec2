"""Writes: the strengths and own modalities of a network, a structure or a place, said by its own with their source."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from ensemblier.directory.actions.changes import audit, check, find
from ensemblier.directory.core.text import clean_line, clean_url
from ensemblier.directory.models import Network, Organisation, Site, Strength
from ensemblier.directory.queries.strengths import may_write
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import BadInput, NotAllowed, NotFound, RuleViolated
from ensemblier.kernel.orm.models import AuditRow

MOST = 30
"""Strengths of a network at a time: beyond, nobody reads them."""


@dataclass(frozen=True, slots=True)
class StrengthDraft:
    """One sentence on what is done here that others do not, and who says so."""

    text: str
    source_name: str
    source_url: str = ""


@transaction.atomic
def record_strength(code: str, draft: StrengthDraft, *, actor: Actor, on: date) -> int:
    """The network is known for this from the day `on`; returns the row's number.

    Raises NotAllowed (a member of the network writes it), NotFound, BadInput (no sentence, no source), RuleViolated
    (already said, too many).
    """
    row = _record({"network": _network(code, actor, on)}, draft, on)
    _audit(row, "record_strength", _said(row), actor)
    return row.pk


@transaction.atomic
def record_own_strength(kind: str, uid: UUID, draft: StrengthDraft, *, actor: Actor, on: date) -> int:
    """The same of one structure ("organisation") or one place ("site"), by who keeps its row: its history says so."""
    owner = _owner(kind, uid, actor)
    row = _record({kind: owner}, draft, on)
    audit(owner, "record_strength", _said(row), actor=actor)
    return row.pk


def _record(owner: dict[str, Any], draft: StrengthDraft, on: date) -> Strength:
    text = clean_line(draft.text, field="text", limit=300)
    source = clean_line(draft.source_name, field="source_name", limit=300)
    if not text:
        raise BadInput("Dites en une phrase ce qui est fait de particulier.", field="text")
    if not source:
        raise BadInput("Dites d'où cela vient : un document, une convention, une rencontre datée.", field="source_name")
    same = Strength.objects.filter(**owner, text=text).first()
    if same is not None and (same.valid_to is None or same.valid_to > on):
        raise RuleViolated("C'est déjà écrit.", field="text")
    if Strength.objects.filter(**owner, valid_to=None).count() >= MOST:
        raise RuleViolated("Beaucoup d'atouts sont déjà écrits : terminez-en un d'abord.", field="text")
    values = {
        "source_name": source, "source_url": clean_url(draft.source_url, field="source_url"), "valid_from": on,
        "valid_to": None,
    }  # fmt: skip
    return Strength.objects.update_or_create(**owner, text=text, defaults=values)[0]


def _said(row: Strength) -> dict[str, list[str]]:
    return {"strength": ["", row.text], "source_name": ["", row.source_name]}


@transaction.atomic
def end_strength(code: str, number: int, *, actor: Actor, on: date) -> None:
    """It no longer holds from the day `on`; it stays in the history. Raises NotAllowed, NotFound."""
    row, changes = _end({"network": _network(code, actor, on)}, number, on)
    _audit(row, "end_strength", changes, actor)


@transaction.atomic
def end_own_strength(kind: str, uid: UUID, number: int, *, actor: Actor, on: date) -> None:
    """The same of one structure or one place."""
    owner = _owner(kind, uid, actor)
    _row, changes = _end({kind: owner}, number, on)
    audit(owner, "end_strength", changes, actor=actor)


def _end(owner: dict[str, Any], number: int, on: date) -> tuple[Strength, dict[str, list[str]]]:
    row = Strength.objects.select_for_update().filter(**owner, pk=number, valid_to=None).first()
    if row is None:
        raise NotFound("Cet atout n'est plus dans l'annuaire : quelqu'un l'a peut-être déjà terminé.")
    if row.valid_from is not None and row.valid_from >= on:
        Strength.objects.filter(pk=row.pk).delete()  # written today by mistake: it never held
    else:
        row.valid_to = on
        row.save(update_fields=["valid_to"])
    return row, {"strength": [row.text, ""]}


def _owner(kind: str, uid: UUID, actor: Actor) -> Organisation | Site:
    if kind not in ("organisation", "site"):
        raise NotFound("Cette sorte de fiche n'existe pas.")
    row = find(Site, uid) if kind == "site" else find(Organisation, uid)
    check(row, actor)
    return row


def _network(code: str, actor: Actor, on: date) -> Network:
    network = Network.objects.filter(code=code).first()
    if network is None:
        raise NotFound("Le réseau « %(code)s » n'est pas connu.", field="network", values={"code": code[:60]})
    if not may_write(code, actor=actor, on=on):
        raise NotAllowed("Les atouts d'un réseau sont écrits par une structure qui lui appartient.")
    return network


def _audit(row: Strength, verb: str, changes: dict[str, list[str]], actor: Actor) -> None:
    AuditRow.objects.create(
        actor_id=actor.user_id,
        actor_label=actor.label,
        organisation_id=actor.organisation_id,
        table="strength",
        row_id=str(row.pk),
        verb=verb,
        changes=changes,
    )
