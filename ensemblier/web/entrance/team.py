"""The people of a structure: who does what, who comes, who is away and who stands in, who leaves."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ensemblier.accounts.actions.invitations import Invited, cancel_invitation, invite
from ensemblier.accounts.actions.members import GRANTING
from ensemblier.accounts.actions.staff import (
    change_roles,
    end_member_absence,
    leave_organisation,
    record_member_absence,
)
from ensemblier.accounts.core.roles import Role
from ensemblier.accounts.core.views import UserView
from ensemblier.accounts.queries.conventions import convention_of
from ensemblier.accounts.queries.members import members_of
from ensemblier.accounts.queries.staff import absences_of, waiting_invitations
from ensemblier.animation.queries.events import Wanted, agenda
from ensemblier.directory.queries.around import permanences_followed
from ensemblier.directory.queries.contacts import people_to_meet
from ensemblier.directory.queries.coordination import home_communes
from ensemblier.journey.actions.departures import Handover, hand_everything_over
from ensemblier.journey.actions.stand_ins import follow_absence
from ensemblier.journey.core.departures import Held
from ensemblier.journey.queries.departures import count_held
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import BadInput, NotAllowed, NotFound, RuleViolated
from ensemblier.kernel.period import Period
from ensemblier.library.core.kinds import ResourceKind
from ensemblier.library.queries.resources import latest
from ensemblier.routing.queries.agreement_list import agreements, partners_of
from ensemblier.web.access import Who, actor_of, page
from ensemblier.web.acting import acting, acting_field
from ensemblier.web.entrance.form_page import FormWords, form_page
from ensemblier.web.entrance.team_forms import AbsenceForm, InviteForm, LeaveForm, RolesForm
from ensemblier.web.errors import sentence

MANAGING = frozenset({Role.ACCOUNT_MANAGER, Role.COORDINATOR, Role.ADMINISTRATOR})
FORM = "accounts/team_form.html"
SHARED_TOOLS = frozenset({ResourceKind.TOOL, ResourceKind.FORM, ResourceKind.SHEET})
Members = list[tuple[UserView, frozenset[Role]]]


def _members(actor: Actor) -> Members:
    return members_of(actor.organisation_id or 0, actor=actor, on=timezone.localdate())


def _member(actor: Actor, user_id: int) -> tuple[UserView, frozenset[Role]]:
    found = next((one for one in _members(actor) if one[0].id == user_id), None)
    if found is None:
        raise NotFound("Cette personne n'a pas de rôle dans votre structure.")
    return found


def _others(actor: Actor, user_id: int, *roles: Role) -> list[UserView]:
    wanted = frozenset(roles)
    return [user for user, held in _members(actor) if user.id != user_id and (not wanted or held & wanted)]


@require_safe
@page(reads=True, who=Who.SIGNED_IN)
def team(request: HttpRequest) -> HttpResponse:
    """Everybody of the structure, with roles and absences; invitations for who manages the accounts."""
    actor, today = actor_of(request), timezone.localdate()
    members, away = _members(actor), absences_of(actor=actor, on=today)
    may_manage = bool(actor.roles & GRANTING)
    context = {
        "members": [(user, sorted(roles), [one for one in away if one.user_id == user.id]) for user, roles in members],
        "invitations": waiting_invitations(actor=actor, at=timezone.now()) if may_manage else [],
        "may_manage": may_manage,
        "may_end": Role.ACCOUNT_MANAGER.value in actor.roles,
        "may_count": bool({Role.TEAM_LEAD.value, Role.ACCOUNT_MANAGER.value} & actor.roles),
        "may_plug": Role.ACCOUNT_MANAGER.value in actor.roles,
        "convention": convention_of(actor.organisation_id or 0, on=today),
        "me": actor.user_id,
        "acting_field": acting_field(actor),
    }
    return render(request, "accounts/team.html", context)


@page(reads=False, who=MANAGING)
def invite_member(request: HttpRequest) -> HttpResponse:
    """Ask somebody to join; then the code to say aloud."""
    form = InviteForm(request.POST if request.method == "POST" else None, initial={"roles": [Role.ADVISER]})
    if request.method == "POST" and form.is_valid():
        who = Invited(form.cleaned_data["email"], form.cleaned_data["name"], form.chosen)
        try:
            code = invite(who, actor=acting(request), address_of=lambda t: _invitation(request, t), at=timezone.now())
        except (BadInput, RuleViolated) as refused:
            form.add_domain_error(sentence(refused), refused.field)
        else:
            return render(request, "accounts/invited.html", {"code": f"{code[:3]} {code[3:]}", "who": who})
    context = {
        "form": form,
        "title": _("Inviter quelqu’un"),
        "lede": _("Un lien part par courriel. Vous donnez le code de vive voix : les deux ouvrent le compte."),
        "button": _("Envoyer l’invitation"),
        "acting_field": acting_field(actor_of(request)),
    }
    return render(request, FORM, context, status=400 if form.errors else 200)


def _invitation(request: HttpRequest, token: str) -> str:
    return request.build_absolute_uri(reverse("web:invitation", args=[token]))


@require_POST
@page(reads=False, who=MANAGING)
def take_back(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take an invitation back."""
    cancel_invitation(uid, actor=acting(request), at=timezone.now())
    messages.success(request, _("L’invitation est retirée."))
    return HttpResponseRedirect(reverse("web:team"))


