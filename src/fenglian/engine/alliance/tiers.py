"""Which tiers of membership are there, and which of them sit in the council or vote at all?"""

from collections.abc import Mapping
from typing import Literal, TypeGuard

from fenglian.engine.alliance.faults import UnknownTier
from fenglian.engine.labels import Label

Tier = Literal["chair", "vice_chair", "standing_council", "council", "member", "observer"]
TIERS: Mapping[Tier, Label] = {  # the highest first
    "chair": Label("理事长单位", "chair unit"),
    "vice_chair": Label("副理事长单位", "vice-chair unit"),
    "standing_council": Label("常务理事单位", "standing council unit"),
    "council": Label("理事单位", "council unit"),
    "member": Label("会员单位", "member unit"),
    "observer": Label("观察员单位", "observer"),
}
COUNCIL: frozenset[Tier] = frozenset(("chair", "vice_chair", "standing_council", "council"))
ASSEMBLY: frozenset[Tier] = frozenset((*COUNCIL, "member"))  # an observer has no vote


def check_tier(words: str) -> Tier:
    """Return a tier by its name.

    Raises
    ------
    UnknownTier
        Where there is none of that name.

    Examples
    --------
    >>> check_tier("council")
    'council'
    """
    if not _is_tier(words):
        raise UnknownTier(tier=words, known=", ".join(TIERS))
    return words


def _is_tier(words: str) -> TypeGuard[Tier]:
    return words in TIERS
