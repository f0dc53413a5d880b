"""Which mark leads from a shown fact to the characters, or the pack's row, that it rests on?"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fenglian.web.accounts.actor import Actor
from fenglian.web.intake.queries import Provenance, find_provenance
from fenglian.web.intake.wording import fact_label, property_label
from fenglian.web.registry.listings import grade_of

SELF = "profile"  # evidence that is the unit's own word
NOBODY = "0" * 16  # in place of a unit's address


@dataclass(frozen=True, slots=True)
class Mark:
    """A source mark: one click from the fact to its words."""

    address: str
    label: str  # grade and number of the document: B1
    title: str  # the words, and where they stand
    synthetic: bool
    more: int = 0  # further statements that say the same
    what: str = ""  # kind of fact and property, or the pack's table
    words: str = ""  # the words themselves, or the row
    where: str = ""  # title of the document, or the pack


class Marker:
    """Makes the marks of one page; all statements are looked up at once."""

    def __init__(self, actor: Actor, evidence: Iterable[str]) -> None:
        self._synthetic = actor.alliance.synthetic
        self._found = find_provenance(actor, (each for each in evidence if "/" not in each))

    def mark(self, evidence: Iterable[str]) -> Mark | None:
        """Return the mark of a fact; None where nothing of its evidence can be shown."""
        marks = self.marks(evidence)
        if not marks:
            return None
        first, more = marks[0], len(marks) - 1
        if not more:
            return first
        also = ngettext("and %(count)s more statement", "and %(count)s more statements", more)
        return replace(first, title=f"{first.title}; {also % {'count': more}}", more=more)

    def marks(self, evidence: Iterable[str]) -> list[Mark]:
        """Return one mark a statement or row, documents before packs."""
        numbers = list(dict.fromkeys(evidence))
        said = [self._found[each] for each in numbers if each in self._found]
        rows = [each for each in numbers if "/" in each]
        return [*map(self._of_statement, said), *map(self._of_row, rows)]

    def words(self, identifier: str) -> Provenance | None:
        """Return where one statement stands."""
        return self._found.get(identifier)

    def _of_statement(self, found: Provenance) -> Mark:
        reading = reverse("intake:reading", args=[found.document])
        return Mark(
            address=f"{reading}?statement={found.identifier}#s-{found.identifier}",
            label=f"{found.grade}{found.number}",
            title=_("“%(words)s”, %(title)s, grade %(grade)s")
            % {"words": found.words, "title": found.title, "grade": found.grade},
            synthetic=self._synthetic,
            what=f"{fact_label(found.fact)} {property_label(found.fact, found.property)}",
            words=f"“{found.words}”",
            where=found.title,
        )

    def _of_unit(self, slug: str) -> Mark:
        one = self._any_unit
        address = f"{one.address}{slug}/"
        return Mark(address, one.label, one.title, one.synthetic, 0, one.what, one.words, one.where)

    @cached_property
    def _any_unit(self) -> Mark:
        """The mark of a unit's own words, but for the unit: a page of the list has fifty."""
        return Mark(
            address=reverse("registry:unit", args=[NOBODY]).removesuffix(f"{NOBODY}/"),
            label=_("demo") if self._synthetic else _("own"),
            title=_("stated by the unit itself"),
            synthetic=self._synthetic,
            what=_("stated by the unit itself"),
            words=_("profile"),
            where=_("registry"),
        )

    def _of_row(self, identifier: str) -> Mark:
        pack, table, key = identifier.split("/", 2)
        if pack == SELF:
            return self._of_unit(key)
        grade = grade_of(pack, table, key)
        label = _("demo") if self._synthetic else _("%(grade)s pack") % {"grade": grade}
        return Mark(
            address=reverse("registry:row", args=[pack, table, key]),
            label=label,
            title=_("Region pack %(pack)s, table %(table)s, row %(key)s, grade %(grade)s")
            % {"pack": pack, "table": table, "key": key, "grade": grade},
            synthetic=self._synthetic,
            what=_("region pack"),
            words=f"{table}.csv, {key}",
            where=pack,
        )
