"""What the registry holds: organisations, persons, posts, events, signings, each with its evidence.

Frozen values. Every property carries the ids of what it rests on: a statement's id, or
``pack/table/row`` for a row of a region pack. What no source says is ``None`` or absent, never 0.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Generic, Literal, Protocol, TypeVar

from fenglian.engine.labels import Label
from fenglian.engine.quantities import Quantity
from fenglian.engine.registry.resolution import Match

Kind = Literal[
    "firm",
    "university",
    "institute",
    "financial_institution",
    "department",
    "zone",
    "association",
    "cluster",
]
KINDS: dict[Kind, Label] = {
    "firm": Label("企业", "firm"),
    "university": Label("高校", "university"),
    "institute": Label("科研院所", "institute"),
    "financial_institution": Label("金融机构", "financial institution"),
    "department": Label("政府部门", "government department"),
    "zone": Label("开发区", "development zone"),
    "association": Label("社团、联盟", "association"),
    "cluster": Label("产业集群", "cluster of firms"),
}
UNIT_POSTS: dict[str, Label] = {  # posts that an organisation holds in an alliance
    "chair_unit": Label("理事长单位", "chair unit"),
    "co_chair_unit": Label("联席理事长单位", "co-chair unit"),
    "vice_chair_unit": Label("副理事长单位", "vice-chair unit"),
    "council_member": Label("理事单位", "council member"),
    "member": Label("成员单位", "member"),
}
PARTS: dict[str, Label] = {  # parts that an organisation plays in an event
    "guiding_body": Label("指导单位", "guiding body"),
    "host": Label("主办单位", "host"),
    "organiser": Label("承办单位", "organiser"),
    "supporter": Label("支持单位", "supporter"),
    "lead": Label("牵头单位", "lead"),
    "initiator": Label("发起单位", "initiator"),
}
EVENTS: dict[str, Label] = {  # as intake names them
    "alliance_founded": Label("联盟成立", "alliance founded"),
    "elected": Label("当选", "elected"),
    "signed": Label("签约", "signed"),
    "joined": Label("入会", "joined"),
    "ground_broken": Label("开工", "ground broken"),
    "commissioned": Label("投产、并网", "commissioned"),
    "installed": Label("吊装", "installed"),
    "rolled_off": Label("下线", "rolled off the line"),
    "awarded": Label("获奖、认定", "awarded"),
    "negotiated": Label("洽谈", "negotiated"),
    "visited": Label("考察", "visited"),
    "meeting": Label("会议", "meeting"),
    "investment_planned": Label("拟投资", "investment planned"),
}
T = TypeVar("T")


class Evidenced(Protocol):
    """Whatever names what it rests on."""

    @property
    def evidence(self) -> tuple[str, ...]:
        """Ids of statements and pack rows."""
        ...


@dataclass(frozen=True, slots=True)
class Stated(Generic[T]):
    """A value, and the ids of the statements or pack rows that it rests on."""

    value: T
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Organisation:
    """Someone who can act: a firm, a department, an alliance … or a cluster of many firms."""

    key: str  # normal form of its fullest name; of a relative name with its document
    name: Stated[str]  # as the fullest source writes it
    kinds: tuple[Stated[Kind], ...]  # best borne out first; sources may differ
    names: tuple[Stated[str], ...]  # every way it is written, the fullest first
    provinces: tuple[Stated[str], ...]  # codes of GB/T 2260, from its name or a source
    places: tuple[Stated[str], ...]  # prefecture and county as a pack gives them
    notes: tuple[Stated[str], ...]  # what a pack says of it in a sentence
    matches: tuple[Match, ...]  # how its names came together
    first_known: str | None  # ISO date of the earliest source; None: undated

    @property
    def kind(self) -> Kind | None:
        """The kind that is best borne out; None where no source says."""
        return self.kinds[0].value if self.kinds else None

    @property
    def evidence(self) -> tuple[str, ...]:
        """Everything that names this organisation, once."""
        groups = (self.names, self.kinds, self.provinces, self.places, self.notes)
        found = (each.evidence for group in groups for each in group)
        return tuple(dict.fromkeys(number for numbers in found for number in numbers))


@dataclass(frozen=True, slots=True)
class Person:
    """A person with a post in some organisation; reporters and editors are none."""

    key: str
    name: Stated[str]


@dataclass(frozen=True, slots=True)
class PersonPost:
    """A person holds a post in an organisation, as of a day."""

    person: str  # key
    organisation: str | None  # key; None where the source names none that is known
    organisation_name: str | None  # as written
    title: str
    stated_on: str | None  # ISO date of the source: held then, since when is not known
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UnitPost:
    """An organisation holds a post in an alliance; its persons do not for that."""

    organisation: str  # key
    body: str | None  # key of the alliance; None where the source does not say
    post: str  # of UNIT_POSTS
    since: str | None  # ISO date, where an election or a founding gives one
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened."""

    key: str
    type: str  # of EVENTS
    subject: str | None  # key of the organisation it is about; None where none is known
    subject_name: str  # as written
    day: Stated[str] | None  # ISO date
    half_day: str | None
    inferred: tuple[str, ...]  # what of the day is not written in the words: "year", "day"
    place: Stated[str] | None  # GB/T 2260 code
    place_name: str | None
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Attendance:
    """How many came to a meeting. Attending is not membership, and says nothing about it."""

    event: str | None  # key
    meeting: str  # as written
    day: str | None  # ISO date of the event
    units: tuple[Stated[Quantity], ...]  # several where sources differ; never summed
    persons: tuple[Stated[Quantity], ...]
    kinds: Stated[str] | None  # as the source lists them
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PartPlayed:
    """An organisation's part in an event: guided, hosted, organised it."""

    organisation: str  # key
    part: str  # of PARTS
    event: str | None  # key
    body: str | None  # key of the organisation whose event it is
    day: str | None  # ISO date of the event
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A party that the source counts and does not name."""

    number: int  # from 1
    of: int
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Signing:
    """One act of signing with its parties; totals are kept as stated and never divided."""

    key: str
    signer: str | None  # key
    signer_name: str
    day: str | None  # ISO
    partners: tuple[Stated[str], ...]  # keys of named partners
    partner_count: Stated[Quantity] | None  # as stated, named and unnamed together
    placeholders: tuple[Placeholder, ...]
    totals: tuple[Stated[Quantity], ...]  # several where sources differ; never summed
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Quotation:
    """What a person said, in their words or reported."""

    person: str  # key
    words: str
    quoted: bool  # False: reported
    stated_on: str | None  # ISO date of the first source
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Registry:
    """Everything that the accepted statements say, put together."""

    organisations: tuple[Organisation, ...]
    persons: tuple[Person, ...]
    person_posts: tuple[PersonPost, ...]
    unit_posts: tuple[UnitPost, ...]
    parts: tuple[PartPlayed, ...]
    events: tuple[Event, ...]
    attendances: tuple[Attendance, ...]
    signings: tuple[Signing, ...]
    quotations: tuple[Quotation, ...]
    unsure: tuple[Match, ...]  # names that stayed apart although others are near

    def evidence(self) -> Iterator[str]:
        """Yield the ids of everything that is rested on, repeats included."""
        groups: tuple[tuple[Evidenced, ...], ...] = (
            self.organisations,
            self.person_posts,
            self.unit_posts,
            self.parts,
            self.events,
            self.attendances,
            self.signings,
            self.quotations,
        )
        for group in groups:
            for record in group:
                yield from record.evidence
