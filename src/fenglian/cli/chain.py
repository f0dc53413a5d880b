"""Ask a chain a question: what is needed, what is covered, on whom does it rest."""

import json
import sys
from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from fenglian.cli.application import Language, fail, screen
from fenglian.engine.errors import FenglianError
from fenglian.engine.labels import Label

if TYPE_CHECKING:
    from rich.console import Console

    from fenglian.engine.analysis.question import Analysis, Column, Report, ReportRow
    from fenglian.engine.chain.model import Chain
    from fenglian.engine.chain.pack import Pack

PackName = Annotated[str, typer.Option("--pack", help="产业链包或文件夹 / chain pack or folder")]
RegionName = Annotated[
    str | None, typer.Option("--region", help="地区包；none 为不要 / region pack; none for none")
]
ScenarioName = Annotated[str | None, typer.Option("--scenario", help="情景 / scenario")]
Year = Annotated[int | None, typer.Option("--year", help="年份 / year")]
AsOf = Annotated[
    str | None, typer.Option("--as-of", help="截至日期 2026-01-31 / as known on that day")
]
Question = Annotated[
    str,
    typer.Option(
        "--question",
        help="requirement | coverage | concentration | adjacency | throughput | synchrony "
        "| exposure | carbon",
    ),
]
Everything = Annotated[bool, typer.Option("--all", help="所有产品 / all products")]
Format = Annotated[str, typer.Option("--format", help="text | json")]
WIDE = 180  # characters, for output that is piped
ASSUMED = Label("假设", "assumed")
EXAMPLE = Label("演示数据：全部虚构", "Example data: all of it is invented")


def run(
    pack: PackName = "wind",
    region: RegionName = None,
    scenario: ScenarioName = None,
    year: Year = None,
    question: Question = "coverage",
    as_of: AsOf = None,
    everything: Everything = False,
    format_: Format = "text",
    lang: Language = "zh",
) -> None:
    """按情景算产业链：要多少、够不够、靠几家。What a scenario needs, and what is covered."""
    check_format(format_, lang)
    chain = open_chain(Wanted(pack, region, scenario, year, as_of), lang)
    analysis = find_analysis(question, lang)
    report = analysis.run(chain)
    if format_ == "json":
        from fenglian.engine.chain.plain import to_plain

        head = chain_record(chain)
        write_json({**head, "question": analysis.name, "report": to_plain(report)})
        return
    console = wide_screen()
    report_chain(console, chain, lang)
    console.print(f"\n{analysis.question.text(lang)}", style="bold", markup=False)
    report_headlines(console, report, lang)
    report_rows(console, chain, analysis, report, lang, everything=everything)
    report_assumptions(console, report.assumptions, lang)


