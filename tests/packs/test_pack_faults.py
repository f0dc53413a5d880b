"""Each planted fault gives its typed error with file, row, column, value and the way out."""

import pytest

from fenglian.engine.chain import checks, faults
from fenglian.engine.chain.pack import build_pack, check_pack, join_region
from fenglian.engine.errors import PackFault, PackFaults, RegionOfAnotherChain, WrongKindOfPack
from tests.planting import Change, put, settings, sound, with_table

PLANTED: tuple[tuple[str, Change, type[PackFault], str, int | None, str], ...] = (
    # what is planted, how, the fault, its table, row and column
    ("a cycle without damping", put("bom", "0.1,0.1,0.2,kg/kg", "9,9,9,kg/kg"), faults.UndampedCycle, "bom", 11, "qty"),
    ("a negative quantity", put("bom", "12,12,12", "-12,12,12"), faults.NegativeQuantity, "bom", 4, "qty"),
    ("low above high", put("bom", "0.5,0.4,0.6", "0.5,0.6,0.4"), faults.LowAboveHigh, "bom", 8, "qty"),
    ("a working value outside", put("bom", "0.5,0.4,0.6", "0.7,0.4,0.6"), faults.OutsideInterval, "bom", 8, "qty"),
    ("a part that is not there", put("bom", "bearing-set,ball", "bearing-set,bal"), faults.UnknownId, "bom", 4, "child_id"),
    ("a variant that is not there", put("bom", "seal,sealed", "seal,seald"), faults.UnknownId, "bom", 6, "variant_id"),
    ("an organisation that is not there", put("capacities", "example-rings-02", "nobody"), faults.UnknownId, "capacities", 3, "org_id"),
    ("a stage that is not there", put("products", "bearing steel,material", "bearing steel,metal"), faults.UnknownId, "products", 2, "stage"),
    ("a unit that is not there", put("products", "material,kg", "material,lb"), faults.UnknownId, "products", 2, "unit"),
    ("an axis that is not there", put("variants", "open,sealing", "open,colour"), faults.UnknownId, "variants", 2, "axis"),
    ("no source", put("bom", "count,,DRAWING", "count,,"), faults.MissingSource, "bom", 2, "sources"),
    ("a source that is not there", put("bom", "count,,DRAWING", "count,,MEMORY"), faults.UnknownSource, "bom", 2, "sources"),
    ("NaN", put("bom", "12,12,12", "NaN,12,12"), faults.NotFinite, "bom", 4, "qty"),
    ("infinity", put("bom", "12,12,12", "12,12,inf"), faults.NotFinite, "bom", 4, "qty_high"),
    ("a number too large to hold", put("bom", "12,12,12", "12,12,1e999"), faults.NotFinite, "bom", 4, "qty_high"),
    ("words for a number", put("bom", "12,12,12", "dozen,12,12"), faults.WrongType, "bom", 4, "qty"),
    ("half a year", put("demand_scenarios", "2026", "2026.5"), faults.WrongType, "demand_scenarios", 2, "year"),
    ("the wrong unit of a part", put("bom", "kg/pc", "t/pc"), faults.UnitMismatch, "bom", 8, "unit"),
    ("the wrong unit of a capacity", put("capacities", ",万套,", ",t,"), faults.UnitMismatch, "capacities", 6, "unit"),
    ("the wrong unit of demand", put("demand_scenarios", ",万套,", ",set,"), faults.UnitMismatch, "demand_scenarios", 2, "unit"),
    ("the wrong unit of a price", put("prices", "CNY/set", "CNY/t"), faults.UnitMismatch, "prices", 2, "unit"),
    ("the same key twice", put("products", "\ngrease,", "\nbearing-steel,"), faults.DuplicateKey, "products", 3, ""),
    ("an empty cell that is needed", put("products", ",演示轴承钢,", ",,"), faults.MissingValue, "products", 2, "name_zh"),
    ("a grade that is none", put("sources", ",A,", ",E,"), faults.UnknownWord, "sources", 3, "grade"),
    ("yes and no in other words", put("bom", "pc/set,yes", "pc/set,ja"), faults.UnknownWord, "bom", 2, "essential"),
    ("an id with a blank", put("sources", "\nDRAWING", "\nTHE DRAWING"), faults.BadSlug, "sources", 3, "source_id"),
    ("shares that are not 1", put("scenario_shares", "0.6", "0.5"), faults.ShareSum, "scenario_shares", 2, "share"),
    ("a share above 1", put("scenario_shares", "0.6", "1.6"), faults.WrongType, "scenario_shares", 3, "share"),
    ("a column that is not known", put("bom", "scaling", "scalling"), faults.UnknownColumn, "bom", 1, "scalling"),
    ("a needed column that is missing", put("bom", "essential", "esential"), faults.MissingColumn, "bom", 1, "essential"),
    ("a column twice", put("bom", "qty_low", "qty"), faults.DuplicateKey, "bom", 1, "qty"),
    ("a part of itself", put("bom", "inner-ring,bearing-steel", "inner-ring,inner-ring"), faults.SelfSupply, "bom", 8, "child_id"),
    ("an amount unknown for no reason", put("bom", "0.5,0.4,0.6", ",,"), faults.UnknownWithoutReason, "bom", 8, "method"),
    ("a row with a cell too many", put("bom", "12,12,12", "12,12,12,12"), faults.WrongRowLength, "bom", 4, ""),
    ("an empty table", lambda files: with_table(files, "bom", ""), faults.EmptyTable, "bom", None, ""),
    ("a table of a header only", lambda files: with_table(files, "bom", files.tables["bom"].split(b"\n")[0]), faults.EmptyTable, "bom", None, ""),
    ("a missing table", lambda files: with_table(files, "bom", None), faults.MissingTable, "bom", None, ""),
    ("a table that is not known", lambda files: with_table(files, "boms", "a\n"), faults.UnknownTable, "boms", None, ""),
    ("bytes that are no UTF-8", lambda files: with_table(files, "bom", "单耗".encode("gbk")), faults.UnreadableFile, "bom", None, ""),
    ("a final product that is not there", settings('"final_product": "bearing-set"', '"final_product": "bearing"'), faults.BadSetting, "datapackage.json", None, "chain.final_product"),
    ("a setting that is missing", settings('"demand_unit"', '"unit_of_demand"'), faults.MissingSetting, "datapackage.json", None, "chain.demand_unit"),
    ("a factor of nought", settings("10000", "0"), faults.BadSetting, "datapackage.json", None, "chain.product_units_per_demand_unit"),
    ("a later schema", settings('"schema": 1', '"schema": 2'), faults.BadSetting, "datapackage.json", None, "chain.schema"),
    ("an axis without variants", settings('"id": "sealing"', '"id": "colour"'), faults.BadSetting, "datapackage.json", None, "chain.variant_axes"),
    ("a name that is no pair", settings('{\n   "zh": "演示镇",\n   "en": "Example Town"\n  }', '7'), faults.BadSetting, "datapackage.json", None, "region.name"),
    ("no JSON", settings("{", "["), faults.BadDescriptor, "datapackage.json", None, ""),
)  # fmt: skip


