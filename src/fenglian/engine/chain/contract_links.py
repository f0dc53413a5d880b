"""Which supply network do contracts make, and how much of it is known?

A link stands where a contract does. Its value is what both sides confirm (low) or what one of
them says (high); a link of unknown value is left out and counted, never given one. How badly an
input is needed comes from the buyer's own form of critical inputs, else it is not known.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from fenglian.engine.chain.supply_network import UNKNOWN, SupplyNetwork, make_network
from fenglian.engine.contracts.flows import Flow
from fenglian.engine.contracts.records import Contract

End = Literal["low", "high"]
STOPS, SLOWS = 2, 1  # classes of a link: essential, non-essential


@dataclass(frozen=True, slots=True)
class Need:
    """What a buyer says of one of its inputs."""

    buyer: str
    product: str
    stops: bool
    stock_days: int | None = None
    substitutes: tuple[str, ...] = ()
    switch_days: int | None = None


@dataclass(frozen=True, slots=True)
class Completeness:
    """How much of the links is known: whoever reads a result reads this with it."""

    contracts: int  # all that are known, doubles once
    not_supply: int  # letters of intent and framework agreements
    without_party: int  # contracts of which one party is not named
    links: int
    confirmed: int  # links that both sides confirm
    valued: int  # links with a value at this end
    without_value: tuple[str, ...]  # ids of contracts in links of unknown value
    rated: int  # links of which the buyer says how badly it needs the input


@dataclass(frozen=True, eq=False)
class ContractNetwork:
    """The network of one end, what it leaves out, and how complete it is."""

    network: SupplyNetwork
    end: End
    completeness: Completeness


def network_of(
    contracts: Sequence[Contract],
    flows: Sequence[Flow],
    needs: Iterable[Need] = (),
    *,
    end: End = "low",
    regions: Mapping[str, str] | None = None,
) -> ContractNetwork:
    """Return the supply network that contracts make.

    Parameters
    ----------
    contracts
        Of the ledger, each once.
    flows
        Their links; see ``find_flows``.
    needs
        What buyers say of their inputs.
    end
        "low": only what both sides confirm; "high": what at least one of them says.
    regions
        Firm → region, where it is known.

    Examples
    --------
    >>> from fenglian.engine.contracts.flows import find_flows
    >>> from fenglian.engine.contracts.ranges import Range
    >>> nine = Range(Decimal(9), Decimal(9))
    >>> said = Contract("1", "contract", "a", "b", nine, "p", confirmed=frozenset({"supplier"}))
    >>> made = network_of([said], find_flows([said]), end="high")
    >>> made.network.values.tolist(), made.completeness.confirmed
    ([9.0], 0)
    """
    known = {(need.buyer, need.product): need for need in needs}
    valued = [(flow, value) for flow in flows if (value := _value(flow, end))]
    firms = sorted({firm for flow, _ in valued for firm in (flow.supplier, flow.buyer)})
    named = regions or {}
    network = make_network(
        firms,
        [""] * len(firms),
        [
            (flow.supplier, flow.buyer, float(value), _class(flow, known))
            for flow, value in sorted(valued, key=lambda each: -_class(each[0], known))
        ],
        region=[named.get(firm, "") for firm in firms],
    )
    sure = {flow.contracts for flow, _ in valued}
    unvalued = [flow for flow in flows if flow.contracts not in sure]
    return ContractNetwork(
        network,
        end,
        Completeness(
            contracts=len(contracts),
            not_supply=sum(each.kind != "contract" for each in contracts),
            without_party=sum(
                each.kind == "contract" and None in (each.supplier, each.buyer)
                for each in contracts
            ),
            links=len(flows),
            confirmed=sum(flow.confirmed for flow in flows),
            valued=len(valued),
            without_value=tuple(each for flow in unvalued for each in flow.contracts),
            rated=sum((flow.buyer, flow.product) in known for flow in flows),
        ),
    )


def _value(flow: Flow, end: End) -> Decimal | None:
    """Return what a link is worth at an end; None where that is not known, or nothing."""
    ends = (flow.amount.low, flow.amount.high)
    low, high = (each or None for each in ends)
    return low if end == "low" else high or low


def _class(flow: Flow, known: Mapping[tuple[str, str], Need]) -> int:
    need = known.get((flow.buyer, flow.product or ""))
    if need is None:
        return UNKNOWN
    return STOPS if need.stops else SLOWS
