"""What one side records waits for the other, which sees all but the amount; nobody else sees it."""

import pytest
from django.core.exceptions import ObjectDoesNotExist

from fenglian.web.audit.models import Entry
from fenglian.web.contracts import actions
from fenglian.web.contracts.faults import NotTheSame, RefMissing, RefTaken
from fenglian.web.contracts.models import Naming
from fenglian.web.contracts.presentation import open_namings
from fenglian.web.contracts.queries import count_waiting
from fenglian.web.registry.actions import end_row
from fenglian.web.registry.models import SensitiveRow
from tests.authz.conftest import browser_of
from tests.authz.world import World
from tests.web.contracts.conftest import CODES, book, introduce, named, page, sign

pytestmark = pytest.mark.django_db
AMOUNT = "逾4321万元"


def waiting(world: World, who: str) -> list[str]:
    return [each.slug for each in open_namings(book(world, who))]


def confirmation(world: World, who: str) -> list[str]:
    return [each.confirmation for each in book(world, who).ledger.contracts]


def test_the_other_side_sees_that_it_waits_and_not_the_amount(world: World) -> None:
    sign(world, "member", product="flange", number="演签-7", signed_on="2026-04-07", amount=AMOUNT)
    [slug] = waiting(world, "chair")
    chair = browser_of(world, "chair")
    for path in ("/contracts/", f"/contracts/named/{slug}/"):
        shown = page(chair, path)
        assert "演示法兰厂" in shown
        assert "演签-7" in shown
        assert "4321" not in shown
        assert "43.2" not in shown
    told = book(world, "chair").told[slug]
    assert told.contract.amount.known is False
    assert (told.contract.supplier, told.contract.buyer) == ("演示法兰厂", "演示整机厂")
    assert count_waiting(world.people["chair"]) == 1
    assert count_waiting(world.people["member"]) == count_waiting(world.people["secretary"]) == 0


@pytest.mark.parametrize(
    "who", ["bank", "institute", "secretary", "department", "steward", "foreign"]
)
def test_a_third_party_reaches_nothing_of_it(world: World, who: str) -> None:
    row = sign(world, "member", number="演签-7")
    slug, browser = named(world, "member", row).slug, browser_of(world, who)
    assert "演签-7" not in page(browser, "/contracts/")
    for path, absent in (
        (f"/contracts/named/{slug}/", f"/contracts/named/{'0' * 16}/"),
        (f"/contracts/{row}/", f"/contracts/{'0' * 16}/"),
    ):
        there, nowhere = browser.get(path), browser.get(absent)
        assert there.status_code == nowhere.status_code == 404
    answer = browser.post(f"/contracts/named/{slug}/", {"reply": "dispute"})
    assert answer.status_code == 404
    assert named(world, "member", row).state == Naming.State.WAITS


def test_the_one_who_wrote_it_cannot_answer_it_nor_see_the_answers_page(world: World) -> None:
    row = sign(world, "member")
    slug, member = named(world, "member", row).slug, browser_of(world, "member")
    assert member.get(f"/contracts/named/{slug}/").status_code == 404
    assert member.post(f"/contracts/named/{slug}/", {"reply": "dispute"}).status_code == 404


def test_the_other_side_confirms_and_keeps_its_own_side(world: World) -> None:
    sign(world, "member", product="flange", signed_on="2026-04-07", amount="100–120万元")
    [slug] = waiting(world, "chair")
    chair = browser_of(world, "chair")
    sent = {"reply": "confirm", "ref": "采-1", "amount": "约110万元"}
    assert chair.post(f"/contracts/named/{slug}/", sent).status_code == 302
    [entry] = [each for each in book(world, "chair").entries.values() if each.row.own]
    assert entry.row.values["ref"] == "采-1"
    assert entry.row.values["side"] == "buyer"
    assert entry.row.values["product"] == "flange"
    assert entry.row.values["counterparty"] == CODES["member"]
    assert waiting(world, "chair") == waiting(world, "member") == []
    for who in ("chair", "member"):
        assert confirmation(world, who) == ["both"]
        [contract] = book(world, who).ledger.contracts
        assert len(book(world, who).ledger.records[contract.id]) == 2
    # Each side keeps its own amount, and neither is told the other's.
    assert book(world, "member").ledger.contracts[0].amount.high == 1_200_000
    assert book(world, "chair").ledger.contracts[0].amount.high == 1_150_000
    answered = chair.get(f"/contracts/named/{slug}/")
    assert answered.status_code == 200
    assert chair.post(f"/contracts/named/{slug}/", sent).status_code == 404
    acts = set(Entry.objects.filter(table="contracts.naming").values_list("act", flat=True))
    assert {"name", "confirm", "read"} <= acts


