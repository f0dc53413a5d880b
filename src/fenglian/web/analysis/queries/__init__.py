"""What do the engine's questions answer for an actor? Asked of the actor's own chain, and kept.

An answer is kept by the fingerprint of its chain, which is made of all that went into it: packs,
scenario, day and every statement of a unit. Who may use other statements has another chain with
another fingerprint, and is never handed this answer.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, cast

from django.utils.module_loading import import_string

from fenglian.engine.analysis import CATALOGUE
from fenglian.engine.analysis.comparison import Comparison, compare
from fenglian.engine.analysis.concentration import Concentrations
from fenglian.engine.analysis.exposure import Exposures
from fenglian.engine.analysis.question import Analysis, Report
from fenglian.engine.analysis.throughput import Throughputs, throughput
from fenglian.engine.chain.changes import Changes
from fenglian.engine.chain.model import Chain
from fenglian.web.chain.queries import KEPT, Kept, limits_of

QUESTIONS: Mapping[str, Analysis] = {analysis.name: analysis for analysis in CATALOGUE}


def answer(chain: Chain, question: str) -> Report:
    """Return what a question of the catalogue answers."""
    if question == "throughput":  # the map of the chain shows where its ladder begins
        return limits_of(chain)
    return _answer(Kept(chain.fingerprint, chain), question)


@lru_cache(maxsize=KEPT * len(CATALOGUE))
def _answer(kept: Kept, question: str) -> Report:
    return QUESTIONS[question].run(kept.chain)


def limits_beside(chain: Chain, neighbours: tuple[str, ...]) -> Throughputs:
    """Return what can be built and what limits it; with neighbours named, of these alone."""
    if not neighbours:
        return limits_of(chain)
    return _with_neighbours(Kept(chain.fingerprint, chain), tuple(sorted(set(neighbours))))


@lru_cache(maxsize=KEPT)
def _with_neighbours(kept: Kept, neighbours: tuple[str, ...]) -> Throughputs:
    return throughput(kept.chain, neighbours)


def concentrations_of(chain: Chain) -> Concentrations:
    """Return on how many makers each product rests."""
    return cast(Concentrations, answer(chain, "concentration"))


def exposures_of(chain: Chain) -> Exposures:
    """Return which supply links are known, and which are missing."""
    return cast(Exposures, answer(chain, "exposure"))


def comparison_of(chain: Chain, changes: Changes) -> Comparison:
    """Return the chain as it is beside the chain as it would be; what was imagined is not kept."""
    return compare(chain, changes, limits_of(chain))


def kept(chain: Chain) -> Kept:
    """Return a chain as the key under which its answers are kept."""
    return Kept(chain.fingerprint, chain)


def load(name: str) -> Any:
    """Return what has that dotted name in this room, loaded now.

    The kernel of cascades takes twelve seconds to compile, once an installation: what needs it is
    loaded when somebody asks for it, and not when the house starts.
    """
    return import_string(f"fenglian.web.analysis.{name}")
