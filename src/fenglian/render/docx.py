"""A brief as a Word document in the layout of official documents (GB/T 9704)."""

import io
import zipfile
from datetime import UTC, datetime, time

import docx
from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from fenglian.engine.advice.brief import Brief
from fenglian.render import layout, word
from fenglian.render.layout import FACES, Sizes
from fenglian.render.pdf import draw_picture
from fenglian.render.printed import (
    Printed,
    PrintedBlock,
    PrintedChart,
    PrintedParagraph,
    PrintedTable,
    Run,
    Runs,
    print_brief,
)

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_PICTURE_PPI = 220
GAP = 0.2  # lines above and below a table or a chart
_GREY = RGBColor(0x40, 0x4D, 0x5A)
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest moment that a zip can name


def write_docx(brief: Brief, language: str) -> bytes:
    """Return the brief as docx; the same brief gives the same bytes."""
    printed = print_brief(brief, language)
    document = docx.Document()
    word.set_page(document, printed)
    word.set_styles(document, layout.sizes(printed.language), printed.language)
    properties = document.core_properties
    properties.title, properties.author = printed.title, printed.organ
    properties.last_modified_by, properties.comments = printed.organ, printed.badge
    properties.created = properties.modified = datetime.combine(brief.date, time(), UTC)
    _Writer(document, printed, layout.sizes(printed.language)).write()
    stream = io.BytesIO()
    document.save(stream)
    return _without_times(stream.getvalue())


