"""A unit's way in, through and out: what may be done when, by whom, and who sees it."""

from datetime import timedelta
from hashlib import sha256

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from fenglian.engine.alliance.faults import PaperUnknown, UnknownTier
from fenglian.engine.errors import FenglianError, StepNotOpen
from fenglian.web.access.table import NotPermitted
from fenglian.web.alliance import actions, queries
from fenglian.web.alliance.actions import Counted, Handed, Motion, Wanted
from fenglian.web.alliance.faults import (
    CertificateIssued,
    CheckedTwice,
    CountOff,
    DayNotPast,
    FeeNotNoted,
    FeeTwice,
    FieldMissing,
    HasVoted,
    NobodyVotes,
    NoMember,
    NotCarried,
    NoVote,
    PaperMissing,
    TooManyPapers,
    UnknownChoice,
    VoteClosed,
    VoteRuns,
)
from fenglian.web.alliance.models import Application, Ballot, Member, Paper
from fenglian.web.audit.models import Entry
from tests.render.pdf_text import page_texts
from tests.web.alliance.conftest import PDF, Cast

pytestmark = pytest.mark.django_db


def test_a_new_member_comes_in_by_application_review_vote_fee_and_certificate(cast: Cast) -> None:
    secretary, slug = cast["secretary"], cast.slug("member")
    cast.admit("chair", "chair")
    cast.apply("member")
    cast.review("member")
    vote = actions.open_vote(secretary, Motion("admit", "同意入会", about=slug))
    actions.cast_ballot(cast["chair"], vote, "for")
    assert actions.close_vote(secretary, vote)
    actions.take_step(secretary, slug, "admit")
    actions.note_fee(secretary, slug, 2000, "收据 7")
    number = actions.issue_certificate(secretary, slug)
    view = queries.find_member(secretary, slug)
    assert (view.line.state, view.line.certificate) == ("admitted", number)
    assert 0 < view.line.known <= view.line.asked
    assert [each.name for each in view.delegates] == ["演示代表member"]
    page = cast.browser("secretary").get(f"/alliance/members/{slug}/").content.decode()
    assert "在册" in page
    assert number in page
    assert f"/alliance/resolutions/{vote}/" in page
    assert 'class="copy"' in page
    pdf = cast.browser("member").get(f"/alliance/members/{slug}/certificate.pdf")
    text = "".join(page_texts(pdf.content))
    assert number in text
    assert "演示法兰厂" in text
    assert "演示数据" in text
    assert 'filename="demo-certificate-' in pdf.headers["Content-Disposition"]


def test_papers_are_for_the_unit_the_secretariat_and_the_council_and_are_never_shown(
    cast: Cast,
) -> None:
    cast.apply("member")
    slug, paper = cast.slug("member"), Paper.objects.whole().filter(kind="licence")[0]
    assert paper.sha256 == sha256(PDF + b"licence").hexdigest()
    path = f"/alliance/units/{slug}/papers/{paper.slug}/"
    for who in ("member", "secretary", "chair"):
        answer = cast.browser(who).get(path)
        assert answer.content == PDF + b"licence"
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    for who in ("institute", "bank", "department", "steward", "foreign"):
        assert cast.browser(who).get(path).status_code == 404
    looks = Entry.objects.filter(act="read", table="alliance.paper", owner=paper.owner_id)
    assert {each.role for each in looks} == {"member", "secretariat", "council"}


def test_a_file_is_judged_by_its_bytes_and_nothing_is_kept_of_what_is_refused(cast: Cast) -> None:
    browser, slug = cast.browser("member"), cast.slug("member")
    typed = {
        "tier": "member",
        "delegate": "演示代表",
        "application": SimpleUploadedFile("a.pdf", PDF),
        "licence": SimpleUploadedFile("b.pdf", b"<script>alert(1)</script>"),
    }
    answer = browser.post(f"/alliance/units/{slug}/application/", typed)
    assert answer.status_code == 422
    assert "b.pdf" in answer.content.decode()
    assert not Application.objects.whole().exists()
    typed["application"] = SimpleUploadedFile("a.pdf", PDF)
    typed["licence"] = SimpleUploadedFile("../../b.pdf", PDF)
    assert browser.post(f"/alliance/units/{slug}/application/", typed).status_code == 302
    assert {each.name for each in Paper.objects.whole()} == {"a.pdf", "b.pdf"}
    assert browser.get("/alliance/apply/").status_code == 302
    again = browser.post(f"/alliance/units/{slug}/application/", {"tier": "x" * 21})
    assert again.status_code == 422


