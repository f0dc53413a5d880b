"""Who may read and write which class of data? The one table; everything else is made from it.

A row is a role, a column a data class, a cell what the role may do with rows of its own unit, with
rows that their owner granted to it, with rows that name it as the other party, and with those of
others. What is not in the table is forbidden. From here come the managers' scoping, the walls in
the database, the pages of documentation and the tests' cast.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from fenglian.engine.disclosure.classes import UNDECLARED, DataClass
from fenglian.web.accounts.actor import Role


class Right(StrEnum):
    """What can be done with a row."""

    READ = "read"
    WRITE = "write"
    PROPOSE = "propose"  # to its owner, who confirms
    ANSWER = "answer"  # confirm or dispute what a row says of oneself; never change it


class Relation(StrEnum):
    """What a row is to the one who asks."""

    OWN = "own"
    GRANTED = "granted"
    PARTY = "party"  # names the unit as the other party; only of tables that keep a party
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Cell:
    """What one role may do with one class of data."""

    own: frozenset[Right] = frozenset()
    granted: frozenset[Right] = frozenset()
    other: frozenset[Right] = frozenset()
    party: frozenset[Right] = frozenset()
    stated: bool = False  # others' rows only for a purpose that a second person confirmed

    def of(self, relation: Relation) -> frozenset[Right]:
        """Return the rights in rows of that relation."""
        rights: frozenset[Right] = getattr(self, relation)
        return rights


NOTHING = Cell()
R = frozenset({Right.READ})
RW = frozenset({Right.READ, Right.WRITE})
RP = frozenset({Right.READ, Right.PROPOSE})
RA = frozenset({Right.READ, Right.ANSWER})

PUBLIC = Cell(own=RW, granted=R, other=R)  # to those inside; one writes one's own
SECRET = Cell(own=RW, granted=R)
SHARED = Cell(own=RW, granted=R, party=RA)  # who signed with one may answer to it
MEMBER: Mapping[DataClass, Cell] = MappingProxyType(
    {
        DataClass.S0: PUBLIC,
        DataClass.S1: PUBLIC,
        DataClass.S2: SHARED,
        DataClass.S3: SECRET,
        DataClass.P: SECRET,
    }
)
RIGHTS: Mapping[Role, Mapping[DataClass, Cell]] = MappingProxyType(
    {
        Role.MEMBER: MEMBER,
        # The chair's people too: who governs the alliance reads no rival for that.
        Role.COUNCIL: MEMBER,
        Role.INSTITUTE: MappingProxyType(
            {
                DataClass.S0: PUBLIC,
                DataClass.S1: PUBLIC,
                DataClass.S2: SHARED,
                DataClass.P: SECRET,
            }
        ),
        Role.BANK: MEMBER,
        Role.GOVERNMENT: MappingProxyType(
            {
                DataClass.S0: Cell(other=R),
                DataClass.S1: Cell(other=R),
                DataClass.S2: Cell(granted=R, other=R, stated=True),
                DataClass.S3: Cell(granted=R, other=R, stated=True),
            }
        ),
        Role.SECRETARIAT: MappingProxyType(
            {
                DataClass.S0: Cell(own=RW, granted=R, other=RP),
                DataClass.S1: Cell(own=RW, granted=R, other=RP),
                DataClass.P: Cell(own=RW, granted=R, other=R),
            }
        ),
        Role.STEWARD: MappingProxyType(
            {
                DataClass.S0: Cell(other=RP),
                DataClass.S1: Cell(other=RP),
                DataClass.S2: Cell(other=RP, stated=True),
                DataClass.S3: Cell(other=RP, stated=True),
                DataClass.P: Cell(other=R, stated=True),
            }
        ),
        Role.AUDITOR: MappingProxyType({DataClass.S0: Cell(other=R)}),
        Role.ANALYST: MappingProxyType({DataClass.S0: Cell(other=R)}),
        Role.SYSTEM_ADMIN: MappingProxyType({}),
        Role.SECURITY_ADMIN: MappingProxyType({}),
    }
)
LOGGED = frozenset({DataClass.S2, DataClass.S3, DataClass.P})  # each look leaves an entry


def cell(role: Role, data_class: DataClass | None) -> Cell:
    """Return what a role may do with a class; a class that nobody declared is ``S3``."""
    return RIGHTS.get(role, {}).get(data_class or UNDECLARED, NOTHING)


def ever(role: Role, data_class: DataClass | None, right: Right = Right.READ) -> bool:
    """Whether a role could have a right in any row of a class at all."""
    found = cell(role, data_class)
    return any(right in found.of(relation) for relation in Relation)
