"""A short look at every rule at once: what it finds wrong with a world, in words.

The mutants' judge: with the rules as they are it finds nothing, and with any one of them broken
it must find something. It knows the rules from the table written down by hand, not from the code.
"""

from collections.abc import Generator, Iterator
from contextlib import closing
from datetime import timedelta

from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.utils import timezone

from fenglian.engine.disclosure.classes import DataClass
from fenglian.web.access.actions import confirm_purpose, give_grant, revoke_grant, state_purpose
from fenglian.web.access.faults import AccessError
from fenglian.web.access.models import Grant, Purpose
from fenglian.web.access.reading import look_at
from fenglian.web.access.rights import Right
from fenglian.web.access.scope import Unlogged, Unscoped
from fenglian.web.access.table import NotPermitted
from fenglian.web.access.wall import lower_wall, raise_wall
from fenglian.web.accounts.models import Owner
from fenglian.web.audit.models import Entry
from fenglian.web.contracts.models import Naming
from fenglian.web.registry.actions import Entry as Row
from fenglian.web.registry.actions import may_write
from fenglian.web.registry.actions.owned import save_for_the_house
from fenglian.web.registry.models import OWNED, ConfidentialRow, SensitiveRow, Way
from tests.authz.test_rows import CASES
from tests.authz.world import UNITS, World

BY_CLASS = {model.data_class: model for model in OWNED}
FORMS = {  # one form whose rows lie in that class alone
    DataClass.S0: "honours", DataClass.S1: "offerings", DataClass.S2: "capacities",
    DataClass.S3: "offering_prices", DataClass.P: "contacts",
}  # fmt: skip
GRANTS = {  # reader → owner of one grant that holds, for each class
    "chair": "member", "member": "chair", "institute": "member", "bank": "chair",
}  # fmt: skip


# Owner and party of agreements, none of which the party may read for any other reason.
NAMED = (
    ("bank", "chair"), ("bank", "member"), ("bank", "institute"), ("institute", "bank"),
    ("institute", "nobody"),
)  # fmt: skip


def prepare(world: World) -> None:
    """Give the world grants and purposes of every kind: such as hold, and such as do not."""
    today, now = timezone.localdate(), timezone.now()
    # What an institute may not even write, so that it has some that it must not read.
    institute, values = world.people["institute"], {"uscc": "x", "product": "p", "model": "m"}
    prices = [Row("price", {**values, "per": "t"})]
    save_for_the_house(institute, institute.owner or 0, "offering_prices", prices, Way.DEMO)
    for data_class in DataClass:
        for reader, owner in GRANTS.items():
            give_grant(
                world.people[owner], UNITS[reader][1], data_class, purpose="对账", until=today
            )
        # Of the bank's rows the chair has none: each of these grants is over, or not for it.
        bank, chair = world.people["bank"], UNITS["chair"][1]
        old = give_grant(bank, chair, data_class, purpose="过期", until=today)
        Grant.objects.filter(slug=old).update(until=today - timedelta(days=1))
        revoke_grant(bank, give_grant(bank, chair, data_class, purpose="收回", until=today))
        for wrong in DataClass:
            if (wrong, data_class) == (DataClass.S2, DataClass.S3):
                give_grant(world.people["institute"], chair, wrong, purpose="只此一类", until=today)
    left = give_grant(
        world.people["institute"], UNITS["bank"][1], DataClass.S2, purpose="已退", until=today
    )
    Grant.objects.filter(slug=left).update(owner=world.owners["gone"])
    made = [Row("made", {"uscc": "x", "product": "p", "period": "2031", "unit": "t"})]
    save_for_the_house(institute, world.owners["gone"].pk, "capacities", made, Way.DEMO)
    Owner.objects.filter(pk=world.owners["gone"].pk).update(left_on=today - timedelta(days=1))
    number = world.people["steward"].alliance.id
    for data_class in (DataClass.S2, DataClass.S3, DataClass.P):
        shared = {
            "alliance_id": number, "user_id": world.people["steward"].user,
            "data_class": data_class, "words": "核查", "stated_at": now,
        }  # fmt: skip
        other = world.people["second"].user
        later, earlier = now + timedelta(hours=1), now - timedelta(hours=1)
        Purpose.objects.create(**shared, until=later)
        Purpose.objects.create(**shared, until=earlier, confirmed_by_id=other)
        Purpose.objects.create(**shared, until=later, confirmed_by_id=other, ended_at=now)
        elsewhere = shared | {"alliance_id": world.people["foreign"].alliance.id}
        Purpose.objects.create(**elsewhere, until=later, confirmed_by_id=other)
        foreign = shared | {"user_id": world.people["analyst"].user}
        Purpose.objects.create(**foreign, until=later, confirmed_by_id=other)

    Naming.objects.whole().delete()
    for owner, party in NAMED:
        Naming.objects.whole().create(
            alliance_id=number,
            owner=world.owners[owner],
            party=world.owners.get(party),
            row=f"{owner}-{party}",
            words=party,
            said={"kind": "contract", "side": "supplier"},
            named_at=now,
        )


