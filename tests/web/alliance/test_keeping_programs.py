"""What the secretariat's own software does: members kept, meetings called, votes and elections counted."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from fenglian.engine.alliance.charter import MODEL, spell_charter
from fenglian.web.alliance.models import Box, Fee, Meeting, Member, Post, Step
from tests.web.alliance.conftest import PDF, Cast
from tests.web.alliance.test_programs import API, BANK, CHAIR, FLANGE, get, post

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(bare: Cast) -> Cast:
    """Return the people; what their units say of themselves does not matter here."""
    return bare


def hand_in(browser: Client, slug: str, status: int = 201, **more: Any) -> Any:
    papers = {
        kind: SimpleUploadedFile(f"{kind}.pdf", PDF + kind.encode())
        for kind in ("application", "licence")
    }
    typed = {"tier": "member", "delegate": "演示代表", "region": "140100", **papers, **more}
    answer = browser.post(
        f"{API}/units/{slug}/application",
        {name: each for name, each in typed.items() if each is not None},
    )
    assert answer.status_code == status, answer.content
    return answer.json()


def test_a_unit_comes_in_by_programs_from_papers_to_certificate_and_out_again(cast: Cast) -> None:
    cast.admit("chair", "chair")
    slug, keeper, own = cast.slug("member"), cast.browser("secretary"), cast.browser("member")
    lacking = hand_in(own, slug, 422, licence=None)
    assert "licence" in json.dumps(lacking)
    assert not Step.objects.whole().filter(owner_id=cast["member"].owner).exists()
    assert hand_in(own, slug)["state"] == "applied"
    steps = f"units/{slug}/steps"
    early = post(keeper, steps, {"name": "admit"}, 422)
    assert early["type"].endswith("step-not-open")
    assert post(keeper, steps, {"name": "review", "words": "材料齐全"})["state"] == "reviewed"
    motion = {"kind": "admit", "text": "同意入会", "way": "counted", "about": slug}
    vote = post(keeper, "resolutions", motion, 201)["resolution"]["id"]
    counted = {"entitled": 3, "present": 3, "votes_for": 3, "against": 0, "abstain": 0}
    closed = post(keeper, f"resolutions/{vote}/outcome", {"counted": counted})
    assert closed["resolution"]["carried"]
    assert post(keeper, steps, {"name": "admit"})["state"] == "admitted"
    member = f"members/{slug}"
    assert post(keeper, f"{member}/certificate", {}, 422)["type"].endswith("fee-not-noted")
    paid = post(keeper, f"{member}/fees", {"yuan": 2000, "receipt": "收据一"})
    assert [each["yuan"] for each in paid["fees"]] == [2000]
    issued = post(keeper, f"{member}/certificate", {})
    file = own.get(f"{API}/{member}/certificate")
    assert file["Content-Type"] == "application/pdf"
    assert file.content.startswith(b"%PDF")
    year = timezone.localdate().year
    checked = post(keeper, f"{member}/checks", {"year": year, "words": "合格", "passed": True})
    assert checked["years"][0]["passed"]
    after = get(own, member)
    assert after["certificate"] == issued["certificate"]
    assert after["valid_until"] > issued["valid_until"]
    assert post(keeper, f"{member}/tier", {"tier": "council_unit"}, 422)  # no such tier
    assert post(keeper, f"{member}/tier", {"tier": "vice_chair"})["tier"] == "vice_chair"
    post(own, steps, {"name": "expel"}, 403)
    assert post(own, steps, {"name": "withdraw", "words": "来函"})["state"] == "withdrawn"
    assert Member.objects.whole().get(owner_id=cast["member"].owner).state == "withdrawn"


def test_nobody_else_keeps_members_by_programs(cast: Cast) -> None:
    cast.admit("member")
    slug = cast.slug("member")
    fee, step = {"yuan": 1, "receipt": "x"}, {"name": "withdraw", "words": "x"}
    for who, refused in (("chair", 404), ("bank", 404), ("foreign", 404), ("analyst", 404)):
        browser = cast.browser(who)
        post(browser, f"members/{slug}/fees", fee, 403)
        for path, body in (("tier", {"tier": "chair"}), ("certificate", {})):
            post(browser, f"members/{slug}/{path}", body, 403)
        post(browser, f"units/{slug}/steps", step, refused)
        post(browser, f"members/{slug}/delegates", {"name": "冒充"}, refused)
        hand_in(browser, slug, refused)
    post(cast.browser("member"), f"members/{slug}/fees", fee, 403)
    assert not Fee.objects.whole().exists()
    assert Member.objects.whole().get(owner_id=cast["member"].owner).state == "admitted"


def test_a_unit_says_by_program_who_speaks_for_it(cast: Cast) -> None:
    cast.admit("member")
    own, path = cast.browser("member"), f"members/{cast.slug('member')}/delegates"
    made = post(own, path, {"name": "演示李某", "title": "经理"}, 201)
    [found] = [each for each in made if each["name"] == "演示李某"]
    ended = post(own, f"{path}/{found['id']}/end", {})
    assert {each["name"]: each["left_on"] is None for each in ended}["演示李某"] is False
    post(own, f"{path}/{found['id']}/end", {}, 404)
    assert get(cast.browser("bank"), path) == ended
    get(cast.browser("analyst"), path, 403)
    book = get(own, "contacts")
    assert [each["unit"] for each in book["entries"]] == [FLANGE]
    assert "演示李某 经理" not in book["entries"][0]["delegates"]
    get(cast.browser("analyst"), "contacts", 403)


def test_a_meeting_is_called_and_minuted_by_program(cast: Cast) -> None:
    keeper, member = cast.browser("secretary"), cast.browser("member")
    begins = timezone.now() + timedelta(days=3)
    notice = {
        "kind": "council", "title": "演示理事会", "place": "太原", "agenda": "一\n二",
        "starts_at": begins.isoformat(), "ends_at": (begins + timedelta(hours=2)).isoformat(),
    }  # fmt: skip
    post(member, "meetings", notice, 403)
    slug = post(keeper, "meetings", notice, 201)["meeting"]["id"]
    ends = post(keeper, "meetings", {**notice, "ends_at": notice["starts_at"]}, 422)
    assert ends["type"].endswith("ends-before-it-begins")
    wall = post(keeper, "meetings", {**notice, "starts_at": "2026-05-06T09:00:00",
                                     "ends_at": "2026-05-06T11:00:00"}, 201)  # fmt: skip
    kept = Meeting.objects.get(slug=wall["meeting"]["id"])
    assert timezone.localtime(kept.starts_at).hour == 9
    file = member.get(f"{API}/meetings/{slug}/calendar")
    assert file["Content-Type"].startswith("text/calendar")
    assert "演示理事会" in file.content.decode()
    path = f"meetings/{slug}/minutes"
    post(member, path, {"words": "纪要"}, 403)
    assert post(keeper, path, {"words": "演示纪要"})["minutes"] == "演示纪要"
    post(keeper, f"meetings/{'0' * 16}/minutes", {"words": "x"}, 404)
    assert not Meeting.objects.get(slug=slug).published
    post(member, f"meetings/{slug}/publication", {}, 403)
    post(keeper, f"meetings/{slug}/publication", {})
    assert Meeting.objects.get(slug=slug).published


def test_an_election_counted_in_the_room_fills_the_post_by_program(cast: Cast) -> None:
    cast.admit("chair", "chair")
    cast.admit("member")
    keeper, today = cast.browser("secretary"), timezone.localdate().isoformat()
    call = {
        "title": "演示换届", "post": "监事单位", "candidates": [CHAIR, FLANGE], "seats": 1,
        "since": today, "way": "counted",
    }  # fmt: skip
    post(cast.browser("member"), "elections", call, 403)
    opened = post(keeper, "elections", call, 201)
    slug = opened["election"]["id"]
    ids = {each["unit"]: each["id"] for each in opened["candidates"]}
    votes = {ids[CHAIR]: 1, ids[FLANGE]: 2}
    path = f"elections/{slug}/outcome"
    body = {"counted": {"entitled": 3, "present": 3, "slips": 3, "votes": votes}}
    post(cast.browser("chair"), path, body, 403)
    found = post(keeper, path, body)
    assert [each["unit"] for each in found["candidates"] if each["elected"]] == [FLANGE]
    assert post(keeper, path, body, 422)
    [held] = get(cast.browser("member"), "posts")["posts"]
    assert (held["name"], held["unit"], held["person"]) == ("监事单位", FLANGE, "")
    gone = (timezone.localdate() + timedelta(days=1)).isoformat()
    post(cast.browser("member"), f"posts/{held['id']}/end", {"on": gone}, 403)
    post(keeper, f"posts/{held['id']}/end", {"on": gone})
    assert str(Post.objects.get().left_on) == gone
    office = {
        "name": "秘书长",
        "unit": CHAIR,
        "person": "演示某人",
        "since": today,
        "grounds": "大会",
    }
    person = post(keeper, "posts", office, 201)["posts"]
    assert ("秘书长", "演示某人") in {(each["name"], each["person"]) for each in person}
    assert Box.objects.get().slips == []


def test_a_charter_adopted_by_program_is_the_one_counted_by(cast: Cast) -> None:
    keeper, today = cast.browser("secretary"), timezone.localdate().isoformat()
    numbers = {**spell_charter(MODEL), "term_years": "3"}
    body = {
        "title": "演示章程",
        "text": "第一条",
        "since": today,
        "numbers": numbers,
        "grounds": "大会",
    }
    post(cast.browser("chair"), "charters", body, 403)
    odd = post(keeper, "charters", {**body, "numbers": {**numbers, "council_quorum": "7/2"}}, 422)
    assert odd["type"].endswith("unreadable-charter")
    made = post(keeper, "charters", body, 201)
    assert made["charter"]["title"] == "演示章程"
    assert get(cast.browser("member"), "charters")["numbers"]["term_years"] == "3"
    assert post(keeper, "charters", body, 422)["type"].endswith("charter-day")
    assert post(keeper, "posts", {"name": "x", "unit": BANK, "since": "moon"}, 422)
