"""A template whose names are looked up and shown by the short way, where it is the same.

Django looks every name up in four ways and shows every value in four steps, because it may be
anything. Here it is nearly always a field of a record and a text; whatever else comes goes
Django's own way, so that a page never differs by a character.
"""

from collections.abc import Iterable
from html import escape
from typing import Any

from django.template import Context
from django.template.base import (
    DebugLexer,
    FilterExpression,
    Lexer,
    Node,
    NodeList,
    Parser,
    Template,
    TextNode,
    Token,
    Variable,
    VariableNode,
    render_value_in_context,
)
from django.utils.safestring import SafeString


class Page(Template):
    """A template, compiled with the expressions of this file."""

    def compile_nodelist(self) -> NodeList:
        """Return the nodes of the template."""
        if self.engine.debug:
            lexer: Lexer = DebugLexer(self.source)
        else:
            lexer = Lexer(self.source)
        libraries, builtins = self.engine.template_libraries, self.engine.template_builtins
        parser = PageParser(lexer.tokenize(), libraries, builtins, self.origin)
        parser.annotates = self.engine.debug
        nodes = parser.parse()
        self.extra_data = parser.extra_data
        return nodes


class PageParser(Parser):
    """Django's parser, which makes expressions, shown values and lists of nodes of this file."""

    annotates = False  # where a fault in a template is to be shown in its place

    def parse(self, parse_until: Iterable[str] | None = None) -> NodeList:
        """Return the nodes as far as one of the tags."""
        found = super().parse(parse_until)
        if self.annotates:
            return found
        nodes = Nodes(found)
        nodes.contains_nontext = found.contains_nontext
        return nodes

    def compile_filter(self, token: str) -> FilterExpression:
        """Return an expression."""
        return Expression(token, self)

    def extend_nodelist(self, nodelist: NodeList, node: Node, token: Token) -> None:
        """Add a node; texts that follow each other become one."""
        if isinstance(node, TextNode) and nodelist and isinstance(nodelist[-1], TextNode):
            nodelist[-1].s += node.s
            return
        if type(node) is VariableNode:
            node = Shown(node.filter_expression)
        super().extend_nodelist(nodelist, node, token)


class Nodes(NodeList):
    """Nodes, asked for their text without the way round that tells of a fault where it happened."""

    def render(self, context: Context) -> SafeString:
        """Return the texts of all of them."""
        return SafeString("".join([node.render(context) for node in self]))


class Expression(FilterExpression):
    """An expression; ``path`` are its names, where nothing else is done to what they lead to."""

    path: tuple[str, ...] = ()

    def __init__(self, token: str, parser: Parser) -> None:
        super().__init__(token, parser)
        var: Any = self.var
        if isinstance(var, Variable) and var.lookups and not var.translate and not self.filters:
            self.path = tuple(var.lookups)

    def resolve(self, context: Context, ignore_failures: bool = False) -> Any:
        """Return the value in a context."""
        if self.path:
            try:
                return _look_up(self.path, context)
            except (LookupError, AttributeError):
                pass  # by Django's way it may still be found, or is told as Django tells it
        return super().resolve(context, ignore_failures)


def _look_up(path: tuple[str, ...], context: Context) -> Any:
    """Return what names lead to, by way of dictionaries and fields; ``LookupError``: not by these."""
    found = context[path[0]]
    for name in path[1:]:
        if type(found) is dict:
            found = found[name]
        elif hasattr(type(found), "__getitem__"):
            raise LookupError
        else:
            found = getattr(found, name)
        if callable(found):
            raise LookupError
    if callable(found):
        raise LookupError
    return found


class Shown(VariableNode):
    """A value on the page."""

    def render(self, context: Context) -> str:
        """Return the value as it stands on the page."""
        value = self.filter_expression.resolve(context)
        kind = type(value)
        if kind is SafeString:
            return value  # type: ignore[no-any-return]
        if kind is str and context.autoescape:
            return escape(value)
        return render_value_in_context(value, context)

    render_annotated = render  # as a loop asks for it
