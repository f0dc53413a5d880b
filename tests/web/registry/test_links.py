"""A link for a firm without an account: it writes for its unit, and shows nothing that is kept."""

import io
import logging
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from openpyxl import Workbook, load_workbook

from fenglian.engine.disclosure.classes import DataClass
from fenglian.engine.registry.faults import NotThisUnit
from fenglian.web.access.wall import lower_wall, raise_wall
from fenglian.web.accounts.models import Owner
from fenglian.web.audit.models import Entry
from fenglian.web.logs import HideKeys
from fenglian.web.registry import actions, queries
from fenglian.web.registry.actions import NewLink, add_unit, fill_by_link, make_link, revoke_link
from fenglian.web.registry.actions.links import MOST_SENDINGS
from fenglian.web.registry.faults import LinkBusy, LinkDays, LinkForms
from fenglian.web.registry.models import (
    OWNED,
    ConfidentialRow,
    InternalRow,
    Link,
    PersonalRow,
    PublicRow,
)
from fenglian.web.registry.profile_tables import profile_tables
from tests.authz.conftest import browser_of
from tests.authz.world import World, build_world

pytestmark = pytest.mark.django_db
CODE = "91140100MA0ABCDE6K"
PROFILE = {"uscc": CODE, "name_zh": "演示来料厂", "kind": "企业", "status": "存续"}
SITE = {"name": "二号厂区", "region": "140100"}


@pytest.fixture
def world() -> World:
    return build_world()


@pytest.fixture
def newcomer(world: World) -> Owner:
    """Return a unit that has no people and has said nothing."""
    slug = add_unit(world.people["secretary"], "演示来料厂")
    return Owner.objects.get(slug=slug)


@pytest.fixture
def link(world: World, newcomer: Owner) -> NewLink:
    return make_link(world.people["secretary"], newcomer.pk, ["sites", "contacts"])


@pytest.fixture(autouse=True)
def wall() -> Iterator[None]:
    yield
    lower_wall()


def address(link: NewLink, rest: str = "") -> str:
    return f"/fill/{link.token}/{rest}"


def kept(owner: Any, model: Any = PublicRow, form: str = "sites") -> list[Any]:
    return list(model.objects.whole().filter(owner=owner, form=form, ended_at=None))


