"""What does the page of advice show? Verbs, items with their figures, and what was not found."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse

from fenglian.engine.advice.items import AdviceItem, Verb
from fenglian.engine.advice.outcomes import outcome_of
from fenglian.engine.analysis.coverage import Status
from fenglian.engine.chain.intervals import UNKNOWN
from fenglian.engine.labels import Label
from fenglian.web.chain.drawing import short_name
from fenglian.web.chain.evidence import Evidence, Mark
from fenglian.web.chain.figures import Figure, count, show_figure
from fenglian.web.chain.queries import OpenChain, limits_of
from fenglian.web.intake.wording import say

ORDER = tuple(Verb)  # as the four are always told
ITEMS, STATED = Label("项", "items"), Label("项有出处写明", "stated by a source")
PRODUCTS = Label("种产品", "products")
FIRST = 12  # items of a verb, before "all" is asked for
NEED, COVER = "年需求", "覆盖率"  # labels by which the engine names these two figures


@dataclass(frozen=True, slots=True)
class Tab:
    """One verb."""

    verb: str
    name: str
    meaning: str
    count: Figure
    sure: Figure
    current: bool


@dataclass(frozen=True, slots=True)
class Item:
    """One piece of advice."""

    id: str
    verb: str
    product: str
    title: str
    why: str
    need: Figure
    cover: Figure
    who: tuple[tuple[str, str], ...]  # name, address
    mark: Mark | None
    sure: bool
    opened: bool


@dataclass(frozen=True, slots=True)
class Detail:
    """What an opened item says besides."""

    figures: tuple[Figure, ...]
    outcome: str  # what doing it would change
    question: str
    assumptions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unknowns:
    """What nobody has found yet."""

    unmade: tuple[tuple[str, str], ...]  # product, name: no maker found
    unsized: tuple[tuple[str, str], ...]  # made here, capacity not found
    unmade_count: Figure
    unsized_count: Figure


def show_tabs(view: OpenChain, evidence: Evidence, current: Verb) -> tuple[Tab, ...]:
    """Return the four verbs with the number of their items."""
    mark = evidence.calculated(assumed=view.chain.scenario.assumed)
    return tuple(
        Tab(
            verb=str(verb),
            name=say(verb.label),
            meaning=say(verb.meaning),
            count=count(len(items := view.advice.of(verb)), say(ITEMS), mark),
            sure=count(sum(item.sure for item in items), say(STATED), mark),
            current=verb is current,
        )
        for verb in ORDER
    )


def first_verb(view: OpenChain) -> Verb:
    """Return the verb that is open at first: the first one with something sure."""
    sure = [verb for verb in ORDER if any(item.sure for item in view.advice.of(verb))]
    return sure[0] if sure else ORDER[0]


def show_item(
    view: OpenChain,
    item: AdviceItem,
    evidence: Evidence,
    places: Mapping[str, str],
    *,
    opened: bool,
) -> Item:
    """Return an item as a row."""
    product = view.chain.product(item.product)
    return Item(
        id=item.id,
        verb=str(item.verb),
        product=item.product,
        title=short_name(product),
        why=say(item.why),
        need=_named(item, NEED, evidence),
        cover=_named(item, COVER, evidence),
        who=tuple(
            (say(view.chain.organisation(name).name), _address(places, name))
            for name in item.organisations
        ),
        mark=evidence.mark(item.evidence, assumed=item.assumed),
        sure=item.sure,
        opened=opened,
    )


def _address(places: Mapping[str, str], name: str) -> str:
    slug = places.get(name)
    return reverse("registry:organisation", args=[slug]) if slug else ""


def _named(item: AdviceItem, label: str, evidence: Evidence) -> Figure:
    for figure in item.figures:
        if figure.label.zh == label:
            mark = evidence.mark(figure.sources, assumed=figure.assumed)
            return show_figure(figure.interval, figure.unit, mark, figure.label)
    return show_figure(UNKNOWN, Label("", ""), None)


def show_detail(view: OpenChain, item: AdviceItem, evidence: Evidence) -> Detail:
    """Return the figures, what doing it would change, the question and the assumptions."""
    return Detail(
        figures=tuple(
            show_figure(
                each.interval, each.unit, evidence.mark(each.sources, assumed=each.assumed), each.label
            )
            for each in item.figures
        ),
        outcome=say(outcome_of(view.chain, limits_of(view.chain), item).words),
        question=say(item.question) if item.question else "",
        assumptions=tuple(say(each) for each in item.assumptions),
    )  # fmt: skip


def show_unknowns(view: OpenChain, evidence: Evidence) -> Unknowns:
    """Return the needed products of which no maker, or no capacity, was found."""
    rows = [row for row in view.coverages.rows if row.status is Status.UNKNOWN]
    mark = evidence.calculated(assumed=view.chain.scenario.assumed)
    unmade = _names(view, (row.product for row in rows if not row.makers))
    unsized = _names(view, (row.product for row in rows if row.makers))
    return Unknowns(
        unmade=unmade,
        unsized=unsized,
        unmade_count=count(len(unmade), say(PRODUCTS), mark),
        unsized_count=count(len(unsized), say(PRODUCTS), mark),
    )


def _names(view: OpenChain, products: Iterable[str]) -> tuple[tuple[str, str], ...]:
    focus = sorted(products, key=lambda name: not view.chain.product(name).focus)
    return tuple((name, short_name(view.chain.product(name))) for name in focus)
