"""How does a row of the table of statements become the engine's value?"""

from typing import Any

from fenglian.engine.intake.document import Span
from fenglian.engine.intake.statements import Statement
from fenglian.web.intake import records


def statement_of(row: Any, sha256: str) -> Statement:
    """Return a row, also one of a migration, as the engine's statement of a document."""
    return Statement(
        id=row.identifier,
        fact=row.fact,
        subject=row.subject,
        property=row.property,
        value=row.value,
        quantity=records.QUANTITY.unpack(row.quantity),
        qualifiers=records.QUALIFIERS.unpack(row.qualifiers),
        words=row.words,
        clean=Span(row.clean_start, row.clean_end),
        raw=Span(row.raw_start, row.raw_end),
        octets=Span(row.octets_start, row.octets_end),
        document=sha256,
        extractor=row.extractor,
        version=row.version,
        grade=row.grade,
        standing=row.standing,
    )
