"""A plant stops for some weeks: who stops when, who comes back when, and what does it cost?

Every firm keeps stocks of its inputs, orders daily and makes what its capacity, its orders and its
stocks allow; see :mod:`fenglian.engine.kernels.inventory`. Unlike the index of systemic risk it
knows days.

References
----------
Hallegatte, S. (2008): An adaptive regional input-output model and its application to the
assessment of the economic cost of Katrina. Risk Analysis 28(3), 779–799.
doi:10.1111/j.1539-6924.2008.01046.x
Inoue, H., Todo, Y. (2019): Firm-level propagation of shocks through supply-chain networks. Nature
Sustainability 2, 841–847. doi:10.1038/s41893-019-0351-x
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from fenglian.engine.analysis.question import LinkAnalysis
from fenglian.engine.analysis.systemic_risk import systemic_risk
from fenglian.engine.chain.drill import Drill, Rules, Shock
from fenglian.engine.chain.drill_cases import (
    HIGH,
    LOW,
    WORKING,
    Case,
    Desk,
    lay_out,
    normal_output,
    run_case,
)
from fenglian.engine.chain.intervals import UNKNOWN, Interval, exactly
from fenglian.engine.chain.supply_network import SupplyNetwork
from fenglian.engine.executor import Executor, SerialExecutor, Watch
from fenglian.engine.kernels.explosion import Floats, Integers
from fenglian.engine.kernels.inventory import NOTHING, History
from fenglian.engine.labels import Label

FELT = 0.99  # of normal output; below it a firm is hit
TWO_WEEKS = 14

NO_BACKLOG = Label(
    "没有交付给网络以外客户的货算作损失，以后不补；企业之间欠交的，下一天重新订。",
    "What is not delivered outside the network is lost and not made up for; between firms it is "
    "ordered again the next day.",
)
ONE_DAY = Label(
    "今天发出的货最早明天用；运输和检验都按一天算。",
    "What is sent today is used tomorrow at the earliest: transport and inspection take one day.",
)
STEADY = Label(
    "推演开始前一切照常，需求每天一样；供货额平摊到每一天。",
    "Before the drill all is as usual, and demand is the same every day; values are spread evenly.",
)
UNRATED = Label(
    "没有给出投入品等级：各种投入品都按“非关键”计算，缺一种只少一部分产出，损失可能偏低。",
    "No essentiality was given: every input counts as non-essential, so losses may be too low.",
)
NO_RUSH = Label(
    "除表里写明的空余产能外，停产过后没有谁加班赶产。",
    "Apart from the free capacity that is stated, nobody works overtime afterwards.",
)


NEVER = Label("无", "none")  # a day that does not come


class Cause(StrEnum):
    """Why a firm makes less."""

    OWN = "own"
    INPUTS = "inputs"
    ORDERS = "orders"

    @property
    def label(self) -> Label:
        """Wording."""
        return _CAUSES[self]


_CAUSES = {
    Cause.OWN: Label("本身停产", "its own stop"),
    Cause.INPUTS: Label("缺料", "lack of an input"),
    Cause.ORDERS: Label("订货减少", "fewer orders"),
}


@dataclass(frozen=True, slots=True)
class Days:
    """A day of the drill by the stocks: low, working, high; None where it does not come."""

    low: int | None
    working: int | None
    high: int | None

    @property
    def earliest(self) -> int | None:
        """The first of the three."""
        return min((day for day in (self.low, self.working, self.high) if day), default=None)

    @property
    def latest(self) -> int | None:
        """The last of the three; None where one of them does not come."""
        days = (self.low, self.working, self.high)
        return None if None in days else max(day for day in days if day)

    def text(self, language: str, never: Label = NEVER) -> str:
        """Return the words for it: 8（3–不停）."""
        three, word = (self.low, self.working, self.high), never.text(language)
        known = sorted({day for day in three if day is not None})
        ends = [str(day) for day in known] + ([word] if None in three else [])
        working = word if self.working is None else str(self.working)
        if len(ends) == 1:
            return working
        within = f"{ends[0]}–{ends[-1]}"
        return f"{working}（{within}）" if language.startswith("zh") else f"{working} ({within})"


@dataclass(frozen=True, slots=True)
class FirmPath:
    """What becomes of one firm."""

    firm: str
    cause: Cause  # of the first day on which it is hit, with the working stocks
    hit_day: Days  # first day below 99 % of normal
    stop_day: Days  # first day below the share at which it counts as stopped
    recovered_day: Days  # from which on it stays recovered, 1: was never below; None: not in these
    lowest: Interval  # share of normal output on its worst day
    lost_yuan: Interval  # output
    product: str | None  # input that held it back; None where it was none
    stock_days: Interval  # of that input
    stock_stated: bool  # whether somebody stated it
    held_days: int | None  # that the stock kept it going after less of the input came


@dataclass(frozen=True, slots=True)
class UnknownStock:
    """A stock that nobody stated and that matters, because the input failed to come."""

    firm: str
    product: str


@dataclass(frozen=True, slots=True, eq=False)
class Disruption:
    """What a drill comes to; the ends of intervals are runs with low and high stocks."""

    drill: Drill
    rules: Rules
    paths: tuple[FirmPath, ...]  # of the firms that are hit, in the order in which they stop
    firms: int  # of the network
    final_lost_yuan: Interval  # not delivered to those outside the network, all firms
    final_lost: Interval  # of the final product, in its unit; unknown where none was named
    normal_yuan: float  # delivered outside in that time without the drill
    daily_outside: Floats  # (3, days) share of the normal deliveries outside
    daily_final: Floats | None  # (3, days) share of the normal output of the final product
    unknown_stocks: tuple[UnknownStock, ...]
    stocks_stated: int  # inputs of firms whose stock somebody stated
    stocks_assumed: int  # of all others
    imbalance: float  # largest of any stock, as a part of it; rounding only
    assumptions: tuple[Label, ...]

    def of(self, firm: str) -> FirmPath | None:
        """Return the path of a firm; None where it is not hit."""
        return next((path for path in self.paths if path.firm == firm), None)

    @property
    def stopped(self) -> tuple[FirmPath, ...]:
        """The firms that stop with the working stocks, in their order."""
        return tuple(path for path in self.paths if path.stop_day.working is not None)


def disruption(
    network: SupplyNetwork,
    drill: Drill | None = None,
    rules: Rules | None = None,
    *,
    executor: Executor | None = None,
    watch: Watch | None = None,
) -> Disruption:
    """Return what becomes of every firm, day by day, when some stop.

    Parameters
    ----------
    network
        With values of one period in one unit of money.
    drill
        Who stops, which stocks there are, who stands in. Where it is missing, the firm of the
        highest index of systemic risk stops for two weeks.
    rules
        Days, rationing, unit of money and the like.
    executor
        Who does the three runs: low, working and high stocks.
    watch
        What is told of the progress, and may stop it.

    Returns
    -------
    Disruption
        Losses in yuan; days count from 1.

    Raises
    ------
    BadDays, BadRules, BadShare, Cancelled, LostTwice, NoWeight, StandsInForNobody, UnknownFirm
    UnknownInput
        As their names say.

    Examples
    --------
    A flange plant stops for six days; its customer has stock for two, and keeps one day in use.

    >>> from fenglian.engine.chain.drill import Stock
    >>> from fenglian.engine.chain.intervals import exactly
    >>> from fenglian.engine.chain.supply_network import make_network
    >>> chain = make_network(
    ...     ["flange", "tower"], ["s", "t"], [("flange", "tower", 365.0)], {("s", "t"): 2},
    ...     revenue=[365.0, 730.0],
    ... )
    >>> drill = Drill((Shock("flange", days=6),), (Stock("tower", "s", exactly(2)),))
    >>> found = disruption(chain, drill)
    >>> [(path.firm, path.stop_day.working, path.recovered_day.working) for path in found.paths]
    [('flange', 1, 7), ('tower', 4, 8)]
    >>> found.final_lost_yuan.working
    8.0
    """
    rules = rules or Rules()
    drill = drill or worst_of(network)
    desk = lay_out(network, drill, rules)
    cases = [Case(LOW), Case(WORKING), Case(HIGH)]
    work = executor or SerialExecutor()
    runs = work.run(lambda case: run_case(desk, case), cases, watch or Watch())
    paths = _paths(desk, runs)
    final, daily_final = _final(desk, runs)
    normal = float(desk.plan.outside.sum())
    stated = int((desk.stated >= 0).sum())
    return Disruption(
        drill=drill,
        rules=rules,
        paths=paths,
        firms=len(network.firms),
        final_lost_yuan=spread([lost_outside(desk, run) for run in runs]),
        final_lost=final,
        normal_yuan=normal * rules.days * rules.yuan,
        daily_outside=_daily(np.stack([run.outside.sum(axis=1) for run in runs]), normal),
        daily_final=daily_final,
        unknown_stocks=_unknown_stocks(desk, runs[LOW]),
        stocks_stated=stated,
        stocks_assumed=len(desk.stated) - stated,
        imbalance=max(run.imbalance() for run in runs),
        assumptions=tuple(_assumptions(desk)),
    )


def worst_of(network: SupplyNetwork) -> Drill:
    """Return the drill of the firm of the highest index stopping wholly for two weeks."""
    return Drill((Shock(systemic_risk(network).top(1)[0].firm, days=TWO_WEEKS),))


def lost_outside(desk: Desk, run: History) -> float:
    """Return in yuan what is not delivered to those outside the network."""
    missing = float((desk.plan.outside[None, :] - run.outside).sum())
    return max(missing, 0.0) * desk.rules.yuan


def spread(runs: list[float]) -> Interval:
    """Return the interval of three runs: the least, the working one and the most."""
    # What differs by rounding alone is no interval, and what is left by it is nothing.
    dust = 1e-9 * max(abs(each) for each in runs)
    runs = [0.0 if abs(each) <= dust else each for each in runs]
    working = runs[WORKING]
    same = max(runs) - min(runs) <= dust
    return exactly(working) if same else Interval(min(runs), working, max(runs))


def _paths(desk: Desk, runs: list[History]) -> tuple[FirmPath, ...]:
    normal = np.where(desk.plan.output > 0, desk.plan.output, 1.0)
    levels = [run.made / normal for run in runs]
    hit = np.stack([first_day(level < FELT) for level in levels])
    stop = np.stack([first_day(level < desk.rules.stopped_below) for level in levels])
    back = np.stack([recovered(level, desk.rules.recovered_at) for level in levels])
    some = (hit > 0).any(axis=0) & (desk.plan.output > 0)
    paths = [_path(desk, runs, levels, (hit, stop, back), int(at)) for at in np.flatnonzero(some)]

    def order(path: FirmPath) -> tuple[int, int, int, str]:
        never = desk.rules.days + 1
        first = path.stop_day.working or path.stop_day.earliest or never
        return (first, path.hit_day.working or never, path.hit_day.earliest or never, path.firm)

    return tuple(sorted(paths, key=lambda path: (path.stop_day.working is None, *order(path))))


def _path(
    desk: Desk,
    runs: list[History],
    levels: list[Floats],
    days: tuple[Integers, Integers, Integers],
    at: int,
) -> FirmPath:
    hit, stop, back = (_days(found[:, at]) for found in days)
    run = WORKING if hit.working else LOW
    first = (hit.working or hit.earliest or 1) - 1
    cause, store = _cause(desk, runs[run], first, at)
    lost = [float((desk.plan.output[at] - each.made[:, at]).sum()) for each in runs]
    held = None
    if store != NOTHING:
        held = max(0, first - int(runs[run].short_day[store]) - 1)
    return FirmPath(
        firm=desk.network.firms[at],
        cause=cause,
        hit_day=hit,
        stop_day=stop,
        recovered_day=back,
        lowest=spread([float(level[:, at].min()) for level in levels]),
        lost_yuan=spread([each * desk.rules.yuan for each in lost]),
        product=None if store == NOTHING else desk.product(store),
        stock_days=UNKNOWN if store == NOTHING else desk.stock_days(store),
        stock_stated=store != NOTHING and bool(desk.stated[store] >= 0),
        held_days=held,
    )


def _cause(desk: Desk, run: History, day: int, at: int) -> tuple[Cause, int]:
    """Return why a firm makes less on a day, and the store that holds it back where one does."""
    for shock in desk.drill.shocks:
        lasts = shock.days is None or day < shock.from_day - 1 + shock.days
        if desk.network.firms[at] == shock.firm and shock.from_day - 1 <= day and lasts:
            return Cause.OWN, NOTHING
    store = int(run.held_by[day, at])
    return (Cause.ORDERS if store == NOTHING else Cause.INPUTS), store


def _days(found: Integers) -> Days:
    return Days(*(int(day) if day > 0 else None for day in found))


def first_day(below: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> Integers:
    """Return (firms,) the first day from 1 on that is marked; 0 where none is."""
    return np.where(below.any(axis=0), below.argmax(axis=0) + 1, 0).astype(np.int64)


def recovered(level: Floats, wanted: float) -> Integers:
    """Return (firms,) the day from which on the level stays, 1 where it never left; 0: none."""
    below = level < wanted
    last = len(level) - below[::-1].argmax(axis=0)  # days from 1: the last one below
    back = np.where(last < len(level), last + 1, 0)
    return np.where(below.any(axis=0), back, 1).astype(np.int64)


def _final(desk: Desk, runs: list[History]) -> tuple[Interval, Floats | None]:
    """Return the final product lost in its unit, and its daily output as a share of normal."""
    final = desk.drill.final
    if final is None:
        return UNKNOWN, None
    network = desk.network
    makers = network.sector == network.sectors.index(final.product)
    normal = float(desk.plan.output[makers].sum())
    made = np.stack([run.made[:, makers].sum(axis=1) for run in runs])
    lost = [max(0.0, float((normal - each).sum())) * desk.rules.yuan for each in made]
    return spread(lost).over(final.yuan_per_unit), _daily(made, normal)


def _daily(amounts: Floats, normal: float) -> Floats:
    return amounts / normal if normal > 0 else np.ones_like(amounts)


def _unknown_stocks(desk: Desk, run: History) -> tuple[UnknownStock, ...]:
    """Return the assumed stocks of inputs that failed to come, felt ones only, by firm."""
    matters = (desk.stated < 0) & (run.short_day < desk.rules.days) & (desk.plan.effect > 0)
    found = {
        UnknownStock(desk.network.firms[desk.holders[store]], desk.product(int(store)))
        for store in np.flatnonzero(matters)
    }
    return tuple(sorted(found, key=lambda each: (each.firm, each.product)))


def _assumptions(desk: Desk) -> list[Label]:
    found = [STEADY, ONE_DAY, NO_BACKLOG]
    if desk.rules.overproduction == 1:
        found.append(NO_RUSH)
    if not desk.network.rated:
        found.append(UNRATED)
    unstated = int((desk.stated < 0).sum())
    if unstated:
        low, working, high = (f"{end:g}" for end in desk.rules.assumed.ends() if end is not None)
        found.append(
            Label(
                f"{len(desk.stated):,} 项投入品里有 {unstated:,} 项没有填库存，按 {working} 天（{low}–{high} 天）假设。",
                f"Of {len(desk.stated):,} inputs {unstated:,} have no stated stock; {working} days "
                f"({low}–{high}) are assumed.",
            )
        )
    _, guessed = normal_output(desk.network)
    if len(guessed):
        names = [desk.network.firms[at] for at in guessed[:3]]
        found.append(
            Label(
                f"{len(guessed):,} 家没有填营业收入，也不卖给网络内的企业，产出按采购额计：{'、'.join(names)}{'等' if len(guessed) > 3 else ''}。",
                f"{len(guessed):,} firms state no revenue and sell to none in the network; their "
                f"output counts at what they buy: {', '.join(names)}{' …' if len(guessed) > 3 else ''}.",
            )
        )
    return found


ANALYSIS = LinkAnalysis(
    name="disruption",
    command="disruption",
    label=Label("停产推演", "Disruption drill"),
    question=Label(
        "一家停几周，谁在哪天停、哪天恢复，损失多少？",
        "A plant stops for weeks: who stops when, who comes back when, what is lost?",
    ),
    run=disruption,
    source="Hallegatte 2008, Risk Analysis 28(3), 779–799, doi:10.1111/j.1539-6924.2008.01046.x",
)
