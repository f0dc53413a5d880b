"""The only writer of the registry: built anew from what is accepted, and people's verdicts.

A rebuild is one transaction and gives the same rows whenever it is run; rows whose key stays
keep their number, so that other rooms may point at them.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, TypeVar

from django.db import connection, transaction
from django.db.models import Count
from django.utils import timezone

from fenglian.data import tables
from fenglian.engine.quantities import fold_width
from fenglian.engine.registry import records as engine
from fenglian.engine.registry.build import build_registry
from fenglian.engine.registry.definitions import find_definitions
from fenglian.engine.registry.gathering import Background
from fenglian.engine.registry.search import index_tokens, searchable
from fenglian.web.access.table import Act, require
from fenglian.web.accounts.actor import Actor
from fenglian.web.accounts.models import Owner
from fenglian.web.intake.actions import state_identity, withdraw_pair
from fenglian.web.intake.queries import accepted_sources
from fenglian.web.intake.queries.review import standing_identities
from fenglian.web.intake.records import Column
from fenglian.web.registry import records
from fenglian.web.registry.actions.linking import OWNERS, names_said, own_listings
from fenglian.web.registry.actions.slugs import slug_of
from fenglian.web.registry.listings import listed, regions
from fenglian.web.registry.models import (
    Attendance,
    Derived,
    Event,
    Organisation,
    PartPlayed,
    Person,
    PersonPost,
    PlaceCount,
    Quotation,
    Signing,
    Token,
    TokenCount,
    UnitPost,
    Verdict,
)

BATCH = 500  # rows of one statement of SQL
TOKENS = 10_000  # rows of the search index that are handed over at once
ADD_TO_INDEX = (
    "INSERT INTO registry_token (alliance_id, organisation_id, text, rank) VALUES (%s, %s, %s, %s)"
)
Row = TypeVar("Row", bound=Derived)
Numbers = Mapping[str, int]  # key → primary key


def rebuild_after_decision(actor: Actor, **_signal: Any) -> None:
    """Hear that statements were decided on; runs in the transaction of the decision."""
    rebuild_registry(actor)


@transaction.atomic
def rebuild_registry(actor: Actor) -> engine.Registry:
    """Build the registry of the actor's alliance anew from what is accepted now."""
    registry = build_registry(*_sources(actor))
    alliance = actor.alliance.id
    organisations = _write_organisations(alliance, registry)
    persons = _write(
        Person,
        alliance,
        {each.key: {} for each in registry.persons},
        registry.persons,
        records.PERSON,
    )
    for model in (Quotation, PersonPost, UnitPost, PartPlayed, Attendance, Signing, Event):
        model.objects.filter(alliance_id=alliance).delete()
    _write_events(alliance, registry, organisations)
    _write_posts(alliance, registry, organisations, persons)
    _write_signings(alliance, registry, organisations)
    return registry


def _sources(actor: Actor) -> tuple[Any, Background]:
    sources = accepted_sources(actor)
    judged = [
        *Verdict.objects.filter(  # said before it took two persons
            alliance_id=actor.alliance.id, withdrawn_at=None
        ).values_list("name", "other", "same"),
        *standing_identities(actor, "organisation"),
    ]
    people = standing_identities(actor, "person")
    return sources.statements, Background(
        divisions=tables().divisions,
        regions=regions(),
        homes=sources.homes,
        days=sources.days,
        definitions=tuple(
            each
            for document, text in sources.texts.items()
            for each in find_definitions(document, fold_width(text))
        ),
        aliases={name: other for name, other, same in judged if same},
        apart=frozenset(frozenset((name, other)) for name, other, same in judged if not same),
        same_persons=tuple((name, other) for name, other, same in people if same),
        persons_apart=frozenset(
            frozenset((name, other)) for name, other, same in people if not same
        ),
        listed=(*listed(actor.alliance.pack), *own_listings(actor.alliance.id)),
    )


