#!/usr/bin/env python3
"""How long does it take to tell who is who among a million names, and how right is it?

    .venv/bin/python benchmarks/resolution.py [names]

Makes up names (division of GB/T 2260 + brand + trade + legal form), puts in 7 % noisy repetitions of
earlier ones whose origin is known (brackets and 有限责任公司, spaces, code alone, region left out, one
character changed, the short name) and 1 % traps (same brand and trade in another province; group and
listed company), and resolves them against themselves. CPU seconds and peak memory of this process;
goal: 15 s and 2 GB for 1,000,000. Beside it, on a stated sample, rapidfuzz's best match by WRatio and
by ratio, cut off at 90, the usual way; rapidfuzz is only installed for benchmarks.
"""

import random
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable

from fenglian.data.divisions import divisions
from fenglian.engine.intake.places import short_name
from fenglian.engine.registry.bulk import NameList, Resolved, resolve_names
from fenglian.engine.registry.names import build_regions

NAMES = 1_000_000
SAMPLE = 300, 20_000  # asked of rapidfuzz, among so many
TRADES = [
    "风电",
    "能源",
    "电力",
    "电气",
    "电机",
    "电缆",
    "电子",
    "重工",
    "机械",
    "装备",
    "设备",
    "锻造",
    "铸造",
    "法兰",
    "塔筒",
    "叶片",
    "轴承",
    "齿轮",
    "钢构",
    "钢铁",
    "材料",
    "建筑",
    "建设",
    "投资",
    "实业",
    "科技",
    "技术",
    "智能",
    "信息",
    "物流",
    "运输",
    "环保",
    "化工",
    "工程",
    "复合材料",
    "新能源",
    "机械制造",
    "装备制造",
    "新材料",
    "科技发展",
]
FORMS = ("有限公司", "有限公司", "有限公司", "股份有限公司", "集团有限公司")
SYLLABLES = "华鑫泰宏盛恒润达源通瑞德嘉诚信安康宁远博创佳隆昌旺兴顺丰裕祥福禄永利聚汇众合天地星辰云海川岳岭峰林森木石金玉银铜铁铭锐锋钧钰锦绣文武英杰俊雄伟强刚毅坚卓越超凡领航启明晨曦朝阳"
Row = tuple[str, int, str]  # name, row of what it stands for, kind


def make_rows(count: int, chance: random.Random) -> list[Row]:
    """Return names with what each of them truly is; a row of its own where it is new."""
    table = divisions()
    places = [name for name, rows in table.items() if rows[-1][2] is None and len(name) < 8]
    briefs = [short_name(name) for name in places if table[name][-1][0].endswith("00")]
    rows: list[Row] = []
    parts: dict[int, tuple[str, str, str, str]] = {}
    for row in range(count):
        if row > 100 and chance.random() < 0.08:
            origin = chance.choice(list_tail(rows, chance))
            if origin in parts:
                kind, name = _noisy(parts[origin], briefs, chance)
                rows.append((name, row if kind.startswith("trap") else origin, kind))
                continue
        region = chance.choice(places if chance.random() < 0.5 else briefs)
        brand = "".join(chance.choices(SYLLABLES, k=chance.choice((2, 2, 3, 3, 4))))
        parts[row] = (region, brand, chance.choice(TRADES), chance.choice(FORMS))
        rows.append(("".join(parts[row]), row, "plain"))
    return rows


def list_tail(rows: list[Row], chance: random.Random) -> tuple[int, ...]:
    """Return a few rows to take an origin from."""
    return tuple(rows[chance.randrange(len(rows))][1] for _ in range(3))


