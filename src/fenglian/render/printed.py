"""What stands on paper, before any layout? Text runs with their marks, the same for all formats.

Sources are numbered in the order of the list; the mark of an assumption is 假 (in English: a).
Chinese text gets full-width punctuation here, whatever the labels were typed with.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from fenglian.engine.advice.brief import (
    Amount,
    Brief,
    Chart,
    Column,
    Paragraph,
    Piece,
    Table,
)
from fenglian.engine.chain import money
from fenglian.engine.chain.intervals import exactly, write_number
from fenglian.engine.chain.records import Source
from fenglian.engine.labels import Label
from fenglian.render import layout
from fenglian.render.chart import draw

NOT_FOUND = Label("未查到", "not found")
SYNTHETIC = Label("演示数据，不是真实情况", "Demonstration data, not real")
SOURCES = Label("来源", "Sources")
ANNEX = Label("附件", "Annex")
ANNEXES = Label("附件：", "Annexes: ")
_ASSUMED = Label("假", "a")
_LEGEND = Label(
    "方括号内是来源序号；“假”表示含有假设，“未查到”表示没有找到，不等于没有，也不等于零。",
    "Figures in brackets are the numbers of sources; 'a' means that an assumption is part of it. "
    "'Not found' is neither none nor zero.",
)
_GRADES = {
    "A": Label("官方或原始", "official or primary"),
    "B": Label("报刊", "press"),
    "C": Label("转载或无日期", "repost or undated"),
    "D": Label("假设", "assumption"),
    "S": Label("本单位自述", "self-stated"),
}


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text; in a cell, the ends of an interval stand on a line of their own."""

    text: str
    kind: Literal["text", "mark", "unknown", "ends"] = "text"


Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class PrintedParagraph:
    """A paragraph or a numbered heading."""

    level: int
    number: str  # 一、 of a heading or of a lead; empty for other paragraphs
    lead: str  # a heading on the same line, of this level
    runs: Runs
    kind: Literal["paragraph"] = "paragraph"


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """A table; figures stand at the right."""

    title: str
    heads: tuple[Runs, ...]
    shares: tuple[float, ...]
    figures: tuple[bool, ...]  # column → whether it holds figures
    rows: tuple[tuple[Runs, ...], ...]
    note: str
    kind: Literal["table"] = "table"


@dataclass(frozen=True, slots=True)
class PrintedChart:
    """A drawn chart."""

    title: str
    svg: str
    alternative: str
    mark: str  # of its sources
    note: str
    aspect: float  # height over width
    kind: Literal["chart"] = "chart"


PrintedBlock = PrintedParagraph | PrintedTable | PrintedChart


@dataclass(frozen=True, slots=True)
class Printed:
    """A brief in one language, ready to be laid out."""

    language: str  # zh or en
    organ: str
    title: str
    title_lines: tuple[str, ...]
    day: str
    class_label: str
    banner: str
    recipient: str
    blocks: tuple[PrintedBlock, ...]
    annexes_head: str  # 附件：
    annexes: tuple[str, ...]  # the titles with their numbers
    grounds_head: str  # 附件1, on the first line of a new page
    grounds_title: str
    grounds: tuple[PrintedBlock, ...]  # ends with the heading of the sources
    sources: tuple[tuple[str, str], ...]  # number, words
    legend: str
    badge: str  # empty where the data are real


def print_brief(brief: Brief, language: str) -> Printed:
    """Return the text of the brief, block by block, with its charts drawn."""
    language = "zh" if language.startswith("zh") else "en"
    numbers = {source.id: str(place) for place, source in enumerate(brief.sources, 1)}
    press = _Press(language, numbers)
    shown = set(brief.cited(annex=False))
    recipient, title = press.words(brief.recipient), press.words(brief.title)
    annexes = [press.words(annex) for annex in (brief.grounds_title, *brief.annexes)]
    blocks = tuple(press.block(block) for block in brief.blocks)
    heading = PrintedParagraph(1, "", "", (Run(SOURCES.text(language)),))
    grounds = (*(press.block(block) for block in brief.grounds), heading)
    return Printed(
        language=language,
        organ=press.words(brief.organ),
        title=title,
        title_lines=break_title(title, language),
        day=write_day(brief.date, language),
        class_label=press.words(brief.class_label),
        banner=press.words(brief.banner),
        recipient=recipient and recipient + ("：" if language == "zh" else ":"),
        blocks=_number(blocks, language),
        annexes_head=ANNEXES.text(language),
        annexes=_number_annexes(annexes, language),
        grounds_head=_annex_head(len(annexes), language),
        grounds_title=annexes[0],
        grounds=_number(grounds, language, after=blocks),
        sources=tuple(
            (numbers[each.id], _write_source(each, language))
            for each in brief.sources
            if each.id in shown
        ),
        legend=_LEGEND.text(language),
        badge=SYNTHETIC.text(language) if brief.synthetic else "",
    )


