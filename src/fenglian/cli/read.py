"""Read one document: a report for people, or everything for programs."""

import json
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from fenglian import take_bytes
from fenglian.cli.application import Language, fail, printable, screen
from fenglian.engine.errors import FenglianError
from fenglian.engine.intake.document import FORMS, count_rebuilt
from fenglian.engine.labels import Label

if TYPE_CHECKING:
    from rich.console import Console

    from fenglian.engine import Reading, Statement

File = Annotated[
    str,
    typer.Argument(
        help="txt、html、docx、pdf 文件，或文件夹；- 为标准输入 / a file or folder; - is standard input"
    ),
]
Out = Annotated[
    Path | None, typer.Option("--out", help="文件夹的读数,每页一行 JSON / of a folder, JSON lines")
]
Format = Annotated[str, typer.Option("--format", help="text | json")]
Facts = Annotated[bool, typer.Option("--facts", help="只要事实,JSON / the facts only, as JSON")]
Charset = Annotated[str | None, typer.Option("--charset", help="utf-8 | utf-16 | gb18030 | big5")]
Ner = Annotated[
    bool, typer.Option("--ner/--no-ner", help="名称识别模型 / the tagger of names beside the rules")
]
EDITS = (
    ("gloss", Label("处拼音夹注，已删", "pinyin glosses removed")),
    ("script", Label("字繁体，已转简", "characters converted to simplified")),
    ("shift", Label("处字节错位，已还原", "byte shifts rebuilt")),
    ("farm", Label("段链接堆，已剔除", "link farms cut")),
    ("lost", Label("字无法还原（□）", "characters lost (□)")),
)


def run(
    file: File,
    lang: Language = "zh",
    format_: Format = "text",
    facts: Facts = False,
    charset: Charset = None,
    out: Out = None,
    ner: Ner = True,
) -> None:
    """读一篇文章或一个文件夹:修复、提取、注明出处。Read a document, or all of a folder."""
    if Path(file).is_dir():
        from fenglian.cli.read_folder import read_folder

        read_folder(Path(file), out, charset, lang, ner=ner)
        return
    if format_ not in ("text", "json"):
        raise fail(
            Label(
                f"--format 只认 text 与 json,不认“{format_}”。",
                f"--format takes text or json, not {format_!r}.",
            ),
            lang,
        )
    try:
        content, name = open_document(file, lang)
        reading = read_with_progress(content, name, charset, lang, ner=ner)
    except FenglianError as fault:
        raise fail(fault, lang) from None
    if facts:
        from fenglian.engine.intake.summary import sample_form

        write_json(sample_form(reading))
    elif format_ == "json":
        from fenglian.engine.intake.records import reading_record

        write_json(reading_record(reading))
    else:
        report(reading, lang)


def open_document(file: str, language: str) -> tuple[bytes, str]:
    """Return a document's bytes and name, or say why the file cannot be opened."""
    if file == "-":
        return take_bytes(sys.stdin.buffer, "-"), "-"
    name = printable(Path(file).name)
    try:
        with Path(file).open("rb") as stream:
            return take_bytes(stream, name), name
    except OSError as fault:
        raise fail(
            Label(
                f"打不开“{printable(file)}”：{fault.strerror}。请检查路径。",
                f"{file!r} cannot be opened: {fault.strerror}. Check the path.",
            ),
            language,
        ) from None


def read_with_progress(
    content: bytes, name: str, charset: str | None, language: str, *, ner: bool = True
) -> "Reading":
    """Read, showing the stages on the terminal while they run."""
    from fenglian import read_bytes
    from fenglian.data import tables
    from fenglian.engine import read_document
    from fenglian.outside.documents import extract_text

    console = screen(stderr=True)
    if not console.is_terminal:
        return read_bytes(content, name=name, charset=charset, ner=ner)
    with console.status("") as status:

        def show(stage: Label, done: int, total: int) -> None:
            status.update(f"{done + 1}/{total} {stage.text(language)} …")

        extract = extract_text(content, name, charset)
        return read_document(
            content,
            name=name,
            tables=tables(),
            charset=charset,
            extract=extract,
            ner=ner,
            progress=show,
        )


def write_json(record: object) -> None:
    """Write one JSON object, with Chinese as it is where the terminal's charset has it."""
    text = json.dumps(record, ensure_ascii=False, indent=1) + "\n"
    try:
        text.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        text = json.dumps(record, indent=1) + "\n"  # the escapes of JSON, not of Python
    sys.stdout.write(text)


def report(reading: "Reading", language: str) -> None:
    """Print what the page is, what was repaired and what it states."""
    console = screen()
    report_page(console, reading, language)
    report_repairs(console, reading, language)
    report_statements(console, reading, language)


