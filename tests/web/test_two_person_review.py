"""Large sums, the chair and merges take two persons; what is said of names can be taken back."""

import json
from typing import Any

import pytest
from django.test import Client

from fenglian.web.access.table import NotPermitted
from fenglian.web.accounts.actions import REAL
from fenglian.web.accounts.actor import Actor, Role
from fenglian.web.accounts.models import User
from fenglian.web.accounts.queries import actor_of_account
from fenglian.web.intake import actions, queries
from fenglian.web.intake.corrections import Correction
from fenglian.web.intake.faults import AlreadySaid, AnotherPersonNeeded, NothingToConfirm, SameName
from fenglian.web.intake.models import Document, Identity, Statement
from fenglian.web.intake.queries import review
from fenglian.web.registry.models import Organisation, Person
from tests.outside.test_model import body, said, serving
from tests.web.conftest import SMALL, person, secretary

pytestmark = pytest.mark.django_db
SHORT = "太重"
FULL = "太原重型机械集团有限公司"


def steward() -> Actor:
    secretary()
    found = actor_of_account(User.objects.get(username="demo-steward"), REAL)
    assert found is not None
    return found


def state_of(statement: Statement) -> str:
    statement.refresh_from_db()
    return statement.state


@pytest.fixture
def amount(document: Document) -> Statement:
    return document.statements.get(fact="amount")


def test_a_large_sum_waits_until_another_person_confirms_it(amount: Statement) -> None:
    actions.accept_statement(secretary(), amount.identifier)
    assert state_of(amount) == "proposed"
    with pytest.raises(AnotherPersonNeeded):
        actions.accept_statement(secretary(), amount.identifier)
    with pytest.raises(AnotherPersonNeeded):
        actions.second_statement(secretary(), amount.identifier)
    assert [each.statement.id for each in review.list_queue(steward(), second=True).items] == [
        amount.identifier
    ]
    assert review.list_queue(secretary(), second=True).items == []
    actions.second_statement(steward(), amount.identifier)
    assert state_of(amount) == "accepted"
    with pytest.raises(NothingToConfirm):
        actions.second_statement(steward(), amount.identifier)


def test_undo_takes_back_one_word_after_the_other(amount: Statement) -> None:
    actions.accept_statement(secretary(), amount.identifier)
    actions.second_statement(steward(), amount.identifier)
    actions.undo_statement(secretary(), amount.identifier)
    assert (state_of(amount), amount.vouched_by_id) == ("proposed", secretary().user)
    actions.undo_statement(secretary(), amount.identifier)
    assert (state_of(amount), amount.vouched_by_id) == ("proposed", None)


def test_who_has_the_chair_takes_two_and_a_small_sum_one(document: Document) -> None:
    chair = document.statements.get(fact="role", property="chair_unit")
    actions.accept_statement(secretary(), chair.identifier)
    assert state_of(chair) == "proposed"
    assert "weighty" in chair.doubts
    small = actions.receive_document(
        secretary(), content=SMALL.replace("21亿", "2100万").encode(), name="b"
    )
    sum_ = small.statements.get(fact="amount")
    actions.accept_statement(secretary(), sum_.identifier)
    assert state_of(sum_) == "accepted"


def test_an_edit_that_makes_a_sum_large_takes_two(document: Document) -> None:
    small = actions.receive_document(
        secretary(), content=SMALL.replace("21亿", "2100万").encode(), name="b"
    )
    row = small.statements.get(fact="amount")
    read = queries.find_statement(secretary(), row.identifier).statement
    assert read.quantity is not None
    raised = Correction(
        read.subject, read.value, type(read.quantity)(read.quantity.figure * 1000, "gt", "yuan"),
        read.qualifiers,
    )  # fmt: skip
    actions.edit_statement(secretary(), row.identifier, raised)
    assert (state_of(row), row.vouched_by_id) == ("proposed", secretary().user)


def test_the_undoubted_are_accepted_together_without_what_takes_two(document: Document) -> None:
    Statement.objects.filter(fact="amount").update(doubts=[])  # as kept before there was the rule
    actions.accept_undoubted(secretary(), document.sha256)
    assert not document.statements.filter(state="accepted", fact="amount").exists()


