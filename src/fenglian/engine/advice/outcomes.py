"""What would be gained if an item of advice were done? In final products a year, as far as known."""

from dataclasses import dataclass

from fenglian.engine.advice.items import AdviceItem, Verb
from fenglian.engine.analysis.throughput import Loss, Throughputs
from fenglian.engine.chain.intervals import UNKNOWN, Interval, exactly
from fenglian.engine.chain.model import Chain
from fenglian.engine.labels import Label

NO_LIMIT = Label(
    "补够以后，已知的产能里再没有别的限制；没有查到的可能才是。",
    "With enough of it no known capacity limits any more; one that was not found may.",
)
NOT_NEEDED = Label(
    "情景不需要它，产出不变；它留住的是售后的价值。",
    "The scenario does not need it: output stays, and what is kept here is value after the sale.",
)
NOTHING_MORE = Label(
    "单独补上它产出不变：还有别的限制，见堵点。",
    "By itself it gains nothing: other limits hold, see the bottlenecks.",
)
NOT_KNOWN = Label(
    "它的产能没有查到，多造多少算不出；先问到产能。",
    "Its capacity was not found, so the gain cannot be worked out; ask for the capacity first.",
)
NOT_FELT = Label(
    "已知的数里，这一家停了产出不变，第二家减少的是风险。",
    "In what is known nothing is lost without this maker; a second one takes off risk.",
)
NOTHING_TO_LOSE = Label(
    "已知的数里现在一台也造不出来，谁停了都没有可少的；先放开堵点的第一步，再看这一家。",
    "In what is known nothing can be built now, so no stop costs anything; lift the first bottleneck, "
    "then look at this maker again.",
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What doing one item would change."""

    item: str  # its id
    words: Label
    more: Interval  # final products a year; for a second source: what a stop costs without it


def outcome_of(chain: Chain, limits: Throughputs, item: AdviceItem) -> Outcome:
    """Return what would be gained if an item were done.

    Parameters
    ----------
    chain, limits
        That the item is of, and what it can build.
    item
        To build, patch or extend: the relief gain of the product. To strengthen: what is lost
        without its one maker, which a second source would save.
    """
    if item.verb is Verb.STRENGTHEN:
        return _saved(limits, item, chain)
    row = limits.of(item.product)
    if row is None:
        return Outcome(item.id, NOT_NEEDED, UNKNOWN)
    if row.opens:
        return Outcome(item.id, NO_LIMIT, UNKNOWN)
    if row.relief is None:
        return Outcome(item.id, NOT_KNOWN, UNKNOWN)
    if row.relief == 0:
        return Outcome(item.id, NOTHING_MORE, exactly(0.0))
    more = exactly(row.relief)
    words = Label(
        f"补够以后，一年多造得下 {more.text('zh', limits.unit)}（按采用值，按已知产能的上限）。",
        f"With enough of it there is room for {more.text('en', limits.unit)} more a year, at working "
        "values and known capacities.",
    )
    return Outcome(item.id, words, more)


def _saved(limits: Throughputs, item: AdviceItem, chain: Chain) -> Outcome:
    groups = {chain.organisation(name).group for name in item.organisations}
    lost = [each for each in limits.losses if each.level == "firm" and each.name in groups]
    worst = max(lost, key=lambda each: each.share, default=None)
    total = limits.alone.room.working
    if total == 0:
        return Outcome(item.id, NOTHING_TO_LOSE, UNKNOWN)
    if worst is None or worst.left is None or total is None:
        return Outcome(item.id, NOT_FELT, UNKNOWN)
    return _told(item, limits, worst, total - worst.left)


def _told(item: AdviceItem, limits: Throughputs, worst: Loss, less: float) -> Outcome:
    more, left = exactly(less), exactly(worst.left or 0.0)
    percent = f"{100 * worst.share:.3g} %"
    words = Label(
        f"只有这一家时，它停了一年少造 {more.text('zh', limits.unit)}（{percent}），"
        f"还剩 {left.text('zh', limits.unit)}；有第二家顶得上，就不少。",
        f"With this one maker a stop costs {more.text('en', limits.unit)} a year ({percent}) and "
        f"leaves {left.text('en', limits.unit)}; a second one that can stand in saves it.",
    )
    return Outcome(item.id, words, more)
