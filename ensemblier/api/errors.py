"""DomainError and everything else → problem+json: the one place where the interface translates refusals."""

import logging
from http import HTTPStatus
from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from ensemblier.api.problems import Problem, of_status
from ensemblier.api.validation import in_our_words
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

log = logging.getLogger("ensemblier.api")

STATUS: dict[type[DomainError], HTTPStatus] = {
    NotFound: HTTPStatus.NOT_FOUND,
    NotAllowed: HTTPStatus.FORBIDDEN,
    RuleViolated: HTTPStatus.CONFLICT,
    BadInput: HTTPStatus.UNPROCESSABLE_ENTITY,
    StaleVersion: HTTPStatus.CONFLICT,
    SourceUnavailable: HTTPStatus.SERVICE_UNAVAILABLE,
}


def problem_of(error: DomainError) -> Problem:
    """The problem that says what a domain error says."""
    status = next((STATUS[kind] for kind in type(error).__mro__ if kind in STATUS), HTTPStatus.UNPROCESSABLE_ENTITY)
    message = said_in(error.message, gettext)
    errors = ({"field": error.field, "message": message},) if error.field else ()
    return Problem(status, message, errors=errors)


def _domain(_: HttpRequest, error: Any) -> HttpResponse:
    return problem_of(error).response()


def _validation(_: HttpRequest, error: Any) -> HttpResponse:
    errors = tuple(
        {"field": ".".join(str(part) for part in item["loc"][1:]) or str(item["loc"][0]), "message": in_our_words(item)}
        for item in error.errors
    )
    fields = ", ".join(sorted({item["field"] for item in errors}))
    return Problem(
        HTTPStatus.UNPROCESSABLE_ENTITY, gettext("À corriger : %(fields)s.") % {"fields": fields}, errors=errors
    ).response()


def _http(_: HttpRequest, error: Any) -> HttpResponse:
    if error.status_code == HTTPStatus.BAD_REQUEST:  # ninja raises it for a body that is not JSON
        return Problem(HTTPStatus.BAD_REQUEST, gettext("Le corps de la demande n'est pas du JSON lisible.")).response()
    return of_status(error.status_code).response()


def _missing(_: HttpRequest, __: Any) -> HttpResponse:
    return of_status(404).response()


def _suspicious(_: HttpRequest, error: Any) -> HttpResponse:
    return of_status(413 if isinstance(error, RequestDataTooBig) else 400).response()


def _database(_: HttpRequest, error: Any) -> HttpResponse:
    log.error("database does not answer: %s", error)
    return of_status(503, {"Retry-After": "5"}).response()


def _bug(request: HttpRequest, error: Any) -> HttpResponse:
    log.exception("unexpected error at %s", request.path, exc_info=error)
    return of_status(500).response()


def register(api: NinjaAPI) -> None:
    """Hangs every handler on `api`; the most precise class wins."""
    api.add_exception_handler(DomainError, _domain)
    api.add_exception_handler(ValidationError, _validation)
    api.add_exception_handler(HttpError, _http)
    api.add_exception_handler(Http404, _missing)
    api.add_exception_handler(SuspiciousOperation, _suspicious)
    api.add_exception_handler(OperationalError, _database)
    api.add_exception_handler(InterfaceError, _database)
    api.add_exception_handler(Exception, _bug)
