"""Which persons does the article name, with which posts in which organisation?

A name is believed only between a post (董事长韩珍堂 …) or an election (张三当选 …) and a word that
can follow a name; what is only a run of characters after a title (理事长单位) is none.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from fenglian.engine.intake.document import Span
from fenglian.engine.intake.mentions.organisations import Register

_SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳酆鲍史唐费廉岑"
    "薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻"
    "强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣贲邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊"
    "惠甄曲家封芮羿储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘钭厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰从"
    "鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍却璩桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎"
    "戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公"
    "仉督岳帅缑亢况郈有琴商牟芦续逯郄忻菅佘佴伯赏墨哈谯笪年爱阳佟肖闫覃初仝代冼付苟邸牙原修苑兰库信由仵但泮撖矫种隋亓綦竹揭乾计"
)
_COMPOUND_LIST = "欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 慕容 司徒 令狐 夏侯 长孙 宇文 端木 轩辕 南宫 呼延 澹台 百里 东郭 西门"
_COMPOUND = frozenset(_COMPOUND_LIST.split())
_BASE = (
    "董事长|理事长|董事会秘书|董秘|秘书长|会长|院长|所长|校长|厂长|行长|站长|局长|厅长|部长|处长|科长|司长|省长|市长|县长|区长|旗长|州长|镇长|乡长|村长|"
    "组长|队长|馆长|台长|社长|总裁|总经理|经理|总监|总工程师|总工|总会计师|总设计师|工程师|设计师|书记|主任|主席|委员长|政委|常委|监事长|董事|监事|理事|"
    "教授|研究员|院士|博士|专家|负责人|法定代表人|法人代表|实际控制人|实控人|创始人|发起人|合伙人|首席执行官|首席科学家|首席技术官|CEO|总指挥|巡视员|"
    "专员|发言人|主编|总编辑|总编|委员|代表|顾问|助理|盟长"
)
_PREFIX = (
    "党委|党组|党工委|党支部|党总支|县委|市委|省委|区委|旗委|州委|盟委|镇党委|工委|团委|工会|纪委|管委会|董事会|监事会|理事会|董事局|学术委员会|"
    "专家委员会|常务|执行|代|项目|名誉|首席|联席|轮值|高级|资深|特聘|区域|事业部|营销|技术|财务|市场|销售|生产|研发|首任|现任|时任|副|总"
)
# A title may begin with its department: 战略发展部部长, 采购部总监, 研发中心主任.
_DEPARTMENT = (
    "(?:战略|发展|采购|生产|研发|技术|市场|营销|销售|财务|人力资源|行政|质量|工程|运营|法务|投资|国际|海外|规划|设计|制造|供应链|信息|安全|综合|"
    "管理|党群|审计|实验|检测|合作|业务|创新){1,4}(?:事业部|部|中心|处|室|办公室)"
)
_TITLE = re.compile(rf"(?:{_DEPARTMENT})?(?:{_PREFIX}){{0,6}}(?:{_BASE})(?:助理)?")
_BETWEEN_TITLES = re.compile(r"(?:[、,/]|兼任?|、兼)?")
# Names of Mongol, Tibetan and Uyghur persons as they are written in Chinese, without a dot.
_SOUNDS = frozenset(
    "阿艾巴白宝毕布才朝策楚次达丹德登迪东都多额尔夫嘎噶格根贡古让哈海汗赫和呼花吉加江杰金卡康克拉兰朗勒力林隆鲁罗洛玛买麦满毛孟米木那纳娜乃尼牛诺欧帕其"
    "琪钦青日茹萨桑色沙顺斯松苏索塔泰唐特图吐托娃旺乌西希晓牙雅叶依伊音英尤玉育云扎泽增珠卓孜佐措顿珍琴姆仁巧楞"
)
_TWO_SOUNDS = frozenset(
    [
        "宝音",
        "斯琴",
        "布和",
        "朝鲁",
        "扎西",
        "次仁",
        "那顺",
        "多吉",
        "尼玛",
        "达娃",
        "普布",
        "旺堆",
        "卓玛",
        "才旦",
        "呼和",
        "吉雅",
        "娜仁",
        "乌云",
    ]
)
_FOREIGN = re.compile(r"[^\W\d_]{2,6}·[^\W\d_]{2,4}")
_VERBS = (
    "表示|介绍|说|称|认为|指出|强调|建议|主持|讲话|致[辞词欢贺]|出席|参加|参会|受聘|受|宣布|宣读|为|在|与|和|及|等|率|一行|陪同|带领|带队|向|对|作|做|就|到|赴|来|告诉|透露|坦言|谈|"
    "分别|共同|当选|担任|任|是|的|先后|还|也|同|会见|发言|解读|发布|现场|接受|受邀|应邀|亲临|莅临|深入|一同|签[署约订字]|围绕|以|从|期待|希望|提出|要求|回顾|总结|汇报|通报|"
    "分享|见证|揭牌|颁|上台|开场|主讲|代表|调研|考察|走访|进行|呼吁|致|出任|获|被|将|已|均|有|表态|回应|写道|则|日前|近日|当天|今天|了|并|通过|结合|针对|现|研究|负责|牵头|组织|听取|实地|详细|重点|首先|随后|最后|高度|充分|"
)
_SAYING = frozenset(
    ["认为", "表示", "介绍", "指出", "强调", "透露", "坦言", "告诉", "建议", "呼吁", "说明", "宣布"]
)
_NEXT = re.compile(rf"$|[\W\d_]|{_VERBS.rstrip('|')}")
_INTO = re.compile(r"(?:同志|先生|女士)?(?P<verb>当选为?|担任|出任|兼任|就任|任|为)[^\W\d_]{0,20}$")
_DESCRIBES = re.compile(r"[,(]?(?:是|系|现任|时任)?")
_NAMED_BEFORE = re.compile(r"(?:^|[,。;、和与及:“]|选举|推选|推举|聘请|聘任|任命|由)$")
# Words that begin with the character of a surname and can stand behind a title.
_WORD_LIST = (
    "单位 成员 代表 任期 任职 会议 高度 全体 国家 项目 经理 管理 成立 常务 有关 相关 都是 都有 安排 计划 关于 解决 解读 强调 应邀 应该 应对 "
    "应用 连续 能够 充分 通过 广大 广泛 简介 明确 方面 公司 公开 文化 文件 支持 支部 宣布 宣读 宣传 平台 平均 利用 利润 双方 印发 国际 国内 "
    "江苏 山西 山东 云南 安徽 宁夏 广东 河南 河北 湖南 湖北 海南 干部 工作 工业 工程 常年 权威 沙龙 农业 农村 家庭 师生 关键 商业 商会 商务 "
    "别墅 步骤 车间 车企 车辆 空间 包括 包头 相互 左右 水平 水电 时任 时间 时期 党委 党组 党员 后续 田间 路径 组织 万元 万人 万家 向全 向与 和各 "
    "金融 金属 安全 华为 华东 华北 东北 东部 西部 南方 南京 北京 北方 上海 高校 高级 高质 高新 高管 明年 石油 龙头 海上 海外 风电 许多 许可 "
    "严格 成果 成功 成为 成绩 管委 全国 全省 全市 全县 全面 全程 全力 年度 年会 年产 强化 毛利 何时 幸福 边境 家属 从事 曾经 居民 苗木 池州 "
    "温州 柳州 杭州 徐州 郑州 兰州 连云 房地 厂家 万千 富有 盛大"
)
_WORDS = frozenset(_WORD_LIST.split())
_ALIAS = re.compile(
    r"(?P<alias>(?:该|本)?(?:产业|战略)?(?:联盟|协会|商会|学会|促进会|联合会|公司|集团|研究院|研究所|学院|大学|中心))(?:的)?$"
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
    guessed: bool = False  # only the tagger takes the characters for a name

    @property
    def whole(self) -> Span:
        """From the first post to the name, or the other way round."""
        starts = [self.span.start, *(post.span.start for post in self.posts)]
        ends = [self.span.end, *(post.span.end for post in self.posts)]
        return Span(min(starts), max(ends))


@dataclass(frozen=True, slots=True)
class _Run:
    """Titles that follow one another: 党委书记、董事长."""

    titles: tuple[tuple[str, Span], ...]

    @property
    def start(self) -> int:
        return self.titles[0][1].start

    @property
    def end(self) -> int:
        return self.titles[-1][1].end

    @property
    def words(self) -> str:
        return "、".join(title for title, _ in self.titles)


def find_persons(
    text: str, sentence: Span, register: Register, hinted: tuple[Span, ...] = ()
) -> tuple[Person, ...]:
    """Return the persons that one sentence names with a post, by place.

    ``hinted`` are places where a name may stand; one is believed beside a post.
    """
    hints = tuple(span for span in hinted if _may_be_name(text[span.start : span.end]))
    runs = tuple(_runs(text, sentence, register))
    found: list[Person] = []
    for number, run in enumerate(runs):
        begin = run.end + (text[run.end : run.end + 1] in (":", " "))
        name = _name_at(text, begin, sentence.end)
        if name:
            posts = _posts(text, sentence, runs[: number + 1], register, found)
            found.append(Person(text[name.start : name.end], name, posts))
            continue
        guess = next((span for span in hints if span.start == begin), None)
        if guess:
            posts = _posts(text, sentence, runs[: number + 1], register, found)
            found.append(Person(text[guess.start : guess.end], guess, posts, guessed=True))
        else:
            _describe(text, sentence, run, register, found, hints)
    for run in runs:
        _appoint(text, sentence, run, register, found)
    return tuple(sorted(found, key=lambda person: person.span))


def _may_be_name(words: str) -> bool:
    if "·" in words:
        return bool(_FOREIGN.fullmatch(words))
    family = words[:2] in _COMPOUND or words[:1] in _SURNAMES
    return family and 2 <= len(words) <= 4 and words.isalpha() and _plausible(words)


def _describe(
    text: str,
    sentence: Span,
    run: _Run,
    register: Register,
    found: list[Person],
    hints: tuple[Span, ...],
) -> None:
    """Add the person whom a title describes from behind: 周以宁(凌岳风能董事长), 周以宁董事长."""
    name, written, first = _holder(text, sentence, run.start, register)
    for span in hints:
        if _DESCRIBES.fullmatch(text, span.end, first) and all(p.span != span for p in found):
            posts = tuple(_held(run, name, written, first))
            found.append(Person(text[span.start : span.end], span, posts, guessed=True))
            return


def _runs(text: str, sentence: Span, register: Register) -> Iterator[_Run]:
    titles: list[tuple[str, Span]] = []
    for match in _TITLE.finditer(text, sentence.start, sentence.end):
        between = text[titles[-1][1].end : match.start()] if titles else ""
        if titles and not _BETWEEN_TITLES.fullmatch(between):
            yield _Run(tuple(titles))
            titles = []
        order = _ORDER.match(match.group())
        start = match.start() + (order.end() if order else 0)
        body = register.last_begun(start)
        if body and start < body.span.end and _TITLE.match(text, body.span.end, match.end()):
            start = body.span.end  # 开发区管委会主任: 管委会 belongs to the name in front
        titles.append((text[start : match.end()], Span(start, match.end())))
    if titles:
        yield _Run(tuple(titles))


def _name_at(text: str, start: int, end: int) -> Span | None:
    """Return the name that begins here, if what follows can follow a name."""
    foreign = _FOREIGN.match(text, start, end)
    if foreign:
        return _foreign(text, start, foreign.group())
    family = 2 if text[start : start + 2] in _COMPOUND else 1
    if sounded := _sounded(text, start, end):
        return sounded
    if family == 1 and text[start : start + 1] not in _SURNAMES:
        return None
    fits = []
    for given in (2, 1):
        stop = start + family + given
        if stop <= end and text[start:stop].isalpha() and _NEXT.match(text, stop):
            fits.append(text[start:stop])
    # 王健在 … : a name of two characters with a verb behind it, though 王健在 could be one.
    if len(fits) == 2 and fits[0][-1] in "的在为对向说称等任来到赴就作做将":
        fits.reverse()
    # 司徒南认为: the verb begins with what could be the end of the name.
    if len(fits) == 2 and text[start + len(fits[0]) - 1 :][:2] in _SAYING:
        fits.reverse()
    for name in fits:
        if _plausible(name):
            return Span(start, start + len(name))
    return None


def _sounded(text: str, start: int, end: int) -> Span | None:
    """Return a name of four or five sounds, or of fewer where no surname begins it: 哈斯巴根."""
    longest = 0
    while longest < 6 and start + longest < end and text[start + longest] in _SOUNDS:
        longest += 1
    for length in range(longest, 1, -1):
        name = text[start : start + length]
        if not _NEXT.match(text, start + length) or length > 5:
            continue
        known = name in _TWO_SOUNDS if length == 2 else length > 3 or name[0] not in _SURNAMES
        if known:
            return Span(start, start + length)
    return None


def _foreign(text: str, start: int, long: str) -> Span:
    """Cut 艾力·买买提表示 where the verb begins."""
    for end in range(start + long.index("·") + 3, start + len(long) + 1):
        if _NEXT.match(text, end):
            return Span(start, end)
    return Span(start, start + len(long))


def _plausible(name: str) -> bool:
    return name[:2] not in _WORDS


def _posts(
    text: str,
    sentence: Span,
    runs: tuple[_Run, ...],
    register: Register,
    found: list[Person],
) -> tuple[Post, ...]:
    """Return the posts of the last run, and of the runs that lead up to it (联盟理事长、…所长)."""
    run = runs[-1]
    name, written, first = _holder(text, sentence, run.start, register)
    if name is None and written is None and found and _joined(text[found[-1].span.end : run.start]):
        name = found[-1].posts[0].organisation if found[-1].posts else None
    if name is None and written is None:
        name = _by_sentence(run.words, sentence, run.start, register)
    posts = list(_held(run, name, written, first))
    for earlier in reversed(runs[:-1]):
        if text[earlier.end : first] not in ("、", ",", "兼", "、兼"):
            break
        name, written, first = _holder(text, sentence, earlier.start, register)
        if name is None and written is None:
            break
        posts.extend(_held(earlier, name, written, first))
    return tuple(posts)


def _held(run: _Run, name: str | None, written: str | None, first: int) -> Iterator[Post]:
    for title, span in run.titles:
        yield Post(title, name, written, Span(min(first, span.start), span.end))


def _joined(between: str) -> bool:
    return between in ("、", ",", "和", "与", "及", "")


def _holder(
    text: str, sentence: Span, at: int, register: Register
) -> tuple[str | None, str | None, int]:
    """Return the organisation in front of a title: full name, words as written, where they begin."""
    end = at - 1 if text[at - 1 : at] == "的" else at
    if mention := register.ending_at(end):
        return mention.name, mention.name, mention.span.start
    alias = _ALIAS.search(text, max(sentence.start, at - 12), at)
    if alias and alias.end() == at:
        return _resolve(alias["alias"], at, register), alias["alias"], alias.start()
    return None, None, at


def _resolve(alias: str, at: int, register: Register) -> str | None:
    tail = re.sub(r"^(?:该|本)?(?:产业|战略)?", "", alias)
    named = register.named_so(tail)
    nearest = named.last_ended(at) or named.first_begun(at)
    return nearest.name if nearest else None


def _by_sentence(titles: str, sentence: Span, at: int, register: Register) -> str | None:
    if _OF_BODY.search(titles):
        body = register.of_kind("association").last_ended(at)
        return body.name if body else None
    before = register.last_ended(at) if _OF_FIRM.search(titles) else None
    return before.name if before and before.span.start >= sentence.start else None


def _appoint(
    text: str,
    sentence: Span,
    run: _Run,
    register: Register,
    found: list[Person],
) -> None:
    """Add the posts that stand behind a name: 许世俊任联盟理事长, 选举王勇为理事长."""
    if text[run.end : run.end + 2] == "单位":
        return
    left = max(sentence.start, run.start - 26)
    into = _INTO.search(text[left : run.start])
    if into is None:
        return
    at = left + into.start()
    name, written, first = _holder(text, sentence, run.start, register)
    if name is None:
        name = _by_sentence(run.words, sentence, run.start, register)
    posts = tuple(_held(run, name, written, first))
    for number, person in enumerate(found):
        if person.span.end == at:
            found[number] = replace(person, posts=person.posts + posts)
            return
    names = _names_before(text, at, sentence)
    found.extend(Person(text[span.start : span.end], span, posts) for span in names)


def _names_before(text: str, at: int, sentence: Span) -> tuple[Span, ...]:
    """Return the names of a list that ends here: 选举李娜、艾力·买买提为副理事长."""
    names: list[Span] = []
    while span := _name_before(text, at, sentence):
        names.append(span)
        at = span.start - 1
        if text[at : at + 1] not in ("、", "和", "与", "及"):
            return tuple(names)
    # What stands in front of 和 is no name, so this may be the end of one: 理事会和王强.
    if names and text[at : at + 1] != "、":
        names.pop()
    return tuple(names)


def _name_before(text: str, at: int, sentence: Span) -> Span | None:
    dot = text.rfind("·", max(sentence.start, at - 7), at)
    for start in range(max(sentence.start, dot - 6), dot - 1):
        if text[start:at].replace("·", "").isalpha() and _stands_alone(text, start, sentence):
            return Span(start, at)
    for length in (3, 2, 4):
        start = at - length
        name = text[start:at]
        if start < sentence.start or not name.isalpha() or not _plausible(name):
            continue
        if name.endswith("会") or _TITLE.match(name):  # 董事会 begins with a surname too
            continue
        family = 2 if name[:2] in _COMPOUND else 1
        if family == 1 and (length == 4 or name[0] not in _SURNAMES):
            continue
        if _stands_alone(text, start, sentence):
            return Span(start, at)
    return None


def _stands_alone(text: str, start: int, sentence: Span) -> bool:
    return bool(_NAMED_BEFORE.search(text[max(sentence.start, start - 4) : start]))
