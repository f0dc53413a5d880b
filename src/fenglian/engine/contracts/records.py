"""What the ledger holds: letters of intent, framework agreements and contracts, kept apart.

Frozen values. A party that nobody named is ``None``; so is an amount, a day, a product.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from fenglian.engine.contracts.ranges import Range
from fenglian.engine.labels import Label

Kind = Literal["intent", "framework", "contract"]
KINDS: dict[Kind, Label] = {
    "intent": Label("意向", "letter of intent"),
    "framework": Label("框架协议", "framework agreement"),
    "contract": Label("合同", "contract"),
}
Side = Literal["supplier", "buyer"]
BOTH: frozenset[Side] = frozenset(("supplier", "buyer"))


@dataclass(frozen=True, slots=True)
class Contract:
    """One agreement as one side, both or a source recorded it."""

    id: str
    kind: Kind
    supplier: str | None  # key of the organisation
    buyer: str | None
    amount: Range  # yuan
    product: str | None = None  # id in the chain pack
    signed_on: date | None = None
    number: str | None = None  # as the parties count their contracts
    confirmed: frozenset[Side] = frozenset()  # who says so; nobody: a source does
    evidence: tuple[str, ...] = ()

    @property
    def confirmation(self) -> str:
        """Who confirms it: none, supplier, buyer or both."""
        return "both" if self.confirmed == BOTH else next(iter(self.confirmed), "none")


@dataclass(frozen=True, slots=True)
class Delivery:
    """One step of a contract: planned, and made or not yet."""

    contract: str  # id
    planned_on: date | None
    delivered_on: date | None  # None: not yet
    amount: Range  # yuan that the step is worth
    accepted: bool | None = None  # None: nobody said
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Payment:
    """Money that changed hands for a contract."""

    contract: str  # id
    paid_on: date
    amount: Range  # yuan
    evidence: tuple[str, ...] = ()
