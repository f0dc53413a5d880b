"""One world for a test: units with secrets, a document, a grant, a proposal, a purpose."""

import re
from datetime import timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from fenglian.engine.alliance.charter import MODEL, spell_charter
from fenglian.engine.disclosure.classes import DataClass
from fenglian.engine.quantities import Quantity
from fenglian.engine.registry.profile import Value
from fenglian.web.access.actions import give_grant, state_purpose
from fenglian.web.accounts.actor import ALLIANCE
from fenglian.web.accounts.models import User
from fenglian.web.advice.actions import Choice, decide
from fenglian.web.alliance import actions as alliance
from fenglian.web.alliance import queries
from fenglian.web.alliance.models import Delegate, Door, Paper
from fenglian.web.analysis import actions as analysis
from fenglian.web.analysis.models import Drill, Notice
from fenglian.web.contracts.models import Naming
from fenglian.web.intake.actions import receive_document
from fenglian.web.registry.actions import Entry, make_link, propose, rebuild_registry, save_rows
from fenglian.web.registry.models import Organisation, PublicRow, SensitiveRow
from fenglian.web.registry.profile_tables import pack, profile_tables
from tests.authz.routes import MEMBERS, Places, Route
from tests.authz.world import UNITS, World, build_world
from tests.web.conftest import SMALL


@pytest.fixture
def world(db: None) -> World:
    """Return the alliance of the proof."""
    return build_world()


@pytest.fixture
def places(world: World) -> Places:
    """Return what stands in its addresses."""
    return settle(world)


def settle(world: World) -> Places:
    """Give every kind of address something to lead to."""
    secretary = world.people["secretary"]
    document = receive_document(secretary, content=SMALL.encode(), name="a.txt")
    rebuild_registry(secretary)
    today = timezone.localdate()
    sites = {
        unit: PublicRow.objects.whole().filter(owner=world.owners[unit], form="sites")[0].slug
        for unit in (*UNITS, "foreign")
    }
    links = {
        unit: make_link(world.people[unit], world.owners[unit].pk, ["sites", "contacts"])
        for unit in (*UNITS, "foreign")
    }
    grants = {
        unit: give_grant(world.people[unit], reader, DataClass.S2, purpose="排产", until=today)
        for unit, reader in (("member", "演示研究所"), ("chair", "演示银行"))
    }
    proposals = {}
    for unit in ("member", "chair"):
        values = {"uscc": "x", "name_zh": f"演示{unit}", "status": "active"}
        row = propose(secretary, world.owners[unit].pk, "profile", Entry("k", values))
        assert row is not None
        proposals[unit] = row.slug
    papers, delegates, resolutions = admit(world)
    for owner, party in SIGNED:
        sign(world, owner, party)
    drills, notices = ask_about_drills(world)
    meeting = convene(world)
    return Places(
        drills=drills,
        notices=notices,
        **govern(world, meeting),
        papers=papers,
        delegates=delegates,
        resolutions=resolutions,
        meeting=meeting,
        task=alliance.set_action(
            world.people["member"],
            alliance.Errand("question", world.question(), timezone.localdate()),
        ),
        record=decide(
            world.people["department"],
            "main-bearing",
            Choice("attract", world.chosen(), timezone.localdate()),
        ),
        world=world,
        agreements=first_rows(world, "contracts"),
        namings=first_namings(world),
        document=document.sha256,
        statement=document.statements.all()[0].identifier,
        organisation=Organisation.objects.filter(alliance_id=secretary.alliance.id)[0].slug,
        rows=first_rows(world, "capacities"),
        sites=sites,
        links={unit: link.slug for unit, link in links.items()},
        token=links["member"].token,
        grants=grants,
        proposals=proposals,
        purpose=state_purpose(world.people["department"], DataClass.S2, "依法核查"),
    )


def first_namings(world: World) -> dict[str, str]:
    """Return unit → address of the first agreement that names it."""
    return {
        unit: each.slug
        for unit in UNITS
        for each in Naming.objects.whole().filter(party=world.owners[unit])[:1]
    }


def first_rows(world: World, form: str) -> dict[str, str]:
    """Return the address of each unit's first row of a form, where it has one."""
    found = {}
    for unit in (*UNITS, "foreign"):
        rows = SensitiveRow.objects.whole().filter(owner=world.owners[unit], form=form)
        if row := rows.first():
            found[unit] = row.slug
    return found


def admit(world: World) -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """Have two units come into the alliance, the chair first, which has the only vote.

    What they hand in is secret: each word and each file's name of it is a canary of class P.
    """
    secretary = world.people["secretary"]
    resolutions = {}
    for unit in MEMBERS:
        owner = world.owners[unit]
        papers = [
            alliance.Handed(
                kind,
                f"{world.handed(unit)}.pdf",
                f"%PDF-1.7 {world.handed(unit)}".encode(),
            )
            for kind in ("application", "licence")
        ]
        wanted = alliance.Wanted(
            tier="chair" if unit == "chair" else "member",
            region="140100",
            delegate=f"演示代表{unit}",  # whom all members know once the unit is in
            title="演示",
            words=world.handed(unit),
        )
        alliance.apply(world.people[unit], owner.slug, wanted, papers)
        alliance.take_step(secretary, owner.slug, "review", world.handed(unit))
        way = "counted" if unit == "chair" else "open"
        motion = alliance.Motion("admit", "同意入会", "council", way, owner.slug)
        resolutions[unit] = alliance.open_vote(secretary, motion)
        if unit == "member":
            alliance.cast_ballot(world.people["chair"], resolutions[unit], "for")
        counted = alliance.Counted(9, 9, 9, 0, 0)
        alliance.close_vote(secretary, resolutions[unit], counted)
        alliance.take_step(secretary, owner.slug, "admit")
        receipt = world.handed(unit)
        alliance.note_fee(secretary, owner.slug, 2000, receipt)
        alliance.issue_certificate(secretary, owner.slug)
        alliance.add_delegate(secretary, owner.slug, f"演示代表二{unit}")
    kept = Paper.objects.whole().filter(kind="licence")
    people = Delegate.objects.whole()
    by_owner = {world.owners[unit].pk: unit for unit in MEMBERS}
    return (
        {by_owner[row.owner_id]: row.slug for row in kept},
        {by_owner[row.owner_id]: row.slug for row in people},
        resolutions,
    )


