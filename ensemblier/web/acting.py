"""For whom a professional acts: one organisation at a time, and never another one by mistake.

The choice stands in the session. Each form repeats the organisation it was shown for: a form left open in another tab
while the choice changed is refused, and says why.
"""

from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import StaleVersion
from ensemblier.web.access import actor_of

FIELD = "acting_for"


def acting_field(actor: Actor) -> SafeString:
    """The hidden field of a form."""
    return format_html('<input type="hidden" name="{}" value="{}">', FIELD, actor.organisation_id or "")


def acting(request: HttpRequest) -> Actor:
    """The actor of a form that writes. Raises StaleVersion when the form was shown for another organisation."""
    actor = actor_of(request)
    sent = request.POST.get(FIELD, "")
    if sent != str(actor.organisation_id or ""):
        raise StaleVersion(
            _(
                "Vous avez changé de structure depuis que cette page est ouverte : rien n'a été enregistré. "
                "Rouvrez la page, vérifiez pour qui vous agissez, puis recommencez."
            )
        )
    return actor
