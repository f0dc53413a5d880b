"""The only writer of the registry: what is derived from statements, and what units say themselves."""

from fenglian.web.registry.actions.bringing import Brought, bring_workbook, import_workbook
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
    fill_rows,
    fills,
    receive_sheets,
)
from fenglian.web.registry.actions.links import (
    DAYS,
    MOST_DAYS,
    NewLink,
    fill_by_link,
    forms_to_send,
    import_by_link,
    make_link,
    revoke_link,
)
from fenglian.web.registry.actions.owned import Entry, Saved, end_row, may_write, save_rows
from fenglian.web.registry.actions.proposing import (
    Proposed,
    decide_proposal,
    propose,
    propose_row,
)
from fenglian.web.registry.actions.slugs import slug_of
from fenglian.web.registry.actions.units import add_unit, note_export

__all__ = [
    "DAYS",
    "MOST_DAYS",
    "Brought",
    "Entry",
    "NewLink",
    "Proposed",
    "Receipt",
    "Saved",
    "add_unit",
    "bring_workbook",
    "decide_proposal",
    "end_row",
    "fill_by_link",
    "fill_demo_units",
    "fill_form",
    "fill_rows",
    "fills",
    "forms_to_send",
    "import_by_link",
    "import_workbook",
    "judge_names",
    "make_link",
    "may_write",
    "note_export",
    "propose",
    "propose_row",
    "rebuild_after_decision",
    "rebuild_registry",
    "receive_sheets",
    "revoke_link",
    "save_rows",
    "slug_of",
    "withdraw_verdict",
    "write_index",
    "write_places",
]
