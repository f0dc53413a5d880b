"""Why a stranger's document is not read: each fault with what was found, and the way out.

All take ``name``, what the sender calls the file.
"""

from fenglian.engine.errors import DocumentError


class FileRefused(DocumentError):
    """A document that is no plain text was not opened, or not to its end."""


class FileTooLarge(FileRefused):
    """More bytes than are taken; takes ``size`` and ``limit`` in bytes."""

    zh = "“{name}”有 {size:,} 字节，最多收 {limit:,} 字节。请删去图片，或分成几个文件。"
    en = (
        "{name!r} has {size:,} bytes; at most {limit:,} are taken. Leave pictures out, or split it."
    )


class OtherFile(FileRefused):
    """Something that is no document which can be read; takes ``found_zh`` and ``found_en``."""

    zh = "“{name}”不是能读的文档：{found_zh}。能读的有 .txt、.html、.docx 和带文字层的 .pdf。"
    en = (
        "{name!r} is no document that can be read: {found_en}. "
        "What can be read is .txt, .html, .docx, and .pdf with a text layer."
    )


class BrokenFile(FileRefused):
    """A file that does not hold together; takes ``part``."""

    zh = "“{name}”已损坏，读到“{part}”为止。请用原来的软件打开，另存后再试。"
    en = "{name!r} is damaged; reading stopped at {part!r}. Open it, save it anew and try again."


class ManyParts(FileRefused):
    """More files in the archive than a document has; takes ``count`` and ``limit``."""

    zh = "“{name}”里有 {count:,} 个部件，最多 {limit:,} 个。请另存为新的 .docx。"
    en = "{name!r} has {count:,} parts; at most {limit:,} are taken. Save it as a new .docx."


class GrowsTooFar(FileRefused):
    """Parts that grow beyond measure when unpacked; takes ``part``, ``size`` and ``limit``."""

    zh = "“{name}”里的“{part}”解开后超过 {limit:,} 字节，没有读。请删去图片，另存后再试。"
    en = (
        "{part!r} of {name!r} unpacks to more than {limit:,} bytes and was not read. "
        "Leave pictures out, save and try again."
    )


class TooTight(FileRefused):
    """A part packed tighter than text is; takes ``part``, ``ratio`` and ``limit``."""

    zh = "“{name}”里的“{part}”压缩比超过 {limit}，像压缩炸弹，没有读。请另存为新的 .docx。"
    en = (
        "{part!r} of {name!r} is packed tighter than {limit} to 1, as archives made to do harm "
        "are; it was not read. Save it as a new .docx."
    )


class ForbiddenDeclaration(FileRefused):
    """A document type declaration, which no word processor writes; takes ``part``."""

    zh = "“{name}”里的“{part}”带有 DTD 声明，文字处理软件不会写这个，没有读。"
    en = "{part!r} of {name!r} declares a DTD, which no word processor does; it was not read."


class PasswordNeeded(FileRefused):
    """A file under a password."""

    zh = "“{name}”带有密码，打不开。请去掉密码另存后再试。"
    en = "{name!r} has a password and cannot be opened. Save it without one and try again."


class ScannedDocument(FileRefused):
    """A PDF whose pages are pictures; takes ``pages``."""

    zh = "“{name}”是扫描件，{pages} 页都没有文字层，读不出文字。请先做文字识别（OCR），或粘贴正文。"
    en = (
        "{name!r} is a scan: its pages ({pages}) have no text layer to read. "
        "Run text recognition (OCR) first, or paste the text."
    )


class TooManyPages(FileRefused):
    """More pages than are read; takes ``count`` and ``limit``."""

    zh = "“{name}”有 {count:,} 页，最多读 {limit:,} 页。请拆开再读。"
    en = "{name!r} has {count:,} pages; at most {limit:,} are read. Split it."


class TextTooLarge(FileRefused):
    """More text than a reading takes; takes ``limit`` in characters."""

    zh = "“{name}”里的文字超过 {limit:,} 字。请拆成单篇再读。"
    en = "{name!r} holds more than {limit:,} characters. Split it into single texts."


class FileGaveUp(FileRefused):
    """More time or memory than a reading is given; takes ``seconds``."""

    zh = "“{name}”在 {seconds} 秒和限定的内存内读不完，已停止。请删去图片，另存后再试，或粘贴正文。"
    en = (
        "{name!r} could not be read within {seconds} seconds and the memory it is given. Leave "
        "pictures out, save and try again, or paste the text."
    )