def test_the_sound_packs_have_no_fault() -> None:
    for pack in ("bearing", "shanxi", "wind"):
        assert check_pack(sound(pack)) == ()


@pytest.mark.parametrize(
    ("change", "kind", "table", "row", "column"),
    [case[1:] for case in PLANTED],
    ids=[case[0] for case in PLANTED],
)
def test_a_planted_fault_is_named_with_its_place(
    change: Change, kind: type[PackFault], table: str, row: int | None, column: str
) -> None:
    found = check_pack(change(sound()))
    hits = [fault for fault in found if type(fault) is kind]
    places = [
        tuple(fault.facts.get(name) or None for name in ("table", "row", "column"))
        for fault in hits
    ]
    assert (table, row, column or None) in places, [fault.message("en") for fault in found]
    fault = hits[places.index((table, row, column or None))]
    for language in ("zh", "en"):
        assert fault.place(language) in fault.message(language)
        assert fault.remedy(language)
        assert fault.remedy(language) in fault.message(language)


def test_every_kind_of_fault_is_planted() -> None:
    kinds = {
        kind
        for kind in vars(faults).values()
        if isinstance(kind, type) and issubclass(kind, PackFault) and kind is not PackFault
    }
    unplanted = kinds - {case[2] for case in PLANTED}
    assert unplanted == {faults.MissingFile}  # tested below: it leaves nothing to plant in