def test_more_papers_are_added_once_each_while_the_application_is_on_its_way(cast: Cast) -> None:
    member, slug = cast["member"], cast.slug("member")
    cast.apply("member")
    for _ in range(2):
        actions.add_paper(member, slug, Handed("leader", "l.png", b"\x89PNG\r\n\x1a\n"))
    assert Paper.objects.whole().count() == 3
    browser = cast.browser("member")
    logo = {"logo": SimpleUploadedFile("l.jpg", b"\xff\xd8\xff\xe0")}
    assert browser.post(f"/alliance/units/{slug}/papers/", logo).status_code == 302
    assert Paper.objects.whole().filter(kind="logo").count() == 1
    for number in range(8):
        actions.add_paper(member, slug, Handed("other", "x.pdf", PDF + bytes([number])))
    with pytest.raises(TooManyPapers):
        actions.add_paper(member, slug, Handed("other", "x.pdf", PDF + b"!"))
    with pytest.raises(ObjectDoesNotExist):
        actions.add_paper(cast["chair"], slug, Handed("other", "x.pdf", PDF))


@pytest.mark.parametrize(
    ("fault", "wanted", "kinds"),
    [
        (UnknownTier, Wanted("boss", delegate="甲"), ("application", "licence")),
        (FieldMissing, Wanted("member", delegate=" "), ("application", "licence")),
        (PaperMissing, Wanted("member", delegate="甲"), ("application",)),
        (
            TooManyPapers,
            Wanted("member", delegate="甲"),
            ("application", "licence", *["other"] * 11),
        ),
    ],
)
def test_an_application_that_lacks_something_says_what(
    cast: Cast, fault: type[FenglianError], wanted: Wanted, kinds: tuple[str, ...]
) -> None:
    papers = [Handed(kind, "x.pdf", PDF) for kind in kinds]
    with pytest.raises(fault) as caught:
        actions.apply(cast["member"], cast.slug("member"), wanted, papers)
    assert caught.value.message("zh")
    assert caught.value.message("en")


def test_steps_out_of_order_are_refused_with_those_that_are_open(cast: Cast) -> None:
    secretary, slug = cast["secretary"], cast.slug("member")
    with pytest.raises(StepNotOpen):
        actions.take_step(secretary, slug, "review", "早了")
    cast.apply("member")
    with pytest.raises(StepNotOpen):
        cast.apply("member")
    with pytest.raises(FieldMissing):
        actions.take_step(secretary, slug, "review", " ")
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(DayNotPast):
        actions.take_step(secretary, slug, "review", "好", on=tomorrow)
    cast.review("member")
    with pytest.raises(NotCarried):
        actions.take_step(secretary, slug, "admit")
    cast.vote_in_room("member", votes_for=5)
    with pytest.raises(NotCarried):
        actions.take_step(secretary, slug, "admit")
    with pytest.raises(NotPermitted):
        actions.take_step(cast["member"], slug, "refuse", "不")
    with pytest.raises(ObjectDoesNotExist):
        actions.take_step(cast["chair"], slug, "withdraw", "替别家退会")
    for name in ("apply", "dance"):
        with pytest.raises(ObjectDoesNotExist):
            actions.take_step(secretary, slug, name)
    actions.take_step(secretary, slug, "refuse", "材料不实")
    assert not Member.objects.whole().exists()
    cast.apply("member")
    assert Application.objects.whole().filter(ended_at=None).count() == 1


def test_an_old_resolution_admits_nobody_a_second_time(cast: Cast) -> None:
    secretary, slug = cast["secretary"], cast.slug("member")
    cast.admit("member")
    actions.take_step(cast["member"], slug, "withdraw", "来函退会")
    assert queries.list_members(secretary) == []
    assert [each.state for each in queries.list_members(secretary, gone=True)] == ["withdrawn"]
    cast.apply("member")
    cast.review("member")
    with pytest.raises(NotCarried):
        actions.take_step(secretary, slug, "admit")


def test_arrears_are_paid_and_an_expulsion_rests_on_a_vote_in_which_the_unit_has_none(
    cast: Cast,
) -> None:
    secretary, slug = cast["secretary"], cast.slug("member")
    cast.admit("chair", "chair")
    cast.admit("member", "council")
    actions.take_step(secretary, slug, "fall_behind", "两次催缴")
    actions.take_step(secretary, slug, "pay", "收据 9")
    vote = actions.open_vote(secretary, Motion("expel", "除名", about=slug))
    with pytest.raises(NoVote):
        actions.cast_ballot(cast["member"], vote, "against")
    actions.cast_ballot(cast["chair"], vote, "for")
    actions.close_vote(secretary, vote)
    actions.take_step(secretary, slug, "expel")
    assert Member.objects.whole().get(owner=cast["member"].owner).state == "expelled"
    with pytest.raises(NoMember):
        actions.note_fee(secretary, slug, 1, "x")


