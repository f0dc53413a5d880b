"""What can be wrong with an answer to an agreement, each with the way out."""

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
