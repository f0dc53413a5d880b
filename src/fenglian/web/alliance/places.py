"""In which province does an alliance take its units? By the code of its region pack."""

import json
from collections.abc import Mapping
from functools import cache

from fenglian.data.divisions import division_names
from fenglian.packs import list_packs, read_pack_files

# ISO 3166-2:CN → first two digits of GB/T 2260.
PROVINCES: Mapping[str, str] = {
    "CN-BJ": "11", "CN-TJ": "12", "CN-HE": "13", "CN-SX": "14", "CN-NM": "15", "CN-LN": "21",
    "CN-JL": "22", "CN-HL": "23", "CN-SH": "31", "CN-JS": "32", "CN-ZJ": "33", "CN-AH": "34",
    "CN-FJ": "35", "CN-JX": "36", "CN-SD": "37", "CN-HA": "41", "CN-HB": "42", "CN-HN": "43",
    "CN-GD": "44", "CN-GX": "45", "CN-HI": "46", "CN-CQ": "50", "CN-SC": "51", "CN-GZ": "52",
    "CN-YN": "53", "CN-XZ": "54", "CN-SN": "61", "CN-GS": "62", "CN-QH": "63", "CN-NX": "64",
    "CN-XJ": "65",
}  # fmt: skip


@cache
def province_of(pack: str) -> str:
    """Return the two digits of a region pack's province; empty: it names none of ours."""
    if pack not in list_packs():
        return ""
    region = json.loads(read_pack_files(pack).descriptor).get("region", {})
    return PROVINCES.get(str(region.get("code", "")), "")


def region_name(code: str) -> str:
    """Return the name of a division; the code itself where there is none."""
    return next(iter(division_names().get(code, ())), code)
