"""What is stated of one organisation, of some of a list, of the whole alliance? Always for an actor.

Eight tables of one kind, which a page shows together: one question asks all of them.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ObjectDoesNotExist

from fenglian.engine.registry import records as engine
from fenglian.engine.registry.as_of import registry_as_of
from fenglian.web.access.table import Act, require
from fenglian.web.accounts.actor import Actor
from fenglian.web.intake.records import Column
from fenglian.web.registry import records
from fenglian.web.sql import fetch, places

FOREVER = "9999-12-31"
PARTS: Mapping[str, Column[Any]] = {  # of a registry, by their field
    "organisations": records.ORGANISATION,
    "persons": records.PERSON,
    "person_posts": records.PERSON_POST,
    "unit_posts": records.UNIT_POST,
    "parts": records.PART,
    "events": records.EVENT,
    "attendances": records.ATTENDANCE,
    "signings": records.SIGNING,
    "quotations": records.QUOTATION,
}
ABOUT = """
    WITH one AS (
        SELECT o.id, o.record, o.rank, o.owner_id, u.slug FROM registry_organisation o
        LEFT JOIN accounts_owner u ON u.id = o.owner_id
        WHERE o.alliance_id = %s AND o.slug = %s)
    SELECT 'organisations', id, record, rank, owner_id, slug FROM one
    UNION ALL SELECT 'persons', min(h.id), p.record, 0, 0, ''
        FROM registry_personpost h JOIN registry_person p ON p.id = h.person_id
        WHERE h.organisation_id = (SELECT id FROM one) GROUP BY p.id
    UNION ALL SELECT 'person_posts', id, record, 0, 0, '' FROM registry_personpost
        WHERE organisation_id = (SELECT id FROM one)
    UNION ALL SELECT 'unit_posts', id, record, 0, 0, '' FROM registry_unitpost
        WHERE organisation_id = (SELECT id FROM one) OR body_id = (SELECT id FROM one)
    UNION ALL SELECT 'parts', id, record, 0, 0, '' FROM registry_partplayed
        WHERE organisation_id = (SELECT id FROM one) OR event_id IN (
            SELECT id FROM registry_event WHERE subject_id = (SELECT id FROM one))
    UNION ALL SELECT 'events', id, record, 0, 0, '' FROM registry_event
        WHERE subject_id = (SELECT id FROM one) OR id IN (
            SELECT event_id FROM registry_partplayed
            WHERE organisation_id = (SELECT id FROM one))
    UNION ALL SELECT 'attendances', a.id, a.record, 0, 0, ''
        FROM registry_event e JOIN registry_attendance a ON a.event_id = e.id
        WHERE e.subject_id = (SELECT id FROM one)
    UNION ALL SELECT 'signings', id, record, 0, 0, '' FROM registry_signing
        WHERE signer_id = (SELECT id FROM one) OR id IN (
            SELECT signing_id FROM registry_signing_partners
            WHERE organisation_id = (SELECT id FROM one))
    UNION ALL SELECT 'quotations', id, record, 0, 0, '' FROM registry_quotation
        WHERE person_id IN (
            SELECT person_id FROM registry_personpost
            WHERE organisation_id = (SELECT id FROM one))"""
OVERVIEW = " UNION ALL ".join(
    f"SELECT '{part}', id, record FROM {table} WHERE alliance_id = %s"  # noqa: S608  # names of ours
    for part, table in (
        ("persons", "registry_person"),
        ("person_posts", "registry_personpost"),
        ("unit_posts", "registry_unitpost"),
        ("parts", "registry_partplayed"),
        ("events", "registry_event"),
        ("attendances", "registry_attendance"),
        ("signings", "registry_signing"),
        ("quotations", "registry_quotation"),
    )
)
PERSONS = "SELECT key FROM registry_person WHERE alliance_id = %s ORDER BY key"
SIGNED = "signed"  # the part of whoever signed
VERDICTS = """
    SELECT name, other, same, 0 FROM registry_verdict
    WHERE alliance_id = %s AND withdrawn_at IS NULL AND name IN ({names})
    UNION ALL
    SELECT name, other, same, CASE WHEN takes_two AND seconded_by_id IS NULL THEN 1 ELSE 0 END
    FROM intake_identity
    WHERE kind = 'organisation' AND alliance_id = %s AND withdrawn_at IS NULL AND name IN ({names})
    ORDER BY 1, 2"""


@dataclass(frozen=True, slots=True)
class About:
    """One organisation with everything that is stated of it, and its place in the house."""

    organisation: engine.Organisation
    registry: engine.Registry  # as of the day; without the organisation where it was not known yet
    rank: int  # place in the list
    owner: int | None  # the unit whose own words name it
    unit: str  # that unit's address; empty: it has no data of its own here


def find_about(actor: Actor, slug: str, day: str = FOREVER) -> About:
    """Return everything that is about one organisation; raises ``ObjectDoesNotExist``."""
    require(actor, Act.READ)
    rows = fetch(ABOUT, (actor.alliance.id, slug))
    if not rows:
        raise ObjectDoesNotExist
    registry = _registry(rows)
    [(rank, owner, unit)] = [row[3:] for row in rows if row[0] == "organisations"]
    [organisation] = registry.organisations
    return About(organisation, registry_as_of(registry, day), rank, owner, unit or "")


def find_overview(actor: Actor, day: str = FOREVER) -> engine.Registry:
    """Return the events, attendances, signings and people of an alliance, as of a day."""
    require(actor, Act.READ)
    rows = fetch(OVERVIEW, (actor.alliance.id,) * OVERVIEW.count("%s"))
    return registry_as_of(_registry(rows), day)


def _registry(rows: list[tuple[Any, ...]]) -> engine.Registry:
    """Return rows (part, number, record, …) as a registry, each part in order."""
    found: dict[str, list[Any]] = defaultdict(list)
    for part, _number, record, *_more in sorted(rows, key=lambda row: row[1]):
        found[part].append(PARTS[part].read(record))
    return engine.Registry(**{part: tuple(found[part]) for part in PARTS}, unsure=())


def namesakes(actor: Actor) -> list[list[str]]:
    """Return the keys of persons who bear one name, by name; nobody knows yet if they are one."""
    require(actor, Act.READ)
    found: dict[str, list[str]] = defaultdict(list)
    for [key] in fetch(PERSONS, (actor.alliance.id,)):
        found[key.partition("@")[0]].append(key)
    return [keys for keys in found.values() if len(keys) > 1]


def find_parts(
    organisations: list[int], day: str
) -> tuple[dict[int, list[str]], dict[int, list[str]]]:
    """Return the posts of organisations, and the parts that they played, as of a day."""
    posts: dict[int, list[str]] = defaultdict(list)
    played: dict[int, list[str]] = defaultdict(list)
    if not organisations:
        return posts, played
    rows = fetch(_parts_of(len(organisations)), (*organisations, day) * 4)
    for part, _number, organisation, record in sorted(rows, key=lambda row: row[:2]):
        if part == "0 post":
            posts[organisation].append(records.UNIT_POST.read(record).post)
        elif part == "1 part":
            played[organisation].append(records.PART.read(record).part)
        else:
            played[organisation].append(SIGNED)
    return posts, played


def _parts_of(count: int) -> str:
    some = places(count)
    return f"""
        SELECT '0 post', id, organisation_id, record FROM registry_unitpost
            WHERE organisation_id IN ({some}) AND day <= %s
        UNION ALL SELECT '1 part', id, organisation_id, record FROM registry_partplayed
            WHERE organisation_id IN ({some}) AND day <= %s
        UNION ALL SELECT '2 signed', id, signer_id, NULL FROM registry_signing
            WHERE signer_id IN ({some}) AND day <= %s
        UNION ALL SELECT '2 signed', s.id, p.organisation_id, NULL
            FROM registry_signing_partners p JOIN registry_signing s ON s.id = p.signing_id
            WHERE p.organisation_id IN ({some}) AND s.day <= %s"""  # noqa: S608  # names of ours


def list_verdicts(actor: Actor, names: list[str]) -> list[tuple[str, str, bool, bool]]:
    """Return the verdicts on names: (name, other, same, whether a second person is wanted)."""
    require(actor, Act.READ)
    wanted = dict.fromkeys(names)
    some = VERDICTS.format(names=places(len(wanted)))
    rows = fetch(some, (actor.alliance.id, *wanted, actor.alliance.id, *wanted))
    return [(name, other, bool(same), bool(waits)) for name, other, same, waits in rows]
