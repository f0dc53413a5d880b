"""Every word of the web has its Chinese, and the compiled catalogue is the written one."""

import re
from pathlib import Path

import pytest

from tests.web import messages

PLACEHOLDER = re.compile(r"%\(\w+\)s")


def test_every_key_of_the_sources_is_translated_and_none_is_left_over() -> None:
    kept = {(each.id, each.context): each for each in messages.stored() if each.id}
    used = {(each.id, each.context) for each in messages.collect() if each.id}
    assert used == kept.keys()
    assert not any(message.fuzzy for message in kept.values())
    assert messages.main(["--check"]) == 0


def test_the_check_names_what_is_missing_and_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    words = messages.PO.read_text("utf-8").replace('msgstr "采纳"', 'msgstr ""')
    words += '\nmsgid "of no source"\nmsgstr "无"\n'
    for name, content in (("PO", words.encode()), ("MO", messages.MO.read_bytes())):
        path = tmp_path / getattr(messages, name).name
        path.write_bytes(content)
        monkeypatch.setattr(messages, name, path)
    assert messages.main(["--check"]) == 1
    told = capsys.readouterr().err
    assert "no translation: 'Accept'" in told
    assert "django.po is not what the sources use" in told
    assert "django.mo is not compiled" in told
    assert messages.PO.read_bytes() == words.encode()


def test_placeholders_are_the_same_in_both_languages() -> None:
    for message in messages.stored():
        if message.id:
            key = message.id[-1] if isinstance(message.id, tuple | list) else message.id
            words = messages.first(message)
            assert sorted(PLACEHOLDER.findall(key)) == sorted(PLACEHOLDER.findall(words)), key


def test_chinese_is_written_with_full_width_marks() -> None:
    half = re.compile("[\u4e00-\u9fff][,;:?!()]|[,;:?!][\u4e00-\u9fff]")
    for message in messages.stored():
        if message.id:
            words = messages.first(message)
            assert not half.search(words), words


def test_the_compiled_catalogue_is_the_written_one() -> None:
    assert messages.MO.read_bytes() == messages.compiled(messages.stored())
