"""Pages compiled by the short way are, byte for byte, those that Django's own way makes."""

from typing import Any

import pytest
from django.db import transaction
from django.template import Context, Origin, engines
from django.template.loaders import cached
from django.test import override_settings
from django.utils import translation

from fenglian.web.pages.compiling import Page
from fenglian.web.pages.loader import Loader
from tests.authz.conftest import address_of, browser_of, masked, settle
from tests.authz.routes import Route, all_routes, read_lines
from tests.authz.world import build_world

pytestmark = pytest.mark.django_db
PLAIN = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["tests.web.unkept"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "fenglian.web.navigation.frame",
                "fenglian.web.access.gate.frame",
            ],
        },
    }
]
LANGUAGES = {"zh-hans": "zh-CN,zh;q=0.9", "en": "en-GB,en;q=0.9"}


def look(browser: Any, path: str, language: str) -> tuple[int, dict[str, str], bytes]:
    """Return an answer, and leave nothing behind."""
    with transaction.atomic():
        answer = browser.get(path, HTTP_ACCEPT_LANGUAGE=LANGUAGES[language])
        found = masked(answer, path)
        transaction.set_rollback(True)
    return found


@pytest.mark.parametrize(
    ("who", "language"),
    [
        ("stranger", "en"),
        ("member", "zh-hans"),
        *(
            pytest.param(who, language, marks=pytest.mark.slow)
            for who, language in (("member", "en"), ("secretary", "zh-hans"), ("secretary", "en"))
        ),
    ],
)
def test_a_page_is_what_django_makes_of_it(who: str, language: str) -> None:
    places = settle(build_world())
    lines = read_lines()
    routes: list[Route] = [
        route
        for route in all_routes()
        if not route.name.startswith("api-1:") and lines[route.name].allows(who, "get", "member")
    ]
    assert routes
    browser = browser_of(places.world, who)
    different = []
    for route in routes:
        path = address_of(route, places, "member")
        ours = look(browser, path, language)
        with override_settings(TEMPLATES=PLAIN):
            theirs = look(browser, path, language)
        if b"<html" in ours[2] and ours != theirs:
            different.append(route.name)
    assert different == []


class Record:
    """Something with everything that a template may meet."""

    name = "<b>"
    number = 1234.5
    nothing = None

    def call(self) -> str:
        return "called"

    def __getitem__(self, key: str) -> str:
        return f"item {key}"


@pytest.mark.parametrize(
    "words",
    [
        "{{ record.name }}{{ record.number }}{{ record.nothing }}{{ record.missing }}",
        "{{ record.call }}{{ record.other }}{{ absent }}{{ absent.name }}{{ list.0 }}{{ list.9 }}",
        "{{ safe }}{{ words }}{{ words|safe }}{{ words|upper }}{{ map.key }}{{ map.items }}",
        "{% autoescape off %}{{ words }}{% endautoescape %}{% if map.none.at %}a{% else %}b{% endif %}",
        "{% load i18n %}{% translate 'Units' %}{% translate words %}{% translate 'Units' as u %}{{ u }}",
        "{% load static %}{% static 'web/mark.svg' %}{% url 'home' %}{% for x in list %}{{ x }}{{ forloop.counter }}{% endfor %}",
        "{% include 'web/mark.html' %}{% include 'web/mark.html' with words=1 only %}",
    ],
)
@pytest.mark.parametrize("language", list(LANGUAGES))
def test_an_expression_is_what_django_makes_of_it(words: str, language: str) -> None:
    values = {
        "record": Record(),
        "list": ["<i>", 2],
        "words": "a & b",
        "map": {"key": "v", "none": None},
    }
    with translation.override(language):
        ours = engines["django"].from_string(words).render(dict(values))
        compiled = _compiled(words).render(Context(dict(values)))
        with override_settings(TEMPLATES=PLAIN):
            theirs = engines["django"].from_string(words).render(dict(values))
    assert ours == theirs
    assert compiled == theirs


def _compiled(words: str) -> Any:
    """Return the words compiled as a template of a file is."""
    engine: Any = vars(engines["django"])["engine"]
    loader = next(each for each in engine.template_loaders if isinstance(each, Loader))
    origin = Origin("words", "words.html", loader)
    return Page(words, origin, "words.html", engine)


def test_templates_are_compiled_once_a_language() -> None:
    engine: Any = vars(engines["django"])["engine"]
    loader = next(each for each in engine.template_loaders if isinstance(each, Loader))
    assert isinstance(loader, cached.Loader)
    with translation.override("en"):
        english = loader.get_template("registry/units.html")
        assert loader.get_template("registry/units.html") is english
    with translation.override("zh-hans"):
        assert loader.get_template("registry/units.html") is not english
