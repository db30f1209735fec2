"""Templates whose constant parts are put together once: a run of fixed words, addresses and static files is one string
per language, instead of dozens of nodes walked for every page."""

from collections.abc import Iterator

from django.template.base import FilterExpression, Node, NodeList, Origin, Template, TextNode, Variable
from django.template.context import Context
from django.template.defaulttags import IfNode
from django.template.loaders.cached import Loader as CachedLoader
from django.templatetags.static import StaticNode
from django.utils.safestring import SafeString

from ensemblier.web.templatetags import french
from ensemblier.web.templatetags.house import KnownAddress, Typographic


class Constant(Node):
    """Neighbouring nodes that depend on the language alone."""

    def __init__(self, nodes: list[Node]) -> None:
        self.nodes = nodes
        self.token = nodes[0].token
        self.origin = nodes[0].origin
        self.known: dict[str, SafeString] = {}

    def render(self, context: Context) -> SafeString:
        language = french.language()
        if language not in self.known:
            self.known[language] = SafeString("".join(str(node.render_annotated(context)) for node in self.nodes))
        return self.known[language]


class Loader(CachedLoader):
    """The cached loader; each template is put together when it is first read."""

    def get_template(self, template_name: str, skip: list[Origin] | None = None) -> Template:
        """The template, its constant runs joined. Raises TemplateDoesNotExist."""
        is_new = self.cache_key(template_name, skip) not in self.get_template_cache
        template = super().get_template(template_name, skip)
        if is_new:
            _join(template.nodelist)
        return template


def _join(nodes: NodeList) -> None:
    """Joins the runs of a list of nodes, and of every list inside it, in place."""
    joined: list[Node] = []
    run: list[Node] = []
    for node in nodes:
        if _is_constant(node):
            run.append(node)
            continue
        joined += _one(run)
        run = []
        for inner in _inside(node):
            _join(inner)
        joined.append(node)
    nodes[:] = joined + _one(run)


def _one(run: list[Node]) -> list[Node]:
    return list(run) if len(run) < 2 else [Constant(run)]


def _inside(node: Node) -> Iterator[NodeList]:
    if isinstance(node, IfNode):
        yield from (inner for _, inner in node.conditions_nodelists)
        return
    for name in node.child_nodelists:
        inner = getattr(node, name, None)
        if isinstance(inner, NodeList):
            yield inner


def _is_constant(node: Node) -> bool:
    if isinstance(node, Typographic):
        return node.is_constant
    if isinstance(node, StaticNode):
        return node.varname is None and _is_literal(node.path)
    return isinstance(node, TextNode | KnownAddress)


def _is_literal(expression: FilterExpression) -> bool:
    return not expression.filters and not (isinstance(expression.var, Variable) and expression.var.lookups)
