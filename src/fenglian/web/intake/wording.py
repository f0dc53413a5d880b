"""How is a statement said to a person: labels, bound words, scaled figures, sizes?"""

import re
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from fenglian.engine.intake.facts import CATALOGUE
from fenglian.engine.labels import Label
from fenglian.engine.quantities import Bound, Quantity
from fenglian.web.intake.terms import CODES, QUALIFIERS

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")
FACTS = {fact.name: fact for fact in CATALOGUE}
PROPERTIES = {(fact.name, each.name): each.label for fact in CATALOGUE for each in fact.properties}

REPAIRS = {
    "gloss": Label("删拼音夹注", "pinyin gloss removed"),
    "script": Label("繁体转简体", "converted to simplified"),
    "shift": Label("字节错位还原", "shifted bytes rebuilt"),
    "orphan": Label("残字还原", "orphaned byte rebuilt"),
    "lost": Label("无法还原", "lost"),
    "variant": Label("异体还原", "variant put right"),
    "farm": Label("剔除附带文字", "furniture cut"),
}
# The bound word as the source has it comes first; these stand in where it has none.
BOUND_WORDS: dict[Bound, Label] = {
    "eq": Label("", ""),
    "gt": Label("逾", "over"),
    "ge": Label("不少于", "at least"),
    "lt": Label("不足", "under"),
    "le": Label("不超过", "at most"),
    "approx": Label("约", "about"),
}
BOUND_MEANINGS: dict[Bound, Label] = {
    "eq": Label("恰为此数", "exactly this"),
    "gt": Label("下限，上不封顶", "lower bound, open above"),
    "ge": Label("下限，上不封顶", "lower bound, open above"),
    "lt": Label("上限", "upper bound"),
    "le": Label("上限", "upper bound"),
    "approx": Label("约数", "approximate"),
}
SIGNS: dict[Bound, str] = {"eq": "=", "gt": ">", "ge": "≥", "lt": "<", "le": "≤", "approx": "≈"}
_PREFIXES: dict[Bound, tuple[str, ...]] = {
    "eq": ("共计", "总计", "共"),
    "gt": ("突破", "超过", "逾", "超"),
    "ge": ("不少于", "不低于", "至少"),
    "lt": ("不到", "不足", "接近", "近"),
    "le": ("不超过", "至多", "最多"),
    "approx": ("大约", "约", "预计"),
}
_SCALES: dict[str, tuple[tuple[Decimal, Label], ...]] = {  # base unit → its larger names
    "yuan": (
        (Decimal(10**9), Label("", "billion yuan")),
        (Decimal(10**8), Label("亿元", "")),
        (Decimal(10**6), Label("", "million yuan")),
        (Decimal(10**4), Label("万元", "")),
        (Decimal(1), Label("元", "yuan")),
    ),
}


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


def say(label: Label) -> str:
    """Return the wording of an engine label in the language of the request."""
    return label.text(get_language() or "zh")


def fact_label(name: str) -> str:
    """Return the label of a fact type; its name where an older version knew it."""
    return say(FACTS[name].label) if name in FACTS else name


def property_label(fact: str, name: str) -> str:
    """Return the label of a property; its name where an older version knew it."""
    return say(PROPERTIES[fact, name]) if (fact, name) in PROPERTIES else name


def qualifier_label(name: str) -> str:
    """Return the label of a qualifier; its name where it has none."""
    return say(QUALIFIERS[name]) if name in QUALIFIERS else name


def say_code(name: str, value: str) -> str:
    """Return what a qualifier or property of that name means by a value."""
    label = CODES.get(name, {}).get(value)
    return value if label is None else say(label)


def show_value(property_name: str, value: str) -> str:
    """Return a value as it is shown: a code in words, a moment with a space."""
    if _MOMENT.fullmatch(value):
        return value.replace("T", " ")
    return say_code(property_name, value)


def repair_label(kind: str) -> str:
    """Return what a kind of edit did to the text."""
    return say(REPAIRS[kind]) if kind in REPAIRS else kind


def show_quantity(quantity: Quantity, words: str = "") -> ShownQuantity:
    """Return a quantity in a unit of readable size, with the bound word that the source has."""
    chinese = (get_language() or "zh").startswith("zh")
    scale, unit = _scale(quantity, chinese=chinese)
    figure = _figure(quantity.figure / scale)
    if quantity.top is not None:
        figure = f"{figure}–{_figure(quantity.top / scale)}"
    return ShownQuantity(
        bound=quantity.bound,
        word=_bound_word(quantity.bound, words) if chinese else BOUND_WORDS[quantity.bound].en,
        figure=figure,
        unit=unit,
        meaning=_("range") if quantity.top is not None else say(BOUND_MEANINGS[quantity.bound]),
        ranged=quantity.top is not None,
    )


def _scale(quantity: Quantity, *, chinese: bool) -> tuple[Decimal, str]:
    for scale, label in _SCALES.get(quantity.unit, ()):
        unit = label.zh if chinese else label.en
        if unit and abs(quantity.figure) >= scale:
            return scale, unit
    smallest = _SCALES.get(quantity.unit, ((Decimal(1), Label(quantity.unit, quantity.unit)),))[-1]
    return Decimal(1), smallest[1].zh if chinese else smallest[1].en


def _figure(number: Decimal) -> str:
    plain = number.normalize()
    if plain == plain.to_integral():
        plain = plain.quantize(Decimal(1))
    return f"{plain:,f}"


def _bound_word(bound: Bound, words: str) -> str:
    for word in _PREFIXES[bound]:
        if word in words:
            return word
    return BOUND_WORDS[bound].zh


def show_size(size: int) -> str:
    """Return a number of bytes in readable size."""
    if size < 1000:
        return _("%(count)s bytes") % {"count": size}
    if size < 1_000_000:
        return f"{size / 1000:.1f} kB"
    return f"{size / 1_000_000:.1f} MB"
