"""The second wall: the database itself refuses what the table of rights does not allow.

Should a query ever get past the managers, SQLite denies the columns of tables that the role may
never read (also inside sums and conditions), and PostgreSQL's row-level security leaves a role
that owns nothing with the rows of the table of rights. Both are made from that table and never
written by hand.

SQLite asks its authorizer when a statement is made ready, not when it runs, and setting one makes
every statement ready anew. So it stays set on a connection while the wall is down, lets everything
through and takes note of what the role might not have had: only then, or for another role, it is
set again. A statement that is ready was thus either asked about for this very role or touches
nothing that the role is denied.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache

from django.apps import AppConfig, apps
from django.db import DatabaseError, connection
from django.db.backends.base.base import BaseDatabaseWrapper

from fenglian.engine.disclosure.classes import DataClass
from fenglian.web.access.rights import RIGHTS, Relation, Right, cell, ever
from fenglian.web.access.scope import Owned, data_class_of, party_of
from fenglian.web.access.table import TABLE
from fenglian.web.accounts.actor import Actor, Role

APP_ROLE = "fenglian_app"  # owns nothing, may not bypass row-level security
SETTINGS = ("alliance", "user", "owner", "role")
WRITES = frozenset({sqlite3.SQLITE_INSERT, sqlite3.SQLITE_UPDATE, sqlite3.SQLITE_DELETE})
GUARD = "fenglian_guard"  # attribute of Django's connection, where it has one

_STATE: ContextVar[tuple[Actor | None] | None] = ContextVar("wall", default=None)  # None: down


def raise_wall(actor: Actor | None) -> None:
    """Let the connection of this thread do what an actor may do at most; None: a stranger."""
    connection.ensure_connection()
    _STATE.set((actor,))
    if connection.vendor == "sqlite":
        _guard(_authorizer(actor.role if actor else None)).up = True
    else:
        _take_role(actor)


def lower_wall() -> None:
    """Let the connection work for the house again: commands, migrations, the next request."""
    _STATE.set(None)
    if connection.connection is None:
        return
    if connection.vendor == "sqlite":
        held = getattr(connection, GUARD, None)
        if held is not None:
            held.up = False
        return
    try:
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")
    except DatabaseError:  # the connection is broken: the next one starts without a role
        connection.close()


@contextmanager
def on_behalf_of_the_house(_actor: Actor | None = None) -> Iterator[None]:
    """Do a confirmed act that touches rows of another: the wall is down inside, as before after."""
    before = _STATE.get()
    lower_wall()
    try:
        yield
    finally:
        if before is not None:
            raise_wall(*before)


def owned_models() -> list[type[Owned]]:
    """Return the tables whose rows are somebody's, by name."""
    found = [model for model in apps.get_models() if issubclass(model, Owned)]
    return sorted(found, key=lambda model: model._meta.db_table)


Authorizer = Callable[[int, str | None, str | None, str | None, str | None], int]


class _Guard:
    """The authorizer of one connection, for one role; down, it takes note and lets through."""

    def __init__(self, here: sqlite3.Connection, decide: Authorizer) -> None:
        self.here, self.decide = here, decide
        self.up = True
        self.slipped = False  # a statement was made ready that the role may not run
        here.set_authorizer(self)

    def __call__(
        self, action: int, table: str | None, column: str | None, file: str | None, by: str | None
    ) -> int:
        verdict = self.decide(action, table, column, file, by)
        if verdict == sqlite3.SQLITE_OK or self.up:
            return verdict
        self.slipped = True
        return sqlite3.SQLITE_OK


def _guard(decide: Authorizer) -> _Guard:
    """Return the guard of this thread's connection, a new one where the old one will not do."""
    held: _Guard | None = getattr(connection, GUARD, None)
    here = connection.connection
    if held is None or held.here is not here or held.decide is not decide or held.slipped:
        held = _Guard(here, decide)
        setattr(connection, GUARD, held)
    return held


@cache
def _authorizer(role: Role | None) -> Authorizer:
    unread = _forbidden(role, Right.READ)
    unwritten = _forbidden(role, Right.WRITE)

    def decide(
        action: int, table: str | None, _column: str | None, _file: str | None, _by: str | None
    ) -> int:
        if action == sqlite3.SQLITE_READ and table in unread:
            return sqlite3.SQLITE_DENY
        if action in WRITES and table in unwritten:
            return sqlite3.SQLITE_DENY
        return sqlite3.SQLITE_OK

    return decide


def _forbidden(role: Role | None, right: Right) -> frozenset[str]:
    return frozenset(
        model._meta.db_table
        for model in owned_models()
        if role is None
        or not (ever(role, data_class_of(model), right) or role in _opened(model, right))
    )


def _opened(model: type[Owned], right: Right) -> frozenset[Role]:
    """Return the roles to which the table of acts opens a table's rows; for reading only."""
    return TABLE[model.also] if model.also is not None and right == Right.READ else frozenset()


def _also(model: type[Owned], right: Right, free: Iterable[Role]) -> list[Role]:
    """Return the roles, in order, that read a table for an act and not by the table of rights."""
    return [role for role in Role if role in _opened(model, right) - frozenset(free)]


