"""Where my space is open, and how to close it elsewhere."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ensemblier.accounts.actions.sessions import end_other_person_sessions, end_person_session
from ensemblier.accounts.queries.sessions import sessions_of_person
from ensemblier.web.access import Who, page
from ensemblier.web.offline import private
from ensemblier.web.person.door import account_of


def _current(request: HttpRequest) -> str:
    return str(request.person_session.session_key or "")  # type: ignore[attr-defined]


@page(reads=True, who=Who.PERSON)
def sessions(request: HttpRequest) -> HttpResponse:
    """Every browser where her space is open now."""
    found = sessions_of_person(account_of(request), current=_current(request))
    return private(render(request, "person/sessions.html", {"sessions": found}))


@page(reads=False, who=Who.PERSON)
@require_POST
def close(request: HttpRequest) -> HttpResponse:
    """Close one of them, or all but this one."""
    number = request.POST.get("session", "")
    if number:
        end_person_session(account_of(request), number)
        messages.success(request, _("Cette session est fermée."))
    else:
        count = end_other_person_sessions(account_of(request), current=_current(request))
        messages.success(request, _("Toutes les autres sessions sont fermées (%(n)s).") % {"n": count})
    return HttpResponseRedirect(reverse("web:my-sessions"))
