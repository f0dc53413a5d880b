#!/usr/bin/env python3
"""Write the demo pack anew: 66 invented organisations, what they make, contracts and needs.

python3 src/fenglian/packs/demo/rebuild.py

Nothing is drawn: every choice follows from a hash of its name, so each run gives the same bytes.
Capacities are sized against what a 5 GW year of the wind pack needs, so that some products have
plenty, some too little, and some nothing at all.
"""

import csv
import io
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path

from fenglian.packs import read_columns
from fenglian.packs.schema import describe_tables

HERE = Path(__file__).resolve().parent
PACKS = HERE.parent
SOURCE, SCENARIO = "DEMO", "demo-base"
YEARLY_MW = 5000
SHARES = {"dfig": 0.35, "mspm": 0.5, "ddpm": 0.15, "steel": 0.7, "hybrid": 0.3}
INVENTED, INVENTED_EN = "演示数据，虚构", "demo data, invented"
PLACES = (
    ("太原", "清徐"), ("太原", "阳曲"), ("大同", "云州"), ("大同", "阳高"), ("朔州", "平鲁"), ("朔州", "山阴"),
    ("忻州", "定襄"), ("忻州", "原平"), ("忻州", "繁峙"), ("阳泉", "盂县"), ("晋中", "榆次"), ("晋中", "太谷"),
    ("晋中", "祁县"), ("吕梁", "交城"), ("吕梁", "孝义"), ("吕梁", "交口"), ("长治", "潞州"), ("长治", "襄垣"),
    ("晋城", "泽州"), ("晋城", "高平"), ("临汾", "襄汾"), ("临汾", "侯马"), ("运城", "永济"), ("运城", "绛县"),
)  # fmt: skip
# Short name, the same in English, how many plants, what they make. 主轴轴承, IGBT and others are
# nobody's on purpose: a demo without a missing link would show nothing.
PLANTS: tuple[tuple[str, str, int, str], ...] = (
    ("整机", "turbine", 2, "wtg nacelle rotor"),
    ("叶片", "blade", 2, "blade spar-cap blade-shell shear-web"),
    ("塔筒", "tower", 3, "tower-steel tower-can tower-internals"),
    ("混塔", "hybrid-tower", 1, "tower-hybrid concrete-segment"),
    ("法兰", "flange", 4, "flange ring-forging"),
    ("锻件", "forging", 2, "open-die-forging main-shaft"),
    ("铸件", "casting", 3, "casting-hub casting-frame casting-other hub main-frame gearbox-housing"),
    ("齿轮箱", "gearbox", 2, "gearbox gearbox-ms gear-set"),
    ("发电机", "generator", 2, "generator-dfig generator-ms generator-dd rotor-core winding generator-frame"),
    ("轴承", "bearing", 2, "yaw-bearing pitch-bearing gearbox-bearing"),
    ("电缆", "cable", 2, "tower-cable array-cable"),
    ("变流器", "converter", 1, "converter"),
    ("主控", "control", 1, "control-system plc scada cms sensor"),
    ("变桨", "pitch", 1, "pitch-system pitch-motor yaw-system yaw-gearbox"),
    ("螺栓", "bolt", 2, "bolt blade-root anchor-cage"),
    ("复材", "composite", 2, "nacelle-cover spinner glass-fabric"),
    ("树脂", "resin", 1, "epoxy adhesive coating"),
    ("变压器", "transformer", 1, "transformer mv-switchgear"),
    ("液压", "hydraulic", 1, "hydraulic lubrication cooling brake coupling"),
    ("特钢", "steel", 2, "steel-plate steel-alloy-round steel-gear steel-bearing pig-iron steel-stainless"),
    ("铜材", "copper", 1, "copper-wire magnet-wire"),
    ("磁材", "magnet", 1, "ndfeb magnet-module"),
    ("水泥", "cement", 1, "cement concrete"),
    ("储能", "storage", 1, "ess"),
    ("吊装", "erection", 1, "erection crane transport"),
    ("运维", "service", 2, "om spares blade-repair gearbox-reman retrofit"),
    ("回收", "recycling", 1, "blade-recycling metal-recycling"),
)  # fmt: skip
OTHERS: tuple[tuple[str, str, str, int], ...] = (  # name, English, kind, how many
    ("演示风电场{n}公司", "Demo Wind Farm {n}", "firm", 2),
    ("演示大学{n}", "Demo University {n}", "university", 3),
    ("演示研究院{n}", "Demo Institute {n}", "institute", 4),
    ("演示检测所{n}", "Demo Test Centre {n}", "institute", 1),
    ("演示银行{n}", "Demo Bank {n}", "financial_institution", 2),
    ("演示租赁{n}", "Demo Leasing {n}", "financial_institution", 1),
    ("演示部门{n}", "Demo Department {n}", "department", 4),
    ("演示园区{n}", "Demo Park {n}", "zone", 2),
    ("演示协会{n}", "Demo Association {n}", "association", 1),
    ("演示锻件集群{n}", "Demo Forging Cluster {n}", "cluster", 1),
)
NEEDS = (
    ("supply", "求购{product}，缺口待补", "needs {product} from outside", True),
    ("technology", "求{product}的工艺改进", "seeks better process for {product}", True),
    ("test", "求试验台时间", "seeks time on a test bench", False),
    ("finance", "求订单融资", "seeks finance for an order", False),
    ("logistics", "求大件运输车辆", "seeks heavy transport", False),
    ("talent", "求焊接与无损检测人员", "seeks welders and testers", False),
    ("site", "求厂房扩建用地", "seeks land to expand", False),
)
# What plants and parts cost in the demo: million yuan a plant, and yuan a piece. Invented, and so
# few that most products still say "not found".
NEW_PLANTS = ("main-bearing", "igbt", "gearbox", "generator-ms", "control-system", "pitch-system")
EXTENSIONS = ("gearbox", "generator-ms", "generator-dd", "control-system", "pitch-system", "hub")
PRICES = {
    "main-bearing": 600_000, "igbt": 4_000, "gearbox": 2_600_000, "generator-dd": 3_100_000,
    "control-system": 350_000, "pitch-system": 420_000, "hub": 160_000, "converter": 450_000,
}  # fmt: skip
Rows = list[dict[str, object]]


