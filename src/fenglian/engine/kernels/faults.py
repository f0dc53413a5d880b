"""What can a kernel not compute? The faults of one kernel each; those of all are in ``errors``."""

from fenglian.engine.errors import ArrayError


class TooFewLeft(ArrayError):
    """Too few rows or columns to tell apart; takes ``places``, ``products`` and ``fewest``."""

    zh = "能相互区分的只有 {places} 个地方、{products} 种产品；各要至少 {fewest} 个。请补数据，或放宽筛选。"
    en = (
        "Only {places} places and {products} products can be told apart; at least {fewest} of each "
        "are needed. Add data, or filter less."
    )


class Unsolved(ArrayError):
    """A linear programme without an optimum; takes ``state``, the solver's own word for it."""

    zh = "线性规划没有解出：{state}。请检查产能和单耗的数量级。"
    en = "The linear programme was not solved: {state}. Check the magnitudes."


class TableNotProductive(ArrayError):
    """Inputs that outputs cannot cover; takes ``sector``, ``value`` and ``limit``."""

    zh = "部门“{sector}”单位产出的中间投入合计是 {value:.4g}，须小于 {limit}。请核对这一列和它的总产出。"
    en = (
        "The inputs to one unit of output of sector {sector!r} add up to {value:.4g}; they must stay "
        "below {limit}. Check this column and its total output."
    )
