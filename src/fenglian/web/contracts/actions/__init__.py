"""The only writer of who is named in whose agreement, of the answers, and of the demo's agreements."""

from fenglian.web.contracts.actions.answering import (
    confirm,
    confirm_as,
    dispute,
    keeps_agreements,
    tell_apart,
)
from fenglian.web.contracts.actions.demo import fill_demo_agreements
from fenglian.web.contracts.actions.demo_signing import announce_demo_signing
from fenglian.web.contracts.actions.naming import hear
from fenglian.web.contracts.actions.offering import offer, order

__all__ = [
    "announce_demo_signing",
    "confirm",
    "confirm_as",
    "dispute",
    "fill_demo_agreements",
    "hear",
    "keeps_agreements",
    "offer",
    "order",
    "tell_apart",
]
