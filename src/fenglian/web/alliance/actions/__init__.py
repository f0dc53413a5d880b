"""The only writer of the alliance: applications, steps, votes, fees, certificates."""

from fenglian.web.alliance.actions.applying import Handed, Wanted, add_paper, apply
from fenglian.web.alliance.actions.demo import fill_demo_alliance
from fenglian.web.alliance.actions.issuing import issue_action, publish_action, recall_action
from fenglian.web.alliance.actions.keeping import (
    add_delegate,
    end_delegate,
    issue_certificate,
    note_fee,
    note_yearly_check,
    set_tier,
)
from fenglian.web.alliance.actions.meeting import (
    Call,
    Errand,
    Office,
    call_meeting,
    close_action,
    fill_post,
    keep_minutes,
    leave_post,
    note_presence,
    set_action,
)
from fenglian.web.alliance.actions.stepping import take_step
from fenglian.web.alliance.actions.voting import (
    Counted,
    Motion,
    cast_ballot,
    close_vote,
    open_vote,
)

__all__ = [
    "Call",
    "Counted",
    "Errand",
    "Handed",
    "Motion",
    "Office",
    "Wanted",
    "add_delegate",
    "add_paper",
    "apply",
    "call_meeting",
    "cast_ballot",
    "close_action",
    "close_vote",
    "end_delegate",
    "fill_demo_alliance",
    "fill_post",
    "issue_action",
    "issue_certificate",
    "keep_minutes",
    "leave_post",
    "note_fee",
    "note_presence",
    "note_yearly_check",
    "open_vote",
    "publish_action",
    "recall_action",
    "set_action",
    "set_tier",
    "take_step",
]
