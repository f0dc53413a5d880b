"""What does a cell say? One reader and one writer a type of column, each the other's inverse.

Empty is unknown. 无 says that there is none, where a column can say so. Marks such as ／ and 不详
are taken as unknown, with a warning.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from difflib import get_close_matches
from types import MappingProxyType
from typing import TypeAlias

from fenglian.engine.errors import FenglianError, SheetFault
from fenglian.engine.intake.sheets import Cell, CellValue
from fenglian.engine.labels import Label
from fenglian.engine.quantities import Quantity, fold_width, plain
from fenglian.engine.registry import faults, figures
from fenglian.engine.registry.codes import check_uscc
from fenglian.engine.registry.divisions import Divisions, find_division
from fenglian.engine.registry.profile import OPEN_END, Value
from fenglian.engine.registry.tables import Column

LONGEST_TEXT = 2_000  # characters
# A year typed into a cell of dates becomes a day of 1905: 2015 is the 2015th day after 1899.
_FIRST_YEAR = 1907
DIGITS_KEPT = 15  # by a spreadsheet, of a number
YES, NO, NONE, OPEN = (
    Label("是", "yes"), Label("否", "no"), Label("无", "none"), Label("长期", "open"),
)  # fmt: skip
_YES = frozenset(["是", "有", "对", "√", "✓", "yes", "y", "true", "1"])
_NO = frozenset(["否", "没有", "不", "×", "✗", "no", "n", "false", "0"])
_NONE = frozenset(["无", "没有", "none"])
_OPEN = frozenset(["长期", "长期有效", "无固定期限", "永久", "open"])
_UNKNOWN = frozenset(
    [
        "/",
        "-",
        "--",
        "—",
        "——",
        "–",
        "?",
        "不详",
        "未知",
        "不清楚",
        "待定",
        "待补充",
        "unknown",
        "n/a",
        "na",
        "tbd",
    ]
)
_BETWEEN = re.compile(r"[；;、\n]+")
_DAY = re.compile(
    r"(?P<y>(?:19|20)\d\d)(?:[-/.年](?P<m>\d{1,2})[-/.月](?P<d>\d{1,2})日?|(?P<md>\d{4}))"
)
_PERIOD = re.compile(r"(?P<y>(?:19|20)\d\d)(?:[-/.年](?P<m>1[0-2]|0?[1-9])月?|年|年?度)?")
_PHONE = re.compile(r"(?:\+?\d{1,3}[- ])?[\d()-][\d() -]{5,18}\d(?: ?(?:转|-|x|ext\.?) ?\d{1,6})?")
_EMAIL = re.compile(r"[^@\s,;<>]{1,64}@[^@\s,;<>.]+(?:\.[^@\s,;<>.]+)+")
_INDUSTRY = re.compile(r"[A-T]?\d{2,4}")
Place: TypeAlias = Mapping[str, object]  # sheet, cell, value


@dataclass(frozen=True, slots=True)
class Known:
    """What a cell may refer to; handed in, for the engine reads no files."""

    divisions: Divisions | None = None  # None: regions are not looked up
    products: Mapping[str, Label] = field(
        default_factory=lambda: MappingProxyType({})
    )  # empty: any

    def names_of(self, code: str) -> tuple[str, ...]:
        """Return the full names that a division's code has had, the newest first."""
        return self.divisions.names.get(code, ()) if self.divisions else ()


@dataclass(frozen=True, slots=True)
class Question:
    """A cell to be read."""

    words: str  # trimmed; numbers and days written out
    value: CellValue  # as it stands there
    column: Column
    unit: str  # of a quantity: the column's, the heading's or the row's own
    place: Place
    known: Known


def read_cell(
    cell: Cell, column: Column, unit: str, place: Place, known: Known
) -> tuple[Value, tuple[SheetFault, ...]]:
    """Return what a cell says, and warnings.

    Raises
    ------
    SheetFault
        Where it cannot be understood, or is empty although every row must have a value.
    """
    words = words_of(cell.value)
    place = {**place, "value": words}
    if cell.error or (cell.formula and cell.value is None):
        raise faults.ErrorCell(**{**place, "value": words or "="})
    warnings: tuple[SheetFault, ...] = ()
    if cell.formula:
        warnings = (faults.FormulaCell(**place),)
    if words.lower() in _UNKNOWN:
        warnings = (*warnings, faults.TakenAsUnknown(**place))
        words = ""
    if not words:
        if column.needed:
            raise missing(column, place)
        return None, warnings
    _check_text(words, place)
    try:
        value = _READERS[column.type](Question(words, cell.value, column, unit, place, known))
    except SheetFault:
        raise
    except FenglianError as cause:
        raise faults.BadCell(**place, cause=cause) from None
    return value, warnings


