"""The questions of ``analyse`` to tables of firms and links: whose failure costs most?"""

import csv
import io
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from fenglian.cli.application import Language, fail, printable, screen
from fenglian.engine.errors import FenglianError
from fenglian.engine.labels import Label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console
    from rich.progress import Progress

    from fenglian.engine.analysis.reinforcement import Effect
    from fenglian.engine.analysis.sourcing import Sourcings
    from fenglian.engine.analysis.systemic_risk import SystemicRisk
    from fenglian.engine.chain.link_tables import TableFile
    from fenglian.engine.chain.supply_network import SupplyNetwork, TableIntake
    from fenglian.engine.executor import Executor, Watch

Links = Annotated[
    Path, typer.Option("--links", help="供货表：supplier,buyer,value[,class] / who supplies whom")
]
Firms = Annotated[
    Path,
    typer.Option(
        "--firms", help="企业表：firm,sector[,market,revenue,cost,weight,owner,region] / the firms"
    ),
]
Essentiality = Annotated[
    Path | None,
    typer.Option(
        "--essentiality", help="投入品等级：input,output,class（0–2）/ class of each input"
    ),
]
Mode = Annotated[str, typer.Option("--mode", help="published | default | exact")]
Prune = Annotated[
    float, typer.Option("--prune", min=0, max=0.1, help="小于它的变化不再传 / too small to pass on")
]
Substitution = Annotated[
    bool,
    typer.Option(
        "--substitution/--no-substitution", help="同一市场能否互相顶替 / stand-ins or not"
    ),
]
Threads = Annotated[int, typer.Option("--threads", min=1, max=64, help="线程 / threads")]
Out = Annotated[Path, typer.Option("--out", help="结果表 CSV / scores, as CSV")]
Top = Annotated[int, typer.Option("--top", min=0, help="显示前几家 / how many to show")]
SHOWN = 5  # rejected rows of a table; the others are counted
Plants = Annotated[bool, typer.Option("--plants", help="也试新建一家 / try new plants too")]
StockShare = Annotated[
    float,
    typer.Option(
        "--stock", min=0, max=1, help="也试备货，占一个时期的几成 / share of a period kept in store"
    ),
]
Together = Annotated[str, typer.Option("--by", help="region | owner")]
FIRM_BY_FIRM = Label("逐家计算", "Firm by firm")
HEADINGS = ("firm", "esri", "esri_down", "esri_up", "iterations", "touched", "esri_up_bound")


def systemic_risk(
    links: Links,
    firms: Firms,
    out: Out,
    essentiality: Essentiality = None,
    mode: Mode = "default",
    prune: Prune = 0.0,
    substitution: Substitution = True,
    threads: Threads = 1,
    top: Top = 10,
    lang: Language = "zh",
) -> None:
    """每家企业的系统性风险指数。Systemic risk index of every firm."""
    from fenglian.engine.analysis.systemic_risk import Options
    from fenglian.engine.analysis.systemic_risk import systemic_risk as compute

    console, started = screen(), time.perf_counter()
    try:
        network = open_network(links, firms, essentiality, lang)
        report_intakes(console, network.intakes, lang)
        options = Options(mode, prune, substitution)
        bar, watch = progress_bar(lang)
        with bar:
            risk = compute(network, options, executor=executor_of(threads), watch=watch)
    except FenglianError as fault:
        raise fail(fault, lang) from None
    write_table(out, HEADINGS, score_rows(risk), lang)
    report_top(console, risk, top, lang)
    for assumption in risk.assumptions:
        console.print(f"- {assumption.text(lang)}", markup=False, soft_wrap=True)
    if risk.unfinished:
        cut = Label(
            f"{risk.unfinished:,} 家的级联没有算到头：网络里有不外流的环。指数偏低，请填营业收入。",
            f"{risk.unfinished:,} cascades were cut off: the network has loops without leakage. Their "
            "index is too low; fill in revenues.",
        )
        console.print(cut.text(lang), style="yellow", markup=False, soft_wrap=True)
    seconds = time.perf_counter() - started
    done = Label(
        f"{out}：{len(risk.firms):,} 家，{seconds:.1f} 秒。",
        f"{out}: {len(risk.firms):,} firms in {seconds:.1f} s.",
    )
    console.print(done.text(lang), markup=False, soft_wrap=True)


