"""Are Word documents, PDFs and web pages read whole, and every fact traced to its page or paragraph?"""

from datetime import UTC, datetime

import pytest

import fenglian as fl
from fenglian.data import article
from fenglian.engine.errors import DocumentError, DocumentTooLarge
from fenglian.engine.intake.extract import Extract
from fenglian.outside import document_faults as faults
from fenglian.outside.documents import extract_text, limit_of
from fenglian.outside.parsers import pdf, web_page, word
from fenglian.render.pdf import compile_pdf
from tests.outside.hostile import zip_parts
from tests.outside.hostile_documents import CASES, make_word, one_page, word_parts

LINES = [line.strip() for line in article().decode().split("\n") if line.strip()]
HEADLINE, BODY = LINES[1], LINES[2:]
HIDDEN = "签约金额达99亿元,来源:假报。"
LAYOUT = """
#set page(paper: "a5", header: [内部资料], footer: context counter(page).display("1 / 1", both: true))
#set text(font: "Noto Sans SC", size: 14pt)
#set par(first-line-indent: (amount: 2em, all: true), justify: true)
#for line in sys.inputs.text.split("\\n") { par(line) }
"""


def make_page(body: str = "") -> bytes:
    """Return the founding article as a clone site would show it, with what surrounds it there."""
    story = "".join(f"<p>{line}</p>" for line in BODY)
    return (
        "<!DOCTYPE html><html><head><meta charset='utf-8'><title>标题栏</title>"
        "<style>.gone{display:none} @media print{.story{display:none}}</style></head><body>"
        "<div class='nav'><a href='/'>首页</a> <a href='/a'>新闻</a></div><p>欢迎光临</p>"
        f"<div class='gone'>{HIDDEN}</div><script>var a = '不读';</script>"
        f"<div class='story'><h1>{HEADLINE}</h1>{story}</div>{body}"
        "<p><a href='/1'>别的新闻一则</a></p><footer>联系我们</footer></body></html>"
    ).encode()


def taken(content: bytes) -> Extract:
    """Return the text of a document that is none itself."""
    found = extract_text(content, "a")
    assert found is not None
    return found


def stated(reading: fl.Reading) -> set[tuple[str, str, str]]:
    """Return what a reading states of amounts, events and partners."""
    facts = ("amount", "event", "signing", "target")
    return {(s.subject, s.property, s.value) for s in reading.statements if s.fact in facts}


def test_a_web_page_is_repaired_whole_and_its_frame_told_apart_afterwards() -> None:
    reading = fl.read_bytes(make_page(), name="a.html")
    assert "\ue145" in reading.document.raw_text  # carries bytes of 江苏; cleaners delete it
    assert stated(reading) == stated(fl.read_article())
    page = reading.page
    marks = {page.text[m.span.start : m.span.end]: m.reason.en for m in page.marks}
    assert "navigation" in marks["首页 新闻"]
    assert "hidden" in marks[HIDDEN.replace("达99", "达99")]
    assert "links" in marks["别的新闻一则"]
    assert "outside the article" in marks["欢迎光临"]
    assert "联系我们" in marks
    assert page.header.source is not None
    assert page.header.source.value == "山西日报"
    assert "标题栏" not in page.text
    assert "不读" not in page.text


def test_each_fact_leads_to_its_characters_and_these_to_their_paragraph() -> None:
    reading = fl.read_bytes(make_page(), name="a.html")
    document = reading.document
    [amount] = [s for s in reading.statements if s.fact == "amount"]
    raw = document.raw_text[amount.raw.start : amount.raw.end]
    assert "21" in raw
    octets = document.raw_text.encode()[amount.octets.start : amount.octets.end]
    assert octets.decode() == raw
    part = document.part_of(amount.raw.start)
    assert part is not None
    assert part.place.zh == "第 7 段"
    assert (document.form, document.size) == ("html", len(make_page()))


def test_a_page_in_the_charset_that_it_names_is_read() -> None:
    words = "<html><head><meta charset=gb2312></head><body><p>产能㐀达到500套。</p></body></html>"
    assert taken(words.encode("gb18030")).text == "产能㐀达到500套。"
    assert taken("<html><body><p>甲<br>乙</p>".encode("gb18030")).text == "甲\n乙"


def test_cells_of_a_page_stand_between_bars_unless_they_only_lay_it_out() -> None:
    rows = "<tr><th>企业<th>产能<tr><td>甲厂<td>500套"
    page = f"<html><body><table><tr><td><p>一段。</p></td></tr></table><table>{rows}</table>"
    found = taken(page.encode())
    assert found.text.split("\n") == ["一段。", "| 企业 | 产能 |", "| 甲厂 | 500套 |"]
    assert [part.unit for part in found.parts] == ["row", "row", "row"]


def test_text_stays_text_and_keeps_its_bytes() -> None:
    for content in (article(), b"a < b", "<不是网页>".encode()):
        assert extract_text(content, "a") is None


