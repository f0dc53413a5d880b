"""Short invented passages, by folder: who supplies what, and what happened when."""

import json
from functools import cache, reduce
from pathlib import Path

import pytest

from fenglian.data import tables
from fenglian.engine import read_document
from fenglian.engine.intake.evaluation import NOTHING, Evaluation, Score, evaluate
from fenglian.engine.intake.summary import sample_form

FOLDER = Path(__file__).parent / "passages"
PAGES = tuple(sorted(FOLDER.glob("*/*.txt")))
FLOORS = {
    ("tuned", "chain"): (1.0, 0.93),
    # Areas, ranges and ratings of one machine are marked there, and no rows of the object.
    ("tuned", "quantities"): (1.0, 0.62),
    ("tuned", "targets"): (1.0, 1.0),
    ("unseen", "chain"): (0.95, 0.76),
    ("unseen", "quantities"): (0.91, 0.73),
    ("unseen", "targets"): (1.0, 1.0),
    ("styles", "dates"): (1.0, 1.0),
    ("styles", "events"): (1.0, 1.0),
    ("styles", "money_bound"): (1.0, 1.0),
    ("fresh", "dates"): (1.0, 0.97),
    ("fresh", "events"): (1.0, 0.92),
    ("fresh", "money_bound"): (1.0, 1.0),
    ("blind", "dates"): (1.0, 1.0),
    ("blind", "events"): (1.0, 1.0),
    ("blind", "money_bound"): (1.0, 1.0),
    ("names", "organisations"): (0.95, 0.93),
    ("names", "persons"): (1.0, 1.0),
    ("names", "titles"): (1.0, 1.0),
    ("names", "offices"): (1.0, 0.72),
}


@cache
def evaluation(page: Path) -> Evaluation:
    reading = read_document(page.read_bytes(), name=page.name, tables=tables())
    wanted = json.loads(page.with_suffix(".json").read_text("utf-8"))
    return evaluate(json.loads(json.dumps(sample_form(reading))), wanted)


@pytest.mark.parametrize(("half", "measure"), FLOORS, ids=str)
def test_precision_and_recall_do_not_fall(half: str, measure: str) -> None:
    pages = (page for page in PAGES if page.parent.name == half)
    total = reduce(Score.plus, (evaluation(page).scores[measure] for page in pages), NOTHING)
    precision, recall = FLOORS[half, measure]
    assert total.precision is not None
    assert total.precision >= precision
    assert total.recall is not None
    assert total.recall >= recall


def test_a_page_without_relations_gives_none() -> None:
    [page] = [each for each in PAGES if each.stem == "u07"]
    assert evaluation(page).scores["chain"].extra == 0
