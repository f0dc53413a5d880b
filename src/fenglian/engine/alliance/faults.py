"""What can be wrong with papers and activities, each with the way out."""

from fenglian.engine.errors import AllianceError


class PaperEmpty(AllianceError):
    """A file without a byte; takes ``name``."""

    zh = "“{name}”是空文件。请重新扫描或导出后再上传。"
    en = "{name!r} is an empty file. Scan or export it again and send that."


class PaperTooLarge(AllianceError):
    """A file above the limit; takes ``name``, ``size`` and ``most``, both in bytes."""

    zh = "“{name}”有 {size:,} 字节，超过 {most:,}。请压缩或分成几份。"
    en = "{name!r} has {size:,} bytes, more than {most:,}. Compress it or send it in parts."


class PaperUnknown(AllianceError):
    """A file that does not begin like any that is taken; takes ``name`` and ``known``."""

    zh = "“{name}”的内容不是 {known}（看的是文件内容，不是扩展名）。请另存为 PDF 或拍照后上传。"
    en = (
        "What is in {name!r} is none of {known}; the content counts, not the name. "
        "Save it as PDF or take a picture of it."
    )


class UnknownTier(AllianceError):
    """A tier of membership that there is not; takes ``tier`` and ``known``."""

    zh = "没有会籍级别“{tier}”。可用：{known}。"
    en = "There is no tier {tier!r}. Use one of: {known}."
