"""The kinds of facts that a reading looks for, in the order they are shown."""

from fenglian.engine.intake.fact_type import FactType
from fenglian.engine.intake.facts import (
    amount,
    attendance,
    chain_relation,
    count,
    date,
    event,
    organisation,
    person_post,
    physical_quantity,
    place,
    policy_tag,
    publication,
    quotation,
    role,
    signing,
    target,
)

CATALOGUE: tuple[FactType, ...] = (
    publication.FACT,
    event.FACT,
    attendance.FACT,
    role.FACT,
    signing.FACT,
    amount.FACT,
    person_post.FACT,
    quotation.FACT,
    chain_relation.FACT,
    target.FACT,
    policy_tag.FACT,
    organisation.FACT,
    place.FACT,
    date.FACT,
    count.FACT,
    physical_quantity.FACT,
)
