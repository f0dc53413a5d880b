"""How does a chain become a brief? Coverage, the first items of each verb, and what was assumed.

The brief shows the products that the chain office named and those made in the region; its annex
has them all. Only sources that something rests on are listed, in the order in which they appear.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from fenglian.engine.advice.brief import (
    Amount,
    Block,
    Brief,
    Chart,
    Column,
    Paragraph,
    Piece,
    Table,
    Words,
)
from fenglian.engine.advice.items import Advice, AdviceItem, Verb
from fenglian.engine.advice.skyline import Bar, skyline
from fenglian.engine.analysis.coverage import Coverage, Coverages, Status
from fenglian.engine.analysis.requirement import Requirement, requirement
from fenglian.engine.chain.intervals import Interval, exactly
from fenglian.engine.chain.model import Chain
from fenglian.engine.chain.records import Source
from fenglian.engine.labels import Label

CALCULATION = "CALC"  # id of the source that stands for the calculation itself
IN_CHART = 14  # products
IN_TABLE = 8  # products
PER_VERB = 2  # items of a verb in the text
PUBLIC = Label("公开", "Public")
_KINDS = ("种", "product")
_ITEMS = ("项", "item")
_PERCENT = Label("%", "%")
_HUNDRED = exactly(100.0)


@dataclass(frozen=True, slots=True)
class Heading:
    """Who writes to whom, when, and for whose eyes."""

    organ: Label
    date: date
    class_label: Label = PUBLIC
    recipient: Label | None = None
    banner: Label | None = None


def compose_brief(
    chain: Chain,
    coverages: Coverages,
    advice: Advice,
    heading: Heading,
) -> Brief:
    """Return the brief of a chain.

    Parameters
    ----------
    chain
        What coverage and advice were computed from.
    coverages, advice
        Of this chain.
    heading
        Organ, date, class label and, where there is one, recipient and red head.

    Returns
    -------
    Brief
        Marked synthetic where a part of the packs is invented. Each number in it has its unit
        and names its sources; the counts name the calculation.
    """
    place = chain.region or Label("", "")
    shown = _choose(chain, coverages, advice)
    brief = Brief(
        organ=heading.organ,
        title=Label(
            f"关于{place.zh}{chain.name.zh}产业链供需情况和四链建议的简报",
            f"Brief on the {chain.name.en} chain of {place.en or 'the region'}",
        ),
        date=heading.date,
        class_label=heading.class_label,
        banner=heading.banner,
        recipient=heading.recipient,
        blocks=(
            *_opening(chain),
            *_coverage(chain, coverages, shown),
            *_advice(chain, advice),
            *_assumptions(advice),
        ),
        sources=(),
        synthetic=chain.example,
        annexes=(Label("供需和建议数据表", "Tables of supply, need and advice"),),
        annex_tables=(
            _coverage_table(chain, coverages.rows),
            _figures_table(chain, advice.items),
            _questions_table(chain, advice.items),
        ),
    )
    return replace(
        brief, sources=_used(brief, (*chain.sources.values(), _calculation(chain, heading.date)))
    )


def _used(brief: Brief, sources: tuple[Source, ...]) -> tuple[Source, ...]:
    order = {name: place for place, name in enumerate(brief.cited())}
    used = [source for source in sources if source.id in order]
    return tuple(sorted(used, key=lambda source: order[source.id]))


def _calculation(chain: Chain, day: date) -> Source:
    scenario = chain.scenario
    return Source(
        id=CALCULATION,
        title=f"{chain.id} · {scenario.id} {scenario.year} · SHA-256 {chain.fingerprint[:12]}",
        publisher="风链 Fenglian",
        date=day.isoformat(),
        kind="calculation",
        reference="",
        # Its own rule is open; it is no better than the scenario that it follows.
        grade="D" if scenario.assumed else "A",
    )


def _choose(chain: Chain, coverages: Coverages, advice: Advice) -> tuple[Coverage, ...]:
    """Return what table and chart show: known coverage first, then focus, then made here."""
    focus = {product.id for product in chain.products if product.focus}
    order = {item.product: place for place, item in reversed(list(enumerate(advice.items)))}

    def rank(row: Coverage) -> tuple[bool, bool, bool, int]:
        known = row.ratio.known or row.status is Status.MISSING
        place = order.get(row.product, len(advice.items))
        return (not known, row.product not in focus, not row.makers, place)

    chosen = [
        row for row in coverages.rows if row.ratio.known or row.makers or row.product in focus
    ]
    return tuple(sorted(chosen, key=rank)[:IN_CHART])


def _words(zh: str, en: str, *sources: str) -> Words:
    return Words(Label(zh, en), sources)


def _count(number: int, unit: tuple[str, str]) -> Amount:
    zh, en = unit
    label = Label(zh, en if number == 1 else f"{en}s")
    return Amount(exactly(float(number)), label, (CALCULATION,))


def _title_case(words: str) -> str:
    return words[:1].upper() + words[1:]


def _opening(chain: Chain) -> Iterator[Block]:
    scenario = chain.scenario
    unit = Label(f"{scenario.unit}/年", f"{scenario.unit} a year")
    yield Paragraph(
        (
            _words(
                f"按“{scenario.name.zh}”情景（{scenario.year}年，需求",
                f"Under the scenario “{scenario.name.en}” ({scenario.year}, demand ",
            ),
            Amount(scenario.demand, unit, scenario.sources, scenario.assumed),
            _words(
                "）测算，现将产业链供需情况和四链建议报告如下。",
                "), supply and need of the chain and the advice on it are as follows.",
            ),
        )
    )


def _coverage(chain: Chain, coverages: Coverages, shown: tuple[Coverage, ...]) -> Iterator[Block]:
    counts = {status: sum(row.status is status for row in coverages.rows) for status in Status}
    yield Paragraph((_words("供需情况", "Supply and need"),), 1)
    yield Paragraph(
        (
            _words("情景需要的产品共", "The scenario needs "),
            _count(len(coverages.rows), _KINDS),
            _words("。按查到的产能，满足", ". By the capacities found, enough is made of "),
            _count(counts[Status.MET], _KINDS),
            _words("，不足", ", too little of "),
            _count(counts[Status.SHORT], _KINDS),
            _words("，出处写明没有", ", a source states that there is none of "),
            _count(counts[Status.MISSING], _KINDS),
            _words("，未查到", ", and whether it is enough was not found for "),
            _count(counts[Status.UNKNOWN], _KINDS),
            _words(
                "。未查到不等于没有，要靠补问和申报补齐。",
                ". Not found is not the same as none; questions and returns must fill it.",
            ),
        )
    )
    # The table first: it may break where a page ends, a chart may not.
    yield _coverage_table(chain, shown[:IN_TABLE])
    yield _chart(chain, shown)


def _chart(chain: Chain, shown: tuple[Coverage, ...]) -> Chart:
    bars = [_bar(chain, row) for row in shown]
    known = [bar.name for bar in bars if bar.low is not None]
    return Chart(
        title=Label("覆盖谱：已知产能与年需求之比", "Coverage: known capacity over yearly need"),
        option=Label(
            json.dumps(skyline(bars, "zh"), ensure_ascii=False),
            json.dumps(skyline(bars, "en"), ensure_ascii=False),
        ),
        width=620,
        height=380,
        alternative=Label(
            f"柱形图，共 {len(bars)} 种产品；查到覆盖率的有：{'、'.join(name.zh for name in known) or '无'}。",
            f"Bars of {len(bars)} products; coverage is known for: "
            f"{', '.join(name.en for name in known) or 'none'}.",
        ),
        sources=tuple(sorted({name for row in shown for name in row.sources})),
        assumed=any(row.assumed for row in shown),
    )


def _bar(chain: Chain, row: Coverage) -> Bar:
    ratio = row.ratio.times(_HUNDRED)
    clusters = any(chain.organisation(maker).cluster for maker in row.makers)
    name = chain.product(row.product).name
    return Bar(
        name=Label(name.zh.partition("（")[0], name.en.partition(" (")[0]),
        low=ratio.low,
        high=ratio.high,
        status=row.status,
        makers=f"{len(row.makers)}{'+' if clusters else ''}" if row.makers else "—",
    )


def _coverage_table(chain: Chain, rows: tuple[Coverage, ...]) -> Table:
    needs = requirement(chain)
    return Table(
        title=Label("产品的年需求、已知产能和覆盖率", "Yearly need, known capacity and coverage"),
        columns=(
            Column(Label("产品", "Product"), share=1.7),
            Column(Label("年需求", "Needed a year"), share=1.8),
            Column(Label("已知产能", "Known capacity a year"), share=1.6),
            Column(Label("覆盖率", "Coverage"), _PERCENT, share=1.1),
            Column(Label("判断", "Status"), share=0.8),
        ),
        rows=tuple(_coverage_row(chain, row, needs.of(row.product)) for row in rows),
    )


def _coverage_row(chain: Chain, row: Coverage, need: Requirement | None) -> tuple[Piece, ...]:
    running = chain.makers(row.product, "operating", "trial")
    held = {source for each in running for source in each.sources}
    held |= set(row.looked.sources if row.looked and not running else ())
    guessed = any(each.assumed for each in running)
    unit = Label(f"{row.unit.zh}/年", f"{row.unit.en} a year")
    return (
        Words(chain.product(row.product).name),
        Amount(row.required, unit, need.sources if need else row.sources, row.assumed),
        Amount(row.capacity, unit, tuple(sorted(held)) or row.sources, guessed),
        Amount(row.ratio.times(_HUNDRED), _PERCENT, row.sources, row.assumed),
        Words(row.status.label),
    )


def _advice(chain: Chain, advice: Advice) -> Iterator[Block]:
    yield Paragraph((_words("四链建议", "The four verbs"),), 1)
    told: set[tuple[str, Interval]] = set()
    for verb in Verb:
        items = advice.of(verb)
        if not items:
            continue
        yield Paragraph((Words(Label(verb.label.zh, _title_case(verb.label.en))),), 2)
        first = items[:PER_VERB]
        yield Paragraph(
            (
                _words(f"{verb.meaning.zh}的，共", f"{_title_case(verb.meaning.en)}: "),
                _count(len(items), _ITEMS),
                _words(
                    "。先办以下各项，其余见附件。",
                    ". First of all these; the others are in the annex.",
                )
                if len(items) > len(first)
                else _words("。", "."),
            )
        )
        for item in first:
            yield _item(chain, item, told)


def _item(chain: Chain, item: AdviceItem, told: set[tuple[str, Interval]]) -> Paragraph:
    """Return reasons, figures and question of an item; a figure is told once in a brief."""
    pieces: list[Piece] = [Words(item.why, item.evidence)]
    told_here = len(told)
    for figure in item.figures:
        if (item.product, figure.interval) in told:
            continue
        zh, en = ("，", ", ") if len(told) > told_here else ("", " Figures: ")
        pieces.append(_words(f"{zh}{figure.label.zh}", f"{en}{figure.label.en} "))
        pieces.append(Amount(figure.interval, figure.unit, figure.sources, figure.assumed))
        told.add((item.product, figure.interval))
    if len(told) > told_here:
        pieces.append(_words("。", "."))
    if item.question:
        zh, en = item.question.zh, item.question.en
        pieces.append(_words(f"待核实：{zh}", f" To find out: {en}"))
    name = chain.product(item.product).name
    return Paragraph(tuple(pieces), lead=Label(name.zh, _title_case(name.en)))


def _assumptions(advice: Advice) -> Iterator[Block]:
    yield Paragraph((_words("测算说明", "On the calculation"),), 1)
    gap = Words(Label("", " "))
    yield Paragraph(tuple(piece for each in advice.assumptions for piece in (Words(each), gap)))


def _figures_table(chain: Chain, items: tuple[AdviceItem, ...]) -> Table:
    return Table(
        title=Label("四链建议的数字", "Figures of the advice"),
        columns=(
            Column(Label("四链", "Verb")),
            Column(Label("产品", "Product")),
            Column(Label("指标", "Measure")),
            Column(Label("数值", "Value")),
            Column(Label("把握", "Sure")),
        ),
        rows=tuple(
            (
                Words(item.verb.label),
                Words(chain.product(item.product).name),
                Words(figure.label),
                Amount(figure.interval, figure.unit, figure.sources, figure.assumed),
                _words("出处写明", "stated") if item.sure else _words("待核实", "to be checked"),
            )
            for item in items
            for figure in item.figures
        ),
    )


def _questions_table(chain: Chain, items: tuple[AdviceItem, ...]) -> Table:
    return Table(
        title=Label("建议、理由和待核实事项", "Advice, reasons and what to find out"),
        columns=(
            Column(Label("四链", "Verb")),
            Column(Label("产品", "Product")),
            Column(Label("理由", "Why"), share=3),
            Column(Label("待核实", "To find out"), share=3),
            Column(Label("涉及单位", "Whom it concerns"), share=2),
        ),
        rows=tuple(
            (
                Words(item.verb.label),
                Words(chain.product(item.product).name),
                Words(item.why, item.evidence),
                Words(item.question or Label("", "")),
                Words(_names(chain, item.organisations)),
            )
            for item in items
        ),
    )


def _names(chain: Chain, organisations: tuple[str, ...]) -> Label:
    names = [chain.organisation(each).name for each in organisations]
    return Label("、".join(name.zh for name in names), ", ".join(name.en for name in names))
