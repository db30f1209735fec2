"""Filters and components of every template (loaded as a builtin).

`translate` and `blocktranslate` are Django's, with French spaces put right on the way out: no text has to carry them.
"""

from datetime import date, datetime
from functools import cache
from typing import Any

from django import template
from django.template.base import FilterExpression, Node, Parser, TextNode, Token
from django.template.context import Context
from django.template.defaulttags import url as django_url
from django.templatetags.i18n import do_block_translate, do_translate
from django.urls import NoReverseMatch, reverse
from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeData, SafeString, mark_safe
from django.utils.translation import gettext

from ensemblier.kernel.words import said_in
from ensemblier.web.english import in_english
from ensemblier.web.templatetags import french
from ensemblier.web.templatetags.icons import arch_svg, icon_svg

register = template.Library()


class Typographic(Node):
    """A text node whose output gets French spaces when the page is in French; a fixed text is put right once.

    `is_constant`: what it shows depends on the language alone.
    """

    def __init__(self, node: Node) -> None:
        self.node = node
        self.name: str = getattr(node, "asvar", None) or ""
        self.is_fixed = _is_fixed(node)
        self.is_constant = self.is_fixed and not self.name
        self.known: dict[str, SafeString] = {}

    def render(self, context: Context) -> SafeString:
        language = french.language()
        words = self.known.get(language) if self.is_fixed else None
        if words is None:
            words = self._words(context, language)
            if self.is_fixed:
                self.known[language] = words
        if not self.name:
            return words
        context[self.name] = words
        return SafeString("")

    def _words(self, context: Context, language: str) -> SafeString:
        shown = self.node.render(context)
        text = context[self.name] if self.name else shown
        return mark_safe(french.typography(text) if language == "fr" else text)  # noqa: S308 - escaped by Django


def _is_fixed(node: Node) -> bool:
    """Whether the text depends on the language alone."""
    expression = getattr(node, "filter_expression", None)
    if expression is None or getattr(node, "message_context", None):
        return False
    return not expression.filters and getattr(expression.var, "literal", None) is not None


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
def said(text: object) -> str:
    """The words of a core (a label, a state, a role) in the language of the page; proper names stay as they are."""
    words = text if isinstance(text, str) else str(text)
    return typo(said_in(words, gettext)) if words else ""


@register.filter
def times(text: str) -> str:
    """Opening hours or a rhythm, as the directory says them in French, in the language of the page."""
    return typo(text if french.language() == "fr" else in_english(text))


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


class Icon(Node):
    """An icon whose name is only known when the page is shown."""

    def __init__(self, name: FilterExpression) -> None:
        self.name = name

    def render(self, context: Context) -> SafeString:
        return mark_safe(icon_svg(str(self.name.resolve(context))))  # noqa: S308 - from the locked package


@register.tag
def icon(parser: Parser, token: Token) -> Node:
    """{% icon "telephone" %}: an icon of bootstrap-icons, inlined; words always stand beside it.

    A name written in the template becomes plain text when the template is read: it costs nothing afterwards.
    """
    name = token.split_contents()[1]
    if name[0] == name[-1] == '"':
        return TextNode(icon_svg(name[1:-1]))
    return Icon(parser.compile_filter(name))


@cache
def _address(name: str) -> str:
    """The address of a page without parameters, "" when it is not installed."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


@register.simple_tag
def arch(operator: str = "") -> SafeString:
    """The door of an operator ("" for a partner)."""
    return mark_safe(arch_svg(str(operator)))  # noqa: S308 - built from constants


@register.simple_tag
def form_errors(form: Any) -> list[tuple[str, str, str]]:
    """(id of the field, label, message) of each error of a Django form, in the order of its fields."""
    found = [(field.id_for_label, str(field.label), str(message)) for field in form for message in field.errors]
    return [("", "", str(message)) for message in form.non_field_errors()] + found


class KnownAddress(Node):
    """An address without parameters: looked for once."""

    def __init__(self, name: str) -> None:
        self.name = name

    def render(self, _context: Context) -> SafeString:
        return SafeString(_known_address(self.name))


@register.tag
def url(parser: Parser, token: Token) -> Node:
    """Django's {% url %}; an address without parameters is only computed once."""
    bits = token.split_contents()
    if len(bits) == 2 and bits[1][0] == bits[1][-1] and bits[1][0] in "'\"":
        return KnownAddress(bits[1][1:-1])
    return django_url(parser, token)


@cache
def _known_address(name: str) -> str:
    return escape(reverse(name))


@cache
def _item(name: str, label: str, icon_name: str, is_current: bool, css: str = "") -> SafeString:
    href = _address(name)
    if not href:
        return SafeString("")
    return format_html(
        '<li{}><a href="{}"{}>{}{}</a></li>',
        format_html(' class="{}"', css) if css else "",
        href,
        SafeString(' aria-current="page"') if is_current else "",
        SafeString(icon_svg(icon_name)) if icon_name else "",
        typo(label),
    )


@register.simple_tag(takes_context=True)
def nav_link(context: Context, name: str, label: str, icon_name: str = "", css: str = "") -> SafeString:
    """One item of a menu, marked when it is this page; nothing when the address does not exist."""
    current = name in (context.get("here"), context.get("section"))
    return _item(name, str(label), icon_name, current, css)
