"""What lacks, in demand and in money; one gap with its three options, and its brief."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fenglian.cli.application import Language, fail, screen
from fenglian.cli.chain import (
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
    read_day,
    report_assumptions,
    report_chain,
    write_json,
)
from fenglian.engine.errors import FenglianError
from fenglian.engine.labels import Label

if TYPE_CHECKING:
    from rich.console import Console

    from fenglian.engine.advice.case import Case
    from fenglian.engine.advice.gaps import Gap, Gaps

Of = Annotated[
    str | None, typer.Option("--product", help="只看一种产品的缺口 / the gap of one product")
]
Out = Annotated[
    Path | None, typer.Option("--out", help="简报写到 docx、pdf 文件 / write its brief to a file")
]
Day = Annotated[str | None, typer.Option("--date", help="从哪天算起，不写是今天 / else today")]
Top = Annotated[int, typer.Option("--top", min=1, help="每类几条 / rows of each list")]
FIRST = 10


def gaps(
    pack: PackName = "wind",
    region: RegionName = None,
    scenario: ScenarioName = None,
    year: Year = None,
    as_of: AsOf = None,
    product: Of = None,
    out: Out = None,
    day: Day = None,
    top: Top = FIRST,
    format_: Format = "text",
    lang: Language = "zh",
) -> None:
    """缺口：折合多少需求、多少钱；三个办法。Gaps in demand and money; three options."""
    check_format(format_, lang)
    if out is not None and product is None:
        raise fail(Label("写简报要用 --product 指定产品。", "A brief needs --product."), lang)
    chain = open_chain(Wanted(pack, region, scenario, year, as_of), lang)
    from fenglian.engine.advice.gaps import find_gaps
    from fenglian.engine.advice.verbs import verbs
    from fenglian.engine.analysis.coverage import coverage

    found = find_gaps(chain, coverage(chain), verbs(chain))
    if product is None:
        if format_ == "json":
            from fenglian.engine.chain.plain import to_plain

            write_json({**chain_record(chain), "gaps": to_plain(found)})
            return
        console = screen()
        report_chain(console, chain, lang)
        _report_gaps(console, found, {each.id: each.name for each in chain.products}, top, lang)
        report_assumptions(console, found.assumptions, lang)
        return
    from fenglian.engine.advice.case import make_case

    start = read_day(day, lang) or date.today()  # noqa: DTZ011 — a decision's day is local
    try:
        case = make_case(chain, found, product, start)
    except FenglianError as fault:
        raise fail(fault, lang) from None
    _tell_case(case, out, format_, lang)


def _report_gaps(
    console: "Console", found: "Gaps", names: dict[str, Label], top: int, language: str
) -> None:
    heads = (
        Label("已知缺口", "Known gaps"),
        Label("产能未知，先问", "Capacity not known: first ask"),
    )
    for head, rows in zip(heads, (found.known, found.unknown), strict=True):
        console.print(f"\n{head.text(language)} {len(rows)}", style="bold", markup=False)
        for gap in rows[:top]:
            console.print(
                f"- {_row(gap, names, found.unit, language)}", markup=False, soft_wrap=True
            )
            if gap.question and not gap.known:
                question = f"  → {gap.question.text(language)}"
                console.print(question, style="cyan", markup=False, soft_wrap=True)


def _row(gap: "Gap", names: dict[str, Label], unit: Label, language: str) -> str:
    from fenglian.engine.chain.money import in_large_units

    money, measure = in_large_units(gap.value, Label("元/年", "yuan a year"), language)
    parts = (
        names[gap.product].text(language),
        gap.demand.text(language, unit),
        money.text(language, measure)
        if money.known
        else Label("金额未查到", "value not found").text(language),
    )
    return "  ".join(parts)  # fmt: skip


def _tell_case(case: "Case", out: Path | None, form: str, language: str) -> None:
    if out is not None:
        _write(case, out, language)
    if form == "json":
        from fenglian.engine.chain.plain import to_plain

        write_json({"case": to_plain(case)})
        return
    console = screen()
    console.print(case.name.text(language), style="bold", markup=False)
    for figure in case.figures:
        console.print(f"  {figure.text(language)}", markup=False, soft_wrap=True)
    for offer in case.offers:
        console.print(f"- {offer.way.label.text(language)}", style="bold", markup=False)
        for line in _offer_lines(case, offer.way, language):
            console.print(f"    {line}", markup=False, soft_wrap=True)
    if case.question:
        console.print(f"  → {case.question.text(language)}", style="cyan", markup=False)
    report_assumptions(console, case.assumptions, language)


def _offer_lines(case: "Case", way: object, language: str) -> list[str]:
    from fenglian.engine.advice.case import YUAN, YUAN_A_YEAR
    from fenglian.engine.chain.money import in_large_units

    offer = next(each for each in case.offers if each.way is way)
    money, unit = in_large_units(offer.cost, YUAN_A_YEAR if offer.yearly else YUAN, language)
    months = offer.months.text(language, Label("个月", "months"))
    lines = [
        f"{Label('费用', 'cost').text(language)} {money.text(language, unit)}",
        f"{Label('用工', 'jobs').text(language)} {offer.jobs.text(language, Label('人', 'people'))}",
        f"{Label('工期', 'time').text(language)} {months}",
    ]
    if offer.sources:
        lines.append(f"{Label('出处：', 'Sources: ').text(language)}{', '.join(offer.sources)}")
    return lines


def _write(case: "Case", out: Path, language: str) -> None:
    from fenglian.cli.brief import find_form, write_form
    from fenglian.engine.advice.compose import Heading
    from fenglian.engine.advice.decision_brief import compose_decision

    form = find_form(None, out, language)
    heading = Heading(organ=Label("秘书处", "Secretariat"), date=case.day)
    try:
        out.write_bytes(write_form(compose_decision(case, heading), form, language))
    except OSError as fault:
        raise fail(
            Label(f"写不了“{out}”：{fault.strerror}。", f"Cannot write {out}: {fault.strerror}."),
            language,
        ) from None


FAMILY: dict[str, Callable[..., None]] = {"gaps": gaps}
