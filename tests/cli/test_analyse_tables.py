"""analyse on the command line: results in files, every row accounted for, faults in words."""

import json
from importlib import import_module
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from fenglian.cli.analyse import tables
from fenglian.cli.application import build_application
from fenglian.engine.analysis import TABLE_CATALOGUE

TRADE = Path(__file__).resolve().parents[1] / "data" / "trade" / "fixture_1995.csv"


def invoke(*words: str) -> Result:
    modules = [import_module(f"fenglian.cli.{name}") for name in ("analyse", "pack")]
    return CliRunner().invoke(build_application(modules), ["analyse", *words])


def ask(table: Path, out: Path, *words: str) -> Result:
    return invoke("relatedness", "--table", str(table), "--out", str(out), *words)


def test_every_question_to_a_table_is_a_command() -> None:
    assert list(tables.FAMILY) == [each.name for each in TABLE_CATALOGUE]


def test_relatedness_writes_places_products_and_pairs(tmp_path: Path) -> None:
    done = ask(TRADE, tmp_path / "out")
    assert done.exit_code == 0, done.output
    assert "读入 300 行 = 采用 300 + 退回 0 + 重复 0" in done.stdout
    summary = json.loads((tmp_path / "out" / "summary.json").read_text("utf-8"))
    assert (summary["places"], summary["products"]) == (10, 30)
    places = (tmp_path / "out" / "places.csv").read_text("utf-8-sig").splitlines()
    assert places[0] == "place,products,eci,coi"
    assert len(places) == 11
    assert len((tmp_path / "out" / "pairs.csv").read_text("utf-8-sig").splitlines()) == 301


def test_refused_rows_are_told_and_kept_with_their_reasons(tmp_path: Path) -> None:
    table = tmp_path / "mine.csv"
    more = "aut,1704,43653868\n" + "".join(f"x{n},=1+1,-{n}\n" for n in range(1, 8))
    table.write_text(TRADE.read_text("utf-8") + more, "utf-8")
    done = ask(table, tmp_path / "out", "--lang", "en")
    assert done.exit_code == 0
    assert "308 rows in = 300 accepted + 7 rejected + 1 duplicate" in done.stdout
    assert "row 303, column value: -1 is below 0" in done.stdout
    assert "The rest is in rows.csv" in done.stdout
    rows = (tmp_path / "out" / "rows.csv").read_text("utf-8-sig").splitlines()
    assert len(rows) == 9
    assert rows[1].startswith("303,rejected,value,'-1,")
    assert rows[-1].startswith("302,duplicate")


def test_what_is_left_out_is_counted_and_named(tmp_path: Path) -> None:
    table = tmp_path / "mine.csv"
    table.write_text(TRADE.read_text("utf-8") + "small,1704,1\n", "utf-8")
    done = ask(table, tmp_path / "out", "--least-total", "1000")
    assert "没有计入：1 个地方、0 种产品" in done.stdout
    summary = json.loads((tmp_path / "out" / "summary.json").read_text("utf-8"))
    assert summary["places_left_out"] == ["small"]
    assert ",," in (tmp_path / "out" / "places.csv").read_text("utf-8-sig")


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "places.csv").write_text("mine", "utf-8")
    done = ask(TRADE, tmp_path)
    assert done.exit_code == 1
    assert "没有覆盖" in done.stderr
    assert (tmp_path / "places.csv").read_text("utf-8") == "mine"
    assert not (tmp_path / "pairs.csv").exists()


def test_linkages_name_the_sectors_that_weigh_most(tmp_path: Path) -> None:
    table = tmp_path / "flows.csv"
    rows = ["a,a,150", "a,b,500", "b,a,200", "b,b,100", "a,final,350", "b,final,1700"]
    table.write_text("supplier,user,value\n" + "\n".join(rows), "utf-8")
    done = invoke("linkages", "--table", str(table), "--out", str(tmp_path / "out"))
    assert done.exit_code == 0, done.output
    assert "b  86.3 %" in done.stdout
    assert "1210.52" in (tmp_path / "out" / "sectors.csv").read_text("utf-8-sig")


def test_a_table_without_output_has_no_share(tmp_path: Path) -> None:
    table = tmp_path / "flows.csv"
    table.write_text("supplier,user,value\na,a,0\n", "utf-8")
    done = invoke("linkages", "--table", str(table), "--out", str(tmp_path / "out"))
    assert "a  –" in done.stdout


@pytest.mark.parametrize(
    ("content", "language", "said"),
    [
        (None, "zh", "请检查路径"),
        (None, "en", "Check the path"),
        ("country,product\na,b\n", "zh", "缺少这一列"),
        ("country,product,value\na,b,1\n", "en", "at least 3 of each are needed"),
    ],
)
def test_what_goes_wrong_is_said_with_the_way_out(
    tmp_path: Path, content: str | None, language: str, said: str
) -> None:
    table = tmp_path / "mine.csv"
    if content is not None:
        table.write_text(content, "utf-8")
    done = ask(table, tmp_path / "out", "--lang", language)
    assert done.exit_code == 1
    assert said in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    done = ask(TRADE, tmp_path / "file" / "out")
    assert done.exit_code == 1
    assert "写不了" in done.stderr
