"""How does a cascade look? The shocked firm, its customers to the right, its suppliers to the left.

Firms stand in columns by how many links lie between them and the one that fell out. Drawn on the
server as an SVG, with classes for its colours.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from fenglian.engine.chain.supply_network import SupplyNetwork
from fenglian.engine.kernels.explosion import Floats
from fenglian.web.chain.drawing import wrap
from fenglian.web.chain.layout import Box, Sizes, lay_out
from fenglian.web.intake.wording import language

LEAST, MOST = 0.005, 28  # share lost to be drawn, firms that are drawn
SIZES = Sizes(width=138.0, height=46.0, gutter=44.0, gap=8.0, margin=6.0, top=26.0)
SIZES_EN = Sizes(width=138.0, height=62.0, gutter=44.0, gap=8.0, margin=6.0, top=26.0)


class Lost(Protocol):
    """What every firm loses in one cascade."""

    @property
    def down(self) -> Floats:
        """(firms,) for lack of inputs."""
        ...

    @property
    def up(self) -> Floats:
        """(firms,) for lack of customers."""
        ...


@dataclass(frozen=True, slots=True)
class Firm:
    """One firm of the picture."""

    firm: str
    name: str
    lines: tuple[str, ...]
    value: str  # what it loses, in per cent
    x: str
    y: str
    width: str
    height: str
    bar: str
    bar_y: str
    value_y: str
    shocked: bool


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column: how many links away, and on which side."""

    x: str
    steps: int  # below 0: suppliers


@dataclass(frozen=True, slots=True)
class Picture:
    """The whole cascade."""

    firms: tuple[Firm, ...]
    paths: tuple[str, ...]
    heads: tuple[Head, ...]
    width: str
    height: str
    hidden: int  # firms that lose something and are not drawn


def draw_cascade(
    network: SupplyNetwork, losses: Lost, shocked: str, name_of: Callable[[str], str]
) -> Picture:
    """Return the picture of what one firm's failure does."""
    first = network.place(shocked)
    lost = {
        at: max(float(losses.down[at]), float(losses.up[at])) for at in range(len(network.firms))
    }
    hit = sorted(
        (at for at in lost if lost[at] >= LEAST and at != first), key=lambda at: (-lost[at], at)
    )
    drawn = {first, *hit[:MOST]}
    links = {
        (int(giver), int(taker))
        for giver, taker in zip(network.suppliers, network.buyers, strict=True)
        if giver in drawn and taker in drawn
    }
    steps = _steps(first, drawn, links, losses)
    ways = sorted(set(steps.values()))
    columns = [[network.firms[at] for at in sorted(steps) if steps[at] == way] for way in ways]
    named = [(network.firms[a], network.firms[b]) for a, b in links if a in steps and b in steps]
    sizes = SIZES if language().startswith("zh") else SIZES_EN
    layout = lay_out(columns, sorted(named), "", sizes)
    return Picture(
        firms=tuple(
            _firm(box, lost[network.place(box.product)], name_of, shocked=box.product == shocked)
            for box in layout.boxes
        ),
        paths=tuple(wire.path for wire in layout.wires),
        heads=tuple(
            Head(_n(sizes.margin + number * (sizes.width + sizes.gutter)), way)
            for number, way in enumerate(ways)
        ),
        width=_n(layout.width + sizes.margin),
        height=_n(layout.height),
        hidden=len(hit) + 1 - len(steps),
    )


def _steps(
    first: int, drawn: Iterable[int], links: Iterable[tuple[int, int]], losses: Lost
) -> dict[int, int]:
    """Return how many links away each firm is: customers above 0, suppliers below.

    A firm that is reached both ways stands where it loses more.
    """
    buyers: dict[int, list[int]] = {}
    givers: dict[int, list[int]] = {}
    for giver, taker in links:
        buyers.setdefault(giver, []).append(taker)
        givers.setdefault(taker, []).append(giver)
    down, up = _away(first, buyers), _away(first, givers)
    whole = {first: 0}
    for at in drawn:
        if at == first:
            continue
        right = at in down and (at not in up or losses.down[at] >= losses.up[at])
        if right:
            whole[at] = down[at]
        elif at in up:
            whole[at] = -up[at]
        else:  # hit round a corner: by a customer's customer's other supplier, say
            whole[at] = _beyond(losses, at, down, up)
    return whole


def _beyond(losses: Lost, at: int, down: Mapping[int, int], up: Mapping[int, int]) -> int:
    if losses.down[at] >= losses.up[at]:
        return max(down.values()) + 1
    return -max(up.values()) - 1


def _away(first: int, ways: Mapping[int, list[int]]) -> dict[int, int]:
    found, waiting = {first: 0}, [first]
    for here in waiting:
        for there in sorted(ways.get(here, ())):
            if there not in found:
                found[there] = found[here] + 1
                waiting.append(there)
    return found


def _firm(box: Box, lost: float, name_of: Callable[[str], str], *, shocked: bool) -> Firm:
    name = name_of(box.product)
    return Firm(
        firm=box.product,
        name=name,
        lines=wrap(name, 16),
        value=f"{100 * lost:.0f}" if lost >= 0.01 else f"{100 * lost:.1f}",
        x=_n(box.x),
        y=_n(box.y),
        width=_n(box.width),
        height=_n(box.height),
        bar=_n(max(1.0, 78 * lost)),
        bar_y=_n(box.height - 14),
        value_y=_n(box.height - 7),
        shocked=shocked,
    )


def _n(number: float) -> str:
    return f"{number:.1f}"
