"""What was known of the chain on two days? The packs' sources by their dates, under one demand."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from fenglian.cli.application import Language, fail
from fenglian.cli.chain import (
    Everything,
    Format,
    PackName,
    RegionName,
    ScenarioName,
    Wanted,
    Year,
    chain_record,
    check_format,
    open_packs,
    read_day,
    report_assumptions,
    report_chain,
    wide_screen,
    write_json,
)
from fenglian.engine.errors import FenglianError
from fenglian.engine.labels import Label

if TYPE_CHECKING:
    from rich.console import Console

    from fenglian.engine.analysis.coverage import Coverage
    from fenglian.engine.analysis.replay import Node, Replay, Side
    from fenglian.engine.chain.model import Chain

Then = Annotated[
    str | None,
    typer.Option("--then", help="往日，不写是联盟成立日 / else the alliance's founding day"),
]
Now = Annotated[str | None, typer.Option("--now", help="后一日，不写是今天 / else today")]
UNKNOWN = Label("不详", "unknown")
NO_DAY = Label(
    "数据包没有写联盟哪天成立；请用 --then 写日期，如 --then 2023-04-07。",
    "The packs do not tell when the alliance was founded; name a day with --then 2023-04-07.",
)
HEADS = (
    Label("产品", "product"),
    Label("往日", "then"),
    Label("做的单位", "makers"),
    Label("现在", "now"),
    Label("做的单位", "makers"),
)


def run(
    then: Then = None,
    now: Now = None,
    pack: PackName = "wind",
    region: RegionName = None,
    scenario: ScenarioName = None,
    year: Year = None,
    everything: Everything = False,
    format_: Format = "text",
    lang: Language = "zh",
) -> None:
    """往日与现在：两天各知道谁做什么、够不够。What was known of the chain on two days."""
    check_format(format_, lang)
    first, last = read_day(then, lang), read_day(now, lang)
    # Like the brief, the command may look at the calendar; the engine may not.
    today = date.today()  # noqa: DTZ011 — a day of people is local
    packs = open_packs(Wanted(pack, region, scenario, year, None), lang)
    from fenglian.engine.analysis.replay import replay
    from fenglian.engine.chain.known import founding_day

    first = first or founding_day(packs)
    if first is None:
        raise fail(NO_DAY, lang)
    try:
        found = replay(packs, first, last, today=today, scenario=scenario, year=year)
    except FenglianError as fault:
        raise fail(fault, lang) from None
    if format_ == "json":
        write_json({**chain_record(found.now.chain), **_record(found)})
        return
    _report(found, lang, everything=everything)


def _record(found: "Replay") -> dict[str, object]:
    from fenglian.engine.chain.plain import to_plain

    return {
        "then": _side(found.then),
        "now": _side(found.now),
        "rows": to_plain(found.rows),
        "assumptions": to_plain(found.assumptions),
    }


def _side(side: "Side") -> dict[str, object]:
    return {
        "day": side.day.isoformat(),
        "makers": sorted(side.makers),
        "bottlenecks": list(side.bottlenecks),
        "sized": side.sized,
    }


def _report(found: "Replay", language: str, *, everything: bool) -> None:
    console = wide_screen()
    report_chain(console, found.now.chain, language)
    for side in (found.then, found.now):
        _report_side(console, side, language)
    rows = found.rows if everything else found.differing
    table = Table(box=None)
    for head in HEADS:
        table.add_column(head.text(language))
    for row in rows:
        table.add_row(*_cells(row, found, language))
    console.print(table)
    if len(rows) < len(found.rows):
        words = Label("其余两天相同；--all 全列", "the others are the same on both days; --all")
        console.print(words.text(language), markup=False)
    report_assumptions(console, found.assumptions, language)


def _report_side(console: "Console", side: "Side", language: str) -> None:
    makers = Label(f"已知制造单位 {len(side.makers)} 家", f"{len(side.makers)} makers known")
    sized = Label(f"{side.sized} 种产品查到产能", f"capacity known of {side.sized} products")
    names = "、".join(side.chain.product(each).name.text(language) for each in side.bottlenecks)
    first = Label("已知的堵点", "known bottlenecks").text(language)
    words = [
        each.text(language) if side.makers else UNKNOWN.text(language) for each in (makers, sized)
    ]
    console.print(
        f"{side.day.isoformat()}  {words[0]} · {words[1]} · {first} {names or UNKNOWN.text(language)}",
        markup=False,
    )


def _cells(row: "Node", found: "Replay", language: str) -> list[str]:
    name = found.now.chain.product(row.product).name.text(language)
    then = _covered(row.then, found.then.chain, language)
    return [name, *then, *_covered(row.now, found.now.chain, language)]


def _covered(cover: "Coverage", chain: "Chain", language: str) -> tuple[str, str]:
    makers = (chain.organisation(each).name.text(language) for each in cover.makers)
    return cover.state.text(language), "、".join(makers) or UNKNOWN.text(language)
