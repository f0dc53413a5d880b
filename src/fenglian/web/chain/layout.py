"""Where does every product of the map stand, and which way do its links run?

Columns stand side by side. A link that skips a column runs through it in a lane of its own, so
that no link is ever drawn behind a product. Plain arithmetic: equal input, equal picture.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

SWEEPS = 8  # over the columns, to and fro
Link = tuple[str, str]  # part, product that it goes into
Item = str | tuple[str, int]  # a product, or the lane towards a product in a column


@dataclass(frozen=True, slots=True)
class Sizes:
    """Lengths in pixels."""

    width: float = 118.0  # of a product
    height: float = 40.0
    lead: float = 132.0  # height of the lead product
    gutter: float = 46.0  # between columns
    gap: float = 6.0  # between products
    lane: float = 4.0
    margin: float = 22.0  # left of the first column, for links inside it
    top: float = 34.0  # above the first product, for the heads of the columns


@dataclass(frozen=True, slots=True)
class Box:
    """The place of one product."""

    product: str
    column: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Wire:
    """The way of one link, as the path of an SVG."""

    part: str
    product: str
    path: str
    lanes: tuple[tuple[int, float], ...]  # column and height of each lane that it takes


@dataclass(frozen=True, slots=True)
class Layout:
    """The whole map."""

    boxes: tuple[Box, ...]
    wires: tuple[Wire, ...]
    width: float
    height: float


def lay_out(
    columns: Sequence[Sequence[str]],
    links: Iterable[Link],
    lead: str = "",
    sizes: Sizes = Sizes(),
) -> Layout:
    """Return the places of products in columns, and the ways of the links between them."""
    at = {product: number for number, column in enumerate(columns) for product in column}
    known = [link for link in links if link[0] in at and link[1] in at]
    routes = {link: _route(link, at) for link in known}
    rows = _fill(columns, routes.values())
    _sort(rows, _neighbours(routes.values()))
    tall = {item: _tall(item, lead, sizes) for row in rows for item in row}
    middle = _spread(rows, _neighbours(routes.values()), tall, sizes)
    boxes = [
        Box(product, column, _left(column, sizes), middle[product] - tall[product] / 2 + sizes.top,
            sizes.width, tall[product])
        for product, column in at.items()
    ]  # fmt: skip
    ports = _ports(routes, middle, tall, at)
    wires = [_wire(link, route, ports, middle, at, sizes) for link, route in routes.items()]
    width = _left(len(columns), sizes) - sizes.gutter + 2
    height = max((box.y + box.height for box in boxes), default=sizes.top)
    return Layout(tuple(boxes), tuple(wires), width, height + 4)


def _left(column: int, sizes: Sizes) -> float:
    return sizes.margin + column * (sizes.width + sizes.gutter)


def _route(link: Link, at: Mapping[str, int]) -> list[Item]:
    """Return what a link passes, from left to right; nothing between where it stays in a column."""
    part, product = link
    if at[part] == at[product]:
        return [part, product]
    first, last = (part, product) if at[part] < at[product] else (product, part)
    lanes: list[Item] = [(last, column) for column in range(at[first] + 1, at[last])]
    return [first, *lanes, last]


def _fill(columns: Sequence[Sequence[str]], routes: Iterable[list[Item]]) -> list[list[Item]]:
    rows: list[list[Item]] = [list(column) for column in columns]
    for route in routes:
        for item in route:
            if not isinstance(item, str) and item not in rows[item[1]]:
                rows[item[1]].append(item)
    return rows


def _neighbours(routes: Iterable[list[Item]]) -> dict[Item, list[Item]]:
    found: dict[Item, list[Item]] = {}
    for route in routes:
        for one, other in pairwise(route):
            found.setdefault(one, []).append(other)
            found.setdefault(other, []).append(one)
    return found


def _sort(rows: list[list[Item]], near: Mapping[Item, list[Item]]) -> None:
    """Bring every item beside its neighbours: the mean of their places, column by column."""
    order = [*range(1, len(rows)), *range(len(rows) - 2, -1, -1)]
    place: dict[Item, float] = {}
    for row in rows:
        place |= _places(row)
    for _ in range(SWEEPS):
        for column in order:
            wish = {item: _mean([place[other] for other in near.get(item, ())], place[item])
                    for item in rows[column]}  # fmt: skip
            rows[column].sort(key=lambda item, wish=wish: wish[item])  # type: ignore[misc]  # bound now
            place |= _places(rows[column])


def _places(row: list[Item]) -> dict[Item, float]:
    return {item: (number + 0.5) / len(row) for number, item in enumerate(row)}


def _mean(numbers: list[float], otherwise: float) -> float:
    return sum(numbers) / len(numbers) if numbers else otherwise


def _tall(item: Item, lead: str, sizes: Sizes) -> float:
    if not isinstance(item, str):
        return sizes.lane
    return sizes.lead if item == lead else sizes.height


def _spread(
    rows: list[list[Item]],
    near: Mapping[Item, list[Item]],
    tall: Mapping[Item, float],
    sizes: Sizes,
) -> dict[Item, float]:
    """Return the middle of every item: as near to its neighbours as the room allows."""
    floor = max((_room(row, tall, sizes) for row in rows), default=0.0)
    middle: dict[Item, float] = {}
    for row in rows:
        wishes = [floor * (number + 0.5) / len(row) for number in range(len(row))]
        middle |= _settle(row, wishes, tall, floor, sizes)
    for _ in range(SWEEPS):
        for row in (*rows, *reversed(rows)):
            wishes = [
                _mean([middle[other] for other in near.get(item, ())], middle[item]) for item in row
            ]
            middle |= _settle(row, wishes, tall, floor, sizes)
    return middle


def _room(row: list[Item], tall: Mapping[Item, float], sizes: Sizes) -> float:
    return sum(tall[item] for item in row) + sizes.gap * max(0, len(row) - 1)


def _settle(
    row: list[Item], wishes: list[float], tall: Mapping[Item, float], floor: float, sizes: Sizes
) -> dict[Item, float]:
    """Return middles in order and without overlap, by least squares to the wishes.

    Distances taken off, the wish is a sequence that must not fall: pool adjacent violators.
    """
    if not row:
        return {}
    below = [0.0]
    for one, other in pairwise(row):
        below.append(below[-1] + (tall[one] + tall[other]) / 2 + sizes.gap)
    pools: list[tuple[float, int]] = []
    for wish, shift in zip(wishes, below, strict=True):
        pools.append((wish - shift, 1))
        while len(pools) > 1 and pools[-2][0] >= pools[-1][0]:
            (high, many), (low, few) = pools[-2], pools.pop()
            pools[-1] = ((high * many + low * few) / (many + few), many + few)
    level = [mean for mean, many in pools for _ in range(many)]
    first, last = tall[row[0]] / 2, floor - tall[row[-1]] / 2 - below[-1]
    return {
        item: min(max(mean, first), last) + shift
        for item, mean, shift in zip(row, level, below, strict=True)
    }


def _ports(
    routes: Mapping[Link, list[Item]],
    middle: Mapping[Item, float],
    tall: Mapping[Item, float],
    at: Mapping[str, int],
) -> dict[tuple[Item, Item], float]:
    """Return where on the side of an item a hop starts or ends: neighbours in order of height."""
    beside: dict[tuple[Item, bool], set[Item]] = {}
    for (part, product), route in routes.items():
        inside = at[part] == at[product]
        for one, other in pairwise(route):
            beside.setdefault((one, not inside), set()).add(other)
            beside.setdefault((other, False), set()).add(one)
    found: dict[tuple[Item, Item], float] = {}
    for (item, _right), others in beside.items():
        ranked = sorted(others, key=lambda other: (middle[other], str(other)))
        step = min(7.0, (tall[item] - 12) / max(1, len(ranked) - 1)) if tall[item] > 12 else 0.0
        for number, other in enumerate(ranked):
            found[item, other] = middle[item] + (number - (len(ranked) - 1) / 2) * step
    return found


def _wire(
    link: Link,
    route: list[Item],
    ports: Mapping[tuple[Item, Item], float],
    middle: Mapping[Item, float],
    at: Mapping[str, int],
    sizes: Sizes,
) -> Wire:
    part, product = link
    start, end = ports[route[0], route[1]] + sizes.top, ports[route[-1], route[-2]] + sizes.top
    if at[part] == at[product]:
        x = _left(at[part], sizes)
        bend = x - min(20.0, 8.0 + abs(end - start) / 12)
        path = f"M{x:.1f} {start:.1f}C{bend:.1f} {start:.1f} {bend:.1f} {end:.1f} {x:.1f} {end:.1f}"
        return Wire(part, product, path, ())
    column = at[str(route[0])]
    x, y = _left(column, sizes) + sizes.width, start
    path, lanes = f"M{x:.1f} {y:.1f}", []
    for item in route[1:]:
        column += 1
        into = _left(column, sizes)
        height = end if isinstance(item, str) else middle[item] + sizes.top
        half = (x + into) / 2
        path += f"C{half:.1f} {y:.1f} {half:.1f} {height:.1f} {into:.1f} {height:.1f}"
        x, y = into, height
        if not isinstance(item, str):
            lanes.append((column, height))
            x = into + sizes.width
            path += f"H{x:.1f}"
    return Wire(part, product, path, tuple(lanes))
