"""How can a gap be closed? Attract a maker, enlarge one that is here, or have it from others.

What an option costs, and how many jobs and months it takes, is what plants like it took elsewhere,
as far as a source says so. Where none does, it is not known, and no number stands in for it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from statistics import median

from fenglian.engine.advice.gaps import Gap, uses_by_route
from fenglian.engine.chain.intervals import UNKNOWN, Interval
from fenglian.engine.chain.model import Chain
from fenglian.engine.chain.records import Plant
from fenglian.engine.labels import Label

DAYS_A_MONTH = 30.4375


class Way(StrEnum):
    """A way to close a gap."""

    ATTRACT = "attract"
    EXPAND = "expand"
    SUBSTITUTE = "substitute"

    @property
    def label(self) -> Label:
        """Wording."""
        return _WAYS[self][0]

    @property
    def meaning(self) -> Label:
        """What is done."""
        return _WAYS[self][1]


_WAYS = {
    Way.ATTRACT: (
        Label("招引", "attract"),
        Label("引进外地厂家在本地新建", "have a maker from elsewhere build a plant here"),
    ),
    Way.EXPAND: (
        Label("扩产", "expand"),
        Label("本地厂家扩大产能", "have a maker that is here enlarge its capacity"),
    ),
    Way.SUBSTITUTE: (
        Label("替代", "substitute"),
        Label(
            "向外地购买，或改用不需要它的路线", "buy it from elsewhere, or use routes without it"
        ),
    ),
}
SCALED = Label(
    "投资和用工按先例的单位产能推算到缺口；工期照先例，不推算。",
    "Cost and jobs are those of the precedents by unit of capacity, times the gap; the months are "
    "the precedents' own.",
)
NOT_SCALED = Label(
    "先例没有写明产能，投资不能推算到缺口，只列先例本身。",
    "No precedent states its capacity: its cost cannot be scaled to the gap and stands by itself.",
)
NO_PRECEDENT = Label(
    "没有查到先例：投资、用工、工期未知。",
    "No precedent was found: cost, jobs and months are not known.",
)
BOUGHT = Label(
    "替代的费用是一年外购缺口的金额，按查到的最近价格；外购不在本地新增用工。",
    "What a substitute costs is the gap, bought for a year at the latest price found; buying brings "
    "no jobs here.",
)


@dataclass(frozen=True, slots=True)
class Option:
    """One way to close one gap."""

    way: Way
    open: bool  # whether there is anybody with whom to do it, or a route
    who: tuple[str, ...]  # ids of organisations
    routes: tuple[str, ...]  # ids of variants that do without the product
    amount: Interval  # product units a year that it is to add
    cost: Interval  # money: once, or a year for a substitute
    yearly: bool  # the cost comes every year
    jobs: Interval
    months: Interval
    precedents: tuple[Plant, ...]
    sources: tuple[str, ...]
    assumptions: tuple[Label, ...]
    assumed: bool
    question: Label | None  # what to find out first

    def ready(self, start: date) -> tuple[date | None, date | None]:
        """Return the earliest and the latest day on which it would run, begun on a day."""
        low, _, high = self.months.ends()
        return _later(start, low), _later(start, high)


def find_options(chain: Chain, gap: Gap) -> tuple[Option, ...]:
    """Return the three ways to close a gap, in the order of ``Way``.

    Parameters
    ----------
    chain
        That the gap is of.
    gap
        Of one product.

    Returns
    -------
    tuple
        cost = median over the precedents of cost per unit of capacity × the working gap, from the
        least × the low gap to the most × the high one; jobs likewise. A precedent whose capacity
        is not known cannot be scaled and stands by itself. The months are from the shortest to
        the longest precedent. Of a kind of which there is no precedent, nothing is known.
    """
    plants = [plant for plant in chain.plants if plant.product == gap.product]
    fresh = [plant for plant in plants if not plant.extension]
    larger = [plant for plant in plants if plant.extension]
    makers, name = gap.cover.makers, chain.product(gap.product).name
    planned = tuple(each for each in gap.cover.pipeline if each not in makers)
    attract_question = Label(
        f"问外地的{name.zh}厂家：愿不愿意来，要什么条件，多久投产？",
        f"Ask makers of {name.en} elsewhere: would they come, on what terms, and how soon?",
    )
    expand_question = Label(
        f"问本地厂家：{name.zh}能扩多少，要多少钱，缺什么？",
        f"Ask the makers here: by how much can {name.en} be enlarged, for how much, and what lacks?",
    )
    return (
        _build(Way.ATTRACT, gap, gap.cover.elsewhere, fresh, attract_question),
        _build(Way.EXPAND, gap, (*makers, *planned), larger, expand_question),
        _substitute(chain, gap, name),
    )


def _build(
    way: Way, gap: Gap, who: tuple[str, ...], plants: list[Plant], question: Label
) -> Option:
    sized = [plant for plant in plants if plant.capacity]
    said = [SCALED] if any(plant.cost for plant in sized) else []
    if plants and not said:
        said = [NOT_SCALED]
    return Option(
        way=way,
        open=way is Way.ATTRACT or bool(who),
        who=who,
        routes=(),
        amount=gap.lacking,
        cost=_scaled(sized, lambda plant: plant.cost, gap.lacking),
        yearly=False,
        jobs=_scaled(sized, lambda plant: plant.jobs, gap.lacking),
        months=_span(plant.months for plant in plants),
        precedents=tuple(plants),
        sources=tuple(sorted({source for plant in plants for source in plant.sources})),
        assumptions=tuple(said) or (NO_PRECEDENT,),
        assumed=any(plant.assumed for plant in plants),
        question=question,
    )


def _substitute(chain: Chain, gap: Gap, name: Label) -> Option:
    price = next((each for each in chain.prices if each.product == gap.product), None)
    said = [each for each in chain.inputs if each.product == gap.product]
    days = [each.switch_days for each in said if each.switch_days is not None]
    sources = {
        *(price.sources if price else ()),
        *(source for each in said if each.switch_days is not None for source in each.sources),
    }
    routes = _routes_without(chain, gap.product)
    return Option(
        way=Way.SUBSTITUTE,
        open=True,
        who=gap.cover.elsewhere,
        routes=routes,
        amount=gap.lacking,
        cost=gap.value,
        yearly=True,
        jobs=UNKNOWN,
        months=_span(each / DAYS_A_MONTH for each in days),
        precedents=(),
        sources=tuple(sorted(sources)),
        assumptions=(BOUGHT,),
        assumed=bool(price and price.assumed),
        question=Label(
            f"问用户单位：现在向谁买{name.zh}，换一家要多少天，能不能改路线？",
            f"Ask those who use it: from whom do you buy {name.en} now, how many days does it take to "
            "change, and could another route do?",
        ),
    )


def _routes_without(chain: Chain, product: str) -> tuple[str, ...]:
    """Return the variants that are asked for and of which no route uses the product."""
    used = uses_by_route(chain)[:, chain.code(product)]
    network = chain.network
    asked = chain.demand[1].reshape(len(network.routes), network.products).sum(axis=1) > 0
    with_it = {
        name for route, uses in zip(network.routes, used, strict=True) if uses for name in route
    }
    here = (route for route, wanted in zip(network.routes, asked, strict=True) if wanted)
    found = dict.fromkeys(name for route in here for name in route)
    return tuple(name for name in found if name not in with_it)


def _scaled(
    plants: Iterable[Plant], of: Callable[[Plant], float | None], amount: Interval
) -> Interval:
    """Return what the amount takes, by what a unit of capacity took in the precedents."""
    rates = sorted(
        value / plant.capacity
        for plant in plants
        if plant.capacity and (value := of(plant)) is not None
    )
    if not rates:
        return UNKNOWN
    return Interval(rates[0], median(rates), rates[-1]).times(amount)


def _span(numbers: Iterable[float | None]) -> Interval:
    known = sorted(number for number in numbers if number is not None)
    if not known:
        return UNKNOWN
    return Interval(known[0], known[0] if len({*known}) == 1 else None, known[-1])


def _later(start: date, months: float | None) -> date | None:
    if months is None:
        return None
    return date.fromordinal(start.toordinal() + round(months * DAYS_A_MONTH))
