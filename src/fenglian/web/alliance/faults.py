"""What can be wrong with an application, a vote or a certificate, each with the way out."""

from fenglian.engine.errors import FenglianError


class AllianceFault(FenglianError):
    """Something of the alliance cannot be done as asked."""


class FieldMissing(AllianceFault):
    """Something has to be said and is not; takes ``zh`` and ``en``, what."""

    zh = "没有填写“{what_zh}”。请补上再提交。"
    en = "{what_en} is missing. Fill it in and send it again."


class PaperMissing(AllianceFault):
    """An application without what it must rest on; takes ``what_zh`` and ``what_en``."""

    zh = "缺材料：{what_zh}。请一并上传（PDF、PNG 或 JPEG）。"
    en = "Papers are missing: {what_en}. Send them along as PDF, PNG or JPEG."


class TooManyPapers(AllianceFault):
    """More files than an application may have; takes ``most``."""

    zh = "一份申请最多 {most} 个文件。请合并后再上传。"
    en = "An application has {most} files at most. Put some together."


class DayNotPast(AllianceFault):
    """A day of something done that lies in the future; takes ``day``."""

    zh = "日期 {day} 还没有到。请写办理当天或以前的日期。"
    en = "The day {day} has not come yet. Write the day on which it was done."


class DayPast(AllianceFault):
    """A day by which something is to be done that is gone; takes ``day``."""

    zh = "日期 {day} 已经过了。请写今天或以后的日期。"
    en = "The day {day} is gone. Write today or a day to come."


class NotCarried(AllianceFault):
    """A step that rests on a resolution that is open, failed or about something else."""

    zh = "没有通过的相应决议。请先提交表决，通过并结束表决后再办这一步。"
    en = "No resolution to that end was carried. Put it to the vote, close it, then take the step."


class NobodyVotes(AllianceFault):
    """A vote in which no unit has a voice; takes ``body_zh`` and ``body_en``."""

    zh = "{body_zh}还没有有表决权的单位。请先把单位记为会员并定级别，或改用现场计票登记决议。"
    en = "No unit has a vote in {body_en} yet. Set tiers of members first, or record a vote counted in the room."


class VoteRuns(AllianceFault):
    """A second vote on the same thing while one is open."""

    zh = "关于这件事的表决还没有结束。请先结束它。"
    en = "A vote on this is still open. Close it first."


class VoteClosed(AllianceFault):
    """A ballot or a count after the end."""

    zh = "表决已经结束，结果不再改变。"
    en = "The vote is closed; its result stands."


class HasVoted(AllianceFault):
    """A second ballot of one unit."""

    zh = "贵单位已经投过票。一家一票，投出不改。"
    en = "Your unit has voted already. One unit, one vote, and it stands."


class NoVote(AllianceFault):
    """A ballot of a unit that has none."""

    zh = "贵单位在这项表决中没有表决权。"
    en = "Your unit has no vote in this."


class UnknownChoice(AllianceFault):
    """A ballot that says none of the three; takes ``choice``."""

    zh = "没有“{choice}”这种票。请选同意、反对或弃权。"
    en = "{choice!r} is no vote. Choose for, against or abstain."


class CountOff(AllianceFault):
    """A count in the room that does not add up; takes ``votes``, ``present`` and ``entitled``."""

    zh = "票数对不上：三种票共 {votes}，到会 {present}，有表决权 {entitled}。须票数 ≤ 到会 ≤ 有表决权。"
    en = "The count does not add up: {votes} votes, {present} present, {entitled} entitled. Votes ≤ present ≤ entitled."


class NotANumber(AllianceFault):
    """A field for a whole number that holds something else; takes ``what`` and ``words``."""

    zh = "“{words}”不是整数。请写阿拉伯数字。"
    en = "{words!r} is no whole number. Write digits."


class FeeTwice(AllianceFault):
    """A fee of a year that was noted before; takes ``due_on``."""

    zh = "{due_on} 到期的会费已经登记过。"
    en = "The fee that was due on {due_on} is noted already."


class FeeNotNoted(AllianceFault):
    """A certificate before the first fee."""

    zh = "还没有登记会费（免缴的登记 0 元），不能发证书。"
    en = "No fee is noted yet (note 0 yuan where none is asked); the certificate waits for it."


class NoMember(AllianceFault):
    """Something for a member, asked for one that is none today."""

    zh = "这家单位现在不是在册成员。"
    en = "This unit is no member today."


class CertificateIssued(AllianceFault):
    """A second certificate; takes ``number``."""

    zh = "已发证书 {number}。年检通过会延长有效期，号码不变。"
    en = "Certificate {number} was issued already. A yearly check renews it under the same number."


class CheckedTwice(AllianceFault):
    """A yearly check of a year that has passed already; takes ``year``."""

    zh = "{year} 年的年检已经通过，不必重做。"
    en = "The check of {year} is passed already."


class EndsBeforeItBegins(AllianceFault):
    """A meeting whose end does not lie after its beginning."""

    zh = "结束时间不在开始时间之后。请改正时间。"
    en = "The meeting does not end after it begins. Correct the times."


