#!/usr/bin/env python3
"""How fast are the pages of the registry with 100,000 organisations and 200,000 capacities?

    python3 run.py install bench
    .venv/bin/python benchmarks/web.py [--organisations 100000] [--rounds 3] [--requests 100]

Fills a fresh SQLite database with made-up units, each with its organisation, profile and two
capacities (some minutes; ``--keep`` uses it again), and starts the product's own server on core 0.
People sign in; four connections from core 1 then ask for the list, a search of two characters, one
organisation, and a unit's own data. The unit is asked for by a department whose purpose a second
person confirmed, so each of these looks writes an entry to the audit log. Beside it Datasette, on
core 0 too, without sign-in, rights or log, shows one page of the same rows; the two take turns:

- list: 50 organisations in order of rank, the columns that our list shows (its table page);
- search: those whose name contains the two characters, likewise; it scans, having no such index;
- organisation: the organisation with its record and its unit's profile, and its 11 neighbours in
  the list (a canned query); its page of a single row has less on it and costs as much;
- unit: the unit's capacities (its table page, narrowed to the unit). ``canned`` is the same rows
  and the profile by a canned query, the cheapest page that Datasette has; its ratio is printed for
  comparison and no goal.

Printed are milliseconds of a request (median of the rounds' p50, p95 and p99), requests a second,
and how many times Datasette's these are. Goals: p95 at most 100 ms, and 1.5 times Datasette.
"""

import argparse
import http.client
import json
import os
import random
import re
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

