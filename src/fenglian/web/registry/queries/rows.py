"""Which rows of some forms may the one who asks use, of whichever unit? Each look is logged."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from fenglian.engine.disclosure.classes import DataClass
from fenglian.engine.registry.profile import Value
from fenglian.web.access.reading import look_at_all
from fenglian.web.access.rights import ever
from fenglian.web.accounts.actor import Actor
from fenglian.web.registry.models import OWNED, OwnedRow
from fenglian.web.registry.profile_tables import form_classes, profile_tables, unpack
from fenglian.web.registry.queries.capacities import Unit, units_of


@dataclass(frozen=True, slots=True)
class FormRow:
    """A row of a unit with the columns that the reader may use."""

    unit: Unit
    own: bool  # of the reader's unit
    form: str
    slug: str
    values: Mapping[str, Value]  # only of the parts that are open; a column may be missing
    classes: tuple[DataClass, ...]  # of those parts


def list_rows(actor: Actor, forms: Collection[str]) -> list[FormRow]:
    """Return the rows on record of some forms: the actor's own and what is open to it.

    Of every unit whose rows come, an entry in the log says who used them and by which right.
    """
    classes = {each for form in forms for each in form_classes(form).every}
    models = [each for each in OWNED if each.data_class in classes]
    asked = [
        model.objects.visible_to(actor).filter(form__in=tuple(forms), ended_at=None)
        for model in models
        if ever(actor.role, model.data_class)
    ]
    parts: dict[tuple[str, str], list[OwnedRow]] = {}
    for rows in look_at_all(actor, asked):
        for row in rows:
            parts.setdefault((row.form, row.slug), []).append(row)
    units = units_of(actor, {found[0].owner_id for found in parts.values()})
    # A part without the row itself says nothing: who may not know that it is there gets none.
    return [
        _row(actor, units[found[0].owner_id], found)
        for (form, _slug), found in parts.items()
        if form_classes(form).row in {each.data_class for each in found}
    ]


def _row(actor: Actor, unit: Unit, parts: list[OwnedRow]) -> FormRow:
    first = parts[0]
    stored = {name: value for part in parts for name, value in part.values.items()}
    return FormRow(
        unit=unit,
        own=first.owner_id == actor.owner,
        form=first.form,
        slug=first.slug,
        values={
            column.name: unpack(column, stored[column.name])
            for column in profile_tables()[first.form].columns
            if column.name in stored
        },
        classes=tuple(part.data_class for part in parts),
    )
