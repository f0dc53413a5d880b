"""The only writer of who is named in whose agreement.

The agreements are written by the registry; what of one the other party may know follows here, in
the same transaction.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils import timezone

from fenglian.engine.contracts.doubles import plain_number
from fenglian.web.access.wall import on_behalf_of_the_house
from fenglian.web.accounts.actor import Actor
from fenglian.web.audit.actions import Occurrence, record
from fenglian.web.contracts.models import Naming
from fenglian.web.registry.models import PublicRow, SensitiveRow
from fenglian.web.registry.profile_words import CODE, all_as_compared, as_compared
from fenglian.web.registry.queries import find_meant

FORM, PROFILE = "contracts", "profile"
NAMING = "contracts.naming"
SAID = ("kind", "side", "product", "number", "signed_on", "ceremony_on")  # columns, all of S2
CALLED = ("name_zh", "name_en", "short_names", "former_names")


def hear(actor: Actor, owner: int, form: str, **_signal: Any) -> None:
    """Let the units that are named know of agreements that were kept, changed or ended."""
    if form not in (FORM, PROFILE):
        return
    with on_behalf_of_the_house():
        if form == FORM:
            _name_anew(actor, owner)
        else:
            _find_party(actor, owner)


def _name_anew(actor: Actor, owner: int) -> None:
    rows = {row.slug: row for row in agreements_of(owner)}
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
    record(actor, [occurrence("name", each) for each in told])
    _match(told)


def agreements_of(owner: int) -> Iterable[SensitiveRow]:
    """Return the agreements of a unit that stand, without their amounts; for actions alone."""
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
    for each in found:
        each.party_id = owner
    Naming.objects.whole().filter(pk__in=[each.pk for each in found]).update(party=owner)
    record(actor, [occurrence("name", each) for each in found])
    _match(found)


def _match(named: Iterable[Naming]) -> None:
    """Let agreements that both parties recorded under one number confirm each other."""
    for each in named:
        number = plain_number(each.said.get("number"))
        others = Naming.objects.whole().filter(
            owner_id=each.party_id, party_id=each.owner_id, ended_at=None, answer=""
        )
        same = [
            other
            for other in others
            if number
            and plain_number(other.said.get("number")) == number
            and other.said.get("side") != each.said.get("side")
        ]
        if len(same) == 1:
            settled = {"state": Naming.State.CONFIRMED, "answered_at": timezone.now()}
            rows = Naming.objects.whole()
            rows.filter(slug=each.slug).update(answer=same[0].row, **settled)
            rows.filter(slug=same[0].slug).update(answer=each.row, **settled)


def _called(values: Mapping[str, Any]) -> Iterable[str]:
    yield str(values.get(CODE) or "")
    for column in CALLED:
        said = values.get(column) or ()
        yield from (said,) if isinstance(said, str) else said


def occurrence(act: str, naming: Naming) -> Occurrence:
    """Return the entry of what happened to an agreement that names a unit."""
    return Occurrence(
        act=act,
        table=NAMING,
        rows=(naming.slug,),
        owner=naming.owner_id,
        data_class=Naming.data_class.value,
    )
