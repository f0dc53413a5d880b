"""The only writer of the alliance: applications, steps, votes, fees, certificates."""

from fenglian.web.alliance.actions.applying import Handed, Wanted, add_paper, apply
from fenglian.web.alliance.actions.attending import bring_attendance
from fenglian.web.alliance.actions.chartering import Text, adopt_charter
from fenglian.web.alliance.actions.demo import FEES, fill_demo_alliance, hand_in
from fenglian.web.alliance.actions.doors import (
    Arrived,
    NewDoor,
    apply_by_link,
    close_door,
    make_door,
    sign_in,
)
from fenglian.web.alliance.actions.electing import (
    RoomCount,
    Standing,
    close_election,
    give_slip,
    open_election,
)
from fenglian.web.alliance.actions.enrolling import bring_members
from fenglian.web.alliance.actions.issuing import issue_action, publish_action, recall_action
from fenglian.web.alliance.actions.keeping import (
    add_delegate,
    end_delegate,
    issue_certificate,
    note_fee,
    note_yearly_check,
    set_tier,
)
from fenglian.web.alliance.actions.mailing import Sent, mail_notice, mail_welcome
from fenglian.web.alliance.actions.meeting import (
    Call,
    Errand,
    Office,
    call_meeting,
    close_action,
    fill_post,
    hand_on,
    keep_minutes,
    leave_post,
    note_presence,
    set_action,
)
from fenglian.web.alliance.actions.outward import (
    close_page,
    open_page,
    publish_meeting,
    set_listed,
)
from fenglian.web.alliance.actions.proposing import back_idea, may_propose, put_idea, settle_idea
from fenglian.web.alliance.actions.reminding import (
    Waiting,
    list_waiting,
    mail_reminders,
    send_waiting,
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
    "FEES",
    "Arrived",
    "Call",
    "Counted",
    "Errand",
    "Handed",
    "Motion",
    "NewDoor",
    "Office",
    "RoomCount",
    "Sent",
    "Standing",
    "Text",
    "Waiting",
    "Wanted",
    "add_delegate",
    "add_paper",
    "adopt_charter",
    "apply",
    "apply_by_link",
    "back_idea",
    "bring_attendance",
    "bring_members",
    "call_meeting",
    "cast_ballot",
    "close_action",
    "close_door",
    "close_election",
    "close_page",
    "close_vote",
    "end_delegate",
    "fill_demo_alliance",
    "fill_post",
    "give_slip",
    "hand_in",
    "hand_on",
    "issue_action",
    "issue_certificate",
    "keep_minutes",
    "leave_post",
    "list_waiting",
    "mail_notice",
    "mail_reminders",
    "mail_welcome",
    "make_door",
    "may_propose",
    "note_fee",
    "note_presence",
    "note_yearly_check",
    "open_election",
    "open_page",
    "open_vote",
    "publish_action",
    "publish_meeting",
    "put_idea",
    "recall_action",
    "send_waiting",
    "set_action",
    "set_listed",
    "set_tier",
    "settle_idea",
    "sign_in",
    "take_step",
]
