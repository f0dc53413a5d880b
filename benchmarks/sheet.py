#!/usr/bin/env python3
"""How long does it take to read and check a table of 100,000 rows?

    .venv/bin/python benchmarks/sheet.py [rows]

Makes a table of capacities with one bad row in a hundred and one repetition in a hundred, writes it
as CSV and as xlsx, and reads both as ``fenglian read-sheet`` does: limits, headings, every cell,
outcomes. Seconds on the wall (the xlsx is parsed in a child); goal: 15 s.
"""

import io
import sys
import time
from pathlib import Path

import xlsxwriter

from fenglian.cli.read_sheet import check, open_sheets, wanted_tables

ROWS = 100_000
HEAD = ("统一社会信用代码", "厂区", "产品", "产能", "计量单位", "时期", "依据")


def main() -> None:
    """Print seconds and outcomes for CSV and xlsx."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    rows = [HEAD, *(make_row(number) for number in range(count))]
    folder = Path(sys.argv[2]) if len(sys.argv) > 2 else Path.cwd()
    for path, content in (
        (folder / "sheet-benchmark.csv", "\n".join(",".join(row) for row in rows).encode()),
        (folder / "sheet-benchmark.xlsx", make_book(rows)),
    ):
        path.write_bytes(content)
        try:
            measure(path)
        finally:
            path.unlink()


def make_row(number: int) -> tuple[str, ...]:
    """Return one row: in a hundred one is negative and one a repetition of the row before."""
    own = number - 1 if number % 100 == 50 else number
    figure = "-1" if number % 100 == 99 else str(own % 900 + 1)
    return ("91140100MA0ABCDE6K", f"{own}厂", "叶片", figure, "套/年", "2023", "自报")


def make_book(rows: list[tuple[str, ...]]) -> bytes:
    """Return the rows as an xlsx."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"constant_memory": True}) as workbook:
        page = workbook.add_worksheet("产能")
        for at, row in enumerate(rows):
            page.write_row(at, 0, row)
    return stream.getvalue()


def measure(path: Path) -> None:
    """Print how long one file takes, and what became of its rows."""
    start, busy = time.perf_counter(), time.process_time()
    sheets = open_sheets(path)
    opened = time.perf_counter()
    reading = check(sheets, wanted_tables("capacities"), "wind")
    end = time.perf_counter()
    used = time.process_time() - busy
    told = {status: len(reading.of(status)) for status in ("accepted", "rejected", "duplicate")}
    print(
        f"{path.suffix}: {len(reading.rows):,} rows, {end - start:.1f} s "
        f"({opened - start:.1f} s to open; {used:.1f} s CPU of this process), {told}"
    )


if __name__ == "__main__":
    main()
