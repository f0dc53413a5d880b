"""How is the scripted year played? Day by day, through the same actions as the pages call.

Nothing is written past them: what an action refuses, the script cannot do. The clock stands on the
day of each deed; played again, nothing happens.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from fenglian.web import clock
from fenglian.web.accounts.actions import SYNTHETIC
from fenglian.web.accounts.actor import Actor
from fenglian.web.accounts.models import Owner, User
from fenglian.web.accounts.queries import find_actor
from fenglian.web.alliance import actions as alliance
from fenglian.web.alliance.queries import list_resolutions, list_tasks
from fenglian.web.contracts import actions as contracts
from fenglian.web.contracts.queries import open_book
from fenglian.web.overview.year_script import (
    ASSEMBLY,
    BANK,
    CHAIR,
    COUNCIL,
    FIRST,
    FOUNDERS,
    INSTITUTE,
    MEMBER,
    YEAR,
    Deed,
)
from fenglian.web.registry.actions import Receipt, add_unit, fill_form

HOUR, MEETING = time(10), timedelta(hours=2)
PEOPLE: Mapping[str, str] = {  # unit → the demo's user who speaks for it
    CHAIR: "demo-council",
    MEMBER: "demo-member",
    INSTITUTE: "demo-institute",
    BANK: "demo-bank",
}


class RefusedDeed(RuntimeError):
    """The script asks for something that the product does not take: the script is wrong."""


def play_year(secretary: Actor) -> bool:
    """Play the scripted year in an invented alliance, once; return whether it was played now."""
    here = secretary.alliance
    if not here.synthetic or list_resolutions(secretary):
        return False
    player = Player(secretary)
    for deed in sorted(YEAR, key=lambda each: each.day):
        player.play(deed)
    return True


class Player:
    """Plays deeds; remembers by which names the script speaks of what was made."""

    def __init__(self, secretary: Actor) -> None:
        self.secretary = secretary
        self._meetings: dict[str, str] = {}
        self._receipts = 0
        self._acts: Mapping[str, Callable[[Deed], None]] = {
            "hand_in": self._hand_in,
            "review": self._review,
            "meet": self._meet,
            "admit": self._admit,
            "refuse": self._refuse,
            "elect": self._elect,
            "pay_fee": self._pay_fee,
            "decide": self._decide,
            "put_to_vote": self._put_to_vote,
            "vote": self._vote,
            "close_vote": self._close_vote,
            "set_task": self._set_task,
            "do_task": self._do_task,
            "sign": self._sign,
            "confirm": self._confirm,
            "deliver": self._deliver,
            "pay": self._pay,
            "check": self._check,
        }

    def play(self, deed: Deed) -> None:
        """Do a deed on its day."""
        noon = datetime.combine(date.fromisoformat(deed.day), HOUR)
        with clock.standing_at(timezone.make_aware(noon)):
            self._acts[deed.act](deed)

    def _unit(self, name: str) -> str:
        rows = Owner.objects.filter(alliance_id=self.secretary.alliance.id, name=name)
        found = rows.values_list("slug", flat=True).first()
        return str(found) if found else add_unit(self.secretary, name)

    def _person(self, unit: str) -> Actor:
        user = User.objects.get(username=PEOPLE[unit])
        actor = find_actor(user.pk, SYNTHETIC)
        if actor is None:
            raise RefusedDeed(unit)
        return actor

    def _hand_in(self, deed: Deed) -> None:
        self._receipts += 1
        alliance.hand_in(
            self.secretary, self._unit(deed.about), deed.about, deed.words, self._receipts
        )

    def _review(self, deed: Deed) -> None:
        alliance.take_step(self.secretary, self._unit(deed.about), "review", deed.words)

    def _meet(self, deed: Deed) -> None:
        begins = timezone.now() - MEETING  # the deed is the keeping of what was
        call = alliance.Call(
            str(deed.more["kind"]), deed.words, "太原（演示）", begins, timezone.now(), "演示议程"
        )
        slug = self._meetings[deed.about] = alliance.call_meeting(self.secretary, call)
        for unit, persons in deed.more["came"].items():
            alliance.note_presence(self.secretary, slug, unit, persons, "演示代表")
        alliance.keep_minutes(self.secretary, slug, str(deed.more["minutes"]))

    def _admit(self, deed: Deed) -> None:
        self._count_about(deed)
        alliance.take_step(self.secretary, self._unit(deed.about), "admit")

    def _refuse(self, deed: Deed) -> None:
        self._count_about(deed)
        slug = self._unit(deed.about)
        alliance.take_step(self.secretary, slug, "refuse", "演示：表决未通过")

    def _count_about(self, deed: Deed) -> None:
        body, slug = str(deed.more.get("body", ASSEMBLY)), self._unit(deed.about)
        motion = alliance.Motion("admit", deed.words, body, "counted", slug)
        vote = alliance.open_vote(self.secretary, motion)
        alliance.close_vote(self.secretary, vote, alliance.Counted(*deed.more["counted"]))

    def _elect(self, deed: Deed) -> None:
        person = str(deed.more.get("person", ""))
        office = alliance.Office(
            deed.words, deed.about, timezone.localdate(), "演示成立大会选举", person, 5
        )
        alliance.fill_post(self.secretary, office)

    def _pay_fee(self, deed: Deed) -> None:
        self._receipts += 1
        slug, tier = self._unit(deed.about), FOUNDERS.get(deed.about, "member")
        receipt = f"{deed.words}{self._receipts:03d}"
        alliance.note_fee(self.secretary, slug, alliance.FEES[tier], receipt)
        alliance.issue_certificate(self.secretary, slug)

    def _decide(self, deed: Deed) -> None:
        body = str(deed.more.get("body", COUNCIL))
        meeting = self._meetings[deed.about]
        motion = alliance.Motion("other", deed.words, body, "counted", meeting=meeting)
        vote = alliance.open_vote(self.secretary, motion)
        alliance.close_vote(self.secretary, vote, alliance.Counted(*deed.more["counted"]))

    def _put_to_vote(self, deed: Deed) -> None:
        alliance.open_vote(self.secretary, alliance.Motion("other", deed.words))

    def _running(self, text: str) -> str:
        lines = list_resolutions(self.secretary)
        return next(each.slug for each in lines if each.text == text and each.closed_at is None)

    def _vote(self, deed: Deed) -> None:
        vote = self._running(str(deed.more["on"]))
        alliance.cast_ballot(self._person(deed.about), vote, deed.words)

    def _close_vote(self, deed: Deed) -> None:
        alliance.close_vote(self.secretary, self._running(deed.words))

    def _set_task(self, deed: Deed) -> None:
        due, source = date.fromisoformat(str(deed.more["due"])), deed.more.get("source", "")
        errand = alliance.Errand(
            str(source) or "resolution", deed.words, due, "演示：会议决议或建议", deed.about
        )
        alliance.set_action(self.secretary, errand)

    def _do_task(self, deed: Deed) -> None:
        actor = self._person(deed.about)
        task = next(each.slug for each in list_tasks(actor) if each.text == deed.words)
        alliance.close_action(actor, task, "演示：已办，材料已交秘书处")

    def _fill(self, unit: str, form: str, typed: Mapping[str, str]) -> None:
        actor = self._person(unit)
        _taken(fill_form(actor, actor.owner or 0, form, typed))

    def _sign(self, deed: Deed) -> None:
        typed = {
            "ref": deed.about,
            "kind": "合同",
            "side": "供方",
            "counterparty": CHAIR,
            "product": "flange",
            "number": deed.words,
            "signed_on": deed.day,
            "amount": f"{deed.more['yuan'] // 10_000}万元",
        }
        self._fill(MEMBER, "contracts", typed)

    def _confirm(self, deed: Deed) -> None:
        actor = self._person(CHAIR)
        told = open_book(actor).told.values()
        slug = next(each.slug for each in told if each.said.get("number") == deed.words)
        amount = f"{deed.more['yuan'] // 10_000}万元"
        receipt = contracts.confirm(actor, slug, ref=deed.about, amount=amount)
        if receipt is not None:
            _taken(receipt)

    def _deliver(self, deed: Deed) -> None:
        typed = {
            "contract": deed.about,
            "step": str(deed.more["step"]),
            "planned_on": str(deed.more["planned"]),
            "delivered_on": deed.day,
            "accepted": "是",
            "amount": f"{deed.more['yuan'] // 10_000}万元",
        }
        for unit in (MEMBER, CHAIR):  # each keeps its own side
            self._fill(unit, "deliveries", typed)

    def _pay(self, deed: Deed) -> None:
        typed = {
            "contract": deed.about,
            "step": str(deed.more["step"]),
            "paid_on": deed.day,
            "amount": f"{deed.more['yuan'] // 10_000}万元",
        }
        for unit in (MEMBER, CHAIR):
            self._fill(unit, "payments", typed)

    def _check(self, deed: Deed) -> None:
        passed = bool(deed.more.get("passed", True))
        alliance.note_yearly_check(
            self.secretary, self._unit(deed.about), FIRST.year + 1, deed.words, passed=passed
        )


def _taken(receipt: Receipt) -> None:
    if receipt.rejected:
        raise RefusedDeed("; ".join(each.message("en") for each in receipt.faults))
