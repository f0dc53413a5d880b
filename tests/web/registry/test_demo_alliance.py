"""The demo alliance: 66 invented units, marked on every page and file, never added to the real one."""

import csv
import io

import pytest
from django.test import Client

from fenglian.web.intake.export import BYTE_ORDER_MARK
from fenglian.web.registry import actions as registry
from fenglian.web.registry import queries
from fenglian.web.registry.models import Organisation
from fenglian.web.registry.queries import Filter
from tests.web.conftest import secretary

pytestmark = pytest.mark.django_db
PAGES = ("/registry/", "/registry/?q=法兰", "/intake/", "/intake/statements/", "/accounts/", "/registry/rows/demo/organisations/demo-flange-01/")  # fmt: skip


@pytest.fixture
def there(client: Client) -> Client:
    """Return the secretariat's browser with the demo alliance open."""
    registry.rebuild_registry(secretary())
    registry.rebuild_registry(secretary("demo"))
    client.post("/accounts/alliance/", {"alliance": "demo"})
    return client


def test_sixty_six_units_of_eight_kinds(there: Client) -> None:
    places = queries.count_places(secretary("demo"), Filter())
    assert places.total == 66
    assert len(places.kinds) == 8
    assert set(places.provinces) == {"140000"}


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_marked(there: Client, path: str) -> None:
    answer = there.get(path)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert '<span class="badge demo">演示数据</span>' in page
    assert answer.headers["Fenglian-Data"] == "synthetic"


def test_an_organisation_shows_capacity_as_an_interval_with_its_mark(there: Client) -> None:
    slug = Organisation.objects.get(name="演示法兰03厂").slug
    page = there.get(f"/registry/{slug}/").content.decode()
    assert "塔筒法兰" in page
    assert "–" in page
    assert 'class="src demo" href="/registry/rows/demo/capacities/demo-flange-03+flange/"' in page
    assert there.get("/registry/rows/demo/capacities/demo-flange-03+flange/").status_code == 200


def test_every_row_of_a_file_is_marked(there: Client) -> None:
    answer = there.get("/registry/organisations.csv")
    assert "demo-organisations.csv" in answer.headers["Content-Disposition"]
    text = answer.content.decode().removeprefix(BYTE_ORDER_MARK)
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == 66
    assert {row["data"] for row in rows} == {"演示数据 demo data"}
    assert (
        "demo-statements.csv" in there.get("/intake/statements.csv").headers["Content-Disposition"]
    )


def test_programs_are_told(there: Client) -> None:
    assert there.get("/api/v1/registry/organisations").json()["synthetic"] is True
    assert there.get("/api/v1/registry/overview").json()["synthetic"] is True


def test_neither_alliance_knows_the_others_units(there: Client) -> None:
    demo, real = secretary("demo"), secretary()
    assert not queries.list_organisations(real, Filter(words="演示")).lines
    assert not queries.list_organisations(demo, Filter(words="太重")).lines
    assert queries.count_places(real, Filter()).total == 21
