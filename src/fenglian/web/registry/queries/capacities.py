"""What do units say of their own capacity, as far as the one who asks may use it? Each look is logged."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from fenglian.engine.disclosure.classes import DataClass
from fenglian.engine.registry.profile import Value
from fenglian.engine.registry.tables import TableDescription
from fenglian.web.access.reading import look_at
from fenglian.web.access.rights import ever
from fenglian.web.accounts.actor import Actor
from fenglian.web.accounts.models import Owner
from fenglian.web.registry import records
from fenglian.web.registry.models import ConfidentialRow, Organisation, OwnedRow, SensitiveRow
from fenglian.web.registry.profile_tables import profile_tables, unpack

FORMS: Mapping[str, type[OwnedRow]] = {
    "capacities": SensitiveRow,
    "capacity_plans": ConfidentialRow,
}


@dataclass(frozen=True, slots=True)
class Unit:
    """Who states: the unit, and the organisation that the registry knows it to be."""

    slug: str
    name: str
    key: str  # of the organisation; of its own where the registry knows none
    kind: str
    province: str  # GB/T 2260; empty: not known
    evidence: tuple[str, ...]  # of the organisation: rows of packs among them


@dataclass(frozen=True, slots=True)
class CapacityRow:
    """A row of a unit about its capacity or plans."""

    unit: Unit
    form: str
    slug: str
    product: str
    values: Mapping[str, Value]
    data_class: DataClass


def list_capacities(actor: Actor) -> list[CapacityRow]:
    """Return what units say of their capacities and plans: the actor's own and what is open to it.

    Of every unit whose rows come, an entry in the log says who used them and by which right.
    """
    found = [
        (form, row)
        for form, model in FORMS.items()
        if ever(actor.role, model.data_class)
        for row in look_at(actor, model.objects.visible_to(actor).filter(form=form, ended_at=None))
    ]
    units = units_of(actor, {row.owner_id for _, row in found})
    return [_row(form, row, units[row.owner_id]) for form, row in found]


def _row(form: str, row: OwnedRow, unit: Unit) -> CapacityRow:
    return CapacityRow(
        unit=unit,
        form=form,
        slug=row.slug,
        product=row.product,
        values=dict(_values(profile_tables()[form], row)),
        data_class=row.data_class,
    )


def _values(table: TableDescription, row: OwnedRow) -> Iterator[tuple[str, Value]]:
    for column in table.columns:
        yield column.name, unpack(column, row.values.get(column.name))


def units_of(actor: Actor, owners: Iterable[int]) -> dict[int, Unit]:
    """Return units by their numbers: their names and what the registry knows of them."""
    numbers = set(owners)
    if not numbers:
        return {}
    rows = Organisation.objects.filter(alliance_id=actor.alliance.id, owner_id__in=numbers)
    known = {row.owner_id: row for row in rows}
    return {
        owner.pk: _unit(owner, known.get(owner.pk))
        for owner in Owner.objects.filter(pk__in=numbers)
    }


def _unit(owner: Owner, known: Organisation | None) -> Unit:
    if known is None:
        return Unit(owner.slug, owner.name, f"units/{owner.slug}", "firm", "", ())
    evidence = records.ORGANISATION.unpack(known.record).evidence
    kind, province = known.kind or "firm", known.province
    return Unit(owner.slug, owner.name, known.key, kind, province, evidence)
