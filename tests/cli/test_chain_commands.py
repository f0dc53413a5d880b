"""chain, verbs and pack on the command line: both languages, both forms, and what goes wrong."""

import json
import re
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest
from typer.testing import CliRunner, Result

from fenglian import packs
from fenglian.cli import COMMANDS, module_of
from fenglian.cli.application import build_application
from fenglian.cli.chain import default_region


def invoke(*words: str) -> Result:
    modules: list[ModuleType] = [
        import_module(f"fenglian.cli.{module_of(name)}") for name in COMMANDS
    ]
    return CliRunner().invoke(build_application(modules), words)


def test_the_chain_of_shanxi_is_shown_with_marks_and_assumptions() -> None:
    done = invoke("chain")
    assert done.exit_code == 0
    assert "风电装备 · 山西 · 山西基准 2026" in done.stdout
    assert "35.7 %（16–73.8）" in done.stdout
    assert "[假设]" in done.stdout
    assert "试生产的产能" in done.stdout
    assert "另有" in done.stdout


def test_it_speaks_english() -> None:
    done = invoke("chain", "--lang", "en", "--all")
    assert "wind power equipment · Shanxi · Shanxi base 2026" in done.stdout
    assert "35.7 % (16–73.8)" in done.stdout
    assert "more; --all" not in done.stdout


@pytest.mark.parametrize(
    "question",
    [
        "requirement",
        "coverage",
        "concentration",
        "adjacency",
        "throughput",
        "synchrony",
        "exposure",
    ],
)
def test_every_question_is_answered_in_both_forms(question: str) -> None:
    shown = invoke("chain", "--pack", "bearing", "--question", question)
    assert shown.exit_code == 0
    assert "演示数据" in shown.stdout
    plain = json.loads(
        invoke("chain", "--pack", "bearing", "--question", question, "--format", "json").stdout
    )
    assert plain["question"] == question
    assert plain["example"] is True
    assert plain["report"]["rows"]


def test_what_can_be_built_is_told_before_the_table() -> None:
    done = invoke("chain", "--question", "throughput")
    assert "只靠本地，一年能造  不超过 2,210 MW/年" in done.stdout
    assert "1,790 MW（1,280–2,210）" in done.stdout
    assert "再无已知的限制" in done.stdout
    english = invoke("chain", "--question", "throughput", "--pack", "bearing", "--lang", "en")
    assert "With purchases  150,000 sets a year" in english.stdout


def test_the_verbs_are_told_with_figures_questions_and_sources() -> None:
    done = invoke("verbs", "--top", "1")
    assert done.exit_code == 0
    for word in ("建链", "补链", "强链", "延链", "→ 问", "出处：", "另有"):
        assert word in done.stdout
    plain = json.loads(invoke("verbs", "--format", "json", "--scenario", "sx-high").stdout)
    assert plain["scenario"]["id"] == "sx-high"
    assert plain["advice"]["items"]


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("zh", "年需求金额 14 亿元/年（8.39–22.4）"),
        ("en", "value needed a year 1.4 bn yuan a year (0.839–2.24)"),
    ],
)
def test_money_is_told_in_the_units_that_people_say(language: str, shown: str) -> None:
    done = invoke("verbs", "--lang", language, "--top", "20")
    assert shown in done.stdout
    assert not re.search(r"[\d,]{9,} (元|yuan)", done.stdout)
    questions = ("requirement", "coverage", "concentration", "adjacency")
    for question in questions:
        asked = invoke("chain", "--question", question, "--all", "--lang", language)
        assert not re.search(r"[\d,]{9,} (元|yuan)", asked.stdout)


def test_a_region_is_found_for_the_chain_and_can_be_left_out() -> None:
    assert default_region("wind") == "shanxi"
    assert default_region("bearing") is None
    done = invoke("chain", "--region", "none")
    assert "风电装备 · 全国行业倡议 2026" in done.stdout


def test_a_day_in_the_past_knows_less() -> None:
    now = json.loads(invoke("chain", "--format", "json").stdout)
    then = json.loads(invoke("chain", "--format", "json", "--as-of", "2020-01-01").stdout)
    assert then["as_of"] == "2020-01-01"
    assert then["fingerprint"] != now["fingerprint"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("chain", "--pack", "winds"), "没有数据包“winds”"),
        (("chain", "--scenario", "none"), "没有情景“none”"),
        (("chain", "--question", "why"), "没有“why”这个问题"),
        (("chain", "--as-of", "yesterday"), "“yesterday”不是日期"),
        (("chain", "--format", "xml"), "不认“xml”"),
        (("verbs", "--format", "xml"), "不认“xml”"),
        (("chain", "--region", "bearing"), "不含产业链“wind”"),
        (("pack", "look"), "请写 fenglian pack list"),
        (("pack", "check", "nowhere"), "没有数据包“nowhere”"),
    ],
)
def test_what_goes_wrong_is_said_with_the_way_out(words: tuple[str, ...], said: str) -> None:
    done = invoke(*words)
    assert done.exit_code == 1
    assert said in done.stderr.replace("\n", "")


def test_packs_are_listed_and_an_example_says_so() -> None:
    done = invoke("pack", "list")
    assert done.stdout.count("\n") == len(packs.list_packs())
    assert "演示轴承  (产业链 · 演示数据)" in done.stdout


def test_a_folder_is_checked_and_every_fault_told(tmp_path: Path) -> None:
    source = Path(packs.__file__).parent / "bearing"
    for file in source.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    assert invoke("pack", "check", str(tmp_path)).exit_code == 0
    bom = tmp_path / "bom.csv"
    bom.write_text(bom.read_text("utf-8").replace("12,12,12", "-12,12,12"), "utf-8")
    (tmp_path / "variants.csv").unlink()
    done = invoke("pack", "check", str(tmp_path), "--lang", "en")
    assert done.exit_code == 1
    assert "- bom.csv, row 4, column qty: -12 is below 0." in done.stdout
    assert "faults." in done.stderr


def test_a_folder_that_is_too_large_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packs, "MAX_BYTES", 10)
    (tmp_path / "bom.csv").write_bytes(b"x" * 11)
    done = invoke("pack", "check", str(tmp_path))
    assert done.exit_code == 1
    assert "超过 10 字节的上限" in done.stderr