def convene(world: World) -> str:
    """Have the council meet once; return the meeting's address."""
    secretary, now = world.people["secretary"], timezone.now()
    call = alliance.Call("council", "演示理事会", "太原", now, now + timedelta(hours=2))
    meeting = alliance.call_meeting(secretary, call)
    alliance.note_presence(secretary, meeting, UNITS["chair"][1], 2)
    office = alliance.Office(
        "理事长单位", UNITS["chair"][1], timezone.localdate(), "演示决议", years=5
    )
    alliance.fill_post(secretary, office)
    return meeting


def ask_about_drills(world: World) -> tuple[dict[str, str], dict[str, str]]:
    """Have two units keep a drill each, ask the other, and answer: words that both may know."""
    drills, notices = {}, {}
    for asker, asked in (("chair", "member"), ("member", "chair")):
        actor, party = world.people[asker], world.people[asked]
        drills[asker] = analysis.keep_drill(actor, analysis.Question("flange:*", 6, 100, 8))
        notice = Notice.objects.whole().create(
            alliance_id=actor.alliance.id,
            owner=world.owners[asker],
            party=world.owners[asked],
            drill=Drill.objects.whole().get(slug=drills[asker]),
            organisation="demo-flange-04",
            name="演示法兰04厂",
            product="flange",
            asks=["ask_room"],
            told={"stopped": [world.drill_word(asker, asked)], "weeks": 6, "share": 100},
            words=world.drill_word(asker, asked),
            due_on=timezone.localdate(),
            sent_by_id=actor.user,
            sent_at=timezone.now(),
        )
        notices[asked] = notice.slug
        said = analysis.Said("can", 9, Decimal(80), 8, world.drill_word(asker, asked))
        analysis.answer_notice(party, notice.slug, said)
    return drills, notices


def govern(world: World, meeting: str) -> dict[str, Any]:
    """Give the alliance a charter, an election, an idea, a public page and a link to apply."""
    secretary, today = world.people["secretary"], timezone.localdate()
    charter = alliance.adopt_charter(
        secretary,
        alliance.Text("演示章程", "第一条 演示", today, spell_charter(MODEL), grounds="演示大会"),
    )
    names = f"{UNITS['chair'][1]}\n{UNITS['member'][1]}"
    standing = alliance.Standing("演示换届", "理事长单位", names, 1, today)
    alliance.open_page(secretary, "演示：向秘书处申请")
    alliance.set_listed(world.people["chair"], world.owners["chair"].slug, listed=True)
    door = alliance.make_door(secretary)
    return {
        "charter": charter,
        "election": alliance.open_election(secretary, standing),
        "idea": alliance.put_idea(world.people["member"], "演示建议", "演示"),
        "page": secretary.alliance.slug,
        "door": Door.objects.get().slug,
        "tokens": {
            "public:apply": door.token,
            "public:sign-in": queries.sign_in_token(secretary, meeting),
        },
    }


SIGNED = (("chair", "member"), ("member", "chair"), ("chair", "bank"), ("bank", "institute"))


def sign(world: World, owner: str, party: str) -> None:
    """Have a unit record an agreement with another: a number that both may know, and an amount."""
    actor, number = world.people[owner], world.shared_word(owner, party)
    amount = Quantity(Decimal(world.number(owner, DataClass.S3)), "eq", "yuan")
    values: dict[str, Value] = {
        "ref": world.word(owner, DataClass.S2),
        "kind": "contract",
        "side": "supplier",
        "counterparty": UNITS[party][1],
        "number": number,
        "amount": amount,
    }
    table = profile_tables()["contracts"]
    packed = {each.name: pack(each, values.get(each.name)) for each in table.columns}
    save_rows(actor, actor.owner or 0, "contracts", [Entry(f"signed-{party}", packed)])


def browser_of(world: World, who: str) -> Client:
    """Return a browser in which a person of the cast is signed in, or nobody."""
    client = Client(raise_request_exception=False)
    if who != "stranger":
        actor = world.people[who]
        client.force_login(User.objects.get(pk=actor.user))
        session = client.session
        session[ALLIANCE] = actor.alliance.slug
        session.save()
    return client


def address_of(route: Route, places: Places, unit: str) -> str:
    """Return a route's address for a unit."""
    values = places.values(route.name, unit)
    return reverse(route.name, kwargs={name: values[name] for name in route.parameters})


def body_of(answer: Any) -> bytes:
    """Return all bytes of an answer, whichever way they come."""
    return b"".join(answer.streaming_content) if answer.streaming else bytes(answer.content)


NONCES = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"')


def masked(answer: Any, path: str) -> tuple[int, dict[str, str], bytes]:
    """Return what an answer tells, without its nonces and without the address itself."""
    headers = {
        name: value.replace(quote(path, safe=""), "@")
        for name, value in answer.items()
        if name not in ("Content-Length", "Expires")
    }
    body = NONCES.sub(b"", body_of(answer)).replace(path.encode(), b"@")
    return answer.status_code, headers, body
