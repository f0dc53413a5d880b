"""Administrative divisions of China by full name, with every GB/T 2260 code and its years."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

_TABLE = Path(__file__).parent / "divisions.csv"


@cache
def divisions() -> Mapping[str, tuple[tuple[str, int, int | None], ...]]:
    """Return full name → (code, first year, last year or None while valid), by first year.

    Provinces, prefectures and counties since 1980. One name may stand for several places
    (鼓楼区), and one place for several codes after one another (如皋市).
    """
    table: dict[str, tuple[tuple[str, int, int | None], ...]] = {}
    for line in _TABLE.read_text("utf-8").splitlines()[1:]:
        name, code, first, last = line.split(",")
        row = (code, int(first), int(last) if last else None)
        table[name] = (*table.get(name, ()), row)
    return MappingProxyType(table)


@cache
def division_names() -> Mapping[str, tuple[str, ...]]:
    """Return code → the full names that it has stood for since 1980, the newest first."""
    found: dict[str, list[tuple[int, str]]] = {}
    for name, rows in divisions().items():
        for code, first, _ in rows:
            found.setdefault(code, []).append((first, name))
    return MappingProxyType(
        {
            code: tuple(dict.fromkeys(name for _, name in sorted(names, reverse=True)))
            for code, names in found.items()
        }
    )
