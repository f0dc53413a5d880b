"""One deed of a form: done it leads back with a word, refused it leads back with the reason."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from fenglian.engine.errors import FenglianError
from fenglian.web.alliance.actions import Sent


def do(
    request: HttpRequest, act: Callable[[], object], words: str, to: str, *place: str
) -> HttpResponse:
    """Do something and lead to a page; what refuses it is said there."""
    try:
        act()
    except FenglianError as fault:
        messages.warning(request, fault.message(get_language() or "zh"))
    else:
        messages.success(request, words)
    return redirect(to, *place)


def do_form(
    request: HttpRequest,
    form: forms.Form,
    act: Callable[[], object],
    words: str,
    to: str,
    *place: str,
) -> HttpResponse:
    """Do something with what a form holds, where it can be read."""
    if form.is_valid():
        return do(request, act, words, to, *place)
    names = _(", ").join(str(name) for name in form.errors)
    messages.warning(request, _("This could not be read: %(names)s.") % {"names": names})
    return redirect(to, *place)


def tell_sent(request: HttpRequest, send: Callable[[], Sent], to: str, *place: str) -> HttpResponse:
    """Send letters, lead to a page, and say there how many went out and to whom none could."""
    try:
        sent = send()
    except FenglianError as fault:
        messages.warning(request, fault.message(get_language() or "zh"))
        return redirect(to, *place)
    messages.success(request, _("Letters sent to %(units)s units.") % {"units": sent.units})
    if sent.without:
        names = _(", ").join(sent.without)
        messages.warning(request, _("Without an address: %(names)s.") % {"names": names})
    return redirect(to, *place)
