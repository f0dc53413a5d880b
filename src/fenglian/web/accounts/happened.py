"""What accounts tell the rooms behind them, without knowing them.

``happened`` is sent inside the transaction of the change itself, with ``actor`` (None for a
stranger or the command line) and ``happenings``; a receiver that raises undoes the change too.
The audit log listens; each happening has the fields of its entry.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from django.db import transaction
from django.dispatch import Signal

from fenglian.web.accounts.actor import Actor

NOTHING: Mapping[str, Any] = MappingProxyType({})
happened = Signal()


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happened to rows of one table."""

    act: str  # "sign-in", "invite", "confirm" …
    table: str  # "accounts.seat"
    rows: tuple[str, ...]  # ids, never names: names are personal
    owner: int = 0  # id of the unit that it concerns; 0: none
    data_class: str = ""
    purpose: str = ""
    detail: Mapping[str, Any] = field(default_factory=lambda: NOTHING)


def tell(actor: Actor | None, *happenings: Happening) -> None:
    """Send what happened, in the transaction of the change."""
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("tell inside the change's transaction")
    happened.send(sender=Happening, actor=actor, happenings=happenings)
