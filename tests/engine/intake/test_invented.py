"""Thirty invented articles, written by someone who had not seen the rules: scores do not fall."""

import json
from functools import cache, reduce
from pathlib import Path

import pytest

from fenglian.data import tables
from fenglian.engine import read_document
from fenglian.engine.intake.evaluation import NOTHING, Evaluation, Score, evaluate
from fenglian.engine.intake.summary import sample_form

FOLDER = Path(__file__).parent / "invented"
PAGES = tuple(sorted(FOLDER.glob("*.txt")))
FLOORS = {
    "organisations": 0.95,
    "persons": 0.96,
    "titles": 0.97,
    "offices": 0.91,
    "money": 0.98,
    "money_bound": 0.97,
    "money_role": 0.97,
    "dates": 0.97,
    "places": 0.91,
    "counts": 0.97,
    "events": 0.96,
}


RECALL_FLOORS = {"chain": 0.78, "quantities": 0.62, "targets": 1.0}


@cache
def evaluation(page: Path) -> Evaluation:
    reading = read_document(page.read_bytes(), name=page.name, tables=tables())
    wanted = json.loads(page.with_suffix(".json").read_text("utf-8"))
    return evaluate(json.loads(json.dumps(sample_form(reading))), wanted)


@pytest.mark.parametrize("measure", FLOORS)
def test_a_score_does_not_fall(measure: str) -> None:
    scores = (evaluation(page).scores[measure] for page in PAGES)
    total = reduce(Score.plus, scores, NOTHING)
    assert total.f1 is not None
    assert total.f1 >= FLOORS[measure]


@pytest.mark.parametrize("measure", RECALL_FLOORS)
def test_what_is_found_does_not_become_less(measure: str) -> None:
    scores = (evaluation(page).scores[measure] for page in PAGES)
    total = reduce(Score.plus, scores, NOTHING)
    assert total.recall is not None
    assert total.recall >= RECALL_FLOORS[measure]


def test_relations_that_nobody_marked_stay_few() -> None:
    total = reduce(Score.plus, (evaluation(page).scores["chain"] for page in PAGES), NOTHING)
    assert total.precision is not None
    assert total.precision >= 0.8


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.stem))
def test_a_clean_page_is_not_changed(page: Path) -> None:
    assert evaluation(page).edits == 0


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.stem))
def test_no_person_and_no_sum_is_made_up(page: Path) -> None:
    invented = [row for row in evaluation(page).extra if row[0] in ("persons", "money")]
    assert invented == []
