"""analyse on the command line, asked of packs: every question, in both forms, and what goes wrong."""

import json

import pytest

from fenglian.cli.analyse.chains import QUESTIONS
from fenglian.engine.analysis import CATALOGUE
from tests.cli.test_chain_commands import invoke


def test_every_question_of_the_catalogue_has_its_command() -> None:
    assert [question for question, _help in QUESTIONS.values()] == [each.name for each in CATALOGUE]


@pytest.mark.parametrize("name", list(QUESTIONS))
def test_a_question_is_answered_with_class_sources_and_assumptions(name: str) -> None:
    shown = invoke("analyse", name, "--pack", "bearing")
    assert shown.exit_code == 0
    assert "演示数据" in shown.stdout
    assert "密级 S0 公开" in shown.stdout
    plain = json.loads(invoke("analyse", name, "--pack", "bearing", "--format", "json").stdout)
    assert plain["question"] == QUESTIONS[name][0]
    assert plain["data_class"] == "S0"
    cited = {source for row in plain["report"]["rows"] for source in row["sources"]}
    assert cited == {source["id"] for source in plain["sources"]}
    assert "assumptions" in plain["report"]


def test_bottlenecks_tell_the_ladder_and_the_losses() -> None:
    done = invoke("analyse", "bottlenecks", "--region", "demo", "--lang", "en")
    assert "1. IGBT power module" in done.stdout
    assert "850 MW a year" in done.stdout
    lost = invoke("analyse", "bottlenecks")
    assert "少了谁，少几成" in lost.stdout
    assert "企业 太钢集团" in lost.stdout
    assert "没有别的已知限制" in lost.stdout


def test_neighbours_can_be_named() -> None:
    done = invoke("analyse", "bottlenecks", "--neighbour", "CN-NM")
    assert "加上外地（CN-NM）" in done.stdout
    wrong = invoke("analyse", "bottlenecks", "--neighbour", "nowhere")
    assert wrong.exit_code == 1
    assert "nowhere" in wrong.stderr


def test_what_if_sets_today_beside_what_is_imagined() -> None:
    words = ("analyse", "what-if", "--pack", "bearing", "--plant", "seal:240000:6e6")
    done = invoke(*words, "--drop", "example-balls-01", "--demand", "11")
    assert done.exit_code == 0
    assert "今天" in done.stdout
    assert "假如添一家" in done.stdout
    assert "演示钢球" in done.stdout
    plain = json.loads(invoke(*words, "--format", "json").stdout)
    assert plain["gained"] == 60000.0
    assert plain["cost_of_one"] == 100.0


@pytest.mark.parametrize(
    "words",
    [("--plant", "seal"), ("--plant", "nothing:5"), ("--drop", "nobody"), ("--demand", "0")],
)
def test_what_cannot_be_imagined_is_said(words: tuple[str, str]) -> None:
    done = invoke("analyse", "what-if", "--pack", "bearing", *words)
    assert done.exit_code == 1
    assert done.stderr


def test_another_form_is_refused() -> None:
    for name in ("coverage", "bottlenecks", "what-if"):
        assert invoke("analyse", name, "--format", "xml").exit_code == 1
