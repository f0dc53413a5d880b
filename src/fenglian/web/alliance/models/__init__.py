"""What does the alliance remember? Members, what they handed in, and how they voted."""

from fenglian.web.alliance.models.meetings import Action, Meeting, Post, Presence
from fenglian.web.alliance.models.membership import (
    Application,
    Delegate,
    Fee,
    Member,
    Paper,
    Step,
    YearlyCheck,
)
from fenglian.web.alliance.models.votes import Ballot, Resolution

__all__ = [
    "Action",
    "Application",
    "Ballot",
    "Delegate",
    "Fee",
    "Meeting",
    "Member",
    "Paper",
    "Post",
    "Presence",
    "Resolution",
    "Step",
    "YearlyCheck",
]
