"""What do the alliance's endpoints share? Words as they are sent in, and lines as they go out."""

from datetime import datetime
from typing import Annotated, Any

from django.utils import timezone
from ninja import Schema
from pydantic import AfterValidator, Field

# As the forms of the pages have it: a NUL is no word, and no database keeps one.
_PLAIN = r"^[^\x00]*$"
Slug = Annotated[str, Field(pattern=r"^([0-9a-f]{16})?$")]
Title = Annotated[str, Field(max_length=120, pattern=_PLAIN)]
Grounds = Annotated[str, Field(max_length=400, pattern=_PLAIN)]
Text = Annotated[str, Field(max_length=1000, pattern=_PLAIN)]
Essay = Annotated[str, Field(max_length=2000, pattern=_PLAIN)]
Long = Annotated[str, Field(max_length=100_000, pattern=_PLAIN)]


def _here(moment: datetime) -> datetime:
    return moment if moment.tzinfo else timezone.make_aware(moment)


Moment = Annotated[
    datetime, AfterValidator(_here)
]  # without a zone: as the clock on the wall has it


def fields_of(line: Any, shape: type[Schema]) -> dict[str, Any]:
    """Return what a shape takes of a line; its slug is its id."""
    names = (name for name in shape.model_fields if name != "id" and hasattr(line, name))
    return {"id": line.slug, **{name: getattr(line, name) for name in names}}
