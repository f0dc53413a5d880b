"""The command ``read-sheet``: what the headings mean, every row accounted for, the refused ones as xlsx."""

import json
from pathlib import Path

import pytest

from fenglian.outside.workbook import read_workbook
from tests.cli.test_read import run

HEAD = "统一社会信用代码,厂区,产品名称,设备能力,单位,统计期,依据\n"
ROW = "91140100MA0ABCDE6K,一厂,主轴,300,套/年,2023,自报\n"


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "产能.csv"
    bad = ROW.replace("300", "-5").replace("主轴", "叶片")
    path.write_text("某公司产能表\n" + HEAD + ROW + ROW + bad, "utf-8")
    return path


def test_unknown_headings_are_shown_with_the_nearest_and_never_guessed(sheet: Path) -> None:
    done = run("read-sheet", sheet, "--table", "capacities")
    text = done.stdout.decode()
    assert done.returncode == 0, done.stderr.decode()
    assert "设备能力 (不认得，相近的: quantity)" in text
    assert "行 3 = 收下 0 + 退回 3 + 重复 0" in text


def test_a_confirmed_mapping_is_kept_and_used_again(sheet: Path) -> None:
    kept = sheet.with_name("对应.json")
    done = run("read-sheet", sheet, "--mapping", kept, "--yes", "--lang", "en")
    assert json.loads(kept.read_text("utf-8"))["capacities"] == {
        "设备能力": "quantity",
        "统计期": "period",
    }
    assert "rows 3 = accepted 1 + rejected 1 + duplicate 1" in done.stdout.decode()
    again = run("read-sheet", sheet, "--mapping", kept, "--json")
    rows = json.loads(again.stdout)["rows"]
    assert [row["status"] for row in rows] == ["accepted", "duplicate", "rejected"]
    assert rows[0]["key"] == rows[1]["key"]


def test_refused_rows_come_back_with_the_reason_beside_them(sheet: Path) -> None:
    kept, refused = sheet.with_name("对应.json"), sheet.with_name("退回.xlsx")
    run("read-sheet", sheet, "--mapping", kept, "--yes", "--rejected", refused)
    [page] = read_workbook(refused.read_bytes(), "退回.xlsx").sheets
    head, row = page.rows
    assert head.cells[1].value == "没有收下的原因"
    assert head.cells[2].value == "统一社会信用代码"
    assert "-5" in str(row.cells[1].value)
    assert [row.cells[at].value for at in (2, 4, 5)] == ["91140100MA0ABCDE6K", "叶片", "-5"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--table", "nothing"), "没有表“nothing”"),
        (("--mapping", "bad.json"), "不是"),
        (("--mapping", "strange.json"), "没有这个表或列"),
        (("--mapping", "column.json"), "没有这个表或列"),
    ],
)
def test_what_is_asked_wrongly_is_told_so(sheet: Path, words: tuple[str, str], said: str) -> None:
    (sheet.parent / "bad.json").write_text("[1]", "utf-8")
    (sheet.parent / "strange.json").write_text('{"x": {"a": "b"}}', "utf-8")
    (sheet.parent / "column.json").write_text('{"capacities": {"a": "b"}}', "utf-8")
    option, value = words
    given = sheet.parent / value if option == "--mapping" else value
    done = run("read-sheet", sheet, option, given)
    assert (done.returncode, said in done.stderr.decode()) == (1, True)


def test_a_file_that_is_not_there_or_no_table_is_told_so(tmp_path: Path) -> None:
    assert "打不开" in run("read-sheet", tmp_path / "none.csv").stderr.decode()
    other = tmp_path / "x.csv"
    other.write_text("甲,乙\n1,2\n", "utf-8")
    done = run("read-sheet", other)
    assert "整表退回" in done.stdout.decode()
    assert "行 2 = 收下 0 + 退回 2 + 重复 0" in done.stdout.decode()
