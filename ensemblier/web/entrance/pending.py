"""Signing in, step by step: a password or a provider first, a second proof, and only then a session."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from ensemblier.accounts.actions.factors import Site
from ensemblier.accounts.actions.guessing import Place, remember_device
from ensemblier.accounts.core.sessions import DEVICE, SIGNED_IN_AT
from ensemblier.accounts.queries.factors import asks_second_factor, factors_of
from ensemblier.accounts.queries.members import open_user
from ensemblier.web.sessions import device_of

PENDING = "half_signed_in"
LASTS = timedelta(minutes=10)
BACKEND = "ensemblier.accounts.actions.sign_in.LocalSignIn"
DEVICE_LASTS = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Pending:
    """Somebody whose first proof is right: her account, and where she was going."""

    user_id: int
    onward: str


def place_of(request: HttpRequest) -> Place:
    """From where somebody tries: the machine, and the token of the device when it has one."""
    return Place(request.META.get("REMOTE_ADDR", ""), request.COOKIES.get(settings.DEVICE_COOKIE_NAME, ""))


def site_of(request: HttpRequest) -> Site:
    """The site that passkeys are made for: its host name, and its address as browsers sign it."""
    host = request.get_host()
    return Site(host.rsplit(":", 1)[0] if not host.endswith("]") else host, f"{request.scheme}://{host}")


def onward_of(request: HttpRequest) -> str:
    """Where the reader was going, if it is one of our pages; else the first page of professionals."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    if asked and url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure()):
        return asked
    return resolve_url(settings.LOGIN_REDIRECT_URL)


def go_on(request: HttpRequest, user_id: int, onward: str, *, is_strong: bool = False) -> HttpResponse:
    """After a right first proof: in, or to the second one. `is_strong`: the provider already asked for two."""
    if is_strong or not asks_second_factor(user_id):
        return enter(request, user_id, onward)
    request.session.cycle_key()
    request.session[PENDING] = {"user": user_id, "onward": onward, "at": timezone.now().isoformat()}
    return HttpResponseRedirect(reverse("web:second-step" if factors_of(user_id).all else "web:first-factor"))


def pending_of(request: HttpRequest) -> Pending | None:
    """Who is between the two proofs, for ten minutes at most."""
    held: dict[str, Any] | None = request.session.get(PENDING)
    if held is None or datetime.fromisoformat(held["at"]) + LASTS < timezone.now():
        return None
    return Pending(held["user"], held["onward"])


def enter(request: HttpRequest, user_id: int, onward: str) -> HttpResponse:
    """The session opens: a new number, a new start, a device that is known from now on."""
    response = HttpResponseRedirect(onward)
    open_session(request, user_id, response)
    return response


def open_session(request: HttpRequest, user_id: int, response: HttpResponse) -> None:
    """As `enter`, for a page that shows something first."""
    user: Any = open_user(user_id)
    request.session.pop(PENDING, None)
    login(request, user, backend=BACKEND)
    request.session[SIGNED_IN_AT] = timezone.now().isoformat()
    request.session[DEVICE] = device_of(request)
    device = request.COOKIES.get(settings.DEVICE_COOKIE_NAME) or secrets.token_urlsafe(24)
    remember_device(user_id, device, at=timezone.now())
    response.set_cookie(
        settings.DEVICE_COOKIE_NAME,
        device,
        max_age=int(DEVICE_LASTS.total_seconds()),
        httponly=True,
        secure=request.is_secure(),
        samesite="Lax",
    )
