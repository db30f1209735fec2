"""What every page's frame needs: who acts, the menu of professionals, and nothing that costs a query."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ensemblier.accounts.queries.members import memberships_of
from ensemblier.web.access import actor_of

NAVIGATION_PRO: tuple[tuple[str, str | Promise], ...] = (
    ("web:day", _("Ma journée")),
    ("web:files", _("Personnes")),
    ("web:relays", _("Relais")),
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


@dataclass(frozen=True, slots=True)
class ActingAs:
    """The organisation one acts for, and the roles one has there, in words."""

    organisation_name: str
    role_label: str


def _acting_as(request: HttpRequest) -> ActingAs | None:
    actor = actor_of(request)
    if actor.organisation_id is None or actor.user_id is None:
        return None
    rows = memberships_of(actor.user_id, on=timezone.localdate())
    row = next((row for row in rows if row.organisation_id == actor.organisation_id), None)
    if row is None:
        return None
    return ActingAs(row.organisation_name, ", ".join(sorted(gettext(role.label) for role in row.roles)))


def frame(request: HttpRequest) -> dict[str, object]:
    """Values of the header and footer of every page; a view overrides them.

    `acting_as` is lazy: a public page never touches the session, so it sets no cookie and can be kept.
    """
    match = request.resolver_match
    return {
        "acting_as": SimpleLazyObject(lambda: _acting_as(request)),
        "navigation_pro": NAVIGATION_PRO,
        "has_fictitious": False,
        "desk": None,
        "again": "",
        "section": "",
        "here": match.view_name if match else "",
    }
