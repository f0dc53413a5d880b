"""How do needs read? What is wanted, how far it fits, what stands against it, and what came of it."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fenglian.engine.contracts.needs import CHECKS, Check, Verdict
from fenglian.engine.intake.wording import ShownQuantity
from fenglian.engine.quantities import Quantity
from fenglian.web.contracts.presentation import Words, state_words
from fenglian.web.contracts.queries import Chance, Market, Wish
from fenglian.web.contracts.wording import in_a_row
from fenglian.web.intake.wording import say, show_quantity


@dataclass(frozen=True, slots=True)
class ShownWish:
    """A need."""

    slug: str
    ref: str
    unit: str
    unit_address: str
    product: str
    quantity: ShownQuantity | None
    needed_by: date | None
    certificates: str
    correct: str  # address of its form; empty: another's


@dataclass(frozen=True, slots=True)
class ShownCheck:
    """One thing that was compared."""

    name: str
    holds: bool | None
    lacking: str


@dataclass(frozen=True, slots=True)
class ShownChance:
    """A need that the reader's unit could supply."""

    wish: ShownWish
    model: str
    verdict: Verdict
    checks: tuple[ShownCheck, ...]
    offered: bool
    offer_state: str  # what the buyer said of the offer
    taken: bool
    ordered: bool
    address: str  # of the order, else of the offer


def show_wish(wish: Wish, words: Words) -> ShownWish:
    """Return a need in words."""
    row, quantity = wish.row, wish.row.values.get("quantity")
    return ShownWish(
        slug=row.slug,
        ref=wish.ref,
        unit=row.unit.name,
        unit_address=reverse("registry:unit", args=[row.unit.slug]),
        product=words.product(wish.need.product),
        quantity=show_quantity(quantity, "") if isinstance(quantity, Quantity) else None,
        needed_by=wish.need.needed_by,
        certificates=in_a_row(wish.need.certificates),
        correct=reverse("registry:edit-row", args=[row.unit.slug, row.form, row.slug])
        if row.own
        else "",
    )


def show_chance(chance: Chance, words: Words) -> ShownChance:
    """Return a need that one's unit could supply in words."""
    last = chance.order or chance.offer
    return ShownChance(
        wish=show_wish(chance.wish, words),
        model=chance.fit.offered.model,
        verdict=chance.fit.verdict,
        checks=tuple(_check(each) for each in chance.fit.checks),
        offered=chance.offer is not None,
        offer_state=state_words(chance.offer.state) if chance.offer else "",
        taken=chance.offer is not None and chance.offer.state == "confirmed",
        ordered=chance.order is not None,
        address=reverse("contracts:agreement", args=[last.row.slug]) if last else "",
    )


def _check(check: Check) -> ShownCheck:
    return ShownCheck(say(CHECKS[check.name]), check.holds, in_a_row(check.words))


def sum_up(market: Market) -> tuple[str, ...]:
    """Return how many needs fit, how many fail by what, and of how many it is not known."""
    verdicts = [each.fit.verdict for each in market.chances]
    fitting, open_ = (verdicts.count(each) for each in (Verdict.FITS, Verdict.OPEN))
    said = [
        ngettext("%(count)s need fits you", "%(count)s needs fit you", fitting) % {"count": fitting}
    ]
    for name, label in CHECKS.items():
        failing = sum(name in each.fit.failing for each in market.chances)
        if failing:
            words = ngettext("%(count)s fails by %(what)s", "%(count)s fail by %(what)s", failing)
            said.append(words % {"count": failing, "what": say(label)})
    if open_:
        said.append(_("%(count)s cannot be told yet") % {"count": open_})
    return tuple(said)
