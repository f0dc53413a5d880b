"""Which chain does an alliance look after, under which scenario, and for whom?

A chain is built from the packs, which everybody may know, and from what units say of themselves,
of their agreements and of their inputs, as far as the actor may use it: its own and granted rows,
or what a confirmed purpose opens.
Nothing else goes in, so nothing computed from it can tell more.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from fenglian.engine.advice.items import Advice
from fenglian.engine.advice.verbs import verbs
from fenglian.engine.analysis.coverage import Coverage, Coverages, coverage
from fenglian.engine.analysis.requirement import Requirements, requirement
from fenglian.engine.analysis.throughput import Throughputs, throughput
from fenglian.engine.chain.demand import Scenario, list_scenarios
from fenglian.engine.chain.descriptor import ChainBlock, Named
from fenglian.engine.chain.model import Chain, build_chain
from fenglian.engine.chain.pack import Pack, build_pack, join_region
from fenglian.engine.chain.stated import StatedCapacity
from fenglian.engine.chain.stated_links import NO_LINKS, StatedLinks
from fenglian.engine.errors import UnknownScenario
from fenglian.engine.labels import Label
from fenglian.engine.registry.listing import PROVINCES
from fenglian.packs import list_packs, read_pack_files
from fenglian.web.access.table import Act, require
from fenglian.web.accounts.actor import Actor
from fenglian.web.chain.links import name_parties, state_links, units_of
from fenglian.web.chain.statements import state
from fenglian.web.contracts.queries import Book, open_book
from fenglian.web.registry import records
from fenglian.web.registry.models import Organisation
from fenglian.web.registry.queries import list_capacities

KEPT = 32  # chains in memory; one has some 0.3 MB


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which scenario is asked for; empty: the first of the region."""

    scenario: str = ""
    year: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Packs:
    """The packs of an alliance, joined."""

    pack: Pack
    block: ChainBlock
    region: str  # id of the region pack


@dataclass(frozen=True, slots=True, eq=False)
class OpenChain:
    """A chain under one scenario, with the first answers that every page needs."""

    pack: str  # id of the chain pack
    region: str  # id of the region pack
    chain: Chain
    needs: Requirements
    coverages: Coverages
    advice: Advice
    scenarios: tuple[Scenario, ...]  # that may be chosen
    stages: tuple[Named, ...]
    covers: Mapping[str, Coverage]  # by product
    variants: Mapping[str, Label]  # names

    @property
    def columns(self) -> tuple[Named, ...]:
        """The stages of the map: from the first on which advice is sought to the lead product's."""
        lead = self.chain.product(self.chain.lead_product).stage
        names = [stage.id for stage in self.stages]
        upto = self.stages[: names.index(lead) + 1]
        return tuple(stage for stage in upto if stage.advised)


def open_chain(actor: Actor, wanted: Wanted = Wanted()) -> OpenChain | None:
    """Return the chain of the open alliance as the actor may know it; None where it has none.

    Each use of what units say of themselves is logged.

    Raises
    ------
    UnknownScenario
        Where the packs have no such scenario or year.
    """
    grounds = open_grounds(actor)
    return _open(grounds.packs, wanted, grounds.stated, grounds.links) if grounds else None


@dataclass(frozen=True, slots=True)
class Grounds:
    """All that goes into a chain for one actor, so far as it may know it."""

    packs: Packs
    stated: tuple[StatedCapacity, ...]
    links: StatedLinks


def open_grounds(actor: Actor) -> Grounds | None:
    """Return what the chain of the open alliance is built from; None where it has none.

    Each use of what units say of themselves is logged.
    """
    packs = open_packs(actor)
    if packs is None:
        return None
    stated = state(list_capacities(actor), packs.region, packs.pack)
    return Grounds(packs, stated, _links(actor, packs))


def open_public_chain(actor: Actor, wanted: Wanted = Wanted()) -> OpenChain | None:
    """Return the chain of the open alliance as everybody may know it: of the packs alone.

    What is kept or handed on to others rests on this one; raises ``UnknownScenario``.
    """
    packs = open_packs(actor)
    return None if packs is None else _open(packs, wanted, (), NO_LINKS)