def _write_organisations(alliance: int, registry: engine.Registry) -> Numbers:
    ranked = sorted(registry.organisations, key=lambda each: (-len(each.evidence), each.key))
    owners = dict(Owner.objects.filter(alliance_id=alliance).values_list("slug", "pk"))
    said = names_said(alliance)
    written = {each.key: _written(each, said.get(_owner(each, owners) or 0, ())) for each in ranked}
    columns = {
        each.key: {
            "slug": slug_of(each.key),
            "name": each.name.value,
            "written": "\n".join(written[each.key]),
            "kind": each.kind or "",
            "province": each.provinces[0].value if each.provinces else "",
            "listed": any("/" in number for number in each.evidence),
            "stated": any("/" not in number for number in each.evidence),
            "rank": rank,
            "first_known": each.first_known or "",
            "owner_id": _owner(each, owners),
        }
        for rank, each in enumerate(ranked)
    }
    numbers = _write(Organisation, alliance, columns, ranked, records.ORGANISATION)
    write_index(alliance, {numbers[each.key]: written[each.key] for each in ranked})
    write_places(alliance)
    return numbers


def _owner(organisation: engine.Organisation, owners: Mapping[str, int]) -> int | None:
    """Return the unit whose own words name an organisation; of several the first."""
    own = (each.removeprefix(OWNERS) for each in organisation.evidence if each.startswith(OWNERS))
    return next((owners[slug] for slug in own if slug in owners), None)


def write_index(alliance: int, names: Mapping[int, Sequence[str]]) -> None:
    """Make the search index that of these names, by organisation in the order of the list."""
    for model in (Token, TokenCount):
        model._default_manager.filter(alliance_id=alliance).delete()
    counts: Counter[str] = Counter()
    rows = _token_rows(alliance, names, counts)
    # Past the ORM, whose objects would take gigabytes: a name has thirty tokens.
    with connection.cursor() as cursor:
        while batch := list(islice(rows, TOKENS)):
            cursor.executemany(ADD_TO_INDEX, batch)
    TokenCount.objects.bulk_create(
        (
            TokenCount(alliance_id=alliance, text=text, count=n)
            for text, n in sorted(counts.items())
        ),
        batch_size=BATCH,
    )


def _token_rows(
    alliance: int, names: Mapping[int, Sequence[str]], counts: Counter[str]
) -> Iterator[tuple[int, int, str, int]]:
    """Yield the rows of the index, and count them by token."""
    for rank, number in enumerate(names):
        tokens = sorted({token for text in names[number] for token in index_tokens(text)})
        counts.update(tokens)
        for token in tokens:
            yield alliance, number, token, rank


def write_places(alliance: int) -> None:
    """Count the organisations of each kind in each province."""
    PlaceCount.objects.filter(alliance_id=alliance).delete()
    rows = Organisation.objects.filter(alliance_id=alliance).order_by()
    PlaceCount.objects.bulk_create(
        PlaceCount(alliance_id=alliance, kind=kind, province=province, count=number)
        for kind, province, number in rows.values_list("kind", "province").annotate(n=Count("id"))
    )


def _written(organisation: engine.Organisation, said: Iterable[str]) -> list[str]:
    """Return every way it is written, and what its own unit says it is called."""
    written = (organisation.name, *organisation.names)
    return list(dict.fromkeys((*(searchable(each.value) for each in written), *said)))


def _write(
    model: type[Row],
    alliance: int,
    columns: Mapping[str, Mapping[str, Any]],
    values: Iterable[Any],
    column: Column[Any],
) -> Numbers:
    """Make the rows of a model those of the values: changed in place, added, taken away."""
    kept = dict(model._default_manager.filter(alliance_id=alliance).values_list("key", "pk"))
    gone = [number for key, number in kept.items() if key not in columns]
    model._default_manager.filter(pk__in=gone).delete()
    rows = [
        model(alliance_id=alliance, key=each.key, record=column.pack(each), **columns[each.key])
        for each in values
    ]
    names = [name for key in list(columns)[:1] for name in columns[key]]
    model._default_manager.bulk_create(
        rows,
        batch_size=BATCH,
        update_conflicts=True,
        update_fields=["record", *names],
        unique_fields=["alliance", "key"],
    )
    found = model._default_manager.filter(alliance_id=alliance).values_list("key", "pk")
    return dict(found)


