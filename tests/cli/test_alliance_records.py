"""Charters, elections, posts, ideas, links and needs on the command line, as their person sees them."""

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.authz.test_commands import python
from tests.cli.test_alliance import run

FILL = """
import json
from fenglian.cli.serve import open_database
open_database()
from django.db import transaction
from django.utils import timezone
from fenglian.engine.alliance.charter import MODEL, spell_charter
from fenglian.web.accounts.actions import issue_key
from fenglian.web.alliance import actions
from fenglian.web.alliance.actions import Errand, Motion, Office, RoomCount, Standing, Text
from fenglian.web.registry.actions import fill_form
from tests.authz.world import build_world
from tests.web.alliance.conftest import Cast
with transaction.atomic():
    cast = Cast(build_world())
    keeper, today = cast["secretary"], timezone.localdate()
    cast.admit("chair", "chair")
    cast.apply("bank")
    words = {**spell_charter(MODEL), "term_years": "4"}
    actions.adopt_charter(keeper, Text("章程第一版", "第一条", today, words, grounds="成立大会"))
    actions.fill_post(keeper, Office("秘书长", "演示整机厂", today, "成立大会", "演示某人"))
    call = Standing("演示换届", "监事单位", "演示整机厂\\n演示法兰厂", 1, today, way="counted")
    slug = actions.open_election(keeper, call)
    from fenglian.web.alliance.queries import find_election
    ids = {each.unit: each.slug for each in find_election(keeper, slug).candidates}
    votes = {ids["演示整机厂"]: 3, ids["演示法兰厂"]: 1}
    actions.close_election(keeper, slug, RoomCount(4, 4, 4, votes))
    actions.open_vote(keeper, Motion("other", "修订办法"))
    idea = actions.put_idea(cast["member"], "共用试验台", "排日历")
    actions.back_idea(cast["chair"], idea)
    actions.set_action(keeper, Errand("idea", "列出空档", today, "", "演示法兰厂", idea=idea))
    owner = cast.world.owners["member"]
    need = {"ref": "需甲", "product": "hub", "certificates": "演示证书甲"}
    assert fill_form(cast["member"], owner.pk, "needs", need).faults == ()
    keys = {who: issue_key(cast[who], "cli") for who in cast.world.people if who != "stranger"}
secrets = sorted({word for (unit, kind), words in cast.world.canaries.items()
                  if unit == "member" and kind.name in ("S2", "S3", "P") for word in words})
print(json.dumps([keys, secrets]))
"""
COMMANDS = (
    "posts", "charters", "elections", "resolutions", "ideas", "activity", "signings", "links",
    "needs", "applications",
)  # fmt: skip


@pytest.mark.slow
def test_what_is_on_record_of_the_alliance_is_told_to_its_person_and_to_nobody_else(
    tmp_path: Path,
) -> None:
    home = tmp_path / "home"
    keys, secrets = json.loads(python(home, FILL)[0])
    assert secrets
    answers = run(home, keys["chair"], *((name,) for name in COMMANDS))
    assert [code for code, _said in answers] == [0] * len(COMMANDS)
    said = dict(zip(COMMANDS, (words for _code, words in answers), strict=True))
    for name, words in {
        "posts": ("秘书长", "演示某人", "监事单位"),
        "charters": ("章程第一版", "term_years: 4", "council_quorum: 2/3"),
        "elections": ("演示换届", "已选出", "✓"),
        "resolutions": ("修订办法", "表决中"),
        "ideas": ("共用试验台", "演示整机厂", "列出空档"),
        "activity": ("/ 100", "组织揭榜攻关"),
        "needs": ("需甲", "演示证书甲", "不供这种产品"),
        "applications": ("演示银行", "申请"),
    }.items():
        assert [each for each in words if each not in said[name]] == [], (name, said[name])
    assert [word for word in secrets for words in said.values() if word in words] == []
    english = run(home, keys["member"], ("posts", "--lang", "en"), ("ideas", "--lang", "en"))
    assert "under way" in english[1][1]
    assert "your own" in run(home, keys["member"], ("needs", "--lang", "en"))[0][1]
    [(code, owing)] = run(home, keys["secretary"], ("owing",))
    assert (code, "演示整机厂" in owing) == (0, True)  # it has no certificate
    assert run(home, keys["chair"], ("owing",))[0][0] == 1
    check_book(home, keys, tmp_path, secrets)
    check_closed(home, keys)
    check_actions(home, keys, tmp_path)


def check_book(home: Path, keys: dict[str, str], folder: Path, secrets: list[str]) -> None:
    """Hold the contact book of one person against what that person may read."""
    out = folder / "contacts.xlsx"
    [(code, words)] = run(home, keys["chair"], ("contacts", "--out", str(out)))
    assert (code, "contacts.xlsx" in words) == (0, True)
    rows = [cell.value for row in load_workbook(out).worksheets[0].iter_rows() for cell in row]
    assert "演示整机厂" in rows
    assert not set(secrets) & set(map(str, rows))


def check_closed(home: Path, keys: dict[str, str]) -> None:
    """Have those ask who may see nothing of it, and nobody."""
    shut = run(home, keys["analyst"], *((name,) for name in COMMANDS[:6]), ("applications",))
    assert [code for code, _said in shut] == [1] * 7
    assert run(home, keys["member"], ("applications",))[0][0] == 1  # judged by the council alone
    nobody = run(home, "", *((name,) for name in COMMANDS))
    assert [code for code, _said in nobody] == [1] * len(COMMANDS)
    assert "演示整机厂" not in "".join(words for _code, words in (*shut, *nobody))


def check_actions(home: Path, keys: dict[str, str], folder: Path) -> None:
    """Hold the workbook of what is to be done against what its person may see."""
    out = folder / "actions.xlsx"
    asked = ("actions", "--out", str(out), "--lang", "en")
    assert run(home, keys["member"], asked)[0][0] == 0
    rows = list(load_workbook(out).worksheets[1].iter_rows(min_row=5, values_only=True))
    assert [row[1:5] for row in rows] == [("列出空档", "演示法兰厂", rows[0][3], "under way")]
    assert run(home, keys["analyst"], asked)[0][0] == 1
