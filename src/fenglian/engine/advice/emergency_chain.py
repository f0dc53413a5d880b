"""Makers of a product in a chain stop for weeks: what does it come to, and what is to be done?"""

from dataclasses import dataclass

from fenglian.engine.advice.emergency import EmergencyPlan, Step, emergency_plan
from fenglian.engine.analysis.disruption import disruption
from fenglian.engine.analysis.drill.sensitivity import sensitivity
from fenglian.engine.analysis.drill.stand_ins import READY_DAY, stand_ins
from fenglian.engine.chain.drill import Drill, Rules, Shock
from fenglian.engine.chain.drill_chain import NOTHING_TOLD, ChainDrill, Told, chain_drill
from fenglian.engine.chain.drill_faults import NoSuchStop
from fenglian.engine.chain.model import Chain

ALL = "*"
WEEK, AFTERWARDS = 7, 60  # days, and those watched after the stop has ended


@dataclass(frozen=True, slots=True, eq=False)
class ChainPlan:
    """A drill of a chain with all that follows."""

    stop: str  # product:organisation, or product:*
    desk: ChainDrill
    plan: EmergencyPlan
    product: str  # that the stopped make
    stopped: tuple[str, ...]  # organisations

    def steps_with(self, organisation: str) -> tuple[Step, ...]:
        """Return what is to be done with one organisation."""
        name = self.desk.firms.get(organisation)
        return tuple(step for step in self.plan.steps if step.firm == name)


def drill_chain(
    chain: Chain,
    stop: str = "",
    *,
    weeks: int = 6,
    share: float = 1.0,
    ready_day: int = READY_DAY,
    told: Told = NOTHING_TOLD,
    language: str = "zh",
) -> ChainPlan:
    """Return what it comes to if makers of a chain stop, and what follows.

    Parameters
    ----------
    chain, told
        Made for the one who asks.
    stop
        ``product:organisation``, or ``product:*`` for all its known makers; empty: the one of
        whom most is bought.
    weeks, share
        How long, and which share of the capacity, above 0 and up to 1.
    ready_day
        From which on stand-ins deliver.
    language
        Of the names in the answer.

    Returns
    -------
    ChainPlan
        Days that are watched: those of the stop and 60 more.

    Raises
    ------
    NoSuchStop
        Where nobody of that name makes the product in the known network.
    BadDays, BadShare, DrillTooLarge
        As their names say.
    """
    stop = stop or _largest(chain, told)
    product, _colon, who = stop.partition(":")
    desk = chain_drill(chain, told, product, language)
    makers = desk.makers.get(product, ()) if desk else ()
    stopped = makers if who == ALL else tuple(each for each in makers if each == who)
    if desk is None or not stopped:
        raise NoSuchStop(words=stop)
    days = WEEK * weeks
    shocks = tuple(Shock(desk.firms[each], share, days=days) for each in stopped)
    drill = Drill(shocks, desk.stocks, desk.free, final=desk.final)
    rules = Rules(days=days + AFTERWARDS)
    plan = emergency_plan(
        disruption(desk.network, drill, rules),
        sensitivity(desk.network, drill, rules),
        stand_ins(desk.network, drill, rules, ready_day=ready_day),
    )
    return ChainPlan(stop, desk, plan, product, stopped)


def _largest(chain: Chain, told: Told) -> str:
    desk = chain_drill(chain, told)
    if desk is None:
        return ""
    names = {own: each for each, own in desk.firms.items()}
    sold = dict.fromkeys(desk.firms, 0.0)
    for place, value in zip(desk.network.suppliers, desk.network.values, strict=True):
        sold[names[desk.network.firms[place]]] += float(value)
    most = max(sorted(sold), key=lambda each: sold[each])
    return f"{next(product for product, firms in desk.makers.items() if most in firms)}:{most}"
