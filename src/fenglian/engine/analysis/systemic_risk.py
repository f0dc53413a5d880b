"""Which firm's failure would cost the whole supply network most? The ESRI of every firm.

References
----------
Diem, C., Borsos, A., Reisch, T., Kertész, J., Thurner, S. (2022): Quantifying firm-level economic
systemic risk from nation-wide supply networks. Scientific Reports 12, 7719.
doi:10.1038/s41598-022-11522-z
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from threading import local

import numpy as np

from fenglian.engine.analysis.question import LinkAnalysis
from fenglian.engine.chain.link_faults import UnknownMode
from fenglian.engine.chain.supply_network import SupplyNetwork
from fenglian.engine.executor import Executor, SerialExecutor, Watch
from fenglian.engine.kernels.cascade import (
    DOWN,
    ROUNDS,
    TOTAL,
    TOUCHED,
    UNPUSHED,
    UP,
    Spread,
    Stop,
    full_shocks,
    spread_losses,
    trace_losses,
)
from fenglian.engine.kernels.cascade_bound import reach_against
from fenglian.engine.kernels.cascade_plan import CascadePlan, plan_cascade
from fenglian.engine.kernels.cascade_state import Shocks, make_state
from fenglian.engine.kernels.explosion import Floats, Integers
from fenglian.engine.labels import Label

MODES = {"published": 1e-2, "default": 1e-4, "exact": 1e-12}  # tolerance of a round
ROUNDS_AT_MOST = 10_000
BLOCKS = 200  # into which the firms are split; each tells how far the work is
SMALLEST_BLOCK = 50

ONE_PERIOD = Label(
    "指数按一个时期的供货额计算，不含库存、恢复和改换供应商所用的时间。",
    "The index rests on the supplies of one period; it knows no stocks, recovery or time to switch.",
)
UNRATED = Label(
    "没有给出投入品等级：各种投入品都按“非关键”计算，下游损失可能偏低。",
    "No essentiality was given: every input counts as non-essential, so losses downstream may be too low.",
)
NO_REVENUE = Label(
    "有企业没有填营业收入：它卖到网络以外的部分按 0 计算。",
    "Some firms state no revenue: what they sell outside the network counts as 0.",
)


@dataclass(frozen=True, slots=True)
class Options:
    """How the index is computed."""

    mode: str = "default"  # published, default or exact
    prune: float = 0.0  # a change of at most that much is not passed on
    substitution: bool = True  # whether firms of one market stand in for each other


@dataclass(frozen=True, slots=True)
class FirmRisk:
    """What the failure of one firm costs the network, 0–1 of its weight."""

    firm: str
    esri: float
    esri_down: float  # at those whom it supplies, and theirs
    esri_up: float  # at those who supply it, and theirs
    esri_up_bound: float  # the exact esri_up is not above
    rounds: int
    touched: int  # firms that lose something, itself among them


@dataclass(frozen=True, slots=True, eq=False)
class SystemicRisk:
    """The index of the firms that were asked for."""

    firms: tuple[str, ...]
    esri: Floats  # (firms,)
    esri_down: Floats
    esri_up: Floats
    esri_up_bound: Floats
    rounds: Integers
    touched: Integers
    options: Options
    unfinished: int  # cascades cut off after ROUNDS_AT_MOST rounds
    assumptions: tuple[Label, ...]

    def row(self, place: int) -> FirmRisk:
        """Return the firm at a place."""
        return FirmRisk(
            self.firms[place],
            float(self.esri[place]),
            float(self.esri_down[place]),
            float(self.esri_up[place]),
            float(self.esri_up_bound[place]),
            int(self.rounds[place]),
            int(self.touched[place]),
        )

    def of(self, firm: str) -> FirmRisk | None:
        """Return the row of a firm; None where it was not asked for."""
        return self.row(self.firms.index(firm)) if firm in self.firms else None

    def top(self, count: int) -> tuple[FirmRisk, ...]:
        """Return the firms of the highest index, the highest first; equal ones by name."""
        ranked = sorted(range(len(self.firms)), key=lambda at: (-self.esri[at], self.firms[at]))
        return tuple(self.row(place) for place in ranked[:count])


def systemic_risk(
    network: SupplyNetwork,
    options: Options | None = None,
    *,
    firms: Sequence[str] | None = None,
    executor: Executor | None = None,
    watch: Watch | None = None,
) -> SystemicRisk:
    """Return the Economic Systemic Risk Index of firms, each failing alone and wholly.

    Parameters
    ----------
    network
        With values of one period in one unit of money; any unit gives the same index.
    options
        Mode, pruning, substitution. ``published`` stops where no firm loses more than 1 % in a
        round, as the paper does, and understates; ``exact`` goes on to 1e-12.
    firms
        Those to fail; all where it is missing.
    executor
        Who does the work; this thread where it is missing. All give the same bits.
    watch
        What is told of the progress, and may stop it.

    Returns
    -------
    SystemicRisk
        0–1, the weighted share of the network that is lost.

    Raises
    ------
    Cancelled, NoWeight, UnknownFirm, UnknownMode
        As their names say.

    Notes
    -----
    ``esri_up_bound`` is certified by one linear system. Downstream no such bound is known: there
    pruning was only measured to err little, see the explanation.

    Examples
    --------
    >>> from fenglian.engine.chain.supply_network import make_network
    >>> chain = make_network(
    ...     ["a", "b", "c"], ["s", "t", "u"], [("a", "b", 1.0), ("b", "c", 1.0)],
    ...     {("s", "t"): 2, ("t", "u"): 2},
    ... )
    >>> [row.esri_up for row in systemic_risk(chain, Options("exact")).top(3)]
    [0.5, 1.0, 1.0]
    """
    chosen = options or Options()
    stop = stop_of(chosen)
    places = np.arange(len(network.firms))
    if firms is not None:
        places = np.array([network.place(firm) for firm in firms], np.int64)
    plan = plan_cascade(network.flows(substitution=chosen.substitution))
    reach = reach_against(plan)
    spread = sweep(plan, places, stop, reach, executor or SerialExecutor(), watch or Watch())
    losses, counts = spread.losses, spread.counts
    bound = np.minimum(losses[:, UP] + losses[:, UNPUSHED], reach[places])
    return SystemicRisk(
        firms=tuple(network.firms[place] for place in places),
        esri=losses[:, TOTAL].copy(),
        esri_down=losses[:, DOWN].copy(),
        esri_up=losses[:, UP].copy(),
        # Rounding may leave the bound a hair below what it bounds.
        esri_up_bound=np.minimum(np.maximum(bound, losses[:, UP]), 1.0),
        rounds=counts[:, ROUNDS].copy(),
        touched=counts[:, TOUCHED].copy(),
        options=chosen,
        unfinished=int((counts[:, ROUNDS] >= stop.rounds).sum()),
        assumptions=_assumptions(network),
    )


@dataclass(frozen=True, slots=True, eq=False)
class Losses:
    """What every firm of a network loses in one cascade, 0–1 of itself."""

    firms: tuple[str, ...]
    down: Floats
    up: Floats
    total: float  # weighted, as in the index

    def worst(self, count: int) -> tuple[tuple[str, float], ...]:
        """Return the firms that lose most, with the larger of both losses."""
        both = np.maximum(self.down, self.up)
        ranked = sorted(range(len(both)), key=lambda at: (-both[at], self.firms[at]))
        return tuple((self.firms[at], float(both[at])) for at in ranked[:count] if both[at] > 0)


def trace_failure(
    network: SupplyNetwork, lost: Mapping[str, float], options: Options | None = None
) -> Losses:
    """Return who loses how much where several firms lose a part of themselves at once.

    Parameters
    ----------
    network
        Of the firms.
    lost
        What is lost at first, 0–1 by firm, in both directions.
    options
        As for the index.
    """
    chosen = options or Options()
    plan = plan_cascade(network.flows(substitution=chosen.substitution))
    nodes = np.array([network.place(firm) for firm in lost], np.int64)
    parts = np.array(list(lost.values()), np.float64)
    shocks = Shocks(np.array([0, len(nodes)]), nodes, parts, parts.copy())
    down, up = trace_losses(plan, shocks, stop_of(chosen))
    return Losses(network.firms, down, up, float(network.weights() @ np.maximum(down, up)))


def sweep(
    plan: CascadePlan,
    places: Integers,
    stop: Stop,
    reach: Floats,
    executor: Executor,
    watch: Watch,
) -> Spread:
    """Let the nodes fail one by one, in blocks that any executor may share out."""
    size = max(SMALLEST_BLOCK, -(-len(places) // BLOCKS))
    blocks = [places[first : first + size] for first in range(0, len(places), size)]
    memory = local()  # one a thread, asked for once

    def work(block: Integers) -> Spread:
        if not hasattr(memory, "state"):
            memory.state = make_state(plan)
        return spread_losses(plan, full_shocks(block), stop, reach=reach, state=memory.state)

    parts = executor.run(work, blocks, watch)
    if not parts:
        return spread_losses(plan, full_shocks(places), stop)
    return Spread(
        np.concatenate([part.losses for part in parts]),
        np.concatenate([part.counts for part in parts]),
    )


def stop_of(options: Options) -> Stop:
    """Return when a cascade of these options ends."""
    if options.mode not in MODES:
        raise UnknownMode(mode=options.mode, known=", ".join(MODES))
    return Stop(MODES[options.mode], options.prune, ROUNDS_AT_MOST)


def _assumptions(network: SupplyNetwork) -> tuple[Label, ...]:
    found = [ONE_PERIOD]
    if not network.rated:
        found.append(UNRATED)
    if np.isnan(network.revenue).any():
        found.append(NO_REVENUE)
    return tuple(found)


ANALYSIS = LinkAnalysis(
    name="systemic_risk",
    command="systemic-risk",
    label=Label("系统性风险", "Systemic risk"),
    question=Label(
        "哪家企业停了，整个网络损失最大？", "Whose failure would cost the whole network most?"
    ),
    run=systemic_risk,
    source="Diem et al. 2022, Scientific Reports 12, 7719, doi:10.1038/s41598-022-11522-z",
)
