"""The docx, read back from its XML: paper, grid, faces, page numbers, badge, order of children."""

import io
import re
import zipfile

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from fenglian.render.docx import write_docx
from fenglian.render.layout import FACES, signature_indents
from fenglian.render.word import ORDER
from tests.render.sample_brief import make_brief


@pytest.fixture(scope="module")
def content() -> bytes:
    return write_docx(make_brief(), "zh")


@pytest.fixture(scope="module")
def document(content: bytes) -> Document:
    return docx.Document(io.BytesIO(content))


def _part(content: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return packed.read(name).decode("utf-8")


def test_the_page_is_that_of_the_standard(document: Document) -> None:
    [section] = document.sections
    measures = {
        "page_width": 210, "page_height": 297, "top_margin": 37, "left_margin": 28,
        "right_margin": 26, "bottom_margin": 35,
    }  # fmt: skip
    for name, mm in measures.items():
        # Word keeps twentieths of a point: 0.02 mm.
        assert abs(getattr(section, name) - Mm(mm)) < Mm(0.02), name


def test_the_grid_has_22_lines_of_28_characters(content: bytes) -> None:
    found = re.search(r"<w:docGrid ([^>]*)/>", _part(content, "word/document.xml"))
    assert found
    grid = dict(re.findall(r'w:(\w+)="([^"]*)"', found[1]))
    assert grid["type"] == "linesAndChars"
    height, width = 225 / 25.4 * 72, 156 / 25.4 * 72
    assert int(height // (int(grid["linePitch"]) / 20)) == 22
    # The size of the default style and the space that the grid adds, in 1/4096 of a point.
    assert round(width / (16 + int(grid["charSpace"]) / 4096), 2) == 28


def test_the_text_keeps_the_pitch_without_the_grid(document: Document) -> None:
    normal = document.styles["Normal"]
    spacing = normal.element.rPr.find(qn("w:spacing")).get(qn("w:val"))
    width = 156 / 25.4 * 72
    assert int(width // (16 + int(spacing) / 20)) == 28
    assert normal.paragraph_format.line_spacing == Pt(28.95)
    assert normal.element.pPr.find(qn("w:ind")).get(qn("w:firstLineChars")) == "200"


@pytest.mark.parametrize(
    ("style", "face", "size", "bold"),
    [
        ("Normal", "仿宋_GB2312", 16, False),
        ("Title", "方正小标宋简体", 22, False),
        ("Heading 1", "黑体", 16, False),
        ("Heading 2", "楷体_GB2312", 16, False),
        ("Heading 3", "仿宋_GB2312", 16, True),
    ],
)
def test_faces_and_sizes(document: Document, style: str, face: str, size: int, bold: bool) -> None:
    found = document.styles[style]
    fonts = found.element.rPr.find(qn("w:rFonts"))
    assert fonts.get(qn("w:eastAsia")) == face
    assert {fonts.get(qn(f"w:{slot}")) for slot in ("ascii", "hAnsi", "cs")} == {FACES.latin}
    assert found.font.size == Pt(size)
    assert found.font.bold is bold
    assert not any("Theme" in name for name in fonts.attrib)


def test_no_run_is_without_a_chinese_face(content: bytes) -> None:
    styles = _part(content, "word/styles.xml")
    for part in ("word/document.xml", "word/styles.xml"):
        for fonts in re.findall(r"<w:rFonts [^>]*>", _part(content, part)):
            assert "w:eastAsia=" in fonts or part == "word/styles.xml", fonts
    assert "eastAsiaTheme" not in styles
    assert 'w:eastAsia="zh-CN"' in styles


def test_page_numbers_stand_at_the_outer_edge(document: Document, content: bytes) -> None:
    assert "<w:evenAndOddHeaders/>" in _part(content, "word/settings.xml")
    [section] = document.sections
    for footer, side, chars in (
        (section.footer, "right", "rightChars"),
        (section.even_page_footer, "left", "leftChars"),
    ):
        [paragraph] = footer.paragraphs
        assert paragraph.text == "— 1 —"
        assert "PAGE" in paragraph._p.xml
        assert paragraph._p.pPr.jc.val.name.casefold() == side
        assert paragraph._p.pPr.find(qn("w:ind")).get(qn(f"w:{chars}")) == "100"
        assert {run.font.size for run in paragraph.runs} == {Pt(14)}


@pytest.mark.parametrize(("language", "badge"), [("zh", "演示数据"), ("en", "Demonstration data")])
def test_invented_data_say_so_on_every_page(language: str, badge: str) -> None:
    real = docx.Document(io.BytesIO(write_docx(make_brief(synthetic=False), language)))
    [section] = docx.Document(io.BytesIO(write_docx(make_brief(), language))).sections
    for header in (section.header, section.even_page_header):
        assert badge in header.paragraphs[0].text
    assert not section.different_first_page_header_footer
    assert real.sections[0].header.paragraphs[0].text == ""


def test_the_parts_of_the_letter_stand_in_order(document: Document) -> None:
    texts = [paragraph.text for paragraph in document.paragraphs]
    order = [
        "内部", "演示风电装备产业联盟简报", "关于风电装备产业链供需情况的简报", "演示链长办公室：",
        "一、供需情况", "（一）总体覆盖", "附件：1．依据与口径", "2．供需数据表（xlsx）", "附件1",
        "依据与口径", "一、来源",
    ]  # fmt: skip
    places = [texts.index(text) for text in order]
    assert places == sorted(places)
    styles = {paragraph.text: paragraph.style for paragraph in document.paragraphs}
    assert getattr(styles["一、供需情况"], "name", "") == "Heading 1"


def test_a_brief_without_red_head_begins_with_its_title() -> None:
    plain = docx.Document(io.BytesIO(write_docx(make_brief(banner=False), "zh")))
    texts = [paragraph.text for paragraph in plain.paragraphs if paragraph.text]
    assert texts[:2] == ["内部", "关于风电装备产业链供需情况的简报"]
    # Without a red head organ and date sign it.
    order = [texts.index(text) for text in ("2．供需数据表（xlsx）", "演示联盟秘书处", "附件1")]
    assert order == sorted(order)
    assert texts[order[1] + 1] == "2026年11月2日"


def test_the_grounds_begin_a_page_in_smaller_type(document: Document) -> None:
    heads = {each.text: each for each in document.paragraphs}
    assert heads["附件1"].paragraph_format.page_break_before
    assert {run.font.size for run in heads["一、来源"].runs} == {Pt(12)}
    assert {run.font.size for run in heads["一、供需情况"].runs} == {None}


def test_tables_repeat_their_head_and_hatch_what_is_unknown(content: bytes) -> None:
    xml = _part(content, "word/document.xml")
    assert xml.count("<w:tblHeader/>") == 1
    assert xml.count("<w:cantSplit/>") == 5
    assert xml.count('w:val="thinReverseDiagStripe"') == 2
    cells = re.findall(r"<w:tc>.*?</w:tc>", xml, re.DOTALL)
    hatched = [re.sub(r"<[^>]+>", "", cell) for cell in cells if "thinReverseDiagStripe" in cell]
    assert hatched == ["未查到", "未查到"]


def test_the_picture_is_wide_as_the_text_and_described(document: Document) -> None:
    [shape] = document.inline_shapes
    assert shape.width == Mm(156)
    assert shape._inline.docPr.get("descr") == "十六样产品覆盖率的柱形图"
    holder = next(each for each in document.paragraphs if each._p.findall(f".//{qn('w:drawing')}"))
    # A fixed pitch would show one line of the picture.
    assert holder.paragraph_format.line_spacing == 1.0


def test_children_stand_where_the_format_wants_them(content: bytes) -> None:
    for part in ("word/document.xml", "word/styles.xml", "word/header1.xml", "word/footer1.xml"):
        root = docx.oxml.parse_xml(_part(content, part).encode())
        for parent, words in ORDER.items():
            order = words.split()
            for properties in root.iter(qn(f"w:{parent}")):
                places = [order.index(child.tag.rpartition("}")[2]) for child in properties]
                assert places == sorted(set(places)), (part, properties.xml)


def test_the_date_begins_two_characters_after_the_organ() -> None:
    for organ, day in (("演示联盟秘书处", "2026年11月2日"), ("处", "2026年11月22日")):
        organ_right, day_right = signature_indents(organ, day)
        wide = {text: sum(0.5 if each.isdigit() else 1 for each in text) for text in (organ, day)}
        assert (organ_right + wide[organ]) - (day_right + wide[day]) == 2
        assert min(organ_right, day_right) == 2


def test_the_same_brief_gives_the_same_bytes(content: bytes) -> None:
    assert write_docx(make_brief(), "zh") == content
