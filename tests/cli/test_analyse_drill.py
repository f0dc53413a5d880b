"""fenglian analyse disruption on the command line: what is written, shown, and what goes wrong."""

import csv
import json
from importlib import import_module
from pathlib import Path

import docx
import pytest
from typer.testing import CliRunner, Result

from fenglian.cli.application import build_application

TABLES = {
    "links": "supplier,buyer,value\nforge,tower,3650\nforge,mast,3650\nnut,tower,365\n"
    "tower,plant,7300\nmast,plant,7300\n",
    "firms": "firm,sector,revenue\nforge,flange,7300\nspare,flange,7300\nsilent,flange,3650\n"
    "tower,tower,7300\nmast,tower,7300\nplant,turbine,36500\nnut,,365\n",
    "essentiality": "input,output,class\nflange,tower,2\ntower,turbine,2\n",
    "stocks": "firm,product,days_low,days,days_high,source\ntower,flange,2,4,6,盘点\nmast,,4,4,4,\n"
    "tower,blade,3,3,3,\n",
    "free": "firm,free,source\nspare,3650,\n",
}


def invoke(*words: str) -> Result:
    return CliRunner().invoke(
        build_application([import_module("fenglian.cli.analyse")]),
        ["analyse", "disruption", *words],
    )


@pytest.fixture(name="tables")
def _tables(tmp_path: Path) -> list[str]:
    for name, text in TABLES.items():
        (tmp_path / f"{name}.csv").write_text(text, "utf-8")
    return [*(f"--{name}={tmp_path / name}.csv" for name in TABLES), f"--out={tmp_path / 'out'}"]


