"""On what does the answer of a drill hang? One thing at a time is changed, and all run again."""

from dataclasses import dataclass
from enum import StrEnum

from fenglian.engine.analysis.disruption import first_day, lost_outside
from fenglian.engine.chain.drill import Drill, Rationing, Rules
from fenglian.engine.chain.drill_cases import HIGH, LOW, Case, Desk, lay_out, run_case
from fenglian.engine.chain.supply_network import SupplyNetwork
from fenglian.engine.executor import Executor, SerialExecutor, Watch
from fenglian.engine.labels import Label

WEEK = 7


class Change(StrEnum):
    """What is changed."""

    NOTHING = "nothing"
    STOCKS_HALVED = "stocks_halved"
    STOCKS_DOUBLED = "stocks_doubled"
    ASSUMED_LOW = "assumed_low"
    ASSUMED_HIGH = "assumed_high"
    WEEK_SHORTER = "week_shorter"
    WEEK_LONGER = "week_longer"
    OTHER_RATIONING = "other_rationing"

    @property
    def label(self) -> Label:
        """Wording."""
        return _CHANGES[self]


_CHANGES = {
    Change.NOTHING: Label("照推演", "as drilled"),
    Change.STOCKS_HALVED: Label("库存天数减半", "half the days of stock"),
    Change.STOCKS_DOUBLED: Label("库存天数加倍", "twice the days of stock"),
    Change.ASSUMED_LOW: Label("没有填的库存取低值", "stocks not stated at their low end"),
    Change.ASSUMED_HIGH: Label("没有填的库存取高值", "stocks not stated at their high end"),
    Change.WEEK_SHORTER: Label("停产少一周", "a week less"),
    Change.WEEK_LONGER: Label("停产多一周", "a week more"),
    Change.OTHER_RATIONING: Label("换一种分货办法", "the other rationing"),
}


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """What one change does to the loss."""

    change: Change
    lost_yuan: float  # not delivered outside, with the working stocks
    more_yuan: float  # than without the change; below 0: less
    stopped: int  # firms


def sensitivity(
    network: SupplyNetwork,
    drill: Drill,
    rules: Rules | None = None,
    *,
    executor: Executor | None = None,
    watch: Watch | None = None,
) -> tuple[Sensitivity, ...]:
    """Return what each change does to the loss, the drill itself first.

    Parameters
    ----------
    network, drill, rules
        As for the drill itself.
    executor, watch
        As for the drill itself; one block a change.

    Returns
    -------
    tuple
        A change that changes nothing here, as a week less of a stop of five days, is left out.

    Examples
    --------
    >>> from fenglian.engine.chain.drill import Shock, Stock
    >>> from fenglian.engine.chain.intervals import exactly
    >>> from fenglian.engine.chain.supply_network import make_network
    >>> chain = make_network(
    ...     ["flange", "tower"], ["s", "t"], [("flange", "tower", 365.0)], {("s", "t"): 2},
    ...     revenue=[365.0, 730.0],
    ... )
    >>> drill = Drill((Shock("flange", days=6),), (Stock("tower", "s", exactly(2)),))
    >>> [(str(row.change), row.more_yuan) for row in sensitivity(chain, drill)][:3]
    [('nothing', 0.0), ('stocks_halved', 2.0), ('stocks_doubled', -4.0)]
    """
    desk = lay_out(network, drill, rules or Rules())
    changes = list(_cases(desk).items())
    work = executor or SerialExecutor()
    found = work.run(lambda row: _answer(desk, row[1]), changes, watch or Watch())
    usual = found[0][0]
    return tuple(
        Sensitivity(change, lost, lost - usual, stopped)
        for (change, _), (lost, stopped) in zip(changes, found, strict=True)
    )


def _answer(desk: Desk, case: Case) -> tuple[float, int]:
    run = run_case(desk, case)
    there = desk.plan.output > 0
    below = run.made[:, there] < desk.rules.stopped_below * desk.plan.output[there]
    return lost_outside(desk, run), int((first_day(below) > 0).sum())


def _cases(desk: Desk) -> dict[Change, Case]:
    """Return the changes that can be made here."""
    ends = [shock.days for shock in desk.drill.shocks if shock.days is not None]
    other = next(rule for rule in Rationing if rule is not desk.rules.rationing)
    cases = {
        Change.NOTHING: Case(),
        Change.STOCKS_HALVED: Case(stocks=0.5),
        Change.STOCKS_DOUBLED: Case(stocks=2.0),
    }
    if (desk.stated < 0).any():
        cases[Change.ASSUMED_LOW] = Case(assumed_end=LOW)
        cases[Change.ASSUMED_HIGH] = Case(assumed_end=HIGH)
    if ends:
        if min(ends) > WEEK:
            cases[Change.WEEK_SHORTER] = Case(longer=-WEEK)
        cases[Change.WEEK_LONGER] = Case(longer=WEEK)
    cases[Change.OTHER_RATIONING] = Case(rationing=other)
    return cases