BIN = Path(sys.executable).parent
CONNECTIONS = 4
GOAL_MS, GOAL_TIMES = 100.0, 1.5
PORTS = {"fenglian": 8731, "datasette": 8732}
HOSTS = {"unit": ("fenglian", "datasette", "canned")}  # who shows a kind of page; others: both
SHOWN = "_col=name&_col=kind&_col=province&_col=rank"
PASSWORD = "four-connections-on-one-core"  # noqa: S105 of a database that is thrown away
PACK = "shanxi"
BATCH = 5000
KINDS = ("list", "search", "organisation", "unit")
CANNED = {  # the rows that one page of ours shows, as one page of Datasette's
    "organisation": """
        SELECT o.slug, o.name, o.kind, o.province, o.rank, o.unit, p.row AS profile,
            CASE o.slug WHEN :slug THEN o.record END AS record
        FROM (SELECT rank FROM organisations WHERE slug = :slug) one
        JOIN organisations o ON o.rank BETWEEN one.rank - 5 AND one.rank + 6
        LEFT JOIN profiles p ON p.unit = o.unit AND o.slug = :slug
        ORDER BY o.rank""",
    "unit": """
        SELECT 'profile' AS form, row FROM profiles WHERE unit = :unit
        UNION ALL SELECT 'capacities', row FROM capacities WHERE unit = :unit""",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """The addresses of one kind of page, at one server."""

    host: str
    kind: str
    paths: list[str]
    headers: dict[str, str]


def main() -> int:
    """Fill, serve, ask in turns, and print; 0 where the goals are met."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--organisations", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--requests", type=int, default=100, help="of each kind, a round")
    parser.add_argument("--keep", type=Path, help="folder of a database to make, or to use again")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = arguments.keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        os.environ |= {
            "FENGLIAN_HOME": str(folder),
            "DJANGO_SETTINGS_MODULE": "fenglian.web.settings",
        }
        started = time.perf_counter()
        known = prepare(folder, arguments.organisations)
        print(f"{arguments.organisations:,} organisations in {time.perf_counter() - started:.0f} s")
        with servers(folder):
            return measure(known, arguments.rounds, arguments.requests)


# Rows.


def prepare(folder: Path, count: int) -> dict[str, Any]:
    """Return what is to be asked for, from a database that is filled where it is not yet."""
    notes = folder / "asked.json"
    if not notes.exists():
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        with fast_writing():
            known = fill(count, random.Random(7))
        write_plain(folder)
        notes.write_text(json.dumps(known))  # last: what was cut short is filled anew
    found: dict[str, Any] = json.loads(notes.read_text())
    return found


@contextmanager
def fast_writing() -> Iterator[None]:
    """Fill in one transaction, with the indexes in memory; what is cut short leaves nothing."""
    from django.db import connection, transaction

    with connection.cursor() as cursor:
        cursor.execute("PRAGMA cache_size = -600000")  # KiB
        with transaction.atomic():
            yield
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def fill(count: int, draw: random.Random) -> dict[str, Any]:
    """Write units with everything that is theirs; return addresses and words to ask for."""
    from django.db import connection
    from search import made_up

    from fenglian.engine.labels import Label
    from fenglian.web.accounts.actions import create_alliance, create_user
    from fenglian.web.accounts.actor import Role
    from fenglian.web.accounts.models import Owner
    from fenglian.web.registry.actions import write_index, write_places

    label = Label("测速联盟", "Benchmark alliance")
    alliance = create_alliance("bench", label, synthetic=True, pack=PACK)
    alliance.password_only = True  # no second factor to type; every later request is the same
    alliance.save()
    names = list(islice(made_up(draw), count))
    owners = Owner.objects.bulk_create(
        (Owner(alliance=alliance, name=name, slug=f"{n:016x}") for n, name in enumerate(names)),
        batch_size=BATCH,
    )
    organisations = fill_organisations(alliance.pk, owners, draw)
    fill_rows(alliance.pk, owners, draw)
    write_places(alliance.pk)
    write_index(alliance.pk, {row.pk: [row.name] for row in organisations})
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    people = {"member": Role.MEMBER, "department": Role.GOVERNMENT, "steward": Role.STEWARD}
    actors = {
        who: create_user(
            who,
            PASSWORD,
            alliance=alliance,
            role=role,
            owner=owners[0] if who == "member" else None,
        )
        for who, role in people.items()
    }
    open_purpose(actors)
    return {
        "organisations": [row.slug for row in draw.sample(organisations, min(2000, count))],
        "units": [row.slug for row in draw.sample(owners, min(2000, count))],
        "words": [part(draw.choice(names), draw) for _ in range(500)],
    }


def part(name: str, draw: random.Random) -> str:
    start = draw.randrange(len(name) - 1)
    return name[start : start + 2]


def open_purpose(actors: dict[str, Any]) -> None:
    """Confirm why the department reads others' sensitive rows."""
    from fenglian.engine.disclosure.classes import DataClass
    from fenglian.web.access.actions import confirm_purpose, state_purpose

    number = state_purpose(actors["department"], DataClass.S2, "测速")
    confirm_purpose(actors["steward"], number)


def fill_organisations(alliance: int, owners: list[Any], draw: random.Random) -> list[Any]:
    """Write the registry's row of each unit, as a rebuild would."""
    from fenglian.data import tables
    from fenglian.engine.registry.build import build_registry
    from fenglian.engine.registry.gathering import Background
    from fenglian.engine.registry.listing import Listed
    from fenglian.engine.registry.search import searchable
    from fenglian.web.registry import records
    from fenglian.web.registry.actions import slug_of
    from fenglian.web.registry.models import Organisation

    listed = Listed("profile/owners/SLUG", "演示某某厂", "firm", "140000", "", "", (), None)
    background = Background(divisions=tables().divisions, listed=(listed,))
    [one] = build_registry((), background).organisations
    record = json.dumps(records.ORGANISATION.pack(one), ensure_ascii=False)
    rows = (
        Organisation(
            alliance_id=alliance,
            key=owner.name,
            slug=slug_of(owner.name),
            name=owner.name,
            written=searchable(owner.name),
            kind=draw.choice(("firm", "firm", "firm", "institute", "university")),
            province=draw.choice(("140000", "320000", "130000")),
            listed=True,
            rank=rank,
            owner=owner,
            record=json.loads(record.replace("演示某某厂", owner.name).replace("SLUG", owner.slug)),
        )
        for rank, owner in enumerate(owners)
    )
    return list(Organisation.objects.bulk_create(rows, batch_size=BATCH))


def fill_rows(alliance: int, owners: list[Any], draw: random.Random) -> None:
    """Write a profile and two capacities of each unit."""
    from django.utils import timezone

    from fenglian.web.registry.actions.owned import index_profiles
    from fenglian.web.registry.listings import product_labels
    from fenglian.web.registry.models import PublicRow, SensitiveRow, Way

    now, products = timezone.now(), sorted(product_labels(PACK))

    def row(model: Any, owner: Any, form: str, key: str, values: dict[str, Any]) -> Any:
        return model(
            alliance_id=alliance, owner=owner, form=form, key=key, values=values,
            product=values.get("product", ""), way=Way.IMPORT, recorded_at=now,
        )  # fmt: skip

    def capacity(owner: Any, product: str) -> Any:
        amount = {"figure": str(draw.randrange(1, 9000)), "bound": "eq", "unit": "t", "top": None}
        values = {
            "site": "一号厂区", "product": product, "period": "2026", "quantity": amount,
            "free": None, "unit": "t", "basis": "self", "uscc": owner.slug,
        }  # fmt: skip
        return row(SensitiveRow, owner, "capacities", f"{product}/2026", values)

    profiles = PublicRow.objects.bulk_create(
        (
            row(PublicRow, owner, "profile", owner.slug, {
                "uscc": owner.slug, "name_zh": owner.name, "kind": "firm", "region": "140100",
                "status": "active",
            })
            for owner in owners
        ),
        batch_size=BATCH,
    )  # fmt: skip
    index_profiles(profiles)
    SensitiveRow.objects.bulk_create(
        (capacity(owner, product) for owner in owners for product in draw.sample(products, 2)),
        batch_size=BATCH,
    )


def write_plain(folder: Path) -> None:
    """Write the same rows as plain tables, with the indexes that Datasette's pages need."""
    file = folder / "plain.sqlite3"
    file.unlink(missing_ok=True)
    with closing(sqlite3.connect(file)) as plain:
        plain.execute("ATTACH ? AS own", [str(database(folder))])
        plain.executescript("""
            CREATE TABLE units (slug TEXT PRIMARY KEY, name TEXT);
            INSERT INTO units SELECT slug, name FROM own.accounts_owner;
            CREATE TABLE organisations (
                slug TEXT PRIMARY KEY, name TEXT, kind TEXT, province TEXT, rank INTEGER,
                unit TEXT REFERENCES units (slug), record TEXT);
            INSERT INTO organisations
                SELECT r.slug, r.name, r.kind, r.province, r.rank, o.slug, r.record
                FROM own.registry_organisation r JOIN own.accounts_owner o ON o.id = r.owner_id
                ORDER BY r.rank;
            CREATE INDEX by_rank ON organisations (rank);
            CREATE INDEX by_kind ON organisations (kind);
            CREATE INDEX by_province ON organisations (province);
            CREATE TABLE profiles (
                id INTEGER PRIMARY KEY, unit TEXT REFERENCES units (slug), row TEXT);
            INSERT INTO profiles SELECT p.id, o.slug, p."values"
                FROM own.registry_publicrow p JOIN own.accounts_owner o ON o.id = p.owner_id;
            CREATE INDEX profile_of ON profiles (unit);
            CREATE TABLE capacities (
                id INTEGER PRIMARY KEY, unit TEXT REFERENCES units (slug), product TEXT, row TEXT);
            INSERT INTO capacities SELECT s.id, o.slug, s.product, s."values"
                FROM own.registry_sensitiverow s JOIN own.accounts_owner o ON o.id = s.owner_id;
            CREATE INDEX by_unit ON capacities (unit);
            ANALYZE;
        """)
        plain.commit()
    queries = {name: {"sql": sql} for name, sql in CANNED.items()}
    metadata = json.dumps({"databases": {"plain": {"queries": queries}}})
    (folder / "metadata.json").write_text(metadata)


def database(folder: Path) -> Path:
    """Return the file of the product's database."""
    return next(each for each in folder.glob("*.sqlite3") if each.name != "plain.sqlite3")


# Servers.


@contextmanager
def servers(folder: Path) -> Iterator[None]:
    """Run both servers on core 0, this program on core 1, until the block ends."""
    if shutil.which("taskset") is None:
        sys.exit("taskset is missing: it pins each server to one core (package util-linux)")
    os.sched_setaffinity(0, {1})
    commands = {
        "fenglian": [BIN / "fenglian", "serve", "--port", str(PORTS["fenglian"])],
        "datasette": [
            BIN / "datasette", "serve", "--immutable", folder / "plain.sqlite3",
            "--metadata", folder / "metadata.json",
            "--port", str(PORTS["datasette"]), "--setting", "suggest_facets", "off",
            "--setting", "default_page_size", "50",
        ],
    }  # fmt: skip
    running = [
        subprocess.Popen(
            ["taskset", "-c", "0", *map(str, command)],  # noqa: S607 found above
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
        for command in commands.values()
    ]  # fmt: skip
    try:
        for name in commands:
            wait_for(name)
        yield
    finally:
        for each in running:
            each.terminate()
            each.wait(10)


def wait_for(name: str) -> None:
    for _ in range(600):
        try:
            with closing(http.client.HTTPConnection("127.0.0.1", PORTS[name], timeout=5)) as line:
                line.request("GET", "/")
                line.getresponse().read()
                return
        except OSError:
            time.sleep(0.1)
    sys.exit(f"{name} does not answer on port {PORTS[name]}")


def sign_in(user: str) -> dict[str, str]:
    """Return the headers of a browser in which a person has signed in, by the page itself."""
    with closing(http.client.HTTPConnection("127.0.0.1", PORTS["fenglian"])) as line:
        line.request("GET", "/accounts/sign-in/")
        page = line.getresponse()
        text = page.read().decode()
        token = re.search(r'csrfmiddlewaretoken" value="([^"]+)', text)
        if token is None:
            sys.exit("the sign-in page has no form")
        cookie = (page.getheader("Set-Cookie") or "").partition(";")[0]
        fields = {"csrfmiddlewaretoken": token[1], "username": user, "password": PASSWORD}
        line.request(
            "POST",
            "/accounts/sign-in/",
            urllib.parse.urlencode(fields),
            {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie},
        )
        answer = line.getresponse()
        answer.read()
        given = [value for name, value in answer.getheaders() if name == "Set-Cookie"]
        cookies = "; ".join(each.partition(";")[0] for each in given)
        place = answer.getheader("Location") or ""
        if answer.status != http.client.FOUND or "sessionid" not in cookies or "sign-in" in place:
            sys.exit(f"{user} could not sign in: {answer.status} {place}")
        return {"Cookie": cookies}


# Measuring.


def measure(known: dict[str, Any], rounds: int, requests: int) -> int:
    """Ask both servers in turns; return 0 where the goals are met."""
    people = {who: sign_in(who) for who in ("member", "department")}
    found: dict[tuple[str, str], list[tuple[list[float], float]]] = {}
    draw = random.Random(11)
    for number in range(rounds + 1):  # the first one warms up
        for kind in KINDS:
            keys = [draw.randrange(10_000) for _ in range(requests)]
            for host in HOSTS.get(kind, PORTS):
                took = load(plan(host, kind, keys, known, people))
                if number:
                    found.setdefault((host, kind), []).append(took)
    return report(found)


def plan(
    host: str, kind: str, keys: list[int], known: dict[str, Any], people: dict[str, Any]
) -> Asked:
    """Return the addresses of a kind of page; both servers are asked for the same things."""

    def each(name: str) -> list[str]:
        return [urllib.parse.quote(known[name][key % len(known[name])]) for key in keys]

    plain = "/plain/organisations"
    addresses: dict[tuple[str, str], Callable[[], list[str]]] = {
        ("fenglian", "list"): lambda: [f"/registry/?page={key % 100 + 1}" for key in keys],
        ("datasette", "list"): lambda: [
            f"{plain}?{SHOWN}&_sort=rank&_next={key % 100 * 50},~{key}"
            if key % 100
            else f"{plain}?{SHOWN}&_sort=rank"
            for key in keys
        ],
        ("fenglian", "search"): lambda: [f"/registry/?q={word}" for word in each("words")],
        ("datasette", "search"): lambda: [
            f"{plain}?{SHOWN}&name__contains={word}&_sort=rank&_nocount=1" for word in each("words")
        ],
        ("fenglian", "organisation"): lambda: [
            f"/registry/{one}/" for one in each("organisations")
        ],
        ("datasette", "organisation"): lambda: [
            f"/plain/organisation?slug={one}" for one in each("organisations")
        ],
        ("fenglian", "unit"): lambda: [f"/registry/units/{one}/" for one in each("units")],
        ("canned", "unit"): lambda: [f"/plain/unit?unit={one}" for one in each("units")],
        ("datasette", "unit"): lambda: [f"/plain/capacities?unit={one}" for one in each("units")],
    }
    headers = people["department" if kind == "unit" else "member"] if host == "fenglian" else {}
    return Asked(host, kind, addresses[host, kind](), headers)


def load(asked: Asked) -> tuple[list[float], float]:
    """Ask over four connections at once; return milliseconds of each request, and seconds."""
    times: list[float] = []
    faults: list[str] = []
    waiting = iter(asked.paths)
    lock = threading.Lock()

    def work() -> None:
        with closing(
            http.client.HTTPConnection("127.0.0.1", PORTS.get(asked.host, PORTS["datasette"]))
        ) as line:
            while True:
                with lock:
                    path = next(waiting, None)
                if path is None:
                    return
                started = time.perf_counter()
                line.request("GET", path, headers=asked.headers)
                answer = line.getresponse()
                answer.read()
                times.append((time.perf_counter() - started) * 1000)
                if answer.status != http.client.OK:
                    faults.append(f"{path}: {answer.status}")

    started = time.perf_counter()
    workers = [threading.Thread(target=work) for _ in range(CONNECTIONS)]
    for each in workers:
        each.start()
    for each in workers:
        each.join()
    if faults:
        sys.exit(f"{asked.host}, {asked.kind}: {faults[0]} and {len(faults) - 1} more")
    return times, time.perf_counter() - started


def report(found: dict[tuple[str, str], list[tuple[list[float], float]]]) -> int:
    """Print one line a kind of page and server; return 0 where the goals are met."""
    met = True
    print(f"{'':24}{'p50':>9}{'p95':>9}{'p99':>9} ms{'requests/s':>14}{'range':>14}")
    for kind in KINDS:
        rates = {}
        for host in HOSTS.get(kind, PORTS):
            rounds = found[host, kind]
            cuts = [statistics.quantiles(times, n=100) for times, _seconds in rounds]
            p50, p95, p99 = (statistics.median(cut[at] for cut in cuts) for at in (49, 94, 98))
            every = sorted(len(times) / seconds for times, seconds in rounds)
            rates[host] = statistics.median(every)
            span = f"{every[0]:.0f}–{every[-1]:.0f}"
            print(f"{kind:13}{host:11}{p50:9.1f}{p95:9.1f}{p99:9.1f}{rates[host]:17.1f}{span:>14}")
            met &= host != "fenglian" or p95 <= GOAL_MS
        times = rates["fenglian"] / rates["datasette"]
        met &= times >= GOAL_TIMES
        print(f"{'':13}{times:.2f} times Datasette")
        if "canned" in rates:
            print(f"{'':13}{rates['fenglian'] / rates['canned']:.2f} times its canned query")
    print("goals met" if met else f"goals missed: p95 ≤ {GOAL_MS:.0f} ms, ≥ {GOAL_TIMES} times")
    return int(not met)


if __name__ == "__main__":
    sys.exit(main())
