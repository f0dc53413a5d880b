"""The database keeps its promises, the key keeps to itself, and the settings hold."""

import os
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db.utils import ConnectionHandler

from fenglian.web.home import KERNELS, keep_kernels, secret_key

pytestmark = pytest.mark.django_db
SQLITE = settings.DATABASES["default"]


def handler(folder: Path, **options: Any) -> ConnectionHandler:
    merged = {**SQLITE["OPTIONS"], **options}
    database = {"ENGINE": SQLITE["ENGINE"], "NAME": folder / "test.sqlite3", "OPTIONS": merged}
    return ConnectionHandler({"default": database})


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("busy_timeout", 30_000)],
)
def test_sqlite_promises_what_the_house_needs(tmp_path: Path, pragma: str, value: object) -> None:
    connection = handler(tmp_path)["default"]
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {pragma}")
        assert cursor.fetchone() == (value,)
    connection.close()


@pytest.mark.parametrize(
    ("name", "weaker"),
    [
        ("synchronous", {"init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL"}),
        ("journal_mode", {"init_command": "PRAGMA synchronous=FULL"}),
        ("foreign_keys", {"init_command": "PRAGMA journal_mode=WAL; PRAGMA foreign_keys=OFF"}),
        ("busy_timeout", {"timeout": 5}),
        ("transaction_mode", {"transaction_mode": "DEFERRED"}),
    ],
)
def test_a_weaker_promise_is_refused(tmp_path: Path, name: str, weaker: dict[str, Any]) -> None:
    with pytest.raises(ImproperlyConfigured, match=name):
        handler(tmp_path, **weaker)["default"].ensure_connection()


def test_the_key_is_drawn_once_and_is_the_owners_alone(tmp_path: Path) -> None:
    first = secret_key(tmp_path)
    assert secret_key(tmp_path) == first
    assert len(first) >= 50
    [file] = tmp_path.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_two_first_starts_agree_on_one_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(1) as one, ThreadPoolExecutor(1) as other:
        keys = {
            one.submit(secret_key, tmp_path).result(),
            other.submit(secret_key, tmp_path).result(),
        }
    assert len(keys) == 1


def test_loading_the_settings_draws_no_key(tmp_path: Path) -> None:
    _run(tmp_path, "from django.conf import settings; settings.DEBUG")
    assert list(tmp_path.iterdir()) == []


def test_the_deployment_check_is_clean_behind_https(tmp_path: Path) -> None:
    code = (
        "import django; django.setup();"
        "from django.core.management import call_command;"
        "call_command('check', '--deploy', fail_level='WARNING')"
    )
    _run(tmp_path, code, FENGLIAN_HTTPS="1", FENGLIAN_HOSTS="example.org")


def _run(home: Path, code: str, **environment: str) -> None:
    fixed = {"DJANGO_SETTINGS_MODULE": "fenglian.web.settings", "FENGLIAN_HOME": str(home)}
    subprocess.run(
        [sys.executable, "-c", code], check=True, env={**os.environ, **fixed, **environment}
    )


def test_the_migrations_are_complete() -> None:
    out = StringIO()
    call_command("makemigrations", "--check", "--dry-run", stdout=out)
    assert "No changes detected" in out.getvalue()


def test_an_installation_is_no_demo_of_itself_and_chinese_comes_first() -> None:
    assert settings.DEBUG is False
    assert settings.DEMO is False
    assert settings.LANGUAGE_CODE == "zh-hans"


def test_kernels_are_kept_in_the_home_where_the_package_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NUMBA_CACHE_DIR", raising=False)
    keep_kernels(tmp_path, tmp_path)
    assert "NUMBA_CACHE_DIR" not in os.environ
    monkeypatch.setattr(os, "access", lambda *_words: False)
    keep_kernels(tmp_path, tmp_path)
    assert os.environ["NUMBA_CACHE_DIR"] == str(tmp_path / KERNELS)
    monkeypatch.delenv("NUMBA_CACHE_DIR")
