"""Leaving for ProConnect or FranceConnect, and coming back."""

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ensemblier.accounts.actions.identities import (
    Goodbye,
    come_back,
    goodbye,
    leave,
    link_identity,
    provider_of,
    providers,
    user_of,
)
from ensemblier.accounts.actions.invitations import accept_as
from ensemblier.accounts.actions.person_accounts import account_of_identity
from ensemblier.accounts.core.oidc import Identity, NotBelieved, Provider, Started
from ensemblier.web.access import Who, page
from ensemblier.web.entrance.homes import person_onward
from ensemblier.web.entrance.invited import invited, no_longer_invited
from ensemblier.web.entrance.pending import go_on, onward_of
from ensemblier.web.errors import sentence
from ensemblier.web.offline import private
from ensemblier.web.sessions import sign_in_person

STARTED, ID_TOKEN, LEFT = "oidc_started", "oidc_id_token", "oidc_left"  # noqa: S105 - keys of the session


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
    return _to_provider(request, address, key)


def _to_provider(request: HttpRequest, address: str, key: str) -> HttpResponse:
    """A page that leads there by itself, never a redirection: our own policy (`form-action 'self'`) makes a browser
    refuse a form that ends on another site, however many redirections lie between."""
    return private(render(request, "accounts/onward.html", {"address": address, "name": provider_of(key).label}))


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
        _remember(request, key, identity)
        return HttpResponseRedirect(onward)
    return _professional(request, identity, key, onward)


def _professional(request: HttpRequest, identity: Identity, key: str, onward: str) -> HttpResponse:
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
    _remember(request, key, identity)
    return go_on(request, user, onward, is_strong=identity.is_strong)


def _remember(request: HttpRequest, key: str, identity: Identity) -> None:
    """What the provider asks for when its own session must end too (`id_token_hint`): kept as long as ours."""
    _session(request, key)[ID_TOKEN] = {"key": key, "token": identity.id_token}


def provider_goodbye(request: HttpRequest, session: Any) -> Goodbye | None:
    """How to end the provider's own session, read before ours is flushed; None when it did not open through one."""
    held = session.get(ID_TOKEN)
    if held is None:
        return None
    back = request.build_absolute_uri(reverse("web:provider-left", args=[held["key"]]))
    return goodbye(held["token"], held["key"], back=back)


def see_off(request: HttpRequest, farewell: Goodbye | None, otherwise: str) -> HttpResponse:
    """To the provider's page of ends, once our session is gone; to `otherwise` when there is none."""
    if farewell is None:
        return HttpResponseRedirect(otherwise)
    request.session[LEFT] = farewell.state  # an anonymous session, with nothing else in it
    return _to_provider(request, farewell.address, farewell.key)


@require_safe
@page(reads=False, who=Who.EVERYONE)
def left(request: HttpRequest, key: str) -> HttpResponse:
    """Back from the provider's page of ends, in the browser that went there."""
    label = provider_of(key).label
    expected, said = request.session.pop(LEFT, ""), request.GET.get("state", "")
    is_ours = bool(expected) and constant_time_compare(expected, said)
    return private(render(request, "accounts/left.html", {"elsewhere": label if is_ours else ""}))
