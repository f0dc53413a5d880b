"""How much can a network of recipes with limited capacities give? A linear programme, warm.

Runs of blocks (a recipe in a region) make goods out of goods; final goods are sold. Arrays go to
the solver as they are. What is answered by solving again starts from the last basis, so that one
more question costs little.

No cost breaks ties in the objective: a cost of 1e-6 made solvers stall or fail on large networks.

References
----------
Koopmans, T. C. (1951): Analysis of production as an efficient combination of activities. Cowles
Commission Monograph 13, 33–97.
Huangfu, Q., Hall, J. A. J. (2018): Parallelizing the dual revised simplex method. Mathematical
Programming Computation 10, 119–142. doi:10.1007/s12532-017-0130-5 (the solver, HiGHS).
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import highspy
import numpy as np

from fenglian.engine.errors import BadCoefficient, WrongShape
from fenglian.engine.kernels.explosion import Flags, Floats, Integers
from fenglian.engine.kernels.faults import Unsolved

FREE = 1e-9  # of the largest dual: below it a limit does not bind
_OPTIONS: tuple[tuple[str, bool | int | str], ...] = (
    ("output_flag", False),
    ("threads", 1),
    ("parallel", "off"),
    ("random_seed", 0),
)


@dataclass(frozen=True, slots=True, eq=False)
class Supply:
    """Recipes, who can run them how often, what may be bought and what is sold.

    Sparse columns are three arrays: where each column starts, codes of goods, amounts.
    """

    goods: int
    regions: int
    outputs: Integers  # (recipes,) good that it makes
    yields: Floats  # (recipes,) good units that one run gives, above 0 and at most 1
    starts: Integers  # (recipes + 1,)
    inputs: Integers  # (links,) goods
    amounts: Floats  # (links,) units of an input that one run takes
    recipe: Integers  # (blocks,)
    region: Integers  # (blocks,)
    capacity: Floats  # (blocks,) runs a year; infinite: no known limit
    hall: Integers  # (blocks,) shared hall or line, -1 for none
    hall_capacity: Floats  # (halls,) runs a year of all its blocks
    purchase: Floats  # (goods,) units a year from outside; 0: none
    carried: Flags  # (goods,) whether it can be carried from region to region
    sale_starts: Integers  # (sales + 1,)
    sale_goods: Integers  # (sale links,)
    sale_amounts: Floats  # (sale links,) units of a good in one unit of the sale
    worth: Floats  # (sales,) what one unit of the sale counts for


def check_supply(supply: Supply) -> None:
    """Raise where a number is negative, no number, or a yield is not above 0 and at most 1."""
    for array in (supply.amounts, supply.capacity, supply.hall_capacity, supply.purchase):
        _refuse(array, ~(array >= 0))
    for array in (supply.amounts, supply.sale_amounts, supply.worth):
        _refuse(array, ~(np.isfinite(array) & (array >= 0)))
    _refuse(supply.yields, ~((supply.yields > 0) & (supply.yields <= 1)))
    for name, array, size in (
        ("capacity", supply.capacity, len(supply.recipe)),
        ("yields", supply.yields, len(supply.outputs)),
        ("purchase", supply.purchase, supply.goods),
    ):
        if array.shape != (size,):
            raise WrongShape(name=name, found=array.shape, wanted=(size,))


def _refuse(array: Floats, bad: Flags) -> None:
    if bad.any():
        place = int(np.argmax(bad))
        raise BadCoefficient(place=place, value=float(array[place]))


class Throughput:
    """The largest total worth of sales, kept warm for the next question.

    Parameters
    ----------
    supply
        A network; sales pool over regions.

    Raises
    ------
    BadCoefficient, WrongShape
        Where an array cannot be used.
    Unsolved
        Where the solver finds neither an optimum nor that there is no limit.
    """

    def __init__(self, supply: Supply) -> None:
        check_supply(supply)
        self.supply = supply
        self.blocks, self.halls = len(supply.recipe), len(supply.hall_capacity)
        self._hall_row = supply.goods * supply.regions
        self._capacity, self._hall_capacity = supply.capacity.copy(), supply.hall_capacity.copy()
        columns = _columns(supply)
        self._opened = False  # a limit was lifted since the last answer
        self._bought, self._first_bought = columns.bought, columns.first_bought
        self._solver = highspy.Highs()  # type: ignore[no-untyped-call]  # its stubs say so
        for name, value in _OPTIONS:
            _must(self._solver.setOptionValue(name, value), name)
        self._rows = self._hall_row + self.halls + columns.pools
        above = np.zeros(self._rows)
        above[: self._hall_row] = np.inf
        above[self._hall_row : self._hall_row + self.halls] = self._hall_capacity
        below = np.zeros(self._rows)
        below[self._hall_row : self._hall_row + self.halls] = -np.inf
        count, entries = len(columns.upper), len(columns.values)
        kinds = (highspy.MatrixFormat.kColwise, highspy.ObjSense.kMaximize)
        status = self._solver.passModel(
            count, self._rows, entries, int(kinds[0]), int(kinds[1]), 0.0, columns.worth,
            np.zeros(count), columns.upper, below, above, columns.starts.astype(np.int32),
            columns.rows.astype(np.int32), columns.values, np.zeros(count, np.int32),
        )  # fmt: skip
        _must(status, "passModel")

    def solve(self) -> float:
        """Return the largest total worth; infinite where no capacity limits it."""
        if self._opened:
            # What stood at the lifted limit would fall to 0, far from any answer: on large networks
            # starting afresh, with presolve, is three times as fast.
            _must(self._solver.clearSolver(), "clearSolver")
        _must(self._solver.run(), "run")
        self._opened = False
        state = self._solver.getModelStatus()
        if state == highspy.HighsModelStatus.kOptimal:
            # Doing nothing is worth 0: what lies below it is rounding.
            return max(float(self._solver.getObjectiveValue()), 0.0)
        # Doing nothing is always allowed, so what is not bounded has no limit.
        endless = (
            highspy.HighsModelStatus.kUnbounded,
            highspy.HighsModelStatus.kUnboundedOrInfeasible,
        )
        if state in endless:
            return math.inf
        raise Unsolved(state=self._solver.modelStatusToString(state))

    def runs(self) -> Floats:
        """Return (blocks,) how often each block runs in the last answer."""
        return np.array(self._solver.getSolution().col_value[: self.blocks])

    def bought(self) -> Floats:
        """Return (goods,) what the last answer buys from outside."""
        amounts = np.zeros(self.supply.goods)
        values = self._solver.getSolution().col_value
        amounts[self._bought] = values[self._first_bought : self._first_bought + len(self._bought)]
        return amounts

    def prices(self) -> tuple[Floats, Floats, Floats]:
        """Return (blocks,), (halls,) and (goods,): worth of one more unit of each limit.

        They are right for small steps only, and not unique where limits tie: they serve to leave
        out what cannot matter. A limit whose price is 0 gains nothing however far it is lifted,
        for the total is a concave function of the limits.
        """
        solution = self._solver.getSolution()
        columns = np.maximum(np.array(solution.col_dual), 0.0)
        rows = np.maximum(np.array(solution.row_dual), 0.0)
        bought = np.zeros(self.supply.goods)
        last = self._first_bought + len(self._bought)
        bought[self._bought] = columns[self._first_bought : last]
        halls = rows[self._hall_row : self._hall_row + self.halls]
        return columns[: self.blocks], halls, bought

    def limit(self, blocks: Integers, capacity: Floats, halls: Integers, room: Floats) -> None:
        """Set the capacities of some blocks and halls; others stay as they are."""
        lifted = np.isinf(capacity) & np.isfinite(self._capacity[blocks])
        opened = np.isinf(room) & np.isfinite(self._hall_capacity[halls])
        self._opened |= bool(lifted.any() or opened.any())
        if len(blocks):
            self._capacity[blocks] = capacity
            low = np.zeros(len(blocks))
            chosen = blocks.astype(np.int32)
            _must(self._solver.changeColsBounds(len(blocks), chosen, low, capacity), "columns")
        if len(halls):
            self._hall_capacity[halls] = room
            chosen = (halls + self._hall_row).astype(np.int32)
            low = np.full(len(halls), -np.inf)
            change = self._solver.changeRowsBounds  # type: ignore[attr-defined]  # not in its stubs
            _must(change(len(halls), chosen, low, room), "rows")

    @property
    def capacity(self) -> Floats:
        """(blocks,) as they are set now."""
        return self._capacity.copy()

    @property
    def hall_capacity(self) -> Floats:
        """(halls,) as they are set now."""
        return self._hall_capacity.copy()


@dataclass(frozen=True, slots=True, eq=False)
class _Columns:
    """The programme, column by column."""

    starts: Integers
    rows: Integers
    values: Floats
    worth: Floats
    upper: Floats
    bought: Integers  # goods that can be bought, in the order of their columns
    first_bought: int
    pools: int  # rows for goods that are carried


def _columns(supply: Supply) -> _Columns:
    """Return blocks, sales in every region, purchases, and what is carried out and in."""
    carried = np.flatnonzero(supply.carried) if supply.regions > 1 else np.empty(0, np.int64)
    bought = np.flatnonzero(supply.purchase > 0)
    pool = np.full(supply.goods, -1, np.int64)
    first_pool = supply.goods * supply.regions + len(supply.hall_capacity)
    pool[carried] = first_pool + np.arange(len(carried))
    parts = [
        _block_columns(supply),
        _sale_columns(supply),
        _bought_columns(supply, bought, pool),
        _carried_columns(supply, carried, pool),
    ]
    sizes = np.concatenate([counts for counts, _, _ in parts])
    sales = (len(supply.worth)) * supply.regions
    rest = len(sizes) - len(supply.recipe) - sales - len(parts[2][0])
    worth = np.zeros(len(sizes))
    worth[len(supply.recipe) : len(supply.recipe) + sales] = np.tile(supply.worth, supply.regions)
    limits = np.repeat(supply.purchase[bought], len(parts[2][0]) // max(len(bought), 1))
    return _Columns(
        starts=np.concatenate(([0], np.cumsum(sizes))).astype(np.int64),
        rows=np.concatenate([rows for _, rows, _ in parts]),
        values=np.concatenate([values for _, _, values in parts]),
        worth=worth,
        upper=np.concatenate(
            (supply.capacity, np.full(sales, np.inf), limits, np.full(rest, np.inf))
        ),
        bought=bought,
        first_bought=len(supply.recipe) + sales,
        pools=len(carried),
    )


_Part = tuple[Integers, Integers, Floats]  # entries a column, their rows, their values


def _block_columns(supply: Supply) -> _Part:
    """Return what each block makes and takes, and the hall that it runs in."""
    taken = np.diff(supply.starts)[supply.recipe]
    housed = (supply.hall >= 0).astype(np.int64)
    counts = taken + 1 + housed
    first = np.concatenate(([0], np.cumsum(counts)))[:-1]
    rows, values = np.empty(int(counts.sum()), np.int64), np.empty(int(counts.sum()))
    shift = supply.region * supply.goods
    rows[first] = supply.outputs[supply.recipe] + shift
    values[first] = supply.yields[supply.recipe]
    within = np.arange(int(taken.sum())) - np.repeat(np.cumsum(taken) - taken, taken)
    link = np.repeat(supply.starts[supply.recipe], taken) + within
    place = np.repeat(first + 1, taken) + within
    rows[place] = supply.inputs[link] + np.repeat(shift, taken)
    values[place] = -supply.amounts[link]
    last = (first + counts - 1)[housed > 0]
    rows[last] = supply.hall[housed > 0] + supply.goods * supply.regions
    values[last] = 1.0
    return counts, rows, values


def _sale_columns(supply: Supply) -> _Part:
    counts = np.tile(np.diff(supply.sale_starts), supply.regions)
    shift = np.repeat(np.arange(supply.regions) * supply.goods, len(supply.sale_goods))
    rows = np.tile(supply.sale_goods, supply.regions) + shift
    return counts, rows, -np.tile(supply.sale_amounts, supply.regions)


def _bought_columns(supply: Supply, bought: Integers, pool: Integers) -> _Part:
    """Return purchases: of what can be carried into the pool, of other goods into region 0."""
    rows = np.where(pool[bought] >= 0, pool[bought], bought)
    return np.ones(len(bought), np.int64), rows, np.ones(len(bought))


def _carried_columns(supply: Supply, carried: Integers, pool: Integers) -> _Part:
    """Return, for every carried good and region, what goes into the pool and what comes out."""
    codes = np.tile(carried, supply.regions)
    where = np.repeat(np.arange(supply.regions), len(carried)) * supply.goods + codes
    rows = np.concatenate(
        (np.column_stack((where, pool[codes])), np.column_stack((where, pool[codes])))
    )
    values = np.concatenate((np.tile([-1.0, 1.0], len(codes)), np.tile([1.0, -1.0], len(codes))))
    return np.full(2 * len(codes), 2, np.int64), rows.ravel(), values


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the ladder: what is lifted, and the total after it."""

    lifted: tuple[int, ...]  # families; several where only all of them together gain
    ties: tuple[int, ...]  # other families that would gain as much by themselves
    total: float  # infinite where nothing else limits


