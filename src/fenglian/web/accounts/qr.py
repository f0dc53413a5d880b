"""What does a QR code look like as one path of an SVG drawing?"""

from dataclasses import dataclass
from itertools import groupby

import segno

QUIET = 4  # modules of white around it, as ISO/IEC 18004 wants


@dataclass(frozen=True, slots=True)
class Square:
    """A QR code: the side of its drawing in modules, and the path of its dark ones."""

    side: int
    path: str


def draw_square(text: str) -> Square:
    """Return a text as a QR code that survives 15 % damage."""
    matrix = segno.make_qr(text, error="m").matrix
    strokes = []
    for y, row in enumerate(matrix, start=QUIET):
        x = QUIET
        for dark, run in groupby(row):
            width = len(list(run))
            if dark:
                strokes.append(f"M{x} {y}h{width}v1h-{width}z")
            x += width
    return Square(len(matrix) + 2 * QUIET, "".join(strokes))
