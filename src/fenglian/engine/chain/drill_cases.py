"""How does a drill become arrays? One desk for a network, and from it one run for each case."""

from dataclasses import dataclass, replace

import numpy as np

from fenglian.engine.chain.drill import (
    ALL_INPUTS,
    Drill,
    Rationing,
    Rules,
    Shock,
    Substitute,
    check_drill,
    product_kind,
    product_name,
)
from fenglian.engine.chain.intervals import Interval
from fenglian.engine.chain.supply_network import SupplyNetwork
from fenglian.engine.kernels.explosion import Floats, Integers
from fenglian.engine.kernels.inventory import Course, History, run_stores
from fenglian.engine.kernels.inventory_plan import (
    FIRST,
    INSIDE,
    OUTSIDE,
    Spares,
    StorePlan,
    Trade,
    plan_stores,
)

LOW, WORKING, HIGH = 0, 1, 2  # ends of what is known of stocks and free capacity


@dataclass(frozen=True, slots=True)
class Case:
    """One run: which end of what is known, and what is different from the drill."""

    end: int = WORKING
    stocks: float = 1.0  # times all stocks
    assumed_end: int | None = None  # of the stocks that nobody stated; None: as the others
    longer: int = 0  # days that every shock with an end lasts longer; shorter below 0
    rationing: Rationing | None = None  # None: as in the rules
    substitutes: tuple[Substitute, ...] | None = None  # None: as in the drill


@dataclass(frozen=True, slots=True, eq=False)
class Desk:
    """A drill as arrays, from which every case is run."""

    network: SupplyNetwork
    drill: Drill
    rules: Rules
    plan: StorePlan  # with the rationing of the rules and nobody standing in
    holders: Integers  # (stores,) the firm
    stock: Floats  # (3, stores) days
    stated: Integers  # (stores,) place in drill.stocks; -1 where nobody stated it
    free: Floats  # (3, firms) a day, 0 where nobody stated it
    kinds: Integers  # (firms,) what each makes

    def product(self, store: int) -> str:
        """Return what is kept in a store."""
        return product_name(self.network, int(self.products[store]))

    @property
    def products(self) -> Integers:
        """(stores,) what is kept, as the network counts products."""
        return np.unique(self.network.products)[self.plan.kind]

    def stock_days(self, store: int) -> Interval:
        """Return the days of a store."""
        return Interval(*(float(end) for end in self.stock[:, store]))


def lay_out(network: SupplyNetwork, drill: Drill, rules: Rules) -> Desk:
    """Turn a drill into arrays; raises what :func:`check_drill` raises."""
    check_drill(network, drill, rules)
    plan = plan_stores(_trade(network, rules, rules.rationing))
    holders = np.repeat(np.arange(len(network.firms)), np.diff(plan.store_starts))
    _, kinds = np.unique(network.products, return_inverse=True)
    stock, stated = _stocks(network, drill, rules, plan, holders)
    return Desk(
        network, drill, rules, plan, holders, stock, stated, _free(network, drill, rules),
        kinds.astype(np.int64),
    )  # fmt: skip


def run_case(desk: Desk, case: Case) -> History:
    """Run one case."""
    plan, rules = desk.plan, desk.rules
    substitutes = desk.drill.substitutes if case.substitutes is None else case.substitutes
    rationing = case.rationing or rules.rationing
    if substitutes or rationing is not rules.rationing:
        trade = _trade(desk.network, rules, rationing)
        plan = plan_stores(trade, _spares(desk, substitutes, case.end))
    assumed = case.end if case.assumed_end is None else case.assumed_end
    stock = np.where(desk.stated < 0, desk.stock[assumed], desk.stock[case.end]) * case.stocks
    return run_stores(plan, course_of(desk, plan, stock, case))


def course_of(desk: Desk, plan: StorePlan, stock: Floats, case: Case) -> Course:
    """Return what the kernel is told about one run."""
    shocks = [_longer(shock, case.longer) for shock in desk.drill.shocks]
    shocks = [shock for shock in shocks if shock.days is None or shock.days > 0]
    last = desk.rules.days + 1
    starts = np.array([shock.from_day - 1 for shock in shocks], np.int64)
    lasting = np.array([last if shock.days is None else shock.days for shock in shocks], np.int64)
    return Course(
        stock=stock,
        capacity=plan.output * desk.rules.overproduction + desk.free[case.end],
        nodes=np.array([desk.network.place(shock.firm) for shock in shocks], np.int64),
        parts=np.array([shock.share for shock in shocks], np.float64),
        starts=starts,
        ends=starts + lasting,
        days=desk.rules.days,
        restock=float(desk.rules.restock_days),
    )


