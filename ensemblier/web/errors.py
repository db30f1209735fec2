"""DomainError → page: the one place where the pages translate refusals; and the refusals of Django itself."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from ensemblier.kernel.errors import (
    BadInput,
    DomainError,
    NotAllowed,
    NotFound,
    RuleViolated,
    SourceUnavailable,
    StaleVersion,
)
from ensemblier.kernel.words import said_in

STATUS: dict[type[DomainError], HTTPStatus] = {
    NotFound: HTTPStatus.NOT_FOUND,
    NotAllowed: HTTPStatus.FORBIDDEN,
    RuleViolated: HTTPStatus.CONFLICT,
    BadInput: HTTPStatus.BAD_REQUEST,
    StaleVersion: HTTPStatus.CONFLICT,
    SourceUnavailable: HTTPStatus.SERVICE_UNAVAILABLE,
}


def sentence(error: DomainError) -> str:
    """What the error says, in the language of the page; in French when the catalogue does not have it."""
    return said_in(error.message, gettext)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's signature
    """A form without its token (CSRF_FAILURE_VIEW): kept too long, sent from elsewhere, or without cookies."""
    return render(request, "errors/expired.html", status=HTTPStatus.FORBIDDEN)


class DomainErrorPages:
    """Turns a DomainError that a view let through into a page with its sentence."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Django calls this when a view raises; anything but a DomainError goes its usual way."""
        if not isinstance(exception, DomainError):
            return None
        status = STATUS.get(type(exception), HTTPStatus.BAD_REQUEST)
        return render(
            request, "errors/domain.html", {"message": sentence(exception), "status": int(status)}, status=status
        )
