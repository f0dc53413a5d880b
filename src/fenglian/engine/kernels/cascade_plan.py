"""How is a weighted network laid out so that losses can be pushed along its links?

A loss travels with the links, from origin to target, in two ways. Of what a target *needs* from
several origins of one kind, the lost share of that kind is lost at the target, and of several
kinds the worst one counts; what it merely *uses* adds up. Against the links losses only add up.
Links along which nothing travels forward are left out of that direction.
"""

from dataclasses import dataclass, replace
from typing import NamedTuple, TypeAlias

import numba
import numpy as np
from numpy.typing import NDArray

from fenglian.engine.errors import BadCoefficient, WrongShape
from fenglian.engine.kernels.explosion import Floats, Integers

Codes: TypeAlias = NDArray[np.uint32]
Marks: TypeAlias = NDArray[np.uint8]

NOT_FELT, ADDED, NEEDED = 0, 1, 2  # what the loss of a link does to its target
SINGLE, SHARED, SUMMED = 0, 1, 2  # ranges of a node's links: sole origin of a kind, one of many
SHARE, CEILING, WEIGHT, GROUP = 0, 1, 2, 3  # columns of CascadePlan.node


@dataclass(frozen=True, slots=True, eq=False)
class Flows:
    """A network of flows, with what decides how a loss is felt and made good."""

    nodes: int
    origins: Integers  # (links,)
    targets: Integers  # (links,)
    amounts: Floats  # (links,) above 0
    effects: Integers  # (links,) NOT_FELT, ADDED or NEEDED
    kinds: Integers  # (nodes,) what a node gives, from 0
    groups: Integers  # (nodes,) nodes of one group stand in for each other, from 0
    given: Floats  # (nodes,) all that a node gives, inside and outside; at least inside
    taken: Floats  # (nodes,) all that a node takes, inside and outside; at least inside
    weights: Floats  # (nodes,) what a node counts, adding up to 1
    ceilings: Floats  # (nodes,) most of itself that a node can lose forward, 0–1


class HeardPlan(NamedTuple):
    """The same links by who feels them: of each node, whom it hears losses from."""

    bounds: Integers  # (3 × nodes + 1,) where the SINGLE, SHARED and SUMMED links into a node start
    origins: Codes  # (links felt,) of one slot side by side
    forward: Floats  # (links felt,)
    ends: Marks  # (links felt,) 1 at the last link of a slot
    starts: Integers  # (nodes + 1,) where the links out of a node start
    targets: Codes  # (links,)
    backward: Floats  # (links,)


class CascadePlan(NamedTuple):
    """Links sorted by origin and by target; made once, read by every cascade.

    The nodes have numbers of the plan's own, those that give to most first: they are what cascades
    touch most, and side by side they stay in the cache.
    """

    places: Integers  # (nodes,) number in the plan of each node of the network
    bounds: Integers  # (3 × nodes + 1,) where the SINGLE, SHARED and SUMMED links of a node start
    targets: Codes  # (links felt,) by origin
    forward: Floats  # (links felt,) share of the target's loss per loss of the origin
    slots: Codes  # (links felt,) number of the kind that a SHARED link is a part of
    slot_starts: Integers  # (nodes + 1,) where the slots of each target start
    starts: Integers  # (nodes + 1,) where the links into a node start
    origins: Codes  # (links,) by target
    backward: Floats  # (links,) share of the origin's loss per loss of the target
    node: Floats  # (nodes, 4) SHARE, CEILING, WEIGHT, GROUP
    totals: Floats  # (groups,) what the nodes of a group give inside
    heard: HeardPlan  # for cascades that reach most nodes in every round

    @property
    def nodes(self) -> int:
        """Number of nodes."""
        return len(self.node)


_floats = numba.float64[::1]
_counts = numba.int64[::1]
_codes = numba.uint32[::1]
_HEARD_TYPE = numba.types.NamedTuple(  # type: ignore[no-untyped-call]  # numba has no types
    (_counts, _codes, _floats, numba.uint8[::1], _counts, _codes, _floats), HeardPlan
)
PLAN_TYPE = numba.types.NamedTuple(  # type: ignore[no-untyped-call]  # numba has no types
    (
        _counts, _counts, _codes, _floats, _codes, _counts, _counts, _codes, _floats,
        numba.float64[:, ::1], _floats, _HEARD_TYPE,
    ),
    CascadePlan,
)  # fmt: skip