def test_a_dispute_is_seen_by_the_one_who_wrote_it_and_ends_with_a_correction(world: World) -> None:
    row = sign(world, "member", number="演签-7")
    [slug] = waiting(world, "chair")
    chair = browser_of(world, "chair")
    assert chair.post(f"/contracts/named/{slug}/", {"reply": "dispute"}).status_code == 302
    assert book(world, "member").entries[row].state == "disputed"
    assert waiting(world, "chair") == [slug]  # it may still be confirmed
    sign(world, "member", number="演签-8")
    assert waiting(world, "chair") != [slug]
    assert book(world, "member").entries[row].state == "waits"
    with pytest.raises(ObjectDoesNotExist):
        actions.dispute(world.people["chair"], slug)


def test_a_changed_amount_asks_for_no_new_answer(world: World) -> None:
    row = sign(world, "member", amount="1万元")
    before = named(world, "member", row)
    sign(world, "member", amount="2万元")
    assert named(world, "member", row).slug == before.slug


def test_by_code_the_unit_is_found_and_a_name_of_nobody_waits_for_it(world: World) -> None:
    by_code = sign(world, "member", ref="码", counterparty=CODES["bank"])
    assert named(world, "member", by_code).party == world.owners["bank"]
    late = sign(world, "member", ref="迟", counterparty="演示新名研究院")
    assert named(world, "member", late).party is None
    assert book(world, "member").entries[late].state == "nobody"
    introduce(world, "institute", short_names="演示新名研究院")
    assert named(world, "member", late).party == world.owners["institute"]
    assert len(waiting(world, "institute")) == 1


def test_a_name_that_two_units_bear_reaches_neither(world: World) -> None:
    for who in ("chair", "bank"):
        introduce(world, who, short_names="演示两家共名")
    row = sign(world, "member", counterparty="演示两家共名")
    assert named(world, "member", row).party is None
    assert waiting(world, "chair") == waiting(world, "bank") == []


def test_a_unit_that_names_itself_tells_nobody(world: World) -> None:
    row = sign(world, "member", counterparty="演示法兰厂")
    assert named(world, "member", row).party is None


def test_what_both_recorded_under_one_number_is_one_without_a_word(world: World) -> None:
    sign(world, "member", number="演签-7", amount="100万元")
    sign(world, "chair", side="需方", counterparty="演示法兰厂", number="演签-7", amount="90万元")
    for who in ("chair", "member"):
        assert confirmation(world, who) == ["both"]
        assert waiting(world, who) == []


def test_what_may_be_one_is_counted_apart_until_a_person_decides(world: World) -> None:
    product = {"product": "flange", "signed_on": "2026-04-07"}
    sign(world, "member", **product)
    own = sign(world, "chair", side="需方", counterparty="演示法兰厂", **product)
    [pair] = book(world, "chair").ledger.possible
    assert set(pair.speaks_for) == {"product", "day"}
    assert sorted(confirmation(world, "chair")) == ["buyer", "supplier"]
    [slug] = waiting(world, "chair")
    chair = browser_of(world, "chair")
    assert "演示法兰厂" in page(chair, f"/contracts/named/{slug}/")
    sent = {"reply": "same", "own": own}
    assert chair.post(f"/contracts/named/{slug}/", sent).status_code == 302
    for who in ("chair", "member"):
        assert confirmation(world, who) == ["both"]
        assert waiting(world, who) == []
        assert book(world, who).ledger.possible == ()


