"""The contact book, as a page and a workbook; the self-score of the year."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from fenglian.engine.alliance.activity import BANDS, PARTS
from fenglian.render.contact_book import MEDIA_TYPE, write_contact_book
from fenglian.web.accounts.actor import actor_of
from fenglian.web.alliance import queries
from fenglian.web.intake.wording import say


@require_safe
def book(request: HttpRequest) -> HttpResponse:
    """Show the contact book as its reader may see it."""
    found = queries.make_book(actor_of(request))
    entries = [(each, say(each.tier)) for each in found.entries]
    return render(request, "alliance/book.html", {"book": found, "entries": entries})


@require_safe
def workbook(request: HttpRequest) -> HttpResponse:
    """Hand out the contact book as a workbook."""
    actor = actor_of(request)
    content = write_contact_book(queries.make_book(actor), get_language() or "zh")
    response = HttpResponse(content, content_type=MEDIA_TYPE)
    start = "demo-" if actor.alliance.synthetic else ""
    response.headers["Content-Disposition"] = f'attachment; filename="{start}contacts.xlsx"'
    return response


@require_safe
def activity(request: HttpRequest) -> HttpResponse:
    """Show the self-score of the year, with what lacks."""
    found = queries.score_year(actor_of(request))
    bands = [(least, band, say(label)) for least, band, label in BANDS]
    context = {
        "score": found,
        "band": next((label for _least, band, label in bands if band == found.band), ""),
        "parts": [
            (
                say(PARTS[each.part]),
                each.weight,
                None
                if each.low is None or each.high is None
                else (round(each.low), round(each.high)),
                [(say(one.label), one.done is None) for one in each.missing],
            )
            for each in found.parts
        ],
        "bands": bands,
    }
    return render(request, "alliance/activity.html", context)
