"""The tag ``kept`` as if it were not there, for Django's own way of making a page."""

from typing import Any

from django.template import Context, Library
from django.template.base import Node, Parser, Token

register = Library()


@register.tag("kept")
def kept(parser: Parser, _token: Token) -> Node:
    """Return what stands between the tags, made anew each time."""
    nodelist = parser.parse(("endkept",))
    parser.delete_first_token()
    return Unkept(nodelist)


class Unkept(Node):
    """What stands between the tags."""

    child_nodelists = ("nodelist",)

    def __init__(self, nodelist: Any) -> None:
        self.nodelist = nodelist

    def render(self, context: Context) -> Any:
        """Return it."""
        return self.nodelist.render(context)
