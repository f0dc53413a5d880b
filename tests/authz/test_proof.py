"""The proof that nobody gets in: every route, every role, every relation."""

import io
import logging
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection

from fenglian.engine.disclosure.classes import DataClass
from fenglian.web.accounts import sessions
from fenglian.web.registry.models import OWNED
from tests.authz.conftest import address_of, body_of, browser_of, masked
from tests.authz.routes import GRANTED, Line, Places, Route, all_routes, read_lines
from tests.authz.test_rows import CASES
from tests.authz.world import OTHERS, UNITS, World
from tests.render.pdf_text import page_texts

pytestmark = pytest.mark.django_db
PEOPLE = ("stranger", *UNITS, *OTHERS, "foreign")
QUICK = ("stranger", "chair", "secretary")  # the others take their time, with --slow
LEAVING = ("accounts:sign-out", "accounts:sign-in", "accounts:alliance")
LINES = read_lines()
WRITES = re.compile(r"\s*(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM|WITH)\s+(\S+)", re.IGNORECASE)
REFUSED = (302, 401, 403, 404, 405)
UNTOUCHED = {"django_session", "audit_entry", "audit_head", "accounts_user"}
HOSTILE = {
    "owner": "1", "owner_id": "1", "alliance": "1", "alliance_id": "1", "role": "steward",
    "way": "owner", "slug": "f" * 16, "recorded_at": "2001-01-01", "ended_at": "2001-01-01",
    "is_staff": "1", "is_superuser": "1", "user": "1", "confirmed_by": "1", "data_class": "S0",
}  # fmt: skip


def people(quick: tuple[str, ...] = QUICK) -> list[Any]:
    return [who if who in quick else pytest.param(who, marks=pytest.mark.slow) for who in PEOPLE]


def targets(line: Line) -> tuple[str, ...]:
    return ("member", "chair", "foreign", "absent") if line.of_units else ("member",)


def routes() -> list[tuple[Route, Line]]:
    return [(each, LINES[each.name]) for each in all_routes() if each.name in LINES]


def test_every_address_has_a_line_that_says_for_whom() -> None:
    names = {each.name for each in all_routes()}
    assert names - set(LINES) == set(), "say in tests/authz/addresses.py for whom these are"
    assert set(LINES) - names == set(), "these are gone"


@pytest.mark.parametrize("who", people())
def test_each_person_comes_where_the_table_says_and_nowhere_else(
    world: World, places: Places, who: str
) -> None:
    client = browser_of(world, who)
    faults = []
    for route, line in routes():
        for unit in targets(line):
            path = address_of(route, places, unit)
            answer = client.get(path)
            allowed = line.allows(who, "get", unit) and not (who == "foreign" and "{" in path)
            if (
                answer.status_code >= 500
                or (not allowed and answer.status_code not in REFUSED)
                or (allowed and who != "foreign" and answer.status_code not in (200, 302, 409))
            ):
                faults.append((route.name, unit, answer.status_code))
            body_of(answer)
    assert faults == []


