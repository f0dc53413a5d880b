"""A brief made by hand: every kind of block, and figures of every kind, all of them invented."""

import json
from datetime import date

from fenglian.engine.advice.brief import (
    Amount,
    Block,
    Brief,
    Chart,
    Column,
    Paragraph,
    Table,
    Words,
)
from fenglian.engine.advice.skyline import Bar, skyline
from fenglian.engine.analysis.coverage import Status
from fenglian.engine.chain.intervals import UNKNOWN, Interval
from fenglian.engine.chain.records import Source
from fenglian.engine.disclosure.classes import DataClass
from fenglian.engine.labels import Label

SETS = Label("套/年", "sets a year")
YUAN = Label("元", "yuan")
SHARE = Label("%", "%")

SOURCES = (
    Source("DEMO1", "演示法兰01厂申报表", "演示联盟秘书处", "2026-10", "return", "", "A"),
    Source("DEMO2", "演示装机情景", "演示联盟秘书处", "2026-09-30", "scenario", "", "D"),
    Source("DEMO3", "演示齿轮箱02厂产能说明", "演示齿轮箱02厂", "2026", "notice", "", "B"),
)

# Product, low and high in per cent of the need, status.
BARS = (
    ("中厚板", "plate", 128.0, 160.0, Status.MET),
    ("特种钢", "special steel", 116.0, 140.0, Status.MET),
    ("铜材", "copper", 92.0, 118.0, Status.SHORT),
    ("永磁体", "magnets", 38.0, 62.0, Status.SHORT),
    ("玻璃纤维", "glass fibre", None, None, Status.UNKNOWN),
    ("环锻件", "ring forging", 131.0, None, Status.MET),
    ("铸件", "castings", 68.0, 86.0, Status.SHORT),
    ("法兰", "flange", 122.0, 147.0, Status.MET),
    ("齿轮箱", "gearbox", 53.0, 79.0, Status.SHORT),
    ("发电机", "generator", 83.0, 106.0, Status.SHORT),
    ("主轴承", "main bearing", 0.0, 0.0, Status.MISSING),
    ("变桨系统", "pitch system", None, None, Status.UNKNOWN),
    ("叶片", "blade", 22.0, 35.0, Status.SHORT),
    ("塔筒", "tower", 88.0, 113.0, Status.SHORT),
    ("电缆", "cable", 41.0, None, Status.UNKNOWN),
    ("整机", "turbine", 64.0, 82.0, Status.SHORT),
)


def words(zh: str, en: str, *sources: str) -> Words:
    return Words(Label(zh, en), sources)


def sets(low: float, working: float, high: float, *sources: str, assumed: bool = False) -> Amount:
    return Amount(Interval(low, working, high), SETS, sources, assumed)


NOT_KNOWN = Amount(UNKNOWN, SETS, ())
COVERAGE = Table(
    title=Label("主要产品的需求与已知产能", "Requirement and known capacity of the main products"),
    columns=(
        Column(Label("产品", "Product"), share=1.3),
        Column(Label("年需求", "Needed"), SETS, share=1.8),
        Column(Label("已知产能", "Known capacity"), SETS, share=1.8),
        Column(Label("覆盖率", "Coverage"), SHARE, share=1.4),
        Column(Label("判断", "Status"), share=0.9),
    ),
    rows=(
        (
            words("法兰", "flange"),
            sets(4680, 5600, 6240, "DEMO2", assumed=True),
            sets(7000, 7600, 7600, "DEMO1"),
            Amount(Interval(122, 135, 147), SHARE, ("DEMO1", "DEMO2"), assumed=True),
            words("满足", "met"),
        ),
        (
            words("齿轮箱", "gearbox"),
            sets(780, 860, 940, "DEMO2", assumed=True),
            sets(500, 560, 620, "DEMO3"),
            Amount(Interval(53, 65, 79), SHARE, ("DEMO2", "DEMO3"), assumed=True),
            words("不足", "short"),
        ),
        (
            words("玻璃纤维", "glass fibre"),
            sets(780, 860, 940, "DEMO2", assumed=True),
            NOT_KNOWN,
            Amount(UNKNOWN, SHARE, ()),
            words("未查到", "not found"),
        ),
        (
            words("电缆", "cable"),
            sets(780, 860, 940, "DEMO2", assumed=True),
            Amount(Interval(385, None, None), SETS, ("DEMO3",)),
            Amount(Interval(41, None, None), SHARE, ("DEMO2", "DEMO3"), assumed=True),
            words("未查到", "not found"),
        ),
    ),
    note=Label(
        "一家产能未查到的，只给下限。",
        "Where the capacity of one maker was not found, only the low end is given.",
    ),
)


