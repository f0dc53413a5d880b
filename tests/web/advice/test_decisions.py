"""Government decides on a gap: kept as it stood, done by somebody, seen by nobody else until published."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.test import Client
from django.utils import timezone, translation

from fenglian.engine.advice.options import Way
from fenglian.engine.disclosure.classes import DataClass
from fenglian.engine.errors import UnknownProduct, WrongKindOfPack
from fenglian.engine.labels import Label
from fenglian.web.access.actions import confirm_purpose, state_purpose
from fenglian.web.access.table import NotPermitted
from fenglian.web.access.wall import lower_wall
from fenglian.web.accounts.actions import create_alliance, create_owner
from fenglian.web.accounts.actor import Actor, Role
from fenglian.web.advice import actions, faults, queries
from fenglian.web.advice.actions import Choice
from fenglian.web.advice.models import Record
from fenglian.web.alliance import actions as alliance
from fenglian.web.alliance import queries as alliance_queries
from fenglian.web.alliance.faults import DayPast, UnitMissing
from fenglian.web.audit.models import Entry as Logged
from fenglian.web.chain.queries import Wanted, open_public_chain
from tests.authz.test_chain import browser
from tests.authz.world import seat

pytestmark = pytest.mark.django_db
GAP, SECRET = "main-bearing", "演示理由不外传"
CAST = {
    "department": (Role.GOVERNMENT, ""),
    "secretary": (Role.SECRETARIAT, ""),
    "member": (Role.MEMBER, "演示法兰01厂"),
    "rival": (Role.MEMBER, "演示法兰02厂"),
    "analyst": (Role.ANALYST, ""),
    "steward": (Role.STEWARD, ""),
}


@dataclass
class People:
    """The people of one alliance by part, and their browsers."""

    actors: dict[str, Actor]

    def __getitem__(self, who: str) -> Actor:
        return self.actors[who]

    def browser(self, who: str) -> Client:
        return browser(self.actors[who])

    def page(self, who: str, path: str) -> str:
        answer = self.browser(who).get(path)
        lower_wall()
        assert answer.status_code == 200, answer.status_code
        return answer.content.decode()


@pytest.fixture
def cast() -> Iterator[People]:
    here = create_alliance("decide", Label("演示决定", "Decide"), synthetic=True, pack="demo")
    actors = {
        who: seat(who, here, role, create_owner(here, name) if name else None)
        for who, (role, name) in CAST.items()
    }
    yield People(actors)
    lower_wall()


def due(days: int = 100) -> date:
    return timezone.localdate() + timedelta(days=days)


def choice(way: str = "attract", *, unit: str = "", reason: str = SECRET) -> Choice:
    return Choice(way, reason, due(), unit)


def left(actor: Actor) -> float:
    """Return what is left of the known gaps once what is under way is done."""
    view = open_public_chain(actor)
    assert view is not None
    steps = queries.outlook_of(view, queries.list_records(actor))
    return steps[-1][1] if steps else queries.gaps_of(view).value.working or 0.0


def test_a_decision_is_kept_as_it_stood_and_issued_as_a_task(cast: People) -> None:
    slug = actions.decide(cast["department"], GAP, choice())
    line = queries.find_record(cast["department"], slug)
    assert (line.way, line.state, line.reason) == (Way.ATTRACT, "open", SECRET)
    assert line.case.data_class is DataClass.S0
    assert len(line.case.fingerprint) == 64
    assert line.case.day == timezone.localdate()
    assert line.chosen_by == "演示department"
    [task] = alliance_queries.list_tasks(cast["secretary"])
    assert line.task is not None
    assert (task.slug, task.source, task.unit, task.due_on) == (line.task.slug, "advice", "", due())
    assert "主轴轴承" in task.text
    logged = Logged.objects.filter(table="advice.record").values_list("act", flat=True)
    assert sorted(logged) == ["add", "change"]


def test_the_line_moves_with_a_decision_and_back_when_it_is_taken_back(cast: People) -> None:
    before = left(cast["department"])
    slug = actions.decide(cast["department"], GAP, choice())
    assert before - left(cast["department"]) == pytest.approx(1600 * 600_000)
    actions.take_back(cast["department"], slug, "改主意")
    assert left(cast["department"]) == before
    line = queries.find_record(cast["department"], slug)
    assert (line.state, line.dropped_for) == ("dropped", "改主意")
    assert line.task is not None
    assert (line.task.state, line.task.evidence) == ("dropped", "改主意")
    actions.take_back(cast["department"], slug, "再说一遍")  # nothing more to take back
    assert queries.find_record(cast["department"], slug).dropped_for == "改主意"
    actions.decide(cast["department"], GAP, choice("substitute"))  # the gap may be decided anew


def test_what_became_of_it_is_the_tasks_outcome(cast: People) -> None:
    slug = actions.decide(cast["department"], GAP, choice(unit="演示法兰01厂"))
    line = queries.find_record(cast["department"], slug)
    assert line.task is not None
    alliance.close_action(cast["member"], line.task.slug, "项目已签约")
    line = queries.find_record(cast["department"], slug)
    assert line.task is not None
    assert (line.state, line.task.evidence) == ("done", "项目已签约")
    actions.take_back(cast["department"], slug, "留档")  # what is closed stays closed
    assert alliance_queries.list_tasks(cast["member"])[0].state == "done"


def test_figures_then_stand_beside_todays(cast: People) -> None:
    slug = actions.decide(cast["department"], "pitch-system", choice("expand"))
    row = Record.objects.get(slug=slug)
    gap = next(each for each in row.case["figures"] if each["label"]["zh"] == "缺口")
    gap["working"] += 100
    row.save()
    case = queries.find_record(cast["department"], slug).case
    moved = {
        each.label.zh: each for each in queries.held_against_today(cast["department"], case) or ()
    }
    assert moved["缺口"].change == -100
    assert not moved["年需求"].moved
    page = cast.page("department", f"/advice/history/{slug}/")
    assert "−100" in page
    assert "SHA-256" in page


def test_a_scenario_that_is_gone_cannot_be_compared(cast: People) -> None:
    slug = actions.decide(cast["department"], GAP, choice())
    row = Record.objects.get(slug=slug)
    row.case["scenario_id"] = "gone"
    row.save()
    line = queries.find_record(cast["department"], slug)
    assert queries.held_against_today(cast["department"], line.case) is None
    assert "没有可比的数" in cast.page("department", f"/advice/history/{slug}/")


def test_a_gap_that_is_gone_lacks_nothing_now(cast: People) -> None:
    slug = actions.decide(cast["department"], GAP, choice())
    row = Record.objects.get(slug=slug)
    row.case["product"] = "wind-farm"
    row.save()
    case = queries.find_record(cast["department"], slug).case
    moved = {
        each.label.zh: each for each in queries.held_against_today(cast["department"], case) or ()
    }
    assert moved["缺口"].now.working == 0


def test_nobody_else_learns_of_it_until_it_is_published(cast: People) -> None:
    paths = ("/advice/history/", "/advice/gaps/", f"/advice/gaps/{GAP}/", "/alliance/actions/", "/alliance/activity/", "/api/v1/advice/history", "/api/v1/alliance/actions")  # fmt: skip
    before = {path: clean(cast.page("rival", path)) for path in paths}
    slug = actions.decide(cast["department"], GAP, choice())
    task = Record.objects.get(slug=slug).task
    assert task is not None
    type(task).objects.filter(pk=task.pk).update(due_on=due(-5))  # overdue: no score may tell
    assert {path: clean(cast.page("rival", path)) for path in paths} == before
    for who in ("rival", "analyst"):
        for end in ("", "brief.docx"):
            there = cast.browser(who).get(f"/advice/history/{slug}/{end}")
            nowhere = cast.browser(who).get(f"/advice/history/{'0' * 16}/{end}")
            assert (there.status_code, nowhere.status_code) == (404, 404)
    assert SECRET in cast.page("secretary", f"/advice/history/{slug}/")

    actions.publish(cast["department"], slug)
    actions.publish(cast["department"], slug)  # once is enough
    assert SECRET in cast.page("rival", f"/advice/history/{slug}/")
    told = cast.page("rival", f"/advice/history/{slug}/")
    assert "演示department" not in told  # who it was is not for everybody
    assert "主轴轴承" in cast.page("rival", "/alliance/actions/")
    assert cast.browser("rival").get(f"/advice/history/{slug}/brief.pdf").status_code == 403


def clean(page: str) -> str:
    return "\n".join(line for line in page.splitlines() if "csrfmiddlewaretoken" not in line)


def test_the_unit_that_does_it_sees_its_task_and_not_the_decision(cast: People) -> None:
    slug = actions.decide(cast["department"], GAP, choice(unit="演示法兰01厂"))
    assert "主轴轴承" in cast.page("member", "/alliance/actions/")
    assert "主轴轴承" not in cast.page("rival", "/alliance/actions/")
    assert SECRET not in cast.page("member", "/alliance/actions/")
    with pytest.raises(ObjectDoesNotExist):
        queries.find_record(cast["member"], slug)


def test_advice_is_given_by_one_and_decided_by_another(cast: People) -> None:
    slug = actions.give_advice(cast["secretary"], GAP, "链长办")
    line = queries.find_record(cast["department"], slug)
    assert (line.state, line.given_to, line.way, line.task) == ("given", "链长办", None, None)
    with pytest.raises(faults.NothingChosen):
        actions.publish(cast["department"], slug)
    with pytest.raises(NotPermitted):
        actions.choose(cast["secretary"], slug, choice())
    actions.choose(cast["department"], slug, choice("substitute"))
    assert queries.find_record(cast["secretary"], slug).way is Way.SUBSTITUTE


def test_the_department_that_chose_is_named_in_the_language_of_the_reader(cast: People) -> None:
    with translation.override("en"):
        slug = actions.decide(cast["department"], GAP, choice())
        assert queries.find_record(cast["department"], slug).given_to == "Government"
    with translation.override("zh-hans"):
        assert queries.find_record(cast["department"], slug).given_to == "政府部门"


def test_a_choice_that_cannot_stand_changes_nothing(cast: People) -> None:
    for made, fault in (
        (Choice("borrow", "x", due()), faults.UnknownWay),
        (Choice("expand", "x", due()), faults.WayClosed),  # nobody here makes main bearings
        (Choice("attract", "  ", due()), faults.NoReason),
        (Choice("attract", "x", due(-1)), DayPast),
        (Choice("attract", "x", due(), "无此单位"), UnitMissing),
    ):
        with pytest.raises(fault) as caught:
            actions.decide(cast["department"], GAP, made)
        assert caught.value.message("zh") != caught.value.message("en")
    assert not Record.objects.exists()


def test_a_gap_is_decided_once_at_a_time(cast: People) -> None:
    slug = actions.decide(cast["department"], GAP, choice())
    with pytest.raises(faults.UnderWay):
        actions.decide(cast["department"], GAP, choice("substitute"))
    with pytest.raises(faults.ChosenAlready):
        actions.choose(cast["department"], slug, choice("substitute"))
    assert Record.objects.count() == 1


def test_nobody_but_government_decides(cast: People) -> None:
    slug = actions.give_advice(cast["department"], GAP, "链长办")
    for who in ("secretary", "member", "analyst", "steward"):
        for act in refused(cast[who], slug):
            with pytest.raises(NotPermitted):
                act()


def refused(actor: Actor, slug: str) -> tuple[Callable[[], object], ...]:
    """Return what only government may do."""
    return (
        lambda: actions.decide(actor, GAP, choice()),
        lambda: actions.choose(actor, slug, choice()),
        lambda: actions.publish(actor, slug),
        lambda: actions.take_back(actor, slug, "x"),
    )


def test_there_is_nothing_to_decide_without_a_gap_or_a_chain(cast: People) -> None:
    with pytest.raises(UnknownProduct):
        actions.decide(cast["department"], "wind-farm", choice())
    bare = create_alliance("bare", Label("无链", "Bare"), synthetic=True)
    official = seat("official", bare, Role.GOVERNMENT)
    with pytest.raises(WrongKindOfPack):
        actions.give_advice(official, GAP, "链长办")
    for path in ("/advice/gaps/", "/advice/history/"):
        assert browser(official).get(path).status_code == 200
    assert browser(official).get(f"/advice/gaps/{GAP}/").status_code == 404
    with pytest.raises(ObjectDoesNotExist):
        actions.take_back(cast["department"], "0" * 16, "x")


def test_what_is_kept_holds_nobodys_secrets(cast: People) -> None:
    number = state_purpose(cast["department"], DataClass.S2, "核对缺口")
    confirm_purpose(cast["steward"], number)
    slug = actions.decide(cast["department"], GAP, choice())
    public = open_public_chain(cast["analyst"], Wanted())
    assert public is not None
    assert (
        queries.find_record(cast["department"], slug).case.fingerprint == public.chain.fingerprint
    )


def test_it_is_done_by_forms_in_both_languages(cast: People) -> None:
    client = cast.browser("department")
    page = client.get(f"/advice/gaps/{GAP}/").content.decode()
    assert "三个办法" in page
    assert page.count('class="way') == 3
    sent = {"way": "attract", "reason": "先例齐全", "due_on": due().isoformat()}
    done = client.post(f"/advice/gaps/{GAP}/decide/", sent)
    record = done.headers["Location"]
    assert record.startswith("/advice/history/")
    refused = client.post(f"/advice/gaps/{GAP}/decide/", sent, follow=True).content.decode()
    assert "已有在办的决定" in refused
    unread = client.post(f"/advice/gaps/{GAP}/decide/", {"way": "attract"}, follow=True)
    assert unread.redirect_chain[-1][0] == f"/advice/gaps/{GAP}/"
    assert client.post(f"{record}publish/").status_code == 302
    assert "已公开" in client.get(record).content.decode()
    assert client.post(f"{record}take-back/", {"words": "改主意"}).status_code == 302
    assert client.post("/advice/gaps/pitch-system/give/", {"to": "链长办"}).status_code == 302
    given = Record.objects.get(product="pitch-system")
    client.post(f"/advice/history/{given.slug}/choose/", {**sent, "way": "expand"})
    english = client.get("/advice/history/", headers={"accept-language": "en"}).content.decode()
    assert "What was advised, and what became of it" in english
    assert "under way" in english
    lower_wall()


@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_the_brief_of_a_decision_is_internal_until_it_is_published(cast: People, form: str) -> None:
    slug = actions.decide(cast["department"], GAP, choice())
    answer = cast.browser("secretary").get(f"/advice/history/{slug}/brief.{form}")
    assert answer.status_code == 200
    assert "demo-decision-main-bearing" in answer.headers["Content-Disposition"]
    assert answer.content.startswith(b"PK" if form == "docx" else b"%PDF")
    lower_wall()


def test_programs_get_the_same(cast: People) -> None:
    actions.decide(cast["department"], GAP, choice())
    client = cast.browser("department")
    gaps = client.get("/api/v1/advice/gaps").json()
    assert gaps["unit"]["zh"] == "MW/年"
    assert GAP in [each["product"] for each in gaps["known"]]
    assert all(each["cover"]["status"] == "unknown" for each in gaps["unknown"])
    case = client.get(f"/api/v1/advice/gaps/{GAP}").json()["case"]
    assert [each["way"] for each in case["offers"]] == ["attract", "expand", "substitute"]
    assert client.get("/api/v1/advice/gaps/wind-farm").status_code == 404
    [found] = client.get(f"/api/v1/advice/history?product={GAP}").json()["records"]
    assert (found["state"], found["way"], found["published"]) == ("open", "attract", False)
    assert client.get("/api/v1/advice/history?product=hub").json()["records"] == []
    assert cast.browser("rival").get("/api/v1/advice/history").json()["records"] == []
    lower_wall()
