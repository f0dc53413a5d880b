"""Which rooms does the menu show? Each app says so in its own ``rooms``.

The order is that of ``INSTALLED_APPS``, which is the order of the house.
"""

from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.apps import apps
from django.conf import settings
from django.http import HttpRequest
from django.urls import get_script_prefix, reverse
from django.utils.functional import Promise
from django.utils.module_loading import import_string

LOOPBACK = {"127.0.0.1", "localhost", "[::1]"}
THEMES = ("light", "dark")
THEME_COOKIE = "fenglian_theme"


@dataclass(frozen=True, slots=True)
class Room:
    """One line of the menu."""

    label: str | Promise
    url: str  # name of the page that the line opens
    pages: tuple[str, ...] = ()  # names of the other pages that belong to it
    waiting: str = ""  # dotted path of a function that counts what waits for an actor
    act: str = "read"  # who may not do this does not see the line


@dataclass(frozen=True, slots=True)
class Line:
    """A room as the menu of one page shows it."""

    label: str | Promise = field(hash=False)  # the address tells rooms apart, and is no lazy word
    address: str
    current: str  # "page": it is the page; "true": the page belongs to it; empty: neither
    waiting: int


def frame(request: HttpRequest) -> dict[str, Any]:
    """Return what the frame of every page shows."""
    theme = request.COOKIES.get(THEME_COOKIE, "")
    return {
        "rooms": (rooms := menu(request)),
        "room_address": next((each.address for each in rooms if each.current), "/"),
        "theme": theme if theme in THEMES else "",
        "local": set(settings.ALLOWED_HOSTS) <= LOOPBACK,
    }


def menu(request: HttpRequest) -> tuple[Line, ...]:
    """Return the menu as this page shows it; a stranger has none."""
    actor = getattr(request, "actor", None)
    if actor is None:
        return ()
    return tuple(
        Line(
            label=room.label,
            address=(address := _address(room.url, get_script_prefix())),
            current=_current(request, room, address),
            waiting=import_string(room.waiting)(actor) if room.waiting else 0,
        )
        for room in all_rooms()
        if room.act in getattr(request, "may", ())
    )


def _current(request: HttpRequest, room: Room, address: str) -> str:
    here = request.resolver_match.view_name if request.resolver_match else None
    if here is None or here not in (room.url, *room.pages):
        return ""
    return "page" if request.path == address else "true"


@cache
def _address(name: str, _mounted_at: str) -> str:
    return reverse(name)


@cache
def all_rooms() -> tuple[Room, ...]:
    """Return the rooms that exist, in the order of the house."""
    return tuple(room for app in apps.get_app_configs() for room in getattr(app, "rooms", ()))
