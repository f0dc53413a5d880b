"""How does an ECharts option become an SVG without a browser?

The library runs in QuickJS. A fresh context a drawing keeps threads apart and the ids in the SVG
the same from run to run. Layouts are computed before: a force layout takes minutes here.
"""

import json

import quickjs

from fenglian.data import vendor
from fenglian.engine.advice.brief import Chart
from fenglian.render.tokens import paint

FONT = "Noto Sans SC"
_STACK = 1 << 20  # bytes; a thread of its own may have little more on some systems
# The library reaches for timers once a pattern is drawn; nothing waits for them here.
_TIMERS = "var setTimeout = function () { return 0; }, clearTimeout = function () {};"
# A string that the library joined from many parts cannot leave the engine as it is (it has no
# plain form inside QuickJS); written as JSON it can.
_DRAW = """
(function (text, width, height) {
  var chart = echarts.init(null, null, {renderer: "svg", ssr: true, width: width, height: height});
  chart.setOption(JSON.parse(text));
  return JSON.stringify(chart.renderToSVGString());
})
"""


def draw(chart: Chart, language: str) -> str:
    """Return the chart as SVG text, always the same for the same chart."""
    option = paint(json.loads(chart.option.text(language)))
    if not isinstance(option, dict):
        raise TypeError(f"an option is an object, not {type(option).__name__}")
    option |= {"animation": False, "textStyle": {"fontFamily": FONT} | option.get("textStyle", {})}
    context = quickjs.Context()
    context.set_max_stack_size(_STACK)
    context.eval(_TIMERS)
    context.eval(vendor.echarts())
    written = context.eval(_DRAW)(json.dumps(option), chart.width, chart.height)
    svg = json.loads(written)
    if not isinstance(svg, str):
        raise TypeError(f"the drawing is text, not {type(svg).__name__}")
    return _without_pointer_styles(svg)


def _without_pointer_styles(svg: str) -> str:
    # What changes under a pointer has no meaning on paper, and some readers stop at CDATA.
    start = svg.find("<style")
    return svg if start < 0 else svg[:start] + svg[svg.index("</style>", start) + 8 :]
