"""Which short names does a document define for itself: X有限公司(以下简称“Y”)?"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from fenglian.engine.intake.document import Span
from fenglian.engine.intake.mentions.organisations import Organisation, find_organisations
from fenglian.engine.registry.names import normal_form

_DEFINITION = re.compile(r"\((?:以下)?(?:统|均)?简称:?“?(?P<short>[^“”()、,]{2,20})”?\)")


@dataclass(frozen=True, slots=True)
class Definition:
    """Within one document the short name means the full one."""

    document: str  # sha256
    short: str  # normal form
    full: str  # normal form
    span: Span  # clean characters of the brackets


def find_definitions(document: str, folded: str) -> tuple[Definition, ...]:
    """Return the definitions of a document, by place.

    Parameters
    ----------
    document
        Id that the definitions are to carry.
    folded
        The clean text, folded to half width.

    Examples
    --------
    >>> [one] = find_definitions("d", "江苏九鼎集团有限公司(以下简称“九鼎”)是签约方。")
    >>> one.short, one.full
    ('九鼎', '江苏九鼎集团有限公司')
    """
    if "简称" not in folded:
        return ()
    named = find_organisations(folded, (Span(0, len(folded)),))
    return tuple(
        Definition(
            document, normal_form(match["short"]), normal_form(full.name), Span(*match.span())
        )
        for match in _DEFINITION.finditer(folded)
        if (full := _before(named, match.start())) is not None
    )


def _before(named: Iterable[Organisation], at: int) -> Organisation | None:
    return next((each for each in named if each.span.end == at), None)
