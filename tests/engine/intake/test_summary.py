"""The reading's facts in the form in which readings are measured."""

import json
from typing import Any

import pytest

from fenglian.engine.intake.summary import sample_form
from tests.engine.intake.pages import SAMPLES, article, page_of, reading_of, sample


def _facts(text: str) -> dict[str, Any]:
    form: dict[str, Any] = json.loads(json.dumps(sample_form(reading_of(page_of(text)))))
    facts: dict[str, Any] = form["facts"]
    return facts


def _rows(rows: list[list[object]], *columns: int) -> set[tuple[object, ...]]:
    return {tuple(row[column] for column in columns) for row in rows}


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_is_read_as_a_careful_person_reads_it(name: str) -> None:
    expected = sample(name)
    wanted, got = expected["facts"], _facts(expected["clean_text"])
    assert _rows(got["orgs"], 0) == _rows(wanted["orgs"], 0)
    assert _rows(got["money"], 0, 1, 2, 3) == _rows(wanted["money"], 0, 1, 2, 3)
    assert _rows(got["dates"], 0, 1) == _rows(wanted["dates"], 0, 1)
    assert _rows(got["places"], 0, 1) == _rows(wanted["places"], 0, 1)
    assert _rows(got["counts"], 0, 1) == _rows(wanted["counts"], 0, 1)
    assert _rows(got["chain"], 0, 1, 2) == _rows(wanted["chain"], 0, 1, 2)
    assert {e["type"] for e in got["events"]} == {e["type"] for e in wanted["events"]}
    assert _rows(got["persons"], 0, 1) == _rows(wanted["persons"], 0, 1)
    for row in wanted["persons"]:
        [mine] = [each for each in got["persons"] if each[0] == row[0]]
        assert set(mine[2]) == set(row[2])
    for row in wanted.get("quantities", []):
        assert row in got["quantities"]


def test_the_article_in_the_form_of_the_samples() -> None:
    form: dict[str, Any] = sample_form(reading_of(article()))
    facts = form["facts"]
    assert form["publisher"] == "中国西藏网"
    assert form["source"] == "山西日报"
    assert (form["reporter"], form["editor"]) == ("刘瑞强", "李文治")
    assert form["clean_text"] == article().text
    assert facts["money"] == [[2100000000, "CNY", "gt", "signed_total"]]
    assert facts["counts"] == [[66, "eq", "家单位"], [160, "gt", "位代表"], [6, "eq", "家单位"]]
    assert facts["dates"] == [["2023-04-07", "event"], ["2023-04-18", "published"]]
    assert facts["persons"] == [
        ["韩珍堂", "太重集团", ["党委书记", "董事长", "理事长"]],
        ["冯永赵", "江苏九鼎集团有限公司", ["总裁"]],
        ["张占祥", "省工信厅", ["副厅长"]],
    ]
    assert facts["targets"] == [
        [100000000000, "产业集群", None],
        [100000000000, "产业链市场规模", None],
    ]
    assert [e["type"] for e in facts["events"]] == ["alliance_founded", "elected", "signed"]
    assert ["太重集团", "chair unit"] in facts["orgs"]
    assert ["省科技厅", "guiding"] in facts["orgs"]
    assert not any("高原" in row[0] for row in facts["orgs"])


def test_a_sum_aimed_at_by_a_year_is_a_target_and_a_sum_with_its_use() -> None:
    facts = _facts(
        "标题\n\n发布时间:2023-04-18 来源:山西日报\n\n  山西力争到2025年风电产业产值达到1000亿元。\n"
    )
    assert facts["targets"] == [[100000000000, "风电产业产值", 2025]]
    assert facts["money"] == [[100000000000, "CNY", "eq", "output"]]


def test_a_source_that_names_nobody_is_no_organisation() -> None:
    facts = _facts("标题\n\n发布时间:2023-04-18 来源:互联网\n\n  正文在此。\n")
    assert facts["orgs"] == []
