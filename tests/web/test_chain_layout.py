"""The map's layout: in order, without overlap, no link behind a product, the same every time."""

import random
import re
from itertools import pairwise

import pytest

from fenglian.web.chain.layout import Layout, Sizes, lay_out

COLUMNS = [["ore", "sand"], ["steel", "glass"], ["tower", "blade", "hub"], ["turbine"]]
LINKS = [
    ("ore", "steel"), ("sand", "glass"), ("steel", "tower"), ("glass", "blade"), ("sand", "hub"),
    ("tower", "turbine"), ("blade", "turbine"), ("hub", "turbine"), ("ore", "turbine"),
    ("hub", "blade"), ("turbine", "glass"),
]  # fmt: skip


def assert_sound(layout: Layout, sizes: Sizes) -> None:
    """Check that nothing overlaps and that no lane runs behind a product."""
    columns = {box.column for box in layout.boxes}
    for column in columns:
        boxes = sorted((box for box in layout.boxes if box.column == column), key=lambda b: b.y)
        for above, below in pairwise(boxes):
            assert above.y + above.height < below.y
    for wire in layout.wires:
        for column, height in wire.lanes:
            for box in layout.boxes:
                if box.column == column:
                    assert not box.y <= height <= box.y + box.height, (wire, box)
    for box in layout.boxes:
        assert box.x >= sizes.margin
        assert box.x + box.width <= layout.width
        assert box.y + box.height <= layout.height


def test_every_product_and_every_link_has_a_place() -> None:
    layout = lay_out(COLUMNS, LINKS, "turbine")
    assert {box.product for box in layout.boxes} == {name for row in COLUMNS for name in row}
    assert {(wire.part, wire.product) for wire in layout.wires} == set(LINKS)
    assert_sound(layout, Sizes())


def test_a_link_that_skips_columns_runs_in_lanes() -> None:
    layout = lay_out(COLUMNS, LINKS, "turbine")
    [far] = [wire for wire in layout.wires if (wire.part, wire.product) == ("ore", "turbine")]
    assert [column for column, _height in far.lanes] == [1, 2]
    assert len(re.findall("H", far.path)) == 2


def test_links_to_and_from_what_is_not_drawn_are_left_out() -> None:
    assert lay_out([["a"]], [("a", "b"), ("c", "a")]).wires == ()


def test_the_same_input_gives_the_same_picture() -> None:
    assert lay_out(COLUMNS, LINKS) == lay_out(COLUMNS, LINKS)


def test_nothing_has_a_layout_too() -> None:
    assert lay_out([[], []], []).boxes == ()


@pytest.mark.parametrize("seed", range(40))
def test_any_chain_is_laid_out_soundly(seed: int) -> None:
    draw = random.Random(seed)  # noqa: S311 — chains to try, no secret
    columns = [
        [f"{at}-{number}" for number in range(draw.randint(0, 9))]
        for at in range(draw.randint(1, 6))
    ]
    names = [name for column in columns for name in column]
    links = {(draw.choice(names), draw.choice(names)) for _ in range(50)} if names else set()
    assert_sound(lay_out(columns, sorted(link for link in links if link[0] != link[1])), Sizes())
