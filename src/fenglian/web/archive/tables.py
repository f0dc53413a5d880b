"""Which tables leave with an export, in what order, and how does a value stand in JSON?

Nothing here names a table of ours: a new one comes along by itself, from Django's own registry.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias, cast

from django.apps import apps
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

# Made by ``migrate`` itself, with numbers of their own: the export's take their place.
REMADE = ("contenttypes.ContentType", "auth.Permission")
FILE = "file"  # {"file": sha256}: bytes that are kept in a file of their own

Field: TypeAlias = "models.Field[Any, Any]"
KeepBytes = Callable[[bytes], str]  # returns the SHA-256
FetchBytes = Callable[[str], bytes]


@dataclass(frozen=True, slots=True)
class Table:
    """One table and its columns, in the order of the model."""

    label: str  # "registry.organisation" as Django writes it
    name: str  # in the database
    model: type[models.Model]
    fields: tuple[Field, ...]

    def describe(self) -> list[list[str]]:
        """Return name, type and nullness of each column."""
        return [
            [field.column or "", field.get_internal_type(), "null" if field.null else ""]
            for field in self.fields
        ]


def list_tables() -> tuple[Table, ...]:
    """Return every table that holds data of this installation, by label."""
    found = (_table(model) for model in apps.get_models(include_auto_created=True) if _own(model))
    return tuple(sorted(found, key=lambda each: each.label))


def _own(model: type[models.Model]) -> bool:
    options = model._meta
    signed_in = issubclass(model, AbstractBaseSession)  # everybody signs in again
    return options.managed and not options.proxy and not signed_in


def _table(model: type[models.Model]) -> Table:
    options = model._meta
    return Table(options.label, options.db_table, model, tuple(options.local_concrete_fields))


def iterate(table: Table, keep: KeepBytes, size: int) -> Iterator[dict[str, Any]]:
    """Yield the rows of a table by primary key, as JSON can hold them."""
    # Not the model's own manager: one that shows each person only their own would lose rows.
    rows: models.QuerySet[models.Model] = models.QuerySet(table.model)
    rows = rows.order_by("pk")
    names = [field.attname for field in table.fields]
    for row in rows.values_list(*names).iterator(chunk_size=size):
        yield {
            str(field.column): to_plain(field, value, keep)
            for field, value in zip(table.fields, row, strict=True)
        }


def to_plain(field: Field, value: Any, keep: KeepBytes) -> Any:
    """Return a value as JSON can hold it."""
    if value is None or isinstance(field, models.JSONField):
        return value
    if isinstance(value, bytes | memoryview):
        return {FILE: keep(bytes(value))}
    if isinstance(value, bool | int | float | str):
        return value
    target = _target(field)
    return target.value_to_string(cast(models.Model, _Holder(target.attname, value)))


def to_value(field: Field, plain: Any, fetch: FetchBytes) -> Any:
    """Return what the database is to hold for a value out of JSON."""
    if plain is None or isinstance(field, models.JSONField):
        return plain
    if isinstance(plain, dict):
        return fetch(plain[FILE])
    return _target(field).to_python(plain)


def _target(field: Field) -> Field:
    """Return the field whose values a foreign key holds."""
    while isinstance(field, models.ForeignKey):
        field = field.target_field
    return field


class _Holder:
    """One value under its field's name: that is how Django's fields ask for what they write."""

    def __init__(self, name: str, value: Any) -> None:
        setattr(self, name, value)
