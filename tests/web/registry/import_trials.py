"""Imports that are killed half-way, and what is found in the database afterwards.

Runs in a process of its own, with the real settings and a database in a file. That process sets
Django up and forks an importer a trial, which tells through a pipe how far it is; it is killed at
a statement drawn by lot, or some moments later.
"""

import json
import os
import random
import select
import signal
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal
from functools import cache
from hashlib import sha256
from typing import Any

from django.db import connection

from fenglian.engine.labels import Label
from fenglian.engine.quantities import Quantity
from fenglian.engine.registry.profile import Value
from fenglian.engine.registry.sheets import row_key
from fenglian.render.registry_book import write_registry_workbook
from fenglian.web.accounts.actions import create_alliance, create_owner, seat_user
from fenglian.web.accounts.actor import Actor, Role
from fenglian.web.accounts.models import User
from fenglian.web.accounts.queries import find_actor
from fenglian.web.audit.models import Entry
from fenglian.web.audit.queries import check_log, find_anchor
from fenglian.web.registry.actions import Receipt, import_workbook
from fenglian.web.registry.models import OWNED, Import
from fenglian.web.registry.profile_tables import profile_tables

CODE = "91140100MA0ABCDE6K"  # made up
BEGINS, STATEMENT, KEPT = b"(", b".", b")"
PATIENCE = 60.0  # seconds, for the pipe of a process that is to say something
ROWS = {"xlsx": {"sites": 4, "contacts": 3, "capacities": 4}, "csv": {"sites": 9}}
TABLES = {  # rows by table that a file becomes
    "xlsx": {"PublicRow": 4, "SensitiveRow": 8, "PersonalRow": 3},
    "csv": {"PublicRow": 9, "SensitiveRow": 9},
}
VALUES: Mapping[str, Callable[[str], Mapping[str, Value]]] = {  # of a row of a form, by its name
    "sites": lambda name: {"name": name, "region": "140100", "owned": True},
    "contacts": lambda name: {"name": name, "phone": "0351-1234567"},
    "capacities": lambda name: {
        "site": name,
        "product": "tower-steel",
        "period": "2026",
        "quantity": Quantity(Decimal(20), "eq", "MW"),
        "unit": "MW",
        "basis": "self",
    },
}
Shape = Mapping[str, int]  # rows by table, entries of the log, imports


@dataclass
class Tally:
    """What happened in all trials together."""

    trials: int = 0
    kept: int = 0  # imports that were told to be kept
    untold: int = 0  # of the killed: kept, with no time left to say so
    rolled_back: int = 0  # nothing is left, though it had begun to write
    not_begun: int = 0  # killed before the first statement


@dataclass(frozen=True)
class Importer:
    """Who imports files of which kind."""

    actor: Actor
    owner: int
    kind: str

    def send(self, number: int) -> Receipt:
        """Import the file of a number."""
        content = book(self.kind, number)
        return import_workbook(self.actor, self.owner, content=content, name=f"厂区.{self.kind}")

    def found(self, number: int) -> Shape:
        """Return what of a file's rows stands in the database, told in each way in which it is."""
        found: Counter[str] = Counter()
        for model in OWNED:
            rows = model.objects.whole().filter(key__in=keys(self.kind, number))
            slugs = set(rows.values_list("slug", flat=True))
            told = Entry.objects.filter(act="add", table=model._meta.label_lower)
            for words in told.values_list("rows", flat=True) if slugs else ():
                found[f"told of {model.__name__}"] += len(slugs.intersection(json.loads(words)))
            found[model.__name__] += rows.count()
        digest = sha256(book(self.kind, number)).hexdigest()
        found["imports"] += Import.objects.whole().filter(sha256=digest).count()
        return {each: count for each, count in found.items() if count}


@cache
def rows_of(kind: str, number: int) -> Mapping[str, list[Mapping[str, Value]]]:
    """Return the rows of a file by form; no other number has the same."""
    return {
        form: [VALUES[form](f"{kind}{number:05d}号{row:02d}") for row in range(count)]
        for form, count in ROWS[kind].items()
    }


@cache
def keys(kind: str, number: int) -> frozenset[str]:
    """Return what tells the rows of a file apart from all others."""
    return frozenset(
        row_key(form, {name: row.get(name, CODE) for name in profile_tables()[form].key})
        for form, rows in rows_of(kind, number).items()
        for row in rows
    )


@cache
def book(kind: str, number: int) -> bytes:
    """Return a workbook, or a CSV file."""
    rows = rows_of(kind, number)
    if kind == "csv":
        lines = (f"{row['name']},{row['region']},是\n" for row in rows["sites"])
        return ("厂区名称,所在地区,自有\n" + "".join(lines)).encode()
    return write_registry_workbook({form: profile_tables()[form] for form in rows}, rows, "zh")