def fraction(*words: object) -> float:
    """Return a number from 0 to below 1 that follows from the words alone."""
    digest = sha256("|".join(map(str, ("fenglian demo", *words))).encode()).digest()
    return int.from_bytes(digest[:6], "big") / 2**48


def build() -> dict[str, Rows]:
    """Return every table of the pack."""
    plants = list(list_plants())
    capacities = list(list_capacities(plants))
    return {
        "organisations": list(list_organisations(plants)),
        "capacities": capacities,
        "contracts": list(list_contracts(plants, capacities)),
        "coverage_found": list(list_found(capacities)),
        "demand_scenarios": [scenario(year) for year in range(2026, 2031)],
        "needs": list(list_needs(plants)),
        "plants_observed": [
            *list_precedents(NEW_PLANTS, ""),
            *list_precedents(EXTENSIONS, "extension"),
        ],
        "prices": list(list_prices()),
        "scenario_shares": [
            {"scenario_id": SCENARIO, "variant_id": name, "share": share, "sources": SOURCE}
            for name, share in SHARES.items()
        ],
        "sources": [
            {
                "source_id": SOURCE,
                "title": INVENTED,
                "publisher": "Fenglian",
                "date": "2026-11-01",
                "kind": "example",
                "grade": "D",
                "licence": "CC-BY-4.0",
            }
        ],
    }


def list_plants() -> Iterator[tuple[str, str, str, list[str]]]:
    """Yield id, names and products of every plant."""
    for zh, en, count, products in PLANTS:
        for number in range(1, count + 1):
            title = f"Demo {en.replace('-', ' ').title()} Plant {number:02}"
            yield f"demo-{en}-{number:02}", f"演示{zh}{number:02}厂", title, products.split()


def list_organisations(
    plants: Iterable[tuple[str, str, str, list[str]]],
) -> Iterator[dict[str, object]]:
    """Yield the 66 organisations."""
    for key, zh, en, _products in plants:
        yield organisation(key, zh, en, "firm")
    for zh, en, kind, count in OTHERS:
        for number in range(1, count + 1):
            name = en.format(n=f"{number:02}")
            key = name.lower().replace(" ", "-")
            yield organisation(key, zh.format(n=f"{number:02}"), name, kind)


def organisation(key: str, zh: str, en: str, kind: str) -> dict[str, object]:
    """Return an invented organisation at a place that is real."""
    city, county = PLACES[int(fraction("place", key) * len(PLACES))]
    return {
        "org_id": key,
        "name_zh": zh,
        "name_en": en,
        "kind": kind,
        "member_firms": 30 if kind == "cluster" else "",
        "region": "CN-SX",
        "city": city,
        "county": county,
        "evidence_zh": "虚构单位；所在地是真地名，那里没有这家单位",
        "evidence_en": "invented; the place is real and has no such organisation",
        "confidence": "low",
        "note_zh": INVENTED,
        "note_en": INVENTED_EN,
        "sources": SOURCE,
    }


