"""The drill of a pack's chain: who stops when if a plant stops, of what everybody may know."""

from typing import Annotated

import typer

from fenglian.cli.analyse.drill import PlanFile, ReadyDay
from fenglian.cli.analyse.drill_plan import Letter, check_letter, write_plan
from fenglian.cli.analyse.drill_results import Answers, report
from fenglian.cli.analyse.links import Top
from fenglian.cli.application import Language, fail, screen
from fenglian.cli.brief import Banner, ClassLabel, Day, Organ, Recipient
from fenglian.cli.chain import PackName, RegionName, ScenarioName, Wanted, Year, open_chain
from fenglian.engine.errors import FenglianError

Stop = Annotated[
    str, typer.Option("--stop", help="产品:单位 或 产品:*；空着取买得最多的 / who stops")
]
Weeks = Annotated[int, typer.Option("--weeks", min=1, max=52, help="停几周 / weeks")]
Share = Annotated[
    int, typer.Option("--share", min=1, max=100, help="停掉产能的百分之几 / per cent of capacity")
]


def drill(
    pack: PackName = "wind",
    region: RegionName = None,
    scenario: ScenarioName = None,
    year: Year = None,
    stop: Stop = "",
    weeks: Weeks = 6,
    share: Share = 100,
    ready_day: ReadyDay = 8,
    plan: PlanFile = None,
    organ: Organ = "秘书处",
    recipient: Recipient = None,
    banner: Banner = None,
    class_label: ClassLabel = "内部",
    day: Day = None,
    top: Top = 10,
    lang: Language = "zh",
) -> None:
    """数据包里的一家停几周，谁在哪天停、损失多少。A plant of a pack stops: who stops when."""
    from fenglian.engine.advice.emergency_chain import drill_chain

    chain = open_chain(Wanted(pack, region, scenario, year, None), lang)
    letter = plan and Letter(plan, organ, recipient, banner, class_label, day, chain.example)
    heading = check_letter(letter, lang) if letter else None
    try:
        found = drill_chain(
            chain, stop, weeks=weeks, share=share / 100, ready_day=ready_day, language=lang
        )
    except FenglianError as fault:
        raise fail(fault, lang) from None
    console, answers = screen(), Answers(found.plan.found, found.plan.changes, found.plan.others)
    report(console, answers, top, lang)
    for words in found.desk.assumptions:
        console.print(f"· {words.text(lang)}", markup=False)
    if letter and heading:
        size = write_plan(letter, heading, answers, (), lang)
        console.print(f"{letter.path}  {size:,} B", markup=False, soft_wrap=True)


FAMILY = {"drill": drill}
