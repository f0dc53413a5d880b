"""How does a decision on a gap become an official document? 缺口、供方、三个办法、决定、办成以后。

Two pages for the one who decides; the precedents, the assumptions and the sources follow as grounds.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from fenglian.engine.advice.brief import (
    Amount,
    Block,
    Brief,
    Column,
    Paragraph,
    Piece,
    Table,
    Words,
    words,
)
from fenglian.engine.advice.case import YUAN, YUAN_A_YEAR, Case, Offer, Supplier
from fenglian.engine.advice.compose import Heading
from fenglian.engine.advice.grounds import CALCULATION
from fenglian.engine.advice.options import Way
from fenglian.engine.advice.tables import title_case
from fenglian.engine.chain.intervals import UNKNOWN, Interval, exactly
from fenglian.engine.chain.records import Plant, Source
from fenglian.engine.disclosure.classes import highest
from fenglian.engine.labels import Label

SHOWN = 6  # suppliers of a table on the pages of the decision
BASIS = Label("测算依据和先例", "Basis and precedents")
NOT_KNOWN = Label("未知", "not known")
_PEOPLE, _MONTHS = Label("人", "people"), Label("个月", "months")


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was decided, and who does it by when."""

    way: Way
    reason: str
    unit: str  # who does it
    due: date
    by: str  # whose decision it is
    on: date


def compose_decision(case: Case, heading: Heading, chosen: Chosen | None = None) -> Brief:
    """Return the brief of a case, before it is decided or after.

    Parameters
    ----------
    case
        As it stood on its day.
    heading
        Organ, date, class, recipient, red head.
    chosen
        The decision; without one the brief lays out what is to be decided.

    Returns
    -------
    Brief
        Each number has its unit and names its sources; one that rests on the calculation names
        the print of the chain.
    """
    name = case.name
    title = Label(
        f"{case.region.zh}{name.zh}缺口{'处置决定' if chosen else '处置建议'}",
        f"{'Decision' if chosen else 'Advice'} on the gap in {name.en}, {case.region.en}",
    )
    brief = Brief(
        organ=heading.organ,
        title=title,
        date=heading.date,
        data_class=highest([heading.data_class, case.data_class]),
        banner=heading.banner,
        recipient=heading.recipient,
        blocks=(
            *_need(case), *_options(case),
            *(_decision(case, chosen) if chosen else ()), *_after(case), *_open_questions(case),
        ),
        grounds_title=BASIS,
        grounds=tuple(_basis(case)),
        sources=(),
        synthetic=case.synthetic,
    )  # fmt: skip
    order = {source: place for place, source in enumerate(brief.cited())}
    used = [each for each in (*case.sources, _calculation(case)) if each.id in order]
    return replace(brief, sources=tuple(sorted(used, key=lambda each: order[each.id])))


def _calculation(case: Case) -> Source:
    assumed = any(each.assumed for each in case.figures)
    return Source(
        id=CALCULATION,
        title=f"{case.chain.zh} · {case.scenario_id} {case.year} · SHA-256 {case.fingerprint[:12]}",
        publisher="风链 Fenglian",
        date=case.day.isoformat(),
        kind="calculation",
        reference="",
        grade="D" if assumed else "A",
    )


def _need(case: Case) -> Iterator[Block]:
    yield Paragraph((words("需求、产能和缺口", "Need, capacity and gap"),), 1)
    lead = Label(
        f"按“{case.scenario.zh}”情景（{case.year}年）测算，",
        f"Under the scenario “{case.scenario.en}” ({case.year}): ",
    )
    pieces: list[Piece] = [Words(lead)]
    for number, figure in enumerate(case.figures):
        comma = ("，", ", ") if number else ("", "")
        pieces.append(words(f"{comma[0]}{figure.label.zh}", f"{comma[1]}{figure.label.en} "))
        pieces.append(Amount(figure.interval, figure.unit, figure.sources, figure.assumed))
    pieces.append(words("。", ". "))
    if not case.known:
        pieces.append(
            words(
                "产能没有全查到，缺口只有上限：未查到不等于没有。",
                "Not every capacity was found, so the gap has an upper end only: not found is not the "
                "same as none.",
            )
        )
    yield Paragraph(tuple(pieces))
    yield from _suppliers(case, case.inside, Label("本地供方", "Suppliers here"))
    yield from _suppliers(case, case.outside, Label("外地供方", "Suppliers elsewhere"))


