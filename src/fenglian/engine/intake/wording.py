"""How is a statement said to a person: labels, bound words, figures in a readable unit?"""

import re
from dataclasses import dataclass
from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal, localcontext

from fenglian.engine.intake.facts import CATALOGUE
from fenglian.engine.intake.statements import Statement
from fenglian.engine.intake.terms import CODES, QUALIFIERS, UNSAID
from fenglian.engine.labels import Label
from fenglian.engine.quantities import Bound, Quantity

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")
_FACTS = {fact.name: fact.label for fact in CATALOGUE}
_PROPERTIES = {(fact.name, each.name): each.label for fact in CATALOGUE for each in fact.properties}

# The bound word as the source has it comes first; these stand in where it has none.
_BOUND_WORDS: dict[Bound, Label] = {
    "eq": Label("", ""),
    "gt": Label("逾", "over"),
    "ge": Label("不少于", "at least"),
    "lt": Label("不足", "under"),
    "le": Label("不超过", "at most"),
    "approx": Label("约", "about"),
}
_BOUND_MEANINGS: dict[Bound, Label] = {
    "eq": Label("恰为此数", "exactly this"),
    "gt": Label("下限，上不封顶", "lower bound, open above"),
    "ge": Label("下限，上不封顶", "lower bound, open above"),
    "lt": Label("上限", "upper bound"),
    "le": Label("上限", "upper bound"),
    "approx": Label("约数", "approximate"),
}
_RANGE = Label("区间", "range")
_WRITTEN: dict[Bound, tuple[str, ...]] = {
    "eq": ("共计", "总计", "共"),
    "gt": ("突破", "超过", "逾", "超"),
    "ge": ("不少于", "不低于", "至少"),
    "lt": ("不到", "不足", "接近", "近"),
    "le": ("不超过", "至多", "最多"),
    "approx": ("大约", "约", "预计"),
}
_PERCENT = Decimal("0.01")
_YUAN_ZH = ((Decimal(10**8), "亿元"), (Decimal(10**4), "万元"), (Decimal(1), "元"))
_YUAN_EN = (
    (Decimal(10**9), "billion yuan"),
    (Decimal(10**6), "million yuan"),
    (Decimal(1), "yuan"),
)
# Whatever number was kept is shown: none raises, and a monstrous one keeps its exponent.
_FORGIVING = Context(prec=60, Emax=MAX_EMAX, Emin=MIN_EMIN, traps=[])
_LONGEST = 30  # digits written out


@dataclass(frozen=True, slots=True)
class ShownQuantity:
    """A quantity as it is shown: bound word, figure, unit, and what the bound means."""

    bound: Bound
    word: str
    figure: str
    unit: str
    meaning: str
    ranged: bool

    def __str__(self) -> str:
        return " ".join(part for part in (self.word, self.figure, self.unit) if part)


def fact_label(name: str) -> Label:
    """Return the label of a fact type; its name where only another version knows it."""
    return _FACTS.get(name, Label(name, name))


def property_label(fact: str, name: str) -> Label:
    """Return the label of a property; its name where only another version knows it."""
    return _PROPERTIES.get((fact, name), Label(name, name))


def qualifier_label(name: str) -> Label:
    """Return the label of a qualifier; its name where it has none."""
    return QUALIFIERS.get(name, Label(name, name))


def code_label(name: str, value: str) -> Label:
    """Return what a qualifier or property of that name means by a value."""
    return CODES.get(name, {}).get(value, Label(value, value))


def show_value(property_name: str, value: str, language: str) -> str:
    """Return a value as it is shown: a code in words, a moment with a blank.

    Examples
    --------
    >>> show_value("half_day", "morning", "zh"), show_value("published", "2023-04-18T11:03", "en")
    ('上午', '2023-04-18 11:03')
    """
    if _MOMENT.fullmatch(value):
        return value.replace("T", " ")
    return code_label(property_name, value).text(language)


def show_qualifiers(statement: Statement, language: str) -> list[tuple[str, str]]:
    """Return label and value of each qualifier that value and words do not say already."""
    return [
        (qualifier_label(name).text(language), code_label(name, value).text(language))
        for name, value in statement.qualifiers
        if name not in UNSAID
    ]


def show_quantity(quantity: Quantity, words: str, language: str) -> ShownQuantity:
    """Return a quantity in a unit of readable size, with the bound word that the source has.

    Examples
    --------
    >>> str(show_quantity(Quantity(Decimal("2.1e9"), "gt", "yuan"), "总额逾21亿元", "zh"))
    '逾 21 亿元'
    >>> str(show_quantity(Quantity(Decimal("2.1e9"), "gt", "yuan"), "总额逾21亿元", "en"))
    'over 2.1 billion yuan'
    >>> str(show_quantity(Quantity(Decimal("0.44"), "eq", "share"), "44%", "en"))
    '44 %'
    """
    chinese = language.startswith("zh")
    with localcontext(_FORGIVING):
        scale, unit = _scale(quantity, chinese=chinese)
        figure = _figure(quantity.figure / scale)
        if quantity.top is not None:
            figure = f"{figure}–{_figure(quantity.top / scale)}"
    ranged = quantity.top is not None
    written = _written_bound(quantity.bound, words) if chinese else None
    return ShownQuantity(
        bound=quantity.bound,
        word=_BOUND_WORDS[quantity.bound].text(language) if written is None else written,
        figure=figure,
        unit=unit,
        meaning=(_RANGE if ranged else _BOUND_MEANINGS[quantity.bound]).text(language),
        ranged=ranged,
    )


def _scale(quantity: Quantity, *, chinese: bool) -> tuple[Decimal, str]:
    if quantity.unit == "share":
        return _PERCENT, "%"
    if quantity.unit != "yuan":
        return Decimal(1), quantity.unit
    scales = _YUAN_ZH if chinese else _YUAN_EN
    fitting = (each for each in scales if abs(quantity.figure) >= each[0])
    return next(fitting, scales[-1])


def _figure(number: Decimal) -> str:
    plain = number.normalize()
    if not plain.is_finite() or abs(plain.adjusted()) > _LONGEST:
        return str(plain)
    return f"{plain:,f}"


def _written_bound(bound: Bound, words: str) -> str | None:
    return next((word for word in _WRITTEN[bound] if word in words), None)
