"""Who read or changed our data, and is the log of it whole?"""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from fenglian.web.accounts.actor import Actor, actor_of
from fenglian.web.audit import anchors, presentation, queries
from fenglian.web.audit.export import write_entries
from fenglian.web.audit.queries import CHANGING, OTHERS, READING, Filter
from fenglian.web.audit.wording import say_fault, say_report

KINDS = (("", _("All")), (READING, _("Read")), (CHANGING, _("Changed")))
BY_OTHERS = ((OTHERS, _("By others")),)
LAST_PAGE = 100_000


@require_safe
def entries(request: HttpRequest) -> HttpResponse:
    """Show who read or changed the data of one's unit; to the auditor, everything."""
    return render(request, "audit/entries.html", _page(request, actor_of(request)))


@require_POST
def check(request: HttpRequest) -> HttpResponse:
    """Recompute the whole log, for the auditor, and show what was found."""
    actor = actor_of(request)
    report = queries.check_for(actor, anchors.kept_anchors())
    language = get_language() or "zh"
    found = {
        "report": report,
        "verdict": say_report(report).text(language),
        "faults": [say_fault(each).text(language) for each in report.faults],
    }
    return render(request, "audit/entries.html", {**_page(request, actor), **found})


@require_safe
def entries_csv(request: HttpRequest) -> StreamingHttpResponse:
    """Hand out the entries that a filter leaves as CSV."""
    actor = actor_of(request)
    lines = queries.stream_entries(actor, read_filter(request))
    response = StreamingHttpResponse(
        write_entries(actor, lines), content_type="text/csv; charset=utf-8"
    )
    name = "demo-audit.csv" if actor.alliance.synthetic else "audit.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def read_filter(request: HttpRequest) -> Filter:
    """Return what the address asks for; what cannot be meant is left out."""
    kind, page = request.GET.get("kind", ""), request.GET.get("page", "")
    number = int(page) if page.isascii() and page.isdecimal() and len(page) < 9 else 1
    return Filter(
        kind=kind if kind in (READING, CHANGING, OTHERS) else "",
        page=min(max(number, 1), LAST_PAGE),
    )


def _page(request: HttpRequest, actor: Actor) -> dict[str, Any]:
    wanted = read_filter(request)
    page = queries.list_entries(actor, wanted)
    following = {"kind": wanted.kind, "page": wanted.page + 1}
    return {
        "rows": [presentation.show(line) for line in page.lines],
        "older": urlencode({name: value for name, value in following.items() if value})
        if page.has_more
        else "",
        "wanted": wanted,
        "kinds": KINDS if queries.sees_all(actor) else (*KINDS, *BY_OTHERS),
        "sees_all": queries.sees_all(actor),
        "has_data": queries.has_data(actor),
    }