CHECKS = ("rows", "writes", "purposes", "guards", "grants", "walls", "parties")


def probe(world: World, checks: tuple[str, ...] = CHECKS) -> list[str]:
    """Return what is wrong with the rules, each fault in words."""
    return [fault for check in checks for fault in _faults(world, check)]


def finds_fault(world: World, checks: tuple[str, ...] = CHECKS) -> bool:
    """Whether anything is wrong with the rules; looks no further than the first fault."""
    for check in checks:
        with closing(_faults(world, check)) as faults:
            if next(faults, ""):
                return True
    return False


def _faults(world: World, check: str) -> Generator[str, None, None]:
    point = transaction.savepoint()
    try:
        yield from globals()[f"_{check}"](world)
    except (AccessError, NotPermitted, Unscoped, Unlogged, DatabaseError) as fault:
        yield f"{check}: {fault!r}"
    finally:
        lower_wall()
        transaction.savepoint_rollback(point)


def _seen(world: World, who: str, data_class: DataClass) -> set[int]:
    rows = BY_CLASS[data_class].objects.visible_to(world.people[who])
    return {row.owner_id for row in look_at(world.people[who], rows)}


def _expected(world: World, who: str, data_class: DataClass, letters: str) -> dict[int, bool]:
    """Return of each unit, by number, whether a person reads its rows, by the table."""
    found = {}
    for unit in (*UNITS, "foreign"):
        if unit == "foreign":
            right = False
        elif unit == who:
            right = letters[0] == "r"
        elif GRANTS.get(who) == unit or (who, unit, data_class) == (
            "chair", "institute", DataClass.S2,
        ):  # fmt: skip
            right = letters[1] == "r"
        else:
            right = letters[2] == "r"
        found[world.people[unit].owner or 0] = right
    if letters[2] != "r":
        found[world.owners["gone"].pk] = False  # what a unit that left had granted
    return found


def _rows(world: World) -> Iterator[str]:
    """Yield who sees whose rows against the table."""
    for who, data_class, letters in CASES:
        seen = _seen(world, who, data_class)
        for number, right in _expected(world, who, data_class, letters).items():
            if (number in seen) != right:
                yield f"{who} {'misses' if right else 'sees'} {data_class} of {number}"


def _writes(world: World) -> Iterator[str]:
    for who, data_class, letters in CASES:
        actor = world.people[who]
        own = actor.owner is not None and letters[0] == "r"
        if may_write(actor, FORMS[data_class], actor.owner or -1) != own:
            yield f"{who} writing own {data_class}"
        if may_write(actor, FORMS[data_class], world.owners["foreign"].pk):
            yield f"{who} writes {data_class} of another"


def _purposes(world: World) -> Iterator[str]:
    for who, data_class, letters in CASES:
        if letters[2] != "p":
            continue
        person = world.people[who]
        slug = state_purpose(person, data_class, "依法核查")
        if _seen(world, who, data_class):
            yield f"an unconfirmed purpose opens {data_class} to {who}"
        try:
            confirm_purpose(person, slug)
            yield f"{who} confirms an own purpose"
        except (NotPermitted, AccessError):
            pass
        confirm_purpose(world.people["second"], slug)
        if world.people["member"].owner not in _seen(world, who, data_class):
            yield f"a confirmed purpose does not open {data_class} to {who}"
        if world.people["member"].owner not in _behind_wall(world, who, data_class):
            yield f"the wall stays shut for a confirmed purpose of {who} at {data_class}"


