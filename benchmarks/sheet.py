#!/usr/bin/env python3
"""How long does it take to read, check and store a table of 100,000 rows?

    .venv/bin/python benchmarks/sheet.py [rows]

Makes a table of capacities with one bad row in a hundred and one repetition in a hundred, writes it
as CSV and as xlsx, and reads both as ``fenglian read-sheet`` does: limits, headings, every cell,
outcomes. Then a unit brings each of them in, as its page does: read, checked, kept in the parts of
its classes, told in the log, in one transaction of a fresh SQLite database, and the log checked.
CPU seconds of this process and of the child that parses; goal: 15 s.
"""

import io
import os
import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import xlsxwriter

if TYPE_CHECKING:
    from fenglian.web.accounts.actor import Actor

ROWS = 100_000
HEAD = ("统一社会信用代码", "厂区", "产品", "产能", "计量单位", "时期", "依据")
CODE = "91140100MA0ABCDE6K"
GOAL = 15.0  # seconds of computing


def main() -> None:
    """Print seconds and outcomes for CSV and xlsx."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    rows = [HEAD, *(make_row(number) for number in range(count))]
    files = {
        "csv": "\n".join(",".join(row) for row in rows).encode(),
        "xlsx": make_book(rows),
    }
    for kind, content in files.items():
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"sheet.{kind}"
            path.write_bytes(content)
            measure(path)
    for kind, content in files.items():
        pid = os.fork()  # a database and a process of its own: nothing is warm
        if pid == 0:
            store(content, kind)
            os._exit(0)
        os.waitpid(pid, 0)


def make_row(number: int) -> tuple[str, ...]:
    """Return one row: in a hundred one is negative and one a repetition of the row before."""
    own = number - 1 if number % 100 == 50 else number
    figure = "-1" if number % 100 == 99 else str(own % 900 + 1)
    return (CODE, f"{own}厂", "叶片", figure, "套/年", "2023", "自报")


def make_book(rows: list[tuple[str, ...]]) -> bytes:
    """Return the rows as an xlsx."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"constant_memory": True}) as workbook:
        page = workbook.add_worksheet("产能")
        for at, row in enumerate(rows):
            page.write_row(at, 0, row)
    return stream.getvalue()


def computed() -> float:
    """Return the CPU seconds of this process and of the children that ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def measure(path: Path) -> None:
    """Print how long reading and checking one file takes, and what became of its rows."""
    from fenglian.cli.read_sheet import check, open_sheets, wanted_tables

    start, busy = time.perf_counter(), computed()
    sheets = open_sheets(path)
    opened = computed()
    reading = check(sheets, wanted_tables("capacities"), "wind")
    used = computed() - busy
    told = {status: len(reading.of(status)) for status in ("accepted", "rejected", "duplicate")}
    print(
        f"{path.suffix} read and checked: {len(reading.rows):,} rows, {used:.1f} s CPU "
        f"({opened - busy:.1f} s to open), {time.perf_counter() - start:.1f} s wall, {told}"
    )


def store(content: bytes, kind: str) -> None:
    """Print how long it takes a unit to bring one file in, and whether the log is whole."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"FENGLIAN_HOME": folder, "DJANGO_SETTINGS_MODULE": "fenglian.web.settings"}
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        from fenglian.web.audit.queries import check_log
        from fenglian.web.registry.actions import import_workbook

        actor, owner = open_unit()
        start, busy = time.perf_counter(), computed()
        receipt = import_workbook(actor, owner, content=content, name=f"sheet.{kind}")
        used, wall = computed() - busy, time.perf_counter() - start
        told = {each: receipt.count(each) for each in ("accepted", "rejected", "duplicate")}
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        whole = check_log().whole
        print(
            f".{kind} read, checked and stored: {used:.1f} s CPU, {wall:.1f} s wall, "
            f"{memory:,.0f} MiB, {told}, log {'whole' if whole else 'BROKEN'}; "
            f"goal {GOAL:.0f} s {'met' if used <= GOAL else 'missed'}"
        )


def open_unit() -> tuple["Actor", int]:
    """Make an alliance with a unit that has said who it is, and the one who imports for it."""
    from fenglian.engine.labels import Label
    from fenglian.web.accounts.actions import create_alliance, create_owner, seat_user
    from fenglian.web.accounts.actor import Role
    from fenglian.web.accounts.models import User
    from fenglian.web.accounts.queries import find_actor
    from fenglian.web.registry.actions import import_workbook

    alliance = create_alliance("bench", Label("演示联盟", "Demo"), synthetic=True, pack="wind")
    owner = create_owner(alliance, "演示来料厂")
    user = User.objects.create(username="importer", name="演示用户甲")
    seat_user(user, alliance, Role.MEMBER, owner)
    actor = find_actor(user.pk, alliance.slug)
    assert actor is not None  # noqa: S101  seated above
    profile = f"统一社会信用代码,中文名称,单位类别,登记状态\n{CODE},演示来料厂,企业,存续\n"
    import_workbook(actor, owner.pk, content=profile.encode(), name="单位概况.csv")
    return actor, owner.pk


if __name__ == "__main__":
    main()
