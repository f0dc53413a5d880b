"""No command prints what units keep: neither where it succeeds nor where it fails."""

import json
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import typer.main

from fenglian.cli import COMMANDS, module_of
from fenglian.cli.analyse.chains import QUESTIONS
from fenglian.cli.application import build_application
from fenglian.web.archive import hashes
from tests.authz.commands import read_kinds
from tests.web.archive.homes import environment

KINDS = read_kinds()
ROOT = Path(__file__).parents[2]
FILL = """
import json, sys
from fenglian.cli.serve import open_database
open_database()
from django.db import transaction
from fenglian.engine.labels import Label
from fenglian.web.accounts.models import Alliance
from fenglian.web.accounts.actions import create_user
from fenglian.web.accounts.actor import Role
from fenglian.web.alliance.actions import hand_on
from tests.authz.conftest import settle
from tests.authz.world import build_world
with transaction.atomic():
    world = build_world()
    places = settle(world)
    hand_on(world.people["secretary"], places.task, world.owners["member"].name)
    here = Alliance.objects.get(slug="authz")
    create_user("wang", "lanse-fengche-7", alliance=here, role=Role.SECRETARIAT)
kept = [*world.canaries.values(), *world.applications.values(), world.questions, world.decisions]
words = sorted({word for each in kept for word in each})
print(json.dumps([*words, places.token, "lanse-fengche-7"]))
"""
RUN = """
import json, sys
from importlib import import_module
from typer.testing import CliRunner
from fenglian.cli import COMMANDS, module_of
from fenglian.cli.application import build_application
made = build_application(import_module(f"fenglian.cli.{module_of(each)}") for each in COMMANDS)
for words in json.loads(sys.argv[1]):
    done = CliRunner().invoke(made, words)
    print(json.dumps([done.exit_code, done.output, repr(done.exception)]))
"""
WEAK, STRONG = "12345678", "lanse-fengche-7"


def leaves(command: Any, name: str = "") -> Iterator[str]:
    """Yield the names of the commands that do something."""
    family: dict[str, Any] = getattr(command, "commands", {})
    for word, each in family.items():
        yield from leaves(each, f"{name} {word}".strip())
    if not family:
        yield name


def test_every_command_has_a_line_that_says_as_whom_it_works() -> None:
    modules = [import_module(f"fenglian.cli.{module_of(each)}") for each in COMMANDS]
    names = set(leaves(typer.main.get_command(build_application(modules))))
    assert names - set(KINDS) == set(), "say in tests/authz/commands.py what these are"
    assert set(KINDS) - names == set(), "these are gone"
    assert set(KINDS.values()) == {"house", "key", "packs"}


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """Return an installation, and every word that nobody may find on a screen."""
    home = tmp_path_factory.mktemp("commands") / "home"
    return home, json.loads(python(home, FILL)[0])


def python(home: Path, code: str, *words: str, **more: str) -> tuple[str, str]:
    """Run a script in an installation; return what it printed, and what it logged beside."""
    own = {"PYTHONPATH": str(ROOT), **more}
    done = subprocess.run(
        [sys.executable, "-c", code, *words],
        env=environment(home, own), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout, done.stderr


def tell(home: Path, *commands: Sequence[str | Path]) -> list[tuple[int, str]]:
    """Run commands in an installation, one after another; return how each ended and all it said."""
    out, err = python(home, RUN, json.dumps([list(map(str, each)) for each in commands]))
    answers = [json.loads(line) for line in out.splitlines()]
    assert len(answers) == len(commands)
    for _code, _said, fault in answers:
        assert fault == "None" or fault.startswith("SystemExit"), answers
    return [
        (code, said + (err if number == 0 else ""))
        for number, (code, said, _) in enumerate(answers)
    ]


def told(secrets: list[str], answers: list[tuple[int, str]]) -> list[str]:
    """Return the secrets among what commands said."""
    return [word for word in secrets for _code, said in answers if word in said]


@pytest.mark.slow
def test_commands_of_the_house_print_nothing_that_units_keep(
    filled: tuple[Path, list[str]], tmp_path: Path
) -> None:
    home, secrets = filled
    (tmp_path / "file").touch()
    inside = tmp_path / "file" / "x"
    user = ("user", "wang", "--alliance", "authz")
    whole = ("init", "--alliance", "x", "--title", "x", "--pack", "none", "--name", "y")
    answers = tell(
        home,
        ("audit", "anchor", "--out", tmp_path / "kept.txt"),
        ("audit", "anchor", "--out", inside),
        ("audit", "verify", "--anchor", tmp_path / "kept.txt"),
        ("audit", "verify", "--anchor", tmp_path / "none"),
        ("backup", "--to", tmp_path / "all.tar"),
        ("backup", "--to", inside),
        ("export", "--all", tmp_path / "dump"),
        ("export", tmp_path / "other"),
        ("export", "--all", tmp_path / "dump"),
        ("export", "--all", inside),
        ("import", tmp_path / "dump"),
        (*whole, "--password", STRONG),
        (*user, "--password", STRONG),  # there is one of that name
        (*user, "--role", "nobody", "--password", STRONG),
        ("user", "li", "--alliance", "authz", "--password", WEAK),
        ("serve", "--port", "1", "--host", "203.0.113.1"),
        ("remind", "--until", "2099-12-31"),
        ("remind", "--alliance", "nowhere"),
        ("remind", "--until", "2099-12-31", "--send"),  # no mail leaves this installation
    )
    assert [code for code, _said in answers] == [0, 1, 0, 1, 0, 1, 0, *[1] * 9, 0, 1, 1]
    assert "演示法兰厂：交办" in answers[-3][1]
    assert told([*secrets, WEAK], answers) == []
    # What was asked for is in the files, which are their owner's alone.
    kept = "".join(each.read_text("utf-8") for each in (tmp_path / "dump").glob("*.jsonl"))
    assert len([word for word in secrets if word in kept]) > 200
    assert (tmp_path / "dump").stat().st_mode & 0o077 == 0
    assert (tmp_path / "all.tar").stat().st_mode & 0o077 == 0


@pytest.mark.slow
def test_what_comes_in_damaged_is_refused_without_a_word_of_it(
    filled: tuple[Path, list[str]], tmp_path: Path
) -> None:
    home, secrets = filled
    dump, backup = tmp_path / "dump", tmp_path / "all.tar"
    [(code, _), (other, _)] = tell(home, ("export", "--all", dump), ("backup", "--to", backup))
    assert (code, other) == (0, 0)
    copies = {name: tmp_path / name for name in ("bent", "torn", "twice", "odd")}
    for copy in copies.values():
        shutil.copytree(dump, copy)
    rows = "registry.SensitiveRow.jsonl"
    lines = (dump / rows).read_text("utf-8").splitlines(keepends=True)
    wrong = json.loads(lines[0])
    wrong["recorded_at"] = secrets[0]
    resum(copies["torn"], rows, "".join(lines)[:-40])
    resum(copies["twice"], rows, "".join([*lines, lines[0]]))
    resum(copies["odd"], rows, "".join([json.dumps(wrong) + "\n", *lines[1:]]))
    (copies["bent"] / rows).write_text("".join(reversed(lines)), "utf-8")  # sums as they were
    broken, content = tmp_path / "broken.tar", backup.read_bytes()
    middle = len(content) // 2
    broken.write_bytes(content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :])
    answers = tell(
        tmp_path / "new",
        *(("import", copy) for copy in copies.values()),
        ("restore", broken),
        ("restore", dump / rows),
        ("restore", tmp_path / "nothing.tar"),
    )
    assert [code for code, _said in answers] == [1] * 7
    assert told(secrets, answers) == []
    answers = tell(tmp_path / "other", ("import", dump))
    answers += tell(tmp_path / "third", ("restore", backup))
    assert [code for code, _said in answers] == [0, 0]
    assert told(secrets, answers) == []


