"""A charset is decided beyond doubt, or asked for; a wrong file is named as what it is."""

import pytest

from fenglian.engine.errors import (
    DocumentTooLarge,
    EmptyDocument,
    NotText,
    UndecidedCharset,
    WrongCharset,
)
from fenglian.engine.intake.charset import MAX_BYTES, decode_text

TEXT = "山西省风电装备产业联盟成立大会在太原举行。\n共计66家单位。\n"
TRADITIONAL = "山西省風電裝備產業聯盟成立大會在太原舉行,發展風電裝備產業鏈。\n"


def test_utf8_keeps_the_first_byte_of_every_character() -> None:
    text, charset, starts = decode_text("a风\n".encode(), "a.txt")
    assert (text, charset, list(starts)) == ("a风\n", "utf-8", [0, 1, 4, 5])


def test_a_byte_order_mark_is_no_character_but_counts_as_bytes() -> None:
    text, charset, starts = decode_text(b"\xef\xbb\xbf" + TEXT.encode(), "a.txt")
    assert (text, charset, starts[0]) == (TEXT, "utf-8", 3)


@pytest.mark.parametrize("order", ["utf-16-le", "utf-16-be"])
def test_marked_utf16_is_read(order: str) -> None:
    text, charset, starts = decode_text(("\ufeff" + TEXT).encode(order), "a.txt")
    assert (text, charset) == (TEXT, order)
    assert (starts[0], starts[-1]) == (2, 2 + 2 * len(TEXT))


@pytest.mark.parametrize("order", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [TEXT, "plain English text only\n"])
def test_unmarked_utf16_is_asked_for_and_then_read(order: str, text: str) -> None:
    with pytest.raises(UndecidedCharset):
        decode_text(text.encode(order), "a.txt")
    assert decode_text(text.encode(order), "a.txt", "utf-16")[0] == text


@pytest.mark.parametrize("text", [TEXT, TRADITIONAL])
def test_common_chinese_in_gb18030_is_read(text: str) -> None:
    found, charset, starts = decode_text(text.encode("gb18030"), "a.txt")
    assert (found, charset) == (text, "gb18030")
    assert starts[-1] == len(text.encode("gb18030"))


def test_gb18030_with_private_characters_is_asked_for_and_then_read() -> None:
    content = (TEXT + "\ue145").encode("gb18030")
    with pytest.raises(UndecidedCharset) as caught:
        decode_text(content, "页.txt")
    assert "页.txt" in caught.value.message("zh")
    assert decode_text(content, "页.txt", "GBK")[0] == TEXT + "\ue145"


def test_big5_is_never_taken_for_gb18030() -> None:
    content = TRADITIONAL.encode("big5")
    with pytest.raises(UndecidedCharset):
        decode_text(content, "a.txt")
    assert decode_text(content, "a.txt", "big5")[0] == TRADITIONAL


@pytest.mark.parametrize("content", [b"", b" \n\t", "\ufeff \n".encode(), "\u3000\n".encode()])
def test_nothing_but_white_space_is_an_empty_document(content: bytes) -> None:
    with pytest.raises(EmptyDocument):
        decode_text(content, "a.txt")


def test_a_document_over_the_limit_is_refused_with_both_sizes() -> None:
    with pytest.raises(DocumentTooLarge) as caught:
        decode_text(b"a" * (MAX_BYTES + 1), "a.txt")
    assert f"{MAX_BYTES + 1:,}" in str(caught.value)
    assert f"{MAX_BYTES:,}" in str(caught.value)


@pytest.mark.parametrize(
    ("content", "found", "offset"),
    [
        (b"%PDF-1.7\n...", "PDF", 0),
        (b"PK\x03\x04xlsx", "xlsx", 0),
        (b"\x89PNG\r\n\x1a\n", "PNG", 0),
        (b"text\x00\x01\x02", "0x00", 4),
        ("正文".encode() + b"\x07", "0x07", 6),
        (bytes(range(256)) * 8, "0x00", 0),
        (b"\xff\xfe\xfd\x01\x02\x03\xf0", "0x01", 1),
    ],
)
def test_what_is_no_text_is_named_with_its_place(content: bytes, found: str, offset: int) -> None:
    with pytest.raises((NotText, UndecidedCharset, WrongCharset)) as caught:
        decode_text(content, "a.bin")
    if isinstance(caught.value, NotText):
        assert found in str(caught.value)
        assert caught.value.facts["offset"] >= offset  # type: ignore[operator]  # an int here


def test_a_wrong_charset_names_the_first_byte_that_does_not_fit() -> None:
    with pytest.raises(WrongCharset) as caught:
        decode_text("风".encode("gb18030") + b"\xff", "a.txt", "utf-8")
    assert caught.value.facts["offset"] == 0
    with pytest.raises(WrongCharset, match="latin-9"):
        decode_text(TEXT.encode(), "a.txt", "latin-9")
