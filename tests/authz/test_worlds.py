"""Two worlds, alike in all that a person may see and different in all else: equal answers.

What counts, sorts, filters or sums over others' secrets would show here, also where no secret
itself comes out.
"""

import io
import json
import re
import zipfile
from collections.abc import Iterator
from itertools import count
from typing import Any
from unittest import mock

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from fenglian.engine.disclosure.classes import DataClass
from fenglian.web.contracts.models import Naming
from fenglian.web.registry.models import OWNED
from fenglian.web.registry.models.owned import new_slug
from tests.authz import routes as written
from tests.authz.conftest import address_of, browser_of, masked
from tests.authz.routes import Places, all_routes, read_lines
from tests.authz.test_rows import CASES
from tests.authz.world import UNITS, World

pytestmark = pytest.mark.django_db
MOMENT = re.compile(rb"\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d)?(\.\d+)?(\+\d\d:\d\d|Z)?")
SUM = re.compile(rb"\b[0-9a-f]{64}\b")  # of a file with the moment of its making inside
MADE = re.compile(rb"\b[0-9a-f]{16}\b")  # addresses of what is new, drawn at random
GRANTED = {who: (unit, DataClass.S2) for who, unit in written.GRANTED.items()}


def readable(who: str, unit: str, data_class: DataClass) -> bool:
    """Whether a person may read a unit's rows of a class, by the table written down by hand."""
    cells = {(person, each): found for person, each, found in CASES}
    letters = cells.get((who, data_class), "---")  # a stranger's: nothing
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
    return changed + disturb_namings(world, who)


def disturb_namings(world: World, who: str) -> int:
    """Change what every agreement says to others, unless the person is of one of its parties."""
    numbers = {owner.pk: unit for unit, owner in world.owners.items()}
    changed = 0
    for row in Naming.objects.whole():
        owner, party = numbers[row.owner_id], numbers.get(row.party_id or 0)
        if party == who or readable(who, owner, Naming.data_class):
            continue
        said = {
            name: other(value) if name == "number" else value for name, value in row.said.items()
        }
        Naming.objects.whole().filter(pk=row.pk).update(said=said, state=Naming.State.DISPUTED)
        row.pk, row.slug, row.row, row.said = None, new_slug(), new_slug(), said
        Naming.objects.bulk_create([row])
        changed += 1
    return changed


def other(value: Any) -> Any:
    """Return another value of the same shape."""
    if isinstance(value, str):
        return f"x{value}"
    if isinstance(value, dict):
        return {name: other(each) if name == "figure" else each for name, each in value.items()}
    return value


def said(body: bytes) -> Any:
    """Return what an answer says, without the moment at which it was made; archives part by part."""
    if not body.startswith(b"PK"):
        return MOMENT.sub(b"", body)
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        found = {name: said(archive.read(name)) for name in archive.namelist()}
    if "README.md" in found:
        found["README.md"] = SUM.sub(b"", found["README.md"])
    return found


def answers(client: Client, who: str, places: Places) -> dict[str, Any]:
    """Return every page that a person may open, and leave no trace of having looked."""
    found = {}
    lines = read_lines()
    with transaction.atomic():
        for route in all_routes():
            line = lines[route.name]
            for unit in ("member", "chair", "foreign") if line.of_units else ("member",):
                if line.allows(who, "get", unit):
                    path = address_of(route, places, unit)
                    status, headers, body = masked(client.get(path), path)
                    headers.pop("Set-Cookie", None)
                    found[f"{route.name} {unit}"] = (status, headers, said(body))
        transaction.set_rollback(True)
    return found


CONTACT = {"name": "演示新人", "title": "演示职务"}
PRICE = {"product": "flange", "model": "m", "price": "12", "per": "t", "stated_on": "2026-01-02"}
AGREEMENT = {"ref": "演示台账", "kind": "意向", "side": "供方", "counterparty": "演示整机厂"}
SITE = {"name": "演示新厂区", "address": "演示路", "region": "140100"}


