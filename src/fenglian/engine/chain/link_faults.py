"""Which faults can a supply network have? Those of its rows know their place and the way out."""

from fenglian.engine.errors import NetworkError, PackFault


class MissingHeading(NetworkError):
    """A table without a column that it must have; takes ``name``, ``column`` and ``found``."""

    zh = "“{name}”第 1 行没有 {column} 列，只有：{found}。请在表头补上这一列，列名照抄。"
    en = "Row 1 of {name!r} has no column {column}, only: {found}. Add it, named exactly so."


class NothingAccepted(NetworkError):
    """A table of which no row can be used; takes ``name``, ``count`` and ``first_zh``, ``…_en``."""

    zh = "“{name}”没有一行能用（共 {count:,} 行）。{first_zh}"
    en = "No row of {name!r} can be used (it has {count:,}). {first_en}"


class UnknownFirm(NetworkError):
    """A firm that the network does not have; takes ``firm`` and ``nearest``."""

    zh = "网络里没有企业“{firm}”。最相近：{nearest}。"
    en = "The network has no firm {firm!r}. Nearest: {nearest}."


class UnknownMode(NetworkError):
    """A mode that there is not; takes ``mode`` and ``known``."""

    zh = "没有算法模式“{mode}”。可用：{known}。"
    en = "There is no mode {mode!r}. Known: {known}."


class NoWeight(NetworkError):
    """Firms that all weigh nothing; takes ``firms``, their number."""

    zh = "{firms:,} 家企业的权重合计是 0，指数没有意义。请填 weight 或 revenue 列，或补上它们之间的供货。"
    en = (
        "The weights of all {firms:,} firms add up to 0, so that the index means nothing. Fill in "
        "the column weight or revenue, or add the links between them."
    )


class OwnSupplier(PackFault):
    """A firm that supplies itself; takes the place and ``value``."""

    zh = "“{value}”供货给自己。"
    en = "{value!r} supplies itself."
    remedy_zh = "自用不算供应关系，请删去这一行。"
    remedy_en = "Own use is no supply link; delete the row."


class NothingSupplied(PackFault):
    """A link of value nought; takes the place and ``value``."""

    zh = "供货额是 {value}。"
    en = "the value is {value}."
    remedy_zh = "没有供货就删去这一行；有就写金额。"
    remedy_en = "Delete the row where nothing is supplied, or write the amount."


class OtherClass(PackFault):
    """A second row of one link with another class; takes the place, ``value`` and ``first``."""

    zh = "“{value}”与第 {first} 行的同一供应关系等级不同。"
    en = "{value!r} differs from row {first}, which is the same link."
    remedy_zh = "请把两行的 class 写成一样。"
    remedy_en = "Give both rows the same class."


class NotAnAmount(PackFault):
    """Words where an amount of a user's own table stands; takes the place and ``value``."""

    zh = "“{value}”不是数。"
    en = "{value!r} is no number."
    remedy_zh = "请写不小于 0 的数，如 1200.5 或 1,200.5，不带单位。"
    remedy_en = "Write a number of at least 0, such as 1200.5 or 1,200.5, without a unit."
