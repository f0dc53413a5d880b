"""Why a stranger's workbook is not read: each fault with what was found, and the way out.

All take ``name``, what the sender calls the file.
"""

from fenglian.engine.errors import FenglianError


class WorkbookError(FenglianError):
    """A workbook cannot be read; nothing was kept of it."""


class WorkbookTooLarge(WorkbookError):
    """More bytes than are taken; takes ``size`` and ``limit`` in bytes."""

    zh = "“{name}”有 {size:,} 字节，最多收 {limit:,} 字节。请分成几个文件。"
    en = "{name!r} has {size:,} bytes; at most {limit:,} are taken. Split it into several files."


class NotAWorkbook(WorkbookError):
    """Neither xlsx nor CSV; takes ``found_zh`` and ``found_en``."""

    zh = "“{name}”不是能读的工作簿：{found_zh}。请另存为 .xlsx 或 .csv。"
    en = "{name!r} is no workbook that can be read: {found_en}. Save it as .xlsx or .csv."


class BrokenWorkbook(WorkbookError):
    """A zip archive that breaks off, or parts that do not hold together; takes ``part``."""

    zh = "“{name}”已损坏，读到“{part}”为止。请用表格软件打开，另存后再试。"
    en = "{name!r} is damaged; reading stopped at {part!r}. Open it, save it anew and try again."


class TooManyParts(WorkbookError):
    """More files in the archive than a workbook has; takes ``count`` and ``limit``."""

    zh = "“{name}”里有 {count:,} 个部件，最多 {limit:,} 个。请另存为新的 .xlsx。"
    en = "{name!r} has {count:,} parts; at most {limit:,} are taken. Save it as a new .xlsx."


class ExpandsTooFar(WorkbookError):
    """Parts that grow beyond measure when unpacked; takes ``part``, ``size`` and ``limit``."""

    zh = "“{name}”里的“{part}”解开后超过 {limit:,} 字节，没有读。请删去空白的行列，另存后再试。"
    en = (
        "{part!r} of {name!r} unpacks to more than {limit:,} bytes and was not read. "
        "Delete blank rows and columns, save and try again."
    )


class PackedTooTight(WorkbookError):
    """A part packed tighter than tables are; takes ``part``, ``ratio`` and ``limit``."""

    zh = "“{name}”里的“{part}”压缩比超过 {limit}，像压缩炸弹，没有读。请另存为新的 .xlsx。"
    en = (
        "{part!r} of {name!r} is packed tighter than {limit} to 1, as archives made to do harm "
        "are; it was not read. Save it as a new .xlsx."
    )


class ForbiddenMarkup(WorkbookError):
    """A document type declaration, which no spreadsheet writes; takes ``part``."""

    zh = "“{name}”里的“{part}”带有 DTD 声明，表格软件不会写这个，没有读。"
    en = "{part!r} of {name!r} declares a DTD, which no spreadsheet does; it was not read."


class FarCell(WorkbookError):
    """A cell beyond the rows or columns that are read; takes ``sheet``, ``cell`` and the limits."""

    zh = "“{name}”的工作表“{sheet}”在 {cell} 有内容，超出能读的 {rows:,} 行 {columns} 列。请删去它或移近。"
    en = (
        "The sheet {sheet!r} of {name!r} has something in {cell}, beyond the {rows:,} rows and "
        "{columns} columns that are read. Delete it or bring it nearer."
    )


class TooManyRows(WorkbookError):
    """More rows in all sheets together than are read; takes ``limit``."""

    zh = "“{name}”超过 {limit:,} 行。请分成几个文件。"
    en = "{name!r} has more than {limit:,} rows. Split it into several files."


class TooManyCells(WorkbookError):
    """More cells in all sheets together than are read; takes ``limit``."""

    zh = "“{name}”有内容的单元格超过 {limit:,} 个。请分成几个文件。"
    en = "{name!r} has more than {limit:,} cells that hold something. Split it into several files."


class ReadingGaveUp(WorkbookError):
    """More time or memory than a reading is given; takes ``seconds``."""

    zh = "“{name}”在 {seconds} 秒和限定的内存内读不完，已停止。请删去空白的行列和图片，另存后再试。"
    en = (
        "{name!r} could not be read within {seconds} seconds and the memory it is given. Delete "
        "blank rows, columns and pictures, save and try again."
    )


class BadDelimited(WorkbookError):
    """CSV that cannot be taken apart; takes ``row`` and ``found``."""

    zh = "“{name}”第 {row} 行不合 CSV 的写法：{found}。请检查引号，或另存为 .xlsx。"
    en = "Row {row} of {name!r} is no CSV: {found}. Check the quotation marks, or save as .xlsx."
