"""Which faults can a pack have? One class a fault; each knows its place and the way out.

A check returns faults as values, all that it finds; only ``PackFaults`` is raised.
"""

from fenglian.engine.errors import ChainError, PackFault


class MissingFile(PackFault):
    """A file that every pack has; takes the place."""

    zh = "缺少这个文件。"
    en = "the file is missing."
    remedy_zh = "请照任一自带数据包的样子补上。"
    remedy_en = "Add it after the pattern of a shipped pack."


class UnreadableFile(PackFault):
    """Bytes that are no UTF-8, or no table; takes the place and ``value``, the reason."""

    zh = "读不出来：{value}。"
    en = "it cannot be read: {value}."
    remedy_zh = "请存成 UTF-8 编码、逗号分隔的 CSV（或 JSON）。"
    remedy_en = "Save it as UTF-8, comma-separated CSV (or JSON)."


class BadDescriptor(PackFault):
    """datapackage.json is no JSON object; takes the place and ``value``."""

    zh = "不是 JSON 对象：{value}。"
    en = "it is no JSON object: {value}."
    remedy_zh = "请检查括号、引号和逗号。"
    remedy_en = "Check brackets, quotation marks and commas."


class MissingSetting(PackFault):
    """A setting that a block must have; takes the place, ``column`` is the setting."""

    zh = "缺少这一项设置。"
    en = "the setting is missing."
    remedy_zh = "请在 datapackage.json 里补上 {column}。"
    remedy_en = "Add {column} to datapackage.json."


class BadSetting(PackFault):
    """A setting of the wrong kind or an unknown word; takes the place, ``value``, ``wanted``."""

    zh = "“{value}”不能用。"
    en = "{value!r} cannot be used."
    remedy_zh = "应为：{wanted}。"
    remedy_en = "Wanted: {wanted}."


class UnknownTable(PackFault):
    """A CSV file that no column table describes; takes the place and ``nearest``."""

    zh = "不认识这张表。"
    en = "the table is not known."
    remedy_zh = "请改名（最相近：{nearest}）或移走。"
    remedy_en = "Rename it (nearest: {nearest}) or take it out."


class MissingTable(PackFault):
    """A table that this kind of pack must have; takes the place."""

    zh = "缺少这张必需的表。"
    en = "the table is missing."
    remedy_zh = "请补上；列见 columns/{table}.csv。"
    remedy_en = "Add it; its columns are in columns/{table}.csv."


class EmptyTable(PackFault):
    """A needed table without rows; takes the place."""

    zh = "表里一行也没有。"
    en = "the table has no row."
    remedy_zh = "请至少写一行。"
    remedy_en = "Write at least one row."


class UnknownColumn(PackFault):
    """A column that the column table does not describe; takes the place and ``nearest``."""

    zh = "不认识这一列。"
    en = "the column is not known."
    remedy_zh = "请改名（最相近：{nearest}）或删去。"
    remedy_en = "Rename it (nearest: {nearest}) or delete it."


class MissingColumn(PackFault):
    """A needed column is not in the header; takes the place."""

    zh = "缺少这一列。"
    en = "the column is missing."
    remedy_zh = "请加上；说明见 columns/{table}.csv。"
    remedy_en = "Add it; columns/{table}.csv describes it."


class WrongRowLength(PackFault):
    """More or fewer cells than the header; takes the place, ``value`` and ``wanted``."""

    zh = "有 {value} 格，表头有 {wanted} 列。"
    en = "{value} cells; the header has {wanted}."
    remedy_zh = "请补齐，或给含逗号的文字加引号。"
    remedy_en = "Add cells, or put text with commas in quotation marks."


class MissingValue(PackFault):
    """An empty cell where a value is needed; takes the place."""

    zh = "空着。"
    en = "the cell is empty."
    remedy_zh = "这一列必填。"
    remedy_en = "This column must be filled."


class WrongType(PackFault):
    """A value of another type; takes the place, ``value`` and ``wanted``."""

    zh = "“{value}”不是 {wanted}。"
    en = "{value!r} is no {wanted}."
    remedy_zh = "请改正；不知道就空着。"
    remedy_en = "Correct it; leave it empty where it is not known."


class NotFinite(PackFault):
    """NaN or infinity; takes the place and ``value``."""

    zh = "“{value}”不是有限的数。"
    en = "{value!r} is not finite."
    remedy_zh = "不知道就空着。"
    remedy_en = "Leave the cell empty where the number is not known."


class NegativeQuantity(PackFault):
    """An amount below nought; takes the place and ``value``."""

    zh = "{value} 小于 0。"
    en = "{value} is below 0."
    remedy_zh = "数量、份额、价格都不小于 0。"
    remedy_en = "Amounts, shares and prices are at least 0."


class UnknownWord(PackFault):
    """A word outside the list of the column; takes the place, ``value`` and ``allowed``."""

    zh = "“{value}”不在可用的词里。"
    en = "{value!r} is not one of the words of this column."
    remedy_zh = "可用：{allowed}。"
    remedy_en = "Allowed: {allowed}."


