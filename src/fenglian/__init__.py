"""风链 Fenglian: the alliance at work and the industry-chain system it looks after.

>>> import fenglian as fl
>>> reading = fl.read_article()
>>> reading.page.header.source.value
'山西日报'
>>> chain = fl.load_chain("wind", region="shanxi", scenario="sx-base")
>>> fl.coverage(chain).of("tower-steel").status
<Status.SHORT: 'short'>

Names are loaded when they are first used, so that ``import fenglian`` costs next to nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from os import PathLike
    from typing import BinaryIO

    from fenglian.engine import FenglianError, Reading, Repaired, Statement
    from fenglian.engine.advice.emergency_chain import drill_chain
    from fenglian.engine.advice.verbs import verbs
    from fenglian.engine.analysis.adjacency import adjacency
    from fenglian.engine.analysis.carbon import carbon, payback
    from fenglian.engine.analysis.comparison import compare
    from fenglian.engine.analysis.concentration import concentration
    from fenglian.engine.analysis.coverage import coverage
    from fenglian.engine.analysis.disruption import disruption
    from fenglian.engine.analysis.drill.sensitivity import sensitivity
    from fenglian.engine.analysis.drill.stand_ins import stand_ins
    from fenglian.engine.analysis.exposure import exposure
    from fenglian.engine.analysis.extension import extension
    from fenglian.engine.analysis.linkages import FlowTable, linkages
    from fenglian.engine.analysis.location_risk import location_risk
    from fenglian.engine.analysis.reinforcement import (
        NewSource,
        SecondSource,
        effect_of,
        reinforcement,
    )
    from fenglian.engine.analysis.relatedness import relatedness
    from fenglian.engine.analysis.requirement import requirement
    from fenglian.engine.analysis.sourcing import sourcing
    from fenglian.engine.analysis.synchrony import synchrony
    from fenglian.engine.analysis.systemic_risk import systemic_risk, trace_failure
    from fenglian.engine.analysis.throughput import throughput
    from fenglian.engine.chain.changes import Changes, NewPlant
    from fenglian.engine.chain.drill import Drill, Free, Rules, Shock, Stock, Substitute
    from fenglian.engine.chain.intervals import Interval
    from fenglian.engine.chain.model import Chain, build_chain
    from fenglian.engine.chain.pack import Pack, join_region
    from fenglian.engine.chain.product_table import Headings, ProductTable
    from fenglian.engine.chain.supply_network import SupplyNetwork, make_network
    from fenglian.engine.errors import PackFault
    from fenglian.engine.registry.divisions import Divisions
    from fenglian.engine.registry.tables import TableDescription
    from fenglian.packs import PackFiles

__version__ = "0.1.0"
__all__ = [
    "Chain",
    "Changes",
    "Drill",
    "FenglianError",
    "Free",
    "Interval",
    "NewPlant",
    "NewSource",
    "Pack",
    "Reading",
    "Repaired",
    "Rules",
    "SecondSource",
    "Shock",
    "Statement",
    "Stock",
    "Substitute",
    "SupplyNetwork",
    "__version__",
    "adjacency",
    "build_chain",
    "carbon",
    "check_pack",
    "compare",
    "concentration",
    "coverage",
    "disruption",
    "drill_chain",
    "effect_of",
    "exposure",
    "extension",
    "join_region",
    "linkages",
    "load_chain",
    "load_divisions",
    "load_flow_table",
    "load_network",
    "load_pack",
    "load_product_table",
    "load_profile_tables",
    "location_risk",
    "make_network",
    "payback",
    "read",
    "read_article",
    "read_bytes",
    "reinforcement",
    "relatedness",
    "repair",
    "requirement",
    "sensitivity",
    "sourcing",
    "stand_ins",
    "synchrony",
    "systemic_risk",
    "throughput",
    "trace_failure",
    "verbs",
]
# Rooms that compute: numerics are loaded by whoever asks for one of these, and by nobody else.
_HOMES = {
    "Chain": "fenglian.engine.chain.model",
    "Changes": "fenglian.engine.chain.changes",
    "Drill": "fenglian.engine.chain.drill",
    "Free": "fenglian.engine.chain.drill",
    "Interval": "fenglian.engine.chain.intervals",
    "NewPlant": "fenglian.engine.chain.changes",
    "NewSource": "fenglian.engine.analysis.reinforcement",
    "Pack": "fenglian.engine.chain.pack",
    "Rules": "fenglian.engine.chain.drill",
    "SecondSource": "fenglian.engine.analysis.reinforcement",
    "Shock": "fenglian.engine.chain.drill",
    "Stock": "fenglian.engine.chain.drill",
    "Substitute": "fenglian.engine.chain.drill",
    "SupplyNetwork": "fenglian.engine.chain.supply_network",
    "adjacency": "fenglian.engine.analysis.adjacency",
    "build_chain": "fenglian.engine.chain.model",
    "carbon": "fenglian.engine.analysis.carbon",
    "compare": "fenglian.engine.analysis.comparison",
    "concentration": "fenglian.engine.analysis.concentration",
    "coverage": "fenglian.engine.analysis.coverage",
    "disruption": "fenglian.engine.analysis.disruption",
    "drill_chain": "fenglian.engine.advice.emergency_chain",
    "effect_of": "fenglian.engine.analysis.reinforcement",
    "exposure": "fenglian.engine.analysis.exposure",
    "extension": "fenglian.engine.analysis.extension",
    "join_region": "fenglian.engine.chain.pack",
    "linkages": "fenglian.engine.analysis.linkages",
    "location_risk": "fenglian.engine.analysis.location_risk",
    "make_network": "fenglian.engine.chain.supply_network",
    "payback": "fenglian.engine.analysis.carbon",
    "reinforcement": "fenglian.engine.analysis.reinforcement",
    "relatedness": "fenglian.engine.analysis.relatedness",
    "requirement": "fenglian.engine.analysis.requirement",
    "sensitivity": "fenglian.engine.analysis.drill.sensitivity",
    "sourcing": "fenglian.engine.analysis.sourcing",
    "stand_ins": "fenglian.engine.analysis.drill.stand_ins",
    "synchrony": "fenglian.engine.analysis.synchrony",
    "systemic_risk": "fenglian.engine.analysis.systemic_risk",
    "throughput": "fenglian.engine.analysis.throughput",
    "trace_failure": "fenglian.engine.analysis.systemic_risk",
    "verbs": "fenglian.engine.advice.verbs",
}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'fenglian' has no attribute {name!r}")
    return getattr(import_module(_HOMES.get(name, "fenglian.engine")), name)


def __dir__() -> list[str]:
    return __all__


def check_pack(pack: "str | PathLike[str]") -> "tuple[PackFault, ...]":
    """Return every fault of a shipped pack or of a folder; see :mod:`fenglian.engine.chain.pack`."""
    from fenglian.engine.chain.pack import check_pack as check

    return check(_pack_files(pack))


def load_chain(
    pack: "str | PathLike[str]",
    region: "str | PathLike[str] | None" = None,
    scenario: str | None = None,
    year: int | None = None,
    *,
    as_of: "date | None" = None,
) -> "Chain":
    """Load a chain pack, lay a region over it and build the chain of a scenario."""
    from fenglian.engine.chain.model import build_chain as build
    from fenglian.engine.chain.pack import join_region as join

    loaded = load_pack(pack)
    if region is not None:
        loaded = join(loaded, load_pack(region))
    return build(loaded, scenario, year, as_of=as_of)


def load_divisions() -> "Divisions":
    """Load the divisions of China since 1980, which codes and names of regions are held against."""
    from fenglian.data.divisions import division_names, divisions
    from fenglian.engine.registry.divisions import Divisions

    return Divisions(rows=divisions(), names=division_names())


def load_flow_table(path: "str | PathLike[str]") -> "FlowTable":
    """Load an input–output table of three columns: supplier, user, value; user final is final use."""
    from fenglian.engine.analysis.linkages import flow_table
    from fenglian.engine.chain.product_table import FLOW_HEADINGS

    return flow_table(*_three_columns(path, FLOW_HEADINGS))


def load_network(
    links: "str | PathLike[str]",
    firms: "str | PathLike[str]",
    essentiality: "str | PathLike[str] | None" = None,
) -> "SupplyNetwork":
    """Load who supplies whom from CSV files; see :mod:`fenglian.engine.chain.link_tables`."""
    from pathlib import Path

    from fenglian.engine.chain.link_tables import TableFile, read_network

    paths = [Path(each) for each in (links, firms, essentiality) if each is not None]
    return read_network(*(TableFile(path.name, path.read_bytes()) for path in paths))


def load_pack(pack: "str | PathLike[str]") -> "Pack":
    """Load a shipped pack by its id, or a pack of your own by its folder."""
    from fenglian.engine.chain.pack import build_pack

    return build_pack(_pack_files(pack))


def load_product_table(path: "str | PathLike[str]") -> "ProductTable":
    """Load a table of three columns: country, product, value; one that has a faulty row is refused."""
    from fenglian.engine.chain.product_table import PRODUCT_HEADINGS, product_table

    return product_table(*_three_columns(path, PRODUCT_HEADINGS))


def load_profile_tables() -> "Mapping[str, TableDescription]":
    """Load what a member is asked to say of itself: tables and columns, by table."""
    from fenglian.data.profile import profile_files
    from fenglian.engine.registry.tables import describe_tables

    files = profile_files()
    return describe_tables(files.tables, files.columns, files.choices, files.units)


def _pack_files(pack: "str | PathLike[str]") -> "PackFiles":
    from os import fspath

    from fenglian.engine.errors import PackTooLarge, UnknownPack
    from fenglian.packs import MAX_BYTES, NoSuchPack, TooManyBytes, list_packs, read_pack_files

    try:
        return read_pack_files(fspath(pack))
    except NoSuchPack:
        raise UnknownPack(name=fspath(pack), known=", ".join(list_packs())) from None
    except TooManyBytes:
        raise PackTooLarge(name=fspath(pack), limit=MAX_BYTES) from None


def _three_columns(
    path: "str | PathLike[str]", headings: "Headings"
) -> "tuple[Sequence[str], Sequence[str], Sequence[float]]":
    from pathlib import Path

    from fenglian.engine.chain.product_table import read_pairs
    from fenglian.engine.chain.table_faults import TableRefused

    found = read_pairs(Path(path).read_bytes(), Path(path).name, headings)
    if found.rejected:
        raise TableRefused(found.name, found.rejected)
    return found.firsts, found.seconds, found.values


def read(path: "str | PathLike[str]", *, charset: str | None = None, ner: bool = True) -> "Reading":
    """Read a document from a file; see :func:`fenglian.engine.read_document`.

    Without ``ner`` the rules alone look for names.
    """
    from pathlib import Path

    name = Path(path).name
    with Path(path).open("rb") as stream:
        content = take_bytes(stream, name)
    return read_bytes(content, name=name, charset=charset, ner=ner)


def take_bytes(stream: "BinaryIO", name: str) -> bytes:
    """Return all bytes of a stream; one too large, or without an end, is left after the limit."""
    import os
    import stat

    from fenglian.engine.errors import DocumentTooLarge, EndlessDocument
    from fenglian.outside.documents import limit_of

    content = stream.read(limit_of(b"") + 1)
    limit = limit_of(content)
    content += stream.read(max(limit + 1 - len(content), 0))
    if len(content) <= limit:
        return content
    status = os.fstat(stream.fileno())
    if stat.S_ISREG(status.st_mode):
        raise DocumentTooLarge(name=name, size=status.st_size, limit=limit)
    raise EndlessDocument(name=name, limit=limit)


def read_article() -> "Reading":
    """Read the newspaper page about the founding day that ships with Fenglian."""
    from fenglian.data import article

    return read_bytes(article(), name="article.txt")


def read_bytes(
    content: bytes, *, name: str, charset: str | None = None, ner: bool = True
) -> "Reading":
    """Read a document that is in memory: text, a web page, a Word document, a PDF."""
    from fenglian.data import tables
    from fenglian.engine import read_document
    from fenglian.outside.documents import extract_text

    extract = extract_text(content, name, charset)
    return read_document(
        content, name=name, tables=tables(), charset=charset, extract=extract, ner=ner
    )


def repair(text: str) -> "Repaired":
    """Repair a damaged text with the shipped dictionaries; a sound one comes back unchanged."""
    from fenglian.data import tables
    from fenglian.engine.intake import repairs

    return repairs.repair(text, tables())
