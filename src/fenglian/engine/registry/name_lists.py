"""Which column of a list holds the names, the codes, the other names?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from fenglian.engine.quantities import fold_width
from fenglian.engine.registry.bulk import NameList
from fenglian.engine.registry.faults import NoNames

_NAMES = frozenset(
    [
        "名称",
        "单位",
        "单位名称",
        "企业名称",
        "公司名称",
        "机构名称",
        "企业",
        "公司",
        "name",
        "names",
        "organisation",
        "organization",
        "firm",
        "company",
    ]
)
_CODES = frozenset(["统一社会信用代码", "信用代码", "社会信用代码", "代码", "uscc", "code"])
_OTHERS = frozenset(
    [
        "又名",
        "别名",
        "简称",
        "曾用名",
        "其他名称",
        "alias",
        "aliases",
        "short",
        "shortname",
        "othernames",
    ]
)
_BETWEEN = str.maketrans("；|、\n", ";;;;")


@dataclass(frozen=True, slots=True)
class ReadNames:
    """A list as it was read: blank names are left out, and counted."""

    listed: NameList
    rows: tuple[int, ...]  # row of the file of each name, the header being row 1
    blank: int


def read_names(records: Iterable[Sequence[str]], name: str) -> ReadNames:
    """Return the names of a table; the first row names the columns, unless it is a name itself.

    Parameters
    ----------
    records
        The rows of the file, cells as text.
    name
        Of the file, for the fault.

    Raises
    ------
    NoNames
        Where no column is headed as names are, and the rows have more cells than one.

    Examples
    --------
    >>> read_names([["单位名称", "简称"], ["江苏甲鼎集团有限公司", "甲鼎；鼎系"]], "a.csv").listed.aliases
    (('甲鼎', '鼎系'),)
    """
    rows = iter(records)
    first = next(rows, None)
    if first is None:
        raise NoNames(name=name, found="–")
    heads = [_silent(cell) for cell in first]
    at, code, other = (_find(heads, words) for words in (_NAMES, _CODES, _OTHERS))
    body, start = rows, 2
    if at is None:
        if len([cell for cell in first if cell.strip()]) != 1:
            raise NoNames(name=name, found=", ".join(first)[:120])
        at, body, start = 0, iter((first, *rows)), 1
    names, codes, others, numbers, blank = [], [], [], [], 0
    for number, record in enumerate(body, start):
        spoken = _cell(record, at)
        if not spoken:
            blank += 1
            continue
        names.append(spoken)
        numbers.append(number)
        codes.append(_cell(record, code))
        if other is not None:
            parts = _cell(record, other).translate(_BETWEEN).split(";")
            others.append(tuple(part.strip() for part in parts if part.strip()))
    listed = NameList(tuple(names), tuple(codes) if code is not None else (), tuple(others))
    return ReadNames(listed, tuple(numbers), blank)


def _find(heads: Sequence[str], words: frozenset[str]) -> int | None:
    return next((at for at, head in enumerate(heads) if head in words), None)


def _silent(words: str) -> str:
    return "".join(each for each in fold_width(words).lower() if each.isalnum())


def _cell(record: Sequence[str], at: int | None) -> str:
    return record[at].strip() if at is not None and at < len(record) else ""
