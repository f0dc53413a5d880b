"""A drill tells nobody a stock, a free capacity or an answer that is not for him."""

from collections.abc import Iterator
from decimal import Decimal

import pytest

from fenglian.engine.quantities import Quantity
from fenglian.web.access.wall import lower_wall
from fenglian.web.accounts.actor import Actor
from fenglian.web.analysis.queries import drills
from tests.authz.test_chain import browser, bytes_of, open_alliance, tell, write

pytestmark = pytest.mark.django_db
QUERY = "stop=flange:demo-flange-04&weeks=6"
PATHS = (
    "/analysis/drill/",
    f"/analysis/drill/?{QUERY}",
    f"/analysis/drill/plan.docx?{QUERY}",
    f"/analysis/drill/plan.xlsx?{QUERY}",
    f"/api/v1/analysis/drill?{QUERY}",
    "/api/v1/analysis/drills",
    "/api/v1/analysis/notices",
)


@pytest.fixture
def people() -> Iterator[dict[str, Actor]]:
    yield open_alliance()
    lower_wall()


def supply(actor: Actor, days: int, yuan: int) -> None:
    """Have a unit say how long its stock lasts, and from whom it buys for how much."""
    towers = {"side": "buyer", "counterparty": "演示塔筒02厂", "product": "tower-steel"}
    amount = Quantity(Decimal(yuan), "eq", "yuan")
    write(actor, "contracts", towers | {"ref": "塔", "kind": "contract", "amount": amount})
    write(actor, "critical_inputs", {"product": "tower-steel", "stops": True, "stock_days": days})


@pytest.mark.parametrize(
    "who",
    ["member", *(pytest.param(who, marks=pytest.mark.slow) for who in ("department", "institute"))],
)
def test_what_a_unit_says_of_stocks_links_and_room_changes_no_byte_of_anothers_drill(
    people: dict[str, Actor], who: str
) -> None:
    supply(people["chair"], 14, 260_000_000)
    before = bytes_of(people[who], PATHS)
    own = bytes_of(people["chair"], PATHS[1:2])
    supply(people["chair"], 3, 990_000_000)
    tell(people["rival"], 999_331)
    after = bytes_of(people[who], PATHS)
    assert [path for path in PATHS if before[path] != after[path]] == []
    assert bytes_of(people["chair"], PATHS[1:2]) != own  # its own words count for itself


@pytest.mark.slow
def test_an_answer_is_for_who_asked_and_for_nobody_else(people: dict[str, Actor]) -> None:
    supply(people["chair"], 14, 260_000_000)
    chair, member = browser(people["chair"]), browser(people["member"])
    kept = chair.post("/analysis/drill/keep/", {"stop": "flange:demo-flange-04"}).headers[
        "Location"
    ]
    to = {"to": ["demo-flange-01:flange"]}
    others = ("rival", "department", "institute", "secretary", "steward")
    before = {who: bytes_of(people[who], PATHS) for who in others}
    assert chair.post(f"{kept}notices/", to).status_code == 302
    [line] = drills.list_asked(people["member"])
    said = {"verdict": "can", "room": "812", "stock_days": "73", "words": "canaryanswer"}
    member.post(f"/analysis/notices/{line.slug}/", said)
    after = {who: bytes_of(people[who], PATHS) for who in others}
    assert [
        (who, path) for who in others for path in PATHS if before[who][path] != after[who][path]
    ] == []
    assert "canaryanswer" in chair.get(kept).content.decode()
    for who in others:
        client = browser(people[who])
        assert client.get(kept).status_code == 404
        assert client.get(f"/analysis/notices/{line.slug}/").status_code == 404
        assert client.post(f"/analysis/notices/{line.slug}/", said).status_code == 404
    # What was answered to one drill counts in no other, not even in one's own.
    fresh = chair.get(f"/analysis/drill/?{QUERY}").content.decode()
    assert "canaryanswer" not in fresh
    assert chair.post(f"/analysis/notices/{line.slug}/", said).status_code == 404
