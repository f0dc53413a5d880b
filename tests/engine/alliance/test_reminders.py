"""A thing is told once ahead of its day and once when it is late, whatever days the runs fall on."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fenglian.engine.alliance.reminders import (
    KINDS,
    NOTICE,
    Due,
    Kind,
    Reminder,
    find_reminders,
    stage_of,
)

TODAY = date(2026, 3, 1)


def due(days: int, kind: Kind = "task", key: str = "a") -> Due:
    return Due(kind, key, TODAY + timedelta(days=days))


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_each_kind_is_told_as_many_days_ahead_as_its_notice(kind: Kind) -> None:
    days = NOTICE[kind]
    assert [each.stage for each in find_reminders([due(days, kind)], TODAY)] == ["ahead"]
    assert find_reminders([due(days + 1, kind)], TODAY) == ()


def test_a_day_that_is_named_counts_for_every_kind() -> None:
    dues = [due(100, kind) for kind in KINDS]
    assert len(find_reminders(dues, TODAY, until=TODAY + timedelta(days=100))) == len(KINDS)
    assert find_reminders(dues, TODAY, until=TODAY + timedelta(days=99)) == ()


def test_on_the_day_itself_nothing_is_late_and_a_meeting_that_is_over_is_silent() -> None:
    assert [stage_of(due(days), TODAY, TODAY) for days in (-1, 0, 1)] == ["late", "ahead", None]
    assert stage_of(due(-1, "meeting"), TODAY, TODAY) is None
    assert stage_of(due(-1, "certificate"), TODAY, TODAY) == "late"


def test_the_first_day_comes_first_whatever_the_order() -> None:
    dues = [due(3, "meeting"), due(1, key="b"), due(1, key="a"), due(-1, "term")]
    found = find_reminders(dues, TODAY)
    assert [each.due for each in found] == [dues[3], dues[2], dues[1], dues[0]]
    assert found == find_reminders(dues[::-1], TODAY)


def test_a_thing_that_is_put_off_is_told_anew() -> None:
    told = {("task", "a", TODAY, "ahead")}
    assert find_reminders([due(0)], TODAY, told=told) == ()
    assert len(find_reminders([due(2)], TODAY, told=told)) == 1


@given(
    st.integers(-5, 40), st.lists(st.integers(0, 60), max_size=12), st.sampled_from(sorted(KINDS))
)
def test_a_thing_is_told_once_a_stage_however_often_the_command_runs(
    day: int, runs: Sequence[int], kind: Kind
) -> None:
    thing = due(day, kind)
    told: list[Reminder] = []
    for run in sorted(runs):
        now = TODAY + timedelta(days=run)
        known = {(each.due.kind, each.due.key, each.due.day, each.stage) for each in told}
        told += find_reminders([thing], now, told=known)
    stages = [each.stage for each in told]
    assert stages in ([], ["ahead"], ["late"], ["ahead", "late"])
    late = kind != "meeting" and any(run > day for run in runs)
    assert ("late" in stages) == late
    assert ("ahead" in stages) == any(day - NOTICE[kind] <= run <= day for run in runs)
