"""The secretariat's workbooks: an attendance sheet out, a filled-in one or a member list in."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fenglian.cli.alliance.acting import KeyFile, acting, print_title, write_file
from fenglian.cli.alliance.meetings import Which, find_view
from fenglian.cli.application import Language, printable, screen
from fenglian.engine.labels import Label

if TYPE_CHECKING:
    from fenglian.web.accounts.actor import Actor
    from fenglian.web.registry.actions import Brought

File = Annotated[Path, typer.Argument(help="xlsx、xls、ods 或 CSV / xlsx, xls, ods or CSV")]
Out = Annotated[Path, typer.Option("--out", help="写到哪个文件 / file to write")]
Commit = Annotated[bool, typer.Option("--commit", help="收下；不写只看 / keep it, else only look")]
Rejected = Annotated[
    Path | None, typer.Option("--rejected", help="退回的行写成 xlsx / rows not taken, as xlsx")
]
SHOWN = 20  # faults and warnings on the screen; the workbook of rejected rows has all
KEPT, LOOKED = (
    Label("已收下", "kept"),
    Label("只看了，没有收；收下请加 --commit", "only looked at; --commit keeps it"),
)


def attendance(which: Which, out: Out, key_file: KeyFile = None, lang: Language = "zh") -> None:
    """一次会议的签到表（xlsx）。The attendance sheet of a meeting, as xlsx."""
    with acting(key_file, lang) as actor:
        from fenglian.web.alliance.sheets import write_attendance

        write_file(out, write_attendance(actor, find_view(actor, which, lang), lang))


def import_attendance(
    which: Which,
    file: File,
    commit: Commit = False,
    rejected: Rejected = None,
    key_file: KeyFile = None,
    lang: Language = "zh",
) -> None:
    """签到表导入：先看，--commit 收下。An attendance sheet: looked at, kept with --commit."""
    with acting(key_file, lang) as actor:
        from fenglian.web.alliance.actions import bring_attendance

        slug = find_view(actor, which, lang).line.slug
        report(
            actor,
            lambda content: bring_attendance(
                actor, slug, content=content, name=printable(file.name), keep=commit
            ),
            file,
            rejected,
            lang,
        )


def import_members(
    file: File,
    commit: Commit = False,
    rejected: Rejected = None,
    key_file: KeyFile = None,
    lang: Language = "zh",
) -> None:
    """会员名单导入：先看，--commit 收下。A member list: looked at, kept with --commit."""
    with acting(key_file, lang) as actor:
        from fenglian.web.alliance.actions import bring_members

        report(
            actor,
            lambda content: bring_members(
                actor, content=content, name=printable(file.name), keep=commit
            ),
            file,
            rejected,
            lang,
        )


def report(
    actor: "Actor",
    bring: "Callable[[bytes], Brought]",
    file: Path,
    rejected: Path | None,
    language: str,
) -> None:
    """Bring a file in, and print what became of its rows: in = accepted + rejected + here before."""
    brought = bring(file.read_bytes())
    receipt = brought.receipt
    print_title(actor, Label(printable(file.name), printable(file.name)), language)
    counted = Label(
        f"行 {len(receipt.rows):,} = 收下 {receipt.accepted:,} + 退回 {receipt.rejected:,} "
        f"+ 重复 {receipt.duplicate:,}（{(KEPT if brought.kept else LOOKED).zh}）",
        f"rows {len(receipt.rows):,} = accepted {receipt.accepted:,} + rejected "
        f"{receipt.rejected:,} + duplicate {receipt.duplicate:,} "
        f"({(KEPT if brought.kept else LOOKED).en})",
    )
    console = screen()
    console.print(counted.text(language), markup=False, soft_wrap=True)
    warnings = [*receipt.warnings, *(each for row in receipt.rows for each in row.warnings)]
    for style, found in (("red", receipt.faults), ("yellow", warnings)):
        for each in list(found)[:SHOWN]:
            words = printable(each.message(language))
            console.print(f"- {words}", style=style, markup=False, soft_wrap=True)
        if (more := len(found) - SHOWN) > 0:
            console.print(Label(f"- 另有 {more} 条", f"- and {more} more").text(language))
    if rejected is not None and receipt.rejected:
        from fenglian.render.refused_book import write_refused

        heads = {each.sheet: each.row for each in brought.seen}
        write_file(rejected, write_refused(brought.sheets, brought.reading, heads, language))
