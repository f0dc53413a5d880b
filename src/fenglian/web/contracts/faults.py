"""What can be wrong with an answer to an agreement, each with the way out."""

from fenglian.engine.contracts.needs import CHECKS, CheckName
from fenglian.engine.errors import FenglianError


class AgreementFault(FenglianError):
    """An agreement cannot be answered as asked."""


class RefTaken(AgreementFault):
    """An own agreement has that reference already; takes ``ref``."""

    zh = "台账编号“{ref}”已经用在本单位另一份签约上。请换一个编号，或选“就是这一份”。"
    en = "The reference {ref!r} stands for another of your agreements. Choose another, or say that it is that one."


class RefMissing(AgreementFault):
    """A confirmation names no own reference."""

    zh = "确认时请写一个本单位的台账编号，本单位这一方的记录用它区分。"
    en = "To confirm, write a reference of your own: your side of the agreement is kept under it."


class NotTheSame(AgreementFault):
    """An own agreement that is to be the same is with somebody else."""

    zh = "本单位这份签约的对方不是对方单位，或它已经对应别的签约。请选另一份，或作为新的一份确认。"
    en = "Your agreement is with somebody else, or answers another already. Choose another, or confirm it as a new one."


class OfferedAlready(AgreementFault):
    """An offer, or an order, for a need stands already."""

    zh = "本单位对这条需求已经报过，或已经记了订单。要改，请在签约台账里改那一份。"
    en = "Your unit has offered for this need, or recorded the order, already. Correct that record."


class DoesNotFit(AgreementFault):
    """Something that a need asks for surely lacks; takes ``failing``, names of checks."""

    zh = "这条需求有一项明确不符：{names_zh}。请先在“产品与型号”里补上或改正，再报。"
    en = "The need asks for something that lacks: {names_en}. Add or correct it in your offerings first."

    def __init__(self, *, failing: tuple[CheckName, ...]) -> None:
        labels = [CHECKS[each] for each in failing]
        super().__init__(
            names_zh="、".join(each.zh for each in labels),
            names_en=", ".join(each.en for each in labels),
        )


class NotTakenUp(AgreementFault):
    """An order follows an offer that the buyer has not confirmed."""

    zh = "需方还没有确认这份报价。等它确认后再记订单。"
    en = "The buyer has not confirmed the offer yet. Record the order once it has."


class NumberMissing(AgreementFault):
    """An order has no contract number."""

    zh = "请写合同编号：双方的记录靠它对上。"
    en = "Write the contract number: by it both sides' records are brought together."
