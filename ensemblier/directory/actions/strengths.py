"""Writes: the strengths and own modalities of a network, said by its members with their source."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from ensemblier.directory.core.text import clean_line, clean_url
from ensemblier.directory.models import Network, Strength
from ensemblier.directory.queries.strengths import may_write
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import BadInput, NotAllowed, NotFound, RuleViolated
from ensemblier.kernel.orm.models import AuditRow

MOST = 30
"""Strengths of a network at a time: beyond, nobody reads them."""


@dataclass(frozen=True, slots=True)
class StrengthDraft:
    """One sentence on what the network does that others do not, and who says so."""

    text: str
    source_name: str
    source_url: str = ""


@transaction.atomic
def record_strength(code: str, draft: StrengthDraft, *, actor: Actor, on: date) -> int:
    """The network is known for this from the day `on`; returns the row's number.

    Raises NotAllowed (a member of the network writes it), NotFound, BadInput (no sentence, no source), RuleViolated
    (already said, too many).
    """
    network = _network(code, actor, on)
    text = clean_line(draft.text, field="text", limit=300)
    source = clean_line(draft.source_name, field="source_name", limit=300)
    if not text:
        raise BadInput("Dites en une phrase ce que ce réseau fait de particulier.", field="text")
    if not source:
        raise BadInput("Dites d'où cela vient : un document, une convention, une rencontre datée.", field="source_name")
    same = Strength.objects.filter(network=network, text=text).first()
    if same is not None and (same.valid_to is None or same.valid_to > on):
        raise RuleViolated("C'est déjà écrit pour ce réseau.", field="text")
    if Strength.objects.filter(network=network, valid_to=None).count() >= MOST:
        raise RuleViolated("Ce réseau a déjà beaucoup d'atouts écrits : terminez-en un d'abord.", field="text")
    values = {
        "source_name": source, "source_url": clean_url(draft.source_url, field="source_url"), "valid_from": on,
        "valid_to": None,
    }  # fmt: skip
    row, _is_new = Strength.objects.update_or_create(network=network, text=text, defaults=values)
    _audit(row, "record_strength", {"text": ["", text], "source_name": ["", source]}, actor)
    return row.pk


@transaction.atomic
def end_strength(code: str, number: int, *, actor: Actor, on: date) -> None:
    """It no longer holds from the day `on`; it stays in the history. Raises NotAllowed, NotFound."""
    network = _network(code, actor, on)
    row = Strength.objects.select_for_update().filter(network=network, pk=number, valid_to=None).first()
    if row is None:
        raise NotFound("Cet atout n'est plus dans l'annuaire : quelqu'un l'a peut-être déjà terminé.")
    if row.valid_from is not None and row.valid_from >= on:
        _audit(row, "end_strength", {"text": [row.text, ""]}, actor)
        row.delete()  # written today by mistake: it never held
        return
    row.valid_to = on
    row.save(update_fields=["valid_to"])
    _audit(row, "end_strength", {"valid_to": ["", on.isoformat()]}, actor)


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
