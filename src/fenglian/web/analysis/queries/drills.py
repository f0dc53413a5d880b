"""What goes into a drill, which drills does a unit keep, and who was asked and answered?

Always for an actor: of stocks, free capacity and agreements only what the table of rights lets the
actor use goes in, and each look is logged.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ObjectDoesNotExist
from django.utils import timezone

from fenglian.engine.chain.drill_chain import Told, ToldRoom, ToldStock
from fenglian.engine.chain.intervals import Interval
from fenglian.engine.chain.records import Supply
from fenglian.engine.disclosure.classes import DataClass, highest
from fenglian.engine.labels import Label
from fenglian.engine.quantities import Quantity
from fenglian.web.access.reading import look_at
from fenglian.web.access.rights import Right, ever
from fenglian.web.access.table import Act, require
from fenglian.web.accounts.actor import Actor
from fenglian.web.analysis.models import Answer, Drill, Notice
from fenglian.web.chain.queries import OpenChain, party_ids
from fenglian.web.contracts.queries import Book, open_book
from fenglian.web.registry import records
from fenglian.web.registry.models import Organisation
from fenglian.web.registry.queries import CapacityRow, list_capacities
from fenglian.web.sql import fetch

MONTHS = 12
# The number alone, on every page, of notices to the actor's own unit: the condition of ``answer``.
COUNT_WAITING = """
    SELECT count(*) FROM analysis_notice
    WHERE alliance_id = %s AND party_id = %s AND ended_at IS NULL AND answered = %s"""


@dataclass(frozen=True, slots=True)
class Heard:
    """What goes into a drill besides the chain, and its class."""

    told: Told
    data_class: DataClass


@dataclass(frozen=True, slots=True)
class DrillLine:
    """A drill that a unit keeps."""

    slug: str
    stop: str
    weeks: int
    share: int
    ready_day: int
    scenario: str
    kept_by: str
    kept_at: datetime
    closed: bool
    own: bool  # of the reader's unit


@dataclass(frozen=True, slots=True)
class Reply:
    """What was answered, by whom and when."""

    verdict: str
    stock_days: int | None
    room_yuan: float | None  # a month
    from_day: int | None
    words: str
    by: str
    at: datetime
    stands: bool  # no later answer took its place


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """Who was asked what, and what came back."""

    slug: str
    asker: str  # name of the unit that drills
    organisation: str
    name: str
    product: str
    asks: tuple[str, ...]
    stopped: tuple[str, ...]
    weeks: int
    share: int
    words: str
    task: str
    due_on: date
    sent_by: str
    sent_at: datetime
    closed: bool
    overdue: bool
    replies: tuple[Reply, ...]  # the earliest first

    @property
    def reply(self) -> Reply | None:
        """The answer that stands."""
        return next((each for each in self.replies if each.stands), None)


def hear(actor: Actor, view: OpenChain, drill: str = "") -> Heard:
    """Return what an actor may use of what units say, and what was answered to a drill."""
    book = open_book(actor)
    rows = list_capacities(actor)
    replies = _replies(actor, _sent(actor, drill)) if drill else []
    listed, known = _organisations(actor, view.region), party_ids(actor, book)
    supplies = tuple(_supplies(book, known))
    stocks = [
        ToldStock(known.get(each.buyer, each.buyer), each.product, float(each.stock_days))
        for each in book.needs
        if each.stock_days is not None
    ]
    rooms = list(_filed_rooms(rows, listed))
    answers = [
        (notice, reply) for notice, own in replies for reply in own if reply.ended_at is None
    ]
    for notice, reply in answers:
        if reply.stock_days is not None:
            stocks.append(ToldStock(notice.organisation, notice.product, float(reply.stock_days)))
        if reply.room_yuan is not None:
            rooms.append(ToldRoom(notice.organisation, yuan=MONTHS * float(reply.room_yuan)))
    classes = [view.chain.data_class, book.data_class]
    classes += [DataClass.S2] if rooms or answers else []
    names = tuple(
        (known.get(key, key), Label(each.name, each.name)) for key, each in book.parties.items()
    )
    return Heard(Told(supplies, tuple(stocks), tuple(rooms), names), highest(classes))


def _organisations(actor: Actor, region: str) -> dict[str, str]:
    """Return key of the registry → id in the region pack, of those that the pack lists."""
    start = f"{region}/organisations/"
    rows = Organisation.objects.filter(alliance_id=actor.alliance.id, listed=True)
    return {
        key: number.removeprefix(start)
        for key, record in rows.values_list("key", "record")
        for number in records.ORGANISATION.unpack(record).evidence
        if number.startswith(start)
    }


def owners_of(actor: Actor, organisations: Iterable[str]) -> dict[str, int]:
    """Return the units that organisations of the region pack are, where they are units here."""
    start, wanted = f"{actor.alliance.pack}/organisations/", set(organisations)
    rows = Organisation.objects.filter(alliance_id=actor.alliance.id, owner__left_on=None)
    return {
        number.removeprefix(start): owner
        for owner, record in rows.exclude(owner=None).values_list("owner_id", "record")
        for number in records.ORGANISATION.unpack(record).evidence
        if number.startswith(start) and number.removeprefix(start) in wanted
    }


def own_organisation(actor: Actor) -> str:
    """Return the organisation of the region pack that the actor's own unit is; empty: none."""
    start = f"{actor.alliance.pack}/organisations/"
    rows = Organisation.objects.filter(alliance_id=actor.alliance.id, owner_id=actor.owner or 0)
    return next(
        (
            number.removeprefix(start)
            for record in rows.values_list("record", flat=True)
            for number in records.ORGANISATION.unpack(record).evidence
            if number.startswith(start)
        ),
        "",
    )


