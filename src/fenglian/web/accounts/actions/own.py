"""What a person does with their own account: password, second factor, sessions, keys."""

import secrets
from hashlib import sha256

from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.utils import timezone

from fenglian.web.accounts.actions.doors import new_recovery_codes, try_code, try_password
from fenglian.web.accounts.actor import Actor
from fenglian.web.accounts.happened import Happening, tell
from fenglian.web.accounts.models import Key, Seat, SecondFactor, User, Visit
from fenglian.web.accounts.queries import visit_id

KEY_BYTES = 32


def change_password(
    actor: Actor, *, current: str, new: str, address: str, session: str | None
) -> User:
    """Change one's password; every session but this one ends.

    Raises ``NotLetIn``, ``Locked``, and ``ValidationError`` where the new one is weak.
    """
    user = try_password(User.objects.get(pk=actor.user).username, current, address)
    validate_password(new, user)
    user.set_password(new)  # takes long on purpose: before the database is held
    with transaction.atomic():
        user.save(update_fields=["password"])
        tell(actor, Happening("password", "accounts.user", (str(user.pk),)))
        end_other_sessions(actor, session)
    return user


def prove_oneself(actor: Actor, *, password: str, code: str, address: str) -> None:
    """Ask for password and code once more, before the second factor changes."""
    user = try_password(User.objects.get(pk=actor.user).username, password, address)
    if SecondFactor.objects.filter(user=user).exists():
        try_code(user, code, address)


def renew_recovery_codes(actor: Actor, *, code: str, address: str) -> tuple[str, ...]:
    """Replace one's recovery codes, for a code; return the new ones, once."""
    user = User.objects.get(pk=actor.user, second_factor__isnull=False)
    try_code(user, code, address)
    return new_recovery_codes(user)


@transaction.atomic
def end_session(actor: Actor, session: str) -> None:
    """End one of one's sessions; raises ``Visit.DoesNotExist`` for others' and none."""
    visits = Visit.objects.filter(account_id=actor.user)
    found = next((each for each in visits if visit_id(each.session_key) == session), None)
    if found is None:
        raise Visit.DoesNotExist
    found.delete()
    tell(actor, Happening("session-end", "accounts.visit", (session,)))


@transaction.atomic
def end_other_sessions(actor: Actor, session: str | None) -> None:
    """End all of one's sessions but the one with this key."""
    others = Visit.objects.filter(account_id=actor.user).exclude(session_key=session or "")
    ids = tuple(visit_id(each.session_key) for each in others)
    others.delete()
    if ids:
        tell(actor, Happening("session-end", "accounts.visit", ids))


@transaction.atomic
def issue_key(actor: Actor, name: str) -> str:
    """Make a key for a program and return it; it cannot be shown again."""
    key = secrets.token_urlsafe(KEY_BYTES)
    row = Key.objects.create(
        seat=Seat.objects.get(user_id=actor.user, alliance_id=actor.alliance.id),
        digest=sha256(key.encode()).hexdigest(),
        name=name,
        created_at=timezone.now(),
    )
    tell(actor, Happening("key", "accounts.key", (str(row.pk),)))
    return key


@transaction.atomic
def revoke_key(actor: Actor, key: int) -> None:
    """Take a key of one's own away; it stops working at once."""
    Key.objects.get(pk=key, seat__user_id=actor.user).delete()
    tell(actor, Happening("key-revoke", "accounts.key", (str(key),)))
