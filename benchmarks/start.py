#!/usr/bin/env python3
"""How long from a fresh clone to the first page, and from a second start?

    python3 benchmarks/start.py

Clones the committed project into a temporary folder, runs ``python3 run.py demo`` there twice
and asks for the page until it answers. Cold: no virtual environment (the installer's own cache
of wheels stays as it is; --empty-cache starts that empty too). Warm: all is installed.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
GOALS = {"cold": 90.0, "warm": 8.0}  # seconds, on a quiet machine of two cores


def main() -> int:
    """Print seconds until the page, cold and warm."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--empty-cache", action="store_true", help="download everything anew")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        clone = Path(folder) / "fenglian"
        subprocess.run(["git", "clone", "-q", ROOT, clone], check=True)  # noqa: S607 git by name
        environment = {key: value for key, value in os.environ.items() if key != "FENGLIAN_HOME"}
        if arguments.empty_cache:
            environment |= {"UV_CACHE_DIR": f"{folder}/uv", "PIP_NO_CACHE_DIR": "1"}
        for name, goal in GOALS.items():
            seconds = time_start(clone, environment)
            print(f"{name}: {seconds:.1f} s until the page (goal {goal:.0f} s)")
    return 0


def time_start(clone: Path, environment: dict[str, str]) -> float:
    """Return the seconds from the command to the first whole page."""
    started = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "run.py", "demo", "--port", "8700"],
        cwd=clone,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        address = read_address(process)
        with urllib.request.urlopen(address, timeout=60) as answer:  # noqa: S310 own loopback page
            page = answer.read().decode()
        if "山西省风电装备产业联盟" not in page:
            raise SystemExit(f"{address} does not show the article")
        return time.perf_counter() - started
    finally:
        process.terminate()
        process.wait(timeout=30)


def read_address(process: "subprocess.Popen[str]") -> str:
    """Return the address that the command prints."""
    printed = []
    for line in process.stdout or ():
        printed.append(line)
        found = re.search(r"http://127\.0\.0\.1:\d+/\S*", line)
        if found:
            return found[0]
    raise SystemExit("no address was printed:\n" + "".join(printed))


if __name__ == "__main__":
    sys.exit(main())
