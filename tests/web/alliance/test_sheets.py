"""Attendance sheets and the member list leave as workbooks and come back: seen first, each row told."""

import io
from collections.abc import Mapping, Sequence
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from openpyxl import Workbook, load_workbook

from fenglian.engine.alliance.tiers import TIERS
from fenglian.engine.registry.codes import organisation_check, uscc_check
from fenglian.web.access.table import NotPermitted
from fenglian.web.accounts.models import Owner
from fenglian.web.alliance import actions, queries
from fenglian.web.alliance.actions import Call, Errand
from fenglian.web.alliance.faults import OtherMeeting
from fenglian.web.alliance.models import Member, Presence, Step
from fenglian.web.alliance.sheet_tables import sheet_tables
from fenglian.web.audit.models import Entry
from fenglian.web.registry.actions import Brought
from tests.web.alliance.conftest import Cast

pytestmark = pytest.mark.django_db
FLANGE, CHAIR, BANK = "演示法兰厂", "演示整机厂", "演示银行"
NEW = "演示叶片有限公司"


def book(headings: Sequence[str], *rows: Sequence[object], title: str = "") -> bytes:
    made = Workbook()
    sheet = made.worksheets[0]
    sheet.append([title])
    sheet.append(list(headings))
    for row in rows:
        sheet.append(list(row))
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def code(number: int) -> str:
    body = f"DEMX{number:04d}"
    first = f"91140100{body}{organisation_check(body)}"
    return f"{first}{uscc_check(first)}"


def counts(brought: Brought) -> tuple[int, int, int, int]:
    receipt = brought.receipt
    assert len(receipt.rows) == receipt.accepted + receipt.rejected + receipt.duplicate
    return len(receipt.rows), receipt.accepted, receipt.rejected, receipt.duplicate


def faults(brought: Brought) -> list[str]:
    return [type(fault).__name__ for fault in brought.receipt.faults]


def meet(cast: Cast, kind: str = "council") -> str:
    now = timezone.now()
    call = Call(kind, "第一次会议", "太原", now, now + timedelta(hours=2))
    return actions.call_meeting(cast["secretary"], call)


def sheet_rows(content: bytes, name: str) -> list[dict[str, object]]:
    sheet = load_workbook(io.BytesIO(content))[name]
    grid = list(sheet.iter_rows(values_only=True))
    heads = [str(each).split("\n")[0].removesuffix(" *") for each in grid[3]]
    return [dict(zip(heads, row, strict=True)) for row in grid[4:]]


def mark(content: bytes, marks: Mapping[str, Mapping[str, object]]) -> bytes:
    """Fill a sheet that was handed out in, as a person would: unit → heading → words."""
    made = load_workbook(io.BytesIO(content))
    sheet = made["签到表"]
    heads = {str(each.value).split("\n")[0].removesuffix(" *"): each.column for each in sheet[4]}
    for row in sheet.iter_rows(min_row=5):
        for heading, words in marks.get(str(row[0].value), {}).items():
            sheet.cell(row[0].row, heads[heading], words)
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def test_the_choices_of_the_member_list_are_the_tiers_of_the_engine() -> None:
    choices = sheet_tables()["members"].column("tier").choices
    assert {each.word: each.label for each in choices} == dict(TIERS)


