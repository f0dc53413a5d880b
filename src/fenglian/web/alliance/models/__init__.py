"""What does the alliance remember? Members, what they handed in, and how they voted."""

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
    "Application",
    "Ballot",
    "Delegate",
    "Fee",
    "Member",
    "Paper",
    "Resolution",
    "Step",
    "YearlyCheck",
]
