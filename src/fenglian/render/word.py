"""What does python-docx not offer? Grid, faces for Chinese, rules, hatching, page numbers."""

from collections.abc import Sequence
from math import floor

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section, _Footer, _Header
from docx.shape import InlineShape
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from fenglian.render import layout
from fenglian.render.layout import FACES, Sizes
from fenglian.render.printed import Printed

_HATCH = "98A5B1"
_TWIPS = 20  # in a point


def element(name: str, **attributes: object) -> BaseOxmlElement:
    """Return ``<w:name w:key="value"/>``."""
    made = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), str(value))
    return made


# The order of children is part of the format; Word calls a document damaged that breaks it.
ORDER = {
    "pPr": (
        "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers "
        "pBdr shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE "
        "autoSpaceDN bidi adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents "
        "suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle "
        "rPr sectPr pPrChange"
    ),
    "rPr": (
        "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint "
        "noProof snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u "
        "effect bdr shd fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath"
    ),
    "tblPr": (
        "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc "
        "tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption "
        "tblDescription"
    ),
    "tcPr": (
        "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText "
        "vAlign hideMark"
    ),
}


def put(parent: BaseOxmlElement, made: BaseOxmlElement) -> None:
    """Put an element where the format wants it, in place of an older one."""
    for old in parent.findall(made.tag):
        parent.remove(old)
    order = ORDER[_name(parent)].split()
    later = set(order[order.index(_name(made)) + 1 :])
    follower = next((each for each in parent if _name(each) in later), None)
    if follower is None:
        parent.append(made)
    else:
        follower.addprevious(made)


def _name(each: BaseOxmlElement) -> str:
    return str(each.tag).rpartition("}")[2]


def set_page(document: Document, printed: Printed) -> None:
    """Set paper, margins, grid, page numbers and the badge of every page."""
    section = document.sections[0]
    section.page_width, section.page_height = (Mm(side) for side in layout.PAGE_MM)
    section.top_margin, section.left_margin = Mm(layout.TOP_MM), Mm(layout.LEFT_MM)
    section.bottom_margin, section.right_margin = Mm(layout.BOTTOM_MM), Mm(layout.RIGHT_MM)
    section.header_distance, section.footer_distance = Mm(layout.HEADER_MM), Mm(layout.FOOTER_MM)
    document.settings.odd_and_even_pages_header_footer = True
    _set_grid(section, printed.language)
    for header in (section.header, section.even_page_header):
        _write_badge(header, printed.badge)
    _write_page_number(section.footer, odd=True)
    _write_page_number(section.even_page_footer, odd=False)


def _set_grid(section: Section, language: str) -> None:
    properties = section._sectPr
    for old in properties.findall(qn("w:docGrid")):
        properties.remove(old)
    pitch = round(layout.sizes(language).pitch * _TWIPS)
    if language != "zh":
        properties.append(element("docGrid", type="lines", linePitch=pitch))
        return
    # charSpace counts 1/4096 of a point, on top of the size of the default style.
    space = round(layout.CHARACTER_SPACE * 4096)
    properties.append(element("docGrid", type="linesAndChars", linePitch=pitch, charSpace=space))


def _write_badge(header: _Header, badge: str) -> None:
    header.is_linked_to_previous = False
    paragraph = plain(header.paragraphs[0])
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    if badge:
        run = set_face(paragraph.add_run(f" {badge} "), FACES.first)
        run.font.size, run.font.color.rgb = Pt(10.5), RGBColor(0x40, 0x4D, 0x5A)
        put(run._r.get_or_add_rPr(), element("bdr", val="dashed", sz=6, space=0, color="404D5A"))


def _write_page_number(footer: _Footer, *, odd: bool) -> None:
    """Write — 1 — one character from the outer edge, 四号 宋体."""
    footer.is_linked_to_previous = False
    paragraph = plain(footer.paragraphs[0])
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT if odd else WD_ALIGN_PARAGRAPH.LEFT
    set_indent(paragraph, first=0, left=0 if odd else 1, right=1 if odd else 0, size=14)
    _page_run(paragraph).text = "— "
    _page_run(paragraph)._r.append(element("fldChar", fldCharType="begin"))
    instruction = element("instrText")
    instruction.text = "PAGE"
    _page_run(paragraph)._r.append(instruction)
    _page_run(paragraph)._r.append(element("fldChar", fldCharType="separate"))
    _page_run(paragraph).text = "1"
    _page_run(paragraph)._r.append(element("fldChar", fldCharType="end"))
    _page_run(paragraph).text = " —"


def _page_run(paragraph: Paragraph) -> Run:
    run = set_face(paragraph.add_run(), FACES.page, latin=FACES.page)
    run.font.size = Pt(14)
    return run


