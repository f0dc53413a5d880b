"""A user's own table: every row is accounted for, and what is refused says why."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fenglian.engine.chain import product_table as module
from fenglian.engine.chain import table_faults
from fenglian.engine.chain.product_table import (
    PRODUCT_HEADINGS,
    PairReading,
    product_table,
    read_pairs,
)

HEADER = "country,product,value\n"


def read(text: str, charset: str = "utf-8") -> PairReading:
    return read_pairs(text.encode(charset), "mine.csv", PRODUCT_HEADINGS)


def test_rows_are_taken_refused_or_repetitions_and_none_is_lost() -> None:
    found = read(
        HEADER
        + 'a,steel,1\nb,steel,"1,234.5"\n\na,steel,1.0\na,steel,2\n,steel,1\nc,,1\nc,steel,\n'
        + "c,steel,-1\nc,steel,nan\nc,steel,1e999\nc,steel,ten\nc,steel\nc,steel,0\n"
    )
    assert found.firsts == ("a", "b", "c")
    assert found.values == (1.0, 1234.5, 0.0)
    assert found.duplicates == (5,)
    assert [fault.facts["row"] for fault in found.rejected] == [6, 7, 8, 9, 10, 11, 12, 13, 14]
    assert [type(fault).__name__ for fault in found.rejected] == [
        "Contradiction",
        "MissingValue",
        "MissingValue",
        "EmptyAmount",
        "NegativeQuantity",
        "NotAnAmount",
        "NotAnAmount",
        "NotAnAmount",
        "WrongRowLength",
    ]
    assert found.rows_in == 13


def test_a_refused_row_names_place_value_and_way_out_in_both_languages() -> None:
    [fault] = read("国家,产品,金额\na,steel,1\na,steel,ten\n").rejected
    assert fault.message("zh") == (
        "mine.csv 第 3 行 金额 列：“ten”不是有限的数。请写成 1234.5 或 1,234.5；不知道就删去这一行。"
    )
    assert fault.message("en").startswith(
        "mine.csv, row 3, column 金额: 'ten' is no finite number."
    )


def test_a_contradiction_names_both_rows() -> None:
    [fault] = read(HEADER + "a,steel,1\na,steel,2\n").rejected
    assert "a · steel 在第 2 行已有另一个数，这里是 2" in fault.message("zh")


def test_chinese_spreadsheets_are_read_in_their_charset() -> None:
    assert read("国家,产品,金额\n山西,钢材,3\n", "gb18030").firsts == ("山西",)
    assert read("\ufeff国家,产品,金额\n山西,钢材,3\n").seconds == ("钢材",)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "一行也没有"),
        (b"country,product,value\n\n", "一行也没有"),
        (b"country,product\na,b\n", "value 列：缺少这一列"),
        (b"country,product,value\na,b,x\n", "“x”不是有限的数"),
        (b"\xff\xff\xff", "读不出来"),
        (b"country,product,value\na,b,\x00\n", "读不出来"),
    ],
)
def test_a_table_that_cannot_be_used_says_why(content: bytes, said: str) -> None:
    with pytest.raises(table_faults.TableRefused) as raised:
        read_pairs(content, "mine.csv", PRODUCT_HEADINGS)
    assert said in raised.value.message("zh")


def test_a_table_beyond_the_limits_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_BYTES", 30)
    with pytest.raises(table_faults.TableTooLarge):
        read(HEADER + "a,steel,1000000000\n")
    monkeypatch.setattr(module, "MAX_CELLS", 3)
    with pytest.raises(table_faults.TableTooWide):
        product_table(["a", "b"], ["x", "y"], [1.0, 1.0])


def test_progress_is_told_up_to_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "STEP", 2)
    told: list[tuple[int, int]] = []
    content = (HEADER + "a,x,1\nb,x,1\nc,x,1\n").encode()
    read_pairs(
        content, "mine.csv", PRODUCT_HEADINGS, lambda done, total: told.append((done, total))
    )
    assert told == [(2, 4), (4, 4), (4, 4)]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["a", "b", ""]),
            st.sampled_from(["x", "y", ""]),
            st.sampled_from(["1", "2", "-1", "", "?"]),
        ),
        max_size=20,
    )
)
def test_rows_in_are_accepted_rejected_and_duplicate(rows: list[tuple[str, str, str]]) -> None:
    content = HEADER + "z,z,9\n" + "".join(f"{','.join(row)}\n" for row in rows)
    found = read(content)
    blank = sum(row == ("", "", "") for row in rows)
    assert found.rows_in == len(rows) + 1 - blank
    assert len(set(zip(found.firsts, found.seconds, strict=True))) == len(found.values)
