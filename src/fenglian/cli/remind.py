"""Remind units of what is due: list it, or send the letters; made to be run every day."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from fenglian.cli.application import Language, fail, screen
from fenglian.cli.serve import open_database
from fenglian.engine.errors import FenglianError
from fenglian.engine.labels import Label

if TYPE_CHECKING:
    from fenglian.web.alliance.actions import Waiting

Until = Annotated[
    datetime | None,
    typer.Option("--until", formats=["%Y-%m-%d"], help="看到哪一天 / last day that counts"),
]
Send = Annotated[bool, typer.Option("--send", help="把信发出 / send the letters")]
Here = Annotated[
    str, typer.Option("--alliance", help="只一个联盟的简称；不写则全部 / one alliance, else all")
]
STAGES = {"ahead": Label("将到", "to come"), "late": Label("已过", "overdue")}


def run(
    until: Until = None, send: Send = False, alliance: Here = "", lang: Language = "zh"
) -> None:
    """列出各单位快到期、已过期的事；--send 发信，同一件不重发。What is due; --send mails it once."""
    open_database()
    from django.utils.translation import override

    with override("en" if lang.startswith("en") else "zh-hans"):
        for slug, name in find_alliances(alliance, lang).items():
            remind(slug, name, until.date() if until else None, lang, send=send)


def find_alliances(slug: str, language: str) -> dict[str, Label]:
    """Return the name of an alliance by its short name; all of them where none is given."""
    from fenglian.web.accounts.queries import list_alliances

    known = list_alliances()
    found = {each: name for each, name in known.items() if slug in ("", each)}
    if slug and not found:
        names = ", ".join(known) or "–"
        raise fail(
            Label(f"没有联盟“{slug}”。有：{names}。", f"No alliance {slug!r}. There are: {names}."),
            language,
        )
    return found


def remind(slug: str, name: Label, until: date | None, language: str, *, send: bool) -> None:
    """List what units of one alliance are to be reminded of, and send the letters."""
    from fenglian.web.alliance.actions import list_waiting, send_waiting

    console = screen()
    waiting = list_waiting(slug, until)
    nothing = Label("没有要提醒的", "nothing to remind of")
    console.print(name.text(language), style="bold", markup=False, soft_wrap=True)
    for line in [say(each, language) for each in waiting] or [nothing.text(language)]:
        console.print(f"  {line}", markup=False, soft_wrap=True)
    if not send:
        return
    try:
        sent = send_waiting(waiting)
    except FenglianError as fault:
        raise fail(fault, language) from None
    told = Label(f"已向 {sent.units} 家单位发信", f"letters sent to {sent.units} units")
    console.print(f"  {told.text(language)}", markup=False)
    if sent.without:
        names = Label(
            "没有邮箱：" + "、".join(sent.without), "without an address: " + ", ".join(sent.without)
        )
        console.print(f"  {names.text(language)}", markup=False, soft_wrap=True)


def say(waiting: "Waiting", language: str) -> str:
    """Return one unit's line: kinds and days, never the words, which are for the letter alone."""
    from fenglian.engine.alliance.reminders import KINDS

    parts = [
        f"{KINDS[each.due.kind].text(language)} {each.due.day} {STAGES[each.stage].text(language)}"
        for each in waiting.reminders
    ]
    colon, comma = ("：", "；") if language.startswith("zh") else (": ", "; ")
    return f"{waiting.unit.name}{colon}{comma.join(parts)}"
