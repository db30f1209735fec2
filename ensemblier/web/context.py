"""What every page's frame needs: who acts, the menu of professionals, and nothing that costs a query."""

from django.http import HttpRequest
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.translation import gettext_lazy as _

NAVIGATION_PRO: tuple[tuple[str, str | Promise], ...] = (
    ("web:directory", _("Annuaire")),
    ("web:territory", _("Territoire")),
    ("web:permanences", _("Permanences")),
    ("web:coverage", _("Couverture")),
    ("web:callbacks", _("À rappeler")),
    ("web:moderation", _("Corrections")),
    ("web:duplicates", _("Doublons")),
    ("web:stale", _("À revoir")),
)
"""(address, words) of the menu of professionals; an address that is not installed does not show."""


def frame(request: HttpRequest) -> dict[str, object]:
    """Values of the header and footer of every page; a view overrides them.

    `acting_as` is lazy: a public page never touches the session, so it sets no cookie and can be kept.
    """
    return {
        "acting_as": SimpleLazyObject(lambda: request.session.get("acting_as")),
        "navigation_pro": NAVIGATION_PRO,
        "has_fictitious": False,
        "desk": None,
        "answers_again": (),
        "section": "",
    }