def _guards(world: World) -> Iterator[str]:
    """Yield where a forgotten scope or a look without an entry goes through."""
    member = world.people["member"]
    for ask, fault in (
        (ConfidentialRow.objects.count, Unscoped),
        (ConfidentialRow._base_manager.count, Unscoped),
        (lambda: ConfidentialRow.objects.update(key="x"), Unscoped),
        (lambda: ConfidentialRow.objects.raw("SELECT 1"), Unscoped),
        (lambda: list(ConfidentialRow.objects.visible_to(member)), Unlogged),
    ):
        try:
            with transaction.atomic():
                ask()
            yield f"{fault.__name__} does not raise"
        except (Unscoped, Unlogged):
            pass
    before = Entry.objects.count()
    look_at(member, SensitiveRow.objects.visible_to(member))
    if Entry.objects.count() == before:
        yield "a look leaves no entry"
    reasons = set(Entry.objects.filter(act="read").values_list("purpose", flat=True))
    if "对账" not in reasons:
        yield "a look does not say why"


def _grants(world: World) -> Iterator[str]:
    """Yield grants that can be given or taken back by the wrong hands."""
    today = timezone.localdate()
    member = world.people["member"]
    for reader, until in (
        ("演示外厂", today),
        (UNITS["member"][1], today),
        (UNITS["bank"][1], today - timedelta(days=1)),
        (UNITS["bank"][1], today + timedelta(days=4000)),
    ):
        try:
            with transaction.atomic():
                give_grant(member, reader, DataClass.S2, purpose="x", until=until)
            yield f"a grant to {reader} until {until}"
        except (AccessError, DatabaseError):
            pass
    slug = give_grant(member, UNITS["bank"][1], DataClass.S3, purpose="x", until=today)
    try:
        revoke_grant(world.people["chair"], slug)
        yield "a rival takes a grant back"
    except Grant.DoesNotExist:
        pass
    revoke_grant(member, slug)
    if member.owner in _seen(world, "bank", DataClass.S3):
        yield "a revoked grant goes on"


def _parties(world: World) -> Iterator[str]:
    """Yield where somebody sees, or may answer, an agreement that does not name the own unit."""
    for who, actor in world.people.items():
        seen = {row.row for row in look_at(actor, Naming.objects.visible_to(actor))}
        if seen != _named_to(who):
            yield f"{who} sees {sorted(seen)} of what names units"
        open_to = Naming.objects.visible_to(actor, Right.ANSWER)
        answered = set(open_to.values_list("row", flat=True))
        if answered != {f"{owner}-{party}" for owner, party in NAMED if party == who}:
            yield f"{who} may answer {sorted(answered)}"


def _named_to(who: str) -> set[str]:
    return {
        f"{owner}-{party}"
        for owner, party in NAMED
        if who in (owner, party) or (who, owner) == ("chair", "institute")  # granted, see prepare
    }


def _walls(world: World) -> Iterator[str]:
    """Yield what the database itself lets through, or holds back, against the table."""
    for who, data_class, letters in CASES:
        seen = _behind_wall(world, who, data_class)
        if connection.vendor == "sqlite":
            # A role that could ever read a row of the table is not stopped by the authorizer.
            if bool(seen) != (letters != "---"):
                yield f"the wall is {'open' if seen else 'shut'} for {who} at {data_class}"
            continue
        # Row-level security leaves the rows themselves: own, granted, open ones.
        for number, right in _expected(world, who, data_class, letters).items():
            if (number in seen) != right:
                yield f"the wall is {'shut' if right else 'open'} for {who} at {data_class}"
    if connection.vendor == "postgresql":
        yield from _walls_of_parties(world)
    for data_class in DataClass:
        if _behind_wall(world, None, data_class):
            yield f"the wall is open for a stranger at {data_class}"


def _walls_of_parties(world: World) -> Iterator[str]:
    for who, actor in world.people.items():
        raise_wall(actor)
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute('SELECT "row" FROM contracts_naming')
                seen = {found[0] for found in cursor.fetchall()}
        except DatabaseError:
            seen = set()
        finally:
            lower_wall()
        if seen != _named_to(who):
            yield f"the wall shows {who} {sorted(seen)} of what names units"


def _behind_wall(world: World, who: str | None, data_class: DataClass) -> set[int]:
    """Return whose rows come out of a query that forgets every scope."""
    raise_wall(world.people[who] if who else None)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SELECT DISTINCT owner_id FROM {BY_CLASS[data_class]._meta.db_table}")
            return {row[0] for row in cursor.fetchall()}
    except DatabaseError:
        return set()
    finally:
        lower_wall()
