"""The pages of the analyses: one a question, bottlenecks, risk, what if."""

import re
from html import unescape

import pytest
from django.test import Client
from django.utils.html import strip_tags
from pytest_django import DjangoAssertNumQueries

from fenglian import load_chain
from fenglian.engine.analysis import CATALOGUE
from fenglian.engine.analysis.location_risk import location_risk
from fenglian.engine.chain.known_links import known_links
from fenglian.web.accounts.actions import REAL, SYNTHETIC
from fenglian.web.accounts.actor import Role
from fenglian.web.accounts.models import Alliance
from tests.web.conftest import person
from tests.web.test_numbers import faults_of

pytestmark = pytest.mark.django_db
IMAGINED = "/analysis/what-if/?product=main-bearing&amount=2000&cost=300000000&demand=4"
PATHS = (
    "/analysis/",
    *(f"/analysis/{each.name}/" for each in CATALOGUE),
    "/analysis/throughput/?show=all",
    "/analysis/risk/",
    "/analysis/risk/?show=all",
    "/analysis/what-if/",
    IMAGINED,
)


def demo(client: Client) -> Client:
    """Open the invented alliance."""
    client.post("/accounts/alliance/", {"alliance": SYNTHETIC})
    return client


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("role", [Role.MEMBER, Role.SECRETARIAT, Role.GOVERNMENT])
def test_everyone_who_reads_the_chain_may_ask_it(path: str, role: Role) -> None:
    assert person(role).get(path).status_code == 200


@pytest.mark.parametrize("path", PATHS)
def test_a_stranger_is_asked_to_sign_in(stranger: Client, path: str) -> None:
    assert stranger.get(path).status_code == 302


@pytest.mark.parametrize("slug", [REAL, SYNTHETIC])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_number_stands_bare(client: Client, slug: str, language: str) -> None:
    client.post("/accounts/alliance/", {"alliance": slug})
    found = []
    for path in PATHS:
        page = client.get(path, headers={"accept-language": language}).content.decode()
        found += [f"{path}: {fault}" for fault in faults_of(page)]
    assert found == []


def test_the_list_has_every_question_of_the_catalogue(client: Client) -> None:
    page = client.get("/analysis/").content.decode()
    for each in CATALOGUE:
        assert f'href="/analysis/{each.name}/"' in page
        assert each.question.zh in page


def test_the_menu_has_a_line_between_chain_and_advice(client: Client) -> None:
    page = client.get("/analysis/").content.decode()
    at = [page.index(f'href="/{room}/"') for room in ("chain", "analysis", "advice")]
    assert at == sorted(at)


def test_shanxi_is_held_back_by_what_is_known_and_the_rest_is_asked_for(client: Client) -> None:
    page = client.get("/analysis/throughput/").content.decode()
    assert "钢制塔筒" in page
    assert "2,210" in page  # at most
    assert "没有别的已知限制" in page
    assert "问谁" in page
    assert "定襄" in page


def test_the_demo_climbs_its_ladder_step_by_step(client: Client) -> None:
    page = demo(client).get("/analysis/throughput/").content.decode()
    ladder = page[page.index('<ol class="ladder">') : page.index("</ol>")]
    assert ladder.count("<li>") == 11  # as it is, and ten steps
    assert "主轴轴承" in ladder or "主轴承" in ladder
    assert "850" in ladder


def test_a_named_neighbour_is_the_only_one_that_counts(client: Client) -> None:
    page = client.get("/analysis/throughput/?neighbour=CN-NM").content.decode()
    assert 'value="CN-NM" checked' in page
    assert "内蒙古自治区" in page
    assert client.get("/analysis/throughput/?neighbour=CN-XX").status_code == 422


def test_risk_names_what_is_missing_instead_of_an_index_of_nought(client: Client) -> None:
    page = client.get("/analysis/risk/").content.decode()
    assert "已知的供应关系太少" in page
    assert "太原重工" in page
    assert "ESRI" not in page


