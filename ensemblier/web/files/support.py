"""The accompaniment: levels, purposes, lead, group, decisions, closing and reopening. One form for each gesture."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ensemblier.accounts.core.roles import Role
from ensemblier.accounts.queries.members import members_of
from ensemblier.journey.actions import access, episodes, group
from ensemblier.journey.core.edits import Edit
from ensemblier.journey.core.episode import Level, levels_on
from ensemblier.journey.core.files import FileHead
from ensemblier.journey.core.group import Decider, DecisionDraft, GroupRole, MemberDraft
from ensemblier.journey.queries.files import file_head
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import NotFound
from ensemblier.routing.core.facts import Purpose
from ensemblier.web.access import actor_of, page
from ensemblier.web.files.editing import Then, Words, answered, keyed
from ensemblier.web.files.frame import ADVISERS
from ensemblier.web.files.row_forms import OFF, RowForm, area, day, one_of
from ensemblier.web.places.pages import today


def _colleagues(actor: Actor) -> list[tuple[str, str]]:
    rows = members_of(actor.organisation_id or 0, actor=actor, on=today())
    return [(str(user.id), user.name) for user, roles in rows if Role.ADVISER in roles and user.id != actor.user_id]


class GestureForm(RowForm):
    """What every gesture knows: who makes it."""

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor


class LevelForm(GestureForm):
    """A level of service entered today or before."""

    level = forms.TypedChoiceField(label=gettext_lazy("Niveau de service"), coerce=Level)
    entered_on = day(gettext_lazy("À partir du"), required=True)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, actor=actor, **kwargs)
        self.fields["level"].choices = [(each.value, _(each.label).capitalize()) for each in levels_on(today())]  # type: ignore[attr-defined]


class PurposesForm(GestureForm):
    """What the accompaniment is for; several at once."""

    purposes = forms.MultipleChoiceField(
        label=gettext_lazy("Pour quoi ?"),
        required=False,
        choices=lambda: [(each.value, _(each.label).capitalize()) for each in Purpose],
        widget=forms.CheckboxSelectMultiple,
    )


class ColleagueForm(GestureForm):
    """A colleague of the same organisation."""

    colleague = forms.ChoiceField(label=gettext_lazy("Collègue"))

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, actor=actor, **kwargs)
        self.fields["colleague"].choices = _colleagues(actor)  # type: ignore[attr-defined]


class JoinForm(ColleagueForm):
    """A colleague joins the follow-up, for something."""

    why = forms.CharField(label=gettext_lazy("Pour quoi ?"), max_length=200, widget=forms.TextInput(attrs=OFF))


class MemberForm(GestureForm):
    """Somebody around the person, who reads nothing here."""

    name = forms.CharField(label=gettext_lazy("Qui ?"), max_length=200, widget=forms.TextInput(attrs=OFF))
    role = one_of(GroupRole, gettext_lazy("À quel titre"), initial=GroupRole.PARTNER.value)
    purpose = forms.CharField(label=gettext_lazy("Pour quoi ?"), max_length=200, widget=forms.TextInput(attrs=OFF))
    since = day(gettext_lazy("Depuis le"), required=True)
    until = day(gettext_lazy("Jusqu’au"))


class DecisionForm(GestureForm):
    """A line of the decision log."""

    words = area(gettext_lazy("Ce qui est décidé"), required=True)
    decider = one_of(Decider, gettext_lazy("Qui décide ?"), initial=Decider.TOGETHER.value)
    decided_on = day(gettext_lazy("Le"), required=True)


class CloseForm(GestureForm):
    """How the accompaniment ends."""

    ending = area(gettext_lazy("Comment il finit"), help_text=gettext_lazy("En une phrase, pour la personne aussi."))


class ReopenForm(GestureForm):
    """One button."""


Write = Callable[[FileHead, dict[str, Any], Actor], object]


def _enter(head: FileHead, data: dict[str, Any], by: Actor) -> None:
    episodes.enter_level(_open(head), data["level"], by=by, on=data["entered_on"])


def _purposes(head: FileHead, data: dict[str, Any], by: Actor) -> None:
    if head.episode_uid is not None:
        edit = Edit(head.episode_uid, data["version"] or 0, timezone.now(), data["key"])
        episodes.set_purposes(edit, [Purpose(value) for value in data["purposes"]], by=by)


def _hand_over(head: FileHead, data: dict[str, Any], by: Actor) -> None:
    episodes.hand_over(_open(head), adviser_id=int(data["colleague"]), by=by, at=timezone.now())


def _join(head: FileHead, data: dict[str, Any], by: Actor) -> None:
    term = access.Term(timezone.now(), why=data["why"])
    access.grant(head.uid, colleague_id=int(data["colleague"]), by=by, term=term)


def _member(head: FileHead, data: dict[str, Any], by: Actor) -> None:
    draft = MemberDraft(data["role"], data["purpose"], data["since"], data["until"], data["name"])
    group.add_member(head.uid, draft, by=by, at=timezone.now(), key=data["key"])


def _decide(head: FileHead, data: dict[str, Any], by: Actor) -> None:
    draft = DecisionDraft(data["words"], data["decider"], data["decided_on"])
    group.write_decision(head.uid, draft, by=by, at=timezone.now(), key=data["key"])


def _close(head: FileHead, data: dict[str, Any], by: Actor) -> None:
    episodes.close_episode(_open(head), by=by, at=timezone.now(), ending=data["ending"])


def _reopen(head: FileHead, data: dict[str, Any], by: Actor) -> None:
    episodes.reopen_episode(head.uid, by=by, at=timezone.now(), key=data["key"])


def _open(head: FileHead) -> int:
    if head.episode_id is None:
        raise NotFound(_("Aucun accompagnement n’est ouvert dans ce dossier."))
    return head.episode_id


@dataclass(frozen=True, slots=True)
class Gesture:
    """A gesture of the accompaniment."""

    form: type[Any]
    title: Promise
    lede: Promise | str
    done: Promise
    write: Write


GESTURES: dict[str, Gesture] = {
    "niveau": Gesture(
        LevelForm, gettext_lazy("Niveau de service"),
        gettext_lazy("Ceux du régime en vigueur ; dans n’importe quel ordre, un seul peut suffire."),
        gettext_lazy("Le niveau est noté."), _enter,
    ),
    "objectifs": Gesture(
        PurposesForm, gettext_lazy("Pour quoi cet accompagnement ?"), "", gettext_lazy("C’est noté."), _purposes
    ),
    "referent": Gesture(
        ColleagueForm, gettext_lazy("Confier le suivi à un collègue"),
        gettext_lazy("Il devient référent. Le dossier se referme pour vous, sauf si vous restez dans le groupe."),
        gettext_lazy("Votre collègue est référent. La personne le voit."), _hand_over,
    ),
    "collegue": Gesture(
        JoinForm, gettext_lazy("Ouvrir le dossier à un collègue"),
        gettext_lazy("Il lit et écrit dans le dossier. La personne voit qui, et pour quoi."),
        gettext_lazy("Le dossier est ouvert à votre collègue."), _join,
    ),
    "entourage": Gesture(
        MemberForm, gettext_lazy("Noter quelqu’un autour d’elle"),
        gettext_lazy("Cela ne lui ouvre rien. Pour partager, préparez un relais : elle choisira."),
        gettext_lazy("C’est noté."), _member,
    ),
    "decision": Gesture(
        DecisionForm, gettext_lazy("Noter une décision"),
        gettext_lazy("Qui a décidé quoi. Une ligne ne s’efface pas : une autre peut la suivre."),
        gettext_lazy("La décision est notée."), _decide,
    ),
    "clore": Gesture(
        CloseForm, gettext_lazy("Clore l’accompagnement"),
        gettext_lazy("Le dossier reste lisible. Un nouvel accompagnement peut s’ouvrir plus tard."),
        gettext_lazy("L’accompagnement est clos."), _close,
    ),
    "rouvrir": Gesture(
        ReopenForm, gettext_lazy("Rouvrir un accompagnement"),
        gettext_lazy("Vous en serez référent. Ce qui précède reste tel quel."),
        gettext_lazy("L’accompagnement est ouvert."), _reopen,
    ),
}  # fmt: skip


@page(reads=False, who=ADVISERS)
def gesture(request: HttpRequest, uid: UUID, name: str) -> HttpResponse:
    """One gesture of the accompaniment."""
    chosen, actor = GESTURES.get(name), actor_of(request)
    if chosen is None:
        raise NotFound(_("Ce geste n’existe pas."))
    head = file_head(actor=actor, uid=uid, on=today())
    initial = keyed({"entered_on": today(), "since": today(), "decided_on": today(), "version": head.episode_version})
    form = chosen.form(request.POST or None, initial=initial, actor=actor)
    words = Words(str(chosen.title), str(chosen.lede), _("Enregistrer"), str(chosen.done), "autour")

    def write(by: Actor) -> None:
        chosen.write(head, form.cleaned_data, by)

    return answered(request, head, form, words, write, then=Then(leaves=name == "referent"))
