"""Analyses are asked of the reader's own chain: rivals' secrets change no byte, and own words count."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from fenglian.engine.disclosure.classes import DataClass
from fenglian.web.access.actions import give_grant
from fenglian.web.accounts.actor import Actor
from fenglian.web.accounts.models import Owner
from tests.authz.test_chain import browser, bytes_of, need, people, plan, sign, tell

__all__ = ["people"]  # the fixture
pytestmark = pytest.mark.django_db
IMAGINED = "product=flange&amount=500&cost=1000000&demand=4&drop=demo-flange-02&show=all"
PATHS = (
    "/analysis/",
    "/analysis/requirement/",
    "/analysis/coverage/?show=all",
    "/analysis/concentration/?show=all",
    "/analysis/adjacency/",
    "/analysis/throughput/?show=all",
    "/analysis/synchrony/?show=all",
    "/analysis/exposure/?show=all",
    "/analysis/risk/?show=all",
    "/analysis/risk/?firm=demo-flange-04",
    f"/analysis/what-if/?{IMAGINED}",
    "/api/v1/analysis/throughput",
    "/api/v1/analysis/concentration",
    "/api/v1/analysis/risk",
    "/api/v1/analysis/what-if?plant=flange:500:1000000&demand=4&drop=demo-flange-02",
)
OWN = (
    "/analysis/coverage/?show=all",
    "/analysis/throughput/?show=all",
    "/analysis/synchrony/?show=all",
    f"/analysis/what-if/?{IMAGINED}",
    "/api/v1/analysis/throughput",
)


def test_a_rivals_secrets_change_no_byte_of_what_others_get(people: dict[str, Actor]) -> None:
    others = ("member", "chair", "department")
    before = {who: bytes_of(people[who], PATHS) for who in others}
    tell(people["rival"], 999_331)
    tell(people["rival"], 7, site="二号厂区")
    plan(people["rival"], 888_221)
    tell(people["newcomer"], 777_111)
    sign(people["rival"], "r-1", "演示外省厂", 999_331_000)
    need(people["rival"], "steel-alloy-round")
    after = {who: bytes_of(people[who], PATHS) for who in others}
    assert [
        (who, path)
        for who in others
        for path in before[who]
        if before[who][path] != after[who][path]
    ] == []


def test_a_units_own_words_change_its_answers_and_raise_their_class(
    people: dict[str, Actor],
) -> None:
    before = bytes_of(people["rival"], OWN)
    tell(people["rival"], 999_331)
    after = bytes_of(people["rival"], OWN)
    for path in OWN:
        assert before[path] != after[path], path
        assert b"S2" in after[path]
    public = bytes_of(people["chair"], OWN)
    assert '"data_class": "S0"' in public["/api/v1/analysis/throughput"].decode()


def test_a_grant_counts_for_its_reader_alone(people: dict[str, Actor]) -> None:
    path = ("/api/v1/analysis/coverage",)
    public = bytes_of(people["chair"], path)
    until = timezone.localdate() + timedelta(days=30)
    give_grant(people["rival"], "演示整机01厂", DataClass.S2, purpose="排产", until=until)
    granted = bytes_of(people["chair"], path)
    assert public != granted
    assert '"data_class": "S2"' in granted[path[0]].decode()
    assert bytes_of(people["analyst"], path) == public


def test_who_cannot_be_seen_cannot_be_dropped_and_is_like_nobody(people: dict[str, Actor]) -> None:
    number = people["newcomer"].owner
    assert number is not None
    slug = Owner.objects.get(pk=number).slug
    start = "/api/v1/analysis/what-if?drop="
    unseen = browser(people["chair"]).get(f"{start}unit-{slug}")
    assert unseen.status_code == 422
    before = unseen.content
    tell(people["newcomer"], 777_111)
    assert browser(people["chair"]).get(f"{start}unit-{slug}").content == before
    assert browser(people["newcomer"]).get(f"{start}unit-{slug}").status_code == 200


def test_own_agreements_and_inputs_count_in_ones_own_risk(people: dict[str, Actor]) -> None:
    paths = ("/api/v1/analysis/risk", "/analysis/exposure/?show=all")
    before = bytes_of(people["rival"], paths)
    sign(people["rival"], "r-1", "演示整机02厂", 999_331_000)
    need(people["rival"], "bolt")
    after = bytes_of(people["rival"], paths)
    assert [path for path in paths if before[path] == after[path]] == []
    told = json.loads(after[paths[0]])
    assert told["about"]["data_class"] == "S3"
    needed = [each for each in told["links"] if each["product"] == "bolt"]
    assert "demo-flange-02" in {each["buyer"] for each in needed}
