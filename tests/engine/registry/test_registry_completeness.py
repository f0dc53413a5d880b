"""Does the meter count what is asked, and does it ask for what is not known?"""

from decimal import Decimal

from fenglian.engine.quantities import Quantity
from fenglian.engine.registry.completeness import completeness
from fenglian.engine.registry.profile import CapacityStated, Contact, Profile, Site
from tests.engine.registry.sheet_making import TABLES, USCC

BARE = Profile(uscc=USCC, name_zh="甲一公司", kind="firm", status="active")
NOTHING = {name for name in TABLES if name != "profile"}


def _asked(table: str) -> int:
    return sum(column.required in ("yes", "no") for column in TABLES[table].columns)


def test_an_empty_profile_knows_nothing_and_asks_for_every_table() -> None:
    meter = completeness({}, TABLES)
    assert meter.known == 0
    assert meter.asked == sum(_asked(name) for name in TABLES)
    assert [question.table for question in meter.questions] == list(TABLES)
    assert all(question.column is None for question in meter.questions)
    assert meter.ratio == 0


def test_what_is_known_is_counted_and_the_rest_is_asked_for() -> None:
    meter = completeness({"profile": [BARE]}, TABLES, none_of=NOTHING)
    [section] = meter.sections
    assert (section.known, section.asked) == (3, _asked("profile"))
    asked = {question.column for question in section.questions}
    assert {"founded_on", "registered_capital"} <= asked
    assert not asked & {"uscc", "name_zh", "predecessor", "former_names"}
    [capital] = [each for each in meter.questions if each.column == "registered_capital"]
    assert capital.text.zh == "单位概况：“注册资本”是多少万元？"
    assert capital.text.en == "Profile: “registered capital”, in 10,000 yuan?"
    assert section.ratio == 3 / _asked("profile")


def test_zero_and_none_are_answers() -> None:
    zero = Quantity(Decimal(0), "eq", "yuan")
    answered = Profile(
        uscc=USCC,
        name_zh="甲一公司",
        kind="firm",
        status="active",
        registered_capital=zero,
        short_names=(),
        name_en="",
    )
    more = completeness({"profile": [answered]}, TABLES, none_of=NOTHING)
    less = completeness({"profile": [BARE]}, TABLES, none_of=NOTHING)
    assert more.known == less.known + 3


def test_each_row_of_a_table_is_asked_by_its_name() -> None:
    sites = [
        Site(uscc=USCC, name="一厂", region="140100", address="某路 1 号", owned=False),
        Site(uscc=USCC, name="二厂", region="140100"),
    ]
    meter = completeness({"sites": sites}, TABLES, none_of=set(TABLES) - {"sites"})
    assert (meter.known, meter.asked) == (4, 2 * _asked("sites"))
    assert [question.key for question in meter.questions] == [
        (USCC, "一厂"),
        (USCC, "二厂"),
        (USCC, "二厂"),
        (USCC, "二厂"),
    ]
    assert meter.questions[0].text.zh == "厂区（一厂）：“占地面积”是多少平方米？"
    assert meter.questions[1].text.en == "Sites (二厂): “address”?"


def test_a_quantity_in_the_unit_of_its_row_is_asked_without_one() -> None:
    stated = CapacityStated(
        uscc=USCC,
        product="blade",
        period="2024",
        quantity=Quantity(Decimal(5), "eq", "MW"),
        unit="MW",
        basis="self",
    )
    meter = completeness({"capacities": [stated]}, TABLES, none_of=set(TABLES) - {"capacities"})
    [question] = meter.questions
    assert question.text.zh == "现有产能（blade · 2024）：“其中空余”是多少？"
    assert question.text.en == "Capacity (blade · 2024): “of it free”?"


def test_where_nothing_is_asked_there_is_no_ratio() -> None:
    meter = completeness({}, TABLES, none_of=set(TABLES))
    assert meter.sections == ()
    assert meter.ratio is None


def test_a_full_row_leaves_no_question() -> None:
    contact = Contact(uscc=USCC, name="甲", title="无", phone="0351-1234567", email="a@example.com")
    meter = completeness({"contacts": [contact]}, TABLES, none_of=set(TABLES) - {"contacts"})
    assert meter.questions == ()
    assert meter.sections[0].ratio == 1