def rows(tmp_path: Path, name: str) -> list[dict[str, str]]:
    with (tmp_path / "out" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_all_answers_are_written_and_the_first_ones_shown(
    tables: list[str], tmp_path: Path
) -> None:
    final = ["--final=turbine", "--final-price=50:100:200", "--final-unit=台"]
    done = invoke(*tables, *final, "--stop=forge", "--days=20", "--unit-yuan=10000")
    assert done.exit_code == 0, done.output
    assert "stocks.csv：读入 3 行 = 采用 2 + 退回 1 + 重复 0" in done.stdout
    assert "“tower”在网络里不买“blade”" in done.stdout
    assert "少产turbine：" in done.stdout
    assert "没有填空余产能，请去问" in done.stdout
    assert "4 项投入品里有 2 项没有填库存" in done.stdout
    firms = {row["firm"]: row for row in rows(tmp_path, "firms")}
    assert [firms["tower"][name] for name in ("stop_day_low", "stop_day", "stop_day_high")] == [
        "4", "6", "8",
    ]  # fmt: skip
    assert (firms["tower"]["cause"], firms["tower"]["product"]) == ("inputs", "flange")
    assert (firms["tower"]["held_days"], firms["tower"]["stock_stated"]) == ("4", "1")
    assert firms["forge"]["stock_days"] == firms["forge"]["held_days"] == ""
    days = rows(tmp_path, "days")
    assert len(days) == 80
    assert float(days[0]["outside"]) < float(days[-1]["outside"]) + 1e-9
    assert float(days[0]["final"]) == pytest.approx(1)
    assert rows(tmp_path, "sensitivity")[0]["more_yuan"] == "0.0"
    spare, silent = rows(tmp_path, "stand-ins")
    assert (spare["supplier"], spare["room_yuan_a_day"]) == ("spare", "100000.0")
    assert float(spare["saved_yuan"]) > 0
    assert (silent["supplier"], silent["saved_yuan"]) == ("silent", "")
    summary = json.loads((tmp_path / "out" / "summary.json").read_text("utf-8"))
    assert summary["imbalance"] < 1e-9
    assert summary["final_lost"]["working"] > 0
    assert "plant" in summary["stopped"]


def test_it_speaks_english_and_takes_rules(tables: list[str], tmp_path: Path) -> None:
    (tmp_path / "subs.csv").write_text("buyer,product,supplier\nmast,flange,spare\n", "utf-8")
    done = invoke(
        *tables, "--stop=forge:50%", "--stop=nut:0.25", "--days=0", "--horizon=30", "--lang=en",
        "--favour=mast", "--rationing=inside", "--overproduction=1.2", "--threads=2", "--top=1",
        "--assumed=3", f"--substitutes={tmp_path / 'subs.csv'}",
    )  # fmt: skip
    assert done.exit_code == 0, done.output
    assert "7 firms, 30 days in" in done.stdout
    assert len(rows(tmp_path, "days")) == 30
    assert rows(tmp_path, "days")[0]["final"] == ""
    invoke(*tables, "--stop=forge", "--top=0")
    assert rows(tmp_path, "days")[5]["day"] == "6"


def test_of_many_the_first_are_shown_and_what_nobody_else_makes_is_named(
    tables: list[str],
) -> None:
    done = invoke(*tables, "--stop=forge", "--stop=nut", "--top=1", "--assumed=0", "--days=30")
    assert "家停产，见 firms.csv" in done.stdout
    assert "tower–nut" in done.stdout


@pytest.mark.parametrize(
    ("words", "zh", "en"),
    [
        (["--stop=forg"], "没有企业“forg”。最相近：forge", "no firm 'forg'. Nearest: forge"),
        (["--stop=forge:half"], "“half”不是份额", "'half' is no share"),
        (["--stop=forge:2"], "大于 0、不超过 1", "above 0 and up to 1"),
        (["--stop=forge:0.6", "--stop=forge:0.6"], "超过全部", "more than all"),
        (["--stop=forge", "--assumed=9:3:1"], "--assumed “9:3:1”不能用", "LOW:WORKING:HIGH"),
        (["--stop=forge", "--assumed=0:nan:3"], "--assumed “0:nan:3”不能用", "LOW:WORKING:HIGH"),
        (["--stop=forge", "--from-day=9", "--horizon=5"], "只看 5 天", "only 5 days"),
        (["--stop=forge", "--assumed=soon"], "--assumed “soon”不能用", "LOW:WORKING:HIGH"),
        (["--stop=forge", "--rationing=fair"], "proportional, inside", "proportional, inside"),
        (["--stop=forge", "--final=turbine"], "要一起写", "go together"),
        (["--stop=forge", "--final=x", "--final-price=0"], "大于 0", "above 0"),
        (["--stop=forge", "--final=tour", "--final-price=9"], "最相近：tower", "Nearest: tower"),
        (["--stop=forge", "--stocks=none.csv"], "none.csv", "none.csv"),
        (["--stop=forge", "--favour=nobody"], "没有企业“nobody”", "no firm 'nobody'"),
    ],
)
def test_what_goes_wrong_is_said_with_the_way_out(
    words: list[str], zh: str, en: str, tables: list[str]
) -> None:
    for language, wanted in (("zh", zh), ("en", en)):
        done = invoke(*tables, *words, f"--lang={language}")
        assert done.exit_code == 1
        assert wanted.replace(" ", "") in done.stderr.replace("\n", "").replace(" ", "")


def test_a_firm_may_have_a_colon_in_its_name(tables: list[str], tmp_path: Path) -> None:
    for name in ("links", "firms"):
        path = tmp_path / f"{name}.csv"
        path.write_text(path.read_text("utf-8").replace("forge", "forge:2"), "utf-8")
    assert invoke(*tables, "--stop=forge:2").exit_code == 0
    assert rows(tmp_path, "firms")[0]["firm"] == "forge:2"


def test_a_folder_that_cannot_be_made_or_written_is_named(
    tables: list[str], tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    done = invoke(*tables[:-1], f"--out={tmp_path / 'file' / 'out'}", "--stop=forge")
    assert done.exit_code == 1
    assert "--out" in done.stderr.replace("\n", "")
    (tmp_path / "out" / "summary.json").mkdir(parents=True)
    done = invoke(*tables, "--stop=forge")
    assert done.exit_code == 1
    assert "summary.json" in done.stderr.replace("\n", "")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_emergency_plan_is_a_document(language: str, tables: list[str], tmp_path: Path) -> None:
    path = tmp_path / "plan.docx"
    done = invoke(
        *tables, "--stop=forge", "--days=30", f"--plan={path}", "--to=链长办公室", "--banner=演示",
        "--organ=演示联盟", "--date=2026-11-23", "--synthetic", f"--lang={language}",
    )  # fmt: skip
    assert done.exit_code == 0, done.output
    document = docx.Document(str(path))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    for words in {
        "zh": (
            "forge停产应急预案",
            "链长办公室",
            "要办的事",
            "stocks.csv",
            "盘点",
            "2026年11月23日",
        ),
        "en": ("Emergency plan for a stop of forge", "What to do", "stocks.csv", "November 2026"),
    }[language]:
        assert words in text
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert "spare" in cells
    assert "tower" in cells


def test_a_plan_that_cannot_be_written_is_refused(tables: list[str], tmp_path: Path) -> None:
    done = invoke(*tables, "--stop=forge", f"--plan={tmp_path / 'plan.pdf'}")
    assert done.exit_code == 1
    assert ".docx" in done.stderr
    assert not (tmp_path / "out").exists()
    done = invoke(*tables, "--stop=forge", f"--plan={tmp_path / 'no' / 'plan.docx'}")
    assert done.exit_code == 1
    assert "plan.docx" in done.stderr.replace("\n", "")