def normal_output(network: SupplyNetwork) -> tuple[Floats, Integers]:
    """Return (firms,) output a period, and the places where it is only known by the purchases."""
    bought = np.bincount(network.buyers, network.values, minlength=len(network.firms))
    guessed = ~(network.sold > 0) & (bought > 0)
    return np.where(guessed, bought, network.sold), np.flatnonzero(guessed)


def _trade(network: SupplyNetwork, rules: Rules, rationing: Rationing) -> Trade:
    output, _ = normal_output(network)
    _, kinds = np.unique(network.products, return_inverse=True)
    favoured = np.array([network.place(firm) for firm in rules.favoured], np.int64)
    others = INSIDE if rationing is Rationing.INSIDE else OUTSIDE
    return Trade(
        origins=network.suppliers,
        targets=network.buyers,
        amounts=network.values / rules.period_days,
        effects=network.effects,
        kinds=kinds.astype(np.int64),
        output=output / rules.period_days,
        taken=np.nan_to_num(network.cost) / rules.period_days,
        rank=np.where(np.isin(network.buyers, favoured), FIRST, others),
    )


def _stocks(
    network: SupplyNetwork, drill: Drill, rules: Rules, plan: StorePlan, holders: Integers
) -> tuple[Floats, Integers]:
    """Return days and origin of every stock; a row of one product goes before one of all."""
    ends = [0.0 if end is None else end for end in rules.assumed.ends()]
    stock = np.repeat(np.array(ends).reshape(3, 1), len(holders), axis=1)
    stated = np.full(len(holders), -1, np.int64)
    held = np.unique(network.products)[plan.kind]
    rows = sorted(enumerate(drill.stocks), key=lambda row: row[1].product != ALL_INPUTS)
    for place, row in rows:
        mine = holders == network.place(row.firm)
        if row.product != ALL_INPUTS:
            mine &= held == product_kind(network, row.product)
        filled = _fill(row.days, rules.assumed)
        stock[:, mine] = np.array(filled).reshape(3, 1)
        stated[mine] = place
    return stock, stated


def _fill(days: Interval, assumed: Interval) -> tuple[float, float, float]:
    """Return three ends: one that is not known is assumed, as far as the others allow."""
    low, working, high = days.ends()
    assumed_low, assumed_working, assumed_high = (end or 0.0 for end in assumed.ends())
    known = [end for end in days.ends() if end is not None]
    low = min([assumed_low, *known]) if low is None else low
    high = max([assumed_high, *known]) if high is None else high
    working = min(max(assumed_working, low), high) if working is None else working
    return low, working, high


def _free(network: SupplyNetwork, drill: Drill, rules: Rules) -> Floats:
    """Return (3, firms) a day; an end that is not known counts as the nearest lower one, or 0."""
    free = np.zeros((3, len(network.firms)))
    for row in drill.free:
        low, working, high = row.amount.ends()
        low = low or 0.0
        working = low if working is None else working
        high = working if high is None else high
        free[:, network.place(row.firm)] = np.array([low, working, high]) / rules.period_days
    return free


def _spares(desk: Desk, substitutes: tuple[Substitute, ...], end: int) -> Spares:
    """Return who stands in; several for one product by what each has free."""
    network = desk.network
    origins = np.array([network.place(each.supplier) for each in substitutes], np.int64)
    normal = desk.plan.output * (desk.rules.overproduction - 1)
    room = (desk.free[end] + normal)[origins] if len(origins) else np.zeros(0)
    products = [product_kind(network, each.product) for each in substitutes]
    return Spares(
        targets=np.array([network.place(each.buyer) for each in substitutes], np.int64),
        kinds=np.searchsorted(np.unique(network.products), np.array(products, np.int64)),
        origins=origins,
        # One without known room is asked, too: it may have room once its own customers fail.
        parts=room + 1e-9 * max(float(room.max(initial=0.0)), 1e-300) if len(room) else room,
        days=np.array([each.from_day - 1 for each in substitutes], np.int64),
    )


def _longer(shock: Shock, days: int) -> Shock:
    return shock if shock.days is None else replace(shock, days=shock.days + days)
