"""What can go wrong with the audit log, named by the fault."""

from fenglian.engine.errors import FenglianError


class AuditError(FenglianError):
    """Something was asked of the audit log that it does not do."""


class OutsideTransaction(AuditError):
    """An entry was to be written apart from the change that it tells of."""

    zh = "审计记录必须与所记的改动写在同一事务里；请放进 transaction.atomic。"
    en = (
        "An audit entry is written in the transaction of the change that it tells of; "
        "put both into transaction.atomic."
    )


class AppendOnly(AuditError):
    """Somebody tried to write an entry past ``record``, or to alter one; takes ``way``."""

    zh = "审计日志只能追加，不能用 {way} 改动；请用 audit.actions.record。"
    en = "The audit log is only ever added to, not by {way}; use audit.actions.record."


class UnwritableEntry(AuditError):
    """A text of an entry holds what no database keeps; takes ``column`` and ``text``."""

    zh = "审计记录的 {column} 栏里有不能保存的字符：{text}。请去掉零字节和半个代理对。"
    en = (
        "The column {column} of an audit entry holds characters that cannot be kept: {text}. "
        "Take out zero bytes and half surrogate pairs."
    )


class UnknownClass(AuditError):
    """A data class that is not in the table; takes ``found`` and ``known``."""

    zh = "没有数据等级“{found}”；可用：{known}。"
    en = "There is no data class {found!r}; there are: {known}."


class NoAnchor(AuditError):
    """A file that was to hold anchors holds none; takes ``place``."""

    zh = "{place} 里没有一行锚；锚是 fenglian audit anchor 写出的那一行。"
    en = "{place} holds no anchor; an anchor is the line that fenglian audit anchor writes."
