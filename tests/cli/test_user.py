"""People are added at the command line, and then sign in."""

import os
import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest

from fenglian.cli import user
from fenglian.web.accounts.actor import Role


def add(home: Path, *words: str, typed: str = "lanse-fengche-7") -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-m", "fenglian", "user", *words],
        env={**os.environ, "FENGLIAN_HOME": str(home), "FENGLIAN_PASSWORD": typed},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def test_the_help_names_every_role_there_is() -> None:
    option = get_args(user.Role)[1]
    assert option.help.split(" | ") == Role.values
    assert len(Role) == 11


@pytest.mark.slow
def test_a_person_is_added_once_with_a_known_role_and_a_good_password(tmp_path: Path) -> None:
    assert add(tmp_path, "zhang", "--title", "某联盟") == (0, "已添：zhang，某联盟，secretariat\n")
    again, words = add(tmp_path, "zhang")
    assert again == 1
    assert "没有添上" in words
    wrong, words = add(tmp_path, "li", "--role", "king", "--lang", "en")
    assert wrong == 1
    assert "No role 'king'" in words
    weak, words = add(tmp_path, "li", "--role", "bank", typed="12345678")
    assert weak == 1
    assert "没有添上" in words
