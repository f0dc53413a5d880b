"""The only writer of reminders: what is due goes to its unit once, and once more when it is late.

The secretariat reminds by a button, of tasks, as often as it likes. The installation reminds by
itself, of all that has a day, and nobody twice of the same: a letter and the note of it are one
transaction a unit. It reads and writes as the unit that the letter goes to, and nobody else.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from fenglian.engine.alliance.reminders import Due, Reminder, find_reminders
from fenglian.web.access.wall import on_behalf_of_the_house
from fenglian.web.accounts.actor import Actor
from fenglian.web.accounts.models import Alliance, Owner
from fenglian.web.accounts.queries import find_alliance
from fenglian.web.alliance import letters
from fenglian.web.alliance.actions.mailing import (
    TABLE,
    Letter,
    Sent,
    addresses_of,
    check_mail,
    post_letters,
    send_letters,
    to_members,
)
from fenglian.web.alliance.faults import MailOff
from fenglian.web.alliance.models import Told
from fenglian.web.alliance.queries.readers import reader_in
from fenglian.web.alliance.queries.reminders import list_dues, notice_of
from fenglian.web.alliance.queries.tasks import ActionLine, list_due
from fenglian.web.audit.actions import Occurrence, System, record

WHO = "fenglian remind"


@transaction.atomic
def mail_reminders(actor: Actor) -> Sent:
    """Remind every member of what it is to do before long; raises as ``mail_welcome`` does."""
    check_mail(actor)
    due: dict[int, list[ActionLine]] = {}

    def write(reader: Actor, unit: Owner) -> Letter | None:
        due[unit.pk] = lines = list_due(reader)
        if not lines:
            return None
        subject = _("To be done: a reminder")
        return Letter(unit, subject, letters.reminder(unit.name, lines, actor.alliance.name))

    sent = send_letters(actor, "reminder", list(to_members(actor, write)))
    for owner in sent.reached:
        _note_told(actor.alliance.id, owner, [_reminder_of(each) for each in due[owner]])
    return sent


def _reminder_of(line: ActionLine) -> Reminder:
    due = Due("task", line.slug, line.due_on)
    return Reminder(due, "late" if line.overdue else "ahead")


@dataclass(frozen=True, slots=True)
class Waiting:
    """A unit with what it is to be reminded of; ``reader`` is as whom the letter is written."""

    unit: Owner
    reader: Actor
    reminders: tuple[Reminder, ...]


def list_waiting(alliance: str, until: date | None = None) -> list[Waiting]:
    """Return the units of an alliance that are to be reminded of something today, by name.

    Raises ``ObjectDoesNotExist`` where there is no alliance of that short name.
    """
    return [each for each in _waiting(find_alliance(alliance), until) if each.reminders]


def _waiting(here: Alliance, until: date | None) -> Iterator[Waiting]:
    today = timezone.localdate()
    rows = Owner.objects.filter(alliance_id=here.pk)
    for unit in rows.filter(Q(left_on=None) | Q(left_on__gt=today)).order_by("name"):
        reader = reader_in(here, unit, WHO)
        found = find_reminders(
            list_dues(reader),
            today,
            until=until,
            notice=notice_of(reader),
            told=_told(unit.pk),
        )
        yield Waiting(unit, reader, found)


def send_waiting(waiting: Iterable[Waiting]) -> Sent:
    """Send each unit one letter with all it is to be reminded of, and note that it was.

    Raises
    ------
    MailOff, MailRefused
        Where no mail leaves, or the server takes none; what went out before stands, and the rest
        is due as it was.
    """
    if not settings.MAIL:
        raise MailOff
    reached, without = set(), []
    for each in waiting:
        if _send(each):
            reached.add(each.unit.pk)
        else:
            without.append(each.unit.name)
    return Sent(len(reached), tuple(without), frozenset(reached))


def _send(waiting: Waiting) -> bool:
    """Send one unit its letter; return whether it has an address."""
    # A transaction of its own: the log is not held up while the mail server thinks.
    to = addresses_of(waiting.reader, waiting.unit.pk)
    if to:
        _write(waiting, to)
    return bool(to)


@transaction.atomic
def _write(waiting: Waiting, to: list[str]) -> None:
    """Send what the unit was not told meanwhile, and note it: both, or neither."""
    unit = Owner.objects.select_for_update().get(pk=waiting.unit.pk)
    told = _told(unit.pk)  # anew: another run may have been quicker
    fresh = [each for each in waiting.reminders if _key(each) not in told]
    if not fresh:
        return
    here = waiting.reader.alliance
    subject = _("A reminder from %(alliance)s") % {"alliance": here.name}
    _note_told(here.id, unit.pk, fresh)
    post_letters([(Letter(unit, subject, letters.dues(unit.name, fresh, here.name)), to)])
    done = Occurrence("mail", TABLE, (unit.slug,), unit.pk, detail={"kind": "reminder"})
    record(System(WHO, here.slug), [done])


def _key(each: Reminder) -> tuple[str, str, date, str]:
    return each.due.kind, each.due.key, each.due.day, each.stage


def _told(owner: int) -> Collection[tuple[str, str, date, str]]:
    rows = Told.objects.whole().filter(owner_id=owner)
    return set(rows.values_list("kind", "thing", "day", "stage"))


def _note_told(alliance: int, owner: int, reminders: Iterable[Reminder]) -> None:
    now = timezone.now()
    with on_behalf_of_the_house():
        Told.objects.bulk_create(
            [
                Told(
                    alliance_id=alliance,
                    owner_id=owner,
                    kind=each.due.kind,
                    thing=each.due.key,
                    day=each.due.day,
                    stage=each.stage,
                    told_at=now,
                )
                for each in reminders
            ],
            ignore_conflicts=True,  # the secretariat may remind again by hand
        )