def book_of(sheets: dict[str, dict[str, Any]]) -> bytes:
    """Return a workbook: sheet → heading → cell, one row each."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, cells in sheets.items():
        sheet = book.create_sheet(title)
        sheet.append(list(cells))
        sheet.append(list(cells.values()))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def visit_of(link: NewLink) -> queries.LinkVisit:
    visit = queries.open_link(link.token)
    assert visit is not None
    return visit


def test_a_unit_without_a_profile_is_asked_for_it_first(link: NewLink) -> None:
    assert link.forms[0] == "profile"
    assert set(link.forms) == {"profile", "sites", "contacts"}


def test_the_token_is_told_once_and_only_its_digest_is_kept(link: NewLink) -> None:
    row = Link.objects.get(slug=link.slug)
    assert link.token not in repr(vars(row))
    assert len(row.digest) == 64
    assert timezone.now() + timedelta(days=13) < row.until < timezone.now() + timedelta(days=15)


def test_a_firm_without_an_account_fills_in_its_forms_without_javascript(
    link: NewLink, newcomer: Owner
) -> None:
    stranger = Client(enforce_csrf_checks=True)
    page = stranger.get(address(link)).content.decode()
    assert "演示来料厂" in page
    assert 'name="uscc"' in page
    answer = stranger.post(address(link, "?form=profile"), PROFILE, headers={"origin": "null"})
    assert answer.status_code == 302
    assert "单位概况" in stranger.get(answer.headers["Location"]).content.decode()
    stranger.post(address(link, "?form=sites"), SITE)
    page = stranger.get(address(link)).content.decode()
    assert "二号厂区" in page  # by this browser, just now
    [row] = kept(newcomer)
    assert (row.values["name"], row.way, row.recorded_by_id) == ("二号厂区", "link", None)
    assert row.values["uscc"] == CODE
    assert "二号厂区" not in Client().get(address(link, "?form=sites")).content.decode()


def test_what_came_through_a_link_is_in_the_log_by_its_link(link: NewLink, newcomer: Owner) -> None:
    Client().post(address(link, "?form=profile"), PROFILE)
    entry = Entry.objects.get(act="link")
    assert (entry.who, entry.owner, entry.user) == ("link", newcomer.pk, None)
    assert entry.rows == f'["{link.slug}"]'
    assert Entry.objects.filter(act="add", who="link", owner=newcomer.pk).exists()
    assert Entry.objects.filter(act="link-made", who="演示secretary").count() == 1
    assert link.token not in "".join(map(repr, Entry.objects.values_list()))
    assert CODE not in "".join(Entry.objects.values_list("detail", flat=True))


@pytest.mark.parametrize("fate", ["mistyped", "expired", "revoked", "left"])
def test_every_link_that_opens_nothing_answers_alike(
    world: World, link: NewLink, newcomer: Owner, fate: str
) -> None:
    token = link.token
    if fate == "mistyped":
        token = "x" * len(token)
    elif fate == "expired":
        Link.objects.update(until=timezone.now() - timedelta(seconds=1))
    elif fate == "revoked":
        revoke_link(world.people["secretary"], link.slug)
    else:
        Owner.objects.filter(pk=newcomer.pk).update(
            left_on=timezone.localdate() - timedelta(days=1)
        )
    assert queries.open_link(token) is None
    nowhere = Client().get("/fill/nothing-of-the-kind/")
    for rest in ("", "workbook/"):
        for answer in (
            Client().get(f"/fill/{token}/{rest}"),
            Client().post(f"/fill/{token}/{rest}"),
        ):
            assert answer.status_code == 404
            assert answer.content == nowhere.content
            assert answer.headers["Cache-Control"] == "no-store"
    assert "演示来料厂" not in nowhere.content.decode()


def test_a_link_taken_back_while_the_page_was_open_takes_nothing(
    world: World, link: NewLink, newcomer: Owner
) -> None:
    visit = visit_of(link)
    revoke_link(world.people["secretary"], link.slug)
    with pytest.raises(ObjectDoesNotExist):
        fill_by_link(visit, "profile", PROFILE)
    assert kept(newcomer, form="profile") == []


def test_a_form_that_the_link_does_not_open_is_not_there(link: NewLink) -> None:
    assert Client().get(address(link, "?form=capacities")).status_code == 404
    with pytest.raises(ObjectDoesNotExist):
        fill_by_link(visit_of(link), "capacities", {})


def test_nothing_that_is_kept_comes_out_of_a_link(world: World) -> None:
    member = world.people["member"]
    link = make_link(
        member, member.owner or 0, list(actions.forms_to_send(member, member.owner or 0))
    )
    secrets = {word for words in world.canaries.values() for word in words}
    assert len(secrets) > 200
    told = b""
    for form in link.forms:
        path = address(link, f"?form={form}")
        told += Client().get(path).content
        told += Client().post(path, {"uscc": CODE, "name": "x", "product": "flange"}).content
    book = Client().get(address(link, "workbook/"))
    for sheet in load_workbook(io.BytesIO(book.content)).worksheets:
        told += repr(list(sheet.values)).encode()
    found = re.findall("|".join(map(re.escape, sorted(secrets))).encode(), told)
    assert found == []


def test_which_code_would_be_right_is_not_told(world: World, link: NewLink) -> None:
    Client().post(address(link, "?form=profile"), PROFILE)
    other = "911400007646XXXXXX"
    receipt = fill_by_link(visit_of(link), "profile", PROFILE | {"uscc": "91140000MA0DEMO00X"})
    assert receipt.rejected == 1
    receipt = fill_by_link(visit_of(link), "sites", SITE | {"uscc": other})
    assert CODE not in "".join(fault.message("en") for fault in receipt.faults)


def test_anothers_code_is_refused_without_saying_whose_it_should_be(
    world: World, link: NewLink
) -> None:
    fill_by_link(visit_of(link), "profile", PROFILE)
    receipt = fill_by_link(visit_of(link), "sites", SITE | {"uscc": "91140100MA0ABCDF4E"})
    lower_wall()
    kinds = {type(fault) for fault in receipt.faults}
    if NotThisUnit in kinds:
        assert all(CODE not in fault.message("zh") for fault in receipt.faults)
    assert receipt.rejected == 1


def test_whether_a_row_was_here_before_is_not_told(link: NewLink) -> None:
    first = fill_by_link(visit_of(link), "profile", PROFILE)
    again = fill_by_link(visit_of(link), "profile", PROFILE)
    assert (first.accepted, again.accepted, again.duplicate) == (1, 1, 0)
    assert PublicRow.objects.whole().filter(form="profile", values__uscc=CODE).count() == 1


def test_what_is_left_empty_stays_as_it_was(world: World, link: NewLink, newcomer: Owner) -> None:
    fill_by_link(
        visit_of(link), "profile", PROFILE | {"name_en": "Demo Works", "legal_rep": "演示人"}
    )
    fill_by_link(visit_of(link), "profile", PROFILE | {"status": "注销"})
    [row] = kept(newcomer, form="profile")
    assert (row.values["status"], row.values["name_en"]) != ("active", None)
    assert row.values["name_en"] == "Demo Works"
    [person] = kept(newcomer, PersonalRow, "profile")
    assert person.values["legal_rep"] == "演示人"


def test_one_link_takes_so_much_an_hour_and_says_when_to_go_on(link: NewLink) -> None:
    visit = visit_of(link)
    Link.objects.filter(slug=link.slug).update(sent=MOST_SENDINGS, since=timezone.now())
    with pytest.raises(LinkBusy):
        fill_by_link(visit, "profile", PROFILE)
    answer = Client().post(address(link, "?form=profile"), PROFILE)
    assert answer.status_code == 429
    assert "再试" in answer.content.decode()
    file = SimpleUploadedFile("a.csv", b"a,b\n")
    assert Client().post(address(link, "workbook/"), {"file": file}).status_code == 429
    Link.objects.filter(slug=link.slug).update(since=timezone.now() - timedelta(hours=2))
    assert fill_by_link(visit, "profile", PROFILE).accepted == 1


def test_a_workbook_comes_in_and_rows_of_other_forms_are_refused(
    link: NewLink, newcomer: Owner
) -> None:
    sheets: dict[str, dict[str, Any]] = {
        "单位概况": {
            "统一社会信用代码": CODE,
            "中文名称": "演示来料厂",
            "单位类型": "企业",
            "存续状态": "存续",
        },
        "厂区": {"厂区名称": "三号厂区", "所在地区": "140100"},
        "报价": {
            "产品": "flange",
            "型号": "甲",
            "单价": 5,
            "计价单位": "台",
            "报价日期": "2031-05-17",
        },
    }
    file = SimpleUploadedFile("甲.xlsx", book_of(sheets))
    page = Client().post(address(link, "workbook/"), {"file": file}).content.decode()
    assert "三号厂区" in page
    assert "这个链接不收" in page
    assert [row.values["name"] for row in kept(newcomer)] == ["三号厂区"]
    assert kept(newcomer, ConfidentialRow, "offering_prices") == []


def test_a_file_that_is_no_workbook_is_refused_with_the_way_out(link: NewLink) -> None:
    file = SimpleUploadedFile("a.xlsx", b"PK\x03\x04 broken")
    answer = Client().post(address(link, "workbook/"), {"file": file})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert Client().post(address(link, "workbook/")).status_code == 302


def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(link: NewLink) -> None:
    answer = Client().post(address(link, "?form=profile"), PROFILE | {"founded_on": "昨天"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'id="e-founded_on"' in page
    assert 'value="昨天"' in page


def test_the_visitor_reads_another_language_by_one_button(link: NewLink) -> None:
    stranger = Client()
    assert "Send" not in stranger.get(address(link)).content.decode()
    answer = stranger.post(address(link, "language/"), {"language": "en"})
    assert answer.headers["Location"] == address(link)
    assert ">Send<" in stranger.get(address(link)).content.decode()
    stranger.post(address(link, "language/"), {"language": "xx"})
    assert ">Send<" in stranger.get(address(link)).content.decode()


def test_the_address_does_not_leak(link: NewLink, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    stranger = Client()
    for answer in (
        stranger.get(address(link)),
        stranger.post(address(link, "?form=profile"), PROFILE | {"uscc": "1"}),
        stranger.get("/fill/wrong-but-secret/"),
        stranger.get(address(link, "workbook/")),
    ):
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["Cache-Control"] == "no-store"
        assert "noindex" in answer.headers["X-Robots-Tag"]
    assert link.token not in caplog.text
    assert "wrong-but-secret" not in caplog.text


def test_the_log_hides_the_key_of_an_address() -> None:
    record = logging.LogRecord(
        "django", logging.WARNING, "", 0, "%s: %s", ("Gone", "/fill/k3y/a/"), None
    )
    assert HideKeys().filter(record)
    assert record.getMessage() == "Gone: /fill/…/a/"


def test_a_signed_in_visitor_is_nobody_there(world: World, link: NewLink) -> None:
    browser = browser_of(world, "chair")
    page = browser.get(address(link)).content.decode()
    assert "演示chair" not in page
    assert browser.post(address(link, "?form=profile"), PROFILE).status_code == 302
    assert Entry.objects.filter(act="add", table="registry.publicrow", who="link").exists()
    assert browser.get("/registry/unit/").status_code == 302


def test_the_wall_stands_as_it_was_after_a_sending(link: NewLink) -> None:
    visit = visit_of(link)
    raise_wall(None)
    fill_by_link(visit, "profile", PROFILE)
    with pytest.raises(Exception, match=r"prohibited|not authorized"):
        list(PublicRow.objects.whole())


# Who sends links.


def test_the_secretariat_sends_any_units_link_and_a_unit_its_own(world: World) -> None:
    own = world.people["institute"]
    forms = actions.forms_to_send(own, own.owner or 0)
    assert "offering_prices" not in forms  # S3 is closed to institutes
    assert make_link(own, own.owner or 0, ["profile"], days=60).unit == "演示研究所"
    with pytest.raises(LinkForms):
        make_link(own, own.owner or 0, ["offering_prices"])
    for wrong in ([], ["nonsense"]):
        with pytest.raises(LinkForms):
            make_link(world.people["secretary"], own.owner or 0, wrong)
    for days in (0, 61):
        with pytest.raises(LinkDays):
            make_link(own, own.owner or 0, ["profile"], days=days)


@pytest.mark.parametrize("who", ["chair", "bank", "department", "analyst", "steward", "foreign"])
def test_others_neither_send_see_nor_take_back(world: World, link: NewLink, who: str) -> None:
    actor, member = world.people[who], world.owners["member"]
    with pytest.raises(ObjectDoesNotExist):
        make_link(actor, member.pk, ["profile"])
    assert queries.list_links(actor, member.pk) == []
    with pytest.raises(ObjectDoesNotExist):
        revoke_link(actor, link.slug)
    with pytest.raises(ObjectDoesNotExist):
        queries.unit_of_link(actor, link.slug)
    assert Link.objects.get(slug=link.slug).revoked_at is None


def test_a_unit_that_has_left_gets_no_link(world: World, newcomer: Owner) -> None:
    Owner.objects.filter(pk=newcomer.pk).update(left_on=timezone.localdate() - timedelta(days=1))
    with pytest.raises(ObjectDoesNotExist):
        make_link(world.people["secretary"], newcomer.pk, ["profile"])


def test_the_page_makes_shows_once_and_takes_back(world: World, newcomer: Owner) -> None:
    browser = browser_of(world, "secretary")
    unit = f"/registry/units/{newcomer.slug}/"
    answer = browser.post(f"{unit}links/", {"forms": ["profile", "sites"], "days": "3"})
    page = answer.content.decode()
    [address_] = re.findall(r"http://testserver(/fill/[\w-]+/)", page)
    assert '<svg class="square"' in page
    assert answer.headers["Cache-Control"] == "no-store"
    assert Client().get(address_).status_code == 200
    shown = browser.get(unit).content.decode()
    assert address_ not in shown
    assert "尚未使用" in shown
    slug = Link.objects.get().slug
    browser.post(f"/registry/links/{slug}/revoke/")
    browser.post(f"/registry/links/{slug}/revoke/")
    assert Client().get(address_).status_code == 404
    assert Entry.objects.filter(act="link-revoked").count() == 1
    assert "已收回" in browser.get(unit).content.decode()


def test_a_link_that_cannot_be_made_says_why(world: World, newcomer: Owner) -> None:
    browser = browser_of(world, "secretary")
    unit = f"/registry/units/{newcomer.slug}/"
    for typed, words in (
        ({"days": "soon"}, "整天"),
        ({"days": "3"}, "至少选一张"),
        ({"days": "99", "forms": "profile"}, "60"),
    ):
        answer = browser.post(f"{unit}links/", typed, follow=True)
        assert words in answer.content.decode()
    assert not Link.objects.exists()


def test_a_member_sees_the_panel_on_its_own_page_only(world: World) -> None:
    browser = browser_of(world, "member")
    own, other = (f"/registry/units/{world.owners[who].slug}/" for who in ("member", "chair"))
    assert "填报链接" in browser.get(own).content.decode()
    assert "填报链接" not in browser.get(other).content.decode()
    assert browser.post(f"{other}links/", {"days": "3", "forms": "profile"}).status_code == 404


def test_every_class_of_a_form_is_written_in_its_own_table(link: NewLink, newcomer: Owner) -> None:
    fill_by_link(visit_of(link), "profile", PROFILE | {"legal_rep": "演示人", "size": "中型"})
    lower_wall()
    found = {
        model.data_class for model in OWNED if model.objects.whole().filter(owner=newcomer).exists()
    }
    assert found == {DataClass.S0, DataClass.S1, DataClass.P}
    assert kept(newcomer, InternalRow, "profile")[0].values["size"] == "medium"


def test_a_code_that_another_unit_has_is_refused_with_all_that_comes_under_it(
    world: World, newcomer: Owner
) -> None:
    other = Owner.objects.get(slug=add_unit(world.people["secretary"], "演示先来厂"))
    forms = ["profile", "sites"]
    links = [make_link(world.people["secretary"], each.pk, forms) for each in (other, newcomer)]
    first, second = (visit_of(link) for link in links)
    assert fill_by_link(first, "profile", PROFILE).accepted == 1
    again = fill_by_link(second, "profile", PROFILE)
    assert (again.accepted, again.rejected) == (0, 1)
    assert "另一家单位" in again.faults[0].message("zh")
    rows = {"profile": PROFILE, "sites": {"uscc": CODE, **SITE}}
    sheets = {
        table.label.zh: {
            c.label.zh: rows[form][c.name] for c in table.columns if c.name in rows[form]
        }
        for form, table in profile_tables().items()
        if form in rows
    }
    receipt = actions.import_by_link(second, content=book_of(sheets), name="a.xlsx")
    assert (receipt.accepted, receipt.rejected) == (0, 2)
    assert not PublicRow.objects.whole().filter(owner=newcomer).exists()
    assert fill_by_link(first, "profile", PROFILE).rejected == 0  # one's own code again is fine
