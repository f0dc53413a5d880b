"""What can be wrong with a decision on a gap, each with the way out."""

from fenglian.engine.errors import FenglianError


class DecisionFault(FenglianError):
    """A decision that cannot be taken as asked."""


class UnknownWay(DecisionFault):
    """A way of closing a gap that there is not; takes ``way``."""

    zh = "没有“{way}”这个办法。可选：attract 招引、expand 扩产、substitute 替代。"
    en = "There is no option {way!r}. Choose attract, expand or substitute."


class WayClosed(DecisionFault):
    """An option with nobody to do it; takes ``way_zh`` and ``way_en``."""

    zh = "“{way_zh}”现在没有可做的单位。请选别的办法，或先查清本地有谁在做。"
    en = "There is nobody with whom to {way_en} now. Choose another option, or find a maker first."


class ChosenAlready(DecisionFault):
    """A choice on advice that has one, or that was taken back; takes ``product_zh``, ``product_en``."""

    zh = "“{product_zh}”的这条建议已经定过，或已撤回。要改，请先撤回再重新给出。"
    en = (
        "This advice on {product_en} was decided already, or taken back. To change it, take it back and "
        "give it anew."
    )


class UnderWay(DecisionFault):
    """A second decision on a gap while the first is under way; takes ``product_zh``, ``product_en``."""

    zh = "“{product_zh}”的缺口已有在办的决定。请先办结或撤回那一条。"
    en = "A decision on the gap in {product_en} is under way. Finish it or take it back first."


class NothingChosen(DecisionFault):
    """A step that needs a choice, on advice without one."""

    zh = "这条建议还没有选定办法，不能公开。请先选定。"
    en = "Nothing was chosen on this advice yet, so it cannot be published. Choose first."


class NoReason(DecisionFault):
    """A decision or its taking back without a reason."""

    zh = "没有写理由。请写明为什么。"
    en = "The reason is missing. Say why."
