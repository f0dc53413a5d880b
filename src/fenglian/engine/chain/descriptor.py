"""What does a pack say of itself? The blocks ``chain`` and ``region`` of datapackage.json."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from fenglian.engine.chain.faults import (
    BadDescriptor,
    BadSetting,
    MissingFile,
    MissingSetting,
    UnreadableFile,
)
from fenglian.engine.errors import PackFault
from fenglian.engine.labels import Label

Json: TypeAlias = Mapping[str, object]

FILE = "datapackage.json"
SCHEMA = 1  # of the blocks; a pack of a later one is refused
_LABEL = '{"zh": …, "en": …}'


@dataclass(frozen=True, slots=True)
class Named:
    """Something of a block that has an id and a name."""

    id: str
    name: Label
    advised: bool = True  # of a stage: whether advice is sought on its products


@dataclass(frozen=True, slots=True)
class ChainBlock:
    """What a chain pack says of its chain."""

    id: str
    name: Label
    final_product: str  # what demand is for
    lead_product: str  # what the chain is known by
    demand_unit: str
    product_units_per_demand_unit: float
    currency: str
    axes: tuple[Named, ...]  # in which variants differ
    stages: tuple[Named, ...]  # from raw to final
    units: Mapping[str, Label]
    example: bool


@dataclass(frozen=True, slots=True)
class RegionBlock:
    """What a region pack says of its region."""

    id: str
    code: str  # as organisations.csv writes it
    name: Label
    chains: tuple[str, ...]
    example: bool


@dataclass(frozen=True, slots=True)
class Descriptor:
    """datapackage.json, as far as the engine uses it."""

    version: str
    chain: ChainBlock | None
    region: RegionBlock | None


def read_descriptor(content: bytes) -> tuple[Descriptor, tuple[PackFault, ...]]:
    """Read datapackage.json; a block with a fault is left out."""
    nothing = Descriptor("", None, None)
    if not content:
        return nothing, (MissingFile(table=FILE),)
    try:
        found = json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as fault:
        return nothing, (UnreadableFile(table=FILE, value=str(fault)),)
    except (json.JSONDecodeError, RecursionError) as fault:
        return nothing, (BadDescriptor(table=FILE, value=str(fault)),)
    if not isinstance(found, dict):
        return nothing, (BadDescriptor(table=FILE, value=type(found).__name__),)
    reader = _Reader()
    chain = reader.chain(found["chain"]) if "chain" in found else None
    region = reader.region(found["region"]) if "region" in found else None
    if "chain" not in found and "region" not in found:
        reader.miss("chain")
    # What could not be read stands in no block that others would rely on.
    broken = {str(fault.facts["column"]).partition(".")[0] for fault in reader.faults}
    return (
        Descriptor(
            str(found.get("version", "")),
            None if "chain" in broken else chain,
            None if "region" in broken else region,
        ),
        tuple(reader.faults),
    )


class _Reader:
    """Reads settings one by one and keeps every fault."""

    def __init__(self) -> None:
        self.faults: list[PackFault] = []

    def miss(self, path: str) -> None:
        self.faults.append(MissingSetting(table=FILE, column=path))

    def refuse(self, path: str, value: object, wanted: str) -> None:
        self.faults.append(BadSetting(table=FILE, column=path, value=value, wanted=wanted))

    def chain(self, block: object) -> ChainBlock:
        at = self.block(block, "chain")
        factor = self.number(at, "chain", "product_units_per_demand_unit")
        return ChainBlock(
            id=self.text(at, "chain", "id"),
            name=self.label(at.get("name"), "chain.name"),
            final_product=self.text(at, "chain", "final_product"),
            lead_product=self.text(at, "chain", "lead_product"),
            demand_unit=self.text(at, "chain", "demand_unit"),
            product_units_per_demand_unit=factor,
            currency=self.text(at, "chain", "currency"),
            axes=tuple(self.named(at, "chain", "variant_axes")),
            stages=tuple(self.named(at, "chain", "stages")),
            units=self.labels(at.get("units"), "chain.units"),
            example=at.get("example") is True,
        )

    def region(self, block: object) -> RegionBlock:
        at = self.block(block, "region")
        chains = at.get("chains")
        if not isinstance(chains, list) or not all(isinstance(word, str) for word in chains):
            self.refuse("region.chains", chains, '["wind", …]')
            chains = []
        return RegionBlock(
            id=self.text(at, "region", "id"),
            code=self.text(at, "region", "code"),
            name=self.label(at.get("name"), "region.name"),
            chains=tuple(chains),
            example=at.get("example") is True,
        )

    def block(self, found: object, path: str) -> Json:
        if not isinstance(found, dict):
            self.refuse(path, found, "{…}")
            return {}
        if found.get("schema") != SCHEMA:
            self.refuse(f"{path}.schema", found.get("schema"), str(SCHEMA))
        return found

    def text(self, block: Json, path: str, name: str) -> str:
        value = block.get(name)
        if value is None:
            self.miss(f"{path}.{name}")
        elif not isinstance(value, str) or not value:
            self.refuse(f"{path}.{name}", value, "“…”")
        return str(value)

    def number(self, block: Json, path: str, name: str) -> float:
        value = block.get(name)
        if value is None:
            self.miss(f"{path}.{name}")
        elif isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < 1e12:
            self.refuse(f"{path}.{name}", value, "> 0")
        else:
            return float(value)
        return 1.0

    def label(self, found: object, path: str) -> Label:
        if isinstance(found, dict) and isinstance(found.get("zh"), str) and found["zh"]:
            return Label(found["zh"], str(found.get("en") or found["zh"]))
        if found is None:
            self.miss(path)
        else:
            self.refuse(path, found, _LABEL)
        return Label("", "")

    def labels(self, found: object, path: str) -> Mapping[str, Label]:
        if not isinstance(found, dict):
            self.refuse(path, found, "{…}")
            return {}
        return {str(key): self.label(found[key], f"{path}.{key}") for key in sorted(found)}

    def named(self, block: Json, path: str, name: str) -> Iterator[Named]:
        found = block.get(name, [])
        if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
            self.refuse(f"{path}.{name}", found, f'[{{"id": …, "name": {_LABEL}}}]')
            return
        for number, item in enumerate(found):
            at = f"{path}.{name}[{number}]"
            advised = item.get("advised") is not False
            yield Named(self.text(item, at, "id"), self.label(item.get("name"), at), advised)
