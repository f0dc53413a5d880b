"""What is a piece of advice? One verb, one product, why, with figures and what to ask."""

from dataclasses import dataclass
from enum import StrEnum

from fenglian.engine.chain.intervals import Interval
from fenglian.engine.chain.money import in_large_units
from fenglian.engine.disclosure.classes import DataClass
from fenglian.engine.labels import Label


class Verb(StrEnum):
    """The four verbs of chain work, in the order in which they are told."""

    BUILD = "build"
    EXTEND = "extend"
    PATCH = "patch"
    STRENGTHEN = "strengthen"

    @property
    def label(self) -> Label:
        """Wording."""
        return _VERBS[self][0]

    @property
    def meaning(self) -> Label:
        """When the verb is used."""
        return _VERBS[self][1]


_VERBS = {
    Verb.BUILD: (
        Label("建链", "build"),
        Label("需要，而本地没有查到谁在做", "needed, and no maker is known here"),
    ),
    Verb.PATCH: (
        Label("补链", "patch"),
        Label("本地在做，产能不够或不清楚", "made here, with too little or unknown capacity"),
    ),
    Verb.STRENGTHEN: (
        Label("强链", "strengthen"),
        Label("本地在做，只查到一家，或有外移等风险", "made here, by one known maker or at risk"),
    ),
    Verb.EXTEND: (
        Label("延链", "extend"),
        Label(
            "与本地在做的产品相邻，没有查到谁在做",
            "next to what is made here, with no known maker",
        ),
    ),
}


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of an item, with its ends, unit and sources."""

    label: Label
    low: float | None
    working: float | None
    high: float | None
    unit: Label
    sources: tuple[str, ...]
    assumed: bool

    @property
    def interval(self) -> Interval:
        """The three numbers as an interval."""
        return Interval(self.low, self.working, self.high)

    def text(self, language: str) -> str:
        """Return label and number in words; money in 亿元, or in billions."""
        interval, unit = in_large_units(self.interval, self.unit, language)
        return f"{self.label.text(language)} {interval.text(language, unit)}"


@dataclass(frozen=True, slots=True)
class AdviceItem:
    """One thing to do or to find out about one product."""

    id: str  # verb:product; the same from run to run
    verb: Verb
    product: str
    title: Label
    why: Label
    figures: tuple[Figure, ...]
    organisations: tuple[str, ...]  # whom it concerns
    evidence: tuple[str, ...]  # ids of sources, sorted
    assumptions: tuple[Label, ...]
    question: Label | None  # what to ask whom, where something is unknown
    sure: bool  # rests on what sources state, over the whole interval; not on something not found

    @property
    def assumed(self) -> bool:
        """Whether a figure rests on an assumption."""
        return any(figure.assumed for figure in self.figures)


@dataclass(frozen=True, slots=True)
class Advice:
    """All items on a chain under one scenario."""

    items: tuple[AdviceItem, ...]  # by verb; within one the sure first, then focus, then value
    assumptions: tuple[Label, ...]  # that hold for all
    fingerprint: str  # of the chain
    data_class: DataClass  # of the chain

    def of(self, verb: Verb) -> tuple[AdviceItem, ...]:
        """Return the items of one verb."""
        return tuple(item for item in self.items if item.verb is verb)
