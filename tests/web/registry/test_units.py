"""What others propose, what a unit takes away, the list of units, and all of it for programs."""

import io
import json
import zipfile
from hashlib import sha256
from typing import Any

import pytest
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.test import Client

from fenglian.engine.disclosure.classes import DataClass
from fenglian.web.access.table import NotPermitted
from fenglian.web.accounts.models import Owner
from fenglian.web.audit.models import Entry
from fenglian.web.registry import actions, queries
from fenglian.web.registry.actions import Entry as Row
from fenglian.web.registry.actions import add_unit, propose, propose_row, rebuild_registry
from fenglian.web.registry.faults import NothingProposed, UnitKnown, UnitNameMissing
from fenglian.web.registry.models import (
    InternalRow,
    Organisation,
    PersonalRow,
    Proposal,
    PublicRow,
    SensitiveRow,
)
from tests.authz.conftest import browser_of
from tests.authz.world import World, build_world

pytestmark = pytest.mark.django_db
CODE = "91140100MA0ABCDE6K"
PROFILE = {"uscc": CODE, "name_zh": "演示来料厂", "kind": "企业", "status": "存续"}


@pytest.fixture
def world() -> World:
    return build_world()


def kept(model: Any, owner: Any, form: str) -> list[Any]:
    return list(model.objects.whole().filter(owner=owner, form=form, ended_at=None))


def test_a_proposal_taken_over_changes_what_it_names_and_nothing_else(world: World) -> None:
    owner, secretary = world.owners["member"], browser_of(world, "secretary")
    for each in (*kept(PublicRow, owner, "sites"), *kept(PublicRow, owner, "profile")):
        each.values["uscc"] = CODE
        PublicRow.objects.whole().filter(pk=each.pk).update(values=each.values)
    [site, _other] = kept(PublicRow, owner, "sites")
    [secret] = [row for row in kept(SensitiveRow, owner, "sites") if row.slug == site.slug]
    path = f"/registry/units/{owner.slug}/propose/sites/{site.slug}/"
    page = secretary.get(path).content.decode()
    assert site.values["address"] in page
    assert 'name="owned"' not in page  # S2
    assert 'name="name"' not in page  # tells which row it is
    typed = {
        "address": "演示新路1号",
        "region": "140100",
        "park": "",
        "name": "别的",
        "owned": "否",
    }
    assert secretary.post(path, typed).status_code == 302
    assert kept(PublicRow, owner, "sites")[0].values == site.values  # it only waits
    member = browser_of(world, "member")
    assert "演示新路1号" in member.get(f"/registry/units/{owner.slug}/").content.decode()
    proposal = Proposal.objects.whole().get()
    assert (
        member.post(f"/registry/proposals/{proposal.slug}/", {"decision": "take"}).status_code
        == 302
    )
    [after] = [row for row in kept(PublicRow, owner, "sites") if row.slug == site.slug]
    expected = site.values | {"address": "演示新路1号", "park": None}
    assert after.values == expected
    assert after.way == "confirmed"
    [same] = [row for row in kept(SensitiveRow, owner, "sites") if row.slug == site.slug]
    assert (same.pk, same.values) == (secret.pk, secret.values)
    acts = Entry.objects.filter(owner=owner.pk).values_list("act", flat=True)
    assert {"propose", "taken"} <= set(acts)


def test_a_proposal_turned_down_changes_nothing(world: World) -> None:
    owner = world.owners["member"]
    [profile] = kept(PublicRow, owner, "profile")
    entry = Row(profile.key, {"uscc": profile.values["uscc"], "name_en": "Demo"})
    row = propose(world.people["secretary"], owner.pk, "profile", entry)
    assert row is not None
    browser_of(world, "member").post(f"/registry/proposals/{row.slug}/", {"decision": "refuse"})
    assert kept(PublicRow, owner, "profile")[0].pk == profile.pk
    assert Proposal.objects.whole().get().state == "refused"


