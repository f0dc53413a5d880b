"""How does the coverage skyline of a brief come onto a page? The same option, drawn as SVG here.

The drawing takes its colours from the page's own tokens, so that it follows light, dark and
print without a script.
"""

import json
import re
from dataclasses import dataclass
from functools import lru_cache

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from fenglian.engine.advice.brief import Chart
from fenglian.engine.advice.skyline import Bar, skyline
from fenglian.engine.analysis.coverage import Coverage
from fenglian.engine.labels import Label
from fenglian.render.chart import draw
from fenglian.render.tokens import TOKENS
from fenglian.web.chain.figures import HUNDRED
from fenglian.web.chain.queries import OpenChain
from fenglian.web.intake.wording import language

WIDTH, HEIGHT = 780, 440  # CSS pixels
_PAINTS = {colour: f"var(--{name})" for name, colour in reversed(list(TOKENS.items()))}
_PAINT = re.compile(r'(fill|stroke)="(#[0-9a-f]{6})"')
_STYLE = re.compile(r' style="([^"]*)"')


@dataclass(frozen=True, slots=True)
class Skyline:
    """The drawing, and what it says in a sentence."""

    svg: SafeString
    alternative: str


def draw_skyline(view: OpenChain, rows: list[Coverage]) -> Skyline:
    """Return the skyline of these coverages."""
    bars = [_bar(view, row) for row in rows]
    known = [bar for bar in bars if bar.low is not None]
    alternative = _("Coverage of %(count)s products; known of %(known)s, not found of the others.")
    words = alternative % {"count": len(bars), "known": len(known)}
    text = json.dumps(skyline(bars, language()), ensure_ascii=False)
    return Skyline(_drawing(text, words), words)


def _bar(view: OpenChain, row: Coverage) -> Bar:
    ratio, name = row.ratio.times(HUNDRED), view.chain.product(row.product).name
    return Bar(
        name=Label(name.zh.partition("（")[0], name.en.partition(" (")[0]),
        low=ratio.low,
        high=ratio.high,
        status=row.status,
    )


@lru_cache(maxsize=64)
def _drawing(option: str, words: str) -> SafeString:
    chart = Chart(
        title=Label("", ""),
        option=Label(option, option),
        width=WIDTH,
        height=HEIGHT,
        alternative=Label(words, words),
        sources=(),
    )
    # Safe: our own renderer, names of products escaped by it, and no style attribute left.
    return mark_safe(for_page(draw(chart, "zh"), words))  # noqa: S308


def for_page(svg: str, words: str) -> str:
    """Return a drawing with tokens for colours and attributes for styles, as the policy wants."""
    svg = _PAINT.sub(lambda hit: f'{hit[1]}="{_PAINTS.get(hit[2], hit[2])}"', svg)
    svg = _STYLE.sub(lambda hit: _attributes(hit[1]), svg)
    return svg.replace("<svg ", f'<svg class="skyline" role="img" aria-label="{escape(words)}" ', 1)


def _attributes(style: str) -> str:
    pairs = (each.partition(":") for each in style.split(";") if each)
    kept = {name: value for name, _colon, value in pairs if name in ("font-size", "font-weight")}
    return "".join(f' {name}="{value}"' for name, value in kept.items())
