"""Bring an export of all data into an empty installation."""

from pathlib import Path
from typing import Annotated

import typer

from fenglian.cli.application import Language, fail, screen
from fenglian.cli.serve import open_database
from fenglian.engine.errors import FenglianError
from fenglian.engine.labels import Label

Folder = Annotated[Path, typer.Argument(help="fenglian export 写出的文件夹 / the exported folder")]


def run(folder: Folder, lang: Language = "zh") -> None:
    """把导出的全部数据装进空的安装。Load an export into an empty installation."""
    open_database()
    from fenglian.web.archive.dump import load_dump
    from fenglian.web.audit.queries import check_log
    from fenglian.web.audit.wording import say_report

    try:
        loaded = load_dump(folder)
    except FenglianError as fault:
        raise fail(fault, lang) from None
    rows = sum(loaded.tables.values())
    said = Label(
        f"已导入：{len(loaded.tables)} 张表 {rows:,} 行，{loaded.files:,} 个文件。",
        f"Imported: {rows:,} rows of {len(loaded.tables)} tables, {loaded.files:,} files.",
    )
    console = screen()
    console.print(said.text(lang), markup=False, soft_wrap=True)
    report = check_log()
    if not report.whole:
        raise fail(say_report(report), lang)
    console.print(say_report(report).text(lang), markup=False, soft_wrap=True)
