"""What does a pack hold, once it is believed? Files become one frozen, checked pack.

A chain pack says what is built of what; a region pack says who is there and what is asked for.
One pack may be both. ``join_region`` lays a region over a chain.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Protocol

from fenglian.engine.chain import faults
from fenglian.engine.chain.checks import Draft, check_draft
from fenglian.engine.chain.columns import read_columns
from fenglian.engine.chain.descriptor import (
    ChainBlock,
    Descriptor,
    RegionBlock,
    read_descriptor,
)
from fenglian.engine.chain.tables import SOURCES, Grade, Row, Table, nearest, read_table
from fenglian.engine.errors import (
    PackFault,
    PackFaults,
    RegionOfAnotherChain,
    WrongKindOfPack,
)
from fenglian.engine.labels import Label

GRADES: tuple[Grade, ...] = ("A", "B", "C", "D")


class PackFiles(Protocol):
    """The files of a pack, handed over as bytes."""

    @property
    def id(self) -> str:
        """Name of the pack."""
        ...

    @property
    def descriptor(self) -> bytes:
        """datapackage.json; empty where the file is missing."""
        ...

    @property
    def tables(self) -> Mapping[str, bytes]:
        """Table → its CSV file."""
        ...

    @property
    def columns(self) -> Mapping[str, bytes]:
        """Table → the CSV file that describes its columns."""
        ...


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack without faults."""

    id: str
    version: str
    chain: ChainBlock | None
    region: RegionBlock | None
    tables: Mapping[str, Table]
    fingerprint: str  # SHA-256 of the files it was read from

    @property
    def name(self) -> Label:
        """Name of the chain, or of the region where there is no chain."""
        block = self.chain or self.region
        return block.name if block else Label(self.id, self.id)

    @property
    def example(self) -> bool:
        """Whether a part of it is invented, to show something."""
        return any(block.example for block in (self.chain, self.region) if block)

    def rows(self, table: str) -> tuple[Row, ...]:
        """Return the rows of a table; none where the pack has no such table."""
        found = self.tables.get(table)
        return found.rows if found else ()


def check_pack(files: PackFiles, chain: Pack | None = None) -> tuple[PackFault, ...]:
    """Return every fault of a pack; none where it can be used.

    Parameters
    ----------
    files
        Of the pack.
    chain
        The chain that a region pack is for; without it, ids of products, variants and of the
        chain's scenarios in a region pack are not checked.

    Returns
    -------
    tuple
        Faults by file and row; each has table, row, column, value and the way out.
    """
    return _read(files, chain)[1]


def build_pack(files: PackFiles, chain: Pack | None = None) -> Pack:
    """Return the pack of the files.

    Raises
    ------
    PackFaults
        Holding every fault, where there is one.
    """
    draft, found = _read(files, chain)
    if found:
        raise PackFaults(files.id, found)
    return Pack(
        id=files.id,
        version=draft.descriptor.version,
        chain=draft.descriptor.chain,
        region=draft.descriptor.region,
        tables=_grade(draft.tables),
        fingerprint=_fingerprint(files),
    )


def join_region(pack: Pack, region: Pack) -> Pack:
    """Lay a region pack over a chain pack.

    Returns
    -------
    Pack
        With the rows of both; of a source that both have, the chain's row.

    Raises
    ------
    WrongKindOfPack
        Where the first has no chain or the second no region.
    RegionOfAnotherChain
        Where the region pack does not name the chain.
    PackFaults
        Where the region names a product, variant or unit that the chain does not have.
    """
    if pack.chain is None:
        raise WrongKindOfPack(name=pack.id, wanted="chain")
    if region.region is None:
        raise WrongKindOfPack(name=region.id, wanted="region")
    if pack.chain.id not in region.region.chains:
        raise RegionOfAnotherChain(
            region=region.id, chain=pack.chain.id, chains=", ".join(region.region.chains)
        )
    found = (*_check_beside(region, pack), *_check_twins(region, pack))
    if found:
        raise PackFaults(region.id, found)
    tables = {
        name: _concatenate(name, pack, region) for name in sorted({*pack.tables, *region.tables})
    }
    print_of_both = sha256(f"{pack.fingerprint}\n{region.fingerprint}".encode()).hexdigest()
    return replace(pack, region=region.region, tables=tables, fingerprint=print_of_both)


