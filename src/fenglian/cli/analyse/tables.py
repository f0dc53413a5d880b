"""The questions of ``analyse`` to one table: what is near to what, what hangs on what?"""

import csv
import json
import math
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fenglian.cli.application import Language, fail, printable, screen
from fenglian.engine.errors import FenglianError
from fenglian.engine.labels import Label

if TYPE_CHECKING:
    from rich.console import Console

    from fenglian.engine.analysis.linkages import SectorLinkages
    from fenglian.engine.analysis.relatedness import Relatedness
    from fenglian.engine.chain.product_table import Headings, PairReading, Progress

SHOWN = 5  # rejected rows on the screen; all of them are in rows.csv

TableFile = Annotated[Path, typer.Option("--table", help="CSV，第一行是列名 / with a header")]
OutFolder = Annotated[Path, typer.Option("--out", help="写结果的文件夹 / folder of the results")]
LeastTotal = Annotated[
    float, typer.Option("--least-total", min=0, help="合计小于它的不计 / leave out smaller sums")
]
FewestProducts = Annotated[
    int, typer.Option("--fewest-products", min=1, help="地方至少有几种专长产品 / of a place")
]
FewestPlaces = Annotated[
    int, typer.Option("--fewest-places", min=1, help="产品至少在几个地方 / of a product")
]
Nearest = Annotated[int, typer.Option("--nearest", min=1, help="密度看最近的几种 / for density")]
Cell = str | int | float | bool | None


def relatedness(
    table: TableFile,
    out: OutFolder,
    least_total: LeastTotal = 0.0,
    fewest_products: FewestProducts = 1,
    fewest_places: FewestPlaces = 1,
    nearest: Nearest = 25,
    lang: Language = "zh",
) -> None:
    """一个地方离哪些产品近：列 country,product,value。Which products are near to a place."""
    from fenglian.engine.analysis.relatedness import Choice
    from fenglian.engine.analysis.relatedness import relatedness as relate
    from fenglian.engine.chain.product_table import PRODUCT_HEADINGS, product_table

    with _told(lang):
        reading = _read(table, PRODUCT_HEADINGS, lang)
        matrix = product_table(reading.firsts, reading.seconds, reading.values, name=reading.name)
        choice = Choice(least_total, fewest_products, fewest_places, nearest)
        found = relate(matrix, choice)
    files = {
        "places.csv": _place_rows(found),
        "products.csv": _product_rows(found),
        "pairs.csv": _pair_rows(found),
        "rows.csv": _refused_rows(reading),
    }
    _write(out, files, {**_accounts(reading), **_summary(found)}, lang)
    console = screen()
    _report_rows(console, reading, lang)
    _report_places(console, found, lang)
    _report_end(console, found.assumptions, out, files, lang)


def linkages(table: TableFile, out: OutFolder, lang: Language = "zh") -> None:
    """抽走一个部门少多少产出：列 supplier,user,value。What is lost without one sector."""
    from fenglian.engine.analysis.linkages import flow_table
    from fenglian.engine.analysis.linkages import linkages as link
    from fenglian.engine.chain.product_table import FLOW_HEADINGS

    with _told(lang):
        reading = _read(table, FLOW_HEADINGS, lang)
        found = link(flow_table(reading.firsts, reading.seconds, reading.values))
    files = {"sectors.csv": _sector_rows(found), "rows.csv": _refused_rows(reading)}
    _write(out, files, {**_accounts(reading), "sectors": len(found.rows)}, lang)
    console = screen()
    _report_rows(console, reading, lang)
    largest = sorted(found.rows, key=lambda row: (-row.loss, row.sector))[:SHOWN]
    heading = Label("抽走后总产出减少最多的部门", "Largest losses where taken out").text(lang)
    console.print(f"\n{heading}", style="bold", markup=False)
    for row in largest:
        share = "–" if row.loss_share is None else f"{100 * row.loss_share:.3g} %"
        console.print(f"  {printable(row.sector)}  {share}", markup=False)
    _report_end(console, found.assumptions, out, files, lang)


