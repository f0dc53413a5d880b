"""Coming in: name and password, the code, and how often somebody may try."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.contrib.auth import authenticate
from django.db import transaction
from django.utils import timezone

from fenglian.web.accounts.actions.seats import NOT_YOURS, seat_of
from fenglian.web.accounts.actions.visits import end_overdue_visits
from fenglian.web.accounts.actor import Actor
from fenglian.web.accounts.arrivals import neighbourhood
from fenglian.web.accounts.faults import Locked, MayNot, NotLetIn, WrongCode
from fenglian.web.accounts.happened import Happening, tell
from fenglian.web.accounts.models import RecoveryCode, SecondFactor, Tries, User
from fenglian.web.accounts.queries import find_actor, tries_key
from fenglian.web.accounts.roles import CONFIRMS
from fenglian.web.accounts.second_factor import (
    UnreadableSecret,
    draw_recovery_codes,
    matching_step,
    plain,
    recovery_digest,
    recovery_digests,
    seal,
    unseal,
)

WINDOW = timedelta(minutes=15)  # in which wrong tries add up
LOCK = timedelta(minutes=15)  # the first; each further one lasts twice as long
LONGEST = timedelta(days=1)
FORGOTTEN = timedelta(days=1)  # after which earlier locks no longer count
OF_A_NAME, OF_AN_ADDRESS = 5, 50  # wrong tries that lock
CODE_LENGTH = 6
NEVER = -1  # before the step of any code


def try_password(username: str, password: str, address: str) -> User:
    """Return whom name and password let in; raises ``NotLetIn`` or ``Locked``.

    A name that nobody has costs the same work, counts the same and locks the same, so that
    nothing tells it from one that somebody has.
    """
    _take_try(username, address)
    user = authenticate(None, username=username, password=password)
    if not isinstance(user, User):
        _note_failure(username, address, "password")
        raise NotLetIn
    _give_back(username, address)
    return user


def try_code(user: User, code: str, address: str) -> None:
    """Take a person's code of now or an unused recovery code; raises ``WrongCode`` or ``Locked``."""
    _take_try(user.username, address)
    if not _takes(user, plain(code)):
        _note_failure(user.username, address, "code")
        raise WrongCode
    _give_back(user.username, address)


def _keys(username: str, address: str) -> Iterator[tuple[str, str, int]]:
    """Yield what counts a try: its kind, its key, and how many wrong ones lock."""
    yield "name", tries_key("name", username), OF_A_NAME
    if address:
        yield "address", tries_key("address", neighbourhood(address)), OF_AN_ADDRESS


@transaction.atomic
def _take_try(username: str, address: str) -> None:
    """Count a try before it is made: many at the same moment get no more of them than one."""
    now = timezone.now()
    for _kind, key, most in _keys(username, address):
        row, is_new = Tries.objects.select_for_update().get_or_create(
            key=key, defaults={"since": now}
        )
        if is_new:
            _forget(now)
        if row.locked_until is not None and row.locked_until > now:
            raise Locked(until=_spoken(row.locked_until))
        if now - row.since > WINDOW:
            row.count, row.since = 0, now
        if row.count >= most:
            raise Locked(until=_spoken(row.since + WINDOW))
        row.count += 1
        row.save(update_fields=["count", "since"])


def _forget(now: datetime) -> None:
    """Drop what no longer counts, so that invented names do not fill the table."""
    old = Tries.objects.filter(since__lt=now - LONGEST - FORGOTTEN)
    old.exclude(locked_until__gt=now - FORGOTTEN).delete()


def _spoken(moment: datetime) -> str:
    """Return a moment as people read it, rounded up to the minute."""
    later = timezone.localtime(moment) + timedelta(seconds=59)
    return later.strftime("%Y-%m-%d %H:%M")


