"""How does an emergency plan become an official document? 情形、停产次序、要办的事、替代、依据."""

import json
from collections.abc import Iterator
from dataclasses import replace

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
    words,
)
from fenglian.engine.advice.compose import Heading
from fenglian.engine.advice.daily import daily_curve
from fenglian.engine.advice.emergency import CALCULATION, EmergencyPlan, Step
from fenglian.engine.advice.grounds import count
from fenglian.engine.analysis.disruption import Days, FirmPath
from fenglian.engine.analysis.drill.stand_ins import StandIn
from fenglian.engine.chain.drill import Shock
from fenglian.engine.chain.intervals import UNKNOWN, Interval, exactly
from fenglian.engine.chain.records import Source
from fenglian.engine.labels import Label

YUAN = Label("元", "yuan")
_FIRM = ("家", "firm")
SHOWN = 12  # rows of a table on the pages of the decision; the annex has all
BASIS = Label("测算依据、口径和敏感性", "Basis, method and sensitivity")


def compose_plan(plan: EmergencyPlan, heading: Heading, *, synthetic: bool = False) -> Brief:
    """Return an emergency plan as a brief, which is rendered as any other.

    Parameters
    ----------
    plan
        Of a drill.
    heading
        Organ, date, class, recipient, red head.
    synthetic
        Whether the firms are invented; every page then says so.

    Returns
    -------
    Brief
        Every number has its unit and names its source, the calculation or a table; what rests on
        stocks that nobody stated is marked as assumed.
    """
    first = plan.found.drill.shocks[0].firm
    more = len({shock.firm for shock in plan.found.drill.shocks}) > 1
    brief = Brief(
        organ=heading.organ,
        title=Label(
            f"{first}{'等' if more else ''}停产应急预案",
            f"Emergency plan for a stop of {first}{' and others' if more else ''}",
        ),
        date=heading.date,
        data_class=heading.data_class,
        banner=heading.banner,
        recipient=heading.recipient,
        blocks=(*_situation(plan), *_stops(plan), *_tasks(plan), *_stand_ins(plan)),
        grounds_title=BASIS,
        grounds=tuple(_basis(plan)),
        sources=(),
        synthetic=synthetic,
    )
    order = {name: place for place, name in enumerate(brief.cited())}
    used = [each for each in (*plan.sources, _calculation(plan, heading)) if each.id in order]
    return replace(brief, sources=tuple(sorted(used, key=lambda each: order[each.id])))


def _calculation(plan: EmergencyPlan, heading: Heading) -> Source:
    return Source(
        id=CALCULATION,
        title="停产推演 disruption",
        publisher="风链 Fenglian",
        date=heading.date.isoformat(),
        kind="calculation",
        reference="",
        # Its own rule is open; it is no better than the stocks that it assumes.
        grade="D" if plan.assumed else "A",
    )


def _yuan(interval: Interval, *, assumed: bool) -> Amount:
    return Amount(interval, YUAN, (CALCULATION,), assumed)


def _situation(plan: EmergencyPlan) -> Iterator[Block]:
    found = plan.found
    below = f"{100 * found.rules.stopped_below:g}"
    yield Paragraph((words("情形和后果", "Situation and consequences"),), 1)
    yield Paragraph(
        (
            *(Words(shock_words(shock)) for shock in found.drill.shocks),
            words(
                f"测算到第{found.rules.days}天，网络的{found.firms}家企业里停产（产出低于平时的{below}%）",
                f"By day {found.rules.days}, ",
            ),
            count(len(found.stopped), _FIRM),
            words(
                "，没有交付给网络以外客户的货值",
                f" of the network's {found.firms} stop (below {below} % of the usual); not delivered "
                "outside: ",
            ),
            _yuan(found.final_lost_yuan, assumed=plan.assumed),
            *_final(plan),
            words("。", "."),
        )
    )
    yield _chart(plan)


def shock_words(shock: Shock) -> Label:
    """Return what is supposed to happen, as a sentence."""
    part = f"{100 * shock.share:g}"
    whole = shock.share == 1
    if shock.days is None:
        zh, en = "起停产，不再恢复", "for good"
    else:
        zh, en = f"起停产{shock.days}天", f"for {shock.days} days"
    return Label(
        f"设{shock.firm}从第{shock.from_day}天{zh}，停掉{'全部产能' if whole else f'产能的{part}%'}。",
        f"{shock.firm} is to stop from day {shock.from_day} on {en}, with "
        f"{'all' if whole else f'{part} %'} of its capacity. ",
    )