def test_only_what_members_see_is_proposed_and_only_to_others(world: World) -> None:
    secretary, owner = world.people["secretary"], world.owners["member"]
    for who, form, values in (
        ("secretary", "capacities", {"quantity": "1"}),
        ("secretary", "sites", {"owned": True}),
        ("secretary", "profile", {"legal_rep": "演示人"}),
        ("steward", "sites", {"owned": True}),
        ("member", "sites", {"name": "x"}),
        ("chair", "sites", {"name": "x"}),
        ("department", "sites", {"name": "x"}),
    ):
        with pytest.raises(PermissionDenied):
            propose(world.people[who], owner.pk, form, Row("k", values))
    with pytest.raises(PermissionDenied):
        propose_row(secretary, owner.pk, "contacts", {"name": "x"})
    with pytest.raises(ObjectDoesNotExist):
        propose_row(secretary, world.owners["foreign"].pk, "sites", {"name": "x"})
    with pytest.raises(ObjectDoesNotExist):
        propose_row(secretary, owner.pk, "sites", {"name": "x"}, row="0" * 16)
    assert not Proposal.objects.whole().exists()


def test_a_unit_without_people_takes_it_at_once_and_twice_is_nothing(world: World) -> None:
    secretary = browser_of(world, "secretary")
    slug = add_unit(world.people["secretary"], "演示来料厂")
    owner = Owner.objects.get(slug=slug)
    path = f"/registry/units/{slug}/propose/profile/"
    wrong = secretary.post(path, PROFILE | {"uscc": "123"})
    assert (wrong.status_code, 'id="e-uscc"' in wrong.content.decode()) == (422, True)
    assert secretary.post(path, {}).status_code == 422
    assert secretary.post(path, PROFILE).status_code == 302
    [row] = kept(PublicRow, owner, "profile")
    assert (row.values["uscc"], row.way) == (CODE, "secretariat")
    assert not Proposal.objects.whole().exists()
    with pytest.raises(NothingProposed):
        propose_row(world.people["secretary"], owner.pk, "profile", PROFILE, row=row.slug)
    again = secretary.post(f"{path}{row.slug}/", PROFILE)
    assert (again.status_code, "没有可建议的改动" in again.content.decode()) == (422, True)
    propose_row(world.people["secretary"], owner.pk, "sites", {"name": "一号", "region": "140100"})
    assert kept(PublicRow, owner, "sites")[0].values["name"] == "一号"


def test_a_unit_takes_everything_of_its_own_away_and_nobody_else_does(world: World) -> None:
    member, owner = browser_of(world, "member"), world.owners["member"]
    path = f"/registry/units/{owner.slug}/export.zip"
    member.post(
        f"/registry/units/{owner.slug}/sites/{kept(PublicRow, owner, 'sites')[0].slug}/end/"
    )
    answer = member.get(path)
    assert answer.headers["Cache-Control"] == "no-store"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    assert set(files) == {"README.md", "workbook.xlsx", "rows.jsonl", "grants.jsonl", "audit.jsonl"}
    readme = files["README.md"].decode()
    assert "演示数据" in readme
    for name, content in files.items():
        assert name == "README.md" or sha256(content).hexdigest() in readme
    rows = [json.loads(line) for line in files["rows.jsonl"].splitlines()]
    assert {row["data_class"] for row in rows} == set(DataClass)
    assert any(row["ended_at"] for row in rows)
    text = files["rows.jsonl"].decode()
    for (unit, _class), words in world.canaries.items():
        assert all((word in text) == (unit == "member") for word in words if not word.isdigit())
    entries = [json.loads(line) for line in files["audit.jsonl"].splitlines()]
    assert {"add", "end", "read", "export"} <= {entry["act"] for entry in entries}
    absent = f"/registry/units/{'0' * 16}/export.zip"
    for who in ("chair", "secretary", "department", "foreign", "auditor"):
        browser = browser_of(world, who)
        assert browser.get(path).status_code == browser.get(absent).status_code == 404


