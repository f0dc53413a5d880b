"""Who may do what? One table; views, actions and the API ask nothing else.

Whoever adds an act adds its line here; the pages hide what a role may not do, and the actions
refuse it.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fenglian.web.accounts.actor import Actor, Role


class Act(StrEnum):
    """What a person can do; the value is its name in the templates: ``may.decide``."""

    READ = "read"  # see documents, statements and the registry
    RECEIVE = "receive"  # have a document read and kept
    DECIDE = "decide"  # accept, edit, reject, undo statements
    SECOND = "second"  # confirm, as another person, what somebody accepted or merged
    BRIEF = "brief"  # have a brief of the chain written
    FOLLOW = "follow"  # see advice that was given and what was chosen, before it is published
    CHOOSE = "choose"  # choose what is done about a gap, have it done, publish it
    KEEP_UNITS = "keep_units"  # add units, send them links
    MEET = "meet"  # see members, meetings, resolutions and who votes how
    KEEP_MEMBERS = "keep_members"  # keep members, meetings, posts and what is to be done
    JUDGE = "judge"  # see applications with their papers, and what follows from them
    VOTE = "vote"  # for one's own unit, where it has a vote
    DRILL = "drill"  # keep drills for one's own unit, and ask others about them
    GRANT = "grant"  # let another unit read one's own unit's rows
    STATE_PURPOSE = "state_purpose"  # say what others' secrets are needed for
    CONFIRM_PURPOSE = "confirm_purpose"  # confirm what another person needs them for


GUARDIANS = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN})  # of the house, not of its data
READERS = frozenset(Role) - GUARDIANS
UNITS = frozenset({Role.MEMBER, Role.COUNCIL, Role.INSTITUTE, Role.BANK, Role.SECRETARIAT})
TABLE: Mapping[Act, frozenset[Role]] = MappingProxyType(
    {
        Act.READ: READERS,
        Act.RECEIVE: frozenset({Role.SECRETARIAT, Role.ANALYST}),
        Act.DECIDE: frozenset({Role.SECRETARIAT}),
        Act.SECOND: frozenset({Role.SECRETARIAT, Role.STEWARD}),
        Act.BRIEF: frozenset({Role.SECRETARIAT, Role.GOVERNMENT, Role.ANALYST}),
        Act.FOLLOW: frozenset({Role.GOVERNMENT, Role.SECRETARIAT}),
        Act.CHOOSE: frozenset({Role.GOVERNMENT}),
        Act.KEEP_UNITS: frozenset({Role.SECRETARIAT}),
        Act.MEET: READERS - {Role.ANALYST, Role.AUDITOR},
        Act.KEEP_MEMBERS: frozenset({Role.SECRETARIAT}),
        Act.JUDGE: frozenset({Role.SECRETARIAT, Role.COUNCIL}),
        Act.VOTE: UNITS - {Role.SECRETARIAT},
        # Whose stop would hurt one is a secret of one's own: for who may have such.
        Act.DRILL: frozenset({Role.MEMBER, Role.COUNCIL, Role.BANK}),
        Act.GRANT: UNITS,
        Act.STATE_PURPOSE: frozenset({Role.GOVERNMENT, Role.STEWARD}),
        Act.CONFIRM_PURPOSE: frozenset({Role.STEWARD, Role.SECURITY_ADMIN}),
    }
)
LABELS = {
    Act.READ: gettext_lazy("see documents, statements and the registry"),
    Act.RECEIVE: gettext_lazy("have documents read"),
    Act.DECIDE: gettext_lazy("decide on statements"),
    Act.SECOND: gettext_lazy("confirm what another person accepted"),
    Act.BRIEF: gettext_lazy("have briefs written"),
    Act.FOLLOW: gettext_lazy("follow advice and decisions that are not published"),
    Act.CHOOSE: gettext_lazy("choose what is done about a gap"),
    Act.KEEP_UNITS: gettext_lazy("add units and send them links"),
    Act.MEET: gettext_lazy("see members, meetings and resolutions"),
    Act.KEEP_MEMBERS: gettext_lazy("keep members and meetings"),
    Act.JUDGE: gettext_lazy("see applications with their papers"),
    Act.VOTE: gettext_lazy("vote for your unit"),
    Act.DRILL: gettext_lazy("keep drills and send notices"),
    Act.GRANT: gettext_lazy("grant rights in your unit's data"),
    Act.STATE_PURPOSE: gettext_lazy("state a purpose for reading others' data"),
    Act.CONFIRM_PURPOSE: gettext_lazy("confirm another person's purpose"),
}


class NotPermitted(PermissionDenied):
    """The role does not allow the act; says which roles do."""

    def __init__(self, actor: Actor, act: Act) -> None:
        self.actor, self.act = actor, act
        super().__init__(self.detail())

    def detail(self) -> str:
        """Return the refusal in the language of the request."""
        allowed = _(", ").join(str(role.label) for role in Role if role in TABLE[self.act])
        facts = {"role": self.actor.role.label, "act": LABELS[self.act], "allowed": allowed}
        return _("As %(role)s you may not %(act)s here. This may do: %(allowed)s.") % facts


def may(actor: Actor, act: Act) -> bool:
    """Whether a person may do something in the alliance that is open."""
    return actor.role in TABLE[act]


def require(actor: Actor, act: Act) -> None:
    """Raise ``NotPermitted`` where a person may not do something."""
    if not may(actor, act):
        raise NotPermitted(actor, act)
