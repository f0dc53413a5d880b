"""Every address of the house, who may come there, and where each belongs to whom.

A route that has no line here fails the proof: nobody adds an address without saying for whom.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from tests.authz.world import UNITS, World

# Who: open – strangers too; all – whoever is signed in; readers – all but the two administrators
# of the house; own – the unit's own people; else people by name, or - for nobody.
# granted – the unit's own people, and the unit to which it granted a look (see conftest.settle);
# party – the people of the unit that an agreement names.
# keepers – the unit's own people and the secretariat; proposers – who may correct another's.
# members – all but the two administrators, the analyst and the auditor; insiders – the same, of
# their own alliance's members; judges – the unit's own people, the secretariat and the council.
# Of another unit's address and of an absent one the answer is alike, where ``unit`` stands.
LINES = """
home                         all        -
overview:replay              readers    -
overview:year                members    -
overview:year-document       members    -
accounts:account             all        all
accounts:sign-in             open       open
accounts:sign-out            -          open
accounts:demo                -          -
accounts:alliance            -          all
accounts:revoke-key          -          -
accounts:password            all        all
accounts:renew-factor        all        all
accounts:recovery-codes      -          all
accounts:end-other-sessions  -          all
accounts:end-session         -          -
accounts:code                open       open
accounts:set-up              all        all
accounts:join                -          -
accounts:people              chair,member,institute,bank,secretary,system,security,auditor -
accounts:invite              -          secretary,system
accounts:propose             -          system,security
accounts:propose-factors     -          system,security
accounts:revoke              -          -
accounts:decide              -          -
accounts:unit-leaves         -          secretary,system         unit
accounts:unit-returns        -          secretary,system         unit
accounts:seat                secretary,system,security,auditor  -
accounts:change-seat         -          secretary,system,security
accounts:end-seat            -          secretary,system,security
accounts:propose-renewal     -          system,security
accounts:unlock              -          security
api-1:show_self              all        -
api-1:list_seated_units      chair,member,institute,bank,secretary,system,security,auditor        -
audit:entries                all        -
audit:check                  -          auditor
audit:entries-csv            all        -
access:grants                all        chair,member,institute,bank
access:table                 all        -
access:revoke                -          own              unit
access:state                 -          department,steward,second
access:confirm               -          steward,second,security
access:end                   -          steward,second,security,department
intake:documents             readers    secretary,analyst
intake:statements            readers    -
intake:statements-csv        readers    -
intake:edit                  -          secretary
intake:decide                -          secretary
intake:reading               readers    -
intake:repairs               readers    -
intake:original              readers    -
intake:accept-undoubted      -          secretary
intake:undo                  -          secretary
intake:suggest               -          secretary
intake:second                -          secretary,steward,second
intake:queue                 readers    -
intake:conflicts             readers    -
intake:review-lines          readers    -
registry:organisations       readers    -
registry:organisations-csv   readers    -
registry:row                 readers    -
registry:mine                owners     -
registry:unit                readers    -                unit
registry:workbook            readers    own              unit
registry:bring               own        own              unit
registry:units               readers    secretary
registry:takeaway            own        -                unit
registry:make-link           -          keepers          unit
registry:revoke-link         -          keepers          unit
registry:propose-row         proposers  proposers        unit
registry:propose-correction  proposers  proposers        unit
fill:form                    open       open
fill:workbook                open       open
fill:language                -          open
registry:new-row             own        own              unit
registry:edit-row            own        own              unit
registry:end-row             -          own              unit
registry:decide              -          own              unit
registry:organisation        readers    -
registry:judge               -          secretary
registry:identities          readers    secretary
registry:identity            -          secretary,steward,second
alliance:members             members    -
alliance:members-book        members    -
alliance:members-sheet       secretary  secretary
alliance:apply               owners     -
alliance:member              insiders   -                unit
alliance:certificate         judges     -                unit
alliance:fee                 -          secretary        unit
alliance:issue               -          secretary        unit
alliance:check               -          secretary        unit
alliance:tier                -          secretary        unit
alliance:delegate            -          keepers          unit
alliance:end-delegate        -          keepers          unit
alliance:application         judges     keepers          unit
alliance:add-paper           -          keepers          unit
alliance:paper               judges     -                unit
alliance:step                -          keepers          unit
alliance:vote-about          -          secretary        unit
alliance:resolutions         members    secretary
alliance:resolution          insiders   -                unit
alliance:ballot              -          chair
alliance:close               -          secretary        unit
alliance:meetings            members    secretary
alliance:meeting             members    -
alliance:calendar            members    -
alliance:presence            -          secretary
alliance:attendance-book     members    -
alliance:attendance          secretary  secretary
alliance:minutes             -          secretary
alliance:book                members    -
alliance:workbook            members    -
alliance:activity            members    -
alliance:posts               members    secretary
alliance:leave-post          -          secretary
alliance:tasks               members    chair,member,institute,bank,secretary
alliance:close-task          -          member,secretary
alliance:mail-notice         -          secretary
alliance:publish             -          secretary
alliance:sign-in-code        secretary  -
alliance:mail-welcome        -          secretary        unit
alliance:listed              -          keepers          unit
alliance:charters            members    secretary
alliance:charter             members    -
alliance:elections           members    secretary
alliance:election            members    -
alliance:slip                -          chair,member
alliance:close-election      -          secretary
alliance:ideas               members    chair,member,institute,bank,secretary
alliance:back-idea           -          chair,institute,bank
alliance:settle-idea         -          secretary
alliance:outward             secretary  secretary
alliance:close-page          -          secretary
alliance:make-door           -          secretary
alliance:close-door          -          secretary
alliance:hand-on             -          secretary
alliance:remind              -          secretary
public:page                  open       -
public:apply                 open       open
public:sign-in               open       open
contracts:ledger             readers    -
contracts:agreement          granted    -                unit
contracts:naming             party      party            unit
contracts:signings           readers    -
contracts:sourcing           readers    -
contracts:links              readers    -
contracts:apart              -          own              unit
contracts:needs              readers    -
contracts:offer              -          own              unit
contracts:order              -          own              unit
chain:map                    readers    -
chain:coverage-csv           readers    -
chain:product                readers    -
analysis:index               readers    -
analysis:question            readers    -
analysis:risk                readers    -
analysis:what-if             readers    -
analysis:drill               readers    -
analysis:drill-plan          readers    -
analysis:keep-drill          -          chair,member,bank
analysis:kept-drill          own        -                unit
analysis:notify              -          own              unit
analysis:end-drill           -          own              unit
analysis:notice              party      party            unit
advice:items                 readers    -
advice:brief                 secretary,department,analyst   -
advice:gaps                  readers    -
advice:gap                   readers    -
advice:give                  -          secretary,department
advice:decide                -          department
advice:history               readers    -
advice:record                secretary,department           -
advice:record-brief          secretary,department           -
advice:choose                -          department
advice:publish               -          department
advice:take-back             -          department
language                     -          open
theme                        -          open
api-1:openapi-json           open       -
api-1:openapi-view           all        -
api-1:api-root               -          -
api-1:list_audit_entries     all        -
api-1:check_audit_log        auditor    -
api-1:read_text              -          secretary,analyst
api-1:read_file              -          secretary,analyst
api-1:list_documents         readers    -
api-1:get_document           readers    -
api-1:list_statements        readers    -
api-1:decide_statement       -          secretary
api-1:list_organisations     readers    -
api-1:get_organisation       readers    -
api-1:get_overview           readers    -
api-1:list_units             readers    -
api-1:list_unit_forms        all        -
api-1:get_unit               readers    -                unit
api-1:end_unit_row           -          own              unit
api-1:put_profile_rows       -          own              unit
api-1:put_honours_rows       -          own              unit
api-1:put_sites_rows         -          own              unit
api-1:put_contacts_rows      -          own              unit
api-1:put_offerings_rows     -          own              unit
api-1:put_capacities_rows    -          own              unit
api-1:put_capacity_plans_rows -         own              unit
api-1:put_offering_prices_rows -        own              unit
api-1:put_contracts_rows     -          own              unit
api-1:put_deliveries_rows    -          own              unit
api-1:put_payments_rows      -          own              unit
api-1:put_critical_inputs_rows -        own              unit
api-1:put_needs_rows         -          own              unit
api-1:list_needs             readers    -
api-1:offer_for_need         -          own              unit
api-1:order_for_need         -          own              unit
api-1:list_agreements        readers    -
api-1:list_namings           readers    -
api-1:answer_naming          -          party            unit
api-1:list_signings          readers    -
api-1:get_sourcing           chair,member,institute,bank -
api-1:list_links             readers    -
api-1:list_grants            all        chair,member,institute,bank
api-1:give_grant             all          chair,member,institute,bank
api-1:revoke_grant           -          own              unit
api-1:list_members           members    -
api-1:get_member             insiders   -                unit
api-1:list_resolutions       members    -
api-1:list_meetings          members    -
api-1:list_posts             members    -
api-1:list_charters          members    -
api-1:get_charter            members    -
api-1:list_elections         members    -
api-1:get_election           members    -
api-1:get_resolution         insiders   -                unit
api-1:get_activity           members    -
api-1:get_meeting            members    -
api-1:note_presence          -          secretary
api-1:get_member_list        members    secretary
api-1:bring_member_list      members    secretary
api-1:get_attendance_sheet   members    secretary
api-1:bring_attendance_sheet members    secretary
api-1:sign_in_to_meeting     -          chair,member,institute,bank
api-1:list_ideas             members    chair,member,institute,bank,secretary
api-1:put_idea               members    chair,member,institute,bank,secretary
api-1:back_idea              -          chair,institute,bank
api-1:settle_idea            -          secretary
api-1:list_actions           members    chair,member,institute,bank,secretary
api-1:set_action             members    chair,member,institute,bank,secretary
api-1:close_action           -          member,secretary
api-1:hand_on_action         -          secretary
api-1:list_applications      chair,secretary  -
api-1:get_application        judges     -                unit
api-1:get_chain              readers    -
api-1:get_coverage           readers    -
api-1:get_product            readers    -
api-1:list_questions         all        -
api-1:answer_question        readers    -
api-1:get_risk               readers    -
api-1:compare_chains         readers    -
api-1:get_drill              readers    -
api-1:list_drills            readers    chair,member,bank
api-1:keep_drill             readers    chair,member,bank
api-1:list_notices           own        own              unit
api-1:send_notices           own        own              unit
api-1:list_asked             readers    -
api-1:answer_notice          -          party            unit
api-1:list_advice            readers    -
api-1:list_gaps              readers    -
api-1:get_gap                readers    -
api-1:list_decisions         readers    -
api-1:get_decision           secretary,department           -
api-1:give_advice            -          secretary,department
api-1:decide_gap             -          department
api-1:choose_way             -          department
api-1:publish_decision       -          department
api-1:take_back_decision     -          department
api-1:replay_days            readers    -
api-1:report_year            members    -
"""
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
    "api-1:get_resolution": "resolutions",
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
    "api-1:get_election": "election",
    **dict.fromkeys(
        (
            "api-1:get_meeting",
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
        rows = {"alliance:paper": self.papers, "alliance:end-delegate": self.delegates}.get(
            name, rows
        )
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
