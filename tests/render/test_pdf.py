"""The pdf: text that can be copied, the fonts that ship and no others, the badge on every page."""

import pytest

from fenglian.render.pdf import draw_pages, fonts, write_pdf
from tests.render.pdf_text import font_names, page_texts
from tests.render.sample_brief import make_brief


@pytest.fixture(scope="module", params=["zh", "en"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def pdf(language: str) -> bytes:
    return write_pdf(make_brief(), language)


def test_only_fonts_that_ship_are_used_and_inside(pdf: bytes) -> None:
    assert fonts().families() == ["Noto Sans SC", "Noto Serif SC"]
    names = font_names(pdf)
    assert {name.partition("+")[2] for name in names} == {
        "NotoSansSC-Regular",
        "NotoSerifSC-Regular",
    }
    # A subset carries a tag of six letters; the two fonts whole would be 20 MB.
    assert all(len(name.partition("+")[0]) == 6 for name in names)
    assert len(pdf) < 1_000_000


def test_the_text_can_be_read_back(pdf: bytes, language: str) -> None:
    text = "".join(page_texts(pdf))
    wanted = {
        "zh": ("关于风电装备产业链供需情况的简报", "一、供需情况", "8.2亿元", "未查到", "[2,3,假]", "2026年11月2日", "覆盖谱"),
        "en": ("Brief on supply and need of the wind chain", "820 m yuan", "not found", "[2,3,a]", "2 November 2026"),
    }  # fmt: skip
    squeezed = text.replace(" ", "").replace("\u2060", "")
    for words in wanted[language]:
        assert words.replace(" ", "") in squeezed, words
    assert "\ufffd" not in text


def test_every_page_has_badge_and_number(pdf: bytes, language: str) -> None:
    badge = "演示数据，不是真实情况" if language == "zh" else "Demonstration data, not real"
    pages = page_texts(pdf)
    assert len(pages) > 1
    for number, text in enumerate(pages, 1):
        assert badge in text
        assert f"— {number} —" in text


def test_real_data_have_no_badge() -> None:
    assert "演示数据，" not in "".join(page_texts(write_pdf(make_brief(synthetic=False), "zh")))


def test_paper_is_a4_and_the_document_is_tagged(pdf: bytes) -> None:
    assert b"/MediaBox[0 0 595.2756 841.8898]" in pdf
    assert b"/StructTreeRoot" in pdf


def test_the_same_brief_gives_the_same_bytes(pdf: bytes, language: str) -> None:
    assert write_pdf(make_brief(), language) == pdf


def test_pages_can_be_looked_at() -> None:
    pages = draw_pages(make_brief(), "zh", ppi=30)
    assert len(pages) == len(page_texts(write_pdf(make_brief(), "zh")))
    assert all(page.startswith(b"\x89PNG") for page in pages)
