"""Where do organisations sit? Tiles in rough order of the map, no boundaries: 示意, a sketch."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from fenglian.data.divisions import divisions
from fenglian.engine.registry.listing import Listed, Making

RUNNING = ("operating", "trial")
# GB/T 2260 code of a prefecture → column and row of its tile; north is up.
PLACES: Mapping[str, tuple[int, int]] = {
    "140600": (0, 0), "140200": (1, 0),
    "140900": (1, 1),
    "141100": (0, 2), "140100": (1, 2), "140300": (2, 2),
    "141000": (0, 3), "140700": (1, 3),
    "140800": (0, 4), "140400": (1, 4), "140500": (2, 4),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tally:
    """How many organisations, and how many of them make something now."""

    organisations: int
    makers: int


@dataclass(frozen=True, slots=True)
class Tile:
    """A prefecture."""

    code: str
    name: str
    column: int
    row: int
    tally: Tally


@dataclass(frozen=True, slots=True)
class County:
    """A county of an opened prefecture."""

    name: str
    tally: Tally


@dataclass(frozen=True, slots=True)
class Sketch:
    """The tiles of a region, and those who have no place on them."""

    tiles: tuple[Tile, ...]
    unplaced: Tally  # in the region, prefecture not known
    total: Tally  # in the region


@cache
def prefectures() -> Mapping[str, str]:
    """Return code → name of the prefectures that have a tile."""
    return {
        rows[-1][0]: name
        for name, rows in divisions().items()
        if rows[-1][0] in PLACES and rows[-1][2] is None
    }


@cache
def counties(prefecture: str) -> tuple[str, ...]:
    """Return the names of the counties of a prefecture that exist now, by code."""
    found = [
        (code, name)
        for name, rows in divisions().items()
        for code, _first, last in rows
        if code[:4] == prefecture[:4] and code != prefecture and last is None
    ]
    return tuple(name for _code, name in sorted(found))


def sketch(listed: Iterable[Listed], makings: Iterable[Making]) -> Sketch:
    """Count the organisations of a region pack by prefecture."""
    names = prefectures()
    here = [each for each in listed if each.province and each.province[:2] in _provinces()]
    made = _makers(makings)
    found: Counter[str] = Counter()
    makers: Counter[str] = Counter()
    for each in here:
        code = next((c for c, name in names.items() if _is_in(each.place, name)), "")
        found[code] += 1
        makers[code] += each.id in made
    return Sketch(
        tiles=tuple(
            Tile(code, names[code], *place, Tally(found[code], makers[code]))
            for code, place in PLACES.items()
            if code in names
        ),
        unplaced=Tally(found[""], makers[""]),
        total=Tally(found.total(), makers.total()),
    )


def count_counties(
    prefecture: str, listed: Iterable[Listed], makings: Iterable[Making]
) -> tuple[tuple[County, ...], Tally]:
    """Count by county of one prefecture; second, those whose county is not known."""
    name = prefectures()[prefecture]
    made = _makers(makings)
    inside = [each for each in listed if _is_in(each.place, name)]
    places = counties(prefecture)
    county = {
        each.id: next((one for one in places if _stem(one) in each.place[2:]), "")
        for each in inside
    }
    found = Counter(county.values())
    makers = Counter(county[each.id] for each in inside if each.id in made)
    return (
        tuple(County(one, Tally(found[one], makers[one])) for one in places),
        Tally(found[""], makers[""]),
    )


def _provinces() -> set[str]:
    return {code[:2] for code in PLACES}


def _makers(makings: Iterable[Making]) -> set[str]:
    return {each.organisation for each in makings if each.makes and each.status in RUNNING}


def _is_in(place: str, prefecture: str) -> bool:
    return bool(place) and place.startswith(_stem(prefecture))


def _stem(name: str) -> str:
    """Return a name as packs write it, without 市, 县 or 区: 定襄县 is 定襄."""
    return name[:-1] if len(name) > 2 and name[-1] in "市县区" else name
