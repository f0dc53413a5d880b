"""The page behind a link: whoever has it fills in a unit's forms, and sees nothing that is kept.

The address is the key. So no page of these is stored, tells other sites where one came from, or
leaves its address in the log; and because the key travels in the address and in no cookie, there
is nothing that another site could make a browser do: no token against forgery is needed, nor
could it be checked, as browsers that send no referrer send no origin either.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core import signing
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from fenglian.engine.errors import FenglianError
from fenglian.render.registry_book import MEDIA_TYPE
from fenglian.web.accounts.actor import open_to_strangers
from fenglian.web.intake.wording import say
from fenglian.web.registry import actions, book, queries
from fenglian.web.registry.actions import Receipt
from fenglian.web.registry.faults import LinkBusy
from fenglian.web.registry.forms import WorkbookForm
from fenglian.web.registry.profile_tables import profile_tables
from fenglian.web.registry.queries import LinkVisit
from fenglian.web.registry.unit_presentation import name_rows, say_fault, show_inputs

SENT = "fenglian_sent"  # the sender's own words, kept in the sender's own browser
MOST_SENT, LONGEST = 12, 30  # names that are remembered, and their characters
REMEMBERED = 12 * 3600  # seconds
DISCREET = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
}
Page = Callable[[HttpRequest, LinkVisit, str], HttpResponse]


def by_link(page: Page) -> Callable[..., HttpResponse]:
    """Open a page to whoever has a link; every link that opens nothing gets the same answer."""

    @open_to_strangers
    @csrf_exempt
    @wraps(page)
    def view(request: HttpRequest, token: str) -> HttpResponse:
        visit = queries.open_link(token)
        try:
            response = page(request, visit, token) if visit else _closed(request)
        except ObjectDoesNotExist:  # revoked while the page was open
            response = _closed(request)
        for name, value in DISCREET.items():
            response.headers[name] = value
        vars(response)["_has_been_logged"] = True  # Django's line would name the address
        return response

    return view


def _closed(request: HttpRequest) -> HttpResponse:
    return render(request, "registry/fill_closed.html", _frame(), status=404)


def _frame() -> dict[str, Any]:
    """Return the frame as a stranger sees it, whoever is signed in."""
    return {"actor": None, "rooms": [], "may": {}, "bare": True}


@require_http_methods(["GET", "HEAD", "POST"])
def _form(request: HttpRequest, visit: LinkVisit, token: str) -> HttpResponse:
    """Show an empty form; take it filled in."""
    name = request.GET.get("form", visit.forms[0])
    if name not in visit.forms:
        raise ObjectDoesNotExist
    if request.method != "POST":
        return _page(request, visit, token, name)
    columns = [each.name for each in profile_tables()[name].columns]
    typed = {each: request.POST.get(each, "") for each in columns}
    try:
        receipt = actions.fill_by_link(visit, name, typed)
    except LinkBusy as fault:
        return _refused(request, visit, token, name, fault, 429, typed=typed)
    if receipt.rejected:
        return _page(request, visit, token, name, receipt=receipt, typed=typed, status=422)
    response = redirect(f"{reverse('fill:form', args=[token])}?form={name}")
    return _remember(request, response, visit, receipt)


@require_http_methods(["GET", "HEAD", "POST"])
def _workbook(request: HttpRequest, visit: LinkVisit, token: str) -> HttpResponse:
    """Hand out an empty workbook of the link's forms; take it filled in."""
    if request.method != "POST":
        content = book.write_empty(visit.actor, visit.forms, get_language() or "zh")
        response = HttpResponse(content, content_type=MEDIA_TYPE)
        name = "demo-forms.xlsx" if visit.actor.alliance.synthetic else "forms.xlsx"
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        return response
    first, form = visit.forms[0], WorkbookForm(request.POST, request.FILES)
    if not form.is_valid():
        return redirect("fill:form", token)
    file = form.cleaned_data["file"]
    try:
        receipt = actions.import_by_link(visit, content=file.read(), name=file.name or "")
    except FenglianError as fault:
        status = 429 if isinstance(fault, LinkBusy) else 422
        return _refused(request, visit, token, first, fault, status)
    response = _page(request, visit, token, first, receipt=receipt, is_book=True)
    return _remember(request, response, visit, receipt)


@require_POST
def _language(request: HttpRequest, visit: LinkVisit, token: str) -> HttpResponse:
    """Remember the language that a visitor reads."""
    response = redirect("fill:form", token)
    wanted = request.POST.get("language", "")
    if wanted in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            wanted,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            samesite="Lax",
            secure=request.is_secure(),
        )
    return response


form = by_link(_form)
workbook = by_link(_workbook)
language = by_link(_language)


def _page(
    request: HttpRequest,
    visit: LinkVisit,
    token: str,
    name: str,
    *,
    receipt: Receipt | None = None,
    typed: dict[str, str] | None = None,
    refused: str = "",
    is_book: bool = False,
    status: int = 200,
) -> HttpResponse:
    table, pack = profile_tables()[name], visit.actor.alliance.pack
    faults = receipt.faults if receipt and not is_book else ()
    sent = _sent(request, visit)
    if receipt:
        sent = [*name_rows(receipt.rows, pack), *sent]
    context = {
        **_frame(),
        "token": token,
        "unit": visit.unit,
        "alliance": visit.actor.alliance,
        "until": visit.until,
        "form": name,
        "title": say(table.label),
        "about": say(table.about),
        "others": [(each, say(profile_tables()[each].label)) for each in visit.forms],
        "inputs": show_inputs(table, None, typed, pack, faults),
        "faults": [say_fault(fault) for fault in faults],
        "receipt": receipt if is_book else None,
        "rejected": _rejected(receipt) if receipt and is_book else [],
        "refused": refused,
        "sent": list(dict.fromkeys(sent)),
    }
    return render(request, "registry/fill.html", context, status=status)


def _rejected(receipt: Receipt) -> list[tuple[str, int, list[str]]]:
    language = get_language() or "zh"
    return [
        (each.sheet, each.row, [fault.message(language) for fault in each.faults])
        for each in receipt.rows
        if each.status == "rejected"
    ]


def _refused(
    request: HttpRequest,
    visit: LinkVisit,
    token: str,
    name: str,
    fault: FenglianError,
    status: int,
    *,
    typed: dict[str, str] | None = None,
) -> HttpResponse:
    words = fault.message(get_language() or "zh")
    return _page(request, visit, token, name, typed=typed, refused=words, status=status)


def _salt(visit: LinkVisit) -> str:
    return f"{SENT}.{visit.link}"


def _sent(request: HttpRequest, visit: LinkVisit) -> list[str]:
    """Return the names of what this browser sent through this link of late."""
    try:
        names = signing.loads(request.COOKIES.get(SENT, ""), salt=_salt(visit), max_age=REMEMBERED)
    except signing.BadSignature:
        return []
    return [str(name) for name in names]


def _remember(
    request: HttpRequest, response: HttpResponse, visit: LinkVisit, receipt: Receipt
) -> HttpResponse:
    new = name_rows(receipt.rows, visit.actor.alliance.pack)
    names = dict.fromkeys(name[:LONGEST] for name in (*new, *_sent(request, visit)))
    value = signing.dumps(list(names)[:MOST_SENT], salt=_salt(visit), compress=True)
    response.set_cookie(
        SENT,
        value,
        path="/fill/",
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )
    return response
