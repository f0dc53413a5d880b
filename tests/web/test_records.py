"""What the web remembers of a reading is what the engine said."""

from array import array
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fenglian.data import article, tables
from fenglian.engine.intake.document import Span
from fenglian.engine.intake.reading import read_document
from fenglian.web.intake import queries, records
from fenglian.web.intake.models import Document
from tests.web.conftest import secretary


def test_the_article_comes_back_as_the_engine_read_it(document: Document) -> None:
    kept = queries.find_review(secretary(), document.sha256).reading
    read = read_document(article(), name="article.txt", tables=tables())
    # Hints serve the extraction; what came of them is in the statements.
    assert kept == replace(read, page=replace(read.page, hints=()))


def test_the_bytes_are_kept(document: Document) -> None:
    assert queries.original_bytes(secretary(), document.sha256) == ("article.txt", article())


@settings(deadline=None)  # no test asserts a time
@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 4))))
def test_origins_survive_packing(pairs: list[tuple[int, int]]) -> None:
    origins = tuple(Span(start, start + width) for start, width in pairs)
    assert records.unpack_origins(records.pack_origins(origins)) == origins


@given(st.lists(st.integers(1, 4)), st.sampled_from([0, 2, 3]))
def test_byte_starts_survive_packing(widths: list[int], first: int) -> None:
    starts = array("L", [first])
    for width in widths:
        starts.append(starts[-1] + width)
    assert records.unpack_starts(records.pack_starts(starts)) == starts


@pytest.mark.django_db
def test_packing_is_small(document: Document) -> None:
    assert len(str(document.origins)) < 10 * len(document.clean_text)
