"""Who is in the registry, what is stated of them, as of which day? Always for an actor."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from fenglian.engine.quantities import fold_width
from fenglian.engine.registry import records as engine
from fenglian.engine.registry.as_of import registry_as_of
from fenglian.engine.registry.codes import ALPHABET, LENGTH
from fenglian.engine.registry.search import query_tokens, searchable
from fenglian.web.access.table import Act, require
from fenglian.web.accounts.actor import Actor
from fenglian.web.registry import records
from fenglian.web.registry.listings import find_row
from fenglian.web.registry.models import (
    Attendance,
    Event,
    Organisation,
    PartPlayed,
    Person,
    PersonPost,
    PlaceCount,
    PublicRow,
    Quotation,
    Signing,
    Token,
    TokenCount,
    UnitPost,
    Verdict,
)

PAGE = 50  # organisations of one page of the list
FOREVER = "9999-12-31"
CODE_BEGINS = re.compile(f"[{ALPHABET}]{{4,{LENGTH}}}")


@dataclass(frozen=True, slots=True)
class Filter:
    """What of the registry is asked for; empty: everything."""

    words: str = ""
    kind: str = ""
    province: str = ""
    as_of: str = ""  # ISO date
    page: int = 1

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
    return Organisation.objects.filter(alliance_id=actor.alliance.id, first_known__lte=day)


def list_organisations(actor: Actor, wanted: Filter, size: int = PAGE) -> OrganisationPage:
    """Return a page of the organisations that a filter leaves, the most stated first."""
    start = (wanted.page - 1) * size
    if wanted.words.strip():
        numbers = list(search(actor, wanted)[start : start + size + 1])
        found = _organisations(actor).in_bulk(numbers)
        rows = [found[number] for number in numbers if number in found]
    else:
        rows = list(_narrowed(_organisations(actor, wanted.day), wanted)[start : start + size + 1])
    return OrganisationPage(_lines(rows[:size], wanted.day), wanted.page, len(rows) > size)


def _narrowed(rows: QuerySet[Organisation], wanted: Filter) -> QuerySet[Organisation]:
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.province:
        rows = rows.filter(province=wanted.province)
    return rows


def search(actor: Actor, wanted: Filter) -> Sequence[int] | QuerySet[Token, int]:
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
    rows = PublicRow.objects.visible_to(actor).filter(form="profile", ended_at=None)
    found = rows.filter(values__uscc__startswith=begin).values_list("owner_id", flat=True)
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


def _lines(rows: list[Organisation], day: str) -> tuple[OrganisationLine, ...]:
    numbers = [row.pk for row in rows]
    posts: dict[int, dict[str, None]] = {number: {} for number in numbers}
    parts: dict[int, dict[str, None]] = {number: {} for number in numbers}
    for post in UnitPost.objects.filter(organisation__in=numbers, day__lte=day):
        posts[post.organisation_id][records.UNIT_POST.unpack(post.record).post] = None
    for part in PartPlayed.objects.filter(organisation__in=numbers, day__lte=day):
        parts[part.organisation_id][records.PART.unpack(part.record).part] = None
    signed = Signing.objects.filter(day__lte=day).order_by()
    pairs = (
        *signed.filter(signer__in=numbers).values_list("signer_id", flat=True),
        *signed.filter(partners__in=numbers).values_list("partners", flat=True),
    )
    for number in pairs:
        if number in parts:
            parts[number]["signed"] = None
    return tuple(
        OrganisationLine(
            slug=row.slug,
            name=row.name,
            kind=row.kind,
            province=row.province,
            listed=row.listed,
            stated=row.stated,
            posts=tuple(posts[row.pk]),
            parts=tuple(parts[row.pk]),
            evidence=tuple(row.record["name"]["evidence"]),
        )
        for row in rows
    )


def count_places(actor: Actor, wanted: Filter) -> Places:
    """Return how many organisations there are of each kind and in each province."""
    rows = _organisations(actor, wanted.day).order_by()
    counts = (
        rows.values_list("kind", "province").annotate(n=Count("id"))
        if wanted.as_of
        else PlaceCount.objects.filter(alliance_id=actor.alliance.id).values_list(
            "kind", "province", "count"
        )
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
    rows = _organisations(actor).filter(key__in=set(keys))
    return {key: (slug, name) for key, slug, name in rows.values_list("key", "slug", "name")}


def find_about(actor: Actor, slug: str, day: str = FOREVER) -> engine.Registry:
    """Return everything that is about one organisation, as of a day."""
    row = _organisations(actor).get(slug=slug)
    posts = PersonPost.objects.filter(organisation=row).select_related("person")
    persons = {post.person_id: post.person for post in posts}
    signings = Signing.objects.filter(Q(signer=row) | Q(partners=row)).distinct()
    events = Event.objects.filter(Q(subject=row) | Q(parts__organisation=row)).distinct()
    about = engine.Registry(
        organisations=(records.ORGANISATION.unpack(row.record),),
        persons=tuple(records.PERSON.unpack(each.record) for each in persons.values()),
        person_posts=tuple(records.PERSON_POST.unpack(each.record) for each in posts),
        unit_posts=tuple(
            records.UNIT_POST.unpack(each.record)
            for each in UnitPost.objects.filter(Q(organisation=row) | Q(body=row))
        ),
        parts=tuple(
            records.PART.unpack(each.record)
            for each in PartPlayed.objects.filter(Q(organisation=row) | Q(event__subject=row))
        ),
        events=tuple(records.EVENT.unpack(each.record) for each in events),
        attendances=tuple(
            records.ATTENDANCE.unpack(each.record)
            for each in Attendance.objects.filter(event__subject=row)
        ),
        signings=tuple(records.SIGNING.unpack(each.record) for each in signings),
        quotations=tuple(
            records.QUOTATION.unpack(each.record)
            for each in Quotation.objects.filter(person__in=persons)
        ),
        unsure=(),
    )
    return registry_as_of(about, day)


def find_overview(actor: Actor, day: str = FOREVER) -> engine.Registry:
    """Return the events, attendances, signings and people of an alliance, as of a day."""
    require(actor, Act.READ)
    own = {"alliance_id": actor.alliance.id}
    overview = engine.Registry(
        organisations=(),
        persons=tuple(records.PERSON.unpack(each.record) for each in Person.objects.filter(**own)),
        person_posts=tuple(
            records.PERSON_POST.unpack(each.record) for each in PersonPost.objects.filter(**own)
        ),
        unit_posts=tuple(
            records.UNIT_POST.unpack(each.record) for each in UnitPost.objects.filter(**own)
        ),
        parts=tuple(records.PART.unpack(each.record) for each in PartPlayed.objects.filter(**own)),
        events=tuple(records.EVENT.unpack(each.record) for each in Event.objects.filter(**own)),
        attendances=tuple(
            records.ATTENDANCE.unpack(each.record) for each in Attendance.objects.filter(**own)
        ),
        signings=tuple(
            records.SIGNING.unpack(each.record) for each in Signing.objects.filter(**own)
        ),
        quotations=tuple(
            records.QUOTATION.unpack(each.record) for each in Quotation.objects.filter(**own)
        ),
        unsure=(),
    )
    return registry_as_of(overview, day)


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


def list_verdicts(actor: Actor, names: Iterable[str]) -> list[tuple[str, str, bool]]:
    """Return the standing verdicts on names: (name, other, same)."""
    require(actor, Act.READ)
    rows = Verdict.objects.filter(alliance_id=actor.alliance.id, withdrawn_at=None)
    return list(rows.filter(name__in=set(names)).values_list("name", "other", "same"))