@contextmanager
def _told(language: str) -> Iterator[None]:
    """Say in words what went wrong."""
    try:
        yield
    except FenglianError as fault:
        raise fail(fault, language) from None


def _read(path: Path, headings: "Headings", language: str) -> "PairReading":
    """Read a table with a bar on the terminal, or say why the file cannot be opened."""
    from rich.progress import Progress as Bar

    from fenglian.engine.chain.product_table import MAX_BYTES, read_pairs

    name = printable(path.name)
    try:
        with path.open("rb") as stream:
            content = stream.read(MAX_BYTES + 1)
    except OSError as fault:
        raise fail(
            Label(
                f"打不开“{printable(str(path))}”：{fault.strerror}。请检查路径。",
                f"{str(path)!r} cannot be opened: {fault.strerror}. Check the path.",
            ),
            language,
        ) from None
    console = screen(stderr=True)
    with Bar(console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(Label("读表", "Reading").text(language))

        def show(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        told: Progress = show
        return read_pairs(content, name, headings, told)


def _accounts(reading: "PairReading") -> dict[str, object]:
    return {
        "table": reading.name,
        "rows_in": reading.rows_in,
        "accepted": len(reading.values),
        "rejected": len(reading.rejected),
        "duplicate": len(reading.duplicates),
    }


def _summary(found: "Relatedness") -> dict[str, object]:
    from fenglian.engine.chain.plain import to_plain

    places, products = found.left_out
    return {
        "places": len(found.table.places),
        "products": len(found.table.products),
        "presences": int(found.presence.sum()),
        "second_eigenvalue": found.second,
        "third_eigenvalue": found.third,
        "places_left_out": list(places),
        "products_left_out": list(products),
        "choice": to_plain(found.choice),
        "assumptions": to_plain(found.assumptions),
    }


def _place_rows(found: "Relatedness") -> Iterator[Sequence[Cell]]:
    yield "place", "products", "eci", "coi"
    for row, place in enumerate(found.table.places):
        yield place, int(found.diversity[row]), found.eci[row], found.coi[row]


def _product_rows(found: "Relatedness") -> Iterator[Sequence[Cell]]:
    yield "product", "places", "pci"
    for column, product in enumerate(found.table.products):
        yield product, int(found.ubiquity[column]), found.pci[column]


def _pair_rows(found: "Relatedness") -> Iterator[Sequence[Cell]]:
    yield "place", "product", "value", "rca", "present", "density", "density_nearest", "cog"
    numbers = (found.table.amounts, found.rca, found.density, found.density_near, found.cog)
    for row, place in enumerate(found.table.places):
        held = found.presence[row].tolist()
        values = zip(*(each[row].tolist() for each in numbers), strict=True)
        for product, present, (amount, rca, density, near, gain) in zip(
            found.table.products, held, values, strict=True
        ):
            yield place, product, amount, rca, int(present), density, near, gain


def _sector_rows(found: "SectorLinkages") -> Iterator[Sequence[Cell]]:
    names = (
        "sector", "output", "backward", "forward", "direct_backward", "direct_forward", "power",
        "sensitivity", "loss", "loss_share",
    )  # fmt: skip
    yield names
    for row in found.rows:
        yield tuple(getattr(row, name) for name in names)


def _refused_rows(reading: "PairReading") -> Iterator[Sequence[Cell]]:
    """Return every row that was not taken, with the reason and the way out."""
    yield "row", "outcome", "column", "value", "reason_zh", "reason_en"
    for fault in reading.rejected:
        row, column, value = (fault.facts.get(name) for name in ("row", "column", "value"))
        where = str(row), "rejected", str(column or ""), str(value)
        yield *where, fault.message("zh"), fault.message("en")
    same = Label("与前面的行相同，只计一次。", "The same as an earlier row; counted once.")
    for number in reading.duplicates:
        yield str(number), "duplicate", "", "", same.zh, same.en


def _write(
    out: Path, files: dict[str, Iterator[Sequence[Cell]]], summary: dict[str, object], lang: str
) -> None:
    """Write all files of a result, or none where one of the names is taken."""
    taken = [name for name in (*files, "summary.json") if (out / name).exists()]
    if taken:
        raise fail(
            Label(
                f"“{printable(str(out))}”里已有 {taken[0]}，没有覆盖。请换一个文件夹。",
                f"{str(out)!r} has {taken[0]} already; nothing was overwritten. Take another folder.",
            ),
            lang,
        )
    try:
        out.mkdir(parents=True, exist_ok=True)
        for name, rows in files.items():
            _write_table(out / name, rows)
        text = json.dumps(summary, ensure_ascii=False, indent=1, allow_nan=False)
        (out / "summary.json").write_text(f"{text}\n", "utf-8")
    except OSError as fault:
        raise fail(
            Label(
                f"写不了“{printable(str(out))}”：{fault.strerror}。",
                f"Cannot write {str(out)!r}: {fault.strerror}.",
            ),
            lang,
        ) from None


def _write_table(path: Path, rows: Iterable[Sequence[Cell]]) -> None:
    """Write a CSV that spreadsheets read as Chinese and of which they evaluate no cell."""
    from fenglian.web.cells import BYTE_ORDER_MARK, harmless

    with path.open("w", encoding="utf-8", newline="") as stream:
        stream.write(BYTE_ORDER_MARK)
        writer = csv.writer(stream)
        for row in rows:
            writer.writerow(["" if _is_unknown(cell) else harmless(cell) for cell in row])


def _is_unknown(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, float) and math.isnan(cell))


def _report_rows(console: "Console", reading: "PairReading", language: str) -> None:
    taken, refused, same = len(reading.values), len(reading.rejected), len(reading.duplicates)
    said = Label(
        f"{reading.name}：读入 {reading.rows_in:,} 行 = 采用 {taken:,} + 退回 {refused:,} + 重复 {same:,}",
        f"{reading.name}: {reading.rows_in:,} rows in = {taken:,} accepted + {refused:,} rejected + "
        f"{same:,} duplicate",
    )
    console.print(said.text(language), markup=False, soft_wrap=True)
    for fault in reading.rejected[:SHOWN]:
        text = printable(fault.message(language))
        console.print(f"  {text}", style="yellow", markup=False, soft_wrap=True)
    if refused > SHOWN:
        more = Label("  其余见 rows.csv。", "  The rest is in rows.csv.")
        console.print(more.text(language), markup=False)


def _report_places(console: "Console", found: "Relatedness", language: str) -> None:
    places, products = found.table.amounts.shape
    said = Label(
        f"{places:,} 个地方 × {products:,} 种产品；第二、三特征值 {found.second:.4f}、{found.third:.4f}",
        f"{places:,} places × {products:,} products; second and third eigenvalue "
        f"{found.second:.4f}, {found.third:.4f}",
    )
    console.print(said.text(language), markup=False, soft_wrap=True)
    out = [len(names) for names in found.left_out]
    if any(out):
        left = Label(
            f"没有计入：{out[0]:,} 个地方、{out[1]:,} 种产品（名单在 summary.json）",
            f"Left out: {out[0]:,} places, {out[1]:,} products (named in summary.json)",
        )
        console.print(left.text(language), markup=False)


def _report_end(
    console: "Console", assumptions: tuple[Label, ...], out: Path, files: Iterable[str], lang: str
) -> None:
    from fenglian.cli.chain import report_assumptions

    report_assumptions(console, assumptions, lang)
    names = ", ".join((*files, "summary.json"))
    wrote = Label(
        f"已写入 {printable(str(out))}：{names}", f"Written to {printable(str(out))}: {names}"
    )
    console.print(f"\n{wrote.text(lang)}", markup=False, soft_wrap=True)


FAMILY = {"relatedness": relatedness, "linkages": linkages}
