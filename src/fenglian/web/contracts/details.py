"""One agreement, a public signing, local sourcing and supply links in words."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from fenglian.engine.chain.contract_links import Completeness, ContractNetwork
from fenglian.engine.contracts.fulfilment import share
from fenglian.engine.contracts.groups import State
from fenglian.engine.contracts.next_points import Step
from fenglian.engine.contracts.ranges import UNKNOWN
from fenglian.engine.contracts.records import Contract
from fenglian.web.contracts.figures import Shown, show_count, show_points, show_share, show_yuan
from fenglian.web.contracts.presentation import Line, Waiting, Words, describe, state_words
from fenglian.web.contracts.queries import Book, Entry, SigningGroup, Sourcing, Told
from fenglian.web.contracts.records import yuan
from fenglian.web.contracts.wording import in_a_row, kind_words
from fenglian.web.registry.presentation import province_label
from fenglian.web.registry.queries import FormRow


@dataclass(frozen=True, slots=True)
class Milestone:
    """A delivery of one agreement."""

    name: str
    planned_on: date | None
    delivered_on: date | None
    accepted: bool | None
    amount: Shown
    days: int  # late; 0: not
    over: bool
    address: str  # where its owner corrects it; empty: not this visitor


@dataclass(frozen=True, slots=True)
class Paid:
    """A payment of one agreement."""

    name: str
    paid_on: date | None
    amount: Shown
    address: str


@dataclass(frozen=True, slots=True)
class ShownAgreement:
    """One side's record of an agreement, and what both sides come to."""

    title: str
    ref: str
    unit: str
    unit_slug: str
    own: bool
    other: str
    other_address: str
    line: Line
    state: str  # what the other side said
    milestones: tuple[Milestone, ...]
    payments: tuple[Paid, ...]
    correct: str  # address of its form
    others: str  # records of others that are the same agreement


def show_agreement(book: Book, entry: Entry, words: Words) -> ShownAgreement:
    """Return one agreement in words."""
    row, contract = entry.row, book.contract_of(entry.row.slug)
    slug = entry.other.slug
    return ShownAgreement(
        title=f"{kind_words(contract.kind)} {row.values.get('ref') or ''}",
        ref=str(row.values.get("ref") or ""),
        unit=row.unit.name,
        unit_slug=row.unit.slug,
        own=row.own,
        other=entry.other.name,
        other_address=reverse("registry:organisation", args=[slug]) if slug else "",
        line=words.line(contract),
        state=state_words(entry.state),
        milestones=tuple(_milestone(book, each) for each in entry.deliveries),
        payments=tuple(_paid(each) for each in entry.payments),
        correct=_correct(row),
        others=in_a_row(
            book.told[each].unit.name
            for each in book.ledger.records[contract.id]
            if each in book.told
        ),
    )


def _correct(row: FormRow) -> str:
    if not row.own:
        return ""
    return reverse("registry:edit-row", args=[row.unit.slug, row.form, row.slug])


def _milestone(book: Book, row: FormRow) -> Milestone:
    planned, made = _day(row, "planned_on"), _day(row, "delivered_on")
    end = made if made and made <= book.today else book.today
    late = max(0, (end - planned).days) if planned else 0
    accepted = row.values.get("accepted")
    return Milestone(
        name=str(row.values.get("step") or ""),
        planned_on=planned,
        delivered_on=made,
        accepted=accepted if isinstance(accepted, bool) else None,
        amount=show_yuan(yuan(row.values.get("amount"))),
        days=late,
        over=made is not None and made <= book.today,
        address=_correct(row),
    )


def _paid(row: FormRow) -> Paid:
    return Paid(
        name=str(row.values.get("step") or ""),
        paid_on=_day(row, "paid_on"),
        amount=show_yuan(yuan(row.values.get("amount"))),
        address=_correct(row),
    )


def _day(row: FormRow, column: str) -> date | None:
    value = row.values.get(column)
    return value if isinstance(value, date) else None


@dataclass(frozen=True, slots=True)
class ShownPart:
    """What an agreement is of its buyer's purchases, as far as the reader may know."""

    known: bool  # the reader's unit is the buyer
    local: bool
    part: Shown


def show_part(book: Book, contract: Contract, sourcing: Sourcing | None) -> ShownPart | None:
    """Return the part of a contract in its buyer's local sourcing; None: it is no contract."""
    if contract.kind != "contract":
        return None
    if sourcing is None or contract.buyer != book.me:
        return ShownPart(known=False, local=False, part=show_share(UNKNOWN))
    local = contract.supplier in sourcing.found.local_suppliers
    return ShownPart(
        known=True, local=local, part=show_share(share(contract.amount, sourcing.found.all))
    )


@dataclass(frozen=True, slots=True)
class ShownTold:
    """An agreement of another, as far as the one it names may know it."""

    slug: str
    about: Waiting
    ref: str  # that the form offers
    open: bool  # may still be answered


