"""Who gets which rows? Every door against a table written down a second time, by hand."""

from contextlib import nullcontext
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import Count, Exists, OuterRef, Sum
from django.db.utils import DatabaseError
from django.utils import timezone

from fenglian.engine.disclosure.classes import DataClass
from fenglian.web.access import wall
from fenglian.web.access.actions import (
    confirm_purpose,
    end_purpose,
    give_grant,
    revoke_grant,
    state_purpose,
)
from fenglian.web.access.faults import (
    ClassNotOpen,
    DayOutOfRange,
    GrantWithoutUnit,
    OwnPurpose,
    PurposeMissing,
    PurposeOver,
    UnknownReader,
)
from fenglian.web.access.models import Grant
from fenglian.web.access.reading import look_at
from fenglian.web.access.ready import of_unit
from fenglian.web.access.scope import Unlogged, Unscoped
from fenglian.web.access.table import NotPermitted
from fenglian.web.access.wall import lower_wall, owned_models, raise_wall
from fenglian.web.accounts.actor import Actor
from fenglian.web.accounts.models import Owner
from fenglian.web.audit.models import Entry
from fenglian.web.registry.models import OWNED, ConfidentialRow, PublicRow, SensitiveRow
from tests.authz.world import World, build_world

pytestmark = pytest.mark.django_db
# own, granted by another, another's; r: reads, p: reads for a confirmed purpose, -: nothing.
EXPECTED = """
            S0   S1   S2   S3   P
chair       rrr  rrr  rr-  rr-  rr-
member      rrr  rrr  rr-  rr-  rr-
institute   rrr  rrr  rr-  ---  rr-
bank        rrr  rrr  rr-  rr-  rr-
department  --r  --r  --p  --p  ---
secretary   --r  --r  ---  ---  --r
analyst     --r  ---  ---  ---  ---
steward     --r  --r  --p  --p  --p
system      ---  ---  ---  ---  ---
security    ---  ---  ---  ---  ---
auditor     --r  ---  ---  ---  ---
"""
HEAD, *LINES = EXPECTED.strip("\n").splitlines()
CASES = [
    (line.split()[0], DataClass(name), letters)
    for line in LINES
    for name, letters in zip(HEAD.split(), line.split()[1:], strict=True)
]
WHO = tuple(line.split()[0] for line in LINES)
BY_CLASS = {model.data_class: model for model in OWNED}


@pytest.fixture
def world() -> World:
    return build_world()


def owners_seen(actor: Actor, data_class: DataClass) -> set[int]:
    model = BY_CLASS[data_class]
    found = look_at(actor, model.objects.visible_to(actor).filter(ended_at=None))
    for owner in Owner.objects.all():  # unit by unit, with SQL that is made once, it is the same
        own = [columns_of(row) for row in found if row.owner_id == owner.pk]
        assert own == [columns_of(row) for row in look_at(actor, of_unit(actor, model, owner.pk))]
    return {row.owner_id for row in found}


def columns_of(row: Any) -> dict[str, Any]:
    return {name: value for name, value in vars(row).items() if name != "_state"}


def cells_of(who: str) -> list[tuple[DataClass, str]]:
    return [(data_class, letters) for person, data_class, letters in CASES if person == who]


@pytest.mark.parametrize("who", WHO)
def test_each_role_reads_the_rows_of_the_table(world: World, who: str) -> None:
    actor, donor = world.people[who], world.people["member" if who != "member" else "chair"]
    for data_class, letters in cells_of(who):
        own, granted, other = tuple(letters)
        seen = owners_seen(actor, data_class)
        if actor.owner is not None:
            assert (actor.owner in seen) == (own == "r"), data_class
        assert (donor.owner in seen) == (other == "r"), data_class
        if actor.owner is not None:
            until = timezone.localdate()
            give_grant(donor, actor.alliance.owner_name, data_class, purpose="对账", until=until)
            assert (donor.owner in owners_seen(actor, data_class)) == (granted == "r"), data_class


@pytest.mark.parametrize("who", WHO)
def test_a_purpose_opens_nothing_before_another_confirms_it(world: World, who: str) -> None:
    actor = world.people[who]
    for data_class, letters in cells_of(who):
        if letters[2] != "p":
            with pytest.raises((NotPermitted, ClassNotOpen)):
                state_purpose(actor, data_class, "查案")
            continue
        slug = state_purpose(actor, data_class, "依法核查")
        before = owners_seen(actor, data_class)
        with pytest.raises((NotPermitted, OwnPurpose)):
            confirm_purpose(actor, slug)
        confirm_purpose(world.people["second"], slug)
        after = owners_seen(actor, data_class)
        assert before == set()
        assert world.people["member"].owner in after
        assert world.people["foreign"].owner not in after
        end_purpose(world.people["second"], slug)
        assert owners_seen(actor, data_class) == set()


def test_nobody_sees_another_alliance(world: World) -> None:
    foreign = world.people["foreign"].owner
    for who, actor in world.people.items():
        for data_class in DataClass:
            assert (foreign in owners_seen(actor, data_class)) == (who == "foreign")


