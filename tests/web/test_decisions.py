"""Accept, edit, reject, undo: every decision is kept with what stood before and after."""

import re
from typing import Any

import pytest
from django.db.models import ProtectedError
from django.test import Client

from fenglian.web.intake import actions, queries
from fenglian.web.intake.corrections import Correction
from fenglian.web.intake.models import Decision, Document, Statement
from tests.web.conftest import SMALL, secretary

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_person")]


@pytest.fixture
def amount(document: Document) -> Statement:
    return document.statements.get(fact="amount")


def press(client: Client, statement: Statement, act: str, **typed: str) -> Any:
    return client.post(f"/intake/statements/{statement.identifier}/{act}/", typed)


def test_accepting_is_stored_and_leads_back_to_the_statement(
    client: Client, amount: Statement
) -> None:
    answer = press(client, amount, "accept")
    place = f"/intake/{amount.document.sha256}/#s-{amount.identifier}"
    assert answer.headers["Location"] == place
    amount.refresh_from_db()
    assert amount.state == "accepted"
    [decision] = Decision.objects.all()
    assert (decision.before["state"], decision.after["state"]) == ("proposed", "accepted")


def test_the_same_key_twice_decides_once(client: Client, amount: Statement) -> None:
    press(client, amount, "accept")
    press(client, amount, "accept")
    assert Decision.objects.count() == 1


def test_rejecting_keeps_the_statement_on_record(client: Client, amount: Statement) -> None:
    press(client, amount, "reject")
    amount.refresh_from_db()
    assert amount.state == "rejected"


def test_an_edit_is_accepted_and_the_reading_is_kept_beside_it(
    client: Client, amount: Statement
) -> None:
    answer = press(client, amount, "edit", subject="太重集团", value="不少于 22 亿元")
    assert answer.status_code == 302
    found = queries.find_statement(secretary(), amount.identifier)
    assert found.state == "accepted"
    assert found.edited
    assert found.statement.value == "2200000000"
    assert found.statement.quantity is not None
    assert found.statement.quantity.bound == "ge"
    assert found.as_read is not None
    assert found.as_read.value == "2100000000"
    assert found.statement.words == found.as_read.words


def test_what_was_typed_stays_when_it_is_no_number(client: Client, amount: Statement) -> None:
    answer = press(client, amount, "edit", subject="太重集团", value="四点五吧")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="四点五吧"' in page
    assert re.search(r'class="err"[^>]*>[^<]*“四点五吧”', page)
    assert Decision.objects.count() == 0


def test_an_edit_may_change_a_qualifier_and_empty_one(client: Client, document: Document) -> None:
    post = document.statements.filter(fact="person_post").first()
    assert post is not None
    press(client, post, "edit", subject=post.subject, value=post.value, **{"qualifier-0": ""})
    post.refresh_from_db()
    assert post.qualifiers == [] or post.qualifiers[0][0] != "organisation"


def test_the_edit_form_opens_by_a_link_without_script(client: Client, amount: Statement) -> None:
    page = client.get(
        f"/intake/{amount.document.sha256}/?edit={amount.identifier}"
    ).content.decode()
    assert 'value="逾21亿元"' in page


def test_the_edit_form_is_for_a_statement_of_the_page(client: Client, amount: Statement) -> None:
    other = actions.receive_document(secretary(), content=SMALL.encode(), name="b")
    assert client.get(f"/intake/{other.sha256}/?edit={amount.identifier}").status_code == 404


@pytest.mark.parametrize("act", ["accept-undoubted", "undo"])
def test_nothing_is_decided_on_a_document_that_is_not_kept(client: Client, act: str) -> None:
    assert client.post(f"/intake/{'0' * 64}/{act}/").status_code == 404


def test_undoing_one_statement_brings_back_what_stood_there(
    client: Client, amount: Statement
) -> None:
    press(client, amount, "edit", subject="别家", value="1元")
    press(client, amount, "undo")
    amount.refresh_from_db()
    assert (amount.state, amount.edited, amount.value) == ("proposed", False, "2100000000")
    assert Decision.objects.count() == 2


