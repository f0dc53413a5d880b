"""Two worlds, alike in all that a person may see and different in all else: equal answers.

What counts, sorts, filters or sums over others' secrets would show here, also where no secret
itself comes out.
"""

import re
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from fenglian.engine.disclosure.classes import DataClass
from fenglian.web.registry.models import OWNED
from fenglian.web.registry.models.owned import new_slug
from tests.authz.conftest import address_of, browser_of, masked
from tests.authz.routes import Places, all_routes, read_lines
from tests.authz.test_rows import CASES
from tests.authz.world import UNITS, World

pytestmark = pytest.mark.django_db
MOMENT = re.compile(rb"\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d)?(\.\d+)?(\+\d\d:\d\d|Z)?")
# A file of one's own has the moment of its making inside; sessions tell when one was last here.
OWN_MOMENTS = {"accounts:account", "registry:takeaway"}
GRANTED = {"institute": ("member", DataClass.S2), "bank": ("chair", DataClass.S2)}


def readable(who: str, unit: str, data_class: DataClass) -> bool:
    """Whether a person may read a unit's rows of a class, by the table written down by hand."""
    letters = next(found for person, each, found in CASES if (person, each) == (who, data_class))
    if unit == who:
        return letters[0] == "r"
    return unit != "foreign" and (letters[2] == "r" or GRANTED.get(who) == (unit, data_class))


def disturb(world: World, who: str) -> int:
    """Change every row that a person may not read, and add as many; return how many."""
    changed = 0
    for unit in (*UNITS, "foreign"):
        for model in OWNED:
            if readable(who, unit, model.data_class):
                continue
            for row in model.objects.whole().filter(owner=world.owners[unit]):
                values = {name: other(value) for name, value in row.values.items()}
                model.objects.whole().filter(pk=row.pk).update(values=values)
                row.pk, row.slug, row.key = None, new_slug(), f"{row.key[:180]}-more"
                row.values = values
                model.objects.bulk_create([row])
                changed += 1
    return changed


def other(value: Any) -> Any:
    """Return another value of the same shape."""
    if isinstance(value, str):
        return f"x{value}"
    if isinstance(value, dict):
        return {name: other(each) if name == "figure" else each for name, each in value.items()}
    return value


def answers(client: Client, who: str, places: Places) -> dict[str, Any]:
    """Return every page that a person may open, and leave no trace of having looked."""
    found = {}
    lines = read_lines()
    with transaction.atomic():
        for route in all_routes():
            line = lines[route.name]
            if route.name in OWN_MOMENTS:
                continue
            for unit in ("member", "chair", "foreign") if line.of_units else ("member",):
                if line.allows(who, "get", unit):
                    path = address_of(route, places, unit)
                    status, headers, body = masked(client.get(path), path)
                    headers.pop("Set-Cookie", None)
                    found[f"{route.name} {unit}"] = (status, headers, MOMENT.sub(b"", body))
        transaction.set_rollback(True)
    return found


@pytest.mark.slow
@pytest.mark.parametrize(
    "who", ["chair", "member", "institute", "bank", "department", "secretary", "analyst"]
)
def test_what_one_may_not_see_changes_no_byte_of_what_one_sees(
    world: World, places: Places, who: str
) -> None:
    client = browser_of(world, who)
    first = answers(client, who, places)
    assert len(first) > 20
    assert disturb(world, who) >= 10
    second = answers(client, who, places)
    assert [name for name in first if first[name] != second[name]] == []
