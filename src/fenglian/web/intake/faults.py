"""What can go wrong where two persons decide, each with the way out."""

from fenglian.engine.errors import FenglianError


class ReviewFault(FenglianError):
    """A decision cannot be made as asked."""


class AnotherPersonNeeded(ReviewFault):
    """Who said it first cannot confirm it; takes ``what``."""

    zh = "“{what}”要另一个人确认，您自己不能再确认一次。请另一位秘书处人员或专班保密员来确认。"
    en = "{what!r} needs another person. Ask another secretary or a clean-team steward to confirm it."


class NothingToConfirm(ReviewFault):
    """It does not wait for a second person; takes ``what``."""

    zh = "“{what}”现在不等第二个人确认：可能已有人处理。请刷新页面。"
    en = "{what!r} does not wait for a second person: somebody may have dealt with it. Reload the page."


class SameName(ReviewFault):
    """A name is compared with itself; takes ``name``."""

    zh = "“{name}”与自己比较，没有可判的。请写两个不同的名称。"
    en = "{name!r} is compared with itself. Give two different names."


class AlreadySaid(ReviewFault):
    """The same two names are judged already; takes ``name`` and ``other``."""

    zh = "“{name}”与“{other}”已有一条判断。先收回它，再写新的。"
    en = "{name!r} and {other!r} are judged already. Take that back first."