def test_undo_goes_back_step_by_step(client: Client, document: Document) -> None:
    first, second = document.statements.all()[:2]
    press(client, first, "accept")
    press(client, second, "reject")
    press(client, first, "reject")
    for expected in (("accepted", "rejected"), ("accepted", "proposed"), ("proposed", "proposed")):
        client.post(f"/intake/{document.sha256}/undo/")
        first.refresh_from_db()
        second.refresh_from_db()
        assert (first.state, second.state) == expected
    assert actions.undo_last(secretary(), document.sha256) == 0
    assert Decision.objects.count() == 6


def test_nothing_to_undo_is_said(client: Client, document: Document) -> None:
    answer = client.post(f"/intake/{document.sha256}/undo/", follow=True)
    assert "没有可撤销的" in answer.content.decode()


def test_the_undoubted_are_accepted_together_and_undone_together(
    client: Client, document: Document
) -> None:
    undoubted = document.statements.filter(doubts=[]).count()
    assert 0 < undoubted < document.statements.count()
    answer = client.post(f"/intake/{document.sha256}/accept-undoubted/", follow=True)
    assert f"已采纳 {undoubted} 条陈述" in answer.content.decode()
    assert document.statements.filter(state="accepted").count() == undoubted
    assert actions.undo_last(secretary(), document.sha256) == undoubted
    assert not document.statements.filter(state="accepted").exists()


def test_an_inferred_year_and_rebuilt_bytes_are_doubted(document: Document) -> None:
    founded = document.statements.get(fact="event", property="date")
    assert "inferred" in founded.doubts
    market = document.statements.get(fact="target", property="market_size")
    assert "rebuilt" in market.doubts


def test_no_statement_and_no_document_can_be_deleted(client: Client, amount: Statement) -> None:
    press(client, amount, "accept")
    with pytest.raises(ProtectedError):
        amount.delete()
    with pytest.raises(ProtectedError):
        amount.document.delete()


@pytest.mark.parametrize("act", ["accept", "reject", "undo", "edit"])
def test_an_unknown_statement_is_not_found_and_reading_decides_nothing(
    client: Client, act: str
) -> None:
    address = f"/intake/statements/{'0' * 16}/{act}/"
    assert client.post(address).status_code == 404
    assert client.get(address).status_code == 405


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("21亿美元", ("21亿USD", "家单位", "同类的单位")),
        ("66吨", ("66t", "家单位", "同类的单位")),
        ("9999999999999万亿家单位", ("1E+18",)),
    ],
)
def test_a_count_takes_no_other_dimension_and_no_monster(
    client: Client, document: Document, typed: str, words: tuple[str, ...]
) -> None:
    count = document.statements.filter(quantity__unit="家单位").first()
    assert count is not None
    answer = press(client, count, "edit", subject=count.subject, value=typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'value="{typed}"' in page
    error = re.search(r'class="err" id="e-value-error">([^<]*)', page)
    assert error
    assert 'aria-describedby="e-value-error"' in page
    assert [each for each in words if each not in error[1]] == []
    assert Decision.objects.count() == 0


def test_another_word_for_counting_is_no_other_dimension(
    client: Client, document: Document
) -> None:
    count = document.statements.filter(quantity__unit="家单位").first()
    assert count is not None
    answer = press(client, count, "edit", subject=count.subject, value="68家企业")
    assert answer.status_code == 302


@pytest.mark.parametrize("subject", ["\u3000", "\u200b", "a\x1bb"])
def test_a_subject_can_be_seen(client: Client, amount: Statement, subject: str) -> None:
    answer = press(client, amount, "edit", subject=subject, value="22亿元")
    assert answer.status_code == 422
    assert 'id="e-subject-error"' in answer.content.decode()


def test_an_edit_of_an_edit_is_compared_with_what_was_read(
    client: Client, document: Document
) -> None:
    post = document.statements.filter(fact="person_post").first()
    assert post is not None
    named = dict(post.qualifiers)
    press(client, post, "edit", subject=post.subject, value=post.value, **{"qualifier-0": ""})
    back = Correction(post.subject, post.value, None, tuple(named.items()))
    actions.edit_statement(secretary(), post.identifier, back)
    post.refresh_from_db()
    assert dict(post.qualifiers) == named
