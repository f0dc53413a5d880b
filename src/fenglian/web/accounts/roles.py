"""Who may give whom which role? One table, and the rule of two persons for those who guard.

Guardians see or rule what others must not: stewards, the three administrators (system, security,
audit) and nobody else. Their seats are given, changed and ended by two persons: one proposes, a
security administrator other than the proposer and the person concerned confirms.
"""

from collections.abc import Mapping
from types import MappingProxyType

from fenglian.web.accounts.actor import Actor, Role

GUARDIANS = frozenset({Role.STEWARD, Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR})
OF_THE_ALLIANCE = tuple(role for role in Role if role not in GUARDIANS)
ORDINARY = frozenset(OF_THE_ALLIANCE) - {Role.SECRETARIAT}
GIVES: Mapping[Role, frozenset[Role]] = MappingProxyType(
    {
        Role.SECRETARIAT: ORDINARY,
        Role.SYSTEM_ADMIN: ORDINARY | {Role.SECRETARIAT},
    }
)
PROPOSES = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN})
CONFIRMS = frozenset({Role.SECURITY_ADMIN})
SEES_ALL = frozenset({*GIVES, *PROPOSES, Role.AUDITOR})  # of who sits where
NEEDS_UNIT = ORDINARY - {Role.ANALYST}  # speak for a unit, whose data they see
MOST_STEWARDS = 3  # an alliance


def gives(actor: Actor) -> tuple[Role, ...]:
    """Return the roles that a person may give alone."""
    return tuple(role for role in Role if role in GIVES.get(actor.role, frozenset()))


def proposes(actor: Actor) -> tuple[Role, ...]:
    """Return the roles that a person may propose for another to confirm."""
    return tuple(role for role in Role if role in GUARDIANS and actor.role in PROPOSES)