def open_packs(actor: Actor) -> Packs | None:
    """Return the packs of the open alliance, which everybody may know; None where it has none."""
    require(actor, Act.READ)
    region = actor.alliance.pack
    return _joined(region) if region in list_packs() else None


@lru_cache(maxsize=KEPT)
def _open(
    packs: Packs, wanted: Wanted, stated: tuple[StatedCapacity, ...], links: StatedLinks
) -> OpenChain:
    """Build a chain of exactly these statements: the key of the store is all that goes in.

    Who may use other statements asks with another key, and is never handed this chain.
    """
    pack, block, region = packs.pack, packs.block, packs.region
    choice = _choice(pack)
    if wanted.scenario and wanted.scenario not in {each.id for each in choice}:
        known = ", ".join(dict.fromkeys(f"{each.id} {each.year}" for each in choice))
        raise UnknownScenario(scenario=wanted.scenario, known=known or "–")
    chain = build_chain(pack, wanted.scenario or None, wanted.year, stated=stated, links=links)
    coverages = coverage(chain)
    return OpenChain(
        pack=pack.id,
        region=region,
        chain=chain,
        needs=requirement(chain),
        coverages=coverages,
        advice=verbs(chain),
        scenarios=choice,
        stages=block.stages,
        covers={row.product: row for row in coverages.rows},
        variants=chain.variants,
    )


@dataclass(frozen=True, slots=True)
class Kept:
    """A chain as a key of answers: two are alike where all that went into them is."""

    fingerprint: str
    chain: Chain = field(compare=False, repr=False)


def limits_of(chain: Chain) -> Throughputs:
    """Return how much can be built and what limits it; kept by all that went into the chain."""
    return _limits(Kept(chain.fingerprint, chain))


@lru_cache(maxsize=KEPT)
def _limits(kept: Kept) -> Throughputs:
    return throughput(kept.chain)


def _choice(pack: Pack) -> tuple[Scenario, ...]:
    """Return the scenarios of the region; a country's demand says nothing of one province."""
    known = list_scenarios(pack)
    code = pack.region.code if pack.region else None
    return tuple(each for each in known if each.region == code) or known


@lru_cache(maxsize=KEPT)
def _joined(region: str) -> Packs | None:
    """Return the packs of a region pack; kept, so that one region always has the same value."""
    own = build_pack(read_pack_files(region))
    if own.chain is not None:
        return Packs(own, own.chain, region)
    chains = own.region.chains if own.region else ()
    found = next((each for each in chains if each in list_packs()), None)
    if found is None:
        return None
    pack = join_region(build_pack(read_pack_files(found)), own)
    return Packs(pack, pack.chain, region) if pack.chain else None


def _links(actor: Actor, packs: Packs) -> StatedLinks:
    """Return the agreements and inputs that an actor may use, as statements about the pack's."""
    book = open_book(actor, steps=False)
    if not (book.entries or book.inputs):
        return NO_LINKS
    region = packs.pack.region
    here = PROVINCES.get(region.code if region else "", "")
    return state_links(book, party_ids(actor, book), here)


def party_ids(actor: Actor, book: Book) -> dict[str, str]:
    """Return key → id in the chain of an actor of everybody in a book."""
    return name_parties(book, _listed(actor, {*book.parties, *units_of(book)}))


def _listed(actor: Actor, keys: Iterable[str]) -> dict[str, str]:
    """Return the id in the region pack of organisations, by their keys; of others nothing."""
    start = f"{actor.alliance.pack}/organisations/"
    found = Organisation.objects.filter(alliance_id=actor.alliance.id, key__in=tuple(keys))
    return {
        key: number.removeprefix(start)
        for key, record in found.values_list("key", "record")
        for number in records.ORGANISATION.unpack(record).evidence
        if number.startswith(start)
    }


def addresses(actor: Actor) -> dict[str, str]:
    """Return the registry's address of every organisation that the region pack lists, by its id."""
    require(actor, Act.READ)
    start = f"{actor.alliance.pack}/organisations/"
    found = Organisation.objects.filter(alliance_id=actor.alliance.id, listed=True)
    return {
        number.removeprefix(start): slug
        for slug, record in found.values_list("slug", "record")
        for number in records.ORGANISATION.unpack(record).evidence
        if number.startswith(start)
    }
