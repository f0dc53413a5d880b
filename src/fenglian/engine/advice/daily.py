"""How are the days of a drill drawn? A line a day between what low and high stocks give.

Colours are token names, as those of the skyline: a page takes them from its stylesheet, paper from
its table.
"""

import numpy as np

from fenglian.engine.kernels.explosion import Floats
from fenglian.engine.labels import Label

Option = dict[str, object]
_DAY = Label("推演第几天", "day of the drill")
_SHARE = Label("占平时 %", "% of usual")
_ENDS = (
    (Label("库存取低值", "low stocks"), "d4", "dashed"),
    (Label("库存取中值", "working stocks"), "d1", "solid"),
    (Label("库存取高值", "high stocks"), "d3", "dotted"),
)


def daily_curve(shares: Floats, language: str) -> Option:
    """Return the ECharts option of the daily shares.

    Parameters
    ----------
    shares
        (3, days) of the usual: with low, working and high stocks.
    language
        ``zh…``, or anything else for English.

    Examples
    --------
    >>> option = daily_curve(np.array([[1.0, 0.0], [1.0, 0.5], [1.0, 1.0]]), "en")
    >>> [line["name"] for line in option["series"]]
    ['low stocks', 'working stocks', 'high stocks']
    """
    small = {"fontSize": 11, "color": "var(--ink-2)"}
    days = list(range(1, shares.shape[1] + 1))
    top = max(100, int(np.ceil(shares.max(initial=1.0) * 10)) * 10)
    return {
        "grid": {"left": 48, "right": 16, "top": 44, "bottom": 40},
        "legend": {"top": 4, "textStyle": small, "itemWidth": 28},
        "xAxis": {
            "type": "category",
            "data": days,
            "name": _DAY.text(language),
            "nameLocation": "middle",
            "nameGap": 24,
            "nameTextStyle": small,
            "axisLabel": small,
            "boundaryGap": False,
        },
        "yAxis": {
            "type": "value",
            "min": 0,
            "max": top,
            "name": _SHARE.text(language),
            "nameTextStyle": small,
            "axisLabel": small,
            "splitLine": {"lineStyle": {"color": "var(--line)"}},
        },
        "series": [
            {
                "type": "line",
                "name": label.text(language),
                "data": [round(100 * float(share), 2) for share in row],
                "showSymbol": False,
                "lineStyle": {"color": f"var(--{colour})", "type": stroke, "width": 2},
                "itemStyle": {"color": f"var(--{colour})"},
            }
            for row, (label, colour, stroke) in zip(shares, _ENDS, strict=True)
        ],
    }
