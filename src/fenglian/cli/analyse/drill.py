"""The drill of ``analyse``: a firm stops for some weeks, what becomes of the others?"""

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fenglian.cli.analyse.drill_options import AFTERWARDS, read_ends, read_final, read_stops
from fenglian.cli.analyse.drill_plan import Letter, check_letter, write_plan
from fenglian.cli.analyse.drill_results import Answers, report, write_answers
from fenglian.cli.analyse.links import (
    Essentiality,
    Firms,
    Links,
    Threads,
    Top,
    executor_of,
    open_network,
    progress_bar,
    read_file,
    report_intakes,
)
from fenglian.cli.application import Language, fail, screen
from fenglian.cli.brief import Banner, ClassLabel, Day, Organ, Recipient
from fenglian.engine.errors import FenglianError
from fenglian.engine.labels import Label

if TYPE_CHECKING:
    from fenglian.engine.chain.drill import Drill, Rationing, Rules
    from fenglian.engine.chain.drill_tables import DrillTables
    from fenglian.engine.chain.supply_network import SupplyNetwork

Stop = Annotated[
    list[str],
    typer.Option("--stop", help="停产的企业，可写份额，可写几次：企业 或 企业:0.5 / who stops"),
]
ForDays = Annotated[
    int, typer.Option("--days", min=0, max=3_000, help="停几天；0 不恢复 / days; 0 for good")
]
FromDay = Annotated[
    int, typer.Option("--from-day", min=1, max=3_000, help="从第几天停 / first day of the stop")
]
Horizon = Annotated[
    int | None, typer.Option("--horizon", min=1, max=3_660, help="共看几天 / days to look at")
]
StocksTable = Annotated[
    Path | None,
    typer.Option("--stocks", help="库存表：firm,days[,product,days_low,days_high,source] / stocks"),
]
FreeTable = Annotated[
    Path | None,
    typer.Option("--free", help="空余产能：firm,free[,free_low,free_high,source] / free capacity"),
]
SubstitutesTable = Annotated[
    Path | None,
    typer.Option("--substitutes", help="已定的替代：buyer,product,supplier[,from_day] / stand-ins"),
]
Assumed = Annotated[
    str, typer.Option("--assumed", help="没有填的库存按几天：低:中:高 / days not stated")
]
RationingRule = Annotated[str, typer.Option("--rationing", help="proportional | inside")]
Favour = Annotated[
    list[str] | None, typer.Option("--favour", help="优先供货的企业 / who is served first")
]
Overproduction = Annotated[
    float, typer.Option("--overproduction", min=1, max=10, help="最多做到平时几倍 / times normal")
]
Period = Annotated[
    float, typer.Option("--period-days", min=1, max=3_660, help="供货额是几天的 / days of value")
]
Yuan = Annotated[
    float, typer.Option("--unit-yuan", min=1e-6, max=1e12, help="一个单位是几元 / yuan a unit")
]
Final = Annotated[
    str | None, typer.Option("--final", help="最终产品的行业 / sector of the final product")
]
FinalPrice = Annotated[
    str | None, typer.Option("--final-price", help="每单位几元：低:中:高 / yuan a unit")
]
FinalUnit = Annotated[str, typer.Option("--final-unit", help="单位 / its unit")]
ReadyDay = Annotated[
    int, typer.Option("--ready-day", min=1, max=3_000, help="替代从第几天供货 / stand-ins from")
]
PlanFile = Annotated[
    Path | None, typer.Option("--plan", help="应急预案写到哪个 docx / emergency plan, docx")
]
Synthetic = Annotated[
    bool, typer.Option("--synthetic", help="数据是虚构的，预案每页注明 / invented data, say so")
]
OutFolder = Annotated[Path, typer.Option("--out", help="结果文件夹 / folder of the results")]


