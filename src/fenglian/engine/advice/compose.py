"""How does a chain become a brief? What is short, the first item of each verb, and the grounds.

What is to be decided takes two pages: the counts, the picture of coverage, what to do first, and
the figures of those products. Reasons, all figures and assumptions follow as grounds; the annex has
every product and item. Only sources that something rests on are listed, in order of appearance.
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
    Paragraph,
    Words,
    words,
)
from fenglian.engine.advice.grounds import CALCULATION, count, write_grounds
from fenglian.engine.advice.items import Advice, AdviceItem, Verb
from fenglian.engine.advice.skyline import Bar, skyline
from fenglian.engine.advice.tables import (
    HUNDRED,
    coverage_table,
    figures_table,
    first_table,
    organisation_names,
    questions_table,
    short_name,
    title_case,
)
from fenglian.engine.analysis.coverage import Coverage, Coverages, Status
from fenglian.engine.chain.model import Chain
from fenglian.engine.chain.records import Source
from fenglian.engine.disclosure.classes import DataClass, highest
from fenglian.engine.labels import Label

IN_CHART = 14  # products
NAMED = 2  # products that are short, or missing, told by name
_POINTER = Label(
    "理由、假设和来源见附件1，全部产品和各项见附件2。方括号内是来源序号，“假”表示含有假设。",
    "For reasons, assumptions and sources see annex 1, for all products and items annex 2. Figures "
    "in brackets are the numbers of sources; 'a' means that an assumption is part of it.",
)
_KINDS = ("种", "product")
_ITEMS = ("项", "item")


@dataclass(frozen=True, slots=True)
class Heading:
    """Who writes to whom, when, and for whose eyes."""

    organ: Label
    date: date
    data_class: DataClass = DataClass.S0  # at least; what went into the chain can raise it
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
        Organ, date, class and, where there is one, recipient and red head.

    Returns
    -------
    Brief
        Marked synthetic where a part of the packs is invented; its class is never lower than the
        chain's. Each number in it has its unit
        and names its sources; the counts name the calculation.
    """
    place = chain.region or Label("", "")
    shown = _choose(chain, coverages, advice)
    brief = Brief(
        organ=heading.organ,
        title=Label(
            f"{place.zh}{chain.name.zh}产业链供需情况和四链建议",
            f"Brief on the {chain.name.en} chain of {place.en or 'the region'}",
        ),
        date=heading.date,
        data_class=highest([heading.data_class, chain.data_class]),
        banner=heading.banner,
        recipient=heading.recipient,
        blocks=(
            *_opening(chain),
            *_coverage(chain, coverages, shown),
            *_advice(chain, advice),
        ),
        grounds=tuple(write_grounds(chain, shown, advice)),
        sources=(),
        synthetic=chain.example,
        annexes=(Label("供需和建议数据表（xlsx）", "Tables of supply, need and advice (xlsx)"),),
        annex_tables=(
            coverage_table(chain, coverages.rows),
            figures_table(chain, advice.items),
            questions_table(chain, advice.items),
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


def _opening(chain: Chain) -> Iterator[Block]:
    scenario = chain.scenario
    unit = Label(f"{scenario.unit}/年", f"{scenario.unit} a year")
    yield Paragraph(
        (
            words(
                f"按“{scenario.name.zh}”情景（{scenario.year}年，需求",
                f"Under the scenario “{scenario.name.en}” ({scenario.year}, demand ",
            ),
            Amount(scenario.demand, unit, scenario.sources, scenario.assumed),
            words(
                "）测算，供需情况和四链建议如下。",
                "), supply and need of the chain and the advice on it are as follows.",
            ),
        )
    )


def _coverage(chain: Chain, coverages: Coverages, shown: tuple[Coverage, ...]) -> Iterator[Block]:
    of = {status: [row for row in coverages.rows if row.status is status] for status in Status}
    yield Paragraph((words("供需情况", "Supply and need"),), 1)
    yield Paragraph(
        (
            words("情景需要产品", "The scenario needs "),
            count(len(coverages.rows), _KINDS),
            words("。按查到的产能，满足", ". By the capacities found, enough is made of "),
            count(len(of[Status.MET]), _KINDS),
            words("，不足", ", too little of "),
            count(len(of[Status.SHORT]), _KINDS),
            _named(chain, of[Status.SHORT]),
            words("，出处写明没有", ", a source states that there is none of "),
            count(len(of[Status.MISSING]), _KINDS),
            _named(chain, of[Status.MISSING]),
            words("，未查到", ", and whether it is enough was not found for "),
            count(len(of[Status.UNKNOWN]), _KINDS),
            words(
                "。未查到不等于没有。",
                ". Not found is not the same as none.",
            ),
        )
    )
    yield _chart(chain, shown)


def _named(chain: Chain, rows: list[Coverage]) -> Words:
    """Return the names of the first products in brackets, the chain office's own first."""
    ordered = sorted(rows, key=lambda row: not chain.product(row.product).focus)
    names = [short_name(chain, row.product) for row in ordered[:NAMED]]
    if not names:
        return words("", "")
    more = len(rows) > len(names)
    return words(
        f"（{'、'.join(name.zh for name in names)}{'等' if more else ''}）",
        f" ({', '.join(name.en for name in names)}{' …' if more else ''})",
        *sorted({source for row in ordered[:NAMED] for source in row.sources}),
    )


def _chart(chain: Chain, shown: tuple[Coverage, ...]) -> Chart:
    bars = [_bar(chain, row) for row in shown]
    known = [bar.name for bar in bars if bar.low is not None]
    return Chart(
        title=Label("覆盖谱：已知产能与年需求之比", "Coverage: known capacity over yearly need"),
        option=Label(
            json.dumps(skyline(bars, "zh"), ensure_ascii=False),
            json.dumps(skyline(bars, "en"), ensure_ascii=False),
        ),
        width=700,
        height=300,
        alternative=Label(
            f"柱形图，共 {len(bars)} 种产品；查到覆盖率的有：{'、'.join(name.zh for name in known) or '无'}。",
            f"Bars of {len(bars)} products; coverage is known for: "
            f"{', '.join(name.en for name in known) or 'none'}.",
        ),
        sources=tuple(sorted({name for row in shown for name in row.sources})),
        assumed=any(row.assumed for row in shown),
    )


def _bar(chain: Chain, row: Coverage) -> Bar:
    ratio = row.ratio.times(HUNDRED)
    clusters = any(chain.organisation(maker).cluster for maker in row.makers)
    return Bar(
        name=short_name(chain, row.product),
        low=ratio.low,
        high=ratio.high,
        status=row.status,
        makers=f"{len(row.makers)}{'+' if clusters else ''}" if row.makers else "—",
    )


def _advice(chain: Chain, advice: Advice) -> Iterator[Block]:
    yield Paragraph((words("四链建议", "The four verbs"),), 1)
    for verb in Verb:
        if items := advice.of(verb):
            yield _verb(chain, verb, items)
    yield first_table(chain, advice, _first_products(advice), _POINTER)


def _verb(chain: Chain, verb: Verb, items: tuple[AdviceItem, ...]) -> Paragraph:
    """Return how many items a verb has, which is the first, and what to do about it."""
    first = items[0]
    name = short_name(chain, first.product)
    return Paragraph(
        (
            words("共", ""),
            count(len(items), _ITEMS),
            words(f"，先办{name.zh}。", f"; the first is {name.en}. "),
            Words(first.question or _finding(chain, first), first.evidence),
        ),
        2,
        lead=Label(verb.label.zh, title_case(verb.label.en)),
    )


def _finding(chain: Chain, item: AdviceItem) -> Label:
    """Return what is sure of an item that asks nothing; its figures stand in the table below."""
    names = organisation_names(chain, item.organisations)
    if item.verb is Verb.PATCH:
        return Label(
            f"{names.zh}在做，产能都已知，不够。",
            f"Made by {names.en}; all capacities are known and too little.",
        )
    return Label("出处写明本地没有。", "A source states that there is none here.")


def _first_products(advice: Advice) -> tuple[str, ...]:
    """Return the products of the first item of each verb; one can be the first of several."""
    firsts = (advice.of(verb)[:1] for verb in Verb)
    return tuple(dict.fromkeys(item.product for items in firsts for item in items))
