"""From statements to the registry: by hand, and from the article itself."""

from dataclasses import replace
from decimal import Decimal

import pytest

from fenglian.data import article, tables
from fenglian.data.divisions import divisions
from fenglian.engine.intake.reading import Reading, read_document
from fenglian.engine.intake.statements import Statement
from fenglian.engine.quantities import Quantity
from fenglian.engine.registry.as_of import registry_as_of
from fenglian.engine.registry.build import build_registry
from fenglian.engine.registry.gathering import Background
from fenglian.engine.registry.listing import PROVINCES, read_listed
from fenglian.engine.registry.records import Registry
from tests.engine.registry.registry_making import DIVISIONS, ids, make_statement

ALLIANCE, CHAIR = "山西省风电装备产业联盟", "太重集团"
SIX = Quantity(Decimal(6), "eq", "家单位")


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read_document(article(), name="article.txt", tables=tables())


@pytest.fixture(scope="module")
def background(reading: Reading) -> Background:
    sha256 = reading.document.sha256
    return Background(divisions(), {sha256: "140000"}, {sha256: "2023-04-18"})


@pytest.fixture(scope="module")
def registry(reading: Reading, background: Background) -> Registry:
    return build_registry(reading.statements, background)


def test_the_article_names_nine_organisations_and_no_newspaper(registry: Registry) -> None:
    names = {each.name.value: each.kind for each in registry.organisations}
    assert names == {
        "山西省风电装备产业联盟": "association",
        "太重集团": "firm",
        "华电山西能源有限公司": "firm",
        "江苏九鼎集团有限公司": "firm",
        "山西省科学技术厅": "department",
        "山西省工业和信息化厅": "department",
        "山西省能源局": "department",
        "山西省投资促进局": "department",
        "山西转型综合改革示范区": "zone",
    }


def test_the_founding_is_an_event_with_five_guiding_bodies_and_a_host(registry: Registry) -> None:
    [founding] = [each for each in registry.events if each.type == "alliance_founded"]
    assert founding.day is not None
    assert (founding.day.value, founding.half_day) == ("2023-04-07", "morning")
    assert founding.inferred == ("year",)
    assert founding.place is not None
    assert (founding.place.value, founding.place_name) == ("140100", "太原")
    played = [each.part for each in registry.parts if each.event == founding.key]
    assert played == ["guiding_body"] * 5 + ["host"]


def test_attending_is_not_membership(registry: Registry) -> None:
    [attendance] = registry.attendances
    [units], [persons] = attendance.units, attendance.persons
    assert (units.value.figure, units.value.bound) == (Decimal(66), "eq")
    assert (persons.value.low, persons.value.high) == (Decimal(160), None)
    assert attendance.event is not None
    assert [each.post for each in registry.unit_posts] == ["chair_unit"]


def test_the_chair_unit_and_the_chairman_are_two_posts(registry: Registry) -> None:
    [unit] = registry.unit_posts
    assert (unit.organisation, unit.body, unit.since) == (CHAIR, ALLIANCE, "2023-04-07")
    posts = {(each.person, each.organisation, each.title) for each in registry.person_posts}
    assert posts == {
        ("韩珍堂", ALLIANCE, "理事长"),
        ("韩珍堂", CHAIR, "党委书记"),
        ("韩珍堂", CHAIR, "董事长"),
        ("冯永赵", "江苏九鼎集团有限公司", "总裁"),
        ("张占祥", "山西省工业和信息化厅", "副厅长"),
    }
    assert {each.name.value for each in registry.persons} == {"韩珍堂", "冯永赵", "张占祥"}


def test_the_signing_keeps_two_names_four_placeholders_and_an_open_total(
    registry: Registry,
) -> None:
    [signing] = registry.signings
    assert [each.value for each in signing.partners] == [
        "华电山西能源有限公司",
        "江苏九鼎集团有限公司",
    ]
    assert [(each.number, each.of) for each in signing.placeholders] == [
        (1, 4), (2, 4), (3, 4), (4, 4),
    ]  # fmt: skip
    [total] = signing.totals
    assert (total.value.low, total.value.high) == (Decimal(2_100_000_000), None)
    assert signing.day == "2023-04-07"


