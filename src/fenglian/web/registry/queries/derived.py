"""Who is in the registry, what is stated of them, as of which day? Always for an actor."""

import json
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Count, Exists, OuterRef, QuerySet

from fenglian.engine.intake.mentions.hinted import UNSTATED
from fenglian.engine.quantities import fold_width
from fenglian.engine.registry import records as engine
from fenglian.engine.registry.codes import ALPHABET, LENGTH
from fenglian.engine.registry.search import query_tokens, searchable
from fenglian.web.access.table import Act, require
from fenglian.web.accounts.actor import Actor
from fenglian.web.registry import records
from fenglian.web.registry.listings import find_row
from fenglian.web.registry.models import Organisation, ProfileWord, PublicRow, Token, TokenCount
from fenglian.web.registry.profile_words import CODE, as_compared
from fenglian.web.registry.queries.stated import FOREVER, find_parts
from fenglian.web.sql import fetch, inside, places

PAGE = 50  # organisations of one page of the list
BESIDE = 12  # beside one of them
COUNTED = "SELECT kind, province, count FROM registry_placecount WHERE alliance_id = %s"
FOUND = """
    SELECT id, slug, name, kind, province, listed, stated, {evidence} FROM registry_organisation
    WHERE alliance_id = %s AND id IN ({numbers})"""
LISTED = """
    SELECT id FROM registry_organisation WHERE alliance_id = %s
    ORDER BY rank, id LIMIT %s OFFSET %s"""
NEAR = """
    SELECT id FROM registry_organisation WHERE alliance_id = %s AND rank > %s AND rank <= %s
    ORDER BY rank, id"""
HITS = """
    SELECT organisation_id FROM registry_token WHERE alliance_id = %s AND text = %s
    ORDER BY rank LIMIT %s OFFSET %s"""
KEYED = """
    SELECT key, slug, name FROM registry_organisation WHERE alliance_id = %s AND key IN ({keys})"""
CODE_BEGINS = re.compile(f"[{ALPHABET}]{{4,{LENGTH}}}")


def known_organisations(sender: type, actor: Actor, **sent: Any) -> list[tuple[str, str]]:
    """Return every way in which the registry's organisations are written, with their kinds."""
    require(actor, Act.READ)
    rows = Organisation.objects.filter(alliance_id=actor.alliance.id)
    return [
        (name, kind or UNSTATED)
        for first, written, kind in rows.values_list("name", "written", "kind")
        for name in dict.fromkeys((first, *written.splitlines()))
    ]


@dataclass(frozen=True, slots=True)
class Filter:
    """What of the registry is asked for; empty: everything."""

    words: str = ""
    kind: str = ""
    province: str = ""
    as_of: str = ""  # ISO date
    page: int = 1

    @property
    def narrow(self) -> bool:
        """Whether more than words leave something out."""
        return bool(self.kind or self.province or self.as_of)

    @property
    def plain(self) -> bool:
        """Whether nothing is left out."""
        return not self.narrow and not self.words.strip()

    @property
    def day(self) -> str:
        """The day as of which, or the end of days."""
        return self.as_of or FOREVER


@dataclass(frozen=True, slots=True)
class OrganisationLine:
    """An organisation in the list."""

    slug: str
    name: str
    kind: str
    province: str
    listed: bool
    stated: bool
    posts: tuple[str, ...]  # unit posts, by name
    parts: tuple[str, ...]  # parts played in events, and "signed"
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OrganisationPage:
    """One page of the list."""

    lines: tuple[OrganisationLine, ...]
    number: int
    has_more: bool


@dataclass(frozen=True, slots=True)
class Places:
    """How many organisations there are of each kind and in each province."""

    total: int
    kinds: dict[str, int]
    provinces: dict[str, int]


def _organisations(actor: Actor, day: str = FOREVER) -> QuerySet[Organisation]:
    require(actor, Act.READ)
    rows = Organisation.objects.filter(alliance_id=actor.alliance.id)
    # Asked for the end of days, an index alone would not do.
    return rows if day == FOREVER else rows.filter(first_known__lte=day)


