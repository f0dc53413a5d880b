"""What can the losses against the links come to at the very most? One linear system for all nodes.

Against the links losses add up, so the loss that starts at node k and comes back to nothing weighs
``v = w + Λᵀ v`` at k. With the node itself held down, every further time round its own loops is
counted once too often: ``v`` bounds the loss from above.
"""

import numpy as np
from scipy.sparse import csr_array  # type: ignore[import-untyped]  # scipy has no stubs

from fenglian.engine.kernels.cascade_plan import WEIGHT, CascadePlan
from fenglian.engine.kernels.explosion import Floats

SWEEPS = 5_000
CLOSE = 1e-9  # of a node's weight; what later sweeps may still add
NO_BOUND = 1e300  # finite, for nought times it is nought


def reach_against(plan: CascadePlan, sweeps: int = SWEEPS) -> Floats:
    """Return what one unit of loss at each node weighs in the end, against the links, at most.

    Parameters
    ----------
    plan
        Of the network.
    sweeps
        After how many to give up.

    Returns
    -------
    numpy.ndarray
        (nodes,), not below the true value; ``NO_BOUND`` everywhere where loops without leakage
        keep the sum growing.

    Notes
    -----
    Terms t of ``w + Λᵀw + …`` are added until t ≤ η/(1+η) w; then (1+η) times the sum so far
    satisfies v ≥ w + Λᵀv, and every such v lies above the solution. Nodes that weigh nothing
    count as a billionth of the heaviest, which only raises the bound.

    Examples
    --------
    >>> from fenglian.engine.kernels.cascade_plan import Flows, plan_cascade
    >>> one = np.ones(2)
    >>> chain = Flows(2, np.array([0]), np.array([1]), np.ones(1), np.array([1]),
    ...               np.arange(2), np.arange(2), one, one, np.array([0.4, 0.6]), one)
    >>> reach_against(plan_cascade(chain)).round(6).tolist()
    [0.4, 1.0]
    """
    weights = np.maximum(plan.node[:, WEIGHT], plan.node[:, WEIGHT].max(initial=0.0) * 1e-9)
    size = (plan.nodes, plan.nodes)
    matrix = csr_array((plan.backward, plan.origins.astype(np.int64), plan.starts), shape=size)
    total, term = weights.copy(), weights
    for _ in range(sweeps):
        term = matrix @ term
        if np.all(term <= CLOSE * weights):
            bound: Floats = total * (1 + 2 * CLOSE) * (1 + 1e-12)  # the last: what rounding took
            return bound[plan.places]
        total += term
    return np.full(plan.nodes, NO_BOUND)
