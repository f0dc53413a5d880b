#!/usr/bin/env python3
"""How fast is the audit log written and checked, and does the check find what was done to it?

    .venv/bin/python benchmarks/audit.py [entries]

Writes entries through ``record`` into a fresh SQLite database, a thousand a transaction, then
recomputes the whole chain, then plants faults past the application (edited, deleted, inserted,
swapped entries, a tail cut off; the triggers are dropped first) and checks that each is found. CPU
seconds, in one process. Goals: 20,000 entries a second; 1,000,000 checked within 10 s; every
planted fault found.
"""

import os
import random
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

ENTRIES = 1_000_000
A_TRANSACTION = 1000  # entries
TRIALS = 30  # planted faults of every kind
WRITTEN = 20_000  # entries a second, at least
CHECKED = 10.0  # seconds a million, at most
SMALL = 3000  # entries of the log in which faults are planted


def main() -> int:
    """Write, check, plant, and return 0 where every goal is met."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else ENTRIES
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"FENGLIAN_HOME": folder, "DJANGO_SETTINGS_MODULE": "fenglian.web.settings"}
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        good = measure(count, Path(folder))
        return 0 if plant() and good else 1


def measure(count: int, folder: Path) -> bool:
    """Write and check, and say whether both were fast enough."""
    from fenglian.web.audit.queries import check_log

    started, wall = time.process_time(), time.perf_counter()
    write(count)
    writing, written = time.process_time() - started, time.perf_counter() - wall
    size = sum(each.stat().st_size for each in folder.iterdir()) / 1e6
    print(
        f"{count:,} entries written: {count / writing:,.0f}/s CPU, {count / written:,.0f}/s wall, "
        f"{size:,.0f} MB"
    )
    started, wall = time.process_time(), time.perf_counter()
    report = check_log()
    checking, checked = time.process_time() - started, time.perf_counter() - wall
    print(
        f"{report.count:,} checked in {checking:.2f} s CPU, {checked:.2f} s wall; {report.found} faults"
    )
    fast = count / writing >= WRITTEN and checking * 1e6 <= CHECKED * count
    return fast and report.whole and report.count == count


def write(count: int) -> None:
    """Write entries as the pages of an alliance would."""
    from django.db import transaction

    from fenglian.web.audit.actions import Occurrence, System, record

    draw = random.Random(7)
    writer = System("benchmark", "demo")
    done = 0
    while done < count:
        some = min(A_TRANSACTION, count - done)
        with transaction.atomic():
            record(
                writer,
                (
                    Occurrence(
                        draw.choice(("read", "change")), "registry.capacity",
                        (f"{draw.getrandbits(64):016x}",), draw.randrange(66), "S2",
                        "供需对接会", {"fields": ["quantity", "period"]},
                    )
                    for _number in range(some)
                ),
            )  # fmt: skip
        done += some


def plant() -> bool:
    """Plant faults of every kind in a small log, and say whether all were found."""
    from django.db import connection, transaction

    from fenglian.web.audit.queries import check_log

    with connection.cursor() as cursor:
        for name in ("kept", "stays", "once"):
            cursor.execute(f"DROP TRIGGER audit_entry_{name}")
        cursor.execute("DELETE FROM audit_entry")
        cursor.execute("DELETE FROM audit_head")
    write(SMALL)
    anchor = check_log().last
    draw, good = random.Random(11), True
    for kind, statements in TAMPERING.items():
        found = 0
        for _trial in range(TRIALS):
            number = draw.randrange(2, SMALL - 2)
            with transaction.atomic():
                with connection.cursor() as cursor:
                    for statement in statements:
                        cursor.execute(statement, {"n": number})
                found += not check_log([day_anchor(anchor.count, anchor.digest)]).whole
                transaction.set_rollback(True)
        print(f"{kind:12} {found} of {TRIALS} found")
        good = good and found == TRIALS
    return good


def day_anchor(count: int, digest: str):  # type: ignore[no-untyped-def]  # Django is not set up yet
    """Return what was noted of the log before it was tampered with."""
    from fenglian.web.audit.chain import Anchor

    return Anchor(date(2026, 1, 31), count, digest)


FORGED = """INSERT INTO audit_entry SELECT %(n)s, at, alliance, user, who, unit, role, act, 'x.y', rows,
    owner, data_class, purpose, detail, previous, digest FROM audit_entry WHERE number = 1"""
HEAD = """UPDATE audit_head SET count = %(n)s,
    digest = (SELECT digest FROM audit_entry WHERE number = %(n)s)"""
TAMPERING = {
    "edit": ["UPDATE audit_entry SET purpose = purpose || '。' WHERE number = %(n)s"],
    "delete": ["DELETE FROM audit_entry WHERE number = %(n)s"],
    "insert": [
        "UPDATE audit_entry SET number = -number - 1 WHERE number >= %(n)s",
        "UPDATE audit_entry SET number = -number WHERE number < 0",
        FORGED,
    ],
    "swap": [
        "UPDATE audit_entry SET number = 0 WHERE number = %(n)s",
        "UPDATE audit_entry SET number = %(n)s WHERE number = %(n)s + 1",
        "UPDATE audit_entry SET number = %(n)s + 1 WHERE number = 0",
    ],
    "cut": ["DELETE FROM audit_entry WHERE number > %(n)s", HEAD],
}


if __name__ == "__main__":
    sys.exit(main())
