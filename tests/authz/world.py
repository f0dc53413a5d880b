"""A small alliance in which every unit has secrets, and each secret is a word found nowhere else.

The cast: a chair unit that competes with a member, a member, an institute, a bank; a department,
a secretary, an analyst, two stewards and the three administrators; and a firm of another alliance.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from fenglian.engine.disclosure.classes import DataClass
from fenglian.engine.disclosure.parts import part_of
from fenglian.engine.labels import Label
from fenglian.engine.quantities import Quantity
from fenglian.engine.registry.tables import Column
from fenglian.web.accounts.actions import create_alliance, create_owner, seat_user
from fenglian.web.accounts.actor import Actor, Role
from fenglian.web.accounts.models import Alliance, Owner, User
from fenglian.web.accounts.queries import find_actor
from fenglian.web.registry.actions import Entry, may_write, save_rows
from fenglian.web.registry.profile_tables import pack, profile_tables

UNITS = {  # who → role, unit
    "chair": (Role.COUNCIL, "演示整机厂"),
    "member": (Role.MEMBER, "演示法兰厂"),
    "institute": (Role.INSTITUTE, "演示研究所"),
    "bank": (Role.BANK, "演示银行"),
}
OTHERS = {
    "department": Role.GOVERNMENT,
    "secretary": Role.SECRETARIAT,
    "analyst": Role.ANALYST,
    "steward": Role.STEWARD,
    "second": Role.STEWARD,
    "system": Role.SYSTEM_ADMIN,
    "security": Role.SECURITY_ADMIN,
    "auditor": Role.AUDITOR,
}
FIRST_NUMBER = 7_310_001  # canaries among numbers count up from here, in steps that no page makes


@dataclass
class World:
    """People by part, and the words that must not come out."""

    people: dict[str, Actor] = field(default_factory=dict)
    owners: dict[str, Any] = field(default_factory=dict)
    canaries: dict[tuple[str, DataClass], list[str]] = field(default_factory=dict)
    applications: dict[str, list[str]] = field(default_factory=dict)  # unit → what it handed in
    questions: set[str] = field(default_factory=set)  # what the member asked the secretariat
    decisions: set[str] = field(default_factory=set)  # what government chose and did not publish
    # Owner and party of an agreement → words that both may know, and nobody else.
    shared: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    # Who drills and who is asked → words of notice and answer, which both may know, and nobody else.
    drilled: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    _numbers: int = 0

    def handed(self, unit: str) -> str:
        """Return a word that a unit hands in to those who judge: a secret of class P to all else."""
        text = self.word(unit, DataClass.P)
        self.canaries[unit, DataClass.P].remove(text)
        self.applications.setdefault(unit, []).append(text)
        return text

    def word(self, unit: str, data_class: DataClass) -> str:
        """Return a word found nowhere else, remembered as a secret of a unit."""
        self._numbers += 1
        text = f"canary{unit}{data_class}{self._numbers:03d}"
        self.canaries.setdefault((unit, data_class), []).append(text)
        return text

    def question(self) -> str:
        """Return a word that the member asks the secretariat; nobody else gets it."""
        text = self.handed("member")
        self.questions.add(text)
        return text

    def chosen(self) -> str:
        """Return a word of a decision; only those who follow decisions get it."""
        self._numbers += 1
        text = f"canarychosen{self._numbers:03d}"
        self.decisions.add(text)
        return text

    def shared_word(self, owner: str, party: str) -> str:
        """Return a word found nowhere else, which two units share."""
        self._numbers += 1
        text = f"canaryshared{self._numbers:03d}"
        self.shared.setdefault((owner, party), []).append(text)
        return text

    def drill_word(self, asker: str, asked: str) -> str:
        """Return a word of a notice or of its answer, found nowhere else."""
        text = self.shared_word(asker, asked)
        self.shared[asker, asked].remove(text)
        self.drilled.setdefault((asker, asked), []).append(text)
        return text

    def number(self, unit: str, data_class: DataClass) -> int:
        """Return a number found nowhere else."""
        self._numbers += 1
        number = FIRST_NUMBER + 137 * self._numbers
        self.canaries.setdefault((unit, data_class), []).append(str(number))
        return number


def build_world(
    slug: str = "authz", *, units: Mapping[str, Any] = UNITS, filled: bool = True
) -> World:
    """Make the alliance, its people, and every form of every unit, or the forms left empty."""
    world = World()
    alliance = create_alliance(
        slug, Label("演示权限联盟", "Authorisation demo"), synthetic=True, pack="demo"
    )
    for who, (role, name) in units.items():
        world.owners[who] = create_owner(alliance, name)
        world.people[who] = seat(who, alliance, role, world.owners[who])
    for who, role in OTHERS.items():
        world.people[who] = seat(who, alliance, role)
    elsewhere = create_alliance(
        f"{slug}-other", Label("演示别处", "Demo elsewhere"), synthetic=True
    )
    world.owners["foreign"] = create_owner(elsewhere, "演示外厂")
    world.people["foreign"] = seat("foreign", elsewhere, Role.MEMBER, world.owners["foreign"])
    for who in (*units, "foreign") if filled else ():
        fill(world, who)
    return world


def seat(who: str, alliance: Alliance, role: Role, owner: Owner | None = None) -> Actor:
    """Give a person a seat; without a password, which would take most of the tests' time."""
    user = User.objects.create(username=f"{alliance.slug}-{who}", name=f"演示{who}")
    seat_user(user, alliance, role, owner)
    actor = find_actor(user.pk, alliance.slug)
    assert actor is not None
    return actor


def fill(world: World, who: str) -> None:
    """Have a unit fill in two rows of each form that its role may write, every cell a canary."""
    actor, code = world.people[who], world.word(who, DataClass.S0)
    for form, table in profile_tables().items():
        if actor.owner is None or not may_write(actor, form, actor.owner):
            continue
        entries = []
        for _number in range(1 if form == "profile" else 2):
            values = {
                column.name: pack(column, _value(world, who, column, part_of(table, column)))
                for column in table.columns
                if column.name != "uscc"
            }
            values["uscc"] = code  # the same on every form, and shown on the first
            key = "/".join(str(values[name]) for name in table.key)
            entries.append(Entry(key=key[:200], values=values))
        save_rows(actor, actor.owner, form, entries)


FIXED = {"unit": "t", "period": "2031", "flag": True, "region": "140100"}
UNITS_OF = {"元": "yuan", "万元": "yuan", "平方米": "m2"}


def _value(world: World, who: str, column: Column, data_class: DataClass) -> Any:
    if column.choices:
        return column.choices[0].word
    if column.type in FIXED:
        return FIXED[column.type]
    match column.type:
        case "names":
            return (world.word(who, data_class),)
        case "specs":
            return (("直径", world.word(who, data_class)),)
        case "quantity":
            unit = UNITS_OF.get(column.unit, "t")
            return Quantity(Decimal(world.number(who, data_class)), "eq", unit)
        case "integer":
            return world.number(who, data_class)
        case "date" | "end_date":
            return date(2031, 5, 17)
        case "email":
            return f"{world.word(who, data_class)}@example.invalid"
        case _:
            return world.word(who, data_class)