def test_a_missing_descriptor_and_others_than_objects_are_told() -> None:
    files = sound()
    empty = type(files)(files.id, b"", files.tables, files.columns, b"")
    assert [type(fault) for fault in check_pack(empty)] == [faults.MissingFile]
    for content, kind in (
        (b"[]", faults.BadDescriptor),
        (b"\xff\xfe", faults.UnreadableFile),
        (b"{}", faults.MissingSetting),
        (b'{"chain": 3, "region": {}}', faults.BadSetting),
        (b'{"region": {"schema": 1, "chains": 3}}', faults.BadSetting),
        (
            b'{"chain": {"schema": 1, "variant_axes": 3, "units": 3, "currency": 3}}',
            faults.BadSetting,
        ),
    ):
        found = check_pack(type(files)(files.id, content, files.tables, files.columns, b""))
        assert kind in {type(fault) for fault in found}


def test_all_faults_come_at_once_and_only_the_strict_way_raises() -> None:
    files = sound()
    for change in (
        put("bom", "12,12,12", "-12,12,12"),
        put("bom", "0.5,0.4,0.6", "0.5,0.6,0.4"),
        put("products", "material,kg", "material,lb"),
    ):
        files = change(files)
    found = check_pack(files)
    assert {type(fault) for fault in found} == {
        faults.NegativeQuantity,
        faults.LowAboveHigh,
        faults.UnknownId,
        faults.UnitMismatch,
        faults.UnknownWithoutReason,
    }
    with pytest.raises(PackFaults, match=f"{len(found)} faults") as caught:
        build_pack(files)
    assert [fault.message("zh") for fault in caught.value.faults] == [
        fault.message("zh") for fault in found
    ]
    assert "处错误" in caught.value.message("zh")


def test_more_routes_than_a_computer_holds_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "MAX_NODES", 19)  # ten products on two routes
    [fault] = check_pack(sound())
    assert isinstance(fault, faults.BadSetting)
    assert fault.facts["column"] == "chain.variant_axes"


def test_a_nearby_name_is_offered() -> None:
    [fault] = check_pack(put("bom", "bearing-set,ball", "bearing-set,bal")(sound()))
    assert "(nearest: ball)" in fault.message("en")
    assert "最相近：ball" in fault.message("zh")


def test_a_damped_cycle_is_no_fault() -> None:
    assert check_pack(put("bom", "0.1,0.1,0.2,kg/kg", "0.9,0.1,3.3,kg/kg")(sound())) == ()


def test_blank_lines_and_a_byte_order_mark_do_no_harm() -> None:
    files = sound()
    text = b"\xef\xbb\xbf" + files.tables["bom"] + b"\n,,,\n\n"
    assert check_pack(with_table(files, "bom", text)) == ()


def test_a_region_is_checked_against_its_chain() -> None:
    chain = build_pack(sound("wind"))
    wrong = put("capacities", "taizhong,gearbox,", "taizhong,gearbocks,")(sound("shanxi"))
    assert check_pack(wrong) == ()  # alone it cannot know the products
    [fault] = check_pack(wrong, chain)
    assert isinstance(fault, faults.UnknownId)
    with pytest.raises(PackFaults, match="gearbocks"):
        join_region(chain, build_pack(wrong))


def test_a_region_may_not_redefine_what_the_chain_has() -> None:
    chain = build_pack(sound("wind"))
    twin = put("demand_scenarios", "sx-base,2026", "cn-industry,2026")(sound("shanxi"))
    other = put("sources", "assumption made", "assumption taken")(sound("shanxi"))
    for files in (twin, other):
        with pytest.raises(PackFaults) as caught:
            join_region(chain, build_pack(files))
        assert faults.DuplicateKey in {type(fault) for fault in caught.value.faults}


def test_only_a_region_of_the_chain_is_laid_over_it() -> None:
    wind, shanxi, bearing = (build_pack(sound(pack)) for pack in ("wind", "shanxi", "bearing"))
    with pytest.raises(RegionOfAnotherChain, match="wind"):
        join_region(bearing, shanxi)
    with pytest.raises(WrongKindOfPack, match="region"):
        join_region(wind, wind)
    with pytest.raises(WrongKindOfPack, match="chain"):
        join_region(shanxi, shanxi)