def _supplies(book: Book, known: dict[str, str]) -> Iterator[Supply]:
    """Return the agreements of the ledger as links; what one side says counts."""
    for each in book.contracts:
        if each.supplier is None or each.buyer is None or not each.product:
            continue
        low, high = (
            None if end is None else float(end) for end in (each.amount.low, each.amount.high)
        )
        middle = (low + high) / 2 if low is not None and high is not None else None
        yield Supply(
            supplier=known.get(each.supplier, each.supplier),
            buyer=known.get(each.buyer, each.buyer),
            product=each.product,
            kind=each.kind,
            signed=each.signed_on.isoformat() if each.signed_on else "",
            amount=Interval(low, middle, high),
            sources=(),
            assumed=False,
        )


def _filed_rooms(rows: Iterable[CapacityRow], known: dict[str, str]) -> Iterator[ToldRoom]:
    """Return the free capacity that was filed, as a share of what is in use."""
    for row in rows:
        whole, free = row.values.get("quantity"), row.values.get("free")
        if not isinstance(whole, Quantity) or not isinstance(free, Quantity):
            continue
        used = float(whole.figure) - float(free.figure)
        if whole.unit == free.unit and used > 0 and row.unit.key in known:
            yield ToldRoom(known[row.unit.key], share=float(free.figure) / used)


def list_drills(actor: Actor) -> list[DrillLine]:
    """Return the drills that an actor may read, the latest first."""
    require(actor, Act.READ)
    if not ever(actor.role, Drill.data_class):
        return []
    rows = Drill.objects.visible_to(actor).select_related("kept_by")
    return [_line(actor, row) for row in look_at(actor, rows)]


def find_drill(actor: Actor, slug: str) -> DrillLine:
    """Return a drill of the actor's own unit; raises ``ObjectDoesNotExist`` for any other."""
    if actor.owner is None or not ever(actor.role, Drill.data_class):
        raise ObjectDoesNotExist
    rows = Drill.objects.visible_to(actor).filter(slug=slug, owner_id=actor.owner)
    found = look_at(actor, rows.select_related("kept_by"))
    if not found:
        raise ObjectDoesNotExist
    return _line(actor, found[0])


