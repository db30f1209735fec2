"""Headers of every page: no inline style or script, nothing from outside."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; font-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; manifest-src 'self'; worker-src 'self'; "
    "frame-ancestors {}"
)


class ContentSecurityPolicy:
    """Adds the policy; a view that may stand in a partner's site sets `response.may_be_framed = True`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        ancestors = "*" if getattr(response, "may_be_framed", False) else "'none'"
        response.setdefault("Content-Security-Policy", POLICY.format(ancestors))
        response.setdefault("Permissions-Policy", "geolocation=(self), camera=(), microphone=()")
        return response
