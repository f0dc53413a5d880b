"""A part of a page that its values alone decide is made once, and then kept.

``{% kept name note mark %}…{% endkept %}``: what stands between is to use those values and nothing
else of the context. They are kept for each place in a template, which is compiled for one language,
see ``loader``; a value that cannot be compared makes the part anew.
"""

from collections.abc import Hashable
from typing import Any

from django.template import Context, Library, TemplateSyntaxError
from django.template.base import FilterExpression, Node, NodeList, Parser, Token

register = Library()
MOST = 20_000  # parts of one place in a template; then it begins anew


class Kept(Node):
    """What stands between the tags, kept by the values that decide it."""

    child_nodelists = ("nodelist",)

    def __init__(self, nodelist: NodeList, values: list[FilterExpression]) -> None:
        self.nodelist = nodelist
        self.values = values
        self.parts: dict[Hashable, str] = {}

    def render(self, context: Context) -> str:
        """Return the part as it was made for the same values, or make it."""
        values = [each.resolve(context) for each in self.values]
        # 1, 1.0 and True are equal and look different.
        key = (context.autoescape, *values, *map(type, values))
        try:
            return self.parts[key]
        except KeyError:
            pass
        except TypeError:
            return self._make(context)
        if len(self.parts) >= MOST:
            self.parts.clear()
        made = self.parts[key] = self._make(context)
        return made

    def _make(self, context: Context) -> str:
        made: str = self.nodelist.render(context)
        return made


@register.tag("kept")
def kept(parser: Parser, token: Token) -> Node:
    """Return the part up to ``endkept``, kept by the values that are named."""
    words: Any = token.split_contents()[1:]
    if not words:
        raise TemplateSyntaxError("{% kept %} needs the values that decide the part.")
    nodelist = parser.parse(("endkept",))
    parser.delete_first_token()
    return Kept(nodelist, [parser.compile_filter(word) for word in words])
