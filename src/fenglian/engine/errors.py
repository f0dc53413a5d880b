"""Every error of the engine, named by the fault.

::

    FenglianError
    ├── DocumentError            a document cannot be read
    │   ├── EmptyDocument
    │   ├── DocumentTooLarge
    │   │   └── EndlessDocument
    │   ├── NotText
    │   ├── UndecidedCharset
    │   └── WrongCharset
    ├── QuantityError            a number or a unit cannot be understood
    │   ├── NotANumber
    │   ├── UnknownUnit
    │   └── MixedDimension
    ├── ArrayError               arrays that a kernel cannot compute with
    │   ├── WrongShape
    │   ├── BadCoefficient
    │   ├── UndampedLoop
    │   ├── NumbersTooLarge
    │   └── more, of one kernel each, in ``kernels/faults.py``
    ├── TableError               a user's own table; its kinds are in ``chain/table_faults.py``
    ├── PackError                a pack cannot be used
    │   ├── UnknownPack
    │   ├── PackTooLarge
    │   ├── WrongKindOfPack
    │   ├── RegionOfAnotherChain
    │   ├── PackFaults           holds every fault that was found
    │   └── PackFault            one fault; its kinds are in ``chain/faults.py``
    ├── ChainError               a chain cannot be built, or not asked that
    │   ├── UnknownScenario
    │   ├── UnknownProduct
    │   └── UnknownNeighbour
    ├── NetworkError             a supply network cannot be used; its kinds: ``chain/link_faults.py``
    ├── Cancelled                somebody stopped a long piece of work
    ├── AllianceError            members, votes or posts cannot be as they are given
    │   ├── BadShare
    │   └── StepNotOpen
    ├── CodeError                a code does not hold
    │   ├── UsccLength
    │   ├── UsccCharacter
    │   ├── UnknownUsccPart
    │   ├── UnknownUsccRegion
    │   └── WrongUsccCheck
    ├── SheetFault               one fault of a sheet; its kinds are in ``registry/faults.py``
    ├── DisclosureError          what may be used for whom is not clear
    │   └── UnknownDataClass
    └── CorrectionError          what is to stand in the place of a statement cannot
        ├── BlankText
        ├── TextTooLong
        ├── ControlCharacter
        ├── FigureOutOfRange
        ├── EndsSwapped
        ├── MissingQuantity
        ├── StrayQuantity
        └── UnknownQualifier

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


class EndlessDocument(DocumentTooLarge):
    """More bytes than a reading takes, from where no size is known; takes ``name`` and ``limit``."""

    zh = "“{name}”超过每篇 {limit:,} 字节的上限，后面的没有再读。请拆成单篇再读。"
    en = (
        "{name!r} has more than {limit:,} bytes, the most a document may have; "
        "the rest was not read. Split it into single pages."
    )


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

    zh = "“{words}”里的单位“{unit}”不认识。请沿用原文的单位，或写元、MW、MWh、吨、米、家、台等。"
    en = (
        "The unit {unit!r} in {words!r} is not known. "
        "Keep the unit of the source, or write yuan, MW, MWh, t, m or a counting word."
    )


class MixedDimension(QuantityError):
    """Two units of different dimension; takes ``words``, ``unit`` and ``wanted``."""

    zh = "“{words}”的单位是“{unit}”，这里要“{wanted}”。请用“{wanted}”或同类的单位。"
    en = (
        "{words!r} is in {unit!r}; {wanted!r} is wanted here. Use {wanted!r} or a unit of its kind."
    )


class ArrayError(FenglianError):
    """Arrays that a kernel cannot compute with."""


class WrongShape(ArrayError):
    """An array of another shape than wanted; takes ``name``, ``found`` and ``wanted``."""

    zh = "数组 {name} 的形状是 {found}，应为 {wanted}。"
    en = "The array {name} has the shape {found}; {wanted} is wanted."


class BadCoefficient(ArrayError):
    """A weight that is negative, infinite or no number; takes ``place`` and ``value``."""

    zh = "第 {place} 个系数是 {value}；系数须是不小于 0 的有限数。"
    en = "Coefficient {place} is {value}; a coefficient is a finite number of at least 0."


class UndampedLoop(ArrayError):
    """A loop that feeds itself as much as it gives, or more; takes ``nodes`` and ``radius``."""

    zh = "节点 {nodes} 成环，谱半径 {radius:.4g} 不小于 1，没有有限的解（霍金斯–西蒙条件不成立）。"
    en = (
        "The nodes {nodes} form a loop with spectral radius {radius:.4g}; at 1 or above there is "
        "no finite answer (the Hawkins–Simon condition fails)."
    )


class NumbersTooLarge(ArrayError):
    """A result that no number of a computer holds; takes ``nodes``, the first few."""

    zh = "节点 {nodes} 的结果大得无法表示。请检查系数和需求的数量级。"
    en = "The results of the nodes {nodes} are too large for a number. Check the magnitudes."


class TableError(FenglianError):
    """A user's own table cannot be used."""