def test_risk_shows_indices_measures_and_one_cascade_where_links_are_known(client: Client) -> None:
    page = demo(client).get("/analysis/risk/").content.decode()
    assert "ESRI" in page
    assert '<svg class="cascade"' in page
    assert "新建一家" in page
    other = client.get("/analysis/risk/?firm=demo-turbine-01").content.decode()
    assert 'class="node shocked" href="?firm=demo-turbine-01' in other
    assert client.get("/analysis/risk/?firm=nobody").status_code == 422


def test_risk_says_what_a_whole_place_costs_beyond_itself(client: Client) -> None:
    page = demo(client).get("/analysis/risk/").content.decode()
    part = page[page.index('id="places-title"') : page.index('id="owners-title"')]
    assert "一个地方全停" in part
    network = known_links(load_chain("wind", region="demo", scenario="demo-base")).network
    assert network is not None
    [worst, *_] = location_risk(network).rows
    first = part[part.index("<tbody>") :]
    assert first.index(worst.name) < first.index("</td>")
    shown = [float(each) for each in re.findall(r"([0-9.]+)\xa0?\s*%", unescape(strip_tags(first)))]
    assert shown[0] + shown[2] == pytest.approx(shown[1], abs=0.11)


def test_a_cluster_never_fails_as_one(client: Client) -> None:
    page = demo(client).get("/analysis/risk/?firm=demo-forging-cluster-01")
    assert page.status_code == 422


def test_what_if_shows_both_sides_and_what_lies_between(client: Client) -> None:
    page = demo(client).get("/analysis/what-if/?product=igbt&amount=100000000&cost=5e8").content
    text = page.decode()
    assert "假如添一家" in text
    assert text.count('<ol class="ladder">') == 2
    assert 'value="100000000"' in text


def test_an_imagined_plant_may_fall_out_too(client: Client) -> None:
    page = demo(client).get("/analysis/throughput/").content.decode()
    lift = page[page.index("/analysis/what-if/?product=") :].partition('"')[0].replace("&amp;", "&")
    few = client.get(lift).content.decode()
    every = client.get(f"{lift}&show=all").content.decode()
    lost = every[every.index('id="lost-title"') : every.index('id="moved-title"')]
    assert "假如的新厂 1" in lost
    assert "假如的新厂 2" in lost
    assert len(every) > len(few)


def test_what_was_imagined_is_carried_into_another_scenario(client: Client) -> None:
    page = client.get(f"{IMAGINED}&drop=taizhong").content.decode()
    for name, value in (("product", "main-bearing"), ("amount", "2000"), ("drop", "taizhong")):
        assert f'<input type="hidden" name="{name}" value="{value}">' in page
    assert '<input type="hidden" name="demand" value="4">' in page


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/analysis/nonsense/", 404),
        ("/analysis/?scenario=nonsense", 422),
        ("/analysis/what-if/?product=nonsense&amount=5", 422),
        ("/analysis/what-if/?product=flange&amount=many", 422),
        ("/analysis/what-if/?product=flange&amount=-5", 422),
        ("/analysis/what-if/?product=flange&amount=5&cost=dear", 422),
        ("/analysis/what-if/?demand=0", 422),
        ("/analysis/what-if/?drop=nobody", 422),
        ("/analysis/what-if/?" + "&".join(f"drop=a{n}" for n in range(13)), 422),
        ("/analysis/what-if/?" + "&".join(["product=flange&amount=1"] * 13), 422),
    ],
)
def test_bad_input_is_refused_by_name(client: Client, path: str, status: int) -> None:
    assert client.get(path).status_code == status


def test_pages_only_read(client: Client) -> None:
    assert client.post("/analysis/what-if/").status_code == 405


def test_an_alliance_without_a_pack_says_so(client: Client) -> None:
    Alliance.objects.filter(slug=SYNTHETIC).update(pack="")
    demo(client)
    assert "没有产业链" in client.get("/analysis/").content.decode()
    for path in ("/analysis/risk/", "/analysis/coverage/", "/analysis/what-if/"):
        assert client.get(path).status_code == 404
    assert client.get("/api/v1/analysis/coverage").status_code == 404


def test_the_page_keeps_to_its_queries(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for path in ("/analysis/throughput/", "/analysis/risk/", IMAGINED):
        client.get(path)
        with django_assert_num_queries(4):  # who is there: 2; addresses of makers; the menu
            client.get(path)
