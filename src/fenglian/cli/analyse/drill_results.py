"""How are the answers of a drill written and printed? Tables, a summary, and what to look at first."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from fenglian.cli.analyse.links import write_table
from fenglian.cli.application import fail, printable
from fenglian.engine.labels import Label

if TYPE_CHECKING:
    from rich.console import Console

    from fenglian.engine.analysis.disruption import Days, Disruption
    from fenglian.engine.analysis.drill.sensitivity import Sensitivity
    from fenglian.engine.analysis.drill.stand_ins import StandIns
    from fenglian.engine.chain.intervals import Interval


@dataclass(frozen=True, slots=True)
class Answers:
    """All that a drill gives."""

    found: "Disruption"
    changes: "tuple[Sensitivity, ...]"
    others: "StandIns"


def write_answers(out: Path, answers: Answers, language: str) -> None:
    """Write the tables and the summary into the folder."""
    found = answers.found
    write_table(out / "firms.csv", FIRM_HEADINGS, firm_rows(found), language)
    write_table(out / "days.csv", DAY_HEADINGS, day_rows(found), language)
    write_table(
        out / "sensitivity.csv",
        ("change", "lost_yuan", "more_yuan", "stopped"),
        [(str(row.change), row.lost_yuan, row.more_yuan, row.stopped) for row in answers.changes],
        language,
    )
    write_table(out / "stand-ins.csv", STAND_IN_HEADINGS, stand_in_rows(answers.others), language)
    write_summary(out / "summary.json", answers, language)


FIRM_HEADINGS = (
    "firm", "cause", "stop_day_low", "stop_day", "stop_day_high", "recovered_day_low",
    "recovered_day", "recovered_day_high", "hit_day", "lost_yuan_low", "lost_yuan",
    "lost_yuan_high", "product", "stock_days_low", "stock_days", "stock_days_high",
    "stock_stated", "held_days",
)  # fmt: skip
DAY_HEADINGS = (
    "day", "outside_low_stocks", "outside", "outside_high_stocks", "final_low_stocks", "final",
    "final_high_stocks",
)  # fmt: skip
STAND_IN_HEADINGS = (
    "product", "supplier", "buyers", "room_yuan_a_day_low", "room_yuan_a_day",
    "room_yuan_a_day_high", "saved_yuan_low", "saved_yuan", "saved_yuan_high",
)  # fmt: skip


def firm_rows(found: "Disruption") -> "list[tuple[object, ...]]":
    """Return the firms that are hit, in the order in which they stop."""
    return [
        (
            path.firm, str(path.cause), *day_cells(path.stop_day), *day_cells(path.recovered_day),
            cell(path.hit_day.working), *interval_cells(path.lost_yuan), path.product or "",
            *interval_cells(path.stock_days), int(path.stock_stated) if path.product else "",
            cell(path.held_days),
        )
        for path in found.paths
    ]  # fmt: skip


def day_rows(found: "Disruption") -> "list[tuple[object, ...]]":
    """Return every day's share of normal, outside and of the final product."""
    rows: list[tuple[object, ...]] = []
    for day in range(found.rules.days):
        outside = [float(share) for share in found.daily_outside[:, day]]
        final: list[object] = ["", "", ""]
        if found.daily_final is not None:
            final = [float(share) for share in found.daily_final[:, day]]
        rows.append((day + 1, *outside, *final))
    return rows


def stand_in_rows(others: "StandIns") -> "list[tuple[object, ...]]":
    """Return who could stand in; cells are empty where nobody stated the room."""
    return [
        (
            row.product, row.supplier, ";".join(row.buyers), *interval_cells(row.room_yuan),
            *interval_cells(row.saved_yuan),
        )
        for row in others.rows
    ]  # fmt: skip


def day_cells(days: "Days") -> tuple[object, ...]:
    """Return three cells; one is empty where the day does not come."""
    return cell(days.low), cell(days.working), cell(days.high)


def interval_cells(interval: "Interval") -> tuple[object, ...]:
    """Return three cells; one is empty where it is not known."""
    return tuple(cell(end) for end in interval.ends())


def cell(value: float | None) -> object:
    """Return a cell: empty for what is not known."""
    return "" if value is None else value


def write_summary(path: Path, answers: Answers, language: str) -> None:
    """Write the figures and assumptions for programs."""
    from fenglian.engine.chain.plain import to_plain

    found = answers.found
    record = {
        "drill": to_plain(found.drill),
        "rules": to_plain(found.rules),
        "firms": found.firms,
        "stopped": [path.firm for path in found.stopped],
        "final_lost_yuan": to_plain(found.final_lost_yuan),
        "final_lost": to_plain(found.final_lost),
        "normal_yuan": found.normal_yuan,
        "stocks_stated": found.stocks_stated,
        "stocks_assumed": found.stocks_assumed,
        "unknown_stocks": to_plain(found.unknown_stocks),
        "without_stand_in": to_plain(answers.others.without),
        "together_saved_yuan": to_plain(answers.others.together_yuan),
        "imbalance": found.imbalance,
        "assumptions": [each.text(language) for each in found.assumptions],
    }
    try:
        path.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", "utf-8")
    except OSError as fault:
        reason = fault.strerror or str(fault)
        raise fail(
            Label(f"写不了“{path}”：{reason}。", f"Cannot write {path}: {reason}."), language
        ) from None