def test_a_vote_is_one_a_unit_and_stands(cast: Cast) -> None:
    secretary, slug = cast["secretary"], cast.slug("bank")
    cast.apply("bank")
    with pytest.raises(NobodyVotes):
        actions.open_vote(secretary, Motion("admit", "同意", about=slug))
    cast.admit("chair", "chair")
    vote = actions.open_vote(secretary, Motion("admit", "同意", about=slug))
    with pytest.raises(VoteRuns):
        actions.open_vote(secretary, Motion("admit", "同意", about=slug))
    with pytest.raises(UnknownChoice):
        actions.cast_ballot(cast["chair"], vote, "perhaps")
    actions.cast_ballot(cast["chair"], vote, "against")
    with pytest.raises(HasVoted):
        actions.cast_ballot(cast["chair"], vote, "for")
    with pytest.raises(NotPermitted):
        actions.cast_ballot(secretary, vote, "for")
    with pytest.raises(ObjectDoesNotExist):
        actions.cast_ballot(cast["institute"], vote, "for")
    assert not actions.close_vote(secretary, vote)
    with pytest.raises(VoteClosed):
        actions.close_vote(secretary, vote)
    with pytest.raises(VoteClosed):
        actions.cast_ballot(cast["chair"], vote, "for")
    assert Ballot.objects.whole().count() == 1
    # What was not carried stays with those who judge and the unit itself.
    assert cast.browser("bank").get(f"/alliance/resolutions/{vote}/").status_code == 200
    assert cast.browser("institute").get(f"/alliance/resolutions/{vote}/").status_code == 404
    assert cast.browser("department").get(f"/alliance/resolutions/{vote}/").status_code == 404


def test_a_unit_of_the_council_votes_whatever_the_role_of_its_people(cast: Cast) -> None:
    for who in ("institute", "bank"):
        cast.admit(who, "council")
    cast.apply("member")
    motion = Motion("admit", "同意", about=cast.slug("member"))
    vote = actions.open_vote(cast["secretary"], motion)
    for who in ("institute", "bank"):
        page = f"/alliance/resolutions/{vote}/"
        assert cast.browser(who).get(page).status_code == 200
        cast.browser(who).post(f"{page}ballot/", {"choice": "for"})
        # Its papers stay with those who judge.
        papers = f"/alliance/units/{cast.slug('member')}/application/"
        assert cast.browser(who).get(papers).status_code == 404
    assert actions.close_vote(cast["secretary"], vote)


def test_a_count_in_the_room_has_to_add_up(cast: Cast) -> None:
    secretary = cast["secretary"]
    vote = actions.open_vote(secretary, Motion("other", "年度预算", "assembly", "counted"))
    for counted in (
        None,
        Counted(3, 4, 1, 0, 0),
        Counted(3, 3, 4, 0, 0),
        Counted(3, 3, -1, 2, 0),
        Counted(3, 3, 0, 0, 0),
    ):
        with pytest.raises(CountOff):
            actions.close_vote(secretary, vote, counted)
    assert actions.close_vote(secretary, vote, Counted(66, 44, 22, 20, 2))
    result = queries.find_resolution(cast["member"], vote).result
    assert result is not None
    assert (result["quorate"], result["needed"], result["votes"]["for"]) == (True, 22, 22)
    for motion in (
        Motion("other", "x", "mob"),
        Motion("admit", "x"),
        Motion("odd", "x"),
        Motion("other", "x", way="shout"),
    ):
        with pytest.raises(ObjectDoesNotExist):
            actions.open_vote(secretary, motion)


def test_fees_certificate_and_yearly_check_follow_on_each_other(cast: Cast) -> None:
    secretary, slug = cast["secretary"], cast.slug("member")
    cast.admit("member")
    with pytest.raises(FeeNotNoted):
        actions.issue_certificate(secretary, slug)
    actions.note_fee(secretary, slug, 0, "章程第二十条免缴")
    with pytest.raises(FeeTwice):
        actions.note_fee(secretary, slug, 2000, "再缴")
    number = actions.issue_certificate(secretary, slug)
    with pytest.raises(CertificateIssued):
        actions.issue_certificate(secretary, slug)
    until = Member.objects.whole().get().valid_until
    assert until is not None
    actions.note_yearly_check(secretary, slug, 2026, "缺年报", passed=False)
    actions.note_yearly_check(secretary, slug, 2026, "已补", passed=True)
    with pytest.raises(CheckedTwice):
        actions.note_yearly_check(secretary, slug, 2026, "又来", passed=True)
    row = Member.objects.whole().get()
    assert row.valid_until == until.replace(year=until.year + 1)
    assert row.certificate == number
    actions.set_tier(secretary, slug, "council")
    assert Member.objects.whole().get().tier == "council"
    for act in (
        lambda: actions.issue_certificate(cast["member"], slug),
        lambda: actions.note_fee(cast["chair"], slug, 1, "x"),
        lambda: actions.set_tier(cast["member"], slug, "chair"),
    ):
        with pytest.raises(NotPermitted):
            act()


