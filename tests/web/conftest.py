"""The cast of the web tests: the demo's alliances and people, and the founding article."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from fenglian.data import article
from fenglian.web.accounts.actions import REAL, open_demo
from fenglian.web.accounts.actor import Actor, Role
from fenglian.web.accounts.models import User
from fenglian.web.accounts.queries import actor_of_account
from fenglian.web.intake import actions
from fenglian.web.intake.models import Document

SMALL = "山西日报讯：4月7日，太重集团与江苏九鼎集团有限公司签约，总额逾21亿元。"


def secretary(alliance: str = REAL) -> Actor:
    """Return the secretariat at work in an alliance; both are made where they were missing."""
    return open_demo()[alliance]


def person(role: Role, *, english: bool = False) -> Client:
    """Return a browser in which someone of that role is signed in."""
    secretary()
    client = Client(headers={"accept-language": "en"}) if english else Client()
    client.force_login(User.objects.get(username=f"demo-{role}"))
    return client


@pytest.fixture
def one_person(settings: Any) -> None:
    """Let one person accept sums of any size."""
    settings.TWO_PERSONS_FROM = Decimal(10) ** 15


def confirm(document: Document) -> None:
    """Have another person confirm whatever of a document waits for one."""
    secretary()
    actor = actor_of_account(User.objects.get(username=f"demo-{Role.STEWARD}"), REAL)
    assert actor is not None
    for row in document.statements.filter(state="proposed").exclude(vouched_by=None):
        actions.second_statement(actor, row.identifier)


@pytest.fixture
def client(db: None) -> Client:
    """Return the secretariat's browser."""
    return person(Role.SECRETARIAT)


@pytest.fixture
def member(db: None) -> Client:
    """Return the browser of a member firm, who reads and decides nothing."""
    return person(Role.MEMBER)


@pytest.fixture
def stranger(db: None) -> Client:
    """Return a browser in which nobody is signed in."""
    secretary()
    return Client()


@pytest.fixture
def english(db: None) -> Client:
    """Return the browser of a secretary who reads English."""
    return person(Role.SECRETARIAT, english=True)


@pytest.fixture
def document(db: None) -> Document:
    """Return the founding article, read and kept."""
    return actions.receive_document(secretary(), content=article(), name="article.txt")
