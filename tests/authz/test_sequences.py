"""Whatever happens, in whatever order: who may see which word stays as the table says.

Hypothesis plays the alliance: grants come and go, purposes are confirmed and run out, people and
units leave, change and come back, rows are written by owners, proposals and links, and browsers
stay signed in through all of it. After each step the words that really come out, from queries and
from pages, are those of ``model``: no more, and no less.
"""

from copy import deepcopy
from datetime import timedelta
from typing import Any, ClassVar

import pytest
from django.core.cache import cache
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from fenglian.engine.disclosure.classes import DataClass
from fenglian.engine.disclosure.parts import classes_of, part_of
from fenglian.engine.errors import FenglianError
from fenglian.web.access import actions as access
from fenglian.web.access.reading import look_at
from fenglian.web.access.wall import lower_wall, raise_wall
from fenglian.web.accounts import actions as accounts
from fenglian.web.accounts.actor import Actor, Role
from fenglian.web.accounts.models import Alliance, User
from fenglian.web.accounts.models import Proposal as Change
from fenglian.web.accounts.queries import find_actor
from fenglian.web.audit.models import Entry as Logged
from fenglian.web.registry import actions as registry
from fenglian.web.registry import queries
from fenglian.web.registry.models import OWNED
from fenglian.web.registry.models import Proposal as Suggestion
from fenglian.web.registry.profile_tables import profile_tables
from tests.authz import model as told
from tests.authz.stage import (
    AT_HOME,
    AWAY,
    CAST,
    FORMS,
    HOME,
    PEOPLE,
    UNITS,
    Cast,
    age,
    at_work,
    rows_found,
    words_of,
)

pytestmark = pytest.mark.django_db
MOVED = ("chair", "member", "institute", "bank", "both", "department", "analyst")
ROLES = (Role.MEMBER, Role.COUNCIL, Role.INSTITUTE, Role.BANK, Role.GOVERNMENT, Role.ANALYST)
PROPOSED = {"honours": ("batch", "issuer"), "offerings": ("model",), "sites": ("name", "address")}
BY_LINK = {"contacts": ("name", "title"), "honours": ("batch", "issuer")}
CHOSEN = {"type": "little_giant", "level": "national"}
REFUSALS = (PermissionDenied, ObjectDoesNotExist, FenglianError, DatabaseError)
people, units = st.sampled_from(PEOPLE), st.sampled_from(AT_HOME)
classes, forms = st.sampled_from(told.CLASSES), st.sampled_from(FORMS)
numbers = st.integers(0, 5)
owners = st.sampled_from((*UNITS, "both", "chair", "member", "bank", "secretary", "department"))
guards = st.sampled_from(("department", "steward", "second", "department", "member"))