class BadSlug(PackFault):
    """An id with blanks or signs; takes the place and ``value``."""

    zh = "“{value}”不能作编号。"
    en = "{value!r} cannot be an id."
    remedy_zh = "编号用英文字母、数字和 . _ -，以字母或数字开头。"
    remedy_en = "An id has letters, digits and . _ -, and begins with a letter or digit."


class DuplicateKey(PackFault):
    """Two rows with the same key; takes the place, ``value`` and ``first``, the earlier row."""

    zh = "“{value}”与第 {first} 行重复。"
    en = "{value!r} repeats row {first}."
    remedy_zh = "请合并两行，或改编号。"
    remedy_en = "Merge both rows, or change the key."


class UnknownId(PackFault):
    """An id that its table does not have; takes the place, ``value``, ``target``, ``nearest``."""

    zh = "“{value}”不在 {target} 里。"
    en = "{value!r} is not in {target}."
    remedy_zh = "请在 {target} 里加上，或改正（最相近：{nearest}）。"
    remedy_en = "Add it to {target}, or correct it (nearest: {nearest})."


class MissingSource(PackFault):
    """A row without a source; takes the place."""

    zh = "这一行没有出处。"
    en = "the row has no source."
    remedy_zh = "请写 sources.csv 里的编号；若是假设，写假设的编号。"
    remedy_en = "Write an id of sources.csv; for an assumption, the id of the assumption."


class UnknownSource(PackFault):
    """A source that sources.csv does not have; takes the place, ``value`` and ``nearest``."""

    zh = "出处“{value}”不在 sources.csv 里。"
    en = "the source {value!r} is not in sources.csv."
    remedy_zh = "请加到 sources.csv，或改正（最相近：{nearest}）。"
    remedy_en = "Add it to sources.csv, or correct it (nearest: {nearest})."


class LowAboveHigh(PackFault):
    """An interval the wrong way round; takes the place, ``value``, ``low`` and ``high``."""

    zh = "下限 {low} 大于上限 {high}。"
    en = "the low end {low} is above the high end {high}."
    remedy_zh = "请对调或改正。"
    remedy_en = "Exchange or correct them."


class OutsideInterval(PackFault):
    """A working value outside its interval; takes the place, ``value``, ``low`` and ``high``."""

    zh = "采用值 {value} 不在 {low}–{high} 之内。"
    en = "the working value {value} is outside {low}–{high}."
    remedy_zh = "请改采用值或区间。"
    remedy_en = "Correct the working value or the interval."


class UnknownWithoutReason(PackFault):
    """An empty amount whose method does not say unknown; takes the place and ``value``."""

    zh = "单耗空着，方法却写“{value}”。"
    en = "the amount is empty, but the method is {value!r}."
    remedy_zh = "请填数，或把方法写成 unknown。"
    remedy_en = "Fill in the amount, or write unknown as the method."


class UnitMismatch(PackFault):
    """A unit that does not fit; takes the place, ``value`` and ``wanted``."""

    zh = "单位是“{value}”。"
    en = "the unit is {value!r}."
    remedy_zh = "这里要“{wanted}”；换算写在 conversions.csv。"
    remedy_en = "{wanted!r} is wanted here; conversions belong in conversions.csv."


class ShareSum(PackFault):
    """Shares that do not add up to 1; takes the place, ``value``, ``scenario`` and ``axis``."""

    zh = "情景“{scenario}”在维度“{axis}”上的份额合计是 {value}，不是 1。"
    en = "the shares of the scenario {scenario!r} on the axis {axis!r} add up to {value}, not to 1."
    remedy_zh = "请补上缺的路线或改正份额。"
    remedy_en = "Add the missing variant, or correct the shares."


class SelfSupply(PackFault):
    """A product that is a part of itself; takes the place and ``value``."""

    zh = "“{value}”是自己的零部件。"
    en = "{value!r} is a part of itself."
    remedy_zh = "请把自用量折进单耗，写净量。"
    remedy_en = "Write net amounts: fold what it uses itself into the other amounts."


class UndampedCycle(PackFault):
    """A loop without a finite requirement; takes the place, ``value`` (the loop), ``radius``."""

    zh = "{value} 成环，谱半径 {radius:.4g} 不小于 1，算不出有限的需求。"
    en = "{value} form a loop of spectral radius {radius:.4g}; no finite requirement exists."
    remedy_zh = "请检查单耗上限，或断开一条。"
    remedy_en = "Check the high ends of the amounts, or take one link out."


class DaysNotInOrder(ChainError):
    """Two days to compare that are not in order, or in the future; takes ``then``, ``now``, ``today``."""

    zh = (
        "要对照的两天是 {then} 和 {now}：前一天须早于后一天，后一天不能晚于今天 {today}。请改日期。"
    )
    en = (
        "The days to compare are {then} and {now}: the first must come before the second, and the "
        "second not after today, {today}. Change the days."
    )