def _write_events(alliance: int, registry: engine.Registry, who: Numbers) -> None:
    _add(
        Event(
            alliance_id=alliance,
            key=each.key,
            type=each.type,
            subject_id=who.get(each.subject or ""),
            day=each.day.value if each.day else "",
            record=records.EVENT.pack(each),
        )
        for each in registry.events
    )
    events = dict(Event.objects.filter(alliance_id=alliance).values_list("key", "pk"))
    _add(
        PartPlayed(
            alliance_id=alliance,
            key=f"{each.organisation}/{each.part}"[:255],
            organisation_id=who[each.organisation],
            event_id=events.get(each.event or ""),
            day=each.day or "",
            record=records.PART.pack(each),
        )
        for each in registry.parts
    )
    _add(
        Attendance(
            alliance_id=alliance,
            key=each.meeting[:255],
            event_id=events.get(each.event or ""),
            day=each.day or "",
            record=records.ATTENDANCE.pack(each),
        )
        for each in registry.attendances
    )


def _write_posts(alliance: int, registry: engine.Registry, who: Numbers, persons: Numbers) -> None:
    _add(
        PersonPost(
            alliance_id=alliance,
            key=f"{each.person}/{each.title}"[:255],
            person_id=persons[each.person],
            organisation_id=who.get(each.organisation or ""),
            day=each.stated_on or "",
            record=records.PERSON_POST.pack(each),
        )
        for each in registry.person_posts
    )
    _add(
        UnitPost(
            alliance_id=alliance,
            key=f"{each.organisation}/{each.post}"[:255],
            organisation_id=who[each.organisation],
            body_id=who.get(each.body or ""),
            day=each.since or "",
            record=records.UNIT_POST.pack(each),
        )
        for each in registry.unit_posts
    )
    _add(
        Quotation(
            alliance_id=alliance,
            key=f"{each.person}/{number}"[:255],
            person_id=persons[each.person],
            day=each.stated_on or "",
            record=records.QUOTATION.pack(each),
        )
        for number, each in enumerate(registry.quotations)
    )


def _write_signings(alliance: int, registry: engine.Registry, who: Numbers) -> None:
    rows = _add(
        Signing(
            alliance_id=alliance,
            key=each.key,
            signer_id=who.get(each.signer or ""),
            day=each.day or "",
            record=records.SIGNING.pack(each),
        )
        for each in registry.signings
    )
    for row, signing in zip(rows, registry.signings, strict=True):
        row.partners.set(who[each.value] for each in signing.partners)


def _add(rows: Iterable[Row]) -> Sequence[Row]:
    kept = list(rows)
    if kept:
        type(kept[0])._default_manager.bulk_create(kept, batch_size=BATCH)
    return kept


@transaction.atomic
def judge_names(actor: Actor, name: str, other: str, *, same: bool) -> None:
    """Find two names to be one organisation, or not to be; what was said before is withdrawn.

    That they are one counts when another person has confirmed it.
    """
    require(actor, Act.DECIDE)
    withdraw_verdict(actor, name, other)
    state_identity(actor, "organisation", name, other, same=same)


@transaction.atomic
def withdraw_verdict(actor: Actor, name: str, other: str) -> None:
    """Take a verdict back; it stays on record."""
    require(actor, Act.DECIDE)
    standing = Verdict.objects.filter(
        alliance_id=actor.alliance.id, name=name, other=other, withdrawn_at=None
    )
    standing.update(withdrawn_at=timezone.now())
    withdraw_pair(actor, name, other)
