"""Words and marks of the directory's pages: `{% load places %}`."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ensemblier.directory.core.operators import Operator
from ensemblier.territory.core.geo import Travel, TravelMethod
from ensemblier.web.maps import OTHER_SHAPE, SHAPES

register = template.Library()

NBSP = "\N{NO-BREAK SPACE}"


@register.filter
def phone_fr(number: str) -> str:
    """A French number by pairs: "+33465711240" → "04 65 71 12 40"; other numbers as they are."""
    digits = number.replace(" ", "").replace(".", "")
    if digits.startswith("+33"):
        digits = "0" + digits.removeprefix("+33")
    if len(digits) == 10 and digits.isdigit():
        return NBSP.join(digits[i : i + 2] for i in range(0, 10, 2))
    return number


@register.filter
def tel(number: str) -> str:
    """The number of a `tel:` link: digits and a leading + only."""
    return "".join(c for place, c in enumerate(number) if c.isdigit() or (c == "+" and place == 0))


@register.filter
def km_words(km: float | None) -> str:
    """"à 3 km", "à moins de 1 km"; "" when the distance is not known."""
    if km is None:
        return ""
    if km < 1:
        return _("à moins de 1 km")
    return _("à %(km)s km") % {"km": f"{km:.0f}"}


@register.filter
def travel_words(travel: Travel) -> str:
    """How long by car, said as what it is; "" when it is not known."""
    if travel.minutes is None or travel.method is TravelMethod.UNKNOWN:
        return ""
    minutes = max(1, round(travel.minutes))
    if minutes >= 60:
        return _("environ %(h)s h %(min)02d en voiture") % {"h": minutes // 60, "min": minutes % 60}
    return _("environ %(min)s min en voiture") % {"min": minutes}


@register.filter
def is_model(travel: Travel) -> bool:
    """Whether the time is an estimate of the fitted model."""
    return travel.method is TravelMethod.MODEL


@register.simple_tag
def operator_mark(operator: Operator | str | None) -> SafeString:
    """The shape of an operator, or the open circle of another partner; its name always stands beside it."""
    code = str(operator or "")
    path, fill = (SHAPES[code], "#0b5560") if code in SHAPES else (OTHER_SHAPE, "none")
    return format_html(
        '<svg class="e-icon" viewBox="-14 -14 28 28" aria-hidden="true" focusable="false">'
        '<path d="{}" fill="{}" stroke="#0b5560" stroke-width="3" stroke-linejoin="round"/></svg>',
        path,
        fill,
    )
