"""Which agreements may the one who asks know of, each once?"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.core.exceptions import ObjectDoesNotExist
from django.utils import timezone

from fenglian.engine.chain.contract_links import Need
from fenglian.engine.contracts.doubles import Ledger, build_ledger
from fenglian.engine.contracts.flows import Flow, find_flows
from fenglian.engine.contracts.fulfilment import Fulfilment, Step, ages_of, fulfil, waiting
from fenglian.engine.contracts.ranges import UNKNOWN, Range, add
from fenglian.engine.contracts.records import Contract, Delivery, Payment
from fenglian.engine.disclosure.classes import DataClass, highest
from fenglian.web.access.reading import look_at
from fenglian.web.access.rights import Right, ever
from fenglian.web.access.table import Act, require
from fenglian.web.accounts.actor import Actor
from fenglian.web.contracts import records
from fenglian.web.contracts.models import Apart, Naming
from fenglian.web.contracts.records import CONTRACTS, DELIVERIES, INPUTS, PAYMENTS, Party
from fenglian.web.registry.profile_tables import form_classes
from fenglian.web.registry.queries import FormRow, Meant, find_meant, list_rows, units_of
from fenglian.web.registry.queries import Unit as NamedUnit
from fenglian.web.sql import fetch

FORMS = (CONTRACTS, DELIVERIES, PAYMENTS)

# The number alone, on every page, of what names the actor's own unit: the condition of ``answer``.
COUNT_WAITING = """
    SELECT count(*) FROM contracts_naming
    WHERE alliance_id = %s AND party_id = %s AND ended_at IS NULL AND state = %s"""


@dataclass(frozen=True, slots=True)
class Told:
    """An agreement of another unit that names the reader's: what may be known of it."""

    slug: str
    unit: NamedUnit
    said: Mapping[str, object]
    state: str
    answer: str  # own agreement that answers it
    contract: Contract