class PackError(FenglianError):
    """A pack cannot be used."""


class UnknownPack(PackError):
    """Neither a shipped pack nor a folder; takes ``name`` and ``known``."""

    zh = "没有数据包“{name}”。自带的有：{known}；也可以给出一个文件夹。"
    en = "There is no pack {name!r}. Shipped: {known}; or name a folder."


class PackTooLarge(PackError):
    """More bytes than a pack may have; takes ``name`` and ``limit`` in bytes."""

    zh = "数据包“{name}”超过 {limit:,} 字节的上限。请只留 datapackage.json、CSV 和 README。"
    en = (
        "The pack {name!r} has more than {limit:,} bytes. "
        "Keep datapackage.json, the CSV files and the README only."
    )


class WrongKindOfPack(PackError):
    """A chain pack where a region pack is wanted, or the other way; takes ``name``, ``wanted``."""

    zh = "数据包“{name}”里没有 {wanted} 一节。请在 datapackage.json 里补上，或换一个包。"
    en = "The pack {name!r} has no block {wanted!r}. Add it to datapackage.json, or take another pack."


class RegionOfAnotherChain(PackError):
    """A region pack that does not name the chain; takes ``region``, ``chain`` and ``chains``."""

    zh = "地区包“{region}”是给 {chains} 的，不含产业链“{chain}”。"
    en = "The region pack {region!r} is for {chains}, not for the chain {chain!r}."


class PackFault(PackError):
    """One fault; takes ``table``, ``row`` (1 is the header), ``column``, ``value`` and more."""

    remedy_zh: ClassVar[str] = ""
    remedy_en: ClassVar[str] = ""

    def message(self, language: str) -> str:
        """Return place, fault and remedy in one line."""
        chinese = language.startswith("zh")
        what = super().message(language)
        return (
            f"{self.place(language)}：{what}{self.remedy(language)}"
            if chinese
            else (f"{self.place(language)}: {what} {self.remedy(language)}")
        )

    def place(self, language: str) -> str:
        """Return the file, and row and column where they are known."""
        table, row, column = (self.facts.get(name) for name in ("table", "row", "column"))
        words = [str(table) if "." in str(table) else f"{table}.csv"]
        if row is not None:
            words.append(f"第 {row} 行" if language.startswith("zh") else f"row {row}")
        if column:
            words.append(f"{column} 列" if language.startswith("zh") else f"column {column}")
        return (" " if language.startswith("zh") else ", ").join(words)

    def remedy(self, language: str) -> str:
        """Return what to do about it."""
        template = self.remedy_zh if language.startswith("zh") else self.remedy_en
        return template.format(**self.facts)


class PackFaults(PackError):
    """Every fault of a pack; takes ``name``, ``count``, ``first`` and ``faults``."""

    zh = "数据包“{name}”有 {count} 处错误。第一处：{first_zh}"
    en = "The pack {name!r} has {count} faults. The first: {first_en}"

    def __init__(self, name: str, faults: "tuple[PackFault, ...]") -> None:
        self.faults = faults
        first = faults[0]
        super().__init__(
            name=name,
            count=len(faults),
            first_zh=first.message("zh"),
            first_en=first.message("en"),
        )


