"""What was delivered, paid and bought where; public signings; who may look at all of it."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fenglian.data import article
from fenglian.engine.contracts.ranges import Range
from fenglian.engine.disclosure.classes import DataClass
from fenglian.web.access.actions import confirm_purpose, give_grant, state_purpose
from fenglian.web.accounts.actions import REAL, create_owner
from fenglian.web.accounts.actor import Actor, Role
from fenglian.web.accounts.models import Alliance, User
from fenglian.web.audit.models import Entry
from fenglian.web.contracts import actions, queries
from fenglian.web.contracts.queries import find_sourcing, list_groups, open_book, supply_network
from fenglian.web.intake.actions import accept_statement, accept_undoubted, receive_document
from fenglian.web.registry.actions import fill_form, rebuild_registry
from tests.authz.conftest import browser_of
from tests.authz.world import World, seat
from tests.web.conftest import confirm, secretary
from tests.web.contracts.conftest import CODES, book, introduce, page, put, sign

pytestmark = pytest.mark.django_db
CONTRACT = {"product": "flange", "number": "演签-7", "signed_on": "2026-01-07", "amount": "100万元"}


def test_deliveries_payments_and_delays_stand_beside_the_contract(world: World) -> None:
    row = sign(world, "member", **CONTRACT)
    for step, planned, made, amount in (
        ("一", "2026-02-01", "2026-02-11", "约30万元"),
        ("二", "2026-03-01", "", "20万元"),
    ):
        typed = {"contract": "一", "step": step, "planned_on": planned, "amount": amount}
        put(world, "member", "deliveries", {**typed, "delivered_on": made, "accepted": "是"})
    paid = {"contract": "一", "step": "首付", "paid_on": "2026-02-20", "amount": "逾9万元"}
    put(world, "member", "payments", paid)
    opened = book(world, "member")
    [found] = opened.fulfilments.values()
    assert (found.rate.low, found.rate.high) == (Decimal("0.25"), Decimal("0.35"))
    assert found.paid == Range(Decimal(90_000), None, strict=True)
    assert (found.delays[0].days, found.delays[0].over) == (10, True)
    member = browser_of(world, "member")
    shown = page(member, f"/contracts/{row}/")
    for words in ("25–35", "多于", "10 天", "演签-7", "首付"):
        assert words in shown
    assert "25–35" in page(member, "/contracts/")
    assert len(opened.waiting) == 1


def test_deliveries_of_a_contract_that_both_recorded_count_once(world: World) -> None:
    sign(world, "member", **CONTRACT)
    mine = {**CONTRACT, "side": "需方", "counterparty": CODES["member"]}
    sign(world, "chair", **mine)
    for who in ("member", "chair"):
        step = {"contract": "一", "step": "一", "delivered_on": "2026-02-11", "amount": "40万元"}
        put(world, who, "deliveries", step)
    department = open_for(world, "department")
    [contract] = department.contracts
    assert contract.confirmation == "both"
    assert department.fulfilments[contract.id].delivered.high == 400_000


def open_for(world: World, who: str) -> Any:
    """Return the agreements that a guardian sees for a purpose that another confirmed."""
    for data_class in (DataClass.S2, DataClass.S3):
        slug = state_purpose(world.people[who], data_class, "依法核查")
        confirm_purpose(world.people["second"], slug)
    return book(world, who)


def test_government_sees_agreements_for_a_confirmed_purpose_only_and_each_look_is_logged(
    world: World,
) -> None:
    row = sign(world, "member", **CONTRACT)
    department = browser_of(world, "department")
    assert "演签-7" not in page(department, "/contracts/")
    open_for(world, "department")
    assert "演签-7" in page(department, "/contracts/")
    looks = Entry.objects.filter(act="read", user=world.people["department"].user)
    assert looks.filter(table="registry.sensitiverow", purpose="依法核查").exists()
    assert page(department, f"/contracts/{row}/")


def test_a_bank_sees_what_it_was_granted_and_no_amount_beyond_that(world: World) -> None:
    sign(world, "member", **CONTRACT)
    bank = browser_of(world, "bank")
    assert "演签-7" not in page(bank, "/contracts/")
    today = book(world, "member").today
    give_grant(world.people["member"], "演示银行", DataClass.S2, purpose="贷款", until=today)
    shown = page(bank, "/contracts/")
    assert "演签-7" in shown
    assert "100 万元" not in shown
    assert "未向您开放" in shown
    give_grant(world.people["member"], "演示银行", DataClass.S3, purpose="贷款", until=today)
    assert [each.amount.high for each in book(world, "bank").contracts] == [1_000_000]


def test_local_sourcing_is_low_by_both_sides_and_high_by_one(world: World) -> None:
    introduce(world, "bank", region="110000")
    rebuild_registry(world.people["secretary"])
    buys = {"side": "需方", "kind": "合同"}
    sign(world, "chair", ref="1", counterparty="演示法兰厂", number="a", amount="40万元", **buys)
    sign(world, "chair", ref="2", counterparty="演示银行", amount="60万元", **buys)
    sign(world, "chair", ref="3", counterparty="别处厂", product="hub", amount="100万元", **buys)
    found = find_sourcing(world.people["chair"], book(world, "chair"))
    assert found is not None
    assert (found.found.rate.low, found.found.rate.high) == (Decimal(0), Decimal(1))
    sign(world, "member", ref="x", number="a", amount="40万元")
    actions.confirm(world.people["bank"], named_for(world, "bank"), ref="b", amount="60万元")
    found = find_sourcing(world.people["chair"], book(world, "chair"))
    assert found is not None
    assert found.found.rate.low == Decimal(40) / Decimal(200)
    assert found.found.rate.high == Decimal(40) / Decimal(100)
    assert [each.name for each in found.unplaced] == ["别处厂"]
    put(world, "member", "offerings", {"product": "hub", "model": "m"})
    shown = page(browser_of(world, "chair"), "/contracts/sourcing/")
    assert "20–40" in shown
    assert "演示法兰厂" in shown
    assert find_sourcing(world.people["secretary"], book(world, "secretary")) is None
    assert page(browser_of(world, "secretary"), "/contracts/sourcing/")


def test_what_counts_as_local_and_how_many_points_are_for_the_buyer_to_choose(world: World) -> None:
    introduce(world, "bank", region="110000")
    rebuild_registry(world.people["secretary"])
    buys = {"side": "需方", "kind": "合同"}
    sign(world, "chair", ref="1", counterparty="演示银行", amount="40万元", product="hub", **buys)
    sign(world, "chair", ref="2", counterparty="别处厂", amount="60万元", product="flange", **buys)
    put(world, "member", "offerings", {"product": "flange", "model": "m"})
    chair = browser_of(world, "chair")
    api = "/api/v1/contracts/sourcing"
    usual, units = (chair.get(api + query).json() for query in ("", "?local=alliance&points=40"))
    assert (usual["counts_as_local"], usual["wanted_points"]) == ("province", 5)
    assert (usual["local"]["high"], units["local"]["high"]) == ("0", "400000")  # a unit, elsewhere
    assert units["wanted_points"] == 40
    assert [each["product"] for each in units["points"]] == ["flange"]
    assert [each["name"] for each in units["points"][0]["makers"]] == ["演示法兰厂"]
    assert {each["product"] for each in usual["points"]} == {"hub", "flange"}
    for wrong in ("?local=moon", "?points=0", "?points=51", "?points=x"):
        assert chair.get(api + wrong).status_code == 422
    shown = page(chair, "/contracts/sourcing/?local=alliance&points=40")
    assert "登记为本联盟单位的供方" in shown
    assert "下一个 40 个百分点" in shown
    assert "别处厂" not in shown  # nobody is asked where it is
    unread = page(chair, "/contracts/sourcing/?local=moon&points=x")
    assert "下一个 5 个百分点" in unread
    assert "所在省为山西省的供方" in unread


def test_the_api_tells_steps_payments_survival_and_critical_inputs(world: World) -> None:
    sign(world, "chair", ref="1", counterparty="演示法兰厂", side="需方", kind="合同", number="a",
         product="flange", signed_on="2026-01-01", amount="40万元")  # fmt: skip
    step = {"contract": "1", "step": "1", "planned_on": "2026-02-01", "delivered_on": "2026-02-11"}
    put(world, "chair", "deliveries", {**step, "accepted": "是", "amount": "10万元"})
    paid = {"contract": "1", "step": "1", "paid_on": "2026-03-01", "amount": "5万元"}
    put(world, "chair", "payments", paid)
    for product in ("flange", "hub"):
        said = {"product": product, "stops": "是", "stock_days": "9", "substitutes": "某厂"}
        put(world, "chair", "critical_inputs", said)
    chair = browser_of(world, "chair")
    ledger = chair.get("/api/v1/contracts").json()
    [found] = ledger["agreements"]
    [made] = found["steps"]
    assert (made["planned_on"], made["accepted"], made["amount"]["high"]) == (
        "2026-02-01", True, "100000",
    )  # fmt: skip
    assert [each["paid_on"] for each in found["payments"]] == ["2026-03-01"]
    assert found["delays"] == [{"planned_on": "2026-02-01", "days": 10, "over": True}]
    [waited] = ledger["survival"]
    assert (waited["days"], waited["watched"], float(waited["waiting"])) == (41, 1, 0.0)
    links = chair.get("/api/v1/contracts/links").json()
    need = {"stops": True, "stock_days": 9, "substitutes": ["某厂"], "switch_days": None}
    assert [each["need"] for each in links["links"]] == [need]
    [open_one] = links["uncovered"]
    assert (open_one["product"], open_one["need"], open_one["buyer"]["name"]) == (
        "hub", need, "演示整机厂",
    )  # fmt: skip
    assert browser_of(world, "bank").get("/api/v1/contracts").json()["survival"] == []


def named_for(world: World, who: str) -> str:
    [found] = [each.slug for each in book(world, who).told.values() if each.state == "waits"]
    return found


def test_links_say_what_stops_the_buyer_and_how_much_is_known(world: World) -> None:
    sign(world, "chair", side="需方", counterparty="演示法兰厂", **CONTRACT)
    sign(world, "chair", ref="意", kind="意向", side="需方", counterparty="演示法兰厂")
    needed = {"product": "flange", "stops": "是", "stock_days": "9", "substitutes": "演示银行"}
    put(world, "chair", "critical_inputs", needed)
    put(world, "chair", "critical_inputs", {"product": "hub", "stops": "是"})
    opened = book(world, "chair")
    low, high = supply_network(opened), supply_network(opened, "high")
    assert (len(low.network.firms), len(high.network.firms)) == (0, 2)
    assert high.network.classes.tolist() == [2]
    assert (high.completeness.links, high.completeness.rated) == (1, 1)
    assert high.completeness.not_supply == 1
    shown = page(browser_of(world, "chair"), "/contracts/links/")
    for words in ("演示银行", "9 天", "轮毂"):
        assert words in shown


def test_programs_get_the_same(world: World) -> None:
    sign(world, "member", **CONTRACT)
    sign(world, "member", ref="像", kind="合同", product="flange", signed_on="2026-01-08")
    chair, member = browser_of(world, "chair"), browser_of(world, "member")
    told = chair.get("/api/v1/contracts/named").json()
    assert {each["number"] for each in told} == {"演签-7", None}
    [slug] = [each["id"] for each in told if each["number"]]
    path = f"/api/v1/contracts/named/{slug}"

    def answer(**body: str) -> Any:
        return chair.post(path, body, content_type="application/json")

    assert answer(reply="confirm", ref="采-1", amount="很多").status_code == 422
    assert answer(reply="confirm").status_code == 422
    assert answer(reply="same", own="0" * 16).status_code == 404
    assert answer(reply="confirm", ref="采-1", amount="99万元").json() == {
        "state": "confirmed",
        "faults": [],
    }
    assert answer(reply="dispute").status_code == 404
    ledger = member.get("/api/v1/contracts").json()
    assert {each["confirmed"] for each in ledger["agreements"]} == {"both", "supplier"}
    other = next(each["id"] for each in told if not each["number"])
    sent = {"reply": "dispute"}
    path = f"/api/v1/contracts/named/{other}"
    assert chair.post(path, sent, content_type="application/json").json()["state"] == "disputed"
    assert member.get("/api/v1/contracts").json()["agreements"][0]["amount"]["strict"] is False
    links = member.get("/api/v1/contracts/links").json()
    assert len(links["links"]) == links["completeness"]["links"] == 1
    assert chair.get("/api/v1/contracts/sourcing").json()["province"] == "140000"
    assert browser_of(world, "secretary").get("/api/v1/contracts/sourcing").status_code == 404
    assert member.get("/api/v1/contracts/signings").json() == []


# The announced group of six: two named, four unnamed, more than 2.1 bn yuan.


@pytest.fixture
def chair_unit(db: None) -> Actor:
    """Return the people of the unit that signed with six, in the alliance of the article."""
    keeper = secretary(REAL)
    document = receive_document(keeper, content=article(), name="article.txt")
    accept_undoubted(keeper, document.sha256)
    for row in document.statements.filter(fact__in=("signing", "amount", "role"), state="proposed"):
        accept_statement(keeper, row.identifier)  # one partner's name needs a person's word
    confirm(document)
    alliance = Alliance.objects.get(pk=keeper.alliance.id)
    owner = create_owner(alliance, "太重集团")
    actor = seat("taizhong", alliance, Role.COUNCIL, owner)
    profile = {"uscc": CODES["chair"], "name_zh": "太重集团", "kind": "企业", "status": "存续"}
    assert fill_form(actor, owner.pk, "profile", profile).faults == ()
    return actor


def record(actor: Actor, ref: str, other: str, amount: str, **more: str) -> None:
    typed = {
        "ref": ref,
        "kind": "合同",
        "side": "供方",
        "counterparty": other,
        "amount": amount,
        "ceremony_on": "2023-04-07",
        **more,
    }
    receipt = fill_form(actor, actor.owner or 0, "contracts", typed)
    assert receipt.faults == ()


def group_of(actor: Actor) -> queries.SigningGroup:
    [found] = list_groups(actor, open_book(actor))
    return found


def test_three_contracts_of_the_six_leave_an_interval_and_a_double_counts_once(
    chair_unit: Actor, client: Client
) -> None:
    before = group_of(chair_unit).found
    assert (before.state, before.unnamed) == ("open", 4)
    assert before.remainder == Range(Decimal("21e8"), None, strict=True)
    record(chair_unit, "1", "华电山西能源有限公司", "9亿元", number="TZ-1")
    record(chair_unit, "2", "江苏九鼎集团有限公司", "约4亿元")
    record(chair_unit, "3", "演示第三家", "2亿元")
    record(chair_unit, "4", "华电山西能源有限公司", "9亿元", number="TZ-1")  # the same, once more
    record(chair_unit, "5", "演示别的一家", "1亿元", ceremony_on="2024-01-01")  # another day
    found = group_of(chair_unit)
    assert len(found.contracts) == 3
    assert (found.found.state, found.found.unnamed) == ("open", 3)
    assert (found.found.known.low, found.found.known.high) == (Decimal("14.5e8"), Decimal("15.5e8"))
    assert found.found.remainder == Range(Decimal("5.5e8"), None, strict=True)
    assert found.found.partners_without == frozenset()
    assert sorted(len(each) for each in open_book(chair_unit).ledger.records.values()) == [
        1,
        1,
        1,
        2,
    ]
    browser = Client()
    browser.force_login(user_of(chair_unit))
    shown = page(browser, "/contracts/signings/")
    assert "多于" in shown
    assert "5.5" in shown
    assert "2 份记录" in page(browser, "/contracts/")


def user_of(actor: Actor) -> Any:
    return User.objects.get(pk=actor.user)


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(amounts=st.lists(st.integers(1, 8), min_size=1, max_size=3))
def test_whatever_becomes_known_the_rest_is_what_was_announced_without_it(
    chair_unit: Actor, amounts: list[int]
) -> None:
    others = ("华电山西能源有限公司", "江苏九鼎集团有限公司", "演示第三家")
    for number, (other, amount) in enumerate(zip(others, amounts, strict=False)):
        record(chair_unit, str(number), other, f"{amount}亿元")
    for number in range(len(amounts), len(others)):  # of an example before this one
        record(chair_unit, str(number), others[number], "", ceremony_on="2024-01-01")
    found = group_of(chair_unit).found
    known = sum(amounts)
    assert found.known.low == Decimal(known) * 10**8
    if known <= 21:
        assert found.state == "open"
        assert found.remainder == Range(Decimal(21 - known) * 10**8, None, strict=True)
    else:
        assert found.remainder.low == 0
    assert found.remainder.high is None


def test_nobody_else_sees_which_contracts_belong_to_it(chair_unit: Actor) -> None:
    record(chair_unit, "1", "华电山西能源有限公司", "9亿元")
    found = group_of(secretary(REAL)).found
    assert (found.known, found.unnamed) == (Range(Decimal(0), Decimal(0)), 4)