def test_an_attendance_sheet_goes_out_is_filled_in_and_counts_once(bare: Cast) -> None:
    for who, tier in (("chair", "chair"), ("bank", "council"), ("member", "member")):
        bare.admit(who, tier)
    slug, keeper = meet(bare), bare.browser("secretary")
    file = keeper.get(f"/alliance/meetings/{slug}/attendance.xlsx")
    assert "demo-attendance" in file.headers["Content-Disposition"]
    rows = sheet_rows(file.content, "签到表")
    assert [(row["单位"], row["有表决权"], row["到会情况"]) for row in rows] == [
        (CHAIR, "是", None), (BANK, "是", None),
    ]  # fmt: skip
    filled = mark(
        file.content,
        {
            CHAIR: {"到会情况": "到会", "人数": 2, "参会人员": "甲、乙"},
            BANK: {"到会情况": "委托代表", "由谁代表": "丙"},
        },
    )
    look = actions.bring_attendance(bare["secretary"], slug, content=filled, name="a.xlsx")
    assert counts(look) == (2, 2, 0, 0)
    assert not Presence.objects.whole().exists()
    for expected in ((2, 2, 0, 0), (2, 0, 0, 2)):
        kept = actions.bring_attendance(
            bare["secretary"], slug, content=filled, name="a.xlsx", keep=True
        )
        assert counts(kept) == expected
    view = queries.find_meeting(bare["member"], slug)
    assert [(each.unit, each.how, each.persons, each.stands_in) for each in view.came] == [
        (CHAIR, "came", 2, ""), (BANK, "represented", None, "丙"),
    ]  # fmt: skip
    assert view.quorum is not None
    assert (view.quorum.entitled, view.quorum.present) == (2, 2)
    again = keeper.get(f"/alliance/meetings/{slug}/attendance.xlsx").content
    assert counts(
        actions.bring_attendance(bare["secretary"], slug, content=again, name="b.xlsx", keep=True)
    ) == (2, 0, 0, 2)


def test_who_is_absent_is_on_record_and_in_no_quorum(bare: Cast) -> None:
    bare.admit("chair", "chair")
    slug = meet(bare)
    heads = ("单位", "到会情况")
    content = book(heads, (CHAIR, "未到"))
    actions.bring_attendance(bare["secretary"], slug, content=content, name="a.xlsx", keep=True)
    view = queries.find_meeting(bare["member"], slug)
    assert (view.came, [each.unit for each in view.absent]) == ((), [CHAIR])
    assert view.quorum is not None
    assert view.quorum.present == 0
    page = bare.browser("member").get(f"/alliance/meetings/{slug}/").content.decode()
    assert "未到" in page


def test_rows_that_contradict_themselves_are_refused_with_their_cells(bare: Cast) -> None:
    slug = meet(bare)
    content = book(
        ("单位", "签到", "人数", "参会人", "代理人"),
        (FLANGE, None, 3, "", ""),
        (CHAIR, "未到", 1, "", ""),
        (BANK, "委托代表", None, "", ""),
        ("演示研究院", "到会", None, "", "别人"),
        ("演示法兰", "到会", None, "", ""),
        (FLANGE, "来了", None, "", ""),
    )
    found = actions.bring_attendance(bare["secretary"], slug, content=content, name="a.xlsx")
    assert counts(found) == (6, 0, 6, 0)
    assert faults(found) == [
        "NotSaidWhether", "AbsentWithPersons", "NobodyStandsIn", "StandsInForWhom",
        "UnitNotListed", "UnknownChoice",
    ]  # fmt: skip
    assert [fault.facts["cell"] for fault in found.receipt.faults] == [
        "B3", "B4", "E5", "E6", "A7", "B8",
    ]  # fmt: skip
    assert FLANGE in found.receipt.faults[4].message("zh")


def test_a_sheet_of_another_meeting_is_not_taken(bare: Cast) -> None:
    bare.admit("chair", "chair")
    one, other = meet(bare), meet(bare, "assembly")
    file = bare.browser("secretary").get(f"/alliance/meetings/{one}/attendance.xlsx").content
    with pytest.raises(OtherMeeting):
        actions.bring_attendance(bare["secretary"], other, content=file, name="a.xlsx")


def test_an_empty_cell_leaves_what_is_on_record_and_a_code_is_confirmed(bare: Cast) -> None:
    bare.admit("chair", "chair")
    slug, keeper = meet(bare), bare["secretary"]
    actions.note_presence(keeper, slug, CHAIR, 4, "甲")
    Presence.objects.whole().update(by_code=True)
    content = book(("单位", "到会情况"), (CHAIR, "到会"), (FLANGE, None))
    found = actions.bring_attendance(keeper, slug, content=content, name="a.xlsx", keep=True)
    assert counts(found) == (2, 1, 0, 1)
    [row] = Presence.objects.whole()
    assert (row.persons, row.names, row.by_code) == (4, "甲", False)


