"""Is the log whole? A chain of digests over its entries, and the anchors that it is held against.

Pure arithmetic, without a framework, so that a member's own auditor can run it on a copy.

The digest of an entry is SHA-256, as 64 hexadecimal digits, over its columns in the order of
``COLUMNS``, each as text, one zero byte between two, in UTF-8. An entry's ``previous`` is the
digest of the entry before; the first one's is ``GENESIS``. No column may hold a zero byte (the
writer refuses it, PostgreSQL cannot hold it), and there are always as many columns: so two
different entries never have the same text.

The chain alone finds every change but two: entries cut off at the end, and a log rewritten from
some entry on. These an anchor finds: how many entries there were on a day, and the last digest,
kept where whoever rewrites the log cannot reach it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from hashlib import sha256

COLUMNS = (
    "number",
    "at",
    "alliance",
    "user",
    "who",
    "unit",
    "role",
    "act",
    "table",
    "rows",
    "owner",
    "data_class",
    "purpose",
    "detail",
    "previous",
)
GENESIS = sha256(b"fenglian audit log 1").hexdigest()
ZERO = "\0"
MOST_FAULTS = 100
ANCHOR_MARK = "fenglian-audit"
ANCHOR = re.compile(
    rf"{ANCHOR_MARK} (?P<day>\d{{4}}-\d\d-\d\d) (?P<count>\d{{1,18}}) (?P<digest>[0-9a-f]{{64}})"
    r"(?![0-9a-f])"
)

# What ``COLUMNS`` name, with ``user`` None for nobody; a sealed entry has its digest at the end.
Columns = tuple[int, int, str, int | None, str, str, str, str, str, str, int, str, str, str, str]
Sealed = tuple[
    int, int, str, int | None, str, str, str, str, str, str, int, str, str, str, str, str
]


# An entry as a check needs it: number, previous, digest, and the octets its digest is made of, None
# where no entry of ours could have them.
Spelled = tuple[int, str, str, bytes | None]


class Kind(StrEnum):
    """What can be wrong with a log."""

    EDITED = "edited"  # the entry is not what was written
    BROKEN = "broken"  # it does not follow on the entry before it
    MISSING = "missing"  # one or more numbers before it are not there
    STRAY = "stray"  # its number was there before, or is none
    CUT = "cut"  # an anchor or the head knows of more entries than there are
    REWRITTEN = "rewritten"  # an anchor or the head knows another digest


@dataclass(frozen=True, slots=True)
class Anchor:
    """How many entries the log had on a day, and the digest of the last one."""

    day: date
    count: int
    digest: str

    def line(self) -> str:
        """Return the anchor as one line of text, to keep elsewhere or to print."""
        return f"{ANCHOR_MARK} {self.day.isoformat()} {self.count} {self.digest}"


@dataclass(frozen=True, slots=True)
class Head:
    """What the database itself keeps of the end of the log."""

    count: int
    digest: str


EMPTY = Head(0, GENESIS)


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong with the log, and the entry where it shows."""

    number: int
    kind: Kind
    anchor: Anchor | None = None  # the one that shows it


@dataclass(frozen=True, slots=True)
class Report:
    """What a check of the log found."""

    count: int  # entries that are there
    last: Head  # number and digest of the last of them
    anchors: int  # that the log was held against
    faults: tuple[Fault, ...]  # the first ``MOST_FAULTS`` at most
    found: int  # how many faults there are

    @property
    def whole(self) -> bool:
        """Whether nothing is wrong."""
        return self.found == 0

    @property
    def first(self) -> Fault | None:
        """The fault at the lowest number."""
        return min(self.faults, key=lambda each: each.number, default=None)


def spell(entry: Columns | Sealed) -> str:
    """Return the text of an entry that its digest is made of; one that it has does not count."""
    # fmt: off
    (
        number, at, alliance, user, who, unit, role, act, table, rows, owner, level, why, what,
        before, *_digest,
    ) = entry
    # fmt: on
    # Spelt out, not joined in a loop: a million entries are to be checked within ten seconds.
    return (
        f"{number}\0{at}\0{alliance}\0{'' if user is None else user}\0{who}\0{unit}\0{role}\0{act}"
        f"\0{table}\0{rows}\0{owner}\0{level}\0{why}\0{what}\0{before}"
    )


