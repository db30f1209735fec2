"""Headers of every page: no inline style or script, nothing from outside, nothing kept of what an account sees."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse

from ensemblier.accounts.core.sessions import PERSON

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; font-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; manifest-src 'self'; worker-src 'self'; "
    "frame-ancestors {}"
)


class VisitorAddress:
    """Behind a proxy of ours (TRUSTED_PROXIES), REMOTE_ADDR becomes the address that it says: limits count visitors.

    Of X-Forwarded-For only the last address that no proxy of ours wrote is believed: the others come from who asks.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        trusted = settings.TRUSTED_PROXIES
        said = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
        while said and request.META.get("REMOTE_ADDR") in trusted:
            request.META["REMOTE_ADDR"] = said.pop()
        return self.get_response(request)


class ContentSecurityPolicy:
    """Adds the policy; a view that may stand in a partner's site sets `response.may_be_framed = True`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        ancestors = "*" if getattr(response, "may_be_framed", False) else "'none'"
        response.setdefault("Content-Security-Policy", POLICY.format(ancestors))
        response.setdefault("Permissions-Policy", "geolocation=(self), camera=(), microphone=()")
        if _read_an_account(request):
            response["Cache-Control"] = "no-store"
        return response


def _read_an_account(request: HttpRequest) -> bool:
    """Whether the page was made for a signed-in reader: then no cache, and no offline copy, may show it to the next."""
    for name, key in (("session", SESSION_KEY), ("person_session", PERSON)):
        session = getattr(request, name, None)
        if session is not None and session.accessed and key in session:
            return True
    return False
