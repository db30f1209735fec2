"""What every page's frame needs: who acts, the menu of professionals, and nothing that costs a query."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from django.http import HttpRequest
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ensemblier.accounts.core.roles import Role
from ensemblier.web.access import actor_of, organisations_of

_WITH_FILES = frozenset({Role.ADVISER})
_KEEPERS = frozenset({Role.DIRECTORY_EDITOR, Role.COORDINATOR, Role.ADMINISTRATOR})
NAVIGATION_PRO: tuple[tuple[str, str | Promise, frozenset[Role]], ...] = (
    ("web:day", _("Ma journée"), _WITH_FILES),
    ("web:files", _("Personnes"), _WITH_FILES),
    ("web:welcome", _("Accueil"), frozenset({Role.DESK})),
    ("web:relays", _("Relais"), _WITH_FILES),
    ("web:desk-call", _("Appel"), frozenset({Role.DESK, Role.ADVISER})),
    ("web:directory", _("Annuaire"), frozenset()),
    ("web:library", _("Bibliothèque"), frozenset()),
    ("web:territory", _("Territoire"), frozenset()),
    ("web:animation", _("Animation"), frozenset()),
    ("web:agenda", _("Agenda"), frozenset()),
    ("web:questions", _("Questions"), frozenset()),
    ("web:permanences", _("Permanences"), frozenset()),
    ("web:coverage", _("Couverture"), _KEEPERS),
    ("web:callbacks", _("À rappeler"), frozenset()),
    ("web:loops", _("Boucles"), frozenset({Role.COORDINATOR})),
    ("web:opinions", _("Avis reçus"), frozenset({Role.ADVISER, Role.TEAM_LEAD, Role.COORDINATOR})),
    ("web:rights-requests", _("Demandes de droits"), frozenset({Role.ADVISER, Role.TEAM_LEAD})),
    ("web:moderation", _("Corrections"), _KEEPERS),
    ("web:duplicates", _("Doublons"), _KEEPERS),
    ("web:stale", _("À revoir"), _KEEPERS),
    ("web:relay-errors", _("Relais signalés"), frozenset({Role.ADMINISTRATOR})),
)
"""(address, words, roles whose work it is; none: everybody's) of the menu. An address not installed does not show.

A menu is no lock: each page says itself who enters.
"""
GAP = 3
"""The space between two items of the menu, in letters."""
WIDE, NARROW = 68, 34
"""How many letters of the menu stand on one line, on a screen and on a telephone; the others wait behind "Plus"."""
Item = tuple[str, str | Promise]


@dataclass(frozen=True, slots=True)
class Menu:
    """The menu of a professional, cut so that it stays on one line. `always`: on a telephone too; `wide`: on a screen,
    and behind "Plus" on a telephone; `more`: behind "Plus" everywhere."""

    always: tuple[Item, ...]
    wide: tuple[Item, ...]
    more: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class ActingAs:
    """The organisation one acts for, and the roles one has there, in words."""

    organisation_name: str
    role_label: str


def _acting_as(request: HttpRequest) -> ActingAs | None:
    actor = actor_of(request)
    if actor.organisation_id is None or actor.user_id is None:
        return None
    row = next((row for row in organisations_of(request) if row.organisation_id == actor.organisation_id), None)
    if row is None:
        return None
    return ActingAs(row.organisation_name, ", ".join(sorted(gettext(role.label) for role in row.roles)))


def _navigation(request: HttpRequest) -> Menu:
    roles = actor_of(request).roles
    items = [(name, words) for name, words, whose in NAVIGATION_PRO if not whose or whose & roles]
    narrow, wide = _fitting(items, NARROW), _fitting(items, WIDE)
    return Menu(tuple(items[:narrow]), tuple(items[narrow:wide]), tuple(items[wide:]))


def _fitting(items: Sequence[Item], letters: int) -> int:
    """How many items stand on a line of so many letters, in the language of the page."""
    ends = accumulate(len(str(words)) + GAP for _, words in items)
    return sum(1 for end in ends if end <= letters)


def frame(request: HttpRequest) -> dict[str, object]:
    """Values of the header and footer of every page; a view overrides them.

    `acting_as` is lazy: a public page never touches the session, so it sets no cookie and can be kept.
    """
    match = request.resolver_match
    return {
        "acting_as": SimpleLazyObject(lambda: _acting_as(request)),
        "navigation_pro": SimpleLazyObject(lambda: _navigation(request)),
        "has_fictitious": False,
        "desk": None,
        "again": "",
        "section": "",
        "here": match.view_name if match else "",
    }
