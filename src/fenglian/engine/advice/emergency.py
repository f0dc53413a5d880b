"""What is to be done before a stop reaches others? Who is told what until which day, and why."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from fenglian.engine.analysis.disruption import Cause, Disruption, FirmPath
from fenglian.engine.analysis.drill.sensitivity import Sensitivity
from fenglian.engine.analysis.drill.stand_ins import StandIn, StandIns
from fenglian.engine.chain.intervals import Interval
from fenglian.engine.chain.records import Source
from fenglian.engine.labels import Label

CALCULATION = "CALC"  # id of the source that stands for the calculation itself


class Kind(StrEnum):
    """What kind of thing is to be done, in the order in which it is told."""

    WARN = "warn"
    USE = "use"
    ASK_ROOM = "ask_room"
    SEEK = "seek"
    ASK_STOCK = "ask_stock"

    @property
    def label(self) -> Label:
        """Wording."""
        return _KINDS[self]


_KINDS = {
    Kind.WARN: Label("通知", "warn"),
    Kind.USE: Label("启用替代", "bring in"),
    Kind.ASK_ROOM: Label("问空余产能", "ask for room"),
    Kind.SEEK: Label("到网络外找", "seek outside"),
    Kind.ASK_STOCK: Label("核库存", "check stock"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do."""

    kind: Kind
    by_day: int | None  # last day of the drill on which it still helps; None: at any time
    firm: str  # whom to turn to
    product: str | None
    others: tuple[str, ...]  # for whom it is done
    saved_yuan: Interval | None  # where it was computed
    assumed: bool  # rests on a stock that nobody stated

    @property
    def text(self) -> Label:
        """What to do, in words."""
        zh, en = "、".join(self.others), ", ".join(self.others)
        product = self.product or ""
        return {
            Kind.WARN: Label(
                f"告知{product}将断供，清点库存，调整排产。",
                f"Warn of the lack of {product}; count stocks and reschedule.",
            )
            if self.product
            else Label("告知订货将减少，调整排产。", "Warn of fewer orders; reschedule."),
            Kind.USE: Label(
                f"商定向{zh}供{product}，办好检验和合同。",
                f"Agree on {product} for {en}, with inspection and contract.",
            ),
            Kind.ASK_ROOM: Label(
                f"问能多产多少{product}，何时能供{zh}。",
                f"Ask how much more {product} it can make for {en}, and from when.",
            ),
            Kind.SEEK: Label(
                f"到网络以外找{product}：网络里没有别家能供。",
                f"Seek {product} outside the network: nobody else of it can give it.",
            ),
            Kind.ASK_STOCK: Label(
                f"核实{product}还够用几天；现在是假设。",
                f"Find out how many days its {product} lasts; the number is assumed.",
            ),
        }[self.kind]


@dataclass(frozen=True, slots=True, eq=False)
class EmergencyPlan:
    """A drill, what it hangs on, who could stand in, and what follows from it."""

    found: Disruption
    changes: tuple[Sensitivity, ...]
    others: StandIns
    steps: tuple[Step, ...]
    sources: tuple[Source, ...]  # of the tables and stocks, as the caller knows them

    @property
    def assumed(self) -> bool:
        """Whether a stock that nobody stated matters."""
        return bool(self.found.unknown_stocks)


def emergency_plan(
    found: Disruption,
    changes: tuple[Sensitivity, ...],
    others: StandIns,
    sources: tuple[Source, ...] = (),
) -> EmergencyPlan:
    """Return what follows from a drill.

    Parameters
    ----------
    found, changes, others
        Of one drill.
    sources
        Where links, firms, stocks and free capacity were read.

    Returns
    -------
    EmergencyPlan
        Steps by the day until which they help; those of no day last. A firm is warned until the
        day before it stops with the lowest stocks, as the careful reading of an interval asks.

    Examples
    --------
    >>> from fenglian.engine.analysis.disruption import disruption
    >>> from fenglian.engine.analysis.drill.sensitivity import sensitivity
    >>> from fenglian.engine.analysis.drill.stand_ins import stand_ins
    >>> from fenglian.engine.chain.drill import Drill, Shock
    >>> from fenglian.engine.chain.supply_network import make_network
    >>> chain = make_network(
    ...     ["a", "tower"], ["s", "t"], [("a", "tower", 365.0)], {("s", "t"): 2},
    ...     revenue=[365.0, 730.0],
    ... )
    >>> drill = Drill((Shock("a", days=20),))
    >>> plan = emergency_plan(
    ...     disruption(chain, drill), sensitivity(chain, drill), stand_ins(chain, drill)
    ... )
    >>> [(str(step.kind), step.by_day, step.firm) for step in plan.steps]
    [('warn', 1, 'tower'), ('seek', 1, 'tower'), ('ask_stock', 1, 'tower')]
    """
    steps = (
        *_warnings(found),
        *_uses(found, others),
        *_rooms(found, others),
        *_searches(found, others),
        *_stocks(found),
    )
    never = found.rules.days + 1
    order = list(Kind)
    ranked = sorted(
        steps, key=lambda step: (step.by_day or never, order.index(step.kind), step.firm)
    )
    return EmergencyPlan(found, changes, others, tuple(ranked), sources)


def _by_day(path: FirmPath | None) -> int | None:
    """Return the last day before a firm may be hit; the first day where it is hit at once."""
    earliest = path.stop_day.earliest or path.hit_day.earliest if path else None
    return max(1, earliest - 1) if earliest else None


def _warnings(found: Disruption) -> Iterator[Step]:
    lacking = {(each.firm, each.product) for each in found.unknown_stocks}
    for path in found.paths:
        if path.cause is Cause.OWN or path.stop_day.earliest is None:
            continue
        assumed = (path.firm, path.product) in lacking
        yield Step(Kind.WARN, _by_day(path), path.firm, path.product, (), None, assumed)


def _uses(found: Disruption, others: StandIns) -> Iterator[Step]:
    for row in others.rows:
        if row.stated and (row.saved_yuan.high or 0.0) > 0:
            day = max(1, others.ready_day - 1)
            saved = row.saved_yuan
            yield Step(Kind.USE, day, row.supplier, row.product, row.buyers, saved, False)


def _rooms(found: Disruption, others: StandIns) -> Iterator[Step]:
    for row in others.rows:
        if not row.stated:
            day = _first(found, row)
            yield Step(Kind.ASK_ROOM, day, row.supplier, row.product, row.buyers, None, False)


def _searches(found: Disruption, others: StandIns) -> Iterator[Step]:
    for buyer, product in others.without:
        path = found.of(buyer)
        if path is not None and path.product == product:
            yield Step(Kind.SEEK, _by_day(path), buyer, product, (buyer,), None, False)


def _stocks(found: Disruption) -> Iterator[Step]:
    for each in found.unknown_stocks:
        day = _by_day(found.of(each.firm))
        yield Step(Kind.ASK_STOCK, day, each.firm, each.product, (), None, True)


def _first(found: Disruption, row: StandIn) -> int | None:
    days = [day for buyer in row.buyers if (day := _by_day(found.of(buyer)))]
    return min(days, default=None)
