"""What stands in the member list and in a meeting's attendance sheet, for one reader?"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from django.utils import timezone

from fenglian.engine.alliance.attendance import Attended
from fenglian.engine.alliance.charter import Body
from fenglian.engine.alliance.membership import STATES
from fenglian.engine.alliance.tiers import TIERS
from fenglian.engine.registry.bulk import NameList
from fenglian.engine.registry.profile import Value
from fenglian.web.access.reading import look_at
from fenglian.web.access.table import Act, require
from fenglian.web.accounts.actor import Actor
from fenglian.web.accounts.models import Owner
from fenglian.web.alliance.models import Delegate, Meeting, Step
from fenglian.web.alliance.queries.charters import rules_on
from fenglian.web.alliance.queries.meetings import MeetingView, PresenceLine, list_posts
from fenglian.web.alliance.queries.members import list_members
from fenglian.web.registry import queries as registry

PROFILE, OTHER_NAMES = "profile", ("short_names", "former_names")
BODIES = frozenset({Meeting.Kind.COUNCIL.value, Meeting.Kind.ASSEMBLY.value})
Row = Mapping[str, Value]


def list_sheet_members(actor: Actor, language: str) -> list[Row]:
    """Return the members of today, a row each, as an actor may read them."""
    lines = list_members(actor)
    posts: dict[str, list[str]] = defaultdict(list)
    for post in list_posts(actor):
        posts[post.unit].append(f"{post.name}（{post.person}）" if post.person else post.name)
    speakers = current_delegates(actor)
    codes = {name: code for code, name in registry.list_codes(actor, besides=0).items()}
    found: list[Row] = []
    for line in lines:
        name, title = next(iter(speakers.get(line.name, ())), ("", ""))
        state = {str(key): label for key, label in STATES.items()}[line.state]
        row: Row = {
            "unit": line.name,
            "code": codes.get(line.name) or None,
            "tier": line.tier,
            "since": line.member_since,
            "posts": "；".join(posts[line.name]) or None,
            "delegate": name or None,
            "delegate_title": title or None,
            "state": state.text(language),
            "certificate": line.certificate or None,
        }
        found.append(row)
    return found


def current_delegates(actor: Actor) -> dict[str, list[tuple[str, str]]]:
    """Return who speaks for each unit today: name of the unit → names with titles, the newest first."""
    require(actor, Act.MEET)
    rows = Delegate.objects.visible_to(actor).filter(left_on=None).select_related("owner")
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in rows.order_by("-since", "-id"):
        found[row.owner.name].append((row.name, row.title))
    return dict(found)


def list_sheet_presence(actor: Actor, view: MeetingView, language: str) -> list[Row]:
    """Return the rows of an attendance sheet: who has a vote, who else is noted, what is known.

    To a meeting of the council others come as guests: they are added by hand, or stand there where
    they were noted. To all other meetings every member is asked.
    """
    voting = voters(actor, view)
    noted = {each.unit: each for each in (*view.came, *view.absent)}
    lines = {line.name: line for line in list_members(actor)}
    asked = [each for each in lines if each in voting or view.line.kind != Meeting.Kind.COUNCIL]
    asked.sort(key=lambda name: name not in voting)
    names = dict.fromkeys((*asked, *noted))
    tiers = {str(tier): label.text(language) for tier, label in TIERS.items()}
    speakers = current_delegates(actor)
    decides = view.line.kind in BODIES
    return [
        {
            "unit": name,
            "tier": tiers[lines[name].tier] if name in lines else None,
            "votes": name in voting if decides else None,
            "delegate": "；".join(who for who, _title in speakers.get(name, ())) or None,
            **_noted(noted.get(name)),
        }
        for name in names
    ]


def _noted(line: PresenceLine | None) -> dict[str, Value]:
    if line is None or line.by_code:  # what nobody confirmed is asked again
        return {}
    return {
        "how": line.how,
        "persons": line.persons,
        "names": line.names or None,
        "stands_in": line.stands_in or None,
    }


def voters(actor: Actor, view: MeetingView) -> frozenset[str]:
    """Return the names of the units that have a vote in a meeting; none where it decides nothing."""
    if view.line.kind not in BODIES:
        return frozenset()
    day = timezone.localdate(view.line.starts_at)
    body: Body = "council" if view.line.kind == Meeting.Kind.COUNCIL else "assembly"
    tiers = rules_on(actor.alliance.id, day).numbers.entitled(body)
    return frozenset(line.name for line in list_members(actor) if line.tier in tiers)


def known_presence(view: MeetingView) -> dict[str, tuple[Attended, bool]]:
    """Return what is on record of each unit at a meeting, and whether somebody confirmed it."""
    return {
        each.unit: (
            Attended(each.how, each.persons, each.names, each.stands_in),
            not each.by_code,
        )
        for each in (*view.came, *view.absent)
    }


def registered_names(actor: Actor) -> NameList:
    """Return all units of the alliance with the codes and other names that they gave; looks logged."""
    require(actor, Act.KEEP_MEMBERS)
    rows = Owner.objects.filter(alliance_id=actor.alliance.id).order_by("name")
    names: Sequence[str] = list(rows.values_list("name", flat=True))
    lists = Step.objects.visible_to(actor).filter(name="enrol").select_related("owner")
    codes = {row.owner.name: str(row.evidence.get("code", "")) for row in look_at(actor, lists)}
    codes |= {name: code for code, name in registry.list_codes(actor, besides=0).items()}
    others: dict[str, tuple[str, ...]] = {}
    for row in registry.list_rows(actor, (PROFILE,)):
        said = (row.values.get(column) for column in OTHER_NAMES)
        others[row.unit.name] = tuple(
            str(x) for each in said if isinstance(each, tuple) for x in each
        )
    return NameList(
        names,
        [codes.get(name, "") for name in names],
        [others.get(name, ()) for name in names],
    )
