"""How does the map look? Boxes, bars and links of a layout, ready for the SVG."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from fenglian.engine.analysis.coverage import Coverage, Status
from fenglian.engine.chain.intervals import Interval
from fenglian.engine.chain.records import Product
from fenglian.engine.labels import Label
from fenglian.web.chain.layout import Box, Link, Sizes, lay_out
from fenglian.web.chain.queries import OpenChain
from fenglian.web.intake.wording import language, say

FULL = 150.0  # per cent; a bar that reaches further is cut
STATES = {
    Status.MET: Label("满足", "met"),
    Status.SHORT: Label("不足", "short"),
    Status.MISSING: Label("断点", "missing"),
    Status.UNKNOWN: Label("未查到", "not found"),
}
BADGES = {Status.MET: "met", Status.SHORT: "short", Status.MISSING: "gap", Status.UNKNOWN: "unk"}
_PER_LINE = {"zh": 8, "en": 16}  # characters of a name in a box
_LINES = 2


@dataclass(frozen=True, slots=True)
class Bar:
    """Coverage as a bar: sure up to the low end, possible up to the high end."""

    width: str
    tick: str
    sure: str  # lengths; empty: none
    possible: str
    hatched: bool  # what lies beyond is not known
    state: str


@dataclass(frozen=True, slots=True)
class Node:
    """A product on the map."""

    product: str
    lines: tuple[str, ...]
    title: str
    value: str
    state: str
    focus: bool
    lead: bool
    manner: str  # classes: sel, kin, first
    current: bool
    x: str
    y: str
    width: str
    height: str
    value_x: str
    value_y: str
    bar_y: str
    bar: Bar


@dataclass(frozen=True, slots=True)
class Edge:
    """A link on the map."""

    path: str
    hot: bool
    around: bool  # it passes products that are not drawn


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column."""

    name: str
    count: str
    left: str
    right: str


@dataclass(frozen=True, slots=True)
class Map:
    """Everything that is drawn."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    heads: tuple[Head, ...]
    width: str
    height: str


def draw_bar(ratio: Interval, status: Status | None, width: float) -> Bar:
    """Return the bar of a coverage; an empty one where nothing is needed."""
    scale = width / FULL
    low = None if ratio.low is None else min(FULL, ratio.low * 100) * scale
    high = None if ratio.high is None else min(FULL, ratio.high * 100) * scale
    unknown = status is Status.UNKNOWN and high is None
    return Bar(
        width=_n(width),
        tick=_n(100 * scale),
        sure=_n(low) if low else "",
        possible=_n(high) if high else "",
        hatched=unknown,
        state=str(status or "none"),
    )


def show_ratio(cover: Coverage | None) -> str:
    """Return a coverage in a few characters: 16–74, ≥ 16, or that it is not known."""
    if cover is None:
        return _("not needed")
    if cover.status is Status.MISSING:
        return say(STATES[cover.status])
    low, high = (_end(end) for end in (cover.ratio.low, cover.ratio.high))
    if low and high:
        return low if low == high else f"{low}–{high}"
    if low and low != "0":
        return f"≥ {low}"
    return say(STATES[Status.UNKNOWN])


def _end(end: float | None) -> str:
    if end is None:
        return ""
    return f"{FULL:.0f}+" if end * 100 > FULL else f"{end * 100:.0f}"


def short_name(product: Product) -> str:
    """Return a product's name without what stands in brackets."""
    return say(product.name).partition("（")[0].partition(" (")[0]


def draw_map(
    view: OpenChain, shown: Iterable[str], selected: str, first: Iterable[str] = ()
) -> Map:
    """Return the map of the products that are shown, one selected, some to be lifted first."""
    chain, names = view.chain, set(shown)
    columns = [
        [each.id for each in chain.products if each.stage == stage.id and each.id in names]
        for stage in view.columns
    ]
    drawn = {name for column in columns for name in column}
    direct = {(link.part, link.parent) for link in chain.links}
    links = _links(direct, drawn)
    sizes = Sizes() if language().startswith("zh") else Sizes(height=58)
    lead = chain.lead_product
    layout = lay_out(columns, sorted(links), lead, sizes)
    way, kin = _lit(links, selected)
    manners = dict.fromkeys(kin, "kin") | {selected: "sel"}
    manners |= {name: f"{manners.get(name, '')} first".strip() for name in first}
    return Map(
        nodes=tuple(_node(view, box, lead, manners.get(box.product, "")) for box in layout.boxes),
        edges=tuple(
            Edge(wire.path, (wire.part, wire.product) in way, (wire.part, wire.product) not in direct)
            for wire in sorted(layout.wires, key=lambda each: (each.part, each.product) in way)
        ),
        heads=tuple(_heads(view, columns, sizes)),
        width=_n(layout.width),
        height=_n(layout.height),
    )  # fmt: skip