class UnitMissing(AllianceFault):
    """A unit of that name is not here; takes ``name``."""

    zh = "本联盟没有单位“{name}”。请从名单里选，或先在名录里添加。"
    en = (
        "There is no unit {name!r} here. Choose one from the list, or add it in the registry first."
    )


class TermOver(AllianceFault):
    """A post that was left before, or on a day before it was held."""

    zh = "这项任职已经结束，或离任日早于任职日。"
    en = "The post was left before, or the day lies before its beginning."


class CharterDay(AllianceFault):
    """A second version that begins on one day; takes ``day``."""

    zh = "{day} 起已经有一个章程版本。请写另一个生效日。"
    en = "A version of the charter begins on {day} already. Give another day."


class NoCandidates(AllianceFault):
    """An election with fewer candidates than it can be held with; takes ``seats``."""

    zh = "没有候选人。每行写一个单位；选人时写“单位 姓名”，中间空一格。席位 {seats} 个，候选人可以更多。"
    en = (
        "There are no candidates. Write a unit a line; for persons the unit, a blank, and the name. "
        "{seats} seats may have more candidates than that."
    )


class CandidateOdd(AllianceFault):
    """A candidate that does not fit the post; takes ``line``."""

    zh = "候选人“{line}”不对：单位职务只写单位，个人职务要写“单位 姓名”；同一个只写一次。"
    en = (
        "The candidate {line!r} does not fit: a unit's post takes a unit alone, a person's post a "
        "unit and a name; each once."
    )


class SeatsOdd(AllianceFault):
    """A number of seats or years that cannot be; takes ``words``."""

    zh = "席位或年数“{words}”不对。席位 1 至 100；任期年数不超过章程规定的 {most} 年。"
    en = "{words} seats or years cannot be: 1 to 100 seats, and no more than the charter's {most} years."


class SlipSpoilt(AllianceFault):
    """A slip with too many names, or none that stands; takes ``seats``."""

    zh = "选票上的名字须是本次候选人，最多 {seats} 个（一个不选就是弃权，也可以投）。请改好再投。"
    en = (
        "A slip bears names of this election's candidates, {seats} at most; none at all is "
        "abstaining. Mend it and send it again."
    )


class MayNotBack(AllianceFault):
    """A unit supports its own idea, or one twice, or one that is settled."""

    zh = "只能附议别家还在等候的建议，一家一次。"
    en = "A unit supports another's idea that still waits, once."


class IdeaSettled(AllianceFault):
    """An idea that has been answered already."""

    zh = "这条建议已有结果，不能再改。"
    en = "This idea has its outcome already."


class PageClosed(AllianceFault):
    """Something for the public page while there is none."""

    zh = "联盟还没有公开网页。请先写明怎样申请并公开。"
    en = "The alliance has no public page yet. Say how to apply, and open it first."


class NotSignInTime(AllianceFault):
    """A sign-in outside the meeting's hours; takes ``begins`` and ``ends``."""

    zh = "签到时间是 {begins} 至 {ends}。现在不收。"
    en = "Sign-in is open from {begins} to {ends}, and not now."


class UnitNotHere(AllianceFault):
    """A unit signs in that nobody knows by that name; takes ``name``."""

    zh = "没有找到“{name}”。请写登记的全称，或在会务台登记。"
    en = "{name!r} is not known here. Write the full name as registered, or ask at the desk."


class MailOff(AllianceFault):
    """A mail where none leave the installation."""

    zh = "本系统没有开通发信（FENGLIAN_MAIL）。请复制文字，用别的办法发。"
    en = "This installation sends no mail (FENGLIAN_MAIL). Copy the words and send them otherwise."


class NoAddress(AllianceFault):
    """A mail to a unit without an address; takes ``name``."""

    zh = "“{name}”没有登记联系人邮箱。请先在单位资料里补上，或复制文字发给他们。"
    en = "{name} has no contact with an e-mail address. Add one, or copy the words."


class MailRefused(AllianceFault):
    """The mail server did not take it; takes ``why``."""

    zh = "发信服务器没有收下（{why}）。请检查 FENGLIAN_MAIL，再试一次。"
    en = "The mail server did not take it ({why}). Check FENGLIAN_MAIL and try again."


class KnownAlready(AllianceFault):
    """An application by link for a name or a code that is here already."""

    zh = "这个名称或代码已在册。请向秘书处要贵单位自己的链接，或登录后申请。"
    en = "This name or code is on record. Ask the secretariat for your unit's own link, or sign in."


class DoorBusy(AllianceFault):
    """More applications than one link takes; takes ``most``."""

    zh = "这个链接已收满 {most} 份申请。请向秘书处要一个新的。"
    en = "This link has taken its {most} applications. Ask the secretariat for another."


class OtherMeeting(AllianceFault):
    """A sheet that was made for another meeting than the one it is brought to."""

    zh = "这份签到表是另一次会议的。请到那次会议的页面导入，或重新下载本次会议的签到表。"
    en = (
        "This sheet was made for another meeting. Bring it in there, or download the sheet of this "
        "meeting."
    )
