"""The server is for this machine, unless a proxy stands before it and everything is set for that."""

import subprocess
import sys
import threading
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from fenglian.cli.serve import warm_kernels
from tests.web.archive.homes import environment, opened, refused, run_python

PROXIED = {"FENGLIAN_HOSTS": "wind.example", "FENGLIAN_PROXIED": "1", "FENGLIAN_HTTPS": "1"}
PORT = 8660


@pytest.mark.slow
@pytest.mark.parametrize(
    "missing", [{}, {"FENGLIAN_HOSTS": "wind.example"}, {"FENGLIAN_PROXIED": "1"}]
)
def test_other_machines_are_kept_out_until_a_proxy_is_set(
    tmp_path: Path, missing: dict[str, str]
) -> None:
    said = refused(tmp_path, "serve", "--host", "0.0.0.0", "--lang", "en", **missing)  # noqa: S104
    assert "FENGLIAN_PROXIED=1" in said
    assert not (tmp_path / "fenglian.sqlite3").exists()


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_words: object) -> None:
        return None


def _ask(**headers: str) -> int:
    address = f"http://127.0.0.1:{PORT}/accounts/sign-in/"
    request = urllib.request.Request(address, headers={"Host": "wind.example", **headers})
    try:
        with urllib.request.build_opener(_Stay).open(request, timeout=30) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as fault:
        with fault:
            return fault.code


def test_behind_a_proxy_its_word_for_https_counts_and_the_port_is_fixed(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "fenglian", "serve", "--port", str(PORT)]
    process = subprocess.Popen(
        [*command, "--host", "0.0.0.0"],  # noqa: S104
        env=environment(opened(tmp_path), PROXIED),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    timer = threading.Timer(60, process.kill)
    timer.start()
    try:
        assert process.stdout is not None
        for line in process.stdout:
            if "Ctrl+C" in line:
                break
        assert _ask(**{"X-Forwarded-Proto": "https", "X-Forwarded-For": "10.1.1.1"}) == 200
        assert _ask() == 301  # to https
        said = refused(tmp_path, "serve", "--port", str(PORT), **PROXIED)
        assert f"{PORT}" in said
        assert "–" not in said
        assert (tmp_path / "anchors.txt").read_text("utf-8").count("fenglian-audit ") == 1
    finally:
        timer.cancel()
        process.terminate()
        process.wait(timeout=20)
        if process.stdout is not None:
            process.stdout.close()


@pytest.mark.slow
def test_only_a_proxy_is_believed_and_at_home_only_one_at_home(tmp_path: Path) -> None:
    look = "from fenglian.cli.serve import proxy_options as o; print(o('127.0.0.1'), o('0.0.0.0'))"
    fixed = {"DJANGO_SETTINGS_MODULE": "fenglian.web.settings"}
    assert run_python(tmp_path, look, **fixed) == "{} {}\n"
    said = run_python(tmp_path, look, **fixed, **PROXIED)
    assert said.count("'trusted_proxy': '127.0.0.1'") == 1
    assert said.count("'trusted_proxy': '*'") == 1


@pytest.mark.slow
def test_slow_kernels_are_compiled_beside_the_server_before_anybody_asks() -> None:
    child = warm_kernels()
    try:
        assert child.wait(timeout=300) == 0
    finally:
        child.kill()
