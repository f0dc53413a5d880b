"""What does a cascade work in? Shocks, and the memory of one thread."""

from typing import NamedTuple, TypeAlias

import numba
import numpy as np
from numpy.typing import NDArray

from fenglian.engine.kernels.cascade_lanes import LANES_TYPE, LaneState, make_lanes
from fenglian.engine.kernels.cascade_plan import CascadePlan, Codes
from fenglian.engine.kernels.explosion import Floats, Integers

Marks: TypeAlias = NDArray[np.uint8]

LOSS, PUSHED, NEED, SUM = 0, 1, 2, 3  # columns of CascadeState.down; up has the first two
CHANGED, FRONTIER, LOST_DOWN, LOST_UP, LINKS = 0, 1, 2, 3, 4  # CascadeState.lengths


class Shocks(NamedTuple):
    """What is lost at the start of each cascade; a node stands at most once in each."""

    starts: Integers  # (shocks + 1,)
    nodes: Integers  # (entries,)
    down: Floats  # (entries,) lost to those that a node gives to, 0–1
    up: Floats  # (entries,) lost to those that give to a node, 0–1


class CascadeState(NamedTuple):
    """Working memory of one thread; all zero between cascades."""

    down: Floats  # (nodes, 4) LOSS, PUSHED on, NEED: worst of its kinds, SUM: what adds up
    up: Floats  # (nodes, 2) LOSS, PUSHED on
    up_sum: Floats  # (nodes,) apart from the rest: what every link writes to, as small as can be
    slot: Floats  # (slots,) lost of one kind at one target
    group_loss: Floats  # (groups,)
    group_first: Codes  # (groups,) node + 1 that lost something last; 0 none
    group_next: Codes  # (nodes,) node + 1 that lost something before
    group_mark: Marks  # (groups,) whether in changed
    down_mark: Marks  # (nodes,) whether in down_touched
    up_mark: Marks  # (nodes,) whether in up_touched
    down_touched: Codes  # (nodes + 1,)
    up_touched: Codes  # (nodes + 1,)
    changed: Codes  # (groups + 1,)
    frontier: Codes  # (nodes + 1,)
    lost_down: Codes  # (nodes + 1,)
    lost_up: Codes  # (nodes + 1,)
    lengths: Integers  # (5,)
    asked: Floats  # (1,) keeps the compiler from leaving out what only warms the memory up
    lanes: LaneState  # of the cascades that have grown too large for all this


_floats, _counts = numba.float64[::1], numba.int64[::1]
_table, _codes, _marks = numba.float64[:, ::1], numba.uint32[::1], numba.uint8[::1]
STATE_TYPE = numba.types.NamedTuple(  # type: ignore[no-untyped-call]  # numba has no types
    (
        _table, _table, _floats, _floats, _floats, _codes, _codes, _marks, _marks, _marks, _codes, _codes,
        _codes, _codes, _codes, _codes, _counts, _floats, LANES_TYPE,
    ),
    CascadeState,
)  # fmt: skip
SHOCKS_TYPE = numba.types.NamedTuple(  # type: ignore[no-untyped-call]
    (_counts, _counts, _floats, _floats), Shocks
)


def make_state(plan: CascadePlan) -> CascadeState:
    """Ask for the memory that cascades of one thread work in; about 100 bytes a node.

    Another 256 bytes a node are there for heavy cascades; the system gives them when they are used.
    """
    nodes, groups = plan.nodes, len(plan.totals)

    def codes(size: int) -> Codes:
        return np.zeros(size + 1, np.uint32)

    return CascadeState(
        down=np.zeros((nodes, 4)),
        up=np.zeros((nodes, 2)),
        up_sum=np.zeros(nodes),
        slot=np.zeros(int(plan.slot_starts[-1])),
        group_loss=np.zeros(groups),
        group_first=np.zeros(groups, np.uint32),
        group_next=np.zeros(nodes, np.uint32),
        group_mark=np.zeros(groups, np.uint8),
        down_mark=np.zeros(nodes, np.uint8),
        up_mark=np.zeros(nodes, np.uint8),
        down_touched=codes(nodes),
        up_touched=codes(nodes),
        changed=codes(groups),
        frontier=codes(nodes),
        lost_down=codes(nodes),
        lost_up=codes(nodes),
        lengths=np.zeros(5, np.int64),
        asked=np.zeros(1),
        lanes=make_lanes(plan),
    )
