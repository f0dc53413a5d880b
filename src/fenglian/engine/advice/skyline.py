"""How is the coverage of many products drawn? 覆盖谱: bars against the line of what is needed.

The result is an ECharts option with colours as token names (``var(--d1)``): a page takes them
from its stylesheet, paper from its table, so that both show one picture.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from fenglian.engine.analysis.coverage import Status
from fenglian.engine.labels import Label

TOP = 150.0  # per cent; a bar that reaches further is cut, and a tip says so
LONGEST = 8  # characters of an upright Chinese name
LONGEST_ENGLISH = 20
Option = dict[str, object]
NOTHING = "-"  # ECharts' word for "no bar here", which is not a bar of 0


@dataclass(frozen=True, slots=True)
class Bar:
    """One product of the skyline: known capacity over requirement, in per cent."""

    name: Label
    low: float | None  # None: not known
    high: float | None  # None: not known, it may be any more
    status: Status
    makers: str = ""  # how many were found, in words of the caller: 3, 4+, —

    @property
    def sure(self) -> float | None:
        """Height of the known part."""
        if self.status is Status.MISSING:
            return None
        return None if self.low is None else min(self.low, TOP)

    @property
    def possible(self) -> float | None:
        """Height of the part between the ends; None where the upper end is not known."""
        if self.status is Status.MISSING or self.high is None:
            return None
        return min(self.high, TOP) - (self.sure or 0.0)

    @property
    def unknown(self) -> float | None:
        """Height of the hatched part, from what is known to the top."""
        if self.status is Status.MISSING or self.high is not None:
            return None
        return TOP - (self.sure or 0.0)


_KNOWN = Label("确有（下限）", "known")
_SHORT = Label("确有，但不够", "known, short")
_POSSIBLE = Label("可能有（到上限）", "possible")
_MISSING = Label("断点", "missing")
_UNKNOWN = Label("未查到，不等于没有", "not found, which is not none")
_NEED = Label("需求", "need")
_ENDS = Label("上限\n下限", "high\nlow")
_MAKERS = Label("厂家", "makers")
_NOT_FOUND = Label("未查到", "not found")


def skyline(bars: Sequence[Bar], language: str) -> Option:
    """Return the ECharts option of the coverage skyline.

    Parameters
    ----------
    bars
        Products in the order of the chain, both ends in per cent of the requirement.
    language
        ``zh…``, or anything else for English.

    Returns
    -------
    dict
        Plain JSON values without functions, so that it travels as text.

    Examples
    --------
    >>> option = skyline([Bar(Label("法兰", "flange"), 122.0, 147.0, Status.MET)], "en")
    >>> [series["name"] for series in option["series"][:2]]
    ['known', 'known, short']
    """
    below = _room_of_names(bars, language)
    return {
        "animation": False,
        "aria": {"enabled": True},
        "grid": {
            "left": 46,
            "right": 44,
            "top": 24,
            "bottom": below + (87 if any(bar.makers for bar in bars) else 74),
        },
        "legend": _legend(bars, language),
        "xAxis": [_names(bars, language), _figures(bars, language, below)],
        "yAxis": {
            "type": "value",
            "name": "%",
            "nameGap": 8,
            "nameTextStyle": {"color": "var(--ink-3)", "fontSize": 11, "padding": [0, 26, 0, 0]},
            "max": TOP,
            "interval": 50,
            "axisLabel": {"color": "var(--ink-3)", "fontSize": 11},
            "splitLine": {"lineStyle": {"color": "var(--line)"}},
        },
        "series": _series(bars, language),
    }


def _names(bars: Sequence[Bar], language: str) -> Option:
    chinese = language.startswith("zh")
    return {
        "type": "category",
        "data": [_upright(bar.name.text(language), chinese=chinese) for bar in bars],
        "axisTick": {"show": False},
        "axisLine": {"lineStyle": {"color": "var(--ink-3)"}},
        "axisLabel": {
            "interval": 0,
            "color": "var(--ink)",
            "fontSize": 12,
            "lineHeight": 13,
            "rotate": 0 if chinese else 60,
        },
    }


def _figures(bars: Sequence[Bar], language: str, below: int) -> Option:
    """Return a second axis without a line: both ends of each bar in figures, and its makers."""
    counted = any(bar.makers for bar in bars)
    return {
        "type": "category",
        "position": "bottom",
        "offset": below,
        "data": [_ends(bar) + (f"\n{bar.makers}" if counted else "") for bar in bars],
        "name": _ENDS.text(language) + (f"\n{_MAKERS.text(language)}" if counted else ""),
        "nameLocation": "start",
        "nameGap": 6,
        "nameTextStyle": {
            "color": "var(--ink-3)",
            "fontSize": 11,
            "lineHeight": 13,
            "verticalAlign": "top",
            "padding": [8, 0, 0, 0],
        },
        "axisTick": {"show": False},
        "axisLine": {"show": False},
        "axisLabel": {"interval": 0, "color": "var(--ink)", "fontSize": 11, "lineHeight": 13},
    }


def _ends(bar: Bar) -> str:
    if bar.status is Status.MISSING:
        return "0\n0"
    return "\n".join("—" if end is None else f"{end:.0f}" for end in (bar.high, bar.low))


def _series(bars: Sequence[Bar], language: str) -> list[Option]:
    short = [bar.status is Status.SHORT for bar in bars]
    known = [_or_nothing(None if flag else bar.sure) for bar, flag in zip(bars, short, strict=True)]
    scarce = [
        _or_nothing(bar.sure if flag else None) for bar, flag in zip(bars, short, strict=True)
    ]
    missing: list[object] = [4.0 if bar.status is Status.MISSING else NOTHING for bar in bars]
    first = _bar(_KNOWN.text(language), {"color": "var(--d1)"}, known)
    return [
        first | {"markLine": _line_of_need(language)},
        _bar(_SHORT.text(language), {"color": "var(--d2)"}, scarce),
        _bar(_POSSIBLE.text(language), {"color": "var(--band)"}, _possible(bars)),
        _bar(_MISSING.text(language), {"color": "var(--d4)"}, missing)
        | {"label": _upright_label(_MISSING, language, "top", "var(--gap)")},
        _bar(_UNKNOWN.text(language), _HATCH, _unknown(bars, language)),
        _tips(bars),
    ]


def _possible(bars: Sequence[Bar]) -> list[object]:
    return [_or_nothing(bar.possible) for bar in bars]


def _unknown(bars: Sequence[Bar], language: str) -> list[object]:
    """Hatched parts; one too low for the words goes without, its legend and figures say it."""
    label = _upright_label(_NOT_FOUND, language, "insideBottom", "var(--ink-2)")
    return [
        NOTHING
        if bar.unknown is None
        else {"value": bar.unknown, "label": label if bar.unknown > TOP / 2 else {"show": False}}
        for bar in bars
    ]


def _or_nothing(height: float | None) -> object:
    return NOTHING if height is None else height


_HATCH: Option = {
    "color": "var(--surface)",
    "borderColor": "var(--hatch)",
    "borderWidth": 1,
    "decal": {
        "symbol": "rect",
        "dashArrayX": [1, 0],
        "dashArrayY": [1, 5],
        "rotation": -0.7853981633974483,
        "color": "var(--hatch)",
    },
}


def _bar(name: str, style: Option, data: list[object]) -> Option:
    return {
        "type": "bar",
        "name": name,
        "stack": "coverage",
        "barCategoryGap": "36%",
        "barMaxWidth": 34,
        "silent": True,
        "itemStyle": style,
        "data": data,
    }


def _upright_label(label: Label, language: str, position: str, colour: str) -> Option:
    chinese = language.startswith("zh")
    turned: Option = {} if chinese else {"rotate": 90, "align": "left", "verticalAlign": "middle"}
    return turned | {
        "show": True,
        "position": position,
        "distance": 5 if chinese else 8,
        "formatter": _upright(label.text(language), chinese=chinese),
        "color": colour,
        "fontSize": 12,
        "lineHeight": 14,
        "backgroundColor": "var(--surface)",
        "padding": [2, 1],
    }


def _line_of_need(language: str) -> Option:
    return {
        "silent": True,
        "symbol": "none",
        "lineStyle": {"color": "var(--ink)", "type": "solid", "width": 1.2},
        "label": {
            "formatter": _NEED.text(language),
            "position": "end",
            "color": "var(--ink)",
            "fontSize": 12,
            "fontWeight": "bold",
        },
        "data": [{"yAxis": 100}],
    }


def _tips(bars: Sequence[Bar]) -> Option:
    """Points on the bars that are cut at the top."""
    cut = [
        {"value": [number, TOP], "itemStyle": {"color": _tip_colour(bar)}}
        for number, bar in enumerate(bars)
        if bar.high is not None and bar.high > TOP
    ]
    return {
        "type": "scatter",
        "symbol": "triangle",
        "symbolSize": [16, 7],
        "symbolOffset": [0, -3],
        "silent": True,
        "data": cut,
    }


def _tip_colour(bar: Bar) -> str:
    return "var(--d1)" if bar.low is not None and bar.low > TOP else "var(--band)"


def _legend(bars: Sequence[Bar], language: str) -> Option:
    states = {bar.status for bar in bars}
    shown = [
        (_KNOWN, any(bar.sure is not None and bar.status is not Status.SHORT for bar in bars)),
        (_SHORT, Status.SHORT in states),
        (_POSSIBLE, any(bar.possible for bar in bars)),
        (_MISSING, Status.MISSING in states),
        (_UNKNOWN, any(bar.unknown is not None for bar in bars)),
    ]
    return {
        "data": [label.text(language) for label, there in shown if there],
        "bottom": 0,
        "left": "center",
        "itemWidth": 16,
        "itemHeight": 10,
        "itemGap": 14,
        "selectedMode": False,
        "textStyle": {"color": "var(--ink-2)", "fontSize": 11},
    }


def _upright(name: str, *, chinese: bool) -> str:
    """Set a Chinese name one character a line, as narrow columns do; a long one is cut."""
    if not chinese:
        return name if len(name) <= LONGEST_ENGLISH else f"{name[: LONGEST_ENGLISH - 1]}…"
    return "\n".join(name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}⋮")


def _room_of_names(bars: Sequence[Bar], language: str) -> int:
    """Pixels between the axis and the figures below the names."""
    longest = max((len(bar.name.text(language)) for bar in bars), default=0)
    return (
        min(longest, LONGEST) * 13
        if language.startswith("zh")
        else min(longest, LONGEST_ENGLISH) * 5
    ) + 12
