"""Schemas of every age, each with rows in all its tables, taken forward and back.

Runs in a process of its own, with the real settings, on whatever database they name.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any
from uuid import UUID

from django.apps import apps
from django.core.management import call_command
from django.db import connection, models
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import StateApps

from fenglian.web.accounts.models import Alliance
from fenglian.web.intake.models import Document
from fenglian.web.retreat import WouldLoseData

ROWS = 2  # of each table, each time: one would not show what must be unique
SERIAL = count(1)
DAY = datetime(2026, 1, 31, 8, tzinfo=UTC)
ADDS_UP = {"rows": 6, "accepted": 1, "rejected": 2, "duplicate": 3}  # of an import
MAKERS: tuple[tuple[type[Any], Callable[[int], Any]], ...] = (  # the first that fits
    (models.BooleanField, lambda number: number % 2 == 0),
    (models.JSONField, lambda number: {"风": number}),
    (models.BinaryField, lambda number: b"\0\xff" + str(number).encode()),
    (models.UUIDField, lambda number: UUID(int=number)),
    (models.DateTimeField, lambda number: DAY + timedelta(seconds=number)),
    (models.DateField, lambda number: date(2026, 1, 1) + timedelta(days=number % 300)),
    (models.IntegerField, lambda number: number),
    (models.DecimalField, lambda number: Decimal(number) / 4),
    (models.CharField, lambda number: f"风{number}"),
    (models.TextField, lambda number: f"风{number}\n链"),
)
Snapshot = Mapping[str, Mapping[Any, Mapping[str, Any]]]  # table → key → column → value
Step = tuple[str, str]


def own_labels() -> frozenset[str]:
    """Return the apps of ours."""
    return frozenset(
        each.label for each in apps.get_app_configs() if each.name.startswith("fenglian.")
    )


def steps() -> list[Step]:
    """Return every step from nothing to the newest schema, in the order in which they are taken."""
    executor = MigrationExecutor(connection)
    leaves = executor.loader.graph.leaf_nodes()
    return [(m.app_label, m.name) for m, _back in executor.migration_plan(leaves, clean_start=True)]


def go_to(app: str, name: str) -> None:
    call_command("migrate", app, name, verbosity=0)


def go_up() -> None:
    call_command("migrate", verbosity=0)


def go_down() -> None:
    """Take an empty database back, step by step, to where there is no table of ours."""
    for app, _name in reversed(steps()):
        if app in own_labels():
            older = [name for label, name in applied() if label == app]
            if older:
                go_to(app, older[-2] if older[1:] else "zero")


def applied() -> list[Step]:
    """Return the steps that the database has taken, in order."""
    taken = MigrationExecutor(connection).loader.applied_migrations
    return [step for step in steps() if step in taken]


def schema_now() -> StateApps:
    """Return the models as they were at the step that the database is at."""
    return MigrationExecutor(connection).loader.project_state(applied()).apps


def fill(besides: frozenset[str] = frozenset()) -> None:
    """Add rows to every table of ours, with something in every column."""
    left = [
        model
        for model in schema_now().get_models(include_auto_created=True)
        if model._meta.app_label in own_labels() and model._meta.label_lower not in besides
    ]
    while left:
        ready = [each for each in left if not _targets(each) & set(left)]
        assert ready, left
        for model in ready:
            _add_rows(model)
        left = [each for each in left if each not in ready]


def _targets(model: type[models.Model]) -> set[Any]:
    return {
        field.related_model
        for field in model._meta.local_concrete_fields
        if field.is_relation and field.related_model is not model
    }


def _add_rows(model: type[models.Model]) -> None:
    made = []
    for at in range(ROWS):
        values = dict(_values(model, at))
        if any(value is None for value in values.values()):
            return  # a table of Django's own is empty, on which this one hangs
        made.append(model(**values))
    for row in made:
        row.save(force_insert=True)


def _values(model: type[models.Model], at: int) -> Iterator[tuple[str, Any]]:
    pointed = count(at)
    for field in model._meta.local_concrete_fields:
        if isinstance(field, models.AutoField):
            continue
        if not field.is_relation:
            yield field.name, _value(model, field)
        elif field.related_model is not model:
            newest: models.QuerySet[Any] = models.QuerySet(field.related_model).order_by("-pk")[
                :ROWS
            ]
            # Each next one points elsewhere: who proposes is not the one who decides.
            yield field.attname, newest[next(pointed) % ROWS].pk if newest else None


def _value(model: type[models.Model], field: Any) -> Any:
    if model._meta.model_name == "import" and field.name in ADDS_UP:
        return ADDS_UP[field.name]
    if field.choices:
        return field.choices[0][0]
    number = next(SERIAL)
    value = next(make(number) for kind, make in MAKERS if isinstance(field, kind))
    # PostgreSQL minds the length, and the end of the words is what differs.
    return value[-(field.max_length or 0) :] if isinstance(field, models.CharField) else value


def snapshot() -> Snapshot:
    """Return every row of every table of ours, past the models."""
    found: dict[str, dict[Any, dict[str, Any]]] = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table.partition("_")[0] not in own_labels():
                continue
            key = connection.introspection.get_primary_key_column(cursor, table)
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            columns = [each[0] for each in cursor.description]
            rows = [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
            found[table] = {row[key]: row for row in rows}
    return found


def assert_kept(before: Snapshot, after: Snapshot) -> None:
    """Check that every row is there as it was; tables, columns and rows may have come."""
    for table, rows in before.items():
        for key, row in rows.items():
            now = after[table][key]
            for column, value in row.items():
                # A column that was made to be filled may have been; no other value changes.
                assert now[column] == value or value is None, (table, key, column, value)


def structure() -> dict[str, Any]:
    """Return tables with their columns, indexes and constraints."""
    with connection.cursor() as cursor:
        look = connection.introspection
        return {
            table: (
                sorted(map(str, look.get_table_description(cursor, table))),
                sorted(map(str, look.get_constraints(cursor, table).items())),
            )
            for table in look.table_names(cursor)
        }


def grow() -> str:
    """Take a database through every schema there ever was, with more rows at each."""
    go_down()
    told = {"steps": 0, "rows": 0, "filled": 0}
    for app, name in steps():
        before = snapshot()
        go_to(app, name)
        assert_kept(before, snapshot())
        if app in own_labels():
            told["steps"] += 1
            fill()
    go_up()
    now = snapshot()
    told["filled"] = sum(bool(rows) for rows in now.values())
    told["tables"] = len(now)
    told["rows"] = sum(map(len, now.values()))
    return json.dumps(told)


def grow_from_the_first() -> str:
    """Upgrade a database of the very first schema, whose documents belonged to nobody."""
    go_down()
    go_to("intake", "0001_initial")
    fill()
    before = snapshot()
    go_up()
    assert_kept(before, snapshot())
    documents = Document.objects.all()
    assert len(documents) == ROWS
    assert {each.alliance.slug for each in documents} == {"shanxi-wind"}
    assert Alliance.objects.get().pack == "shanxi"
    return json.dumps(sorted(table for table, rows in before.items() if rows))


def retreat() -> str:
    """Take each app back as far as it goes, with everything filled: rows stay, or it refuses."""
    go_up()
    if not any(snapshot().values()):
        fill()
    before = snapshot()
    said: dict[str, list[str]] = {"back": [], "refused": []}
    for app in sorted(own_labels()):
        for name in _older(app):
            here = snapshot()
            try:
                go_to(app, name)
            except WouldLoseData as fault:
                assert snapshot() == here
                said["refused"].append(f"{app} {name}: {fault.facts['places']}")
                break
            assert_kept(snapshot(), before)
            said["back"].append(f"{app} {name}")
        go_up()
        assert_same(before, snapshot())
    return json.dumps(said)


def assert_same(before: Snapshot, after: Snapshot) -> None:
    """Check that nothing changed at all; what is derived may have been made anew."""
    assert before.keys() == after.keys()
    for table, rows in before.items():
        assert rows == after[table] or table in derived_tables(), table


def derived_tables() -> set[str]:
    """Return the tables that steps fill from others."""
    return {
        f"{app}_{name}"
        for (app, _step), migration in MigrationLoader(None).disk_migrations.items()
        for name in getattr(migration, "derived", ())
    }


def _older(app: str) -> list[str]:
    names = [name for label, name in reversed(steps()) if label == app]
    return [*names[1:], "zero"] if names else []


def retreat_without_links() -> str:
    """Take a step back that loses nothing because what it drops is empty."""
    go_up()
    fill(besides=frozenset({"registry.link", "registry.heading"}))
    before = snapshot()
    go_to("registry", "0002_owned")
    assert_kept(snapshot(), before)
    go_up()
    assert_same(before, snapshot())
    return json.dumps(sum(map(len, before.values())))


def all_the_way() -> str:
    """Take an empty database back to nothing, and forward to the very same structure."""
    go_up()
    before = structure()
    go_down()
    assert not [table for table in structure() if table.partition("_")[0] in own_labels()]
    go_up()
    assert structure() == before
    return json.dumps(len(before))
