"""Write the brief of a chain: a document to send, to print, or to calculate with."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fenglian.cli.application import Language, fail, screen
from fenglian.cli.chain import (
    AsOf,
    PackName,
    RegionName,
    ScenarioName,
    Wanted,
    Year,
    open_chain,
    read_day,
)
from fenglian.engine.disclosure.classes import DataClass
from fenglian.engine.labels import Label

if TYPE_CHECKING:
    from fenglian.engine.advice.brief import Brief
    from fenglian.engine.advice.compose import Heading

Out = Annotated[Path, typer.Option("--out", help="写到哪个文件 / file to write")]
Form = Annotated[
    str | None, typer.Option("--format", help="docx | pdf | xlsx；不写按文件名 / else by its name")
]
Organ = Annotated[str, typer.Option("--organ", help="发文单位 / who sends it")]
Recipient = Annotated[str | None, typer.Option("--to", help="主送机关 / to whom")]
Banner = Annotated[str | None, typer.Option("--banner", help="红头 / red head")]
ClassLabel = Annotated[str, typer.Option("--class", help="公开 | 内部 / class label")]
Day = Annotated[str | None, typer.Option("--date", help="成文日期，不写是今天 / else today")]
FORMS = ("docx", "pdf", "xlsx")
CLASSES = {
    "公开": DataClass.S0,
    "public": DataClass.S0,
    "内部": DataClass.S1,
    "internal": DataClass.S1,
}


def run(
    out: Out,
    format_: Form = None,
    pack: PackName = "wind",
    region: RegionName = None,
    scenario: ScenarioName = None,
    year: Year = None,
    as_of: AsOf = None,
    organ: Organ = "秘书处",
    recipient: Recipient = None,
    banner: Banner = None,
    class_label: ClassLabel = "公开",
    day: Day = None,
    lang: Language = "zh",
) -> None:
    """出简报：公文格式的 docx、pdf，数据表 xlsx。The brief as docx, pdf, or its tables as xlsx."""
    form = find_form(format_, out, lang)
    # Like a person writing a letter, the command may look at the calendar; the engine may not.
    written = read_day(day, lang) or date.today()  # noqa: DTZ011 — a letter's day is local
    data_class = find_class(class_label, lang)
    wanted = Wanted(pack, region, scenario, year, as_of)
    from fenglian.engine.advice.compose import Heading

    heading = Heading(
        organ=Label("秘书处", "Secretariat") if organ == "秘书处" else Label(organ, organ),
        date=written,
        data_class=data_class,
        recipient=Label(recipient, recipient) if recipient else None,
        banner=Label(banner, banner) if banner else None,
    )
    content = write_form(compose(wanted, heading, lang), form, lang)
    try:
        out.write_bytes(content)
    except OSError as fault:
        raise fail(
            Label(f"写不了“{out}”：{fault.strerror}。", f"Cannot write {out}: {fault.strerror}."),
            lang,
        ) from None
    screen().print(f"{out}  {len(content):,} B", markup=False, soft_wrap=True)


def find_form(form: str | None, out: Path, language: str) -> str:
    """Return the format that is asked for, or that the file's name says."""
    found = form or out.suffix.lstrip(".").lower()
    if found not in FORMS:
        raise fail(
            Label(
                f"不认“{found}”格式；请用 --format docx、pdf 或 xlsx。",
                f"No format {found!r}; use --format docx, pdf or xlsx.",
            ),
            language,
        )
    return found


def find_class(words: str, language: str) -> DataClass:
    """Return the class; state secrets have no place in this software."""
    if words not in CLASSES:
        raise fail(
            Label(
                f"不认“{words}”；--class 只有 公开 和 内部，国家秘密不得进入本软件。",
                f"No class {words!r}; --class is public or internal. State secrets must not be "
                "put into this software.",
            ),
            language,
        )
    return CLASSES[words]


def compose(wanted: Wanted, heading: "Heading", language: str) -> "Brief":
    """Ask the chain what the brief tells."""
    chain = open_chain(wanted, language)
    from fenglian.engine.advice.compose import compose_brief
    from fenglian.engine.advice.verbs import verbs
    from fenglian.engine.analysis.coverage import coverage

    return compose_brief(chain, coverage(chain), verbs(chain), heading)


def write_form(brief: "Brief", form: str, language: str) -> bytes:
    """Return the brief in a format; each loads its libraries when it is asked for."""
    if form == "docx":
        from fenglian.render.docx import write_docx as write
    elif form == "pdf":
        from fenglian.render.pdf import write_pdf as write
    else:
        from fenglian.render.xlsx import write_xlsx as write
    return write(brief, language)
