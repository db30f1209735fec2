"""Writes: corrections suggested by anyone and decided by the owner."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from ensemblier.directory.actions.changes import TABLES, change, check, find, owners_of
from ensemblier.directory.actions.imports.vanished import CLOSING
from ensemblier.directory.actions.records import close_row
from ensemblier.directory.core.access import check_may_edit
from ensemblier.directory.core.fields import FIELDS, read_field
from ensemblier.directory.core.states import SuggestionState
from ensemblier.directory.core.text import clean_email, clean_line, clean_text
from ensemblier.directory.models import Organisation, Suggestion
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import BadInput, NotFound, RuleViolated
from ensemblier.kernel.orm.models import AuditRow

OPEN_LIMIT = 50
"""Open suggestions about one row beyond which further ones are refused: nobody can drown an owner."""


@dataclass(frozen=True, slots=True)
class SuggestionDraft:
    """What somebody noticed. `field` "" = a message only; `email` only for the answer."""

    kind: str
    row_uid: UUID
    field: str = ""
    proposed_value: str = ""
    message: str = ""
    author: str = ""
    email: str = ""


@transaction.atomic
def suggest_correction(draft: SuggestionDraft, *, actor: Actor) -> UUID:
    """Leave a correction for the owner of a row; returns its uid. Raises BadInput, NotFound, RuleViolated."""
    if draft.kind not in FIELDS:
        raise NotFound("Cette sorte de fiche n'existe pas.")
    row = find(TABLES[draft.kind], draft.row_uid)
    if draft.kind == "contact" and not (getattr(row, "is_published", False) or actor.organisation_id is not None):
        raise NotFound("Cette fiche n'existe pas (ou plus) dans l'annuaire.")
    message = clean_text(draft.message, field="message", limit=2000)
    if not draft.field and not message:
        raise BadInput("Dites ce qui est à corriger : choisissez un champ, ou écrivez un message.", field="message")
    if draft.field:
        read_field(draft.kind, draft.field, draft.proposed_value)
    if Suggestion.objects.filter(row_uid=row.uid, state=SuggestionState.OPEN.value).count() >= OPEN_LIMIT:
        raise RuleViolated("Beaucoup de corrections attendent déjà pour cette fiche. Réessayez dans quelques jours.")
    owner = row if isinstance(row, Organisation) else getattr(row, "organisation")  # noqa: B009  # every other kind has one
    suggestion = Suggestion.objects.create(
        organisation=owner,
        table=draft.kind,
        row_uid=row.uid,
        row_label=str(row)[:255],
        field=draft.field,
        current_value=_text(getattr(row, draft.field)) if draft.field else "",
        proposed_value=clean_text(draft.proposed_value, field="proposed_value", limit=5000) if draft.field else "",
        message=message,
        author_label=actor.label
        if actor.is_signed_in
        else (clean_line(draft.author, field="author", limit=200) or "anonyme"),
        author_email=clean_email(draft.email),
    )
    return suggestion.uid


@transaction.atomic
def decide_suggestion(uid: UUID | str, *, accept: bool, note: str = "", actor: Actor, on: date) -> None:
    """The owner accepts (the field changes, with its line of history) or refuses; a note answers the author.

    Raises NotAllowed, NotFound, RuleViolated (already decided; the row changed since), BadInput.
    """
    row = Suggestion.objects.select_for_update(of=("self",)).select_related("organisation").filter(uid=uid).first()
    if row is None:
        raise NotFound("Cette suggestion n'existe pas (ou plus).")
    check_may_edit(actor, {row.organisation_id, row.organisation.maintainer_id}, "cette fiche")
    if row.state != SuggestionState.OPEN.value:
        raise RuleViolated("Cette suggestion est déjà décidée par %(who)s.", values={"who": row.decided_by})
    if accept and row.field:
        _apply(row, actor, on)
    row.state = (SuggestionState.ACCEPTED if accept else SuggestionState.REFUSED).value
    row.decided_by, row.decided_at = actor.label[:200], timezone.now()
    row.decision_note = clean_line(note, field="note", limit=500)
    row.save(update_fields=["state", "decided_by", "decided_at", "decision_note"])
    AuditRow.objects.create(
        actor_id=actor.user_id,
        actor_label=actor.label,
        organisation_id=actor.organisation_id,
        table="suggestion",
        row_id=str(row.pk),
        verb="decide_suggestion",
        changes={"state": [SuggestionState.OPEN.value, row.state]},
    )


def _apply(row: Suggestion, actor: Actor, on: date) -> None:
    target = find(TABLES[row.table], row.row_uid)
    check(target, actor)
    if row.organisation_id not in owners_of(target):
        raise RuleViolated("Cette fiche appartient maintenant à une autre structure.")
    if _text(getattr(target, row.field)) != row.current_value:
        raise RuleViolated("Ce champ a changé depuis la suggestion. Comparez, puis corrigez la fiche vous-même.")
    if row.field == CLOSING:
        close_row(row.table, target.uid, version=target.version, actor=actor, on=on)
        return
    values = {row.field: read_field(row.table, row.field, row.proposed_value), "reviewed_on": on}
    change(target, values, "accept_suggestion", version=target.version, actor=actor)


def _text(value: object) -> str:
    return "" if value is None else str(value)
