"""Which division is meant by a code or by a name, written alone or with what lies above it?"""

from collections.abc import Mapping
from dataclasses import dataclass

Rows = tuple[tuple[str, int, int | None], ...]  # code, first year, last year or None while valid
_LEVELS = (2, 4, 6)


@dataclass(frozen=True, slots=True)
class Divisions:
    """GB/T 2260 both ways round."""

    rows: Mapping[str, Rows]  # full name → codes
    names: Mapping[str, tuple[str, ...]]  # code → full names, the newest first


def find_division(words: str, divisions: Divisions | None) -> tuple[str, ...]:
    """Return the codes that the words may mean, valid today where any is; empty: none.

    Examples
    --------
    >>> rows = {"太原市": (("140100", 1980, None),), "山西省": (("140000", 1980, None),)}
    >>> names = {"140100": ("太原市",), "140000": ("山西省",)}
    >>> find_division("山西省太原市", Divisions(rows, names))
    ('140100',)
    """
    if divisions is None:
        return ()
    if words in divisions.names:
        return (words,)
    if words in divisions.rows:
        return _valid(divisions.rows[words])
    for start in range(1, len(words) - 1):
        rows = divisions.rows.get(words[start:])
        if rows is None:
            continue
        above = _prefix(words[:start], divisions)
        within = tuple(code for code in _valid(rows) if above and code.startswith(above))
        if within:
            return within
    return ()


def _prefix(words: str, divisions: Divisions) -> str:
    """Return the first digits that all below the named division have; empty: no such division."""
    found = find_division(words, divisions)
    if len(found) != 1:
        return ""
    whole = found[0].rstrip("0")
    return found[0][: next(level for level in _LEVELS if level >= len(whole))]


def _valid(rows: Rows) -> tuple[str, ...]:
    today = tuple(code for code, _, last in rows if last is None)
    return today or tuple(dict.fromkeys(code for code, _, _ in rows[-1:]))
