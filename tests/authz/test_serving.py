"""A server at work says nothing on its screen or in its files of what units keep, nor does a demo."""

import re
import shutil
import subprocess
import sys
import threading
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path

import pytest

from tests.authz.test_commands import STRONG, filled, told
from tests.web.archive.homes import environment

__all__ = ["filled"]  # the installation, for these tests too
pytestmark = pytest.mark.slow
PORT = 8664
PLACES = ("", "registry/", "registry/units/", "contracts/", "statements/", "audit/", "api/v1/docs")
DATABASE = "fenglian.sqlite3"


class Browser:
    """Someone who looks at a server from outside, keeps cookies and follows where it leads."""

    def __init__(self) -> None:
        self.opened = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def ask(self, path: str, fields: dict[str, str] | None = None) -> tuple[int, str]:
        """Return an answer's status and text."""
        data = None if fields is None else urllib.parse.urlencode(fields).encode()
        try:
            with self.opened.open(f"http://127.0.0.1:{PORT}/{path}", data, timeout=60) as answer:
                return int(answer.status), answer.read().decode("utf-8", "replace")
        except urllib.error.HTTPError as fault:
            with fault:
                return fault.code, fault.read().decode("utf-8", "replace")

    def send(self, path: str, page: str, **fields: str) -> tuple[int, str]:
        """Send the fields of a form on a page."""
        token = re.search(r'csrfmiddlewaretoken" value="([^"]+)', page)
        assert token is not None, page
        return self.ask(path, {"csrfmiddlewaretoken": token[1], **fields})


@contextmanager
def at_work(home: Path, *words: str) -> Iterator[list[str]]:
    """Run a server of an installation; the list holds all that it said once it has ended."""
    process = subprocess.Popen(
        [sys.executable, "-m", "fenglian", *words, "--port", str(PORT)],
        env=environment(home, {}), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    timer = threading.Timer(240, process.kill)
    timer.start()
    said: list[str] = []
    assert process.stdout is not None
    try:
        for line in process.stdout:
            said.append(line)
            if "Ctrl+C" in line:
                break
        yield said
    finally:
        timer.cancel()
        process.terminate()
        said.append(process.communicate(timeout=20)[0])


def kept_beside(home: Path) -> str:
    """Return the text of all files of an installation but its database."""
    return "".join(
        each.read_text("utf-8", "replace")
        for each in home.rglob("*")
        if each.is_file() and not each.name.startswith(DATABASE)
    )


def test_a_server_says_nothing_of_what_is_asked_of_it(
    filled: tuple[Path, list[str]], tmp_path: Path
) -> None:
    home, secrets = tmp_path / "home", filled[1]
    shutil.copytree(filled[0], home)
    token = secrets[-2]
    with at_work(home, "serve") as said:
        stranger = Browser()
        seen = [stranger.ask(each) for each in PLACES]
        status, form = stranger.ask(f"fill/{token}/")
        assert status == 200
        seen.append(stranger.ask(f"fill/{token}x/"))
        _, page = stranger.ask("accounts/sign-in/")
        seen.append(stranger.send("accounts/sign-in/", page, username="wang", password=STRONG))
        seen.append(stranger.send("accounts/sign-in/", page, username="li", password=STRONG))
        stranger.ask(
            f"registry/?q={urllib.parse.quote(secrets[0])}"
        )  # echoed to who asks, not kept
    assert told([word for word in secrets if word not in (token, STRONG)], seen) == []
    assert token in form  # the link's own form, to whoever has the link
    assert told(secrets, [(0, "".join(said) + kept_beside(home))]) == []


def test_a_demo_beside_other_alliances_opens_none_of_them(
    filled: tuple[Path, list[str]], tmp_path: Path
) -> None:
    home, secrets = tmp_path / "home", filled[1]
    shutil.copytree(filled[0], home)
    with at_work(home, "demo") as said:
        _, page = Browser().ask("accounts/sign-in/")
        doors = sorted(set(re.findall(r'action="/(accounts/demo/[a-z-]+/)"', page)))
        assert len(doors) > 5
        seen = []
        for door in doors:
            visitor = Browser()
            _, page = visitor.ask("accounts/sign-in/")
            seen.append(visitor.send(door, page))
            assert 'name="username"' not in seen[-1][1], door  # inside
            seen += [visitor.ask(each) for each in PLACES]
    assert told(secrets, seen) == []
    assert told(secrets, [(0, "".join(said) + kept_beside(home))]) == []