def test_everything_rests_on_statements_of_the_article(
    registry: Registry, reading: Reading
) -> None:
    known = ids(reading.statements)
    used = set(registry.evidence())
    assert used <= known
    for organisation in registry.organisations:
        assert organisation.name.evidence
        assert all(each.evidence for each in organisation.kinds)
        assert all(each.evidence for each in organisation.provinces)
    for signing in registry.signings:
        assert all(each.evidence for each in signing.partners)
        assert all(each.evidence for each in signing.placeholders)


def test_the_order_of_the_statements_makes_no_difference(
    registry: Registry, reading: Reading, background: Background
) -> None:
    shuffled = list(reading.statements)
    shuffled = [*reversed(shuffled[::2]), *shuffled[1::2]]
    assert build_registry(shuffled, background) == registry


def test_nothing_accepted_is_an_empty_registry() -> None:
    empty = build_registry(())
    assert list(empty.evidence()) == []
    assert empty.organisations == ()


def test_before_the_founding_nothing_is_there(registry: Registry) -> None:
    before = registry_as_of(registry, "2023-04-06")
    assert list(before.evidence()) == []
    on_the_day = registry_as_of(registry, "2023-04-07")
    assert on_the_day.events == registry.events
    assert on_the_day.organisations == ()  # first written on the 18th
    assert registry_as_of(registry, "2023-04-18") == registry


def test_a_later_source_may_name_a_party_and_totals_are_never_summed() -> None:
    first = _signing("doc-a", partners=("甲某集团有限公司",), total="20")
    second = _signing("doc-b", partners=("甲某集团有限公司", "乙某科技有限公司"), total="21")
    [signing] = build_registry((*first, *second)).signings
    assert [each.value for each in signing.partners] == ["甲某集团有限公司", "乙某科技有限公司"]
    assert len(signing.partners[0].evidence) == 2
    assert len(signing.placeholders) == 4
    assert sorted(each.value.figure for each in signing.totals) == [Decimal(20), Decimal(21)]


def test_a_named_party_whose_statement_still_waits_is_no_placeholder() -> None:
    accepted = [
        each
        for each in _signing("doc-a", partners=("甲某集团有限公司", "乙某科技有限公司"), total="20")
        if each.value != "乙某科技有限公司"
    ]
    [signing] = build_registry(accepted).signings
    assert len(signing.partners) == 1
    assert len(signing.placeholders) == 4


def _signing(document: str, partners: tuple[str, ...], total: str) -> list[Statement]:
    day = "2023-04-07"
    amount = Quantity(Decimal(total), "gt", "yuan")
    signer = "丙某股份有限公司"
    return [
        *(
            make_statement("signing", signer, "partner", name, document=document, date=day)
            for name in partners
        ),
        make_statement(
            "signing",
            signer,
            "partners",
            "6",
            document=document,
            quantity=SIX,
            date=day,
            named=str(len(partners)),
        ),
        make_statement(
            "amount", signer, "signed_total", total, document=document, quantity=amount, date=day
        ),
    ]


def test_an_office_of_two_documents_is_two_offices_where_the_province_is_unknown() -> None:
    told = [
        make_statement("organisation", "省能源局", "kind", "department", document=document)
        for document in ("doc-a", "doc-b")
    ]
    apart = build_registry(told, Background(DIVISIONS))
    assert [each.name.value for each in apart.organisations] == ["省能源局", "省能源局"]
    homes = {"doc-a": "140000", "doc-b": "140000"}
    [one] = build_registry(told, Background(DIVISIONS, homes)).organisations
    assert one.key == "山西省能源局"
    assert one.name.value == "山西省能源局"


