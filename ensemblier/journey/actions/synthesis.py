"""Writing the synthesis of an accompaniment, proposing it, signing it. Once proposed it changes no more."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db.models import Max

from ensemblier.accounts.models import User
from ensemblier.directory.models import Organisation
from ensemblier.journey.actions.guarded import Edit, change, keep, refuse
from ensemblier.journey.actions.signatures import Pen, put_name
from ensemblier.journey.core import synthesis as core
from ensemblier.journey.core.signing import hash_of
from ensemblier.journey.core.synthesis import Section
from ensemblier.journey.models import Person, Synthesis
from ensemblier.journey.queries.own_file import Author, own_file
from ensemblier.journey.queries.synthesis import UNKNOWN_SYNTHESIS, name_of
from ensemblier.journey.sql.once import once
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import NotAllowed, NotFound, RuleViolated, StaleVersion

TEXT_CHANGED = "Ce texte n’est plus celui que vous avez lu. Relisez-le, puis signez."


def write_synthesis(file: UUID, texts: Mapping[Section, str], edit: Edit) -> UUID:
    """Write the draft of the next synthesis; there is one at a time. Raises NotFound, BadInput, StaleVersion."""
    kept = {section.value: texts.get(section, "").strip() for section in Section}
    refuse(core.faults({section: kept[section.value] for section in Section}))
    with own_file(file, by=edit.by, at=edit.at) as person:
        once(person.uid, "synthesis")
        row = Synthesis.objects.filter(person=person, proposed_at=None).first()
        if row is None:
            row = _new(person, kept, edit)
            keep(row, {}, {"number": row.number}, edit)
        else:
            change(row, {"texts": kept, "dated": edit.at.date()}, edit)
        return row.uid


def _new(person: Person, texts: dict[str, str], edit: Edit) -> Synthesis:
    if not isinstance(edit.by, Actor):
        raise NotAllowed("La synthèse est écrite par le conseiller ; vous la relisez et la signez avec lui.")
    last = Synthesis.objects.filter(person=person).aggregate(last=Max("number"))["last"] or 0
    adviser = User.objects.get(pk=edit.by.user_id or 0)
    organisation = Organisation.objects.get(pk=edit.by.organisation_id or 0)
    return Synthesis.objects.create(
        person=person,
        number=last + 1,
        dated=edit.at.date(),
        author=adviser,
        organisation=organisation,
        person_name=name_of(person),
        adviser_name=adviser.name,
        organisation_name=organisation.name,
        texts=texts,
    )


def propose_synthesis(file: UUID, synthesis: UUID, pen: Pen, edit: Edit) -> None:
    """Propose the draft as it is at that version, and sign it oneself. Raises NotFound, StaleVersion, RuleViolated."""
    with own_file(file, by=edit.by, at=edit.at) as person:
        once(person.uid, "synthesis")
        row = _row(person, synthesis)
        if row.proposed_at is not None:
            raise RuleViolated("Cette synthèse est déjà proposée : la personne peut la signer.")
        if row.version != edit.version:
            raise StaleVersion(TEXT_CHANGED)
        text_hash = hash_of(core.signed_text(row.value))
        Synthesis.objects.filter(pk=row.pk).update(proposed_at=edit.at, text_hash=text_hash)
        put_name({"synthesis": row}, text_hash, pen, by=edit.by, at=edit.at)


def sign_synthesis(file: UUID, synthesis: UUID, shown: str, pen: Pen, *, by: Author, at: datetime) -> None:
    """Put one's name to a proposed synthesis. `shown`: hash of the text read. Raises NotFound, StaleVersion."""
    with own_file(file, by=by, at=at) as person:
        row = _row(person, synthesis)
        if row.proposed_at is None:
            raise NotFound(UNKNOWN_SYNTHESIS)
        if shown != row.text_hash or row.text_hash != hash_of(core.signed_text(row.value)):
            raise StaleVersion(TEXT_CHANGED)
        put_name({"synthesis": row}, row.text_hash, pen, by=by, at=at)


def _row(person: Person, uid: UUID) -> Synthesis:
    row = Synthesis.objects.filter(person=person, uid=uid).first()
    if row is None:
        raise NotFound(UNKNOWN_SYNTHESIS)
    return row