def relief_gains(programme: Throughput, families: Integers, halls: Integers) -> Floats:
    """Return what lifting each family of limits by itself would gain.

    Parameters
    ----------
    programme
        Its capacities are as they were afterwards.
    families
        (blocks,) code of the family of each block, -1 for none: a family is lifted together.
    halls
        (halls,) the same for halls.

    Returns
    -------
    numpy.ndarray
        (families,), 0 for most; infinite where nothing else limits. Found by solving again, not
        from prices, which promise too much for large steps.
    """
    count = int(max(families.max(initial=-1), halls.max(initial=-1))) + 1
    gains = np.zeros(count)
    before = programme.solve()
    if math.isinf(before):
        return gains
    for family in binding(programme, families, halls):
        gains[family] = max(_lifted(programme, (family,), families, halls) - before, 0.0)
    programme.solve()
    return gains


def binding(programme: Throughput, families: Integers, halls: Integers) -> tuple[int, ...]:
    """Return the families that the last answer gives a price: no other can gain anything."""
    blocks, rooms, _ = programme.prices()
    least = FREE * max(float(blocks.max(initial=0.0)), float(rooms.max(initial=0.0)))
    # What has no limit cannot be lifted.
    priced = families[(blocks > least) & np.isfinite(programme.capacity)].tolist()
    priced += halls[(rooms > least) & np.isfinite(programme.hall_capacity)].tolist()
    return tuple(sorted({family for family in priced if family >= 0}))


