"""How does a unit's own data read? Cells in words, with class, age and what is still unknown."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.utils.translation import gettext as _

from fenglian.engine.disclosure.classes import DataClass, declared_class
from fenglian.engine.errors import CodeError, SheetFault
from fenglian.engine.intake.sheets import place_of
from fenglian.engine.labels import Label
from fenglian.engine.registry.cells import write_cell
from fenglian.engine.registry.codes import check_uscc
from fenglian.engine.registry.completeness import Meter, completeness
from fenglian.engine.registry.profile import Value, make_record, row_of
from fenglian.engine.registry.sheets import RowOutcome
from fenglian.engine.registry.tables import Column, TableDescription
from fenglian.web.intake.wording import language, say
from fenglian.web.registry.profile_tables import known_names, profile_tables
from fenglian.web.registry.queries import FormView, ProfileView, RowView, Suggestion

PROFILE, CODE = "profile", "uscc"  # the code stands in the profile, and is not asked again
TYPED_ROW = 2  # of what a person typed, below the headings


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row of a form in words."""

    slug: str
    cells: tuple[str, ...]  # by column shown; empty: not known
    pairs: tuple[tuple[str, str, str], ...]  # wording, class and cell of each column
    way: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class ShownForm:
    """A form in words."""

    name: str
    title: str
    about: str
    headings: tuple[tuple[str, str], ...]  # wording, class
    rows: tuple[ShownRow, ...]
    writable: bool
    proposable: bool
    hidden: tuple[tuple[str, str], ...]  # class, in words: not shown to this visitor
    single: bool  # one row at most


@dataclass(frozen=True, slots=True)
class _Words:
    """What of a form is the same whoever filled it in."""

    title: str
    about: str
    columns: tuple[Column, ...]  # shown
    headings: tuple[tuple[str, str], ...]
    hidden: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ShownUnit:
    """A unit's data in words."""

    slug: str
    name: str
    own: bool
    forms: tuple[ShownForm, ...]
    data_class: DataClass
    class_name: str
    known: int
    asked: int
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShownProposal:
    """What another suggests, held against what stands."""

    slug: str
    title: str
    changes: tuple[tuple[str, str, str], ...]  # wording, as it stands, as proposed


@dataclass(frozen=True, slots=True)
class Input:
    """One field of the form in which a row is typed."""

    name: str
    label: str
    hint: str
    value: str
    required: bool
    choices: tuple[tuple[str, str], ...]
    data_class: str
    fault: str


def show_profile(view: ProfileView, pack: str) -> ShownUnit:
    """Return a unit's data in words."""
    meter = _meter(view, known_names(pack).products)
    return ShownUnit(
        slug=view.slug,
        name=view.name,
        own=view.own,
        forms=tuple(_form(each, pack) for each in view.forms),
        data_class=view.data_class,
        class_name=say(view.data_class.label),
        known=meter.known,
        asked=meter.asked,
        questions=tuple(say(each.text) for each in meter.questions),
    )


def _meter(view: ProfileView, products: Mapping[str, Label]) -> Meter:
    records = {
        form.table.name: [
            make_record(
                form.table.name,
                dict.fromkeys(c.name for c in form.table.columns) | dict(row.values),
            )
            for row in form.rows
        ]
        for form in view.forms
        if not form.hidden
    }
    shown = {form.table.name: form.table for form in view.forms if not form.hidden}
    return completeness(records, shown, products=products)


def _form(form: FormView, pack: str) -> ShownForm:
    words = _words(form.table.name, form.columns, form.hidden, language())
    return ShownForm(
        name=form.table.name,
        title=words.title,
        about=words.about,
        headings=words.headings,
        rows=tuple(_row(words, row, pack) for row in form.rows),
        writable=form.writable,
        proposable=bool(form.proposable),
        hidden=words.hidden,
        single=form.table.name == PROFILE,
    )


@lru_cache(maxsize=1024)
def _words(
    name: str, columns: tuple[str, ...], hidden: tuple[DataClass, ...], _language: str
) -> _Words:
    """Return the words of a form in the language of the request; a form's words are nobody's."""
    table = profile_tables()[name]
    shown = tuple(
        each
        for each in table.columns
        if each.name in columns and (each.name != CODE or name == PROFILE)
    )
    return _Words(
        title=say(table.label),
        about=say(table.about),
        columns=shown,
        headings=tuple((say(each.label), declared_class(each.data_class)) for each in shown),
        hidden=tuple((each, say(each.label)) for each in hidden),
    )


def _row(words: _Words, row: RowView, pack: str) -> ShownRow:
    cells = tuple(_shown(row.values, column, pack) for column in words.columns)
    return ShownRow(
        slug=row.slug,
        cells=cells,
        pairs=tuple((*head, cell) for head, cell in zip(words.headings, cells, strict=True)),
        way=row.way,
        recorded_at=row.recorded_at,
    )