@pytest.mark.parametrize("model", owned_models(), ids=lambda model: model.__name__)
def test_a_query_that_nobody_scoped_raises_whatever_it_asks(world: World, model: Any) -> None:
    for door in (model.objects, model._base_manager, model._default_manager):
        rows = door.all()
        for ask in (
            lambda rows=rows: list(rows),
            lambda rows=rows: rows.count(),
            lambda rows=rows: rows.exists(),
            lambda rows=rows: rows.first(),
            lambda rows=rows: list(rows.values_list("pk")),
            lambda rows=rows: list(rows.iterator()),
            lambda rows=rows: rows.aggregate(Sum("pk")),
            lambda rows=rows: rows.update(owner=1),
            lambda rows=rows: rows.delete(),
            lambda rows=rows: rows._raw_delete("default"),
            lambda rows=rows: rows.in_bulk([1]),
            lambda rows=rows: rows.get(pk=1),
            lambda rows=rows: list(rows.union(rows)),
            lambda rows=rows: rows.explain(),
            lambda rows=rows: list(Owner.objects.filter(pk__in=rows.values("owner"))),
            lambda rows=rows: list(Owner.objects.filter(Exists(rows.filter(owner=OuterRef("pk"))))),
            lambda door=door: list(door.raw("SELECT * FROM x")),
        ):
            with pytest.raises(Unscoped):
                ask()


def test_two_scoped_halves_do_not_hide_an_unscoped_one(world: World) -> None:
    seen = PublicRow.objects.visible_to(world.people["member"])
    with pytest.raises(Unscoped):
        list(seen | PublicRow.objects.all())
    with pytest.raises(Unscoped):
        list(PublicRow.objects.all() | seen)


def test_no_way_leads_from_open_tables_into_owned_ones() -> None:
    for model in owned_models():
        for other in model._meta.related_objects:
            assert other.related_model in owned_models(), other
        for field in model._meta.get_fields():
            if field.is_relation and field.related_model is not None:
                assert field.remote_field is None or field.remote_field.hidden, field


def test_secrets_cannot_be_read_unlogged(world: World) -> None:
    rows = SensitiveRow.objects.visible_to(world.people["member"])
    for ask in (rows.count, rows.exists, rows.first, lambda: list(rows), lambda: rows.aggregate(n=Count("pk"))):  # fmt: skip
        with pytest.raises(Unlogged):
            ask()


def test_a_look_at_secrets_leaves_an_entry_with_reader_owner_and_reason(world: World) -> None:
    chair, member = world.people["chair"], world.people["member"]
    today = timezone.localdate()
    give_grant(member, "演示整机厂", DataClass.S2, purpose="排产", until=today)
    before = Entry.objects.count()
    look_at(chair, SensitiveRow.objects.visible_to(chair))
    entries = {entry.owner: entry for entry in Entry.objects.filter(number__gt=before)}
    assert set(entries) == {chair.owner, member.owner}
    look = entries[member.owner or 0]
    assert (look.act, look.role, look.data_class, look.purpose) == ("read", "council", "S2", "排产")
    for secret in world.canaries["member", DataClass.S2]:
        assert secret not in f"{look.detail}{look.rows}{look.purpose}"


def test_open_classes_are_read_without_an_entry(world: World) -> None:
    before = Entry.objects.count()
    look_at(world.people["chair"], PublicRow.objects.visible_to(world.people["chair"]))
    assert Entry.objects.count() == before


def test_a_grant_ends_by_its_day_by_revoking_and_when_its_giver_leaves(world: World) -> None:
    chair, member = world.people["chair"], world.people["member"]
    slug = give_grant(
        member, "演示整机厂", DataClass.S3, purpose="询价", until=timezone.localdate()
    )
    assert member.owner in owners_seen(chair, DataClass.S3)
    Grant.objects.filter(slug=slug).update(until=timezone.localdate() - timedelta(days=1))
    assert member.owner not in owners_seen(chair, DataClass.S3)
    Grant.objects.filter(slug=slug).update(until=timezone.localdate())
    Owner.objects.filter(pk=member.owner).update(left_on=timezone.localdate() - timedelta(days=1))
    assert member.owner not in owners_seen(chair, DataClass.S3)
    Owner.objects.filter(pk=member.owner).update(left_on=None)
    revoke_grant(member, slug)
    revoke_grant(member, slug)
    assert member.owner not in owners_seen(chair, DataClass.S3)
    assert Entry.objects.filter(act="revoke").count() == 1


def test_a_grant_is_for_one_class_and_one_reader(world: World) -> None:
    member = world.people["member"]
    give_grant(member, "演示整机厂", DataClass.S2, purpose="排产", until=timezone.localdate())
    assert member.owner not in owners_seen(world.people["chair"], DataClass.S3)
    assert member.owner not in owners_seen(world.people["bank"], DataClass.S2)


