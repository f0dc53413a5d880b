#!/usr/bin/env python3
"""Does any text make a reading slow?

    .venv/bin/python benchmarks/hostile_text.py

Reads 20,000 and 40,000 characters of one repeated word or sign each, the worst food for rules
that try every way to cut a text, and prints CPU seconds and the growth from the one to the other:
2× is linear, 4× quadratic. The founding article has 1,000 characters in its body.
"""

import time

import fenglian as fl

UNITS = (
    "和",
    "风机、",
    "(",
    "“",
    "有限公司",
    "董事长",
    "9,",
    "签约与太重集团",
    "產(chǎn)",
    "?",
    "|",
    "4月7日",
    "\n风\n",
    "\n下一篇\n",
    "太重集团与",
    "山西省风电联盟",
    "太原重工集团董事长王勇表示。",
    "法兰由甲源锻造有限公司供应,",
    "轴承、法兰等",
    "到2025年产值",
)
SIZES = (20_000, 40_000)  # characters


def main() -> None:
    """Print CPU seconds for each unit at both sizes."""
    fl.read_article()  # tables loaded, rules compiled
    for unit in UNITS:
        small, large = (measure(unit, size) for size in SIZES)
        print(f"{unit!r}: {small:.2f} s, {large:.2f} s CPU, {large / small:.1f}×")


def measure(unit: str, size: int) -> float:
    """Return the CPU seconds of reading that many characters of one unit."""
    content = ("发布时间:2023-04-18 来源:山西日报\n\n" + unit * (size // len(unit))).encode()
    start = time.process_time()
    fl.read_bytes(content, name="hostile")
    return time.process_time() - start


if __name__ == "__main__":
    main()