def sendings(who: str, places: Places) -> Iterator[tuple[str, str, str, Any]]:
    """Yield what is sent in, to one's own unit and to others: method, route, unit and body."""
    grant = {"data_class": "S2", "purpose": "x", "until": timezone.localdate().isoformat()}
    for unit in dict.fromkeys((who, "member", "chair", "foreign", "absent")):
        yield "put", "api-1:put_contacts_rows", unit, {"rows": [CONTACT]}
        yield "put", "api-1:put_contacts_rows", unit, {"rows": [CONTACT, CONTACT]}
        yield "put", "api-1:put_offering_prices_rows", unit, {"rows": [PRICE]}
        yield "put", "api-1:put_offering_prices_rows", unit, {"rows": [{"price": "x"}]}
        for reader in ("演示银行", "演示外厂"):
            yield "post", "api-1:give_grant", unit, {**grant, "reader": reader}
        yield "post", "registry:new-row", unit, SITE
        yield "post", "registry:edit-row", unit, {"period": "2031", "quantity": "7", "unit": "t"}
        yield "post", "registry:propose-row", unit, SITE
        yield "post", "registry:propose-correction", unit, {**SITE, "park": "演示园区"}
        yield "post", "registry:decide", unit, {"decision": "take"}
        yield "post", "registry:make-link", unit, {"forms": ["sites"], "days": "3"}
        yield "post", "registry:revoke-link", unit, {}
        for reply in ("confirm", "dispute"):
            yield "post", "contracts:naming", unit, {"reply": reply, "ref": "演示新号"}
            yield "post", "api-1:answer_naming", unit, {"reply": reply, "ref": "演示再号"}
        yield "put", "api-1:put_contracts_rows", unit, {"rows": [AGREEMENT]}
        yield "post", "api-1:offer_for_need", unit, {}
        yield "post", "api-1:order_for_need", unit, {"number": "演示订单"}
        yield "delete", "api-1:revoke_grant", unit, {}
        yield "delete", "api-1:end_unit_row", unit, {}
        yield "post", "access:revoke", unit, {}
    yield "post", "api-1:put_idea", "member", {"title": "演示新题", "text": "演示"}
    yield "post", "api-1:back_idea", "member", {}
    for source in ("question", "advice"):
        task = {"source": source, "text": "演示", "due_on": "2031-05-17", "grounds": "演示"}
        yield "post", "api-1:set_action", "member", task
    yield "post", "api-1:close_action", "member", {"words": "演示已办"}
    yield "post", "api-1:note_presence", "member", {"unit": UNITS["bank"][1], "persons": 2}
    token = places.tokens["public:sign-in"]
    yield "post", "api-1:sign_in_to_meeting", "member", {"token": token, "persons": 1}
    # By the member's link: one that is on record already, in one world, and a new one.
    names = [each for each in places.world.canaries["member", DataClass.P] if not each.isdigit()]
    for name in (names[0], names[1], "演示新人"):
        yield "post", "fill:form?form=contacts", "member", {"name": name, "title": "演示职务"}


def outcomes(client: Client, who: str, places: Places) -> dict[str, Any]:
    """Return how each sending is answered, and leave nothing of them behind."""
    found: dict[str, Any] = {}
    routes, drawn = {each.name: each for each in all_routes()}, count()
    # A link's token is drawn, and stands in a picture too: here it is counted.
    tokens = mock.patch("secrets.token_urlsafe", side_effect=lambda _size: f"{next(drawn):043d}")
    with tokens, transaction.atomic():
        for number, (method, name, unit, body) in enumerate(sendings(who, places)):
            route, _, query = name.partition("?")
            path = address_of(routes[route], places, unit)
            content: Any = body
            kind = {}
            if name.startswith("api-"):
                content, kind = json.dumps(body), {"content_type": "application/json"}
            send = getattr(client, method)
            answer = send(f"{path}?{query}" if query else path, content, **kind)
            status, headers, told = masked(answer, path)
            headers.pop("Set-Cookie", None)
            shown = {each: MADE.sub(b"", value.encode()) for each, value in headers.items()}
            assert status < 500, (method, name, unit)
            found[f"{number} {method} {name} {unit}"] = (status, shown, MADE.sub(b"", said(told)))
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
    if who in ("chair", "member"):
        assert f"registry:takeaway {who}" in first
    assert disturb(world, who) >= 10
    second = answers(client, who, places)
    assert [name for name in first if first[name] != second[name]] == []


@pytest.mark.slow
@pytest.mark.parametrize("who", ["stranger", "chair", "institute", "secretary", "steward"])
def test_what_one_may_not_see_changes_no_byte_of_what_one_is_told_of_ones_own_writing(
    world: World, places: Places, who: str
) -> None:
    client = browser_of(world, who)
    first = outcomes(client, who, places)
    statuses = {answer[0] for answer in first.values()}
    assert statuses & {200, 201, 204, 302}
    assert statuses & {401, 403, 404}
    assert disturb(world, who) >= 10
    second = outcomes(client, who, places)
    assert [name for name in first if first[name] != second[name]] == []
