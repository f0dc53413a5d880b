"""What does a fault look like to the one who asked: a page, or RFC 9457 problem+json?

The only file that knows HTTP status codes. Faults of the engine are named there; here each
gets its status, and everything else that can go wrong gets a page in the same look.
"""

import re
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotAllowed,
    JsonResponse,
)
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from fenglian.engine.errors import DocumentTooLarge, FenglianError, NotText

API = "/api/"
View = Callable[..., HttpResponseBase]
SAFE = ("GET", "HEAD", "OPTIONS")


def status_of(fault: FenglianError) -> int:
    """Return the HTTP status of an engine fault; what cannot be read is the sender's to mend."""
    if isinstance(fault, DocumentTooLarge):
        return 413
    return 415 if isinstance(fault, NotText) else 422


def title_of(status: int) -> str:
    """Return the short name of a fault in the language of the request."""
    titles = {
        400: _("The request cannot be understood"),
        401: _("Sign in first"),
        403: _("The request was refused"),
        404: _("Nothing is kept at this address"),
        405: _("This address does not do that"),
        409: _("Someone else was faster"),
        413: _("Too much at once"),
        415: _("This is not text"),
        422: _("What was sent cannot be used"),
    }
    return titles.get(status, _("Something broke on our side"))


def problem(
    request: HttpRequest,
    status: int,
    detail: str,
    *,
    name: str = "",
    facts: dict[str, Any] | None = None,
) -> HttpResponse:
    """Answer with a fault, as JSON where a program asked and as a page where a person did."""
    name = name or f"http-{status}"
    if request.path.startswith(API):
        body = {
            "type": f"urn:fenglian:problem:{name}",
            "title": title_of(status),
            "status": status,
            "detail": detail,
            "instance": request.path,
            **({"facts": facts} if facts else {}),
        }
        response: HttpResponse = JsonResponse(
            body,
            status=status,
            content_type="application/problem+json",
            json_dumps_params={"ensure_ascii": False, "default": str},
        )
        response["Content-Language"] = get_language() or ""
        return response
    context = {"status": status, "title": title_of(status), "detail": detail}
    if status >= 500:  # the menu counts in the database, which may be what broke
        return HttpResponse(render_to_string("web/problem.html", context), status=status)
    return render(request, "web/problem.html", context, status=status)


def engine_fault(request: HttpRequest, fault: FenglianError) -> HttpResponse:
    """Answer with a fault that the engine named."""
    detail = fault.message(get_language() or "zh")
    return problem(request, status_of(fault), detail, name=_slug(fault), facts=fault.facts)


def _slug(fault: FenglianError) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "-", type(fault).__name__).lower()


# Django's handlers, named in urls.py.


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: headers, cookies or form that no browser of ours sends."""
    detail = _("Part of the request is damaged. Go back, reload the page and try again.")
    return problem(request, 400, detail)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: what this visitor may not do."""
    detail = getattr(exception, "detail", None)  # of an act that the role does not allow
    return problem(request, 403, detail() if detail else _("You may not see or do this here."))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: with the address that was asked for."""
    detail = _("There is nothing at %(path)s. Check the address, or start from the overview.")
    return problem(request, 404, detail % {"path": request.path})


def server_fault(request: HttpRequest) -> HttpResponse:
    """500: our fault; says that nothing was half done."""
    detail = _(
        "Nothing was half done: what you sent was either kept whole or not at all. Try again."
    )
    return problem(request, 500, detail)


def foreign_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form did not come from a page of ours, or the page is too old."""
    detail = _("The form is no longer valid. Reload the page and send it again.")
    return problem(request, 403, detail)


class ProblemMiddleware:
    """Refuse what is too large or foreign before it is read; turn engine faults into answers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        refusal = _refuse_size(request) or _refuse_foreign(request)
        if refusal is not None:
            return refusal
        response = self._answer(request)
        if (
            response.status_code == 405
            and response.get("Content-Type") != "application/problem+json"
        ):
            allowed = response.get("Allow", "")
            detail = _("%(method)s does not work at %(path)s; these do: %(allowed)s.")
            facts = {"method": request.method, "path": request.path, "allowed": allowed}
            response = problem(request, 405, detail % facts)
            response["Allow"] = allowed
        return response

    def _answer(self, request: HttpRequest) -> HttpResponseBase:
        """Answer a HEAD of the API, whose operations know GET only, like a GET without its body."""
        if request.method != "HEAD" or not request.path.startswith(API):
            return self.get_response(request)
        request.method = "GET"
        response = self.get_response(request)
        request.method = "HEAD"
        if response.status_code != 405 and isinstance(response, HttpResponse):
            response.headers["Content-Length"] = str(len(response.content))
            response.content = b""
        return response

    def process_view(
        self, request: HttpRequest, view: View, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        """Look at the method before the form's token is asked for; keep a form's bytes."""
        if request.path.startswith(API) or request.method in SAFE:
            return None
        if request.method == "POST":
            _ = request.body  # once the fields are parsed, nobody can tell what they were
            return None
        asked, request.method = request.method, "OPTIONS"  # a safe way to ask what a page allows
        response = view(request, *args, **kwargs)
        request.method = asked
        return (
            HttpResponseNotAllowed(response["Allow"].split(", ")) if "Allow" in response else None
        )

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        if isinstance(fault, FenglianError):
            return engine_fault(request, fault)
        if isinstance(fault, ObjectDoesNotExist):
            return not_found(request)
        return None


def _refuse_size(request: HttpRequest) -> HttpResponse | None:
    size = request.META.get("CONTENT_LENGTH") or "0"
    if not size.isdigit():
        return bad_request(request)
    if int(size) <= settings.BODY_LIMIT:
        return None
    detail = _("%(size)s bytes were sent; at most %(limit)s are taken. Send single documents.")
    return problem(
        request, 413, detail % {"size": f"{int(size):,}", "limit": f"{settings.BODY_LIMIT:,}"}
    )


def _refuse_foreign(request: HttpRequest) -> HttpResponse | None:
    """Refuse another site's script that writes through the API; browsers say where they stand."""
    if request.method in SAFE or not request.path.startswith(API):
        return None
    if request.headers.get("Sec-Fetch-Site", "none") in ("none", "same-origin"):
        origin = request.headers.get("Origin")
        if origin is None or origin == f"{request.scheme}://{request.get_host()}":
            return None
    return problem(request, 403, _("Pages of other sites may not write here."))


def answer_problems(api: NinjaAPI) -> None:
    """Make an API answer every fault with problem+json."""
    for fault in (FenglianError, ObjectDoesNotExist, Http404, HttpError, ValidationError):
        api.add_exception_handler(fault, _answer)


def _answer(request: HttpRequest, fault: Exception | type[Exception]) -> HttpResponse:
    if isinstance(fault, FenglianError):
        return engine_fault(request, fault)
    if isinstance(fault, ValidationError):
        return _invalid(request, fault)
    if isinstance(fault, HttpError):
        cause = fault.__cause__
        detail = f"{fault.message}: {cause}" if isinstance(cause, ValueError) else fault.message
        return problem(request, fault.status_code, detail)
    return not_found(request)


def _invalid(request: HttpRequest, fault: ValidationError) -> HttpResponse:
    places = [".".join(str(part) for part in error["loc"]) for error in fault.errors]
    detail = "; ".join(
        f"{place}: {error['msg']}" for place, error in zip(places, fault.errors, strict=True)
    )
    return problem(request, 422, detail, name="invalid", facts={"places": places})
