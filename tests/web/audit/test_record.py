"""What is done is written to the log, in the same transaction, and stays as it was written."""

import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, connections, transaction

from fenglian.web.accounts.actions import REAL
from fenglian.web.audit import actions
from fenglian.web.audit.actions import Occurrence, System, record
from fenglian.web.audit.chain import COLUMNS, GENESIS, digest
from fenglian.web.audit.faults import (
    AppendOnly,
    OutsideTransaction,
    UnknownClass,
    UnwritableEntry,
)
from fenglian.web.audit.models import Entry, Head
from tests.web.conftest import secretary

pytestmark = pytest.mark.django_db

READ = Occurrence(
    "read", "registry.capacity", ("a1", "b2"), 7, "S2", "供需对接", {"fields": ["y", "x"]}
)


def test_an_entry_says_who_did_what_to_whose_data_and_why() -> None:
    me = secretary()
    record(me, [READ])
    entry = Entry.objects.get()
    assert (entry.number, entry.alliance, entry.user, entry.who) == (1, REAL, me.user, "演示用户甲")
    assert (entry.role, entry.act, entry.table) == ("secretariat", "read", "registry.capacity")
    assert (json.loads(entry.rows), entry.owner, entry.data_class) == (["a1", "b2"], 7, "S2")
    assert (entry.purpose, entry.detail) == ("供需对接", '{"fields":["y","x"]}')
    assert entry.at > 1_700_000_000_000_000
    assert str(entry) == "1 演示用户甲 read registry.capacity"


def test_entries_are_numbered_without_a_gap_and_each_rests_on_the_one_before() -> None:
    me = secretary()
    record(me, [READ] * 3)
    record(None, [Occurrence("sign-in", "accounts.user", ())])
    record(System("fenglian import", REAL), [Occurrence("import", "registry.capacity", ("c3",))])
    entries = list(Entry.objects.order_by("number"))
    assert [each.number for each in entries] == [1, 2, 3, 4, 5]
    before = GENESIS
    for each in entries:
        assert each.previous == before
        before = digest(tuple(getattr(each, column) for column in COLUMNS))
        assert each.digest == before
    head = Head.objects.get()
    assert (head.count, head.digest) == (5, before)
    assert str(head) == f"5 {before[:12]}"
    assert [(each.who, each.role, each.user) for each in entries[3:]] == [
        ("", "", None),
        ("fenglian import", "system", None),
    ]


def test_nothing_is_written_of_nothing() -> None:
    record(secretary(), [])
    assert not Entry.objects.exists()


def test_more_entries_than_a_statement_takes_are_one_chain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "BATCH", 2)
    record(secretary(), [READ] * 5)
    assert list(Entry.objects.order_by("number").values_list("number", flat=True)) == [
        1,
        2,
        3,
        4,
        5,
    ]
    assert Head.objects.get().count == 5


def test_a_change_that_is_taken_back_leaves_no_entry() -> None:
    me = secretary()

    class Regret(Exception):
        pass

    @transaction.atomic
    def change() -> None:
        record(me, [READ])
        raise Regret

    with pytest.raises(Regret):
        change()
    assert not Entry.objects.exists()
    assert not Head.objects.exists()


def test_the_cost_of_an_entry_is_a_fixed_number_of_statements(
    django_assert_num_queries: pytest.FixtureRequest,
) -> None:
    me = secretary()
    record(me, [READ])
    with django_assert_num_queries(3):  # type: ignore[operator]
        record(me, [READ] * 50)


def test_an_entry_apart_from_its_change_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(connections["default"], "in_atomic_block", False)
        with pytest.raises(OutsideTransaction):
            record(None, [READ])


@pytest.mark.parametrize("text", ["零\0字节", "zero\0byte", "half \ud800"])
def test_what_no_database_keeps_is_refused_with_its_column(text: str) -> None:
    with pytest.raises(UnwritableEntry) as caught:
        record(None, [Occurrence("read", "x.y", (), purpose=text)])
    assert caught.value.facts["column"] == "purpose"


def test_an_unknown_class_is_refused() -> None:
    with pytest.raises(UnknownClass):
        record(None, [Occurrence("read", "x.y", (), data_class="S4")])


def test_days_and_exact_numbers_have_one_text_and_other_things_none() -> None:
    record(
        None, [Occurrence("add", "x.y", (), detail={"b": date(2026, 1, 31), "a": Decimal("1.50")})]
    )
    assert Entry.objects.get().detail == '{"a":"1.50","b":"2026-01-31"}'
    with pytest.raises(TypeError, match="object"):
        record(None, [Occurrence("add", "x.y", (), detail={"a": object()})])
    with pytest.raises(ValueError, match="JSON"):
        record(None, [Occurrence("add", "x.y", (), detail={"a": float("nan")})])


def test_the_orm_alters_nothing() -> None:
    record(None, [READ])
    entry = Entry.objects.get()
    entry.purpose = "another"
    ways: list[Callable[[], object]] = [
        entry.save,
        entry.delete,
        Entry.objects.all().delete,
        Entry._base_manager.all().delete,
        lambda: Entry.objects.update(purpose="another"),
        lambda: Entry.objects.bulk_update([entry], ["purpose"]),
        lambda: Entry.objects.bulk_create([Entry(number=2)]),
        lambda: Entry.objects.create(number=2),
        lambda: Entry.objects.all()._raw_delete(None),
    ]
    for way in ways:
        with pytest.raises(AppendOnly):
            way()
    assert Entry.objects.get().purpose == READ.purpose


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET purpose = 'x'",
        "DELETE FROM audit_entry",
        "INSERT OR REPLACE INTO audit_entry SELECT * FROM audit_entry",
    ],
)
def test_the_database_alters_nothing_either(statement: str) -> None:
    record(None, [READ])
    with (
        pytest.raises(DatabaseError, match="only ever added to"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert Entry.objects.get().purpose == READ.purpose
