"""Joining a structure by invitation: a link, a code given by voice, then ProConnect or a password."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ensemblier.accounts.actions.invitations import accept_signed_in, accept_with_password, open_invitation
from ensemblier.accounts.core.links import LinkPurpose
from ensemblier.accounts.queries.links import link_of
from ensemblier.accounts.queries.staff import invitation_of
from ensemblier.kernel.errors import BadInput, NotAllowed, NotFound, RuleViolated
from ensemblier.web.access import Who, page
from ensemblier.web.entrance.invited import invited, no_longer_invited, now_invited
from ensemblier.web.entrance.pending import go_on, onward_of
from ensemblier.web.entrance.persons import ProofForm
from ensemblier.web.entrance.providers import offered
from ensemblier.web.errors import sentence
from ensemblier.web.forms import HouseForm
from ensemblier.web.offline import private


class AccountForm(HouseForm):
    """A new account: the name that colleagues see, and a password."""

    name = forms.CharField(
        label=gettext_lazy("Votre prénom et votre nom"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    password = forms.CharField(
        label=gettext_lazy("Un mot de passe"),
        help_text=gettext_lazy("12 caractères au moins. Une phrase que vous seul connaissez convient."),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


@page(reads=False, who=Who.EVERYONE)
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """The link of an invitation: asks for the code, says nothing before."""
    link = link_of(token, LinkPurpose.INVITATION, at=timezone.now())
    form = ProofForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            now_invited(request, open_invitation(token, form.cleaned_data["proof"], at=timezone.now()))
        except (NotAllowed, NotFound) as refused:
            form.add_domain_error(sentence(refused), refused.field)
            link = link_of(token, LinkPurpose.INVITATION, at=timezone.now())
        else:
            return HttpResponseRedirect(reverse("web:join"))
    context = {"form": form, "is_open": link is not None and link.is_open}
    return private(render(request, "accounts/invitation.html", context, status=400 if form.errors else 200))


@page(reads=False, who=Who.EVERYONE)
def join(request: HttpRequest) -> HttpResponse:
    """Who invites, for which structure and roles; then an account, or one's own."""
    uid = invited(request)
    known = None if uid is None else invitation_of(uid, at=timezone.now())
    if uid is None or known is None:
        return private(render(request, "accounts/invitation.html", {"form": ProofForm(), "is_open": False}))
    form = AccountForm(request.POST if request.method == "POST" else None, initial={"name": known.name})
    if request.method == "POST" and request.user.is_authenticated:
        user_id = request.user.pk or 0
        return _joined(request, form, lambda: accept_signed_in(uid, user_id=user_id, at=timezone.now()) or user_id)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        made = _joined(
            request, form,
            lambda: accept_with_password(uid, name=data["name"], password=data["password"], at=timezone.now()),
        )  # fmt: skip
        if made.status_code != 400:
            return made
    context = {"form": form, "invitation": known, "providers": offered("professionals")}
    return private(render(request, "accounts/join.html", context, status=400 if form.errors else 200))


def _joined(request: HttpRequest, form: HouseForm, accept: Callable[[], int]) -> HttpResponse:
    try:
        user_id = accept()
    except (BadInput, RuleViolated) as refused:
        form.add_domain_error(sentence(refused), refused.field)
        return HttpResponse(status=400)
    no_longer_invited(request)
    messages.success(request, _("Bienvenue. Vous pouvez agir pour cette structure."))
    if request.user.is_authenticated:
        return HttpResponseRedirect(reverse("web:arrival"))
    return go_on(request, user_id, onward_of(request))