def test_two_that_a_person_told_apart_stay_two(world: World) -> None:
    product = {"product": "flange", "signed_on": "2026-04-07"}
    sign(world, "member", **product)
    sign(world, "chair", side="需方", counterparty="演示法兰厂", **product)
    [pair] = book(world, "chair").ledger.possible
    chair, sent = browser_of(world, "chair"), {"first": pair.first, "second": pair.second}
    for _time in range(2):
        assert chair.post("/contracts/apart/", sent).status_code == 302
    assert book(world, "chair").ledger.possible == ()
    assert len(confirmation(world, "chair")) == 2
    assert len(book(world, "member").ledger.possible) == 1  # it has its own say
    for stranger, pair_sent in (
        ("bank", sent),
        ("chair", {**sent, "second": pair.first}),
        ("chair", {"first": "x", "second": "y"}),
        ("chair", {**sent, "second": "0" * 16}),
    ):
        answer = browser_of(world, stranger).post("/contracts/apart/", pair_sent)
        assert answer.status_code == 404


def test_what_was_confirmed_and_then_changed_waits_again_on_both_sides(world: World) -> None:
    row = sign(world, "member", number="演签-7")
    actions.confirm(world.people["chair"], waiting(world, "chair")[0], ref="采-1")
    sign(world, "member", number="演签-8")
    assert sorted(confirmation(world, "member")) == ["buyer", "supplier"]
    assert len(waiting(world, "member")) == len(waiting(world, "chair")) == 1
    assert book(world, "member").entries[row].state == "waits"


def test_ending_ones_own_side_takes_the_confirmation_back(world: World) -> None:
    row = sign(world, "member")
    actions.confirm(world.people["chair"], waiting(world, "chair")[0], ref="采-1")
    [own] = [each.row.slug for each in book(world, "chair").entries.values()]
    end_row(world.people["chair"], "contracts", own)
    assert named(world, "member", row).state == Naming.State.WAITS
    assert confirmation(world, "member") == ["supplier"]
    assert len(waiting(world, "chair")) == 1


def test_an_answer_needs_a_reference_of_its_own(world: World) -> None:
    sign(world, "member")
    taken = sign(world, "chair", ref="采-1", counterparty="演示银行")
    actor, [slug] = world.people["chair"], waiting(world, "chair")
    with pytest.raises(RefMissing):
        actions.confirm(actor, slug, ref=" ")
    with pytest.raises(RefTaken):
        actions.confirm(actor, slug, ref="采-1")
    with pytest.raises(NotTheSame):
        actions.confirm_as(actor, slug, taken)
    with pytest.raises(ObjectDoesNotExist):
        actions.confirm_as(actor, slug, "0" * 16)
    chair = browser_of(world, "chair")
    for sent in (
        {"reply": "confirm", "ref": "采-1"},
        {"reply": "confirm", "ref": "采-2", "amount": "很多"},
        {"reply": "perhaps"},
    ):
        answer = chair.post(f"/contracts/named/{slug}/", sent)
        assert answer.status_code == 422
    assert waiting(world, "chair") == [slug]
    rows = SensitiveRow.objects.whole().filter(owner=world.owners["chair"], form="contracts")
    assert [row.slug for row in rows] == [taken]


def test_an_institute_answers_without_keeping_a_side(world: World) -> None:
    row = sign(world, "member", counterparty="演示研究所")
    [slug] = waiting(world, "institute")
    shown = page(browser_of(world, "institute"), f"/contracts/named/{slug}/")
    assert 'name="ref"' not in shown
    assert actions.confirm(world.people["institute"], slug, ref="") is None
    assert book(world, "member").entries[row].state == "confirmed"
    assert confirmation(world, "member") == ["both"]
