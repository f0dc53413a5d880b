"""An attendance sheet comes in: looked at first, then kept, the same rows once.

A look before keeping does everything that keeping does, and takes it back.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches

from django.db import transaction

from fenglian.engine.alliance.attendance import Attended, attended, check_attendance
from fenglian.engine.alliance.roll import refuse
from fenglian.engine.alliance.sheet_faults import UnitNotListed
from fenglian.engine.intake.sheets import Sheets
from fenglian.engine.registry.cells import words_of
from fenglian.engine.registry.mapping import recognise
from fenglian.engine.registry.names import normal_form
from fenglian.engine.registry.sheets import RowOutcome, read_profile_sheets
from fenglian.outside.workbook import read_workbook
from fenglian.web.access.table import Act, require
from fenglian.web.accounts.actor import Actor
from fenglian.web.accounts.models import Owner
from fenglian.web.alliance.actions.meeting import note_presence
from fenglian.web.alliance.faults import OtherMeeting
from fenglian.web.alliance.queries.meetings import find_meeting
from fenglian.web.alliance.queries.sheets import known_presence
from fenglian.web.alliance.sheet_tables import ATTENDANCE, known_places, sheet_tables
from fenglian.web.registry.actions import Brought, Receipt

NEAR, SHOWN = 0.5, 3  # share of characters in common; names that are shown
MADE_FOR = re.compile(r"(?:会议编号 |meeting )(?P<slug>[0-9a-f]{16})")


def bring_attendance(
    actor: Actor, slug: str, *, content: bytes, name: str, keep: bool = False
) -> Brought:
    """Bring the attendance sheet of a meeting in, or only look what would become of it.

    Raises
    ------
    NotPermitted, ObjectDoesNotExist
        Where the actor keeps no meetings, or there is none at the address.
    WorkbookError, DocumentError
        Where the file is not read at all.
    OtherMeeting
        Where the sheet says that it belongs to another meeting.
    """
    require(actor, Act.KEEP_MEMBERS)
    find_meeting(actor, slug)
    sheets = read_workbook(content, name)  # in a child with limits, before anything is locked
    _check_meeting(sheets, slug)
    tables = {ATTENDANCE: sheet_tables()[ATTENDANCE]}
    reading = read_profile_sheets(sheets, tables, known=known_places())
    with transaction.atomic():
        rows = _receive(actor, slug, [check_attendance(row) for row in reading.rows])
        if not keep:
            transaction.set_rollback(True)
    receipt = Receipt(rows, reading.warnings, reading.left_aside)
    return Brought(sheets, recognise(sheets, tables), receipt, keep)


def _check_meeting(sheets: Sheets, slug: str) -> None:
    for sheet in sheets.sheets:
        for row in sheet.rows[:3]:  # above the headings
            for cell in row.cells.values():
                found = MADE_FOR.search(words_of(cell.value))
                if found and found["slug"] != slug:
                    raise OtherMeeting


def _receive(actor: Actor, slug: str, rows: Sequence[RowOutcome]) -> tuple[RowOutcome, ...]:
    known = known_presence(find_meeting(actor, slug))
    here = Owner.objects.filter(alliance_id=actor.alliance.id).values_list("name", flat=True)
    names = frozenset(here)
    return tuple(_note(actor, slug, row, names, known) for row in rows)


def _note(
    actor: Actor,
    slug: str,
    row: RowOutcome,
    names: frozenset[str],
    known: Mapping[str, tuple[Attended, bool]],
) -> RowOutcome:
    if row.status != "accepted":
        return row
    unit = str(row.values["unit"])
    if unit not in names:
        return refuse(row, UnitNotListed(**row.place("unit"), near=_near(unit, names)))
    before, confirmed = known.get(unit, (None, True))
    now = attended(row, before)
    if now is None or row.values.get("how") is None or (now == before and confirmed):
        return replace(row, status="duplicate")
    note_presence(actor, slug, unit, now.persons, now.names, how=now.how, stands_in=now.stands_in)
    return row


def _near(unit: str, names: frozenset[str]) -> str:
    same = sorted(each for each in names if normal_form(each) == normal_form(unit))
    found = same or get_close_matches(unit, sorted(names), n=SHOWN, cutoff=NEAR)
    return "、".join(found) or "–"