def test_the_secretariat_sees_how_far_each_unit_is_and_adds_one(world: World) -> None:
    browser = browser_of(world, "secretary")
    page = queries.list_units(world.people["secretary"])
    lines = {line.name: line for line in page.lines}
    assert set(lines) == {"演示整机厂", "演示法兰厂", "演示研究所", "演示银行"}
    progress = lines["演示法兰厂"].progress
    assert progress is not None
    assert (progress.people, progress.links) == (1, 0)
    assert 0 < progress.known <= progress.asked
    answer = browser.post("/registry/units/", {"name": " 演示  来料厂 "})
    assert answer.status_code == 302
    new = queries.list_units(world.people["secretary"], "来料").lines
    assert [(line.name, line.code) for line in new] == [("演示 来料厂", "")]
    assert new[0].progress is not None
    assert (new[0].progress.known, new[0].progress.people) == (0, 0)
    for name, words in (("", "没有写单位名称"), ("演示 来料厂", "已经在名单里")):
        answer = browser.post("/registry/units/", {"name": name})
        assert (answer.status_code, words in answer.content.decode()) == (422, True)
    for fault, name in ((UnitNameMissing, "字" * 121), (UnitKnown, "演示法兰厂")):
        with pytest.raises(fault):
            add_unit(world.people["secretary"], name)
    assert "没有这个名称的单位" in browser.get("/registry/units/?q=无此").content.decode()
    assert browser.get("/registry/units/?page=x").status_code == 200


def test_members_see_the_units_that_said_who_they_are(world: World) -> None:
    add_unit(world.people["secretary"], "演示来料厂")
    page = queries.list_units(world.people["member"], "")
    assert [line.progress for line in page.lines] == [None] * 4
    browser = browser_of(world, "member")
    shown = browser.get("/registry/units/").content.decode()
    assert "演示整机厂" in shown
    assert "演示来料厂" not in shown
    assert "演示外厂" not in shown
    assert browser.post("/registry/units/", {"name": "甲"}).status_code == 403
    with pytest.raises(NotPermitted):
        add_unit(world.people["member"], "甲")
    assert queries.list_units(world.people["member"], size=3).has_more


def test_the_organisation_shows_the_code_that_its_unit_gave(world: World) -> None:
    slug = add_unit(world.people["secretary"], "演示来料厂")
    owner = Owner.objects.get(slug=slug)
    propose_row(world.people["secretary"], owner.pk, "profile", PROFILE)
    rebuild_registry(world.people["secretary"])
    organisation = Organisation.objects.get(owner=owner)
    page = browser_of(world, "member").get(f"/registry/{organisation.slug}/").content.decode()
    assert f"<code>{CODE}</code>" in page
    assert f'href="/registry/units/{slug}/"' in page
    with pytest.raises(ObjectDoesNotExist):
        queries.find_about(world.people["foreign"], organisation.slug)


# For programs.


def put(client: Client, path: str, body: Any) -> Any:
    return client.put(f"/api/v1/registry/units/{path}", json.dumps(body), "application/json")


def test_programs_list_units_and_read_what_their_person_may(world: World) -> None:
    owner, chair = world.owners["member"], browser_of(world, "chair")
    listed = chair.get("/api/v1/registry/units", {"q": "法兰"}).json()
    assert [each["id"] for each in listed["units"]] == [owner.slug]
    assert listed["synthetic"] is True
    whole = chair.get(f"/api/v1/registry/units/{owner.slug}")
    body = whole.json()
    assert body["data_class"] == "S1"
    forms = {each["form"]: each for each in body["forms"]}
    assert forms["capacities"]["rows"] == []
    assert forms["capacities"]["hidden"] == ["S2"]
    assert "owned" not in forms["sites"]["columns"]
    for (unit, data_class), words in world.canaries.items():
        if unit != "member" or data_class not in (DataClass.S0, DataClass.S1):
            assert not [word for word in words if word in whole.content.decode()]
    assert browser_of(world, "member").get(f"/api/v1/registry/units/{owner.slug}").json()["data_class"] == "S3"  # fmt: skip
    described = chair.get("/api/v1/registry/units/forms").json()
    assert [each["name"] for each in described] == list(forms)