def test_two_persons_of_one_name_are_one_only_where_they_share_something() -> None:
    told = [
        make_statement("person_post", "张伟", "post", "厂长", document="doc-a", organisation="甲某有限公司"),
        make_statement("person_post", "张伟", "post", "书记", document="doc-b", organisation="乙某有限公司"),
        make_statement("person_post", "张伟", "post", "代表", document="doc-c", organisation="甲某有限公司"),
    ]  # fmt: skip
    persons = build_registry(told).persons
    assert sorted(len(each.name.evidence) for each in persons) == [1, 2]
    assert {each.name.value for each in persons} == {"张伟"}


def test_a_meeting_in_two_sources_keeps_both_numbers() -> None:
    def told(document: str, units: int) -> list[Statement]:
        count = Quantity(Decimal(units), "eq", "家单位")
        return [
            make_statement("organisation", ALLIANCE, "kind", "association", document=document),
            make_statement("event", ALLIANCE, "type", "alliance_founded", document=document, date="2023-04-07"),
            make_statement("attendance", f"{ALLIANCE}成立大会", "units", str(units), document=document, quantity=count),
        ]  # fmt: skip

    built = build_registry([*told("doc-a", 66), *told("doc-b", 65)])
    [attendance] = built.attendances
    assert sorted(each.value.figure for each in attendance.units) == [Decimal(65), Decimal(66)]
    assert len(built.events) == 1


def test_a_pack_row_is_evidence_of_its_own_kind_and_brings_its_second_name() -> None:
    rows = {
        "organisations": (
            "org_id,name_zh,kind,region,city,county,evidence_zh,sources\n"
            "tz,太原重型机械集团有限公司(太重集团),firm,CN-SX,太原,,整机,S1;S2\n"
            "dx,定襄县法兰锻造产业集群,cluster,CN-SX,忻州,定襄,三百家,S2\n"
        ).encode(),
        "sources": b"source_id,title,date\nS1,a,2022-01-02\nS2,b,2021\n",
    }
    listed = read_listed("shanxi", rows)
    assert listed[0].day == "2022-01-02"
    told = [make_statement("organisation", CHAIR, "kind", "firm")]
    built = build_registry(told, Background(divisions(), listed=listed))
    names = {each.name.value: each for each in built.organisations}
    group = names["太原重型机械集团有限公司"]
    assert set(group.evidence) == {"shanxi/organisations/tz", *ids(told)}
    assert group.first_known == "2022-01-02"
    assert names["定襄县法兰锻造产业集群"].kind == "cluster"
    assert [each.value for each in group.places] == ["太原"]


def test_every_region_code_of_a_pack_is_a_province() -> None:
    codes = {row[0] for rows in divisions().values() for row in rows if row[0].endswith("0000")}
    assert set(PROVINCES.values()) <= codes


def test_a_rejected_statement_takes_its_organisation_with_it(
    reading: Reading, background: Background
) -> None:
    kept = [each for each in reading.statements if "江苏九鼎" not in each.value + each.subject]
    kept = [
        replace(each, qualifiers=())
        if each.qualifier("organisation") == "江苏九鼎集团有限公司"
        else each
        for each in kept
    ]
    built = build_registry(kept, background)
    assert "江苏九鼎集团有限公司" not in {each.name.value for each in built.organisations}


def test_words_in_two_copies_of_a_page_were_said_once() -> None:
    said = [
        make_statement(
            "quotation", "张伟", "words", "先补短板", document=page, organisation="甲某有限公司"
        )
        for page in ("doc-a", "doc-b")
    ]
    days = {"doc-a": "2023-04-18", "doc-b": "2023-04-07"}
    posts = [
        make_statement(
            "person_post", "张伟", "post", "厂长", document=page, organisation="甲某有限公司"
        )
        for page in days
    ]
    [quotation] = build_registry([*posts, *said], Background(DIVISIONS, days=days)).quotations
    assert set(quotation.evidence) == ids(said)
    assert quotation.stated_on == "2023-04-07"
