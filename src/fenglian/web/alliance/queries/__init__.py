"""Who is a member, what was handed in, what was decided? Always for an actor."""

from fenglian.web.alliance.queries.applications import (
    ApplicationView,
    PaperFile,
    PaperLine,
    StepLine,
    find_application,
    find_paper,
    hands_in,
    hands_in_for,
    list_applications,
    may_hand_in,
    require_hand,
    require_keeper,
    sees_inside,
)
from fenglian.web.alliance.queries.book import make_book, score_year
from fenglian.web.alliance.queries.meetings import (
    MeetingLine,
    MeetingView,
    PostLine,
    find_meeting,
    list_meetings,
    list_posts,
)
from fenglian.web.alliance.queries.members import (
    MemberLine,
    MemberView,
    find_member,
    list_members,
)
from fenglian.web.alliance.queries.tasks import ActionLine, list_tasks
from fenglian.web.alliance.queries.votes import (
    BallotLine,
    ResolutionLine,
    ResolutionView,
    about_owner,
    about_unit,
    find_resolution,
    list_resolutions,
)
from fenglian.web.alliance.queries.year import list_doings, open_kinds

__all__ = [
    "ActionLine",
    "ApplicationView",
    "BallotLine",
    "MeetingLine",
    "MeetingView",
    "MemberLine",
    "MemberView",
    "PaperFile",
    "PaperLine",
    "PostLine",
    "ResolutionLine",
    "ResolutionView",
    "StepLine",
    "about_owner",
    "about_unit",
    "find_application",
    "find_meeting",
    "find_member",
    "find_paper",
    "find_resolution",
    "hands_in",
    "hands_in_for",
    "list_applications",
    "list_doings",
    "list_meetings",
    "list_members",
    "list_posts",
    "list_resolutions",
    "list_tasks",
    "make_book",
    "may_hand_in",
    "open_kinds",
    "require_hand",
    "require_keeper",
    "score_year",
    "sees_inside",
]
