"""The brief on the command line: three formats, both languages, and what it refuses."""

import io
import zipfile
from importlib import import_module
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from fenglian.cli import COMMANDS, module_of
from fenglian.cli.application import build_application

DAY = ("--date", "2026-11-02")


def invoke(*words: str) -> Result:
    modules = [import_module(f"fenglian.cli.{module_of(name)}") for name in COMMANDS]
    return CliRunner().invoke(build_application(modules), ["brief", *words])


@pytest.mark.parametrize(
    ("form", "begins"), [("docx", b"PK\x03\x04"), ("pdf", b"%PDF-1.7"), ("xlsx", b"PK\x03\x04")]
)
def test_the_name_of_the_file_says_the_format(form: str, begins: bytes, tmp_path: Path) -> None:
    out = tmp_path / f"brief.{form}"
    done = invoke("--out", str(out), "--pack", "bearing", *DAY)
    assert done.exit_code == 0, done.output
    assert out.read_bytes().startswith(begins)
    assert str(out) in done.stdout.replace("\n", "")


def test_the_format_can_be_named(tmp_path: Path) -> None:
    out = tmp_path / "brief"
    assert invoke("--out", str(out), "--format", "docx", "--lang", "en", *DAY).exit_code == 0
    with zipfile.ZipFile(io.BytesIO(out.read_bytes())) as packed:
        text = packed.read("word/document.xml").decode()
    assert "chain of Shanxi" in text
    assert "2 November 2026" in text


def test_head_recipient_and_class_are_those_asked_for(tmp_path: Path) -> None:
    out = tmp_path / "brief.docx"
    words = ("--organ", "演示处", "--to", "演示办", "--banner", "演示简报", "--class", "内部")
    assert invoke("--out", str(out), *words, *DAY).exit_code == 0
    with zipfile.ZipFile(io.BytesIO(out.read_bytes())) as packed:
        text = packed.read("word/document.xml").decode()
    for word in ("演示处", "演示办：", "演示简报", "内部"):
        assert f">{word}<" in text or f">{word}\t" in text or word in text


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--out", "brief.txt"), "不认“txt”格式"),
        (("--out", "brief.pdf", "--class", "机密"), "国家秘密不得进入本软件"),
        (("--out", "brief.pdf", "--date", "今天"), "不是日期"),
        (("--out", "brief.pdf", "--pack", "nothing"), "nothing"),
    ],
)
def test_what_it_cannot_do_it_says(words: tuple[str, ...], said: str) -> None:
    done = invoke(*words)
    assert done.exit_code == 1
    assert said in done.output.replace("\n", "")


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    done = invoke("--out", str(tmp_path / "no" / "brief.xlsx"), "--pack", "bearing", *DAY)
    assert done.exit_code == 1
    assert "写不了" in done.output
