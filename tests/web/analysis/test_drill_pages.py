"""The drill room: who stops when, keeping a drill, asking units, and what they answer."""

import io
import re
import zipfile
from collections.abc import Iterator
from decimal import Decimal

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.test import Client
from django.utils import timezone

from fenglian.engine.quantities import Quantity
from fenglian.web.access.table import NotPermitted
from fenglian.web.access.wall import lower_wall
from fenglian.web.accounts.actor import Actor
from fenglian.web.alliance.queries import list_tasks
from fenglian.web.analysis import actions
from fenglian.web.analysis.actions import Question
from fenglian.web.analysis.queries import drills
from fenglian.web.audit.models import Entry
from tests.authz.test_chain import browser, open_alliance, write

pytestmark = pytest.mark.django_db
FLANGE = "flange:demo-flange-04"
ASKED = f"/analysis/drill/?stop={FLANGE}&weeks=6"


@pytest.fixture
def people() -> Iterator[dict[str, Actor]]:
    found = open_alliance()
    chair = found["chair"]
    towers = {
        "ref": "乙-4",
        "side": "buyer",
        "counterparty": "演示塔筒02厂",
        "product": "tower-steel",
    }
    amount = Quantity(Decimal(260_000_000), "eq", "yuan")
    write(chair, "contracts", towers | {"kind": "contract", "amount": amount})
    write(chair, "critical_inputs", {"product": "tower-steel", "stops": True, "stock_days": 14})
    yield found
    lower_wall()


@pytest.fixture
def chair(people: dict[str, Actor]) -> Client:
    return browser(people["chair"])


def keep(client: Client, stop: str = FLANGE) -> str:
    """Keep a drill, and return its address."""
    answer = client.post("/analysis/drill/keep/", {"stop": stop, "weeks": "6"})
    assert answer.status_code == 302
    return str(answer.headers["Location"])


def text(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer.content[-2000:]
    return answer.content.decode()


def test_a_stop_of_six_weeks_reaches_the_turbines_day_by_day(chair: Client) -> None:
    page = text(chair, ASKED)
    assert "演示法兰04厂从第1天起停产42天" in page
    table = page[page.index('id="table-title"') :]
    row = next(each for each in table.split("<tr>") if ">演示整机01厂" in each)
    cells = re.findall(r'<td class="r">([^<]+)</td>', row)
    # Seven days of flanges at the tower plant (0–30 assumed), then fourteen of towers.
    assert cells[1] == "24（17–不停）"
    assert cells[2] == "45（1–45）" or cells[2].startswith("45")
    assert "钢制塔筒" in row
    assert re.search(r"亿元", page)
    assert re.search(r'<span class="v">119</span> <span class="u">MW', page)
    assert page.count("<title>") > 10  # every bar says what its row says
    assert "没有填库存" in page


@pytest.mark.slow
def test_nothing_is_worked_out_before_somebody_is_chosen(chair: Client) -> None:
    page = text(chair, "/analysis/drill/")
    assert "还没有推演" in page
    assert f'value="{FLANGE}"' in page
    assert 'value="flange:*"' in page or "demo-flange-04" in page


@pytest.mark.slow
def test_a_supplier_that_no_registry_knows_stands_once_under_its_name(
    people: dict[str, Actor], chair: Client
) -> None:
    bought = {"ref": "乙-5", "side": "buyer", "counterparty": "演示外省来料厂", "kind": "contract"}
    amount = Quantity(Decimal(90_000_000), "eq", "yuan")
    write(people["chair"], "contracts", bought | {"product": "flange", "amount": amount})
    page = text(chair, ASKED)
    assert not re.search("party-|words/", re.sub("<[^>]*>", "", page))
    assert len(re.findall("<option[^>]*>演示外省来料厂", page)) == 1


@pytest.mark.slow
def test_all_makers_of_a_product_can_stop_at_once(chair: Client) -> None:
    page = text(chair, "/analysis/drill/?stop=generator-ms:*&weeks=2&share=50")
    assert "演示发电机01厂从第1天起停产14天" in page or "演示发电机01厂" in page
    assert "演示发电机02厂" in page
    assert "50%" in page


@pytest.mark.slow
@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("stop=flange:nobody", "flange:nobody"),
        ("stop=nothing", "nothing"),
        (f"stop={FLANGE}&weeks=0", "1 到 52"),
        (f"stop={FLANGE}&weeks=six", "six"),
        (f"stop={FLANGE}&share=101", "1 到 100"),
        (f"stop={FLANGE}&ready=x", "“x”"),
    ],
)
def test_what_cannot_be_drilled_is_said_with_its_value(
    chair: Client, query: str, words: str
) -> None:
    answer = chair.get(f"/analysis/drill/?{query}")
    assert answer.status_code == 422
    assert words in answer.content.decode()