def test_grants_are_refused_with_the_way_out(world: World) -> None:
    member, today = world.people["member"], timezone.localdate()
    for fault, reader, purpose, until in (
        (UnknownReader, "演示法兰厂", "x", today),
        (UnknownReader, "演示外厂", "x", today),
        (UnknownReader, "无此厂", "x", today),
        (PurposeMissing, "演示整机厂", "  ", today),
        (DayOutOfRange, "演示整机厂", "x", today - timedelta(days=1)),
        (DayOutOfRange, "演示整机厂", "x", today + timedelta(days=400)),
    ):
        with pytest.raises(fault):
            give_grant(member, reader, DataClass.S2, purpose=purpose, until=until)
    with pytest.raises(GrantWithoutUnit):
        give_grant(world.people["secretary"], "演示整机厂", DataClass.S1, purpose="x", until=today)
    with pytest.raises(NotPermitted):
        give_grant(world.people["system"], "演示整机厂", DataClass.S2, purpose="x", until=today)
    slug = give_grant(member, "演示整机厂", DataClass.S2, purpose="x", until=today)
    with pytest.raises(Grant.DoesNotExist):
        revoke_grant(world.people["chair"], slug)


def test_a_purpose_needs_words_and_is_confirmed_once(world: World) -> None:
    steward, second = world.people["steward"], world.people["second"]
    with pytest.raises(PurposeMissing):
        state_purpose(steward, DataClass.S2, " ")
    with pytest.raises(ClassNotOpen):
        state_purpose(steward, DataClass.S0, "x")
    slug = state_purpose(steward, DataClass.S2, "更正")
    with pytest.raises(OwnPurpose):
        confirm_purpose(steward, slug)
    confirm_purpose(second, slug)
    with pytest.raises(PurposeOver):
        confirm_purpose(world.people["security"], slug)
    with pytest.raises(NotPermitted):
        end_purpose(world.people["department"], slug)
    end_purpose(steward, slug)


@pytest.mark.parametrize(
    ("who", "refused"), [("secretary", True), (None, True), ("member", False), ("system", True)]
)
def test_the_database_denies_what_a_role_may_never_read(
    world: World, who: str | None, refused: bool
) -> None:
    table, other = ConfidentialRow._meta.db_table, world.owners["chair"].pk
    reads = (
        f"SELECT sum(owner_id) FROM {table}",
        f"SELECT max(1) FROM {PublicRow._meta.db_table} WHERE owner_id IN (SELECT owner_id FROM {table})",
        f"SELECT max(key) FROM {table}",
    )
    writes = (
        f"UPDATE {table} SET key = key WHERE owner_id = {other}",
        f"DELETE FROM {table} WHERE owner_id = {other}",
    )
    point = transaction.savepoint()
    raise_wall(world.people[who] if who else None)
    try:
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                for words in (*reads, *writes):
                    # A role that could ever read rows of the table is left to the managers.
                    with pytest.raises(DatabaseError) if refused else nullcontext():
                        cursor.execute(words)
                return
            # Row-level security leaves the rows that one may read, and lets nobody change others'.
            for words in reads:
                cursor.execute(words)
                assert (cursor.fetchone()[0] is None) == refused, words
            for words in writes:
                cursor.execute(words)
                assert cursor.rowcount == 0, words
    finally:
        lower_wall()
        transaction.savepoint_rollback(point)


@pytest.mark.sqlite
def test_what_was_made_ready_with_the_wall_down_is_refused_once_it_stands(world: World) -> None:
    member, auditor = world.people["member"], world.people["auditor"]
    secret = f"SELECT max(key) FROM {ConfidentialRow._meta.db_table}"
    open_ = f"SELECT max(key) FROM {PublicRow._meta.db_table}"
    try:
        with connection.cursor() as cursor:
            for before in (None, auditor, member):  # the wall of another stood, or one's own
                raise_wall(before)
                lower_wall()
                cursor.execute(secret).fetchall()
                raise_wall(auditor)
                cursor.execute(open_).fetchall()
                with pytest.raises(DatabaseError):
                    cursor.execute(secret)
                raise_wall(member)
                cursor.execute(secret).fetchall()
                raise_wall(auditor)
                with pytest.raises(DatabaseError):
                    cursor.execute(secret)
                lower_wall()
    finally:
        lower_wall()


@pytest.mark.sqlite
def test_what_a_role_may_run_stays_ready_from_one_request_to_the_next(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str | None] = []

    def decide(action: int, table: str | None, *_more: str | None) -> int:
        asked.append(table)
        return 0

    monkeypatch.setattr(wall, "_authorizer", lambda _role: decide)
    try:
        with connection.cursor() as cursor:
            for _request in range(3):
                raise_wall(world.people["member"])
                cursor.execute(f"SELECT max(key) FROM {PublicRow._meta.db_table}").fetchall()
                lower_wall()
    finally:
        lower_wall()
    assert asked.count(PublicRow._meta.db_table) == 1
