"""The stylesheets: an English page takes its quotation marks from a Latin face of the machine."""

import re
from pathlib import Path

import fenglian.web

TOKENS = (Path(fenglian.web.__file__).parent / "static/web/tokens.css").read_text("utf-8")


def test_english_quotation_marks_come_from_latin_faces() -> None:
    faces = re.findall(r"@font-face {(.*?)}", TOKENS, re.DOTALL)
    named = {re.findall(r'font-family: "([^"]+)"', face)[0]: face for face in faces}
    marks = dict(re.findall(r'--([\w-]*marks): "([^"]+)",;', TOKENS))
    assert marks == {"marks": "Latin marks", "serif-marks": "Latin serif marks"}
    assert ":root:lang(en) { --marks" in TOKENS
    for face in marks.values():
        assert "U+201C-201D" in named[face]
        assert "CJK" not in named[face]
    # Every stack of the screen and of print begins with them.
    stacks = re.findall(r"--(sans|serif): ([^;]+);", TOKENS)
    assert len(stacks) == 4
    for kind, stack in stacks:
        assert stack.startswith("var(--marks)" if kind == "sans" else "var(--serif-marks)")


def test_no_font_is_fetched() -> None:
    assert "url(" not in TOKENS
