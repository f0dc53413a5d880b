"""The command line as a whole: every command is offered, helped and documented."""

import socket
import subprocess
import sys
import threading
import urllib.request
from importlib import import_module
from pathlib import Path

import pytest
from typer.testing import CliRunner

from fenglian.cli import COMMANDS, module_of
from fenglian.cli import __name__ as package
from fenglian.cli.application import build_application
from fenglian.cli.serve import LOOPBACK, listen

ROOT = Path(__file__).resolve().parents[2]


PARTS = ("read_folder",)  # of a command that has a file of its own


def test_every_file_of_the_folder_is_a_command() -> None:
    folder = ROOT / "src" / Path(*package.split("."))
    files = {path.stem for path in folder.glob("*.py")} - {"__init__", "application", *PARTS}
    families = {path.parent.name for path in folder.glob("*/__init__.py")}
    assert files | families == {module_of(command) for command in COMMANDS}


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_and_is_in_both_readmes(command: str) -> None:
    module = import_module(f"fenglian.cli.{module_of(command)}")
    application = build_application(import_module(f"{package}.{module_of(n)}") for n in COMMANDS)
    for words in [[command, name] for name in getattr(module, "FAMILY", ())] or [[command]]:
        done = CliRunner().invoke(application, [*words, "--help"])
        assert done.exit_code == 0
        assert "--lang" in done.stdout
    for name in ("README.md", "README.en.md"):
        text = (ROOT / name).read_text("utf-8")
        assert f"fenglian {command}" in text or f"run.py {command}" in text, name


def test_a_taken_port_is_passed_over() -> None:
    with socket.socket() as taken:
        taken.bind((LOOPBACK, 0))
        taken.listen()
        port = taken.getsockname()[1]
        with listen(port, "zh") as found:
            assert found.getsockname()[0] == LOOPBACK
            assert found.getsockname()[1] != port


def test_two_starts_never_share_a_port() -> None:
    with listen(8700, "zh") as first, listen(8700, "zh") as second:
        assert first.getsockname() != second.getsockname()
        assert first.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN)


@pytest.mark.slow
def test_of_first_starts_at_once_each_finds_its_database(tmp_path: Path) -> None:
    code = "from fenglian.cli.serve import open_database; open_database()"
    starts = [
        subprocess.Popen(
            [sys.executable, "-c", code],
            env={"FENGLIAN_HOME": str(tmp_path / "new"), "PYTHONUTF8": "1", "PATH": ""},
            stderr=subprocess.PIPE,
        )
        for _number in range(3)
    ]
    said = [start.communicate(timeout=120)[1].decode() for start in starts]
    assert said == [""] * 3
    assert [start.returncode for start in starts] == [0] * 3


def test_the_demo_serves_the_article_on_this_machine_only(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "fenglian", "demo", "--lang", "en", "--port", "8640"],
        env={"FENGLIAN_HOME": str(tmp_path), "PYTHONUTF8": "1", "PATH": ""},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    timer = threading.Timer(60, process.kill)
    timer.start()
    try:
        assert process.stdout is not None
        said = []
        for line in process.stdout:
            said.append(line)
            if "http://" in line:
                break
        address = "".join(said).split("http://", 1)[1].split()[0]
        assert address.startswith(f"{LOOPBACK}:")
        with urllib.request.urlopen(f"http://{address}", timeout=30) as answer:
            page = answer.read().decode()
            assert "秘书处" in page  # one click a role
            assert "next=" in answer.url
    finally:
        timer.cancel()
        process.terminate()
        process.wait(timeout=20)
        if process.stdout is not None:
            process.stdout.close()
