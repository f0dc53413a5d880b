"""What are the parts of an organisation's name: region, brand, trade, legal form?

江苏九鼎集团有限公司 is 江苏 + 九鼎 + – + 集团有限公司. Two names are compared part by part, never by
their sound: 山西 and 陕西 read alike and are two provinces.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from fenglian.engine.intake.places import PROVINCE_TAILS, PROVINCES, Rows, short_name
from fenglian.engine.quantities import WIDE, fold_width

# Legal forms and kinds of office, longest first.
FORMS = (
    "集团股份有限公司", "集团有限公司", "股份有限公司", "有限公司", "集团公司", "股份公司", "总公司", "分公司",
    "子公司", "控股公司", "公司", "控股集团", "集团", "产业联盟", "联盟", "促进会", "行业协会", "协会", "商会", "学会",
    "联合会", "大学", "学院", "研究总院", "研究院", "研究所", "设计院", "规划院", "实验室", "银行", "厅", "局",
    "委员会", "发改委", "管委会", "人民政府", "开发区", "示范区", "试验区", "高新区", "综改区", "产业集群", "集群",
)  # fmt: skip
_FORM = re.compile(rf"(?:{'|'.join(FORMS)})$")
_TRADE = re.compile(
    r"新能源|能源|风电|电力|电气|电机|电缆|电子|重型|重工|机械|机器|装备|设备|制造|锻压|锻造|锻件|铸造|铸件|"
    r"法兰|塔筒|叶片|轴承|齿轮|钢构|钢铁|不锈钢|材料|复合|建筑|建设|建投|投资|产业|实业|科技|技术|智能|信息|"
    r"物流|运输|工程|环保|化工|玻纤|金融|租赁|保险|证券|财务|科学|工业"
)
_LATER_BRAND = 2  # characters before a province inside a name: 华电|山西|能源
_BRACKETED = re.compile(r"\(([^()]+)\)")
_TRAILING = re.compile(r"^(?P<name>[^()]+(?:\([^()]*\)[^()]+)*)\((?P<alias>[^()]+)\)$")
_BARE_LEVEL = re.compile(r"^(?:我|本|该)?[省市县区](?!外|内)")
_OTHER = re.compile(r"[^\u4e00-\u9fff]")  # without such a character there is nothing to fold
_DROPPED = str.maketrans("", "", " \t\r\n“”\"'‘’·・《》")
# Every character that a normal form narrows or drops, but the line end between names.
_CHANGES = {
    each: fold_width(each).translate(_DROPPED)
    for each in (*map(chr, WIDE), *map(chr, _DROPPED))
    if each != "\n"
}
_CHANGED = re.compile(f"[{re.escape(''.join(sorted(_CHANGES)))}]")


@dataclass(frozen=True, slots=True)
class Regions:
    """Names of provinces and prefectures as they stand in names of organisations."""

    full: Mapping[str, frozenset[str]]  # 太原市, 定襄县 → codes of the provinces it may lie in
    short: Mapping[str, frozenset[str]]  # 太原 → the same; provinces and prefectures alone


@dataclass(frozen=True, slots=True)
class NameParts:
    """A name taken apart; what it does not have is empty."""

    normal: str  # normal form of the whole
    region: str  # as written: 山西, 山西省太原市
    brand: str
    trade: str
    form: str  # 集团有限公司, 厅 …; empty where the name ends without one
    provinces: frozenset[str] = field(default_factory=frozenset)  # codes that the name speaks of


def build_regions(divisions: Mapping[str, Rows]) -> Regions:
    """Return the look-up that names are split with.

    Parameters
    ----------
    divisions
        Full name → rows of (GB/T 2260 code, first year, last year).
    """
    full = {
        name: frozenset(row[0][:2] + "0000" for row in rows) for name, rows in divisions.items()
    }
    short: dict[str, frozenset[str]] = {}
    for name, rows in divisions.items():
        if rows[-1][0].endswith("00") and not name.endswith(("直辖县", "直辖市", "辖区")):
            brief = short_name(name)
            if len(brief) >= 2:
                short[brief] = short.get(brief, frozenset()) | full[name]
    for province in PROVINCES:  # 吉林, 海南: the province before the prefecture of that name
        for tail in PROVINCE_TAILS:
            if province + tail in full and divisions[province + tail][-1][0].endswith("0000"):
                short[province] = full[province + tail]
    return Regions(full, short)


def normal_form(name: str) -> str:
    """Return a name as it is compared: one width, one kind of brackets, no spaces, one 有限公司.

    >>> normal_form("江苏九鼎集团有限责任公司 ") == normal_form("江苏九鼎集团有限公司")
    True
    """
    folded = fold_width(name).translate(_DROPPED) if _OTHER.search(name) else name
    return folded.replace("有限责任公司", "有限公司")


def normal_forms(names: Sequence[str]) -> list[str]:
    """Return the normal forms of very many names, in one pass over all of them.

    >>> normal_forms(["江苏“九鼎”有限责任公司", "太重 集团"])
    ['江苏九鼎有限公司', '太重集团']
    """
    whole = "\n".join(names)
    if whole.count("\n") != len(names) - 1:  # none, or a name with a line end in it
        return [normal_form(name) for name in names]
    folded = _CHANGED.sub(_change, whole)
    return folded.replace("有限责任公司", "有限公司").split("\n")


def _change(match: re.Match[str]) -> str:
    return _CHANGES[match.group()]


def split_alias(name: str) -> tuple[str, str | None]:
    """Return a name and the second name in brackets behind it, where that is a name as well.

    >>> split_alias("太原重型机械集团有限公司(太重集团)")
    ('太原重型机械集团有限公司', '太重集团')
    >>> split_alias("大同新能源产业投资公司(太重)")
    ('大同新能源产业投资公司(太重)', None)
    """
    match = _TRAILING.match(fold_width(name))  # as long as the name itself
    if match and _FORM.search(match["alias"]) and len(match["alias"]) >= 4:
        return name[: match.end("name")], name[slice(*match.span("alias"))]
    return name, None


def is_relative(name: str) -> bool:
    """Whether a name means another organisation in another province: 省工信厅, 市能源局."""
    return bool(_BARE_LEVEL.match(normal_form(name)))


def split_name(name: str, regions: Regions) -> NameParts:
    """Return the parts of a name.

    Examples
    --------
    >>> regions = build_regions({"江苏省": (("320000", 1980, None),)})
    >>> parts = split_name("江苏九鼎集团有限公司", regions)
    >>> parts.region, parts.brand, parts.form
    ('江苏', '九鼎', '集团有限公司')
    """
    normal = normal_form(name)
    match = _FORM.search(normal)
    form = match.group() if match else ""
    stem = normal[: len(normal) - len(form)]
    region, rest, provinces = _leading_region(stem, regions)
    for bracketed in _BRACKETED.findall(stem):
        provinces |= _region_of(bracketed, regions)
    if not region:
        region, rest, inner = _inner_region(stem, regions)
        provinces |= inner
    trade = find_trade(rest)
    return NameParts(normal, region, rest[: len(rest) - len(trade)], trade, form, provinces)


def find_trade(core: str) -> str:
    """Return the trade at the end of brand and trade; empty where none is known.

    >>> find_trade("九鼎机械制造"), find_trade("九鼎")
    ('机械制造', '')
    """
    match = _TRADE.search(core)
    return core[match.start() :] if match else ""


def _leading_region(stem: str, regions: Regions) -> tuple[str, str, frozenset[str]]:
    """Return the divisions in front, one behind the other: 山西省|太原市|…"""
    at, provinces = 0, frozenset[str]()
    while at < len(stem):
        for length in range(min(9, len(stem) - at), 1, -1):
            part = stem[at : at + length]
            found = regions.full.get(part) or regions.short.get(part)
            if found and (not provinces or provinces & found):
                provinces = provinces & found if provinces else found
                at += length
                break
        else:
            break
    # One name in several provinces (鼓楼区) says nothing of the province.
    return stem[:at], stem[at:], provinces if len(provinces) == 1 else frozenset()


def _inner_region(stem: str, regions: Regions) -> tuple[str, str, frozenset[str]]:
    """Return a province behind a short brand, as in 华电山西能源."""
    for start in range(_LATER_BRAND, min(len(stem) - 1, 5)):
        for province in PROVINCES:
            if stem.startswith(province, start) and province in regions.short:
                rest = stem[:start] + stem[start + len(province) :]
                return province, rest, regions.short[province]
    return "", stem, frozenset()


def _region_of(words: str, regions: Regions) -> frozenset[str]:
    found = regions.full.get(words) or regions.short.get(words) or frozenset()
    return found if len(found) == 1 else frozenset()
