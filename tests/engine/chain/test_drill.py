"""A drill that cannot be is refused, and tables of stocks and stand-ins are read row by row."""

from dataclasses import replace

import pytest

from fenglian.engine.chain.drill import (
    Drill,
    FinalProduct,
    Free,
    Rationing,
    Rules,
    Shock,
    Stock,
    Substitute,
    check_drill,
    product_kind,
    product_name,
)
from fenglian.engine.chain.drill_faults import (
    BadDays,
    BadRules,
    BadShare,
    DrillTooLarge,
    LostTwice,
    StandsInForNobody,
    StartsTooLate,
    UnknownInput,
)
from fenglian.engine.chain.drill_tables import DrillTables, read_drill_tables
from fenglian.engine.chain.intervals import Interval, exactly
from fenglian.engine.chain.link_faults import MissingHeading, NothingAccepted, UnknownFirm
from fenglian.engine.chain.link_tables import TableFile
from fenglian.engine.chain.supply_network import make_network
from fenglian.engine.errors import FenglianError
from fenglian.engine.labels import Label

NETWORK = make_network(
    ["forge", "other forge", "tower", "mine"],
    ["flange", "flange", "tower", ""],
    [("forge", "tower", 10.0), ("mine", "forge", 2.0)],
)
ONCE = Drill((Shock("forge"),))
MW = FinalProduct("tower", Label("兆瓦", "MW"), exactly(3e6))


@pytest.mark.parametrize(
    ("drill", "rules", "fault"),
    [
        (Drill((Shock("nobody"),)), Rules(), UnknownFirm),
        (Drill((Shock("forge", share=0),)), Rules(), BadShare),
        (Drill((Shock("forge", share=1.5),)), Rules(), BadShare),
        (Drill((Shock("forge", from_day=0),)), Rules(), BadDays),
        (Drill((Shock("forge", days=0),)), Rules(), BadDays),
        (Drill((Shock("forge", 0.7, 1, 9), Shock("forge", 0.5, 5, 9))), Rules(), LostTwice),
        (replace(ONCE, stocks=(Stock("nobody", "flange", exactly(1)),)), Rules(), UnknownFirm),
        (replace(ONCE, stocks=(Stock("tower", "flanges", exactly(1)),)), Rules(), UnknownInput),
        (replace(ONCE, free=(Free("nobody", exactly(1)),)), Rules(), UnknownFirm),
        (replace(ONCE, final=replace(MW, product="towers")), Rules(), UnknownInput),
        (
            replace(ONCE, substitutes=(Substitute("tower", "tower", "forge"),)),
            Rules(),
            StandsInForNobody,
        ),
        (
            replace(ONCE, substitutes=(Substitute("tower", "flange", "tower"),)),
            Rules(),
            StandsInForNobody,
        ),
        (
            replace(ONCE, substitutes=(Substitute("tower", "flange", "other forge", 0),)),
            Rules(),
            BadDays,
        ),
        (Drill((Shock("forge", from_day=50),)), Rules(days=42), StartsTooLate),
        (ONCE, Rules(days=0), BadRules),
        (ONCE, Rules(yuan=0), BadRules),
        (ONCE, Rules(overproduction=0.9), BadRules),
        (ONCE, Rules(stopped_below=0.9, recovered_at=0.5), BadRules),
        (ONCE, Rules(assumed=Interval(1, None, 3)), BadRules),
        (ONCE, Rules(assumed=Interval(5, 3, 9)), BadRules),
        (ONCE, Rules(favoured=("nobody",)), UnknownFirm),
    ],
)
def test_what_cannot_be_is_refused_in_both_languages(
    drill: Drill, rules: Rules, fault: type[FenglianError]
) -> None:
    with pytest.raises(fault) as caught:
        check_drill(NETWORK, drill, rules)
    assert caught.value.message("zh") != caught.value.message("en")


def test_more_than_can_be_kept_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fenglian.engine.chain.drill.LARGEST", 100)
    with pytest.raises(DrillTooLarge) as caught:
        check_drill(NETWORK, ONCE, Rules(days=26))
    assert "4 家 × 26 天" in caught.value.message("zh")


def test_two_losses_one_after_the_other_are_fine() -> None:
    after = Drill((Shock("forge", 0.7, 1, 4), Shock("forge", 0.7, 5, None)), final=MW)
    check_drill(NETWORK, after, Rules(favoured=("tower",)))


def test_a_product_is_a_sector_or_a_firm_without_one() -> None:
    assert product_kind(NETWORK, "tower") == NETWORK.sectors.index("tower")
    kind = product_kind(NETWORK, "mine")
    assert kind is not None
    assert product_name(NETWORK, kind) == "mine"
    assert product_kind(NETWORK, "forge") is None  # a firm that has a sector is no product
    assert {rule.label.zh for rule in Rationing} == {"按订货比例分", "先供网络内企业"}


def read(**texts: str) -> DrillTables:
    files = {name: TableFile(f"{name}.csv", text.encode()) for name, text in texts.items()}
    return read_drill_tables(NETWORK, **files)


def test_stocks_are_intervals_with_their_source() -> None:
    found = read(
        stocks="firm,product,days_low,days,days_high,source\n"
        "tower,flange,3,5,9,盘点\ntower,,,2,,\nforge,mine,1,,,\ntower,flange,3,5,9,盘点\n"
    )
    assert found.stocks == (
        Stock("tower", "flange", Interval(3, 5, 9), "盘点"),
        Stock("tower", "", exactly(2)),
        Stock("forge", "mine", Interval(1, None, None)),
    )
    [intake] = found.intakes
    assert (intake.read, intake.accepted, intake.duplicates, intake.rejected) == (4, 3, 1, 0)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("towr,flange,5", "“towr”不在 firms 里"),
        ("tower,blade,5", "“tower”在网络里不买“blade”，买的是：flange"),
        ("mine,flange,5", "买的是：–"),
        ("tower,flange,", "days"),
        ("tower,flange,soon", "不是数"),
        ("tower,flange,-1", "-1"),
        ("tower,flange", "第 3 行"),
        ("tower,,9", "第 2 行"),
    ],
)
def test_a_wrong_stock_is_rejected_with_its_place(row: str, words: str) -> None:
    [intake] = read(stocks=f"firm,product,days\ntower,,1\n{row}\n").intakes
    [fault] = intake.faults
    assert words in fault.message("zh")
    assert "3" in fault.message("en")


def test_ends_must_enclose_the_working_value() -> None:
    [intake] = read(stocks="firm,days,days_high\ntower,9,3\nforge,1,2\n").intakes
    assert "不在低值和高值之间" in intake.faults[0].message("zh")


def test_free_capacity_and_substitutes_are_read() -> None:
    found = read(
        free="firm,free,source\nother forge,4,\n",
        substitutes="buyer,product,supplier,from_day\ntower,flange,other forge,8\n"
        "tower,flange,tower,1\ntower,flange,other forge,soon\ntower,flange,other forge,0\n"
        "tower,flange,other forge,9\n",
    )
    assert found.free == (Free("other forge", exactly(4)),)
    assert found.substitutes == (Substitute("tower", "flange", "other forge", 8),)
    faults = found.intakes[1].faults
    assert len(faults) == 4
    assert "供应商不能是它自己" in faults[0].message("zh")
    assert "first day of the drill is 1" in faults[1].message("en")


def test_a_table_of_nothing_is_refused() -> None:
    with pytest.raises(MissingHeading):
        read(free="firm\nforge\n")
    with pytest.raises(NothingAccepted):
        read(stocks="firm,days\nnobody,3\n")
