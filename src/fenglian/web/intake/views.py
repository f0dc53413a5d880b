"""The pages of intake: what has been read, one reading, its repairs, what was accepted."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fenglian.engine.errors import (
    CorrectionError,
    DocumentError,
    QuantityError,
    UndecidedCharset,
    WrongCharset,
)
from fenglian.engine.intake.facts import CATALOGUE
from fenglian.web import problems
from fenglian.web.access.table import Act, may
from fenglian.web.accounts.actor import actor_of
from fenglian.web.intake import actions, export, presentation, queries, wording
from fenglian.web.intake.faults import ReviewFault
from fenglian.web.intake.forms import CorrectionForm, DocumentForm, lost_bytes
from fenglian.web.intake.review_views import CONFLICTS, place_in_review

ACTS = {
    "accept": actions.accept_statement,
    "reject": actions.reject_statement,
    "undo": actions.undo_statement,
}


@require_http_methods(["GET", "HEAD", "POST"])
def documents(request: HttpRequest) -> HttpResponse:
    """List what has been read; read another document."""
    if request.method != "POST":
        return _documents_page(request, DocumentForm())
    form = DocumentForm(request.POST, request.FILES)
    if lost_bytes(request):
        form.add_error(
            None, _("The pasted text is not UTF-8. Save it as a file and choose that file.")
        )
    if not form.is_valid():
        return _documents_page(request, form, status=422)
    try:
        document = actions.receive_document(actor_of(request), **form.document())
    except DocumentError as fault:
        form.add_error(None, fault.message(get_language() or "zh"))
        asks = isinstance(fault, UndecidedCharset | WrongCharset)
        return _documents_page(request, form, status=problems.status_of(fault), asks_charset=asks)
    if document.found_again:
        messages.info(request, _("These bytes were read before; this is that reading."))
    return redirect("intake:reading", document.sha256)


def _documents_page(
    request: HttpRequest, form: DocumentForm, *, status: int = 200, asks_charset: bool = False
) -> HttpResponse:
    context = {
        "documents": queries.list_documents(actor_of(request)),
        "form": form,
        "asks_charset": asks_charset or bool(form.data.get("charset")),
    }
    return render(request, "intake/documents.html", context, status=status)


@require_safe
def reading(request: HttpRequest, sha256: str) -> HttpResponse:
    """Show one reading: the raw text, the repaired text, and what it states."""
    identifier = request.GET.get("edit")
    if not identifier or not may(actor_of(request), Act.DECIDE):
        return _reading_page(request, sha256)
    statement = queries.find_statement(actor_of(request), identifier).statement
    if statement.document != sha256:
        raise Http404
    return _reading_page(request, sha256, CorrectionForm(statement))


def _reading_page(
    request: HttpRequest, sha256: str, form: CorrectionForm | None = None, status: int = 200
) -> HttpResponse:
    review = queries.find_review(actor_of(request), sha256)
    document = review.reading.document
    title = queries.title_of(review.reading.page.header, document.name)
    context = {
        "page": presentation.show_reading(review, title, actor_of(request).user),
        "form": form,
        "lit": request.GET.get("statement", ""),  # whose words shine when the page opens
        "model": settings.MODEL_NAME if settings.MODEL_URL else "",
        "next_document": queries.next_document(actor_of(request), sha256),
    }
    return render(request, "intake/reading.html", context, status=status)


@require_safe
def repairs(request: HttpRequest, sha256: str) -> HttpResponse:
    """Show every change that the repairs made."""
    review = queries.find_review(actor_of(request), sha256)
    document = review.reading.document
    context = {
        "sha256": sha256,
        "title": queries.title_of(review.reading.page.header, document.name),
        "summary": presentation.summarise(review),
        "repairs": presentation.show_repairs(document),
        "parts": presentation.show_parts(document, review.reading.page),
        "name": document.name,
    }
    return render(request, "intake/repairs.html", context)


@require_safe
def original(request: HttpRequest, sha256: str) -> HttpResponse:
    """Hand out the bytes as they were received."""
    name, content = queries.original_bytes(actor_of(request), sha256)
    return _download(content, "application/octet-stream", name)


@require_POST
def decide(request: HttpRequest, identifier: str, act: str) -> HttpResponse:
    """Accept, reject or undo one statement."""
    try:
        ACTS[act](actor_of(request), identifier)
    except ReviewFault as fault:
        messages.warning(request, fault.message(get_language() or "zh"))
    return _back_to(request, identifier)


@require_POST
def edit(request: HttpRequest, identifier: str) -> HttpResponse:
    """Correct one statement and accept it so."""
    statement = queries.find_statement(actor_of(request), identifier).statement
    form = CorrectionForm(statement, request.POST)
    if not form.is_valid():
        return _reading_page(request, statement.document, form, status=422)
    try:
        actions.edit_statement(actor_of(request), identifier, form.correction())
    except (CorrectionError, QuantityError) as fault:
        form.refuse(fault)
        return _reading_page(request, statement.document, form, status=problems.status_of(fault))
    return _back_to(request, identifier)


def _back_to(request: HttpRequest, identifier: str) -> HttpResponse:
    place = place_in_review(request)
    if place == CONFLICTS:
        return redirect("intake:conflicts")
    if place:
        return redirect(f"{reverse('intake:queue')}?page={place}")
    document = queries.find_statement(actor_of(request), identifier).statement.document
    return redirect(f"{reverse('intake:reading', args=[document])}#s-{identifier}")


@require_POST
def accept_undoubted(request: HttpRequest, sha256: str) -> HttpResponse:
    """Accept every statement of a document that raises no doubt."""
    count = actions.accept_undoubted(actor_of(request), sha256)
    text = ngettext("%(count)s statement accepted.", "%(count)s statements accepted.", count)
    messages.success(request, text % {"count": count})
    return redirect("intake:reading", sha256)


@require_POST
def undo(request: HttpRequest, sha256: str) -> HttpResponse:
    """Undo the last decision on a document."""
    count = actions.undo_last(actor_of(request), sha256)
    text = ngettext("%(count)s decision undone.", "%(count)s decisions undone.", count)
    messages.info(request, text % {"count": count} if count else _("There is nothing to undo."))
    return redirect("intake:reading", sha256)


@require_safe
def statements(request: HttpRequest) -> HttpResponse:
    """List the accepted statements."""
    actor, fact = actor_of(request), request.GET.get("fact") or None
    counts = queries.count_facts(actor, "accepted")
    context = {
        "cards": [
            presentation.show_card(item)
            for item in queries.list_statements(actor, "accepted", fact=fact)
        ],
        "fact": fact,
        "facts": [
            (kind.name, wording.fact_label(kind.name), counts[kind.name])
            for kind in CATALOGUE
            if kind.name in counts
        ],
        "total": sum(counts.values()),
    }
    return render(request, "intake/statements.html", context)


@require_safe
def statements_csv(request: HttpRequest) -> HttpResponse:
    """Hand out the accepted statements as CSV."""
    items = queries.list_statements(
        actor_of(request), "accepted", fact=request.GET.get("fact") or None
    )
    synthetic = actor_of(request).alliance.synthetic
    content = export.write_statements(items, synthetic=synthetic).encode()
    name = "demo-statements.csv" if synthetic else "statements.csv"
    return _download(content, "text/csv; charset=utf-8", name)


def _download(content: bytes, content_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response
