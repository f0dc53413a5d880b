"""The pages of the chain: map, product, table, export, and the endpoints beside them."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from fenglian.web.accounts.actions import SYNTHETIC
from fenglian.web.accounts.models import Alliance

pytestmark = pytest.mark.django_db
PATHS = (
    "/chain/",
    "/chain/?view=table",
    "/chain/?show=all",
    "/chain/flange/",
    "/chain/coverage.csv",
)


@pytest.mark.parametrize("path", PATHS)
def test_everyone_with_an_account_sees_the_chain(member: Client, path: str) -> None:
    assert member.get(path).status_code == 200


@pytest.mark.parametrize("path", PATHS)
def test_a_stranger_is_asked_to_sign_in(stranger: Client, path: str) -> None:
    assert stranger.get(path).status_code == 302


def test_the_map_shows_what_is_known_and_says_what_is_not(client: Client) -> None:
    page = client.get("/chain/").content.decode()
    assert "钢制塔筒" in page
    assert "16–74" in page
    assert "塔筒法兰，覆盖率：未查到" in page
    assert "情景“山西基准”" in page
    assert "假定" in page
    assert "缺失" not in page


def test_the_map_shows_where_the_ladder_begins(client: Client) -> None:
    page = client.get("/chain/?product=flange").content.decode()
    assert "先放开的一处" in page
    assert 'href="/analysis/throughput/"' in page
    assert 'class="node short kin first" href="?product=tower-steel#panel"' in page
    chosen = client.get("/chain/?product=tower-steel").content.decode()
    assert 'class="node short sel first" href="?product=tower-steel#panel"' in chosen


def test_a_cluster_is_many_firms(client: Client) -> None:
    page = client.get("/chain/?product=flange").content.decode()
    assert "定襄县法兰锻造产业集群" in page
    assert "多家企业" in page


def test_the_map_speaks_english(english: Client) -> None:
    page = english.get("/chain/?product=flange").content.decode()
    assert "Industry chain" in page
    assert "tower flange, coverage: not found" in page
    assert "Dingxiang flange forging cluster" in page


def test_the_table_holds_every_product(client: Client) -> None:
    page = client.get("/chain/?view=table").content.decode()
    assert page.count('<th scope="rowgroup"') == 9
    assert page.count("<tr>") == 1 + len(client.get("/api/v1/chain").json()["products"])


def test_another_scenario_is_another_need(client: Client) -> None:
    base = client.get("/api/v1/chain/coverage").json()
    high = client.get("/api/v1/chain/coverage?scenario=sx-high&year=2030").json()
    assert base["about"]["scenario"]["id"] == "sx-base"
    assert high["about"]["scenario"]["year"] == 2030
    assert base["about"]["fingerprint"] != high["about"]["fingerprint"]
    assert "山西高增 2030" in client.get("/chain/?scenario=sx-high@2030").content.decode()


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/chain/?scenario=nonsense", 422),
        ("/chain/?scenario=sx-base@1999", 422),
        ("/chain/?scenario=sx-base@nineteen", 404),
        ("/chain/?product=nonsense", 404),
        ("/chain/nonsense/", 404),
        ("/api/v1/chain?scenario=nonsense", 422),
        ("/api/v1/chain/products/nonsense", 404),
        ("/api/v1/chain?year=12", 422),
    ],
)
def test_what_is_not_there_is_a_fault_with_a_name(client: Client, path: str, status: int) -> None:
    assert client.get(path).status_code == status


def test_pages_only_read(client: Client) -> None:
    assert client.post("/chain/").status_code == 405


def test_a_product_says_who_makes_it_and_what_it_goes_into(client: Client) -> None:
    body = client.get("/api/v1/chain/products/flange").json()
    assert body["coverage"]["status"] == "unknown"
    assert {each["organisation"] for each in body["makers"]} == {
        "dingxiang", "hengyue", "taizhong", "tianbao"
    }  # fmt: skip
    assert {each["part"] for each in body["parts"]} == {"ring-forging"}
    assert all(each["amount"]["low"] is None for each in body["makers"])


def test_the_export_leaves_unknown_cells_empty(client: Client) -> None:
    lines = client.get("/chain/coverage.csv").content.decode("utf-8-sig").splitlines()
    [flange] = [line for line in lines if ",flange," in line]
    assert ",unknown," in flange
    assert ",,," in flange


def test_an_alliance_without_a_pack_says_so(client: Client) -> None:
    Alliance.objects.filter(slug=SYNTHETIC).update(pack="")
    client.post("/accounts/alliance/", {"alliance": SYNTHETIC})
    page = client.get("/chain/")
    assert "没有产业链可画" in page.content.decode()
    assert "四链建议" in client.get("/advice/").content.decode()
    assert client.get("/chain/coverage.csv").status_code == 404
    assert client.get("/api/v1/chain").status_code == 404
    assert client.get("/api/v1/advice").status_code == 404


def test_the_map_keeps_to_its_queries(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.get("/chain/")
    with django_assert_num_queries(4):  # who is there: 2; addresses of the makers; the menu
        client.get("/chain/")
