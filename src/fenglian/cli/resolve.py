"""Tell who is who among many names: against a registry, or against each other."""

import csv
import io
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fenglian.cli.application import Language, fail, printable, screen
from fenglian.engine.errors import FenglianError
from fenglian.engine.labels import Label

if TYPE_CHECKING:
    from fenglian.engine.registry.bulk import Resolved
    from fenglian.engine.registry.name_lists import ReadNames

Names = Annotated[Path, typer.Argument(help="CSV，有“名称”一列 / CSV with a column of names")]
Against = Annotated[
    Path | None,
    typer.Option("--against", help="名录 CSV；不写则自己比自己 / the registry, else itself"),
]
Out = Annotated[Path, typer.Option("--out", help="写到哪个 CSV / CSV to write")]
OUTCOMES = {
    "linked": Label("归并", "linked"),
    "person": Label("待人判", "to a person"),
    "new": Label("新单位", "new"),
}
HEADINGS = (
    Label("行", "row"),
    Label("名称", "name"),
    Label("结果", "outcome"),
    Label("对应", "linked to"),
    Label("依据", "reason"),
    Label("相近的", "near"),
)
SHOWN_RIVALS = 5
LARGEST = 512 * 1024 * 1024  # bytes of a list


def run(names: Names, out: Out, against: Against = None, lang: Language = "zh") -> None:
    """谁是谁：成批归并单位名称。Who is who: names in bulk, linked, to a person, or new."""
    from fenglian.data.divisions import divisions
    from fenglian.engine.registry.bulk import resolve_names
    from fenglian.engine.registry.names import build_regions

    asked = open_names(names, lang)
    known = open_names(against, lang) if against else None
    console = screen(stderr=True)
    with console.status(Label("归并 …", "resolving …").text(lang)):
        regions = build_regions(divisions())
        found = resolve_names(asked.listed, regions, known.listed if known else None)
    write(out, asked, known or asked, found, lang)
    report(asked, found, out, lang)


def open_names(path: Path, language: str) -> "ReadNames":
    """Read a list of names, or say why it cannot be."""
    from fenglian.engine.intake.charset import decode_text
    from fenglian.engine.registry.name_lists import read_names

    try:
        text, _, _ = decode_text(path.read_bytes(), printable(path.name), limit=LARGEST)
        return read_names(csv.reader(io.StringIO(text, newline="")), printable(path.name))
    except OSError as fault:
        raise fail(
            Label(
                f"打不开“{printable(str(path))}”：{fault.strerror}。请检查路径。",
                f"{printable(str(path))!r} cannot be opened: {fault.strerror}. Check the path.",
            ),
            language,
        ) from None
    except csv.Error as fault:
        raise fail(
            Label(
                f"“{printable(path.name)}”不合 CSV 的写法：{fault}。请检查引号。",
                f"{printable(path.name)!r} is no CSV: {fault}. Check the quotation marks.",
            ),
            language,
        ) from None
    except FenglianError as fault:
        raise fail(fault, language) from None


def write(
    out: Path, asked: "ReadNames", known: "ReadNames", found: "list[Resolved]", language: str
) -> None:
    """Write one row a name, in the order of the file."""
    from fenglian.engine.registry.bulk import LABELS
    from fenglian.web.cells import BYTE_ORDER_MARK, harmless

    try:
        with out.open("w", encoding="utf-8", newline="") as stream:
            stream.write(BYTE_ORDER_MARK)
            writer = csv.writer(stream)
            writer.writerow([label.text(language) for label in HEADINGS])
            for row, name, each in zip(asked.rows, asked.listed.names, found, strict=True):
                target = "" if each.target is None else known.listed.names[each.target]
                rivals = [known.listed.names[rival] for rival in each.rivals[:SHOWN_RIVALS]]
                cells = (
                    name,
                    OUTCOMES[each.outcome].text(language),
                    target,
                    LABELS[each.reason].text(language),
                    "；".join(rivals),
                )
                writer.writerow([row, *map(harmless, cells)])
    except OSError as fault:
        raise fail(
            Label(
                f"“{printable(str(out))}”写不了：{fault.strerror}。请换一个地方。",
                f"{printable(str(out))!r} cannot be written: {fault.strerror}. Choose another place.",
            ),
            language,
        ) from None


def report(asked: "ReadNames", found: "list[Resolved]", out: Path, language: str) -> None:
    """Print how many names had each outcome, and by what."""
    from fenglian.engine.registry.bulk import LABELS

    console = screen()
    told = Counter((each.outcome, each.reason) for each in found)
    for outcome, label in OUTCOMES.items():
        parts = {reason: n for (kind, reason), n in told.most_common() if kind == outcome}
        detail = "  ".join(f"{LABELS[reason].text(language)} {n:,}" for reason, n in parts.items())
        total = f"{label.text(language)} {sum(parts.values()):,}"
        console.print(f"{total}  {detail}", markup=False, soft_wrap=True)
    if asked.blank:
        words = Label("没有名称的行", "rows without a name").text(language)
        console.print(f"{words} {asked.blank:,}", markup=False, style="dim")
    console.print(printable(str(out)), markup=False, style="dim")
