"""What does a chain become when units say themselves what they can make?

A statement of a unit stands instead of what a pack says of the same unit and product, never
beside it. What cannot be counted, for its unit or its period, is left out and said to be.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from itertools import groupby
from typing import Literal

from fenglian.engine.chain.conversions import Conversions
from fenglian.engine.chain.intervals import Interval
from fenglian.engine.chain.records import Capacity, Organisation, Source
from fenglian.engine.disclosure.classes import DataClass, highest
from fenglian.engine.labels import Label

SELF_STATED: Literal["S"] = "S"  # grade of a source: a unit says it of itself
_YEAR = re.compile(r"\d{4}")
_NOTE = Label("本单位自述", "stated by the unit itself")


@dataclass(frozen=True, slots=True)
class StatedCapacity:
    """One row in which a unit says how much of a product it can make, or plans to."""

    organisation: str  # id in the pack where it is one of the pack's, else one of its own
    name: Label
    kind: str  # of organisation
    inside: bool  # is in the region; of the pack's organisations the pack says so
    product: str
    site: str  # capacities of several sites add up
    period: str  # year, or year-month; of a plan when it comes on stream
    amount: Interval  # in the unit
    unit: str
    planned: bool
    estimated: bool
    data_class: DataClass
    row: str  # address of the row: makes the id of its source
    unit_page: str  # address of the unit that says it

    @property
    def source(self) -> str:
        """Id of the source that the row is."""
        return f"self-{self.row}"


@dataclass(frozen=True, slots=True)
class Told:
    """Who makes what, with the statements put in their places."""

    organisations: tuple[Organisation, ...]  # by id
    capacities: tuple[Capacity, ...]  # by organisation and product
    sources: tuple[Source, ...]  # only those of the statements
    assumptions: tuple[Label, ...]
    data_class: DataClass  # the highest that went in


def put_in(
    stated: Iterable[StatedCapacity],
    organisations: tuple[Organisation, ...],
    capacities: tuple[Capacity, ...],
    conversions: Conversions,
) -> Told:
    """Return organisations and capacities with the statements of units put in their places.

    Parameters
    ----------
    stated
        What may be used for the one for whom the chain is made; nothing else comes in.
    organisations, capacities
        Of the pack.
    conversions
        Of the pack's products.

    Returns
    -------
    Told
        Capacity of a unit in a product: the sum over its sites of the latest year stated. Where
        a site says that it does not know, only the low end of the sum is known. Plans count as
        planned and take the place of a planned or unclear row of the pack alone.
    """
    wanted = sorted(stated, key=_order)
    left_out: list[Label] = []
    usable = [each for each in wanted if _is_usable(each, conversions, left_out)]
    made = [
        _sum(list(rows), conversions)
        for _, rows in groupby(usable, key=lambda row: _order(row)[:3])
    ]
    kept = [each for each in capacities if not any(_replaces(one, each) for one in made)]
    known = {each.id for each in organisations}
    more = {each.organisation: _organisation(each) for each in usable}
    return Told(
        organisations=tuple(
            sorted(
                (*organisations, *(each for name, each in more.items() if name not in known)),
                key=lambda each: each.id,
            )
        ),
        capacities=tuple(
            sorted((*kept, *made), key=lambda each: (each.organisation, each.product))
        ),
        sources=tuple(_source(each) for each in usable),
        assumptions=(*_said(usable), *left_out),
        data_class=highest([DataClass.S0, *(each.data_class for each in wanted)]),
    )


def fingerprint_of(stated: Iterable[StatedCapacity]) -> str:
    """Return a print of statements; of none the empty one."""
    rows = sorted(stated, key=_order)
    return sha256("\n".join(repr(each) for each in rows).encode()).hexdigest() if rows else ""


def _order(each: StatedCapacity) -> tuple[str, str, bool, str, str, str]:
    return each.organisation, each.product, each.planned, each.site, each.period, each.row


def _is_usable(each: StatedCapacity, conversions: Conversions, left_out: list[Label]) -> bool:
    words = f"{each.amount.text('zh')} {each.unit}"
    if not conversions.knows(each.product):
        left_out.append(
            Label(
                f"{each.name.zh}自述的产能未计入：产业链里没有产品“{each.product}”。",
                f"Left out, stated by {each.name.en}: the chain has no product {each.product!r}.",
            )
        )
        return False
    if each.amount.known and conversions.find_written(each.product, each.unit) is None:
        left_out.append(
            Label(
                f"{each.name.zh}自述的“{each.product}”产能 {words} 未计入：与该产品的计量单位不能换算。",
                f"Left out, stated by {each.name.en} for {each.product!r}: {each.unit!r} cannot be "
                "converted into the unit of the product.",
            )
        )
        return False
    if not each.planned and _YEAR.fullmatch(each.period) is None:
        left_out.append(
            Label(
                f"{each.name.zh}自述的“{each.product}”产能未计入：时期“{each.period}”不是一年。",
                f"Left out, stated by {each.name.en} for {each.product!r}: the period "
                f"{each.period!r} is not a year.",
            )
        )
        return False
    return True


def _sum(rows: list[StatedCapacity], conversions: Conversions) -> Capacity:
    """Return the capacity of one unit in one product; of each site the latest statement counts."""
    latest = list({row.site: row for row in rows}.values())
    if rows[0].planned:
        latest = rows  # each plan comes on top of the others
    amounts, sources, assumed = [], {row.source for row in latest}, False
    for row in latest:
        factor, by = (row.amount.known and conversions.find_written(row.product, row.unit)) or (
            Interval(None, None, None),
            None,
        )
        amounts.append(row.amount.times(factor))
        sources |= set(by.sources) if by else set()
        assumed = assumed or row.estimated or (by is not None and by.assumed)
    return Capacity(
        organisation=rows[0].organisation,
        product=rows[0].product,
        amount=_total(amounts),
        status="planned" if rows[0].planned else "operating",
        stated=max(row.period for row in latest),
        note=_NOTE,
        sources=tuple(sorted(sources)),
        assumed=assumed,
        data_class=highest(row.data_class for row in latest),
        unit_page=rows[0].unit_page,
    )


def _total(amounts: list[Interval]) -> Interval:
    """Return the sum; where one is not known, the others are a low end."""
    lows = [each.low for each in amounts if each.low is not None]
    working = [each.working for each in amounts]
    highs = [each.high for each in amounts]
    return Interval(
        sum(lows) if lows else None,
        None if None in working else sum(each or 0.0 for each in working),
        None if None in highs else sum(each or 0.0 for each in highs),
    )


def _replaces(own: Capacity, other: Capacity) -> bool:
    same = (own.organisation, own.product) == (other.organisation, other.product)
    return same and (own.status == "operating" or other.status in ("planned", "unclear"))


def _organisation(each: StatedCapacity) -> Organisation:
    return Organisation(
        id=each.organisation,
        name=each.name,
        kind=each.kind,
        group=each.organisation,
        inside=each.inside,
        note=Label("", ""),
        risk=False,
        sources=(each.source,),
    )


def _source(each: StatedCapacity) -> Source:
    return Source(
        id=each.source,
        title=f"{each.name.zh}自述{'计划' if each.planned else ''}产能（{each.data_class}）",
        publisher=each.name.zh,
        date=each.period,
        kind="self-stated",
        reference=each.unit_page,
        grade=SELF_STATED,
        data_class=each.data_class,
    )


def _said(usable: list[StatedCapacity]) -> Iterator[Label]:
    if usable:
        units = len({each.organisation for each in usable})
        yield Label(
            f"含 {units} 家单位自述的产能，未经核对；它们代替数据包里同一单位、同一产品的数。",
            f"Includes capacities that {units} units state themselves, not verified; they take the "
            "place of what the pack says of the same unit and product.",
        )
