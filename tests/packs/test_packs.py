"""What ships: described, licensed, sourced, and read alike by Frictionless."""

import json
import re
import shutil
import subprocess
import sys
import warnings
from pathlib import Path

import pytest

from fenglian import packs
from fenglian.engine.chain.columns import read_columns
from fenglian.engine.chain.pack import build_pack, check_pack
from fenglian.packs import schema
from tests.planting import Change, put, sound, with_table

SHIPPED = ("bearing", "demo", "shanxi", "wind")
ROOT = Path(packs.__file__).parent


def test_four_packs_ship() -> None:
    assert packs.list_packs() == SHIPPED


@pytest.mark.parametrize("pack", SHIPPED)
def test_a_pack_has_a_readme_in_both_languages_and_a_licence(pack: str) -> None:
    files = sound(pack)
    readme = files.readme.decode()
    assert re.search("[\u4e00-\u9fff]", readme)
    assert "## English" in readme
    assert "CC BY 4.0" in readme
    assert json.loads(files.descriptor)["licenses"][0]["name"] == "CC-BY-4.0"
    assert ("虚构" in readme) == build_pack(files).example


@pytest.mark.parametrize("pack", SHIPPED)
def test_every_table_names_its_columns_in_their_order(pack: str) -> None:
    files = sound(pack)
    for name, content in files.tables.items():
        header = content.decode().split("\n", 1)[0].split(",")
        assert header == [column.name for column in read_columns(files.columns[name])], name


def test_every_described_table_is_used_by_a_pack_and_every_column_has_both_wordings() -> None:
    used = {name for pack in SHIPPED for name in sound(pack).tables}
    described = packs.read_columns()
    assert used == set(described)
    for content in described.values():
        for column in read_columns(content):
            assert re.search("[\u4e00-\u9fff]", column.label.zh)
            assert column.label.en
            assert column.required in ("yes", "no", "key", "key or empty")


@pytest.mark.parametrize("pack", SHIPPED)
def test_every_row_rests_on_a_source_and_none_is_unused(pack: str) -> None:
    built = build_pack(sound(pack))
    used: set[str] = set()
    for name, table in built.tables.items():
        for row in table.rows:
            assert name == "sources" or row.sources
            used.update(row.sources)
    assert used == {row.text("source_id") for row in built.rows("sources")}


def test_a_row_is_as_good_as_its_weakest_source_and_guesses_are_marked() -> None:
    wind = build_pack(sound("wind"))
    for table in wind.tables.values():
        for row in table.rows:
            guessed = {"ASSUME", "RECALL"} & {*row.sources, row.text("source_id")}
            assert row.assumed == bool(guessed), (table.name, row.line)
    grades = {row.text("source_id"): row.text("grade") for row in wind.rows("sources")}
    for row in wind.rows("bom"):
        assert row.grade == max(grades[source] for source in row.sources)


def test_the_example_is_plainly_artificial() -> None:
    bearing = build_pack(sound("bearing"))
    assert bearing.example
    assert not build_pack(sound("wind")).example
    for table, column in (("products", "name_zh"), ("organisations", "name_zh")):
        assert all(row.text(column).startswith("演示") for row in bearing.rows(table))


def test_the_demo_is_plainly_artificial_and_rests_on_nothing_but_itself() -> None:
    demo = build_pack(sound("demo"))
    assert demo.example
    organisations = demo.rows("organisations")
    assert len(organisations) == 66
    assert all(row.text("name_zh").startswith("演示") for row in organisations)
    real = {row.text("name_zh") for row in build_pack(sound("shanxi")).rows("organisations")}
    assert not real & {row.text("name_zh") for row in organisations}
    [source] = demo.rows("sources")
    assert (source.text("grade"), source.text("title")) == ("D", "演示数据，虚构")
    assert {row.sources for table in demo.tables.values() for row in table.rows if row.sources} == {
        ("DEMO",)
    }


def test_the_demo_is_what_its_script_writes(tmp_path: Path) -> None:
    copy = tmp_path / "packs"
    for pack in ("wind", "columns", "demo"):
        shutil.copytree(ROOT / pack, copy / pack)
    for table in (copy / "demo").glob("*.csv"):
        table.unlink()
    subprocess.run([sys.executable, copy / "demo" / "rebuild.py"], check=True)
    for file in (ROOT / "demo").glob("*.[cj]s*"):
        assert (copy / "demo" / file.name).read_bytes() == file.read_bytes(), file.name


def test_nothing_unknown_is_written_as_nought() -> None:
    for row in build_pack(sound("wind")).rows("bom"):
        if row.text("method") == "unknown":
            assert row.number("qty") is None


@pytest.mark.parametrize("pack", SHIPPED)
def test_the_descriptor_says_what_the_column_tables_say(pack: str) -> None:
    files = sound(pack)
    described = json.loads(files.descriptor)["resources"]
    assert described == schema.describe_tables(files.tables, files.columns)


def frictionless_agrees(folder: Path) -> bool:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the library's own making
        from frictionless import Package  # noqa: PLC0415 - slow, and here only

        return bool(Package(str(folder / "datapackage.json")).validate().valid)


@pytest.mark.parametrize("pack", SHIPPED)
def test_frictionless_finds_no_fault_either(pack: str) -> None:
    assert frictionless_agrees(ROOT / pack)


@pytest.mark.parametrize(
    "change",
    [
        put("bom", "12,12,12", "dozen,12,12"),
        put("bom", "12,12,12", "-12,12,12"),
        put("bom", "bearing-set,ball", "bearing-set,bal"),
        put("products", "\ngrease,", "\nbearing-steel,"),
        put("products", ",演示轴承钢,", ",,"),
        put("sources", ",A,", ",E,"),
        put("scenario_shares", "0.6", "1.6"),
    ],
)
def test_frictionless_refuses_what_we_refuse(change: Change, tmp_path: Path) -> None:
    files = change(sound())
    (tmp_path / "datapackage.json").write_bytes(files.descriptor)
    for name, content in files.tables.items():
        (tmp_path / f"{name}.csv").write_bytes(content)
    assert check_pack(packs.read_pack_files(tmp_path)) != ()
    assert not frictionless_agrees(tmp_path)


def test_a_folder_of_the_user_is_read_like_a_shipped_pack(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    for file in (ROOT / "bearing").iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
    mine, shipped = packs.read_pack_files(folder), sound()
    assert mine.id == "mine"
    assert (mine.tables, mine.descriptor) == (shipped.tables, shipped.descriptor)
    assert build_pack(mine).fingerprint == build_pack(shipped).fingerprint
    changed = build_pack(with_table(mine, "relations", None)).fingerprint
    assert changed != build_pack(shipped).fingerprint


def test_what_is_no_pack_and_what_is_too_large_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(packs.NoSuchPack, match="nothing"):
        packs.read_pack_files("nothing")
    (tmp_path / "bom.csv").write_bytes(b"x" * 11)
    monkeypatch.setattr(packs, "MAX_BYTES", 10)
    with pytest.raises(packs.TooManyBytes):
        packs.read_pack_files(tmp_path)
