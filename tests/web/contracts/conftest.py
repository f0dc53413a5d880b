"""A chair unit, a member, an institute and a bank that sign with each other; and shorthand."""

from datetime import date
from typing import Any

import pytest

from fenglian.web.contracts.models import Naming
from fenglian.web.contracts.queries import Book, open_book
from fenglian.web.registry.actions import Receipt, fill_form, rebuild_registry
from fenglian.web.registry.models import OWNED, SensitiveRow
from tests.authz.world import World, build_world

CODES = {
    "chair": "91140100MA0ABCDE6K",
    "member": "91140200MA0ABCDE6Q",
    "institute": "91140300MA0ABCDE6X",
    "bank": "91140400MA0ABCDE63",
}  # made up


@pytest.fixture
def world(db: None) -> World:
    """Return units that have said who they are, and nothing else."""
    world = build_world()
    for who in CODES:
        for model in OWNED:
            model.objects.whole().filter(owner=world.owners[who]).delete()
    Naming.objects.whole().delete()
    for who in CODES:
        introduce(world, who)
    rebuild_registry(world.people["secretary"])
    return world


def introduce(world: World, who: str, code: str = "", **more: str) -> Receipt:
    """Have a unit say who it is."""
    typed = {
        "uscc": code or CODES[who],
        "name_zh": world.owners[who].name,
        "kind": "企业",
        "status": "存续",
        "region": "140000",
    }
    return put(world, who, "profile", {**typed, **more})


def put(world: World, who: str, form: str, typed: dict[str, str]) -> Receipt:
    """Have a unit keep a row."""
    receipt = fill_form(world.people[who], world.owners[who].pk, form, typed)
    assert receipt.faults == ()
    return receipt


def sign(world: World, who: str, **typed: str) -> str:
    """Have a unit record an agreement, and return its address."""
    values = {"ref": "一", "kind": "合同", "side": "供方", "counterparty": "演示整机厂", **typed}
    put(world, who, "contracts", values)
    rows = SensitiveRow.objects.whole().filter(
        owner=world.owners[who], form="contracts", ended_at=None
    )
    [slug] = [row.slug for row in rows if row.values["ref"] == values["ref"]]
    return str(slug)


def book(world: World, who: str) -> Book:
    """Return the agreements that a person may know of."""
    return open_book(world.people[who])


def named(world: World, owner: str, row: str) -> Naming:
    """Return what stands of an agreement for the other side."""
    found: Naming = Naming.objects.whole().get(owner=world.owners[owner], row=row, ended_at=None)
    return found


def page(browser: Any, path: str) -> str:
    """Return a page that is there."""
    answer = browser.get(path)
    assert answer.status_code == 200, path
    text: str = answer.content.decode()
    return text


DAY = date(2026, 4, 7)