def _without_times(content: bytes) -> bytes:
    """Pack the parts again without the moment of packing."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as packed,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as again,
    ):
        for name in packed.namelist():
            part = zipfile.ZipInfo(name, _EPOCH)
            part.compress_type = zipfile.ZIP_DEFLATED
            again.writestr(part, packed.read(name))
    return stream.getvalue()


class _Writer:
    """Writes the blocks of one brief, from the class label down to the sources."""

    def __init__(self, document: Document, printed: Printed, sizes: Sizes) -> None:
        self.document = document
        self.printed = printed
        self.sizes = sizes
        self.near = layout.grounds_sizes(printed.language)

    def write(self) -> None:
        self.head()
        self.blocks(self.printed.blocks)
        self.foot()
        self.sizes = self.near
        self.grounds()

    def blocks(self, blocks: tuple[PrintedBlock, ...]) -> None:
        for block in blocks:
            if isinstance(block, PrintedParagraph):
                self.paragraph(block)
            elif isinstance(block, PrintedTable):
                self.table(block)
            else:
                self.chart(block)

    def line(self, text: str = "", *, face: str = "", indent: float = 0.0) -> Paragraph:
        """Add one flush paragraph of body type."""
        paragraph = self.document.add_paragraph()
        word.set_indent(paragraph, first=indent, size=self.sizes.body)
        if text:
            word.set_face(paragraph.add_run(text), face)
        return paragraph

    def space(self) -> Paragraph:
        """Add half a line."""
        paragraph = self.line()
        word.set_pitch(paragraph, self.sizes.pitch / 2)
        return paragraph

    def head(self) -> None:
        printed, sizes = self.printed, self.sizes
        self.line(printed.class_label, face=FACES.first)
        if printed.banner:
            self.banner()
        self.space()
        title = self.document.add_paragraph(style="Title")
        for number, text in enumerate(printed.title_lines):
            run = word.set_face(title.add_run(), FACES.title)
            if number:
                run.add_break()
            run.add_text(text)
        self.space()
        if printed.recipient:
            word.set_indent(self.line(printed.recipient), first=0, size=sizes.body)

    def banner(self) -> None:
        printed = self.printed
        room = layout.TYPE_AREA_MM[0] * layout.POINTS_PER_MM * 0.94
        size = min(40.0, room / layout.width(printed.banner))
        paragraph = self.line()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        word.set_pitch(paragraph, size * 1.25)
        run = word.set_face(paragraph.add_run(printed.banner), FACES.title)
        run.font.size, run.font.color.rgb = Pt(size), RGBColor.from_string(layout.RED)
        below = self.line(f"{printed.organ}\t{printed.day}", indent=1)
        word.add_right_tab(below, layout.TYPE_AREA_MM[0] - self.sizes.body / layout.POINTS_PER_MM)
        word.add_rule(below, "bottom", eighths=12, colour=layout.RED)

    def paragraph(self, block: PrintedParagraph) -> None:
        if block.level and not block.lead:
            paragraph = self.document.add_paragraph(style=f"Heading {block.level}")
            paragraph.add_run(block.number)
        else:
            paragraph = self.document.add_paragraph()
        if block.lead:
            run = paragraph.add_run(block.number + block.lead)
            run.bold = block.level == 3 or self.printed.language != "zh"
            word.set_face(run, (FACES.first, FACES.second, "")[block.level - 1])
        self.add_runs(paragraph, block.runs)
        if self.sizes is self.near:
            self.draw_near(paragraph, first=self.sizes.indent if block.lead else None)

    def draw_near(self, paragraph: Paragraph, *, first: float | None) -> None:
        """Set a paragraph in the type of the grounds."""
        word.set_pitch(paragraph, self.sizes.pitch)
        heading = str(getattr(paragraph.style, "name", "")).startswith("Heading")
        indent = 0 if heading and self.printed.language != "zh" else self.sizes.indent
        word.set_indent(paragraph, first=indent if first is None else first, size=self.sizes.body)
        for run in paragraph.runs:
            if run.font.size is None:
                run.font.size = Pt(self.sizes.body)

    def add_runs(self, paragraph: Paragraph, runs: Runs) -> None:
        for run in runs:
            self.add_run(paragraph, run)

    def add_run(self, paragraph: Paragraph, run: Run) -> None:
        if run.kind == "ends":
            paragraph.add_run().add_break()
        added = paragraph.add_run(run.text)
        if run.kind == "mark":
            added.font.superscript = True
            added.font.bold = False
            added.font.color.rgb = _GREY
        elif run.kind == "ends":
            added.font.size, added.font.color.rgb = Pt(self.sizes.note), _GREY
        elif run.kind == "unknown":
            word.frame_run(added)

    def table(self, block: PrintedTable) -> None:
        title = word.plain(self.document.add_paragraph(), keep=True)
        title.alignment = WD_ALIGN_PARAGRAPH.CENTER
        title.paragraph_format.space_before = Pt(self.sizes.pitch * GAP)
        word.set_face(title.add_run(block.title), FACES.first).font.size = Pt(self.sizes.small)
        table = self.document.add_table(rows=1, cols=len(block.heads))
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        for number, head in enumerate(block.heads):
            cell = table.rows[0].cells[number]
            self.fill(cell, head, figures=block.figures[number])
            for run in cell.paragraphs[0].runs:
                word.set_face(run, FACES.first)
        for row in block.rows:
            cells = table.add_row().cells
            for number, runs in enumerate(row):
                self.fill(cells[number], runs, figures=block.figures[number])
        word.rule_table(table, block.shares)
        if len(block.rows) <= layout.UNBROKEN_ROWS:
            word.keep_together(table)
        else:
            word.keep_ends(table)
        note = word.plain(self.document.add_paragraph())
        note.paragraph_format.space_after = Pt(self.sizes.pitch * GAP)
        self.small(note, block.note, self.sizes.note)

    def fill(self, cell: _Cell, runs: Runs, *, figures: bool) -> None:
        paragraph = self.cell(cell, figures)
        self.add_runs(paragraph, runs)
        for run in paragraph.runs:
            if run.font.size is None:
                run.font.size = Pt(self.sizes.fine)
        if any(run.kind == "unknown" for run in runs):
            word.hatch_cell(cell)

    def cell(self, cell: _Cell, figures: bool) -> Paragraph:
        paragraph = word.plain(cell.paragraphs[0])
        if figures:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        return paragraph

    def chart(self, block: PrintedChart) -> None:
        picture = draw_picture(block.svg, width_mm=layout.TYPE_AREA_MM[0], ppi=_PICTURE_PPI)
        # A fixed line pitch would cut the picture down to one line.
        holder = word.plain(self.document.add_paragraph(), keep=True)
        holder.alignment = WD_ALIGN_PARAGRAPH.CENTER
        holder.paragraph_format.space_before = Pt(self.sizes.pitch * GAP)
        shape = holder.add_run().add_picture(io.BytesIO(picture), width=Mm(layout.TYPE_AREA_MM[0]))
        word.describe_picture(shape, block.title, block.alternative)
        caption = word.plain(self.document.add_paragraph(), keep=bool(block.note))
        caption.alignment = WD_ALIGN_PARAGRAPH.CENTER
        caption.paragraph_format.space_after = Pt(self.sizes.pitch * GAP)
        word.set_face(caption.add_run(block.title), FACES.first).font.size = Pt(self.sizes.small)
        self.add_run(caption, Run(block.mark, "mark"))
        if block.note:
            self.small(word.plain(self.document.add_paragraph()), block.note, self.sizes.note)

    def small(self, paragraph: Paragraph, text: str, size: float) -> None:
        if text:
            run = paragraph.add_run(text)
            run.font.size, run.font.color.rgb = Pt(size), _GREY

    def foot(self) -> None:
        printed, sizes = self.printed, self.sizes
        # Annexes and signature stay on one page: a signature stands below something.
        self.space().paragraph_format.keep_with_next = True
        latin = printed.language != "zh"
        head = layout.width(printed.annexes_head) + (0.5 if latin else 0)
        for place, text in enumerate(printed.annexes):
            paragraph = self.line()
            if place == 0:
                # A Latin word is not as wide as its count of letters; a tab lines up what follows.
                paragraph.add_run(printed.annexes_head + ("\t" if latin else ""))
            paragraph.add_run(text)
            paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
            left = sizes.indent + head
            first = -head if place == 0 else 0
            word.set_indent(paragraph, first=first, left=left, size=sizes.body)
            last = text is printed.annexes[-1]
            paragraph.paragraph_format.keep_with_next = not (last and printed.banner)
        if printed.banner:
            return  # organ and date stand below the red head
        self.space().paragraph_format.keep_with_next = True
        indents = layout.signature_indents(printed.organ, printed.day)
        for text, indent in zip((printed.organ, printed.day), indents, strict=True):
            paragraph = self.line(text)
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            paragraph.paragraph_format.keep_with_next = text is printed.organ
            word.set_indent(paragraph, first=0, right=indent, size=sizes.body)
            word.no_gap_at_figures(paragraph)

    def grounds(self) -> None:
        """Write the first annex on pages of its own, and the sources at its end."""
        printed, sizes = self.printed, self.sizes
        head = self.line(printed.grounds_head, face=FACES.first)
        head.paragraph_format.page_break_before = True
        self.space()
        title = self.line()
        title.alignment = WD_ALIGN_PARAGRAPH.CENTER
        title.paragraph_format.space_after = Pt(sizes.pitch / 2)
        word.set_pitch(title, sizes.title * 1.2)
        run = word.set_face(title.add_run(printed.grounds_title), FACES.title)
        run.font.size, run.bold = Pt(sizes.title), printed.language != "zh"
        self.blocks(printed.grounds)
        for number, text in printed.sources:
            entry = word.plain(self.document.add_paragraph())
            entry.paragraph_format.left_indent = Pt(sizes.fine * 2.4)
            entry.paragraph_format.first_line_indent = Pt(sizes.fine * -2.4)
            entry.paragraph_format.tab_stops.add_tab_stop(Pt(sizes.fine * 2.4))
            entry.add_run(f"[{number}]\t{text}").font.size = Pt(sizes.fine)
        legend = word.plain(self.document.add_paragraph())
        legend.paragraph_format.space_before = Pt(4)
        self.small(legend, printed.legend, sizes.note)
