"""{% piece %}: a part of a page that depends on nothing but the frozen values given to it, written once for each."""

from functools import lru_cache

from django import template
from django.template.base import FilterExpression, Node, Parser, Token, token_kwargs
from django.template.context import Context
from django.template.exceptions import TemplateSyntaxError
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from ensemblier.web.templatetags import french

register = template.Library()

KEPT = 4096
"""Pieces that a process keeps: some kilobytes each at most."""


class Piece(Node):
    """An include that sees its values alone: neither the request nor who reads, so it may serve the next one."""

    def __init__(self, name: str, values: dict[str, FilterExpression]) -> None:
        self.name = name
        self.values = values

    def render(self, context: Context) -> SafeString:
        values = tuple((key, value.resolve(context)) for key, value in self.values.items())
        return _written(self.name, values, french.language())


def written(name: str, **values: object) -> SafeString:
    """The same for who puts a page together in Python; `values` have a hash and hold nothing that a person wrote."""
    return _written(name, tuple(values.items()), french.language())


@lru_cache(maxsize=KEPT)
def _written(name: str, values: tuple[tuple[str, object], ...], _language: str) -> SafeString:
    return render_to_string(name, dict(values))


@register.tag
def piece(parser: Parser, token: Token) -> Piece:
    """{% piece "components/vos-droits.html" rights=rights %}.

    Never give it what a person wrote: a process keeps what it has written. A value that can change is refused (it has
    no hash).
    """
    _tag, name, *bits = token.split_contents()
    values = token_kwargs(bits, parser)
    if bits or name[0] != '"':
        raise TemplateSyntaxError('{% piece "gabarit.html" valeur=valeur … %}')
    return Piece(name[1:-1], values)
