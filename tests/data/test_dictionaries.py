"""The reading tables: as their sources have them, with what the damage model needs otherwise."""

from pathlib import Path

import opencc
import pytest
from pypinyin.pinyin_dict import pinyin_dict

from fenglian.data import article, dictionaries, tables
from fenglian.data.rebuild import SITE_FORMS, in_gbk
from fenglian.engine.intake.repairs.script import find

TEXTS = Path(__file__).parent.parent / "engine" / "intake"


def test_the_article_is_the_page_as_received() -> None:
    assert len(article()) == 4138
    assert article().decode().startswith("中國西藏網(wǎng)")


def test_readings_are_those_of_pypinyin() -> None:
    readings = tables().readings
    assert len(readings) == len(list(readings)) == 20894
    for character, found in readings.items():
        known = pinyin_dict[ord(character)].split(",")
        assert list(found) == [reading for reading in known if in_gbk(reading)]
    assert readings["长"] == ("zhǎng", "cháng")
    assert "K" not in readings
    with pytest.raises(KeyError):
        readings["K"]


def test_characters_become_simplified_as_in_opencc() -> None:
    convert = opencc.OpenCC("t2s").convert
    simplified = tables().simplified
    for code in (*range(0x4E00, 0xA000), *range(0x3400, 0x4DC0)):
        character = chr(code)
        made = convert(character)
        # Simplified forms beyond U+FFFF, which most fonts lack, are left as they are.
        assert simplified.get(character, character) == (made if made < "\U00010000" else character)


def test_text_becomes_simplified_as_in_opencc() -> None:
    to_simplified = opencc.OpenCC("t2s").convert
    to_traditional = opencc.OpenCC("s2t").convert
    for path in (TEXTS / "article_clean.txt", TEXTS / "sentences.txt"):
        text = to_traditional(path.read_text("utf-8"))
        made = list(text)
        for change in find(text, tables()):
            made[change.start : change.end] = change.after
        assert "".join(made) == to_simplified(text)


def test_words_that_characters_mislead_keep_their_length() -> None:
    words = tables().simplified_words
    assert words["乾坤"] == "乾坤"
    assert tables().simplified["乾"] == "干"
    assert all(len(word) == len(made) for word, made in words.items())


def test_the_sites_write_some_characters_their_own_way() -> None:
    traditional = tables().traditional
    for character, form in SITE_FORMS.items():
        assert traditional.get(character, character) == form
    assert all(in_gbk(character + form) for character, form in traditional.items())


def test_what_the_sites_write_comes_back() -> None:
    known = tables()
    back = {c: known.simplified.get(form, form) for c, form in known.traditional.items()}
    # 著 is told apart by the words around it.
    assert [character for character, made in back.items() if made != character] == ["着"]


def test_the_word_list_knows_frequent_words_better() -> None:
    words = tables().words
    assert words.log_frequency("的") == pytest.approx(-5.24, abs=0.01)
    assert words.log_frequency("山西省") == pytest.approx(-11.65, abs=0.01)
    assert words.log_frequency("太原") is not None
    assert words.log_frequency("西山省") is None
    assert words.log_frequency("") is None
    assert words.log_frequency("x") is None


def test_every_line_of_the_word_list_is_found() -> None:
    lines = dictionaries.SortedLines((dictionaries.FOLDER / "words.txt").read_bytes())
    firsts = list(lines)
    assert firsts == sorted(firsts)
    assert len(firsts) == len(lines)
    assert all(lines[first] for first in firsts[::97])
    assert sum(len((lines[first] or "").split(" ")) for first in firsts) == 2 * 348_974


def test_a_table_is_read_when_it_is_first_asked_for() -> None:
    fresh = dictionaries.ReadingTables()
    assert set(vars(fresh)) == {"folder"}
    assert fresh.words.log_frequency("风电") != 0
    assert set(vars(fresh)) == {"folder", "words"}


def test_divisions_are_handed_on() -> None:
    assert tables().divisions["太原市"][0][0] == "140100"