def _cell(values: Mapping[str, Value], column: Column, pack: str) -> str:
    value = values.get(column.name)
    if column.type == "product" and isinstance(value, str):
        label = known_names(pack).products.get(value)
        return say(label) if label else value
    if column.type == "region" and isinstance(value, str):
        return " ".join((*known_names(pack).names_of(value)[:1], value))
    unit = str(values.get(column.unit_column or "") or column.unit)
    written = str(write_cell(value, column, unit, language()))
    if written and column.type in ("quantity", "integer") and value is not None:
        shown = say(column.unit_label) if column.unit_label else unit
        return f"{written} {shown}".strip()
    return written


def _shown(values: Mapping[str, Value], column: Column, pack: str) -> str:
    value = values.get(column.name)
    if column.type == "uscc" and isinstance(value, str):
        return _registered(value, pack)
    return _cell(values, column, pack)


def _registered(code: str, pack: str) -> str:
    """Return a code with the division whose office registered it, which need not be the plant's."""
    divisions = known_names(pack).divisions
    try:
        names = check_uscc(code, divisions.names if divisions else None).region_names
    except CodeError:  # kept before the check was what it is
        return code
    if not names:
        return code
    return f"{code} · " + _("registered in %(place)s") % {"place": names[0]}


def show_proposals(
    view: ProfileView, proposals: Iterable[Suggestion], pack: str
) -> list[ShownProposal]:
    """Return what waits for the unit's decision; only what would change."""
    rows = {row.key: row.values for form in view.forms for row in form.rows}
    return [
        ShownProposal(
            slug=each.slug,
            title=say(each.table.label),
            changes=tuple(
                (say(column.label), before, after)
                for column in each.table.columns
                if column.name in each.values
                and (after := _cell(each.values, column, pack))
                != (before := _cell(rows.get(each.key, {}), column, pack))
            ),
        )
        for each in proposals
    ]


def say_fault(fault: SheetFault) -> str:
    """Return what is wrong with what was typed, and the way out; the place is the field itself."""
    return fault.advice(language())


def show_inputs(
    table: TableDescription,
    kept: RowView | None,
    typed: dict[str, str] | None,
    pack: str,
    faults: Iterable[SheetFault],
    columns: Collection[str] | None = None,
) -> list[Input]:
    """Return the fields of a form, or of some of its columns: as typed, else as kept, else empty."""
    wrong = {str(each.facts.get("cell", "")): say_fault(each) for each in faults}
    return [
        _input(column, kept, typed, pack, wrong.get(place_of(TYPED_ROW, number), ""))
        for number, column in enumerate(table.columns, 1)
        if (column.name != CODE or table.name == PROFILE)
        and (columns is None or column.name in columns)
    ]


def name_rows(rows: Iterable[RowOutcome], pack: str) -> list[str]:
    """Return what was sent in by its form and what tells the row, as the sender wrote it."""
    return [_named(row, pack) for row in rows if row.status != "rejected" and row.record]


def _named(row: RowOutcome, pack: str) -> str:
    table = profile_tables()[str(row.table)]
    assert row.record is not None  # noqa: S101  # accepted rows have one
    values = row_of(row.record)
    words = [
        _cell(values, column, pack)
        for column in table.columns
        if column.is_key and (column.name != CODE or table.name == PROFILE)
    ]
    return _("%(form)s: %(row)s") % {
        "form": say(table.label),
        "row": " · ".join(filter(None, words)),
    }


def _hint(column: Column) -> str:
    """Return in what form a cell of the column is typed; empty where any words do."""
    hints = {
        "uscc": _("18 characters"),
        "date": "2024-05-17",
        "end_date": _("2024-05-17, or open"),
        "period": _("2024 or 2024-05"),
        "region": _("name or code, such as 140100"),
        "industry": _("code, such as C3415"),
        "names": _("several: put “；” between"),
        "specs": _("such as diameter=6.5 m; several: put “；” between"),
        "flag": _("yes or no"),
    }
    return hints.get(column.type, "")


def _input(
    column: Column, kept: RowView | None, typed: dict[str, str] | None, pack: str, fault: str
) -> Input:
    if typed is not None:
        value = typed.get(column.name, "")
    elif kept is not None:
        unit = str(kept.values.get(column.unit_column or "") or column.unit)
        value = str(write_cell(kept.values.get(column.name), column, unit, language()))
    else:
        value = ""
    choices = tuple((say(each.label), say(each.label)) for each in column.choices)
    if column.type == "product":
        choices = tuple((key, say(label)) for key, label in known_names(pack).products.items())
    return Input(
        name=column.name,
        label=say(column.label),
        hint=say(column.unit_label) if column.unit_label else _hint(column),
        value=value,
        required=column.needed,
        choices=choices,
        data_class=declared_class(column.data_class),
        fault=fault,
    )
