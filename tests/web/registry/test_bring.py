"""A unit brings its own table in: a look, headings confirmed once, all rows or the sound ones."""

import io
from typing import Any

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from fenglian.web.audit.models import Entry
from fenglian.web.registry import actions
from fenglian.web.registry.actions.bringing import MOST_HEADINGS
from fenglian.web.registry.models import Heading, Import, PublicRow
from tests.authz.conftest import browser_of
from tests.authz.world import World, build_world
from tests.web.registry.test_units import PROFILE, kept

pytestmark = pytest.mark.django_db
OWN = "厂区称呼,地址,所在地区\n三号厂,演示路3号,140100\n四号厂,演示路4号,没有这个地方\n"
MEANS = {"meaning|sites|厂区称呼": "name"}


@pytest.fixture
def world() -> World:
    found = build_world()
    owner = found.owners["member"]
    for each in kept(PublicRow, owner, "profile"):
        values = {**each.values, "uscc": PROFILE["uscc"]}
        PublicRow.objects.whole().filter(pk=each.pk).update(values=values)
    return found


def send(client: Client, world: World, act: str, content: str = OWN, **more: str) -> Any:
    file = SimpleUploadedFile("我厂.csv", content.encode())
    path = f"/registry/units/{world.owners['member'].slug}/bring/"
    return client.post(path, {"file": file, "act": act, **more})


def sites(world: World) -> set[str]:
    rows = kept(PublicRow, world.owners["member"], "sites")
    return {row.values["address"] for row in rows if "演示路" in row.values["address"]}


def test_a_look_says_what_would_become_of_the_file_and_keeps_nothing(world: World) -> None:
    client = browser_of(world, "member")
    entries = Entry.objects.filter(act="add").count()
    page = send(client, world, "look").content.decode()
    assert "尚未收下" in page
    assert 'name="meaning|sites|厂区称呼"' in page
    assert '<option value="name" selected>' in page  # suggested, to be confirmed
    assert "“厂区名称”" in page  # the column that is missing as long as nobody confirms
    assert sites(world) == set()
    assert Heading.objects.whole().count() == Import.objects.whole().count() == 0
    assert Entry.objects.filter(act="add").count() == entries


def test_what_is_confirmed_is_remembered_for_the_next_file(world: World) -> None:
    client = browser_of(world, "member")
    page = send(client, world, "keep", **MEANS).content.decode()
    assert "已收下" in page
    assert sites(world) == {"演示路3号"}  # the sound row; the other one's region is unknown
    [heading] = Heading.objects.whole()
    assert (heading.form, heading.words, heading.column) == ("sites", "厂区称呼", "name")
    [told] = Entry.objects.filter(table="registry.heading")
    assert "name" in told.detail
    assert "厂区称呼" not in told.detail
    page = send(client, world, "keep", OWN.replace("没有这个地方", "140200")).content.decode()
    assert "meaning|" not in page
    assert sites(world) == {"演示路3号", "演示路4号"}
    found = Import.objects.whole().order_by("id").last()
    assert found is not None
    assert (found.rows, found.accepted, found.rejected, found.duplicate) == (2, 1, 0, 1)


def test_of_a_whole_file_all_rows_come_or_none(world: World) -> None:
    client = browser_of(world, "member")
    page = send(client, world, "keep", whole="yes", **MEANS).content.decode()
    assert "文件里另有 1 行有错" in page
    assert sites(world) == set()
    send(client, world, "keep", OWN.replace("没有这个地方", "140200"), whole="yes")
    assert sites(world) == {"演示路3号", "演示路4号"}


def test_rejected_rows_come_back_as_a_workbook_with_the_reason_beside_the_cell(
    world: World,
) -> None:
    answer = send(browser_of(world, "member"), world, "rejected", **MEANS)
    assert "attachment" in answer.headers["Content-Disposition"]
    page = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
    rows = [[cell.value for cell in row] for row in page.iter_rows()]
    assert rows[0] == ["没有收下的原因", "厂区称呼", "地址", "所在地区"]
    assert rows[1][1:] == ["四号厂", "演示路4号", "没有这个地方"]
    assert "没有这个地方" in str(rows[1][0])
    assert len(rows) == 2
    assert sites(world) == set()


def test_what_a_heading_may_not_mean_is_not_believed(world: World) -> None:
    client = browser_of(world, "member")
    sent = {
        "meaning|sites|厂区称呼": "no_such",
        "meaning|no_such|x": "name",
        "meaning|sites": "name",
    }
    page = send(client, world, "keep", **sent)
    assert page.status_code == 200
    assert Heading.objects.whole().count() == 0
    for start in range(3):
        own = {f"meaning|sites|列{start}{number}": "park" for number in range(190)}
        send(client, world, "keep", **own)
    assert Heading.objects.whole().count() == MOST_HEADINGS


def test_without_a_file_or_with_one_that_is_none_the_page_says_so(world: World) -> None:
    client = browser_of(world, "member")
    path = f"/registry/units/{world.owners['member'].slug}/bring/"
    assert "自己的表" in client.get(path).content.decode()
    answer = client.post(path, {"act": "look"})
    assert (answer.status_code, "先选" in answer.content.decode()) == (422, True)
    answer = send(client, world, "look", "\0\1")
    assert answer.status_code in (415, 422)
    assert 'role="alert"' in answer.content.decode()


def test_only_the_unit_itself_brings_in(world: World) -> None:
    for part in ("secretary", "department", "other"):
        if part in world.people:
            assert send(browser_of(world, part), world, "keep").status_code == 404
    with pytest.raises(PermissionDenied):
        actions.bring_workbook(
            world.people["secretary"], world.owners["member"].pk, content=b"a,b", name="a.csv"
        )
