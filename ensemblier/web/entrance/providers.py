"""Leaving for ProConnect or FranceConnect, and coming back."""

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ensemblier.accounts.actions.identities import come_back, leave, link_identity, provider_of, providers, user_of
from ensemblier.accounts.actions.invitations import accept_as
from ensemblier.accounts.actions.person_accounts import account_of_identity
from ensemblier.accounts.core.oidc import Identity, NotBelieved, Provider, Started
from ensemblier.web.access import Who, page
from ensemblier.web.entrance.homes import person_onward
from ensemblier.web.entrance.invited import invited, no_longer_invited
from ensemblier.web.entrance.pending import go_on, onward_of
from ensemblier.web.errors import sentence
from ensemblier.web.sessions import sign_in_person

STARTED, ID_TOKEN = "oidc_started", "oidc_id_token"  # noqa: S105 - keys of the session


def offered(audience: str) -> list[Provider]:
    """The providers that a sign-in page shows."""
    return providers(audience)


def _session(request: HttpRequest, key: str) -> Any:
    """Each audience has its session: what a person begins never ends in a professional's."""
    return request.person_session if provider_of(key).audience == "persons" else request.session  # type: ignore[attr-defined]


def _callback(request: HttpRequest, key: str) -> str:
    return request.build_absolute_uri(reverse("web:provider-back", args=[key]))


@require_POST
@page(reads=False, who=Who.EVERYONE)
def go(request: HttpRequest, key: str) -> HttpResponse:
    """Leave for the provider."""
    is_person = provider_of(key).audience == "persons"
    onward = person_onward(request) if is_person else onward_of(request)
    address, started = leave(key, onward=onward, callback=_callback(request, key))
    _session(request, key)[STARTED] = asdict(started)
    return HttpResponseRedirect(address)


@require_safe
@page(reads=False, who=Who.EVERYONE)
def back(request: HttpRequest, key: str) -> HttpResponse:
    """Come back: the answer is good once, in the browser that left, for the provider it left for."""
    held = _session(request, key).pop(STARTED, None)
    started = Started(**held) if held and held["provider"] == key else None
    try:
        identity = come_back(started, request.GET.dict(), callback=_callback(request, key), at=timezone.now())
    except NotBelieved as refused:
        return render(request, "accounts/provider_refused.html", {"message": sentence(refused)}, status=403)
    onward = started.onward if started else ""
    if provider_of(key).audience == "persons":
        account = account_of_identity(identity.issuer, identity.subject, at=timezone.now())
        sign_in_person(request, account)
        return HttpResponseRedirect(onward)
    return _professional(request, identity, onward)


def _professional(request: HttpRequest, identity: Identity, onward: str) -> HttpResponse:
    """An account already linked; one's own account, linked now; an invitation opened here; otherwise nobody."""
    now = timezone.now()
    if request.user.is_authenticated:
        link_identity(request.user.pk or 0, identity, at=now)
        messages.success(request, _("C’est relié : cette identité ouvre votre compte."))
        return HttpResponseRedirect(reverse("web:security"))
    user = user_of(identity)
    if user is None and (invitation := invited(request)) is not None:
        user = accept_as(invitation, identity, at=now)
        no_longer_invited(request)
    if user is None:
        return render(request, "accounts/provider_unknown.html", {"provider": identity.issuer}, status=403)
    return go_on(request, user, onward, is_strong=identity.is_strong)
