"""Names that share a core, held against every pair compared by hand."""

import random

import pytest

from fenglian.data.divisions import divisions
from fenglian.engine.quantities import WIDE
from fenglian.engine.registry.names import build_regions, normal_form, normal_forms, split_name
from fenglian.engine.registry.nearness import CROWD, LONG_CORE, Keys, find_near

REGIONS = build_regions(divisions())


def made_up(count: int, seed: int) -> list[str]:
    chance = random.Random(seed)  # noqa: S311  # invented names
    places, forms = (
        ("太原市", "大同", "山西省太原市", "", "陕西"),
        ("有限公司", "集团有限公司", "子公司"),
    )
    return [
        chance.choice(places)
        + "".join(chance.choices("金木火", k=chance.choice((1, 2, 3))))
        + chance.choice(("风电", "山西能源", "锻", ""))
        + chance.choice(forms)
        for _ in range(count)
    ]


def keys_of(names: list[str]) -> Keys:
    keys = Keys(REGIONS)
    keys.add((name, row) for row, name in enumerate(names))
    return keys


def by_hand(keys: Keys, known: int, *, own: bool) -> dict[int, set[int]]:
    """Return whom each name meets, one pair after the other; no crowd may be among them."""
    near: dict[int, set[int]] = {}
    for later in range(len(keys.rows)):
        for earlier in range(later if own else min(known, later)):
            one, other = keys.cores[earlier], keys.cores[later]
            apart = sum(a != b for a, b in zip(one, other, strict=False))
            slip = len(one) == len(other) >= LONG_CORE and apart == 1
            slip = slip and keys.regions[earlier] == keys.regions[later]
            asked = own or later >= known
            if asked and (slip or (one == other and len(one) > 1)):
                near.setdefault(later, set()).add(earlier)
    return near


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("own", [True, False])
def test_every_near_pair_is_met_and_no_other(seed: int, own: bool) -> None:
    keys = keys_of(made_up(90, seed))
    known = len(keys.rows) if own else 40
    found = find_near(keys, known, own=own)
    assert {place: set(met) for place, met in found.items()} == by_hand(keys, known, own=own)
    assert all(len(met) == len(set(met)) for met in found.values())
    assert found


def test_a_crowd_of_one_core_meets_nobody() -> None:
    chance = random.Random(1)  # noqa: S311  # invented names
    places = chance.sample(sorted(each for each in REGIONS.full if len(each) < 7), CROWD + 1)
    few, many = (
        keys_of([f"{place}金木有限公司" for place in places[:count]])
        for count in (CROWD, CROWD + 1)
    )
    assert len(find_near(few, CROWD, own=True)) == CROWD - 1
    assert find_near(many, CROWD + 1, own=True) == {}


def test_names_are_taken_apart_as_one_by_one() -> None:
    names = made_up(300, 7)
    keys = keys_of(names)
    assert [names[row] for row in keys.rows] == names
    for row, region, core, form in zip(
        keys.rows, keys.regions, keys.cores, keys.forms, strict=True
    ):
        one = split_name(names[row], REGIONS)
        assert form == one.form
        if region and not region.startswith("山西省"):
            assert region == one.region
        assert len(region + core + form) == len(names[row])


def test_nothing_meets_nothing() -> None:
    assert find_near(keys_of([]), 0, own=True) == {}


def test_normal_forms_are_those_of_each_name() -> None:
    chance = random.Random(3)  # noqa: S311  # invented names
    odd = [*map(chr, WIDE), *" \t\r“”\"'‘’·・《》", *"有限责任公司集团abc(（-—é\u2028\x85"]
    names = ["".join(chance.choices(odd, k=chance.randrange(9))) for _ in range(3000)]
    assert normal_forms(names) == [normal_form(name) for name in names]
    broken = ["太重\n集团", "太重 集团", ""]
    assert normal_forms(broken) == ["太重集团", "太重集团", ""]
    assert normal_forms([]) == []
