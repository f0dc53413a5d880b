"""The rules of the house that no linter knows: sizes, words, locks, what an import costs."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import fenglian
import fenglian.engine

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("src", "tests", "benchmarks")
SOURCES = [
    *(path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*.py"))),
    ROOT / "run.py",
]
SOURCES = [path for path in SOURCES if "migrations" not in path.parts]
LONGEST_FILE, LONGEST_FUNCTION = 500, 60
BANNED = re.compile(
    r"\b(?:claim|assertion|company|entity|dedupe|manager|helper|utils)s?\b", re.IGNORECASE
)
FRAMEWORK_WORDS = {"Manager", "ContextManager", "contextmanager", "base_manager_name"}
HEAVY = ("django", "numba", "scipy", "numpy", "fenglian.web")


def _body_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Count the lines of a function's body, its docstring left out."""
    said = ast.get_docstring(function, clean=False) is not None
    body = function.body[1:] if said else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def _names(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_keeps_to_its_size_and_its_words(path: Path) -> None:
    text = path.read_text("utf-8")
    assert text.count("\n") <= LONGEST_FILE
    tree = ast.parse(text)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert _body_lines(node) <= LONGEST_FUNCTION, node.name
    words = {name for name in _names(tree) if BANNED.search(name.replace("_", " "))}
    assert words <= FRAMEWORK_WORDS


def test_no_lock_names_an_address_and_every_pin_has_a_hash() -> None:
    locks = sorted(ROOT.glob("requirements*.lock"))
    assert [lock.name for lock in locks] == [
        "requirements-bench.lock",
        "requirements-dev.lock",
        "requirements.lock",
    ]
    for lock in locks:
        text = lock.read_text("utf-8")
        assert "://" not in text
        pins = [line for line in text.splitlines() if "==" in line]
        assert pins
        assert all(line.endswith("\\") for line in pins)


def test_every_pin_of_the_product_is_in_its_lock() -> None:
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    block = project.split("dependencies = [", 1)[1].split("]", 1)[0]
    pins = re.findall(r'"([^"]+)"', block)
    assert pins
    for pin in pins:
        assert f"\n{pin} " in f"\n{lock}", pin


def test_what_is_offered_is_sorted_and_there() -> None:
    for module in (fenglian, fenglian.engine):
        names = list(module.__all__)
        assert names == sorted(names)
        assert all(getattr(module, name) is not None for name in names)
    with pytest.raises(AttributeError):
        _ = fenglian.nothing_of_the_kind
    assert dir(fenglian) == fenglian.__all__


RULES_ALONE = (
    "import fenglian as fl, fenglian.data as d; fl.read_bytes(d.article(), name='a', ner=False)"
)


@pytest.mark.parametrize(
    ("line", "loaded"),
    [
        ("import fenglian", ""),
        (RULES_ALONE, ""),
        ("import fenglian as fl; fl.read_article()", "numpy"),
    ],
)
def test_import_and_reading_load_no_framework_and_no_more_than_they_use(
    line: str, loaded: str
) -> None:
    code = f"{line}\nimport sys\nprint(*[name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout.strip() == loaded


def test_nothing_shipped_points_outside_the_project() -> None:
    outside = re.compile(r"\.\./shared|/work/|/home/[a-z]+/|/root/")
    for path in _kept_files():
        text = path.read_text("utf-8", errors="ignore")
        assert path == Path(__file__).resolve() or not outside.search(text), path


def _kept_files() -> list[Path]:
    """Return the files that are, or could be, committed; what others wrote is theirs."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    paths = [ROOT / name for name in done.stdout.split("\0") if name]
    return [path for path in paths if path.is_file() and "vendor" not in path.parts]


HALF_WIDTH = re.compile(r"(?<=[\u4e00-\u9fff”])[,;:?!](?=[\u4e00-\u9fff“])")


def _chinese_wordings(tree: ast.AST) -> Iterator[ast.expr]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Label" and node.args:
            yield node.args[0]
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "zh":
            yield node.value


def test_chinese_wordings_have_full_width_punctuation() -> None:
    for path in SOURCES:
        for wording in _chinese_wordings(ast.parse(path.read_text("utf-8"))):
            for part in ast.walk(wording):
                if isinstance(part, ast.Constant) and isinstance(part.value, str):
                    assert not HALF_WIDTH.search(part.value), (path.name, part.value)
