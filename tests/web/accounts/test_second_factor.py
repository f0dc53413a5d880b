"""Codes of the phone, recovery codes, and how neither comes in twice."""

import re

import pyotp
import pytest
from django.test import Client
from pytest_django import Settings

from fenglian.web.accounts import actions, queries
from fenglian.web.accounts.actor import Role
from fenglian.web.accounts.faults import WrongCode
from fenglian.web.accounts.models import RecoveryCode, SecondFactor, Tries, User
from fenglian.web.accounts.queries import Step
from fenglian.web.accounts.second_factor import (
    STEP,
    UnreadableSecret,
    address_for_authenticator,
    draw_recovery_codes,
    matching_step,
    seal,
    unseal,
)
from tests.web.accounts.conftest import (
    PASSWORD,
    SIGN_IN,
    Clock,
    Heard,
    browser,
    code_at,
    give_factor,
    here,
    make,
    type_password,
)

pytestmark = pytest.mark.django_db
CODE, SET_UP = "/accounts/sign-in/code/", "/accounts/second-step/"
ANOTHER_KEY = "of another installation"
RFC = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # the secret of RFC 6238, appendix B, in base 32


@pytest.mark.parametrize(
    ("at", "code"),
    [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")],
)
def test_the_codes_are_those_of_the_standard(at: int, code: str) -> None:
    assert matching_step(RFC, code, at=at, after=-1) == at // STEP


def test_a_clock_may_be_one_step_off_and_no_more() -> None:
    at = 1_700_000_000
    for steps, taken in ((-2, False), (-1, True), (0, True), (1, True), (2, False)):
        code = pyotp.TOTP(RFC).at(at + steps * STEP)
        assert (matching_step(RFC, code, at=at, after=-1) is not None) is taken


def test_a_secret_lies_sealed_and_opens_with_the_installations_key_only(
    settings: Settings, clock: Clock
) -> None:
    secret = give_factor(make("zhang"))
    kept = SecondFactor.objects.get().sealed
    assert secret not in kept
    assert unseal(kept) == secret
    assert seal(secret) != seal(secret)
    first = str(settings.SECRET_KEY)
    settings.SECRET_KEY = ANOTHER_KEY
    with pytest.raises(UnreadableSecret):
        unseal(kept)
    settings.SECRET_KEY_FALLBACKS = [first]
    assert unseal(kept) == secret


def test_with_another_installation_key_a_recovery_code_still_works(
    settings: Settings, clock: Clock
) -> None:
    actor = make("zhang")
    secret = give_factor(actor)
    user = User.objects.get(pk=actor.user)
    clock.move(minutes=1)
    [code, *_rest] = actions.renew_recovery_codes(actor, code=code_at(secret), address="")
    settings.SECRET_KEY = ANOTHER_KEY
    clock.move(minutes=1)
    with pytest.raises(WrongCode):
        actions.try_code(user, code_at(secret), "")
    actions.try_code(user, code, "")


def test_a_code_comes_in_once(stranger: Client, clock: Clock) -> None:
    secret = give_factor(make("zhang"))
    clock.move(minutes=1)
    code = code_at(secret)
    type_password(stranger, "zhang")
    assert stranger.post(CODE, {"code": code}).status_code == 302
    thief = Client()
    type_password(thief, "zhang")
    answer = thief.post(CODE, {"code": code})
    assert answer.status_code == 422
    assert "已经用过" in answer.content.decode()
    assert thief.get("/registry/").status_code == 302


def test_the_code_that_set_it_up_does_not_come_in(clock: Clock) -> None:
    actor = make("zhang")
    secret = give_factor(actor)
    with pytest.raises(WrongCode):
        actions.try_code(User.objects.get(pk=actor.user), code_at(secret), "")


def test_an_earlier_code_is_refused_after_a_later_one(clock: Clock) -> None:
    actor = make("zhang")
    secret, user = give_factor(actor), User.objects.get(pk=actor.user)
    clock.move(minutes=2)
    actions.try_code(user, code_at(secret, 1), "")
    for steps in (-1, 0, 1):
        with pytest.raises(WrongCode):
            actions.try_code(user, code_at(secret, steps), "")
    clock.move(seconds=STEP)
    actions.try_code(user, code_at(secret, 1), "")


def test_a_clock_put_back_lets_no_used_code_in(clock: Clock) -> None:
    actor = make("zhang")
    secret, user = give_factor(actor), User.objects.get(pk=actor.user)
    clock.move(minutes=5)
    used = code_at(secret)
    actions.try_code(user, used, "")
    for minutes in (0, -1, -3):
        clock.move(minutes=minutes)
        for code in (used, code_at(secret)):
            with pytest.raises(WrongCode):
                actions.try_code(user, code, "")
        Tries.objects.all().delete()


@pytest.mark.parametrize("typed", ["{} ", " {}", "{0[0]}{0[1]}{0[2]} {0[3]}{0[4]}{0[5]}"])
def test_a_code_may_be_typed_with_spaces(clock: Clock, typed: str) -> None:
    actor = make("zhang")
    secret = give_factor(actor)
    clock.move(minutes=1)
    actions.try_code(User.objects.get(pk=actor.user), typed.format(code_at(secret)), "")


@pytest.mark.parametrize(
    "typed", ["", "\uff11\uff12\uff13\uff14\uff15\uff16", "abcdef", "0" * 40, "-"]
)
def test_what_is_no_code_is_refused(clock: Clock, typed: str) -> None:
    actor = make("zhang")
    give_factor(actor)
    with pytest.raises(WrongCode):
        actions.try_code(User.objects.get(pk=actor.user), typed, "")


def test_each_recovery_code_works_once_and_for_its_owner_only(clock: Clock, heard: Heard) -> None:
    zhang, li = make("zhang"), make("li")
    give_factor(li)
    secret = give_factor(zhang)
    clock.move(minutes=1)
    codes = actions.renew_recovery_codes(zhang, code=code_at(secret), address="")
    assert len(set(codes)) == 10
    kept = set(RecoveryCode.objects.values_list("digest", flat=True))
    assert not kept & set(codes)
    user = User.objects.get(pk=zhang.user)
    actions.try_code(user, codes[0].upper().replace("-", " "), "")
    assert heard.last("recovery-code")[1].rows == (str(zhang.user),)
    for who, code in ((user, codes[0]), (User.objects.get(pk=li.user), codes[1])):
        with pytest.raises(WrongCode):
            actions.try_code(who, code, "")
    assert queries.find_own(zhang).codes_left == 9


def test_new_recovery_codes_replace_the_old_ones(clock: Clock) -> None:
    actor = make("zhang")
    secret = give_factor(actor)
    page = browser(actor)
    clock.move(minutes=1)
    first = shown_codes(page.post("/accounts/recovery-codes/", {"code": code_at(secret)}))
    clock.move(minutes=1)
    second = shown_codes(page.post("/accounts/recovery-codes/", {"code": code_at(secret)}))
    assert len(first) == len(second) == 10
    assert not set(first) & set(second)
    with pytest.raises(WrongCode):
        actions.try_code(User.objects.get(pk=actor.user), first[0], "")
    wrong = page.post("/accounts/recovery-codes/", {"code": "000000"})
    assert wrong.status_code == 422


def shown_codes(answer: object) -> list[str]:
    return re.findall(r"<li><code>([a-z2-7-]+)</code>", answer.content.decode())  # type: ignore[attr-defined]


def test_recovery_codes_cannot_be_guessed() -> None:
    assert all(len(code.replace("-", "")) * 5 >= 80 for code in draw_recovery_codes())


def test_the_first_sign_in_sets_up_the_second_factor(
    stranger: Client, clock: Clock, heard: Heard
) -> None:
    make("zhang")
    assert type_password(stranger, "zhang", to="/registry/").headers["Location"] == SET_UP
    page = stranger.get(SET_UP).content.decode()
    secret = shown_secret(page)
    assert shown_secret(stranger.get(SET_UP).content.decode()) == secret
    wrong = stranger.post(SET_UP, {"code": "000000"})
    assert wrong.status_code == 422
    assert shown_secret(wrong.content.decode()) == secret
    assert stranger.get("/registry/").status_code == 302
    done = stranger.post(SET_UP, {"code": code_at(secret)})
    assert len(shown_codes(done)) == 10
    assert 'href="/registry/"' in done.content.decode()
    assert "zhang" in stranger.get("/registry/").content.decode()
    assert heard.acts()[-3:] == ["second-factor", "recovery-codes", "sign-in"]
    assert stranger.get(SET_UP).headers["Location"] == "/accounts/"


def shown_secret(page: str) -> str:
    found = re.search(r'id="secret">([A-Z2-7 ]+)<', page)
    assert found is not None
    return found[1].replace(" ", "")


def test_a_password_alone_does_not_replace_a_second_factor(stranger: Client, clock: Clock) -> None:
    give_factor(make("zhang"))
    type_password(stranger, "zhang")
    assert stranger.get(SET_UP).headers["Location"] == SIGN_IN
    assert stranger.post(SET_UP, {"code": "000000"}).headers["Location"] == SIGN_IN


def test_nobody_sets_up_or_types_a_code_without_a_password(stranger: Client) -> None:
    for path in (CODE, SET_UP):
        assert stranger.get(path).headers["Location"] == SIGN_IN
        assert stranger.post(path, {"code": "123456"}).headers["Location"] == SIGN_IN


def test_a_right_password_waits_ten_minutes_for_its_code(stranger: Client, clock: Clock) -> None:
    secret = give_factor(make("zhang"))
    type_password(stranger, "zhang")
    clock.move(minutes=9)
    assert stranger.get(CODE).status_code == 200
    clock.move(minutes=2)
    answer = stranger.post(CODE, {"code": code_at(secret)})
    assert answer.headers["Location"] == SIGN_IN


def test_a_password_changed_in_between_is_asked_for_again(stranger: Client, clock: Clock) -> None:
    actor = make("zhang")
    secret = give_factor(actor)
    type_password(stranger, "zhang")
    actions.change_password(
        actor, current=PASSWORD, new="hongse-fengche-8", address="", session=None
    )
    clock.move(minutes=1)
    answer = stranger.post(CODE, {"code": code_at(secret)})
    assert answer.headers["Location"] == SIGN_IN


def test_a_new_phone_takes_password_and_code_and_then_replaces_the_old_one(clock: Clock) -> None:
    actor = make("zhang")
    old = give_factor(actor)
    page = browser(actor)
    clock.move(minutes=1)
    assert page.get(SET_UP).headers["Location"] == "/accounts/"
    renew = "/accounts/second-step/renew/"
    for typed in ({"password": "x", "code": code_at(old)}, {"password": PASSWORD, "code": "1"}):
        assert page.post(renew, typed).status_code == 422
    typed = {"password": PASSWORD, "code": code_at(old)}
    assert page.post(renew, typed).headers["Location"] == SET_UP
    new = shown_secret(page.get(SET_UP).content.decode())
    assert new != old
    clock.move(minutes=1)
    assert len(shown_codes(page.post(SET_UP, {"code": code_at(new)}))) == 10
    assert page.get(SET_UP).headers["Location"] == "/accounts/"
    clock.move(minutes=1)
    user = User.objects.get(pk=actor.user)
    with pytest.raises(WrongCode):
        actions.try_code(user, code_at(old), "")
    actions.try_code(user, code_at(new), "")


def test_where_a_password_is_enough_guardians_still_need_both(clock: Clock) -> None:
    alliance = here()
    alliance.password_only = True
    alliance.save()
    steps = {}
    for role in Role:
        actor = make(f"p-{role}", role)
        steps[role] = queries.next_step(User.objects.get(pk=actor.user))
    guardians = {Role.STEWARD, Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR}
    assert {role for role, step in steps.items() if step == Step.SET_UP} == guardians
    assert {role for role, step in steps.items() if step == Step.IN} == set(Role) - guardians


def test_the_stricter_of_two_alliances_decides(clock: Clock) -> None:
    easy = here(actions.SYNTHETIC)
    easy.password_only = True
    easy.save()
    actor = make("zhang", alliance=easy)
    user = User.objects.get(pk=actor.user)
    assert queries.next_step(user) == Step.IN
    actions.seat_user(user, here(), Role.ANALYST)
    assert queries.next_step(user) == Step.SET_UP


def test_who_has_a_second_factor_gives_its_code_also_where_none_is_needed(clock: Clock) -> None:
    actor = make("zhang")
    give_factor(actor)
    alliance = here()
    alliance.password_only = True
    alliance.save()
    assert queries.next_step(User.objects.get(pk=actor.user)) == Step.CODE


def test_a_demo_user_has_no_password_and_no_second_factor_to_change(member: Client) -> None:
    for path in ("password/", "second-step/renew/", "recovery-codes/"):
        assert member.get(f"/accounts/{path}").status_code == 403
        assert member.post(f"/accounts/{path}", {"code": "1"}).status_code == 403


def test_the_square_holds_the_address_that_authenticators_read() -> None:
    address = address_for_authenticator(RFC, "zhang@example.org")
    parsed = pyotp.parse_uri(address)
    assert isinstance(parsed, pyotp.TOTP)
    assert (parsed.secret, parsed.issuer, parsed.name) == (RFC, "Fenglian", "zhang@example.org")
