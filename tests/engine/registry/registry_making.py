"""Small sources for the registry's tests: statements made by hand, four provinces to split with."""

from collections.abc import Iterable
from hashlib import sha256

from fenglian.engine.intake.document import Span
from fenglian.engine.intake.places import Rows
from fenglian.engine.intake.statements import Statement
from fenglian.engine.quantities import Quantity

DIVISIONS: dict[str, Rows] = {
    "山西省": (("140000", 1980, None),),
    "太原市": (("140100", 1980, None),),
    "陕西省": (("610000", 1980, None),),
    "江苏省": (("320000", 1980, None),),
    "新疆维吾尔自治区": (("650000", 1980, None),),
    "鼓楼区": (("320106", 1980, None), ("410204", 1980, None)),
}


def make_statement(
    fact: str,
    subject: str,
    what: str,
    value: str,
    *,
    document: str = "doc-a",
    quantity: Quantity | None = None,
    **qualifiers: str,
) -> Statement:
    """Return an accepted statement as a reading would give it; its id follows from its content."""
    content = "|".join((fact, subject, what, value, document, *sorted(qualifiers.values())))
    nowhere = Span(0, 0)
    return Statement(
        id=sha256(content.encode()).hexdigest()[:16],
        fact=fact,
        subject=subject,
        property=what,
        value=value,
        quantity=quantity,
        qualifiers=tuple(qualifiers.items()),
        words=value,
        clean=nowhere,
        raw=nowhere,
        octets=nowhere,
        document=document,
        extractor="by hand",
        version="1",
        grade="B",
        standing="public",
    )


def ids(statements: Iterable[Statement]) -> set[str]:
    """Return the ids of statements."""
    return {each.id for each in statements}
