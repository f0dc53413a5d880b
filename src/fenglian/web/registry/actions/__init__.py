"""The only writer of the registry: what is derived from statements, and what units say themselves."""

from fenglian.web.registry.actions.derived import (
    judge_names,
    rebuild_after_decision,
    rebuild_registry,
    slug_of,
    withdraw_verdict,
    write_index,
)
from fenglian.web.registry.actions.owned import (
    Entry,
    Saved,
    decide_proposal,
    end_row,
    may_write,
    propose,
    save_rows,
)

__all__ = [
    "Entry",
    "Saved",
    "decide_proposal",
    "end_row",
    "judge_names",
    "may_write",
    "propose",
    "rebuild_after_decision",
    "rebuild_registry",
    "save_rows",
    "slug_of",
    "withdraw_verdict",
    "write_index",
]