def list_organisations(actor: Actor, wanted: Filter, size: int = PAGE) -> OrganisationPage:
    """Return a page of the organisations that a filter leaves, the most stated first."""
    numbers = _numbers(actor, wanted, (wanted.page - 1) * size, size + 1)
    lines = _lines(actor, numbers[:size], wanted.day)
    return OrganisationPage(lines, wanted.page, len(numbers) > size)


def list_neighbours(
    actor: Actor, wanted: Filter, rank: int, size: int = BESIDE
) -> OrganisationPage:
    """Return what stands around a place in the list that a filter leaves, and on which page that is.

    Ranks follow each other, so that none is looked for where nothing is left out.
    """
    require(actor, Act.READ)
    half = size // 2
    if wanted.plain:
        rows = fetch(NEAR, (actor.alliance.id, rank - half, rank + half))
        numbers = [number for (number,) in rows]
    elif isinstance(hits := _hits(actor, wanted), list):  # by a code: they come first, unranked
        numbers = hits[:size]
    else:
        before = hits.filter(rank__lt=rank).order_by("-rank")[: half - 1]
        numbers = [*reversed(before), *hits.filter(rank__gte=rank)[: half + 1]]
    number = rank // PAGE + 1 if wanted.plain else 1  # the place in a filtered list is not known
    return OrganisationPage(_lines(actor, numbers, wanted.day), number, has_more=True)


def _numbers(actor: Actor, wanted: Filter, start: int, size: int) -> list[int]:
    """Return the keys of some of the organisations that a filter leaves, in the list's order."""
    require(actor, Act.READ)
    tokens = query_tokens(wanted.words)
    if wanted.narrow or len(tokens) > 1:
        return list(_hits(actor, wanted)[start : start + size])
    asked = (HITS, *tokens) if tokens else (LISTED,)
    rows = fetch(asked[0], (actor.alliance.id, *asked[1:], size, start))
    return [number for (number,) in rows]


def _hits(actor: Actor, wanted: Filter) -> list[int] | QuerySet[Any, int]:
    if wanted.words.strip():
        return search(actor, wanted)
    rows = _narrowed(_organisations(actor, wanted.day), wanted)
    return rows.order_by("rank").values_list("pk", flat=True)


def _narrowed(rows: QuerySet[Organisation], wanted: Filter) -> QuerySet[Organisation]:
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.province:
        rows = rows.filter(province=wanted.province)
    return rows


def search(actor: Actor, wanted: Filter) -> list[int] | QuerySet[Token, int]:
    """Return organisations by the credit code that the words begin, else by the words in a name."""
    require(actor, Act.READ)
    coded = _coded(actor, wanted)
    by_name = named(actor, wanted)
    return [*coded, *(each for each in by_name if each not in coded)] if coded else by_name


def _coded(actor: Actor, wanted: Filter) -> list[int]:
    """Return the organisations whose unit gave a code that begins with the words."""
    owners = owners_coded(actor, wanted.words)
    if not owners:
        return []
    rows = _narrowed(_organisations(actor, wanted.day), wanted)
    return list(rows.filter(owner_id__in=owners).values_list("pk", flat=True))


def owners_coded(actor: Actor, words: str) -> list[int]:
    """Return the units whose code is, or begins with, words of four characters or more."""
    begin = fold_width(words).strip().upper()
    if not CODE_BEGINS.fullmatch(begin):
        return []
    holding = ProfileWord.objects.filter(
        alliance_id=actor.alliance.id, column=CODE, text__startswith=as_compared(begin)
    )
    rows = PublicRow.objects.visible_to(actor).filter(ended_at=None)
    found = rows.filter(pk__in=holding.values("row_id")).values_list("owner_id", flat=True)
    return list(found.order_by("owner_id"))


def named(actor: Actor, wanted: Filter) -> QuerySet[Token, int]:
    """Return organisations by the rarest token of the words, each checked for the whole words."""
    tokens = query_tokens(wanted.words)
    own = Token.objects.filter(alliance_id=actor.alliance.id)
    rarest = _rarest(actor, tokens)
    if rarest is None:
        return own.none().values_list("organisation_id", flat=True)
    rows = own.filter(text=rarest)
    if len(tokens) > 1:
        rows = rows.filter(organisation__written__contains=searchable(wanted.words))
    if wanted.kind or wanted.province or wanted.as_of:
        kept = _narrowed(_organisations(actor, wanted.day), wanted)
        rows = rows.filter(Exists(kept.filter(pk=OuterRef("organisation"))))
    return rows.order_by("rank").values_list("organisation_id", flat=True)


