"""The mail of the demonstration: what its fictitious people would receive, readable here so that stories can be played.

Only messages to addresses that belong to nobody stand here; without the demonstration the page does not exist.
"""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ensemblier.directory.queries.demonstration import is_loaded
from ensemblier.kernel.orm.outbox import shown_messages
from ensemblier.web.access import Who, page
from ensemblier.web.offline import private
from ensemblier.web.places.pages import typed


@require_safe
@page(reads=True, who=Who.EVERYONE)
def mailbox(request: HttpRequest) -> HttpResponse:
    """The last messages, newest first; `a`: those of one address."""
    if not is_loaded():
        raise Http404
    to = typed(request, "a")
    context = {"letters": shown_messages(to=to), "to": to, "has_fictitious": True}
    return private(render(request, "demonstration/mailbox.html", context))
