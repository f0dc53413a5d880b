"""What can be wrong with a user's own table? One class a fault; each knows the way out."""

from fenglian.engine.errors import PackFault, TableError


class NoColumn(PackFault):
    """A column that the question needs; takes the place, ``wanted`` and ``found``."""

    zh = "缺少这一列。表头有：{found}。"
    en = "the column is missing. The header has: {found}."
    remedy_zh = "请加上这一列，列名可写：{wanted}。"
    remedy_en = "Add it; it may be called: {wanted}."


class EmptyAmount(PackFault):
    """An empty amount; takes the place."""

    zh = "空着。"
    en = "the cell is empty."
    remedy_zh = "确实没有请写 0；不知道就删去这一行。"
    remedy_en = "Write 0 where there is none; take the row out where it is not known."


class NotAnAmount(PackFault):
    """Words that are no finite number; takes the place and ``value``."""

    zh = "“{value}”不是有限的数。"
    en = "{value!r} is no finite number."
    remedy_zh = "请写成 1234.5 或 1,234.5；不知道就删去这一行。"
    remedy_en = "Write 1234.5 or 1,234.5; take the row out where it is not known."


class Contradiction(PackFault):
    """A second amount for the same pair; takes the place, ``value``, ``pair``, ``first``."""

    zh = "{pair} 在第 {first} 行已有另一个数，这里是 {value}。"
    en = "{pair} has another amount in row {first}; here it is {value}."
    remedy_zh = "请留下对的一行；要相加的请先加好。"
    remedy_en = "Keep the right row; add them up beforehand where they belong together."


class TableTooWide(TableError):
    """More pairs than fit; takes ``name``, ``places``, ``products`` and ``limit``."""

    zh = "“{name}”有 {places:,} 个地方 × {products:,} 种产品，超过 {limit:,} 格的上限。请合并产品或拆成几张表。"
    en = (
        "{name!r} has {places:,} places × {products:,} products, more than {limit:,} cells. "
        "Merge products, or split the table."
    )


class TableRefused(TableError):
    """Faults for which a whole table is refused; takes ``name`` and ``faults``."""

    zh = "表“{name}”不能用。{first_zh}"
    en = "The table {name!r} cannot be used. {first_en}"

    def __init__(self, name: str, faults: "tuple[PackFault, ...]") -> None:
        self.faults = faults
        first = {f"first_{each}": faults[0].message(each) for each in ("zh", "en")}
        super().__init__(name=name, count=len(faults), **first)


class TableTooLarge(TableError):
    """More bytes than are read at once; takes ``name``, ``size`` and ``limit`` in bytes."""

    zh = "“{name}”有 {size:,} 字节，超过 {limit:,} 字节的上限。请按年份拆开，或只留三列。"
    en = (
        "{name!r} has {size:,} bytes; a table may have {limit:,}. "
        "Split it by year, or keep the three columns only."
    )
