"""What can be wrong with a row of a sheet: each fault with its place, its why and its way out.

All take ``sheet``, ``cell`` (C5; empty where it is the whole sheet or row) and ``value``.
"""

import re

from fenglian.engine.errors import FenglianError, SheetFault


def code_of(fault: FenglianError) -> str:
    """Return the stable name of a fault for programs: ``unknown-choice``.

    Examples
    --------
    >>> code_of(MissingCell(sheet="s", cell="A1", value="", column_zh="", column_en=""))
    'missing-cell'
    """
    kind = type(fault.facts["cause"]) if isinstance(fault, BadCell) else type(fault)
    return re.sub(r"(?<!^)(?=[A-Z])", "-", kind.__name__).lower()


class BadCell(SheetFault):
    """A cell whose words an earlier room refuses; takes ``cause``, that room's error."""

    def why(self, language: str) -> str:
        """Return the words of the cause, which names its own way out."""
        cause = self.facts["cause"]
        return cause.message(language) if isinstance(cause, FenglianError) else ""


class UnknownSheet(SheetFault):
    """No row of headings that belongs to a table; takes ``known_zh`` and ``known_en``."""

    zh = "工作表“{value}”里找不到认识的表头，这一行没有读。"
    en = "The sheet {value!r} has no headings that are known; this row was not read."
    remedy_zh = "请用模板里的表头（{known_zh}），任意次序均可。"
    remedy_en = "Use the headings of the template ({known_en}), in any order."


class MissingHeading(SheetFault):
    """A required column that the sheet does not have; takes ``column_zh`` and ``column_en``."""

    zh = "缺少必填的一列“{column_zh}”。"
    en = "The required column {column_en!r} is missing."
    remedy_zh = "请加上这一列再导入。"
    remedy_en = "Add the column and import again."


class DuplicateHeading(SheetFault):
    """Two columns with headings of one meaning; takes ``first``, the cell of the first."""

    zh = "表头“{value}”与 {first} 是同一列。"
    en = "The heading {value!r} names the same column as {first}."
    remedy_zh = "请只留一列，或改掉其中一个表头。"
    remedy_en = "Keep one of them, or rename the other."


class UnknownHeading(SheetFault):
    """A warning: a column that no table has; takes ``nearest``."""

    zh = "表头“{value}”不认识，这一列没有读。最相近：{nearest}。"
    en = "The heading {value!r} is not known; its column was not read. Nearest: {nearest}."


class StrayCells(SheetFault):
    """A warning: cells beyond the headings; ``value`` is the first of them."""

    zh = "“{value}”所在的列没有表头，没有读。"
    en = "{value!r} stands in a column without a heading and was not read."


class MissingCell(SheetFault):
    """Nothing where every row must have a value; takes ``column_zh`` and ``column_en``."""

    zh = "“{column_zh}”没有填。"
    en = "{column_en!r} is empty."
    remedy_zh = "请填上。"
    remedy_en = "Fill it in."


class MissingOwner(SheetFault):
    """No code of an organisation, and none to take in its place."""

    zh = "看不出是哪家单位的：没有统一社会信用代码。"
    en = "It cannot be told whose row this is: there is no unified social credit code."
    remedy_zh = "请填上代码；本表只有一家单位时，填好“单位概况”即可。"
    remedy_en = "Fill in the code; where there is one organisation only, its profile will do."


class OtherOwner(SheetFault):
    """A row of another organisation than the one it is imported for; takes ``wanted``."""

    zh = "“{value}”不是本单位的代码（{wanted}）。"
    en = "{value!r} is not the code of this organisation ({wanted})."
    remedy_zh = "请更正代码，或以那家单位的身份导入。"
    remedy_en = "Correct the code, or import as that organisation."


class FormNotOpen(SheetFault):
    """A row of a form that this way in does not open; takes ``form_zh`` and ``form_en``."""

    zh = "这个链接不收“{form_zh}”，这一行没有收。"
    en = "This link does not take {form_en!r}; the row was not taken."
    remedy_zh = "请只填链接里列出的表，或请对方另发链接。"
    remedy_en = "Fill in the forms that the link lists, or ask for another link."


class NotThisUnit(SheetFault):
    """A row of another organisation; unlike ``OtherOwner`` it does not tell whose it should be."""

    zh = "“{value}”不是这个链接所属单位的代码。"
    en = "{value!r} is not the code of the unit that this link is for."
    remedy_zh = "请核对代码；不是贵单位的链接请不要填。"
    remedy_en = "Check the code; do not fill in a link that is not yours."


