"""The charter in force rules votes and terms; slips are secret; who is elected holds the post."""

import json
from datetime import date, timedelta
from itertools import permutations

import pytest
from django.core import serializers
from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.utils import timezone

from fenglian.engine.alliance.charter import MODEL, spell_charter
from fenglian.engine.alliance.faults import UnreadableCharter
from fenglian.web.access.table import NotPermitted
from fenglian.web.alliance import actions, faults, queries
from fenglian.web.alliance.actions import Counted, Motion, Office, RoomCount, Standing, Text
from fenglian.web.alliance.models import Box, Candidate, Charter, Election, Member, Post, Voted
from fenglian.web.audit.models import Entry
from tests.web.alliance.conftest import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(bare: Cast) -> Cast:
    """Return the people; what their units say of themselves does not matter here."""
    return bare


CHAIR, FLANGE, BANK = "演示整机厂", "演示法兰厂", "演示银行"


def charter(cast: Cast, since: date, **numbers: str) -> str:
    words = {**spell_charter(MODEL), **numbers}
    version = Text(f"章程 {since}", f"第一条 {since}\n第二条 不变", since, words, grounds="大会")
    return actions.adopt_charter(cast["secretary"], version)


def admit_all(cast: Cast) -> None:
    for who, tier in (("chair", "chair"), ("bank", "council"), ("member", "member")):
        cast.admit(who, tier)


def standing(names: str = f"{CHAIR}\n{FLANGE}\n{BANK}", **other: object) -> Standing:
    shared = {"title": "换届", "post": "理事长单位", "candidates": names, "seats": 1}
    return Standing(**{**shared, "since": timezone.localdate(), **other})  # type: ignore[arg-type]


def slugs_of(election: str) -> dict[str, str]:
    rows = Candidate.objects.filter(election__slug=election).select_related("unit")
    return {row.unit.name: row.slug for row in rows}


# The charter.


def test_the_charter_in_force_says_what_carries_and_who_votes(cast: Cast) -> None:
    today = timezone.localdate()
    admit_all(cast)
    keeper = cast["secretary"]
    counted = Counted(9, 6, 3, 3, 0)
    before = actions.open_vote(keeper, Motion("other", "甲", "assembly", "counted"))
    charter(cast, today, assembly_of="entitled", assembly_more_than="yes", seated="chair")
    after = actions.open_vote(keeper, Motion("other", "乙", "assembly", "counted"))
    # Half of those present by the model; more than half of all by the charter since today.
    assert actions.close_vote(keeper, before, counted)
    assert not actions.close_vote(keeper, after, counted)
    only = actions.open_vote(keeper, Motion("other", "丙"))
    assert queries.find_resolution(keeper, only).entitled == 1


def test_a_version_to_come_changes_nothing_yet_and_one_of_the_past_no_longer(cast: Cast) -> None:
    today = timezone.localdate()
    assert queries.rules_on(cast["secretary"].alliance.id).charter is None
    old, new = (
        charter(cast, today - timedelta(9), term_years="3"),
        charter(cast, today + timedelta(9)),
    )
    assert queries.rules_on(cast["secretary"].alliance.id).numbers.term_years == 3
    lines = {each.slug: each for each in queries.list_charters(cast["member"])}
    assert (lines[old].standing, lines[new].standing) == ("in force", "to come")
    assert lines[old].until == today + timedelta(8)
    view = queries.find_charter(cast["member"], new)
    assert view.against is not None
    assert view.against.slug == old
    assert view.changed == (("term_years", "3", "5"),)
    assert [change for change, _words in view.changes] == ["gone", "new", "same"]
    with pytest.raises(ObjectDoesNotExist):
        queries.find_charter(cast["member"], new, "0" * 16)


def test_a_version_rests_on_a_resolution_that_was_carried_or_says_on_what(cast: Cast) -> None:
    keeper, today = cast["secretary"], timezone.localdate()
    vote = actions.open_vote(keeper, Motion("other", "修订章程", "assembly", "counted"))
    words = spell_charter(MODEL)
    with pytest.raises(faults.NotCarried):
        actions.adopt_charter(keeper, Text("章程", "第一条", today, words, vote))
    actions.close_vote(keeper, vote, Counted(9, 9, 9, 0, 0))
    slug = actions.adopt_charter(keeper, Text("章程", "第一条", today, words, vote))
    assert queries.find_charter(cast["bank"], slug).line.resolution == vote
    for fault, text in (
        (faults.CharterDay, Text("章程", "第一条", today, words, grounds="x")),
        (faults.FieldMissing, Text("章程", "第一条", today + timedelta(1), words)),
        (faults.FieldMissing, Text("章程", " ", today + timedelta(1), words, grounds="x")),
        (UnreadableCharter, Text("章程", "第一条", today + timedelta(1), {}, grounds="x")),
    ):
        with pytest.raises(fault):
            actions.adopt_charter(keeper, text)
    with pytest.raises(NotPermitted):
        actions.adopt_charter(cast["chair"], Text("章程", "第一条", today, words, grounds="x"))