def make_chart() -> Chart:
    bars = [Bar(Label(zh, en), low, high, status) for zh, en, low, high, status in BARS]
    return Chart(
        title=Label("覆盖谱：已知产能占年需求的比例", "Coverage: known capacity over yearly need"),
        option=Label(json.dumps(skyline(bars, "zh")), json.dumps(skyline(bars, "en"))),
        width=620,
        height=350,
        alternative=Label("十六样产品覆盖率的柱形图", "Bars of the coverage of sixteen products"),
        sources=("DEMO1", "DEMO2", "DEMO3"),
    )


def make_brief(*, synthetic: bool = True, banner: bool = True) -> Brief:
    return Brief(
        organ=Label("演示联盟秘书处", "Secretariat of the demonstration alliance"),
        title=Label(
            "关于风电装备产业链供需情况的简报", "Brief on supply and need of the wind chain"
        ),
        date=date(2026, 11, 2),
        data_class=DataClass.S1,
        banner=Label("演示风电装备产业联盟简报", "Demonstration alliance brief")
        if banner
        else None,
        recipient=Label("演示链长办公室", "Office of the chain chief"),
        annexes=(Label("供需数据表（xlsx）", "Tables of supply and need (xlsx)"),),
        synthetic=synthetic,
        sources=SOURCES,
        blocks=(*supply_and_need(), *advice()),
    )


def supply_and_need() -> tuple[Block, ...]:
    return (
        Paragraph(
            (
                words(
                    "按演示装机情景测算，现将产业链供需情况和下一步建议报告如下。",
                    "By the demonstration scenario, supply and need of the chain stand as follows.",
                    "DEMO2",
                ),
            )
        ),
        Paragraph((words("供需情况", "Supply and need"),), 1),
        Paragraph((words("总体覆盖", "Coverage as a whole"),), 2),
        Paragraph(
            (
                words(
                    "已查到产能的产品中，法兰年需求",
                    "Of the products with known capacity, flanges are needed at ",
                ),
                sets(4680, 5600, 6240, "DEMO2", assumed=True),
                words("，已知产能", ", known capacity is "),
                sets(7000, 7600, 7600, "DEMO1"),
                words(
                    ",能够满足；玻璃纤维产能",
                    ", which is enough; the capacity for glass fibre is ",
                ),
                NOT_KNOWN,
                words("，不等于没有，需要补查。", ", which is not none: it must be looked for."),
            )
        ),
        make_chart(),
        Paragraph((words("重点产品", "Main products"),), 2),
        COVERAGE,
    )


def advice() -> tuple[Block, ...]:
    return (
        Paragraph((words("四链建议", "Four verbs"),), 1),
        Paragraph((words("补链", "Patch"),), 2),
        Paragraph((words("齿轮箱扩到需求", "Extend gearboxes to the need"),), 3),
        Paragraph(
            (
                words("缺口", "The gap is "),
                sets(160, 300, 440, "DEMO2", "DEMO3", assumed=True),
                words("，按单价估计投资", ", the investment by unit prices "),
                Amount(Interval(4.4e8, 8.2e8, 16.5e8), YUAN, ("DEMO2",), assumed=True),
                words(
                    "。建议由演示齿轮箱02厂扩产，秘书处牵头。",
                    ". Demonstration gearbox plant 02 would extend; the secretariat leads.",
                ),
            )
        ),
        Paragraph((words("建链", "Build"),), 2),
        Paragraph(
            (
                words(
                    "主轴承查过，省内没有厂家，可由省外单位招引落户。请补问：",
                    "For main bearings a maker was looked for and none found; one from outside could be invited. To ask: ",
                ),
                words(
                    "演示轴承03厂是否有落户打算？",
                    "does demonstration bearing plant 03 plan to come?",
                    "DEMO3",
                ),
            ),
            lead=Label("主轴承", "Main bearing"),
        ),
    )
