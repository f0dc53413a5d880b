"""What is the full name of 省科技厅, when 省 means a known province?"""

from collections.abc import Mapping

from fenglian.engine.intake.places import PROVINCE_TAILS, PROVINCES, Rows

# Short form of an office → its name as provincial office since the reform of 2018.
OFFICES = {
    "科技厅": "科学技术厅",
    "工信厅": "工业和信息化厅",
    "能源局": "能源局",
    "投促局": "投资促进局",
    "发改委": "发展和改革委员会",
    "财政厅": "财政厅",
    "商务厅": "商务厅",
    "教育厅": "教育厅",
    "公安厅": "公安厅",
    "民政厅": "民政厅",
    "司法厅": "司法厅",
    "审计厅": "审计厅",
    "水利厅": "水利厅",
    "统计局": "统计局",
    "国资委": "人民政府国有资产监督管理委员会",
    "人社厅": "人力资源和社会保障厅",
    "自然资源厅": "自然资源厅",
    "生态环境厅": "生态环境厅",
    "住建厅": "住房和城乡建设厅",
    "交通厅": "交通运输厅",
    "农业农村厅": "农业农村厅",
    "文旅厅": "文化和旅游厅",
    "卫健委": "卫生健康委员会",
    "应急厅": "应急管理厅",
    "市场监管局": "市场监督管理局",
}
# Zones of one province: short form, code of the province → full name.
ZONES = {("综改区", "140000"): "山西转型综合改革示范区"}


def full_office(
    name: str, home: str | None, divisions: Mapping[str, Rows]
) -> tuple[str, str] | None:
    """Return the full name and the province's code; None where either is not sure.

    Parameters
    ----------
    name
        As written: 省科技厅, 陕西省科技厅, 省综改区.
    home
        Code of the province that a bare 省 means, from the page's source.
    """
    for short, long in OFFICES.items():
        if not name.endswith(short):
            continue
        front = name[: -len(short)]
        province = front if front in divisions else _province(home, divisions)
        if province and front in ("省", "我省", "自治区", province):
            return province + long, divisions[province][-1][0]
    for (short, code), long in ZONES.items():
        if name.endswith(short) and home == code and name[: -len(short)] in ("", "省", "我省"):
            return long, code
    return None


def _province(home: str | None, divisions: Mapping[str, Rows]) -> str | None:
    if home is None:
        return None
    for name in PROVINCES:
        for tail in PROVINCE_TAILS:
            rows = divisions.get(name + tail)
            if rows and rows[-1][0] == home:
                return name + tail
    return None