def test_only_who_keeps_members_brings_sheets_in(bare: Cast) -> None:
    slug, content = meet(bare), book(("单位", "到会情况"), (CHAIR, "到会"))
    for who in ("member", "chair", "department"):
        with pytest.raises(NotPermitted):
            actions.bring_attendance(bare[who], slug, content=content, name="a.xlsx")
        with pytest.raises(NotPermitted):
            actions.bring_members(bare[who], content=content, name="a.xlsx")
        browser = bare.browser(who)
        assert browser.get("/alliance/members/sheet/").status_code == 403
        assert browser.get(f"/alliance/meetings/{slug}/attendance/").status_code == 403
    assert bare.browser("analyst").get("/alliance/members/members.xlsx").status_code == 403


HEADS = ("单位名称", "信用代码", "级别", "入会日期", "代表", "代表职务")


def test_a_member_list_makes_members_by_the_list_and_once(bare: Cast) -> None:
    keeper = bare["secretary"]
    content = book(
        HEADS,
        (FLANGE, "", "理事单位", "2023-04-07", "张三", "经理"),
        (NEW, code(1), "会员单位", "2023-04-07", "", ""),
    )
    look = actions.bring_members(keeper, content=content, name="名单.xlsx")
    assert counts(look) == (2, 2, 0, 0)
    assert not Member.objects.whole().exists()
    assert not Owner.objects.filter(name=NEW).exists()
    for expected in ((2, 2, 0, 0), (2, 0, 0, 2)):
        kept = actions.bring_members(keeper, content=content, name="名单.xlsx", keep=True)
        assert counts(kept) == expected
    lines = {each.name: each for each in queries.list_members(keeper)}
    assert (lines[FLANGE].tier, str(lines[FLANGE].member_since)) == ("council", "2023-04-07")
    assert lines[NEW].state == "admitted"
    step = Step.objects.whole().get(owner__name=FLANGE)
    assert (step.name, step.evidence["roll"].split(" · ")[0]) == ("enrol", "名单.xlsx")
    assert Entry.objects.filter(table="alliance.step", act="add").count() == 2
    file = bare.browser("member").get("/alliance/members/members.xlsx").content
    rows = {row["单位"]: row for row in sheet_rows(file, "会员名单")}
    assert (rows[FLANGE]["代表"], rows[FLANGE]["代表职务"]) == ("张三", "经理")
    assert rows[NEW]["级别"] == "会员单位"
    again = actions.bring_members(keeper, content=file, name="b.xlsx", keep=True)
    assert counts(again) == (2, 0, 0, 2)


def test_a_near_name_is_never_merged_until_somebody_says_which(bare: Cast) -> None:
    keeper = bare["secretary"]
    first = book(HEADS, ("山西演示重工有限公司", "", "会员单位", "2023-04-07", "", ""))
    actions.bring_members(keeper, content=first, name="a.xlsx", keep=True)
    row = ("太原演示重工有限公司", "", "会员单位", "2023-04-07", "", "")
    near = actions.bring_members(keeper, content=book(HEADS, row), name="b.xlsx", keep=True)
    assert faults(near) == ["MayBeThatUnit"]
    assert "山西演示重工有限公司" in near.receipt.faults[0].message("zh")
    said = book((*HEADS, "是另一家"), (*row, "是"))
    assert counts(actions.bring_members(keeper, content=said, name="b.xlsx", keep=True))[1] == 1
    # The same name with other brackets is the same unit, whatever the row says.
    forms = ("演示（北）叶片有限公司", "演示(北)叶片有限公司")
    for name, expected in zip(forms, (1, 0), strict=True):
        content = book((*HEADS, "是另一家"), (name, *row[1:], "是"))
        found = actions.bring_members(keeper, content=content, name="c.xlsx", keep=True)
        assert found.receipt.accepted == expected
    longer = book(HEADS, ("演示法兰厂有限公司", *row[1:]))  # of a unit that is here, and not
    assert faults(actions.bring_members(keeper, content=longer, name="e.xlsx")) == ["MayBeThatUnit"]
    both = book(HEADS, ("演示丙轴承有限公司", *row[1:]), ("演示丙轴承有限 公司", *row[1:]))
    assert counts(actions.bring_members(keeper, content=both, name="d.xlsx"))[2] >= 1


