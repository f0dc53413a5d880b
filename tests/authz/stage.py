"""Two alliances, their units and people, and rows in which every word is found nowhere else."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from fenglian.engine.disclosure.parts import part_of
from fenglian.engine.labels import Label
from fenglian.web.access.models import Grant, Purpose
from fenglian.web.access.wall import lower_wall, raise_wall
from fenglian.web.accounts import actions as accounts
from fenglian.web.accounts.actor import Actor, Role
from fenglian.web.accounts.models import Owner, User
from fenglian.web.accounts.queries import find_actor
from fenglian.web.registry import actions as registry
from fenglian.web.registry.actions.owned import save_for_the_house
from fenglian.web.registry.models import OWNED, Way
from fenglian.web.registry.models import Link as KeptLink
from fenglian.web.registry.profile_tables import pack, profile_tables
from tests.authz import model as told
from tests.authz.model import Model
from tests.authz.world import FIXED, seat

HOME, AWAY = "a-sequences", "b-sequences"
UNITS = {
    "chair": "演示整机厂", "member": "演示法兰厂", "institute": "演示研究所", "bank": "演示银行",
    "foreign": "演示外厂",
}  # fmt: skip
AT_HOME = tuple(unit for unit in UNITS if unit != "foreign")
CAST = {
    "chair": (Role.COUNCIL, "chair"), "member": (Role.MEMBER, "member"),
    "institute": (Role.INSTITUTE, "institute"), "bank": (Role.BANK, "bank"),
    "both": (Role.MEMBER, "member"), "department": (Role.GOVERNMENT, None),
    "analyst": (Role.ANALYST, None), "secretary": (Role.SECRETARIAT, None),
    "steward": (Role.STEWARD, None), "second": (Role.STEWARD, None),
    "system": (Role.SYSTEM_ADMIN, None), "security": (Role.SECURITY_ADMIN, None),
}  # fmt: skip
PEOPLE = (*CAST, "foreign")
FORMS = (
    "honours", "sites", "offerings", "capacities", "capacity_plans", "offering_prices", "contacts",
)  # fmt: skip
WORD = re.compile(r"cw\d{6}q")


def words_of(value: Any) -> set[str]:
    """Return the canaries in anything that can be written down."""
    text = value if isinstance(value, str) else json.dumps(value, default=str, ensure_ascii=False)
    return set(WORD.findall(text))


class Cast:
    """The people and units of two alliances in the database, and the model that knows them."""

    def __init__(self) -> None:
        home, away = (
            accounts.create_alliance(slug, Label(slug, slug), synthetic=True, pack="demo")
            for slug in (HOME, AWAY)
        )
        self.owners = {
            unit: accounts.create_owner(away if unit == "foreign" else home, name)
            for unit, name in UNITS.items()
        }
        self.model = Model(
            homes={unit: AWAY if unit == "foreign" else HOME for unit in UNITS},
            seats={who: {} for who in PEOPLE},
        )
        self.users: dict[str, int] = {}
        for who, (role, unit) in CAST.items():
            actor = seat(who, home, role, self.owners[unit] if unit else None)
            self.users[who] = actor.user
            self.model.seats[who][HOME] = told.Seat(role.value, unit)
        self.users["foreign"] = seat("foreign", away, Role.MEMBER, self.owners["foreign"]).user
        both = User.objects.get(pk=self.users["both"])
        accounts.seat_user(both, away, Role.MEMBER, self.owners["foreign"])
        for who in ("foreign", "both"):
            self.model.seats[who][AWAY] = told.Seat("member", "foreign")
        self._count = 0
        for unit in UNITS:
            self._fill(unit)

    def _fill(self, unit: str) -> None:
        """Have a unit say one row of each form, also of such as it could not write itself."""
        actor = find_actor(self.users[unit], self.model.homes[unit])
        assert actor is not None
        for form in ("profile", *FORMS):
            entry, parts = self.row(form)
            if form == "profile":  # what tells a link's rows to be this unit's
                entry = registry.Entry(entry.key, {**entry.values, "uscc": f"code-{unit}"})
            save_for_the_house(actor, self.owners[unit].pk, form, [entry], Way.DEMO)
            self.model.keep(unit, form, entry.key, parts)

    def word(self) -> str:
        self._count += 1
        return f"cw{self._count:06d}q"

    def row(self, form: str, key: str = "") -> tuple[registry.Entry, dict[str, frozenset[str]]]:
        """Return a row of a form, a new word in every cell that holds words, and the words."""
        table, values = profile_tables()[form], {}
        parts: dict[str, set[str]] = {}
        for column in table.columns:
            value: Any = None
            if column.choices:
                value = column.choices[0].word
            elif column.type in FIXED:
                value = FIXED[column.type]
            elif column.type in ("text", "product", "names", "phone", "email") or column.is_key:
                if column.type in ("date", "end_date") or column.name == "uscc":
                    continue
                word = self.word()
                value = (word,) if column.type == "names" else word
                parts.setdefault(part_of(table, column).value, set()).add(word)
            values[column.name] = pack(column, value)
        entry = registry.Entry(key or f"{form}-{self._count}", values)
        return entry, {name: frozenset(words) for name, words in parts.items()}


@contextmanager
def at_work(actor: Actor | None) -> Iterator[None]:
    """Do something as within a person's request: before the wall."""
    raise_wall(actor)
    try:
        with transaction.atomic():
            yield
    finally:
        lower_wall()


def rows_found(actor: Actor) -> set[str]:
    """Return the words of all rows that stand and that a person may see."""
    found: set[str] = set()
    for model in OWNED:
        rows = model.objects.visible_to(actor).filter(ended_at=None)
        rows.query.logged = True  # a look in the test, at everybody's after every step
        found |= words_of(list(rows.values_list("values", flat=True)))
    return found


def age(passed: timedelta) -> None:
    """Make all that was kept longer ago by as much; that is the same as waiting."""
    for rows in (model.objects.whole() for model in OWNED):
        rows.update(recorded_at=F("recorded_at") - passed, ended_at=F("ended_at") - passed)
    for model in (Purpose, KeptLink):
        model.objects.update(until=F("until") - passed)
    for grant in Grant.objects.all():
        Grant.objects.filter(pk=grant.pk).update(until=grant.until - timedelta(days=passed.days))
    for owner in Owner.objects.exclude(left_on=None):
        left_on = (owner.left_on or timezone.localdate()) - timedelta(days=passed.days)
        Owner.objects.filter(pk=owner.pk).update(left_on=left_on)
