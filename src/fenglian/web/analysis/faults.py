"""What can be wrong with a drill, a notice or an answer, each with the way out."""

from fenglian.engine.errors import FenglianError


class DrillFault(FenglianError):
    """A drill cannot be done as asked."""


class OutOfRange(DrillFault):
    """A whole number that is none, or too small or large; takes ``what_zh``, ``what_en``,
    ``words``, ``low`` and ``high``.
    """

    zh = "“{what_zh}”写的是“{words}”，要写 {low} 到 {high} 的整数。"
    en = "{what_en} says {words!r}: write a whole number from {low} to {high}."


class NobodyAsked(DrillFault):
    """A notice to nobody."""

    zh = "没有选要通知的单位。请至少勾选一家。"
    en = "Nobody is chosen. Tick at least one unit."


class DayPast(DrillFault):
    """An answer that is wanted by a day that is over; takes ``day``."""

    zh = "答复期限 {day} 已经过了。请写今天或以后的日期。"
    en = "The answer is wanted by {day}, which is over. Write today or a later day."


class SaysNothing(DrillFault):
    """An answer that needs something and does not say what."""

    zh = "选了“有条件”，请写明需要什么。"
    en = "It needs something first: say what."


class NotAnAmount(DrillFault):
    """An amount of money that is none; takes ``words``."""

    zh = "“{words}”不是金额。请写一个不小于 0 的数，单位万元。"
    en = "{words!r} is no amount. Write a number of at least 0, in 10,000 yuan."
