"""What can be wrong with a link, a proposal or a new unit, each with the way out."""

from fenglian.engine.errors import FenglianError


class RegistryFault(FenglianError):
    """Something about units cannot be done as asked."""


class LinkDays(RegistryFault):
    """A link would be open for too short or too long; takes ``days`` and ``most``."""

    zh = "链接的有效期 {days} 天不行：须在 1 到 {most} 天之间。"
    en = "A link cannot be open for {days} days: choose from 1 to {most}."


class LinkForms(RegistryFault):
    """A link would open no form, or one that its maker may not fill in; takes ``forms``."""

    zh = "链接要打开的表不行（{forms}）。请至少选一张您有权填写的表。"
    en = "The link cannot open these forms ({forms}). Choose at least one that you may fill in."


class LinkBusy(RegistryFault):
    """Too much was sent through one link within an hour; takes ``until``."""

    zh = "这个链接一小时内送来的太多了。已收到的都在；请在 {until} 之后再试。"
    en = "Too much came through this link within an hour. What was received is kept; go on after {until}."


class UnitNameMissing(RegistryFault):
    """A new unit has no name, or one that is too long; takes ``most``."""

    zh = "没有写单位名称，或超过 {most} 个字。请写营业执照上的全称。"
    en = "The unit has no name, or one of more than {most} characters. Write its full legal name."


class UnitKnown(RegistryFault):
    """A unit of that name is here already; takes ``name``."""

    zh = "“{name}”已经在名单里。请在名单里查找。"
    en = "{name!r} is in the list already. Find it there."


class NothingProposed(RegistryFault):
    """A proposal would change nothing."""

    zh = "与现有的内容相同，没有可建议的改动。"
    en = "This is what stands already; there is nothing to propose."