def _suppliers(case: Case, rows: tuple[Supplier, ...], title: Label) -> Iterator[Block]:
    if not rows:
        nobody = Label(f"{title.zh}：没有查到。", f"{title.en}: none found.")
        yield Paragraph((Words(nobody),))
        return
    unit = Label(f"{case.unit.zh}/年", f"{case.unit.en} a year")
    more = len(rows) - SHOWN
    yield Table(
        title=title,
        columns=(
            Column(Label("单位", "Organisation"), share=2.4),
            Column(Label("现状", "State")),
            Column(Label("年产能", "Capacity a year"), share=1.8),
        ),
        rows=tuple(
            (
                Words(each.name, each.sources),
                Words(each.state),
                Amount(each.amount, unit, each.sources, each.assumed),
            )
            for each in rows[:SHOWN]
        ),
        note=Label(f"另有 {more} 家。", f"{more} more.") if more > 0 else None,
        extract=True,
    )


def _options(case: Case) -> Iterator[Block]:
    yield Paragraph((words("三个办法", "Three options"),), 1)
    yield Table(
        title=Label("办法、费用、用工和工期", "Options, cost, jobs and time"),
        columns=(
            Column(Label("办法", "Option"), share=0.8),
            Column(Label("找谁", "With whom"), share=1.9),
            Column(Label("费用", "Cost"), share=1.7),
            Column(Label("新增用工", "Jobs"), share=1.2),
            Column(Label("工期", "Time"), share=1.1),
            Column(Label("最早至最迟", "Earliest to latest"), share=1.5),
        ),
        rows=tuple(_option_row(each) for each in case.offers),
        note=Label(
            "“未查到”是没有出处，不是0；费用只按有出处的先例推算。",
            "'Not found' means that no source says it, not 0; costs follow from sourced precedents only.",
        ),
    )


def _option_row(offer: Offer) -> tuple[Piece, ...]:
    unit = YUAN_A_YEAR if offer.yearly else YUAN

    def amount(interval: Interval, measure: Label) -> Amount:
        return Amount(interval, measure, offer.sources if interval.known else (), offer.assumed)

    return (
        Words(Label(offer.way.label.zh, title_case(offer.way.label.en))),
        Words(_whom(offer)),
        amount(offer.cost, unit),
        words("不新增", "none here") if offer.yearly else amount(offer.jobs, _PEOPLE),
        amount(offer.months, _MONTHS),
        Words(_dates(offer)),
    )


def _whom(offer: Offer) -> Label:
    """Return with whom an option is done, or which routes do without the product."""
    zh = "、".join(each.zh for each in offer.who[:3])
    en = ", ".join(each.en for each in offer.who[:3])
    if offer.routes:
        routes = (
            "、".join(each.zh for each in offer.routes),
            ", ".join(each.en for each in offer.routes),
        )
        zh = f"{zh}；" * bool(zh) + f"改用{routes[0]}"
        en = f"{en}; " * bool(en) + f"routes: {routes[1]}"
    if not zh:
        return (
            Label("待找", "to be found") if offer.open else Label("没有可做的单位", "nobody here")
        )
    return Label(zh, en)


def _dates(offer: Offer) -> Label:
    days = [each for each in (offer.earliest, offer.latest) if each]
    if not days:
        return NOT_KNOWN
    span = list(dict.fromkeys(f"{each:%Y-%m}" for each in days))
    return Label("至".join(span), " to ".join(span))


def _decision(case: Case, chosen: Chosen) -> Iterator[Block]:
    yield Paragraph((words("决定", "Decision"),), 1)
    label, name = chosen.way.label, case.name
    yield Paragraph(
        (
            words(
                f"{_zh(chosen.on)}，{chosen.by}决定对{name.zh}“{label.zh}”"
                f"（{chosen.way.meaning.zh}）。理由：{chosen.reason}",
                f"On {chosen.on:%Y-%m-%d} {chosen.by} chose to {label.en} for {name.en} "
                f"({chosen.way.meaning.en}). Reason: {chosen.reason} ",
            ),
        )
    )
    yield Paragraph(
        (
            words(
                f"由{chosen.unit}办理，{_zh(chosen.due)}前办结，办结时附证明。",
                f"{chosen.unit} does it by {chosen.due:%Y-%m-%d} and hands in evidence.",
            ),
        )
    )