def _heads(view: OpenChain, columns: list[list[str]], sizes: Sizes) -> Iterable[Head]:
    for number, (stage, column) in enumerate(zip(view.columns, columns, strict=True)):
        left = sizes.margin + number * (sizes.width + sizes.gutter)
        whole = sum(each.stage == stage.id for each in view.chain.products)
        count = f"{len(column)}" if len(column) == whole else f"{len(column)}/{whole}"
        yield Head(
            say(stage.name),
            count,
            _n(left),
            _n(left + sizes.width),
        )


def _links(direct: set[Link], drawn: set[str]) -> set[Link]:
    """Return the links between drawn products, also those that pass products not drawn."""
    above: dict[str, set[str]] = {}
    for part, parent in direct:
        above.setdefault(part, set()).add(parent)
    found: set[Link] = set()
    for part in drawn:
        seen, waiting = {part}, list(above.get(part, ()))
        while waiting:
            parent = waiting.pop()
            if parent in seen:
                continue
            seen.add(parent)
            if parent in drawn:
                found.add((part, parent))
            else:
                waiting += above.get(parent, ())
    return found


def _lit(links: set[Link], selected: str) -> tuple[set[Link], set[str]]:
    """Return what shines: the way of a product up to the end of the chain, and its own parts."""
    way = {link for link in links if link[1] == selected}
    waiting, seen = [selected], {selected}
    while waiting:
        here = waiting.pop()
        for link in links:
            if link[0] == here:
                way.add(link)
                if link[1] not in seen:
                    seen.add(link[1])
                    waiting.append(link[1])
    return way, {name for link in way for name in link} - {selected}


def _node(view: OpenChain, box: Box, lead: str, manner: str) -> Node:
    product = view.chain.product(box.product)
    cover = view.covers.get(product.id)
    status = cover.status if cover else None
    ratio = cover.ratio if cover else Interval(None, None, None)
    is_lead, chinese = product.id == lead, language().startswith("zh")
    value = show_ratio(cover)
    return Node(
        product=product.id,
        lines=wrap(short_name(product), 11 if is_lead and not chinese else _PER_LINE["en"]),
        title=_node_title(say(product.name), value, status),
        value=value,
        state=str(status or "none"),
        focus=product.focus,
        lead=is_lead,
        manner=manner,
        current="sel" in manner,
        x=_n(box.x),
        y=_n(box.y),
        width=_n(box.width),
        height=_n(box.height),
        value_x=_n(12.0 if is_lead else box.width - 8),
        value_y=_n(box.height - (38 if is_lead else 7)),
        bar_y=_n(box.height - (26 if is_lead else 14)),
        bar=draw_bar(ratio, status, box.width - (24 if is_lead else 74 if chinese else 80)),
    )


def _node_title(name: str, value: str, status: Status | None) -> str:
    if status is None or status in (Status.UNKNOWN, Status.MISSING):
        return _("%(name)s, coverage: %(state)s") % {"name": name, "state": value}
    return _("%(name)s, coverage %(value)s %%, %(state)s") % {
        "name": name,
        "value": value,
        "state": say(STATES[status]),
    }


def wrap(name: str, most: int) -> tuple[str, ...]:
    """Break a name into at most two lines; Chinese names have one."""
    if language().startswith("zh"):
        most = _PER_LINE["zh"]
        return (name if len(name) <= most else f"{name[: most - 1]}…",)
    lines: list[str] = []
    for word in name.split():
        if lines and len(lines[-1]) + 1 + len(word) <= most:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    shown = [line if len(line) <= most else f"{line[: most - 1]}…" for line in lines[:_LINES]]
    if len(lines) > _LINES and not shown[-1].endswith("…"):
        shown[-1] = f"{shown[-1][: most - 1]}…"
    return tuple(shown)


def _n(number: float) -> str:
    return f"{number:.1f}"
