"""The deputy director's advice in the founding article becomes something to do, one click from its words."""

from datetime import timedelta

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.utils import timezone

from fenglian.data import article
from fenglian.web.alliance import actions, queries
from fenglian.web.alliance.actions import Errand
from fenglian.web.alliance.models import Action
from fenglian.web.intake.actions import accept_statement, accept_undoubted, receive_document
from fenglian.web.registry.actions import rebuild_registry
from tests.authz.conftest import browser_of
from tests.authz.world import World
from tests.web.alliance.conftest import Cast
from tests.web.contracts.conftest import page

pytestmark = pytest.mark.django_db
API = "/api/v1/alliance"
SPEAKER = "省工信厅副厅长张占祥"


@pytest.fixture
def read(bare: Cast) -> World:
    """Return the alliance, whose secretariat has read the founding article."""
    world = bare.world
    keeper = world.people["secretary"]
    document = receive_document(keeper, content=article(), name="article.txt")
    accept_undoubted(keeper, document.sha256)
    for row in document.statements.filter(fact__in=("quotation", "person_post"), state="proposed"):
        accept_statement(keeper, row.identifier)  # damaged words need a person's word
    rebuild_registry(keeper)
    return world


def test_only_officials_advise_and_what_follows_leads_to_their_words(read: World) -> None:
    keeper, today = read.people["secretary"], timezone.localdate()
    [advice] = queries.list_advice(keeper)  # neither the chairman nor the partner's president
    assert (advice.speaker, advice.tasks) == (SPEAKER, 0)
    assert "千亿级产业链市场规模" in advice.words
    secretary = browser_of(read, "secretary")
    form = page(secretary, f"/alliance/actions/?advice={advice.statement}")
    assert f'name="statement" value="{advice.statement}"' in form
    assert f'value="{advice.grounds}"' in form
    sent = {
        "source": "advice", "text": "提交补链项目清单", "unit": "演示法兰厂", "grounds": "",
        "due_on": (today + timedelta(days=9)).isoformat(), "statement": advice.statement,
    }  # fmt: skip
    secretary.post("/alliance/actions/", sent)
    row = Action.objects.get(text="提交补链项目清单")
    assert (row.statement, row.grounds) == (advice.statement, advice.grounds)
    shown = page(browser_of(read, "member"), "/alliance/actions/")
    assert f"#s-{advice.statement}" in shown
    assert SPEAKER in shown
    assert "Official advice on record" not in shown
    assert [each.tasks for each in queries.list_advice(keeper)] == [1]


def test_a_task_rests_on_no_words_that_are_not_an_officials(read: World) -> None:
    keeper, today = read.people["secretary"], timezone.localdate()
    for words in ("0" * 16, "f" * 16):
        with pytest.raises(ObjectDoesNotExist):
            actions.set_action(keeper, Errand("advice", "x", today, "y", statement=words))
    assert not Action.objects.filter(text="x").exists()


def test_programs_read_the_advice_and_set_what_follows(read: World) -> None:
    member, secretary = browser_of(read, "member"), browser_of(read, "secretary")
    [advice] = member.get(f"{API}/official-advice").json()
    assert (advice["speaker"], advice["day"]) == (SPEAKER, "2023-04-18")
    body = {
        "source": "advice",
        "text": "列清单",
        "due_on": "2027-01-01",
        "statement": advice["statement"],
    }
    assert member.post(f"{API}/actions", body, content_type="application/json").status_code == 403
    made = secretary.post(f"{API}/actions", body, content_type="application/json").json()
    assert (made["statement"], made["grounds"]) == (advice["statement"], f"{SPEAKER} 2023-04-18")
    assert browser_of(read, "analyst").get(f"{API}/official-advice").status_code == 403
    asked = {
        "source": "question",
        "text": "问",
        "due_on": "2027-01-01",
        "statement": advice["statement"],
    }
    own = member.post(f"{API}/actions", asked, content_type="application/json").json()
    assert own["statement"] == ""  # a unit only asks