def test_what_a_list_may_not_change_is_refused_with_the_reason(bare: Cast) -> None:
    keeper = bare["secretary"]
    bare.admit("chair", "chair")
    bare.apply("bank")
    day = (timezone.localdate() + timedelta(days=2)).isoformat()
    today = timezone.localdate().isoformat()
    content = book(
        (*HEADS, "状态", "职务"),
        (CHAIR, "", "理事长单位", "2023-04-07", "", "", "", ""),
        (BANK, "", "会员单位", today, "", "", "", ""),
        (FLANGE, "", "会员单位", day, "", "", "", ""),
        ("演示研究院", "", "会员单位", today, "", "经理", "退会", ""),
        ("演示新叶片厂", "", "观察员单位", today, "", "", "欠费", "监事"),
    )
    found = actions.bring_members(keeper, content=content, name="a.xlsx", keep=True)
    assert counts(found) == (5, 1, 4, 0)
    assert faults(found) == [
        "SinceDiffers", "OnItsWay", "DayToCome", "NotOfToday", "TitleOfNobody",
    ]  # fmt: skip
    [warning] = [each for row in found.receipt.rows for each in row.warnings]
    assert type(warning).__name__ == "PostsNotTaken"
    assert Member.objects.whole().get(owner__name="演示新叶片厂").state == "in_arrears"


def test_a_list_changes_tier_and_representative_of_a_member(bare: Cast) -> None:
    bare.admit("member")
    since = timezone.localdate().isoformat()
    content = book(HEADS, (FLANGE, "", "理事单位", since, "李四", ""))
    found = actions.bring_members(bare["secretary"], content=content, name="a.xlsx", keep=True)
    assert counts(found) == (1, 1, 0, 0)
    line = queries.find_member(bare["secretary"], bare.slug("member"))
    assert line.line.tier == "council"
    assert "李四" in [each.name for each in line.delegates]


def test_a_credit_code_tells_a_unit_and_never_two(bare: Cast) -> None:
    keeper, rest = bare["secretary"], ("会员单位", "2023-04-07", "", "")
    first = book(HEADS, (NEW, code(1), *rest), (FLANGE, "", *rest))
    actions.bring_members(keeper, content=first, name="a.xlsx", keep=True)
    content = book(
        (*HEADS, "是另一家"),
        ("演示叶片股份", code(1), *rest, ""),  # its code is known: taken for that unit, and said
        (FLANGE, code(1), *rest, ""),
        (NEW, code(2), *rest, ""),
        ("又一家", code(1), *rest, "是"),
    )
    found = actions.bring_members(keeper, content=content, name="b.xlsx", keep=True)
    assert counts(found) == (4, 0, 3, 1)
    assert faults(found) == ["CodeOfAnother"] * 3
    [warning] = found.receipt.rows[0].warnings
    assert (type(warning).__name__, warning.facts["unit"]) == ("TakenForUnit", NEW)
    assert not Owner.objects.filter(name__in=("演示叶片股份", "又一家")).exists()


def test_the_pages_look_first_then_keep_and_hand_back_what_was_refused(bare: Cast) -> None:
    bare.admit("chair", "chair")
    browser, slug = bare.browser("secretary"), meet(bare)
    content = book(("单位", "到会情况"), (CHAIR, "到会"), ("没有这家", "到会"))
    path = f"/alliance/meetings/{slug}/attendance/"
    assert browser.get(path).status_code == 200
    assert browser.post(path, {}).status_code == 422

    def send(act: str, to: str = path, what: bytes = content) -> bytes:
        file = SimpleUploadedFile("a.xlsx", what)
        return browser.post(to, {"file": file, "act": act}).content

    look = send("look").decode()
    assert "没有这家" in look
    assert "<dt>2</dt>" in look
    assert not Presence.objects.whole().exists()
    refused = load_workbook(io.BytesIO(send("rejected"))).worksheets[0]
    assert "没有这家" in [cell.value for row in refused.iter_rows() for cell in row]
    assert send("keep").decode().count('class="badge met"') == 1
    assert Presence.objects.whole().count() == 1
    listed = book(HEADS, (FLANGE, "", "会员单位", "2023-04-07", "", ""))
    assert browser.get("/alliance/members/sheet/").status_code == 200
    send("keep", "/alliance/members/sheet/", listed)
    assert Member.objects.whole().filter(owner__name=FLANGE).exists()
    broken = SimpleUploadedFile("a.xlsx", b"PK\x03\x04 broken")
    assert browser.post(path, {"file": broken, "act": "look"}).status_code == 422


