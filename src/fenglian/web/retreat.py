"""May a schema be left behind? Not where rows or columns would be lost, nor by an older program.

Going back drops the tables and columns that a step once added. Django asks nobody; here the whole
way back is looked at before its first step, and refused where any of them holds something. The way
back of an installation is the backup that was made before the upgrade: an older program over a
newer database would write what the newer one takes for something else, so it does not start.

A step that names tables as ``derived`` fills them from others when it is taken: these may go.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps.registry import Apps
from django.db import connections
from django.db.migrations import AddField, CreateModel, Migration
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import NOT_PROVIDED, Field, Model, QuerySet

from fenglian.engine.errors import FenglianError

Plan = Sequence[tuple[Migration, bool]]  # a step, and whether it is taken back


class WouldLoseData(FenglianError):
    """Going back to an older schema would lose rows; takes ``places`` and how many there are."""

    zh = (
        "退回旧结构会丢掉数据（{places}），没有退回，什么也没有改。要回到旧版本，请装回旧版本，"
        "再用 fenglian restore --force 恢复升级前的备份；用 PostgreSQL 的用 pg_restore。"
    )
    en = (
        "Going back to the older schema would lose data ({places}); nothing was done. To return to "
        "the older version, install it and bring back the backup made before the upgrade: fenglian "
        "restore --force, or pg_restore with PostgreSQL."
    )


class NewerDatabase(FenglianError):
    """The database was brought up to date by a newer version; takes ``steps``."""

    zh = (
        "数据库已由更新的版本升级过（本版没有：{steps}），本版不打开它，什么也没有改。"
        "请装回那个版本，或用 fenglian restore --force 恢复升级前的备份。"
    )
    en = (
        "The database was brought up to date by a newer version (unknown here: {steps}); this one "
        "does not open it, and nothing was done. Install that version again, or bring back the backup "
        "made before the upgrade with fenglian restore --force."
    )


def refuse_newer(using: str, **_signal: Any) -> None:
    """Raise ``NewerDatabase`` where steps were taken that are unknown here; hears ``pre_migrate``."""
    loader = MigrationLoader(None)
    taken = MigrationRecorder(connections[using]).applied_migrations()
    # What belongs to an app that is gone altogether stands in nobody's way.
    newer = [
        step
        for step in taken
        if step[0] in loader.migrated_apps and step not in loader.disk_migrations
    ]
    if newer:
        raise NewerDatabase(steps=", ".join(f"{app}.{name}" for app, name in sorted(newer)))


def refuse_to_lose(plan: Plan, apps: Apps, using: str, **_signal: Any) -> None:
    """Raise ``WouldLoseData`` where a step back would take something with it; hears ``pre_migrate``."""
    places = [
        place
        for migration, backwards in plan
        if backwards
        for operation in migration.operations
        if not _made_anew(operation, migration)
        for place in _held(operation, migration.app_label, apps, using)
    ]
    if places:
        raise WouldLoseData(places="、".join(dict.fromkeys(places)))


def _made_anew(operation: Operation, migration: Migration) -> bool:
    derived = getattr(migration, "derived", ())
    return isinstance(operation, CreateModel) and operation.name_lower in derived


def _held(operation: Operation, label: str, apps: Apps, using: str) -> Iterator[str]:
    """Yield what an operation's way back would drop, as far as it holds something."""
    if isinstance(operation, CreateModel):
        model = apps.get_model(label, operation.name)
        rows = _rows(model, using)
        name = model._meta.label
    elif isinstance(operation, AddField):
        model = apps.get_model(label, operation.model_name)
        rows = _filled(_rows(model, using), model._meta.get_field(operation.name))
        name = f"{model._meta.label}.{operation.name}"
    else:
        return
    if count := rows.count():
        yield f"{name} × {count}"


def _rows(model: type[Model], using: str) -> QuerySet[Model]:
    # Not the model's own manager: one that shows each person only their own would miss rows.
    return QuerySet(model).using(using)


def _filled(rows: QuerySet[Model], field: Any) -> QuerySet[Model]:
    """Leave the rows in which a column says more than an empty one would."""
    if field.null or field.many_to_many:
        return rows.filter(**{f"{field.name}__isnull": False})
    default = field.default if isinstance(field, Field) else NOT_PROVIDED
    if default is NOT_PROVIDED or callable(default):
        return rows  # made for each row: it would be another one the next time
    return rows.exclude(**{field.name: default})
