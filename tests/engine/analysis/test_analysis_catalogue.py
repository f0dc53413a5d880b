"""The catalogue holds every question, and each can be shown by its record alone."""

from pathlib import Path

import pytest

from fenglian.engine import analysis
from fenglian.engine.analysis import CATALOGUE, TABLE_CATALOGUE, link_questions
from fenglian.engine.analysis.question import Analysis, LinkAnalysis, TableAnalysis
from tests.chains import example, shipped

NOT_QUESTIONS = {"__init__", "question", "link_questions", "comparison", "replay"}
OF_LINKS = link_questions.CATALOGUE


def test_no_file_of_the_folder_is_missing() -> None:
    files = {path.stem for path in Path(analysis.__file__).parent.glob("*.py")} - NOT_QUESTIONS
    named = [[each.name for each in CATALOGUE], [each.name for each in OF_LINKS]]
    named.append([each.name for each in TABLE_CATALOGUE])
    assert sorted(files) == sorted(name for names in named for name in names)


@pytest.mark.parametrize("each", TABLE_CATALOGUE, ids=lambda each: each.name)
def test_a_question_to_a_table_says_what_it_needs(each: TableAnalysis) -> None:
    for label in (each.label, each.question, *(column.label for column in each.columns)):
        assert label.zh
        assert label.en
    assert all(column.name in column.headings for column in each.columns if column.name != "place")
    assert each.source


@pytest.mark.parametrize("each", CATALOGUE, ids=lambda each: each.name)
def test_a_question_has_words_in_both_languages_and_a_source(each: Analysis) -> None:
    for label in (each.label, each.question, *(column.label for column in each.columns)):
        assert label.zh
        assert label.en
    assert each.source


@pytest.mark.parametrize("each", OF_LINKS, ids=lambda each: each.name)
def test_a_question_of_links_has_words_in_both_languages_and_a_source(each: LinkAnalysis) -> None:
    for label in (each.label, each.question):
        assert label.zh
        assert label.en
    assert each.source


@pytest.mark.parametrize("each", CATALOGUE, ids=lambda each: each.name)
def test_every_column_is_an_attribute_of_every_row_of_every_chain(each: Analysis) -> None:
    for chain in (shipped(), example()):
        report = each.run(chain)
        assert report.rows
        products = [row.product for row in report.rows]
        assert products == sorted(products)
        assert all(hasattr(row, column.name) for row in report.rows for column in each.columns)
        assert all(row.sources == tuple(sorted(row.sources)) for row in report.rows)
        assert each.run(chain) == report  # the same every time