def write_cell(value: Value, column: Column, unit: str, language: str) -> str | int | float | date:
    """Return what to write into a cell so that ``read_cell`` gives the value back."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return (YES if value else NO).text(language)
    if isinstance(value, Quantity):
        return figures.write_figure(value, unit)
    if isinstance(value, date):
        return OPEN.text(language) if value == OPEN_END else value
    if isinstance(value, int):
        return value
    if not value:
        return NONE.text(language)
    if isinstance(value, tuple):
        return "；".join(each if isinstance(each, str) else "=".join(each) for each in value)
    labels = {choice.word: choice.label for choice in column.choices}
    return labels[value].text(language) if value in labels else value


def words_of(value: CellValue) -> str:
    """Return a cell's value in words; a float that is whole has no decimals."""
    if type(value) is str:  # nearly all of them
        return value.strip()
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float):
        return plain(Decimal(repr(value)))
    return str(value).strip()


def missing(column: Column, place: Place) -> SheetFault:
    """Return the fault of a cell that every row must have."""
    return faults.MissingCell(**place, column_zh=column.label.zh, column_en=column.label.en)


def _check_text(words: str, place: Place) -> None:
    if len(words) > LONGEST_TEXT:
        shown = {**place, "value": words[:40]}
        raise faults.CellTooLong(**shown, length=len(words), limit=LONGEST_TEXT)
    if words.isprintable():  # which no such character is
        return
    for character in words:
        if unicodedata.category(character) in ("Cc", "Cs", "Co") and character not in "\n\t":
            raise faults.UnseenCharacter(**place, found=f"U+{ord(character):04X}")


def _check_digits(asked: Question) -> None:
    """Refuse a number that the spreadsheet may have rounded."""
    if isinstance(asked.value, int | float) and not isinstance(asked.value, bool):
        digits = re.sub(r"\D", "", asked.words).lstrip("0")
        if len(digits) > DIGITS_KEPT:
            raise faults.TooManyDigits(**asked.place)


def _read_text(asked: Question) -> Value:
    _check_digits(asked)
    if asked.words.lower() in _NONE and not asked.column.is_key:
        if asked.column.needed:
            raise missing(asked.column, asked.place)
        return ""
    return asked.words


def _read_names(asked: Question) -> Value:
    if asked.words.lower() in _NONE:
        return ()
    parts = (part.strip() for part in _BETWEEN.split(asked.words))
    return tuple(dict.fromkeys(part for part in parts if part))


def _read_specs(asked: Question) -> Value:
    if asked.words.lower() in _NONE:
        return ()
    parts = (part.strip() for part in re.split(r"[；;\n]+", asked.words))
    pairs = []
    for part in filter(None, parts):
        name, _, value = (
            each.strip() for each in re.sub("[＝：:]", "=", part, count=1).partition("=")
        )
        if not name or not value:
            raise faults.NoSpecification(**asked.place)
        pairs.append((name, value))
    return tuple(pairs)


def _read_uscc(asked: Question) -> Value:
    _check_digits(asked)
    names = asked.known.divisions.names if asked.known.divisions else None
    return check_uscc(asked.words, names).code


def _read_choice(asked: Question) -> Value:
    wanted = fold_width(asked.words).lower()
    for choice in asked.column.choices:
        if wanted in (choice.word, choice.label.zh.lower(), choice.label.en.lower()):
            return choice.word
    raise faults.UnknownChoice(
        **asked.place,
        allowed_zh="、".join(choice.label.zh for choice in asked.column.choices),
        allowed_en=", ".join(choice.label.en for choice in asked.column.choices),
    )


