"""The command ``read``: a report, JSON, facts; and what a bad file is told."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import fenglian as fl
from fenglian.data import article
from fenglian.engine.errors import DocumentTooLarge

Done = subprocess.CompletedProcess[bytes]


def run(*words: str | Path, content: bytes | None = None, encoding: str = "utf-8") -> Done:
    """Run ``fenglian`` with these words in a process of its own."""
    command = [sys.executable, "-m", "fenglian", *map(str, words)]
    environment = {**os.environ, "PYTHONUTF8": "1", "PYTHONIOENCODING": encoding}
    return subprocess.run(command, input=content, capture_output=True, check=False, env=environment)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the article as a file."""
    path = tmp_path_factory.mktemp("read") / "报道.txt"
    path.write_bytes(article())
    return path


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh", ("来源 山西日报", "记者 刘瑞强", "处拼音夹注", "逾 21 亿元", "联盟成立", "上午")),
        ("en", ("source 山西日报", "pinyin glosses", "over 2.1 billion yuan", "morning")),
    ],
)
def test_the_report_is_readable_in_both_languages(
    file: Path, language: str, words: tuple[str, ...]
) -> None:
    done = run("read", file, "--lang", language)
    assert done.returncode == 0, done.stderr.decode()
    report = done.stdout.decode()
    for each in words:
        assert each in report
    assert "alliance_founded" not in report


def test_json_holds_everything_and_facts_only_the_facts(file: Path) -> None:
    whole = json.loads(run("read", file, "--format", "json").stdout)
    assert whole["document"]["name"] == "报道.txt"
    assert whole["statements"]
    assert whole["document"]["edits"]
    facts = json.loads(run("read", file, "--facts").stdout)
    assert set(facts) == {
        *("clean_text", "facts", "published", "publisher", "source", "reporter", "editor"),
    }
    assert whole["document"]["clean_text"] == facts["clean_text"]


def test_standard_input_is_a_file_too() -> None:
    done = run("read", "-", content="4月7日,太重集团与江苏九鼎集团有限公司签约。".encode())
    assert done.returncode == 0
    assert "太重集团" in done.stdout.decode()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "没有文字"),
        (b"\x89PNG\r\n\x1a\n\x00", "不是文本"),
        (b"a" * 20_000_000, "20,000,000"),
        ("山西省风电装备产业联盟".encode("utf-16-le"), "编码无法确定"),
        ("風電裝備產業聯盟".encode("big5"), "编码无法确定"),
    ],
    ids=["empty", "binary", "20 MB", "UTF-16", "Big5"],
)
def test_a_bad_file_gets_one_clear_sentence_and_no_report(
    tmp_path: Path, content: bytes, words: str
) -> None:
    path = tmp_path / "坏.txt"
    path.write_bytes(content)
    done = run("read", path)
    assert done.returncode == 1
    assert done.stdout == b""
    told = done.stderr.decode()
    assert words in told.replace("\n", "")
    assert "坏.txt" in told
    assert "Traceback" not in told


def test_common_chinese_in_gb18030_is_read_and_its_charset_is_shown(tmp_path: Path) -> None:
    path = tmp_path / "国标.txt"
    path.write_bytes("山西省风电装备产业联盟成立大会在太原举行。".encode("gb18030"))
    done = run("read", path)
    assert done.returncode == 0
    assert "gb18030" in done.stdout.decode()


def test_a_file_that_is_not_there_and_a_format_that_is_not_known(file: Path) -> None:
    done = run("read", file.parent / "没有.txt")
    assert done.returncode == 1
    assert "没有.txt" in done.stderr.decode()
    done = run("read", file, "--format", "yaml")
    assert done.returncode == 1
    assert "yaml" in done.stderr.decode()


ZERO = Path("/dev/zero")


@pytest.mark.skipif(not ZERO.exists(), reason="this system has no endless file")
def test_what_has_no_end_is_left_after_the_limit() -> None:
    done = run("read", ZERO)
    assert done.returncode == 1
    assert "超过每篇 5,242,880 字节" in done.stderr.decode().replace("\n", "")
    with pytest.raises(DocumentTooLarge, match="more than 5,242,880 bytes"):
        fl.read(ZERO)


def test_a_large_file_is_told_its_size_and_a_large_stream_is_not(tmp_path: Path) -> None:
    large = b"a" * 6_000_000
    path = tmp_path / "a.txt"
    path.write_bytes(large)
    with pytest.raises(DocumentTooLarge, match="6,000,000 bytes"):
        fl.read(path)
    done = run("read", "-", "--lang", "en", content=large)
    assert done.returncode == 1
    assert "more than 5,242,880 bytes" in done.stderr.decode().replace("\n", " ")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
@pytest.mark.parametrize("kept", [True, False])
def test_a_name_steers_no_terminal(tmp_path: Path, kept: bool) -> None:
    path = tmp_path / "a\x1b[31mb.txt"
    if kept:
        path.write_bytes("4月7日，太重集团与江苏九鼎集团有限公司签约。".encode())
    for words in (("read", path), ("read", path, "--format", "json")):
        done = run(*words)
        assert b"\x1b" not in done.stdout + done.stderr
        assert b"\\u001b" not in done.stdout
        assert b"a[31mb.txt" in done.stdout + done.stderr.replace(b"\n", b"")


def test_a_terminal_without_chinese_gets_escapes_and_valid_json(file: Path) -> None:
    done = run("read", file, encoding="ascii")
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"\\u5c71\\u897f" in done.stdout
    done = run("read", file, "--format", "json", encoding="ascii")
    assert json.loads(done.stdout)["document"]["name"] == "报道.txt"
    done = run("read", file.parent / "没有.txt", encoding="ascii")
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr
