"""Filters and components of every template (loaded as a builtin).

`translate` and `blocktranslate` are Django's, with French spaces put right on the way out: no text has to carry them.
"""

from datetime import date, datetime
from typing import Any

from django import template
from django.template.base import Node, Parser, Token
from django.template.context import Context
from django.templatetags.i18n import do_block_translate, do_translate
from django.urls import NoReverseMatch, reverse
from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeData, SafeString, mark_safe

from ensemblier.web.templatetags import french
from ensemblier.web.templatetags.icons import arch_svg, icon_svg

register = template.Library()


class Typographic(Node):
    """A text node whose output gets French spaces when the page is in French."""

    def __init__(self, node: Node) -> None:
        self.node = node

    def render(self, context: Context) -> SafeString:
        text = self.node.render(context)
        if french.language() != "fr":
            return mark_safe(text)  # noqa: S308 - as Django gave it
        name = getattr(self.node, "asvar", None)
        if name:
            context[name] = mark_safe(french.typography(context[name]))  # noqa: S308 - as Django gave it
            return SafeString("")
        return mark_safe(french.typography(text))  # noqa: S308 - Django escaped the values inside


@register.tag("translate")
@register.tag("trans")
def translate(parser: Parser, token: Token) -> Node:
    """Django's {% translate %}, with French spaces."""
    return Typographic(do_translate(parser, token))


@register.tag("blocktranslate")
@register.tag("blocktrans")
def blocktranslate(parser: Parser, token: Token) -> Node:
    """Django's {% blocktranslate %}, with French spaces."""
    return Typographic(do_block_translate(parser, token))


@register.filter
def typo(text: object) -> str:
    """French spaces in a text that comes from data (a rule's sentence, a description)."""
    words = text if isinstance(text, str) else str(text)
    if french.language() != "fr":
        return conditional_escape(words)
    put_right = french.typography(words)
    return mark_safe(put_right) if isinstance(words, SafeData) else escape(put_right)  # noqa: S308 - safe as it came


@register.filter
def phone(number: str) -> str:
    """ "0465711230" → "04 65 71 12 30"."""
    return french.phone_words(number)


@register.filter
def tel(number: str) -> str:
    """The digits of a tel: link."""
    return french.phone_digits(number)


@register.filter
def day(value: date) -> str:
    """ "1er décembre 2026"."""
    return french.day_words(value)


@register.filter
def weekday(value: date) -> str:
    """ "mardi 1er décembre 2026"."""
    return french.day_words(value, weekday=True)


@register.filter
def moment(value: datetime) -> str:
    """ "mardi 24 novembre 2026 à 9 h 30"."""
    return french.moment_words(value)


@register.filter
def minutes(value: float) -> str:
    """ "13 min", "1 h 05"."""
    return french.minutes_words(value)


@register.filter
def km(value: float) -> str:
    """ "4,2 km"."""
    return french.km_words(value)


@register.filter
def count(value: float) -> str:
    """ "63 515" with thin spaces."""
    return french.number_words(value)


@register.simple_tag
def icon(name: str) -> SafeString:
    """An icon of bootstrap-icons, inlined; words always stand beside it."""
    return mark_safe(icon_svg(name))  # noqa: S308 - from the locked package


@register.simple_tag
def arch(operator: str = "") -> SafeString:
    """The door of an operator ("" for a partner)."""
    return mark_safe(arch_svg(str(operator)))  # noqa: S308 - built from constants


@register.simple_tag
def form_errors(form: Any) -> list[tuple[str, str, str]]:
    """(id of the field, label, message) of each error of a Django form, in the order of its fields."""
    found = [(field.id_for_label, str(field.label), str(message)) for field in form for message in field.errors]
    return [("", "", str(message)) for message in form.non_field_errors()] + found


@register.simple_tag(takes_context=True)
def nav_link(context: Context, name: str, label: str, icon_name: str = "") -> SafeString:
    """One item of a menu, marked when it is this page; nothing when the address does not exist."""
    try:
        href = reverse(name)
    except NoReverseMatch:
        return SafeString("")
    request = context.get("request")
    match = getattr(request, "resolver_match", None)
    current = (match is not None and match.view_name == name) or context.get("section") == name
    return format_html(
        '<li><a href="{}"{}>{}{}</a></li>',
        href,
        SafeString(' aria-current="page"') if current else "",
        icon(icon_name) if icon_name else "",
        typo(label),
    )
