"""Who is a member, and what is to be done by whom?"""

from pathlib import Path
from typing import Annotated

import typer

from fenglian.cli.alliance.acting import KeyFile, acting, print_rows, print_title, write_file
from fenglian.cli.application import Language, screen
from fenglian.engine.labels import Label

Out = Annotated[
    Path | None, typer.Option("--out", help="会员名单写成 xlsx / the member list, as xlsx")
]
Sheet = Annotated[Path | None, typer.Option("--out", help="写成 xlsx / write it as xlsx")]
Overdue = Annotated[bool, typer.Option("--overdue", help="只列过期的 / only what is overdue")]
Everything = Annotated[bool, typer.Option("--all", help="也列办结的 / what is done too")]
MEMBER_HEADS = (
    Label("单位", "unit"),
    Label("级别", "tier"),
    Label("状态", "state"),
    Label("入会日期", "member since"),
    Label("职务", "posts"),
    Label("代表", "representative"),
)
ACTION_HEADS = (
    Label("期限", "due"),
    Label("状态", "state"),
    Label("单位", "unit"),
    Label("要办的事", "what is to be done"),
    Label("依据", "grounds"),
)
SECRETARIAT = Label("秘书处", "the secretariat")
LATE, SOON = Label("已过期", "overdue"), Label("快到期", "due soon")


def members(out: Out = None, key_file: KeyFile = None, lang: Language = "zh") -> None:
    """会员名单：级别、职务、代表、入会日期。The members: tier, posts, representative, since when."""
    with acting(key_file, lang) as actor:
        from fenglian.engine.alliance.tiers import TIERS, check_tier
        from fenglian.web.alliance.queries import list_sheet_members
        from fenglian.web.alliance.sheets import write_members

        if out is not None:
            write_file(out, write_members(actor, lang))
            return
        rows = list_sheet_members(actor, lang)
        count = Label(f"会员 {len(rows)} 家", f"{len(rows)} members")
        print_title(actor, count, lang)
        shown = (
            (
                row["unit"],
                TIERS[check_tier(str(row["tier"]))].text(lang),
                row["state"],
                row["since"],
                row["posts"],
                " ".join(str(row[name] or "") for name in ("delegate", "delegate_title")).strip(),
            )
            for row in rows
        )
        print_rows(MEMBER_HEADS, shown, lang)


def actions(
    overdue: Overdue = False,
    everything: Everything = False,
    out: Sheet = None,
    key_file: KeyFile = None,
    lang: Language = "zh",
) -> None:
    """要办的事：谁办、何时到期。What is to be done: by whom, and by when."""
    with acting(key_file, lang) as actor:
        from fenglian.web.alliance.queries import list_tasks
        from fenglian.web.alliance.sheets import write_actions
        from fenglian.web.alliance.words import STATE_LABELS

        if out is not None:
            write_file(out, write_actions(actor, lang, overdue=overdue))
            return
        found = list_tasks(actor, overdue=overdue)
        lines = [each for each in found if everything or each.state == "open"]
        print_title(actor, Label(f"要办的事 {len(lines)} 件", f"{len(lines)} things to do"), lang)
        late, soon = (f" {each.text(lang)}" for each in (LATE, SOON))
        rows = (
            (
                each.due_on,
                f"{STATE_LABELS[each.state]}{late if each.overdue else soon if each.due_soon else ''}",
                each.unit or SECRETARIAT.text(lang),
                each.text,
                each.grounds,
            )
            for each in lines
        )
        print_rows(ACTION_HEADS, rows, lang)
        if not lines:
            screen().print(Label("没有。", "None.").text(lang))