def set_styles(document: Document, sizes: Sizes, language: str) -> None:
    """Set body, title and the three headings; theme fonts go, for they would win."""
    _drop_theme_fonts(document)
    _set_default_size(document, sizes.body)
    normal = _style(document, "Normal")
    _set_style(normal, FACES.text, sizes.body, sizes.pitch)
    normal.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    # The grid would set fine type, too, on the pitch of the text.
    put(normal.element.get_or_add_pPr(), element("snapToGrid", val=0))
    if language == "zh":
        _close_up(normal)
        # A page of the standard is full: 22 lines, whatever line of a paragraph is the last.
        normal.paragraph_format.widow_control = False
    _indent_style(normal, sizes.indent, sizes.body)
    title = _style(document, "Title")
    _set_style(title, FACES.title, sizes.title, sizes.title * 1.5)
    title.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _indent_style(title, 0, sizes.body)
    indent = sizes.indent if language == "zh" else 0
    for level, face in enumerate((FACES.first, FACES.second, FACES.text), 1):
        heading = _style(document, f"Heading {level}")
        _set_style(heading, face, sizes.body, sizes.pitch)
        heading.font.bold = level == 3 or language != "zh"
        heading.paragraph_format.keep_with_next = True
        _indent_style(heading, indent, sizes.body)


def _close_up(normal: ParagraphStyle) -> None:
    """Fit 28 characters into a line without the grid.

    The grid of the section says the same, but readers differ over it: LibreOffice gives every
    character two cells once it is wider than one. So the text itself keeps the pitch.
    """
    twips = floor(layout.CHARACTER_SPACE * _TWIPS)
    put(normal.element.get_or_add_rPr(), element("spacing", val=twips))


def _style(document: Document, name: str) -> ParagraphStyle:
    style = document.styles[name]
    if style.type is not WD_STYLE_TYPE.PARAGRAPH or not isinstance(style, ParagraphStyle):
        raise TypeError(f"{name} is no paragraph style")
    return style


def _drop_theme_fonts(document: Document) -> None:
    themed = tuple(qn(f"w:{name}Theme") for name in ("ascii", "hAnsi", "eastAsia", "cs"))
    for fonts in document.styles.element.iter(qn("w:rFonts")):
        for name in themed:
            fonts.attrib.pop(name, None)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")


def _set_default_size(document: Document, size: float) -> None:
    """Set the size that some readers take the cells of the grid from, instead of the style's."""
    for default in document.styles.element.iter(qn("w:rPrDefault")):
        for name in ("sz", "szCs"):
            for found in default.iter(qn(f"w:{name}")):
                found.set(qn("w:val"), str(round(size * 2)))


def _set_style(style: ParagraphStyle, face: str, size: float, pitch: float) -> None:
    properties = style.element.get_or_add_rPr()
    fonts = properties.find(qn("w:rFonts"))
    if fonts is None:
        fonts = element("rFonts")
        properties.insert(0, fonts)
    _name_faces(fonts, face, FACES.latin)
    for name in ("color", "spacing", "kern", "i", "iCs"):
        for old in properties.findall(qn(f"w:{name}")):
            properties.remove(old)
    for old in style.element.get_or_add_pPr().findall(qn("w:pBdr")):
        style.element.get_or_add_pPr().remove(old)
    style.font.size, style.font.bold, style.font.italic = Pt(size), False, False
    style.font.color.rgb = RGBColor(0, 0, 0)
    format_ = style.paragraph_format
    format_.space_before = format_.space_after = Pt(0)
    format_.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    format_.line_spacing = Pt(pitch)


def _indent_style(style: ParagraphStyle, characters: float, size: float) -> None:
    _indent(style.element.get_or_add_pPr(), first=characters, size=size)


def _name_faces(fonts: BaseOxmlElement, face: str, latin: str) -> None:
    for slot, name in (("ascii", latin), ("hAnsi", latin), ("cs", latin), ("eastAsia", face)):
        fonts.set(qn(f"w:{slot}"), name)


def set_face(run: Run, face: str, *, latin: str = FACES.latin) -> Run:
    """Name the typeface of a run for Chinese and for Latin; an empty name leaves the style's."""
    if face:
        run.font.name = latin
        _name_faces(run._r.get_or_add_rPr().find(qn("w:rFonts")), face, latin)
    return run


