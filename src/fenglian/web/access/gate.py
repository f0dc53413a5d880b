"""Who comes in? Every page wants an account, except where a view says that it does not.

Default-deny: a new view that nobody thought about is closed to strangers, not open.
"""

from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from ninja.security import APIKeyCookie, HttpBearer

from fenglian.web.access.table import Act, may
from fenglian.web.access.wall import lower_wall, raise_wall
from fenglian.web.accounts.actor import ALLIANCE, Actor, visitor
from fenglian.web.accounts.queries import actor_of_account, find_actor_by_key, sees_people
from fenglian.web.problems import API

API_PAGES = ("api-1:openapi-view",)  # pages for people among the addresses for programs
OWN = "own"  # what only those may who speak for a unit
DATA_HEADER = "Fenglian-Data"


class GateMiddleware:
    """Find out who is there, turn strangers to the sign-in page, mark answers with demo data."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        _set_actor(request, _by_session(request))
        try:
            response = self.get_response(request)
        finally:
            lower_wall()
        actor = visitor(request)
        if actor is not None:
            response.headers[DATA_HEADER] = "synthetic" if actor.alliance.synthetic else "sourced"
            # What one person may see must not come out of a shared store for another.
            response.headers.setdefault("Cache-Control", "private")
        return response

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponseBase],
        args: Sequence[Any],
        kwargs: dict[str, Any],
    ) -> HttpResponse | None:
        if visitor(request) is not None or getattr(view, "open_to_strangers", False):
            return None
        match = request.resolver_match
        if request.path.startswith(API) and match and match.view_name not in API_PAGES:
            return None  # answers 401 itself, see NinjaAPI(auth=…)
        address = request.get_full_path() if request.method in ("GET", "HEAD") else "/"
        return redirect(f"{reverse('accounts:sign-in')}?{urlencode({'next': address})}")


def _set_actor(request: HttpRequest, actor: Actor | None) -> None:
    vars(request)["actor"] = actor
    acts = {str(act) for act in Act if actor is not None and may(actor, act)}
    if actor is not None and actor.owner is not None:
        acts.add(OWN)
    vars(request)["may"] = frozenset(acts)
    raise_wall(actor)


def _by_session(request: HttpRequest) -> Actor | None:
    user = request.user
    if isinstance(user, AnonymousUser):
        return None
    return actor_of_account(user, request.session.get(ALLIANCE))


class SignedIn(APIKeyCookie):
    """The browser's session. Foreign pages are refused before, see ``problems``."""

    param_name = "sessionid"

    def __init__(self) -> None:
        super().__init__(csrf=False)

    def authenticate(self, request: HttpRequest, key: str | None) -> Actor | None:
        return visitor(request)


class ByKey(HttpBearer):
    """``Authorization: Bearer …`` with a key from the account page."""

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        actor = find_actor_by_key(token)
        if actor is not None:
            _set_actor(request, actor)
        return actor


def frame(request: HttpRequest) -> dict[str, Any]:
    """Return who is there and what they may do, for the templates."""
    actor = visitor(request)
    return {
        "actor": actor,
        "role_seal": str(actor.role.label)[:1] if actor else "",
        "sees_people": actor is not None and sees_people(actor),
        "may": {str(act): actor is not None and may(actor, act) for act in Act},
    }
