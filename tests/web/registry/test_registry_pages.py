"""The registry's pages: derived from what is accepted, each fact one click from its words."""

import csv
import io
import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from fenglian.web.accounts.actor import Role
from fenglian.web.intake import actions
from fenglian.web.intake.export import BYTE_ORDER_MARK
from fenglian.web.intake.models import Document, Identity, Statement
from fenglian.web.registry import actions as registry
from fenglian.web.registry import queries
from fenglian.web.registry.models import Event, Organisation, Signing, Token
from fenglian.web.registry.queries import Filter
from tests.web.conftest import person, secretary

pytestmark = pytest.mark.django_db
CHAIR = "太原重型机械集团有限公司"


def accept_everything(document: Document) -> None:
    for each in document.statements.exclude(state="accepted"):
        each.state = "accepted"
        each.save()
    registry.rebuild_registry(secretary())


@pytest.fixture
def accepted(document: Document) -> Document:
    accept_everything(document)
    return document


def slug(name: str) -> str:
    return Organisation.objects.get(name=name, alliance__slug="shanxi-wind").slug


def test_before_anything_is_accepted_the_page_says_what_to_do(client: Client) -> None:
    page = client.get("/registry/").content.decode()
    assert "还没有采纳的陈述" in page
    assert 'href="/intake/"' in page


def test_accepting_by_hand_fills_the_registry_and_undoing_empties_it(
    client: Client, document: Document
) -> None:
    signing = document.statements.filter(fact="signing", property="partner").first()
    assert signing is not None
    client.post(f"/intake/statements/{signing.identifier}/accept/")
    assert Signing.objects.count() == 1
    assert Organisation.objects.filter(stated=True).count() == 2
    client.post(f"/intake/statements/{signing.identifier}/undo/")
    assert Signing.objects.count() == 0
    assert not Organisation.objects.filter(stated=True).exists()


def test_the_founding_day_stands_on_one_page(client: Client, accepted: Document) -> None:
    page = client.get("/registry/").content.decode()
    text = re.sub(r"<[^>]+>|\s+", " ", page)
    for words in ("2023-04-07", "太原", "66", "逾 160", "到会不等于入会", "未具名 4 家", "逾 21 亿元", "理事长单位"):  # fmt: skip
        assert words in re.sub(r" +", " ", text), words
    for name in ("韩珍堂", "冯永赵", "张占祥", "山西省科学技术厅", "华电山西能源有限公司"):
        assert name in page
    assert "刘瑞强" not in page
    assert "李文治" not in page


def test_every_fact_is_one_click_from_its_lit_words(client: Client, accepted: Document) -> None:
    page = client.get(f"/registry/{slug(CHAIR)}/").content.decode()
    marks = set(re.findall(r'class="src" href="([^"]+)"', page))
    reading = [mark for mark in marks if mark.startswith("/intake/")]
    assert len(reading) >= 8
    for mark in reading[:6]:
        identifier = mark.split("statement=")[1].split("#")[0]
        assert Statement.objects.filter(identifier=identifier).exists()
        shown = client.get(mark).content.decode()
        lit = re.findall(r'class="f on"[^>]*data-f="([^"]*)"', shown)
        assert lit
        assert all(identifier in each.split() for each in lit)
        assert f'class="fact sel on" id="s-{identifier}"' in shown
    for mark in marks - set(reading):
        assert client.get(mark).status_code == 200


def test_rebuilding_twice_changes_nothing_and_keeps_the_rows(accepted: Document) -> None:
    before = list(Organisation.objects.values_list("pk", "key", "slug", "rank", "record"))
    counts = (Token.objects.count(), Event.objects.count(), Signing.objects.count())
    assert registry.rebuild_registry(secretary()) == registry.rebuild_registry(secretary())
    assert list(Organisation.objects.values_list("pk", "key", "slug", "rank", "record")) == before
    assert (Token.objects.count(), Event.objects.count(), Signing.objects.count()) == counts


def test_a_failing_rebuild_undoes_the_decision_too(
    client: Client, document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_sources: object) -> None:
        raise RuntimeError("no registry")

    monkeypatch.setattr("fenglian.web.registry.actions.derived.build_registry", fail)
    client.raise_request_exception = False
    statement = document.statements.all()[0]
    answer = client.post(f"/intake/statements/{statement.identifier}/accept/")
    assert answer.status_code == 500
    statement.refresh_from_db()
    assert statement.state == "proposed"


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("太重", {CHAIR, "太重（察右中旗）新能源实业有限公司", "大同新能源产业投资公司（太重）"}),
        ("太重集团", {CHAIR}),
        ("九鼎", {"江苏九鼎集团有限公司"}),
        ("工信厅", {"山西省工业和信息化厅"}),
        ("定襄县法兰", {"定襄县法兰锻造产业集群"}),
        ("久鼎", set()),
        ("鼎九", set()),
    ],
)
def test_two_characters_find_every_name(
    client: Client, accepted: Document, words: str, names: set[str]
) -> None:
    found = queries.list_organisations(secretary(), Filter(words=words))
    assert {line.name for line in found.lines} == names
    page = client.get("/registry/", {"q": words}).content.decode()
    for name in names:
        assert name in page
    assert names or "没有查到不等于没有" in page


