"""All data leave in open formats, and an empty installation that takes them in is the same one."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.db import connection, models, transaction

from fenglian.data import article
from fenglian.web.accounts.models import Alliance, Seat
from fenglian.web.archive import dump, hashes
from fenglian.web.archive.dump import SCHEMA, load_dump, write_dump
from fenglian.web.archive.faults import AlreadyThere, NotADump, NotEmpty, OtherTables
from fenglian.web.archive.tables import REMADE, list_tables, to_plain, to_value
from fenglian.web.audit.actions import Occurrence, record
from fenglian.web.audit.models import Entry
from fenglian.web.audit.queries import check_log
from fenglian.web.intake.actions import accept_undoubted, receive_document
from tests.web.archive.homes import contents
from tests.web.conftest import secretary

pytestmark = pytest.mark.django_db


class Undo(Exception):
    pass


@pytest.fixture
def exported(tmp_path: Path) -> Path:
    """Return the export of an installation that is gone again."""
    folder = tmp_path / "exported"

    @transaction.atomic
    def work() -> None:
        me = secretary()
        document = receive_document(me, content=article(), name="article.txt")
        accept_undoubted(me, document.sha256)
        record(me, [Occurrence("read", "intake.document", (document.sha256,))] * 3)
        write_dump(folder)
        raise Undo

    with pytest.raises(Undo):
        work()
    return folder


def test_what_was_taken_in_leaves_as_the_same_folder(exported: Path, tmp_path: Path) -> None:
    loaded = load_dump(exported)
    assert loaded.tables["audit.Entry"] == 3
    assert loaded.files == 1
    again = write_dump(tmp_path / "again")
    assert again == loaded
    assert contents(tmp_path / "again") == contents(exported)
    assert check_log().whole


def test_small_pieces_lose_no_row(
    exported: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dump, "CHUNK", 2)
    load_dump(exported)
    write_dump(tmp_path / "again")
    assert contents(tmp_path / "again") == contents(exported)


def test_new_rows_are_numbered_behind_those_that_came_in(exported: Path) -> None:
    load_dump(exported)
    before = max(Alliance.objects.values_list("pk", flat=True))
    assert Alliance.objects.create(slug="new", zh="新", en="New").pk == before + 1
    record(secretary(), [Occurrence("read", "intake.document", ())])
    assert Entry.objects.count() == 4
    assert check_log().whole


def test_every_table_leaves_but_the_sessions() -> None:
    labels = {table.label for table in list_tables()}
    every = {
        model._meta.label
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
    }
    assert labels == every - {"sessions.Session", "accounts.Visit"}
    assert set(REMADE) <= labels


def test_a_folder_with_something_in_it_is_not_written_to(tmp_path: Path) -> None:
    (tmp_path / "note").touch()
    with pytest.raises(AlreadyThere):
        write_dump(tmp_path)
    assert [each.name for each in tmp_path.iterdir()] == ["note"]


def test_an_export_is_for_its_owner_alone(exported: Path) -> None:
    assert exported.stat().st_mode & 0o777 == 0o700


def test_an_installation_with_data_takes_nothing_in(exported: Path) -> None:
    secretary()
    seats = Seat.objects.count()
    with pytest.raises(NotEmpty) as caught:
        load_dump(exported)
    assert "accounts.Seat" in str(caught.value.facts["tables"])
    assert Seat.objects.count() == seats


def _cut(folder: Path) -> None:
    (folder / hashes.FILE).unlink()


def _edit(folder: Path) -> None:
    file = folder / "audit.Entry.jsonl"
    file.write_text(file.read_text("utf-8").replace("read", "look"), "utf-8")


def _lose(folder: Path) -> None:
    next((folder / "files").iterdir()).unlink()


def _format(folder: Path) -> None:
    _schema(folder, lambda schema: schema.update(format="another-export"))


def _schema(folder: Path, change: Callable[[dict[str, Any]], object]) -> None:
    schema = json.loads((folder / SCHEMA).read_text("utf-8"))
    change(schema)
    (folder / SCHEMA).write_text(json.dumps(schema), "utf-8")
    hashes.write_sums(folder, hashes.read_sums(folder))


@pytest.mark.parametrize("damage", [_cut, _edit, _lose, _format])
def test_an_export_that_is_not_whole_is_refused(
    exported: Path, damage: Callable[[Path], None]
) -> None:
    damage(exported)
    with pytest.raises(NotADump):
        load_dump(exported)
    assert not Alliance.objects.exists()


def test_an_export_of_other_tables_names_them(exported: Path) -> None:
    def forget_a_column(schema: dict[str, Any]) -> None:
        [table] = [each for each in schema["tables"] if each["table"] == "accounts.Alliance"]
        table["columns"].pop()

    _schema(exported, forget_a_column)
    with pytest.raises(OtherTables) as caught:
        load_dump(exported)
    assert caught.value.facts == {"tables": "accounts.Alliance"}


def test_rows_that_hang_on_nothing_leave_nothing_behind(exported: Path) -> None:
    file = exported / "accounts.Seat.jsonl"
    file.write_text(file.read_text("utf-8").replace('"user_id":1}', '"user_id":4711}'), "utf-8")
    hashes.write_sums(exported, hashes.read_sums(exported))
    with pytest.raises(NotADump, match="FOREIGN KEY"):
        load_dump(exported)
    assert not Alliance.objects.exists()


KINDS = [
    (models.DateField(), date(2026, 1, 31)),
    (models.DateTimeField(), datetime(2026, 1, 31, 8, 0, 0, 123456, tzinfo=UTC)),
    (models.TimeField(), time(8, 30)),
    (models.DurationField(), timedelta(days=3, seconds=5)),
    (models.DecimalField(max_digits=9, decimal_places=2), Decimal("12.50")),
    (models.UUIDField(), UUID(int=7)),
    (models.FloatField(), 0.1),
    (models.BooleanField(), True),
    (models.TextField(), "风\n'链"),
    (models.BigIntegerField(), 2**60),
    (models.JSONField(), {"b": [1, None], "a": "风"}),
    (models.BinaryField(), b"\0\xff"),
    (models.TextField(null=True), None),
]


@pytest.mark.parametrize(("field", "value"), KINDS, ids=lambda each: type(each).__name__)
def test_every_kind_of_value_comes_back_as_it_was(field: Any, value: object) -> None:
    field.set_attributes_from_name("value")
    kept: dict[str, bytes] = {}

    def keep(content: bytes) -> str:
        kept["name"] = content
        return "name"

    plain = json.loads(json.dumps(to_plain(field, value, keep)))
    back = to_value(field, plain, kept.__getitem__)
    assert back == value
    assert type(back) is type(value)
    assert field.get_db_prep_save(back, connection) is not None or value is None


def test_a_foreign_key_leaves_as_what_it_points_to() -> None:
    field = Seat._meta.get_field("alliance")
    assert isinstance(field, models.ForeignKey)
    assert to_value(field, to_plain(field, 5, str), bytes.fromhex) == 5
