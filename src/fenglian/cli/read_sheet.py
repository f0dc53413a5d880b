"""Read a table of a firm: which table it is, what its headings mean, which rows are taken and why not."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fenglian.cli.application import Language, fail, printable, screen
from fenglian.engine.errors import FenglianError
from fenglian.engine.labels import Label

if TYPE_CHECKING:
    from fenglian.engine.intake.sheets import Sheets
    from fenglian.engine.registry.mapping import Recognised
    from fenglian.engine.registry.sheets import SheetReading, Status
    from fenglian.engine.registry.tables import TableDescription

File = Annotated[Path, typer.Argument(help="xlsx 或 CSV / xlsx or CSV")]
TableName = Annotated[
    str | None, typer.Option("--table", help="profile | sites | capacities | …；不写则认表头")
]
MappingFile = Annotated[
    Path | None, typer.Option("--mapping", help="表头对应文件，JSON；没有就新建 / of headings")
]
Yes = Annotated[
    bool, typer.Option("--yes", help="采纳建议的对应，不逐个问 / take what is suggested")
]
Rejected = Annotated[
    Path | None, typer.Option("--rejected", help="没收下的行写成 xlsx / rows not taken, as xlsx")
]
Products = Annotated[
    str, typer.Option("--pack", help="产品取自哪个产业链包 / chain of the products")
]
AsJson = Annotated[bool, typer.Option("--json", help="收下的行，JSON / the rows taken, as JSON")]
STATUSES: "dict[Status, Label]" = {
    "accepted": Label("收下", "accepted"),
    "rejected": Label("退回", "rejected"),
    "duplicate": Label("重复", "duplicate"),
}
SHOWN = 5


def run(
    file: File,
    table: TableName = None,
    mapping: MappingFile = None,
    yes: Yes = False,
    rejected: Rejected = None,
    pack: Products = "wind",
    as_json: AsJson = False,
    lang: Language = "zh",
) -> None:
    """读企业的表：认表头、核每一格、说明退回的原因。Read a firm's table and check every cell."""
    from fenglian.engine.registry.mapping import recognise

    try:
        tables = with_file(wanted_tables(table), mapping)
        sheets = open_sheets(file)
        seen = recognise(sheets, tables)
        tables = confirm(seen, tables, mapping, yes=yes, language=lang)
        reading = check(sheets, tables, pack)
    except FenglianError as fault:
        raise fail(fault, lang) from None
    except OSError as fault:
        raise fail(
            Label(
                f"打不开或写不了“{printable(str(fault.filename))}”：{fault.strerror}。请检查路径。",
                f"{printable(str(fault.filename))!r} cannot be opened: {fault.strerror}. Check the path.",
            ),
            lang,
        ) from None
    if rejected and reading.of("rejected"):
        from fenglian.render.refused_book import write_refused

        heads = {each.sheet: each.row for each in recognise(sheets, tables)}
        rejected.write_bytes(write_refused(sheets, reading, heads, lang))
    if as_json:
        write_json(reading)
    else:
        report(recognise(sheets, tables), reading, lang)


def wanted_tables(name: str | None) -> "Mapping[str, TableDescription]":
    """Return all tables, or the one that is asked for."""
    from fenglian.data.profile import profile_files
    from fenglian.engine.registry.faults import UnknownTable
    from fenglian.engine.registry.tables import describe_tables

    files = profile_files()
    tables = describe_tables(files.tables, files.columns, files.choices, files.units)
    if name is None:
        return tables
    if name not in tables:
        raise UnknownTable(word=printable(name), known=", ".join(tables))
    return {name: tables[name]}


def with_file(
    tables: "Mapping[str, TableDescription]", path: Path | None
) -> "Mapping[str, TableDescription]":
    """Return the tables with what a mapping file says of their headings."""
    from fenglian.engine.registry.mapping import with_mapping

    return with_mapping(tables, kept_mapping(path, tables), path.name if path else "")