def _line(actor: Actor, row: Drill) -> DrillLine:
    return DrillLine(
        slug=row.slug,
        stop=row.stop,
        weeks=row.weeks,
        share=row.share,
        ready_day=row.ready_day,
        scenario=row.scenario,
        kept_by=str(row.kept_by),
        kept_at=row.kept_at,
        closed=row.ended_at is not None,
        own=row.owner_id == actor.owner,
    )


def list_notices(actor: Actor, drill: str) -> list[NoticeLine]:
    """Return the notices of a drill of the own unit, with the answers, the earliest first."""
    return [
        _notice_line(notice, replies) for notice, replies in _replies(actor, _sent(actor, drill))
    ]


def list_asked(actor: Actor) -> list[NoticeLine]:
    """Return the notices to the actor's own unit, the latest first, with its own answers."""
    require(actor, Act.READ)
    found = [each for each in _notices(actor) if actor.owner and each.party_id == actor.owner]
    return [_notice_line(notice, replies) for notice, replies in _replies(actor, found)]


def find_asked(actor: Actor, slug: str) -> NoticeLine:
    """Return a notice to the actor's own unit; raises ``ObjectDoesNotExist`` for any other."""
    found = next((each for each in list_asked(actor) if each.slug == slug), None)
    if found is None:
        raise ObjectDoesNotExist
    return found


def count_waiting(actor: Actor) -> int:
    """Return how many notices wait for the answer of the actor's unit."""
    if actor.owner is None or not ever(actor.role, Notice.data_class, Right.ANSWER):
        return 0
    [[count]] = fetch(COUNT_WAITING, (actor.alliance.id, actor.owner, False))
    return int(count)


def _notices(actor: Actor) -> list[Notice]:
    if actor.owner is None or not ever(actor.role, Notice.data_class):
        return []
    rows = Notice.objects.visible_to(actor).select_related("owner", "sent_by")
    return look_at(actor, rows)


def _sent(actor: Actor, drill: str) -> list[Notice]:
    if actor.owner is None or not ever(actor.role, Drill.data_class):
        return []
    rows = Notice.objects.visible_to(actor).filter(drill__slug=drill, owner_id=actor.owner)
    return list(reversed(look_at(actor, rows.select_related("owner", "sent_by"))))


def _replies(actor: Actor, notices: list[Notice]) -> list[tuple[Notice, list[Answer]]]:
    if not notices:
        return []
    numbers = [each.pk for each in notices]
    rows = Answer.objects.visible_to(actor).filter(notice_id__in=numbers)
    found = look_at(actor, rows.select_related("answered_by"))
    return [(each, [row for row in found if row.notice_id == each.pk]) for each in notices]


def _notice_line(notice: Notice, replies: list[Answer]) -> NoticeLine:
    told, stands = notice.told, notice.ended_at is None
    return NoticeLine(
        slug=notice.slug,
        asker=notice.owner.name,
        organisation=notice.organisation,
        name=notice.name,
        product=notice.product,
        asks=tuple(notice.asks),
        stopped=tuple(told["stopped"]),
        weeks=told["weeks"],
        share=told["share"],
        words=notice.words,
        task=notice.task,
        due_on=notice.due_on,
        sent_by=str(notice.sent_by),
        sent_at=notice.sent_at,
        closed=not stands,
        overdue=stands and not replies and notice.due_on < timezone.localdate(),
        replies=tuple(_reply(each) for each in replies),
    )


def _reply(row: Answer) -> Reply:
    return Reply(
        verdict=row.verdict,
        stock_days=row.stock_days,
        room_yuan=None if row.room_yuan is None else float(row.room_yuan),
        from_day=row.from_day,
        words=row.words,
        by=str(row.answered_by),
        at=row.answered_at,
        stands=row.ended_at is None,
    )