def sourcing(
    links: Links,
    firms: Firms,
    out: Out,
    essentiality: Essentiality = None,
    lang: Language = "zh",
) -> None:
    """每家的每种投入品靠几家。On how many suppliers each input rests."""
    from fenglian.engine.analysis.sourcing import sourcing as compute

    console = screen()
    try:
        network = open_network(links, firms, essentiality, lang)
    except FenglianError as fault:
        raise fail(fault, lang) from None
    report_intakes(console, network.intakes, lang)
    found = compute(network)
    headings = (
        "buyer", "product", "value", "suppliers", "essential", "effective_suppliers", "hhi",
        "hhi_owner", "hhi_region", "single_source", "single_owner",
    )  # fmt: skip
    write_table(out, headings, sourcing_rows(found), lang)
    done = Label(
        f"{out}：{len(found.rows):,} 项投入，其中关键而只有一个来源的 {len(found.single_sources):,} 项。",
        f"{out}: {len(found.rows):,} inputs, of which {len(found.single_sources):,} are essential and "
        "have one source.",
    )
    console.print(done.text(lang), markup=False, soft_wrap=True)


def reinforcement(
    links: Links,
    firms: Firms,
    out: Out,
    essentiality: Essentiality = None,
    plants: Plants = False,
    stock: StockShare = 0.0,
    lang: Language = "zh",
) -> None:
    """添第二家、新建、备货，各少损失多少。What second sources, new plants, stocks would save."""
    from fenglian.engine.analysis.reinforcement import reinforcement as compute

    console = screen()
    try:
        network = open_network(links, firms, essentiality, lang)
        report_intakes(console, network.intakes, lang)
        effects = compute(network, plants=plants, stock=stock)
    except FenglianError as fault:
        raise fail(fault, lang) from None
    rows = [measure_row(each) for each in effects]
    headings = ("measure", "buyer", "first", "second", "stock", "esri_before", "esri_saved")
    write_table(out, headings, rows, lang)
    done = Label(
        f"{out}：试了 {len(rows):,} 项措施。", f"{out}: {len(rows):,} measures were tried."
    )
    console.print(done.text(lang), markup=False, soft_wrap=True)


def location_risk(
    links: Links,
    firms: Firms,
    out: Out,
    essentiality: Essentiality = None,
    by: Together = "region",
    mode: Mode = "default",
    substitution: Substitution = True,
    lang: Language = "zh",
) -> None:
    """一个地方、一个集团一起停。What is lost where a place or an owner stops as a whole."""
    from fenglian.engine.analysis.location_risk import location_risk as compute
    from fenglian.engine.analysis.systemic_risk import Options

    console = screen()
    if by not in ("region", "owner"):
        raise fail(
            Label(
                f"--by 不能是“{by}”；请用 region 或 owner。",
                f"--by cannot be {by!r}; use region or owner.",
            ),
            lang,
        )
    try:
        network = open_network(links, firms, essentiality, lang)
        report_intakes(console, network.intakes, lang)
        together: Literal["region", "owner"] = "owner" if by == "owner" else "region"
        found = compute(network, together, Options(mode, substitution=substitution))
    except FenglianError as fault:
        raise fail(fault, lang) from None
    rows: list[tuple[object, ...]] = [
        (row.name, len(row.firms), row.share, row.esri, row.esri_down, row.esri_up, row.beyond)
        for row in found.rows
    ]
    headings = (by, "firms", "share", "esri", "esri_down", "esri_up", "lost_elsewhere")
    write_table(out, headings, rows, lang)
    for assumption in found.assumptions:
        console.print(f"- {assumption.text(lang)}", markup=False, soft_wrap=True)
    done = Label(
        f"{out}：{len(rows):,} 个；没有写地区的企业 {found.unplaced:,} 家。",
        f"{out}: {len(rows):,} rows; {found.unplaced:,} firms state no region.",
    )
    console.print(done.text(lang), markup=False, soft_wrap=True)


def measure_row(effect: "Effect") -> "tuple[object, ...]":
    """Return what a measure is and what it saves, as a row."""
    from fenglian.engine.analysis.reinforcement import NewSource, SecondSource, Stock

    match effect.measure:
        case SecondSource(buyer=buyer, first=first, second=second):
            what: tuple[object, ...] = ("second-source", buyer, first, second, "")
        case NewSource(buyer=buyer, first=first, firm=firm):
            what = ("new-plant", buyer, first, firm, "")
        case Stock(firm=firm, share=share):
            what = ("stock", "", firm, "", share)
        case other:
            raise TypeError(type(other).__name__)
    return (*what, effect.before, effect.saved)


def open_network(
    links: Path, firms: Path, essentiality: Path | None, language: str
) -> "SupplyNetwork":
    """Read the tables that the options name."""
    from fenglian.engine.chain.link_tables import read_network

    files = [read_file(path, language) for path in (links, firms, essentiality) if path]
    return read_network(*files)