def ladder(
    programme: Throughput, families: Integers, halls: Integers, steps: int
) -> tuple[Step, ...]:
    """Return which limits to lift one after the other, always the one that gains most.

    Parameters
    ----------
    programme
        Its capacities are as they were afterwards.
    families, halls
        As for ``relief_gains``.
    steps
        At most so many.

    Returns
    -------
    tuple
        Where no limit gains by itself, those that gain together are one step.
    """
    held, rooms = programme.capacity, programme.hall_capacity
    found: list[Step] = []
    total = programme.solve()
    while len(found) < steps and math.isfinite(total):
        gains = relief_gains(programme, families, halls)
        best = float(gains.max(initial=0.0))
        if best > FREE * max(total, 1.0):
            near = np.isinf(gains) if math.isinf(best) else gains >= best * (1 - 1e-9)
            first, *ties = np.flatnonzero(near).tolist()
            lifted: tuple[int, ...] = (first,)
        else:
            ties, lifted = [], _together(programme, total, families, halls)
        if not lifted:
            break
        total = _lifted(programme, lifted, families, halls, keep=True)
        found.append(Step(lifted, tuple(ties), total))
    _restore(programme, held, rooms)
    return tuple(found)


def _together(
    programme: Throughput, total: float, families: Integers, halls: Integers
) -> tuple[int, ...]:
    """Return limits that gain only together: lift what is priced until the total rises."""
    held, rooms = programme.capacity, programme.hall_capacity
    lifted: list[int] = []
    while True:
        more = [each for each in binding(programme, families, halls) if each not in lifted]
        if not more:
            _restore(programme, held, rooms)
            return ()
        lifted.append(more[0])
        if _lifted(programme, (more[0],), families, halls, keep=True) > total * (1 + 1e-9):
            break
    _restore(programme, held, rooms)
    for each in tuple(lifted):  # leave out what was lifted in vain
        fewer = tuple(other for other in lifted if other != each)
        if fewer and _lifted(programme, fewer, families, halls) > total * (1 + 1e-9):
            lifted.remove(each)
    programme.solve()
    return tuple(sorted(lifted))


