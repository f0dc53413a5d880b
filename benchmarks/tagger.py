#!/usr/bin/env python3
"""How fast are pages read with and without the tagger of names, and how fast is cutword itself?

    .venv/bin/python benchmarks/tagger.py

CPU seconds of one process over the invented articles and the samples of the tests, warm. cutword
needs torch; where both can be imported (``pip install cutword==0.1.1 torch==2.0.1 "numpy<2"`` in
an environment of its own, ``PYTHONPATH=src``) the same sentences are given to it, one call each,
and where the two differ is counted.
"""

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")  # one core: before numpy is loaded
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from fenglian.data import tables
from fenglian.engine import read_document
from fenglian.engine.intake.mentions.prose import sentences
from fenglian.engine.intake.reading import Reading
from fenglian.engine.intake.recogniser import Recogniser

PAGES = Path(__file__).parent.parent / "tests" / "engine" / "intake"
RUNS = 5


def cpu(work: Callable[[], Any]) -> float:
    """Return the least CPU seconds of some runs, after one that warms up."""
    work()
    times = []
    for _ in range(RUNS):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


def read(content: bytes, *, ner: bool) -> Reading:
    """Return what one page says."""
    return read_document(content, name="p", tables=tables(), ner=ner)


def read_all(contents: list[bytes], *, ner: bool) -> None:
    """Read all pages."""
    for each in contents:
        read(each, ner=ner)


def main() -> int:
    """Print pages and characters a CPU second."""
    files = [path for folder in ("invented", "samples") for path in (PAGES / folder).glob("*.txt")]
    contents = [path.read_bytes() for path in files]
    for ner in (False, True):
        spent = cpu(partial(read_all, contents, ner=ner))
        words = "rules and tagger" if ner else "rules alone"
        goal = 15 if ner else 25
        print(f"{words}: {len(contents) / spent:.0f} pages a CPU second (goal {goal})")
    pages = [read(each, ner=False).page for each in contents]
    groups = [[p.folded[s.start : s.end].rstrip() for s in sentences(p)] for p in pages]
    tagger = Recogniser(tables().tagger)
    size = sum(len(each) for group in groups for each in group)
    ours = size / cpu(lambda: [tagger.recognise(group) for group in groups])
    print(f"tagger alone: {ours:,.0f} characters a CPU second, {size / len(pages):.0f} a page")
    compare([each for group in groups for each in group if each.strip()], size, ours, tagger)
    return 0


def compare(lines: list[str], size: int, ours: float, tagger: Recogniser) -> None:
    """Print cutword's speed on the same sentences, and in how many the names differ."""
    try:
        from cutword import NER
    except ImportError:
        print("cutword: not installed here")
        return
    peer = NER()
    theirs = size / cpu(lambda: [peer.predict(line) for line in lines])
    print(f"cutword with torch: {theirs:,.0f} characters a CPU second; ours {ours / theirs:.1f}×")
    found = tagger.recognise(lines)
    differ = 0
    for line, names in zip(lines, found, strict=True):
        wanted = [(n.ner_type_en, n.begin, n.end) for row in peer.predict(line) for n in row]
        differ += [(n.kind, *n.span) for n in names] != wanted
    print(f"sentences whose names differ: {differ} of {len(lines)}")


if __name__ == "__main__":
    sys.exit(main())
