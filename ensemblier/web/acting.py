"""For whom a professional acts: one organisation at a time, and never another one by mistake.

The choice stands in the session. Each form repeats the organisation it was shown for: a form left open in another tab
while the choice changed is refused, and says why (`acting`). A page that forgets to look writes nothing (`page`).
"""

from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from ensemblier.kernel.actor import Actor
from ensemblier.web.access import ACTING_FOR, actor_of, check_same_organisation


def acting_field(actor: Actor) -> SafeString:
    """The hidden field of a form."""
    return format_html('<input type="hidden" name="{}" value="{}">', ACTING_FOR, actor.organisation_id or "")


def acting(request: HttpRequest) -> Actor:
    """The actor of a form that writes. Raises StaleVersion when the form was shown for another organisation."""
    check_same_organisation(request, must_say=True)
    return actor_of(request)