def plain(paragraph: Paragraph, *, keep: bool = False) -> Paragraph:
    """Take a paragraph off the body pitch: no indent, lines as high as what stands in them."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
    paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    paragraph.paragraph_format.keep_with_next = keep
    set_indent(paragraph, first=0, size=16)
    return paragraph


def set_indent(
    paragraph: Paragraph, *, first: float, size: float, left: float = 0.0, right: float = 0.0
) -> None:
    """Indent by characters of a size; Word reads the characters, others the twips."""
    _indent(paragraph._p.get_or_add_pPr(), first=first, size=size, left=left, right=right)


def _indent(
    properties: BaseOxmlElement, *, first: float, size: float, left: float = 0.0, right: float = 0.0
) -> None:
    attributes: dict[str, int] = {}
    for side, characters in (("left", left), ("right", right), ("firstLine", first)):
        name, room = ("hanging", -characters) if characters < 0 else (side, characters)
        attributes[f"{name}Chars"] = round(room * 100)
        attributes[name] = round(room * size * _TWIPS)
    put(properties, element("ind", **attributes))


def set_pitch(paragraph: Paragraph, points: float) -> None:
    """Fix the height of the lines."""
    paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    paragraph.paragraph_format.line_spacing = Pt(points)


def no_gap_at_figures(paragraph: Paragraph) -> None:
    """Set figures close to Chinese characters, as dates are."""
    put(paragraph._p.get_or_add_pPr(), element("autoSpaceDN", val=0))


def add_right_tab(paragraph: Paragraph, mm: float) -> None:
    """Add a tab stop whose text ends there."""
    paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(mm), WD_TAB_ALIGNMENT.RIGHT)


def add_rule(paragraph: Paragraph, side: str, *, eighths: int, colour: str) -> None:
    """Draw a line along a side of a paragraph, in eighths of a point."""
    border = element("pBdr")
    border.append(element(side, val="single", sz=eighths, space=4, color=colour))
    put(paragraph._p.get_or_add_pPr(), border)


def frame_run(run: Run) -> None:
    """Set a run in a hairline frame on white: what is not known."""
    properties = run._r.get_or_add_rPr()
    put(properties, element("bdr", val="dotted", sz=4, space=0, color="586572"))
    put(properties, element("shd", val="clear", color="auto", fill="FFFFFF"))


def hatch_cell(cell: _Cell) -> None:
    """Hatch a cell."""
    shade = element("shd", val="thinReverseDiagStripe", color=_HATCH, fill="FFFFFF")
    put(cell._tc.get_or_add_tcPr(), shade)


def describe_picture(shape: InlineShape, title: str, alternative: str) -> None:
    """Say what a picture shows, for those who cannot see it."""
    properties = shape._inline.docPr
    properties.set("name", title)
    properties.set("descr", alternative)


def rule_table(table: Table, shares: Sequence[float]) -> None:
    """Give a table its widths and rules: strong above, below and under the head, hair between."""
    table.autofit = False
    whole = sum(shares)
    room = layout.TYPE_AREA_MM[0]
    for number, share in enumerate(shares):
        # Word goes by the cells, LibreOffice by the grid.
        table.columns[number].width = Mm(room * share / whole)
        for cell in table.columns[number].cells:
            cell.width = Mm(room * share / whole)
    borders = element("tblBorders")
    for side, eighths, colour in (
        ("top", 8, "000000"),
        ("bottom", 8, "000000"),
        ("insideH", 3, _HATCH),
    ):
        borders.append(element(side, val="single", sz=eighths, space=0, color=colour))
    properties = table._tbl.tblPr
    whole_width = round(room * layout.POINTS_PER_MM * _TWIPS)
    put(properties, element("tblW", type="dxa", w=whole_width))
    put(properties, borders)
    margins = element("tblCellMar")
    for side, twips in (("top", 40), ("left", 40), ("bottom", 40), ("right", 40)):
        margins.append(element(side, w=twips, type="dxa"))
    put(properties, margins)
    for number, row in enumerate(table.rows):
        kept = row._tr.get_or_add_trPr()
        kept.append(element("cantSplit"))
        if number == 0:
            kept.append(element("tblHeader"))
            for cell in row.cells:
                _rule_below(cell)
        for cell in row.cells:
            put(cell._tc.get_or_add_tcPr(), element("vAlign", val="center"))


def _rule_below(cell: _Cell) -> None:
    borders = element("tcBorders")
    borders.append(element("bottom", val="single", sz=6, space=0, color="000000"))
    put(cell._tc.get_or_add_tcPr(), borders)


def keep_together(table: Table) -> None:
    """Keep all rows, and the paragraph that follows, on one page."""
    for row in table.rows:
        _keep_with_next(row)


def keep_ends(table: Table) -> None:
    """Let no row stand alone where a page ends: neither the first of a table nor the last."""
    for row in (table.rows[0], table.rows[1], table.rows[-2]):
        _keep_with_next(row)


def _keep_with_next(row: _Row) -> None:
    for cell in row.cells:
        for paragraph in cell.paragraphs:
            paragraph.paragraph_format.keep_with_next = True
