"""Who may see which word? Plain lists and sets, told what happened: an oracle beside the code.

It is written from the table on the page of explanation, and asks nothing of ``web.access``.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.utils import timezone

# own, granted by another, another's; r: reads, p: reads for a confirmed purpose, -: nothing.
TABLE = """
                S0   S1   S2   S3   P
member          rrr  rrr  rr-  rr-  rr-
council         rrr  rrr  rr-  rr-  rr-
institute       rrr  rrr  rr-  ---  rr-
bank            rrr  rrr  rr-  rr-  rr-
government      --r  --r  -rp  -rp  ---
secretariat     rrr  rrr  ---  ---  rrr
steward         --r  --r  --p  --p  --p
analyst         --r  ---  ---  ---  ---
auditor         --r  ---  ---  ---  ---
system_admin    ---  ---  ---  ---  ---
security_admin  ---  ---  ---  ---  ---
"""
HEAD, *LINES = TABLE.strip("\n").splitlines()
CLASSES = tuple(HEAD.split())
LETTERS = {
    line.split()[0]: dict(zip(CLASSES, line.split()[1:], strict=True)) for line in LINES
}  # role → class → letters
WRITES = {  # classes of the own unit's rows
    "member": set(CLASSES),
    "council": set(CLASSES),
    "bank": set(CLASSES),
    "institute": {"S0", "S1", "S2", "P"},
    "secretariat": {"S0", "S1", "P"},
}
GRANTS = {"member", "council", "institute", "bank", "secretariat"}
STATES = {"government": {"S2", "S3"}, "steward": {"S2", "S3", "P"}}
CONFIRMS = {"steward", "security_admin"}
PROPOSES = {"secretariat", "steward"}
BLIND = {"system_admin", "security_admin"}  # come to no page of data


@dataclass
class Seat:
    role: str
    unit: str | None


@dataclass
class Version:
    """What one part of one row said, from when to when."""

    unit: str
    form: str
    key: str
    data_class: str
    words: frozenset[str]
    since: datetime
    until: datetime | None = None


@dataclass
class Grant:
    slug: str
    owner: str
    reader: str
    data_class: str
    until: date
    over: bool = False


@dataclass
class Purpose:
    slug: str
    who: str
    alliance: str
    data_class: str
    until: datetime
    confirmed: bool = False
    over: bool = False


@dataclass
class Proposal:
    slug: str
    unit: str
    form: str
    key: str
    parts: dict[str, frozenset[str]]
    waits: bool = True


@dataclass
class Link:
    slug: str
    token: str
    unit: str
    forms: tuple[str, ...]
    until: datetime
    over: bool = False


@dataclass
class Model:
    """Everything that happened, as far as it says who may see what."""

    homes: dict[str, str]  # unit → alliance
    seats: dict[str, dict[str, Seat]]  # person → alliance → seat; alliances in their order
    chosen: dict[str, str] = field(default_factory=dict)  # person → alliance that is open
    left: set[str] = field(default_factory=set)
    versions: list[Version] = field(default_factory=list)
    grants: list[Grant] = field(default_factory=list)
    purposes: list[Purpose] = field(default_factory=list)
    proposals: list[Proposal] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)

    def here(self, who: str) -> str | None:
        """The alliance in which a person is at work; None: nowhere."""
        seats = self.seats[who]
        asked = self.chosen.get(who)
        return asked if asked in seats else min(seats, default=None)

    def seat(self, who: str) -> Seat | None:
        here = self.here(who)
        return self.seats[who][here] if here is not None else None

    def people_of(self, unit: str) -> list[str]:
        home = self.homes[unit]
        return [
            who
            for who, seats in self.seats.items()
            if (seat := seats.get(home)) is not None and seat.unit == unit
        ]

    # Who may see.

    def reads(self, who: str, unit: str, data_class: str) -> bool:
        """Whether a person may read a unit's rows of a class at this moment."""
        seat, here = self.seat(who), self.here(who)
        if seat is None or self.homes[unit] != here:
            return False
        own, granted, other = tuple(LETTERS[seat.role][data_class])
        return (
            other == "r"
            or (own == "r" and seat.unit == unit)
            or (granted == "r" and self.is_granted(unit, seat.unit, data_class))
            or (other == "p" and self.has_purpose(who, data_class))
        )

    def is_granted(self, owner: str, reader: str | None, data_class: str) -> bool:
        return owner not in self.left and any(
            (each.owner, each.reader, each.data_class) == (owner, reader, data_class)
            and not each.over
            and each.until >= timezone.localdate()
            for each in self.grants
        )

    def has_purpose(self, who: str, data_class: str) -> bool:
        return any(
            (each.who, each.alliance, each.data_class) == (who, self.here(who), data_class)
            and each.confirmed
            and not each.over
            and each.until > timezone.now()
            for each in self.purposes
        )

    def standing(self) -> Iterator[Version]:
        return (each for each in self.versions if each.until is None)

    def on_record(self, day: date) -> Iterator[Version]:
        """Yield the versions that stood at the end of a day."""
        end = datetime.combine(day, time.max, timezone.get_current_timezone())
        for each in self.versions:
            if each.since <= end and (each.until is None or each.until > end):
                yield each

    def sees(self, who: str, versions: Iterable[Version]) -> set[str]:
        """Return the words among versions that a person may see."""
        return {
            word
            for each in versions
            if self.reads(who, each.unit, each.data_class)
            for word in each.words
        }

    def is_offered(self, who: str) -> set[str]:
        """Return the words of proposals that wait for a person's unit."""
        seat = self.seat(who)
        if seat is None or seat.unit is None or not self.reads(who, seat.unit, "S1"):
            return set()
        waiting = [each for each in self.proposals if each.waits and each.unit == seat.unit]
        return {word for each in waiting for words in each.parts.values() for word in words}

    # What may be done.

    def writes(self, who: str, unit: str, classes: Iterable[str]) -> bool:
        seat = self.seat(who)
        own = seat is not None and seat.unit == unit and self.homes[unit] == self.here(who)
        return bool(own and seat and set(classes) <= WRITES.get(seat.role, set()))

    def opens(self, link: Link) -> bool:
        return not link.over and link.until > timezone.now() and link.unit not in self.left

    # What happened.

    def keep(self, unit: str, form: str, key: str, parts: dict[str, frozenset[str]]) -> None:
        """A row was written: each part takes the place of the one that stood there."""
        now = timezone.now()
        for data_class, words in parts.items():
            for each in self.standing():
                named = (each.unit, each.form, each.key, each.data_class)
                if named == (unit, form, key, data_class):
                    each.until = now
            self.versions.append(Version(unit, form, key, data_class, words, now))

    def end(self, unit: str, form: str, key: str) -> None:
        for each in list(self.standing()):
            if (each.unit, each.form, each.key) == (unit, form, key):
                each.until = timezone.now()

    def vacate(self, who: str, alliance: str) -> None:
        """A seat ended: nothing that was opened for it comes back with another."""
        del self.seats[who][alliance]
        self._end_purposes(who, alliance)

    def place(self, who: str, alliance: str, role: str, unit: str | None) -> None:
        """A person got a seat, or another one."""
        if self.seats[who].get(alliance) != Seat(role, unit):
            self._end_purposes(who, alliance)
        self.seats[who][alliance] = Seat(role, unit)

    def _end_purposes(self, who: str, alliance: str) -> None:
        for each in self.purposes:
            if (each.who, each.alliance) == (who, alliance):
                each.over = True

    def leave(self, unit: str) -> None:
        """A unit left: its people, the grants it gave and its links end, for good."""
        for who in self.people_of(unit):
            self.vacate(who, self.homes[unit])
        for grant in self.grants:
            grant.over = grant.over or grant.owner == unit
        for link in self.links:
            link.over = link.over or link.unit == unit
        self.left.add(unit)

    def age(self, passed: timedelta) -> None:
        """Time went by: all that was is longer ago, and ends sooner."""
        for grant in self.grants:
            grant.until -= timedelta(days=passed.days)
        for purpose in self.purposes:
            purpose.until -= passed
        for link in self.links:
            link.until -= passed
        for each in self.versions:
            each.since -= passed
            each.until = None if each.until is None else each.until - passed