def _noisy(
    parts: tuple[str, str, str, str], briefs: list[str], chance: random.Random
) -> tuple[str, str]:
    region, brand, trade, form = parts
    kind = chance.choices(
        ("form", "space", "width", "left out", "character", "short", "trap province", "trap form"),
        (25, 10, 10, 10, 10, 5, 6, 6),
    )[0]
    at = chance.randrange(len(brand))
    changed = brand[:at] + chance.choice(SYLLABLES) + brand[at + 1 :]
    names: dict[str, str] = {
        "form": region + brand + trade + form.replace("有限公司", "有限责任公司"),
        "space": f" {region} {brand}{trade}{form}",
        "width": f"{region}“{brand}”{trade}{form}",
        "left out": brand + trade + form,
        "character": region + changed + trade + form,
        "short": region[:2] + brand + trade,
        "trap province": chance.choice(briefs) + brand + trade + form,
        "trap form": region
        + brand
        + trade
        + ("股份有限公司" if "集团" in form else "集团有限公司"),
    }
    return kind, names[kind]


def main() -> None:
    """Print times, memory and what became of each kind of name."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else NAMES
    rows = make_rows(count, random.Random(20260101))
    names = NameList([name for name, _, _ in rows])
    regions = build_regions(divisions())
    start = time.process_time()
    found = resolve_names(names, regions)
    seconds = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{count:,} names: {seconds:.1f} s CPU, peak {peak:,.0f} MB (goals 15 s, 2,048 MB)")
    report(rows, found)
    compare(rows)


def report(rows: list[Row], found: list[Resolved]) -> None:
    """Print, by kind, how often a name was linked rightly, wrongly, left to a person, or new."""
    told: Counter[tuple[str, str]] = Counter()
    canonical = [row if each.target is None else each.target for row, each in enumerate(found)]
    for row, ((name, origin, kind), each) in enumerate(zip(rows, found, strict=True)):
        if each.outcome == "linked":
            # Made-up names may be equal by chance; such a link is right.
            target = canonical[row]
            right = target in (origin, canonical[origin]) or rows[target][0] == name
            told[kind, "linked rightly" if right else "linked wrongly"] += 1
        else:
            told[kind, each.outcome] += 1
    for kind in sorted({kind for kind, _ in told}):
        line = ", ".join(f"{what} {n:,}" for (k, what), n in sorted(told.items()) if k == kind)
        print(f"  {kind}: {line}")


def compare(rows: list[Row]) -> None:
    """Print rapidfuzz on a sample: the repetitions among the names before them, best above 90."""
    try:
        from rapidfuzz import fuzz, process
    except ImportError:
        print("rapidfuzz is not installed: no comparison")
        return
    asked, among = SAMPLE
    pool = rows[:among]
    queries = [each for each in enumerate(pool) if each[1][2] != "plain"][:asked]
    scorers: dict[str, Callable[..., float]] = {"WRatio": fuzz.WRatio, "ratio": fuzz.ratio}
    for label, scorer in scorers.items():
        start = time.process_time()
        told: Counter[str] = Counter()
        for row, (name, origin, kind) in queries:
            before = [each[0] for each in pool[:row]]
            best = process.extractOne(name, before, scorer=scorer, score_cutoff=90)
            if kind.startswith("trap"):
                told["traps linked" if best else "traps kept apart"] += 1
            else:
                right = best is not None and best[2] == origin
                told["right" if right else "wrong" if best else "missed"] += 1
        seconds = (time.process_time() - start) / len(queries)
        print(
            f"rapidfuzz {label}, {asked} of {among:,}: {dict(told)}, {seconds * 1000:.1f} ms each"
        )
    own = resolve_names(NameList([name for name, _, _ in pool]), build_regions(divisions()))
    told = Counter()
    for row, (_, origin, kind) in queries:
        linked = own[row].target is not None
        if kind.startswith("trap"):
            told["traps linked" if linked else "traps kept apart"] += 1
        elif linked:
            told["right" if own[row].target == origin else "wrong"] += 1
        else:
            told["to a person" if own[row].outcome == "person" else "missed"] += 1
    print(f"fenglian, the same: {dict(told)}")


if __name__ == "__main__":
    main()