def read_file(path: Path, language: str) -> "TableFile":
    """Return the bytes of a file, or say why not."""
    from fenglian.engine.chain.link_tables import TableFile

    try:
        return TableFile(printable(path.name), path.read_bytes())
    except OSError as fault:
        reason = fault.strerror or str(fault)
        raise fail(
            Label(
                f"读不到“{path}”：{reason}。请检查路径。",
                f"Cannot read {path}: {reason}. Check the path.",
            ),
            language,
        ) from None


def report_intakes(console: "Console", intakes: "tuple[TableIntake, ...]", language: str) -> None:
    """Print what became of the rows of each table, and the first rejected ones."""
    for each in intakes:
        said = Label(
            f"{each.name}：读入 {each.read:,} 行 = 采用 {each.accepted:,} + 退回 {each.rejected:,} + "
            f"重复 {each.duplicates:,}",
            f"{each.name}: {each.read:,} rows read = {each.accepted:,} accepted + {each.rejected:,} "
            f"rejected + {each.duplicates:,} duplicate",
        )
        console.print(said.text(language), markup=False, soft_wrap=True)
        for fault in each.faults[:SHOWN]:
            console.print(
                f"  {fault.message(language)}", style="yellow", markup=False, soft_wrap=True
            )
        if each.rejected > SHOWN:
            hidden = each.rejected - SHOWN
            more = Label(f"  另有 {hidden:,} 行退回。", f"  {hidden:,} more rows were rejected.")
            console.print(more.text(language), style="dim", markup=False)


def executor_of(threads: int) -> "Executor":
    """Return who does the work."""
    from fenglian.engine.executor import SerialExecutor, ThreadExecutor

    return SerialExecutor() if threads == 1 else ThreadExecutor(threads)


def progress_bar(language: str, words: Label = FIRM_BY_FIRM) -> "tuple[Progress, Watch]":
    """Return a bar on the terminal and the watch that moves it; piped output shows none."""
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    from fenglian.engine.executor import Watch

    console = screen(stderr=True)
    bar = Progress(
        TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:>3.0f} %"),
        TimeRemainingColumn(), console=console, transient=True, disable=not console.is_terminal,
    )  # fmt: skip
    task = bar.add_task(words.text(language), total=None)
    return bar, Watch(
        advance=lambda done, total: bar.update(task, completed=done, total=total),
    )


def score_rows(risk: "SystemicRisk") -> "list[tuple[object, ...]]":
    """Return the firms with their scores, the highest first."""
    return [
        (
            row.firm, row.esri, row.esri_down, row.esri_up, row.rounds,
            row.touched, row.esri_up_bound,
        )
        for row in risk.top(len(risk.firms))
    ]  # fmt: skip


def sourcing_rows(found: "Sourcings") -> "list[tuple[object, ...]]":
    """Return the inputs, what is essential and large first."""
    return [
        (
            row.buyer, row.product or "", row.value, ";".join(row.suppliers),
            int(row.essential), row.effective_suppliers, row.hhi, row.hhi_owner,
            row.hhi_region, int(row.single_source),
            int(row.single_owner),
        )
        for row in found.rows
    ]  # fmt: skip


def write_table(
    path: Path, headings: "Sequence[str]", rows: "list[tuple[object, ...]]", language: str
) -> None:
    """Write a table that spreadsheets open as UTF-8; no cell of it is taken for a formula."""
    from fenglian.web.cells import harmless

    buffer = io.StringIO()
    table = csv.writer(buffer, lineterminator="\n")
    table.writerow(headings)
    table.writerows([harmless(cell) for cell in row] for row in rows)
    try:
        path.write_text(buffer.getvalue(), "utf-8-sig")
    except OSError as fault:
        reason = fault.strerror or str(fault)
        raise fail(
            Label(
                f"写不了“{path}”：{reason}。请用 --out 另选。",
                f"Cannot write {path}: {reason}. Choose another with --out.",
            ),
            language,
        ) from None


def report_top(console: "Console", risk: "SystemicRisk", top: int, language: str) -> None:
    """Print the firms of the highest index."""
    from rich.table import Table

    if not top:
        return
    headings = (
        Label("企业", "Firm"), Label("指数", "ESRI"), Label("下游", "downstream"),
        Label("上游", "upstream"), Label("波及", "touched"),
    )  # fmt: skip
    table = Table(box=None, pad_edge=False, show_edge=False, header_style="dim")
    for place, heading in enumerate(headings):
        table.add_column(heading.text(language), justify="right" if place else "left")
    for row in risk.top(top):
        figures = [f"{figure:.4f}" for figure in (row.esri, row.esri_down, row.esri_up)]
        table.add_row(printable(row.firm), *figures, f"{row.touched:,}")
    console.print(table, markup=False)


FAMILY = {
    "systemic-risk": systemic_risk,
    "sourcing": sourcing,
    "location-risk": location_risk,
    "reinforcement": reinforcement,
}
