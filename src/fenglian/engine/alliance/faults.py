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


class UnreadableCharter(AllianceError):
    """A number of a charter that cannot be read; takes ``field`` and ``words``."""

    zh = "章程参数 {field} 写的是“{words}”，读不出来。比例写分数（如 2/3），年数和天数写整数，级别至少选一个。"
    en = (
        "The charter's {field} says {words!r}, which cannot be read. Write shares as fractions (2/3), "
        "years and days as whole numbers, and choose one tier at least."
    )


class SlipsOff(AllianceError):
    """Votes counted in the room that no slips can bear; takes ``name``, ``votes``, ``slips``."""

    zh = "“{name}”得 {votes} 票，有效票只有 {slips} 张、每张最多 {seats} 个名字，对不上。请核对计票单。"
    en = (
        "{name!r} has {votes} votes, but there are {slips} good slips of {seats} names at most. "
        "Check the count."
    )
