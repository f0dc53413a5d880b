"""What is in a chain? Small frozen records, one a thing, each with the sources it rests on."""

from dataclasses import dataclass
from typing import Literal

from fenglian.engine.chain.intervals import Interval
from fenglian.engine.chain.tables import Grade
from fenglian.engine.disclosure.classes import DataClass
from fenglian.engine.labels import Label

CapacityStatus = Literal["operating", "trial", "planned", "unclear", "former"]
LookedStatus = Literal["found", "named_only", "planned", "not_found", "stated_none"]


@dataclass(frozen=True, slots=True)
class Source:
    """Where something was read, or what was assumed."""

    id: str
    title: str
    publisher: str
    date: str
    kind: str
    reference: str
    # A official or primary, B press, C repost or undated, D assumed or unverified, S self-stated
    grade: Grade | Literal["S"]
    data_class: DataClass = DataClass.S0


@dataclass(frozen=True, slots=True)
class Product:
    """A node of the chain: raw material, part, finished product or service."""

    id: str
    name: Label
    stage: str
    unit: str  # in which it is counted
    unit_name: Label
    focus: bool  # the chain office named it
    advised: bool  # advice is sought on its stage


@dataclass(frozen=True, slots=True)
class Link:
    """A product that goes into another."""

    parent: str
    part: str
    variant: str  # only with this variant; empty: with all
    amount: Interval  # part units per parent unit
    essential: bool
    in_house: bool  # the maker of the parent makes it
    sources: tuple[str, ...]
    assumed: bool


@dataclass(frozen=True, slots=True)
class Relation:
    """A product that serves another without going into it."""

    product: str
    related: str
    kind: str  # after_market or tooling
    sources: tuple[str, ...]
    assumed: bool


@dataclass(frozen=True, slots=True)
class Organisation:
    """Somebody of the region, or with a link to it."""

    id: str
    name: Label
    kind: str
    group: str  # the organisation it belongs to; its own id where it belongs to none
    inside: bool  # is in the region, by what was found
    note: Label
    risk: bool  # the note names a risk for the chain
    sources: tuple[str, ...]
    region: str = ""  # code; empty: not known
    city: str = ""  # as the pack names it; empty: not known

    @property
    def cluster(self) -> bool:
        """Whether it is many firms, and so never a single source."""
        return self.kind == "cluster"


@dataclass(frozen=True, slots=True)
class Capacity:
    """Who makes what, and how much a year as far as known."""

    organisation: str
    product: str
    amount: Interval  # product units a year; all None: not found
    status: CapacityStatus
    stated: str  # period that the number speaks of
    note: Label
    sources: tuple[str, ...]
    assumed: bool
    data_class: DataClass = DataClass.S0
    unit_page: str = ""  # address of the unit that states it of itself; empty: a pack says it


@dataclass(frozen=True, slots=True)
class Looked:
    """Somebody looked for makers of a product; what came of it."""

    product: str
    status: LookedStatus
    note: Label
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Price:
    """What a product unit costs: the latest price, between the lowest and the highest found."""

    product: str
    amount: Interval  # currency a product unit
    period: str
    sources: tuple[str, ...]
    assumed: bool


@dataclass(frozen=True, slots=True)
class Factor:
    """What is emitted for one unit of something: a material, a grid's kilowatt-hour, a haul."""

    kind: str  # material, grid or transport
    item: str  # as the source names it
    product: str  # id; empty: of none
    amount: float | None  # kg of CO2 or CO2e, as the source says, a ``unit``; None: not found
    per_unit: float | None  # a product unit; None: the unit cannot be converted, or not found
    unit: str  # that it is stated for
    year: int | None
    sources: tuple[str, ...]
    assumed: bool


@dataclass(frozen=True, slots=True)
class Supply:
    """Somebody who supplies somebody else, as far as it was signed."""

    supplier: str
    buyer: str
    product: str
    kind: str  # intent, framework or contract
    signed: str  # day or month; empty: not known
    amount: Interval  # in the chain's currency; all None: not stated
    sources: tuple[str, ...]
    assumed: bool


@dataclass(frozen=True, slots=True)
class Input:
    """What a maker says of one of its inputs."""

    buyer: str  # organisation
    product: str
    stops: bool  # it stops without it
    stock_days: int | None  # None: not said
    switch_days: int | None  # to have it from somebody else
    substitutes: tuple[str, ...]  # as the maker names them
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plant:
    """A plant that was built or enlarged somewhere: what it cost, as far as a source says."""

    product: str
    name: str
    place: str
    year: str
    extension: bool  # of a site that was there
    cost: float | None  # in the chain's currency
    capacity: float | None  # product units a year; None: not stated, or in a unit without a way
    jobs: float | None
    months: float | None  # from the decision to running
    sources: tuple[str, ...]
    assumed: bool
