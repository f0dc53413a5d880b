"""``fenglian analyse gaps``: both lists, one gap with its options, its brief."""

import json
from pathlib import Path

from tests.cli.test_chain_commands import invoke


def test_gaps_come_in_demand_and_money_and_unknown_ones_with_questions() -> None:
    done = invoke("analyse", "gaps", "--region", "demo", "--top", "3")
    assert done.exit_code == 0
    known, _head, unknown = done.stdout.partition("产能未知，先问")
    assert "MW/年" in known
    assert "亿元/年" in known
    assert "→ 问" in unknown
    plain = json.loads(invoke("analyse", "gaps", "--region", "demo", "--format", "json").stdout)
    assert len(plain["gaps"]["known"]) > 3


def test_of_one_gap_the_options_come_with_sources_and_nothing_is_invented() -> None:
    words = ("analyse", "gaps", "--product", "main-bearing", "--date", "2026-11-23")
    done = invoke(*words, "--lang", "en")
    assert "time 16–54 months" in done.stdout
    assert "cost not found" in done.stdout
    assert "Sources: DLSD, WZ2208" in done.stdout
    plain = json.loads(invoke(*words, "--format", "json").stdout)
    assert plain["case"]["offers"][0]["earliest"] == "2028-03-24"


def test_the_brief_of_a_gap_is_written(tmp_path: Path) -> None:
    out = tmp_path / "brief.docx"
    done = invoke("analyse", "gaps", "--product", "main-bearing", "--out", str(out))
    assert done.exit_code == 0
    assert out.read_bytes().startswith(b"PK")


def test_what_cannot_be_done_is_said(tmp_path: Path) -> None:
    for words, said in (
        (("--product", "tractor"), "tractor"),
        (("--out", "x.docx"), "--product"),
        (("--product", "main-bearing", "--out", str(tmp_path)), "格式"),
        (("--product", "main-bearing", "--out", str(tmp_path / "no" / "x.docx")), "写不了"),
    ):
        done = invoke("analyse", "gaps", *words)
        assert done.exit_code == 1
        assert said in done.stderr
