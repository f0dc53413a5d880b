"""Every word of the web has its Chinese, and the compiled catalogue is the written one."""

import re

from tests.web import messages

PLACEHOLDER = re.compile(r"%\(\w+\)s")


def test_every_key_of_the_sources_is_translated_and_none_is_left_over() -> None:
    kept = {(each.id, each.context): each for each in messages.stored() if each.id}
    used = {(each.id, each.context) for each in messages.collect() if each.id}
    assert used == kept.keys()
    for message in kept.values():
        words = message.string if isinstance(message.string, tuple) else (message.string,)
        assert all(words), message.id
        assert not message.fuzzy


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
