"""What does the alliance remember? Members, what they handed in, and how they voted."""

from fenglian.web.alliance.models.charters import Charter
from fenglian.web.alliance.models.elections import Box, Candidate, Election, Voted
from fenglian.web.alliance.models.ideas import Backing, Idea
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
from fenglian.web.alliance.models.outward import Door, Listed, PublicPage
from fenglian.web.alliance.models.reminders import Told
from fenglian.web.alliance.models.votes import Ballot, Resolution

__all__ = [
    "Action",
    "Application",
    "Backing",
    "Ballot",
    "Box",
    "Candidate",
    "Charter",
    "Delegate",
    "Door",
    "Election",
    "Fee",
    "Idea",
    "Listed",
    "Meeting",
    "Member",
    "Paper",
    "Post",
    "Presence",
    "PublicPage",
    "Resolution",
    "Step",
    "Told",
    "Voted",
    "YearlyCheck",
]