def digest(entry: Columns | Sealed) -> str:
    """Return the digest of an entry's columns."""
    return sha256(_octets(entry)).hexdigest()


def _octets(entry: Columns | Sealed) -> bytes:
    return spell(entry).encode("utf-8", "surrogatepass")


def read_anchors(text: str) -> tuple[Anchor, ...]:
    """Return every anchor in a text, such as a file of them or a printed brief."""
    return tuple(_anchors(text))


def _anchors(text: str) -> Iterator[Anchor]:
    for found in ANCHOR.finditer(text):
        try:
            day = date.fromisoformat(found["day"])
        except ValueError:
            continue  # no day of any calendar: not an anchor of ours
        yield Anchor(day, int(found["count"]), found["digest"])


class _Faults:
    """Faults as they are found: the first ones, and how many there are."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.found = 0
        self.kept: list[Fault] = []

    def add(self, number: int, kind: Kind, anchor: Anchor | None = None) -> None:
        self.found += 1
        if len(self.kept) < self.most:
            self.kept.append(Fault(number, kind, anchor))


def check_chain(
    entries: Iterable[Sealed],
    *,
    anchors: Iterable[Anchor] = (),
    head: Head | None = None,
    most: int = MOST_FAULTS,
) -> Report:
    """Recompute every digest, in the order of the numbers, and hold the log against its anchors.

    After a fault the check goes on from what the entry says of itself, so that one change is
    not reported again for every entry behind it.
    """
    spelled = ((each[0], each[-2], each[-1], _octets(each)) for each in entries)
    return check_spelled(spelled, anchors=anchors, head=head, most=most)


def check_spelled(
    entries: Iterable[Spelled],
    *,
    anchors: Iterable[Anchor] = (),
    head: Head | None = None,
    most: int = MOST_FAULTS,
) -> Report:
    """Do what ``check_chain`` does, with entries that the database has spelt already."""
    faults = _Faults(most)
    marks = sorted(anchors, key=lambda each: each.count)
    wanted = {mark.count for mark in marks} | ({head.count} if head else set())
    digests = {0: GENESIS}  # by number, at the numbers that are wanted
    number, before, count = 0, GENESIS, 0
    for own, previous, said, octets in entries:
        count += 1
        if own != number + 1:
            own = _off_number(faults, own, number)  # noqa: PLW2901  # goes on from there
        if previous != before:
            faults.add(own, Kind.BROKEN)
        if octets is None or sha256(octets).hexdigest() != said:
            faults.add(own, Kind.EDITED)
        number, before = own, said
        if own in wanted:
            digests[own] = said
    last = Head(number, before)
    for mark in marks:
        _hold(faults, Head(mark.count, mark.digest), digests, last, mark)
    if head is not None:
        if head.count < last.count:
            faults.add(head.count + 1, Kind.STRAY)  # added past the only writer
        _hold(faults, head, digests, last)
    return Report(count, last, len(marks), tuple(faults.kept), faults.found)


def _off_number(faults: _Faults, own: int, number: int) -> int:
    """Add the fault of a number that is not the next one; return the number to go on from."""
    if not isinstance(own, int) or own <= number:  # SQLite would also hold a text there
        faults.add(number, Kind.STRAY)
        return number
    faults.add(own, Kind.MISSING)
    return own


def _hold(
    faults: _Faults,
    known: Head,
    digests: Mapping[int, str],
    last: Head,
    anchor: Anchor | None = None,
) -> None:
    """Hold the log against one place that is known of it."""
    if known.count > last.count:
        faults.add(last.count + 1, Kind.CUT, anchor)
    elif digests.get(known.count) != known.digest:
        faults.add(known.count, Kind.REWRITTEN, anchor)