@page(reads=False, who=MANAGING)
def roles(request: HttpRequest, user: int) -> HttpResponse:
    """Change what a member does."""
    known, held = _member(actor_of(request), user)
    form = RolesForm(request.POST if request.method == "POST" else None, initial={"roles": sorted(held)})
    words = FormWords(FORM, reverse("web:team"), _("Ses rôles sont changés, dès maintenant."))
    context = {
        "title": known.name,
        "lede": _("Ce que cette personne fait pour la structure."),
        "button": _("Enregistrer"),
    }

    def write(actor: Actor) -> object:
        return change_roles(user, form.chosen, on=timezone.localdate(), actor=actor)

    return form_page(request, form, words, write, context)


@page(reads=False, who=Who.SIGNED_IN)
def absence(request: HttpRequest, user: int) -> HttpResponse:
    """Somebody is away; a colleague stands in."""
    actor = actor_of(request)
    known, _held = _member(actor, user)
    form = AbsenceForm(
        request.POST if request.method == "POST" else None, colleagues=_others(actor, user),
    )  # fmt: skip
    words = FormWords(FORM, reverse("web:team"), _("L’absence est notée."))
    context = {
        "title": _("Absence de %(name)s") % {"name": known.name},
        "lede": _(
            "Pour ces jours, ses dossiers s’ouvrent à qui remplace, et ses relais lui parviennent. "
            "Chaque personne voit qui remplace, et jusqu’à quand. Tout se referme au retour."
        ),
        "button": _("Noter l’absence"),
    }

    def write(actor: Actor) -> object:
        data = form.cleaned_data
        days = Period(data["first_day"], data["last_day"] + timedelta(days=1))
        substitute = int(data["substitute"]) if data["substitute"] else None
        uid = record_member_absence(user, period=days, substitute_id=substitute, actor=actor)
        return follow_absence(uid, by=actor, at=timezone.now())

    return form_page(request, form, words, write, context)


@require_POST
@page(reads=False, who=Who.SIGNED_IN)
def come_back(request: HttpRequest, uid: UUID) -> HttpResponse:
    """An absence ends today."""
    actor = acting(request)
    end_member_absence(uid, on=timezone.localdate(), actor=actor)
    follow_absence(uid, by=actor, at=timezone.now())
    messages.success(request, _("C’est noté : l’absence est finie."))
    return HttpResponseRedirect(reverse("web:team"))


@page(reads=False, who=MANAGING)
def leave(request: HttpRequest, user: int) -> HttpResponse:
    """Somebody leaves: everything is handed to somebody named, then the rights end."""
    actor = actor_of(request)
    known, _held = _member(actor, user)
    if Role.ACCOUNT_MANAGER.value not in actor.roles:
        raise NotAllowed("Un départ est noté par la personne qui administre les comptes de la structure.")
    held = count_held(user, by=actor)
    form = LeaveForm(
        request.POST if request.method == "POST" else None,
        colleagues=_others(actor, user, Role.ADVISER),
        initial={"last_day": timezone.localdate()},
    )
    words = FormWords(FORM, reverse("web:team"), _("Son départ est noté, et ses dossiers ont quelqu’un."))
    context = {
        "title": _("Départ de %(name)s") % {"name": known.name},
        "lede": _held_in_words(held),
        "button": _("Noter le départ"),
    }

    def write(actor: Actor) -> object:
        return _hand_over_and_leave(user, form.cleaned_data, actor, is_holding=bool(held))

    return form_page(request, form, words, write, context)


def _held_in_words(held: dict[Held, int]) -> str:
    if not held:
        return _("Rien n’est à reprendre : ses droits s’arrêtent.")
    listed = ", ".join(f"{number} {_(kind.label)}" for kind, number in held.items())
    return _("À reprendre : %(what)s. Tout passe tout de suite à la personne choisie.") % {"what": listed}


@transaction.atomic
def _hand_over_and_leave(user: int, data: dict[str, Any], actor: Actor, *, is_holding: bool) -> None:
    colleague = data["colleague"]
    if is_holding and not colleague:
        raise BadInput("Choisissez qui reprend les dossiers.", field="colleague")
    if colleague:
        hand_everything_over(Handover(user, int(colleague)), by=actor, at=timezone.now())
    leave_organisation(user, on=data["last_day"] + timedelta(days=1), actor=actor)


@require_safe
@page(reads=True, who=Who.SIGNED_IN)
def arrival(request: HttpRequest) -> HttpResponse:
    """What a new colleague needs on the first morning: who is who, whom to meet, what was agreed, where to be."""
    actor, today = actor_of(request), timezone.localdate()
    number = actor.organisation_id or 0
    ours = [one for one in agreements(actor=actor, on=today) if any(party.is_actor for party in one.parties)]
    context = {
        "members": [(user, sorted(roles)) for user, roles in _members(actor)],
        "agreements": [one for one in ours if one.holds_still],
        "permanences": permanences_followed(actor=actor, on=today)[:8],
        "events": agenda(Wanted(timezone.now(), home_communes(number, today)), actor=actor, limit=5).events,
        "tools": latest(on=today, limit=5, kinds=SHARED_TOOLS),
        "to_meet": people_to_meet(partners_of(actor=actor, on=today), actor=actor, on=today),
        "convention": convention_of(number, on=today),
        "me": actor.user_id,
    }
    return render(request, "accounts/arrival.html", context)