def plan_cascade(flows: Flows) -> CascadePlan:
    """Sort the links of a network by origin and by target.

    Parameters
    ----------
    flows
        Of the network; several links may join the same two nodes.

    Returns
    -------
    CascadePlan
        Of arrays in C order that nobody may change.

    Raises
    ------
    BadCoefficient
        Where an amount is not above 0 and finite.
    WrongShape
        Where an array has the wrong length or a code is out of range.

    Notes
    -----
    O(links × log links). ``forward`` of a needed link is its part of all that the target takes of
    that kind, of an added one its part of all that the target takes; both are damped by what the
    target takes from outside the network.
    """
    _check(flows)
    places = _places(flows)
    flows = _renumber(flows, places)
    amounts, origins, targets = flows.amounts, flows.origins, flows.targets
    inward = _sums(targets, amounts, flows.nodes)
    outward = _sums(origins, amounts, flows.nodes)
    given = np.maximum(flows.given, outward)
    taken = np.maximum(flows.taken, inward)
    forward, slot, shared = _forward_shares(flows, inward, taken)
    # Who can lose nothing feels nothing.
    felt = np.flatnonzero((flows.effects != NOT_FELT) & (flows.ceilings[targets] > 0))
    span = np.where(flows.effects == NEEDED, np.where(shared, SHARED, SINGLE), SUMMED)
    key = (3 * origins + span)[felt]
    order = felt[np.lexsort((targets[felt], key))]
    slots, slot_starts = _number_slots(flows, slot, shared)
    by_target = np.lexsort((origins, targets))
    backward = amounts / given[origins]
    return CascadePlan(
        places=places,
        bounds=_starts(key, 3 * flows.nodes),
        targets=targets[order].astype(np.uint32),
        forward=forward[order],
        slots=slots[order].astype(np.uint32),
        slot_starts=slot_starts,
        starts=_starts(targets, flows.nodes),
        origins=origins[by_target].astype(np.uint32),
        backward=backward[by_target],
        node=np.stack(
            (outward, flows.ceilings, flows.weights, flows.groups.astype(np.float64)), axis=1
        ),
        totals=_sums(flows.groups, outward, 0),
        heard=_heard(flows, felt, 3 * targets + span, np.where(shared, slot, 0), forward, backward),
    )


def _heard(
    flows: Flows, felt: Integers, key: Integers, slot: Integers, forward: Floats, backward: Floats
) -> HeardPlan:
    """Sort the links by who feels them; ``key`` is three times the target, and the range."""
    key, slot, origins = key[felt], slot[felt], flows.origins[felt]
    order = np.lexsort((origins, slot, key))
    key, slot = key[order], slot[order]
    ends = np.ones(len(order), np.uint8)
    ends[:-1] = (key[1:] != key[:-1]) | (slot[1:] != slot[:-1])
    by_origin = np.lexsort((flows.targets, flows.origins))
    return HeardPlan(
        bounds=_starts(key, 3 * flows.nodes),
        origins=origins[order].astype(np.uint32),
        forward=forward[felt][order],
        ends=ends,
        starts=_starts(flows.origins, flows.nodes),
        targets=flows.targets[by_origin].astype(np.uint32),
        backward=backward[by_origin],
    )


def _places(flows: Flows) -> Integers:
    """Return the number of each node when those that give to most come first."""
    given_to = np.bincount(flows.origins, minlength=flows.nodes)
    places = np.empty(flows.nodes, np.int64)
    places[np.argsort(-given_to, kind="stable")] = np.arange(flows.nodes)
    return places


def _renumber(flows: Flows, places: Integers) -> Flows:
    order = np.argsort(places)
    return replace(
        flows,
        origins=places[flows.origins],
        targets=places[flows.targets],
        kinds=flows.kinds[order],
        groups=flows.groups[order],
        given=flows.given[order],
        taken=flows.taken[order],
        weights=flows.weights[order],
        ceilings=flows.ceilings[order],
    )


def _forward_shares(
    flows: Flows, inward: Floats, taken: Floats
) -> tuple[Floats, Integers, Integers]:
    """Return share, slot (target × kind) and whether others share the slot, of each link."""
    kind = flows.kinds[flows.origins]
    width = int(flows.kinds.max(initial=0)) + 1
    _, slot = np.unique(flows.targets * width + kind, return_inverse=True)
    of_kind = np.bincount(slot, flows.amounts)[slot]
    needed = flows.effects == NEEDED
    members = np.bincount(slot[needed], minlength=len(slot))
    base = np.where(needed, of_kind, inward[flows.targets])
    damped = inward[flows.targets] / taken[flows.targets]
    return flows.amounts / base * damped, slot, needed & (members[slot] > 1)


def _number_slots(flows: Flows, slot: Integers, shared: Integers) -> tuple[Integers, Integers]:
    """Give each shared slot a number; those of one target lie side by side."""
    first, numbers = np.unique(slot[shared], return_inverse=True)
    slots = np.zeros(len(slot), np.int64)
    slots[shared] = numbers
    target = np.zeros(len(first), np.int64)
    target[numbers] = flows.targets[shared]
    return slots, _starts(target, flows.nodes)


def _sums(keys: Integers, amounts: Floats, size: int) -> Floats:
    return np.asarray(np.bincount(keys, amounts, minlength=size), np.float64)


def _starts(keys: Integers, size: int) -> Integers:
    counts = np.bincount(keys, minlength=size)
    return np.concatenate(([0], np.cumsum(counts))).astype(np.int64)


def _check(flows: Flows) -> None:
    links = (len(flows.amounts),)
    for name in ("origins", "targets", "effects"):
        _check_codes(name, getattr(flows, name), links, 3 if name == "effects" else flows.nodes)
    for name in ("kinds", "groups"):
        _check_codes(name, getattr(flows, name), (flows.nodes,), 2**31)
    for name in ("given", "taken", "weights", "ceilings"):
        if getattr(flows, name).shape != (flows.nodes,):
            raise WrongShape(name=name, found=getattr(flows, name).shape, wanted=(flows.nodes,))
    good = np.isfinite(flows.amounts) & (flows.amounts > 0)
    if not good.all():
        bad = int(np.argmin(good))
        raise BadCoefficient(place=bad, value=float(flows.amounts[bad]))


def _check_codes(name: str, codes: Integers, wanted: tuple[int, ...], end: int) -> None:
    if codes.shape != wanted or (codes.size and not 0 <= codes.min() <= codes.max() < end):
        raise WrongShape(name=name, found=codes.shape, wanted=f"{wanted}, 0 to {end - 1}")