def test_kind_and_region_narrow_the_list_and_the_search(client: Client, accepted: Document) -> None:
    actor = secretary()
    departments = queries.list_organisations(actor, Filter(kind="department")).lines
    assert len(departments) == 4
    jiangsu = queries.list_organisations(actor, Filter(province="320000")).lines
    assert [line.name for line in jiangsu] == ["江苏九鼎集团有限公司"]
    both = queries.list_organisations(actor, Filter(words="山西", kind="zone")).lines
    assert [line.name for line in both] == ["山西转型综合改革示范区"]


def test_the_list_comes_in_pages(client: Client, accepted: Document) -> None:
    actor = secretary()
    first = queries.list_organisations(actor, Filter(), size=10)
    second = queries.list_organisations(actor, Filter(page=2), size=10)
    assert (len(first.lines), first.has_more) == (10, True)
    assert not {line.slug for line in first.lines} & {line.slug for line in second.lines}


def test_before_its_day_a_fact_is_not_shown(client: Client, accepted: Document) -> None:
    page = client.get("/registry/?as_of=2023-04-06").content.decode()
    assert "66" not in re.sub(r"<[^>]+>", "", page.split("<main", 1)[1])
    address = f"/registry/{slug('山西省能源局')}/"
    assert "2023-04-06 还没有它的出处" in client.get(f"{address}?as_of=2023-04-06").content.decode()
    later = client.get(f"{address}?as_of=2023-04-18").content.decode()
    assert "指导单位" in later
    assert 'value="2023-04-18"' in later


@pytest.mark.parametrize("query", ["as_of=tomorrow", "page=-1", "page=x", "kind=nonsense", "q=%00"])
def test_what_cannot_be_meant_is_left_out(client: Client, accepted: Document, query: str) -> None:
    assert client.get(f"/registry/?{query}").status_code == 200


def test_what_is_unknown_is_said_to_be_not_found(client: Client, accepted: Document) -> None:
    page = client.get(f"/registry/{slug('山西省能源局')}/").content.decode()
    assert page.count("未查到") >= 2
    assert "没有查到不等于没有" in page


def test_a_row_of_the_pack_is_shown_with_its_sources(client: Client) -> None:
    page = client.get("/registry/rows/shanxi/organisations/taizhong/").content.decode()
    assert "太重集团" in page
    assert "山西日报" in page
    for path in ("wind/products/wtg", "shanxi/organisations/nobody", "demo/organisations/x"):
        assert client.get(f"/registry/rows/{path}/").status_code == 404


def test_an_unknown_organisation_and_another_alliances_are_not_found(
    client: Client, accepted: Document
) -> None:
    assert client.get(f"/registry/{'0' * 16}/").status_code == 404
    client.post("/accounts/alliance/", {"alliance": "demo"})
    assert client.get(f"/registry/{slug(CHAIR)}/").status_code == 404


def test_the_export_says_where_each_row_comes_from(client: Client, accepted: Document) -> None:
    answer = client.get("/registry/organisations.csv?kind=department")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode().removeprefix(BYTE_ORDER_MARK))))
    assert len(rows) == 4
    assert {row["data"] for row in rows} == {"有出处 sourced"}
    assert all(row["evidence"] for row in rows)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="organisations.csv"'


def test_the_pages_keep_to_their_queries(
    client: Client, accepted: Document, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    address = f"/registry/{slug(CHAIR)}/"
    # who is there: 2, what waits, the records and the list, their places, posts and words
    with django_assert_num_queries(13):
        client.get("/registry/")
    with django_assert_num_queries(16):  # whether the unit speaks for itself, and of whom
        client.get(address)


def test_any_role_reads_and_only_the_secretariat_judges(client: Client, accepted: Document) -> None:
    bank = person(Role.BANK)
    assert bank.get("/registry/").status_code == 200
    address = f"/registry/{slug(CHAIR)}/judge/"
    typed = {"name": "太重", "other": CHAIR, "verdict": "same"}
    assert bank.post(address, typed).status_code == 403
    assert client.post(address, {**typed, "verdict": "perhaps"}).status_code == 404
    assert Identity.objects.count() == 0


def test_a_persons_verdict_brings_names_together_and_can_be_taken_back(
    client: Client, document: Document
) -> None:
    actions.accept_undoubted(secretary(), document.sha256)
    address = f"/registry/{slug('华电山西能源有限公司')}/judge/"
    typed = {"name": "华电山西能源有限公司", "other": "中国华电集团有限公司"}
    answer = client.post(address, {**typed, "verdict": "same"}, follow=True)
    assert "等另一个人确认后" in answer.content.decode()
    assert Organisation.objects.filter(name="华电山西能源有限公司").exists()
    [said] = Identity.objects.all()
    person(Role.STEWARD).post(f"/registry/identities/{said.slug}/second/")
    assert not Organisation.objects.filter(name="华电山西能源有限公司").exists()
    assert Organisation.objects.filter(name="中国华电集团有限公司", stated=True).exists()
    client.post(address, {**typed, "verdict": "withdraw"})
    assert Organisation.objects.filter(name="华电山西能源有限公司", stated=True).exists()
    assert Identity.objects.get().withdrawn_at is not None
