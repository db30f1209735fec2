""" "Mon espace": what waits for her, then everything in a few lines, each with the page that says it all."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ensemblier.journey.queries.links import LinkedFile
from ensemblier.journey.queries.rights_log import who_looked
from ensemblier.journey.queries.rights_people import my_people
from ensemblier.journey.queries.rights_relays import my_relays
from ensemblier.journey.queries.rights_sharing import my_sharings
from ensemblier.web.access import Who, page
from ensemblier.web.offline import private
from ensemblier.web.person.door import files_of, herself, now
from ensemblier.web.person.words import relay_words

MENU: tuple[tuple[str, str, str | Promise], ...] = (
    ("web:my-people", "people", gettext_lazy("Mes personnes")),
    ("web:my-relays", "arrow-left-right", gettext_lazy("Mes relais")),
    ("web:my-decisions", "signpost-2", gettext_lazy("Qui a décidé quoi")),
    ("web:my-sharings", "lock", gettext_lazy("Ce que je partage")),
    ("web:my-agreements", "hand-thumbs-up", gettext_lazy("Mes autres accords")),
    ("web:who-looked", "eye", gettext_lazy("Qui a regardé")),
    ("web:my-data", "download", gettext_lazy("Mes données")),
    ("web:my-files", "folder", gettext_lazy("Mes dossiers")),
    ("web:my-sessions", "laptop", gettext_lazy("Où mon espace est ouvert")),
)
"""(address, icon, words) of the pages of the space, in the order in which the home shows them."""


@page(reads=True, who=Who.PERSON)
def home(request: HttpRequest) -> HttpResponse:
    """Everything about her, shortest first."""
    me, at = herself(request), now()
    relays, sharings = my_relays(me, at=at), my_sharings(me, at=at)
    values = {
        "files": files_of(request),
        "menu": _menu(files_of(request)),
        "to_decide": [relay for relay in relays if relay.awaits_her],
        "papers": [sharing for sharing in sharings if sharing.asks_if_hers],
        "opinions": [relay for relay in relays if relay.asks_opinion],
        "endings": [sharing for sharing in sharings if sharing.is_ending],
        "relays": [relay_words(relay) for relay in relays],
        "sharings": [sharing for sharing in sharings if sharing.is_live],
        "people": my_people(me, at=at),
        "looks": who_looked(me, at=at, size=30, without_hers=True).lines[:3],
    }
    return private(render(request, "person/home.html", values))


def _menu(files: tuple[LinkedFile, ...]) -> list[tuple[str, str, str]]:
    """Her plan first: one for each file, which says whose when there are several."""
    plans = [
        (
            reverse("web:my-plan", args=[file.person_uid]),
            "list-check",
            _("Mon plan") if len(files) == 1 else _("Mon plan, avec %(who)s") % {"who": file.organisation_name},
        )
        for file in files
    ]
    return plans + [(reverse(name), icon_name, str(words)) for name, icon_name, words in MENU]