def open_unit() -> tuple[Actor, int]:
    """Make an alliance with a unit that has said who it is, and the one who imports for it."""
    alliance = create_alliance("trial", Label("演示联盟", "Demo"), synthetic=True, pack="demo")
    owner = create_owner(alliance, "演示来料厂")
    user = User.objects.create(username="importer", name="演示用户甲")
    seat_user(user, alliance, Role.MEMBER, owner)
    actor = find_actor(user.pk, alliance.slug)
    assert actor is not None
    profile = f"统一社会信用代码,中文名称,单位类别,登记状态\n{CODE},演示来料厂,企业,存续\n"
    receipt = import_workbook(actor, owner.pk, content=profile.encode(), name="单位概况.csv")
    assert receipt.accepted == 1, receipt
    return actor, owner.pk


def run(trials: int, seed: int = 11) -> str:
    """Kill that many imports and return what came of them; an assertion fails where one is half."""
    draw, tally = random.Random(seed), Tally()  # noqa: S311  # no secret
    actor, owner = open_unit()
    kinds = [Importer(actor, owner, kind) for kind in ROWS]
    numbers = dict.fromkeys(ROWS, 0)
    whole = {each.kind: learn(each) for each in kinds}
    for _trial in range(trials):
        importer = draw.choices(kinds, (1, 4))[0]
        first = numbers[importer.kind] + 1
        told = kill_one(importer, first, whole[importer.kind][1], draw)
        numbers[importer.kind] = judge(importer, first, told, whole[importer.kind][0], tally)
    return json.dumps(asdict(tally))


def learn(importer: Importer) -> tuple[Shape, int]:
    """Import once in peace: return how a whole import looks, and how many statements it takes."""
    statements = 0

    def counting(execute: Any, *asked: Any) -> Any:
        nonlocal statements
        statements += connection.in_atomic_block
        return execute(*asked)

    with connection.execute_wrapper(counting):
        receipt = importer.send(0)
    assert receipt.accepted == len(receipt.rows) == sum(ROWS[importer.kind].values())
    whole = importer.found(0)
    for table, count in TABLES[importer.kind].items():
        assert whole.get(table) == whole.get(f"told of {table}") == count, whole
    return whole, statements


def kill_one(importer: Importer, first: int, statements: int, draw: random.Random) -> bytes:
    """Let a process import files one after another, kill it, and return what it told."""
    connection.close()
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            send_on(importer, first, writing)
        finally:
            os._exit(1)
    os.close(writing)
    told = wait_for(reading, draw.randrange(2), draw.randrange(statements + 1))
    time.sleep(draw.choice((0, draw.random() * 0.002, draw.random() * 0.02)))
    os.kill(child, signal.SIGKILL)
    assert os.waitpid(child, 0)[1] == signal.SIGKILL, "it had ended by itself"
    while data := os.read(reading, 65536):
        told += data
    os.close(reading)
    return told


def send_on(importer: Importer, number: int, pipe: int) -> None:
    """Import file after file, telling each step."""

    def tell(execute: Any, *asked: Any) -> Any:
        if connection.in_atomic_block:
            os.write(pipe, STATEMENT)
        return execute(*asked)

    with connection.execute_wrapper(tell):
        while True:
            os.write(pipe, BEGINS)
            importer.send(number)
            os.write(pipe, KEPT)
            number += 1


def wait_for(pipe: int, files: int, statements: int) -> bytes:
    """Read until that many files are kept and that many statements of the next one have begun."""
    told = b""
    while told.count(KEPT) < files or since_kept(told).count(STATEMENT) < statements:
        assert select.select([pipe], [], [], PATIENCE)[0], told
        data = os.read(pipe, 1)
        assert data, told
        told += data
    return told


def since_kept(told: bytes) -> bytes:
    """Return what was told of the file that the process was at."""
    return told.rpartition(KEPT)[2]


def judge(importer: Importer, first: int, told: bytes, whole: Shape, tally: Tally) -> int:
    """Check what a killed process left, and that its files can be sent again; return the last."""
    check_database()
    kept = told.count(KEPT)
    last = first + kept  # the one that it was at
    for number in range(first, last):
        assert importer.found(number) == whole, "told to be kept, and not whole"
    left = importer.found(last)
    assert left in (whole, {}), left
    tally.trials += 1
    tally.kept += kept
    if left:
        tally.untold += 1
    elif STATEMENT in since_kept(told):
        tally.rolled_back += 1
    else:
        tally.not_begun += 1
    for number in {last, last if importer.kind == "xlsx" else first}:
        again = importer.send(number)
        here_before = number < last or bool(left)
        outcome = "duplicate" if here_before else "accepted"
        found = Counter(row.status for row in again.rows)
        assert found == {outcome: len(again.rows)}, (number, first, last, left, found)
        assert again.accepted + again.rejected + again.duplicate == sum(
            ROWS[importer.kind].values()
        )
        assert importer.found(number) == whole
    return last


def check_database() -> None:
    """Open the database anew: it is sound, and so is the log."""
    connection.close()
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert cursor.execute("PRAGMA foreign_key_check").fetchall() == []
    report = check_log(ANCHORS)
    assert report.whole, report
    ANCHORS[:] = [*ANCHORS[-5:], find_anchor()]


ANCHORS: list[Any] = []
