"""Which persons does the article name, with which posts in which organisation?

A name is believed only between a post (董事长韩珍堂 …) or an election (张三当选 …) and a word that
can follow a name; what is only a run of characters after a title (理事长单位) is none.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from fenglian.engine.intake.document import Span
from fenglian.engine.intake.organisations import Organisation

_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳酆鲍史唐费廉岑"
    "薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻"
    "强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣贲邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊"
    "惠甄曲家封芮羿储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘钭厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰从"
    "鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍却璩桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎"
    "戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公"
    "仉督岳帅缑亢况郈有琴商牟佘佴伯赏墨哈谯笪年爱阳佟肖闫覃初仝代冼付苟邸牙原修苑兰库信由仵但泮撖矫种"
)
_COMPOUND = "欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|司徒|令狐|夏侯|长孙|宇文|端木|轩辕|南宫|呼延|澹台|百里|东郭|西门"
_BASE = (
    "董事长|理事长|秘书长|会长|院长|所长|校长|厂长|行长|站长|局长|厅长|部长|处长|科长|司长|省长|市长|县长|区长|旗长|州长|镇长|乡长|村长|"
    "组长|队长|馆长|台长|社长|总裁|总经理|经理|总监|总工程师|总工|总会计师|总设计师|工程师|设计师|书记|主任|主席|委员长|政委|常委|监事长|董事|监事|理事|"
    "教授|研究员|院士|博士|专家|负责人|法定代表人|法人代表|实际控制人|实控人|创始人|发起人|合伙人|首席执行官|首席科学家|首席技术官|CEO|总指挥|巡视员|"
    "专员|发言人|主编|总编辑|总编|委员|代表|顾问|助理|盟长"
)
_PREFIX = (
    "党委|党组|党工委|党支部|党总支|县委|市委|省委|区委|旗委|州委|盟委|镇党委|工委|团委|工会|纪委|管委会|董事会|监事会|理事会|董事局|学术委员会|"
    "专家委员会|常务|执行|名誉|首席|联席|轮值|高级|资深|特聘|区域|事业部|营销|技术|财务|市场|销售|生产|研发|首任|现任|时任|副|总"
)
_TITLE = rf"(?:{_PREFIX})*(?:{_BASE})(?:助理|兼{_BASE})?"
_TITLES = rf"{_TITLE}(?:(?:[、,兼/]|兼任){_TITLE})*"
_NAME = rf"(?:[\u4e00-\u9fff]{{2,6}}·[\u4e00-\u9fff]{{2,4}}|(?:{_COMPOUND})[\u4e00-\u9fff]{{1,2}}|[{_SURNAMES}][\u4e00-\u9fff]{{1,2}})"
_VERBS = (
    "表示|介绍|说|称|认为|指出|强调|建议|主持|讲话|致[辞词欢贺]|出席|参加|参会|宣布|宣读|为|在|与|和|及|等|率|一行|陪同|带领|带队|向|对|作|做|就|到|赴|来|告诉|透露|坦言|谈|"
    "分别|共同|当选|担任|任|是|的|先后|还|也|同|会见|发言|解读|发布|现场|接受|受邀|应邀|亲临|莅临|深入|一同|签[署约订]|围绕|以|从|期待|希望|提出|要求|回顾|总结|汇报|通报|"
    "分享|见证|揭牌|颁|上台|开场|主讲|代表|调研|考察|走访|进行|呼吁|致|出任|获|被|将|已|均|有|表态|回应|写道|则|日前|近日|当天|今天|了|并|通过|结合|针对|现|研究|负责|牵头|组织|听取|实地|详细|重点|首先|随后|最后|高度|充分|"
)
_FOLLOWED = rf"(?=$|[^\u4e00-\u9fff]|{_VERBS.rstrip('|')})"
_POST = re.compile(rf"(?P<titles>{_TITLES}):?[ ]?(?P<name>{_NAME})")
_NEXT = re.compile(_FOLLOWED)
_SHORT = re.compile(rf"(?P<name>(?:(?:{_COMPOUND})|[{_SURNAMES}])[\u4e00-\u9fff]){_FOLLOWED}")
_ELECTED = re.compile(
    rf"(?:^|(?<=[,。;、:])|(?<=选举)|(?<=推选)|(?<=推举)|(?<=聘请)|(?<=聘任)|(?<=任命)|(?<=由))(?P<name>{_NAME})(?:同志|先生|女士)?"
    rf"(?:当选为?|担任|出任|兼任|就任|任|为)(?P<between>[\u4e00-\u9fff]{{0,20}}?)(?P<titles>{_TITLES})(?![\u4e00-\u9fff]?单位)",
    re.MULTILINE,
)
_INTO = re.compile(
    rf"(?:同志)?(?:当选为?|担任|出任|兼任|就任|任|为)[\u4e00-\u9fff]{{0,20}}?(?P<titles>{_TITLES})(?!单位)"
)
_NOT_NAMES = re.compile(
    r"^(?:单位|成员|代表|任期|任职|会议|高度|全体|国家|项目|经理|管理|成立|和各|常务|有关|相关|都[是有]|安排|计划|关于|从|由|时[任间]|解[决读]|强调|应[邀该]|"
    r"连续|能够|充分|通过|广[大泛]|须|容|简|明确|和|于|有|全|方面|公[司开]|文[化件]|支[持部]|宣[布读]|向|那|但|平[台均]|利[用润]|双方|印[发度]|组|路|池|党|水|后|越|终|白|田间|国[际内]|江苏|山|云南|安徽|宁夏|广东|河|"
    r"温|干部|工|常|权|沙|丰|边|农|密|家|师|关|商|别|步|车|空|经|项|包|左|相|家).{0,2}$"
)
_SURE = re.compile(
    r"^(?:[常车包左温路白于党江关边权沙丰池水向全文时平和田云农商国方解连向简容明双利山宣支能后][\u4e00-\u9fff]{2})$"
)
_ALIAS = re.compile(
    r"(?P<alias>(?:该|本)?(?:产业|战略)?(?:联盟|协会|商会|学会|促进会|联合会|公司|集团|研究院|研究所|学院|大学|中心))(?:的)?$"
)
_EARLIER = re.compile(
    rf"(?P<org>[\u4e00-\u9fff()]{{0,30}}?)(?P<titles>{_TITLE}(?:、{_TITLE})*)[、,兼]$"
)
_OF_BODY = re.compile(r"会长|理事长|秘书长|理事")
_OF_FIRM = re.compile(r"董事|总裁|总经理|控制人|法定代表|院长|所长")
_ORDER = re.compile(r"^(?:首任|现任|时任)")


@dataclass(frozen=True, slots=True)
class Post:
    """One title of a person, and the organisation it is held in."""

    title: str  # without 首任, 现任
    organisation: str | None  # as written in full where an earlier mention gives it
    written: str | None  # as written here: 联盟
    span: Span  # of organisation and title


@dataclass(frozen=True, slots=True)
class Person:
    """A mention of a person with posts."""

    name: str
    span: Span  # of the name
    posts: tuple[Post, ...]  # nearest the name first

    @property
    def whole(self) -> Span:
        """From the first post to the name, or the other way round."""
        starts = [self.span.start, *(post.span.start for post in self.posts)]
        ends = [self.span.end, *(post.span.end for post in self.posts)]
        return Span(min(starts), max(ends))


def find_persons(
    text: str, sentence: Span, organisations: tuple[Organisation, ...]
) -> tuple[Person, ...]:
    """Return the persons that one sentence names with a post, by place."""
    found: list[Person] = []
    for match in _POST.finditer(text, sentence.start, sentence.end):
        name = _name(text, match)
        if name and not any(person.span.start == name.start for person in found):
            posts = _posts(text, sentence, match, organisations, found)
            posts += _appointed(text, sentence, name.end, organisations)
            found.append(Person(text[name.start : name.end], name, posts))
    for match in _ELECTED.finditer(text, sentence.start, sentence.end):
        if _plausible(match["name"]) and not any(p.name == match["name"] for p in found):
            found.append(_elected(text, match, organisations))
    return tuple(sorted(found, key=lambda person: person.span))


def _name(text: str, match: re.Match[str]) -> Span | None:
    start = match.start("name")
    long = text[start : match.end("name")]
    short = _SHORT.match(text, start)
    if "·" in long:
        return _foreign(text, start, long)
    if len(long) == 2 or not _NEXT.match(text, start + len(long)):
        long = ""
    # 王健在 … : a name of two characters with a verb behind it, though 王健在 could be one.
    if short and len(long) == 3 and long[2] in "在与和为对向说称是的等率任来到赴就作做将":
        long = ""
    for name in (long, short["name"] if short else ""):
        if name and _plausible(name):
            return Span(start, start + len(name))
    return None


def _foreign(text: str, start: int, long: str) -> Span:
    """Cut 艾力·买买提表示 where the verb begins."""
    for end in range(start + long.index("·") + 3, start + len(long) + 1):
        if _NEXT.match(text, end):
            return Span(start, end)
    return Span(start, start + len(long))


def _plausible(name: str) -> bool:
    return bool(_SURE.match(name)) or not _NOT_NAMES.match(name)


def _posts(
    text: str,
    sentence: Span,
    match: re.Match[str],
    organisations: tuple[Organisation, ...],
    found: list[Person],
) -> tuple[Post, ...]:
    start = match.start("titles")
    name, written, first = _holder(text, sentence, start, organisations)
    if name is None and written is None and found and _joined(text[found[-1].span.end : start]):
        name = found[-1].posts[0].organisation if found[-1].posts else None
    if name is None and written is None:
        name = _by_sentence(match["titles"], sentence, start, organisations)
    posts = [
        Post(title, name, written, Span(first, begun + length))
        for title, begun, length in _split(match["titles"], start)
    ]
    while earlier := _EARLIER.search(text[sentence.start : first]):
        left = sentence.start + earlier.start("titles")
        name, written, outer = _holder(text, sentence, left, organisations)
        if name is None and written is None:
            break
        posts.extend(
            Post(title, name, written, Span(outer, begun + length))
            for title, begun, length in _split(earlier["titles"], left)
        )
        first = outer
    return tuple(posts)


def _joined(between: str) -> bool:
    return re.fullmatch(r"[、,和与及]", between) is not None


def _split(titles: str, start: int) -> Iterator[tuple[str, int, int]]:
    for match in re.finditer(_TITLE, titles):
        order = _ORDER.match(match.group())
        skip = order.end() if order else 0
        yield match.group()[skip:], start + match.start() + skip, len(match.group()) - skip


def _holder(
    text: str, sentence: Span, at: int, organisations: tuple[Organisation, ...]
) -> tuple[str | None, str | None, int]:
    """Return the organisation in front of a title: full name, words as written, where they begin."""
    end = at - 1 if text[at - 1 : at] == "的" else at
    for mention in organisations:
        if mention.span.end == end:
            return mention.name, mention.name, mention.span.start
    alias = _ALIAS.search(text, max(sentence.start, at - 12), at)
    if alias and alias.end() == at:
        return _resolve(alias["alias"], at, organisations), alias["alias"], alias.start()
    return None, None, at


def _resolve(alias: str, at: int, organisations: tuple[Organisation, ...]) -> str | None:
    tail = re.sub(r"^(?:该|本)?(?:产业|战略)?", "", alias)
    earlier = [m.name for m in organisations if m.span.end <= at and m.name.endswith(tail)]
    later = [m.name for m in organisations if m.span.start >= at and m.name.endswith(tail)]
    return earlier[-1] if earlier else later[0] if later else None


def _by_sentence(
    titles: str, sentence: Span, at: int, organisations: tuple[Organisation, ...]
) -> str | None:
    before = [m for m in organisations if sentence.start <= m.span.start and m.span.end <= at]
    if _OF_BODY.search(titles):
        bodies = [m for m in organisations if m.span.end <= at and m.kind == "association"]
        before = [m for m in before if m.kind == "association"] or bodies
    elif not _OF_FIRM.search(titles):
        return None
    return before[-1].name if before else None


def _appointed(
    text: str, sentence: Span, at: int, organisations: tuple[Organisation, ...]
) -> tuple[Post, ...]:
    """Return the posts that stand behind the name: 许世俊任联盟理事长."""
    match = _INTO.match(text, at, sentence.end)
    if match is None:
        return ()
    begun = match.start("titles")
    name, written, first = _holder(text, sentence, begun, organisations)
    if name is None:
        name = _by_sentence(match["titles"], sentence, begun, organisations)
    return tuple(
        Post(title, name, written, Span(min(first, place), place + length))
        for title, place, length in _split(match["titles"], begun)
    )


def _elected(text: str, match: re.Match[str], organisations: tuple[Organisation, ...]) -> Person:
    at = match.start("titles")
    name, written, first = _holder(text, Span(match.start(), match.end()), at, organisations)
    if name is None:
        name = _by_sentence(match["titles"], Span(at, at), at, organisations)
    posts = tuple(
        Post(title, name, written, Span(min(first, begun), begun + length))
        for title, begun, length in _split(match["titles"], at)
    )
    return Person(match["name"], Span(*match.span("name")), posts)
