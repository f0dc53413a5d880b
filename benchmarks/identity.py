#!/usr/bin/env python3
"""How right are the links that are made by themselves from a short name to a full one?

    .venv/bin/python benchmarks/identity.py

No public list of listed companies with short and full names may be shipped here, so this asks the
repository's own pages: full names that a person marked on the samples, the invented articles and the
passages, and the short forms in which the same page goes on to speak of them (the beginning of the full
name, standing alone). Each short form is asked among all full names of all pages and of the region pack,
without the help of its page. Beside it every full name with 山西 and 陕西 exchanged, which must never link.
"""

import json
import re
from pathlib import Path

from fenglian.data.divisions import divisions
from fenglian.engine.quantities import fold_width
from fenglian.engine.registry.bulk import NameList, resolve_names
from fenglian.engine.registry.names import build_regions, normal_form
from fenglian.packs import read_pack_files

PAGES = Path(__file__).parent.parent / "tests" / "engine" / "intake"
FOLDERS = ("samples", "invented", "passages/tuned", "passages/unseen")
FULL = re.compile(r"(?:有限(?:责任)?公司|集团)$")
SWAPPED = str.maketrans({"山": "陕", "陕": "山"})


def read_pages() -> list[tuple[str, set[str]]]:
    """Return text and full names of each page that a person marked."""
    pages = []
    for folder in FOLDERS:
        for page in sorted((PAGES / folder).glob("*.txt")):
            marked = json.loads(page.with_suffix(".json").read_text("utf-8"))
            facts = marked["facts"]
            names = {row[0] for row in facts.get("orgs") or ()}
            names |= {end for row in facts.get("chain") or () for end in (row[0], row[2])}
            text = marked.get("clean_text") or page.read_text("utf-8", "replace")
            pages.append((fold_width(text), {each for each in names if FULL.search(each)}))
    return pages


def short_forms(text: str, full: str, others: set[str]) -> set[str]:
    """Return the beginnings of a full name, three to eight characters, that stand alone in a text."""
    rest = text
    for each in sorted({full, *others}, key=len, reverse=True):
        rest = rest.replace(fold_width(each), "\n")
    stem = FULL.sub("", full)
    found = [stem[:length] for length in range(min(8, len(stem)), 2, -1)]
    return {each for each in found[:] if each in rest and each != full} - others


def main() -> None:
    """Print precision and coverage of what links by itself, and the exchanged provinces."""
    pages = read_pages()
    packed = read_pack_files("shanxi").tables["organisations"].decode().splitlines()[1:]
    listed = {row.split(",")[1] for row in packed} | {
        name for _text, names in pages for name in names
    }
    registry = sorted({normal_form(name): name for name in listed}.values())
    asked: dict[str, set[str]] = {}
    for text, names in pages:
        for full in names:
            forms = sorted(short_forms(text, full, names), key=len, reverse=True)
            for short in forms[:1]:  # the longest beginning; the shorter ones stand in it
                asked.setdefault(short, set()).add(normal_form(full))
    clear = {short: next(iter(full)) for short, full in asked.items() if len(full) == 1}
    regions = build_regions(divisions())
    found = resolve_names(NameList(list(clear)), regions, NameList(registry))
    linked = [
        (short, normal_form(registry[each.target]))
        for short, each in zip(clear, found, strict=True)
        if each.target is not None
    ]
    right = sum(clear[short] == target for short, target in linked)
    print(
        f"{len(registry)} full names, {len(clear)} short ones; linked {len(linked)}, right {right}"
    )
    exchanged = [name.translate(SWAPPED) for name in registry if "山西" in name or "陕西" in name]
    crossed = resolve_names(NameList(exchanged), regions, NameList(registry))
    print(
        f"山西 and 陕西 exchanged in {len(exchanged)}: linked {sum(e.target is not None for e in crossed)}"
    )


if __name__ == "__main__":
    main()
