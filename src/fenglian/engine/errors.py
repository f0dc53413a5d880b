"""Every error of the engine, named by the fault.

::

    FenglianError
    ├── DocumentError            a document cannot be read
    │   ├── EmptyDocument
    │   ├── DocumentTooLarge
    │   ├── NotText
    │   ├── UndecidedCharset
    │   └── WrongCharset
    └── QuantityError            a number or a unit cannot be understood
        ├── NotANumber
        ├── UnknownUnit
        └── MixedDimension

A message names the value that was found, its place and the way out, in both languages.
Which HTTP status an error becomes is decided in ``web/problems.py`` alone.
"""

from typing import ClassVar


class FenglianError(Exception):
    """The root: facts about the fault, and one sentence about it in each language."""

    zh: ClassVar[str] = "风链出错。"
    en: ClassVar[str] = "Fenglian failed."

    def __init__(self, **facts: object) -> None:
        self.facts = facts
        super().__init__(self.message("en"))

    def message(self, language: str) -> str:
        """Return the sentence in Chinese for ``zh…``, in English otherwise."""
        template = self.zh if language.startswith("zh") else self.en
        return template.format(**self.facts)


class DocumentError(FenglianError):
    """A document cannot be read; nothing was kept of it."""


class EmptyDocument(DocumentError):
    """No character but white space; takes ``name``."""

    zh = "“{name}”里没有文字。请另选文件，或把正文粘贴进来。"
    en = "{name!r} holds no text. Choose another file, or paste the text."


class DocumentTooLarge(DocumentError):
    """More bytes than a reading takes; takes ``name``, ``size`` and ``limit`` in bytes."""

    zh = "“{name}”有 {size:,} 字节，超过每篇 {limit:,} 字节的上限。请拆成单篇再读。"
    en = "{name!r} has {size:,} bytes; a document may have {limit:,}. Split it into single pages."


class NotText(DocumentError):
    """Bytes that no text has; takes ``name``, ``found`` and ``offset`` in bytes."""

    zh = "“{name}”不是文本：第 {offset} 字节是 {found}。请存成 UTF-8 文本（.txt）再读。"
    en = "{name!r} is not text: byte {offset} is {found}. Save it as UTF-8 text (.txt) and read that."


class UndecidedCharset(DocumentError):
    """The bytes fit no charset beyond doubt; takes ``name`` and ``offset`` in bytes."""

    zh = "“{name}”的编码无法确定：第 {offset} 字节起不是 UTF-8，也不像 GB18030 中文。请指明编码，或存成 UTF-8 再读。"
    en = (
        "The charset of {name!r} is in doubt: from byte {offset} it is not UTF-8, and it does not "
        "look like Chinese in GB18030. Name the charset, or save the file as UTF-8."
    )


class WrongCharset(DocumentError):
    """The charset asked for does not fit; takes ``name``, ``charset`` and ``offset`` in bytes."""

    zh = "“{name}”不能按 {charset} 读：第 {offset} 字节不合。可用的编码：utf-8、utf-16、gb18030、big5。"
    en = (
        "{name!r} cannot be read as {charset}: byte {offset} does not fit. "
        "Charsets: utf-8, utf-16, gb18030, big5."
    )


class QuantityError(FenglianError):
    """A number or a unit cannot be understood."""


class NotANumber(QuantityError):
    """The words hold no finite number; takes ``words``."""

    zh = "“{words}”不是数。请写 4.5、4.2–4.8、约 4.5 或 逾 21 亿。"
    en = "{words!r} is not a number. Write 4.5, 4.2–4.8, 约 4.5 or 逾 21 亿."


class UnknownUnit(QuantityError):
    """The unit is in no table; takes ``words`` and ``unit``."""

    zh = "“{words}”里的单位“{unit}”不认识。"
    en = "The unit {unit!r} in {words!r} is not known."


class MixedDimension(QuantityError):
    """Two units of different dimension; takes ``words``, ``unit`` and ``wanted``."""

    zh = "“{words}”的单位是“{unit}”，这里要“{wanted}”。"
    en = "{words!r} is in {unit!r}; {wanted!r} is wanted here."
