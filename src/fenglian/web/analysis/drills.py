"""What does a drill of an actor's chain come to, and what follows from it?

Loaded when first asked for: see ``queries.load``.
"""

from dataclasses import dataclass, replace

from fenglian.engine.advice.emergency import EmergencyPlan, Step, emergency_plan
from fenglian.engine.analysis.disruption import disruption
from fenglian.engine.analysis.drill.sensitivity import sensitivity
from fenglian.engine.analysis.drill.stand_ins import stand_ins
from fenglian.engine.chain.drill import Drill, Rules, Shock
from fenglian.engine.chain.drill_chain import ChainDrill, chain_drill
from fenglian.engine.chain.model import Chain
from fenglian.web.analysis.actions import Question
from fenglian.web.analysis.faults import NoSuchStop
from fenglian.web.analysis.queries.drills import Heard

ALL = "*"
WEEK, AFTERWARDS = 7, 60  # days, and those watched after the stop has ended


@dataclass(frozen=True, slots=True)
class WorkedOut:
    """A drill with all that follows."""

    question: Question
    desk: ChainDrill
    plan: EmergencyPlan
    product: str  # id of what the stopped make
    stopped: tuple[str, ...]  # organisations
    heard: Heard

    def organisation(self, name: str) -> str:
        """Return the organisation that has a name in the network."""
        return self.desk.organisation(name)

    def steps_of(self, organisation: str) -> tuple[Step, ...]:
        """Return what is to be done with one organisation."""
        name = self.desk.firms.get(organisation)
        return tuple(step for step in self.plan.steps if step.firm == name)


def work_out(chain: Chain, heard: Heard, question: Question, language: str) -> WorkedOut:
    """Return what a drill comes to; where nobody is named, the maker of whom most is bought stops.

    Raises
    ------
    NoSuchStop
        Where nobody of that name makes the product in the known network.
    """
    if not question.stop:
        question = replace(question, stop=_largest(chain, heard))
    product, _colon, who = question.stop.partition(":")
    desk = chain_drill(chain, heard.told, product, language)
    makers = desk.makers.get(product, ()) if desk else ()
    stopped = makers if who == ALL else tuple(each for each in makers if each == who)
    if desk is None or not stopped:
        raise NoSuchStop(words=question.stop)
    days = WEEK * question.weeks
    shocks = [Shock(desk.firms[each], question.share / 100, days=days) for each in stopped]
    drill = Drill(tuple(shocks), desk.stocks, desk.free, final=desk.final)
    rules = Rules(days=days + AFTERWARDS)
    plan = emergency_plan(
        disruption(desk.network, drill, rules),
        sensitivity(desk.network, drill, rules),
        stand_ins(desk.network, drill, rules, ready_day=question.ready_day),
    )
    return WorkedOut(question, desk, plan, product, stopped, heard)


def _largest(chain: Chain, heard: Heard) -> str:
    desk = chain_drill(chain, heard.told)
    if desk is None:
        return ""
    sold: dict[tuple[str, str], float] = {}
    names = {own: each for each, own in desk.firms.items()}
    makers = {firm: product for product, firms in desk.makers.items() for firm in firms}
    for place, value in zip(desk.network.suppliers, desk.network.values, strict=True):
        firm = names[desk.network.firms[place]]
        sold[makers[firm], firm] = sold.get((makers[firm], firm), 0.0) + float(value)
    return ":".join(max(sorted(sold), key=lambda each: sold[each]))
