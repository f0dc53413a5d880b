"""How does an entry look on the page: the words for what was done, to what, by whom?"""

import json
from dataclasses import dataclass
from datetime import datetime

from django.apps import apps
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from fenglian.web.accounts.actor import Role
from fenglian.web.audit.queries import Line

SHOWN_ROWS = 3
# Acts that the rooms write; another one is shown as it was written.
ACTS: dict[str, str | Promise] = {
    "read": pgettext_lazy("act", "read"),
    "export": pgettext_lazy("act", "exported"),
    "add": pgettext_lazy("act", "added"),
    "change": pgettext_lazy("act", "changed"),
    "end": pgettext_lazy("act", "ended"),
    "grant": pgettext_lazy("act", "granted"),
    "revoke": pgettext_lazy("act", "revoked"),
    "import": pgettext_lazy("act", "imported"),
    "propose": pgettext_lazy("act", "proposed"),
    "taken": pgettext_lazy("act", "took over"),
    "refused": pgettext_lazy("act", "turned down"),
    "link": pgettext_lazy("act", "filled in through a link"),
    "link-made": pgettext_lazy("act", "made a link"),
    "link-revoked": pgettext_lazy("act", "took a link back"),
    "sign-in": pgettext_lazy("act", "signed in"),
    "sign-out": pgettext_lazy("act", "signed out"),
    "session-end": pgettext_lazy("act", "session ended"),
}
SYSTEM = gettext_lazy("This installation")
STRANGER = gettext_lazy("Nobody signed in")


@dataclass(frozen=True, slots=True)
class Row:
    """One entry as the page shows it."""

    number: int | None  # the auditor's
    at: datetime
    who: str
    whence: str  # role and unit
    act: str
    table: str
    rows: tuple[str, ...]  # the first few public ids
    more: int  # how many further ones there are
    data_class: str
    purpose: str
    fields: str  # what the detail says, in a line


def show(line: Line) -> Row:
    """Return an entry in the words of the request's language."""
    return Row(
        number=line.number,
        at=line.at,
        who=line.who or str(STRANGER),
        whence=_(", ").join(filter(None, (line.unit, _role(line.role)))),
        act=str(ACTS.get(line.act, line.act)),
        table=_table(line.table),
        rows=line.rows[:SHOWN_ROWS],
        more=max(0, len(line.rows) - SHOWN_ROWS),
        data_class=line.data_class,
        purpose=line.purpose,
        fields=_fields(line.detail),
    )


def _role(role: str) -> str:
    if role == "system":
        return str(SYSTEM)
    return str(Role(role).label) if role in Role.values else role


def _table(name: str) -> str:
    """Return room and table in words, where the table is still there."""
    room, _point, model = name.partition(".")
    try:
        found = apps.get_model(room, model)
    except LookupError:
        return name
    return f"{apps.get_app_config(room).verbose_name} · {found._meta.verbose_name}"


def _fields(detail: str) -> str:
    """Return the names of the fields, or whatever else the detail holds."""
    said = json.loads(detail)
    return "; ".join(
        f"{name}: {', '.join(map(str, value)) if isinstance(value, list) else value}"
        for name, value in said.items()
    )
