"""Who signed with whom, how many of them are named, and for how much together?"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal

from fenglian.engine.intake.statements import Statement
from fenglian.engine.quantities import Quantity
from fenglian.engine.registry.gathering import Who
from fenglian.engine.registry.names import normal_form
from fenglian.engine.registry.organisations import collect
from fenglian.engine.registry.records import Placeholder, Signing, Stated

_MOST_PLACEHOLDERS = 60


def build_signings(statements: Sequence[Statement], who: Who) -> tuple[Signing, ...]:
    """Return the signings: one a signer and day; of an undated one each document has its own."""
    groups: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    for each in statements:
        if each.fact == "signing" or (each.fact, each.property) == ("amount", "signed_total"):
            signer = who.key(each.document, each.subject) or normal_form(each.subject)
            day = each.qualifier("date") or f"@{each.document[:16]}"
            groups[signer, day].append(each)
    return tuple(
        _signing(f"{signer}/{day}", group, who) for (signer, day), group in sorted(groups.items())
    )


def _signing(key: str, group: list[Statement], who: Who) -> Signing:
    first = group[0]
    partners = collect(
        (partner, each.id)
        for each in group
        if each.property == "partner" and (partner := who.key(each.document, each.value))
    )
    counts = _quantities(group, "partners")
    return Signing(
        key=key,
        signer=who.key(first.document, first.subject),
        signer_name=first.subject,
        day=first.qualifier("date"),
        partners=partners,
        partner_count=counts[0] if counts else None,
        placeholders=_placeholders(group, counts, len(partners)),
        totals=_quantities(group, "signed_total"),
        evidence=tuple(each.id for each in group),
    )


def _placeholders(
    group: Iterable[Statement], counts: tuple[Stated[Quantity], ...], named: int
) -> tuple[Placeholder, ...]:
    """Return one a party that is counted and not named; a later source may name some of them.

    A party that the source names counts as named, also while its own statement waits.
    """
    stated = tuple(each for each in group if each.property == "unnamed_partner")
    counted = [each for each in group if each.property == "partners" and each.quantity]
    if counts and counts[0].value.bound == "eq":
        known = max([named, *(int(each.qualifier("named") or 0) for each in counted)])
        left = counts[0].value.figure - known
    else:
        left = Decimal(len(stated))
    if not 0 < left <= _MOST_PLACEHOLDERS:
        return ()
    evidence = tuple(
        dict.fromkeys((*(n for c in counts[:1] for n in c.evidence), *(e.id for e in stated)))
    )
    return tuple(Placeholder(number, int(left), evidence) for number in range(1, int(left) + 1))


def _quantities(group: Iterable[Statement], name: str) -> tuple[Stated[Quantity], ...]:
    return collect(
        (each.quantity, each.id) for each in group if each.property == name and each.quantity
    )
