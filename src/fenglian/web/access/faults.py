"""What can be wrong with a grant or a purpose, each with the way out."""

from fenglian.engine.errors import FenglianError


class AccessError(FenglianError):
    """Rights cannot be given or taken as asked."""


class GrantWithoutUnit(AccessError):
    """Who speaks for no unit owns nothing to grant."""

    zh = "您在本联盟不代表任何单位，没有可授权的数据。请让秘书处把您的席位记到单位名下。"
    en = "You speak for no unit here, so there is nothing to grant. Ask the secretariat to seat you for one."


class UnknownReader(AccessError):
    """The unit that is to read is not there, or one's own; takes ``name``."""

    zh = "没有可授权的单位“{name}”。请从名单里选一家别的单位。"
    en = "There is no other unit {name!r} here. Choose one from the list."


class PurposeMissing(AccessError):
    """Nothing says what for."""

    zh = "没有写明用途。请用一句话写清楚做什么用、依据是什么。"
    en = "It does not say what for. Write in a sentence what it is needed for and on which basis."


class DayOutOfRange(AccessError):
    """A grant would end before it begins or last too long; takes ``until`` and ``last``."""

    zh = "截止日 {until} 不行：须在今天到 {last} 之间。"
    en = "The last day {until} will not do: it has to lie between today and {last}."


class ClassNotOpen(AccessError):
    """No purpose opens this class to this role; takes ``data_class``."""

    zh = "您的身份不能凭用途查看 {data_class} 类数据；可以请数据所有单位授权。"
    en = "No purpose opens class {data_class} to your role; the owner can grant it."


class OwnPurpose(AccessError):
    """One does not confirm one's own purpose."""

    zh = "不能确认自己提出的用途；请另一位保密员或安全管理员确认。"
    en = "Nobody confirms a purpose of their own; another steward or security administrator does."


class PurposeOver(AccessError):
    """The purpose has ended, run out, or was confirmed before."""

    zh = "这条用途已经结束、过期或确认过了。需要时请重新提出。"
    en = "This purpose has ended, run out or been confirmed before. State a new one where needed."
