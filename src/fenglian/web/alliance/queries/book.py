"""The contact book for one reader, and what is on record of a year's activity."""

from collections import defaultdict
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from fenglian.engine.alliance.activity import Activity, ActivityScore, score_activity
from fenglian.engine.alliance.contact_book import BookEntry, Contact, ContactBook
from fenglian.engine.alliance.membership import MEMBER
from fenglian.engine.alliance.tiers import TIERS, check_tier
from fenglian.engine.labels import Label
from fenglian.web.access.table import Act, require
from fenglian.web.accounts.actor import Actor
from fenglian.web.accounts.models import Owner
from fenglian.web.alliance.models import Action, Delegate, Meeting, Member, Resolution
from fenglian.web.alliance.queries.meetings import list_posts
from fenglian.web.alliance.queries.members import list_members
from fenglian.web.alliance.queries.tasks import PRIVATE
from fenglian.web.registry import queries as registry

YEAR = timedelta(days=365)


def make_book(actor: Actor) -> ContactBook:
    """Return the contact book of today's members as an actor may see them; looks are logged."""
    lines = list_members(actor)
    owners = {
        row.slug: row.pk
        for row in Owner.objects.filter(
            alliance_id=actor.alliance.id, slug__in=[line.slug for line in lines]
        )
    }
    posts: dict[str, list[str]] = defaultdict(list)
    for post in list_posts(actor):
        posts[post.unit].append(f"{post.name}（{post.person}）" if post.person else post.name)
    delegates: dict[int, list[str]] = defaultdict(list)
    for row in Delegate.objects.visible_to(actor).filter(left_on=None):
        delegates[row.owner_id].append(f"{row.name} {row.title}".strip())
    contacts = registry.list_contacts(actor)
    return ContactBook(
        alliance=Label(actor.alliance.zh, actor.alliance.en),
        reader=actor.alliance.owner_name or str(actor.role.label),
        made_on=timezone.localdate(),
        entries=tuple(
            BookEntry(
                unit=line.name,
                tier=TIERS[check_tier(line.tier)],
                posts=tuple(posts[line.name]),
                delegates=tuple(delegates[owners[line.slug]]),
                contacts=_contacts(contacts.get(owners[line.slug])),
            )
            for line in lines
        ),
        synthetic=actor.alliance.synthetic,
    )


def _contacts(rows: Any) -> tuple[Contact, ...] | None:
    if rows is None:
        return None
    return tuple(
        Contact(*(str(row.get(name) or "") for name in ("name", "title", "phone", "email")))
        for row in rows
    )


def score_year(actor: Actor) -> ActivityScore:
    """Return the alliance's self-score for the last twelve months, from what is on record here."""
    require(actor, Act.MEET)
    return score_activity([*_organisation(actor), *NOT_ON_RECORD])


# Nothing is kept of these yet: they are asked for, and stay unknown.
NOT_ON_RECORD = (
    Activity("challenge", "innovation", Label("组织揭榜攻关", "R&D challenges held"), None),
    Activity("team", "innovation", Label("组建联合体", "teams formed"), None),
    Activity("shared", "innovation", Label("共享设备、实验室", "equipment shared"), None),
    Activity("matchmaking", "industry", Label("供需对接成交", "orders from matchmaking"), None),
    Activity("sourcing", "industry", Label("协作配套率提高", "local sourcing rose"), None),
    Activity("projects", "industry", Label("补链项目落地", "projects that close gaps"), None),
)


def _organisation(actor: Actor) -> list[Activity]:
    here, today = actor.alliance.id, timezone.localdate()
    meetings = Meeting.objects.filter(alliance_id=here, ends_at__lt=timezone.now())
    held = meetings.filter(starts_at__date__gte=today - YEAR)
    members = Member.objects.visible_to(actor).filter(state__in=MEMBER)
    # Only what everybody may see: a score must not tell of what is not published.
    told = Action.objects.filter(alliance_id=here, published=True)
    tasks = told.exclude(source__in=PRIVATE)
    votes = Resolution.objects.filter(alliance_id=here, about=None)
    posts = list_posts(actor)
    council = held.filter(kind=Meeting.Kind.COUNCIL).count()
    return [
        _activity("council", Label("一年内开过两次理事会", "the council met twice"), council >= 2, meetings.exists()),
        _activity("assembly", Label("一年内开过会员大会", "the assembly met"), held.filter(kind=Meeting.Kind.ASSEMBLY).exists(), meetings.exists()),
        _activity("minutes", Label("会议都有纪要", "all meetings have minutes"), not held.filter(minutes="").exists(), held.exists()),
        _activity("votes", Label("一年内有决议通过", "resolutions were carried"), votes.filter(carried=True, closed_at__date__gte=today - YEAR).exists(), votes.exists()),
        _activity("posts", Label("没有逾期未换届的职务", "no election is overdue"), all(each.standing != "overdue" for each in posts), bool(posts)),
        _activity("tasks", Label("没有逾期的交办", "nothing set is overdue"), not _overdue(tasks, today), tasks.exists()),
        _activity("certificates", Label("成员证书都在有效期内", "all certificates hold"), not members.filter(Q(valid_until=None) | Q(valid_until__lt=today)).exists(), members.exists()),
    ]  # fmt: skip


def _overdue(tasks: Any, today: date) -> bool:
    found: bool = tasks.filter(state=Action.State.OPEN, due_on__lt=today).exists()
    return found


def _activity(name: str, label: Label, done: bool, known: bool) -> Activity:
    """Return an activity of the first part; where there is no record at all it is unknown."""
    return Activity(name, "organisation", label, done if known else None)
