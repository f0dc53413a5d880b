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
from fenglian.web.alliance.queries.members import (
    MemberLine,
    MemberView,
    find_member,
    list_members,
)
from fenglian.web.alliance.queries.votes import (
    BallotLine,
    ResolutionLine,
    ResolutionView,
    about_owner,
    about_unit,
    find_resolution,
    list_resolutions,
)

__all__ = [
    "ApplicationView",
    "BallotLine",
    "MemberLine",
    "MemberView",
    "PaperFile",
    "PaperLine",
    "ResolutionLine",
    "ResolutionView",
    "StepLine",
    "about_owner",
    "about_unit",
    "find_application",
    "find_member",
    "find_paper",
    "find_resolution",
    "hands_in",
    "hands_in_for",
    "list_applications",
    "list_members",
    "list_resolutions",
    "may_hand_in",
    "require_hand",
    "require_keeper",
    "sees_inside",
]
