"""What does the second factor consist of? Codes by time (RFC 6238), recovery codes, sealed secrets.

Nothing here knows a table: values in, values out.
"""

import base64
import secrets
from collections.abc import Iterable
from hashlib import sha256

import pyotp
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.crypto import constant_time_compare

STEP = 30  # seconds that a code stands for
ASKEW = 1  # steps that the clocks of server and phone may differ
RECOVERY_CODES = 10
RECOVERY_BYTES = 10  # 80 bits: too many to try against the digests
ISSUER = "Fenglian"


class UnreadableSecret(ValueError):
    """A sealed secret was made with another key of the installation, or altered."""


def draw_secret() -> str:
    """Return a new secret to share with an authenticator."""
    return pyotp.random_base32()


def seal(secret: str) -> str:
    """Return a secret as it may lie in the database."""
    return _sealer().encrypt(secret.encode()).decode()


def unseal(sealed: str) -> str:
    """Return a sealed secret; raises ``UnreadableSecret``."""
    try:
        return _sealer().decrypt(sealed.encode()).decode()
    except InvalidToken:
        raise UnreadableSecret from None


def _sealer() -> MultiFernet:
    keys = (str(settings.SECRET_KEY), *map(str, settings.SECRET_KEY_FALLBACKS))
    return MultiFernet([Fernet(_derived(key)) for key in keys])


def _derived(key: str) -> bytes:
    derivation = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"fenglian second factor")
    return base64.urlsafe_b64encode(derivation.derive(key.encode()))


def address_for_authenticator(secret: str, username: str) -> str:
    """Return the otpauth address that an authenticator reads from the square."""
    return pyotp.TOTP(secret).provisioning_uri(name=username, issuer_name=ISSUER)


def matching_step(secret: str, code: str, *, at: float, after: int) -> int | None:
    """Return the step whose code this is: now or one beside it, and later than the last one taken.

    ``at`` is in seconds since 1970; ``after`` is the step of the last code that was taken, so
    that neither a replay nor a clock that was put back lets a code in twice.
    """
    now = int(at) // STEP
    codes = pyotp.TOTP(secret)
    found = None
    for step in range(now - ASKEW, now + ASKEW + 1):
        if constant_time_compare(codes.generate_otp(step), code) and step > after:
            found = step
    return found


def draw_recovery_codes() -> tuple[str, ...]:
    """Return new recovery codes, written in groups of four."""
    return tuple(_grouped(secrets.token_bytes(RECOVERY_BYTES)) for _ in range(RECOVERY_CODES))


def _grouped(drawn: bytes) -> str:
    text = base64.b32encode(drawn).decode().lower()
    return "-".join(text[start : start + 4] for start in range(0, len(text), 4))


def recovery_digest(user: int, code: str) -> str:
    """Return what is kept of a recovery code."""
    return sha256(f"{user}:{plain(code)}".encode()).hexdigest()


def recovery_digests(user: int, codes: Iterable[str]) -> list[str]:
    """Return what is kept of recovery codes."""
    return [recovery_digest(user, code) for code in codes]


def plain(code: str) -> str:
    """Return a code without the spaces and strokes that people type."""
    return "".join(code.split()).replace("-", "").lower()
