"""A user's own tables: every row is accepted, rejected with place and way out, or a duplicate."""

import numpy as np
import pytest

from fenglian.engine.chain.link_faults import MissingHeading, NothingAccepted
from fenglian.engine.chain.link_tables import TableFile, read_network
from fenglian.engine.chain.supply_network import SupplyNetwork
from fenglian.engine.errors import PackFault

FIRMS = (
    "firm,sector,market,revenue,cost,weight,owner,region\na,s,,10,,,g,x\nb,t,m,,,2,,\nc,,,,,,,\n"
)


def read(links: str, firms: str = FIRMS, essentiality: str | None = None) -> SupplyNetwork:
    rated = None if essentiality is None else TableFile("e.csv", essentiality.encode())
    return read_network(
        TableFile("links.csv", links.encode()), TableFile("firms.csv", firms.encode()), rated
    )


def faults(links: str, **tables: str) -> list[str]:
    return [fault.message("en") for fault in read(links, **tables).intakes[0].faults]


def test_good_tables_become_arrays() -> None:
    network = read(
        'supplier,buyer,value,class\na,b,"1,200.5",2\nb,c,3e1,\n',
        essentiality="input,output,class\ns,t,0\n",
    )
    assert network.firms == ("a", "b", "c")
    assert network.values.tolist() == [1200.5, 30.0]
    assert network.effects.tolist() == [2, 1]
    assert network.owners == ("g", "b", "c")
    assert network.regions == ("x", "", "")
    assert network.sector.tolist() == [0, 1, -1]
    assert len(set(network.market[:2].tolist())) == 2
    assert network.market[2] == -1
    assert np.isnan(network.revenue).tolist() == [False, True, True]
    assert [intake.name for intake in network.intakes] == ["links.csv", "firms.csv", "e.csv"]
    assert network.sold.tolist() == [1200.5, 30.0, 0.0]
    assert network.weights().tolist() == [1200.5 / 1202.5, 2 / 1202.5, 0.0]


def test_essentiality_rates_a_link_that_has_no_class_of_its_own() -> None:
    network = read("supplier,buyer,value\na,b,1\n", essentiality="input,output,class\ns,t,2\n")
    assert network.effects.tolist() == [2]
    assert network.rated
    assert not read("supplier,buyer,value\na,b,1\n").rated


def test_rows_read_are_accepted_rejected_or_duplicates() -> None:
    network = read("supplier,buyer,value\na,b,1\na,b,2\na,a,5\n\nb,c,x\nb,c,4\n")
    links = network.intakes[0]
    assert (links.read, links.accepted, links.rejected, links.duplicates) == (5, 2, 2, 1)
    assert network.values.tolist() == [3.0, 4.0]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("a,a,1,", "links.csv, row 3, column buyer: 'a' supplies itself."),
        ("a,d,1,", "row 3, column buyer: 'd' is not in firms."),
        (",b,1,", "row 3, column supplier: the cell is empty."),
        ("a,b,,", "row 3, column value: the cell is empty."),
        ("a,b,0,", "row 3, column value: the value is 0."),
        ("a,b,-1,", "row 3, column value: -1 is below 0."),
        ("a,b,nan,", "row 3, column value: 'nan' is not finite."),
        ("a,b,1e999,", "row 3, column value: '1e999' is not finite."),
        ("a,b,ten,", "row 3, column value: 'ten' is no number."),
        ('a,b,"1,20",', "row 3, column value: '1,20' is no number."),
        ("a,b,1,3", "row 3, column class: '3' is not one of the words"),
        ("b,c,1,2", "row 3, column class: '2' differs from row 2"),
        ("a,b", "row 3: 2 cells; the header has 4."),
    ],
)
def test_a_wrong_row_is_told_with_its_place(row: str, said: str) -> None:
    [fault] = faults(f"supplier,buyer,value,class\nb,c,1,1\n{row}\n")
    assert said in fault


def test_both_languages_tell_the_way_out() -> None:
    fault = read("supplier,buyer,value\nb,c,1\na,a,1\n").intakes[0].faults[0]
    assert (
        fault.message("zh")
        == "links.csv 第 3 行 buyer 列：“a”供货给自己。自用不算供应关系，请删去这一行。"
    )


def test_firms_that_repeat_themselves_are_duplicates_or_wrong() -> None:
    network = read(
        "supplier,buyer,value\na,b,1\n",
        firms="firm,sector,revenue\na,s,1\na,s,1\nb,t,\nb,u,\nc,s,-1\n",
    )
    firms = network.intakes[1]
    assert (firms.read, firms.accepted, firms.duplicates, firms.rejected) == (5, 2, 1, 2)
    assert "repeats row 4" in firms.faults[0].message("en")


def test_an_essentiality_that_contradicts_itself_is_rejected() -> None:
    rated = "input,output,class\ns,t,2\ns,t,2\ns,t,1\nt,s,\n"
    intake = read("supplier,buyer,value\na,b,1\n", essentiality=rated).intakes[2]
    assert (intake.accepted, intake.duplicates, intake.rejected) == (1, 1, 2)
    assert "row 2" in intake.faults[0].message("en")


def test_a_missing_column_is_named_with_those_that_are_there() -> None:
    with pytest.raises(MissingHeading, match="has no column value, only: supplier, buyer, amount"):
        read("supplier,buyer,amount\na,b,1\n")
    with pytest.raises(MissingHeading, match="only: –"):
        read("")


def test_a_table_without_a_usable_row_is_refused() -> None:
    with pytest.raises(NothingAccepted, match="row 2, column buyer"):
        read("supplier,buyer,value\na,d,1\n")
    with pytest.raises(NothingAccepted, match="the table has no row"):
        read("supplier,buyer,value\n")


def test_a_file_that_is_no_table_is_refused() -> None:
    with pytest.raises(PackFault, match="cannot be read"):
        read('supplier,buyer,value\na,b,"1\n')
    with pytest.raises(PackFault, match="utf-8, gb18030"):
        read_network(TableFile("l.csv", b""), TableFile("f.csv", b"\xff\xff\x00"))


def test_a_chinese_spreadsheet_is_read_in_its_own_charset() -> None:
    links = TableFile("l.csv", "supplier,buyer,value\n甲,乙,1\n".encode("gb18030"))
    firms = TableFile("f.csv", "firm,sector\n甲,轴承\n乙,整机\n".encode("utf-8-sig"))
    assert read_network(links, firms).firms == ("甲", "乙")


def test_a_large_table_of_firms_is_not_searched_for_the_nearest_name() -> None:
    firms = "firm,sector\n" + "".join(f"f{number},s\n" for number in range(2001))
    [fault] = faults("supplier,buyer,value\nf1,f2,1\nf1,f9999,1\n", firms=firms)
    assert "nearest: –" in fault
