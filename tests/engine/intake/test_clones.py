"""Copies of a page are found, and what they contradict in is listed."""

from fenglian.engine.intake.clones import (
    NEAR,
    Contradiction,
    Fingerprint,
    distance,
    find_clones,
    find_contradictions,
    fingerprint,
)

STORY = (
    "甲源重工有限公司与乙川锻造有限公司在太原签约,总额21亿元。项目占地150亩,建成后年产风电主轴1200根,法兰由丙河锻造有限公司供应。"
    * 3
)
OTHER = (
    "第七届少年乒乓球赛在体育馆落幕,共有来自十九支队伍的运动员参加,历时四天,进行了四百一十八场比赛,冠军由十二岁的选手获得。"
    * 3
)
FACT = ("amount", "甲源重工有限公司", "signed_total")


def bits(text: str) -> int:
    found = fingerprint(text)
    assert found is not None
    return found


def test_a_copy_with_one_number_changed_is_near_and_another_story_is_far() -> None:
    assert distance(bits(STORY), bits(STORY.replace("150亩", "160亩", 1))) <= NEAR
    assert distance(bits(STORY), bits(OTHER)) > 2 * NEAR
    assert fingerprint("太短") is None
    assert distance(None, bits(STORY)) == 64


def test_spaces_and_marks_do_not_count() -> None:
    assert bits(STORY) == bits(STORY.replace(",", "，").replace("。", " 。 "))


def test_copies_of_copies_are_one_group() -> None:
    one = (1 << 64) - 1
    pages = [
        Fingerprint("a", one),
        Fingerprint("x", 0),
        Fingerprint("b", one ^ 0b111111),
        Fingerprint("c", one ^ 0b111111 ^ (0b111111 << 20)),
    ]
    assert find_clones(pages) == (("a", "b", "c"),)
    assert find_clones([]) == ()


def test_what_all_copies_say_is_no_contradiction() -> None:
    stated = {
        "a": [(FACT, "21"), (("count", "", "persons"), "66")],
        "b": [(FACT, "12"), (("count", "", "persons"), "66")],
        "c": [(("count", "", "persons"), "66")],
    }
    assert find_contradictions(stated, ("a", "b", "c")) == (
        Contradiction(FACT, {"12": ("b",), "21": ("a",)}),
    )


def test_of_several_values_only_those_that_differ_are_named() -> None:
    stated = {"a": [(FACT, "1"), (FACT, "2")], "b": [(FACT, "1"), (FACT, "3")]}
    [found] = find_contradictions(stated, ("a", "b"))
    assert found.values == {"2": ("a",), "3": ("b",)}
