"""A reading is held against a person's: exact rows, short forms aside, edits counted."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from fenglian.engine.intake.evaluation import Score, edit_distance, evaluate


def score(key: str, measure: str, got: list[Any], wanted: list[Any]) -> Score:
    return evaluate({"facts": {key: got}}, {"facts": {key: wanted}}).scores[measure]


def test_short_forms_of_a_longer_name_neither_help_nor_hurt() -> None:
    long, short = ["江苏九鼎集团有限公司", "partner"], ["江苏九鼎", "partner"]
    assert score("orgs", "organisations", [long, short], [long]) == Score(1, 0, 0)
    assert score("orgs", "organisations", [long], [long, short]) == Score(1, 0, 0)
    assert score("orgs", "organisations", [short], [long]) == Score(0, 1, 0)
    assert score("orgs", "organisations", [["九鼎别家", "party"]], [long]) == Score(0, 1, 1)


def test_a_countys_committee_and_government_are_the_county_of_its_officials() -> None:
    wanted = [["张三", "定襄县", ["县委书记"]]]
    for office in ("定襄县", "定襄县委", "定襄县人民政府"):
        assert score("persons", "offices", [["张三", office, []]], wanted) == Score(1, 0, 0)
    assert score("persons", "offices", [["张三", "定襄县能源局", []]], wanted) == Score(0, 1, 1)
    assert score("persons", "titles", [["张三", None, ["县长"]]], wanted) == Score(0, 1, 1)


def test_money_counts_by_value_by_bound_and_by_role() -> None:
    got, wanted = [[5, "CNY", "gt", "output"]], [[5, "CNY", "eq", "output"]]
    found = evaluate({"facts": {"money": got}}, {"facts": {"money": wanted}}).scores
    assert found["money"] == found["money_role"] == Score(1, 0, 0)
    assert found["money_bound"] == Score(0, 1, 1)


def test_the_day_of_publication_is_no_date_and_rolling_off_is_commissioning() -> None:
    assert score("dates", "dates", [["2023-04-18", "published"]], []) == Score(0, 0, 0)
    got, wanted = [{"type": "rolled_off"}], [{"type": "commissioned"}]
    assert score("events", "events", got, wanted) == Score(1, 0, 0)


def test_shares_are_none_where_there_is_nothing() -> None:
    nothing = Score(0, 0, 0)
    assert (nothing.precision, nothing.recall, nothing.f1) == (None, None, None)
    both = Score(3, 1, 0).plus(Score(0, 0, 2))
    assert (both.precision, both.recall, both.f1) == (0.6, 0.75, 6 / 9)


def test_width_and_white_space_are_no_errors_and_a_page_without_text_counts_none() -> None:
    found = evaluate({"clean_text": "风电,A 厂"}, {"clean_text": "风电，\n\uff21厂。"})
    assert (found.edits, found.characters, found.error_rate) == (1, 6, 1 / 6)
    assert evaluate({"clean_text": "x"}, {}).error_rate is None


short_texts = st.text("ab风", max_size=8)


def by_table(one: str, other: str) -> int:
    """Return the same by the table of Wagner and Fischer."""
    row = list(range(len(other) + 1))
    for n, mine in enumerate(one, 1):
        before, row[0] = row[0], n
        for m, theirs in enumerate(other, 1):
            change = before + (mine != theirs)
            before, row[m] = row[m], min(row[m] + 1, row[m - 1] + 1, change)
    return row[-1]


@given(short_texts, short_texts)
def test_the_distance_is_that_of_the_whole_table(one: str, other: str) -> None:
    assert edit_distance(one, other) == by_table(one, other)
