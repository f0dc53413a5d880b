"""The equations of cascades written down once more, densely and slowly: what kernels answer to."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fenglian.engine.kernels.cascade_plan import ADDED, NEEDED, Flows
from fenglian.engine.kernels.explosion import Floats

EMPTY = 1e-12


@dataclass(frozen=True, slots=True)
class Answer:
    """One cascade by the book."""

    total: float
    down: float
    up: float
    rounds: int
    lost_down: Floats
    lost_up: Floats


def make_flows(
    links: list[tuple[int, int, float, int]],
    kinds: list[int],
    **more: NDArray[np.floating] | list[float],
) -> Flows:
    """Return a network of (origin, target, amount, effect); weights are what nodes give inside."""
    nodes = len(kinds)
    table = np.array(links, np.float64).reshape(-1, 4)
    origins = table[:, 0].astype(np.int64)
    outward = np.bincount(origins, table[:, 2], minlength=nodes)
    weights = np.asarray(more.get("weights", outward), np.float64)
    return Flows(
        nodes=nodes,
        origins=origins,
        targets=table[:, 1].astype(np.int64),
        amounts=np.ascontiguousarray(table[:, 2]),
        effects=table[:, 3].astype(np.int64),
        kinds=np.array(kinds, np.int64),
        groups=np.asarray(more.get("groups", kinds)).astype(np.int64),
        given=np.asarray(more.get("given", np.zeros(nodes)), np.float64),
        taken=np.asarray(more.get("taken", np.zeros(nodes)), np.float64),
        weights=weights / weights.sum(),
        ceilings=np.asarray(more.get("ceilings", np.ones(nodes)), np.float64),
    )


def random_flows(rng: np.random.Generator, nodes: int, links: int, kinds: int) -> Flows:
    """Return any network: loops, hubs, several links between two nodes, flows from outside."""
    pairs = rng.integers(0, nodes, (links, 2))
    amounts = rng.lognormal(0, 1.5, links)
    effects = rng.choice([0, ADDED, NEEDED, NEEDED], links)
    rows = [
        (int(origin), int(target), float(amount), int(effect))
        for (origin, target), amount, effect in zip(pairs, amounts, effects, strict=True)
    ]
    # What leaves the network damps its loops; without it rounding errors grow with the rounds.
    outside = rng.uniform(0.02, 1) * np.bincount(pairs[:, 0], amounts, minlength=nodes)
    within = np.bincount(pairs[:, 1], amounts, minlength=nodes)
    return make_flows(
        rows,
        rng.integers(0, kinds, nodes).tolist(),
        groups=rng.integers(0, kinds, nodes).astype(np.float64),
        given=outside + np.bincount(pairs[:, 0], amounts, minlength=nodes),
        taken=within * rng.choice([0.5, 1.0, 1.5], nodes),
        weights=rng.uniform(0.1, 1, nodes),
        ceilings=rng.choice([0.0, 0.6, 1.0, 1.0, 1.0], nodes),
    )


def cascade(
    flows: Flows, down: Floats, up: Floats, tolerance: float, limit: int = 10_000
) -> Answer:
    """Iterate the equations on full matrices; down and up are (nodes,) what is lost at first."""
    n, kinds = flows.nodes, int(flows.kinds.max()) + 1
    amounts = {effect: np.zeros((n, n)) for effect in (0, ADDED, NEEDED)}
    for origin, target, amount, effect in zip(
        flows.origins, flows.targets, flows.amounts, flows.effects, strict=True
    ):
        amounts[int(effect)][origin, target] += amount
    every = amounts[0] + amounts[ADDED] + amounts[NEEDED]
    outward, inward = every.sum(axis=1), every.sum(axis=0)
    kept = np.divide(inward, np.maximum(flows.taken, inward), where=inward > 0, out=np.zeros(n))
    given = np.maximum(flows.given, outward)
    backward = np.divide(every, given[:, None], where=given[:, None] > 0, out=np.zeros((n, n)))
    of_kind = np.array([every[flows.kinds == kind].sum(axis=0) for kind in range(kinds)])
    alike = of_kind[flows.kinds]
    needed = np.divide(amounts[NEEDED], alike, where=alike > 0, out=np.zeros((n, n))) * kept
    added = np.divide(amounts[ADDED], inward, where=inward > 0, out=np.zeros((n, n))) * kept
    lost_down, lost_up = np.minimum(down, flows.ceilings), up.copy()
    floor, rounds = lost_down.copy(), 0
    while rounds < limit:
        passed = _stand_ins(flows, outward, lost_down) * lost_down
        worst = np.zeros(n)
        for kind in range(kinds):
            worst = np.maximum(worst, (needed * passed[:, None])[flows.kinds == kind].sum(axis=0))
        felt = np.maximum(worst, (added * passed[:, None]).sum(axis=0))
        new_down = np.maximum(lost_down, np.minimum(flows.ceilings, np.maximum(felt, floor)))
        new_up = np.maximum(lost_up, np.minimum(1, np.maximum(up, backward @ lost_up)))
        most = max((new_down - lost_down).max(), (new_up - lost_up).max())
        lost_down, lost_up, rounds = new_down, new_up, rounds + 1
        if most <= tolerance:
            break
    w = flows.weights
    total = float(w @ np.maximum(lost_down, lost_up))
    return Answer(total, float(w @ lost_down), float(w @ lost_up), rounds, lost_down, lost_up)


def _stand_ins(flows: Flows, outward: Floats, lost: Floats) -> Floats:
    """Return (nodes,) how little a node can be replaced: its share of what its group has left."""
    groups = int(flows.groups.max()) + 1
    total = np.bincount(flows.groups, outward, minlength=groups)
    left = np.bincount(flows.groups, outward * (1 - lost), minlength=groups)
    left = np.where(left > EMPTY * total, left, 0.0)[flows.groups]
    return np.where(outward < left, outward / np.where(left > 0, left, 1), 1.0)