def report_page(console: "Console", reading: "Reading", language: str) -> None:
    """Print title, publication line and file."""
    from fenglian.engine.intake.wording import property_label

    header, document = reading.page.header, reading.document
    if header.title is not None:
        console.print(header.title.value, style="bold", markup=False)
    names = ("source", "published", "publisher", "reporter", "editor")
    found = [(name, getattr(header, name)) for name in names]
    parts = [
        f"{property_label('publication', name).text(language)} {field.value}"
        for name, field in found
        if field is not None
    ]
    if parts:
        console.print("  ".join(parts), markup=False)
    size = Label("字节", "bytes").text(language)
    form = document.charset if document.form == "text" else FORMS[document.form].text(language)
    console.print(
        f"{document.name}  {document.size:,} {size}  {form}  sha256 {document.sha256[:16]}",
        markup=False,
        style="dim",
    )
    if document.unread:
        pages = ", ".join(map(str, document.unread))
        silent = Label(f"没有文字层的页：{pages}", f"pages without a text layer: {pages}")
        console.print(silent.text(language), markup=False, style="yellow")


def report_repairs(console: "Console", reading: "Reading", language: str) -> None:
    """Print how many edits of each kind were made, and what is marked as furniture and why."""
    kinds = Counter(edit.kind for edit in reading.document.edits)
    kinds["shift"] = count_rebuilt(reading.document.edits)
    done = [f"{kinds[kind]} {label.text(language)}" for kind, label in EDITS if kinds[kind]]
    nothing = Label("原文完好，未作改动", "sound text, nothing changed").text(language)
    heading = Label("修复", "Repairs").text(language)
    console.print(f"\n{heading}  " + (" · ".join(done) or nothing), markup=False)
    heading = Label("页面附带", "Furniture").text(language)
    for mark in reading.page.marks:
        words = reading.page.text[mark.span.start : mark.span.end].strip().replace("\n", " ")
        shown = words if len(words) <= 24 else words[:23] + "…"
        console.print(
            f"{heading}  {shown}  ({mark.reason.text(language)})", markup=False, style="dim"
        )
    for edit in reading.document.edits:
        if edit.kind == "farm":
            cut = Label("剔除", "cut").text(language)
            console.print(f"{cut}  {edit.before.strip()[:24]}…", markup=False, style="dim")


def report_statements(console: "Console", reading: "Reading", language: str) -> None:
    """Print the statements by kind, each with its words and their place in the bytes."""
    from rich.table import Table

    from fenglian.engine.intake.wording import fact_label

    heading = Label("陈述", "Statements").text(language)
    console.print(f"\n{heading}  {len(reading.statements)}", style="bold", markup=False)
    if reading.unresolved:
        unresolved = Label("个数字挨着损坏处，未采信", "numbers touch damage and are not believed")
        console.print(f"{len(reading.unresolved)} {unresolved.text(language)}", style="yellow")
    by_fact: dict[str, list[Statement]] = {}
    for statement in reading.statements:
        by_fact.setdefault(statement.fact, []).append(statement)
    octets, grade = Label("字节", "bytes"), Label("等级", "grade")
    for fact, statements in by_fact.items():
        console.print(f"\n{fact_label(fact).text(language)}", style="bold cyan", markup=False)
        table = Table(box=None, pad_edge=False, show_header=False, expand=True)
        table.add_column(ratio=1, overflow="fold")
        table.add_column(no_wrap=True, justify="right", style="dim")
        for statement in statements:
            start, end = statement.octets
            part = reading.document.part_of(statement.raw.start)
            where = part.place.text(language) if part else f"{octets.text(language)} {start}–{end}"
            place = f"{where}  {grade.text(language)} {statement.grade}"
            table.add_row(escape(sentence_of(statement, language)), place)
            if statement.words != statement.value:
                table.add_row(f"[dim]“{escape(shorten(statement.words))}”[/]", "")
        console.print(table)


def sentence_of(statement: "Statement", language: str) -> str:
    """Return subject, property and value, and what else the words fix."""
    from fenglian.engine.intake.wording import (
        property_label,
        show_qualifiers,
        show_quantity,
        show_value,
    )

    if statement.quantity is None:
        value = show_value(statement.property, statement.value, language)
    else:
        value = str(show_quantity(statement.quantity, statement.words, language))
    notes = "; ".join(f"{label} {text}" for label, text in show_qualifiers(statement, language))
    said = property_label(statement.fact, statement.property).text(language)
    subject = "" if statement.fact == "publication" else f"{statement.subject}  "
    return f"{subject}{said} {shorten(value)}" + (f"  ({notes})" if notes else "")


def shorten(words: str) -> str:
    """Return the words on one line, their middle left out where they are long."""
    flat = " ".join(words.split())
    return flat if len(flat) <= 48 else f"{flat[:24]}…{flat[-23:]}"
