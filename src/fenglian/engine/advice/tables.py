"""Which tables go with a brief? Coverage, the figures of the advice, its reasons and questions."""

from fenglian.engine.advice.brief import Amount, Column, Piece, Table, Words, words
from fenglian.engine.advice.items import Advice, AdviceItem
from fenglian.engine.advice.verbs import CAPACITY, GAP, NEED, VALUE
from fenglian.engine.analysis.coverage import Coverage
from fenglian.engine.analysis.requirement import Requirement, requirement
from fenglian.engine.chain.intervals import UNKNOWN, exactly
from fenglian.engine.chain.model import Chain
from fenglian.engine.labels import Label

PERCENT = Label("%", "%")
HUNDRED = exactly(100.0)


def coverage_table(chain: Chain, rows: tuple[Coverage, ...], *, extract: bool = False) -> Table:
    """Return need, known capacity and coverage of products."""
    needs = requirement(chain)
    return Table(
        title=Label("产品的年需求、已知产能和覆盖率", "Yearly need, known capacity and coverage"),
        columns=(
            Column(Label("产品", "Product"), share=1.7),
            Column(Label("年需求", "Needed a year"), share=1.8),
            Column(Label("已知产能", "Known capacity a year"), share=1.6),
            Column(Label("覆盖率", "Coverage"), PERCENT, share=1.1),
            Column(Label("判断", "Status"), share=0.8),
        ),
        rows=tuple(_coverage_row(chain, row, needs.of(row.product)) for row in rows),
        extract=extract,
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
        Amount(row.ratio.times(HUNDRED), PERCENT, row.sources, row.assumed),
        Words(row.status.label),
    )


def first_table(
    chain: Chain, advice: Advice, products: tuple[str, ...], note: Label | None = None
) -> Table:
    """Return what decides on products: need, capacity, gap and value, and their verbs."""
    return Table(
        title=Label("首先要办的产品", "Products to begin with"),
        columns=(
            Column(Label("产品（四链）", "Product (verbs)"), share=1.8),
            *(Column(Label(each.zh, title_case(each.en)), share=1.85) for each in _DECIDING),
        ),
        rows=tuple(_first_row(chain, advice, product) for product in products),
        note=note,
        extract=True,
    )


_DECIDING = (NEED, CAPACITY, GAP, VALUE)


def _first_row(chain: Chain, advice: Advice, product: str) -> tuple[Piece, ...]:
    items = [item for item in advice.items if item.product == product]
    figures = {figure.label: figure for item in items for figure in item.figures}
    name, verbs = short_name(chain, product), [item.verb.label for item in items]
    found = (figures.get(label) for label in _DECIDING)
    return (
        words(
            f"{name.zh}（{''.join(verb.zh[0] for verb in verbs)}）",
            f"{name.en} ({', '.join(verb.en for verb in verbs)})",
        ),
        *(
            Amount(each.interval, each.unit, each.sources, each.assumed)
            if each
            else Amount(UNKNOWN, Label("", ""), ())
            for each in found
        ),
    )


def figures_table(chain: Chain, items: tuple[AdviceItem, ...]) -> Table:
    """Return every figure of the items, one a row."""
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
                words("出处写明", "stated") if item.sure else words("待核实", "to be checked"),
            )
            for item in items
            for figure in item.figures
        ),
    )


def questions_table(chain: Chain, items: tuple[AdviceItem, ...]) -> Table:
    """Return why each item is advised, what to find out, and whom it concerns."""
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
                Words(organisation_names(chain, item.organisations)),
            )
            for item in items
        ),
    )


def organisation_names(chain: Chain, organisations: tuple[str, ...]) -> Label:
    """Return the names of organisations in a row."""
    names = [chain.organisation(each).name for each in organisations]
    return Label("、".join(name.zh for name in names), ", ".join(name.en for name in names))


def short_name(chain: Chain, product: str) -> Label:
    """Return the name of a product without what stands in brackets behind it."""
    name = chain.product(product).name
    return Label(name.zh.partition("（")[0], name.en.partition(" (")[0])


def title_case(text: str) -> str:
    """Return the words with a capital at the start."""
    return text[:1].upper() + text[1:]