class CodeTaken(SheetFault):
    """A code that another unit of the alliance has in its profile; ``value`` is the code."""

    zh = "“{value}”已经登记在另一家单位名下，这一行没有收。"
    en = "{value!r} stands in the profile of another unit; the row was not taken."
    remedy_zh = "请核对代码；代码无误的，请秘书处合并两条记录。"
    remedy_en = "Check the code; if it is right, ask the secretariat to join the two."


class HeldBack(SheetFault):
    """A sound row of a file that is to come whole or not at all; takes ``others``."""

    zh = "这一行没有错，但文件里另有 {others} 行有错，整份没有收。"
    en = "Nothing is wrong with this row, but {others} others of the file are faulty: none was taken."
    remedy_zh = "请改好那些行再送，或改为逐行收下。"
    remedy_en = "Put those right and send it again, or have it taken row by row."


class UnknownChoice(SheetFault):
    """A word that the list does not have; takes ``allowed_zh`` and ``allowed_en``."""

    zh = "“{value}”不在选项里。"
    en = "{value!r} is not among the choices."
    remedy_zh = "可选：{allowed_zh}。"
    remedy_en = "Choices: {allowed_en}."


class NotADay(SheetFault):
    """No day that a calendar has."""

    zh = "“{value}”不是日期。"
    en = "{value!r} is not a day."
    remedy_zh = "请写年月日，如 2024-05-31。"
    remedy_en = "Write year, month and day: 2024-05-31."


class NotAPeriod(SheetFault):
    """Neither a year nor a month."""

    zh = "“{value}”不是年份，也不是月份。"
    en = "{value!r} is neither a year nor a month."
    remedy_zh = "请写 2024 或 2024-05。"
    remedy_en = "Write 2024 or 2024-05."


class NotAFlag(SheetFault):
    """Neither yes nor no."""

    zh = "“{value}”不是“是”或“否”。"
    en = "{value!r} is neither yes nor no."
    remedy_zh = "请写“是”或“否”。"
    remedy_en = "Write yes or no."


class NotWhole(SheetFault):
    """No whole number of at least 0."""

    zh = "“{value}”不是不小于 0 的整数。"
    en = "{value!r} is no whole number of at least 0."
    remedy_zh = "请写整数，如 45。"
    remedy_en = "Write a whole number: 45."


class NegativeFigure(SheetFault):
    """A quantity below 0."""

    zh = "“{value}”小于 0。"
    en = "{value!r} is below 0."
    remedy_zh = "请写不小于 0 的数；不知道就空着。"
    remedy_en = "Write a number of at least 0; leave it empty where it is not known."


class TooManyDigits(SheetFault):
    """More digits than a spreadsheet keeps; some may be lost already."""

    zh = "“{value}”超过 15 位数字，表格软件会把后面的数字变成 0。"
    en = "{value!r} has more than 15 digits; a spreadsheet turns the later ones into 0."
    remedy_zh = "请把这一格设为“文本”格式，照原件重新填写。"
    remedy_en = "Format the cell as text and enter it again from the original."


class WithoutUnit(SheetFault):
    """A figure that no unit goes with, neither in its own cell nor in the column of units."""

    zh = "“{value}”没有单位，说不清是多少。"
    en = "{value!r} has no unit, so nobody can tell how much it is."
    remedy_zh = "请在“计量单位”一栏写单位，或在这一格里一起写，如 300台、50MW。"
    remedy_en = "Give the unit in its column, or in the same cell, such as 300 t or 50 MW."


class UnitOfPeriod(SheetFault):
    """A unit by the year beside a month, or the other way; takes ``period``."""

    zh = "单位“{value}”与时期 {period} 不一致。"
    en = "The unit {value!r} does not fit the period {period}."
    remedy_zh = "按年的填年份，按月的填年月；单位只写 MW、台、吨等。"
    remedy_en = "Give a year for what is by the year, a month for what is by the month."


class NoSpecification(SheetFault):
    """A part that is no pair of name and value."""

    zh = "“{value}”里有一项不是“名称=值”。"
    en = "A part of {value!r} is no pair name=value."
    remedy_zh = "请写成：额定功率=5 MW；叶轮直径=182 m。"
    remedy_en = "Write: rated power=5 MW; rotor diameter=182 m."


class NoAddress(SheetFault):
    """No e-mail address, or no telephone number."""

    zh = "“{value}”不是“{column_zh}”。"
    en = "{value!r} is no {column_en}."
    remedy_zh = "请核对；邮箱如 name@example.com，电话如 0351-1234567 或 13 开头的 11 位。"
    remedy_en = "Check it: name@example.com, or 0351-1234567."


