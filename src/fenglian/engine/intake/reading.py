"""What did one document say? Bytes in, a reading out.

The stages of a reading, each a pure function of what came before: decode → repair → analyse
the page (furniture, header) → extract the facts → attach the provenance.
"""

from collections.abc import Callable
from dataclasses import dataclass

from fenglian.engine.intake.document import Document
from fenglian.engine.intake.page import Page
from fenglian.engine.intake.statements import Statement
from fenglian.engine.labels import Label

Progress = Callable[[Label, int, int], None]  # stage, stages done, stages in all


@dataclass(frozen=True, slots=True)
class Reading:
    """A document with everything found in it."""

    document: Document
    page: Page  # furniture marks and the publication header
    statements: tuple[Statement, ...]  # by place in the clean text
