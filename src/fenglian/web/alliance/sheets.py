"""The workbooks of the secretariat: the member list, and the attendance sheet of a meeting."""

from collections.abc import Sequence
from dataclasses import replace

from django.utils import timezone
from django.utils.translation import override

from fenglian.engine.labels import Label
from fenglian.render.registry_book import Row, write_registry_workbook
from fenglian.web.accounts.actor import Actor
from fenglian.web.alliance import queries
from fenglian.web.alliance.queries import MeetingView
from fenglian.web.alliance.sheet_tables import ACTIONS, ATTENDANCE, MEMBERS, sheet_tables
from fenglian.web.alliance.words import SOURCE_LABELS, STATE_LABELS

INVENTED = Label("演示数据，全为虚构。", "Demo data, all of it invented. ")
NOTHING = Label("", "")
SECRETARIAT, LATE = Label("秘书处", "the secretariat"), Label("（已过期）", ", overdue")
RULES = (
    Label("一行一家单位；表头的次序可以变，不要改表头的字。",
          "One row a unit. Columns may change places, headings keep their words."),
    Label("带 * 的必填。空着表示没有说，不改动已有的记录。",
          "Columns with * are required. An empty cell says nothing, and leaves the record as it is."),
    Label("日期写 2024-05-31。导入前先看：收下、退回、重复各几行，退回的附原因。",
          "Days: 2024-05-31. A look comes first: rows accepted, rejected with reasons, here before."),
    Label("单位名称与登记的相近而不相同的，不会自动归并，退回请您写明。",
          "A name that is only near to a registered one is never merged; the row comes back to you."),
    Label("每列上方写明数据等级：S0 公开，S1 成员。",
          "Above each column stands its class: S0 public, S1 members."),
)  # fmt: skip


def write_members(actor: Actor, language: str) -> bytes:
    """Return the member list as an actor may read it; without members it is a template."""
    rows = queries.list_sheet_members(actor, language)
    return _write(actor, MEMBERS, rows, NOTHING, language)


def write_attendance(actor: Actor, view: MeetingView, language: str) -> bytes:
    """Return the attendance sheet of a meeting, with what is known."""
    line, begins = view.line, timezone.localtime(view.line.starts_at)
    when = f"{begins:%Y-%m-%d %H:%M}"
    about = Label(
        f"{line.title}，{when}，{line.place}。会议编号 {line.slug}。",
        f"{line.title}, {when}, {line.place}, meeting {line.slug}. ",
    )
    rows = queries.list_sheet_presence(actor, view, language)
    return _write(actor, ATTENDANCE, rows, about, language)


def write_actions(actor: Actor, language: str, *, overdue: bool = False) -> bytes:
    """Return what is to be done as far as an actor may see it; what is late first, then what is open."""
    with override(language):
        rows: list[Row] = [
            {
                "number": each.slug,
                "text": each.text,
                "unit": each.unit or SECRETARIAT.text(language),
                "due_on": each.due_on,
                "state": f"{STATE_LABELS[each.state]}{LATE.text(language) if each.overdue else ''}",
                "source": str(SOURCE_LABELS[each.source]),
                "grounds": each.grounds or None,
                "asked_for": each.asked_for or None,
                "evidence": each.evidence or None,
            }
            for each in queries.list_tasks(actor, overdue=overdue)
        ]
    return _write(actor, ACTIONS, rows, NOTHING, language)


def _write(actor: Actor, name: str, rows: Sequence[Row], about: Label, language: str) -> bytes:
    table, invented = sheet_tables()[name], INVENTED if actor.alliance.synthetic else NOTHING
    told = Label(
        f"{invented.zh}{about.zh}{table.about.zh}", f"{invented.en}{about.en}{table.about.en}"
    )
    here = Label(actor.alliance.zh, actor.alliance.en)
    title = Label(f"{here.zh} {table.label.zh}", f"{here.en}: {table.label.en}")
    return write_registry_workbook(
        {name: replace(table, about=told)}, {name: rows}, language, title=title, rules=RULES
    )
