"""``fenglian remind`` lists what is due without its words, and sends each letter once."""

import json
from email import message_from_bytes
from pathlib import Path

import pytest

from tests.authz.test_commands import RUN, python

FILL = """
from datetime import timedelta
from fenglian.cli.serve import open_database
open_database()
from django.db import transaction
from django.utils import timezone
from fenglian.web.alliance import actions
from fenglian.web.alliance.actions import Errand
from tests.authz.world import build_world
with transaction.atomic():
    world = build_world()
    due = timezone.localdate() + timedelta(days=3)
    errand = Errand("advice", "列设备清单", due, "会上", "演示法兰厂")
    actions.set_action(world.people["secretary"], errand)
"""


@pytest.mark.slow
def test_what_is_due_is_listed_without_its_words_and_sent_once(tmp_path: Path) -> None:
    home, letters = tmp_path / "home", tmp_path / "letters"
    python(home, FILL)
    commands = [
        ("remind",),
        ("remind", "--send", "--alliance", "authz", "--lang", "en"),
        ("remind", "--send", "--until", "2099-12-31"),
        ("remind", "--alliance", "nowhere"),
        ("remind", "--until", "soon"),
    ]
    out, _err = python(home, RUN, json.dumps(commands), FENGLIAN_MAIL=f"filemail:///{letters}")
    listed, sent, again, nowhere, soon = (json.loads(line) for line in out.splitlines())
    assert [each[0] for each in (listed, sent, again, nowhere, soon)] == [0, 0, 0, 1, 2]
    assert "演示法兰厂：交办" in listed[1]
    assert "没有要提醒的" in listed[1]  # in the other alliance
    assert "演示法兰厂: to be done" in sent[1]
    assert "letters sent to 1 units" in sent[1]
    assert "已向 0 家单位发信" in again[1]
    assert "authz" in nowhere[1]
    assert "列设备清单" not in out
    [letter] = [each.read_bytes() for each in letters.iterdir()]
    body = message_from_bytes(letter).get_payload(decode=True)
    assert isinstance(body, bytes)
    assert "列设备清单" in body.decode()