def test_the_secretariat_keeps_a_version_on_the_page_and_sees_what_is_wrong(cast: Cast) -> None:
    browser, today = cast.browser("secretary"), timezone.localdate().isoformat()
    typed = {
        **spell_charter(MODEL),
        "title": "章程",
        "text": "第一条",
        "since": today,
        "grounds": "大会",
    }
    typed |= {"seated": ["chair", "council"], "voting": ["member"]}  # type: ignore[dict-item]
    wrong = browser.post("/alliance/charters/", {**typed, "council_quorum": "多数"})
    assert wrong.status_code == 422
    assert "council_quorum" in wrong.content.decode()
    assert browser.post("/alliance/charters/", {**typed, "since": "明天"}).status_code == 422
    there = browser.post(
        "/alliance/charters/", {**typed, "fee_member": "2000", "council_more_than": "yes"}
    )
    page = browser.get(there.headers["Location"]).content.decode()
    assert "2,000 元" in page
    assert "超过到会者的 2/3" in page
    assert Charter.objects.get().numbers["seated"] == "chair council"
    assert "生效中" in cast.browser("member").get("/alliance/charters/").content.decode()


def test_an_election_is_announced_as_far_ahead_as_the_charter_says(cast: Cast) -> None:
    today = timezone.localdate()
    ends_in = today - timedelta(365 * 5 - 200)  # about 200 days before the end of five years
    actions.fill_post(cast["secretary"], Office("监事", FLANGE, ends_in, "选举", years=5))
    page = "/alliance/elections/"
    assert "快要届满" not in cast.browser("member").get(page).content.decode()
    charter(cast, today, notice_days="365")
    assert "快要届满" in cast.browser("member").get(page).content.decode()
    assert "?post=" in cast.browser("secretary").get(page).content.decode()


# Elections.


def vote(cast: Cast, election: str, order: tuple[str, ...], choice: dict[str, str]) -> None:
    found = slugs_of(election)
    for who in order:
        actions.give_slip(cast[who], election, [found[choice[who]]] if choice[who] else [])


def test_the_order_of_the_slips_changes_nothing_and_leaves_no_trace(cast: Cast) -> None:
    admit_all(cast)
    choice = {"chair": CHAIR, "bank": FLANGE, "member": FLANGE}
    seen = set()
    for order in permutations(choice):
        point = transaction.savepoint()
        slug = actions.open_election(cast["secretary"], standing())
        names = {address: name for name, address in slugs_of(slug).items()}
        vote(cast, slug, order, choice)
        box = Box.objects.get(election__slug=slug).slips
        assert box == sorted(box)
        found = actions.close_election(cast["secretary"], slug)
        seen.add((tuple(names[each] for each in found.elected), found.needed, found.quorate))
        transaction.savepoint_rollback(point)
    assert seen == {((FLANGE,), 2, True)}


def test_nothing_that_is_kept_or_shown_ties_a_unit_to_its_slip(cast: Cast) -> None:
    admit_all(cast)
    slug = actions.open_election(cast["secretary"], standing())
    flange = slugs_of(slug)[FLANGE]
    before = Entry.objects.count()
    cast.browser("bank").post(f"/alliance/elections/{slug}/slip/", {"names": [flange]})
    assert Voted.objects.whole().count() == 1
    [entry] = Entry.objects.filter(number__gt=before, act="vote")
    marks = serializers.serialize("json", Voted.objects.whole())
    assert flange not in marks + entry.detail + json.dumps(entry.rows)
    assert {field.name for field in Box._meta.fields} == {"election", "slips"}
    for who in ("bank", "chair", "member", "secretary", "department"):
        page = cast.browser(who).get(f"/alliance/elections/{slug}/").content.decode()
        assert "得票" not in page  # not even how many, before the end
    assert "查不到" in cast.browser("bank").get(f"/alliance/elections/{slug}/").content.decode()


def test_a_slip_is_given_once_by_who_may_and_bears_what_it_may(cast: Cast) -> None:
    admit_all(cast)
    slug = actions.open_election(cast["secretary"], standing())
    found = slugs_of(slug)
    for fault, who, names in (
        (faults.SlipSpoilt, "bank", list(found.values())),
        (faults.SlipSpoilt, "bank", ["0" * 16]),
        (faults.NoVote, "institute", [found[BANK]]),
        (NotPermitted, "secretary", []),
        (ObjectDoesNotExist, "foreign", []),
    ):
        with pytest.raises(fault):
            actions.give_slip(cast[who], slug, names)
    actions.give_slip(cast["bank"], slug, [])
    with pytest.raises(faults.HasVoted):
        actions.give_slip(cast["bank"], slug, [found[BANK]])
    with pytest.raises(NotPermitted):
        actions.close_election(cast["chair"], slug)
    result = actions.close_election(cast["secretary"], slug)
    assert result.elected == ()
    assert not result.quorate
    for act in (
        lambda: actions.close_election(cast["secretary"], slug),
        lambda: actions.give_slip(cast["chair"], slug, []),
    ):
        with pytest.raises(faults.VoteClosed):
            act()


