"""The damage forwards: byte by byte what was seen on real pages."""

import json
from pathlib import Path

import pytest

from fenglian.data import tables
from fenglian.engine.intake.damage.clone_site import Gloss, damage

HERE = Path(__file__).parent
VECTORS = json.loads((HERE / "damage_vectors.json").read_text("utf-8"))["vectors"]

# Glosses of the real pages that the fragments come from, as far as the fragments show them.
GLOSSES = [
    "準zhǔn",
    "產chǎn",
    "業yè",
    "規guī",
    "團tuán",
    "數shù",
    "風fēng",
    "當dāng",
    "發fā",
    "節jié",
    "細xì",
    "優yōu",
    "創chuàng",
    "堅jiān",
]
SITE = tuple(Gloss(pair[0], pair[1:]) for pair in GLOSSES)
BYTE_EXACT = [v for v in VECTORS if "variant" not in v["where"]]


@pytest.mark.parametrize("vector", BYTE_EXACT, ids=lambda vector: vector["true"])
def test_it_makes_the_fragments_that_were_seen(vector: dict[str, str]) -> None:
    shown = {gloss.pinyin for gloss in SITE if f"{gloss.pinyin})" in vector["damaged"]}
    table = tuple(gloss for gloss in SITE if gloss.pinyin in shown)
    assert damage(vector["true"], tables(), table, narrowed=True).text == vector["damaged"]


def test_only_the_script_changes_where_nothing_meets() -> None:
    damaged = damage("风电产业", tables())
    assert (damaged.text, damaged.destroyed) == ("風電產業", 0)


def test_a_site_may_keep_the_script() -> None:
    damaged = damage("10月26日", tables(), (Gloss("月", "yuè"), Gloss("日", "rì")), converted=False)
    assert damaged.text == "10月(yuè)26日(rì)"


def test_some_characters_stay_as_the_sites_leave_them() -> None:
    stay = "制系后里于余并志群峰霉"
    assert damage(stay, tables()).text == stay
    assert damage("台准着签", tables()).text == "臺準著簽"


def test_a_wide_mark_between_two_characters_cuts_them() -> None:
    damaged = damage("重大。”江苏九", tables())
    assert damaged.text == "重大?\uff01苯\ue145K九"
    assert damaged.destroyed == 1


def test_a_swallowed_bracket_counts_two_bytes() -> None:
    assert damage("链市K", tables(), (Gloss("準", "zhǔn"),)).destroyed == 2


def test_the_order_of_the_table_shows() -> None:
    one, two = Gloss("準", "zhǔn"), Gloss("市", "shì")
    assert damage("链市", tables(), (one, two)).text != damage("链市", tables(), (two, one)).text


def test_what_the_code_page_lacks_stands_in_the_way() -> None:
    assert damage("网\xa0>\xa0新闻\n地方", tables()).text == "網\xa0>\xa0新聞\n地方"
