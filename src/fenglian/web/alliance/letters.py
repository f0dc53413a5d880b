"""What do the alliance's letters say? The same words to be mailed, and to be copied into a chat.

A letter is written as its reader: what it says comes from queries that were asked for that
reader, and can hold nothing else.
"""

from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import gettext as _

from fenglian.engine.alliance.reminders import Reminder
from fenglian.engine.alliance.tiers import TIERS
from fenglian.web.alliance.queries.meetings import MeetingView
from fenglian.web.alliance.queries.members import MemberView
from fenglian.web.alliance.queries.owing import OwingLine
from fenglian.web.alliance.queries.tasks import ActionLine
from fenglian.web.intake.wording import say


def welcome(view: MemberView, alliance: str) -> str:
    """Return the words of a welcome letter to a new member."""
    tier = next((say(label) for name, label in TIERS.items() if name == view.line.tier), "")
    facts = {
        "unit": view.line.name,
        "alliance": alliance,
        "tier": tier,
        "since": view.line.member_since,
        "certificate": view.line.certificate or _("to be issued"),
        "known": view.line.known,
        "asked": view.line.asked,
    }
    return (
        _(
            "To %(unit)s,\n\nwelcome to %(alliance)s. You are a %(tier)s since %(since)s; your certificate is number "
            "%(certificate)s.\n\nOf your unit's data %(known)s of %(asked)s questions are answered. Please answer the others "
            "under “Our unit”: what you enter is yours, and you see who reads it.\n\nThe secretariat of %(alliance)s"
        )
        % facts
    )


def notice(view: MeetingView, alliance: str) -> str:
    """Return the notice of a meeting."""
    starts = timezone.localtime(view.line.starts_at)
    ends = timezone.localtime(view.line.ends_at)
    agenda = "\n".join(f"{number}. {item}" for number, item in enumerate(view.agenda, 1))
    facts = {
        "title": view.line.title,
        "day": starts.date().isoformat(),
        "from": f"{starts:%H:%M}",
        "to": f"{ends:%H:%M}" if ends.date() == starts.date() else f"{ends:%Y-%m-%d %H:%M}",
        "place": view.line.place,
        "agenda": agenda or _("to follow"),
        "alliance": alliance,
    }
    return (
        _(
            "Notice: %(title)s\n\nTime: %(day)s %(from)s to %(to)s\nPlace: %(place)s\nAgenda:\n%(agenda)s\n\n"
            "Please tell the secretariat who comes for your unit.\nThe secretariat of %(alliance)s"
        )
        % facts
    )


def reminder(unit: str, lines: Iterable[ActionLine], alliance: str) -> str:
    """Return what reminds a unit of what it is to do."""
    rows: list[str] = []
    for each in lines:
        facts = {"text": each.text, "day": each.due_on.isoformat()}
        words = (
            _("%(text)s (due %(day)s, overdue)") if each.overdue else _("%(text)s (due %(day)s)")
        )
        rows.append(f"{len(rows) + 1}. {words % facts}")
    facts = {"unit": unit, "alliance": alliance, "tasks": "\n".join(rows)}
    return (
        _(
            "To %(unit)s,\n\nthis is due before long, or overdue:\n%(tasks)s\n\nPlease say under “To be done” "
            "what became of it.\nThe secretariat of %(alliance)s"
        )
        % facts
    )


def dues(unit: str, reminders: Iterable[Reminder], alliance: str) -> str:
    """Return what reminds a unit of all of its own that has a day."""
    rows = [f"{number}. {_say_due(each)}" for number, each in enumerate(reminders, 1)]
    facts = {"unit": unit, "alliance": alliance, "rows": "\n".join(rows)}
    return (
        _(
            "To %(unit)s,\n\nplease remember:\n%(rows)s\n\nEach of it stands under “Alliance”, where you can also "
            "say what became of it.\nThe secretariat of %(alliance)s"
        )
        % facts
    )


def owing(line: OwingLine, alliance: str) -> str:
    """Return what asks a member for its fee or its yearly check."""
    member, rows = line.line, []
    if line.fees:
        days = ", ".join(day.isoformat() for day in line.fees)
        facts = {"days": days, "yuan": line.total if line.total is not None else "–"}
        rows.append(_("The fee that fell due on %(days)s is not noted: %(yuan)s yuan") % facts)
    if not member.certificate:
        rows.append(_("No certificate has been issued yet"))
    elif member.ends_soon and member.valid_until:
        told = {"text": member.certificate, "day": member.valid_until.isoformat()}
        rows.append(
            _("Certificate %(text)s ran out on %(day)s: the yearly check renews it") % told
            if line.late
            else _("Certificate %(text)s holds until %(day)s: the yearly check renews it") % told
        )
    numbered = "\n".join(f"{number}. {words}" for number, words in enumerate(rows, 1))
    facts = {"unit": member.name, "alliance": alliance, "rows": numbered}
    return (
        _("To %(unit)s,\n\nplease remember:\n%(rows)s\n\nThe secretariat of %(alliance)s") % facts
    )


def _say_due(reminder: Reminder) -> str:
    words = {
        ("task", "ahead"): _("%(text)s (due %(day)s)"),
        ("task", "late"): _("%(text)s (due %(day)s, overdue)"),
        ("meeting", "ahead"): _("Meeting on %(day)s: %(text)s"),
        ("certificate", "ahead"): _("Certificate %(text)s holds until %(day)s: the yearly check renews it"),
        ("certificate", "late"): _("Certificate %(text)s ran out on %(day)s: the yearly check renews it"),
        ("term", "ahead"): _("The term as %(text)s ends on %(day)s: an election is due"),
        ("term", "late"): _("The term as %(text)s ended on %(day)s: the election is overdue"),
    }  # fmt: skip
    due = reminder.due
    return words[due.kind, reminder.stage] % {"text": due.words, "day": due.day.isoformat()}
