"""``fenglian alliance`` works as the person whose key it is given, and as nobody without one."""

import json
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from tests.authz.test_commands import RUN, python

FILL = """
import json
from datetime import timedelta
from fenglian.cli.serve import open_database
open_database()
from django.db import transaction
from django.utils import timezone
from fenglian.web.accounts.actions import issue_key
from fenglian.web.alliance import actions
from fenglian.web.alliance.actions import Call, Counted, Errand, Motion
from tests.authz.world import build_world
from tests.web.alliance.conftest import Cast
with transaction.atomic():
    cast = Cast(build_world())
    keeper = cast["secretary"]
    cast.admit("chair", "chair")
    now = timezone.now()
    slug = actions.call_meeting(keeper, Call("council", "一次会", "太原", now, now + timedelta(1), "预算"))
    motion = Motion("other", "同意预算", "council", "counted", meeting=slug)
    actions.close_vote(keeper, actions.open_vote(keeper, motion), Counted(3, 3, 3, 0, 0))
    actions.keep_minutes(keeper, slug, "纪要全文")
    actions.set_action(keeper, Errand("advice", "列清单", timezone.localdate(), "会上", "演示整机厂"))
    keys = {who: issue_key(cast[who], "cli") for who in ("secretary", "member", "analyst", "chair")}
print(json.dumps(keys))
"""


def run(home: Path, key: str, *commands: tuple[str, ...]) -> list[tuple[int, str]]:
    words = [["alliance", *each] for each in commands]
    out, _err = python(home, RUN, json.dumps(words), FENGLIAN_KEY=key)
    answers = [json.loads(line) for line in out.splitlines()]
    for _code, _said, fault in answers:
        assert fault == "None" or fault.startswith("SystemExit"), answers
    return [(code, said) for code, said, _fault in answers]


def book(path: Path, *rows: tuple[str, ...]) -> None:
    made = Workbook()
    for row in rows:
        made.worksheets[0].append(row)
    made.save(path)


@pytest.mark.slow
def test_the_alliance_on_the_command_line_is_what_its_person_may_see_and_do(
    tmp_path: Path,
) -> None:
    home = tmp_path / "home"
    keys = json.loads(python(home, FILL)[0])
    attended, roll, refused = (tmp_path / f"{name}.xlsx" for name in ("a", "m", "no"))
    book(attended, ("单位", "到会情况"), ("演示整机厂", "到会"), ("没有这家", "到会"))
    book(
        roll, ("单位", "级别", "入会日期"),
        ("演示法兰厂", "会员单位", "2023-04-07"),
    )  # fmt: skip
    listed, sheet = tmp_path / "list.xlsx", tmp_path / "sheet.xlsx"
    kept = ("import-attendance", "1", str(attended))
    answers = run(
        home,
        keys["secretary"],
        ("members",),
        ("meetings",),
        ("meeting", "1"),
        ("minutes", "1"),
        ("meeting", "9"),
        ("actions",),
        ("actions", "--overdue", "--lang", "en"),
        (*kept, "--rejected", str(refused)),
        (*kept, "--commit"),
        (*kept, "--commit", "--lang", "en"),
        ("import-members", str(roll)),
        ("import-members", str(roll), "--commit"),
        ("meeting", "1"),
        ("members", "--out", str(listed)),
        ("attendance", "1", "--out", str(sheet)),
        ("meetings", "--ics", str(tmp_path / "ics")),
        ("agreements",),
        ("local-sourcing",),
        ("import-members", str(tmp_path / "none.xlsx")),
    )
    assert [code for code, _said in answers] == [*[0] * 4, 1, *[0] * 12, 1, 1]
    said = [words for _code, words in answers]
    assert "演示整机厂" in said[0]
    assert "演示数据" in said[0]
    assert "一次会" in said[1]
    assert "未达法定人数" in said[2]
    assert "同意预算" in said[2]
    assert "纪要全文" in said[3]
    assert "列清单" in said[5]
    assert "None." in said[6]
    assert "行 2 = 收下 1 + 退回 1 + 重复 0（只看了" in said[7]
    assert "（已收下）" in said[8]
    assert "rows 2 = accepted 0 + rejected 1 + duplicate 1 (kept)" in said[9]
    assert "收下 1" in said[11]
    assert "达到法定人数" in said[12]
    assert "到会  演示整机厂" in said[12]
    names = [row[0].value for row in load_workbook(listed)["会员名单"].iter_rows(min_row=5)]
    assert names == ["演示整机厂", "演示法兰厂"]
    assert load_workbook(refused).worksheets[0].max_row == 2
    assert load_workbook(sheet)["签到表"]["E5"].value == "到会"
    assert len(list((tmp_path / "ics").iterdir())) == 1
    check_others(home, keys, kept, roll)


def check_others(home: Path, keys: dict[str, str], kept: tuple[str, ...], roll: Path) -> None:
    """Hold what other people, and nobody, are told against what they may see."""
    own = run(home, keys["member"], ("local-sourcing", "--all"), ("agreements", "--lang", "en"))
    assert [code for code, _said in own] == [0, 0]
    assert "协作配套率" in own[0][1]
    others = run(home, keys["member"], (*kept, "--commit"), ("import-members", str(roll)))
    assert [code for code, _said in others] == [1, 1]
    shut = run(home, keys["analyst"], ("members",), ("meetings",), ("actions",))
    assert [code for code, _said in shut] == [1, 1, 1]
    assert "演示整机厂" not in "".join(words for _code, words in shut)
    for key in ("", "wrong"):
        [(code, words)] = run(home, key, ("members",))
        assert code == 1
        assert "演示整机厂" not in words
    key_file = home.parent / "key"
    key_file.write_text(keys["chair"])
    [(code, words)] = run(home, "", ("members", "--key-file", str(key_file)))
    assert (code, "演示整机厂" in words) == (0, True)