def _number_annexes(titles: list[str], language: str) -> tuple[str, ...]:
    """Give the annexes their numbers, where there are several: 1．依据与口径."""
    if len(titles) == 1:
        return tuple(titles)
    stop = "．" if language == "zh" else ". "
    return tuple(f"{number}{stop}{title}" for number, title in enumerate(titles, 1))


def _annex_head(annexes: int, language: str) -> str:
    word = ANNEX.text(language)
    if annexes == 1:
        return word
    return f"{word}1" if language == "zh" else f"{word} 1"


_WIDE = 1.15  # letters of the widest face that may stand in, over half their height
_BREAKS = {"zh": "链的和与、）", "en": " "}  # after these a line of a title may end


def break_title(title: str, language: str) -> tuple[str, ...]:
    """Return a title in one line, or in two that are about as long, cut where a word ends."""
    room = layout.TYPE_AREA_MM[0] * layout.POINTS_PER_MM / layout.sizes(language).title
    places = [place for place, each in enumerate(title, 1) if each in _BREAKS[language]]
    if layout.width(title) * (1 if language == "zh" else _WIDE) <= room or not places:
        return (title,)
    cut = min(places, key=lambda at: abs(layout.width(title[:at]) - layout.width(title[at:])))
    return (title[:cut].strip(), title[cut:].strip())


@dataclass(frozen=True, slots=True)
class _Press:
    language: str
    numbers: Mapping[str, str]  # id of a source → its number

    def words(self, label: Label | None) -> str:
        return set_text(label.text(self.language), self.language) if label else ""

    def block(self, block: Paragraph | Table | Chart) -> PrintedBlock:
        if isinstance(block, Paragraph):
            runs = tuple(run for piece in block.pieces for run in self.runs(piece, unit=True))
            level = block.level or (3 if block.lead else 0)
            return PrintedParagraph(level, "", self.lead(block), runs)
        return self.table(block) if isinstance(block, Table) else self.chart(block)

    def lead(self, block: Paragraph) -> str:
        """Return the heading that a paragraph opens with, and its stop."""
        words = self.words(block.lead)
        return words and words + ("。" if self.language == "zh" else ". ")

    def table(self, table: Table) -> PrintedTable:
        """Return a table with a last column for the sources of each row."""
        columns, rows = table.columns, table.rows
        marks = [self.row_mark(row) for row in rows]
        figures = [
            bool(rows) and all(isinstance(row[place], Amount) for row in rows)
            for place in range(len(columns))
        ]
        return PrintedTable(
            title=self.words(table.title),
            heads=(*(self.head(column) for column in columns), (Run(SOURCES.text(self.language)),)),
            shares=(*(column.share for column in columns), 1.1),
            figures=(*figures, False),
            rows=tuple(
                (*(self.cell(*pair) for pair in zip(row, columns, strict=True)), (Run(mark),))
                for row, mark in zip(rows, marks, strict=True)
            ),
            note=self.words(table.note),
        )

    def row_mark(self, row: tuple[Piece, ...]) -> str:
        """Return the mark of all sources of a row."""
        known = [cell for cell in row if not isinstance(cell, Amount) or cell.known]
        return self.mark(tuple(name for cell in known for name in cell.sources), assumed=False)

    def head(self, column: Column) -> Runs:
        """Return the head of a column, its unit below."""
        unit = self.words(column.unit)
        head = Run(self.words(column.label))
        return (head, Run(unit, "ends")) if unit else (head,)

    def cell(self, piece: Piece, column: Column) -> Runs:
        """Return the runs of a cell: the working value first, the ends below it.

        Its sources stand at the end of the row; that it is assumed stands here.
        """
        unit = column.unit is None
        piece = replace(piece, sources=())
        if not isinstance(piece, Amount):
            return self.runs(piece, unit=unit)
        piece = in_large_units(piece, self.language)
        low, working, high = piece.interval.ends()
        if working is None:
            return self.runs(piece, unit=unit)
        shown = replace(piece, interval=exactly(working))
        if low == working == high:
            return self.runs(shown, unit=unit)
        ends = "–".join("?" if end is None else write_number(end) for end in (low, high))
        return (*self.runs(shown, unit=unit), Run(ends, "ends"))

    def chart(self, chart: Chart) -> PrintedChart:
        return PrintedChart(
            title=self.words(chart.title),
            svg=draw(chart, self.language),
            alternative=self.words(chart.alternative),
            mark=self.mark(chart.sources, assumed=chart.assumed),
            note=self.words(chart.note),
            aspect=chart.height / chart.width,
        )

    def runs(self, piece: Piece, *, unit: bool) -> Runs:
        """Return the runs of a piece in a sentence."""
        mark = Run(self.mark(piece.sources, assumed=piece.assumed), "mark")
        if not isinstance(piece, Amount):
            # The mark stands before the stop that closes what it speaks of.
            words = self.words(piece.label)
            body = words.rstrip("。，；！？.,;!?") if mark.text else words
            runs = (Run(body), mark, Run(words[len(body) :]))
        elif piece.known:
            shown = in_large_units(piece, self.language)
            text = shown.interval.text(self.language, shown.unit if unit else None)
            runs = (Run(set_text(text, self.language)), mark, Run(""))
        else:
            runs = (Run(NOT_FOUND.text(self.language), "unknown"), Run(""), Run(""))
        return tuple(run for run in runs if run.text)

    def mark(self, sources: tuple[str, ...], *, assumed: bool) -> str:
        """Return [1,3]; an id that is not in the list stands as it is, so that it is seen."""
        known = sorted(int(self.numbers[name]) for name in set(sources) if name in self.numbers)
        parts = [*_shorten(known), *sorted(set(sources) - set(self.numbers))]
        if assumed:
            parts.append(_ASSUMED.text(self.language))
        return f"[{','.join(parts)}]" if parts else ""