def kept_mapping(
    path: Path | None, tables: "Mapping[str, TableDescription] | None" = None
) -> dict[str, dict[str, str]]:
    """Return what a mapping file says; of the tables asked for, where they are named."""
    from fenglian.engine.registry.faults import BadMapping

    if path is None or not path.exists():
        return {}
    try:
        kept = json.loads(path.read_text("utf-8"))
        found = {
            str(table): {str(heading): str(column) for heading, column in headings.items()}
            for table, headings in kept.items()
        }
    except (ValueError, AttributeError):
        raise BadMapping(name=printable(path.name)) from None
    if tables is not None and len(tables) == 1:
        return {name: headings for name, headings in found.items() if name in tables}
    return found


def open_sheets(path: Path) -> "Sheets":
    """Read a workbook or CSV file within the limits."""
    from fenglian.outside.workbook import read_workbook

    return read_workbook(path.read_bytes(), printable(path.name))


def confirm(
    seen: "tuple[Recognised, ...]",
    tables: "Mapping[str, TableDescription]",
    path: Path | None,
    *,
    yes: bool,
    language: str,
) -> "Mapping[str, TableDescription]":
    """Ask about headings that are not known; what is confirmed is kept in the mapping file."""
    from fenglian.engine.registry.mapping import with_mapping

    if path is None:
        return tables
    agreed: dict[str, dict[str, str]] = {}
    for sheet in seen:
        for heading, column in sheet.suggested.items():
            label = tables[sheet.table or ""].column(column).label.text(language)
            words = Label(f"“{heading}”是“{label}”吗？", f"Is {heading!r} the column {label!r}?")
            asks = screen(stderr=True).is_terminal and not yes
            if yes or (asks and typer.confirm(words.text(language), err=True)):
                agreed.setdefault(sheet.table or "", {})[heading] = column
    if not agreed:
        return tables
    kept = kept_mapping(path)
    for table, headings in agreed.items():
        kept[table] = {**kept.get(table, {}), **headings}
    path.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return with_mapping(tables, agreed, path.name)


def check(sheets: "Sheets", tables: "Mapping[str, TableDescription]", pack: str) -> "SheetReading":
    """Read every row below the headings."""
    from fenglian.data.divisions import division_names, divisions
    from fenglian.engine.registry.cells import Known
    from fenglian.engine.registry.divisions import Divisions
    from fenglian.engine.registry.sheets import read_profile_sheets
    from fenglian.web.registry.listings import chain_products

    known = Known(Divisions(rows=divisions(), names=division_names()), chain_products(pack))
    return read_profile_sheets(sheets, tables, known=known)


def write_json(reading: "SheetReading") -> None:
    """Print every row with its outcome, its values and its faults."""
    rows = [
        {
            "sheet": row.sheet,
            "row": row.row,
            "table": row.table,
            "status": row.status,
            "key": row.key,
            "faults": [fault.message("zh") for fault in row.faults],
        }
        for row in reading.rows
    ]
    typer.echo(json.dumps({"rows": rows}, ensure_ascii=False, indent=1))


def report(seen: "tuple[Recognised, ...]", reading: "SheetReading", language: str) -> None:
    """Print what each sheet is, what its headings were taken for, and what became of the rows."""
    console = screen()
    for sheet in seen:
        none = Label("认不出表头，整表退回", "no known headings: all rows rejected").text(language)
        table = sheet.table or none
        console.print(f"{printable(sheet.sheet)} → {table}", style="bold", markup=False)
        for heading, column in sheet.columns.items():
            console.print(f"  {' '.join(heading.split())} → {column}", markup=False)
        for heading in sheet.unknown:
            near = sheet.suggested.get(heading, "–")
            words = Label("不认得，相近的", "not known, nearest").text(language)
            console.print(
                f"  {' '.join(heading.split())} ({words}: {near})", style="yellow", markup=False
            )
    counts = [
        f"{label.text(language)} {len(reading.of(status)):,}" for status, label in STATUSES.items()
    ]
    total = Label("行", "rows").text(language)
    console.print(f"{total} {len(reading.rows):,} = " + " + ".join(counts), markup=False)
    for row in reading.of("rejected")[:SHOWN]:
        for fault in row.faults:
            console.print(f"  {fault.message(language)}", markup=False, soft_wrap=True)
