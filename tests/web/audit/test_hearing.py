"""What accounts tell stands in the log, in the transaction in which it happened."""

import pytest
from django.db import transaction

from fenglian.web.accounts.happened import Happening, happened, tell
from fenglian.web.audit.actions import hear
from fenglian.web.audit.models import Entry

pytestmark = pytest.mark.django_db


def test_what_accounts_tell_is_written_down() -> None:
    happened.connect(hear, dispatch_uid="audit")
    with transaction.atomic():
        tell(None, Happening("sign-in", "accounts.user", ("7",), owner=3, detail={"way": "code"}))
    entry = Entry.objects.order_by("-number")[0]
    assert (entry.act, entry.table, entry.owner) == ("sign-in", "accounts.user", 3)
    assert "code" in entry.detail


def test_what_is_undone_is_not_told() -> None:
    happened.connect(hear, dispatch_uid="audit")
    before = Entry.objects.count()
    with transaction.atomic():
        tell(None, Happening("sign-in", "accounts.user", ("7",)))
        transaction.set_rollback(True)
    assert Entry.objects.count() == before
