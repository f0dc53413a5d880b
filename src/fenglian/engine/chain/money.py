"""In which unit is a sum of yuan read? 万元 and 亿元 in Chinese, millions and billions in English."""

from fenglian.engine.chain.intervals import Interval, exactly
from fenglian.engine.labels import Label

_LARGE: dict[str, tuple[tuple[float, str], ...]] = {
    "zh": ((1e8, "亿元"), (1e4, "万元")),
    "en": ((1e9, "bn yuan"), (1e6, "m yuan")),
}


def in_large_units(interval: Interval, unit: Label, language: str) -> tuple[Interval, Label]:
    """Return an interval of yuan in the unit that its working value asks for, and that unit.

    Parameters
    ----------
    interval
        In ``unit``; where it has no working value, its largest end chooses.
    unit
        元, or 元 with what follows it, as in 元/年; anything else comes back as it is.
    language
        ``zh…``, or anything else for English.

    Returns
    -------
    tuple
        The interval in the larger unit, and that unit.

    Examples
    --------
    >>> ends, unit = in_large_units(exactly(14e8), Label("元/年", "yuan a year"), "zh")
    >>> ends.text("zh", unit)
    '14 亿元/年'
    """
    ends = [end for end in interval.ends() if end is not None]
    if not unit.zh.startswith("元") or not ends:
        return interval, unit
    size = abs(interval.working or max(ends, key=abs))
    for scale, name in _LARGE["zh" if language.startswith("zh") else "en"]:
        if size >= scale:
            tail = unit.text(language).removeprefix("元").removeprefix("yuan")
            return interval.times(exactly(1 / scale)), Label(name + tail, name + tail)
    return interval, unit
