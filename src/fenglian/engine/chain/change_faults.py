"""What can be wrong with what somebody imagines of a chain? Each fault knows the way out."""

from fenglian.engine.errors import ChainError


class UnknownMaker(ChainError):
    """A firm that is no maker of the chain; takes ``maker`` and ``nearest``."""

    zh = "产业链里没有单位“{maker}”。最相近：{nearest}。请从名单里选一家。"
    en = "The chain has no maker {maker!r}. Nearest: {nearest}. Choose one of the list."


class NoAmountToAdd(ChainError):
    """An amount that no plant can have; takes ``amount``, ``product`` and ``most``."""

    zh = "给“{product}”添的产能写的是 {amount}。请写大于 0、不超过 {most:,.0f} 的数。"
    en = "{amount} cannot be added to {product!r}. Write a number above 0, at most {most:,.0f}."


class UnreadablePlant(ChainError):
    """A plant that is not written as it should be; takes ``words``."""

    zh = "看不懂“{words}”。新厂请写明产品、年产能，可再写投资元数，用半角冒号隔开，例如 flange:2000 或 flange:2000:300000000。"
    en = (
        "{words!r} cannot be read. Write a plant as product:amount or product:amount:cost, such as "
        "flange:2000:300000000."
    )


class NoCost(ChainError):
    """A cost that no plant can have; takes ``cost`` and ``most``."""

    zh = "投资写的是 {cost}。请写 0 到 {most:,.0f} 元；不知道就空着。"
    en = "{cost} is no cost. Write 0 to {most:,.0f} yuan; leave it empty where it is not known."


class NoDemand(ChainError):
    """A demand that nothing can be computed for; takes ``demand``, ``unit`` and ``most``."""

    zh = "需求写的是 {demand} {unit}。请写大于 0、不超过 {most:,.0f} 的数。"
    en = "{demand} {unit} is no demand. Write a number above 0, at most {most:,.0f}."


class NothingAskedBefore(ChainError):
    """Another demand where the scenario has none; takes ``scenario``."""

    zh = "情景“{scenario}”没有需求，也就没有可以放大缩小的份额。请换一个情景。"
    en = "The scenario {scenario!r} asks for nothing, so its shares cannot be scaled. Take another."


class TooManyChanges(ChainError):
    """More than can be looked at side by side; takes ``count`` and ``most``."""

    zh = "一次假设了 {count} 处变化，最多 {most} 处。请分几次算。"
    en = "{count} changes at once, at most {most}. Ask in several goes."
