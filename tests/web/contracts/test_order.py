"""From a need to an order in both ledgers: what fits, an offer, the buyer's word, the delivery."""

from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ObjectDoesNotExist

from fenglian.engine.contracts.needs import Verdict
from fenglian.web.contracts import actions
from fenglian.web.contracts.faults import DoesNotFit, NotTakenUp, NumberMissing, OfferedAlready
from fenglian.web.contracts.queries import Market, find_sourcing, open_market
from fenglian.web.registry.actions import rebuild_registry
from tests.authz.conftest import browser_of
from tests.authz.world import World
from tests.web.contracts.conftest import book, page, put

pytestmark = pytest.mark.django_db


@pytest.fixture
def needy(world: World) -> World:
    """Return a world in which the chair needs four things, and the member offers flanges."""
    needs: tuple[tuple[str, str, dict[str, str]], ...] = (
        ("需一", "flange", {"certificates": "演示认证甲", "needed_by": "2099-06-30"}),
        ("需二", "flange", {"certificates": "演示认证乙；演示认证甲"}),
        ("需三", "flange", {"quantity": "40吨", "unit": "吨"}),
        ("需四", "hub", {}),
        ("需五", "flange", {"needed_by": "2020-01-07"}),  # over
    )
    for ref, product, more in needs:
        put(world, "chair", "needs", {"ref": ref, "product": product, **more})
    offering = {"product": "flange", "model": "F1", "certificates": "演示认证甲", "lead_days": "30"}
    put(world, "member", "offerings", offering)
    rebuild_registry(world.people["secretary"])
    return world


def market(world: World, who: str) -> Market:
    """Return the needs that a person may know of."""
    return open_market(world.people[who], book(world, who))


def need_of(world: World, ref: str) -> str:
    """Return the address of a need that the member could supply."""
    return next(x.wish.row.slug for x in market(world, "member").chances if x.wish.ref == ref)


def test_a_need_that_fits_becomes_an_order_in_both_ledgers_and_counts_as_local(
    needy: World,
) -> None:
    found = market(needy, "member")
    assert [(each.wish.ref, each.fit.verdict) for each in found.chances] == [
        ("需一", Verdict.FITS),
        ("需三", Verdict.OPEN),  # its free capacity is not said
        ("需二", Verdict.FAILS),
    ]
    assert [each.ref for each in found.others] == ["需四"]
    assert [each.wish.ref for each in market(needy, "chair").own] == [
        "需一",
        "需二",
        "需三",
        "需四",
        "需五",
    ]
    shown = page(browser_of(needy, "member"), "/contracts/needs/")
    for words in ("1 项需求适合本单位", "1 项因证书不符", "1 项还说不准", "演示认证乙"):
        assert words in shown
    member, chair = needy.people["member"], needy.people["chair"]
    slug = need_of(needy, "需一")
    with pytest.raises(NotTakenUp):
        actions.order(member, slug, number="演订-1")
    assert actions.offer(member, slug).faults == ()
    with pytest.raises(OfferedAlready):
        actions.offer(member, slug)
    [wanted] = [each for each in market(needy, "chair").own if each.wish.ref == "需一"]
    [told] = wanted.offers
    actions.confirm(chair, told.slug, ref="需一报")
    with pytest.raises(NumberMissing):
        actions.order(member, slug, number=" ")
    assert actions.order(member, slug, number="演订-1", amount="180万元").faults == ()
    with pytest.raises(OfferedAlready):
        actions.order(member, slug, number="演订-1")
    [order] = [
        each for each in book(needy, "chair").told.values() if each.said["kind"] == "contract"
    ]
    actions.confirm(chair, order.slug, ref="演订-1", amount="180万元")
    step = {
        "contract": f"单 {slug[:8]}",
        "step": "第一批",
        "delivered_on": "2026-03-01",
        "amount": "60万元",
    }
    put(needy, "member", "deliveries", step)
    for who in ("member", "chair"):
        [contract] = [each for each in book(needy, who).contracts if each.kind == "contract"]
        assert contract.confirmation == "both"
        assert contract.amount.high == 1_800_000
    assert (
        book(needy, "member")
        .fulfilments[next(x.id for x in book(needy, "member").contracts if x.kind == "contract")]
        .delivered.high
        == 600_000
    )
    sourcing = find_sourcing(chair, book(needy, "chair"))
    assert sourcing is not None
    assert sourcing.found.rate.low == Decimal(1)  # all of what it buys is local
    assert "订单已记" in page(browser_of(needy, "member"), "/contracts/needs/")


def test_what_cannot_be_offered_is_refused_with_the_way_out(needy: World) -> None:
    with pytest.raises(DoesNotFit) as fault:
        actions.offer(needy.people["member"], need_of(needy, "需二"))
    assert "证书" in fault.value.message("zh")
    own = market(needy, "chair").own[0].wish.row.slug
    for who in ("chair", "bank", "secretary", "department"):
        with pytest.raises(ObjectDoesNotExist):
            actions.offer(needy.people[who], own)
    member, slug = browser_of(needy, "member"), need_of(needy, "需一")
    assert member.post(f"/contracts/needs/{slug}/offer/").status_code == 302
    again = member.post(f"/contracts/needs/{slug}/offer/")
    assert again.status_code == 422
    assert "已经报过" in again.content.decode()
    early = member.post(f"/contracts/needs/{slug}/order/", {"number": "演订-1"})
    assert early.status_code == 422
    assert "还没有确认" in early.content.decode()
    long = member.post(f"/contracts/needs/{slug}/order/", {"number": "x" * 121})
    assert long.status_code == 422
    [found] = [x for x in member.get("/api/v1/contracts/needs").json()["fitting"] if x["offer"]]
    assert found["need"]["ref"] == "需一"
    secretary = browser_of(needy, "secretary")
    assert "需四" in page(secretary, "/contracts/needs/")


def test_a_program_offers_and_records_the_order_by_the_same_rules(needy: World) -> None:
    member, slug = browser_of(needy, "member"), need_of(needy, "需一")

    def send(what: str, body: str = "{}", where: str = slug) -> tuple[int, Any]:
        path = f"/api/v1/contracts/needs/{where}/{what}"
        answer = member.post(path, body, content_type="application/json")
        return answer.status_code, answer.json()

    number = '{"number": "演订-9", "amount": "180万元"}'
    assert send("order", number)[1]["type"].endswith("not-taken-up")
    assert send("offer") == (200, {"recorded": True, "faults": []})
    assert send("offer")[1]["type"].endswith("offered-already")
    assert send("offer", where=need_of(needy, "需二"))[1]["type"].endswith("does-not-fit")
    assert send("offer", where="0" * 16)[0] == 404
    [told] = [each for each in book(needy, "chair").told.values() if each.said["kind"] == "intent"]
    chair = browser_of(needy, "chair")
    answered = chair.post(
        f"/api/v1/contracts/named/{told.slug}",
        '{"reply": "confirm", "ref": "需一报"}',
        content_type="application/json",
    )
    assert answered.json()["state"] == "confirmed"
    odd = send("order", '{"number": "演订-9", "amount": "很多"}')
    assert odd[0] == 422
    assert (odd[1]["recorded"], len(odd[1]["faults"])) == (False, 1)
    assert send("order", '{"number": " "}')[1]["type"].endswith("number-missing")
    assert send("order", number) == (200, {"recorded": True, "faults": []})
    [chance] = [x for x in member.get("/api/v1/contracts/needs").json()["fitting"] if x["order"]]
    assert chance["need"]["ref"] == "需一"
