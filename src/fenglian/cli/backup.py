"""Copy the running installation into one file."""

from pathlib import Path
from typing import Annotated

import typer

from fenglian.cli.application import Language, fail, screen
from fenglian.cli.serve import open_database
from fenglian.engine.errors import FenglianError
from fenglian.engine.labels import Label

To = Annotated[
    Path | None,
    typer.Option("--to", help="文件或文件夹；不写是当前文件夹 / file or folder; else this folder"),
]


def run(to: To = None, lang: Language = "zh") -> None:
    """备份成一个文件，服务不用停。Back up into one file, while the server runs."""
    open_database()
    from fenglian.web.archive.backup import write_backup

    try:
        file, manifest = write_backup(to)
    except FenglianError as fault:
        raise fail(fault, lang) from None
    except OSError as fault:
        raise fail(
            Label(f"写不了备份：{fault}。", f"No backup was written: {fault}."), lang
        ) from None
    rows = sum(manifest.tables.values())
    said = Label(
        f"{file}\n{rows:,} 行，审计日志 {manifest.audit_count:,} 条。内含密钥，请像密码一样保管。",
        f"{file}\n{rows:,} rows, {manifest.audit_count:,} entries of the audit log. It holds the secret "
        "key: keep it like a password.",
    )
    screen().print(said.text(lang), markup=False, soft_wrap=True)