class NoIndustry(SheetFault):
    """No code of the form of GB/T 4754."""

    zh = "“{value}”不是 GB/T 4754 的代码。"
    en = "{value!r} is no code of GB/T 4754."
    remedy_zh = "请写门类字母和 2–4 位数字，如 C3415，字母可省。"
    remedy_en = "Write two to four digits, with or without the letter before them: C3415."


class UnknownRegion(SheetFault):
    """No division of that name or code; takes ``candidates``."""

    zh = "“{value}”不是唯一的行政区划。{candidates}"
    en = "{value!r} is no single division. {candidates}"
    remedy_zh = "请写六位代码，或写全称，如“山西省太原市”。"
    remedy_en = "Write six digits, or the full name with its province: 山西省太原市."


class UnknownProductWord(SheetFault):
    """No product of the chain; takes ``nearest``."""

    zh = "产业链里没有产品“{value}”。最相近：{nearest}。"
    en = "The chain has no product {value!r}. Nearest: {nearest}."
    remedy_zh = "请从“选项”工作表里选一个，或请秘书处添加。"
    remedy_en = "Choose one of the sheet of choices, or ask the secretariat to add it."


class CellTooLong(SheetFault):
    """More characters than there is room for; takes ``length`` and ``limit``."""

    zh = "这一格有 {length:,} 个字，最多 {limit:,} 个。"
    en = "The cell has {length:,} characters; at most {limit:,} are taken."
    remedy_zh = "请写短些。"
    remedy_en = "Shorten it."


class UnseenCharacter(SheetFault):
    """A character that no text shows; takes ``found``."""

    zh = "这一格里有控制字符 {found}。"
    en = "The cell holds the control character {found}."
    remedy_zh = "请去掉。"
    remedy_en = "Take it out."


class ErrorCell(SheetFault):
    """A spreadsheet's own error, or a formula without a value."""

    zh = "这一格没有值：{value}。"
    en = "The cell has no value: {value}."
    remedy_zh = "请改好公式并保存，或直接填数。"
    remedy_en = "Mend the formula and save, or enter the value."


class FormulaCell(SheetFault):
    """A warning: a formula, of which the value that the file keeps was taken."""

    zh = "这一格是公式，取了文件里存的值“{value}”，没有重算。"
    en = "The cell holds a formula; the value kept in the file, {value!r}, was taken as it is."


class TakenAsUnknown(SheetFault):
    """A warning: a mark that was read as not known."""

    zh = "“{value}”按“不知道”处理。确实没有的，请写“无”。"
    en = "{value!r} was taken as not known. Where there is none, write 'none'."


class ConflictingRow(SheetFault):
    """The key of an earlier row with another content; takes ``first``, that row's place."""

    zh = "与 {first} 是同一项（{value}），内容不同。"
    en = "The same item as {first} ({value}), with another content."
    remedy_zh = "请只留一行。"
    remedy_en = "Keep one of the two rows."


class EndBeforeStart(SheetFault):
    """An end before the beginning; takes ``start``."""

    zh = "结束 {value} 早于开始 {start}。"
    en = "The end {value} lies before the beginning {start}."
    remedy_zh = "请核对两个日期。"
    remedy_en = "Check both days."


class FreeAboveCapacity(SheetFault):
    """More free than there is; takes ``whole``."""

    zh = "空余 {value} 大于产能 {whole}。"
    en = "{value} free is more than the capacity, {whole}."
    remedy_zh = "请核对两个数和单位。"
    remedy_en = "Check both figures and the unit."


class NoNames(FenglianError):
    """A list without a column of names; takes ``name`` of the file and ``found``, its first row."""

    zh = "“{name}”第一行是“{found}”，没有“名称”一列。请给名称那一列写上“名称”。"
    en = "The first row of {name!r} is {found!r}, without a column of names. Head that column 'name'."


class UnknownMapping(FenglianError):
    """A mapping of headings that names what there is not; takes ``name``, ``word`` and ``known``."""

    zh = "对应文件“{name}”里的“{word}”没有这个表或列。可用：{known}。"
    en = "The mapping {name!r} names {word!r}, which is no table or column. Known: {known}."


class BadMapping(FenglianError):
    """A mapping that is not table → heading → column; takes ``name``."""

    zh = '对应文件“{name}”不是 {{"表": {{"表头": "列"}}}} 的 JSON。请改好或删去它。'
    en = 'The mapping {name!r} is no JSON of {{"table": {{"heading": "column"}}}}. Mend or delete it.'


class UnknownTable(FenglianError):
    """A table that is not among those that are asked for; takes ``word`` and ``known``."""

    zh = "没有表“{word}”。可用：{known}。"
    en = "There is no table {word!r}. Known: {known}."
