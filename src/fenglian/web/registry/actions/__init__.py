"""The only writer of the registry: what is derived from statements, and what units say themselves."""

from fenglian.web.registry.actions.demo import fill_demo_units
from fenglian.web.registry.actions.derived import (
    judge_names,
    rebuild_after_decision,
    rebuild_registry,
    withdraw_verdict,
    write_index,
    write_places,
)
from fenglian.web.registry.actions.filling import (
    Receipt,
    fill_form,
    fills,
    import_workbook,
    receive_sheets,
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
from fenglian.web.registry.actions.slugs import slug_of

__all__ = [
    "Entry",
    "Receipt",
    "Saved",
    "decide_proposal",
    "end_row",
    "fill_demo_units",
    "fill_form",
    "fills",
    "import_workbook",
    "judge_names",
    "may_write",
    "propose",
    "rebuild_after_decision",
    "rebuild_registry",
    "receive_sheets",
    "save_rows",
    "slug_of",
    "withdraw_verdict",
    "write_index",
    "write_places",
]