@transaction.atomic
def _note_failure(username: str, address: str, what: str) -> None:
    now = timezone.now()
    for kind, key, most in _keys(username, address):
        row = Tries.objects.select_for_update().filter(key=key).first()
        if row is None or row.count < most:
            continue
        if row.locked_until is not None and now - row.locked_until > FORGOTTEN:
            row.locks = 0
        row.locked_until = now + min(LOCK * 2**row.locks, LONGEST)
        row.locks, row.count, row.since = row.locks + 1, 0, now
        row.save()
        detail = {"by": kind, "minutes": (row.locked_until - now) // timedelta(minutes=1)}
        tell(None, Happening("lock", "accounts.tries", (key[:16],), detail=detail))
    key = tries_key("name", username)[:16]
    detail = {"what": what, "address": address}
    tell(None, Happening("sign-in-failed", "accounts.tries", (key,), detail=detail))


@transaction.atomic
def _give_back(username: str, address: str) -> None:
    """Uncount a try that was right; what was wrong before it still counts."""
    for _kind, key, _most in _keys(username, address):
        row = Tries.objects.select_for_update().filter(key=key, count__gt=0).first()
        if row is not None:
            row.count -= 1
            row.save(update_fields=["count"])


def _takes(user: User, code: str) -> bool:
    if len(code) == CODE_LENGTH and code.isascii() and code.isdigit():
        return _takes_code_of_now(user, code)
    return _takes_recovery_code(user, code)


@transaction.atomic
def _takes_code_of_now(user: User, code: str) -> bool:
    row = SecondFactor.objects.select_for_update().get(user=user)
    try:
        secret = unseal(row.sealed)
    except UnreadableSecret:  # the installation has another key now; recovery codes still work
        return False
    at = timezone.now().timestamp()
    step = matching_step(secret, code, at=at, after=row.last_step)
    if step is None:
        return False
    # Of two who send the same code at once, one finds the step taken.
    fresh = SecondFactor.objects.filter(pk=row.pk, last_step__lt=step)
    return bool(fresh.update(last_step=step))


@transaction.atomic
def _takes_recovery_code(user: User, code: str) -> bool:
    digest = recovery_digest(user.pk, code)
    unused = RecoveryCode.objects.filter(user=user, digest=digest, used_at=None)
    if not unused.update(used_at=timezone.now()):
        return False
    used = Happening("recovery-code", "accounts.recoverycode", (str(user.pk),))
    tell(find_actor(user.pk), used)
    return True


@transaction.atomic
def note_entry(user: User) -> None:
    """Tell that a person came in by every door there was; wrong tries are forgotten.

    Sessions that ended unnoticed are told first.
    """
    end_overdue_visits()
    Tries.objects.filter(key=tries_key("name", user.username)).delete()
    tell(find_actor(user.pk), Happening("sign-in", "accounts.user", (str(user.pk),)))


@transaction.atomic
def note_exit(actor: Actor) -> None:
    """Tell that a person went out."""
    tell(actor, Happening("sign-out", "accounts.user", (str(actor.user),)))


@transaction.atomic
def set_second_factor(user: User, secret: str, code: str) -> tuple[str, ...]:
    """Keep the secret that an authenticator proved to know; return the recovery codes, once."""
    at = timezone.now().timestamp()
    step = matching_step(secret, plain(code), at=at, after=NEVER)
    if step is None:
        raise WrongCode
    kept = {"sealed": seal(secret), "last_step": step, "since": timezone.now()}
    SecondFactor.objects.update_or_create(user=user, defaults=kept)
    tell(find_actor(user.pk), Happening("second-factor", "accounts.user", (str(user.pk),)))
    return new_recovery_codes(user)


@transaction.atomic
def new_recovery_codes(user: User) -> tuple[str, ...]:
    """Replace a person's recovery codes and return the new ones, once."""
    codes = draw_recovery_codes()
    RecoveryCode.objects.filter(user=user).delete()
    RecoveryCode.objects.bulk_create(
        RecoveryCode(user=user, digest=digest) for digest in recovery_digests(user.pk, codes)
    )
    tell(find_actor(user.pk), Happening("recovery-codes", "accounts.user", (str(user.pk),)))
    return codes


@transaction.atomic
def unlock(actor: Actor, username: str) -> None:
    """Let a locked person of the alliance try again at once."""
    if actor.role not in CONFIRMS:
        raise MayNot(NOT_YOURS)
    seat = seat_of(actor, username)
    Tries.objects.filter(key=tries_key("name", seat.user.username)).delete()
    tell(actor, Happening("unlock", "accounts.user", (str(seat.user_id),)))
