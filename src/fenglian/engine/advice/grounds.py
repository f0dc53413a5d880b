"""On what does a brief rest? Method, the products of its chart, and the reasons of first items."""

from collections.abc import Iterator

from fenglian.engine.advice.brief import Amount, Block, Paragraph, Piece, Words, words
from fenglian.engine.advice.items import Advice, AdviceItem, Verb
from fenglian.engine.advice.tables import coverage_table, title_case
from fenglian.engine.analysis.coverage import Coverage
from fenglian.engine.chain.intervals import Interval, exactly
from fenglian.engine.chain.model import Chain
from fenglian.engine.labels import Label

CALCULATION = "CALC"  # id of the source that stands for the calculation itself
PER_VERB = 2  # items of a verb whose reasons are printed


def write_grounds(chain: Chain, shown: tuple[Coverage, ...], advice: Advice) -> Iterator[Block]:
    """Yield what the decision rests on: method, the products shown, reasons and figures."""
    yield Paragraph((words("测算口径", "Method"),), 1)
    yield Paragraph(tuple(_join((*advice.assumptions, _FILL))))
    yield Paragraph(tuple(_join(tuple(_meaning(verb) for verb in Verb))))
    yield Paragraph((words("图中各产品的供需", "Supply and need of the products shown"),), 1)
    yield coverage_table(chain, shown, extract=True)
    yield Paragraph((words("四链前列各项的理由", "Reasons of the first items"),), 1)
    told: set[tuple[str, Interval]] = set()
    for verb in Verb:
        for item in advice.of(verb)[:PER_VERB]:
            yield _item(chain, item, told)


_FILL = Label(
    "未查到的，靠补问和申报补齐。", "What was not found, questions and returns must fill."
)


def _join(labels: tuple[Label, ...]) -> Iterator[Piece]:
    for label in labels:
        yield Words(label)
        yield words("", " ")


def _meaning(verb: Verb) -> Label:
    return Label(
        f"{verb.label.zh}：{verb.meaning.zh}。",
        f"{title_case(verb.label.en)}: {verb.meaning.en}.",
    )


def _item(chain: Chain, item: AdviceItem, told: set[tuple[str, Interval]]) -> Paragraph:
    """Return reasons, figures and question of an item; a figure is told once."""
    pieces: list[Piece] = [Words(item.why, item.evidence)]
    told_here = len(told)
    for figure in item.figures:
        if (item.product, figure.interval) in told:
            continue
        zh, en = ("，", ", ") if len(told) > told_here else ("", " Figures: ")
        pieces.append(words(f"{zh}{figure.label.zh}", f"{en}{figure.label.en} "))
        pieces.append(Amount(figure.interval, figure.unit, figure.sources, figure.assumed))
        told.add((item.product, figure.interval))
    if len(told) > told_here:
        pieces.append(words("。", "."))
    if item.question:
        zh, en = item.question.zh, item.question.en
        pieces.append(words(f"待核实：{zh}", f" To find out: {en}"))
    return Paragraph(tuple(pieces), lead=Label(item.title.zh, title_case(item.title.en)))


def count(number: int, unit: tuple[str, str]) -> Amount:
    """Return a number that was counted; its source is the calculation."""
    zh, en = unit
    label = Label(zh, en if number == 1 else f"{en}s")
    return Amount(exactly(float(number)), label, (CALCULATION,))
