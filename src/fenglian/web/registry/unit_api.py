"""Units for programs: what they say of themselves, as far as the key's person may see it.

Rows are sent in as people type them and go the same way, so that a program hears the same faults.
The shape of what is sent is made from the description of each form's columns.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Annotated, Any

from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest
from django.utils.translation import get_language
from ninja import Query, Router, Schema, Status
from ninja.errors import HttpError
from pydantic import ConfigDict, Field, create_model

from fenglian.engine.disclosure.classes import DataClass, declared_class
from fenglian.engine.errors import SheetFault
from fenglian.engine.registry.faults import code_of
from fenglian.engine.registry.tables import Column, TableDescription
from fenglian.web.accounts.actor import actor_of
from fenglian.web.registry import actions, queries
from fenglian.web.registry.actions import Receipt
from fenglian.web.registry.profile_tables import pack, profile_tables
from fenglian.web.registry.queries import FormView

router = Router(tags=["units"])
MOST_ROWS, LONGEST = 500, 400
Day = Annotated[str | None, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")]


class UnitsIn(Schema):
    """Which units are asked for."""

    q: str = Field("", max_length=60)
    page: int = Field(1, ge=1, le=10_000)


class UnitLineOut(Schema):
    """A unit in the list; ``code`` is null where it has not said."""

    id: str
    name: str
    code: str | None
    left: bool


class UnitsOut(Schema):
    """A page of units."""

    synthetic: bool
    units: list[UnitLineOut]
    total: int
    page: int
    has_more: bool


class ColumnOut(Schema):
    """A column of a form, as it is described."""

    name: str
    type: str
    unit: str
    required: str
    zh: str
    en: str
    data_class: DataClass
    choices: list[str]


class FormOut(Schema):
    """What a form asks."""

    name: str
    zh: str
    en: str
    columns: list[ColumnOut]


class RowOut(Schema):
    """A row with the columns that the reader may see; null: not known."""

    id: str
    values: dict[str, Any]
    recorded_at: datetime


class UnitFormOut(Schema):
    """The rows of one form; ``hidden`` are the classes of what the reader does not see."""

    form: str
    columns: list[str]
    writable: bool
    hidden: list[DataClass]
    rows: list[RowOut]


class UnitOut(Schema):
    """What a unit says of itself; ``data_class`` is the highest of what stands in here."""

    synthetic: bool
    id: str
    name: str
    data_class: DataClass
    forms: list[UnitFormOut]


class RowFaultOut(Schema):
    """What is wrong with a row, and the way out."""

    kind: str
    cell: str
    message: str


class RowOutcomeOut(Schema):
    """What became of one row, counted from 1 in the order in which they were sent."""

    row: int
    status: str
    faults: list[RowFaultOut]


class ReceiptOut(Schema):
    """What became of the rows: accepted + rejected + duplicate are all of them."""

    accepted: int
    rejected: int
    duplicate: int
    rows: list[RowOutcomeOut]


class Typed(Schema):
    """A row as typed; a column that the form does not have is refused."""

    model_config = ConfigDict(extra="forbid")


@router.get("", response=UnitsOut, operation_id="list_units")
def list_units(request: HttpRequest, wanted: Query[UnitsIn]) -> UnitsOut:
    """List units by name: the secretariat sees all, others those that have said who they are."""
    actor = actor_of(request)
    found = queries.list_units(actor, wanted.q, wanted.page)
    return UnitsOut(
        synthetic=actor.alliance.synthetic,
        units=[
            UnitLineOut(id=each.slug, name=each.name, code=each.code or None, left=each.left)
            for each in found.lines
        ],
        total=found.total,
        page=found.number,
        has_more=found.has_more,
    )


@router.get("/forms", response=list[FormOut], operation_id="list_unit_forms")
def list_unit_forms(request: HttpRequest) -> list[FormOut]:
    """Describe every form with its columns: type, unit, whether it is required, and its class."""
    actor_of(request)
    return [
        FormOut(
            name=table.name,
            zh=table.label.zh,
            en=table.label.en,
            columns=[_column(each) for each in table.columns],
        )
        for table in profile_tables().values()
    ]


def _column(column: Column) -> ColumnOut:
    return ColumnOut(
        name=column.name,
        type=column.type,
        unit=column.unit,
        required=column.required,
        zh=column.label.zh,
        en=column.label.en,
        data_class=declared_class(column.data_class),
        choices=[each.word for each in column.choices],
    )


@router.get("/{slug}", response=UnitOut, operation_id="get_unit")
def get_unit(request: HttpRequest, slug: str, as_of: Day = None) -> UnitOut:
    """Return what a unit says of itself, as it was on record on a day; looks at secrets are logged."""
    actor = actor_of(request)
    view = queries.find_profile(actor, slug, queries.day_of(as_of or ""))
    return UnitOut(
        synthetic=actor.alliance.synthetic,
        id=view.slug,
        name=view.name,
        data_class=view.data_class,
        forms=[_form(each) for each in view.forms],
    )


def _form(form: FormView) -> UnitFormOut:
    columns = {each.name: each for each in form.table.columns if each.name in form.columns}
    return UnitFormOut(
        form=form.table.name,
        columns=list(columns),
        writable=form.writable,
        hidden=list(form.hidden),
        rows=[
            RowOut(
                id=row.slug,
                values={name: pack(each, row.values.get(name)) for name, each in columns.items()},
                recorded_at=row.recorded_at,
            )
            for row in form.rows
        ],
    )


@router.delete("/{slug}/forms/{form}/rows/{row}", response={204: None}, operation_id="end_unit_row")
def end_unit_row(request: HttpRequest, slug: str, form: str, row: str) -> Status[None]:
    """End a row of one's own unit: it counts no more, and stays on record."""
    actor = actor_of(request)
    if queries.own_slug(actor) != slug:
        raise ObjectDoesNotExist
    actions.end_row(actor, form, row)
    return Status(204, None)


