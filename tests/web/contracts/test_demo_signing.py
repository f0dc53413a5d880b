"""The demo's public signing: its names mean members, and its total is held against agreements."""

import pytest
from django.test import Client

from fenglian.web.accounts.actions import REAL, SYNTHETIC, open_demo
from fenglian.web.accounts.models import User
from fenglian.web.accounts.queries import find_actor
from fenglian.web.contracts.actions import announce_demo_signing, fill_demo_agreements
from fenglian.web.contracts.queries import list_groups, open_book, open_market
from fenglian.web.intake.models import Document
from fenglian.web.registry.actions import fill_demo_units, rebuild_registry

pytestmark = pytest.mark.django_db


def test_the_demo_has_a_public_signing_needs_that_fit_and_one_that_fails() -> None:
    secretaries = open_demo()
    secretary = secretaries[SYNTHETIC]
    fill_demo_units(secretary)
    for _time in range(2):
        announce_demo_signing(secretary)
    announce_demo_signing(secretaries[REAL])
    assert Document.objects.count() == 1  # once, and in the invented alliance alone
    rebuild_registry(secretary)
    fill_demo_agreements(secretary)
    member = find_actor(User.objects.get(username="demo-member").pk, SYNTHETIC)
    assert member is not None
    book = open_book(member)
    [group] = list_groups(member, book)
    assert group.centre == "演示整机01厂"
    assert {book.parties[each].name for each in group.found.partners_with_contract} == {
        "演示法兰01厂"
    }
    assert (group.found.state, group.found.unnamed) == ("open", 2)
    council = Client()
    council.force_login(User.objects.get(username="demo-council"))
    council.post("/accounts/alliance/", {"alliance": SYNTHETIC})
    for path in ("/registry/unit/", "/contracts/signings/", "/contracts/needs/"):
        assert council.get(path, follow=True).status_code == 200, path
    verdicts = [each.fit.verdict.value for each in open_market(member, book).chances]
    assert verdicts == ["fits", "fails", "fails"]
