"""Put a backup in the place of this installation, after checking all of it."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fenglian.cli.application import Language, fail, home_folder, screen
from fenglian.engine.errors import FenglianError
from fenglian.engine.labels import Label

if TYPE_CHECKING:
    from fenglian.web.archive.backup import Restored

File = Annotated[Path, typer.Argument(help="备份文件 / the backup")]
Force = Annotated[
    bool, typer.Option("--force", help="已有数据也恢复，旧的改名留着 / keep the old one aside")
]


def run(file: File, force: Force = False, lang: Language = "zh") -> None:
    """从备份恢复，先查后放；请先停下服务。Restore a backup; stop the server first."""
    if os.environ.get("DATABASE_URL"):
        raise fail(
            Label(
                "设了 DATABASE_URL，数据库不在 FENGLIAN_HOME 里；请先取消它，或用数据库自己的工具恢复。",
                "DATABASE_URL is set, so the database is not in FENGLIAN_HOME; unset it, or restore with "
                "the database's own tools.",
            ),
            lang,
        )
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fenglian.web.settings")
    home = Path(home_folder()).resolve()
    import django

    django.setup()
    from fenglian.web.archive.backup import restore_backup

    try:
        restored = restore_backup(file, home, force=force)
    except FenglianError as fault:
        raise fail(fault, lang) from None
    except OSError as fault:
        raise fail(Label(f"没有恢复：{fault}。", f"Not restored: {fault}."), lang) from None
    report(restored, home, lang)


def report(restored: "Restored", home: Path, language: str) -> None:
    """Print what came back; a log that was tampered with before the backup is an error."""
    from fenglian.web.audit.wording import say_report

    console, manifest = screen(), restored.manifest
    for table, count in manifest.tables.items():
        if count:
            console.print(f"{count:>10,}  {table}", markup=False)
    made = Label(
        f"已恢复到 {home}：{manifest.made_at} 的备份，{sum(manifest.tables.values()):,} 行。",
        f"Restored to {home}: the backup of {manifest.made_at}, {sum(manifest.tables.values()):,} rows.",
    )
    console.print(made.text(language), markup=False, soft_wrap=True)
    if restored.kept_at:
        kept = Label(f"原来的在 {restored.kept_at}。", f"What was there is at {restored.kept_at}.")
        console.print(kept.text(language), markup=False, soft_wrap=True)
    verdict = say_report(restored.log)
    if not restored.log.whole:
        raise fail(verdict, language)
    console.print(verdict.text(language), markup=False, soft_wrap=True)