def test_a_role_that_may_not_confirm_is_refused(amount: Statement) -> None:
    found = actor_of_account(User.objects.get(username="demo-member"), REAL)
    assert found is not None
    actions.accept_statement(secretary(), amount.identifier)
    with pytest.raises(NotPermitted):
        actions.second_statement(found, amount.identifier)


def test_the_pages_show_whose_turn_it_is(client: Client, amount: Statement) -> None:
    client.post(f"/intake/statements/{amount.identifier}/accept/", {"queue": "1"})
    answer = client.post(f"/intake/statements/{amount.identifier}/accept/", follow=True)
    assert "要另一个人确认" in answer.content.decode()
    other = person(Role.STEWARD)
    page = other.get("/intake/queue/?second").content.decode()
    assert f"/intake/statements/{amount.identifier}/second/" in page
    other.post(f"/intake/statements/{amount.identifier}/second/", {"queue": "1"})
    assert state_of(amount) == "accepted"
    again = other.post(f"/intake/statements/{amount.identifier}/second/")
    assert again.status_code == 422


def test_the_most_urgent_comes_first(client: Client, document: Document) -> None:
    found = review.list_queue(secretary())
    urgencies = [each.urgency for each in found.items]
    assert urgencies == sorted(urgencies, reverse=True)
    assert urgencies[0] > urgencies[-1] > 0
    assert found.total == document.statements.count()
    assert "按影响" in client.get("/intake/queue/").content.decode()


