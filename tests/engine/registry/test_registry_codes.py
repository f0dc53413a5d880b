"""Does a unified social credit code hold, and is a slip of the pen caught and placed?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fenglian.data.divisions import division_names
from fenglian.engine.errors import (
    CodeError,
    UnknownUsccPart,
    UnknownUsccRegion,
    UsccCharacter,
    UsccLength,
    WrongUsccCheck,
)
from fenglian.engine.registry.codes import (
    ALPHABET,
    BODIES,
    check_uscc,
    organisation_check,
    uscc_check,
)

# Made up, and worked by hand. Organisation code: 22·3 + 10·7 + 0·9 + 10·10 + 11·5 + 12·8 + 13·4 + 14·2
# = 467 = 42·11 + 5, so 11 − 5 = 6. The whole: 9 + 3 + 9 + 108 + 26 + 420 + 290 + 130 + 88 + 288 + 130
# + 420 + 168 = 2089 = 67·31 + 12, so 31 − 12 = 19, which is K.
MADE_UP = "91140100MA0ABCDE6K"
KINDS = [(body, kind) for body, (_, kinds) in BODIES.items() for kind in kinds]
REGIONS = sorted(division_names())


@st.composite
def codes(draw: st.DrawFn) -> str:
    first = "".join(draw(st.sampled_from(KINDS))) + draw(st.sampled_from(REGIONS))
    organisation = draw(st.text(ALPHABET, min_size=8, max_size=8))
    first += organisation + organisation_check(organisation)
    return first + uscc_check(first)


def test_a_code_worked_by_hand_holds() -> None:
    parts = check_uscc(MADE_UP, division_names())
    assert (parts.body.zh, parts.category.zh) == ("工商", "企业")
    assert (parts.region, parts.region_names) == ("140100", ("太原市",))
    assert parts.organisation_code == "MA0ABCDE6"


@given(codes())
def test_a_computed_code_holds_and_is_taken_apart(code: str) -> None:
    parts = check_uscc(code, division_names())
    assert parts.code == code
    assert parts.region_names == division_names()[code[2:8]]
    assert check_uscc(code.lower()).code == code


@given(codes(), st.integers(0, 17), st.sampled_from(ALPHABET))
def test_every_change_of_one_character_is_caught(code: str, place: int, other: str) -> None:
    changed = code[:place] + other + code[place + 1 :]
    if other == code[place]:
        return
    with pytest.raises(CodeError):
        check_uscc(changed)


@given(codes(), st.integers(0, 16))
def test_every_exchange_of_neighbours_is_caught(code: str, place: int) -> None:
    # 31 is a prime and neighbouring weights differ, so that none of these can pass.
    one, other = code[place], code[place + 1]
    if one == other:
        return
    with pytest.raises(CodeError):
        check_uscc(code[:place] + other + one + code[place + 2 :])


@pytest.mark.parametrize("place", range(18))
def test_no_character_of_the_code_worked_by_hand_can_be_another(place: int) -> None:
    for other in set(ALPHABET) - {MADE_UP[place]}:
        with pytest.raises(CodeError):
            check_uscc(MADE_UP[:place] + other + MADE_UP[place + 1 :])


@pytest.mark.parametrize(
    "written",
    [
        f" {MADE_UP} ",
        MADE_UP.lower(),
        "91140100-MA0ABCDE6-K",
        "".join(chr(ord(each) + 0xFEE0) for each in MADE_UP),
    ],
)
def test_how_it_is_spaced_and_cased_does_not_matter(written: str) -> None:
    assert check_uscc(written).code == MADE_UP


@pytest.mark.parametrize(("text", "length"), [("", 0), ("140100200012345", 15), ("MA0ABCDE6", 9)])
def test_another_length_is_told_with_what_it_may_be(text: str, length: int) -> None:
    with pytest.raises(UsccLength) as refusal:
        check_uscc(text)
    assert refusal.value.facts["length"] == length
    assert "15 位的是旧注册号" in refusal.value.message("zh")


@pytest.mark.parametrize(
    ("place", "written", "meant"),
    [
        (3, "O", "did you mean '0'?"),
        (4, "l", "allowed: 0123456789."),
        (9, "I", "did you mean '1'?"),
        (11, "o", "did you mean '0'?"),
        (12, "V", "did you mean 'U'?"),
        (14, "*", f"allowed: {ALPHABET}."),
        (5, "V", "allowed: 0123456789."),
        (17, "S", "did you mean '5'?"),
        (18, "Z", "did you mean '2'?"),
    ],
)
def test_a_letter_that_is_not_used_names_the_one_that_was_meant(
    place: int, written: str, meant: str
) -> None:
    with pytest.raises(UsccCharacter) as refusal:
        check_uscc(MADE_UP[: place - 1] + written + MADE_UP[place:])
    assert refusal.value.facts["place"] == place
    assert refusal.value.message("en").endswith(meant)
    assert f"第 {place} 位" in refusal.value.message("zh")


@pytest.mark.parametrize(("place", "found"), [(1, "B"), (2, "7")])
def test_an_unknown_office_or_kind_is_told_with_those_there_are(place: int, found: str) -> None:
    with pytest.raises(UnknownUsccPart) as refusal:
        check_uscc(MADE_UP[: place - 1] + found + MADE_UP[place:])
    assert refusal.value.facts["place"] == place
    assert "1 企业" in refusal.value.message("zh") or "9 工商" in refusal.value.message("zh")
    assert "1 enterprise" in refusal.value.message("en") or "9 market" in refusal.value.message(
        "en"
    )


def _made(region: str) -> str:
    first = f"91{region}MA0ABCDE6"
    return first + uscc_check(first)


def test_a_province_that_there_is_not_is_refused_and_a_zone_is_not() -> None:
    with pytest.raises(UnknownUsccRegion) as refusal:
        check_uscc(_made("770000"), division_names())
    assert "770000" in refusal.value.message("zh")
    zone = check_uscc(_made("140171"), division_names())
    assert zone.region_names == ()
    assert check_uscc(_made("100000"), division_names()).region_names == ()
    assert check_uscc(_made("770000")).region_names == ()  # not looked up


def test_a_failed_check_names_the_expected_character_and_where_to_look() -> None:
    with pytest.raises(WrongUsccCheck) as inner:
        check_uscc(MADE_UP.replace("MA0AB", "MA1AB"))
    assert (inner.value.facts["place"], inner.value.facts["first"]) == (17, 9)
    with pytest.raises(WrongUsccCheck) as outer:
        check_uscc(MADE_UP[:-1] + "3")
    assert outer.value.facts["expected"] == "K"
    assert "应为“K”" in outer.value.message("zh")
    assert "'K'" in outer.value.message("en")


def test_the_check_of_an_organisation_code_may_be_x() -> None:
    # 6 · 2 = 12 = 11 + 1, so 11 − 1 = 10, which is written X; of nothing but zeros it is 0.
    assert organisation_check("00000006") == "X"
    assert organisation_check("00000000") == "0"
    # 14·1 by the ninth weight 20: 31 − (20 · 14 = 280 = 9·31 + 1) = 30, the last of the alphabet.
    assert uscc_check("00000000E00000000") == "Y"