def _final(plan: EmergencyPlan) -> Iterator[Piece]:
    final = plan.found.drill.final
    if final is None:
        return
    yield words(f"，少产{final.product}", f"; {final.product} not made: ")
    yield Amount(plan.found.final_lost, final.unit, (CALCULATION,), plan.assumed)


def _chart(plan: EmergencyPlan) -> Chart:
    shares = plan.found.daily_outside
    lowest = float(shares[1].min()) * 100
    return Chart(
        title=Label("每天交付与平时之比", "Deliveries by day, against the usual"),
        option=Label(
            *(json.dumps(daily_curve(shares, each), ensure_ascii=False) for each in ("zh", "en"))
        ),
        width=700,
        height=240,
        alternative=Label(
            f"折线图，横轴是推演的第几天；按库存的中值，最低一天是平时的{lowest:.0f}%。",
            f"Lines over the days of the drill; with the working stocks the lowest day has {lowest:.0f} % of "
            "the usual.",
        ),
        sources=(CALCULATION,),
        assumed=plan.assumed,
    )


def _stops(plan: EmergencyPlan) -> Iterator[Block]:
    yield Paragraph((words("谁在哪天停、哪天恢复", "Who stops and recovers when"),), 1)
    rows = tuple(_stop_row(path) for path in plan.found.paths)
    yield _cut("停产和减产的次序", "Who stops or makes less, in order", _STOP_COLUMNS, rows)


_STOP_COLUMNS = (
    Column(Label("企业", "Firm"), share=1.7),
    Column(Label("第几天停", "Stops on day"), share=1.4),
    Column(Label("第几天恢复", "Recovers on day"), share=1.4),
    Column(Label("原因", "Why"), share=1.6),
    Column(Label("库存天数", "Stock"), Label("天", "days")),
    Column(Label("少产", "Lost output"), share=1.5),
)


def _stop_row(path: FirmPath) -> tuple[Piece, ...]:
    assumed = path.product is not None and not path.stock_stated
    why = path.cause.label
    if path.product:
        why = Label(f"缺{path.product}", f"lacks {path.product}")
    return (
        Words(Label(path.firm, path.firm)),
        _day(path.stop_day, Label("不停", "never"), assumed=assumed),
        _back(path, assumed=assumed),
        Words(why, (CALCULATION,)),
        Amount(path.stock_days, Label("天", "days"), (CALCULATION,), assumed)
        if path.product
        else words("—", "—"),
        _yuan(path.lost_yuan, assumed=assumed),
    )


def _day(days: Days, never: Label, *, assumed: bool) -> Words:
    label = Label(days.text("zh", never), days.text("en", never))
    return Words(label, (CALCULATION,), assumed)


def _back(path: FirmPath, *, assumed: bool) -> Words:
    if path.recovered_day.working == 1:
        return Words(Label("一直照常", "as usual"), (CALCULATION,), assumed)
    return _day(path.recovered_day, Label("期内未恢复", "not by then"), assumed=assumed)


def _tasks(plan: EmergencyPlan) -> Iterator[Block]:
    yield Paragraph((words("要办的事", "What to do"),), 1)
    if not plan.steps:
        yield Paragraph(
            (words("没有别家会停，暂无要办的事。", "Nobody else stops; nothing to do."),)
        )
        return
    rows = tuple(_task_row(step) for step in plan.steps)
    yield _cut("按最晚日期排的事项", "Tasks by their last day", _TASK_COLUMNS, rows)


_TASK_COLUMNS = (
    Column(Label("最晚第几天", "By day"), share=0.8),
    Column(Label("找谁", "Whom"), share=1.4),
    Column(Label("事项", "Task"), share=1.2),
    Column(Label("内容", "What"), share=3.4),
    Column(Label("可少损失", "Saves"), share=1.3),
)


def _task_row(step: Step) -> tuple[Piece, ...]:
    day = words("随时", "any")
    if step.by_day:
        day = Words(Label(f"{step.by_day}", f"{step.by_day}"), (CALCULATION,), step.assumed)
    saved: Piece = words("—", "—")
    if step.saved_yuan is not None:
        saved = _yuan(step.saved_yuan, assumed=step.assumed)
    return (
        day,
        Words(Label(step.firm, step.firm)),
        Words(step.kind.label),
        Words(step.text, (CALCULATION,)),
        saved,
    )


