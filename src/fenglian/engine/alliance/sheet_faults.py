"""What can be wrong with a row of the member list or of an attendance sheet, with the way out.

All take ``sheet``, ``cell`` and ``value``, as the faults of the registry's sheets do.
"""

from fenglian.engine.errors import SheetFault


class NotSaidWhether(SheetFault):
    """Persons or names of a unit of which nobody says whether it came."""

    zh = "写了参会的人，却没有填“到会情况”。"
    en = "Persons are named, but not whether the unit came."
    remedy_zh = "请选“到会”“委托代表”或“未到”。"
    remedy_en = "Choose came, represented or absent."


class AbsentWithPersons(SheetFault):
    """A unit that did not come, with persons who did."""

    zh = "填的是“未到”，却又写了人数、人员或代表。"
    en = "The unit is said to be absent, and yet persons of it are named."
    remedy_zh = "请改到会情况，或清空那几格。"
    remedy_en = "Correct the attendance, or empty those cells."


class NobodyStandsIn(SheetFault):
    """A unit that was represented, by nobody in particular."""

    zh = "填的是“委托代表”，没有写由谁代表。"
    en = "The unit was represented, but not by whom."
    remedy_zh = "请写受托的人或单位。"
    remedy_en = "Name the person or the unit that stood in for it."


class StandsInForWhom(SheetFault):
    """A unit that came itself, and is said to be represented as well."""

    zh = "到会情况不是“委托代表”，却写了由谁代表“{value}”。"
    en = "The unit was not represented, but {value!r} is said to stand in for it."
    remedy_zh = "请改到会情况，或清空这一格。"
    remedy_en = "Correct the attendance, or empty the cell."


class UnitNotListed(SheetFault):
    """A unit that the alliance does not have by that name; takes ``near``, names or –."""

    zh = "本联盟没有单位“{value}”。相近的：{near}。"
    en = "There is no unit {value!r} here. Near to it: {near}."
    remedy_zh = "请写登记的全称，或先在名录里添加。"
    remedy_en = "Write its full name as registered, or add it in the registry first."


class MayBeThatUnit(SheetFault):
    """A name near to one that is here, of which nobody has said that it is another; takes ``near``."""

    zh = "“{value}”可能就是“{near}”，不能替您决定。"
    en = "{value!r} may be {near}; that is not for the software to decide."
    remedy_zh = "同一家的，请写登记的名称；另一家的，请在“是另一家”一列填“是”。"
    remedy_en = (
        "If it is the same, write the registered name; if not, say yes under 'another unit'."
    )


class CodeOfAnother(SheetFault):
    """A credit code that another unit has, or another than the unit has; takes ``unit``."""

    zh = "代码“{value}”与登记的对不上：{unit}。"
    en = "The code {value!r} does not agree with the registry: {unit}."
    remedy_zh = "请核对名称和代码。"
    remedy_en = "Check name and code."


class DayToCome(SheetFault):
    """A unit that is a member from a day on that has not come."""

    zh = "入会日期 {value} 还没有到。"
    en = "The day {value} has not come yet."
    remedy_zh = "请写批准入会的那一天。"
    remedy_en = "Write the day on which it was admitted."


class SinceDiffers(SheetFault):
    """Another first day than is on record; takes ``known``."""

    zh = "入会日期 {value} 与已登记的 {known} 不同。"
    en = "{value} differs from the day on record, {known}."
    remedy_zh = "名单不改已登记的日期：请核对，有误的请在该单位页面上办理。"
    remedy_en = (
        "A list does not change it. Check the day; a wrong record is put right on the unit's page."
    )


class OnItsWay(SheetFault):
    """A unit that has applied here, was refused, or left; takes ``state_zh`` and ``state_en``."""

    zh = "“{value}”在本系统里的状态是“{state_zh}”，不能由名单直接记为成员。"
    en = "{value!r} stands at {state_en!r} here; a list does not make it a member."
    remedy_zh = "请在该单位的申请页面上办理。"
    remedy_en = "Take the next step on the page of its application."


class NotOfToday(SheetFault):
    """A list row of a unit that is said not to be a member."""

    zh = "状态“{value}”不是在册成员，名单只收现有成员。"
    en = "{value!r} is no state of a member; the list takes members of today."
    remedy_zh = "请删去这一行；退会、除名请在该单位页面上办理。"
    remedy_en = "Leave the row out; who leaves is noted on the unit's page."


class TitleOfNobody(SheetFault):
    """A title without a representative."""

    zh = "写了代表职务“{value}”，没有写代表是谁。"
    en = "A title {value!r} is given, but no representative."
    remedy_zh = "请写代表姓名，或清空这一格。"
    remedy_en = "Name the representative, or empty the cell."


class TakenForUnit(SheetFault):
    """A warning: a row was taken for a unit by its credit code; takes ``unit``."""

    zh = "“{value}”的信用代码是“{unit}”的，这一行记在它名下。"
    en = "{value!r} has the credit code of {unit!r}; the row counts for it."


class PostsNotTaken(SheetFault):
    """A warning: posts that are not on record are not noted from a list."""

    zh = "职务“{value}”没有登记在册；任职请在“任职”页面登记（要写依据和任期）。"
    en = "{value!r} is not on record; posts are noted on their own page, with grounds and term."