class Sequences(RuleBasedStateMachine):
    """One alliance at work, and another beside it."""

    cast: ClassVar[Cast]
    steps: ClassVar[int] = 0
    done: ClassVar[set[str]] = set()

    def __init__(self) -> None:
        super().__init__()
        cache.clear()
        self.point = transaction.savepoint()
        self.model = deepcopy(self.cast.model)
        self.clients = {who: self.browser(who) for who in PEOPLE}
        self.turn = 0

    @initialize(turn=st.integers(0, 999))
    def begin(self, turn: int) -> None:
        self.turn = turn

    def teardown(self) -> None:
        lower_wall()
        for each in Logged.objects.values_list("detail", "rows", "purpose"):
            assert not words_of(list(each)), "a word stands in the log"
        transaction.savepoint_rollback(self.point)

    def browser(self, who: str) -> Client:
        client = Client(raise_request_exception=False)
        client.force_login(User.objects.get(pk=self.cast.users[who]))
        return client

    # Who acts, and whether it went through.

    def actor(self, who: str) -> Actor | None:
        return find_actor(self.cast.users[who], self.model.chosen.get(who))

    def attempt(self, who: str, act: Any) -> Any:
        """Return what an act answers, or None where it is refused; true where it answers nothing."""
        actor = self.actor(who)
        if actor is None:
            return None
        try:
            with at_work(actor):
                answer = act(actor)
        except REFUSALS:
            return None
        return True if answer is None else answer

    def went(self, name: str, gone: Any, expected: bool) -> bool:
        assert bool(gone) == expected, f"{name} went through: {bool(gone)}, rightly: {expected}"
        if gone:
            self.done.add(name)
        return bool(gone)

    # Grants and purposes.

    @rule(who=owners, reader=units, data_class=classes, days=st.sampled_from((0, 1, 3)))
    def grant(self, who: str, reader: str, data_class: str, days: int) -> None:
        until = timezone.localdate() + timedelta(days=days)
        name, of = UNITS[reader], DataClass(data_class)
        slug = self.attempt(
            who, lambda actor: access.give_grant(actor, name, of, purpose="对账", until=until)
        )
        now, there = self.model.seat(who), self.model.here(who) == HOME
        rightly = (
            there and now is not None and now.role in told.GRANTS and now.unit is not None
            and now.unit != reader and reader not in self.model.left
        )  # fmt: skip
        if self.went("grant", slug, rightly) and now and now.unit:
            self.model.grants.append(told.Grant(slug, now.unit, reader, data_class, until))

    @precondition(lambda self: self.model.grants)
    @rule(who=owners, number=numbers)
    def take_grant_back(self, who: str, number: int) -> None:
        grant = self.model.grants[number % len(self.model.grants)]
        if number % 2 == 0 and (theirs := self.model.people_of(grant.owner)):
            who = theirs[0]
        gone = self.attempt(who, lambda actor: access.revoke_grant(actor, grant.slug))
        now = self.model.seat(who)
        rightly = now is not None and now.role in told.GRANTS and now.unit == grant.owner
        if self.went("take a grant back", gone, rightly):
            grant.over = True

    @rule(who=guards, data_class=st.sampled_from(("S2", "S3", "P", "S1")))
    def state(self, who: str, data_class: str) -> None:
        of = DataClass(data_class)
        slug = self.attempt(who, lambda actor: access.state_purpose(actor, of, "依法核查"))
        now = self.model.seat(who)
        rightly = now is not None and data_class in told.STATES.get(now.role, ())
        if self.went("state", slug, rightly):
            until, here = timezone.now() + timedelta(hours=8), self.model.here(who) or ""
            self.model.purposes.append(told.Purpose(slug, who, here, data_class, until))

    @precondition(lambda self: self.model.purposes)
    @rule(who=st.sampled_from(("second", "security", "security", "department")), number=numbers)
    def confirm(self, who: str, number: int) -> None:
        purpose = self.model.purposes[-1 - number % len(self.model.purposes)]
        gone = self.attempt(who, lambda actor: access.confirm_purpose(actor, purpose.slug))
        now = self.model.seat(who)
        rightly = (
            now is not None and now.role in told.CONFIRMS and who != purpose.who
            and self.model.here(who) == purpose.alliance
            and not purpose.confirmed and not purpose.over and purpose.until > timezone.now()
        )  # fmt: skip
        if self.went("confirm", gone, rightly):
            purpose.confirmed = True

    @precondition(lambda self: self.model.purposes)
    @rule(who=st.sampled_from(("security", "second", "department", "member")), number=numbers)
    def end_purpose(self, who: str, number: int) -> None:
        purpose = self.model.purposes[number % len(self.model.purposes)]
        gone = self.attempt(who, lambda actor: access.end_purpose(actor, purpose.slug))
        now = self.model.seat(who)
        rightly = (
            now is not None and self.model.here(who) == purpose.alliance
            and (who == purpose.who or now.role in told.CONFIRMS)
        )  # fmt: skip
        if self.went("end a purpose", gone, rightly):
            purpose.over = True

    @rule(who=guards, data_class=st.sampled_from(("S2", "S3", "P")), ended=st.booleans())
    def come_to_a_purpose(self, who: str, data_class: str, ended: bool) -> None:
        self.state(who=who, data_class=data_class)
        if self.model.purposes:
            self.confirm(who="security", number=0)
            if ended:
                self.end_purpose(who="second", number=len(self.model.purposes) - 1)

    @rule(passed=st.sampled_from([timedelta(hours=5), timedelta(days=1), timedelta(days=2)]))
    def time_goes_by(self, passed: timedelta) -> None:
        """All that is on record becomes older; that is the same, and needs no other clock."""
        self.model.age(passed)
        age(passed)
        self.done.add("time goes by")

    # People and units come, change and go.

    @rule(who=st.sampled_from(MOVED), role=st.sampled_from(ROLES), unit=st.none() | units)
    def change_seat(self, who: str, role: Role, unit: str | None) -> None:
        name, words = User.objects.get(pk=self.cast.users[who]).username, UNITS.get(unit or "", "")
        gone = self.attempt(
            "secretary", lambda actor: accounts.change_seat(actor, name, role, words)
        )
        if gone:
            self.model.place(who, HOME, role.value, unit)
            self.done.add("change a seat")

    @rule(who=st.sampled_from((*MOVED, "steward")))
    def end_seat(self, who: str) -> None:
        name = User.objects.get(pk=self.cast.users[who]).username
        if who == "steward":
            self.attempt("system", lambda actor: accounts.propose_end(actor, name))
            waits = Change.objects.filter(state=Change.State.OPEN).first()
            gone = waits and self.attempt(
                "security", lambda actor: accounts.confirm(actor, waits.slug)
            )
        else:
            gone = self.attempt("secretary", lambda actor: accounts.end_seat(actor, name))
        if self.went("end a seat", gone, HOME in self.model.seats[who]):
            self.model.vacate(who, HOME)

    @rule(who=st.sampled_from((*MOVED, "steward")), unit=units)
    def seat_again(self, who: str, unit: str) -> None:
        """One who was out is invited anew: to a unit, or to what the person guarded before."""
        if HOME in self.model.seats[who] or unit in self.model.left:
            return
        role = CAST[who][0]
        to = None if CAST[who][1] is None else unit
        user, home = User.objects.get(pk=self.cast.users[who]), Alliance.objects.get(slug=HOME)
        accounts.seat_user(user, home, role, self.cast.owners[to] if to else None)
        self.model.place(who, HOME, role.value, to)
        if not self.model.seats[who].keys() - {HOME}:
            self.clients[who] = self.browser(who)  # the last session ended with the last seat
        self.done.add("seat again")

    @rule(unit=units)
    def leave(self, unit: str) -> None:
        slug = self.cast.owners[unit].slug
        gone = self.attempt("secretary", lambda actor: accounts.let_unit_leave(actor, slug))
        if self.went("leave", gone, unit not in self.model.left):
            self.model.leave(unit)

    @precondition(lambda self: self.model.left)
    @rule(unit=units)
    def come_back(self, unit: str) -> None:
        slug = self.cast.owners[unit].slug
        gone = self.attempt("secretary", lambda actor: accounts.let_unit_return(actor, slug))
        if self.went("come back", gone, unit in self.model.left):
            self.model.left.discard(unit)

    @rule(slug=st.sampled_from((HOME, AWAY)))
    def switch(self, slug: str) -> None:
        """One who sits in two alliances opens the other, in the same browser."""
        answer = self.clients["both"].post(reverse("accounts:alliance"), {"alliance": slug})
        gone = answer.status_code == 302
        if self.went("switch", gone, slug in self.model.seats["both"]):
            self.model.chosen["both"] = slug

    # Rows are written and ended, by owners, others and links.

    @rule(who=owners, unit=units, form=forms, again=st.booleans())
    def write(self, who: str, unit: str, form: str, again: bool) -> None:
        kept = [
            each for each in self.model.standing() if (each.unit, each.form) == (unit, form)
        ]  # fmt: skip
        entry, parts = self.cast.row(form, kept[0].key if again and kept else "")
        number = self.cast.owners[unit].pk
        gone = self.attempt(who, lambda actor: registry.save_rows(actor, number, form, [entry]))
        rightly = self.model.writes(who, unit, classes_of(profile_tables()[form]))
        if self.went("write", gone, rightly):
            self.model.keep(unit, form, entry.key, parts)

    @rule(who=owners, number=numbers)
    def end_row(self, who: str, number: int) -> None:
        kept = [each for each in self.model.standing() if each.form != "profile"]
        row = kept[-1 - number % len(kept)]
        owner = self.cast.owners[row.unit].pk
        slugs = {
            found.slug
            for model in OWNED
            for found in model.objects.whole().filter(owner=owner, form=row.form, key=row.key)
        }
        assert len(slugs) == 1
        gone = self.attempt(who, lambda actor: registry.end_row(actor, row.form, *slugs))
        rightly = self.model.writes(who, row.unit, classes_of(profile_tables()[row.form]))
        if self.went("end a row", gone, rightly):
            self.model.end(row.unit, row.form, row.key)

    @rule(
        who=st.sampled_from(("secretary", "steward", "second", "member")),
        unit=units,
        form=st.sampled_from(sorted(PROPOSED)),
    )
    def propose(self, who: str, unit: str, form: str) -> None:
        table, word, key = profile_tables()[form], self.cast.word(), self.cast.word()
        values = {"uscc": "x", "product": "p"} if form == "offerings" else {"uscc": "x"}
        entry = registry.Entry(key, {**values, **dict.fromkeys(PROPOSED[form], word)})
        parts = {
            part_of(table, table.column(name)).value: frozenset({word}) for name in PROPOSED[form]
        }
        number = self.cast.owners[unit].pk
        row = self.attempt(who, lambda actor: registry.propose(actor, number, form, entry))
        now = self.model.seat(who)
        rightly = (
            now is not None and now.role in told.PROPOSES and now.unit != unit
            and self.model.here(who) == HOME
        )  # fmt: skip
        if not self.went("propose", row, rightly):
            return
        if self.model.people_of(unit):
            slug = Suggestion.objects.whole().latest("pk").slug
            self.model.proposals.append(told.Proposal(slug, unit, form, key, parts))
        else:
            self.model.keep(unit, form, key, parts)
            self.done.add("a proposal counts at once")

    @precondition(lambda self: self.model.proposals)
    @rule(who=owners, number=numbers, take=st.booleans(), is_theirs=st.booleans())
    def decide(self, who: str, number: int, take: bool, is_theirs: bool) -> None:
        row = self.model.proposals[-1 - number % len(self.model.proposals)]
        if is_theirs and (theirs := self.model.people_of(row.unit)):
            who = theirs[0]
        gone = self.attempt(who, lambda actor: registry.decide_proposal(actor, row.slug, take=take))
        rightly = row.waits and self.model.writes(who, row.unit, {"S1"})
        if self.went("take over" if take else "turn down", gone, rightly):
            row.waits = False
            if take:
                self.model.keep(row.unit, row.form, row.key, row.parts)

    @rule(unit=units, form=st.sampled_from(sorted(PROPOSED)), take=st.booleans())
    def come_to_a_decision(self, unit: str, form: str, take: bool) -> None:
        self.propose(who="secretary", unit=unit, form=form)
        if self.model.proposals:
            self.decide(who="member", number=0, take=take, is_theirs=True)

    @rule(who=owners, unit=units, form=st.sampled_from(sorted(BY_LINK)))
    def make_link(self, who: str, unit: str, form: str) -> None:
        number = self.cast.owners[unit].pk
        made = self.attempt(who, lambda actor: registry.make_link(actor, number, [form], days=1))
        now, table = self.model.seat(who), profile_tables()[form]
        keeps = now is not None and now.role == "secretariat" and self.model.here(who) == HOME
        rightly = (keeps or self.model.writes(who, unit, classes_of(table))) and (
            unit not in self.model.left
        )
        if self.went("make a link", made, rightly):
            until = timezone.now() + timedelta(days=1)
            link = told.Link(made.slug, made.token, unit, made.forms, until)
            self.model.links.append(link)

    @precondition(lambda self: self.model.links)
    @rule(who=owners, number=numbers)
    def take_link_back(self, who: str, number: int) -> None:
        link = self.model.links[number % len(self.model.links)]
        if number % 2 == 0:
            who = "secretary"
        gone = self.attempt(who, lambda actor: registry.revoke_link(actor, link.slug))
        now = self.model.seat(who)
        rightly = (
            now is not None and self.model.here(who) == HOME
            and (now.role == "secretariat" or now.unit == link.unit)
        )  # fmt: skip
        if self.went("take a link back", gone, rightly):
            link.over = True

    @precondition(lambda self: self.model.links)
    @rule(number=numbers)
    def fill_by_link(self, number: int) -> None:
        """Somebody without an account sends a row in; the page shows nothing of what is kept."""
        link = self.model.links[-1 - number % len(self.model.links)]
        page = Client(raise_request_exception=False).get(f"/fill/{link.token}/")
        assert not words_of(page.content.decode())
        assert page.status_code == (200 if self.model.opens(link) else 404)
        visit = queries.open_link(link.token)
        if not self.went("come by a link", visit, self.model.opens(link)) or visit is None:
            return
        form = next(each for each in link.forms if each in BY_LINK)
        typed = {name: self.cast.word() for name in BY_LINK[form]}
        raise_wall(None)
        try:
            receipt = registry.fill_by_link(visit, form, {**CHOSEN, **typed})
        finally:
            lower_wall()
        assert receipt.accepted == 1, receipt
        of = classes_of(profile_tables()[form])[0].value
        key = receipt.rows[0].identity or ""
        self.model.keep(link.unit, form, key, {of: frozenset(typed.values())})

    # What comes out.

    @invariant()
    def queries_answer_as_told(self) -> None:
        type(self).steps += 1
        for who in PEOPLE[self.steps % 2 :: 2]:
            actor = self.actor(who)
            assert (actor is None) == (self.model.here(who) is None), who
            seen = rows_found(actor) if actor else set()
            assert seen == self.model.sees(who, self.model.standing()), who

    @invariant()
    def pages_answer_as_told(self) -> None:
        """Open a page of one unit by turns, in a browser that was signed in at the start."""
        self.turn += 1
        if self.turn % 2:
            return
        who, unit = PEOPLE[self.turn * 5 % len(PEOPLE)], list(UNITS)[self.turn % len(UNITS)]
        now, there = self.model.seat(who), self.model.here(who) == self.model.homes[unit]
        is_past, day = self.turn % 4 == 0, timezone.localdate() - timedelta(days=self.turn // 4 % 3)
        versions = [
            each
            for each in (self.model.on_record(day) if is_past else self.model.standing())
            if each.unit == unit
        ]
        slug = self.cast.owners[unit].slug
        path = f"/registry/units/{slug}/" if self.turn % 3 else f"/api/v1/registry/units/{slug}"
        asked = {"as_of": day.isoformat()} if is_past else {}
        answer = self.clients[who].get(path, asked)
        expected = self.model.sees(who, versions)
        if now is not None and now.unit == unit and there and self.turn % 3:
            expected |= self.model.is_offered(who)
        if now is None:
            assert answer.status_code in (302, 401)
        else:
            rightly = 403 if now.role in told.BLIND else 200 if there else 404
            assert answer.status_code == rightly, (who, path)
        assert words_of(answer.content.decode()) == expected, (who, unit, path, asked)

    @rule(who=people)
    def look_behind_the_pages(self, who: str) -> None:
        """What is computed from, taken along and listed is no more than what is shown."""
        actor, now = self.actor(who), self.model.seat(who)
        if actor is None or now is None or now.role in told.BLIND:
            return
        standing = list(self.model.standing())
        with at_work(actor):
            used = queries.list_capacities(actor)
            kept = queries.list_versions(actor)
            offered = queries.list_proposals(actor)
            looked = [
                row.values
                for model in OWNED
                for row in look_at(actor, model.objects.visible_to(actor).filter(ended_at=None))
            ]
        assert words_of(looked) == self.model.sees(who, standing)
        counted = [each for each in standing if each.form in ("capacities", "capacity_plans")]
        assert words_of([dict(each.values) for each in used]) == self.model.sees(who, counted)
        own = [each for each in self.model.versions if each.unit == now.unit]
        assert words_of([dict(each.values) for each in kept]) == self.model.sees(who, own)
        assert words_of([dict(each.values) for each in offered]) == self.model.is_offered(who)


def play(examples: int, steps: int) -> type[Sequences]:
    """Let Hypothesis play, and return what it did."""
    stage = Cast()

    class Played(Sequences):
        cast, steps, done = stage, 0, set()

    run_state_machine_as_test(
        Played,
        settings=settings(
            max_examples=examples,
            phases=(Phase.generate,),  # a sequence is sooner read than made shorter
            stateful_step_count=steps,
            suppress_health_check=list(HealthCheck),
        ),
    )
    return Played


def test_a_few_sequences_leave_the_table_as_it_is() -> None:
    assert play(examples=2, steps=20).steps >= 20


@pytest.mark.slow
def test_no_sequence_of_events_lets_anybody_see_more_or_less(
    request: pytest.FixtureRequest,
) -> None:
    wanted: int = request.config.getoption("--steps")
    played = play(examples=max(1, wanted // 40), steps=40)
    assert played.steps >= wanted // 2  # Hypothesis ends some sequences early
