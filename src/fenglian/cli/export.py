"""Take all data out in open formats."""

from pathlib import Path
from typing import Annotated

import typer

from fenglian.cli.application import Language, fail, screen
from fenglian.cli.serve import open_database
from fenglian.engine.errors import FenglianError
from fenglian.engine.labels import Label

Folder = Annotated[Path, typer.Argument(help="新文件夹 / a new folder")]
Everything = Annotated[
    bool, typer.Option("--all", help="所有联盟的所有数据 / all data of all alliances")
]


def run(folder: Folder, everything: Everything = False, lang: Language = "zh") -> None:
    """导出全部数据：每表一份 JSON 行文件。All data as JSON Lines, a file a table."""
    if not everything:
        raise fail(
            Label(
                "导出含所有联盟、所有单位的数据，请写明 --all。各页的导出只含本人能看的。",
                "An export holds the data of all alliances and units; say so with --all. The exports of "
                "the pages hold what one person may see.",
            ),
            lang,
        )
    open_database()
    from fenglian.web.archive.dump import write_dump

    try:
        dumped = write_dump(folder)
    except FenglianError as fault:
        raise fail(fault, lang) from None
    except OSError as fault:
        raise fail(Label(f"没有导出：{fault}。", f"Not exported: {fault}."), lang) from None
    rows = sum(dumped.tables.values())
    said = Label(
        f"{folder}：{len(dumped.tables)} 张表 {rows:,} 行，{dumped.files:,} 个文件。",
        f"{folder}: {rows:,} rows of {len(dumped.tables)} tables, {dumped.files:,} files.",
    )
    screen().print(said.text(lang), markup=False, soft_wrap=True)
