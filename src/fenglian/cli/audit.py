"""Is the audit log whole? Writes anchors of it, and holds it against them."""

from pathlib import Path
from typing import Annotated

import typer

from fenglian.cli.application import Language, fail, screen
from fenglian.cli.serve import open_database
from fenglian.engine.errors import FenglianError
from fenglian.engine.labels import Label

Out = Annotated[
    Path | None, typer.Option("--out", help="另写到这个文件末尾 / add it to this file too")
]
Anchors = Annotated[
    list[Path] | None,
    typer.Option("--anchor", help="留有锚的文件，可写多次 / file with anchors; may be repeated"),
]
HELP = "审计日志：立锚、查验。The audit log: anchor it, check it."


def anchor(out: Out = None, lang: Language = "zh") -> None:
    """写出今天的锚：条数与末条摘要，请存到别处。Write today's anchor, to be kept elsewhere."""
    open_database()
    from fenglian.web.audit.anchors import keep_anchor

    line = keep_anchor().line()
    if out is not None:
        try:
            with out.open("a", encoding="utf-8") as stream:
                stream.write(f"{line}\n")
        except OSError as fault:
            raise fail(
                Label(
                    f"写不了“{out}”：{fault.strerror}。", f"Cannot write {out}: {fault.strerror}."
                ),
                lang,
            ) from None
    screen().print(line, markup=False, soft_wrap=True)


def verify(anchor: Anchors = None, lang: Language = "zh") -> None:
    """逐条重算日志，对照本机和所给文件里的锚。Recompute the log and hold it against anchors."""
    open_database()
    from fenglian.web.audit.anchors import kept_anchors, load_anchors
    from fenglian.web.audit.queries import check_log
    from fenglian.web.audit.wording import say_fault, say_report

    try:
        anchors = (*kept_anchors(), *load_anchors(anchor or ()))
    except FenglianError as fault:
        raise fail(fault, lang) from None
    report = check_log(anchors)
    console = screen()
    for each in report.faults:
        console.print(f"- {say_fault(each).text(lang)}", markup=False, soft_wrap=True)
    if not report.whole:
        raise fail(say_report(report), lang)
    console.print(say_report(report).text(lang), markup=False, soft_wrap=True)


FAMILY = {"anchor": anchor, "verify": verify}