def _stand_ins(plan: EmergencyPlan) -> Iterator[Block]:
    others = plan.others
    yield Paragraph((words("谁能顶上", "Who could stand in"),), 1)
    if not others.rows:
        yield Paragraph(
            (
                words(
                    "网络里没有别家能供断供的产品。", "Nobody else of the network makes what lacks."
                ),
            )
        )
        return
    rows = tuple(_stand_in_row(plan, row) for row in others.rows)
    yield _cut("替代来源", "Stand-ins", _STAND_IN_COLUMNS, rows)
    if others.together_yuan.known:
        yield Paragraph(
            (
                words(
                    f"表中填了空余产能的都用上，从第{others.ready_day}天起供货，可少损失",
                    f"All whose room is known would together, from day {others.ready_day} on, save ",
                ),
                _yuan(others.together_yuan, assumed=plan.assumed),
                words("。", "."),
            )
        )


_STAND_IN_COLUMNS = (
    Column(Label("产品", "Product"), share=1.1),
    Column(Label("供方", "Supplier"), share=1.5),
    Column(Label("供给", "For"), share=1.8),
    Column(Label("每天可多供", "Room a day"), share=1.3),
    Column(Label("可少损失", "Saves"), share=1.3),
)


def _stand_in_row(plan: EmergencyPlan, row: StandIn) -> tuple[Piece, ...]:
    stated = tuple(
        each.source for each in plan.found.drill.free if each.firm == row.supplier and each.source
    )
    known = {source.id for source in plan.sources}
    cited = tuple(name for name in stated if name in known) or (CALCULATION,)
    room = Amount(row.room_yuan, YUAN, cited) if row.stated else _asked()
    saved = _yuan(row.saved_yuan, assumed=plan.assumed) if row.stated else _asked()
    return (
        Words(Label(row.product, row.product)),
        Words(Label(row.supplier, row.supplier)),
        Words(Label("、".join(row.buyers), ", ".join(row.buyers))),
        room,
        saved,
    )


def _asked() -> Amount:
    return Amount(UNKNOWN, YUAN, ())


def _cut(
    zh: str, en: str, columns: tuple[Column, ...], rows: tuple[tuple[Piece, ...], ...]
) -> Table:
    """Return a table of the first rows, and say how many there are."""
    note = None
    if len(rows) > SHOWN:
        note = Label(
            f"共 {len(rows)} 项，这里是前 {SHOWN} 项，全部见结果表。",
            f"The first {SHOWN} of {len(rows)}; the tables of the results have all.",
        )
    return Table(Label(zh, en), columns, rows[:SHOWN], note)


def _basis(plan: EmergencyPlan) -> Iterator[Block]:
    yield Paragraph((words("测算口径", "Method"),), 1)
    yield Paragraph(
        tuple(
            piece
            for each in plan.found.assumptions
            for piece in (Words(each, (CALCULATION,), "假设" in each.zh), words("", " "))
        )
    )
    yield Paragraph((words("换一个条件", "One condition changed"),), 1)
    yield _changes(plan)
    yield Paragraph((words("用到的数据", "Data used"),), 1)
    yield Paragraph(
        (
            words("投入品库存有人填报的", "Stocks of inputs that somebody stated: "),
            count(plan.found.stocks_stated, ("项", "input")),
            words("，没有填、按假设算的", "; not stated and assumed: "),
            count(plan.found.stocks_assumed, ("项", "input")),
            Words(
                Label("。各表见来源。", ". For the tables see the sources."),
                tuple(source.id for source in plan.sources),
            ),
        )
    )


def _changes(plan: EmergencyPlan) -> Table:
    rows = tuple(
        (
            Words(row.change.label),
            _yuan(exactly(row.lost_yuan), assumed=plan.assumed),
            _yuan(exactly(row.more_yuan), assumed=plan.assumed),
            count(row.stopped, _FIRM),
        )
        for row in plan.changes
    )
    columns = (
        Column(Label("条件", "Condition"), share=2.4),
        Column(Label("没有交付的货值", "Not delivered")),
        Column(Label("比原推演多", "More than drilled")),
        Column(Label("停产", "Stop"), share=0.7),
    )
    return Table(Label("逐项改变后的损失", "Losses after each change"), columns, rows)
