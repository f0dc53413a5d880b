"""A brief as PDF, or as pictures of its pages: Typst with the fonts that ship, and no others."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime, time
from functools import cache
from pathlib import Path
from typing import Literal

import pylopdf_fonts_zh_cn
import typst

from fenglian.engine.advice.brief import Brief
from fenglian.render.layout import UNBROKEN_ROWS
from fenglian.render.printed import print_brief

Format = Literal["pdf", "png"]

MEDIA_TYPE = "application/pdf"
_PICTURE = (
    "#set page(width: auto, height: auto, margin: 0pt)\n"
    '#image(bytes(sys.inputs.svg), format: "svg", width: eval(sys.inputs.width))'
)


def write_pdf(brief: Brief, language: str) -> bytes:
    """Return the brief as a tagged PDF; the same brief gives the same bytes."""
    return _typeset(brief, language, "pdf", 0.0)[0]


def draw_pages(brief: Brief, language: str, *, ppi: float = 110.0) -> tuple[bytes, ...]:
    """Return every page of the brief as PNG."""
    return _typeset(brief, language, "png", ppi)


def draw_picture(svg: str, *, width_mm: float, ppi: float) -> bytes:
    """Return an SVG drawing as PNG of the given width."""
    inputs = {"svg": svg, "width": f"{width_mm}mm"}
    return _compile(_PICTURE.encode(), inputs, "png", ppi, None)[0]


def compile_pdf(layout: bytes, inputs: Mapping[str, str], moment: datetime) -> bytes:
    """Return the PDF of another layout; what it says is in the inputs, as data."""
    return _compile(layout, inputs, "pdf", 0.0, moment)[0]


def _typeset(brief: Brief, language: str, kind: Format, ppi: float) -> tuple[bytes, ...]:
    printed = print_brief(brief, language)
    # The text travels as data, never as markup: no word of a brief can be a command.
    inputs = {
        "brief": json.dumps(asdict(printed), ensure_ascii=False),
        "unbroken_rows": str(UNBROKEN_ROWS),
    }
    layout = (Path(__file__).parent / "brief.typ").read_bytes()
    moment = datetime.combine(brief.date, time(), UTC)
    return _compile(layout, inputs, kind, ppi, moment)


def _compile(
    layout: bytes,
    inputs: Mapping[str, str],
    kind: Format,
    ppi: float,
    moment: datetime | None,
) -> tuple[bytes, ...]:
    compiler = typst.Compiler(input=layout, font_paths=fonts(), sys_inputs=dict(inputs))
    made = compiler.compile(format=kind, ppi=ppi or None, timestamp=moment)
    pages = made if isinstance(made, list) else [made]
    return tuple(page for page in pages if page is not None)


@cache
def fonts() -> typst.Fonts:
    """Return the two Chinese fonts that ship, system fonts and Typst's own switched off."""
    folder = Path(pylopdf_fonts_zh_cn.sans_path()).parent
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder]
    )