def _lifted(
    programme: Throughput,
    chosen: Sequence[int],
    families: Integers,
    halls: Integers,
    *,
    keep: bool = False,
) -> float:
    """Return the total with the chosen families without a limit."""
    blocks = np.flatnonzero(np.isin(families, chosen))
    rooms = np.flatnonzero(np.isin(halls, chosen))
    before = programme.capacity[blocks], programme.hall_capacity[rooms]
    programme.limit(blocks, np.full(len(blocks), np.inf), rooms, np.full(len(rooms), np.inf))
    total = programme.solve()
    if not keep:
        programme.limit(blocks, before[0], rooms, before[1])
    return total


def _restore(programme: Throughput, capacity: Floats, rooms: Floats) -> None:
    programme.limit(np.arange(len(capacity)), capacity, np.arange(len(rooms)), rooms)
    programme.solve()


def totals_without(
    programme: Throughput, cases: Iterable[tuple[Integers, Floats, Integers, Floats]]
) -> list[float]:
    """Return the total of each case: blocks with their capacity, halls with their room.

    Every case starts from the capacities that the programme has, which stay as they were.
    """
    totals = []
    for blocks, capacity, halls, room in cases:
        before = programme.capacity[blocks], programme.hall_capacity[halls]
        programme.limit(blocks, capacity, halls, room)
        totals.append(programme.solve())
        programme.limit(blocks, before[0], halls, before[1])
    programme.solve()
    return totals


def _must(status: highspy.HighsStatus, what: str) -> None:
    if status == highspy.HighsStatus.kError:
        raise Unsolved(state=what)