@dataclass(frozen=True, slots=True)
class Entry:
    """One side's record of an agreement, with what hangs on it."""

    row: FormRow
    contract: Contract
    other: Party
    state: str  # of the other's answer: waits, confirmed, disputed, nobody
    deliveries: tuple[FormRow, ...]
    payments: tuple[FormRow, ...]

    @property
    def steps(self) -> list[Delivery]:
        """Its deliveries as the engine takes them."""
        return records.deliveries(self.deliveries, self.contract.id)

    @property
    def ceremony_on(self) -> date | None:
        """The day of the public signing; without one the day of signing."""
        found = self.row.values.get("ceremony_on") or self.contract.signed_on
        return found if isinstance(found, date) else None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the agreements that a reader may know of stood at the end of a day."""

    day: date
    signed: tuple[Contract, ...]  # of all kinds, with a day of signing
    contracts: tuple[Contract, ...]  # of them, contracts: what alone is added up
    undated: int  # agreements without a day of signing: on neither side
    amount: Range  # yuan of the contracts; not known where there is none
    delivered: Range  # yuan of those with reported deliveries
    paid: Range


@dataclass(frozen=True)
class Book:
    """Everything of agreements that the reader may know, each agreement once."""

    me: str  # key of the reader's unit; empty: it speaks for none
    today: date
    entries: Mapping[str, Entry]  # by address
    told: Mapping[str, Told]  # by address, that name the reader's unit
    parties: Mapping[str, Party]
    ledger: Ledger
    needs: tuple[Need, ...]
    data_class: DataClass  # the highest that went in
    inputs: tuple[FormRow, ...] = ()  # what the needs were said in

    @cached_property
    def contracts(self) -> tuple[Contract, ...]:
        """The agreements that a unit whose records are open has recorded itself.

        What others recorded with the reader's unit, and waits for its answer, is not among them.
        """
        return tuple(each for each in self.ledger.contracts if self.records_of(each.id))

    @cached_property
    def fulfilments(self) -> Mapping[str, Fulfilment]:
        """Where each agreement stands today, by its id."""
        deliveries, payments = self.steps
        found = fulfil(self.contracts, deliveries, payments, on=self.today)
        return {each.contract: each for each in found}

    def standing(self, day: date) -> Standing:
        """Return what was signed by a day, and what had come of it by then."""
        signed = [each for each in self.contracts if each.signed_on and each.signed_on <= day]
        firm = [each for each in signed if each.kind == "contract"]
        deliveries, payments = self.steps
        reported = {each.contract for each in deliveries if each.delivered_on}
        found = fulfil(firm, deliveries, payments, on=day)
        return Standing(
            day=day,
            signed=tuple(signed),
            contracts=tuple(firm),
            undated=sum(each.signed_on is None for each in self.contracts),
            amount=add(each.amount for each in firm) if firm else UNKNOWN,
            delivered=_sum(each.delivered for each in found if each.contract in reported),
            paid=_sum(each.paid for each in found),
        )

    @cached_property
    def waiting(self) -> tuple[Step, ...]:
        """What share of contracts still waits for the first delivery, by days since signing."""
        contracts = [each for each in self.contracts if each.kind == "contract"]
        return waiting(ages_of(contracts, self.steps[0], on=self.today))

    @cached_property
    def flows(self) -> tuple[Flow, ...]:
        """Who supplies whom."""
        return find_flows(self.contracts)

    def records_of(self, contract: str) -> tuple[Entry, ...]:
        """Return the records that became one agreement."""
        found = self.ledger.records.get(contract, ())
        return tuple(self.entries[each] for each in found if each in self.entries)

    def contract_of(self, record: str) -> Contract:
        """Return the agreement that a record became a part of."""
        for each in self.ledger.contracts:
            if record in self.ledger.records[each.id]:
                return each
        raise ObjectDoesNotExist

    @cached_property
    def steps(self) -> tuple[list[Delivery], list[Payment]]:
        """Return deliveries and payments; of an agreement that two recorded those of one side."""
        deliveries: list[Delivery] = []
        payments: list[Payment] = []
        for contract in self.contracts:
            entries = sorted(
                self.records_of(contract.id),
                key=lambda each: each.row.values.get("side") == "buyer",
            )
            told = next((each for each in entries if each.deliveries), None)
            paid = next((each for each in entries if each.payments), None)
            deliveries += records.deliveries(told.deliveries, contract.id) if told else []
            payments += records.payments(paid.payments, contract.id) if paid else []
        return deliveries, payments


def open_book(actor: Actor, *, steps: bool = True) -> Book:
    """Return the agreements that an actor may know of: its own, granted ones, those that name it.

    Without ``steps`` deliveries and payments stay closed. Each look at rows of these classes is
    logged.
    """
    require(actor, Act.READ)
    forms = (*FORMS, INPUTS) if steps else (CONTRACTS, INPUTS)
    rows = list_rows(actor, forms) if ever(actor.role, form_classes(CONTRACTS).row) else []
    namings = _namings(actor)
    to_me = [each for each in namings if actor.owner and each.party_id == actor.owner]
    numbers = {each.owner_id for each in to_me} | ({actor.owner} if actor.owner else set())
    units = units_of(actor, numbers)
    own = units[actor.owner] if actor.owner else None
    entries = _entries(rows, namings, _Meant(actor))
    told = {each.slug: _told(each, units[each.owner_id], own) for each in to_me if own}
    ledger = build_ledger(
        [
            *(each.contract for each in entries.values()),
            *(each.contract for each in told.values() if each.state != Naming.State.DISPUTED),
        ],
        apart=_apart(actor),
        together=_together(namings, entries, told),
    )
    classes = {each for row in rows for each in row.classes}
    inputs = tuple(row for row in rows if row.form == INPUTS)
    return Book(
        me=own.key if own else "",
        today=timezone.localdate(),
        entries=entries,
        told=told,
        parties=_parties(entries.values(), told.values(), own),
        ledger=ledger,
        needs=tuple(records.needs(inputs)),
        inputs=inputs,
        data_class=highest([DataClass.S0, *classes, *(Naming.data_class for _ in told)]),
    )


def _sum(amounts: Iterable[Range]) -> Range:
    """Return the sum of what was reported; not known where nothing was."""
    known = [each for each in amounts if each.known]
    return add(known) if known else UNKNOWN


class _Meant:
    """Finds the organisation that words name, each words once."""

    def __init__(self, actor: Actor) -> None:
        self._actor = actor
        self._found: dict[str, Meant | None] = {}

    def __call__(self, words: str) -> Party:
        if words not in self._found:
            self._found[words] = find_meant(self._actor, words)
        return records.party_of(words, self._found[words])


def _namings(actor: Actor) -> list[Naming]:
    if not ever(actor.role, Naming.data_class):
        return []
    return look_at(actor, Naming.objects.visible_to(actor).filter(ended_at=None))


def _entries(rows: Iterable[FormRow], namings: Iterable[Naming], meant: _Meant) -> dict[str, Entry]:
    by_form: dict[tuple[str, str, str], list[FormRow]] = defaultdict(list)
    for row in rows:
        if row.form in (DELIVERIES, PAYMENTS):
            by_form[row.form, row.unit.slug, str(row.values.get("contract"))].append(row)
    states = {each.row: each for each in namings}
    found = {}
    for row in rows:
        if row.form != CONTRACTS or str(row.values.get("side")) not in records.SIDES:
            continue
        naming, other = states.get(row.slug), meant(str(row.values.get("counterparty") or ""))
        state = str(naming.state) if naming and naming.party_id else "nobody"
        key = (row.unit.slug, str(row.values.get("ref")))
        found[row.slug] = Entry(
            row=row,
            contract=records.agreement(row, other, confirmed=state == Naming.State.CONFIRMED),
            other=other,
            state=state,
            deliveries=tuple(sorted(by_form[DELIVERIES, *key], key=_by_day("planned_on"))),
            payments=tuple(sorted(by_form[PAYMENTS, *key], key=_by_day("paid_on"))),
        )
    return found


def _by_day(column: str) -> Callable[[FormRow], tuple[str, str]]:
    return lambda row: (str(row.values.get(column) or "9999"), str(row.values.get("step")))


def _told(naming: Naming, unit: NamedUnit, own: NamedUnit) -> Told:
    return Told(
        slug=naming.slug,
        unit=unit,
        said=naming.said,
        state=str(naming.state),
        answer=naming.answer,
        contract=records.named_agreement(naming.slug, naming.said, (unit.key, own.key)),
    )


def _apart(actor: Actor) -> list[tuple[str, str]]:
    if actor.owner is None or not ever(actor.role, Apart.data_class, Right.WRITE):
        return []
    rows = Apart.objects.visible_to(actor, Right.WRITE).filter(owner_id=actor.owner)
    return list(rows.values_list("first", "second"))


def _together(
    namings: Iterable[Naming], entries: Mapping[str, Entry], told: Mapping[str, Told]
) -> list[tuple[str, str]]:
    """Return what was confirmed to be one: a naming or its agreement, and the one that answers it."""
    return [
        (first, each.answer)
        for each in namings
        if each.answer in entries
        for first in (each.slug, each.row)
        if first in told or first in entries
    ]


def _parties(
    entries: Iterable[Entry], told: Iterable[Told], own: NamedUnit | None
) -> dict[str, Party]:
    units = [*(each.row.unit for each in entries), *(each.unit for each in told)]
    found = {
        each.key: Party(each.key, each.name, "", each.province)
        for each in (*units, *((own,) if own else ()))
    }
    return found | {
        each.other.key: each.other
        for each in entries
        if each.other.slug or each.other.key not in found
    }


def count_waiting(actor: Actor) -> int:
    """Return how many agreements of others wait for the answer of the actor's unit."""
    if actor.owner is None or not ever(actor.role, Naming.data_class, Right.ANSWER):
        return 0
    [[count]] = fetch(COUNT_WAITING, (actor.alliance.id, actor.owner, Naming.State.WAITS))
    return int(count)
