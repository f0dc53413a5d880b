"""The command ``evaluate-reading``: pages beside what careful people got out of them."""

import json
from pathlib import Path

import pytest

from tests.cli.test_read import run
from tests.engine.intake.pages import HERE

PAGE = "标题\n\n发布时间:2023-04-18 来源:山西日报\n\n  4月7日,甲公司投资2亿元。\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with one page, and an answer that the reading cannot reach."""
    (tmp_path / "一.txt").write_text(PAGE, "utf-8")
    facts = {"money": [[300000000, "CNY", "eq", "investment"]], "targets": [[5, "产值", 2030]]}
    answer = {"clean_text": PAGE.replace("2亿", "3亿"), "facts": facts}
    (tmp_path / "一.json").write_text(json.dumps(answer, ensure_ascii=False), "utf-8")
    (tmp_path / "二.txt").write_text(PAGE, "utf-8")
    return tmp_path


def test_the_samples_are_read_as_people_read_them() -> None:
    done = run("evaluate-reading", HERE / "samples", "--json")
    assert done.returncode == 0, done.stderr.decode()
    found = json.loads(done.stdout)
    assert found["pages"] == 8
    assert found["misses"] == []
    assert found["character_error_rate"] == 0
    assert found["scores"]["money_role"] == {
        "right": 10, "missed": 0, "extra": 0, "precision": 1.0, "recall": 1.0, "f1": 1.0
    }  # fmt: skip


def test_every_miss_is_listed_with_its_page(folder: Path) -> None:
    done = run("evaluate-reading", folder, "--misses", "--lang", "en")
    text = done.stdout.decode()
    assert "- 一  money  300000000 · CNY" in text
    assert "+ 一  money  200000000 · CNY" in text
    assert "- 一  targets  5 · 2030" in text
    assert "character error rate 1/" in text
    assert "二.txt" in done.stderr.decode()  # has no answer


def test_a_folder_without_pairs_says_what_is_wanted(tmp_path: Path) -> None:
    done = run("evaluate-reading", tmp_path)
    assert done.returncode == 1
    assert "没有成对的文件" in done.stderr.decode()


@pytest.mark.parametrize("answer", ["", "[]", '{"facts": {"persons": [["张三"]]}}'])
def test_an_answer_in_another_form_is_refused_with_its_name(folder: Path, answer: str) -> None:
    (folder / "一.json").write_text(answer, "utf-8")
    done = run("evaluate-reading", folder)
    assert done.returncode == 1
    assert "一.json" in done.stderr.decode()