def test_the_queue_has_pages_and_a_decision_leads_back_to_its_page(
    client: Client, document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(review, "PAGE", 2)
    total = document.statements.count()
    whole = [each.statement.id for each in review.list_queue(secretary()).items]
    seen = list(whole)
    for number in range(2, -(-total // 2) + 1):
        found = review.list_queue(secretary(), page=number)
        assert (found.total, found.first) == (total, 2 * number - 1)
        seen += [each.statement.id for each in found.items]
    assert sorted(seen) == sorted(document.statements.values_list("identifier", flat=True))
    page = client.get("/intake/queue/?page=2").content.decode()
    assert f"第 3–4 条，共 {total} 条" in page
    assert 'href="?page=1"' in page
    assert 'href="?page=3"' in page
    assert client.get("/intake/queue/?page=x").status_code == 200
    assert review.list_queue(secretary(), page=999).page == -(-total // 2)
    small = document.statements.exclude(fact__in=("amount", "role")).first()
    assert small is not None
    answer = client.post(f"/intake/statements/{small.identifier}/reject/", {"queue": "2"})
    assert answer.headers["Location"] == "/intake/queue/?page=2"


def test_a_merge_counts_when_another_person_has_confirmed_it(document: Document) -> None:
    actions.accept_undoubted(secretary(), document.sha256)
    slug = actions.state_identity(secretary(), "organisation", SHORT, FULL, same=True)
    assert review.standing_identities(secretary(), "organisation") == []
    with pytest.raises(AnotherPersonNeeded):
        actions.second_identity(secretary(), slug)
    assert review.count_to_second(steward()) == 1
    actions.second_identity(steward(), slug)
    assert review.standing_identities(secretary(), "organisation") == [(SHORT, FULL, True)]
    with pytest.raises(NothingToConfirm):
        actions.second_identity(steward(), slug)
    actions.withdraw_identity(secretary(), slug)
    assert review.standing_identities(secretary(), "organisation") == []
    [kept] = Identity.objects.all()
    assert kept.withdrawn_at is not None


def test_that_two_names_are_two_counts_at_once(db: None) -> None:
    actions.state_identity(
        secretary(), "organisation", "太重集团", "太原重工股份有限公司", same=False
    )
    assert review.standing_identities(secretary(), "organisation") == [
        ("太重集团", "太原重工股份有限公司", False)
    ]
    with pytest.raises(AlreadySaid):
        actions.state_identity(
            secretary(), "organisation", "太原重工股份有限公司", "太重集团", same=True
        )
    with pytest.raises(SameName):
        actions.state_identity(secretary(), "organisation", "太重集团", " 太重集团", same=False)


def read_and_accept(text: str, name: str) -> Document:
    row = actions.receive_document(secretary(), content=text.encode(), name=name)
    for each in row.statements.all():
        actions.accept_statement(secretary(), each.identifier)
    return row


def test_namesakes_are_merged_and_parted_again(client: Client) -> None:
    read_and_accept("山西日报讯：甲源重工有限公司董事长王文伟表示，要扩大产能。", "a")
    read_and_accept("山西日报讯：乙川锻造有限公司总经理王文伟表示，要扩大产能。", "b")
    keys = sorted(Person.objects.values_list("key", flat=True))
    assert keys == ["王文伟@乙川锻造有限公司", "王文伟@甲源重工有限公司"]
    assert keys[0] in client.get("/registry/identities/").content.decode()
    slug = actions.state_identity(secretary(), "person", keys[0], keys[1], same=True)
    assert Person.objects.count() == 2
    actions.second_identity(steward(), slug)
    assert list(Person.objects.values_list("key", flat=True)) == [keys[1]]
    actions.withdraw_identity(secretary(), slug)
    assert sorted(Person.objects.values_list("key", flat=True)) == keys


def test_one_person_of_two_units_is_parted_and_joined_again(db: None) -> None:
    read_and_accept(
        "山西日报讯：甲源重工有限公司董事长王文伟表示，要扩大产能。乙川锻造有限公司总经理王文伟表示，要合作。", "a"
    )  # fmt: skip
    assert [each.key for each in Person.objects.all()] == ["王文伟"]
    pair = ("王文伟@甲源重工有限公司", "王文伟@乙川锻造有限公司")
    slug = actions.state_identity(secretary(), "person", *pair, same=False)
    assert {each.key for each in Person.objects.all()} == set(pair)
    actions.withdraw_identity(secretary(), slug)
    assert [each.key for each in Person.objects.all()] == ["王文伟"]


def correct(statement: Statement, value: str) -> None:
    read = queries.find_statement(secretary(), statement.identifier).statement
    correction = Correction(read.subject, value, None, read.qualifiers)
    actions.edit_statement(secretary(), statement.identifier, correction)


def test_a_correction_is_an_alias_at_once_and_goes_with_it(document: Document) -> None:
    host = document.statements.filter(fact="role", property="guiding_body").first()
    assert host is not None
    Statement.objects.exclude(pk=host.pk).filter(value=host.value).update(state="rejected")
    Statement.objects.exclude(pk=host.pk).filter(subject=host.value).update(state="rejected")
    was = host.value
    correct(host, "山西省甲乙丙厅")
    assert review.standing_identities(secretary(), "organisation") == [
        (was, "山西省甲乙丙厅", True)
    ]
    actions.undo_statement(secretary(), host.identifier)
    assert review.standing_identities(secretary(), "organisation") == []


def test_a_correction_that_would_merge_two_waits_for_a_second_person(document: Document) -> None:
    first = document.statements.filter(fact="signing", property="partner").first()
    assert first is not None
    twin = actions.receive_document(
        secretary(),
        content=f"山西日报讯：太重集团与{first.value}签约，总额1亿元。".encode(),
        name="b",
    )
    assert twin.statements.filter(value=first.value).exists()
    correct(first, "江苏甲乙丙集团有限公司")
    assert review.standing_identities(secretary(), "organisation") == []
    [line] = review.list_identities(secretary())
    assert (line.waits, line.by_correction, line.mine) == (True, True, True)


def test_the_page_of_names_says_confirms_and_takes_back(client: Client) -> None:
    said = {"kind": "organisation", "name": SHORT, "other": FULL, "verdict": "same"}
    page = client.post("/registry/identities/", said, follow=True).content.decode()
    assert "您说的" in page
    assert client.post("/registry/identities/", said).status_code == 422
    assert client.post("/registry/identities/", {**said, "name": ""}).status_code == 422
    [row] = Identity.objects.all()
    mine = client.post(f"/registry/identities/{row.slug}/second/", follow=True).content.decode()
    assert "要另一个人确认" in mine
    other = person(Role.STEWARD)
    other.post(f"/registry/identities/{row.slug}/second/")
    row.refresh_from_db()
    assert row.seconded_by_id == steward().user
    client.post(f"/registry/identities/{row.slug}/withdraw/")
    assert "已收回" in client.get("/registry/identities/").content.decode()
    apart = {**said, "verdict": "apart"}
    assert "仍是两家" in client.post("/registry/identities/", apart, follow=True).content.decode()


DINGXIANG = (
    "定襄县法兰锻件产量占全国的44%。山西省风电装备产业联盟成立大会共计66家单位的160余位代表参加。",
    "定襄法兰锻件产量占全国的48%。山西省风电装备产业联盟已有百余家企业。",
)


def test_sources_that_differ_stand_side_by_side(client: Client) -> None:
    for name, text in zip("ab", DINGXIANG, strict=True):
        actions.receive_document(secretary(), content=f"山西日报讯：{text}".encode(), name=name)
    found = [
        sorted(item.statement.words for item in group)
        for group in review.list_conflicts(secretary())
    ]
    assert sorted(found) == [["44%", "48%"], ["66家单位", "百余家企业"]]
    page = client.get("/intake/conflicts/").content.decode()
    assert page.count('class="facts sides"') == 2
    assert page.count("<dt>来源</dt>") == 4
    assert "怎么办" in page
    assert "share" not in page  # 44 %, as people write it
    [one] = Statement.objects.filter(words="48%")
    path = f"/intake/statements/{one.identifier}/reject/"
    answer = client.post(path, {"queue": "conflicts"})
    assert answer.headers["Location"] == "/intake/conflicts/"
    assert len(review.list_conflicts(secretary())) == 1


def test_everything_leaves_as_lines_of_json(client: Client, amount: Statement) -> None:
    actions.accept_statement(secretary(), amount.identifier)
    actions.state_identity(secretary(), "organisation", SHORT, FULL, same=True)
    answer = client.get("/intake/review.jsonl")
    body = b"".join(answer) if answer.streaming else answer.content
    lines = [json.loads(line) for line in body.splitlines()]
    kinds = [line["kind"] for line in lines]
    assert kinds.count("statement") == amount.document.statements.count()
    assert set(kinds) == {"document", "statement", "decision", "identity"}
    assert {line["data"] for line in lines} == {"sourced"}
    [decision] = [line for line in lines if line["kind"] == "decision"]
    assert (decision["statement"], decision["act"]) == (amount.identifier, "accept")


def test_a_judged_pair_on_the_page_of_an_organisation_waits(
    client: Client, document: Document
) -> None:
    actions.accept_undoubted(secretary(), document.sha256)
    row = Organisation.objects.filter(stated=True).exclude(name=FULL).first()
    assert row is not None
    said = {"name": row.name, "other": FULL, "verdict": "same"}
    client.post(f"/registry/{row.slug}/judge/", said)
    page = client.get(f"/registry/{row.slug}/").content.decode()
    assert "待另一人确认" in page


def test_without_a_model_nothing_is_asked_and_no_button_shown(
    client: Client, document: Document
) -> None:
    page = client.get(f"/intake/{document.sha256}/").content.decode()
    assert "/suggest/" not in page
    answer = client.post(f"/intake/{document.sha256}/suggest/", follow=True)
    assert "没有开启模型" in answer.content.decode()


def test_a_model_suggests_and_a_person_decides(client: Client, settings: Any) -> None:
    row = actions.receive_document(secretary(), content=SMALL.encode(), name="a")
    text = row.clean_text
    quote = "太重集团与江苏九鼎集团有限公司签约"

    def at(words: str) -> dict[str, Any]:
        return {"start": text.index(words), "text": words}

    proposals = [
        {
            "relation": "supplied_by",
            "quote": at(quote),
            "subject": at("太重集团"),
            "object": at("江苏九鼎集团有限公司"),
        },
        {"relation": "supplied_by", "quote": {"start": 0, "text": "没有写过"}},
    ]
    content = said(json.dumps({"proposals": proposals}))
    with serving(body(content)) as (endpoint, asked):
        settings.MODEL_URL, settings.MODEL_NAME = endpoint.url, "m"
        assert "/suggest/" in client.get(f"/intake/{row.sha256}/").content.decode()
        answer = client.post(f"/intake/{row.sha256}/suggest/", follow=True)
        again = client.post(f"/intake/{row.sha256}/suggest/", follow=True)
    assert "模型提了 1 条关系" in answer.content.decode()
    assert "模型提了 0 条关系" in again.content.decode()
    assert quote in asked[0][1]["messages"][0]["content"]
    [kept] = row.statements.filter(extractor="llm:m")
    assert kept.state == "proposed"
    assert "model" in kept.doubts
    actions.accept_undoubted(secretary(), row.sha256)
    assert state_of(kept) == "proposed"
