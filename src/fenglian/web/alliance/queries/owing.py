"""Which member owes a fee, or a yearly check? For the secretariat; each look at fees is logged."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from fenglian.engine.alliance.membership import fees_due
from fenglian.web.access.reading import look_at
from fenglian.web.access.table import Act, require
from fenglian.web.accounts.actor import Actor
from fenglian.web.alliance.models import Fee
from fenglian.web.alliance.queries.charters import rules_on
from fenglian.web.alliance.queries.members import MemberLine, list_members


@dataclass(frozen=True, slots=True)
class OwingLine:
    """A member of whom something is outstanding."""

    line: MemberLine
    yuan: int | None  # a year, by the charter in force; None: it does not say
    fees: tuple[date, ...]  # days on which fees fell due that are not noted as paid
    late: bool  # the certificate has run out

    @property
    def total(self) -> int | None:
        """Yuan owed in all; None: the charter asks for none, or does not say."""
        return self.yuan * len(self.fees) if self.yuan and self.fees else None


def list_owing(actor: Actor) -> list[OwingLine]:
    """Return the members that owe a fee, have no certificate, or whose certificate ends before long.

    A fee is owed from each anniversary of the day of admission where the charter in force asks one
    of the tier; where it does not say, none is owed.
    """
    require(actor, Act.KEEP_MEMBERS)
    today, members = timezone.localdate(), list_members(actor)
    asked: dict[str, int] = {str(k): v for k, v in rules_on(actor.alliance.id).numbers.fees.items()}
    paid: dict[str, dict[date, date]] = defaultdict(dict)
    for row in look_at(actor, Fee.objects.visible_to(actor).select_related("owner")):
        paid[row.owner.slug][row.due_on] = row.paid_on
    found = []
    for line in members:
        yuan = asked.get(line.tier)
        since = line.member_since if yuan else None
        due = fees_due(since, yuan or 0, paid[line.slug], on=today) if since else ()
        fees = tuple(each.due_on for each in due if each.paid_on is None)
        if fees or line.ends_soon or not line.certificate:
            late = line.valid_until is not None and line.valid_until < today
            found.append(OwingLine(line, yuan, fees, late))
    return sorted(found, key=lambda each: (not each.fees, each.fees[:1], each.line.name))
