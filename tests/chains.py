"""Chains for tests: the shipped ones, and small ones with a few words changed."""

from functools import cache

from fenglian.engine.chain.model import Chain, build_chain
from fenglian.engine.chain.pack import Pack, build_pack, join_region
from tests.planting import Change, sound


@cache
def shipped(scenario: str | None = None) -> Chain:
    """Return the wind chain of Shanxi."""
    return build_chain(shipped_pack(), scenario)


@cache
def shipped_pack() -> Pack:
    """Return the wind pack with Shanxi laid over it."""
    return join_region(build_pack(sound("wind")), build_pack(sound("shanxi")))


def example(*changes: Change) -> Chain:
    """Return the chain of the example pack, changed."""
    files = sound()
    for change in changes:
        files = change(files)
    return build_chain(build_pack(files))


def tower(*changes: Change, scenario: str | None = None) -> Chain:
    """Return the wind chain of Shanxi with changes in the region pack."""
    files = sound("shanxi")
    for change in changes:
        files = change(files)
    return build_chain(join_region(build_pack(sound("wind")), build_pack(files)), scenario)