@pytest.mark.parametrize("who", people(("chair",)))
def test_what_is_refused_changes_nothing_and_what_is_allowed_changes_ones_own(
    world: World, places: Places, who: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A session notes once a minute that it is in use; on a slow machine that falls within the test.
    monkeypatch.setattr(sessions, "SELDOM", timedelta(days=1))
    client, faults = browser_of(world, who), []
    before = snapshot()
    for route, line in routes():
        if route.name in LEAVING:
            continue
        for unit in targets(line):
            path = address_of(route, places, unit)
            with watched() as writes:
                for method in ("post", "put", "patch", "delete", "options", "head"):
                    answer = getattr(client, method)(path, HOSTILE if method == "post" else b"")
                    if answer.status_code >= 500:
                        faults.append((method, route.name, unit, str(answer.status_code)))
            if not writes:
                continue
            after = snapshot()
            changed = {name for name in after if after[name] != before[name]} - UNTOUCHED
            if changed and not line.allows(who, "post", unit):
                faults.append(("changed", route.name, unit, ", ".join(sorted(changed))))
            before = after
    after = snapshot()
    assert {name for name in after if after[name] != before[name]} - UNTOUCHED == set()
    assert faults == []
    assert foreign_rows(world, who) == []


@contextmanager
def watched() -> Iterator[list[str]]:
    """Yield the statements that write: where there are none, the tables need not be compared."""
    written: list[str] = []

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        found = WRITES.match(sql)
        if found and found[1].strip('"') not in UNTOUCHED:
            written.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield written


def foreign_rows(world: World, who: str) -> list[str]:
    """Return the rows that a person wrote and that are not the own unit's."""
    person = world.people.get(who)
    if person is None:
        return []
    return [
        f"{model.__name__} {row}"
        for model in OWNED
        for row in model.objects.whole().filter(recorded_by_id=person.user)
        if row.owner_id != person.owner
    ]


def snapshot() -> dict[str, list[Any]]:
    """Return every row of every table, read past all managers."""
    with connection.cursor() as cursor:
        tables = [
            name for name in connection.introspection.table_names(cursor) if "token" not in name
        ]
        found = {}
        for table in tables:
            cursor.execute(f'SELECT * FROM "{table}"')  # names of our own
            found[table] = sorted(map(repr, cursor.fetchall()))
    return found


@pytest.mark.parametrize("who", people())
def test_a_foreign_address_answers_exactly_like_one_that_is_not_there(
    world: World, places: Places, who: str
) -> None:
    client = browser_of(world, who)
    mine = who if who in UNITS else ""
    for route, line in routes():
        if not line.of_units:
            continue
        absent = address_of(route, places, "absent")
        for unit in ("member", "chair", "foreign"):
            if unit == mine:
                continue
            path = address_of(route, places, unit)
            for method in ("get", "post"):
                if line.allows(who, method, unit):
                    continue
                there = masked(getattr(client, method)(path), path)
                nowhere = masked(getattr(client, method)(absent), absent)
                assert there == nowhere, (route.name, method, unit)


def forbidden(world: World, who: str) -> set[str]:
    """Return the words that a person must not get: by the table written down by hand."""
    letters = {(person, data_class): cell for person, data_class, cell in CASES}
    person = "steward" if who == "second" else who
    found: set[str] = set()
    for (unit, data_class), words in world.canaries.items():
        cell = letters.get((person, data_class), "---")
        readable = cell[0] == "r" if unit == who else cell[2] == "r" and unit != "foreign"
        if who == "foreign":
            readable = unit == "foreign"
        if not readable:
            found |= set(words)
    for unit, words in world.applications.items():
        if who not in (unit, "chair", "secretary"):  # the council judges, and the secretariat
            found |= set(words)
    found |= world.questions if who == "chair" else set()
    found |= set() if who in ("department", "secretary") else world.decisions
    granted = GRANTED.get(who)
    if granted:
        found -= set(world.canaries[granted, DataClass.S2])
    return found | between_others(world, who)


def between_others(world: World, who: str) -> set[str]:
    """Return the words that two units share, neither of which a person is."""
    granted = GRANTED.get(who)
    agreed = (
        words
        for parties, words in world.shared.items()
        if who not in parties and parties[0] != granted
    )
    drilled = (words for parties, words in world.drilled.items() if who not in parties)
    return {word for words in (*agreed, *drilled) for word in words}


def words_in(content: bytes, kind: str) -> bytes:
    """Return what a file says: parts of an archive unpacked, text of a pdf drawn out."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return b"".join(archive.read(name) for name in archive.namelist())
    return "".join(page_texts(content)).encode() if kind.startswith("application/pdf") else content


@pytest.mark.parametrize("who", people(("chair",)))
def test_no_secret_comes_out_by_any_way(
    world: World, places: Places, who: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    client, secrets = browser_of(world, who), forbidden(world, who)
    pattern = re.compile("|".join(map(re.escape, sorted(secrets))).encode())
    assert len(secrets) > 50 or who == "second"
    leaks = []
    for route, line in routes():
        if route.name in LEAVING:
            continue  # signed out, one would look on as a stranger
        addresses = {
            address_of(route, places, unit): unit for unit in (*targets(line), "chair")
        }  # many are the same whoever is meant
        for path, unit in addresses.items():
            queries = {"q": "canary", "as_of": "2031-01-01", "page": "1", "verb": "patch"}
            for answer in (client.get(path), client.get(path, queries), client.post(path, HOSTILE)):
                kind = answer.headers.get("Content-Type", "")
                told = repr(dict(answer.items())).encode() + words_in(body_of(answer), kind)
                leaks += [(route.name, unit, found) for found in set(pattern.findall(told))]
    assert who == "stranger" or client.get("/accounts/").status_code == 200
    beside = caplog.text + "".join(f"{each.subject} {each.body}" for each in mail.outbox)
    leaks += [("log or mail", "", found) for found in set(pattern.findall(beside.encode()))]
    assert leaks == []


@pytest.mark.parametrize("who", sorted({who for who, _class, _letters in CASES}))
def test_what_is_allowed_really_comes(world: World, places: Places, who: str) -> None:
    unit = "member" if who != "member" else "chair"
    client = browser_of(world, who)
    for owner, place in ((who, 0), (unit, 2)):
        if owner not in world.owners:
            continue
        page = client.get(f"/registry/units/{world.owners[owner].slug}/").content.decode()
        for person, data_class, letters in CASES:
            if person == who and letters[place] == "r":
                words = [each for each in world.canaries[owner, data_class] if not each.isdigit()]
                missing = [each for each in words if each not in page]
                assert words
                assert not missing, (owner, data_class, missing[:3])


@pytest.mark.parametrize("who", sorted(UNITS))
def test_the_other_party_of_an_agreement_really_sees_it_without_its_amount(
    world: World, places: Places, who: str
) -> None:
    client = browser_of(world, who)
    page, ledger, named = (
        client.get(path).content.decode()
        for path in ("/contracts/", "/api/v1/contracts", "/api/v1/contracts/named")
    )
    mine = [words for parties, words in world.shared.items() if who in parties]
    assert mine
    assert all(word in page and word in ledger + named for words in mine for word in words)


@pytest.mark.parametrize("who", ["chair", "member"])
def test_who_asks_about_a_drill_and_who_is_asked_really_see_its_words(
    world: World, places: Places, who: str
) -> None:
    client = browser_of(world, who)
    kept = client.get(f"/analysis/drill/{places.drills[who]}/").content.decode()
    asked = client.get(f"/analysis/notices/{places.notices[who]}/").content.decode()
    for (asker, _asked), words in world.drilled.items():
        stopped, *others = words
        page = kept if asker == who else asked
        assert all(word in page for word in others)
        assert (stopped in page) == (asker != who)  # who asks knows whom it lets stop
