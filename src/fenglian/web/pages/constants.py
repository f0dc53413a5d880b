"""Django's tags for words, addresses, files and includes; what is constant is worked out but once.

``{% translate "…" %}``, ``{% url "…" %}`` without arguments and ``{% static "…" %}`` give the same
on every page of one language, so they become text when the template is compiled, see ``loader``.
An include of a named template is compiled in its place. Everything else is left to Django's tags.
"""

from contextvars import ContextVar
from typing import Any

from django.template import Context, Library
from django.template.base import FilterExpression, Node, NodeList, Parser, TextNode, Token, Variable
from django.template.defaulttags import URLNode, url
from django.template.loader_tags import IncludeNode, do_include
from django.templatetags import i18n, static
from django.templatetags.i18n import TranslateNode, do_translate
from django.templatetags.static import StaticNode, do_static

register = Library()
register.tags.update(i18n.register.tags)
register.filters.update(i18n.register.filters)
register.tags.update(static.register.tags)

# The templates that are being compiled, so that one that includes itself is found out.
_compiling: ContextVar[tuple[str, ...]] = ContextVar("compiling", default=())


def is_constant(found: FilterExpression | None) -> bool:
    """Whether an expression is words between quotes, and nothing is done to them."""
    if found is None:
        return True
    var: Any = found.var
    return not found.filters and (isinstance(var, str) or _is_literal(var))


def _is_literal(var: object) -> bool:
    return isinstance(var, Variable) and var.literal is not None


@register.tag("translate")
@register.tag("trans")
def translate(parser: Parser, token: Token) -> Node:
    """Return the words in the language for which the template is compiled."""
    node = do_translate(parser, token)
    if not isinstance(node, TranslateNode) or node.asvar:
        return node
    fixed = is_constant(node.filter_expression) and is_constant(node.message_context)
    return TextNode(node.render(Context())) if fixed else node


@register.tag("url")
def address(parser: Parser, token: Token) -> Node:
    """Return the address of a page that has only one."""
    node = url(parser, token)
    if not isinstance(node, URLNode) or node.asvar or node.args or node.kwargs:
        return node
    return TextNode(node.render(Context())) if is_constant(node.view_name) else node


@register.tag("static")
def file(parser: Parser, token: Token) -> Node:
    """Return the address of a static file."""
    node = do_static(parser, token)
    if not isinstance(node, StaticNode) or node.varname:
        return node
    return TextNode(node.render(Context())) if is_constant(node.path) else node


class Included(Node):
    """A template in its place in another, with its own names."""

    child_nodelists = ("nodelist",)

    def __init__(self, nodelist: NodeList, values: dict[str, FilterExpression]) -> None:
        self.nodelist = nodelist
        self.values = values

    def render(self, context: Context) -> Any:
        """Return what the included template makes of the context and the values given to it."""
        values = {name: value.resolve(context) for name, value in self.values.items()}
        with context.push(**values):
            return self.nodelist.render(context)


@register.tag("include")
def include(parser: Parser, token: Token) -> Node:
    """Return a named template, compiled; one that is being compiled is included when rendered."""
    node = do_include(parser, token)
    if not isinstance(node, IncludeNode) or node.isolated_context:
        return node
    name = getattr(node.template, "var", None)
    if not is_constant(node.template) or not isinstance(name, str) or name in _compiling.get():
        return node
    loader = parser.origin.loader if parser.origin else None
    if loader is None:
        return node
    before = _compiling.set((*_compiling.get(), name))
    try:
        nodes = loader.engine.get_template(name).nodelist
    finally:
        _compiling.reset(before)
    if all(isinstance(each, TextNode) for each in nodes):
        return TextNode("".join(each.s for each in nodes if isinstance(each, TextNode)))
    return Included(nodes, node.extra_context)
