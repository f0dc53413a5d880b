"""Which words name a product, and which parts of them only count or praise it?"""

import re

# The last characters of names of goods. A closed list: 会议由甲提供 names none.
_HEAD = re.compile(
    r"(?:机组|整机|系统|设备|装备|装置|模块|模组|组件|部件|零部件|构件|铸件|锻件|材料|原料|轴承|法兰|轮毂|齿轮|螺栓|塔筒|塔架|导体|磁体|绝缘料|"
    r"电池|电芯|电控|芯片|玻璃|玻纤|纤维|树脂|涂料|油漆|水泥|甲醇|合成氨|隔膜|镍网|基础|单桩|导管架|电解液|润滑油|制动|变桨|偏航|仪表|软件|弹簧|稀土|"
    r"(?<![危契时商司动良])机|器|箱|柜|罐|炉|筒|(?<!名)片|轮|轴|(?<![条事文案要])件|座|(?<!框)架|罩|盖|缆|(?<![产路战一条水])线|丝|管|"
    r"(?<![地样])板|膜|棒|坯|毛坯|锭|(?<![炼])钢|生铁|铝材|铜杆|铜材|钢材|板材|型材|管材|线材|棒材|木材|槽|叶|桩|船|舶|汽车|列车|客车|货车|整车|机车|"
    r"(?<![水龙])泵|阀|钢环|锻环|齿圈|导轨|轨|硅料|矿石|蜡石|石英砂|粉末|粉|胶|纱|布|绝缘子|开关|电极|桨|耐材|氢气|绿氢|绿氨|焦炭)$"
)
_NOT_GOODS = re.compile(
    r"(?:生产线|产线|流水线|线路|路线|条件|文件|框架|基地|项目|工程|公司|企业|产业|服务|支持|方案|资金|平台|园区|板块|市场|合作|人才|阵地|土地|用地|"
    r"体系|生态系统|操作系统|评价系统|管理系统|基础设施|第一线|一线)$|^(?:我们|他们|双方|记者|会议|活动|公司|集团|企业|项目)"
)
# Goods that say nothing: a supply link, but no product.
GENERIC = frozenset(
    ["产品", "设备", "材料", "原料", "原材料", "部件", "零部件", "配件", "元件", "器件", "装备", "系统", "组件", "配套产品", "配套设备", "货物", "订单", "零件", "机器"]
)  # fmt: skip
_COUNTED = (
    r"(?:(?:首|第|共|共计|累计|近|超|逾|约)?[\d,.一二两三四五六七八九十百千万]+[余多]?"
    r"(?:台\(套\)|台套|万?(?:台|套|件|根|支|片|批|个|条|艘|架|只|辆|块|吨|米|公里)))"
)
_AHEAD = re.compile(
    rf"^(?:其中|此外|另外|同时|目前|其|该|此|这批|该批|本批|这些|这种|这类|一批|首批|上述|所有|全部|主要|部分|大部分|关键|核心|所需|所用|所|用|需要|使用|"
    rf"采用|共?安装|配置|生产|制造|多种|各类|各种|相关|配套|首[台套件根支片批艘架只]?|型号为|新型|等|的|和|与|及|了|是|出|款|型|台|{_COUNTED})+"
)
_BEHIND = re.compile(
    rf"(?:{_COUNTED}|均|则|全部|全都|都|主要|也|分别|大多|已|将|等|产品|这|标段|采购|供货|业务|订单|合同|工作|任务|一批|若干|成套)+$"
)
_OF_SPACE = re.compile(
    r"^(?:车间|厂区|厂房|现场|今年|去年|年|月|日|项目|园区|当地|本地|省内|国内|全县|全市)+(?:内|里)?"
)
_RATING = re.compile(
    r"^\d[\d.,]*(?:[-至~到]\d[\d.]*)?(?:万|千)?(?:MW|GW|kW|MWh|kV|兆瓦时?|千瓦|千伏|吨|毫米|米)级?(?=.{2})"
)
_CLASS = re.compile(r"^(?:\d[\d.]*米)?级(?=[^\W\d]{2})")  # 100米级叶片: a class of size, no name
_FOR_WHOM = re.compile(r"^[^\W\d]{2,12}?(?:所用|所需|需用)的?(?=[^\W\d]{2,})")
_SEPARATOR = re.compile(r"、|以及|及其|和|与|及")
_WORD = re.compile(r"[\w./·()\-]+")
_LONGEST = 22


def without_rating(name: str) -> str:
    """Return a product without the size of one machine: 13兆瓦海上风机塔筒 is 海上风机塔筒.

    >>> without_rating("13兆瓦海上风机塔筒"), without_rating("10MW")
    ('海上风机塔筒', '10MW')
    """
    return _RATING.sub("", name) or name


def product_name(words: str) -> str | None:
    """Return the name of the goods in a phrase, as written; None where it names none.

    Examples
    --------
    >>> product_name("首批8兆瓦风电主轴"), product_name("机组126米长的叶片"), product_name("长期支持")
    ('8兆瓦风电主轴', '叶片', None)
    """
    name = words.strip("“”《》 ").rpartition("的")[2]
    name = _FOR_WHOM.sub("", _OF_SPACE.sub("", name))
    name = _CLASS.sub("", name)
    while (shorter := _BEHIND.sub("", name)) != name and shorter:
        name = shorter
    cut = _AHEAD.match(name)
    if cut and cut.end() < len(name):
        name = name[cut.end() :]
    if not 2 <= len(name) <= _LONGEST or _WORD.fullmatch(name) is None:
        return None
    if _NOT_GOODS.search(name) or not _HEAD.search(name) or name in GENERIC:
        return None
    return name


def product_names(words: str) -> list[str]:
    """Return the goods of a list, in its order; of 变桨和偏航系统 both."""
    found = (product_name(item) for item in _SEPARATOR.split(words))
    return list(dict.fromkeys(name for name in found if name))


def is_goods(words: str) -> bool:
    """Tell whether words speak of goods at all, with a name or without: 主轴, 产品."""
    bare = _AHEAD.sub("", words.rpartition("的")[2])
    return bool(product_names(words)) or bare in GENERIC or _BEHIND.sub("", bare) in GENERIC
