"""The member list and a meeting's attendance sheet, for programs: workbooks out and in."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from ninja import File, Form, Router, Schema, UploadedFile

from fenglian.web.access.table import Act, require
from fenglian.web.accounts.actor import actor_of
from fenglian.web.alliance import actions, queries, sheets
from fenglian.web.alliance.sheet_views import hand_out
from fenglian.web.registry.actions import Brought
from fenglian.web.registry.unit_api import RowFaultOut, fault_out

router = Router(tags=["alliance"])


class SheetRowOut(Schema):
    """What became of one row, as the spreadsheet counts."""

    sheet: str
    row: int
    status: str
    faults: list[RowFaultOut]
    warnings: list[RowFaultOut]


class SheetReceiptOut(Schema):
    """What became of a workbook: accepted + rejected + duplicate are all its rows."""

    kept: bool  # False: it was only looked at
    accepted: int
    rejected: int
    duplicate: int
    rows: list[SheetRowOut]
    warnings: list[RowFaultOut]
    left_aside: list[str]  # sheets that hold no such table


@router.get("/member-list", operation_id="get_member_list")
def get_member_list(request: HttpRequest) -> HttpResponse:
    """Hand out the member list as a workbook, as far as one may read it."""
    actor = actor_of(request)
    return hand_out(actor, sheets.write_members(actor, get_language() or "zh"), "members.xlsx")


@router.get("/action-list", operation_id="get_action_list")
def get_action_list(request: HttpRequest, overdue: bool = False) -> HttpResponse:
    """Hand out what is to be done as a workbook, as far as one may see it."""
    actor = actor_of(request)
    content = sheets.write_actions(actor, get_language() or "zh", overdue=overdue)
    return hand_out(actor, content, "actions.xlsx")


@router.post("/member-list", response=SheetReceiptOut, operation_id="bring_member_list")
def bring_member_list(
    request: HttpRequest, file: File[UploadedFile], keep: Form[bool] = False
) -> SheetReceiptOut:
    """Look at a filled-in member list; with ``keep`` its rows are kept. For the secretariat."""
    actor = actor_of(request)
    require(actor, Act.KEEP_MEMBERS)
    brought = actions.bring_members(actor, content=file.read(), name=file.name or "", keep=keep)
    return _receipt(brought)


@router.get("/meetings/{slug}/attendance", operation_id="get_attendance_sheet")
def get_attendance_sheet(request: HttpRequest, slug: str) -> HttpResponse:
    """Hand out the attendance sheet of a meeting as a workbook."""
    actor = actor_of(request)
    view = queries.find_meeting(actor, slug)
    content = sheets.write_attendance(actor, view, get_language() or "zh")
    return hand_out(actor, content, f"attendance-{slug}.xlsx")


@router.post(
    "/meetings/{slug}/attendance",
    response=SheetReceiptOut,
    operation_id="bring_attendance_sheet",
)
def bring_attendance_sheet(
    request: HttpRequest, slug: str, file: File[UploadedFile], keep: Form[bool] = False
) -> SheetReceiptOut:
    """Look at a filled-in attendance sheet; with ``keep`` it is noted. For the secretariat."""
    actor = actor_of(request)
    require(actor, Act.KEEP_MEMBERS)
    brought = actions.bring_attendance(
        actor, slug, content=file.read(), name=file.name or "", keep=keep
    )
    return _receipt(brought)


def _receipt(brought: Brought) -> SheetReceiptOut:
    language, receipt = get_language() or "zh", brought.receipt
    return SheetReceiptOut(
        kept=brought.kept,
        accepted=receipt.accepted,
        rejected=receipt.rejected,
        duplicate=receipt.duplicate,
        rows=[
            SheetRowOut(
                sheet=each.sheet,
                row=each.row,
                status=each.status,
                faults=[fault_out(fault, language) for fault in each.faults],
                warnings=[fault_out(fault, language) for fault in each.warnings],
            )
            for each in receipt.rows
        ],
        warnings=[fault_out(each, language) for each in receipt.warnings],
        left_aside=list(receipt.left_aside),
    )
