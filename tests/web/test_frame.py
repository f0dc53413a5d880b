"""The frame of every page: language, theme, policy, menu, and templates that keep to the rules."""

import re
from pathlib import Path

import pytest
from django.test import Client
from djhtml.modes import DjHTML  # type: ignore[import-untyped]  # ships no types

from fenglian.web.intake.models import Document

WEB = Path(__file__).resolve().parents[2] / "src" / "fenglian" / "web"
TEMPLATES = sorted(WEB.rglob("*.html"))


@pytest.mark.django_db
def test_the_front_door_opens_the_overview(client: Client) -> None:
    answer = client.get("/")
    assert answer.status_code == 200
    assert "总览" in answer.content.decode()


@pytest.mark.django_db
def test_chinese_is_the_default_and_english_is_complete(client: Client, english: Client) -> None:
    assert "读一篇" in client.get("/intake/").content.decode()
    page = english.get("/intake/").content.decode()
    assert "Read a document" in page
    assert not re.search("[\u4e00-\u9fff]", page.replace("中文", ""))


@pytest.mark.django_db
def test_the_language_is_remembered(client: Client) -> None:
    answer = client.post("/preferences/language/", {"language": "en", "next": "/intake/"})
    assert answer.headers["Location"] == "/intake/"
    assert "Read a document" in client.get("/intake/").content.decode()


@pytest.mark.django_db
def test_the_theme_is_remembered_and_leads_nowhere_else(client: Client) -> None:
    answer = client.post("/preferences/theme/", {"theme": "dark", "next": "//elsewhere.example/"})
    assert answer.headers["Location"] == "/"
    assert 'data-theme="dark"' in client.get("/intake/").content.decode()
    client.post("/preferences/theme/", {"theme": "purple"})
    assert 'data-theme="dark"' in client.get("/intake/").content.decode()


@pytest.mark.django_db
def test_nothing_inline_and_nothing_from_outside_is_allowed(client: Client) -> None:
    answer = client.get("/intake/")
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_the_menu_counts_what_waits(client: Client, document: Document) -> None:
    waiting = document.statements.count()
    assert f"{waiting} 待核" in client.get("/intake/").content.decode()


@pytest.mark.django_db
def test_static_files_come_without_a_collection(client: Client) -> None:
    answer = client.get("/static/web/tokens.css")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("text/css")
    answer.close()


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_holds_no_style_no_handler_and_no_foreign_address(path: Path) -> None:
    source = path.read_text("utf-8")
    assert not re.search(r"\sstyle\s*=|\son[a-z]+\s*=|<style|javascript:|https?://", source)
    for script in re.findall(r"<script[^>]*>(.*?)</script>", source, re.DOTALL):
        assert script == ""


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_is_laid_out_by_djhtml(path: Path) -> None:
    source = path.read_text("utf-8")
    assert DjHTML(source).indent(2) == source