def report(console: "Console", answers: Answers, top: int, language: str) -> None:
    """Print the losses, who stops when, what it hangs on and who could stand in."""
    found = answers.found
    for line in loss_lines(found):
        console.print(line.text(language), markup=False, soft_wrap=True)
    if top:
        report_paths(console, found, top, language)
        report_changes(console, answers.changes, language)
        report_stand_ins(console, answers.others, top, language)
    for assumption in found.assumptions:
        console.print(f"- {assumption.text(language)}", markup=False, soft_wrap=True)


def loss_lines(found: "Disruption") -> list[Label]:
    """Return what is lost, in words."""
    from fenglian.engine.chain.money import in_large_units

    lost = {}
    for each in ("zh", "en"):
        ends, unit = in_large_units(found.final_lost_yuan, Label("元", "yuan"), each)
        lost[each] = ends.text(each, unit)
    lines = [
        Label(
            f"停产 {len(found.stopped):,} 家（共 {found.firms:,} 家）；没有交付给网络以外客户的：{lost['zh']}。",
            f"{len(found.stopped):,} of {found.firms:,} firms stop; not delivered outside: {lost['en']}.",
        )
    ]
    if found.drill.final:
        final, unit = found.drill.final, found.drill.final.unit
        lines.append(
            Label(
                f"少产{final.product}：{found.final_lost.text('zh', unit)}。",
                f"{final.product} not made: {found.final_lost.text('en', unit)}.",
            )
        )
    return lines


def report_paths(console: "Console", found: "Disruption", top: int, language: str) -> None:
    """Print the firms that stop, in their order."""
    headings = (
        Label("企业", "Firm"), Label("停产日", "stops"), Label("恢复日", "recovers"),
        Label("原因", "cause"), Label("缺", "lacks"), Label("库存撑了几天", "stock held"),
    )  # fmt: skip
    rows = [
        (
            printable(path.firm), path.stop_day.text(language), path.recovered_day.text(language),
            path.cause.label.text(language), printable(path.product or ""),
            "" if path.held_days is None else str(path.held_days),
        )
        for path in found.stopped[:top]
    ]  # fmt: skip
    print_table(console, headings, rows, language)
    if len(found.stopped) > top:
        more = Label(
            f"另有 {len(found.stopped) - top:,} 家停产，见 firms.csv。",
            f"{len(found.stopped) - top:,} more stop; see firms.csv.",
        )
        console.print(more.text(language), style="dim", markup=False)


def report_changes(console: "Console", changes: "tuple[Sensitivity, ...]", language: str) -> None:
    """Print what each change does to the loss."""
    headings = (
        Label("换一个条件", "Change"), Label("损失", "lost"), Label("多损失", "more"),
        Label("停产家数", "stop"),
    )  # fmt: skip
    rows = [
        (
            row.change.label.text(language), money(row.lost_yuan, language),
            money(row.more_yuan, language), f"{row.stopped:,}",
        )
        for row in changes
    ]  # fmt: skip
    print_table(console, headings, rows, language)


def report_stand_ins(console: "Console", others: "StandIns", top: int, language: str) -> None:
    """Print who could stand in, and for what nobody can."""
    headings = (
        Label("产品", "Product"), Label("可替代", "stand-in"), Label("少损失", "saves"),
    )  # fmt: skip
    asked = Label("没有填空余产能，请去问", "free capacity not stated: ask").text(language)
    rows = [
        (
            printable(row.product), printable(row.supplier),
            money(row.saved_yuan.working or 0.0, language) if row.stated else asked,
        )
        for row in others.rows[:top]
    ]  # fmt: skip
    if rows:
        print_table(console, headings, rows, language)
    if others.without:
        names = "、".join(
            f"{printable(buyer)}–{printable(what)}" for buyer, what in others.without[:5]
        )
        none = Label(
            f"网络里没有别家（还在开工的）能供的 {len(others.without):,} 项：{names}。",
            f"{len(others.without):,} inputs that nobody else of the network, still at work, makes: {names}.",
        )
        console.print(none.text(language), markup=False, soft_wrap=True)


def money(yuan: float, language: str) -> str:
    """Return a sum in words."""
    from fenglian.engine.chain.intervals import exactly
    from fenglian.engine.chain.money import in_large_units

    amount, unit = in_large_units(exactly(abs(yuan)), Label("元", "yuan"), language)
    return ("−" if yuan < 0 and amount.working else "") + amount.text(language, unit)


def print_table(
    console: "Console",
    headings: tuple[Label, ...],
    rows: Sequence[tuple[str, ...]],
    language: str,
) -> None:
    """Print a plain table."""
    from rich.table import Table

    table = Table(box=None, pad_edge=False, show_edge=False, header_style="dim")
    for heading in headings:
        table.add_column(heading.text(language))
    for row in rows:
        table.add_row(*row)
    console.print(table, markup=False)