def disruption(
    links: Links,
    firms: Firms,
    stop: Stop,
    out: OutFolder,
    essentiality: Essentiality = None,
    stocks: StocksTable = None,
    free: FreeTable = None,
    substitutes: SubstitutesTable = None,
    days: ForDays = 14,
    from_day: FromDay = 1,
    horizon: Horizon = None,
    assumed: Assumed = "0:7:30",
    rationing: RationingRule = "proportional",
    favour: Favour = None,
    overproduction: Overproduction = 1.0,
    period_days: Period = 365.0,
    unit_yuan: Yuan = 1.0,
    final: Final = None,
    final_price: FinalPrice = None,
    final_unit: FinalUnit = "MW",
    ready_day: ReadyDay = 8,
    plan: PlanFile = None,
    organ: Organ = "秘书处",
    recipient: Recipient = None,
    banner: Banner = None,
    class_label: ClassLabel = "内部",
    day: Day = None,
    synthetic: Synthetic = False,
    threads: Threads = 1,
    top: Top = 10,
    lang: Language = "zh",
) -> None:
    """停产推演：一家停几周，谁在哪天停、哪天恢复、损失多少。Who stops when, and what it costs."""
    from fenglian.engine.chain.drill import Drill, Rules

    console, started = screen(), time.perf_counter()
    letter = plan and Letter(plan, organ, recipient, banner, class_label, day, synthetic)
    heading = check_letter(letter, lang) if letter else None
    make_folder(out, lang)
    try:
        network = open_network(links, firms, essentiality, lang)
        tables = open_tables(network, (stocks, free, substitutes), lang)
        report_intakes(console, (*network.intakes, *tables.intakes), lang)
        drill = Drill(
            read_stops(stop, days, from_day, network, lang),
            tables.stocks,
            tables.free,
            tables.substitutes,
            read_final(final, final_price, final_unit, lang),
        )
        rules = Rules(
            days=horizon or from_day - 1 + days + AFTERWARDS,
            period_days=period_days,
            yuan=unit_yuan,
            rationing=find_rationing(rationing, lang),
            favoured=tuple(favour or ()),
            overproduction=overproduction,
            assumed=read_ends(assumed, "--assumed", lang),
        )
        answers = ask(network, drill, rules, (ready_day, threads, lang))
    except FenglianError as fault:
        raise fail(fault, lang) from None
    write_answers(out, answers, lang)
    report(console, answers, top, lang)
    if letter and heading:
        size = write_plan(letter, heading, answers, (*network.intakes, *tables.intakes), lang)
        console.print(f"{letter.path}  {size:,} B", markup=False, soft_wrap=True)
    seconds = time.perf_counter() - started
    done = Label(
        f"{out}：{answers.found.firms:,} 家，{rules.days} 天，{seconds:.1f} 秒。",
        f"{out}: {answers.found.firms:,} firms, {rules.days} days in {seconds:.1f} s.",
    )
    console.print(done.text(lang), markup=False, soft_wrap=True)


def make_folder(out: Path, language: str) -> None:
    """Make the folder of the results, before anything is computed."""
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        reason = fault.strerror or str(fault)
        raise fail(
            Label(
                f"建不了文件夹“{out}”：{reason}。请用 --out 另选。",
                f"Cannot make the folder {out}: {reason}. Choose another with --out.",
            ),
            language,
        ) from None


def open_tables(
    network: "SupplyNetwork", paths: "tuple[Path | None, ...]", language: str
) -> "DrillTables":
    """Read the tables of stocks, free capacity and substitutes that are named."""
    from fenglian.engine.chain.drill_tables import read_drill_tables

    stocks, free, substitutes = (read_file(path, language) if path else None for path in paths)
    return read_drill_tables(network, stocks, free, substitutes)


def find_rationing(words: str, language: str) -> "Rationing":
    """Return the rule of rationing, or say which there are."""
    from fenglian.engine.chain.drill import Rationing

    if words not in set(Rationing):
        known = ", ".join(Rationing)
        raise fail(
            Label(
                f"--rationing 没有“{words}”。可用：{known}。", f"No rationing {words!r}: {known}."
            ),
            language,
        )
    return Rationing(words)


def ask(
    network: "SupplyNetwork", drill: "Drill", rules: "Rules", how: tuple[int, int, str]
) -> Answers:
    """Run the drill, what it hangs on and who could stand in, with a bar for each."""
    from fenglian.engine.analysis.disruption import disruption as run
    from fenglian.engine.analysis.drill.sensitivity import sensitivity
    from fenglian.engine.analysis.drill.stand_ins import stand_ins

    ready_day, threads, language = how
    executor = executor_of(threads)
    bar, watch = progress_bar(language, Label("停产推演", "Drill"))
    with bar:
        found = run(network, drill, rules, executor=executor, watch=watch)
    bar, watch = progress_bar(language, Label("换条件再算", "Changed conditions"))
    with bar:
        changes = sensitivity(network, drill, rules, executor=executor, watch=watch)
    bar, watch = progress_bar(language, Label("逐家试替代", "Stand-ins one by one"))
    with bar:
        others = stand_ins(
            network, drill, rules, ready_day=ready_day, executor=executor, watch=watch
        )
    return Answers(found, changes, others)


FAMILY = {"disruption": disruption}
