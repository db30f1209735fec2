"""What every page declares before its first line: may it write, and who may enter.

    @page(reads=True, who=Who.EVERYONE)
    def commune(request, code): ...

    @page(reads=False, who=frozenset({Role.DIRECTORY_EDITOR, Role.COORDINATOR}))
    def moderate(request, uid): ...

A page that only reads has its writes refused in SQL, whatever it calls. tests/architecture lists the views that declare
nothing.
"""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache, wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.db import connection
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.template.response import SimpleTemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ensemblier.accounts.core.roles import Role
from ensemblier.accounts.core.sessions import ACTING_AS, PERSON
from ensemblier.accounts.core.views import MembershipView, PersonAccountView
from ensemblier.accounts.queries.members import actor_among, memberships_of
from ensemblier.accounts.queries.person_accounts import open_person_account
from ensemblier.kernel.actor import ANONYMOUS, Actor
from ensemblier.kernel.errors import NotAllowed, StaleVersion

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]

_READS = re.compile(r"\s*(select|with|explain|savepoint|release|rollback|set|show|declare|fetch|close)\b", re.I)
_WRITES = re.compile(r"\b(insert\s+into|update|delete\s+from|merge\s+into|truncate|create|drop|alter)\b", re.I)
_LITERALS = re.compile(r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|--[^\n]*|/\*.*?\*/", re.S)
"""Texts, names and comments, in one pass: an apostrophe of a comment opens no text, two dashes in a text no comment."""

ACTING_FOR = "acting_for"
"""Field of every form that writes: the organisation that the page was shown for."""


class Who(Enum):
    """Those who may enter without a role. PERSON: a person signed in to her own space, never a professional."""

    EVERYONE = auto()
    SIGNED_IN = auto()
    PERSON = auto()


@dataclass(frozen=True, slots=True)
class Page:
    """The declaration of a view, found on it as `view.page`."""

    reads: bool
    who: Who | frozenset[Role]


class WroteOnAReadOnlyPage(Exception):
    """A page declared `reads=True` sent a statement that writes: a fault of the page, never of its visitor."""


def page(*, reads: bool, who: Who | frozenset[Role]) -> Callable[[View[P]], View[P]]:
    """Declares a view. `reads`: True when it never writes; `who`: everyone, any signed-in user, or these roles."""
    declared = Page(reads, who)

    def declare(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if (elsewhere := _sent_elsewhere(request, who)) is not None:
                return elsewhere
            with _read_only() if reads else _one_organisation(request, who):
                response = view(request, *args, **kwargs)
                if isinstance(response, SimpleTemplateResponse):
                    response.render()  # inside the guard: a template may still query
                return response

        guarded.page = declared  # type: ignore[attr-defined]
        return guarded

    return declare


def actor_of(request: HttpRequest) -> Actor:
    """Who asks, for the queries and actions below: read once for each request, so that a lost right is lost at once."""
    user = request.user
    if not user.is_authenticated:
        return ANONYMOUS
    known: Actor | None = getattr(request, "actor", None)
    if known is None:
        chosen = request.session.get(ACTING_AS) if hasattr(request, "session") else None
        known = actor_among(organisations_of(request), user.pk, chosen, label=str(user))
        request.actor = known  # type: ignore[attr-defined]
    return known


def organisations_of(request: HttpRequest) -> list[MembershipView]:
    """The organisations that the signed-in user may act for today. Read once a request."""
    rows: list[MembershipView] | None = getattr(request, "organisations", None)
    if rows is None:
        rows = memberships_of(request.user.pk or 0, on=timezone.localdate())
        request.organisations = rows  # type: ignore[attr-defined]
    return rows


def check_same_organisation(request: HttpRequest, *, must_say: bool = False) -> None:
    """A form was shown for one organisation: it is never taken for another one, chosen since in another tab.

    `must_say`: the form must carry its organisation. Raises StaleVersion.
    """
    acting = str(actor_of(request).organisation_id or "")
    if request.POST.get(ACTING_FOR, "" if must_say else acting) != acting:
        raise StaleVersion(
            _(
                "Vous avez changé de structure depuis que cette page est ouverte : rien n'a été enregistré. "
                "Rouvrez la page, vérifiez pour qui vous agissez, puis recommencez."
            )
        )


def person_of(request: HttpRequest) -> PersonAccountView | None:
    """The person signed in to her own space, from her own session; None for everybody else. Read once a request."""
    if not hasattr(request, "person"):
        session = getattr(request, "person_session", None)
        number = None if session is None else session.get(PERSON)
        request.person = None if number is None else open_person_account(number)  # type: ignore[attr-defined]
    found: PersonAccountView | None = request.person  # type: ignore[attr-defined]
    return found


def _sent_elsewhere(request: HttpRequest, who: Who | frozenset[Role]) -> HttpResponseBase | None:
    """Where somebody who may not enter (yet) is sent: to sign in, or to the convention that opens the role."""
    if who is Who.PERSON:
        sign_in = reverse("web:person-sign-in")
        return None if person_of(request) is not None else redirect_to_login(request.get_full_path(), sign_in)
    if isinstance(who, frozenset) and request.user.is_authenticated:
        actor = actor_of(request)
        if who & actor.withheld and not who & actor.roles:
            return HttpResponseRedirect(reverse("web:convention"))
    return None if _may_enter(request, who) else redirect_to_login(request.get_full_path())


def _may_enter(request: HttpRequest, who: Who | frozenset[Role]) -> bool:
    """False sends to the sign-in page; somebody signed in without the role is told so (NotAllowed)."""
    if who is Who.EVERYONE:
        return True
    if not request.user.is_authenticated:
        return False
    if isinstance(who, frozenset) and not who & actor_of(request).roles:
        needed = ", ".join(sorted(_(role.label) for role in who))
        raise NotAllowed(
            _("Cette page est réservée à : %(roles)s. Demandez ce rôle à qui administre votre structure.")
            % {"roles": needed}
        )
    return True


def _read_only() -> AbstractContextManager[None]:
    return connection.execute_wrapper(_refuse_writes)


def _one_organisation(request: HttpRequest, who: Who | frozenset[Role]) -> AbstractContextManager[None]:
    """Writes are refused under a form of another organisation: a page that looks first (`acting`) says so itself and
    keeps what was typed, one that forgot to look writes nothing."""
    if request.method != "POST" or who in (Who.EVERYONE, Who.PERSON):
        return nullcontext()

    def refuse(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
        text = sql if isinstance(sql, str) else sql.as_string(context["connection"].connection)
        if not _only_reads(text):
            check_same_organisation(request)
        return execute(sql, params, many, context)

    return connection.execute_wrapper(refuse)


def _refuse_writes(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
    text = sql if isinstance(sql, str) else sql.as_string(context["connection"].connection)
    if not _only_reads(text):
        raise WroteOnAReadOnlyPage(text[:200])
    return execute(sql, params, many, context)


@lru_cache(maxsize=1024)
def _only_reads(text: str) -> bool:
    """Whether a statement writes nothing; the same few statements come back with every request."""
    bare = _LITERALS.sub(lambda found: " " if found[0][0] in "-/" else "''", text)
    return bool(_READS.match(bare)) and (not _WRITES.search(bare) or "for update" in bare.lower())
