"""When does the alliance meet, who came, was there a quorum, and what was decided?"""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fenglian.cli.alliance.acting import KeyFile, acting, print_rows, print_title, write_file
from fenglian.cli.application import Language, fail, printable, screen
from fenglian.engine.labels import Label

if TYPE_CHECKING:
    from fenglian.web.accounts.actor import Actor
    from fenglian.web.alliance.queries import MeetingLine, MeetingView

Ics = Annotated[
    Path | None,
    typer.Option(
        "--ics", help="每次会议一个 .ics，写到这个文件夹 / an .ics each, into this folder"
    ),
]
Which = Annotated[
    str, typer.Argument(help="meetings 列出的序号或编号 / number or id, as meetings lists them")
]
HEADS = (
    Label("序号", "no."),
    Label("编号", "id"),
    Label("时间", "when"),
    Label("类别", "kind"),
    Label("会议", "meeting"),
    Label("地点", "place"),
)
CAME, STOOD_IN = Label("到会", "came"), Label("委托代表", "represented")
ABSENT, BY_CODE = Label("未到", "absent"), Label("扫码签到，待确认", "by QR code, to be confirmed")


def meetings(ics: Ics = None, key_file: KeyFile = None, lang: Language = "zh") -> None:
    """会议，最近的在前；--ics 写日历文件。The meetings, the latest first; --ics writes calendars."""
    with acting(key_file, lang) as actor:
        from django.utils import timezone

        from fenglian.web.alliance.queries import list_meetings
        from fenglian.web.alliance.words import MEETING_LABELS

        lines = list_meetings(actor)
        if ics is not None:
            write_calendars(actor, lines, ics)
            return
        print_title(actor, Label(f"会议 {len(lines)} 次", f"{len(lines)} meetings"), lang)
        rows = (
            (
                number,
                each.slug,
                f"{timezone.localtime(each.starts_at):%Y-%m-%d %H:%M}",
                MEETING_LABELS[each.kind],
                each.title,
                each.place,
            )
            for number, each in enumerate(lines, start=1)
        )
        print_rows(HEADS, rows, lang)


def write_calendars(actor: "Actor", lines: "Iterable[MeetingLine]", folder: Path) -> None:
    """Write a calendar file a meeting."""
    from fenglian.render.calendar import write_calendar
    from fenglian.web.alliance.queries import find_meeting

    folder.mkdir(parents=True, exist_ok=True)
    for line in lines:
        view = find_meeting(actor, line.slug)
        content = write_calendar(
            uid=line.slug,
            title=line.title,
            place=line.place,
            words="\n".join(view.agenda),
            starts_at=line.starts_at,
            ends_at=line.ends_at,
            stamped_at=view.called_at,
        )
        write_file(folder / f"meeting-{line.slug}.ics", content)


def find_view(actor: "Actor", which: str, language: str) -> "MeetingView":
    """Return a meeting by its number in the list, or its id."""
    from fenglian.web.alliance.queries import find_meeting, list_meetings

    lines = list_meetings(actor)
    if which.isascii() and which.isdigit() and 1 <= int(which) <= len(lines):
        return find_meeting(actor, lines[int(which) - 1].slug)
    found = [each for each in lines if each.slug == which]
    if not found:
        shown = printable(which)
        raise fail(
            Label(
                f"没有会议“{shown}”。请用 fenglian alliance meetings 看序号和编号（1–{len(lines)}）。",
                f"No meeting {shown!r}. See fenglian alliance meetings for numbers and ids "
                f"(1–{len(lines)}).",
            ),
            language,
        )
    return find_meeting(actor, which)


def meeting(which: Which, key_file: KeyFile = None, lang: Language = "zh") -> None:
    """一次会议：到会、法定人数、决议。One meeting: who came, the quorum, the resolutions."""
    with acting(key_file, lang) as actor:
        view = find_view(actor, which, lang)
        print_title(actor, Label(view.line.title, view.line.title), lang)
        for line in describe(view, lang):
            screen().print(printable(line), markup=False, soft_wrap=True)


def describe(view: "MeetingView", language: str) -> list[str]:
    """Return a meeting, a line a thing."""
    from django.utils import timezone

    from fenglian.web.alliance.presentation import show_resolutions
    from fenglian.web.alliance.words import MEETING_LABELS

    line, begins = view.line, timezone.localtime(view.line.starts_at)
    found = [f"{begins:%Y-%m-%d %H:%M}  {MEETING_LABELS[line.kind]}  {line.place}"]
    found += [f"{number}. {item}" for number, item in enumerate(view.agenda, start=1)]
    if view.quorum:
        facts = view.quorum
        reached = (
            Label("达到法定人数", "a quorum")
            if facts.reached
            else Label("未达法定人数", "no quorum")
        )
        words = Label(
            f"有表决权 {facts.entitled} 家，到会 {facts.present} 家，须 {facts.needed} 家",
            f"{facts.present} of {facts.entitled} units with a vote; {facts.needed} needed",
        )
        found.append(f"{reached.text(language)}: {words.text(language)}")
    for each in (*view.came, *view.absent):
        label = {"came": CAME, "represented": STOOD_IN, "absent": ABSENT}[each.how]
        who = "  ".join(filter(None, (each.names, each.stands_in)))
        count = "" if each.persons is None else f"  {each.persons}"
        unsure = f"  [{BY_CODE.text(language)}]" if each.by_code else ""
        found.append(f"{label.text(language)}  {each.unit}{count}  {who}{unsure}".rstrip())
    found += [f"[{each.outcome}]  {each.text}" for each in show_resolutions(view.resolutions)]
    return found


def minutes(which: Which, key_file: KeyFile = None, lang: Language = "zh") -> None:
    """会议纪要全文。The minutes of a meeting."""
    with acting(key_file, lang) as actor:
        view = find_view(actor, which, lang)
        print_title(actor, Label(view.line.title, view.line.title), lang)
        if not view.minutes:
            raise fail(Label("还没有纪要。", "There are no minutes yet."), lang)
        for line in view.minutes.splitlines():
            screen().print(printable(line), markup=False, soft_wrap=True)
