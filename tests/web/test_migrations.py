"""An upgrade keeps every row, whatever schema an installation comes from; going back never loses one."""

import json
from pathlib import Path
from typing import Any, ClassVar

import pytest
from django.apps import apps
from django.db.migrations import AddField, CreateModel, Migration, RunSQL

from fenglian.web.accounts.models import Alliance, Owner
from fenglian.web.retreat import WouldLoseData, refuse_to_lose
from tests.web.archive.homes import opened, refused, run_python
from tests.web.test_postgres import server

__all__ = ["server"]  # a fixture
SCRIPT = """
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "fenglian.web.settings"
import django
django.setup()
from tests.web import migration_trials
print(migration_trials.{trial}())
"""
LATER = """
from fenglian.cli.serve import open_database
open_database()
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
for app in ("registry", "gone"):
    MigrationRecorder(connection).record_applied(app, "0099_later")
"""


def run(trial: str, home: Path, **more: str) -> Any:
    return json.loads(run_python(home, SCRIPT.format(trial=trial), **more))


@pytest.mark.slow
def test_rows_of_every_schema_there_was_come_through_every_step_since(tmp_path: Path) -> None:
    told = run("grow", tmp_path)
    assert told["steps"] >= 13
    # Only what Django's own groups would stand in stays empty.
    assert told["filled"] >= told["tables"] - 1


@pytest.mark.slow
def test_an_installation_of_the_very_first_schema_is_upgraded(tmp_path: Path) -> None:
    filled = run("grow_from_the_first", tmp_path)
    assert filled == ["intake_decision", "intake_document", "intake_statement"]


@pytest.mark.slow
def test_going_back_keeps_all_rows_or_is_refused_by_name(tmp_path: Path) -> None:
    said = run("retreat", tmp_path)
    assert "audit 0001_initial" in said["back"]
    refused = dict(line.split(": ", 1) for line in said["refused"])
    assert {app.split()[0] for app in refused} == {
        "access", "accounts", "advice", "alliance", "analysis", "audit", "contracts", "intake",
        "registry",
    }  # fmt: skip
    assert "audit.Entry × 2" in refused["audit zero"]


@pytest.mark.slow
def test_going_back_over_what_is_empty_loses_nothing(tmp_path: Path) -> None:
    assert run("retreat_without_links", tmp_path) > 70


@pytest.mark.slow
def test_every_step_has_a_way_back_that_leaves_nothing_behind(tmp_path: Path) -> None:
    assert run("all_the_way", tmp_path) > 40


@pytest.mark.slow
@pytest.mark.postgres
def test_all_of_it_holds_on_postgresql(server: str, tmp_path: Path) -> None:
    assert run("all_the_way", tmp_path, DATABASE_URL=server) > 40
    told = run("grow", tmp_path, DATABASE_URL=server)
    assert told["filled"] >= told["tables"] - 1
    assert run("retreat", tmp_path, DATABASE_URL=server)["refused"]


class Step(Migration):
    """A step that once made a table, two columns and an index."""

    derived: frozenset[str] = frozenset()
    operations: ClassVar = [
        CreateModel("Alliance", []),
        AddField("Alliance", "synthetic", Alliance._meta.get_field("synthetic")),
        AddField("Owner", "left_on", Owner._meta.get_field("left_on")),
        AddField("Owner", "slug", Owner._meta.get_field("slug")),
        RunSQL("SELECT 1"),
    ]


@pytest.mark.django_db
def test_a_step_back_names_what_it_would_lose() -> None:
    step = Step("0099_later", "accounts")
    refuse_to_lose([(step, True)], apps, "default")  # nothing is there
    alliance = Alliance.objects.create(slug="a", zh="甲", en="A")
    Owner.objects.create(alliance=alliance, slug="o", name="演示厂")
    refuse_to_lose([(step, False)], apps, "default")  # forward
    with pytest.raises(WouldLoseData) as caught:
        refuse_to_lose([(step, True)], apps, "default")
    step.derived = frozenset({"owner"})  # no such table is made here
    with pytest.raises(WouldLoseData):
        refuse_to_lose([(step, True)], apps, "default")
    step.derived = frozenset({"alliance"})
    with pytest.raises(WouldLoseData) as less:
        refuse_to_lose([(step, True)], apps, "default")
    assert less.value.facts == {"places": "accounts.Owner.slug × 1"}
    # An empty column and one that stands at its default are no loss.
    assert caught.value.facts == {"places": "accounts.Alliance × 1、accounts.Owner.slug × 1"}
    assert "fenglian restore" in caught.value.message("zh")


@pytest.mark.slow
def test_an_older_program_does_not_open_a_newer_database(tmp_path: Path) -> None:
    run_python(opened(tmp_path), LATER)
    said = refused(tmp_path, "audit", "verify")
    assert "registry.0099_later" in said
    assert "fenglian restore --force" in said
    assert "gone" not in said  # an app that is no longer there
