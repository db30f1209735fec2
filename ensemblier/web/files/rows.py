"""Rows of a file, added and corrected: situations, needs, skills, projects, notes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ensemblier.journey.actions import needs, notes, skills, statuses
from ensemblier.journey.core.edits import Edit
from ensemblier.journey.queries.files import file_page, file_rows
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import NotFound
from ensemblier.web.access import actor_of, page
from ensemblier.web.files.editing import Then, Words, answered, edit_of, keyed
from ensemblier.web.files.frame import ADVISERS
from ensemblier.web.files.row_forms import (
    KnownSkillForm,
    NeedForm,
    NoteForm,
    ProjectForm,
    RowForm,
    SkillForm,
    StatusForm,
)
from ensemblier.web.places.pages import today

NO_ROW = "Cette ligne n’existe pas dans ce dossier."


@dataclass(frozen=True, slots=True)
class Kind:
    """A subject of the file: its form, its words, and what it calls."""

    form: type[Any]
    known_form: type[Any]
    new: Promise
    known: Promise
    add: Callable[..., object]
    correct: Callable[..., object]


def _correct_skill(edit: Edit, form: KnownSkillForm, *, by: Actor) -> None:
    skills.correct_skill(edit, form.draft(), by=by, is_removed=form.cleaned_data["is_removed"])


def _by_draft(action: Callable[..., object]) -> Callable[..., object]:
    def correct(edit: Edit, form: Any, *, by: Actor) -> object:
        return action(edit, form.draft(), by=by)

    return correct


KINDS: dict[str, Kind] = {
    "situations": Kind(
        StatusForm, StatusForm, gettext_lazy("Ajouter une situation"), gettext_lazy("Corriger une situation"),
        statuses.add_status, _by_draft(statuses.correct_status),
    ),
    "besoins": Kind(
        NeedForm, NeedForm, gettext_lazy("Noter un besoin ou un frein"), gettext_lazy("Corriger un besoin"),
        needs.add_need, _by_draft(needs.correct_need),
    ),
    "competences": Kind(
        SkillForm, KnownSkillForm, gettext_lazy("Noter une compétence"), gettext_lazy("Corriger une compétence"),
        skills.add_skill, _correct_skill,
    ),
    "projets": Kind(
        ProjectForm, ProjectForm, gettext_lazy("Noter un projet"), gettext_lazy("Corriger un projet"),
        skills.add_project, _by_draft(skills.correct_project),
    ),
    "notes": Kind(
        NoteForm, NoteForm, gettext_lazy("Écrire une note d’entretien"), gettext_lazy("Corriger une note"),
        notes.write_note, _by_draft(notes.correct_note),
    ),
}  # fmt: skip


def _kind(name: str) -> Kind:
    if name not in KINDS:
        raise NotFound(_(NO_ROW))
    return KINDS[name]


def _values(view: Any) -> Mapping[str, Any]:
    """What a row says, by the names of its form."""
    values = {name: getattr(view, name) for name in view.__slots__}
    return values | {"rome": " ".join(filter(None, (values.get("rome_code"), values.get("rome_title"))))}


@page(reads=False, who=ADVISERS)
def add(request: HttpRequest, uid: UUID, kind: str) -> HttpResponse:
    """One more row; a click repeated adds nothing."""
    chosen = _kind(kind)
    head = file_page(actor=actor_of(request), uid=uid, on=today()).head
    form: RowForm = chosen.form(request.POST or None, initial=keyed({"held_on": today()}))
    words = Words(str(chosen.new), "", _("Enregistrer"), _("C’est noté."), kind)

    def write(actor: Actor) -> None:
        draft, key = form.draft(), form.cleaned_data["key"]  # type: ignore[attr-defined]
        chosen.add(uid, draft, by=actor, at=timezone.now(), key=key)

    return answered(request, head, form, words, write)


@page(reads=False, who=ADVISERS)
def correct(request: HttpRequest, uid: UUID, kind: str, row: UUID) -> HttpResponse:
    """A row corrected; what it said stays in the history."""
    chosen, actor = _kind(kind), actor_of(request)
    head, views = file_rows(actor=actor, uid=uid, kind=kind, on=today())
    view = views.get(row)
    if view is None:
        raise NotFound(_(NO_ROW))
    form: RowForm = chosen.known_form(request.POST or None, initial=keyed(_values(view)))
    words = Words(str(chosen.known), "", _("Enregistrer"), _("C’est corrigé."), kind)

    def current() -> Mapping[str, Any]:
        return _values(file_rows(actor=actor, uid=uid, kind=kind, on=today())[1][row])

    def write(by: Actor) -> None:
        chosen.correct(edit_of(form, row), form, by=by)

    return answered(request, head, form, words, write, then=Then(current))
