"""Words and marks of the directory's pages: `{% load places %}`."""

from datetime import date
from uuid import UUID

from django import template
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ensemblier.directory.core.fields import LABELS
from ensemblier.directory.core.hours import hours_text
from ensemblier.directory.core.operators import Operator
from ensemblier.directory.core.verbs import verb_words
from ensemblier.territory.core.geo import Travel, TravelMethod
from ensemblier.web.maps import OTHER_SHAPE, SHAPES
from ensemblier.web.places.forms import CORRECTABLE
from ensemblier.web.places.words import words_of
from ensemblier.web.templatetags import french

register = template.Library()


@register.filter
def km_words(km: float | None) -> str:
    """ "à 4,2 km"; "" when the distance is not known."""
    return "" if km is None else _("à %(km)s") % {"km": french.km_words(km)}


@register.filter
def travel_words(travel: Travel) -> str:
    """How long by car, said as what it is; "" when it is not known."""
    if travel.minutes is None or travel.method is TravelMethod.UNKNOWN:
        return ""
    return _("environ %(time)s en voiture") % {"time": french.minutes_words(travel.minutes)}


@register.filter
def is_model(travel: Travel) -> bool:
    """Whether the time is an estimate of the fitted model."""
    return travel.method is TravelMethod.MODEL


@register.filter
def words(codes: tuple[str, ...] | list[str]) -> str:
    """Codes of publics, needs, modes or languages, in words."""
    return ", ".join(words_of(code) for code in codes)


@register.filter
def hit_url(kind: str, uid: UUID) -> str:
    """The page of a row of a search: a site has its own, an offer or a contact is read on its organisation's."""
    return reverse("web:site" if kind == "site" else "web:organisation", args=[uid])


@register.filter
def kind_label(kind: str) -> str:
    """The French name of a kind of row."""
    return {
        "organisation": _("Structure"),
        "site": _("Lieu d'accueil"),
        "offer": _("Offre"),
        "contact": _("Interlocuteur"),
    }.get(kind, kind)


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


@register.filter
def split(text: str) -> list[str]:
    """Words of a text."""
    return text.split()


@register.filter
def kinds_label(kind: str) -> str:
    """What a search looks among, in the plural."""
    return {"site": _("Les lieux"), "organisation": _("Les structures"), "offer": _("Les offres")}[kind]


@register.filter
def done(verb: str) -> str:
    """What was done to a row, as its history says it."""
    return _(verb_words(verb))


@register.filter
def field_label(kind: str, field: str) -> str:
    """The French name of a field that a correction speaks of."""
    words = str(CORRECTABLE.get(kind, {}).get(field, _(LABELS.get(field, field))))
    return words[:1].upper() + words[1:]


@register.filter
def value_words(value: str, field: str) -> str:
    """The value of a field as people read it: hours in words, a number in pairs, a day in words."""
    if field == "hours_osm":
        return " ; ".join(hours_text(value, on=timezone.localdate())) or value
    if field == "valid_to" and value:
        return french.day_words(date.fromisoformat(value))
    return french.phone_words(value) if field == "phone" else value


@register.filter
def entry(table: dict[str, str], key: str) -> str:
    """An entry of a table by a key known only here."""
    return table.get(key, key)
