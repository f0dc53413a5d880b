"""The questions of ``analyse`` to the chain of packs: what limits it, on whom it rests, what if?

No installation is opened: what packs say is what everybody may know.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from fenglian.cli.application import Language, fail
from fenglian.cli.chain import (
    AsOf,
    Everything,
    Format,
    PackName,
    RegionName,
    ScenarioName,
    Wanted,
    Year,
    chain_record,
    check_format,
    find_analysis,
    open_chain,
    report_assumptions,
    report_chain,
    report_headlines,
    report_rows,
    wide_screen,
    write_json,
)
from fenglian.engine.errors import FenglianError
from fenglian.engine.labels import Label

if TYPE_CHECKING:
    from rich.console import Console

    from fenglian.engine.analysis.throughput import Throughputs
    from fenglian.engine.chain.model import Chain

# Command → question of the catalogue, and what its help says. Loading the catalogue to list it
# would load the numerics with every command.
QUESTIONS = {
    "requirement": ("requirement", "每样产品一年要多少。What a scenario needs of every product."),
    "coverage": ("coverage", "已知产能够不够。Whether known capacity reaches what is needed."),
    "concentration": ("concentration", "每样产品靠几家。On how many makers each product rests."),
    "adjacency": ("adjacency", "相邻的产品。What lies next to what is made."),
    "extension": ("extension", "延链候选，排了次序。What could be made next, ranked."),
    "bottlenecks": ("throughput", "一年能造多少，卡在哪里。What can be built, and what limits it."),
    "synchrony": ("synchrony", "各环节快慢。Whether the nodes keep pace."),
    "exposure": ("exposure", "供应关系查到多少。Which supply links are known."),
    "carbon": ("carbon", "材料碳排放，没计入的逐项列出。Embodied carbon, and what is left out."),
}
Plants = Annotated[
    list[str] | None,
    typer.Option("--plant", help="添一家：产品:年产能[:投资元] / product:amount[:cost in yuan]"),
]
Drops = Annotated[list[str] | None, typer.Option("--drop", help="停产的单位 / who falls out")]
Demand = Annotated[float | None, typer.Option("--demand", help="另一个需求 / another demand")]
Neighbours = Annotated[
    list[str] | None,
    typer.Option("--neighbour", help="算上的外地，可多次 / neighbours that count"),
]
LOSSES = 12  # lines
LEVELS = {
    "firm": Label("企业", "firm"),
    "site": Label("厂", "site"),
    "city": Label("市", "city"),
    "region": Label("外地", "neighbour"),
}


def _command(name: str) -> Callable[..., None]:
    question, words = QUESTIONS[name]

    def run(
        pack: PackName = "wind",
        region: RegionName = None,
        scenario: ScenarioName = None,
        year: Year = None,
        as_of: AsOf = None,
        everything: Everything = False,
        format_: Format = "text",
        lang: Language = "zh",
    ) -> None:
        check_format(format_, lang)
        chain = open_chain(Wanted(pack, region, scenario, year, as_of), lang)
        _tell(chain, question, lang, format_=format_, everything=everything)

    run.__doc__ = words
    return run


def bottlenecks(
    pack: PackName = "wind",
    region: RegionName = None,
    scenario: ScenarioName = None,
    year: Year = None,
    as_of: AsOf = None,
    neighbour: Neighbours = None,
    everything: Everything = False,
    format_: Format = "text",
    lang: Language = "zh",
) -> None:
    """一年能造多少，卡在哪里。What can be built a year, and what limits it."""
    from fenglian.engine.analysis.throughput import throughput

    check_format(format_, lang)
    chain = open_chain(Wanted(pack, region, scenario, year, as_of), lang)
    try:
        report = throughput(chain, neighbour or None)
    except FenglianError as fault:
        raise fail(fault, lang) from None
    _tell(chain, "throughput", lang, format_=format_, everything=everything, report=report)


def what_if(
    pack: PackName = "wind",
    region: RegionName = None,
    scenario: ScenarioName = None,
    year: Year = None,
    as_of: AsOf = None,
    plant: Plants = None,
    drop: Drops = None,
    demand: Demand = None,
    format_: Format = "text",
    lang: Language = "zh",
) -> None:
    """假如添一家厂、少一家、需求变了。What a plant, a firm less or another demand would change."""
    from fenglian.engine.analysis.comparison import compare
    from fenglian.engine.chain.changes import Changes, read_plant

    check_format(format_, lang)
    chain = open_chain(Wanted(pack, region, scenario, year, as_of), lang)
    try:
        plants = tuple(read_plant(words) for words in plant or ())
        found = compare(chain, Changes(plants, tuple(drop or ()), demand))
    except FenglianError as fault:
        raise fail(fault, lang) from None
    if format_ == "json":
        from fenglian.engine.chain.plain import to_plain

        rows = (*found.covers_before.rows, *found.covers_after.rows)
        gains = {"gained": found.gained, "cost_of_one": found.cost_of_one}
        write_json({**_head(chain, rows), **gains, "comparison": to_plain(found)})
        return
    console = wide_screen()
    report_chain(console, chain, lang)
    sides = ((Label("今天", "Today"), found.before), (Label("假如这样", "Imagined"), found.after))
    for label, side in sides:
        console.print(f"\n{label.text(lang)}", style="bold", markup=False)
        report_headlines(console, side, lang)
        _report_ladder(console, chain, side, lang)
    for row in found.rows:
        name = chain.product(row.product).name.text(lang)
        ends = [
            "–" if each is None else f"{each.state.text(lang)} {_percent(each.ratio, lang)}"
            for each in (row.before, row.after)
        ]
        console.print(f"  {name}  {' → '.join(ends)}", markup=False)
    report_assumptions(console, found.assumptions, lang)
    _report_grounds(console, chain, lang)


def _tell(
    chain: "Chain",
    question: str,
    language: str,
    *,
    format_: str,
    everything: bool,
    report: Any = None,
) -> None:
    """Ask and print, with assumptions, sources and the class of what went in."""
    analysis = find_analysis(question, language)
    found: Any = report or analysis.run(chain)
    if format_ == "json":
        from fenglian.engine.chain.plain import to_plain

        head = _head(chain, found.rows)
        write_json({**head, "question": question, "report": to_plain(found)})
        return
    console = wide_screen()
    report_chain(console, chain, language)
    console.print(f"\n{analysis.question.text(language)}", style="bold", markup=False)
    report_headlines(console, found, language)
    if question == "throughput":
        _report_ladder(console, chain, found, language)
        _report_losses(console, chain, found, language)
    report_rows(console, chain, analysis, found, language, everything=everything)
    report_assumptions(console, found.assumptions, language)
    _report_grounds(console, chain, language)


def _head(chain: "Chain", rows: Any) -> dict[str, object]:
    from fenglian.engine.chain.plain import to_plain

    cited = {name for row in rows for name in row.sources}
    sources = [source for name, source in chain.sources.items() if name in cited]
    return {
        **chain_record(chain),
        "data_class": str(chain.data_class),
        "sources": to_plain(sources),
    }


def _report_ladder(
    console: "Console", chain: "Chain", report: "Throughputs", language: str
) -> None:
    from fenglian.engine.chain.intervals import write_number

    if not report.ladder:
        return
    heading = Label("依次放开", "Lift one after the other").text(language)
    console.print(f"\n{heading}", style="bold", markup=False)
    comma = Label("、", ", ").text(language)
    unit = Label(f"{report.unit.zh}/年", f"{report.unit.en} a year").text(language)
    for number, rung in enumerate(report.ladder, 1):
        names = comma.join(chain.product(each).name.text(language) for each in rung.products)
        total = Label("没有别的已知限制", "no other known limit").text(language)
        if rung.total is not None:
            total = f"{write_number(rung.total)} {unit}"
        console.print(f"  {number}. {names} → {total}", markup=False)


def _report_losses(
    console: "Console", chain: "Chain", report: "Throughputs", language: str
) -> None:
    from fenglian.engine.chain.intervals import write_number

    if not report.losses:
        return
    heading = Label("少了谁，少几成", "Without whom, how much less").text(language)
    console.print(f"\n{heading}", style="bold", markup=False)
    known = {each.id: each.name for each in chain.organisations}
    for loss in report.losses[:LOSSES]:
        name = known[loss.name].text(language) if loss.name in known else loss.name
        level = LEVELS[loss.level].text(language)
        console.print(f"  {level} {name}  −{write_number(100 * loss.share)} %", markup=False)
    more = len(report.losses) - LOSSES
    if more > 0:
        rest = Label(f"  另有 {more} 项，见 --format json。", f"  {more} more: --format json.")
        console.print(rest.text(language), markup=False)
    console.print("")


def _percent(ratio: Any, language: str) -> str:
    from fenglian.engine.chain.intervals import exactly

    return str(ratio.times(exactly(100.0)).text(language, Label("%", "%")))


def _report_grounds(console: "Console", chain: "Chain", language: str) -> None:
    """Say of which class the answer is, and on what it rests."""
    label = chain.data_class.label
    words = Label(
        f"密级 {chain.data_class} {label.zh}；依据在 --format json 的 sources 里。",
        f"Class {chain.data_class} {label.en}; the evidence is in sources of --format json.",
    )
    console.print(f"\n{words.text(language)}", markup=False)


FAMILY = {
    **{name: _command(name) for name in QUESTIONS if name != "bottlenecks"},
    "bottlenecks": bottlenecks,
    "what-if": what_if,
}
