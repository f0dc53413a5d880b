"""The founding article, end to end: engine, command line and web say the same true things."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

import fenglian
from fenglian.data import article, tables
from fenglian.engine import damage, sample_form
from fenglian.engine.intake.damage.clone_site import Gloss
from fenglian.engine.intake.records import reading_record
from fenglian.engine.intake.repairs import glosses_of
from fenglian.web.accounts.actor import Role
from tests.web.conftest import person

TESTS = Path(__file__).resolve().parent.parent
CLEAN = (TESTS / "engine" / "intake" / "article_clean.txt").read_text("utf-8")
ALLIANCE = "山西省风电装备产业联盟"


@dataclass(frozen=True)
class Told:
    """What one route tells of the article, in one shape."""

    clean_text: str
    header: dict[str, str | None]
    statements: list[dict[str, Any]]

    def find(self, fact: str, property_: str) -> list[dict[str, Any]]:
        """Return the statements of one property of one fact type."""
        return [
            each
            for each in self.statements
            if (each["fact"], each["property"]) == (fact, property_)
        ]


def _told(record: dict[str, Any], clean_text: str, statements: list[dict[str, Any]]) -> Told:
    names = ("title", "publisher", "source", "published", "reporter", "editor")
    header = {name: (record[name] or {}).get("value") for name in names}
    rows = [{**each, "qualifiers": dict(each["qualifiers"])} for each in statements]
    return Told(clean_text, header, rows)


def _by_engine() -> Told:
    record: Any = json.loads(json.dumps(reading_record(fenglian.read_article())))
    return _told(record["header"], record["document"]["clean_text"], record["statements"])


def _by_command() -> Told:
    done = subprocess.run(
        [sys.executable, "-m", "fenglian", "read", "-", "--format", "json"],
        input=article(),
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONUTF8": "1"},
    )
    record = json.loads(done.stdout)
    return _told(record["header"], record["document"]["clean_text"], record["statements"])


def _by_web() -> Told:
    file = SimpleUploadedFile("article.txt", article(), "text/plain")
    answer = person(Role.SECRETARIAT).post("/api/v1/intake/readings/file", {"file": file})
    assert answer.status_code == 201, answer.content
    record = answer.json()
    return _told(
        record["header"], record["clean_text"], [each["statement"] for each in record["statements"]]
    )


ROUTES = {"engine": _by_engine, "command": _by_command, "web": _by_web}


@cache
def _read_by(route: str) -> Told:
    return ROUTES[route]()


@pytest.fixture(params=sorted(ROUTES))
def told(request: pytest.FixtureRequest, db: None) -> Told:
    return _read_by(request.param)


def test_the_repaired_text_has_no_wrong_character(told: Told) -> None:
    assert told.clean_text.rstrip() == CLEAN.rstrip()
    assert "□" not in told.clean_text


def test_damaging_it_again_gives_the_page_back_but_for_the_blanks_of_its_markup() -> None:
    raw = article().decode()
    repaired = fenglian.repair(raw)
    glosses: tuple[Gloss, ...] = glosses_of(repaired)
    again = damage(repaired.text, tables(), glosses, narrowed=True).text
    tail = raw.index("图们市|")
    assert again.rstrip() == raw[:tail].rstrip()
    assert again.replace("\xa0", " ").encode() in raw.replace("\xa0", " ").encode()


def test_the_header_tells_site_source_and_authors_apart(told: Told) -> None:
    assert told.header == {
        "title": f"{ALLIANCE}“重磅”而来",
        "publisher": "中国西藏网",
        "source": "山西日报",
        "published": "2023-04-18T11:03",
        "reporter": "刘瑞强",
        "editor": "李文治",
    }
    crumbs = [each["value"] for each in told.find("publication", "breadcrumb")]
    assert crumbs == ["中国西藏网", "即时新闻", "地方"]


def test_the_founding_has_its_inferred_year_its_morning_and_its_place(told: Told) -> None:
    [event] = [e for e in told.find("event", "type") if e["value"] == "alliance_founded"]
    assert event["subject"] == ALLIANCE
    assert event["qualifiers"]["date"] == "2023-04-07"
    assert event["qualifiers"]["half_day"] == "morning"
    assert "inferred" in event["qualifiers"]["year"]
    assert (event["qualifiers"]["place"], event["qualifiers"]["code"]) == ("太原", "140100")


def test_attendance_keeps_its_bounds_and_is_no_membership(told: Told) -> None:
    [units], [persons] = told.find("attendance", "units"), told.find("attendance", "persons")
    assert (units["value"], units["quantity"]["bound"]) == ("66", "eq")
    assert (persons["value"], persons["quantity"]["bound"]) == ("160", "gt")
    assert units["qualifiers"]["membership"] == persons["qualifiers"]["membership"] == "not stated"
    assert not [e for e in told.statements if "member" in e["property"]]


def test_the_guiding_bodies_stay_as_written_and_are_resolved_by_the_source(told: Told) -> None:
    bodies = told.find("role", "guiding_body")
    found = [
        (each["value"], each["qualifiers"]["kind"], each["qualifiers"]["resolved"])
        for each in bodies
    ]
    assert found == [
        ("省科技厅", "department", "山西省科学技术厅"),
        ("省工信厅", "department", "山西省工业和信息化厅"),
        ("省能源局", "department", "山西省能源局"),
        ("省投促局", "department", "山西省投资促进局"),
        ("省综改区", "zone", "山西转型综合改革示范区"),
    ]
    assert {each["qualifiers"]["province"] for each in bodies} == {"140000"}


def test_the_host_and_the_chair_unit(told: Told) -> None:
    assert [each["value"] for each in told.find("role", "host")] == ["太重集团"]
    assert [each["value"] for each in told.find("role", "chair_unit")] == ["太重集团"]


def test_six_partners_are_two_names_and_four_placeholders(told: Told) -> None:
    named = [each["value"] for each in told.find("signing", "partner")]
    assert named == ["华电山西能源有限公司", "江苏九鼎集团有限公司"]
    [six] = told.find("signing", "partners")
    assert (six["value"], six["quantity"]["bound"]) == ("6", "eq")
    assert len(told.find("signing", "unnamed_partner")) == 4


def test_the_total_is_a_lower_bound_and_is_not_divided(told: Told) -> None:
    sums = [e for e in told.statements if (e["quantity"] or {}).get("unit") == "yuan"]
    totals = [each for each in sums if each["property"] == "signed_total"]
    [total] = totals
    assert (total["value"], total["quantity"]["bound"]) == ("2100000000", "gt")
    assert {each["fact"] for each in sums} == {"amount", "target"}


def test_persons_have_their_posts_and_authors_are_no_alliance_persons(told: Told) -> None:
    posts = {
        (each["subject"], each["qualifiers"]["organisation"], each["value"])
        for each in told.find("person_post", "post")
    }
    assert posts == {
        ("韩珍堂", ALLIANCE, "理事长"),
        ("韩珍堂", "太重集团", "党委书记"),
        ("韩珍堂", "太重集团", "董事长"),
        ("冯永赵", "江苏九鼎集团有限公司", "总裁"),
        ("张占祥", "省工信厅", "副厅长"),
    }


def test_every_quotation_has_its_speaker_also_across_the_damaged_join(told: Told) -> None:
    said = [(each["subject"], each["value"][:12]) for each in told.find("quotation", "said")]
    assert said == [
        ("韩珍堂", "山西省风电装备产业联盟的"),
        ("冯永赵", "今天我们共同见证了山西省"),
        ("冯永赵", "希望联盟能够成为政府的参"),
        ("张占祥", "要抓住机遇,持续扩大产业"),
    ]


def test_five_parts_feed_the_complete_turbine_and_the_list_is_open(told: Told) -> None:
    supports = told.find("chain_relation", "supports")
    assert [each["subject"] for each in supports] == ["发电机", "法兰", "塔筒", "电缆", "齿轮箱"]
    assert {each["value"] for each in supports} == {"整机"}
    assert {each["qualifiers"]["list"] for each in supports} == {"open"}
    [lead] = told.find("chain_relation", "leads")
    assert lead["subject"] == "整机"


def test_two_targets_of_1e11_yuan_in_two_metrics_and_without_a_date(told: Told) -> None:
    cluster, market = told.find("target", "cluster"), told.find("target", "market_size")
    for [target] in (cluster, market):
        assert (target["value"], target["quantity"]["unit"]) == ("100000000000", "yuan")
        assert target["qualifiers"]["date"] == "not stated"
        assert "千亿级" in target["words"]


def test_policies_are_tags(told: Told) -> None:
    tags = {each["value"] for each in told.find("policy_tag", "policy")}
    assert {"碳达峰碳中和", "能源革命综合改革试点", "制造业振兴", "先进制造业基地"} <= tags
    assert {"建链", "延链", "补链", "强链"} <= tags


def test_nothing_comes_from_the_link_farm_though_two_of_its_counties_are_in_shanxi(
    told: Told,
) -> None:
    tail = article().index("图们市".encode())
    assert all(each["octets"][1] <= tail for each in told.statements)
    said = json.dumps(told.statements, ensure_ascii=False)
    for name in ("平陆", "芮城", "图们", "140829", "140830"):
        assert name not in said


def test_every_statement_leads_to_its_bytes(told: Told) -> None:
    content = article()
    assert len({each["id"] for each in told.statements}) == len(told.statements)
    for each in told.statements:
        start, end = each["clean"]
        assert told.clean_text[start:end] == each["words"]
        raw_start, raw_end = each["raw"]
        first, last = each["octets"]
        assert content[first:last].decode() == content.decode()[raw_start:raw_end] != ""
        assert each["document"].startswith("ec2ff17a")
        assert each["extractor"]
        assert each["version"]
        assert (each["grade"], each["standing"]) == ("B", "public")


def test_the_sample_form_has_the_articles_facts() -> None:
    form = sample_form(fenglian.read_article())
    assert (form["publisher"], form["source"]) == ("中国西藏网", "山西日报")
    facts: Any = form["facts"]
    assert facts["money"] == [[2_100_000_000, "CNY", "gt", "signed_total"]]
    assert ["2023-04-07", "event"] in facts["dates"]
    assert ["太原", "140100"] in facts["places"]
    assert [160, "gt", "位代表"] in facts["counts"]