class ChainError(FenglianError):
    """A chain cannot be built, or cannot be asked that."""


class UnknownScenario(ChainError):
    """No such scenario in that year; takes ``scenario`` and ``known``."""

    zh = "没有情景“{scenario}”。可用：{known}。"
    en = "There is no scenario {scenario!r}. Known: {known}."


class UnknownProduct(ChainError):
    """A product that the chain does not have; takes ``product`` and ``nearest``."""

    zh = "没有产品“{product}”。最相近：{nearest}。"
    en = "There is no product {product!r}. Nearest: {nearest}."


class UnknownNeighbour(ChainError):
    """Neither a region nor a maker outside the region; takes ``name`` and ``known``."""

    zh = "没有外地的“{name}”。可用的地区和单位：{known}。"
    en = "There is no neighbour {name!r}. Regions and makers outside: {known}."


class NetworkError(FenglianError):
    """A supply network cannot be read, or cannot be asked that."""


class Cancelled(FenglianError):
    """Somebody stopped a long piece of work; takes ``done`` and ``total``, blocks of it."""

    zh = "已停止：做完 {done}/{total} 块，结果没有保存。要结果请重新运行。"
    en = "Stopped after {done} of {total} blocks; nothing was kept. Run it again for the result."


class AllianceError(FenglianError):
    """Something about members, votes or posts cannot be as it is given."""


class BadShare(AllianceError):
    """A charter's share that is none; takes ``name`` and ``value``."""

    zh = "章程里的比例 {name} 是 {value}，须在 0 到 1 之间。请改成分数，例如 2/3。"
    en = (
        "The charter's share {name} is {value}; it must lie between 0 and 1. Write a fraction: 2/3."
    )


class StepNotOpen(AllianceError):
    """A step of membership; takes ``step_…``, ``state_…``, ``open_…`` and ``missing``."""

    zh = "现在是“{state_zh}”，不能“{step_zh}”（缺：{missing}）。可以：{open_zh}。"
    en = (
        "From “{state_en}” the step “{step_en}” cannot be taken (missing: {missing}). "
        "Open are: {open_en}."
    )


class CodeError(FenglianError):
    """A code does not hold; each takes ``value`` and, but for the length, ``place`` from 1."""


class UsccLength(CodeError):
    """Not eighteen characters; takes ``value`` and ``length``."""

    zh = "“{value}”有 {length} 位，统一社会信用代码是 18 位。请照营业执照抄录；15 位的是旧注册号，9 位的是组织机构代码。"
    en = (
        "{value!r} has {length} characters; a unified social credit code has 18. Copy it from the "
        "licence; 15 digits are an old registration number, 9 an organisation code."
    )


class UsccCharacter(CodeError):
    """A character that may not stand there; takes ``value``, ``place``, ``found``, ``way_…``."""

    zh = "“{value}”第 {place} 位是“{found}”，这一位不用它；{way_zh}"
    en = "Character {place} of {value!r} is {found!r}, which is not used there; {way_en}"


class UnknownUsccPart(CodeError):
    """No such office, or no such kind; takes ``value``, ``place``, ``found`` and ``known_…``."""

    zh = "“{value}”第 {place} 位是“{found}”，没有这一类。可用：{known_zh}。"
    en = "Character {place} of {value!r} is {found!r}, which there is not. Known: {known_en}."


class UnknownUsccRegion(CodeError):
    """No division has that code; takes ``value`` and ``found``."""

    zh = "“{value}”第 3–8 位是 {found}，GB/T 2260 里没有这个地区。请对照营业执照核对这六位。"
    en = (
        "Characters 3–8 of {value!r} are {found}, a division that GB/T 2260 does not have. "
        "Compare these six digits with the licence."
    )


class WrongUsccCheck(CodeError):
    """A check that fails; takes ``value``, ``place``, ``found``, ``expected``, ``first``, ``last``."""

    zh = "“{value}”第 {place} 位校验不符：写的是“{found}”，按前面各位应为“{expected}”。第 {first}–{last} 位中有抄错的，请核对。"
    en = (
        "Character {place} of {value!r} is {found!r}; the ones before it ask for {expected!r}. "
        "One of the characters {first}–{last} was miscopied: compare them."
    )