def list_capacities(plants: list[tuple[str, str, str, list[str]]]) -> Iterator[dict[str, object]]:
    """Yield what each plant makes, sized against the yearly requirement."""
    need, units = explode()
    makers: dict[str, list[str]] = defaultdict(list)
    for key, _zh, _en, products in plants:
        for product in products:
            # Not every plant of a kind makes everything, but each product has its first maker.
            if not makers[product] or fraction("makes", key, product) < 0.6:
                makers[product].append(key)
    for product, keys in makers.items():
        coverage = 0.2 + 1.3 * fraction("coverage", product)
        weights = {key: 0.4 + fraction("weight", key, product) for key in keys}
        for key in keys:
            share = need.get(product, 0.0) * coverage * weights[key] / sum(weights.values())
            yield capacity(key, product, share, units[product])
    for farm in ("demo-wind-farm-01", "demo-wind-farm-02"):
        yield {**capacity(farm, "wind-farm", 0.0, units["wind-farm"]), "relation": "uses"}
    yield {**capacity("demo-forging-cluster-01", "ring-forging", 0.0, "t"), "status": "operating"}


def capacity(key: str, product: str, value: float, unit: str) -> dict[str, object]:
    """Return what an organisation makes of a product; some of it is not known."""
    state = fraction("state", key, product)
    unknown = value < 1 or state > 0.9
    width = 0.05 + 0.15 * fraction("width", key, product)
    return {
        "org_id": key,
        "product_id": product,
        "relation": "makes",
        "capacity": "" if unknown else rounded(value),
        "capacity_low": "" if unknown else rounded(value * (1 - width)),
        "capacity_high": "" if unknown else rounded(value * (1 + width)),
        "unit": "" if unknown else unit,
        "stated": "" if unknown else 2026,
        "status": "planned" if 0.82 < state <= 0.9 else "operating",
        "note_zh": INVENTED,
        "note_en": INVENTED_EN,
        "sources": SOURCE,
    }


def rounded(value: float) -> int:
    """Return a number of two significant digits: nobody knows an invented one better."""
    scale = 10 ** max(len(str(int(value))) - 2, 0)
    return int(round(value / scale) * scale)


def explode() -> tuple[dict[str, float], dict[str, str]]:
    """Return what a year needs of each product, and each product's unit."""
    units = {row["product_id"]: row["unit"] for row in read("wind", "products")}
    parts: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for row in read("wind", "bom"):
        share = SHARES.get(row["variant_id"], 1.0)
        parts[row["parent_id"]].append((row["child_id"], float(row["qty"] or 0) * share))
    need: dict[str, float] = {}
    for _round in range(60):  # enough for the depth of the chain; loops are weak
        fresh: dict[str, float] = defaultdict(float, {"wind-farm": float(YEARLY_MW)})
        for parent, amount in need.items():
            for child, quantity in parts[parent]:
                fresh[child] += amount * quantity
        need = dict(fresh)
    return need, units


def list_found(capacities: Iterable[dict[str, object]]) -> Iterator[dict[str, object]]:
    """Yield for every product what a look around found."""
    made = {str(row["product_id"]) for row in capacities if row["relation"] == "makes"}
    for each in read("wind", "products"):
        product = each["product_id"]
        if each["stage"] in ("raw", "site"):
            continue
        nobody = product in ("main-bearing", "igbt")
        status = "found" if product in made else "stated_none" if nobody else "not_found"
        yield {"product_id": product, "status": status, "note_zh": INVENTED, "note_en": INVENTED_EN, "sources": SOURCE}  # fmt: skip


def list_contracts(
    plants: list[tuple[str, str, str, list[str]]], capacities: Iterable[dict[str, object]]
) -> Iterator[dict[str, object]]:
    """Yield who supplies whom: makers of parts to makers of what is built of them."""
    parents: dict[str, list[str]] = defaultdict(list)
    for part in read("wind", "bom"):
        parents[part["child_id"]].append(part["parent_id"])
    makers: dict[str, list[str]] = defaultdict(list)
    for key, _zh, _en, products in plants:
        for product in products:
            makers[product].append(key)
    number = 0
    for row in capacities:
        supplier, product = str(row["org_id"]), str(row["product_id"])
        buyers = [
            key
            for parent in parents[product]
            for key in makers[parent]
            if key != supplier and fraction("buys", supplier, product, key) < 0.35
        ]
        for buyer in buyers[:2]:
            number += 1
            amount = rounded(1e6 * (5 + 200 * fraction("amount", supplier, product, buyer)))
            month = 1 + int(10 * fraction("month", supplier, buyer))
            yield {
                "contract_id": f"demo-contract-{number:03}",
                "supplier_id": supplier,
                "buyer_id": buyer,
                "product_id": product,
                "kind": ("intent", "framework", "contract")[int(3 * fraction("kind", number))],
                "signed": f"2026-{month:02}",
                "amount": amount,
                "amount_low": rounded(amount * 0.95),
                "amount_high": rounded(amount * 1.05),
                "unit": "CNY",
                "delivered": round(fraction("delivered", number), 1),
                "note_zh": INVENTED,
                "note_en": INVENTED_EN,
                "sources": SOURCE,
            }