@pytest.mark.slow
def test_the_plan_comes_as_docx_pdf_and_xlsx(chair: Client) -> None:
    query = ASKED.partition("?")[2]
    document = chair.get(f"/analysis/drill/plan.docx?{query}")
    with zipfile.ZipFile(io.BytesIO(document.content)) as archive:
        body = archive.read("word/document.xml").decode()
    assert "演示法兰04厂停产应急预案" in body
    assert "演示整机01厂" in body
    assert "demo-emergency-plan" in document.headers["Content-Disposition"]
    assert chair.get(f"/analysis/drill/plan.xlsx?{query}").content.startswith(b"PK")
    assert chair.get(f"/analysis/drill/plan.pdf?{query}").content.startswith(b"%PDF")
    assert chair.get("/analysis/drill/plan.docx").status_code == 302


@pytest.mark.slow
def test_a_drill_is_kept_once_for_one_question(chair: Client) -> None:
    first, second = keep(chair), keep(chair)
    assert first == second
    page = text(chair, first)
    assert "演示法兰04厂 · 塔筒法兰" in page
    assert "还没有问过谁" in page
    assert first in text(chair, "/analysis/drill/")


def test_units_are_asked_answer_and_the_drill_counts_their_words(
    people: dict[str, Actor], chair: Client
) -> None:
    address = keep(chair)
    to = ["demo-flange-01:flange", "demo-tower-02:flange"]
    before = text(chair, address)
    assert "未入网：经秘书处" in before
    answer = chair.post(f"{address}notices/", {"to": to, "words": "请速复", "due_on": ""})
    assert answer.headers["Location"] == address
    page = text(chair, address)
    assert "2 个里已答复 0 个" in page
    [task] = [each for each in list_tasks(people["chair"]) if "演示塔筒02厂" in each.text]
    assert task.source == "question"
    member = browser(people["member"])
    assert drills.count_waiting(people["member"]) == 1
    [line] = drills.list_asked(people["member"])
    notice = f"/analysis/notices/{line.slug}/"
    assert notice in text(member, "/analysis/drill/")
    asked = text(member, notice)
    assert "演示法兰04厂" in asked
    assert "请速复" in asked
    assert "演示塔筒02厂" not in asked  # whom it would help, and whose stock is short, is not told
    said = {"verdict": "can", "room": "800", "stock_days": "9", "from_day": "8", "words": "三班"}
    assert member.post(notice, said).status_code == 302
    assert "三班" in text(member, notice)
    assert drills.count_waiting(people["member"]) == 0
    after = text(chair, address)
    assert "2 个里已答复 1 个" in after
    assert "三班" in after
    assert "演示member" in after
    others = after[after.index('id="others-title"') : after.index('id="changes-title"')]
    assert "263,000" in others.replace("26.3", "263,000")  # 8 million a month, a day
    lower_wall()


@pytest.mark.slow
def test_a_later_answer_takes_the_place_of_an_earlier_one(
    people: dict[str, Actor], chair: Client
) -> None:
    address = keep(chair)
    chair.post(f"{address}notices/", {"to": ["demo-flange-01:flange"]})
    [line] = drills.list_asked(people["member"])
    member = browser(people["member"])
    for verdict, words in (("cannot", "检修"), ("needs", "要模具")):
        member.post(f"/analysis/notices/{line.slug}/", {"verdict": verdict, "words": words})
    lower_wall()
    slug = address.rstrip("/").rpartition("/")[2]
    [kept] = drills.list_notices(people["chair"], slug)
    assert [(each.verdict, each.stands) for each in kept.replies] == [
        ("cannot", False),
        ("needs", True),
    ]
    page = text(chair, address)
    assert page.index("检修") < page.index("要模具")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"verdict": "needs"}, "请写明需要什么"),
        ({"verdict": "can", "room": "很多"}, "很多"),
        ({"verdict": "can", "room": "-1"}, "-1"),
        ({"verdict": "can", "stock_days": "9999"}, "9999"),
    ],
)
def test_an_answer_that_cannot_be_read_is_refused_with_its_words(
    people: dict[str, Actor], chair: Client, said: dict[str, str], words: str
) -> None:
    chair.post(f"{keep(chair)}notices/", {"to": ["demo-flange-01:flange"]})
    [line] = drills.list_asked(people["member"])
    answer = browser(people["member"]).post(f"/analysis/notices/{line.slug}/", said, follow=True)
    assert words in answer.content.decode()
    lower_wall()
    assert drills.list_asked(people["member"])[0].replies == ()


