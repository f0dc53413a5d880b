"""The coverage skyline: what is solid, pale, hatched, and what the figures below say."""

import json
from typing import Any

import pytest

from fenglian.engine.advice.skyline import NOTHING, TOP, Bar, skyline
from fenglian.engine.analysis.coverage import Status
from fenglian.engine.labels import Label

NAME = Label("塔筒法兰", "tower flange")


def _draw(bar: Bar, language: str = "en") -> Any:
    return json.loads(json.dumps(skyline([bar], language)))


def _heights(bar: Bar) -> dict[str, object]:
    series = [each for each in _draw(bar)["series"] if each["type"] == "bar"]
    values = [each["data"][0] for each in series]
    return {
        each["name"]: value["value"] if isinstance(value, dict) else value
        for each, value in zip(series, values, strict=True)
        if value != NOTHING
    }


@pytest.mark.parametrize(
    ("bar", "heights"),
    [
        (Bar(NAME, 122, 147, Status.MET), {"known": 122, "possible": 25}),
        (Bar(NAME, 53, 79, Status.SHORT), {"known, short": 53, "possible": 26}),
        (Bar(NAME, 128, 900, Status.MET), {"known": 128, "possible": TOP - 128}),
        (Bar(NAME, None, None, Status.UNKNOWN), {"not found, which is not none": TOP}),
        (Bar(NAME, 41, None, Status.UNKNOWN), {"known": 41, "not found, which is not none": 109}),
        (Bar(NAME, 0, 0, Status.MISSING), {"missing": 4}),
    ],
)
def test_heights(bar: Bar, heights: dict[str, object]) -> None:
    assert _heights(bar) == heights


def test_unknown_is_a_dash_in_figures_and_never_zero() -> None:
    [_, figures] = _draw(Bar(NAME, None, None, Status.UNKNOWN))["xAxis"]
    assert figures["data"] == ["—\n—"]
    [_, figures] = _draw(Bar(NAME, None, None, Status.UNKNOWN, makers="4+"))["xAxis"]
    assert figures["data"] == ["—\n—\n4+"]
    assert figures["name"] == "high\nlow\nmakers"


def test_missing_is_said_only_where_someone_looked() -> None:
    words = json.dumps(skyline([Bar(NAME, 0, 0, Status.MISSING)], "zh"), ensure_ascii=False)
    assert "断点" in words
    assert (
        skyline([Bar(NAME, None, None, Status.UNKNOWN)], "zh")["legend"]
        != _draw(Bar(NAME, 0, 0, Status.MISSING))["legend"]
    )
    legend = _draw(Bar(NAME, None, None, Status.UNKNOWN), "zh")["legend"]
    assert legend["data"] == ["未查到，不等于没有"]


def test_a_bar_that_is_cut_has_a_tip() -> None:
    assert _draw(Bar(NAME, 128, 160, Status.MET))["series"][-1]["data"][0]["value"] == [0, TOP]
    assert _draw(Bar(NAME, 128, 140, Status.MET))["series"][-1]["data"] == []


def test_chinese_names_stand_upright_and_long_ones_are_cut() -> None:
    assert _draw(Bar(NAME, 1, 2, Status.SHORT), "zh")["xAxis"][0]["data"] == ["塔\n筒\n法\n兰"]
    long = Label("一二三四五六七八九", "long")
    [name] = _draw(Bar(long, 1, 2, Status.SHORT), "zh")["xAxis"][0]["data"]
    assert name.replace("\n", "") == "一二三四五六七⋮"


def test_colours_are_tokens_so_that_a_page_can_choose_them() -> None:
    text = json.dumps(skyline([Bar(NAME, 1, 2, Status.SHORT)], "zh"))
    assert "var(--d1)" in text
    assert "#" not in text


def test_no_bars_is_a_chart_without_bars() -> None:
    assert skyline([], "zh")["xAxis"]