def resum(folder: Path, name: str, content: str) -> None:
    """Change a file of an export, and the sums with it."""
    (folder / name).write_text(content, "utf-8")
    hashes.write_sums(folder, list(hashes.read_sums(folder)))


@pytest.mark.slow
def test_a_log_that_was_tampered_with_is_told_without_what_stood_there(
    filled: tuple[Path, list[str]], tmp_path: Path
) -> None:
    home, secrets = filled
    shutil.copytree(home, tmp_path / "home")
    with closing(sqlite3.connect(tmp_path / "home" / "fenglian.sqlite3")) as database, database:
        database.execute("DROP TRIGGER audit_entry_kept")
        database.execute(
            "UPDATE audit_entry SET purpose = ?, detail = ? WHERE number = 3", secrets[:2]
        )
    answers = tell(tmp_path / "home", ("audit", "verify"), ("backup", "--to", tmp_path / "all.tar"))
    assert [code for code, _said in answers] == [1, 0]
    assert told(secrets, answers) == []


@pytest.mark.slow
def test_commands_of_packs_open_no_installation(
    filled: tuple[Path, list[str]], tmp_path: Path
) -> None:
    home, secrets = filled
    article = tmp_path / "a.txt"
    article.write_text(
        "山西日报讯：4月7日，太重集团与江苏九鼎集团有限公司签约，总额逾21亿元。", "utf-8"
    )
    commands: list[Sequence[str | Path]] = [
        ("chain", "--format", "json", "--all"),
        ("chain", "--question", "nothing"),
        ("verbs", "--top", "99"),
        ("brief", "--out", str(tmp_path / "b.xlsx")),
        ("brief", "--out", str(tmp_path / "no" / "b.xlsx")),
        ("pack", "list"),
        ("pack", "check", "demo"),
        ("read", str(article), "--format", "json"),
        ("evaluate-reading", str(tmp_path)),
    ]
    plain = (*QUESTIONS, "what-if", "gaps", "replay")
    commands += [("analyse", name, "--format", "json") for name in plain]
    commands.append(("analyse", "drill", "--region", "demo"))
    kept, out = str(home / "fenglian.sqlite3"), str(tmp_path / "out.csv")
    asked: list[Sequence[str | Path]] = [
        ("read", kept),
        ("read-sheet", kept),
        ("resolve", kept, "--out", out),
        ("analyse", "disruption", "--links", kept, "--firms", kept, "--stop", "x", "--out", out),
    ]
    asked += [
        ("analyse", name, "--table", kept, "--out", out) for name in ("linkages", "relatedness")
    ]
    asked += [
        ("analyse", name, "--links", kept, "--firms", kept, "--out", out)
        for name in ("systemic-risk", "sourcing", "reinforcement", "location-risk")
    ]
    names = {
        " ".join(map(str, each[:2])) if each[0] == "analyse" else str(each[0])
        for each in (*commands, *asked)
    }
    assert names == {name for name in KINDS if KINDS[name] == "packs"}
    answers = tell(home, *commands, *asked)
    assert [code for code, _said in answers] == [
        *(0, 1, 0, 0, 1, 0, 0, 0, 1),
        *[0] * (len(plain) + 1),  # and the drill
        *[1] * len(asked),
    ]
    assert told(secrets, answers) == []
    without = tmp_path / "nowhere"
    assert [said for _code, said in tell(without, *commands)] == [
        said for _code, said in answers[: len(commands)]
    ]
    assert not without.exists()