def _rarest(actor: Actor, tokens: tuple[str, ...]) -> str | None:
    """Return the token that fewest names have; None where a token is in none at all."""
    if len(tokens) < 2:
        return next(iter(tokens), None)
    counted = TokenCount.objects.filter(alliance_id=actor.alliance.id, text__in=tokens)
    counts = dict(counted.values_list("text", "count"))
    return min(tokens, key=lambda each: counts[each]) if len(counts) == len(tokens) else None


def _lines(actor: Actor, numbers: list[int], day: str) -> tuple[OrganisationLine, ...]:
    if not numbers:
        return ()
    asked = FOUND.format(
        numbers=places(len(numbers)), evidence=inside("record", "name", "evidence")
    )
    rows = fetch(asked, (actor.alliance.id, *numbers))
    place = {number: at for at, number in enumerate(numbers)}
    rows.sort(key=lambda row: place[row[0]])  # as they were found, which need not be by rank
    posts, parts = find_parts(numbers, day)
    return tuple(
        OrganisationLine(
            slug=slug,
            name=name,
            kind=kind,
            province=province,
            listed=bool(listed),
            stated=bool(stated),
            posts=tuple(dict.fromkeys(posts.get(number, ()))),
            parts=tuple(dict.fromkeys(parts.get(number, ()))),
            evidence=tuple(json.loads(evidence)),
        )
        for number, slug, name, kind, province, listed, stated, evidence in rows
    )


def count_places(actor: Actor, wanted: Filter) -> Places:
    """Return how many organisations there are of each kind and in each province."""
    require(actor, Act.READ)
    counts: Iterable[tuple[str, str, int]] = (
        _organisations(actor, wanted.day)
        .order_by()
        .values_list("kind", "province")
        .annotate(n=Count("id"))
        if wanted.as_of
        else fetch(COUNTED, (actor.alliance.id,))
    )
    kinds: Counter[str] = Counter()
    provinces: Counter[str] = Counter()
    for kind, province, number in counts:
        kinds[kind] += number
        provinces[province] += number
    kinds.pop("", None)
    provinces.pop("", None)
    return Places(kinds.total(), dict(kinds), dict(provinces))


def list_all(actor: Actor, wanted: Filter) -> list[engine.Organisation]:
    """Return every organisation that a filter leaves, whole."""
    if wanted.words.strip():
        numbers = list(search(actor, wanted))
        found = _organisations(actor).in_bulk(numbers)
        rows: Iterable[Organisation] = (found[number] for number in numbers if number in found)
    else:
        rows = _narrowed(_organisations(actor, wanted.day), wanted)
    return [records.ORGANISATION.unpack(row.record) for row in rows]


def find_organisation(actor: Actor, slug: str) -> engine.Organisation:
    """Return one organisation; raises ``DoesNotExist`` where this alliance has none such."""
    row = _organisations(actor).get(slug=slug)
    return records.ORGANISATION.unpack(row.record)


def slugs_of(actor: Actor, keys: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Return address and name of organisations by their key."""
    require(actor, Act.READ)
    wanted = tuple(set(keys))
    if not wanted:
        return {}
    rows = fetch(KEYED.format(keys=places(len(wanted))), (actor.alliance.id, *wanted))
    return {key: (slug, name) for key, slug, name in rows}


def find_pack_row(
    actor: Actor, pack: str, table: str, key: str
) -> tuple[dict[str, str], list[dict[str, str]]]:
    """Return a row of the alliance's own region pack and the sources that it names.

    Raises ``ObjectDoesNotExist`` for one of another pack and for none alike.
    """
    require(actor, Act.READ)
    try:
        if pack == actor.alliance.pack:
            return find_row(pack, table, key)
    except LookupError:
        pass
    raise ObjectDoesNotExist
