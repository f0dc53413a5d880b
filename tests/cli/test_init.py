"""A real installation begins with an alliance without data and one administrator."""

from pathlib import Path

import pytest

from tests.web.archive.homes import fenglian, refused, run_python

PASSWORD = "lanse-fengche-7"  # noqa: S105  # of a test's person
WHOLE = ("--alliance", "taiyuan-wind", "--title", "某联盟", "--pack", "shanxi", "--name", "wang")
LOOK = """
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "fenglian.web.settings"
import django
django.setup()
from fenglian.web.accounts.models import Seat
for seat in Seat.objects.all():
    alliance = seat.alliance
    print(seat.user.username, seat.role, alliance.slug, alliance.zh, alliance.en, alliance.pack)
    print(seat.user.check_password("lanse-fengche-7"), alliance.synthetic, seat.user.demo)
"""


def test_the_first_person_administers_an_empty_alliance(tmp_path: Path) -> None:
    said = fenglian(tmp_path, "init", *WHOLE, FENGLIAN_PASSWORD=PASSWORD)
    assert "已建：某联盟，系统管理员 wang" in said
    for role in ("security_admin", "auditor", "secretariat"):
        assert f"fenglian user NAME --alliance taiyuan-wind --role {role}" in said
    assert run_python(tmp_path, LOOK).splitlines() == [
        "wang system_admin taiyuan-wind 某联盟 某联盟 shanxi",
        "True False False",
    ]
    again = refused(tmp_path, "init", *WHOLE, "--lang", "en", FENGLIAN_PASSWORD=PASSWORD)
    assert "There are people here already" in again


@pytest.mark.slow
def test_what_is_not_said_is_asked_for(tmp_path: Path) -> None:
    script = f"""
import io, sys
sys.stdin = io.StringIO("harbour\\nHarbour Alliance\\n\\n\\n{PASSWORD}\\n{PASSWORD}\\n")
sys.argv = ["fenglian", "init", "--lang", "en"]
import getpass
getpass.getpass = lambda *_words, **_more: sys.stdin.readline().rstrip()
from fenglian.cli import main
main()
"""
    assert "Made: Harbour Alliance, admin administers it" in run_python(tmp_path, script)
    assert "admin system_admin harbour" in run_python(tmp_path, LOOK)


@pytest.mark.slow
def test_what_cannot_be_is_refused_and_nothing_is_made(tmp_path: Path) -> None:
    wrong = [
        ("--alliance", "Bad Slug", "不能作简称"),
        ("--pack", "demo", "不能用地区包“demo”；可用：shanxi, none"),
        ("--name", "a b", "没有建成"),
    ]
    for option, value, words in wrong:
        assert words in refused(tmp_path, "init", *WHOLE, option, value, FENGLIAN_PASSWORD=PASSWORD)
    assert "没有建成" in refused(tmp_path, "init", *WHOLE, FENGLIAN_PASSWORD="12345678")  # noqa: S106
    assert run_python(tmp_path, LOOK) == ""
