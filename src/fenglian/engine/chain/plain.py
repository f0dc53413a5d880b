"""How does a frozen record look to programs? Plain values that JSON knows, and back again."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from types import UnionType
from typing import Any, TypeAlias, TypeVar, get_args, get_origin, get_type_hints

Record = TypeVar("Record")

Plain: TypeAlias = "bool | int | float | str | list[Plain] | dict[str, Plain] | None"


def to_plain(value: object) -> Plain:
    """Return dicts and lists for records and tuples; None stays None, for it means not known.

    Examples
    --------
    >>> from fenglian.engine.chain.intervals import Interval
    >>> to_plain(Interval(1.0, None, None))
    {'low': 1.0, 'working': None, 'high': None}
    """
    if isinstance(value, Enum):
        return str(value.value)
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): to_plain(each) for key, each in sorted(value.items())}
    if isinstance(value, list | tuple):
        return [to_plain(each) for each in value]
    if is_dataclass(value):
        return {field.name: to_plain(getattr(value, field.name)) for field in fields(value)}
    raise TypeError(f"{type(value).__name__} has no plain form")


def from_plain(kind: type[Record], value: Plain) -> Record:
    """Return the record that became plain values.

    Parameters
    ----------
    kind
        Class of the record: of fields that are records, tuples, enums, days, plain values, or None.
    value
        What ``to_plain`` made of one. Fields that it does not have keep their defaults; names that
        the record does not know are left out, so that older and newer versions read each other.

    Examples
    --------
    >>> from fenglian.engine.chain.intervals import Interval
    >>> from_plain(Interval, {"low": 1.0, "working": None, "high": None})
    Interval(low=1.0, working=None, high=None)
    """
    read: Record = _read(kind, value)
    return read


def _read(kind: Any, value: Any) -> Any:
    if isinstance(kind, UnionType):
        if value is None:
            return None
        return _read(next(each for each in get_args(kind) if each is not type(None)), value)
    if get_origin(kind) is tuple:
        return tuple(_read(get_args(kind)[0], each) for each in value)
    if isinstance(kind, type) and is_dataclass(kind):
        types = get_type_hints(kind)
        known = (each.name for each in fields(kind))
        return kind(**{name: _read(types[name], value[name]) for name in known if name in value})
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(value)
    if kind is date:
        return date.fromisoformat(value)
    return value