class SheetFault(FenglianError):
    """One fault of a sheet; takes ``sheet``, ``cell`` (C5; empty: the sheet), ``value`` and more."""

    remedy_zh: ClassVar[str] = ""
    remedy_en: ClassVar[str] = ""

    def message(self, language: str) -> str:
        """Return place, fault and remedy in one line."""
        cell = f"!{self.facts['cell']}" if self.facts.get("cell") else ""
        colon = "：" if language.startswith("zh") else ": "
        return f"{self.facts['sheet']}{cell}{colon}{self.advice(language)}"

    def advice(self, language: str) -> str:
        """Return what is wrong and what to do about it, without the place."""
        space = "" if language.startswith("zh") else " "
        return space.join(filter(None, (self.why(language), self.fix(language))))

    def why(self, language: str) -> str:
        """Return what is wrong, without the place."""
        return super().message(language)

    def fix(self, language: str) -> str:
        """Return what to do about it."""
        template = self.remedy_zh if language.startswith("zh") else self.remedy_en
        return template.format(**self.facts)


class DisclosureError(FenglianError):
    """It is not clear for whom something may be used."""


class UnknownDataClass(DisclosureError):
    """A class of data that there is not; takes ``word`` and ``known``."""

    zh = "没有数据等级“{word}”。可用：{known}；留空按 S3 处理。"
    en = "There is no data class {word!r}. Known: {known}; left empty it counts as S3."


class CorrectionError(FenglianError):
    """A correction cannot be taken; each takes ``field``, the place in the correction."""


class BlankText(CorrectionError):
    """Nothing that can be seen; takes ``field``."""

    zh = "{field} 是空的。请写上内容；不想改就放着。"
    en = "{field} is blank. Fill it in, or leave the statement as it is."


class TextTooLong(CorrectionError):
    """More characters than there is room for; takes ``field``, ``length`` and ``limit``."""

    zh = "{field} 有 {length:,} 个字符，最多 {limit:,} 个。请写短些。"
    en = "{field} has {length:,} characters; at most {limit:,} are taken. Shorten it."


class ControlCharacter(CorrectionError):
    """A character that no text shows; takes ``field`` and ``found``."""

    zh = "{field} 里有控制字符 {found}。请去掉再存。"
    en = "{field} holds the control character {found}. Take it out."


class FigureOutOfRange(CorrectionError):
    """A number that no statement has; takes ``field``, ``figure``, ``limit`` and ``digits``."""

    zh = "{field} 是 {figure}。请写 0 到 {limit} 之间的数，至多 {digits} 位。"
    en = "{field} is {figure}. Write a number from 0 to {limit} with at most {digits} digits."


class EndsSwapped(CorrectionError):
    """A range whose high end lies below the low one; takes ``field``, ``figure`` and ``top``."""

    zh = "{field} 是 {top}，低于下端 {figure}。请把两端对调。"
    en = "{field} is {top}, below the low end {figure}. Swap the two ends."


class MissingQuantity(CorrectionError):
    """No quantity where one was read; takes ``field`` and ``wanted``."""

    zh = "{field} 没有给。读出的是数量，单位是“{wanted}”；请给出改正后的数量。"
    en = "{field} is missing. A quantity in {wanted!r} was read; give the corrected one."


class StrayQuantity(CorrectionError):
    """A quantity where none was read; takes ``field``."""

    zh = "{field} 用不上：这条陈述不是数量。请把改正写在 value 里。"
    en = "{field} has no place: the statement is no quantity. Put the correction into value."


class UnknownQualifier(CorrectionError):
    """A qualifier that the statement does not have; takes ``field``, ``name`` and ``known``."""

    zh = "{field} 里的“{name}”不是这条陈述的限定。可用的：{known}。"
    en = "{field} names {name!r}, which the statement does not have. It has: {known}."
