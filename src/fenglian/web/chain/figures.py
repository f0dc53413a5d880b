"""How does a page show a number? Bound word, value, unit and ends, never bare."""

from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _

from fenglian.engine.chain.intervals import Interval, exactly, write_number
from fenglian.engine.labels import Label
from fenglian.web.chain.evidence import Mark
from fenglian.web.intake.wording import language, say

Kind = Literal["exact", "range", "least", "most", "unknown", "none"]
PERCENT = Label("%", "%")
HUNDRED = exactly(100.0)
_YUAN = ("元/年", "元")
_LARGE = (  # from so many yuan on, divided by so many
    (1e8, 1e8, Label("亿元", "")),
    (1e4, 1e4, Label("万元", "")),
)
_LARGE_EN = ((1e9, 1e9, "billion yuan"), (1e6, 1e6, "million yuan"))


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as it is shown."""

    kind: Kind
    word: str  # of its bound; empty: none
    value: str
    unit: str
    ends: str  # low and high where a working value stands before them
    meaning: str
    mark: Mark | None
    label: str = ""  # what it measures

    @property
    def known(self) -> bool:
        """Whether anything is known of it."""
        return self.kind not in ("unknown", "none")

    @property
    def text(self) -> str:
        """The whole in words."""
        return " ".join(filter(None, (self.word, self.value, self.unit))) + self.ends


def show_figure(
    interval: Interval, unit: Label, mark: Mark | None, label: Label | None = None
) -> Figure:
    """Return an interval in a readable unit with its mark."""
    interval, words = _readable(interval, unit)
    name = say(label) if label else ""
    kind = _kind(interval)
    low, working, high = interval.ends()
    match kind:
        case "unknown":
            return Figure(kind, "", _("not found"), "", "", _("not found"), mark, name)
        case "exact":
            value = write_number(working or 0.0)
            return Figure(kind, "", value, words, "", _("exactly this"), mark, name)
        case "least":
            word = _("at least")
            return Figure(kind, word, write_number(low or 0.0), words, "", word, mark, name)
        case "most":
            word = _("at most")
            return Figure(kind, word, write_number(high or 0.0), words, "", word, mark, name)
    span = "–".join("?" if end is None else write_number(end) for end in (low, high))
    if working is None:
        return Figure(kind, "", span, words, "", _("between low and high"), mark, name)
    meaning = _("working value, and between low and high")
    ends = _(" (%(low_to_high)s)") % {"low_to_high": span}
    return Figure(kind, "", write_number(working), words, ends, meaning, mark, name)


def _kind(interval: Interval) -> Kind:
    low, working, high = interval.ends()
    if not interval.known:
        return "unknown"
    if working is not None:
        return "exact" if low == working == high else "range"
    if low is not None and high is not None:
        return "range"
    return "least" if low is not None else "most"


def _readable(interval: Interval, unit: Label) -> tuple[Interval, str]:
    if unit.zh not in _YUAN:
        return interval, say(unit)
    size = max(end for end in (*interval.ends(), 0.0) if end is not None)
    english = language().startswith("en")
    tail = _("%(unit)s a year") if unit.zh.endswith("/年") else "%(unit)s"
    scales = _LARGE_EN if english else tuple((a, b, each.zh) for a, b, each in _LARGE)
    for least, factor, word in scales:
        if size >= least:
            return interval.times(exactly(1 / factor)), tail % {"unit": word}
    return interval, say(unit)


def no_figure() -> Figure:
    """Return what stands where no number belongs."""
    return Figure("none", "", "–", "", "", "", None)


def a_year(unit: Label) -> Label:
    """Return a unit a year."""
    return Label(f"{unit.zh}/年", f"{unit.en} a year")


def percent(ratio: Interval, mark: Mark | None, label: Label | None = None) -> Figure:
    """Return a ratio in per cent."""
    return show_figure(ratio.times(HUNDRED), PERCENT, mark, label)


def count(number: int, unit: str, mark: Mark | None, label: str = "") -> Figure:
    """Return a number that was counted."""
    return Figure("exact", "", f"{number:,}", unit, "", _("exactly this"), mark, label)
