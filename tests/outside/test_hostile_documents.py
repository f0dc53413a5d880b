"""Is every hostile document refused by name, or read, within ten seconds and half a gibibyte?"""

import time
from collections.abc import Callable

import pytest

from fenglian.engine.errors import DocumentError
from fenglian.outside.documents import LIMITS, extract_text
from tests.outside.hostile_documents import CASES, UGLY

pytestmark = pytest.mark.slow  # a child each


def test_there_are_enough_of_them_and_their_room_is_small() -> None:
    assert len(CASES) + len(UGLY) >= 70
    assert LIMITS.room.memory_bytes <= 512 * 1024 * 1024
    assert 2 * LIMITS.room.seconds <= 10  # on the wall, where a child is given up


@pytest.mark.parametrize("name", CASES)
def test_it_is_refused_by_name(name: str) -> None:
    make, kinds = CASES[name]
    with pytest.raises(DocumentError) as refusal:
        extract_text(make(), "坏文件")
    assert type(refusal.value).__name__ in kinds
    for language in ("zh", "en"):
        assert "坏文件" in refusal.value.message(language)


@pytest.mark.parametrize("name", UGLY)
def test_an_ugly_page_is_read_or_given_up(name: str) -> None:
    make: Callable[[], bytes] = UGLY[name]
    content, begun = make(), time.monotonic()
    try:
        found = extract_text(content, "难看的网页")
    except DocumentError as refusal:
        assert type(refusal).__name__ == "FileGaveUp"  # noqa: PT017  either way is right
    else:
        assert found is not None
        assert "甲" in found.text
        assert "root:" not in found.text
    assert time.monotonic() > begun
