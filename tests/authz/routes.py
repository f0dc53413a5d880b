"""Every address of the house as the proof walks it: its line, its fields, and whose it is."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from tests.authz.addresses import LINES
from tests.authz.world import UNITS, World

GRANTED = {"institute": "member", "bank": "chair"}  # reader → unit that granted its S2
GUARDIANS = frozenset({"system", "security"})
OUTSIDERS = GUARDIANS | {"stranger", "analyst", "auditor"}
MEMBERS = ("chair", "member")  # of the units; the others have not applied, see conftest.settle
ABSENT = "0" * 16
# Routes whose address is not the unit's own: of the unit, the field of ``Places`` where it stands.
OF_UNITS = {
    "registry:decide": "proposals",
    "registry:revoke-link": "links",
    **dict.fromkeys(("access:revoke", "api-1:revoke_grant"), "grants"),
    "contracts:agreement": "agreements",
    **dict.fromkeys(("contracts:naming", "api-1:answer_naming"), "namings"),
    **{f"analysis:{name}": "drills" for name in ("kept-drill", "notify", "end-drill")},
    **{f"api-1:{name}_notices": "drills" for name in ("list", "send")},
    **dict.fromkeys(("analysis:notice", "api-1:answer_notice"), "notices"),
    **{f"alliance:{name}": "resolutions" for name in ("resolution", "ballot", "close")},
    **dict.fromkeys(("api-1:get_resolution", "api-1:close_vote"), "resolutions"),
}
OF_ALL = {
    **dict.fromkeys(("access:confirm", "access:end"), "purpose"),
    **dict.fromkeys(("registry:organisation", "registry:judge"), "organisation"),
    **{f"alliance:{name}": "meeting" for name in ("meeting", "calendar", "presence", "minutes")},
    **{f"alliance:{name}": "meeting" for name in ("attendance", "attendance-book")},
    **{
        f"advice:{name}": "record"
        for name in ("record", "record-brief", "choose", "publish", "take-back")
    },
    **{
        f"api-1:{name}": "record"
        for name in ("get_decision", "choose_way", "publish_decision", "take_back_decision")
    },
    **{
        f"alliance:{name}": "meeting"
        for name in (
            "meeting",
            "calendar",
            "presence",
            "minutes",
            "mail-notice",
            "publish",
            "sign-in-code",
        )
    },
    **dict.fromkeys(("alliance:close-task", "alliance:hand-on"), "task"),
    **dict.fromkeys(("alliance:election", "alliance:slip", "alliance:close-election"), "election"),
    **dict.fromkeys(("alliance:back-idea", "alliance:settle-idea"), "idea"),
    "alliance:charter": "charter",
    "api-1:get_charter": "charter",
    **dict.fromkeys(("api-1:get_election", "api-1:close_election"), "election"),
    **dict.fromkeys(
        (
            "api-1:get_meeting",
            "api-1:get_calendar",
            "api-1:keep_minutes",
            "api-1:publish_meeting",
            "api-1:note_presence",
            "api-1:get_attendance_sheet",
            "api-1:bring_attendance_sheet",
        ),
        "meeting",
    ),
    **dict.fromkeys(("api-1:back_idea", "api-1:settle_idea"), "idea"),
    **dict.fromkeys(("api-1:close_action", "api-1:hand_on_action"), "task"),
    "alliance:close-door": "door",
    "public:page": "page",
}


@dataclass(frozen=True)
class Line:
    """Who may look at a route and who may send to it."""

    name: str
    get: str
    post: str
    of_units: bool

    def allows(self, who: str, method: str, unit: str) -> bool:
        """Whether a person may, at the address of that unit."""
        allowed = self.get if method == "get" else self.post
        own = UNITS if who != "foreign" else ("foreign",)
        inside = who not in GUARDIANS and who != "stranger"
        ways: dict[str, Callable[[], bool]] = {
            "open": lambda: True,
            "all": lambda: who != "stranger",
            "readers": lambda: (not self.of_units or unit in own) and inside,
            **dict.fromkeys(
                ("members", "insiders", "judges"), lambda: _of_the_alliance(allowed, who, unit)
            ),
            "owners": lambda: who in UNITS,
            "own": lambda: who == unit,
            "party": lambda: who == unit,
            "granted": lambda: who == unit or GRANTED.get(who) == unit,
            "keepers": lambda: who == unit or (who == "secretary" and unit in UNITS),
            "proposers": lambda: who in ("secretary", "steward", "second") and unit in UNITS,
            "-": lambda: False,
        }
        # A member of another alliance is a member there.
        named = ("member" if who == "foreign" else who) in allowed.split(",")
        return ways[allowed]() if allowed in ways else named


def _of_the_alliance(allowed: str, who: str, unit: str) -> bool:
    own = MEMBERS if who != "foreign" else ()
    if allowed == "judges":
        return who == unit or (who in ("secretary", "chair") and unit in own)
    return who not in OUTSIDERS and (allowed == "members" or unit in own)


@dataclass(frozen=True)
class Route:
    """One address pattern."""

    name: str
    pattern: str
    parameters: tuple[str, ...]
    callback: Any = field(compare=False)


def read_lines() -> dict[str, Line]:
    """Return the table by route."""
    found = {}
    for row in LINES.strip().splitlines():
        name, get, post, *rest = row.split()
        found[name] = Line(name, get, post, bool(rest))
    return found


def all_routes() -> list[Route]:
    """Return every address of web and API."""
    return list(_walk(get_resolver().url_patterns))


def _walk(patterns: Any, space: str = "", before: str = "") -> Iterator[Route]:
    for each in patterns:
        if isinstance(each, URLResolver):
            inner = f"{each.namespace}:" if each.namespace else ""
            yield from _walk(each.url_patterns, space + inner, before + str(each.pattern))
        elif isinstance(each, URLPattern):
            names = tuple(each.pattern.converters) or tuple(each.pattern.regex.groupindex)
            yield Route(f"{space}{each.name}", before + str(each.pattern), names, each.callback)


@dataclass
class Places:
    """What stands in addresses of one world, by unit."""

    world: World
    document: str
    statement: str
    organisation: str
    rows: dict[str, str]  # unit → address of its first capacity row
    grants: dict[str, str]
    proposals: dict[str, str]
    purpose: str
    sites: dict[str, str]  # unit → address of its first site
    links: dict[str, str]  # unit → address of a link of its own
    token: str  # that opens the member's link
    agreements: dict[str, str]  # unit → address of its first agreement
    namings: dict[str, str]  # unit → address of what names it
    papers: dict[str, str]  # unit → address of its licence
    delegates: dict[str, str]  # unit → address of a person who speaks for it
    resolutions: dict[str, str]  # unit → address of the one about it
    drills: dict[str, str]  # unit → address of a drill that it keeps
    notices: dict[str, str]  # unit → address of a notice that asks it
    meeting: str
    task: str  # a question of the member's
    record: str  # a decision that is not published
    election: str
    idea: str  # of the member
    charter: str
    door: str  # a link to apply
    tokens: dict[str, str]  # route → what opens it to a stranger
    page: str  # short name of the alliance

    def values(self, name: str, unit: str) -> dict[str, str]:
        """Return what to put into the address of a route for a unit; ``absent`` is none."""
        owner = self.world.owners.get(unit)
        slug = owner.slug if owner else ABSENT
        if name in OF_UNITS:
            slug = getattr(self, OF_UNITS[name]).get(unit, ABSENT)
        elif name in OF_ALL:
            slug = getattr(self, OF_ALL[name])
        forms = {
            "advice:brief": "pdf",
            "advice:record-brief": "pdf",
            "analysis:drill-plan": "xlsx",
            "overview:year-document": "xlsx",
            "registry:propose-row": "sites",
        }
        rows = self.sites if name == "registry:propose-correction" else self.rows
        rows = {
            "alliance:paper": self.papers,
            **dict.fromkeys(("alliance:end-delegate", "api-1:end_delegate"), self.delegates),
        }.get(name, rows)
        forms["registry:propose-correction"] = "sites"
        return {
            "slug": slug,
            "row": rows.get(unit, ABSENT),
            "form": forms.get(name, "capacities"),
            "token": self.tokens.get(name, self.token),
            "sha256": self.document,
            "identifier": self.organisation if "organisation" in name else self.statement,
            "act": "second" if name == "registry:identity" else "accept",
            "role": "bank",
            "session": ABSENT,
            "username": "authz-member",
            "key": "demo-flange-01" if name == "registry:row" else "1",
            "pack": "demo",
            "table": "organisations",
            "product": "flange",
            "question": "throughput",
        }