def show_told(told: Told, words: Words) -> ShownTold:
    """Return what another recorded, in words."""
    about = words.waiting(told)
    return ShownTold(told.slug, about, about.number, told.state != "confirmed")


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """A public signing held against what is known."""

    state: State
    known: Shown
    remainder: Shown
    unnamed: int | None
    lines: tuple[Line, ...]
    without: str  # named partners of whom no agreement is known
    missing: int  # agreements without an amount
    may_be: tuple[tuple[str, str, str], ...]  # name, address where a person decides, member


def show_group(group: SigningGroup, words: Words) -> ShownGroup:
    """Return a public signing in words."""
    found = group.found
    return ShownGroup(
        state=found.state,
        known=show_yuan(found.known),
        remainder=show_yuan(found.remainder),
        unnamed=found.unnamed,
        lines=tuple(describe(words.book, group.contracts, words)),
        without=in_a_row(sorted(group.names.get(each, each) for each in found.partners_without)),
        missing=len(found.amounts_missing),
        may_be=tuple(
            (
                group.names.get(each.named, each.named),
                reverse("registry:organisation", args=[group.slugs[each.named]])
                if each.named in group.slugs
                else "",
                words.party(each.member),
            )
            for each in group.proposals
        ),
    )


@dataclass(frozen=True, slots=True)
class ShownStep:
    """A part to move here."""

    product: str
    amount: Shown
    gain: Shown
    reached: Shown
    makers: tuple[tuple[str, str], ...]  # name, address
    needed: bool


@dataclass(frozen=True, slots=True)
class ShownSourcing:
    """The local sourcing of one buyer."""

    province: str
    rate: Shown
    local: Shown
    whole: Shown
    heads: Shown
    suppliers: Shown
    steps: tuple[ShownStep, ...]
    unplaced: str
    scope: str
    points: int


def show_sourcing(found: Sourcing, words: Words) -> ShownSourcing:
    """Return local sourcing in words."""
    return ShownSourcing(
        province=province_label(found.province) if found.province else "",
        rate=show_share(found.found.rate),
        local=show_yuan(found.found.local),
        whole=show_yuan(found.found.all),
        heads=show_share(found.heads.rate),
        suppliers=show_count(found.heads.all),
        steps=tuple(_step(each, found, words) for each in found.points),
        unplaced=in_a_row(each.name for each in found.unplaced),
        scope=found.definition.scope,
        points=found.definition.points,
    )


def _step(step: Step, found: Sourcing, words: Words) -> ShownStep:
    makers = (found.makers[each] for each in step.makers)
    return ShownStep(
        product=words.product(step.product),
        amount=show_yuan(step.amount),
        gain=show_points(step.gain),
        reached=show_points(step.reached),
        makers=tuple(
            (
                each.name,
                reverse("registry:organisation", args=[each.slug]) if each.slug else "",
            )
            for each in makers
        ),
        needed=step.needed,
    )


@dataclass(frozen=True, slots=True)
class ShownLink:
    """Who supplies whom."""

    supplier: str
    buyer: str
    product: str
    amount: Shown
    confirmed: bool
    stops: bool | None  # None: the buyer has not said
    stock_days: int | None
    substitutes: str
    switch_days: int | None
    single: bool  # no other confirmed supplier of this input is known


@dataclass(frozen=True, slots=True)
class ShownLinks:
    """Supply links, critical inputs without one, and how complete it all is."""

    links: tuple[ShownLink, ...]
    uncovered: tuple[tuple[str, str], ...]  # buyer, input: critical, and no contract known
    completeness: Completeness
    firms: int


def show_links(book: Book, made: ContractNetwork, words: Words) -> ShownLinks:
    """Return supply links in words, the critical ones first."""
    needs = {(each.buyer, each.product): each for each in book.needs}
    counts: dict[tuple[str, str], int] = {}
    for flow in book.flows:
        key = (flow.buyer, flow.product or "")
        counts[key] = counts.get(key, 0) + 1
    links = []
    for flow in book.flows:
        key = (flow.buyer, flow.product or "")
        need = needs.get(key)
        links.append(
            ShownLink(
                supplier=words.party(flow.supplier),
                buyer=words.party(flow.buyer),
                product=words.product(flow.product),
                amount=show_yuan(flow.amount),
                confirmed=flow.confirmed,
                stops=need.stops if need else None,
                stock_days=need.stock_days if need else None,
                substitutes=in_a_row(need.substitutes) if need else "",
                switch_days=need.switch_days if need else None,
                single=counts[key] == 1,
            )
        )
    return ShownLinks(
        links=tuple(sorted(links, key=lambda each: (not each.stops, each.stock_days or 0))),
        uncovered=tuple(
            (words.party(each.buyer), words.product(each.product))
            for each in book.needs
            if each.stops and (each.buyer, each.product) not in counts
        ),
        completeness=made.completeness,
        firms=len(made.network.firms),
    )
