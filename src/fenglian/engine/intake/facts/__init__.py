"""The kinds of facts that a reading looks for, in the order they are shown."""

from fenglian.engine.intake.fact_type import FactType
from fenglian.engine.intake.facts import (
    attendance,
    count,
    organisation,
    person_post,
    place,
    publication,
)

CATALOGUE: tuple[FactType, ...] = (
    publication.FACT,
    attendance.FACT,
    organisation.FACT,
    person_post.FACT,
    place.FACT,
    count.FACT,
)
