"""What was announced of signings, and which known agreements belong to each?"""

from collections.abc import Mapping
from dataclasses import dataclass

from fenglian.engine.contracts.groups import Group, Reconciliation, reconcile
from fenglian.engine.contracts.ranges import UNKNOWN, Range, range_of
from fenglian.engine.contracts.records import Contract
from fenglian.engine.registry.records import Signing
from fenglian.web.accounts.actor import Actor
from fenglian.web.contracts.queries.book import Book
from fenglian.web.registry.queries import Meant, find_keys, find_overview


@dataclass(frozen=True, slots=True)
class SigningGroup:
    """A signing that was announced, held against the agreements that the reader may know."""

    signing: Signing
    centre: str  # name of whoever all of them signed with
    names: Mapping[str, str]  # of those that the registry knows, by key
    slugs: Mapping[str, str]  # their addresses
    contracts: tuple[Contract, ...]  # that belong to it
    found: Reconciliation
    totals: tuple[Range, ...]  # as the sources say


def list_groups(actor: Actor, book: Book) -> list[SigningGroup]:
    """Return the announced signings with the agreements that belong to each."""
    signings = find_overview(actor).signings
    keys = {key for each in signings for key in _keys(each)}
    known = find_keys(actor, keys)
    return [_group(book, each, known) for each in signings]


def _keys(signing: Signing) -> set[str]:
    signer = {signing.signer} if signing.signer else set()
    return {each.value for each in signing.partners} | signer


def _group(book: Book, signing: Signing, known: Mapping[str, Meant]) -> SigningGroup:
    centre = signing.signer or signing.signer_name
    found = tuple(each for each in book.contracts if _belongs(book, each, centre, signing.day))
    totals = tuple(range_of(each.value) for each in signing.totals)
    count = signing.partner_count
    exact = count is not None and count.value.bound == "eq"
    group = Group(
        id=signing.key,
        total=totals[0] if totals else UNKNOWN,
        partners=int(count.value.figure) if count and exact else None,
        named=frozenset(each.value for each in signing.partners),
        evidence=signing.evidence,
    )
    return SigningGroup(
        signing=signing,
        centre=known[centre].name if centre in known else signing.signer_name,
        names={key: each.name for key, each in known.items()},
        slugs={key: each.slug for key, each in known.items()},
        contracts=found,
        found=reconcile(group, found, centre=centre),
        totals=totals,
    )


def _belongs(book: Book, contract: Contract, centre: str, day: str | None) -> bool:
    """Tell whether an agreement is one of a public signing: the same party, signed that day."""
    if day is None or centre not in (contract.supplier, contract.buyer):
        return False
    entries = book.records_of(contract.id)
    days = {each.ceremony_on for each in entries} if entries else {contract.signed_on}
    return any(each is not None and each.isoformat() == day for each in days)
