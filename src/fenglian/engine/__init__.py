"""The engine: plain values in, plain values out; it computes and forgets."""

from fenglian.engine.errors import DocumentError, FenglianError, QuantityError
from fenglian.engine.intake.damage.clone_site import Damaged, Gloss, damage
from fenglian.engine.intake.document import Document, Edit, Span
from fenglian.engine.intake.reading import Reading, read_document
from fenglian.engine.intake.repairs import Repaired
from fenglian.engine.intake.statements import Finding, Statement
from fenglian.engine.intake.summary import sample_form
from fenglian.engine.labels import Label
from fenglian.engine.quantities import Quantity

__all__ = [
    "Damaged",
    "Document",
    "DocumentError",
    "Edit",
    "FenglianError",
    "Finding",
    "Gloss",
    "Label",
    "Quantity",
    "QuantityError",
    "Reading",
    "Repaired",
    "Span",
    "Statement",
    "damage",
    "read_document",
    "sample_form",
]