def test_programs_put_rows_as_people_type_them_and_end_them(world: World) -> None:
    owner, bank = world.owners["bank"], browser_of(world, "bank")
    [profile] = kept(PublicRow, owner, "profile")
    values = profile.values | {"uscc": CODE}
    PublicRow.objects.whole().filter(pk=profile.pk).update(values=values)
    path = f"{owner.slug}/forms/sites/rows"
    rows = [{"name": "甲厂", "region": "140100"}, {"name": "乙厂", "region": "无此地"}]
    body = put(bank, path, {"rows": rows}).json()
    assert (body["accepted"], body["rejected"], body["duplicate"]) == (1, 1, 0)
    assert [each["row"] for each in body["rows"]] == [1, 2]
    assert body["rows"][1]["faults"][0]["message"]
    assert put(bank, path, {"rows": rows[:1]}).json()["duplicate"] == 1
    refused: list[list[dict[str, str]]] = [[], [{"nonsense": "x"}], [{"name": " "}]]
    for wrong in ({"rows": each} for each in refused):
        assert put(bank, path, wrong).status_code == 422
    for foreign in (world.owners["member"].slug, world.owners["foreign"].slug, "0" * 16):
        assert put(bank, f"{foreign}/forms/sites/rows", {"rows": rows}).status_code == 404
        ended = bank.delete(f"/api/v1/registry/units/{foreign}/forms/sites/rows/{'0' * 16}")
        assert ended.status_code == 404
    [row] = [row for row in kept(PublicRow, owner, "sites") if row.values["name"] == "甲厂"]
    assert bank.delete(f"/api/v1/registry/units/{path}/{row.slug}").status_code == 204
    assert row.slug not in {each.slug for each in kept(PublicRow, owner, "sites")}


def test_programs_give_and_revoke_grants(world: World) -> None:
    member = browser_of(world, "member")
    path = "/api/v1/access/grants"
    body = {"reader": "演示银行", "data_class": "S2", "purpose": "授信", "until": "2026-12-31"}
    answer = member.post(path, json.dumps(body), "application/json")
    assert answer.status_code in (201, 422)
    if answer.status_code == 422:  # the day is past or too far by the clock of this machine
        body["until"] = str(answer.json()["facts"]["last"])
        answer = member.post(path, json.dumps(body), "application/json")
    given = answer.json()
    assert (answer.status_code, given["stands"]) == (201, True)
    assert [each["id"] for each in browser_of(world, "bank").get(path).json()["received"]] == [given["id"]]  # fmt: skip
    assert browser_of(world, "chair").delete(f"{path}/{given['id']}").status_code == 404
    assert member.delete(f"{path}/{given['id']}").status_code == 204
    assert member.get(path).json()["given"][0]["revoked"] is True


def test_a_part_that_nobody_named_is_not_touched(world: World) -> None:
    owner, member = world.owners["member"], world.people["member"]
    [profile] = kept(PublicRow, owner, "profile")
    before = [
        row.pk for model in (InternalRow, PersonalRow) for row in kept(model, owner, "profile")
    ]
    entry = Row(profile.key, {"uscc": profile.values["uscc"], "name_en": "Demo"})
    saved = actions.save_rows(member, owner.pk, "profile", [entry], whole=False)
    assert saved.changed == (profile.key,)
    [after] = kept(PublicRow, owner, "profile")
    assert after.values == profile.values | {"name_en": "Demo"}
    assert before == [row.pk for model in (InternalRow, PersonalRow) for row in kept(model, owner, "profile")]  # fmt: skip
