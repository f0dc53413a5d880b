"""The code page of the damage: pairs and characters, both ways."""

import pytest

from fenglian.engine.intake.damage import codepage


@pytest.mark.parametrize(
    ("pair", "shown"),
    [
        ("aaa1", "\ue000"),
        ("affe", "\ue233"),
        ("f8a1", "\ue234"),
        ("fefe", "\ue4c5"),
        ("a140", "\ue4c6"),
        ("a7a0", "\ue765"),
        ("adcc", "\ue145"),  # in 江蘇, on the article's page
        ("cad0", "市"),
        ("9cca", "準"),
        ("a3ac", "\uff0c"),
    ],
)
def test_a_pair_is_a_character_and_back(pair: str, shown: str) -> None:
    octets = bytes.fromhex(pair)
    assert codepage.character(*octets) == shown
    assert codepage.octets(shown) == octets


def test_every_pair_comes_back() -> None:
    for lead in codepage.LEADS:
        for trail in codepage.TRAILS:
            shown = codepage.character(lead, trail)
            assert shown is not None
            assert codepage.octets(shown) == bytes((lead, trail))


def test_it_agrees_with_the_gbk_codec_where_that_has_a_character() -> None:
    for lead in codepage.LEADS:
        for trail in codepage.TRAILS:
            try:
                known = bytes((lead, trail)).decode("gbk")
            except UnicodeDecodeError:
                continue
            assert codepage.character(lead, trail) == known


def test_a_low_byte_stands_alone_and_so_does_the_euro_sign() -> None:
    assert codepage.octets("K") == b"K"
    assert codepage.octets("€") == b"\x80"


def test_what_is_no_pair_is_no_character() -> None:
    assert codepage.character(0xCA, 0x28) is None
    assert codepage.character(0xCA, 0x7F) is None
    assert codepage.character(0x41, 0x42) is None
    assert codepage.octets("\xa0") is None
    assert codepage.octets("😀") is None
