#!/usr/bin/env python3
"""What does one reading of the founding article cost, and what an import?

    .venv/bin/python benchmarks/reading.py

CPU seconds in fresh processes, so that nothing is warm that a user would find cold: the import
of the façade, then the first reading (tables are loaded in it), then a second one.
"""

import statistics
import subprocess
import sys

RUNS = 7
GOALS = {"import": 0.3, "first reading": 0.2, "second reading": 0.2}  # CPU seconds
PROBE = """
import time
start = time.process_time()
import fenglian as fl
imported = time.process_time()
import fenglian.data, fenglian.engine
loaded = time.process_time()
fl.read_article()
first = time.process_time()
fl.read_article()
second = time.process_time()
print(imported - start, loaded - imported, first - loaded, second - first)
"""


def main() -> int:
    """Print the median CPU seconds of each step."""
    rows = [measure() for _ in range(RUNS)]
    names = ("import", "import of the engine", "first reading", "second reading")
    for name, values in zip(names, zip(*rows, strict=True), strict=True):
        goal = f" (goal {GOALS[name]} s)" if name in GOALS else ""
        low, high = min(values), max(values)
        print(f"{name}: {statistics.median(values):.3f} s CPU, {low:.3f}–{high:.3f}{goal}")
    return 0


def measure() -> tuple[float, ...]:
    """Return the CPU seconds of each step in a process of its own."""
    done = subprocess.run([sys.executable, "-c", PROBE], check=True, capture_output=True, text=True)
    return tuple(map(float, done.stdout.split()))


if __name__ == "__main__":
    sys.exit(main())