def _take_role(actor: Actor | None) -> None:
    values = ("", "", "", "")
    if actor is not None:
        owner = "" if actor.owner is None else str(actor.owner)
        values = (str(actor.alliance.id), str(actor.user), owner, actor.role.value)
    calls = ", ".join(f"set_config('fenglian.{name}', %s, false)" for name in SETTINGS)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {calls}", values)  # names of our own
        cursor.execute(f"SET ROLE {APP_ROLE}")


# PostgreSQL's policies, made anew after every migration.


def build_policies(sender: AppConfig, using: str, **_signal: object) -> None:
    """Make the role that owns nothing, and every table's policies, those of the table."""
    if connection.vendor != "postgresql" or using != connection.alias:
        return
    with connection.cursor() as cursor:
        for statement in policies(_existing(connection)):
            cursor.execute(statement)


def _existing(here: BaseDatabaseWrapper) -> list[type[Owned]]:
    tables = set(here.introspection.table_names())
    return [model for model in owned_models() if model._meta.db_table in tables]


def policies(models: Iterable[type[Owned]]) -> Iterator[str]:
    """Yield the SQL that lets the role see and write what the table of rights says."""
    yield (
        f"DO $$ BEGIN CREATE ROLE {APP_ROLE} NOLOGIN NOSUPERUSER NOBYPASSRLS;"
        " EXCEPTION WHEN duplicate_object THEN NULL; END $$"
    )
    yield f"GRANT {APP_ROLE} TO CURRENT_USER"
    yield f"GRANT USAGE ON SCHEMA public TO {APP_ROLE}"
    yield f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {APP_ROLE}"
    yield f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {APP_ROLE}"
    for model in models:
        table = model._meta.db_table
        read, write = _condition(model, Right.READ), _condition(model, Right.WRITE)
        yield f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"
        for name, clause in (
            ("read", f"FOR SELECT TO {APP_ROLE} USING ({read})"),
            ("add", f"FOR INSERT TO {APP_ROLE} WITH CHECK ({write})"),
            ("change", f"FOR UPDATE TO {APP_ROLE} USING ({write}) WITH CHECK ({write})"),
        ):
            yield f"DROP POLICY IF EXISTS fenglian_{name} ON {table}"
            yield f"CREATE POLICY fenglian_{name} ON {table} {clause}"


def _condition(model: type[Owned], right: Right) -> str:
    """Return the same condition as ``scope.visible_to``, in SQL, for all roles together."""
    data_class, party = data_class_of(model), party_of(model)
    own = _roles(data_class, right, Relation.OWN)
    granted = _roles(data_class, right, Relation.GRANTED)
    others = _roles(data_class, right, Relation.OTHER)
    named = _roles(data_class, right, Relation.PARTY) if party else []
    stated = [role for role in others if cell(role, data_class).stated]
    free = [role for role in others if role not in stated]
    ways = [
        _for_roles(own, f"owner_id = {_setting('owner', 'bigint')}"),
        _for_roles(granted, f"owner_id IN ({_granted(data_class)})"),
        _for_roles(named, f"{party}_id = {_setting('owner', 'bigint')}"),
        _for_roles(stated, f"EXISTS ({_purpose(data_class)})"),
        _for_roles([*free, *_also(model, right, free)], "true"),
    ]
    reached = " OR ".join(way for way in ways if way) or "false"
    return f"alliance_id = {_setting('alliance', 'bigint')} AND ({reached})"


def _roles(data_class: DataClass, right: Right, relation: Relation) -> list[Role]:
    return [role for role in RIGHTS if right in cell(role, data_class).of(relation)]


def _for_roles(roles: list[Role], condition: str) -> str:
    if not roles:
        return ""
    names = ", ".join(f"'{role.value}'" for role in roles)
    return f"(current_setting('fenglian.role', true) IN ({names}) AND {condition})"


def _setting(name: str, kind: str) -> str:
    return f"nullif(current_setting('fenglian.{name}', true), '')::{kind}"


def _granted(data_class: DataClass) -> str:
    """Return the owners that granted a class to the unit of the one who asks."""
    today = "(now() AT TIME ZONE 'Asia/Shanghai')::date"
    conditions = (
        f"g.reader_id = {_setting('owner', 'bigint')}",
        f"g.alliance_id = {_setting('alliance', 'bigint')}",
        f"g.data_class = '{data_class.value}'",
        "g.revoked_at IS NULL",
        f"g.until >= {today}",
        f"(o.left_on IS NULL OR o.left_on > {today})",
    )
    tables = "access_grant g JOIN accounts_owner o ON o.id = g.owner_id"
    return f"SELECT g.owner_id FROM {tables} WHERE {' AND '.join(conditions)}"  # noqa: S608


def _purpose(data_class: DataClass) -> str:
    """Return the confirmed purposes of the one who asks that open a class."""
    conditions = (
        f"p.user_id = {_setting('user', 'bigint')}",
        f"p.alliance_id = {_setting('alliance', 'bigint')}",
        f"p.data_class = '{data_class.value}'",
        "p.confirmed_by_id IS NOT NULL",
        "p.ended_at IS NULL",
        "p.until > now()",
    )
    return f"SELECT 1 FROM access_purpose p WHERE {' AND '.join(conditions)}"  # noqa: S608
