"""How the values of an export are read: days, instants, yes and no, in words. `{% load person %}`."""

from datetime import date, datetime

from django import template
from django.utils.translation import gettext

from ensemblier.journey.core.explained import Why
from ensemblier.web.templatetags import french

register = template.Library()


@register.filter
def in_language(one: Why) -> str:
    """The sentence of a reason in the language of the page."""
    return one.en if french.language() == "en" and one.en else one.fr


@register.filter
def in_words(value: object) -> str:
    """A value of a column as a person reads it."""
    if isinstance(value, bool):
        return gettext("oui") if value else gettext("non")
    if isinstance(value, datetime):
        return gettext("toujours ouvert") if value.year == 9999 else french.moment_words(value)
    return french.day_words(value) if isinstance(value, date) else str(value)
