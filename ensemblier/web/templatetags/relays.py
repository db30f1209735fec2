"""`{% load relays %}`: how a relay's state is shown to this reader."""

from django import template

from ensemblier.journey.core.inbox import RelayPage, RelayRow
from ensemblier.web.relays.words import Badge, badge

register = template.Library()


@register.simple_tag
def relay_badge(relay: RelayRow | RelayPage) -> Badge:
    """Shape, icon and words of its state: whose turn it is decides the shape."""
    return badge(relay)