def list_needs(plants: list[tuple[str, str, str, list[str]]]) -> Iterator[dict[str, object]]:
    """Yield what plants look for."""
    named = {row["product_id"]: row["name_zh"] for row in read("wind", "products")}
    parts: dict[str, list[str]] = defaultdict(list)
    for row in read("wind", "bom"):
        parts[row["parent_id"]].append(row["child_id"])
    for number, (key, _zh, _en, products) in enumerate(plants, start=1):
        field, zh, en, about = NEEDS[int(fraction("need", key) * len(NEEDS))]
        product = products[0]
        if field == "supply":  # something that goes into what it makes
            bought = [part for part in parts[product] if part not in products]
            product = bought[int(fraction("buys", key) * len(bought))] if bought else product
        yield {
            "need_id": f"demo-need-{number:03}",
            "org_id": key,
            "field": field,
            "product_id": product if about else "",
            "due": f"2027-{1 + int(11 * fraction('due', key)):02}",
            "note_zh": f"{zh.format(product=named[product])}（虚构）",
            "note_en": f"{en.format(product=product)} (invented)",
            "sources": SOURCE,
        }


def list_precedents(products: tuple[str, ...], kind: str) -> Iterator[dict[str, object]]:
    """Yield what plants cost elsewhere: by rule, so that the three ways of closing a gap show."""
    need, units = explode()
    named = {row["product_id"]: row["name_zh"] for row in read("wind", "products")}
    for product in products:
        size, price = need[product] * 0.4, PRICES.get(product, 3_000_000)
        part = 0.5 if kind else 1.1  # of a year's output: an extension is the cheaper one
        yield {
            "product_id": product,
            "plant": f"演示外省{named[product]}{'扩建' if kind else '新厂'}",
            "place": "演示外省",
            "year": "2026",
            "capex_mcny": rounded(size * price * part * (0.8 + 0.4 * fraction(product)) / 1e6),
            "capacity": rounded(size),
            "capacity_unit": f"{units[product]}/a",
            "jobs": rounded(120 + 300 * fraction("jobs", product, kind)),
            "lead_months": 6 if kind else 12 + int(10 * fraction("months", product)),
            "kind": kind,
            "note": f"{INVENTED} {INVENTED_EN}",
            "sources": SOURCE,
        }


def list_prices() -> Iterator[dict[str, object]]:
    """Yield what some parts cost."""
    units = {row["product_id"]: row["unit"] for row in read("wind", "products")}
    for product, price in PRICES.items():
        yield {
            "product_id": product,
            "period": "2026",
            "price": price,
            "unit": f"CNY/{units[product]}",
            "basis": f"{INVENTED} {INVENTED_EN}",
            "kind": "statement",
            "sources": SOURCE,
        }


def scenario(year: int) -> dict[str, object]:
    """Return the demand of a year."""
    return {
        "scenario_id": SCENARIO,
        "year": year,
        "name_zh": "演示情景",
        "name_en": "Demo scenario",
        "region": "CN-SX",
        "demand": YEARLY_MW / 1000,
        "demand_low": 4,
        "demand_high": 6,
        "unit": "GW",
        "note_zh": INVENTED,
        "note_en": INVENTED_EN,
        "sources": SOURCE,
    }


def read(pack: str, table: str) -> list[dict[str, str]]:
    """Return the rows of a table of a pack."""
    return list(csv.DictReader((PACKS / pack / f"{table}.csv").open(encoding="utf-8")))


def write(tables: dict[str, Rows]) -> None:
    """Write the tables, each in the order of its described columns, and the descriptor."""
    resources = []
    for name, rows in sorted(tables.items()):
        columns = [row["name"] for row in read("columns", name)]
        stream = io.StringIO()
        writer = csv.DictWriter(stream, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        (HERE / f"{name}.csv").write_text(stream.getvalue(), "utf-8")
        resources.append(name)
    (HERE / "datapackage.json").write_text(descriptor(resources), "utf-8")


def descriptor(tables: list[str]) -> str:
    """Return datapackage.json."""
    content = {
        "name": "fenglian-demo",
        "title": "演示联盟 · demo alliance",
        "version": "0.1.0",
        "profile": "tabular-data-package",
        "description": "Invented organisations, capacities, contracts and needs, to try Fenglian out. No organisation and no number in it is real.",
        "licenses": [{"name": "CC-BY-4.0", "title": "Creative Commons Attribution 4.0"}],
        "region": {
            "kind": "region",
            "id": "demo",
            "schema": 1,
            "code": "CN-SX",
            "name": {"zh": "山西（演示，虚构）", "en": "Shanxi (demo, invented)"},
            "chains": ["wind"],
            "example": True,
        },
        "resources": describe_tables(tables, read_columns()),
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    write(build())
