"""Strangers read a copy made for them and nothing else; links and QR codes write and show nothing."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from fenglian.engine.errors import CodeError
from fenglian.engine.registry.codes import organisation_check, uscc_check
from fenglian.web.accounts.models import Owner
from fenglian.web.alliance import actions, faults, queries
from fenglian.web.alliance.actions import Call, Handed, Office, Wanted
from fenglian.web.alliance.models import Door, Presence, PublicPage, Step
from fenglian.web.audit.models import Entry
from tests.web.alliance.conftest import PDF, Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(bare: Cast) -> Cast:
    """Return the people; what their units say of themselves does not matter here."""
    return bare


PAGE = "/public/alliance/authz/"


def code(number: int) -> str:
    body = f"NEWX{number:04d}"
    first = f"91140100{body}{organisation_check(body)}"
    return f"{first}{uscc_check(first)}"


def meeting(cast: Cast, hours: float = 0) -> str:
    begins = timezone.now() + timedelta(hours=hours)
    call = Call("council", "理事会", "太原", begins, begins + timedelta(hours=2))
    return actions.call_meeting(cast["secretary"], call)


# The public page.


def test_a_stranger_finds_no_page_before_it_is_opened_and_none_after_it_is_closed(
    cast: Cast,
) -> None:
    assert Client().get(PAGE).status_code == 404
    with pytest.raises(faults.PageClosed):
        actions.close_page(cast["secretary"])
    browser = cast.browser("secretary")
    browser.post("/alliance/outward/", {"how": "写信给秘书处"})
    assert "写信给秘书处" in Client().get(PAGE).content.decode()
    browser.post("/alliance/outward/close/")
    assert Client().get(PAGE).status_code == 404
    assert PublicPage.objects.get().shown == {}


def test_the_page_names_who_said_so_and_what_was_published_and_follows_each_change(
    cast: Cast,
) -> None:
    cast.admit("chair", "chair")
    cast.admit("member")
    keeper, slug, today = cast["secretary"], meeting(cast), timezone.localdate()
    actions.open_page(keeper, "来信")
    actions.fill_post(keeper, Office("理事长单位", "演示整机厂", today, "选举"))
    actions.fill_post(keeper, Office("秘书长", "演示整机厂", today, "选举", "演示某人"))
    actions.fill_post(keeper, Office("监事单位", "演示法兰厂", today, "选举"))
    page = Client().get(PAGE).content.decode()
    assert "演示整机厂" not in page
    assert "理事会" not in page
    cast.browser("chair").post(f"/alliance/members/{cast.slug('chair')}/listed/", {"listed": "yes"})
    cast.browser("secretary").post(f"/alliance/meetings/{slug}/publish/", {"published": "yes"})
    page = Client().get(PAGE).content.decode()
    assert "演示整机厂" in page
    assert "理事长单位" in page
    assert "秘书长" in page
    assert "理事会" in page
    for hidden in ("演示某人", "演示法兰厂", "监事单位", "演示代表", "AUTHZ-"):
        assert hidden not in page, hidden
    with pytest.raises(ObjectDoesNotExist):
        actions.set_listed(cast["member"], cast.slug("chair"), listed=False)
    with pytest.raises(faults.NoMember):
        actions.set_listed(cast["bank"], cast.slug("bank"), listed=True)
    actions.set_tier(keeper, cast.slug("chair"), "council")
    assert "理事单位" in Client().get(PAGE).content.decode()
    actions.take_step(cast["chair"], cast.slug("chair"), "withdraw", "来函")
    assert queries.find_public("authz").members == ()


def test_a_unit_that_no_longer_wants_to_be_named_is_gone_from_the_page_at_once(
    cast: Cast,
) -> None:
    cast.admit("member")
    actions.open_page(cast["secretary"], "来信")
    for listed, found in ((True, 1), (True, 1), (False, 0), (False, 0)):
        actions.set_listed(cast["member"], cast.slug("member"), listed=listed)
        assert len(queries.find_public("authz").members) == found
        assert queries.find_member(cast["bank"], cast.slug("member")).listed is listed


# Links to apply.


def apply(address: str, name: str, number: int, **typed: object) -> object:
    files = {kind: SimpleUploadedFile(f"{kind}.pdf", PDF) for kind in ("application", "licence")}
    words = {"name": name, "code": code(number), "tier": "member", "delegate": "演示新人", **files}
    return Client().post(address, {**words, **typed})


def door(cast: Cast) -> str:
    page = cast.browser("secretary").post("/alliance/outward/links/", {"days": 30})
    assert page.headers["Cache-Control"] == "no-store"
    start = page.content.decode().partition("http://testserver/public/apply/")[2]
    return f"/public/apply/{start.partition('<')[0]}"


def test_a_firm_without_an_account_applies_and_goes_on_to_its_products(cast: Cast) -> None:
    address = door(cast)
    form = Client().get(address)
    assert form.headers["Referrer-Policy"] == "no-referrer"
    answer = apply(address, "演示新来厂", 1)
    page = answer.content.decode()  # type: ignore[attr-defined]
    assert "/fill/" in page
    fill = page.partition('href="http://testserver')[2].partition('"')[0]
    assert urlsplit(fill).path.startswith("/fill/")
    assert Client().get(fill).status_code == 200
    owner = Owner.objects.get(name="演示新来厂")
    view = queries.find_application(cast["secretary"], owner.slug)
    assert view.asked is not None
    assert (view.asked.code, view.asked.region, view.membership.state) == (
        code(1), "140100", "applied",
    )  # fmt: skip
    assert {each.outcome for each in view.checks} == {"good"}
    assert Entry.objects.filter(table="alliance.application", who="link").count() == 1
    assert Door.objects.get().taken == 1


def test_what_a_link_refuses_leaves_nothing_behind(cast: Cast) -> None:
    address, before = door(cast), Owner.objects.count()
    assert apply(address, "演示新来厂", 1).status_code == 200  # type: ignore[attr-defined]
    for name, number, typed, words in (
        ("演示新来厂", 2, {}, "已在册"),
        ("演示法兰厂", 3, {}, "已在册"),
        ("另一家", 1, {}, "已在册"),
        ("另一家", 4, {"code": "91140100NEWX000000"}, ""),
        ("另一家", 5, {"licence": SimpleUploadedFile("a.html", b"<p>")}, "a.html"),
        ("另一家", 6, {"delegate": " "}, "代表"),
        (" ", 7, {}, "单位名称"),
        ("另一家", 8, {"tier": "x" * 30}, "tier"),
    ):
        answer = apply(address, name, number, **typed)
        assert answer.status_code == 422  # type: ignore[attr-defined]
        assert words in answer.content.decode()  # type: ignore[attr-defined]
    assert Owner.objects.count() == before + 1
    assert Step.objects.whole().count() == 1


def test_a_link_that_was_taken_back_or_is_full_opens_nothing(cast: Cast) -> None:
    address = door(cast)
    visit = queries.open_door(address.split("/")[3])
    assert visit is not None
    Door.objects.update(taken=50)
    with pytest.raises(faults.DoorBusy):
        actions.apply_by_link(visit, "新厂", Wanted("member", code(1), delegate="甲"), [])
    Door.objects.update(taken=0)
    with pytest.raises(CodeError):
        actions.apply_by_link(visit, "新厂", Wanted("member", "123", delegate="甲"), [])
    [line] = queries.list_doors(cast["secretary"])
    assert queries.list_doors(cast["chair"]) == []
    cast.browser("secretary").post(f"/alliance/outward/links/{line.slug}/close/")
    gone = Client().get(address)
    assert gone.status_code == 404
    assert gone.content == Client().get("/public/apply/anything/").content
    papers = [Handed(kind, "x.pdf", PDF) for kind in ("application", "licence")]
    with pytest.raises(ObjectDoesNotExist):
        actions.apply_by_link(visit, "新厂", Wanted("member", code(1), delegate="甲"), papers)
    with pytest.raises(ObjectDoesNotExist):
        actions.close_door(cast["secretary"], line.slug)


# Sign-in.


def test_who_signs_in_by_the_code_counts_once_the_desk_has_confirmed_it(cast: Cast) -> None:
    cast.admit("chair", "chair")
    slug, browser = meeting(cast), cast.browser("secretary")
    page = browser.get(f"/alliance/meetings/{slug}/sign-in/").content.decode()
    address = page.partition("http://testserver")[2].partition("<")[0]
    assert Client().get(address).status_code == 200
    came = Client().post(address, {"unit": "演示整机厂", "persons": "2", "names": "甲、乙"})
    assert "演示整机厂" in came.content.decode()
    quorum = queries.find_meeting(cast["member"], slug).quorum
    assert quorum is not None
    assert quorum.present == 0
    assert "待确认 1 家" in browser.get(f"/alliance/meetings/{slug}/").content.decode()
    confirm = {"unit": "演示整机厂", "persons": "2", "names": "甲、乙"}
    browser.post(f"/alliance/meetings/{slug}/presence/", confirm)
    Client().post(address, {"unit": "演示整机厂", "persons": "99"})  # changes nothing any more
    quorum = queries.find_meeting(cast["member"], slug).quorum
    assert quorum is not None
    assert quorum.present == 1
    assert [(row.persons, row.by_code) for row in Presence.objects.whole()] == [(2, False)]


def test_a_sign_in_by_somebody_unknown_or_at_another_time_is_refused(cast: Cast) -> None:
    for slug, typed, words in (
        (meeting(cast), {"unit": "没有的厂"}, "没有的厂"),
        (meeting(cast), {"unit": "演示外厂"}, "演示外厂"),
        (meeting(cast), {"unit": "演示法兰厂", "persons": "许多"}, "persons"),
        (meeting(cast, 50), {"unit": "演示法兰厂"}, "签到时间"),
    ):
        token = queries.sign_in_token(cast["secretary"], slug)
        answer = Client().post(f"/public/sign-in/{token}/", typed)
        assert answer.status_code == 422
        assert words in answer.content.decode()
    assert not Presence.objects.whole().exists()
    forged = token.rpartition(".")[0] + ".forged"
    assert Client().get(f"/public/sign-in/{forged}/").status_code == 404


def test_a_page_behind_a_link_speaks_the_language_that_was_asked_for(cast: Cast) -> None:
    browser = Client()
    address = f"/public/sign-in/{queries.sign_in_token(cast['secretary'], meeting(cast))}/"
    assert browser.get(f"{address}?language=en").status_code == 302
    assert "Who comes" in browser.get(address).content.decode()
