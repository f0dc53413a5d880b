"""The only writer of the charter's versions; a version is never changed, another takes its place."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.utils import timezone

from fenglian.engine.alliance.charter import read_charter, spell_charter
from fenglian.web.access.table import Act, require
from fenglian.web.accounts.actor import Actor
from fenglian.web.alliance.actions.records import note, said
from fenglian.web.alliance.faults import CharterDay, NotCarried
from fenglian.web.alliance.models import Charter, Resolution


@dataclass(frozen=True, slots=True)
class Text:
    """A version as it was adopted."""

    title: str
    text: str
    since: date
    numbers: Mapping[str, str] = field(default_factory=dict)
    resolution: str = ""  # address of the one that adopted it
    grounds: str = ""  # where that is not on record here


@transaction.atomic
def adopt_charter(actor: Actor, version: Text) -> str:
    """Keep a version of the charter from the day on which it holds, and return its address.

    Raises
    ------
    NotPermitted, FieldMissing, UnreadableCharter
        Where the role keeps no charter, or something is missing or cannot be read.
    NotCarried, CharterDay
        Where the resolution named was not carried, or a version begins on that day already.
    """
    require(actor, Act.KEEP_MEMBERS)
    numbers = spell_charter(read_charter(version.numbers))
    rows = Charter.objects.filter(alliance_id=actor.alliance.id)
    if rows.filter(since=version.since).exists():
        raise CharterDay(day=version.since)
    resolution = _carried(actor, version.resolution) if version.resolution else ""
    row = Charter.objects.create(
        alliance_id=actor.alliance.id,
        title=said(version.title, "章程名称", "the charter's title"),
        text=said(version.text, "章程正文", "the text of the charter"),
        numbers=numbers,
        since=version.since,
        resolution=resolution,
        grounds=version.grounds.strip()
        if resolution
        else said(version.grounds, "通过的依据", "what adopted it"),
        noted_at=timezone.now(),
        noted_by_id=actor.user,
    )
    note(actor, "add", row, since=version.since)
    return row.slug


def _carried(actor: Actor, slug: str) -> str:
    rows = Resolution.objects.filter(alliance_id=actor.alliance.id, slug=slug, carried=True)
    if not rows.exists():
        raise NotCarried
    return slug
