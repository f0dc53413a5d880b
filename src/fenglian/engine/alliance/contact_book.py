"""Who is whom in the alliance, for one reader: units, posts, representatives, how to reach them."""

from dataclasses import dataclass
from datetime import date

from fenglian.engine.labels import Label


@dataclass(frozen=True, slots=True)
class Contact:
    """How to reach a person of a unit; empty: not said."""

    name: str
    title: str
    phone: str
    email: str


@dataclass(frozen=True, slots=True)
class BookEntry:
    """One member in the book."""

    unit: str
    tier: Label
    posts: tuple[str, ...]  # with the person's name where a person holds it
    delegates: tuple[str, ...]  # name and post
    contacts: tuple[Contact, ...] | None  # None: not open to this reader, or there is none


@dataclass(frozen=True, slots=True)
class ContactBook:
    """The book (联络手册), made for one reader on one day."""

    alliance: Label
    reader: str
    made_on: date
    entries: tuple[BookEntry, ...]
    synthetic: bool
