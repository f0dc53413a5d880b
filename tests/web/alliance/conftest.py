"""An alliance with a chair, a firm that wants in, and a rival: hands, papers, browsers."""

from dataclasses import dataclass

import pytest
from django.test import Client

from fenglian.web.accounts.actor import Actor
from fenglian.web.accounts.models import Owner
from fenglian.web.alliance import actions
from fenglian.web.alliance.actions import Counted, Handed, Motion, Wanted
from tests.authz.conftest import browser_of
from tests.authz.world import World, build_world

PDF = b"%PDF-1.7 stamped"


@dataclass
class Cast:
    """The people of the proof's alliance by part, and their units' addresses."""

    world: World

    def __getitem__(self, who: str) -> Actor:
        return self.world.people[who]

    def slug(self, who: str) -> str:
        owner: Owner = self.world.owners[who]
        return owner.slug

    def browser(self, who: str) -> Client:
        client = browser_of(self.world, who)
        client.raise_request_exception = True
        return client

    def apply(self, who: str, tier: str = "member") -> None:
        papers = [
            Handed(kind, f"{kind}.pdf", PDF + kind.encode()) for kind in ("application", "licence")
        ]
        wanted = Wanted(tier, "", "140100", f"演示代表{who}", "经理", "愿意入会")
        actions.apply(self[who], self.slug(who), wanted, papers)

    def review(self, who: str) -> None:
        actions.take_step(self["secretary"], self.slug(who), "review", "材料齐全")

    def vote_in_room(self, who: str, votes_for: int = 9) -> str:
        motion = Motion("admit", "同意入会", "council", "counted", self.slug(who))
        vote = actions.open_vote(self["secretary"], motion)
        counted = Counted(9, 9, votes_for, 9 - votes_for, 0)
        actions.close_vote(self["secretary"], vote, counted)
        return vote

    def admit(self, who: str, tier: str = "member") -> None:
        self.apply(who, tier)
        self.review(who)
        self.vote_in_room(who)
        actions.take_step(self["secretary"], self.slug(who), "admit")


@pytest.fixture
def cast(db: None) -> Cast:
    """Return the people of the proof's alliance, none of whose units is a member yet."""
    return Cast(build_world())


@pytest.fixture
def bare(db: None) -> Cast:
    """Return the same people, whose units have said nothing of themselves: quicker to make."""
    return Cast(build_world(filled=False))
