"""The chart: drawn from the option that a page draws, always the same, with its words in it."""

import json
import re
from concurrent.futures import ThreadPoolExecutor
from csv import DictReader
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

import fenglian.data.vendor as vendor
from fenglian.engine.labels import Label
from fenglian.render.chart import draw
from fenglian.render.tokens import TOKENS, paint
from tests.render.sample_brief import BARS, make_chart

STYLES = Path(__file__).parents[2] / "src/fenglian/web/static/web/tokens.css"


def test_the_library_is_what_the_manifest_says() -> None:
    with (vendor.FOLDER / "manifest.csv").open(encoding="utf-8") as manifest:
        rows = list(DictReader(manifest))
    assert rows
    for row in rows:
        assert sha256((vendor.FOLDER / row["file"]).read_bytes()).hexdigest() == row["sha256"]
    shipped = {
        path.relative_to(vendor.FOLDER).as_posix()
        for path in vendor.FOLDER.rglob("*")
        if path.is_file() and path.suffix not in {".py", ".pyc"}
    }
    assert shipped == {row["file"] for row in rows} | {"manifest.csv"}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_chart_is_drawn_alike_every_time_and_in_every_thread(language: str) -> None:
    chart = make_chart()
    first = draw(chart, language)
    with ThreadPoolExecutor(2) as threads:
        assert set(threads.map(lambda _: draw(chart, language), range(2))) == {first}


def test_names_figures_and_the_words_for_unknown_are_in_it() -> None:
    svg = draw(make_chart(), "zh")
    words = "".join(re.findall(r"<text[^>]*>([^<]*)</text>", svg))
    for name, *_ in BARS:
        assert all(character in words for character in name)
    for word in ("未查到，不等于没有", "需求", "断点", "147"):
        assert word in words
    english = draw(make_chart(), "en")
    assert "main bearing" in english
    assert "not found" in english


def test_unknown_is_hatched_and_only_unknown() -> None:
    svg = draw(make_chart(), "zh")
    assert "<pattern" in svg
    assert TOKENS["hatch"] in svg
    known = json.loads(make_chart().option.zh)
    known["series"] = known["series"][:3]
    text = json.dumps(known)
    assert "<pattern" not in draw(replace(make_chart(), option=Label(text, text)), "zh")


def test_nothing_of_a_browser_is_left_in_it() -> None:
    svg = draw(make_chart(), "zh")
    assert svg.startswith("<svg")
    for word in ("<style", "CDATA", "var(--", "<script", "http://www.w3.org/1999/xhtml"):
        assert word not in svg


def test_tokens_are_those_of_the_pages() -> None:
    light = STYLES.read_text("utf-8").partition("}")[0]
    page = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", light))
    assert {name: page.get(name) for name in TOKENS} == dict(TOKENS)


def test_a_token_that_is_not_known_is_not_drawn_in_black() -> None:
    assert paint({"a": ["var(--d1)", 1, None]}) == {"a": [TOKENS["d1"], 1, None]}
    with pytest.raises(KeyError):
        paint("var(--nothing)")


def test_an_option_that_is_no_object_is_refused() -> None:
    with pytest.raises(TypeError):
        draw(replace(make_chart(), option=Label("[]", "[]")), "zh")
