"""fenglian analyse on the command line: scores, rows counted, and what goes wrong."""

import csv
from importlib import import_module
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner, Result

from fenglian.cli.analyse import drill, links
from fenglian.cli.application import build_application
from fenglian.engine.analysis import link_questions

LINKS = "supplier,buyer,value\nA,B,1\nB,C,1\nA,A,1\nB,C,0\nA,B,x\n"
FIRMS = "firm,sector\nA,s\nB,t\nC,u\nC,u\n"
RATED = "input,output,class\ns,t,2\nt,u,2\n"


def invoke(*words: str) -> Result:
    return CliRunner().invoke(
        build_application([import_module("fenglian.cli.analyse")]), ["analyse", *words]
    )


@pytest.fixture(name="tables")
def _tables(tmp_path: Path) -> list[str]:
    for name, text in (("links", LINKS), ("firms", FIRMS), ("essentiality", RATED)):
        (tmp_path / f"{name}.csv").write_text(text, "utf-8")
    words = [f"--{name}={tmp_path / f'{name}.csv'}" for name in ("links", "firms", "essentiality")]
    return [*words, f"--out={tmp_path / 'scores.csv'}"]


def scores(tmp_path: Path) -> list[dict[str, str]]:
    with (tmp_path / "scores.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_scores_are_written_and_rows_counted(tables: list[str], tmp_path: Path) -> None:
    done = invoke("systemic-risk", *tables, "--mode", "published")
    assert done.exit_code == 0, done.output
    assert "links.csv：读入 5 行 = 采用 2 + 退回 3 + 重复 0" in done.stdout
    assert "firms.csv：读入 4 行 = 采用 3 + 退回 0 + 重复 1" in done.stdout
    assert "第 4 行 buyer 列：“A”供货给自己。" in done.stdout
    rows = {row["firm"]: row for row in scores(tmp_path)}
    assert list(rows["A"])[:6] == [
        "firm", "esri", "esri_down", "esri_up", "iterations", "touched",
    ]  # fmt: skip
    found = [(firm, float(row["esri_up"]), int(row["iterations"])) for firm, row in rows.items()]
    assert sorted(found) == [("A", 0.5, 3), ("B", 1.0, 2), ("C", 1.0, 3)]
    assert float(rows["A"]["esri_up_bound"]) >= 0.5


def test_it_speaks_english_and_takes_threads(tables: list[str], tmp_path: Path) -> None:
    done = invoke("systemic-risk", *tables, "--lang", "en", "--threads", "2", "--top", "0")
    assert "5 rows read = 2 accepted + 3 rejected + 0 duplicate" in done.stdout
    assert "3 firms in" in done.stdout
    assert len(scores(tmp_path)) == 3


def test_of_many_rejected_rows_the_first_are_shown(tables: list[str], tmp_path: Path) -> None:
    (tmp_path / "links.csv").write_text(LINKS + "A,A,1\n" * 9, "utf-8")
    done = invoke("systemic-risk", *tables, "--no-substitution", "--prune", "1e-6")
    assert "另有 7 行退回" in done.stdout


def test_a_closed_loop_is_reported_as_unfinished(
    tables: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fenglian.engine.analysis.systemic_risk.ROUNDS_AT_MOST", 3)
    (tmp_path / "links.csv").write_text("supplier,buyer,value\nA,B,1\nB,A,1\nA,C,1\n", "utf-8")
    done = invoke("systemic-risk", *tables, "--mode", "exact")
    assert "没有算到头" in done.stdout


def test_sources_are_written(tables: list[str], tmp_path: Path) -> None:
    done = invoke("sourcing", *tables)
    assert done.exit_code == 0
    assert "2 项投入，其中关键而只有一个来源的 2 项" in done.stdout
    assert scores(tmp_path)[0]["single_owner"] == "1"


def test_second_sources_are_tried(tables: list[str], tmp_path: Path) -> None:
    (tmp_path / "firms.csv").write_text("firm,sector\nA,s\nB,t\nC,u\nD,s\n", "utf-8")
    done = invoke("reinforcement", *tables, "--lang", "en")
    assert done.exit_code == 0, done.output
    assert "1 measures were tried" in done.stdout
    [row] = scores(tmp_path)
    assert (row["measure"], row["buyer"], row["first"], row["second"]) == (
        "second-source", "B", "A", "D",
    )  # fmt: skip


def test_new_plants_and_stocks_are_tried_on_demand(tables: list[str], tmp_path: Path) -> None:
    done = invoke("reinforcement", *tables, "--plants", "--stock", "0.5")
    assert done.exit_code == 0, done.output
    assert "试了 4 项措施" in done.stdout  # of two single sources each
    found = scores(tmp_path)
    assert sorted(row["measure"] for row in found) == ["new-plant", "new-plant", "stock", "stock"]
    [stock] = [row for row in found if row["first"] == "A" and row["measure"] == "stock"]
    assert (stock["buyer"], stock["stock"]) == ("", "0.5")
    assert float(stock["esri_saved"]) > 0


def test_a_place_stops_as_a_whole(tables: list[str], tmp_path: Path) -> None:
    (tmp_path / "firms.csv").write_text(
        "firm,sector,region,owner\nA,s,north,g\nB,t,north,g\nC,u,,\n", "utf-8"
    )
    done = invoke("location-risk", *tables)
    assert done.exit_code == 0, done.output
    assert "没有写地区的企业 1 家" in done.stdout
    [row] = scores(tmp_path)
    assert (row["region"], row["firms"], float(row["esri"])) == ("north", "2", 1.0)
    assert invoke("location-risk", *tables, "--by", "owner", "--lang", "en").exit_code == 0
    assert [row["owner"] for row in scores(tmp_path)] == ["C", "g"]  # both lose all
    refused = invoke("location-risk", *tables, "--by", "colour", "--lang", "en")
    assert refused.exit_code == 1
    assert "use region or owner" in refused.stderr.replace("\n", " ")


def test_every_question_of_links_has_its_command() -> None:
    assert set(links.FAMILY | drill.FAMILY) == {each.command for each in link_questions.CATALOGUE}


@pytest.mark.parametrize("command", ["systemic-risk", "sourcing", "location-risk", "reinforcement"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_goes_wrong_is_said_with_the_way_out(
    command: str, language: str, tables: list[str], tmp_path: Path
) -> None:
    (tmp_path / "links.csv").write_text("supplier,buyer\nA,B\n", "utf-8")
    done = invoke(command, *tables, "--lang", language)
    assert done.exit_code == 1
    assert {"zh": "没有 value 列", "en": "no column value"}[language] in done.stderr.replace(
        "\n", " "
    )


def test_a_file_that_is_not_there_and_one_that_cannot_be_written_are_named(
    tables: list[str], tmp_path: Path
) -> None:
    done = invoke("systemic-risk", f"--links={tmp_path / 'none.csv'}", *tables[1:])
    assert done.exit_code == 1
    assert "none.csv" in done.stderr.replace("\n", "")
    done = invoke("systemic-risk", *tables[:3], f"--out={tmp_path / 'no' / 'folder.csv'}")
    assert done.exit_code == 1
    assert "--out" in done.stderr.replace("\n", "")


def test_an_unknown_mode_is_refused(tables: list[str]) -> None:
    done = invoke("systemic-risk", *tables, "--mode", "quick")
    assert done.exit_code == 1
    assert "published, default, exact" in done.stderr.replace("\n", " ")


def test_no_cell_of_the_result_is_a_formula(tables: list[str], tmp_path: Path) -> None:
    for name in ("links", "firms"):
        path = tmp_path / f"{name}.csv"
        path.write_text(path.read_text("utf-8").replace("A,", "=A1,"), "utf-8")
    assert invoke("systemic-risk", *tables).exit_code == 0
    assert "'=A1" in {row["firm"] for row in scores(tmp_path)}


def test_the_bar_moves_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Console(force_terminal=True, record=True, width=80)
    monkeypatch.setattr(links, "screen", lambda **_: terminal)
    bar, watch = links.progress_bar("en")
    with bar:
        watch.advance(5, 10)
        assert bar.tasks[0].percentage == 50
