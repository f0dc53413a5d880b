"""The only writer of who is named in whose agreement, and of the answers.

The agreements are written by the registry; what of one the other party may know follows here, in
the same transaction. An answer is the named unit's, by its right in the table; it changes nothing
of what the first side wrote.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.utils import timezone

from fenglian.web.access.rights import Right
from fenglian.web.access.wall import on_behalf_of_the_house
from fenglian.web.accounts.actor import Actor
from fenglian.web.audit.actions import Occurrence, record
from fenglian.web.contracts.faults import NotTheSame, RefMissing, RefTaken
from fenglian.web.contracts.models import Apart, Naming
from fenglian.web.registry.actions import Receipt, fill_form, may_write
from fenglian.web.registry.models import PublicRow, SensitiveRow
from fenglian.web.registry.profile_words import CODE, all_as_compared, as_compared
from fenglian.web.registry.queries import find_meant, units_of

FORM, PROFILE = "contracts", "profile"
NAMING, APART = "contracts.naming", "contracts.apart"
SAID = ("kind", "side", "product", "number", "signed_on", "ceremony_on")  # columns, all of S2
CALLED = ("name_zh", "name_en", "short_names", "former_names")
OPPOSITE = {"supplier": "buyer", "buyer": "supplier"}


def hear(actor: Actor, owner: int, form: str, **_signal: Any) -> None:
    """Let the units that are named know of agreements that were kept, changed or ended."""
    if form not in (FORM, PROFILE):
        return
    with on_behalf_of_the_house():
        if form == FORM:
            _name_anew(actor, owner)
        else:
            _find_party(actor, owner)


# Who is named.


def _name_anew(actor: Actor, owner: int) -> None:
    rows = {row.slug: row for row in _agreements(owner)}
    kept = {each.row: each for each in Naming.objects.whole().filter(owner=owner, ended_at=None)}
    over = [each for each in kept.values() if not _stands(each, rows.get(each.row))]
    gone = {each.row for each in over}
    now = timezone.now()
    Naming.objects.whole().filter(pk__in=[each.pk for each in over]).update(ended_at=now)
    _reopen(owner, gone)
    made = [
        _naming(actor, row) for row in rows.values() if row.slug not in kept or row.slug in gone
    ]
    Naming.objects.bulk_create(made, batch_size=500)
    told = [each for each in made if each.party_id is not None]
    record(actor, [_occurrence("name", each) for each in told])


def _agreements(owner: int) -> Iterable[SensitiveRow]:
    rows: Iterable[SensitiveRow] = SensitiveRow.objects.whole().filter(
        owner_id=owner, form=FORM, ended_at=None
    )
    return rows


def _said(row: SensitiveRow) -> dict[str, Any]:
    return {name: row.values.get(name) for name in SAID}


def _counterparty(row: SensitiveRow) -> str:
    return str(row.values.get("counterparty") or "")


def _stands(naming: Naming, row: SensitiveRow | None) -> bool:
    """Tell whether a naming still says what the agreement says."""
    return (
        row is not None
        and naming.said == _said(row)
        and naming.words == as_compared(_counterparty(row))
    )


def _reopen(owner: int, rows: Iterable[str]) -> None:
    """Have what was confirmed by agreements that are no more wait again."""
    answered = Naming.objects.whole().filter(party_id=owner, answer__in=tuple(rows), ended_at=None)
    answered.update(state=Naming.State.WAITS, answer="", answered_by=None, answered_at=None)


def _naming(actor: Actor, row: SensitiveRow) -> Naming:
    words = _counterparty(row)
    meant = find_meant(actor, words)
    party = meant.owner if meant else None
    return Naming(
        alliance_id=row.alliance_id,
        owner_id=row.owner_id,
        row=row.slug,
        party_id=None if party == row.owner_id else party,
        words=as_compared(words),
        said=_said(row),
        named_at=timezone.now(),
    )


def _find_party(actor: Actor, owner: int) -> None:
    """Let a unit that said who it is know of agreements that named it before that."""
    rows = PublicRow.objects.whole().filter(owner_id=owner, form=PROFILE, ended_at=None)
    words = [word for row in rows for word in _called(row.values)]
    waiting = Naming.objects.whole().filter(
        alliance_id=actor.alliance.id, party=None, ended_at=None, words__in=all_as_compared(words)
    )
    found = [
        each
        for each in waiting.exclude(owner_id=owner)
        if (meant := find_meant(actor, each.words)) and meant.owner == owner
    ]
    Naming.objects.whole().filter(pk__in=[each.pk for each in found]).update(party=owner)
    record(actor, [_occurrence("name", each) for each in found])


def _called(values: Mapping[str, Any]) -> Iterable[str]:
    yield str(values.get(CODE) or "")
    for column in CALLED:
        said = values.get(column) or ()
        yield from (said,) if isinstance(said, str) else said


# What is answered.


@transaction.atomic
def dispute(actor: Actor, slug: str) -> None:
    """Say that an agreement that names one's unit is not so.

    Raises ``ObjectDoesNotExist`` where no such agreement waits for the actor's unit.
    """
    naming = _waiting(actor, slug)
    _settle(actor, naming, Naming.State.DISPUTED)
    record(actor, [_occurrence("dispute", naming)])


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
        record(actor, [_occurrence("confirm", naming)])
        return None
    wanted = ref.strip()
    if not wanted:
        raise RefMissing
    if any(row.values.get("ref") == wanted for row in _agreements(owner)):
        raise RefTaken(ref=wanted)
    receipt = fill_form(actor, owner, FORM, _own_side(actor, naming, wanted, amount))
    if not receipt.rejected:
        [own] = [row.slug for row in _agreements(owner) if row.values.get("ref") == wanted]
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
    record(actor, [_occurrence("confirm", naming)])


def _settle(actor: Actor, naming: Naming, state: Naming.State, answer: str = "") -> None:
    # The row is the other's: the right to answer was asked above, and only the answer is written.
    with on_behalf_of_the_house():
        Naming.objects.whole().filter(pk=naming.pk).update(
            state=state, answer=answer, answered_by=actor.user, answered_at=timezone.now()
        )


def _occurrence(act: str, naming: Naming) -> Occurrence:
    return Occurrence(
        act=act,
        table=NAMING,
        rows=(naming.slug,),
        owner=naming.owner_id,
        data_class=Naming.data_class.value,
    )
