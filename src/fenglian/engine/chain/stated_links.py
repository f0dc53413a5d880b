"""What do units record of who supplies whom? Agreements and inputs put beside those of a pack.

Only what may be used for the one for whom the chain is made is handed over; nothing else goes in.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256

from fenglian.engine.chain.intervals import Interval
from fenglian.engine.chain.records import Input, Organisation, Source, Supply
from fenglian.engine.disclosure.classes import DataClass, highest
from fenglian.engine.labels import Label

_NOTE = Label("协议台账里的名称", "as the ledger of agreements names it")


@dataclass(frozen=True, slots=True)
class StatedParty:
    """Someone of an agreement: an organisation of the pack by its id, or one that it does not list."""

    id: str
    name: Label
    kind: str
    inside: bool


@dataclass(frozen=True, slots=True)
class StatedSupply:
    """An agreement that at least one of its parties recorded."""

    supplier: str  # id of a party
    buyer: str
    product: str  # id; empty: not said
    kind: str  # intent, framework or contract
    signed: str
    amount: Interval  # yuan; what one side alone says is a high end
    confirmed: bool  # by both sides
    row: str  # id of the record
    page: str  # address of the record
    data_class: DataClass


@dataclass(frozen=True, slots=True)
class StatedInput:
    """What a maker says of one of its inputs."""

    buyer: str  # id of a party
    product: str
    stops: bool
    stock_days: int | None
    switch_days: int | None
    substitutes: tuple[str, ...]
    row: str
    page: str
    data_class: DataClass


@dataclass(frozen=True, slots=True)
class StatedLinks:
    """Everything of agreements and inputs that one actor may use."""

    parties: tuple[StatedParty, ...] = ()
    supplies: tuple[StatedSupply, ...] = ()
    inputs: tuple[StatedInput, ...] = ()

    @property
    def data_class(self) -> DataClass:
        """The highest class of what is in here."""
        classes = [each.data_class for each in self.supplies]
        return highest([DataClass.S0, *classes, *(each.data_class for each in self.inputs)])

    @property
    def fingerprint(self) -> str:
        """A print of it; of nothing the empty one."""
        if not (self.supplies or self.inputs):
            return ""
        rows = sorted(map(repr, (*self.parties, *self.supplies, *self.inputs)))
        return sha256("\n".join(rows).encode()).hexdigest()


NO_LINKS = StatedLinks()


@dataclass(frozen=True, slots=True)
class Agreed:
    """Who supplies whom, with the records put in their places."""

    organisations: tuple[Organisation, ...]  # by id
    supplies: tuple[Supply, ...]  # by supplier, buyer, product, day, kind
    inputs: tuple[Input, ...]  # by buyer and product
    sources: tuple[Source, ...]  # only those of the records
    assumptions: tuple[Label, ...]


def put_links(
    stated: StatedLinks,
    organisations: tuple[Organisation, ...],
    supplies: tuple[Supply, ...],
    products: Iterable[str],
) -> Agreed:
    """Return who supplies whom with the records of units put in their places.

    Parameters
    ----------
    stated
        What may be used for the one for whom the chain is made.
    organisations, supplies
        Of the pack.
    products
        Ids of the chain; an agreement on anything else is left out and counted.

    Returns
    -------
    Agreed
        Records of two parties about a product take the place of what the pack says of them.
    """
    known = set(products)
    used = [each for each in stated.supplies if each.product in known]
    inputs = [each for each in stated.inputs if each.product in known]
    told = {(each.supplier, each.buyer, each.product) for each in used}
    kept = [each for each in supplies if (each.supplier, each.buyer, each.product) not in told]
    made = [_supply(each) for each in used]
    return Agreed(
        organisations=_with_parties(organisations, stated, used, inputs),
        supplies=tuple(
            sorted(
                (*kept, *made),
                key=lambda each: (
                    each.supplier, each.buyer, each.product, each.signed, each.kind, each.sources,
                ),
            )
        ),
        inputs=tuple(
            sorted((_input(each) for each in inputs), key=lambda each: (each.buyer, each.product))
        ),
        sources=tuple(_sources(stated, used, inputs)),
        assumptions=tuple(_said(stated, used, inputs)),
    )  # fmt: skip


def source_of(row: str) -> str:
    """Return the id of the source that a record is."""
    return f"self-{row}"


def _supply(each: StatedSupply) -> Supply:
    return Supply(
        supplier=each.supplier,
        buyer=each.buyer,
        product=each.product,
        kind=each.kind,
        signed=each.signed,
        amount=each.amount,
        sources=(source_of(each.row),),
        assumed=False,
    )


def _input(each: StatedInput) -> Input:
    return Input(
        buyer=each.buyer,
        product=each.product,
        stops=each.stops,
        stock_days=each.stock_days,
        switch_days=each.switch_days,
        substitutes=each.substitutes,
        sources=(source_of(each.row),),
    )


def _with_parties(
    organisations: tuple[Organisation, ...],
    stated: StatedLinks,
    used: list[StatedSupply],
    inputs: list[StatedInput],
) -> tuple[Organisation, ...]:
    """Return the organisations with the parties that are not among them."""
    named = {name for each in used for name in (each.supplier, each.buyer)}
    named |= {each.buyer for each in inputs}
    missing = named - {each.id for each in organisations}
    rests = {
        name: tuple(sorted(source_of(each.row) for each in used if name in _ends(each)))
        for name in missing
    }
    more = [
        Organisation(
            id=each.id,
            name=each.name,
            kind=each.kind,
            group=each.id,
            inside=each.inside,
            note=_NOTE,
            risk=False,
            sources=rests[each.id],
        )
        for each in stated.parties
        if each.id in missing
    ]
    return tuple(sorted((*organisations, *more), key=lambda each: each.id))


def _ends(each: StatedSupply) -> tuple[str, str]:
    return each.supplier, each.buyer


def _sources(
    stated: StatedLinks, used: list[StatedSupply], inputs: list[StatedInput]
) -> Iterator[Source]:
    names = {each.id: each.name.zh for each in stated.parties}
    for each in used:
        who = f"{names[each.supplier]} → {names[each.buyer]}"
        state = "双方确认" if each.confirmed else "一方自述"
        yield _source(each.row, f"{who}，{state}（{each.data_class}）", each.page, each.data_class)
    for need in inputs:
        title = f"{names[need.buyer]}自述的关键投入（{need.data_class}）"
        yield _source(need.row, title, need.page, need.data_class)


def _source(row: str, title: str, page: str, data_class: DataClass) -> Source:
    return Source(
        id=source_of(row),
        title=title,
        publisher="",
        date="",
        kind="self-stated",
        reference=page,
        grade="S",
        data_class=data_class,
    )


def _said(
    stated: StatedLinks, used: list[StatedSupply], inputs: list[StatedInput]
) -> Iterator[Label]:
    if used:
        sure = sum(each.confirmed for each in used)
        yield Label(
            f"含单位记录的 {len(used)} 份协议，其中 {sure} 份双方确认；只有一方说的金额作上限。"
            "它们代替数据包里同样两家、同一产品的签约。",
            f"Includes {len(used)} agreements that units recorded, {sure} of them confirmed by both; "
            "an amount that one side alone says is a high end. They take the place of what the pack "
            "says of the same two and product.",
        )
    if inputs:
        yield Label(
            f"含单位自述的 {len(inputs)} 项关键投入；断了停不停产，以自述为准。",
            f"Includes {len(inputs)} critical inputs that units state themselves; whether a maker stops "
            "without one is as it says.",
        )
    left = len(stated.supplies) - len(used)
    if left:
        yield Label(
            f"另有 {left} 份协议没有写明产业链里的产品，未计入。",
            f"{left} more agreements name no product of the chain and are left out.",
        )
