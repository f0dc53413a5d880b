"""What did a file hold that is no text itself? The text taken out of it, and where each line stood.

Taking it out needs parsers of foreign bytes, which have no place in the engine: ``outside`` runs
them and hands over a value of this shape.
"""

from dataclasses import dataclass

from fenglian.engine.intake.boilerplate import ASIDE
from fenglian.engine.intake.document import Part


@dataclass(frozen=True, slots=True)
class Extract:
    """The text of a PDF, a Word document or a web page, before any repair."""

    form: str  # of ``document.FORMS``
    text: str  # one line a paragraph, in the order of reading; what is not the article comes last
    parts: tuple[Part, ...]  # one a line, or a line over the end of a page several
    unread: tuple[int, ...] = ()  # pages that hold no text

    @property
    def article_end(self) -> int:
        """Where in the text that begins which the markup tells from the article."""
        end = len(self.text)
        for part in reversed(self.parts):
            if part.aside not in ASIDE:
                break
            end = part.start
        return end