def _shape(table: TableDescription) -> type[Schema]:
    """Return the shape of a row of a form as it is sent in: words by column."""
    fields: dict[str, Any] = {
        each.name: (str | None, Field(None, max_length=LONGEST, description=_describe(each)))
        for each in table.columns
    }
    name = "".join(word.capitalize() for word in table.name.split("_"))
    about = f"{table.label.en}: a row as typed; left out or null: not known."
    shape: type[Schema] = create_model(f"{name}RowIn", __base__=Typed, __doc__=about, **fields)
    return shape


def _describe(column: Column) -> str:
    words = [f"{column.label.zh} {column.label.en}", declared_class(column.data_class).value]
    if column.unit and not column.unit_column:
        words.append(column.unit)
    if column.needed:
        words.append("required")
    if column.choices:
        words.append(" | ".join(each.word for each in column.choices))
    return "; ".join(words)


Put = Callable[..., ReceiptOut]


def _putter(form: str, shape: Any) -> Put:
    def put(request: HttpRequest, slug: str, body: Any) -> ReceiptOut:
        rows = [each.dict(exclude_none=True) for each in body.rows]
        return _keep(request, slug, form, rows)

    put.__name__ = f"put_{form}_rows"
    put.__doc__ = f"Keep rows of the form {form} for one's own unit; equal rows are kept once."
    put.__annotations__ = {
        "request": HttpRequest,
        "slug": str,
        "body": shape,
        "return": ReceiptOut,
    }
    return put


def _keep(request: HttpRequest, slug: str, form: str, rows: list[Mapping[str, str]]) -> ReceiptOut:
    actor = actor_of(request)
    owner = queries.find_owner(actor, slug)
    if owner.pk != actor.owner:
        raise ObjectDoesNotExist  # as if it were not there
    if any(not "".join(row.values()).strip() for row in rows):
        raise HttpError(422, "rows: a row without a word in it says nothing; leave it out")
    return _receipt(actions.fill_rows(actor, owner.pk, form, rows))


def fault_out(fault: SheetFault, language: str) -> RowFaultOut:
    """Return a fault of a row as programs get it."""
    return RowFaultOut(
        kind=code_of(fault),
        cell=str(fault.facts.get("cell", "")),
        message=fault.advice(language),
    )


def _receipt(receipt: Receipt) -> ReceiptOut:
    language = get_language() or "zh"
    return ReceiptOut(
        accepted=receipt.accepted,
        rejected=receipt.rejected,
        duplicate=receipt.duplicate,
        rows=[
            RowOutcomeOut(
                row=each.row - 1,  # below the headings
                status=each.status,
                faults=[fault_out(fault, language) for fault in each.faults],
            )
            for each in receipt.rows
        ],
    )


for _name, _table in profile_tables().items():
    _row = _shape(_table)
    _rows = create_model(
        _row.__name__.replace("RowIn", "RowsIn"),
        __base__=Schema,
        __doc__="Rows of one form; each has one outcome.",
        rows=(list[_row], Field(min_length=1, max_length=MOST_ROWS)),  # type: ignore[valid-type]
    )
    router.put(
        f"/{{slug}}/forms/{_name}/rows",
        response=ReceiptOut,
        operation_id=f"put_{_name}_rows",
    )(_putter(_name, _rows))