def test_a_unit_names_its_own_representatives_and_nobody_elses(cast: Cast) -> None:
    slug = cast.slug("member")
    with pytest.raises(NoMember):
        actions.add_delegate(cast["member"], slug, "早到")
    cast.admit("member")
    browser = cast.browser("member")
    browser.post(f"/alliance/members/{slug}/delegates/", {"name": "演示新代表", "title": "总工"})
    view = queries.find_member(cast["institute"], slug)
    row = next(each for each in view.delegates if each.name == "演示新代表")
    browser.post(f"/alliance/members/{slug}/delegates/{row.slug}/end/")
    view = queries.find_member(cast["institute"], slug)
    assert next(each for each in view.delegates if each.slug == row.slug).left_on is not None
    with pytest.raises(ObjectDoesNotExist):
        actions.end_delegate(cast["member"], slug, row.slug)
    with pytest.raises(ObjectDoesNotExist):
        actions.add_delegate(cast["chair"], slug, "外人")


def test_each_change_is_one_entry_that_names_no_words_of_the_papers(cast: Cast) -> None:
    before = Entry.objects.count()
    cast.apply("member")
    [entry] = Entry.objects.filter(number__gt=before)
    assert (entry.act, entry.table, entry.data_class) == ("add", "alliance.application", "P")
    assert "演示代表" not in entry.detail
    cast.review("member")
    assert Entry.objects.count() == before + 2


def test_forms_that_cannot_be_read_lead_back_with_a_word(cast: Cast) -> None:
    cast.admit("member")
    browser, slug = cast.browser("secretary"), cast.slug("member")
    for path, typed in (
        (f"/alliance/members/{slug}/fees/", {"yuan": "许多"}),
        (f"/alliance/members/{slug}/checks/", {"year": "去年"}),
        (f"/alliance/members/{slug}/tier/", {"tier": "boss"}),
        (f"/alliance/members/{slug}/certificate/", {}),
        (f"/alliance/units/{slug}/steps/", {"name": "dance" * 9}),
        (f"/alliance/units/{slug}/vote/", {}),
        (
            "/alliance/resolutions/",
            {"kind": "other", "text": " ", "body": "council", "way": "open"},
        ),
    ):
        answer = browser.post(path, typed, follow=True)
        assert answer.status_code == 200
        assert 'class="msg info"' in answer.content.decode(), path


def test_the_secretariat_does_all_of_it_on_the_pages(cast: Cast) -> None:
    browser, slug = cast.browser("secretary"), cast.slug("institute")
    typed = {
        "tier": "council",
        "delegate": "演示代表",
        "application": SimpleUploadedFile("a.pdf", PDF),
        "licence": SimpleUploadedFile("b.pdf", PDF),
    }
    assert browser.get(f"/alliance/units/{slug}/application/").status_code == 200
    browser.post(f"/alliance/units/{slug}/application/", typed)
    browser.post(f"/alliance/units/{slug}/steps/", {"name": "review", "words": "齐全"})
    motion = {"kind": "admit", "text": "同意", "body": "council", "way": "counted"}
    vote = browser.post(f"/alliance/units/{slug}/vote/", motion).headers["Location"]
    count = {"entitled": 9, "present": 9, "votes_for": 8, "against": 1, "abstain": 0}
    browser.post(f"{vote}close/", count)
    assert "到会" in browser.get(vote).content.decode()
    browser.post(f"/alliance/units/{slug}/steps/", {"name": "admit"})
    browser.post(f"/alliance/members/{slug}/fees/", {"yuan": 1, "receipt": "r"})
    browser.post(f"/alliance/members/{slug}/certificate/")
    browser.post(f"/alliance/members/{slug}/checks/", {"year": 2026, "words": "好", "passed": "on"})
    browser.post(f"/alliance/members/{slug}/tier/", {"tier": "vice_chair"})
    page = browser.get("/alliance/?tier=vice_chair").content.decode()
    assert "演示研究所" in page
    assert "AUTHZ-" in page
    motion = {"kind": "other", "text": "预算", "body": "council", "way": "open"}
    vote = browser.post("/alliance/resolutions/", motion).headers["Location"]
    cast.browser("institute").post(f"{vote}ballot/", {"choice": "for"})
    browser.post(f"{vote}close/")
    assert "预算" in cast.browser("bank").get("/alliance/resolutions/").content.decode()


def test_nothing_is_kept_of_a_paper_that_is_no_file_of_ours(cast: Cast) -> None:
    cast.apply("member")
    with pytest.raises(PaperUnknown):
        actions.add_paper(cast["member"], cast.slug("member"), Handed("other", "x", b"GIF89a"))
    assert Paper.objects.whole().count() == 2
