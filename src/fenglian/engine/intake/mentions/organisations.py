"""Which organisations does the article name, and where?

A name is found by its end (有限公司, 联盟, 厅 …) and cut on its left at the nearest word that
cannot be inside a name. Brand names without such an end count only in front of a project
(上海电气风机装备制造项目).
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache

from fenglian.engine.intake.document import Span

# Kind of organisation → ends of its names.
_TAILS: tuple[tuple[str, str], ...] = (
    ("alliance", r"联盟(?!理事|成员|单位内)|联合体|促进会|共同体"),
    ("association", r"(?:行业|产业|工业|企业家?|商业)?协会|商会|学会(?!了|的)|联合会|基金会|研究会|工商联|(?<=[械业品术备])分会|专业委员会|专委会"),
    ("university", r"大学(?:(?:(?!大学|学院)(?:[^\W\d_与和]|(?<=[舶学械源气料境息制土理程业管])与)){2,14}学院(?!长))?(?![生之])|(?<!科)学院(?!长)|学校(?!长)|中科院|科学院"),
    ("institute", r"研究(?:总|分)?院|研究所(?!有)|设计(?:研究)?(?:总)?院|规划院|科学研究院|勘测院|实验室|工程院"),
    ("financial_institution", r"银行(?!业|家|卡)(?:股份有限公司|有限责任公司)?(?:[^\W\d_]{1,6}?[分支]行)?|证券公司|保险公司|信托公司|农商行|国开行"),
    ("department", r"厅(?!长|级|堂)|(?:(?<![格布大结全棋时政事入出])|(?<=[财民邮市]政))局(?![长部面势级势限])|发改委|经信委|国资委|卫健委|科工委|委员会(?!主|委)|(?:(?<=改革)|(?<=信息化)|(?<=管理)|(?<=健康)|(?<=建设))委员会(?=主任|副主任)|人民政府|(?<=[市县区省])政府|管委会|工信部|科技部|(?<=[省市县区])(?:政协|人大常委会|人大)(?!代表|委员)|发改局|(?<=国家)部|(?:(?<=信息化)|(?<=社会保障)|(?<=城乡建设)|(?<=文化和旅游))部(?![门分长])"),
    ("zone", r"综改区|高新区|经开区|开发区|示范区|(?<=[改验])试验区|保税区|自贸区|高新技术产业园区?"),
    ("firm", r"(?:股份|集团)?有限(?:责任)?公司|股份公司|集团公司|总公司|分公司|子公司|公司|集团(?!有限|股份|公司|控股|化|式|内|旗)|(?:机械|轴承|电机|锻造|铸造|制造|设备|电缆|风机|化工|钢铁|重型)厂(?![房家商长区矿])|(?:水电|中铁|中交|中建|电建)[一二三四五六七八九十]{1,3}局"),
    ("facility", r"(?:产业|科技|工业|创业)园(?!区?区|林|内)(?:区)?|(?:维护|生产|制造|总装|产业|研发|装备)基地"),
    ("medical", r"医院"),
)  # fmt: skip
_CHARACTERS = re.compile(r"[\w()·&“”]+$")
_LONGEST = 32

# Offices with 和 in their names; elsewhere it joins two names.
_JOINED_DUTIES = (
    "(?!(?<=工业和)信息|(?<=经济和)信息|(?<=商务和)信息|(?<=科技和)信息|(?<=住房和)城乡|(?<=住房和)建设|(?<=发展和)改革|"
    "(?<=人力资源和)社会|(?<=规划和)自然|(?<=规划和)国土|(?<=文化和)旅游|(?<=卫生和)计划|(?<=林业和)草原|(?<=教育和)科)"
)
# What cannot stand inside a name; whatever follows the last of them may be the name.
_LEFT = (
    r"(?<!参)与(?!会)|和(?![平谐顺林县田静硕布睦])"
    + _JOINED_DUTIES
    + r"|以及|共建|(?<!普)及(?!第)|(?<![自理])由|(?<!存)在(?!线)|"
    r"(?<![方导取面一])向(?!阳)|(?<![面应])对(?!外|接)|[被把的了]|(?<!自)从(?!化)|(?<![周])到|(?<!甚)至|是|"
    r"并(?!网|州)|(?<![位处])于(?!都|洪|田)|(?<![大共协合相不])同(?![仁济方江安])|"
    r"(?<![华作成称])为(?!民)|将(?!军|乐)|(?<!可)以(?!色)|经(?![济贸开营纬信略])|(?<!自)给|等(?!级|离)|"
    r"联手|联合(?=[^\W\d_]{4})(?![国会体动重信利])|携手|邀请|通过|根据|按照|作为|包括|其中|目前|当前|近日|日前|组织(?!部)|参加|出席|获准|加入|走进|"
    r"来到|前往|考察|调研|参观|签约|签署|访问|成为|担任|当选|来自|采购自|购自|产自|出自|源自|销往|卖给|供给|发往|运往|送往|交付|(?:全部|主要|独家|直接|批量)供应(?!链)|链主企业|链主(?!企业)|(?:客户|用户|供应商)[有为]|位于|落户|隶属|旗下|依托|围绕|推动|带动|支持(?!中心)|引进|引入|"
    r"收购|拟|投资(?=[^\W\d_]{5})(?!集团|控股|公司|有限|促进|发展|管理|建设|开发|股份|银行)|成立|组建|建立|建设(?=[^\W\d_]{6})(?!集团|有限|银行|工程|投资|厅|局|委|发展|股份|控股)|"
    r"采用|选用|标志着?|约占|(?<![证依根占数单凭收])据(?![点守])|(?<![、的])代表(?=[省市县区]|[^\W\d_]{4})(?!处|团|大会)|打造|发起|委托|授予|任命|会上|会议|会后|当天|当日|上午|下午|期间|全国(?=[^\W\d_]{2,4}(?:企业|单位))|还|也|均(?!瑶)|都(?![市江])|已|分别|共同(?!体)|一同|随后|此次|本次|该|首任|现任|原任|"
    r"选举|推选|推举|聘请|选为|入选|获评|听取|全面|记者|了解|认为|表示|指出|介绍|我省|我市|我国|希望|要求|鼓励|号召|(?<=\d)[年月日]|(?<=[会随之])后|(?<=[同届])时"
)
_GENERIC = (
    r"^(?:省|市|县|区|上市|子|分|总|本|该|各|多家|两家|相关|有关|龙头|骨干|中小|国有|民营|外资|合资|控股|参股|全资|大型|成员|关联|知名|重点|配套|项目|整机|新|贵|风电|"
    r"新能源|科技|行业|产业|战略|技术|创新|合作|同业|企业|高等|高|各类|科研|金融|专业|职业|地方|商业|政府|产业链|产学研|国家级?|省级|市级|有限|责任|股份|集团|工业|科学|重点|中|小|大|"
    r"先进|制造业|装备|生产|评标|评审|家|一个|我们|他们|全省|全市|全县|主|研发|和|两|三|几|数|中部|地区|我|经济|技术|高新|现代|特色|人民|综合|改革|创业|园区|基层|职能)*"
    r"(?:联盟|联合体|促进会|共同体|协会|商会|学会|联合会|基金会|研究会|大学|学院|学校|研究院|研究所|设计院|实验室|银行|厅|局|委员会|政府|管委会|开发区|示范区|试验区|高新区|经开区|"
    r"公司|集团|有限公司|股份公司|股份有限公司|集团公司|总公司|分公司|子公司|基地|产业园|工业园|科技园|园区|产业园区|医院|厂|总院|部)$"
)
_VAGUE = re.compile(
    r".{0,4}地区|中部|东部|西部|全国|全球|世界|国内|先进|一批|一流|国家|省级|新能源|风电|高端|现代|特色|千亿|百亿|大型|重要|多个|光伏|海上|装备|制造|新型|绿色|智能"
)
# What is built is not yet a name: 建设电解槽生产基地, 三个海上风电装备基地.
_BUILDS = re.compile(
    r"(?:建设|建成|新建|扩建|改建|在建|筹建|兴建|共建|开建|投建|规划|布局|形成|拥有|落成|启用|投用|入驻)(?!集团|公司)"
)
_COUNTED = re.compile(
    r"(?:首|第|每|[\d一二两三四五六七八九十百千万亿几多数]+)(?:个|座|处|家|大(?!兆)|(?:吨|千瓦|兆瓦)?级)"
)
_KIND_OF_WORKS = re.compile(
    r"[^\W\d_]{0,6}?(?:电解槽|氢能|储能|电池|叶片|齿轮箱|整机|塔筒|轴承|发电机|零部件|配套|设备|产品|制氢|铸件|锻件)"
)
# A brand alone is believed in front of an officer's title, or in a list of names.
_OFFICER = re.compile(
    r"(?:^|(?<=[,。;、“”:与和]))(?P<brand>[^\W\d_]{3,8}?)"
    r"(?=(?:党委|集团|公司|副|常务|执行|高级|首席|联合)*(?:党委书记|董事长|总裁|总经理|总工程师|首席执行官|创始人)(?!单位|会))",
    re.MULTILINE,
)
BRAND_TAIL = r"(?:科技|能源|电气|重工|重能|智能|股份|风电|新能|电力|电缆|传动|海装|装备|动力|新材|机电|重机|轴承|锻造|精工|风能|复材|绿能|环保|液压|海缆|控股)"
_LISTED = re.compile(
    rf"(?:^|(?<=[,。;、“”:与和为向由])|(?<=包括))(?P<brand>[^\W\d_]{{2,3}}{BRAND_TAIL})"
    r"(?=[、和与](?!产业|装备|技术)|等|(?:入驻|承建|中标|供应|提供|生产|研发|负责))",
    re.MULTILINE,
)
# 齿轮箱来自曜川传动, 主轴由北峪重工锻造: who stands behind these words is somebody.
_BEHIND_ROLE = re.compile(
    rf"(?:来自|采购自|购自|产自|(?<![自理])由)(?P<brand>[^\W\d_]{{2}}{BRAND_TAIL})"
    r"(?=[,。;、的]|锻造|制造|生产|供应|提供|承建|研制|研发|加工|设计|建设|投资|负责)"
)
COMMON_HEAD = re.compile(
    r"^(?:风电|风力|氢能|清洁|先进|新型|高端|海上|陆上|智能|绿色|传统|现代|重点|数字|关键|核心|海洋|国际|国内|可再生|再生|新|发展|推进|推动|以|大|整机|"
    r"其他|各类|全省|全市|我省|当地|本地|节能|环保|机械|电子|信息|农业|工业|化工|电力|煤炭|能源|储能|光伏|太阳能|太阳|生物|生物质|石油|天然|电工|重型|高速|特种|精密|成套|主要|用于|具有|依托|首席|党委|公司|集团|该|首任|时任|现任|副|联盟|协会|原|企业|执行|院)"
)
_PRODUCT_HEAD = r"(?:风机|风电|风力|光伏|新能源|氢能|储能|电池|整机|叶片|塔筒|齿轮箱|发电机|轴承|装备|主机|海上风电|特种|智能制造)"
_PROJECT = re.compile(
    rf"(?:^[ ]*|(?<=[,。;:、“]))(?:其中,?|此外,?|引进|推进|由)?"
    rf"(?P<brand>[^\W\d_]{{3,6}}?)(?={_PRODUCT_HEAD}[^\W\d_]{{0,12}}?(?:项目|基地))",
    re.MULTILINE,
)
_NOT_BRAND = re.compile(
    r".*[省市县区]$|^(?:此外|目前|当前|同时|另外|通过|全省|全市|总投|项目|重点|推进|一批|建设|发展|我省|由此|随着)"
)


# Compiled on first use: together they cost as much as all else that an import does.
@cache
def _end() -> re.Pattern[str]:
    return re.compile("|".join(f"(?P<{kind}>{words})" for kind, words in _TAILS))


@cache
def _left() -> re.Pattern[str]:
    return re.compile(_LEFT)


@cache
def _generic() -> re.Pattern[str]:
    return re.compile(_GENERIC)


def is_generic(name: str) -> bool:
    """Tell whether a name is only a word for its kind: 多家企业集团, 省级实验室."""
    return bool(_generic().match(name))


def joins_words(name: str) -> bool:
    """Tell whether a word stands in it that cannot stand inside a name: 法兰由某公司."""
    return bool(_left().search(name))


@dataclass(frozen=True, slots=True)
class Organisation:
    """A mention of an organisation."""

    name: str  # as written
    kind: str  # firm, university, institute, financial_institution, department, zone, association …
    span: Span
    guessed: bool = False  # only the tagger takes it for one


@dataclass(frozen=True, slots=True)
class Register:
    """The organisations of a page by place, found without going through all of them.

    A page may name thousands; whoever asks for each of its sentences would be quadratic.
    """

    mentions: tuple[Organisation, ...]  # by place; none covers another, so the ends ascend as well
    _starts: list[int] = field(init=False, repr=False, compare=False)
    _ends: list[int] = field(init=False, repr=False, compare=False)
    _some: dict[str, "Register"] = field(
        init=False, default_factory=dict, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        object.__setattr__(self, "_starts", [m.span.start for m in self.mentions])
        object.__setattr__(self, "_ends", [m.span.end for m in self.mentions])

    def within(self, start: int, end: int) -> tuple[Organisation, ...]:
        """Return the mentions that begin between two places."""
        first = bisect_left(self._starts, start)
        return self.mentions[first : bisect_left(self._starts, end, first)]

    def ending_at(self, end: int) -> Organisation | None:
        """Return the mention that ends at a place."""
        number = bisect_left(self._ends, end)
        if number < len(self._ends) and self._ends[number] == end:
            return self.mentions[number]
        return None

    def last_begun(self, before: int) -> Organisation | None:
        """Return the last mention that begins before a place."""
        number = bisect_left(self._starts, before)
        return self.mentions[number - 1] if number else None

    def last_ended(self, by: int) -> Organisation | None:
        """Return the last mention that has ended by a place."""
        number = bisect_right(self._ends, by)
        return self.mentions[number - 1] if number else None

    def first_begun(self, since: int) -> Organisation | None:
        """Return the first mention that begins at a place or after it."""
        number = bisect_left(self._starts, since)
        return self.mentions[number] if number < len(self.mentions) else None

    def of_kind(self, kind: str) -> "Register":
        """Return the mentions of one kind."""
        return self._part(f"kind {kind}", lambda mention: mention.kind == kind)

    def named_so(self, tail: str) -> "Register":
        """Return the mentions whose names end in a word."""
        return self._part(f"tail {tail}", lambda mention: mention.name.endswith(tail))

    def _part(self, key: str, belongs: Callable[[Organisation], bool]) -> "Register":
        if key not in self._some:
            self._some[key] = Register(tuple(filter(belongs, self.mentions)))
        return self._some[key]


def find_organisations(text: str, parts: tuple[Span, ...]) -> tuple[Organisation, ...]:
    """Return the organisations named in the parts, by place.

    Parameters
    ----------
    text
        Folded to half width; names are returned from it.
    parts
        The spans to look in: the article's body.
    """
    found: dict[Span, Organisation] = {}
    for part in parts:
        for mention in (*_by_end(text, part), *_brands(text, part)):
            found.setdefault(mention.span, mention)
    return tuple(_outermost(found))


def _outermost(found: dict[Span, Organisation]) -> Iterator[Organisation]:
    """Yield by place what no other mention covers: in this order a cover comes first."""
    reach = -1
    for span in sorted(found, key=lambda span: (span.start, -span.end)):
        if span.end > reach:
            reach = span.end
            yield found[span]


def _by_end(text: str, part: Span) -> Iterator[Organisation]:
    last: Organisation | None = None
    for match in _end().finditer(text, part.start, part.end):
        kind = str(match.lastgroup)
        floor = max(last.span.end if last else part.start, match.end() - _LONGEST)
        start = _left_edge(text, floor, match.start())
        if kind == "facility":
            start = _behind_verb(text, start, match.start())
        if last and last.span.end == start and _continues(last, text[start : match.end()], kind):
            # 中国船舶集团海装风电股份有限公司 ends twice and is one name.
            last = Organisation(
                text[last.span.start : match.end()], kind, Span(last.span.start, match.end())
            )
            continue
        if not _is_name(text[start : match.end()], kind):
            continue
        if last:
            yield last
        kind = _KINDS.get(kind, kind)
        last = Organisation(text[start : match.end()], kind, Span(start, match.end()))
    if last:
        yield last


def _continues(last: Organisation, rest: str, kind: str) -> bool:
    return (last.kind, kind) in _JOINED and len(rest) >= 2


_JOINED = frozenset(
    (
        ("firm", "firm"),
        ("association", "association"),
        ("university", "institute"),
        ("zone", "department"),
    )
)
_KINDS = {"alliance": "association", "medical": "institute"}


def _left_edge(text: str, floor: int, end: int) -> int:
    run = _CHARACTERS.search(text[floor:end])
    if run is None:
        return end
    start = floor + run.start()
    for cut in _left().finditer(text, start, end):
        start = cut.end()
    # An opening bracket must have its partner: (重庆)海装 keeps it, 江苏)九鼎 does not.
    inside = text[start:end]
    if inside.count(")") > inside.count("("):
        start += inside.rfind(")") + 1
    elif inside.count("(") > inside.count(")"):
        start += inside.rfind("(") + 1
    while start < end and text[start] in "()·&“”0123456789":
        start += 1
    return start


def _behind_verb(text: str, start: int, end: int) -> int:
    """Return where the name of works begins; the end, which is none, where it is only a kind."""
    verbs = [verb.end() for verb in _BUILDS.finditer(text, start, end)]
    first = verbs[-1] if verbs else start
    if _COUNTED.match(text, first, end) or (verbs and _KIND_OF_WORKS.match(text, first)):
        return end
    return first


def _is_name(name: str, kind: str) -> bool:
    if kind == "department" and name[0] in "省市县区" and 3 <= len(name) <= 9:
        return True
    if re.search(r"\d+[个家]", name):
        return False
    if len(name) < 3 or _generic().match(name) or name.count("“") != name.count("”"):
        return False
    if kind in ("alliance", "association", "university", "institute"):
        return len(name) >= 4
    if kind == "facility":
        return len(name) >= 8 and not _VAGUE.match(name) and not re.search(r"\d|投资", name)
    if kind == "zone":
        return len(name) >= 4
    return True


def _brands(text: str, part: Span) -> Iterator[Organisation]:
    for pattern, common in (
        (_PROJECT, _NOT_BRAND),
        (_OFFICER, COMMON_HEAD),
        (_LISTED, COMMON_HEAD),
        (_BEHIND_ROLE, COMMON_HEAD),
    ):
        for match in pattern.finditer(text, part.start, part.end):
            brand = match["brand"]
            if common.match(brand) or _left().search(brand) or _ENDS_PLAIN.search(brand):
                continue
            if _BUILDS.match(brand) or _COUNTED.search(brand):
                continue
            yield Organisation(brand, "firm", Span(*match.span("brand")))


_ENDS_PLAIN = re.compile(r"(?:公司|集团|企业|省|市|县|区|联盟|协会|理事|项目|产业|技术|单位)$")