def check_format(format_: str, language: str) -> None:
    """Refuse another form than text and JSON."""
    if format_ not in ("text", "json"):
        raise fail(
            Label(
                f"--format 只认 text 与 json，不认“{format_}”。",
                f"--format takes text or json, not {format_!r}.",
            ),
            language,
        )


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the options say of the chain to build."""

    pack: str
    region: str | None
    scenario: str | None
    year: int | None
    as_of: str | None


def open_chain(wanted: Wanted, language: str) -> "Chain":
    """Build the chain that the options name, or say why not."""
    import fenglian as fl

    day, pack = read_day(wanted.as_of, language), open_packs(wanted, language)
    try:
        return fl.build_chain(pack, wanted.scenario, wanted.year, as_of=day)
    except FenglianError as fault:
        raise fail(fault, language) from None


def open_packs(wanted: Wanted, language: str) -> "Pack":
    """Return the pack that the options name with its region, or say why not."""
    import fenglian as fl

    try:
        pack, region = fl.load_pack(wanted.pack), wanted.region
        if region is None and pack.region is None:
            region = default_region(pack.id)
        if region not in (None, "none"):
            pack = fl.join_region(pack, fl.load_pack(str(region)))
    except FenglianError as fault:
        raise fail(fault, language) from None
    return pack


def read_day(words: str | None, language: str) -> date | None:
    """Return the day that is written, or say that it is none."""
    try:
        return date.fromisoformat(words) if words else None
    except ValueError:
        raise fail(
            Label(
                f"“{words}”不是日期；请写 2026-01-31。", f"{words!r} is no day; write 2026-01-31."
            ),
            language,
        ) from None


def default_region(chain: str) -> str | None:
    """Return the shipped region pack for a chain, where there is one and no more.

    Invented regions are never taken unasked.
    """
    from fenglian.engine.chain.descriptor import read_descriptor
    from fenglian.packs import list_packs, read_pack_files

    fitting = [
        name
        for name in list_packs()
        if (block := read_descriptor(read_pack_files(name).descriptor)[0].region)
        and chain in block.chains
        and name != chain
        and not block.example
    ]
    return fitting[0] if len(fitting) == 1 else None


def find_analysis(name: str, language: str) -> "Analysis":
    """Return the analysis of a name, or say which there are."""
    from fenglian.engine.analysis import CATALOGUE

    known = {analysis.name: analysis for analysis in CATALOGUE}
    if name not in known:
        names = ", ".join(known)
        raise fail(
            Label(
                f"没有“{name}”这个问题；可用：{names}。", f"No question {name!r}; known: {names}."
            ),
            language,
        )
    return known[name]


def chain_record(chain: "Chain") -> dict[str, object]:
    """Return what programs must know of the chain that an answer is about."""
    from fenglian.engine.chain.plain import to_plain

    return {
        "chain": chain.id,
        "name": to_plain(chain.name),
        "region": to_plain(chain.region),
        "example": chain.example,
        "as_of": to_plain(chain.as_of),
        "scenario": to_plain(chain.scenario),
        "fingerprint": chain.fingerprint,
    }


def write_json(record: object) -> None:
    """Write one JSON object with Chinese as it is."""
    sys.stdout.write(json.dumps(record, ensure_ascii=False, indent=1) + "\n")


def wide_screen() -> "Console":
    """Return a console with room for names of organisations where nobody looks at its width."""
    console = screen()
    if not console.is_terminal:
        console.width = WIDE
    return console


def report_chain(console: "Console", chain: "Chain", language: str) -> None:
    """Print chain, region, scenario and demand; an example says that it is one."""
    if chain.example:
        console.print(EXAMPLE.text(language), style="bold red", markup=False)
    parts = [chain.name, chain.region, chain.scenario.name]
    heading = " · ".join(part.text(language) for part in parts if part)
    console.print(f"{heading} {chain.scenario.year}", style="bold", markup=False)
    needed = Label("需求", "Demand").text(language)
    unit = Label(f"{chain.scenario.unit}/年", f"{chain.scenario.unit} a year")
    mark = f"  [{ASSUMED.text(language)}]" if chain.scenario.assumed else ""
    console.print(f"{needed} {chain.scenario.demand.text(language, unit)}{mark}", markup=False)


def report_headlines(console: "Console", report: "Report", language: str) -> None:
    """Print the answers about the whole chain, of a report that has some."""
    for each in getattr(report, "headlines", ()):
        console.print(
            f"{each.label.text(language)}  {each.value.text(language, each.unit)}", markup=False
        )


def report_rows(
    console: "Console",
    chain: "Chain",
    analysis: "Analysis",
    report: "Report",
    language: str,
    *,
    everything: bool,
) -> None:
    """Print a report's rows as a table; without ``everything`` those that somebody looked at."""
    from rich.table import Table

    from fenglian.engine.analysis.question import by_rank

    rows = [row for row in by_rank(report.rows) if everything or is_of_interest(chain, row)]
    table = Table(box=None, pad_edge=False, show_edge=False, header_style="dim")
    for column in analysis.columns:
        many = column.kind in ("organisations", "products")
        table.add_column(column.label.text(language), overflow="fold", no_wrap=not many)
    table.add_column("", no_wrap=True)
    for row in rows:
        cells = [cell_of(chain, row, column, language) for column in analysis.columns]
        table.add_row(*cells, ASSUMED.text(language) if row.assumed else "")
    console.print(table, markup=False)
    states = Counter(state.text(language) for row in report.rows if (state := state_of(row)))
    if states:
        counted = " · ".join(f"{state} {count}" for state, count in sorted(states.items()))
        number = len(report.rows)
        total = Label(f"合计 {number}：{counted}", f"In all {number}: {counted}")
        console.print(f"\n{total.text(language)}", markup=False)
    if len(rows) < len(report.rows):
        hidden = len(report.rows) - len(rows)
        more = Label(f"另有 {hidden} 项，加 --all 显示。", f"{hidden} more; --all shows them.")
        console.print(more.text(language), style="dim", markup=False)


def is_of_interest(chain: "Chain", row: "ReportRow") -> bool:
    """Tell whether the chain office named the product, or somebody looked for it or makes it."""
    product = chain.product(row.product)
    looked = any(each.product == row.product for each in chain.looked)
    return product.focus or looked or bool(chain.makers(row.product))


def state_of(row: "ReportRow") -> Label | None:
    """Return the status of a row that has one."""
    state = getattr(row, "state", None)
    return state if isinstance(state, Label) else None


def cell_of(chain: "Chain", row: "ReportRow", column: "Column", language: str) -> str:
    """Return the words of one cell."""
    from fenglian.engine.chain.intervals import Interval, exactly, write_number
    from fenglian.engine.chain.money import in_large_units

    value = getattr(row, column.name)
    if isinstance(value, Interval) and column.kind == "money":
        amount, unit = in_large_units(value, Label("元/年", "yuan a year"), language)
        return amount.text(language, unit)
    if isinstance(value, Interval) and column.kind == "ratio":
        return value.times(exactly(100.0)).text(language, Label("%", "%"))
    if isinstance(value, Interval):
        about = chain.final_product if column.kind == "final" else row.product
        return value.text(language, chain.product(about).unit_name)
    if isinstance(value, Label):
        return value.text(language)
    if column.kind == "product":
        return chain.product(value).name.text(language)
    if column.kind in ("products", "organisations"):
        named = chain.product if column.kind == "products" else chain.organisation
        comma = "、" if language.startswith("zh") else ", "
        return comma.join(named(each).name.text(language) for each in value)
    if isinstance(value, bool):
        yes, no = Label("是", "yes"), Label("否", "no")
        return (yes if value else no).text(language)
    return "–" if value is None else write_number(float(value))


def report_assumptions(console: "Console", assumptions: tuple[Label, ...], language: str) -> None:
    """Print what was assumed for all rows."""
    if assumptions:
        heading = Label("假设与口径", "Assumptions").text(language)
        console.print(f"\n{heading}", style="bold", markup=False)
    for assumption in assumptions:
        console.print(f"- {assumption.text(language)}", markup=False)