@pytest.mark.slow
def test_a_notice_to_nobody_or_for_a_day_that_is_over_is_refused(chair: Client) -> None:
    address = keep(chair)
    for sent, words in (
        ({}, "没有选要通知的单位"),
        ({"to": ["demo-flange-01:flange"], "due_on": "2020-01-01"}, "2020-01-01"),
        ({"to": ["demo-flange-01:flange"], "due_on": "soon"}, "日期读不出来"),
    ):
        answer = chair.post(f"{address}notices/", sent, follow=True)
        assert words in answer.content.decode()


@pytest.mark.slow
def test_a_unit_is_not_asked_twice_nor_asks_itself(people: dict[str, Actor], chair: Client) -> None:
    address = keep(chair)
    to = {"to": ["demo-flange-01:flange", "demo-turbine-01:tower-steel"]}
    chair.post(f"{address}notices/", to)
    chair.post(f"{address}notices/", to)
    lower_wall()
    slug = address.rstrip("/").rpartition("/")[2]
    assert len(drills.list_notices(people["chair"], slug)) == 1


@pytest.mark.slow
def test_a_closed_drill_takes_no_more_answers(people: dict[str, Actor], chair: Client) -> None:
    address = keep(chair)
    chair.post(f"{address}notices/", {"to": ["demo-flange-01:flange"]})
    [line] = drills.list_asked(people["member"])
    chair.post(f"{address}end/")
    assert "已结束" in text(chair, address)
    assert drills.count_waiting(people["member"]) == 0
    member = browser(people["member"])
    assert "不再收答复" in text(member, f"/analysis/notices/{line.slug}/")
    assert member.post(f"/analysis/notices/{line.slug}/", {"verdict": "can"}).status_code == 404
    assert chair.post(f"{address}notices/", {"to": ["demo-flange-01:flange"]}).status_code == 404


@pytest.mark.slow
@pytest.mark.parametrize("who", ["institute", "department", "secretary", "analyst"])
def test_only_who_has_secrets_of_a_unit_keeps_drills(people: dict[str, Actor], who: str) -> None:
    client = browser(people[who])
    assert client.get(ASKED).status_code == 200
    assert client.post("/analysis/drill/keep/", {"stop": FLANGE}).status_code == 403
    lower_wall()
    with pytest.raises(NotPermitted):
        actions.keep_drill(people[who], Question(FLANGE, 6, 100, 8))


def test_another_units_drill_is_not_there(people: dict[str, Actor], chair: Client) -> None:
    address = keep(chair)
    rival = browser(people["rival"])
    for path in (address, f"{address}notices/", f"{address}end/"):
        assert rival.get(path).status_code in (404, 405)
        assert rival.post(path, {"to": ["demo-flange-01:flange"]}).status_code in (404, 405)
    slug = address.rstrip("/").rpartition("/")[2]
    assert rival.get(f"/analysis/drill/plan.docx?drill={slug}").status_code == 404
    lower_wall()
    with pytest.raises(ObjectDoesNotExist):
        actions.end_drill(people["rival"], slug)


@pytest.mark.slow
def test_each_deed_leaves_an_entry_in_the_log(people: dict[str, Actor], chair: Client) -> None:
    address = keep(chair)
    chair.post(f"{address}notices/", {"to": ["demo-flange-01:flange"]})
    [line] = drills.list_asked(people["member"])
    browser(people["member"]).post(f"/analysis/notices/{line.slug}/", {"verdict": "can"})
    chair.post(f"{address}end/")
    told = Entry.objects.filter(table__startswith="analysis.").exclude(act="read")
    assert [(each.act, each.table) for each in told.order_by("number")] == [
        ("add", "analysis.drill"),
        ("ask", "analysis.notice"),
        ("answer", "analysis.answer"),
        ("end", "analysis.drill"),
    ]


@pytest.mark.slow
def test_a_notice_is_overdue_after_its_day(people: dict[str, Actor], chair: Client) -> None:
    address = keep(chair)
    today = timezone.localdate().isoformat()
    chair.post(f"{address}notices/", {"to": ["demo-flange-01:flange"], "due_on": today})
    [line] = drills.list_asked(people["member"])
    assert not line.overdue
