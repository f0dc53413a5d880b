"""A certificate says number, unit and tier, is marked where invented, and comes out the same twice."""

from dataclasses import replace
from datetime import date

import pytest

from fenglian.engine.alliance.certificate import Certificate
from fenglian.engine.labels import Label
from fenglian.render.certificate import write_certificate, write_note
from tests.render.pdf_text import page_texts

DAY = date(2026, 11, 23)
CERTIFICATE = Certificate(
    number="DEMO-2026-0001",
    unit="演示法兰01厂",
    alliance=Label("演示联盟", "Demo alliance"),
    tier=Label("会员单位", "member unit"),
    issued_on=DAY,
    valid_until=date(2027, 12, 31),
    synthetic=True,
)


@pytest.mark.parametrize(
    ("language", "words"),
    [("zh", ("会员证书", "2026年11月23日", "演示数据")), ("en", ("Certificate", "23 November 2026", "Demonstration"))],
)  # fmt: skip
def test_it_is_one_page_that_says_all_of_it(language: str, words: tuple[str, ...]) -> None:
    pages = page_texts(write_certificate(CERTIFICATE, language))
    assert len(pages) == 1
    for word in (*words, "DEMO-2026-0001", "演示法兰01厂"):
        assert word.replace(" ", "") in pages[0].replace(" ", "").replace("\u3000", "")


def test_a_real_alliance_has_no_mark_and_the_same_values_give_the_same_bytes() -> None:
    real = replace(CERTIFICATE, synthetic=False)
    assert "演示数据" not in page_texts(write_certificate(real, "zh"))[0]
    assert write_certificate(real, "zh") == write_certificate(real, "zh")


def test_a_name_is_data_and_no_command() -> None:
    hostile = replace(CERTIFICATE, unit='甲厂 #read("/etc/passwd") *x*')
    assert "#read" in page_texts(write_certificate(hostile, "zh"))[0]
    assert len(page_texts(write_note("材料", ["#panic()"], DAY, synthetic=True))) == 1