def _read_day(asked: Question) -> Value:
    if isinstance(asked.value, date) and asked.value.year < _FIRST_YEAR:
        raise faults.NotADay(**asked.place)
    match = _DAY.fullmatch(fold_width(asked.words).replace(" ", ""))
    if match is None:
        raise faults.NotADay(**asked.place)
    month, day = (match["md"][:2], match["md"][2:]) if match["md"] else (match["m"], match["d"])
    try:
        return date(int(match["y"]), int(month), int(day))
    except ValueError:
        raise faults.NotADay(**asked.place) from None


def _read_end(asked: Question) -> Value:
    return OPEN_END if asked.words.lower() in _OPEN else _read_day(asked)


def _read_period(asked: Question) -> Value:
    words = fold_width(asked.words).replace(" ", "")
    if isinstance(asked.value, date):  # what a spreadsheet makes of 2024-05: its first day
        words = words.removesuffix("-01") if words.count("-") == 2 else words
    match = _PERIOD.fullmatch(words)
    if match is None:
        raise faults.NotAPeriod(**asked.place)
    return match["y"] + (f"-{int(match['m']):02d}" if match["m"] else "")


def _read_flag(asked: Question) -> Value:
    words = fold_width(asked.words).lower()
    if words in _YES:
        return True
    if words in _NO:
        return False
    raise faults.NotAFlag(**asked.place)


def _read_integer(asked: Question) -> Value:
    words = fold_width(asked.words).replace(",", "")
    if asked.column.unit and words.endswith(asked.column.unit):
        words = words.removesuffix(asked.column.unit).strip()
    if not re.fullmatch(r"[0-9]{1,9}", words):
        raise faults.NotWhole(**asked.place)
    return int(words)


def _read_quantity(asked: Question) -> Value:
    _check_digits(asked)
    words = figures.plain_words(asked.words)
    if words[:1] in ("-", "−"):
        raise faults.NegativeFigure(**asked.place)
    if len(re.sub(r"\D", "", words)) > 2 * DIGITS_KEPT:
        raise faults.TooManyDigits(**asked.place)
    found = figures.read_figure(words, asked.unit)
    if not found.unit:
        raise faults.WithoutUnit(**asked.place)
    return found


def _read_unit(asked: Question) -> Value:
    figures.read_unit(asked.words)
    return asked.words


def _read_region(asked: Question) -> Value:
    words = fold_width(asked.words).replace(" ", "")
    if asked.known.divisions is None and re.fullmatch(r"\d{6}", words):
        return words
    found = find_division(words, asked.known.divisions)
    if len(found) == 1:
        return found[0]
    shown = "、".join(found[:6])
    raise faults.UnknownRegion(**asked.place, candidates=f"{shown}?" if shown else "")


def _read_industry(asked: Question) -> Value:
    words = fold_width(asked.words).upper().replace(" ", "")
    if not _INDUSTRY.fullmatch(words):
        raise faults.NoIndustry(**asked.place)
    return words


def _read_product(asked: Question) -> Value:
    products, wanted = asked.known.products, fold_width(asked.words).lower()
    if not products:
        return asked.words
    spoken = {
        word.lower(): product
        for product, label in products.items()
        for word in (label.en, label.zh, product)
    }
    if wanted in spoken:
        return spoken[wanted]
    close = get_close_matches(wanted, sorted(spoken), n=1, cutoff=0.4)
    raise faults.UnknownProductWord(**asked.place, nearest=close[0] if close else "–")


def _read_phone(asked: Question) -> Value:
    _check_digits(asked)
    return _read_matching(asked, _PHONE)


def _read_email(asked: Question) -> Value:
    return _read_matching(asked, _EMAIL)


def _read_matching(asked: Question, pattern: re.Pattern[str]) -> str:
    words = fold_width(asked.words)
    if not pattern.fullmatch(words):
        column = asked.column.label
        raise faults.NoAddress(**asked.place, column_zh=column.zh, column_en=column.en)
    return words


_READERS: Mapping[str, Callable[[Question], Value]] = {
    "text": _read_text,
    "names": _read_names,
    "specs": _read_specs,
    "uscc": _read_uscc,
    "choice": _read_choice,
    "date": _read_day,
    "end_date": _read_end,
    "period": _read_period,
    "flag": _read_flag,
    "integer": _read_integer,
    "quantity": _read_quantity,
    "unit": _read_unit,
    "region": _read_region,
    "industry": _read_industry,
    "product": _read_product,
    "phone": _read_phone,
    "email": _read_email,
}
TYPES = tuple(_READERS)
