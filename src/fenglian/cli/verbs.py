"""Say which links to build, extend, patch and strengthen, and what to ask whom."""

from typing import TYPE_CHECKING, Annotated

import typer

from fenglian.cli.application import Language, screen
from fenglian.cli.chain import (
    ASSUMED,
    AsOf,
    Format,
    PackName,
    RegionName,
    ScenarioName,
    Wanted,
    Year,
    chain_record,
    check_format,
    open_chain,
    report_assumptions,
    report_chain,
    write_json,
)
from fenglian.engine.labels import Label

if TYPE_CHECKING:
    from rich.console import Console

    from fenglian.engine.advice.items import AdviceItem, Verb
    from fenglian.engine.advice.outcomes import Outcome

Top = Annotated[int, typer.Option("--top", min=1, help="每类几条 / items a verb")]
FIRST = 5


def run(
    pack: PackName = "wind",
    region: RegionName = None,
    scenario: ScenarioName = None,
    year: Year = None,
    as_of: AsOf = None,
    top: Top = FIRST,
    format_: Format = "text",
    lang: Language = "zh",
) -> None:
    """四链建议：建链、延链、补链、强链。Which links to build, extend, patch, strengthen."""
    check_format(format_, lang)
    chain = open_chain(Wanted(pack, region, scenario, year, as_of), lang)
    from fenglian.engine.advice.items import Verb
    from fenglian.engine.advice.outcomes import outcome_of
    from fenglian.engine.advice.verbs import verbs
    from fenglian.engine.analysis.throughput import throughput

    advice, limits = verbs(chain), throughput(chain)
    outcomes = {item.id: outcome_of(chain, limits, item) for item in advice.items}
    if format_ == "json":
        from fenglian.engine.chain.plain import to_plain

        told = [to_plain(each) for each in outcomes.values()]
        write_json({**chain_record(chain), "advice": to_plain(advice), "outcomes": told})
        return
    console = screen()
    report_chain(console, chain, lang)
    for verb in Verb:
        report_verb(console, advice.of(verb), verb, outcomes, top, lang)
    report_assumptions(console, advice.assumptions, lang)


def report_verb(
    console: "Console",
    items: "tuple[AdviceItem, ...]",
    verb: "Verb",
    outcomes: "dict[str, Outcome]",
    top: int,
    language: str,
) -> None:
    """Print the first items of one verb, and how many there are."""
    heading = f"{verb.label.text(language)} {len(items)}"
    console.print(f"\n{heading}  {verb.meaning.text(language)}", style="bold", markup=False)
    for item in items[:top]:
        report_item(console, item, outcomes[item.id], language)
    if len(items) > top:
        more = Label(
            f"另有 {len(items) - top} 条，用 --top 多看。",
            f"{len(items) - top} more; --top shows more.",
        )
        console.print(more.text(language), style="dim", markup=False)


def report_item(console: "Console", item: "AdviceItem", outcome: "Outcome", language: str) -> None:
    """Print one item: why, figures, what doing it changes, what to ask, sources."""
    console.print(f"- {item.title.text(language)}", style="bold", markup=False, soft_wrap=True)
    console.print(f"  {item.why.text(language)}", markup=False, soft_wrap=True)
    for figure in item.figures:
        mark = f"  [{ASSUMED.text(language)}]" if figure.assumed else ""
        console.print(f"    {figure.text(language)}{mark}", markup=False, soft_wrap=True)
    done = Label("办成以后：", "If done: ").text(language)
    console.print(f"  {done}{outcome.words.text(language)}", markup=False, soft_wrap=True)
    if item.question:
        question = f"  → {item.question.text(language)}"
        console.print(question, style="cyan", markup=False, soft_wrap=True)
    rests = Label("出处：", "Sources: ").text(language)
    console.print(f"  {rests}{', '.join(item.evidence)}", style="dim", markup=False, soft_wrap=True)
