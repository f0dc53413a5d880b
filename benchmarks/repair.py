"""How well and how fast is a damaged page repaired?

Measures character error rate (edits needed per character of the true text), exact lines, and
characters of the true text per CPU-second, at four densities of pinyin. The corpus is what the
project ships: the article, the samples and sentences of our own, damaged by the damage model,
which is byte-exact on every real fragment we know. Peers, in the same run on the same pages:
ftfy, which repairs mis-decoded text in general, and OpenCC, which turns traditional characters
back and nothing else; "as received" is no repair at all.

Runs alone: ``python benchmarks/repair.py``. ftfy and OpenCC come with requirements-bench.lock and
requirements-dev.lock; a peer that is not installed is left out, and the output says so.
"""

import json
import platform
import time
from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from random import Random
from typing import Any

from fenglian.data import article, tables
from fenglian.engine.intake.damage import codepage
from fenglian.engine.intake.damage.clone_site import Gloss, damage
from fenglian.engine.intake.repairs import glosses_of, repair

TEXTS = Path(__file__).resolve().parent.parent / "tests" / "engine" / "intake"
PAGES, LINES, SEED = 60, 10, 20230407
DENSITIES = ("none", "the article's", "30 %", "90 %")
WIDE = {ord(narrow): wide for narrow, wide in codepage.WIDE.items()}
NARROW = {ord(wide): narrow for wide, narrow in codepage.NARROW.items()}
Peer = Callable[[str], str]


def corpus() -> list[str]:
    """Return true pages: lines of the shipped texts, drawn at random, with wide punctuation."""
    lines = (TEXTS / "sentences.txt").read_text("utf-8").splitlines()
    lines += (TEXTS / "article_clean.txt").read_text("utf-8").splitlines()
    for path in sorted((TEXTS / "samples").glob("*.json")):
        lines += json.loads(path.read_text("utf-8"))["clean_text"].splitlines()
    # White space apart, and only what the damaging program's code page has.
    sound = {line.strip().translate(WIDE) for line in lines}
    kept = sorted(line for line in sound if len(line) > 12 and all(map(codepage.octets, line)))
    draw = Random(SEED)
    return ["\n".join(draw.sample(kept, LINES)) for _ in range(PAGES)]


def gloss_tables(pages: list[str], density: str) -> Iterator[tuple[Gloss, ...]]:
    """Yield a gloss table for each page."""
    known = tables()
    shown = {known.traditional.get(c, c) for page in pages for c in page}
    old = sorted(c for c in shown if c in known.simplified and c in known.readings)
    own = glosses_of(repair(article().decode(), known))
    share = {"none": 0.0, "30 %": 0.3, "90 %": 0.9}.get(density)
    draw = Random(SEED)
    for _ in pages:
        if share is None:
            yield own
        else:
            drawn = draw.sample(old, round(len(old) * share))
            yield tuple(Gloss(c, known.readings[c][0]) for c in drawn)


def distance(one: str, two: str) -> int:
    """Return the number of characters to insert, delete or replace to turn one into the other."""
    row = list(range(len(two) + 1))
    for at, left in enumerate(one, 1):
        above, row[0] = row[0], at
        for to, right in enumerate(two, 1):
            change = above + (left != right)
            above = row[to]
            row[to] = min(change, above + 1, row[to - 1] + 1)
    return row[-1]


def peers() -> dict[str, Peer]:
    """Return the repairs to compare; says which are missing."""
    known = tables()
    found: dict[str, Peer] = {
        "Fenglian": lambda text: repair(text, known).text,
        "as received": lambda text: text,
    }
    makers: dict[str, Callable[[Any], Peer]] = {
        "opencc": lambda package: package.OpenCC("t2s").convert,
        "ftfy": lambda package: package.fix_text,
    }
    for package, make in makers.items():
        try:
            found[f"{package} {version(package)}"] = make(import_module(package))
        except (ImportError, PackageNotFoundError):
            print(f"{package} is not installed and is left out.")
    return found


def _folded(page: str) -> list[str]:
    """Return the lines of a page; wide and narrow punctuation count as one."""
    return page.translate(NARROW).split("\n")


def measure(peer: Peer, damaged: list[str], true: list[str]) -> tuple[float, float, float]:
    """Return error rate, share of exact lines, and characters per CPU-second."""
    start = time.process_time()
    made = [peer(page) for page in damaged]
    seconds = time.process_time() - start
    pairs = [
        pair
        for one, two in zip(made, true, strict=True)
        for pair in zip(_folded(one), _folded(two), strict=False)
    ]
    characters = sum(len(page) for page in true)
    wrong = sum(0 if one == two else distance(one, two) for one, two in pairs)
    exact = sum(one == two for one, two in pairs) / len(pairs)
    return wrong / characters, exact, characters / max(seconds, 1e-9)


def the_article() -> None:
    """Print how long the article takes, the first time with its tables and then without."""
    raw = article().decode()
    known = type(tables())()  # its tables are still on disk
    times = []
    for _ in range(5):
        start = time.process_time()
        repair(raw, known)
        times.append(time.process_time() - start)
    print(
        f"article, {len(raw)} characters: {times[0] * 1000:.0f} ms CPU with the tables to load, "
        f"{min(times[1:]) * 1000:.0f} ms after that\n"
    )


def main() -> None:
    """Print one table for each density."""
    print(f"Python {platform.python_version()}, {platform.machine()}")
    the_article()
    true = corpus()
    compared = peers()
    print(f"{PAGES} pages, {sum(map(len, true)):,} characters\n")
    for density in DENSITIES:
        known = tables()
        damaged = [
            damage(page, known, table).text
            for page, table in zip(true, gloss_tables(true, density), strict=True)
        ]
        print(f"pinyin: {density}")
        for name, peer in compared.items():
            wrong, exact, speed = measure(peer, damaged, true)
            print(f"  {name:14} CER {wrong:8.3%}   exact {exact:6.1%}   {speed:12,.0f} chars/CPU-s")
        print()


if __name__ == "__main__":
    main()