def test_an_empty_alliance_hands_out_a_template(bare: Cast) -> None:
    file = bare.browser("secretary").get("/alliance/members/members.xlsx?lang=en").content
    made = load_workbook(io.BytesIO(file))
    assert made.sheetnames == ["填写说明", "会员名单", "选项"]
    sheet = made["会员名单"]
    assert sheet.freeze_panes == "B5"
    assert {str(each.sqref) for each in sheet.data_validations.dataValidation} == {
        "C5:C2004", "J5:J2004",
    }  # fmt: skip


def test_programs_fetch_and_send_the_attendance_sheet(bare: Cast) -> None:
    bare.admit("chair", "chair")
    slug, keeper = meet(bare), bare.browser("secretary")
    address = f"/api/v1/alliance/meetings/{slug}/attendance"
    filled = mark(keeper.get(address).content, {CHAIR: {"到会情况": "到会", "人数": 2}})
    for keep, accepted, noted in ((False, 1, 0), (True, 1, 1), (True, 0, 1)):
        reply = keeper.post(
            address, {"file": SimpleUploadedFile("a.xlsx", filled), "keep": str(keep).lower()}
        )
        assert reply.status_code == 200
        receipt = reply.json()
        assert (receipt["kept"], receipt["accepted"]) == (keep, accepted)
        assert receipt["duplicate"] == 1 - accepted
        assert Presence.objects.whole().count() == noted


def test_programs_bring_a_member_list_and_hear_of_every_row(bare: Cast) -> None:
    bare.admit("chair", "chair")
    keeper, address = bare.browser("secretary"), "/api/v1/alliance/member-list"
    [known] = [row for row in sheet_rows(keeper.get(address).content, "会员名单") if row["单位"]]
    assert known["单位"] == CHAIR
    sent = book(
        HEADS,
        (NEW, code(1), "会员单位", "2023-04-07", "", ""),
        (FLANGE, "", "没有这一类", "2023-04-07", "", ""),
    )
    receipt = keeper.post(address, {"file": SimpleUploadedFile("m.xlsx", sent), "keep": "true"})
    got = receipt.json()
    assert (got["accepted"], got["rejected"], got["duplicate"]) == (1, 1, 0)
    [refused] = [row for row in got["rows"] if row["status"] == "rejected"]
    assert "没有这一类" in refused["faults"][0]["message"]


def test_what_is_to_be_done_leaves_as_a_workbook_for_its_reader_alone(bare: Cast) -> None:
    keeper, today = bare["secretary"], timezone.localdate()
    for words, days in (("晚的", -1), ("早的", 9)):
        due = today + timedelta(days=days)
        actions.set_action(keeper, Errand("advice", words, due, "会上", "演示法兰厂"))
    actions.set_action(bare["member"], Errand("question", "悄悄问", today))

    def texts(who: str, query: str = "", path: str = "/alliance/actions/actions.xlsx") -> list[str]:
        answer = bare.browser(who).get(path + query)
        assert answer.status_code == 200
        sheet = load_workbook(io.BytesIO(answer.content))["交办清单"]
        return [row[1].value for row in sheet.iter_rows(min_row=5)]

    assert texts("secretary") == ["晚的", "悄悄问", "早的"]
    assert texts("member", "?overdue=1") == ["晚的"]
    assert texts("bank") == ["晚的", "早的"]
    assert texts("bank", "?overdue=true", "/api/v1/alliance/action-list") == ["晚的"]
    for path in ("/alliance/actions/actions.xlsx", "/api/v1/alliance/action-list"):
        assert bare.browser("analyst").get(path).status_code == 403
