"""What does a drill of an actor's chain come to, and what follows from it?

Loaded when first asked for: see ``queries.load``.
"""

from dataclasses import dataclass, replace

from fenglian.engine.advice.emergency import EmergencyPlan
from fenglian.engine.advice.emergency_chain import drill_chain
from fenglian.engine.chain.drill_chain import ChainDrill
from fenglian.engine.chain.model import Chain
from fenglian.web.analysis.actions import Question
from fenglian.web.analysis.queries.drills import Heard


@dataclass(frozen=True, slots=True)
class WorkedOut:
    """A drill with all that follows, and what went in."""

    question: Question
    desk: ChainDrill
    plan: EmergencyPlan
    product: str  # id of what the stopped make
    stopped: tuple[str, ...]  # organisations
    heard: Heard

    def organisation(self, name: str) -> str:
        """Return the organisation that has a name in the network."""
        return self.desk.organisation(name)


def work_out(chain: Chain, heard: Heard, question: Question, language: str) -> WorkedOut:
    """Return what a drill comes to; where nobody is named, the maker of whom most is bought stops.

    Raises
    ------
    NoSuchStop
        Where nobody of that name makes the product in the known network.
    """
    found = drill_chain(
        chain,
        question.stop,
        weeks=question.weeks,
        share=question.share / 100,
        ready_day=question.ready_day,
        told=heard.told,
        language=language,
    )
    asked = replace(question, stop=found.stop)
    return WorkedOut(asked, found.desk, found.plan, found.product, found.stopped, heard)
