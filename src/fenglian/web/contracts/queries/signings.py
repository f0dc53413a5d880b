"""What was announced of signings, and which known agreements belong to each?"""

from collections.abc import Mapping
from dataclasses import dataclass

from fenglian.data.divisions import divisions
from fenglian.engine.contracts.groups import (
    Group,
    MayBe,
    Member,
    Reconciliation,
    find_members,
    reconcile,
)
from fenglian.engine.contracts.groups import Meant as GroupMeant
from fenglian.engine.contracts.ranges import UNKNOWN, Range, range_of
from fenglian.engine.contracts.records import Contract
from fenglian.engine.registry.names import normal_form
from fenglian.engine.registry.records import Signing
from fenglian.engine.registry.resolution import Directory
from fenglian.web.accounts.actor import Actor
from fenglian.web.contracts.queries.book import Book
from fenglian.web.registry.listings import regions
from fenglian.web.registry.queries import Meant, find_keys, find_overview, list_names, list_rows

PROFILE, OTHER_NAMES = "profile", ("short_names", "former_names")


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
    proposals: tuple[MayBe, ...]  # names that may be a member's, for a person to decide


def list_groups(actor: Actor, book: Book) -> list[SigningGroup]:
    """Return the announced signings with the agreements that belong to each."""
    signings = find_overview(actor).signings
    keys = {key for each in signings for key in _keys(each)}
    known = find_keys(actor, {*keys, *book.parties})
    meant = _meant(actor, book, {key: known[key].name for key in keys if key in known})
    return [_group(book, each, known, meant) for each in signings]


def _meant(actor: Actor, book: Book, named: Mapping[str, str]) -> GroupMeant:
    """Return which parties of known agreements are meant by the names of the announcements."""
    strange = {key: name for key, name in named.items() if key not in book.parties}
    if not strange or not book.parties:
        return GroupMeant({}, ())
    others: dict[str, tuple[str, ...]] = {}
    for row in list_rows(actor, (PROFILE,)):
        said = (row.values.get(column) for column in OTHER_NAMES)
        others[row.unit.key] = tuple(
            str(x) for each in said if isinstance(each, tuple) for x in each
        )
    members = [
        Member(key, party.name, others.get(key, ()))
        for key, party in book.parties.items()
        if party.slug or key in others
    ]
    names = {*list_names(actor), *(each.name for each in members)}
    full = frozenset(normal_form(name) for name in names)
    directory = Directory(divisions(), full, given=regions())
    return find_members(strange, members, directory)


def _keys(signing: Signing) -> set[str]:
    signer = {signing.signer} if signing.signer else set()
    return {each.value for each in signing.partners} | signer


def _group(
    book: Book, signing: Signing, known: Mapping[str, Meant], meant: GroupMeant
) -> SigningGroup:
    named = signing.signer or signing.signer_name
    centre = meant.same.get(named, named)
    found = tuple(each for each in book.contracts if _belongs(book, each, centre, signing.day))
    totals = tuple(range_of(each.value) for each in signing.totals)
    count = signing.partner_count
    exact = count is not None and count.value.bound == "eq"
    partners = frozenset(meant.same.get(each.value, each.value) for each in signing.partners)
    group = Group(
        id=signing.key,
        total=totals[0] if totals else UNKNOWN,
        partners=int(count.value.figure) if count and exact else None,
        named=partners,
        evidence=signing.evidence,
    )
    here = {named, *(each.value for each in signing.partners)}
    return SigningGroup(
        signing=signing,
        centre=known[centre].name if centre in known else signing.signer_name,
        names={key: each.name for key, each in known.items()},
        slugs={key: each.slug for key, each in known.items()},
        contracts=found,
        found=reconcile(group, found, centre=centre),
        totals=totals,
        proposals=tuple(each for each in meant.proposals if each.named in here),
    )


def _belongs(book: Book, contract: Contract, centre: str, day: str | None) -> bool:
    """Tell whether an agreement is one of a public signing: the same party, signed that day."""
    if day is None or centre not in (contract.supplier, contract.buyer):
        return False
    entries = book.records_of(contract.id)
    days = {each.ceremony_on for each in entries} if entries else {contract.signed_on}
    return any(each is not None and each.isoformat() == day for each in days)
