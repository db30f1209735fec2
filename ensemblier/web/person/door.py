"""Whose space this is: the files that the person linked to her account, and who acts on each."""

from datetime import datetime

from django.http import HttpRequest
from django.utils import timezone

from ensemblier.journey.core.movers import PersonHerself
from ensemblier.journey.queries.links import LinkedFile, files_of_account
from ensemblier.kernel.errors import NotAllowed
from ensemblier.web.access import person_of

Herself = tuple[PersonHerself, ...]


def account_of(request: HttpRequest) -> int:
    """The account of the person signed in. Pages behind `Who.PERSON` always have one."""
    account = person_of(request)
    if account is None:
        raise NotAllowed("Ouvrez d’abord votre espace.")
    return account.id


def files_of(request: HttpRequest) -> tuple[LinkedFile, ...]:
    """Her files, read once for each request: an undone link is undone at once."""
    known: tuple[LinkedFile, ...] | None = getattr(request, "linked_files", None)
    if known is None:
        known = files_of_account(account_of(request))
        request.linked_files = known  # type: ignore[attr-defined]
    return known


def herself(request: HttpRequest) -> Herself:
    """Who acts: the person, once for each of her files."""
    return tuple(file.herself for file in files_of(request))


def now() -> datetime:
    """The instant, for the queries and actions below."""
    return timezone.now()