def test_a_word_document_gives_paragraphs_rows_notes_and_margins() -> None:
    body = (
        '<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>标题</w:t></w:r></w:p>'
        "<w:p><w:r><w:t>甲</w:t></w:r><w:del><w:r><w:delText>删</w:delText></w:r></w:del>"
        "<w:r><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t><w:noBreakHyphen/></w:r>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>看不见</w:t></w:r></w:p>"
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>企业</w:t></w:r></w:p></w:tc>"
        "<w:tc><w:p><w:r><w:t>产能</w:t></w:r></w:p></w:tc></w:tr>"
        "<w:tr><w:tc><w:p><w:r><w:t>一</w:t></w:r></w:p><w:p><w:r><w:t>二</w:t></w:r></w:p></w:tc></w:tr>"
        "</w:tbl>"
    )
    note = (
        '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        '<w:footnote w:type="separator"><w:p><w:r><w:t>—</w:t></w:r></w:p></w:footnote>'
        "<w:footnote><w:p><w:r><w:t>附注</w:t></w:r></w:p></w:footnote></w:footnotes>"
    )
    head = note.replace("footnotes", "hdr").replace("附注", "页眉").replace("<w:footnote>", "<w:x>")
    head = head.replace("</w:footnote>", "</w:x>").replace(
        '<w:footnote w:type="separator">', "<w:x>"
    )
    parts = {**word_parts(body), "word/footnotes.xml": note, "word/header1.xml": head}
    found = taken(zip_parts(parts))
    lines = dict(zip(found.text.split("\n"), found.parts, strict=True))
    assert "删" not in found.text
    assert (lines["标题"].unit, lines["甲\t乙"].number, lines["丙-"].number) == ("heading", 2, 2)
    assert lines["| 企业 | 产能 |"].unit == lines["一"].unit == lines["二"].unit == "row"
    assert (lines["附注"].unit, lines["页眉"].aside) == ("note", "margin")
    assert lines["看不见"].aside == "hidden"
    assert found.text.index("附注") < found.text.index("看不见")  # what is no article comes last
    assert (found.form, found.article_end) == ("docx", found.text.index("看不见"))


def test_a_pdf_gives_paragraphs_by_page_without_heads_and_feet() -> None:
    text = "\n".join([HEADLINE, *BODY[:6]])
    clean = fl.repair(text).text
    content = compile_pdf(LAYOUT.encode(), {"text": clean}, datetime(2024, 5, 1, tzinfo=UTC))
    reading = fl.read_bytes(content, name="报道.pdf")
    document = reading.document
    article_text = document.raw_text[: document.raw_text.index("\n内部资料")]
    squeezed = clean.replace(" ", "").replace("\xa0", "")
    assert article_text.replace(" ", "") == squeezed  # no line end within, no blank beside digits
    assert document.form == "pdf"
    pages = {part.number for part in document.parts}
    assert pages == set(range(1, max(pages) + 1))
    assert max(pages) > 1
    [amount] = [s for s in reading.statements if s.fact == "amount"]
    assert "21亿元" in document.raw_text[amount.raw.start : amount.raw.end]
    part = document.part_of(amount.raw.start)
    assert part is not None
    assert part.place.en.startswith("page ")
    marks = {reading.page.text[m.span.start : m.span.end] for m in reading.page.marks}
    assert {"内部资料", f"1 / {max(pages)}"} <= marks


def test_pages_without_a_text_layer_are_named() -> None:
    drawn = one_page(b"BT /F 20 Tf 50 700 Td (Blades of Taiyuan) Tj ET")
    found = taken(drawn)
    assert (found.text, found.unread) == ("Blades of Taiyuan", ())
    assert [line["t"] for line in pdf.read(drawn, 99, 9) if "t" in line] == ["Blades of Taiyuan"]
    with pytest.raises(faults.ScannedDocument) as refusal:
        extract_text(one_page(b""), "扫描.pdf")
    assert "没有文字层" in refusal.value.message("zh")


QUICK = (
    "an old doc",
    "Word under a password",
    "some archive",
    "word/document.xml declares a file",
    "word/media/image1.png grows",
    "Word cut off at 40 %",
    "a PDF under a password",
    "two thousand pages",
    "a page with a zero byte",
    "a page without a word",
)


@pytest.mark.parametrize("name", QUICK)
def test_what_means_harm_is_refused_by_name(name: str) -> None:
    make, kinds = CASES[name]
    with pytest.raises(DocumentError) as refusal:
        extract_text(make(), "坏文件")
    assert type(refusal.value).__name__ in kinds
    for language in ("zh", "en"):
        assert "坏文件" in refusal.value.message(language)


def test_a_text_may_have_fewer_bytes_than_what_is_packed() -> None:
    assert limit_of(b"%PDF-1.7") == limit_of(b"PK\x03\x04") > limit_of("风".encode())
    with pytest.raises(DocumentTooLarge):
        extract_text(b"a" * (limit_of(b"") + 1), "a.txt")
    with pytest.raises(faults.FileTooLarge):
        extract_text(b"%PDF-" + b"a" * limit_of(b"%PDF-"), "a.pdf")


def test_each_parser_says_how_it_ended() -> None:
    """In this process too, where one can see what it does line by line."""
    assert list(web_page.read(make_page(), 9))[-1]["end"] == "long"
    assert list(web_page.read(make_page(), 9999))[-1]["end"] == "done"
    assert list(web_page.read(b"", 9))[-1]["end"] == "broken"
    assert list(word.read(make_word("甲", "乙"), 1))[-1]["end"] == "long"
    assert list(word.read(make_word("甲", "乙"), 99))[-1]["end"] == "done"
    assert list(word.read(b"PK", 9))[-1]["end"] == "broken"
    assert list(pdf.read(b"%PDF", 9, 9))[-1]["end"] == "broken"