def _read(files: PackFiles, chain: Pack | None) -> tuple[Draft, tuple[PackFault, ...]]:
    descriptor, found = read_descriptor(files.descriptor)
    tables: dict[str, Table] = {}
    in_tables: list[PackFault] = []
    for name in sorted(files.tables):
        if name not in files.columns:
            near = nearest(name, tuple(files.columns))
            in_tables.append(faults.UnknownTable(table=name, value=name, nearest=near))
            continue
        columns = read_columns(files.columns[name])
        tables[name], wrong = read_table(name, files.tables[name], columns)
        in_tables.extend(wrong)
    draft = Draft(descriptor, tables, chain.tables if chain else {})
    # A table without a line is found by reading it, and again by missing its rows.
    told = {fault.facts["table"] for fault in in_tables if isinstance(fault, faults.EmptyTable)}
    between = [
        fault
        for fault in check_draft(draft)
        if not isinstance(fault, faults.EmptyTable) or fault.facts["table"] not in told
    ]
    return draft, (*found, *in_tables, *between)


def _check_beside(region: Pack, chain: Pack) -> tuple[PackFault, ...]:
    """Check a region pack once more, with the chain's tables and units beside it."""
    both = Descriptor(region.version, chain.chain, region.region)
    wanted = (faults.UnknownId, faults.UnitMismatch, faults.ShareSum)
    found = check_draft(Draft(both, region.tables, chain.tables))
    return tuple(fault for fault in found if isinstance(fault, wanted))


def _check_twins(region: Pack, chain: Pack) -> Iterator[PackFault]:
    """Find rows of the region with the key of another row of the chain."""
    for name in sorted(set(region.tables) & set(chain.tables)):
        key = chain.tables[name].key
        first = {_key(row, key): row for row in chain.rows(name)}
        for row in region.rows(name):
            twin = first.get(_key(row, key))
            # Both may use a source, if they mean the same one.
            if twin and not (name == SOURCES and twin.values == row.values):
                shown = " ".join(_key(row, key))
                yield faults.DuplicateKey(table=name, row=row.line, value=shown, first=twin.line)


def _key(row: Row, columns: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(row.text(column) for column in columns)


def _grade(tables: Mapping[str, Table]) -> Mapping[str, Table]:
    """Give every row the grade of its weakest source."""
    sources = tables.get(SOURCES)
    grade = {row.text("source_id"): row.text("grade") for row in sources.rows} if sources else {}
    return {
        name: replace(
            table, rows=tuple(replace(row, grade=_weakest(row, grade)) for row in table.rows)
        )
        for name, table in tables.items()
    }


def _weakest(row: Row, grades: Mapping[str, str]) -> Grade:
    own = [row.text("grade")] if "source_id" in row.values else []
    found = [grades[source] for source in row.sources] or own
    return next((grade for grade in reversed(GRADES) if grade in found), "D")


def _concatenate(name: str, chain: Pack, region: Pack) -> Table:
    table = chain.tables.get(name) or region.tables[name]
    known = {_key(row, table.key) for row in chain.rows(name)}
    more = [row for row in region.rows(name) if _key(row, table.key) not in known]
    return replace(table, rows=(*chain.rows(name), *more))


def _fingerprint(files: PackFiles) -> str:
    digest = sha256(files.descriptor)
    for name in sorted(files.tables):
        digest.update(f"\n{name}\n".encode())
        digest.update(files.tables[name])
    return digest.hexdigest()
