"""Records as plain values, for programs."""

import json
from datetime import date

import pytest

from fenglian.engine.advice.verbs import verbs
from fenglian.engine.chain.plain import to_plain
from tests.chains import example


def test_a_whole_advice_goes_through_json_and_keeps_what_is_unknown() -> None:
    plain = json.loads(json.dumps(to_plain(verbs(example()))))
    figures = [figure for item in plain["items"] for figure in item["figures"]]
    assert any(figure["high"] is None for figure in figures)
    assert {item["verb"] for item in plain["items"]} <= {"build", "patch", "strengthen", "extend"}


def test_days_lists_and_mappings_have_a_plain_form_and_others_have_none() -> None:
    assert to_plain({"b": [date(2026, 1, 31)], "a": (1, None)}) == {
        "a": [1, None],
        "b": ["2026-01-31"],
    }
    with pytest.raises(TypeError, match="object"):
        to_plain(object())
