"""The only writer of the answers to agreements, and of what a unit finds to be two.

An answer is the named unit's, by its right in the table; it changes nothing of what the first side
wrote.
"""

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.utils import timezone

from fenglian.web.access.rights import Right
from fenglian.web.access.wall import on_behalf_of_the_house
from fenglian.web.accounts.actor import Actor
from fenglian.web.audit.actions import Occurrence, record
from fenglian.web.contracts.actions.naming import FORM, PROFILE, SAID, agreements_of, occurrence
from fenglian.web.contracts.faults import NotTheSame, RefMissing, RefTaken
from fenglian.web.contracts.models import Apart, Naming
from fenglian.web.registry.actions import Receipt, fill_form, may_write
from fenglian.web.registry.models import PublicRow, SensitiveRow
from fenglian.web.registry.profile_words import CODE
from fenglian.web.registry.queries import units_of

APART = "contracts.apart"
OPPOSITE = {"supplier": "buyer", "buyer": "supplier"}


@transaction.atomic
def dispute(actor: Actor, slug: str) -> None:
    """Say that an agreement that names one's unit is not so.

    Raises ``ObjectDoesNotExist`` where no such agreement waits for the actor's unit.
    """
    naming = _waiting(actor, slug)
    _settle(actor, naming, Naming.State.DISPUTED)
    record(actor, [occurrence("dispute", naming)])


@transaction.atomic
def confirm(actor: Actor, slug: str, *, ref: str, amount: str = "") -> Receipt | None:
    """Confirm an agreement that names one's unit, and keep one's own side of it.

    Returns
    -------
    Receipt | None
        What became of the own side; where it was refused, nothing was confirmed. None for a
        unit whose role keeps no agreements, such as an institute: its word is the answer.

    Raises
    ------
    ObjectDoesNotExist
        Where no such agreement waits for the actor's unit.
    RefMissing, RefTaken
        Where there is no reference for the own side, or one that stands for another agreement.
    """
    naming, owner = _waiting(actor, slug), actor.owner or 0
    if not keeps_agreements(actor):
        _settle(actor, naming, Naming.State.CONFIRMED)
        record(actor, [occurrence("confirm", naming)])
        return None
    wanted = ref.strip()
    if not wanted:
        raise RefMissing
    if any(row.values.get("ref") == wanted for row in agreements_of(owner)):
        raise RefTaken(ref=wanted)
    receipt = fill_form(actor, owner, FORM, _own_side(actor, naming, wanted, amount))
    if not receipt.rejected:
        [own] = [row.slug for row in agreements_of(owner) if row.values.get("ref") == wanted]
        _tie(actor, naming, own)
    return receipt


@transaction.atomic
def confirm_as(actor: Actor, slug: str, own: str) -> None:
    """Say that an agreement that names one's unit is one that the unit has recorded itself.

    Raises
    ------
    ObjectDoesNotExist
        Where no such agreement waits for the actor's unit, or the unit has none at ``own``.
    NotTheSame
        Where the own one is with somebody else, or answers another.
    """
    naming = _waiting(actor, slug)
    with on_behalf_of_the_house():
        mine = Naming.objects.whole().filter(owner_id=actor.owner, row=own, ended_at=None).first()
        taken = Naming.objects.whole().filter(party_id=actor.owner, answer=own, ended_at=None)
        is_taken = taken.exists()
    if mine is None:
        raise ObjectDoesNotExist
    if mine.party_id not in (None, naming.owner_id) or is_taken:
        raise NotTheSame
    _tie(actor, naming, own)


@transaction.atomic
def tell_apart(actor: Actor, first: str, second: str) -> None:
    """Say that two records that may be one agreement are two.

    Raises ``ObjectDoesNotExist`` where one of them is not among those of the actor's unit.
    """
    owner = actor.owner or 0
    pair = sorted((first, second))
    own = set(SensitiveRow.objects.visible_to(actor, Right.WRITE).filter(
        owner_id=owner, form=FORM, ended_at=None, slug__in=pair
    ).values_list("slug", flat=True))  # fmt: skip
    named = Naming.objects.visible_to(actor, Right.ANSWER).filter(slug__in=pair, ended_at=None)
    known = own | set(named.values_list("slug", flat=True))
    if len(set(pair)) != 2 or known != set(pair):
        raise ObjectDoesNotExist
    rows = Apart.objects.visible_to(actor, Right.WRITE).filter(owner_id=owner)
    if rows.filter(first=pair[0], second=pair[1]).exists():
        return
    made = Apart.objects.create(
        alliance_id=actor.alliance.id,
        owner_id=owner,
        first=pair[0],
        second=pair[1],
        said_by_id=actor.user,
        said_at=timezone.now(),
    )
    told = Occurrence("tell-apart", APART, (made.slug,), owner, Apart.data_class.value)
    record(actor, [told])


def keeps_agreements(actor: Actor) -> bool:
    """Whether an actor can keep an own side of an agreement."""
    return actor.owner is not None and may_write(actor, FORM, actor.owner)


def _waiting(actor: Actor, slug: str) -> Naming:
    """Return an agreement that the actor's unit may answer; one that is confirmed is answered."""
    rows = Naming.objects.visible_to(actor, Right.ANSWER).filter(slug=slug, ended_at=None)
    found: Naming | None = rows.exclude(state=Naming.State.CONFIRMED).first()
    if found is None:
        raise ObjectDoesNotExist
    return found


def _own_side(actor: Actor, naming: Naming, ref: str, amount: str) -> dict[str, str]:
    """Return the form of the own side as a person would type it."""
    unit = units_of(actor, [naming.owner_id])[naming.owner_id]
    profiles = PublicRow.objects.visible_to(actor).filter(
        owner_id=naming.owner_id, form=PROFILE, ended_at=None
    )
    profile = profiles.first()
    code = str((profile.values.get(CODE) if profile else "") or "")
    said = {name: str(naming.said.get(name) or "") for name in SAID}
    return said | {
        "ref": ref,
        "side": OPPOSITE.get(said["side"], ""),
        "counterparty": code or unit.name,
        "amount": amount.strip(),
    }


def _tie(actor: Actor, naming: Naming, own: str) -> None:
    """Confirm on both sides: each one's agreement is the answer to the other's."""
    _settle(actor, naming, Naming.State.CONFIRMED, own)
    with on_behalf_of_the_house():
        mine = Naming.objects.whole().filter(owner_id=actor.owner, row=own, ended_at=None)
        mine.update(
            party=naming.owner_id,
            state=Naming.State.CONFIRMED,
            answer=naming.row,
            answered_by=actor.user,
            answered_at=timezone.now(),
        )
    record(actor, [occurrence("confirm", naming)])


def _settle(actor: Actor, naming: Naming, state: Naming.State, answer: str = "") -> None:
    # The row is the other's: the right to answer was asked above, and only the answer is written.
    with on_behalf_of_the_house():
        Naming.objects.whole().filter(pk=naming.pk).update(
            state=state, answer=answer, answered_by=actor.user, answered_at=timezone.now()
        )
