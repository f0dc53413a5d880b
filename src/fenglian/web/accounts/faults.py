"""What can go wrong with accounts, named by the fault."""

from django.core.exceptions import PermissionDenied
from django.utils.functional import Promise

from fenglian.engine.errors import FenglianError


class AccountFault(FenglianError):
    """Accounts were asked for what they do not do."""


class NotLetIn(AccountFault):
    """Name and password do not go together; which of them is wrong is not told."""

    zh = "用户名与密码不符。"
    en = "User name and password do not go together."


class Locked(AccountFault):
    """Too many wrong tries; takes ``until``, a local time as text."""

    zh = "试错次数太多，{until} 之前不能再试。到时再来，或请安全管理员解锁。"
    en = (
        "Too many wrong tries: none is taken before {until}. Come back then, or ask a security "
        "administrator to unlock."
    )


class WrongCode(AccountFault):
    """No code of now, and none that is still unused."""

    zh = "验证码不对，或者已经用过。请等下一个验证码；手机不在身边就用一个恢复码。"
    en = (
        "The code is wrong or was used already. Wait for the next one; without the phone, use a "
        "recovery code."
    )


class NoSeat(AccountFault):
    """The person is known and sits in no alliance."""

    zh = "您现在不属于任何联盟。请联系秘书处。"
    en = "You have no seat in any alliance now. Ask the secretariat."


class LinkSpent(AccountFault):
    """The link was used, taken back, has run out, or never was; which is not told."""

    zh = "这个链接不能用了：可能已经用过、过期或收回。请向邀请您的人再要一个。"
    en = (
        "This link no longer works: it was used, has run out or was taken back. Ask who invited "
        "you for another."
    )


class SeatTaken(AccountFault):
    """The person has a seat there already; takes ``name`` of the alliance."""

    zh = "您在“{name}”已经有身份。改身份请找秘书处，不用邀请。"
    en = (
        "You have a seat in {name} already. Ask the secretariat to change it; an invitation cannot."
    )


class UnitMissing(AccountFault):
    """The role speaks for a unit, and none was named."""

    zh = "这个身份代表一家单位，请写上单位名称。"
    en = "This role speaks for a unit; name it."


class UnitUnwanted(AccountFault):
    """A guardian speaks for no unit, and one was named."""

    zh = "这个身份不代表任何单位，请把单位一栏空着。"
    en = "This role speaks for no unit; leave the unit empty."


class UnitLeft(AccountFault):
    """The unit has left the alliance; takes ``name`` and ``day``."""

    zh = "“{name}”已于 {day} 退出。先在“人员”页让它回来。"
    en = "{name} left on {day}. Let it return first, on the page of people."


class TooManyStewards(AccountFault):
    """An alliance has at most so many stewards; takes ``most``."""

    zh = "每个联盟最多 {most} 名专班保密员，现在已满。先结束其中一人的身份。"
    en = "An alliance has {most} stewards at most, and has them. End one's seat first."


class AlreadyDecided(AccountFault):
    """The proposal waits no longer."""

    zh = "这项提议已经有人处理过。请刷新页面。"
    en = "Somebody has dealt with this proposal already. Reload the page."


class AlreadyInstalled(AccountFault):
    """The installation has its first administrator; takes ``name`` of the alliance."""

    zh = "“{name}”已经有系统管理员。再添人请发邀请。"
    en = "{name} has a system administrator already. Invite whoever else is to come."


class MayNot(PermissionDenied):
    """Rights do not allow it; the text says why and what would."""

    def __init__(self, text: str | Promise) -> None:
        self.text = text
        super().__init__(str(text))

    def detail(self) -> str:
        """Return the refusal in the language of the request."""
        return str(self.text)