def test_who_is_elected_holds_the_post_and_who_held_it_leaves(cast: Cast) -> None:
    admit_all(cast)
    today = timezone.localdate()
    actions.fill_post(
        cast["secretary"], Office("理事长单位", CHAIR, today - timedelta(900), "成立")
    )
    slug = actions.open_election(cast["secretary"], standing(tier="chair"))
    vote(cast, slug, ("chair", "bank", "member"), dict.fromkeys(("chair", "bank", "member"), BANK))
    actions.close_election(cast["secretary"], slug)
    held = {row.unit.name: row for row in Post.objects.all()}
    assert (held[CHAIR].left_on, held[BANK].left_on) == (today, None)
    assert (held[BANK].years, held[BANK].grounds) == (5, "换届（3 票）")
    tiers = {row.owner.name: row.tier for row in Member.objects.whole()}
    assert (tiers[CHAIR], tiers[BANK]) == ("member", "chair")
    page = cast.browser("member").get(f"/alliance/elections/{slug}/").content.decode()
    assert "当选" in page


def test_equal_votes_are_left_to_a_run_off_and_the_old_holder_stays(cast: Cast) -> None:
    admit_all(cast)
    today = timezone.localdate()
    actions.fill_post(cast["secretary"], Office("监事", FLANGE, today - timedelta(900), "成立"))
    names = f"{FLANGE} 演示甲\n{BANK} 演示乙"
    people = standing(names, post="监事", of_persons=True, way="counted", years=3)
    slug = actions.open_election(cast["secretary"], people)
    both = list(Candidate.objects.values_list("slug", flat=True))
    browser = cast.browser("secretary")
    counts = {"entitled": 9, "present": 8, "slips": 8, **{f"votes-{each}": 5 for each in both}}
    browser.post(f"/alliance/elections/{slug}/close/", counts)
    assert Election.objects.get().closed_at is None  # ten votes on eight slips of one name
    browser.post(
        f"/alliance/elections/{slug}/close/", counts | {f"votes-{each}": 4 for each in both}
    )
    assert Post.objects.get().left_on is None
    view = queries.find_election(cast["member"], slug)
    assert view.result is not None
    assert (view.run_off_seats, set(view.run_off.splitlines())) == (1, set(names.splitlines()))
    counts |= {f"votes-{both[0]}": 8, f"votes-{both[1]}": 0}
    again = actions.open_election(cast["secretary"], people)
    both = list(Candidate.objects.filter(election__slug=again).values_list("slug", flat=True))
    found = actions.close_election(
        cast["secretary"], again, RoomCount(9, 9, 8, {both[0]: 8, both[1]: 0})
    )
    assert found.elected == (both[0],)
    assert {(row.person, row.left_on) for row in Post.objects.all()} == {
        ("", today),
        ("演示甲", None),
    }


def test_an_election_that_cannot_be_held_says_why(cast: Cast) -> None:
    keeper = cast["secretary"]
    with pytest.raises(faults.NobodyVotes):
        actions.open_election(keeper, standing())
    admit_all(cast)
    for fault, wrong in (
        (faults.SeatsOdd, standing(seats=0)),
        (faults.SeatsOdd, standing(years=6)),
        (faults.NoCandidates, standing(" \n ")),
        (faults.CandidateOdd, standing(f"{CHAIR}\n{CHAIR}")),
        (faults.CandidateOdd, standing("独名", of_persons=True)),
        (faults.UnitMissing, standing("没有的厂")),
        (faults.FieldMissing, standing(post=" ")),
        (ObjectDoesNotExist, standing(way="shout")),
        (ObjectDoesNotExist, standing(body="mob")),
    ):
        with pytest.raises(fault):
            actions.open_election(keeper, wrong)
    slug = actions.open_election(keeper, standing(way="counted"))
    for counted in (None, RoomCount(3, 4, 1), RoomCount(3, 3, 0)):
        with pytest.raises(faults.CountOff):
            actions.close_election(keeper, slug, counted)
    with pytest.raises(faults.NoVote):
        actions.give_slip(cast["bank"], slug, [])
    browser = cast.browser("secretary")
    for typed in ({}, {"seats": 1, "since": "2026-01-01", "body": "assembly", "way": "secret"}):
        answer = browser.post("/alliance/elections/", typed, follow=True)
        assert 'class="msg info"' in answer.content.decode()
