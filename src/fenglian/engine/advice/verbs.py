"""Which links to build, extend, patch and strengthen? First answers from what is known.

A verb is an answer to coverage, concentration and adjacency; where these rest on something that
was not found, the item is a question, and says whom to ask.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from fenglian.engine.advice.gaps import demand_of_users, in_demand
from fenglian.engine.advice.items import Advice, AdviceItem, Figure, Verb
from fenglian.engine.analysis.adjacency import Adjacency, adjacency
from fenglian.engine.analysis.concentration import Concentration, concentration
from fenglian.engine.analysis.coverage import Coverage, Status, coverage
from fenglian.engine.analysis.requirement import Requirement, requirement
from fenglian.engine.chain.intervals import Interval, exactly
from fenglian.engine.chain.model import Chain
from fenglian.engine.chain.records import Capacity, Price, Product
from fenglian.engine.kernels.explosion import Floats
from fenglian.engine.labels import Label

PERCENT = Label("%", "%")
_HUNDRED = exactly(100.0)
NO_PRICE_TREND = Label(
    "金额按查到的最近价格，不含涨跌。", "Money at the latest price found, without its trend."
)


@dataclass(frozen=True, slots=True)
class _Known:
    """Everything that the verbs look at."""

    chain: Chain
    needs: Mapping[str, Requirement]  # each of these by product
    covers: Mapping[str, Coverage]
    sources: Mapping[str, Concentration]
    nearby: Mapping[str, Adjacency]
    prices: Mapping[str, Price]
    users: Floats  # (products, 3) final demand a year that uses each product
    looked: frozenset[str]


def verbs(chain: Chain) -> Advice:
    """Return what to build, extend, patch and strengthen in a chain.

    Parameters
    ----------
    chain
        With a region.

    Returns
    -------
    Advice
        - build: needed and essential, no maker known in the region. Sure only where a source
          states that there is none.
        - patch: made in the region; capacity short, or not known and so a question.
        - strengthen: one known source (a cluster never is), or a source tells of a risk.
        - extend: no maker known, and next to what is made: what is built of it, or what serves it.

        A product can have several verbs. Items without a known number are questions.
    """
    covers = coverage(chain)
    known = _Known(
        chain=chain,
        needs={row.product: row for row in requirement(chain).rows},
        covers={row.product: row for row in covers.rows},
        sources={row.product: row for row in concentration(chain).rows},
        nearby={row.product: row for row in adjacency(chain).rows},
        prices={price.product: price for price in chain.prices},
        users=demand_of_users(chain),
        looked=frozenset(each.product for each in chain.looked),
    )
    in_house = _in_house(chain)
    items: list[tuple[tuple[object, ...], AdviceItem]] = []
    for product in chain.products:
        if product.advised and product.id not in in_house:
            items += [(_rank(known, product, item), item) for item in _advise(known, product)]
    ordered = tuple(item for _, item in sorted(items, key=lambda pair: pair[0]))
    assumptions = (*covers.assumptions, NO_PRICE_TREND)
    return Advice(ordered, assumptions, chain.fingerprint, chain.data_class)


def _advise(known: _Known, product: Product) -> Iterator[AdviceItem]:
    cover = known.covers.get(product.id)
    near = known.nearby.get(product.id)
    need = known.needs.get(product.id)
    if cover and need and need.essential and not cover.makers:
        yield _build(known, product, cover, near)
    if cover and cover.makers and cover.status is not Status.MET:
        yield _patch(known, product, cover)
    source = known.sources.get(product.id)
    if source and (source.single_source or _risks(known, source)):
        yield _strengthen(known, product, source)
    if near and not near.makers and near.made_nearby:
        yield _extend(known, product, near)


def _in_house(chain: Chain) -> set[str]:
    """Return the parts that only the makers of their parents make."""
    inside = {link.part for link in chain.links if link.in_house}
    return inside - {link.part for link in chain.links if not link.in_house}


def _rank(known: _Known, product: Product, item: AdviceItem) -> tuple[object, ...]:
    """Order: verb, sure first, focus first, looked for first, the dearer first, then by id."""
    looked = product.id in known.looked
    need, price = known.needs.get(product.id), known.prices.get(product.id)
    value = (need.amount.working or 0.0) * (price.amount.working or 0.0) if need and price else 0.0
    order = tuple(Verb).index(item.verb)
    return (order, not item.sure, not product.focus, not looked, -value, product.id)


def _build(known: _Known, product: Product, cover: Coverage, near: Adjacency | None) -> AdviceItem:
    region, name = _region(known.chain), product.name
    plans = _names(known.chain, cover.pipeline)
    question: Label | None
    if cover.status is Status.MISSING:
        note = cover.looked.note if cover.looked else Label("", "")
        why = Label(
            f"情景需要{name.zh}；出处写明{region.zh}没有：{note.zh}。",
            f"The scenario needs {name.en}; a source states that {region.en} has none: {note.en}.",
        )
        question = None
    elif cover.pipeline:
        why = Label(
            f"情景需要{name.zh}；{region.zh}只查到规划中或现状不明的单位：{plans.zh}。",
            f"The scenario needs {name.en}; only planned or unclear lines were found in "
            f"{region.en}: {plans.en}.",
        )
        question = Label(
            f"问{plans.zh}：{name.zh}项目到哪一步，何时投产，年产能多少？",
            f"Ask {plans.en}: how far is the project for {name.en}, when does it start, and with "
            "what capacity a year?",
        )
    else:
        looked = "查过，没有查到" if cover.looked else "还没有专门查过，没有查到"
        tried = "was looked for and" if cover.looked else "was not looked for by itself;"
        why = Label(
            f"情景需要{name.zh}；{region.zh}的制造单位{looked}。没有查到不等于没有。",
            f"The scenario needs {name.en}; a maker in {region.en} {tried} none was found. "
            "Not found is not the same as missing.",
        )
        question = Label(
            f"问各市主管部门和成员单位：{region.zh}有没有单位做{name.zh}？年产能多少？",
            f"Ask the prefectures and the members: does anybody in {region.en} make {name.en}, "
            "and how much a year?",
        )
    around = near.made_nearby if near else ()
    if around:
        words = _products(known.chain, around)
        why = Label(
            f"{why.zh}相邻的{words.zh}本地在做。", f"{why.en} Next to it, {words.en} are made here."
        )
    return _item(
        Verb.BUILD, product, why, question, _figures(known, product, cover), cover.pipeline,
        cover.sources, sure=cover.sure,
    )  # fmt: skip


def _patch(known: _Known, product: Product, cover: Coverage) -> AdviceItem:
    name, makers = product.name, _names(known.chain, cover.makers)
    question: Label | None = None
    if cover.status is Status.SHORT:
        why = Label(
            f"{makers.zh}在做{name.zh}，产能都已知，合计覆盖 {_percent(cover.ratio, 'zh')}。",
            f"{_first_upper(name.en)} is made by {makers.en}; all capacities are known and cover "
            f"{_percent(cover.ratio, 'en')}.",
        )
        if not cover.sure:
            question = Label(
                f"需求和产能的区间有重叠：请{makers.zh}核实{name.zh}的年产能。",
                f"The intervals of need and capacity overlap: ask {makers.en} to confirm the "
                f"yearly capacity for {name.en}.",
            )
    else:
        unsized = _names(known.chain, cover.unsized)
        everyone = cover.unsized == cover.makers
        why = Label(
            f"{makers.zh}在做{name.zh}；{'' if everyone else unsized.zh + '的'}产能未查到，够不够不知道。",
            f"{_first_upper(name.en)} is made by {makers.en}; "
            f"{'their' if everyone else f'for {unsized.en} the'} capacity was not found, so "
            "whether it is enough is not known.",
        )
        asked = _some(known.chain, cover.unsized)
        question = Label(
            f"问{asked.zh}：{name.zh}一年能做多少{product.unit_name.zh}？",
            f"Ask {asked.en}: what is your yearly capacity for {name.en}, in "
            f"{product.unit_name.en}?",
        )
    return _item(
        Verb.PATCH, product, why, question, _figures(known, product, cover), cover.makers,
        cover.sources, sure=cover.sure,
    )  # fmt: skip


def _strengthen(known: _Known, product: Product, source: Concentration) -> AdviceItem:
    name, makers = product.name, _names(known.chain, source.makers)
    region, risks = _region(known.chain), _risks(known, source)
    zh, en = [], []
    question: Label | None = None
    if source.single_source:
        zh.append(f"{name.zh}在{region.zh}只查到一个来源：{makers.zh}。")
        en.append(f"One source of {name.en} is known in {region.en}: {makers.en}.")
        question = Label(
            f"除{makers.zh}外，{region.zh}还有谁在做、谁能做{name.zh}？",
            f"Who else in {region.en} makes {name.en}, or could, besides {makers.en}?",
        )
    for risk in risks:
        maker = known.chain.organisation(risk)
        zh.append(f"{maker.name.zh}：{maker.note.zh}。")
        en.append(f"{maker.name.en}: {maker.note.en}.")
        question = question or Label(
            f"问{maker.name.zh}：{name.zh}在{region.zh}的产能今后怎么安排？",
            f"Ask {maker.name.en}: what are the plans for {name.en} in {region.en}?",
        )
    cover = known.covers.get(product.id)
    evidence = {
        *source.sources,
        *(each for risk in risks for each in known.chain.organisation(risk).sources),
    }
    return _item(
        Verb.STRENGTHEN, product, Label("".join(zh), " ".join(en)), question,
        (
            _at_least(
                Label("查到的独立来源", "independent sources found"), source.groups, source.sources
            ),
            *(_figures(known, product, cover) if cover else ()),
        ),
        source.makers, tuple(sorted(evidence)), sure=False,
    )  # fmt: skip


def _extend(known: _Known, product: Product, near: Adjacency) -> AdviceItem:
    name, region = product.name, _region(known.chain)
    who = sorted({each for made in near.made_nearby for each in _makers(known, made)})
    zh, en = [], []
    if near.made_inputs:
        inputs = _products(known.chain, near.made_inputs)
        zh.append(f"{name.zh}用到本地在做的{inputs.zh}。")
        en.append(f"{_first_upper(name.en)} is built of {inputs.en}, made here.")
    if near.made_served:
        served = _products(known.chain, near.made_served)
        zh.append(f"{name.zh}服务于本地在做的{served.zh}。")
        en.append(f"{_first_upper(name.en)} goes with {served.en}, made here.")
    why = Label(
        "".join(zh) + f"{region.zh}没有查到谁在做{name.zh}。",
        " ".join(en) + f" No maker of {name.en} was found in {region.en}.",
    )
    waiting = known.chain.makers(product.id, "planned", "unclear")
    if waiting:
        others = _names(known.chain, tuple(sorted({each.organisation for each in waiting})))
        why = Label(
            f"{why.zh}规划中或现状不明的：{others.zh}。",
            f"{why.en} Planned or unclear: {others.en}.",
        )
    asked = _some(known.chain, tuple(who))
    question = Label(
        f"问{asked.zh}：愿不愿意、有没有条件向{name.zh}延伸？缺什么？",
        f"Ask {asked.en}: would you extend to {name.en}, could you, and what is lacking?",
    )
    cover = known.covers.get(product.id)
    evidence = {*near.sources, *(each for one in waiting for each in one.sources)}
    return _item(
        Verb.EXTEND, product, why, question,
        (
            _at_least(Label("做相邻产品的单位", "makers of neighbours"), len(who), near.sources),
            *(_figures(known, product, cover) if cover else ()),
        ),
        tuple(who), tuple(sorted(evidence | set(cover.sources if cover else ()))), sure=False,
    )  # fmt: skip


def _at_least(label: Label, number: int, sources: tuple[str, ...]) -> Figure:
    """Return a count of what was found; there may be more."""
    return Figure(label, float(number), None, None, Label("个", ""), sources, assumed=False)


def _item(
    verb: Verb,
    product: Product,
    why: Label,
    question: Label | None,
    figures: tuple[Figure, ...],
    organisations: tuple[str, ...],
    evidence: tuple[str, ...],
    *,
    sure: bool,
) -> AdviceItem:
    title = Label(f"{verb.label.zh}：{product.name.zh}", f"{verb.label.en}: {product.name.en}")
    priced = any(figure.label == VALUE for figure in figures)
    return AdviceItem(
        id=f"{verb}:{product.id}",
        verb=verb,
        product=product.id,
        title=title,
        why=why,
        figures=figures,
        organisations=organisations,
        evidence=evidence,
        assumptions=(NO_PRICE_TREND,) if priced else (),
        question=question,
        sure=sure,
    )


VALUE = Label("年需求金额", "value needed a year")
ASKED = 3  # organisations that a question names at most
NEED = Label("年需求", "needed a year")
CAPACITY = Label("已知产能", "known capacity")
GAP = Label("缺口", "gap")
DEMAND = Label("缺口折合需求", "gap in demand")


def _figures(known: _Known, product: Product, cover: Coverage) -> tuple[Figure, ...]:
    unit = _a_year(product.unit_name)
    need = known.needs.get(product.id)
    found = [
        _figure(
            NEED, cover.required, unit,
            need.sources if need else (), need is not None and need.assumed,
        )
    ]  # fmt: skip
    running = known.chain.makers(product.id, "operating", "trial")
    found += [_capacity_figure(known.chain, each, unit) for each in running if each.amount.known]
    if cover.capacity.known:
        stated = cover.looked.sources if cover.looked and not running else ()
        there = {source for each in running for source in each.sources} | set(stated)
        both = tuple(sorted(there | set(need.sources if need else ())))
        for label, interval, measure, sources in (
            (CAPACITY, cover.capacity, unit, tuple(sorted(there))),
            (Label("覆盖率", "coverage"), cover.ratio.times(_HUNDRED), PERCENT, both),
            (GAP, cover.gap, unit, both),
        ):
            found.append(_figure(label, interval, measure, sources, cover.assumed))
    found += _lacking_figures(known, cover)
    price = known.prices.get(product.id)
    if price:
        value = price.amount.times(cover.required)
        found.append(
            _figure(
                VALUE, value, _a_year(_currency(known.chain)), price.sources,
                cover.assumed or price.assumed,
            )
        )  # fmt: skip
    return tuple(found)


def _lacking_figures(known: _Known, cover: Coverage) -> Iterator[Figure]:
    """Yield how much of the build-out has to get the product from elsewhere, where some has to."""
    lacking = in_demand(cover, known.users[known.chain.code(cover.product)])
    if cover.status is not Status.MET and lacking.known:
        unit = known.chain.product(known.chain.final_product).unit_name
        yield _figure(DEMAND, lacking, _a_year(unit), cover.sources, cover.assumed)


def _capacity_figure(chain: Chain, capacity: Capacity, unit: Label) -> Figure:
    name = chain.organisation(capacity.organisation).name
    trial = capacity.status == "trial"
    label = Label(
        f"{name.zh}{'试生产' if trial else '产能'}",
        f"{name.en}, {'trial' if trial else 'capacity'}",
    )
    return _figure(label, capacity.amount, unit, capacity.sources, capacity.assumed)


def _figure(
    label: Label, interval: Interval, unit: Label, sources: tuple[str, ...], assumed: bool
) -> Figure:
    return Figure(label, interval.low, interval.working, interval.high, unit, sources, assumed)


def _a_year(unit: Label) -> Label:
    return Label(f"{unit.zh}/年", f"{unit.en} a year")


def _currency(chain: Chain) -> Label:
    return Label("元", "yuan") if chain.currency == "CNY" else Label(chain.currency, chain.currency)


def _percent(ratio: Interval, language: str) -> str:
    return ratio.times(_HUNDRED).text(language, PERCENT)


def _region(chain: Chain) -> Label:
    return chain.region or Label("本地", "the region")


def _risks(known: _Known, source: Concentration) -> list[str]:
    return [maker for maker in source.makers if known.chain.organisation(maker).risk]


def _makers(known: _Known, product: str) -> tuple[str, ...]:
    near = known.nearby.get(product)
    return near.makers if near else ()


def _first_upper(words: str) -> str:
    return words[:1].upper() + words[1:]


def _names(chain: Chain, organisations: tuple[str, ...]) -> Label:
    names = [chain.organisation(each).name for each in organisations]
    return Label("、".join(name.zh for name in names), ", ".join(name.en for name in names))


def _some(chain: Chain, organisations: tuple[str, ...]) -> Label:
    """Return the names of a few, and how many there are: a question names no long list."""
    if len(organisations) <= ASKED:
        return _names(chain, organisations)
    few, number = _names(chain, organisations[: ASKED - 1]), len(organisations)
    return Label(f"{few.zh}等{number}家", f"{few.en} and {number - ASKED + 1} more")


def _products(chain: Chain, products: tuple[str, ...]) -> Label:
    names = [chain.product(each).name for each in products]
    return Label("、".join(name.zh for name in names), ", ".join(name.en for name in names))
