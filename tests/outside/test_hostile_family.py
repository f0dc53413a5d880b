"""Is every member of the hostile families refused within the limits, by a fault that names the file?"""

from dataclasses import replace

import pytest

from fenglian.engine.errors import DocumentError
from fenglian.outside.archive import LIMITS
from fenglian.outside.faults import WorkbookError
from fenglian.outside.workbook import read_workbook
from tests.outside.hostile import CORPUS
from tests.outside.hostile_family import CASES, SLIPS, slip

SMALL = replace(LIMITS, seconds=10)  # whoever takes longer is stopped, and that is a fault too


def test_there_are_enough_of_them() -> None:
    assert len(CASES) + len(CORPUS) >= 120


@pytest.mark.parametrize("name", CASES)
def test_it_is_refused_by_name(name: str) -> None:
    make, kinds = CASES[name]
    with pytest.raises((WorkbookError, DocumentError)) as refusal:
        read_workbook(make(), "坏文件.xlsx", limits=SMALL)
    assert type(refusal.value).__name__ in kinds
    for language in ("zh", "en"):
        assert "坏文件.xlsx" in refusal.value.message(language)


@pytest.mark.parametrize("row", SLIPS)
def test_a_slip_is_put_right_or_refused_and_nothing_else(row: str) -> None:
    try:
        sheets = read_workbook(slip(row), "a.xlsx", limits=SMALL)
    except WorkbookError:
        return
    assert all(each.number >= 1 for each in sheets.sheets[0].rows)