def _zh(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _after(case: Case) -> Iterator[Block]:
    effect = case.effect
    yield Paragraph((words("办成以后", "What it would do"),), 1)
    if effect.amount is None:
        yield Paragraph(
            (
                words(
                    "缺口的数量不知道，办成以后补多少算不出来；先核实产能。",
                    "How much lacks is not known, so what closing it would do cannot be worked out; find "
                    "out the capacity first.",
                ),
            )
        )
        return
    unit = Label(f"{case.unit.zh}/年", f"{case.unit.en} a year")
    nxt = "、".join(each.zh for each in effect.next), ", ".join(each.en for each in effect.next)
    yield Paragraph(
        (
            words("本地增加产能", "With "),
            Amount(exactly(effect.amount), unit, (CALCULATION,)),
            words("，覆盖率到", " more made here, coverage becomes "),
            Amount(effect.covered.times(exactly(100.0)), Label("%", "%"), (CALCULATION,)),
            words("；只靠本地一年能造", "; what can be built here alone goes from "),
            Amount(effect.output_before, case.demand_unit, (CALCULATION,)),
            words("，变为", " to "),
            Amount(effect.output_after, case.demand_unit, (CALCULATION,)),
            words(
                f"。{f'下一个限制：{nxt[0]}。' if nxt[0] else ''}",
                f". {f'Limited next by: {nxt[1]}.' if nxt[1] else ''}",
            ),
        )
    )


def _open_questions(case: Case) -> Iterator[Block]:
    asked = [case.question, *(each.question for each in case.offers if each.open)]
    questions = [each for each in asked if each]
    if questions:
        yield Paragraph((words("先要核实的", "To find out first"),), 1)
    for number, each in enumerate(questions, 1):
        yield Paragraph((words(f"（{number}）{each.zh}", f"({number}) {each.en}"),))


def _basis(case: Case) -> Iterator[Block]:
    yield Paragraph((words("口径", "Method"),), 1)
    labels = (*case.assumptions, *(said for each in case.offers for said in each.assumptions))
    for said in dict.fromkeys(labels):
        yield Paragraph((Words(said),))
    if case.why:
        rests = tuple(sorted({name for each in case.figures for name in each.sources}))
        yield Paragraph((Words(case.why, rests),))
    plants = [plant for each in case.offers for plant in each.precedents]
    if plants:
        yield Paragraph((words("先例", "Precedents"),), 1)
        yield _precedents(case, plants)


def _precedents(case: Case, plants: list[Plant]) -> Table:
    unit = Label(f"{case.unit.zh}/年", f"{case.unit.en} a year")

    def amount(number: float | None, measure: Label, plant: Plant) -> Amount:
        interval = UNKNOWN if number is None else exactly(number)
        return Amount(interval, measure, plant.sources if interval.known else (), plant.assumed)

    return Table(
        title=Label("外地同类工厂（只列有出处的）", "Plants like it elsewhere, with a source"),
        columns=(
            Column(Label("工厂", "Plant"), share=2.2),
            Column(Label("投资", "Cost"), share=1.3),
            Column(Label("年产能", "Capacity"), share=1.3),
            Column(Label("用工", "Jobs")),
            Column(Label("工期", "Time")),
        ),
        rows=tuple(
            (
                words(
                    f"{plant.name}（{'扩建，' if plant.extension else ''}{plant.place} {plant.year}）",
                    f"{plant.name} ({'extension, ' if plant.extension else ''}{plant.place} "
                    f"{plant.year})",
                    *plant.sources,
                ),
                amount(plant.cost, YUAN, plant),
                amount(plant.capacity, unit, plant),
                amount(plant.jobs, _PEOPLE, plant),
                amount(plant.months, _MONTHS, plant),
            )
            for plant in plants
        ),
    )
