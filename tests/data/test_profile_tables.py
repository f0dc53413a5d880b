"""Do the tables that describe a profile hold together: types, classes, headings, records?"""

from collections import Counter
from dataclasses import fields

import pytest

import fenglian as fl
from fenglian.data.profile import profile_files
from fenglian.engine.disclosure.classes import DataClass, declared_class
from fenglian.engine.registry.cells import TYPES
from fenglian.engine.registry.figures import read_unit
from fenglian.engine.registry.profile import RECORDS
from fenglian.engine.registry.records import KINDS
from fenglian.engine.registry.tables import TableDescription

TABLES = fl.load_profile_tables()
REQUIRED = {"key", "key or empty", "yes", "no", "if any"}
EACH = pytest.mark.parametrize("table", TABLES.values(), ids=list(TABLES))


def test_every_file_of_columns_is_a_table_and_every_table_has_a_record() -> None:
    assert set(profile_files().columns) == set(TABLES) == set(RECORDS)


@EACH
def test_the_fields_of_a_record_are_the_columns_of_its_table(table: TableDescription) -> None:
    names = [field.name for field in fields(RECORDS[table.name])]
    assert names == [*(column.name for column in table.columns), "extra"]


@EACH
def test_every_column_is_described_in_full(table: TableDescription) -> None:
    for column in table.columns:
        assert column.type in TYPES
        assert column.required in REQUIRED
        assert column.label.zh
        assert column.label.en
        assert column.data_class  # nothing is left undeclared
        assert declared_class(column.data_class) in DataClass
        assert (column.type == "choice") == bool(column.choices)
        if column.unit_column:
            assert table.column(column.unit_column).type == "unit"
        elif column.unit:
            assert column.unit_label is not None
            if column.type == "quantity":
                read_unit(column.unit)
    assert table.key


@EACH
def test_no_two_columns_of_a_table_share_a_heading(table: TableDescription) -> None:
    words = Counter(
        word.lower()
        for column in table.columns
        for word in {column.name, column.label.zh, column.label.en, *column.aliases}
    )
    assert [word for word, count in words.items() if count > 1] == []


def test_what_competitors_must_not_see_is_declared_so() -> None:
    def of(table: str, column: str) -> str:
        return TABLES[table].column(column).data_class

    assert of("profile", "legal_rep") == DataClass.P
    assert {column.data_class for column in TABLES["contacts"].columns[1:]} == {DataClass.P}
    assert of("offering_prices", "price") == DataClass.S3
    assert of("capacities", "quantity") == of("capacities", "free") == DataClass.S2
    assert of("capacity_plans", "quantity") == of("capacity_plans", "period") == DataClass.S3
    assert of("offerings", "model") == DataClass.S1
    assert of("profile", "name_zh") == DataClass.S0


def test_the_kinds_of_organisations_are_those_of_the_registry() -> None:
    choices = TABLES["profile"].column("kind").choices
    assert {choice.word: choice.label for choice in choices} == KINDS


def test_a_column_that_is_not_there_is_named_with_its_table() -> None:
    with pytest.raises(KeyError, match=r"profile\.colour"):
        TABLES["profile"].column("colour")
