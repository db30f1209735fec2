"""Two sessions side by side: the professional's (Django's own) and the person's, each with its cookie, never mixed."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from ensemblier.accounts.core.sessions import DEVICE, PERSON, SIGNED_IN_AT
from ensemblier.accounts.core.views import PersonAccountView


class Sessions:
    """Gives `request.person_session`, keeps it, and pushes back the end of a session in use."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.store: Any = import_module(settings.SESSION_ENGINE).SessionStore

    def __call__(self, request: HttpRequest) -> HttpResponse:
        session = self.store(request.COOKIES.get(settings.PERSON_COOKIE_NAME))
        request.person_session = session  # type: ignore[attr-defined]
        response = self.get_response(request)
        both: tuple[Any, ...] = (request.session, session)
        for one in both:
            if one.accessed and not one.modified:
                one.touch()
        return _keep(request, response, session)


def _keep(request: HttpRequest, response: HttpResponse, session: Any) -> HttpResponse:
    """Saves a person's session that changed, and its cookie; forgets the cookie of a session that ended."""
    if not session.accessed:
        return response
    patch_vary_headers(response, ("Cookie",))
    name = settings.PERSON_COOKIE_NAME
    if name in request.COOKIES and session.is_empty():
        response.delete_cookie(name, samesite="Lax")
    elif session.modified and not session.is_empty():
        session.save()
        response.set_cookie(name, session.session_key, httponly=True, secure=request.is_secure(), samesite="Lax")
    return response


def sign_in_person(request: HttpRequest, account: PersonAccountView) -> None:
    """A new session for the person: nothing of the one before is kept, and the forms' token changes."""
    session: Any = request.person_session  # type: ignore[attr-defined]
    session.flush()
    session[PERSON] = account.id
    session[SIGNED_IN_AT] = timezone.now().isoformat()
    session[DEVICE] = device_of(request)
    rotate_token(request)
    request.person = account  # type: ignore[attr-defined]


def sign_out_person(request: HttpRequest) -> None:
    """The person's session is gone, here and in the table; the professional's, if any, stays."""
    request.person_session.flush()  # type: ignore[attr-defined]
    request.person = None  # type: ignore[attr-defined]


_SYSTEMS = (("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "Mac"))
_BROWSERS = (("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))


def device_of(request: HttpRequest) -> str:
    """Words by which somebody recognises her own device in a list: "Firefox, Windows". Never a precise version."""
    agent = request.META.get("HTTP_USER_AGENT", "")
    found = [next((word for mark, word in marks if mark in agent), "") for marks in (_BROWSERS, _SYSTEMS)]
    if not found[1] and "Linux" in agent:
        found[1] = "Linux"
    return ", ".join(word for word in found if word)
