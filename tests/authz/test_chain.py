"""A chain is made of what its reader may use: nobody's secrets can be told by what is computed.

Two worlds that differ only in a rival's capacity and plans give a member the same bytes.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from fenglian.engine.disclosure.classes import DataClass
from fenglian.engine.labels import Label
from fenglian.engine.quantities import Quantity
from fenglian.web.access.actions import confirm_purpose, give_grant, state_purpose
from fenglian.web.access.wall import lower_wall
from fenglian.web.accounts.actions import create_alliance, create_owner
from fenglian.web.accounts.actor import ALLIANCE, Actor, Role
from fenglian.web.accounts.models import User
from fenglian.web.audit.models import Entry as Logged
from fenglian.web.chain import queries
from fenglian.web.chain.queries import Wanted, open_chain
from fenglian.web.registry.actions import Entry, rebuild_registry, save_rows
from fenglian.web.registry.profile_tables import pack, profile_tables
from tests.authz.world import seat

pytestmark = pytest.mark.django_db
PEOPLE = {
    "member": (Role.MEMBER, "演示法兰01厂"),
    "rival": (Role.MEMBER, "演示法兰02厂"),
    "chair": (Role.COUNCIL, "演示整机01厂"),
    "newcomer": (Role.MEMBER, "演示无名厂"),  # in no pack
    "institute": (Role.INSTITUTE, "演示研究院01"),
    "department": (Role.GOVERNMENT, ""),
    "secretary": (Role.SECRETARIAT, ""),
    "steward": (Role.STEWARD, ""),
    "analyst": (Role.ANALYST, ""),
    "auditor": (Role.AUDITOR, ""),
}
PATHS = (
    "/", "/chain/", "/chain/?show=all", "/chain/?view=table", "/chain/?product=flange",
    "/chain/flange/", "/chain/coverage.csv", "/advice/", "/advice/?verb=patch&show=all",
    "/advice/?verb=strengthen&show=all", "/api/v1/chain", "/api/v1/chain/coverage",
    "/api/v1/chain/products/flange", "/api/v1/advice",
)  # fmt: skip
BRIEFS = tuple(f"/advice/brief.{form}" for form in ("docx", "pdf", "xlsx"))
CHANGING = re.compile(rb'(csrfmiddlewaretoken" value="|nonce[-=]["\']?)[A-Za-z0-9+/=_-]+')


@pytest.fixture
def people() -> Iterator[dict[str, Actor]]:
    cache.clear()
    queries._open.cache_clear()
    yield open_alliance()
    lower_wall()


def open_alliance() -> dict[str, Actor]:
    """Make an alliance of the demo pack in which two makers of flanges compete."""
    alliance = create_alliance("rivals", Label("演示对手", "Rivals"), synthetic=True, pack="demo")
    found = {}
    for who, (role, name) in PEOPLE.items():
        found[who] = seat(who, alliance, role, create_owner(alliance, name) if name else None)
    rebuild_registry(found["secretary"])
    tell(found["member"], 3001)
    tell(found["rival"], 4001)
    plan(found["rival"], 5001)
    return found


def tell(actor: Actor, pieces: int, *, unit: str = "t", site: str = "一号厂区") -> None:
    """Have a unit say how many flanges it can make."""
    write(
        actor,
        "capacities",
        {
            "uscc": f"91140000TEST{actor.user:06d}",
            "site": site,
            "product": "flange",
            "period": "2026",
            "quantity": Quantity(Decimal(pieces), "eq", unit),
            "free": Quantity(Decimal(pieces // 10), "eq", unit),
            "unit": unit,
            "basis": "self",
        },
    )


def plan(actor: Actor, pieces: int) -> None:
    write(
        actor,
        "capacity_plans",
        {
            "uscc": f"91140000TEST{actor.user:06d}",
            "product": "flange",
            "period": "2028",
            "quantity": Quantity(Decimal(pieces), "eq", "t"),
            "unit": "t",
            "state": "approved",
        },
    )


def sign(actor: Actor, ref: str, to: str, yuan: int, product: str = "flange") -> None:
    """Have a unit record that it sells something to another."""
    write(
        actor,
        "contracts",
        {
            "uscc": f"91140000TEST{actor.user:06d}",
            "ref": ref,
            "kind": "contract",
            "side": "supplier",
            "counterparty": to,
            "product": product,
            "amount": Quantity(Decimal(yuan), "eq", "yuan"),
        },
    )


def need(actor: Actor, product: str, *, stops: bool = True) -> None:
    """Have a unit say what it cannot do without."""
    write(
        actor,
        "critical_inputs",
        {
            "uscc": f"91140000TEST{actor.user:06d}",
            "product": product,
            "stops": stops,
            "stock_days": 9,
        },
    )


def write(actor: Actor, form: str, values: Mapping[str, object]) -> None:
    table = profile_tables()[form]
    kept = {each.name: pack(each, values.get(each.name)) for each in table.columns}  # type: ignore[arg-type]
    assert actor.owner is not None
    key = "/".join(str(kept[name]) for name in table.key)
    save_rows(actor, actor.owner, form, [Entry(key=key, values=kept)])


def browser(actor: Actor) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=actor.user))
    session = client.session
    session[ALLIANCE] = actor.alliance.slug
    session.save()
    return client


def bytes_of(actor: Actor, paths: tuple[str, ...]) -> dict[str, bytes]:
    """Return what a person is given at addresses, without the tokens that change each time."""
    client = browser(actor)
    found = {}
    for path in paths:
        found[path] = CHANGING.sub(b"", client.get(path).content)
    lower_wall()
    return found


def flanges(actor: Actor) -> dict[str, float | None]:
    """Return who makes how many flanges, in the chain that is made for an actor."""
    view = open_chain(actor)
    assert view is not None
    return {
        view.chain.organisation(each.organisation).name.zh: each.amount.working
        for each in view.chain.makers("flange")
        if each.unit_page and each.status == "operating"
    }


def test_a_rivals_secrets_change_no_byte_of_what_others_get(people: dict[str, Actor]) -> None:
    others = ("member", "chair", "analyst")
    before = {who: bytes_of(people[who], PATHS) for who in others}
    tell(people["rival"], 999_331)
    tell(people["rival"], 7, site="二号厂区")
    plan(people["rival"], 888_221)
    queries._open.cache_clear()
    after = {who: bytes_of(people[who], PATHS) for who in others}
    assert [
        (who, path)
        for who in others
        for path in before[who]
        if before[who][path] != after[who][path]
    ] == []


def test_a_rivals_secrets_change_no_byte_of_a_brief(people: dict[str, Actor]) -> None:
    before = bytes_of(people["department"], BRIEFS)
    tell(people["rival"], 999_331)
    plan(people["rival"], 888_221)
    queries._open.cache_clear()
    after = bytes_of(people["department"], BRIEFS)
    assert [path for path in before if before[path] != after[path]] == []
    assert all(content.startswith((b"PK", b"%PDF")) for content in after.values())


def test_a_unit_sees_its_own_words_change_its_pages(people: dict[str, Actor]) -> None:
    paths = ("/chain/?product=flange", "/chain/?view=table", "/chain/flange/", "/api/v1/chain")
    before = bytes_of(people["rival"], paths)
    tell(people["rival"], 999_331)
    after = bytes_of(people["rival"], paths)
    for path in paths:
        assert before[path] != after[path]
    assert "999,000" in after["/chain/flange/"].decode()
    assert "999331" in after["/api/v1/chain"].decode().replace(".0", "")


def test_each_gets_what_it_may_use_and_nothing_else(people: dict[str, Actor]) -> None:
    assert flanges(people["member"]) == {"演示法兰01厂": 3001.0}
    assert flanges(people["rival"]) == {"演示法兰02厂": 4001.0}
    for who in ("chair", "newcomer", "institute", "department", "secretary", "steward", "analyst"):
        assert flanges(people[who]) == {}, who


def test_ones_chain_is_never_handed_to_another(people: dict[str, Actor]) -> None:
    own, other = open_chain(people["member"]), open_chain(people["rival"])
    public, again = open_chain(people["chair"]), open_chain(people["analyst"])
    assert own is not None
    assert other is not None
    assert public is not None
    prints = {each.chain.fingerprint for each in (own, other, public)}
    assert len(prints) == 3
    assert public is again  # of the same that went in, the same comes out
    assert open_chain(people["member"]) is own
    assert [own.chain.data_class, public.chain.data_class] == [DataClass.S2, DataClass.S0]


def test_a_grant_opens_a_chain_for_its_reader_alone(people: dict[str, Actor]) -> None:
    until = timezone.localdate() + timedelta(days=30)
    give_grant(people["rival"], "演示整机01厂", DataClass.S2, purpose="选供应商", until=until)
    assert flanges(people["chair"]) == {"演示法兰02厂": 4001.0}
    assert flanges(people["member"]) == {"演示法兰01厂": 3001.0}
    view = open_chain(people["chair"])
    assert view is not None
    assert view.chain.data_class is DataClass.S2  # plans are of another class, not granted
    entry = Logged.objects.order_by("-number").first()
    assert entry is not None
    assert (entry.act, entry.owner, entry.purpose) == ("read", people["rival"].owner, "选供应商")


def test_a_confirmed_purpose_opens_what_it_names(people: dict[str, Actor]) -> None:
    number = state_purpose(people["department"], DataClass.S2, "核对法兰缺口")
    confirm_purpose(people["steward"], number)
    assert flanges(people["department"]) == {"演示法兰01厂": 3001.0, "演示法兰02厂": 4001.0}
    logged = Logged.objects.filter(act="read", purpose="核对法兰缺口")
    assert {entry.owner for entry in logged} == {people["member"].owner, people["rival"].owner}


def test_ones_own_words_are_not_counted_beside_the_packs(people: dict[str, Actor]) -> None:
    public, own = open_chain(people["chair"]), open_chain(people["member"])
    assert public is not None
    assert own is not None
    assert len(own.chain.capacities) == len(public.chain.capacities)
    tell(people["newcomer"], 55)
    added = open_chain(people["newcomer"])
    assert added is not None
    assert len(added.chain.capacities) == len(public.chain.capacities) + 1
    assert flanges(people["newcomer"]) == {"演示无名厂": 55.0}


def test_another_dimension_is_left_out_and_named(people: dict[str, Actor]) -> None:
    tell(people["newcomer"], 55, unit="kV")
    view = open_chain(people["newcomer"], Wanted())
    assert view is not None
    assert flanges(people["newcomer"]) == {}
    page = bytes_of(people["newcomer"], ("/chain/flange/",))["/chain/flange/"].decode()
    assert "不能换算" in page
    assert view.chain.data_class is DataClass.S2


def test_own_words_are_marked_and_lead_to_the_unit(people: dict[str, Actor]) -> None:
    pages = bytes_of(people["member"], ("/chain/flange/", "/chain/?view=table", "/advice/", "/"))
    for path in ("/chain/flange/", "/chain/?view=table"):
        page = pages[path].decode()
        assert re.search(r'href="/registry/units/[0-9a-f]{16}/"[^>]*>自述 S2', page)
        assert "只有能看其数据的人" in page
    for page in (each.decode() for each in pages.values()):
        assert "S2 经营敏感" in page
    plain = bytes_of(people["chair"], ("/chain/flange/",))["/chain/flange/"].decode()
    assert "自述 S2" not in plain
    assert "S0 公开" in plain


def test_a_brief_offers_and_bears_no_lower_class(people: dict[str, Actor]) -> None:
    number = state_purpose(people["department"], DataClass.S2, "核对法兰缺口")
    confirm_purpose(people["steward"], number)
    client = browser(people["department"])
    page = client.get("/advice/").content.decode()
    assert "class=sensitive" in page
    assert "class=public" not in page
    assert "class=internal" not in page
    low = client.get("/advice/brief.xlsx?class=public").content
    high = client.get("/advice/brief.xlsx?class=sensitive").content
    assert low == high
    export = client.get("/chain/coverage.csv").content.decode()
    assert all(line.endswith(",S2") for line in export.splitlines()[1:])
    lower_wall()


def supplies(actor: Actor) -> dict[tuple[str, str, str], float | None]:
    """Return the links that units recorded, in the chain that is made for an actor."""
    view = open_chain(actor)
    assert view is not None
    name = view.chain.organisation
    return {
        (name(each.supplier).name.zh, name(each.buyer).name.zh, each.product): each.amount.high
        for each in view.chain.supplies
        if each.sources[0].startswith("self-")
    }


def test_an_agreement_feeds_the_chain_of_those_who_may_know_it(people: dict[str, Actor]) -> None:
    sign(people["rival"], "r-1", "演示外省厂", 7_000_000)
    sign(people["member"], "m-1", "演示整机01厂", 5_000_000)
    need(people["chair"], "bolt")
    own = {("演示法兰01厂", "演示整机01厂", "flange"): 5_000_000.0}
    assert supplies(people["member"]) == own
    assert supplies(people["rival"]) == {("演示法兰02厂", "演示外省厂", "flange"): 7_000_000.0}
    for who in ("newcomer", "institute", "department", "secretary", "steward", "analyst"):
        assert supplies(people[who]) == {}, who
    # The chair is named by the member's agreement and has not answered: not even that counts.
    assert supplies(people["chair"]) == {}
    views = {who: open_chain(people[who]) for who in ("chair", "member", "analyst")}
    assert [len(each.chain.inputs) for each in views.values() if each] == [1, 0, 0]
    public = views["analyst"]
    assert public is not None
    assert public.chain.data_class is DataClass.S0


def test_a_rivals_agreements_change_no_byte_of_what_others_get(people: dict[str, Actor]) -> None:
    sign(people["rival"], "r-1", "演示外省厂", 7_000_000)
    need(people["rival"], "steel-alloy-round")
    others = ("member", "chair", "analyst")
    before = {who: bytes_of(people[who], PATHS) for who in others}
    sign(people["rival"], "r-1", "演示外省厂", 999_331_000)
    sign(people["rival"], "r-2", "演示另一外省厂", 888_221_000)
    need(people["rival"], "bolt", stops=False)
    queries._open.cache_clear()
    after = {who: bytes_of(people[who], PATHS) for who in others}
    assert [
        (who, path)
        for who in others
        for path in before[who]
        if before[who][path] != after[who][path]
    ] == []


def test_a_grant_opens_agreements_for_its_reader_alone(people: dict[str, Actor]) -> None:
    sign(people["rival"], "r-1", "演示外省厂", 7_000_000)
    until = timezone.localdate() + timedelta(days=30)
    give_grant(people["rival"], "演示整机01厂", DataClass.S2, purpose="选供应商", until=until)
    # The row is of class S2, its amount of class S3, which was not granted.
    assert supplies(people["chair"]) == {("演示法兰02厂", "演示外省厂", "flange"): None}
    assert supplies(people["member"]) == {}
