"""Nothing can be done to a log that a check does not find: with an anchor, nothing at all."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fenglian.web.audit.chain import (
    COLUMNS,
    EMPTY,
    GENESIS,
    Anchor,
    Head,
    Kind,
    Report,
    Sealed,
    check_chain,
    digest,
    read_anchors,
    spell,
)

SIZE = 6
DAY = date(2026, 1, 31)
Log = list[Any]  # of entries, some of them damaged on purpose


def write_log(size: int = SIZE, purpose: str = "对接") -> Log:
    log: Log = []
    before = GENESIS
    for number in range(1, size + 1):
        entry: Any = (
            number, 1_790_000_000_000_000 + number, "shanxi-wind", number or None, "演示用户甲",
            "某单位", "member", "read", "registry.capacity", '["a1"]', 7, "S2", purpose, "{}", before,
        )  # fmt: skip
        before = digest(entry)
        log.append((*entry, before))
    return log


def end_of(log: Log) -> Head:
    return Head(log[-1][0], log[-1][-1]) if log else EMPTY


def anchor_of(log: Log) -> Anchor:
    end = end_of(log)
    return Anchor(DAY, end.count, end.digest)


def seal_again(log: Log) -> Log:
    """Chain a changed log anew, as somebody who owns the database could."""
    before, out = GENESIS, []
    for number, entry in enumerate(log, start=1):
        columns = (number, *entry[1:-2], before)
        before = digest(columns)
        out.append((*columns, before))
    return out


def kinds(report: Report) -> list[tuple[int, Kind]]:
    return [(each.number, each.kind) for each in report.faults]


def test_a_log_as_written_is_whole() -> None:
    log = write_log()
    report = check_chain(log, anchors=[anchor_of(log[:3]), anchor_of(log)], head=end_of(log))
    assert report.whole
    assert report.first is None
    assert (report.count, report.last, report.anchors) == (SIZE, end_of(log), 2)


def test_an_empty_log_is_whole_and_has_an_anchor_too() -> None:
    report = check_chain([], anchors=[anchor_of([])], head=EMPTY)
    assert report.whole
    assert (report.count, report.last) == (0, EMPTY)


OTHER: dict[str, Any] = {
    "at": 5, "alliance": "demo", "user": None, "who": "别人", "unit": "", "role": "bank", "act": "change",
    "table": "x.y", "rows": "[]", "owner": 8, "data_class": "S1", "purpose": "", "detail": '{"a":1}',
    "previous": "0" * 64, "digest": "1" * 64,
}  # fmt: skip


@pytest.mark.parametrize("number", range(1, SIZE + 1))
@pytest.mark.parametrize("column", OTHER)
def test_every_edit_of_every_column_of_every_entry_is_found(column: str, number: int) -> None:
    log = write_log()
    place = (*COLUMNS, "digest").index(column)
    entry = list(log[number - 1])
    entry[place] = OTHER[column]
    log[number - 1] = tuple(entry)
    report = check_chain(log)
    assert report.first is not None
    assert report.first.number == number
    assert Kind.EDITED in {each.kind for each in report.faults if each.number == number}


@pytest.mark.parametrize("number", range(1, SIZE))
def test_every_deletion_but_of_the_last_is_found_without_an_anchor(number: int) -> None:
    log = write_log()
    del log[number - 1]
    assert kinds(check_chain(log)) == [(number + 1, Kind.MISSING), (number + 1, Kind.BROKEN)]


@pytest.mark.parametrize("number", range(1, SIZE))
def test_a_deletion_with_new_numbers_is_found(number: int) -> None:
    log = write_log()
    log = [(place, *each[1:]) for place, each in enumerate(log[: number - 1] + log[number:], 1)]
    report = check_chain(log)
    assert (number, Kind.BROKEN) in kinds(report)
    assert report.first is not None
    assert report.first.number == number


@pytest.mark.parametrize("number", range(1, SIZE + 1))
def test_an_insertion_is_found_wherever_it_is(number: int) -> None:
    log = write_log()
    moved = [(each[0] + 1, *each[1:]) for each in log[number - 1 :]]
    report = check_chain([*log[: number - 1], forged_after(log[: number - 1]), *moved])
    assert report.first is not None
    assert report.first.number == number + 1


def test_an_entry_added_past_the_writer_is_found_by_the_head() -> None:
    log = write_log()
    report = check_chain([*log, forged_after(log)], head=end_of(log))
    assert kinds(report) == [(SIZE + 1, Kind.STRAY)]


def forged_after(log: Log) -> Any:
    """Return an entry of somebody who knows how digests are made."""
    end = end_of(log)
    columns: Any = (end.count + 1, *write_log(1)[0][1:-2], end.digest)
    return (*columns, digest(columns))


def test_a_number_given_twice_is_found() -> None:
    log = write_log()
    assert (2, Kind.STRAY) in kinds(check_chain([*log[:2], log[1], *log[2:]]))


def test_a_number_that_is_none_is_found() -> None:
    log = write_log()
    log[3] = ("four", *log[3][1:])
    assert (3, Kind.STRAY) in kinds(check_chain(log))


@pytest.mark.parametrize("first", range(SIZE))
@pytest.mark.parametrize("second", range(SIZE))
def test_every_swap_of_two_entries_is_found(first: int, second: int) -> None:
    if first == second:
        return
    log = write_log()
    log[first], log[second] = (
        (log[first][0], *log[second][1:]),
        (log[second][0], *log[first][1:]),
    )
    report = check_chain(log)
    assert report.first is not None
    assert report.first.number == min(first, second) + 1


@pytest.mark.parametrize("kept", range(SIZE))
def test_a_tail_cut_off_is_found_by_an_anchor_and_by_the_head_and_by_nothing_else(
    kept: int,
) -> None:
    log = write_log()
    cut = log[:kept]
    assert check_chain(cut).whole
    for report in (check_chain(cut, anchors=[anchor_of(log)]), check_chain(cut, head=end_of(log))):
        assert kinds(report) == [(kept + 1, Kind.CUT)]
    assert check_chain(cut, anchors=[anchor_of(log)]).faults[0].anchor == anchor_of(log)


@pytest.mark.parametrize("number", range(1, SIZE + 1))
def test_a_log_rewritten_from_any_entry_on_is_found_by_an_anchor_behind_it(number: int) -> None:
    log = write_log()
    entry = list(log[number - 1])
    entry[COLUMNS.index("purpose")] = "另一件事"
    forged = seal_again([*log[: number - 1], tuple(entry), *log[number:]])
    assert check_chain(forged, head=end_of(forged)).whole
    report = check_chain(forged, anchors=[anchor_of(log[: number - 1]), anchor_of(log)])
    assert kinds(report) == [(SIZE, Kind.REWRITTEN)]
    assert kinds(check_chain(forged, head=end_of(log))) == [(SIZE, Kind.REWRITTEN)]


def test_an_anchor_at_an_entry_that_is_gone_does_not_hold() -> None:
    log = write_log()
    report = check_chain([*log[:2], *log[3:]], anchors=[anchor_of(log[:3])])
    assert (3, Kind.REWRITTEN) in kinds(report)


def test_only_the_first_faults_are_kept_and_all_are_counted() -> None:
    log = [(*each[:-2], each[-2], "0" * 64) for each in write_log()]
    report = check_chain(log, most=3)
    assert len(report.faults) == 3
    assert report.found == SIZE + SIZE - 1


text = st.text(max_size=3)
columns = st.tuples(
    st.integers(1, 9), st.integers(0, 9), text, st.none() | st.integers(0, 9), text, text, text, text,
    text, text, st.integers(0, 9), text, text, text, text,
)  # fmt: skip


@given(columns, columns)
def test_two_entries_without_zero_bytes_never_have_one_text(one: Any, other: Any) -> None:
    clean = [
        tuple(part.replace("\0", "") if isinstance(part, str) else part for part in each)
        for each in (one, other)
    ]
    assert (spell(clean[0]) == spell(clean[1])) == (clean[0] == clean[1])  # type: ignore[arg-type]


Damage = Callable[[Log, int, int], Log]


def _drop(log: Log, first: int, _second: int) -> Log:
    return log[:first] + log[first + 1 :]


def _double(log: Log, first: int, second: int) -> Log:
    return [*log[:first], log[second], *log[first:]]


def _swap(log: Log, first: int, second: int) -> Log:
    log[first], log[second] = log[second], log[first]
    return log


def _purpose(log: Log, first: int, second: int) -> Log:
    log[first] = (*log[first][:12], f"{second}", *log[first][13:])
    return log


def _forge(log: Log, first: int, second: int) -> Log:
    return seal_again(_purpose(log, first, second))


def _renumber(log: Log, first: int, second: int) -> Log:
    return seal_again(_drop(log, first, second))


@given(
    st.lists(
        st.tuples(
            st.sampled_from([_drop, _double, _swap, _purpose, _forge, _renumber]),
            st.integers(0, 99),
            st.integers(0, 99),
        ),
        min_size=1,
        max_size=4,
    )
)
def test_any_run_of_damage_leaves_the_log_as_it_was_or_is_found(
    damages: list[tuple[Damage, int, int]],
) -> None:
    was = write_log()
    log = list(was)
    for damage, first, second in damages:
        if log:
            log = damage(log, first % len(log), second % len(log))
    report = check_chain(log, anchors=[anchor_of(was)])
    assert report.whole == (log == was)


def test_anchors_are_found_in_any_text() -> None:
    anchor = anchor_of(write_log())
    letter = f"简报第 3 期　{anchor.line()} shanxi-wind\n另一行 {replace(anchor, count=0).line()}。"
    assert read_anchors(letter) == (anchor, replace(anchor, count=0))
    assert read_anchors("fenglian-audit 2026-13-01 5 " + "0" * 64) == ()
    assert read_anchors("fenglian-audit 2026-01-31 5 " + "0" * 65) == ()


def test_entries_are_read_once_and_never_kept() -> None:
    def stream() -> Iterable[Sealed]:
        yield from write_log(50)

    assert check_chain(stream()).count == 50