def in_large_units(amount: Amount, language: str) -> Amount:
    """Return an amount of yuan in the unit that its working value asks for; others as they are."""
    interval, unit = money.in_large_units(amount.interval, amount.unit, language)
    return amount if unit is amount.unit else replace(amount, interval=interval, unit=unit)


def _shorten(numbers: list[int]) -> list[str]:
    """Write 1, 2, 3, 7 as 1–3 and 7."""
    spans: list[list[int]] = []
    for number in numbers:
        if spans and spans[-1][-1] == number - 1:
            spans[-1].append(number)
        else:
            spans.append([number])
    return [
        f"{span[0]}–{span[-1]}" if len(span) > 2 else ",".join(str(number) for number in span)
        for span in spans
    ]


_CHINESE = r"[\u3400-\u9fff\u3014\u3015“”《》（），。；：？！、]"
_MARKS = str.maketrans(",;:?!()", "，；：？！（）")
_MARK = re.compile(rf"(?<={_CHINESE})[,;:?!()] ?|[,;:?!()](?={_CHINESE})")
_PAIR = re.compile(r"\(([^()（）]*)\)|（([^()（）]*)\)|\(([^()（）]*)）")


def set_text(text: str, language: str) -> str:
    """Give Chinese text its full-width punctuation; other text is left as it is.

    A bracket follows its partner: 800 套(480–1,280) has one Chinese neighbour, and two brackets.
    """
    if language != "zh":
        return text
    full = _MARK.sub(lambda found: found[0].strip().translate(_MARKS), text)
    return _PAIR.sub(_same_brackets, full)


def _same_brackets(found: re.Match[str]) -> str:
    if found[1] is not None:
        return found[0]  # both narrow: no Chinese beside them
    return f"（{found[2] if found[2] is not None else found[3]}）"


def write_day(day: date, language: str) -> str:
    """Write a date as official documents do: 2026年10月31日."""
    if language.startswith("zh"):
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


# Not strftime: the names of months would follow the locale of the machine.
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_DIGITS = "〇一二三四五六七八九"


def chinese_numeral(number: int) -> str:
    """Write a number below 100 in Chinese: 二十一.

    >>> [chinese_numeral(number) for number in (3, 10, 21)]
    ['三', '十', '二十一']
    """
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return head + (_DIGITS[ones] if ones or not tens else "")


def _number(
    blocks: tuple[PrintedBlock, ...], language: str, *, after: tuple[PrintedBlock, ...] = ()
) -> tuple[PrintedBlock, ...]:
    """Give headings their numbers by level, and tables and charts each in their own row.

    Tables and charts are counted on from those of the blocks before.
    """
    shown = {kind: sum(block.kind == kind for block in after) for kind in _BLOCKS}
    counts = [0, 0, 0]
    numbered: list[PrintedBlock] = []
    for block in blocks:
        if not isinstance(block, PrintedParagraph):
            shown[block.kind] += 1
            head = _BLOCKS[block.kind].text(language).format(shown[block.kind])
            numbered.append(replace(block, title=f"{head}{block.title}"))
        elif block.level:
            counts[block.level - 1] += 1
            counts[block.level :] = [0] * (3 - block.level)
            number = _heading_number(counts, block.level, language)
            numbered.append(replace(block, number=number))
        else:
            numbered.append(block)
    return tuple(numbered)


_BLOCKS = {"table": Label("表{}　", "Table {}  "), "chart": Label("图{}　", "Figure {}  ")}


def _heading_number(counts: list[int], level: int, language: str) -> str:
    number = counts[level - 1]
    if language != "zh":
        # A level that is skipped has no number: 3.1, not 3.0.1.
        return ".".join(str(count) for count in counts[:level] if count) + "  "
    return (f"{chinese_numeral(number)}、", f"（{chinese_numeral(number)}）", f"{number}．")[
        level - 1
    ]


def _write_source(source: Source, language: str) -> str:
    grade = _GRADES[source.grade].text(language) if source.grade in _GRADES else ""
    stop, gap = ("，", "（{}级：{}）") if language == "zh" else (", ", " (grade {}: {})")
    head = f"{source.id}　{source.title}" if language == "zh" else f"{source.id}  {source.title}"
    parts = [part for part in (head, source.publisher, source.date) if part]
    return stop.join(parts) + (gap.format(source.grade, grade) if grade else "")
