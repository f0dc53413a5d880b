"""Rows that are somebody's: asked for by an actor, or not at all.

``Model.objects.visible_to(actor)`` leaves the rows that the table of rights lets the actor read.
A query that nobody scoped raises when it is turned into SQL, whichever way it came about: a
loop, a count, a sum, a subquery, an update, the base manager. Of classes whose every look is
logged, so does one that ``reading.look_at`` does not know of. Who forgets gets an error, not a
leak.
"""

from typing import Any, ClassVar, Self, TypeVar

from django.core.exceptions import ImproperlyConfigured
from django.db import models
from django.db.models import sql
from django.db.models.sql.compiler import SQLCompiler

from fenglian.engine.disclosure.classes import DataClass
from fenglian.web.access.queries import granted_owners, has_confirmed_purpose
from fenglian.web.access.rights import LOGGED, Relation, Right, cell
from fenglian.web.access.table import Act, may
from fenglian.web.accounts.actor import Actor

Row = TypeVar("Row", bound=models.Model)
WHOLE = "whole"


class Unscoped(ImproperlyConfigured):
    """A query for rows that are somebody's, which does not say for whom."""


class Unlogged(ImproperlyConfigured):
    """A look at secrets that would leave no entry in the log."""


class ScopedQuery(sql.Query):
    """A query that becomes SQL only after somebody was named."""

    scoped = ""  # right and reader, or WHOLE
    logged = False

    def _check(self) -> None:
        model = self.model
        if model is None or not self.scoped:
            name = model.__name__ if model else "?"
            raise Unscoped(
                f"{name} rows are somebody's: ask with {name}.objects.visible_to(actor)."
            )
        if self.scoped == Right.READ and data_class_of(model) in LOGGED and not self.logged:
            raise Unlogged(
                f"Each look at {model.__name__} rows is logged: use look_at(actor, rows)."
            )

    def get_compiler(self, *args: Any, **kwargs: Any) -> SQLCompiler:
        self._check()
        compiler: SQLCompiler = super().get_compiler(*args, **kwargs)
        return compiler

    def chain(self, klass: Any = None) -> Any:
        # An update or a delete becomes a query of another class, which does not ask.
        if klass is not None:
            self._check()
        return super().chain(klass)

    def combine(self, rhs: sql.Query, connector: str) -> None:
        # a | b has the rows of both: both must have been asked for.
        if isinstance(rhs, ScopedQuery):
            rhs._check()
        self._check()
        super().combine(rhs, connector)


class ScopedQuerySet(models.QuerySet[Row]):
    """Rows that are somebody's."""

    query: ScopedQuery

    def __init__(self, model: Any = None, query: Any = None, using: Any = None, hints: Any = None):
        super().__init__(model, query or ScopedQuery(model), using, hints)

    def visible_to(self, actor: Actor, right: Right = Right.READ) -> Self:
        """Return the rows in which an actor has a right; the table of rights says which."""
        kept = self.filter(reached(actor, self.model, right))
        kept.query.scoped = right
        return kept

    def whole(self) -> Self:
        """Return all rows; for actions that write on behalf of the house, never for an answer."""
        kept = self.all()
        kept.query.scoped = WHOLE
        return kept

    def raw(self, *args: Any, **kwargs: Any) -> Any:
        """Refuse: words of SQL cannot be scoped."""
        raise Unscoped(f"{self.model.__name__} rows are somebody's: SQL of one's own is refused.")

    def _raw_delete(self, using: str | None) -> int:
        self.query._check()
        deleted: int = super()._raw_delete(using)
        return deleted


class ScopedManager(models.Manager.from_queryset(ScopedQuerySet)):  # type: ignore[misc]
    """The only door to rows that are somebody's, the base manager included."""


class Owned(models.Model):
    """A row that is a unit's own: the unit says it, and decides who reads it."""

    data_class: ClassVar[DataClass]
    party_field: ClassVar[str] = ""  # of a table whose rows name another unit as a party
    # Who may do this reads the rows besides those whom the table of rights lets: a look at papers
    # that a unit handed in for the purpose. Each look is logged as the class has it.
    also: ClassVar[Act | None] = None
    alliance = models.ForeignKey("accounts.Alliance", models.PROTECT, related_name="+")
    owner = models.ForeignKey("accounts.Owner", models.PROTECT, related_name="+")

    objects = ScopedManager()

    class Meta:
        abstract = True
        base_manager_name = "objects"


def data_class_of(model: type[models.Model]) -> DataClass:
    """Return the class of a table's rows; a table that declares none holds secrets."""
    return getattr(model, "data_class", DataClass.S3)


def opened(actor: Actor, model: type[models.Model]) -> bool:
    """Whether the table of acts opens a table's rows to an actor, whatever their class."""
    act: Act | None = getattr(model, "also", None)
    return act is not None and may(actor, act)


def party_of(model: type[models.Model]) -> str:
    """Return the field in which a table keeps the unit that a row names; empty: it has none."""
    return getattr(model, "party_field", "")


def reached(actor: Actor, model: type[models.Model], right: Right = Right.READ) -> models.Q:
    """Return the condition that leaves the rows of a table in which an actor has a right."""
    found = allowed(actor, data_class_of(model), right, party_of(model))
    if right == Right.READ and opened(actor, model):
        found |= models.Q(alliance_id=actor.alliance.id)
    return found


def allowed(actor: Actor, data_class: DataClass, right: Right, party: str = "") -> models.Q:
    """Return the condition that leaves the rows in which an actor has a right."""
    here = models.Q(alliance_id=actor.alliance.id)
    rights = cell(actor.role, data_class)
    if right in rights.of(Relation.OTHER) and (
        not rights.stated or has_confirmed_purpose(actor, data_class)
    ):
        return here
    ways = models.Q(pk__in=())
    if right in rights.of(Relation.OWN) and actor.owner is not None:
        ways |= models.Q(owner_id=actor.owner)
    if right in rights.of(Relation.GRANTED) and actor.owner is not None:
        ways |= models.Q(owner_id__in=granted_owners(actor, data_class))
    if right in rights.of(Relation.PARTY) and actor.owner is not None and party:
        ways |= models.Q((f"{party}_id", actor.owner))
    return here & ways
