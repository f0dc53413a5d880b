"""The only sender of mail: each letter to one unit, written as that unit would read it itself.

Nothing leaves where ``FENGLIAN_MAIL`` names no server. Addresses come from the contacts of the unit
(class P; the look is logged), and no letter shows another unit's.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.utils.translation import gettext as _

from fenglian.engine.alliance.membership import MEMBER
from fenglian.render.calendar import MEDIA_TYPE, write_calendar
from fenglian.web.access.table import Act, require
from fenglian.web.accounts.actor import Actor
from fenglian.web.accounts.models import Owner
from fenglian.web.alliance import letters
from fenglian.web.alliance.faults import MailOff, MailRefused, NoAddress
from fenglian.web.alliance.models import Member
from fenglian.web.alliance.queries.meetings import MeetingView, find_meeting
from fenglian.web.alliance.queries.members import find_member
from fenglian.web.alliance.queries.readers import reader_of
from fenglian.web.audit.actions import Occurrence, record
from fenglian.web.registry import queries as registry

TABLE = "accounts.owner"  # that a letter went to a unit stands in the log under the unit


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter to one unit."""

    unit: Owner
    subject: str
    words: str
    calendar: bytes = b""


@dataclass(frozen=True, slots=True)
class Sent:
    """How many units a letter went to, and which have no address."""

    units: int
    without: tuple[str, ...]  # names
    reached: frozenset[int] = frozenset()  # primary keys


@transaction.atomic
def mail_welcome(actor: Actor, slug: str) -> Sent:
    """Send a new member its welcome letter.

    Raises ``MailOff``, ``NoAddress``, ``MailRefused``, ``ObjectDoesNotExist``.
    """
    check_mail(actor)
    unit = registry.find_owner(actor, slug)
    view = find_member(reader_of(actor, unit), slug)
    subject = _("Welcome to %(alliance)s") % {"alliance": actor.alliance.name}
    letter = Letter(unit, subject, letters.welcome(view, actor.alliance.name))
    sent = send_letters(actor, "welcome", [letter])
    if not sent.units:
        raise NoAddress(name=unit.name)
    return sent


@transaction.atomic
def mail_notice(actor: Actor, slug: str) -> Sent:
    """Send the notice of a meeting to all members; raises as ``mail_welcome`` does."""
    check_mail(actor)

    def write(reader: Actor, unit: Owner) -> Letter:
        view = find_meeting(reader, slug)
        words = letters.notice(view, actor.alliance.name)
        return Letter(unit, view.line.title, words, _calendar(view))

    return send_letters(actor, "notice", list(to_members(actor, write)))


def check_mail(actor: Actor) -> None:
    """Raise where an actor may send no letters, or none leave the installation."""
    require(actor, Act.KEEP_MEMBERS)
    if not settings.MAIL:
        raise MailOff


def to_members(actor: Actor, write: Callable[[Actor, Owner], Letter | None]) -> Iterator[Letter]:
    """Yield what is written to each member; to whom nothing is to be said, nothing."""
    rows = Member.objects.visible_to(actor).filter(state__in=MEMBER).select_related("owner")
    for row in rows:
        letter = write(reader_of(actor, row.owner), row.owner)
        if letter is not None:
            yield letter


def _calendar(view: MeetingView) -> bytes:
    return write_calendar(
        uid=view.line.slug,
        title=view.line.title,
        place=view.line.place,
        words="\n".join(view.agenda),
        starts_at=view.line.starts_at,
        ends_at=view.line.ends_at,
        stamped_at=view.called_at,
    )


def send_letters(actor: Actor, kind: str, written: list[Letter]) -> Sent:
    """Send letters that have somewhere to go to, and note to which units, never what they said."""
    addresses = _addresses(actor)
    there = [each for each in written if addresses.get(each.unit.pk)]
    if there:
        post_letters([(each, addresses[each.unit.pk]) for each in there])
        record(
            actor,
            [
                Occurrence("mail", TABLE, (each.unit.slug,), each.unit.pk, detail={"kind": kind})
                for each in there
            ],
        )
    without = tuple(each.unit.name for each in written if not addresses.get(each.unit.pk))
    return Sent(len(there), without, frozenset(each.unit.pk for each in there))


def post_letters(letters_to: Iterable[tuple[Letter, list[str]]]) -> None:
    """Hand letters to the mail server; raises ``MailRefused``."""
    messages = [_message(letter, to) for letter, to in letters_to]
    try:
        get_connection().send_messages(messages)
    except (SMTPException, OSError) as fault:
        raise MailRefused(why=type(fault).__name__) from fault


def _addresses(actor: Actor) -> Mapping[int, list[str]]:
    return {owner: _mails(rows) for owner, rows in registry.list_contacts(actor).items()}


def addresses_of(actor: Actor, owner: int) -> list[str]:
    """Return the addresses of one unit, as far as an actor may see them; the look is logged."""
    return _mails(registry.list_contacts(actor, owner).get(owner, ()))


def _mails(rows: Iterable[Mapping[str, Any]]) -> list[str]:
    return [mail for row in rows if "@" in (mail := str(row.get("email") or ""))]


def _message(letter: Letter, to: list[str]) -> EmailMessage:
    message = EmailMessage(letter.subject, letter.words, to=to)
    if letter.calendar:
        message.attach("meeting.ics", letter.calendar, MEDIA_TYPE.partition(";")[0])
    return message
