"""Whose part, whose successor: words become links where one organisation here is meant, and only then."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fenglian.web.accounts.actions import create_owner
from fenglian.web.accounts.models import Alliance
from fenglian.web.registry import queries
from fenglian.web.registry.actions import Entry, end_row, rebuild_registry, save_rows
from fenglian.web.registry.models import Organisation, ProfileWord, PublicRow, Token, TokenCount
from fenglian.web.registry.profile_words import words_of
from fenglian.web.registry.queries import Filter, Relation
from tests.authz.conftest import browser_of
from tests.authz.world import World, build_world, seat

pytestmark = pytest.mark.django_db
CODE, OTHER = "91140100MA0ABCDE6K", "91140200MA0ABCDE6A"  # made up


@pytest.fixture
def world() -> World:
    world = build_world()
    for who in ("chair", "member", "institute", "bank", "foreign"):
        say(world, who)
    rebuild_registry(world.people["secretary"])
    return world


def say(world: World, who: str, **values: object) -> None:
    """Have a unit say who it is, anew."""
    owner = world.owners[who]
    rows = PublicRow.objects.whole().filter(owner=owner, form="profile", ended_at=None)
    empty = dict.fromkeys(("parent", "control_group", "predecessor", "successor"))
    names = {"name_zh": owner.name, "name_en": None, "short_names": [], "former_names": []}
    entry = Entry(rows.get().key, {**names, **empty, **values})
    save_rows(world.people[who], owner.pk, "profile", [entry], whole=False)


def of(world: World, who: str, reader: str = "bank", as_of: str = "") -> tuple[Relation, ...]:
    actor = world.people[reader]
    view = queries.find_profile(actor, world.owners[who].slug, as_of)
    return queries.list_unit_relations(actor, view, as_of)


def slug(world: World, who: str) -> str:
    return Organisation.objects.get(owner=world.owners[who]).slug


def found(world: World, words: str, reader: str = "bank") -> list[str]:
    page = queries.list_organisations(world.people[reader], Filter(words=words))
    return [line.name for line in page.lines]


def test_a_name_leads_to_the_organisation_and_back(world: World) -> None:
    say(world, "member", parent="演示整机厂", control_group="未登记集团", successor="演示研究所")
    assert of(world, "member") == (
        Relation("parent", "演示整机厂", slug(world, "chair"), own=True, other=False),
        Relation("control_group", "未登记集团", "", own=True, other=False),
        Relation("successor", "演示研究所", slug(world, "institute"), own=True, other=False),
    )
    [child] = of(world, "chair")
    assert child == Relation("child", "演示法兰厂", slug(world, "member"), own=False, other=True)
    [before] = of(world, "institute")
    assert (before.kind, before.words) == ("predecessor", "演示法兰厂")
    say(world, "institute", predecessor="演示法兰厂")
    [agreed] = of(world, "institute")
    assert agreed == Relation("predecessor", "演示法兰厂", before.slug, own=True, other=True)


@pytest.mark.parametrize(
    "words", [CODE, CODE.lower(), "演示老厂", "演整", "演示 整机厂", "Demo Turbines"]
)
def test_a_code_or_any_way_it_is_written_will_do(world: World, words: str) -> None:
    say(
        world, "chair", uscc=CODE, short_names=["演整"], former_names=["演示老厂"],
        name_en="Demo Turbines",
    )  # fmt: skip
    say(world, "member", predecessor=words)
    [relation] = of(world, "member")
    assert relation.slug == slug(world, "chair")


def test_what_may_mean_two_stays_words_but_a_full_name_means_its_own(world: World) -> None:
    for who in ("chair", "institute"):
        say(world, who, short_names=["演示"], former_names=["演示银行"])
    say(world, "member", parent="演示", predecessor="演示银行", successor="演示法兰厂")
    assert [(each.kind, each.slug) for each in of(world, "member")] == [
        ("parent", ""),
        ("predecessor", slug(world, "bank")),
        ("successor", ""),  # itself
    ]
    assert of(world, "chair") == ()


def test_an_organisation_of_another_alliance_is_as_good_as_none(world: World) -> None:
    rebuild_registry(world.people["foreign"])
    say(world, "foreign", uscc=CODE, parent="演示法兰厂")
    say(world, "member", parent="演示外厂", predecessor=CODE, successor="从来没有的厂")
    assert [each.slug for each in of(world, "member")] == ["", "", ""]
    assert not [each for each in of(world, "member") if each.other]
    view = queries.find_profile(world.people["member"], world.owners["member"].slug)
    assert queries.list_unit_relations(world.people["foreign"], view) == ()
    assert queries.list_relations(world.people["foreign"], slug(world, "member")) == ()


def test_a_unit_that_never_said_a_word_is_found_as_an_organisation_only(world: World) -> None:
    alliance = Alliance.objects.get(slug="authz")
    silent = create_owner(alliance, "演示沉默厂")
    say(world, "member", parent="演示沉默厂")
    assert [each.slug for each in of(world, "member")] == [""]
    rebuild_registry(world.people["secretary"])
    [relation] = of(world, "member")
    assert relation.slug == Organisation.objects.get(owner=silent).slug


def test_the_day_on_record_counts(world: World) -> None:
    say(world, "member", parent="演示整机厂")
    assert of(world, "member", as_of="2001-01-01") == ()
    assert of(world, "chair", as_of="2001-01-01") == ()
    assert len(of(world, "chair", as_of="2999-01-01")) == 1


def test_both_pages_and_the_program_show_it(world: World) -> None:
    say(world, "member", parent="演示整机厂", successor="<b>甲</b>")
    browser, owner = browser_of(world, "bank"), world.owners["member"]
    address = f"/registry/{slug(world, 'chair')}/"
    for path in (f"/registry/units/{owner.slug}/", f"/registry/{slug(world, 'member')}/"):
        page = browser.get(path).content.decode()
        assert f'<a href="{address}" lang="zh-Hans">演示整机厂</a>' in page
        assert "上级单位" in page
        assert "&lt;b&gt;甲&lt;/b&gt;" in page
    page = browser.get(address).content.decode()
    assert "下级单位" in page
    assert "对方这样说" in page
    body = browser.get(f"/api/v1/registry/organisations/{slug(world, 'member')}").json()
    assert body["relations"] == [
        {"kind": "parent", "name": "演示整机厂", "organisation": slug(world, "chair"),
         "said_by_it": True, "said_by_other": False},
        {"kind": "successor", "name": "<b>甲</b>", "organisation": None,
         "said_by_it": True, "said_by_other": False},
    ]  # fmt: skip


# The search.


def test_a_code_or_its_beginning_finds_the_organisation(world: World) -> None:
    say(world, "member", uscc=CODE)
    say(world, "chair", uscc=OTHER)
    assert found(world, CODE) == ["演示法兰厂"]
    assert found(world, " 91140100ma0 ") == ["演示法兰厂"]
    assert found(world, "\uff19\uff11\uff11\uff14\uff10\uff11") == ["演示法兰厂"]  # full width
    assert sorted(found(world, "9114")) == ["演示整机厂", "演示法兰厂"]
    for words in ("911", "40100MA0", CODE + "K", "9114I"):  # short, from the middle, no code
        assert found(world, words) == []
    assert found(world, CODE, "foreign") == []
    chosen = queries.list_organisations(world.people["bank"], Filter(words="9114", kind="zone"))
    assert chosen.lines == ()
    units = queries.list_units(world.people["bank"], "91140100")
    assert [line.name for line in units.lines] == ["演示法兰厂"]


def test_a_code_goes_before_names_that_have_it_in_them(world: World) -> None:
    say(world, "member", uscc=CODE, short_names=[])
    say(world, "chair", short_names=["9114号厂"])
    assert found(world, "9114") == ["演示法兰厂", "演示整机厂"]


def test_other_names_find_it_as_soon_as_they_are_said_and_no_longer_than_that(
    world: World,
) -> None:
    say(world, "member", short_names=["法兰大王"], former_names=["演示旧号厂"])
    assert found(world, "大王") == found(world, "旧号") == ["演示法兰厂"]
    tokens, counts = index(world)
    rebuild_registry(world.people["secretary"])
    assert (tokens, counts) == index(world)
    say(world, "member", short_names=["法兰小王"])
    assert found(world, "大王") == found(world, "旧号") == []
    assert found(world, "小王") == ["演示法兰厂"]
    [profile] = PublicRow.objects.whole().filter(
        owner=world.owners["member"], form="profile", ended_at=None
    )
    end_row(world.people["member"], "profile", profile.slug)
    assert found(world, "小王") == []
    tokens, counts = index(world)
    rebuild_registry(world.people["secretary"])
    assert (tokens, counts) == index(world)


def index(world: World) -> tuple[set[tuple[str, str]], dict[str, int]]:
    alliance = world.people["secretary"].alliance.id
    tokens = Token.objects.filter(alliance_id=alliance)
    counts = TokenCount.objects.filter(alliance_id=alliance)
    return (
        set(tokens.values_list("organisation__name", "text")),
        dict(counts.values_list("text", "count")),
    )


def test_a_former_name_of_one_does_not_swallow_a_unit_of_that_name(world: World) -> None:
    say(world, "member", former_names=["演示新来厂"])
    alliance = Alliance.objects.get(slug="authz")
    new = create_owner(alliance, "演示新来厂")
    world.owners["new"] = new
    world.people["new"] = seat("new", alliance, world.people["member"].role, new)
    entry = Entry("new", {"uscc": OTHER, "name_zh": "演示新来厂"})
    save_rows(world.people["new"], new.pk, "profile", [entry], whole=False)
    assert Organisation.objects.get(owner=new).name == "演示新来厂"
    assert Organisation.objects.get(name="演示法兰厂").owner == world.owners["member"]
    assert sorted(found(world, "新来厂")) == ["演示新来厂", "演示法兰厂"]


def test_what_finds_a_profile_is_what_stands_in_it_and_no_other_is_looked_at(
    world: World,
) -> None:
    say(world, "member", uscc=CODE.lower(), parent="演示整机厂", successor=None)
    say(world, "member", parent="演示 研究所")
    rows = PublicRow.objects.whole().filter(form="profile")
    expected = {(row.pk, *each) for row in rows for each in words_of(row.values)}
    kept = ProfileWord.objects.values_list("row_id", "column", "text")
    assert sorted(kept) == sorted(expected)
    assert rows.filter(owner=world.owners["member"], ended_at=None).count() == 1
    assert rows.filter(owner=world.owners["member"]).count() > 1  # also earlier versions
    with CaptureQueriesContext(connection) as asked:
        of(world, "institute")
    plans = [
        str(step)
        for query in asked
        if query["sql"].startswith("SELECT") and "registry_profileword" in query["sql"]
        for step in _plan(query["sql"])
    ]
    assert plans
    assert not [step for step in plans if "SCAN registry_publicrow" in step]


def _plan(statement: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {statement}")
        return [str(row[-1]) for row in cursor.fetchall()]
