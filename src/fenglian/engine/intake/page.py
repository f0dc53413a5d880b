"""Which lines of a clean page are the article, and which are furniture?

A mark says which part of the page is not the article's own text, and why. Nothing is removed:
the clean text stays whole, and what no mark covers is the body, the only place facts come from.
"""

import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fenglian.engine.intake.boilerplate import HIDDEN
from fenglian.engine.intake.document import Span
from fenglian.engine.intake.hints import Hint
from fenglian.engine.intake.places import division_code
from fenglian.engine.intake.tables import Tables
from fenglian.engine.labels import Label
from fenglian.engine.quantities import fold_width


@dataclass(frozen=True, slots=True)
class Mark:
    """A part of the page that is not the article's own text, and why we think so."""

    kind: str  # "breadcrumb", "title", "publication", "credit", "copyright", "farm", "navigation", "instruction"
    span: Span  # clean characters
    reason: Label


@dataclass(frozen=True, slots=True)
class HeaderField:
    """A value of the page's header and the words it stands in."""

    value: str
    span: Span  # clean characters


@dataclass(frozen=True, slots=True)
class Header:
    """Who published the page, where it comes from, and who wrote it; None where it does not say."""

    title: HeaderField | None
    breadcrumb: tuple[HeaderField, ...]
    publisher: HeaderField | None  # the site that the page stands on, where the page says so
    source: HeaderField | None  # what stands behind 来源
    published: HeaderField | None  # ISO date, or date and time
    reporter: HeaderField | None
    editor: HeaderField | None


@dataclass(frozen=True, slots=True)
class Page:
    """The clean text of a page, its furniture told apart from the article."""

    text: str
    header: Header
    marks: tuple[Mark, ...]  # by place; what no mark covers is the article's body
    # GB/T 2260 code of the province that 我省 and 省科技厅 mean; by source, not by site.
    home: str | None
    # Names that may stand in the body, by place; they serve the extraction and are not kept.
    hints: tuple[Hint, ...] = ()

    def __hash__(self) -> int:
        """Hash the text alone, once: every fact type asks for what was found on this page."""
        return hash(self.text)

    @property
    def year(self) -> int | None:
        """Year of publication; None where the page does not say, and then no year is inferred."""
        published = self.header.published
        return int(published.value[:4]) if published else None

    @property
    def folded(self) -> str:
        """The text in half width, character for character, for rules to match on."""
        return fold_width(self.text)

    @property
    def body(self) -> tuple[Span, ...]:
        """The paragraphs of the article, or what its marks leave of them."""
        covered = deque(mark.span for mark in self.marks)
        parts: list[Span] = []
        for line in _LINE.finditer(self.text):
            start, end = line.span()
            while covered and covered[0].start < end:
                # Marks stand in order and within a line, so each is met once.
                mark = covered.popleft()
                parts.append(Span(start, mark.start))
                start = max(start, mark.end)
            parts.append(Span(start, end))
        return tuple(part for part in parts if self.text[part.start : part.end].strip())


REASONS = {
    "breadcrumb": Label(
        "短栏目名以“>”相连，位于正文之前", "short section names joined by “>” above the text"
    ),
    "title": Label(
        "正文之前的短行，不以句号结尾", "a short line above the text without a full stop"
    ),
    "publication": Label(
        "含发布时间或来源的短行", "a short line that gives the time or the source"
    ),
    "credit": Label("记者、编辑署名", "names the reporter or the editor"),
    "copyright": Label("版权或免责声明", "a copyright notice or disclaimer"),
    "farm": Label(
        "八个以上以“|”分隔的短词，是链接堆", "eight or more short words between bars: a link farm"
    ),
    "navigation": Label("翻页、相关阅读等导航", "navigation: next page, related reading"),
    "related": Label(
        "“相关新闻”之类标题下的短行，是别的文章的链接",
        "a short line under a heading such as 相关新闻: a link to another article",
    ),
    "links": Label(
        "段落之间三行以上不带句号的短行，是链接",
        "three or more short lines without a full stop between paragraphs: links",
    ),
    "instruction": Label(
        "对读取程序下命令的行", "a line that gives orders to the reading software"
    ),
}

_LINE = re.compile(r"[^\n\r]+")
_CRUMB_SPLIT = re.compile(r"[^>\uff1e\u203a»→]+")
_CRUMB_LEAD = re.compile(
    r"^\s*(?:您?(?:当前|现在|的)?(?:所在)?位置(?:是)?|首页导航)\s*[:\uff1a]\s*"
)
_TIME_WORD = r"(?:发布|发表|更新|发稿|稿件|文章)?(?:时间|日期)"
_DATE = re.compile(
    r"(?P<y>(?:19|20)\d\d)(?P<s>[-/.年])(?P<m>\d{1,2})(?:[-/.月])(?P<d>\d{1,2})日?"
    r"(?:[ T]*(?P<h>\d{1,2}):(?P<n>\d\d)(?::\d\d)?)?"
)
_PUBLICATION = re.compile(
    rf"{_TIME_WORD}\s*[:丨]|(?:信息|文章|稿件|新闻|内容)?(?:来源|出处)\s*[:丨]|(?:19|20)\d\d[-/.年]\d{{1,2}}[-/.月]\d{{1,2}}日?\s*\d{{1,2}}:\d\d"
)
_SOURCE = re.compile(
    r"(?:来源|出处)\s*[:丨][ ]*(?P<v>[^\s|丨():]{2,30}?)"
    r"(?=[\s|丨()]|(?:作者|记者|编辑|责编|点击|浏览|阅读|字号|发布)|$)"
)
_PAPER = r"[^\W\d_]{2,16}(?:报|网|社|电视台|电台|客户端|融媒体中心|公众号)"
_DAY = r"(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:\s*星期[一二三四五六日天])?(?:\s*\d{1,2}:\d\d(?::\d\d)?)?"
_ADDRESS = r"(?:(?:https?://)?(?:www\.)[\w./-]+\s+)?"
# The name of a paper and a day in either order, or a day alone: 陕西日报 2022年4月22日.
_DATELINE = re.compile(
    rf"\s*(?:(?P<v>{_PAPER})\s+{_ADDRESS}{_DAY}|{_DAY}(?:\s+(?P<w>{_PAPER})|\s+\S{{0,4}}[讯电])?)"
    r"(?:\s+(?:本报|本网)?(?:记者|作者|通讯员).{0,20})?\s*"
)
# 本报玉门讯, 新华社北京4月7日电, 【半岛网】12月2日讯: where and when it was written, not what happened.
_WIRE = re.compile(
    r"^\s*(?:【(?P<b>[^】\n]{2,16})】|[^\W\d_]{1,8}?[报网社刊])[^\W\d_]{0,8}?(?:\d{1,2}月\d{1,2}日)?[讯电](?=[\s(:,])"
)
# At the foot: (刊于2023年8月11日《滹沱河新闻》).
_PRINTED = re.compile(
    rf"^[(【\[]?\s*(?:原)?(?:刊|载|刊载|刊发|发表)[于自在]?\s*(?:{_DAY}\s*《(?P<v>[^》]{{2,20}})》|《(?P<w>[^》]{{2,20}})》\s*{_DAY})[^。]{{0,12}}[)】\]]?$",
    re.MULTILINE,
)
_LAST = 2  # lines at the foot in which a day alone dates a letter
_SITE = re.compile(r"(?:发布单位|发布机构|网站|站点|主办)\s*:[ ]*(?P<v>[^\s|]{2,30})")
# A name ends where the next duty begins: 编辑:王丽 审核:李刚.
_DUTY = r"审核|审校|校对|[初复终一二三]审|编审|监制|签发|主编|编辑|责编|责任|值班|记者|通讯员|作者|来源|摄影|图片|文字"
_CREDITED = rf"(?:(?:(?!{_DUTY})[^\W\d_]){{1,6}}·[^\W\d_]{{1,6}}|(?:(?!{_DUTY})[\w·]){{2,4}})"
_NAMES = rf"{_CREDITED}(?:[ 、]+{_CREDITED}(?!\w*\s*:)){{0,4}}"
_REPORTER = re.compile(
    rf"(?:(?:本报|本网|本刊|见习|实习|特约){{0,3}}(?:记者|通讯员|作者|文字|撰稿))\s*[::/]?[ ]*(?P<v>{_NAMES})"
)
_EDITOR = re.compile(rf"(?:责任编辑|责编|编辑|值班编辑|网络编辑)\s*[:丨/]?[ ]*(?P<v>{_NAMES})")
_BRACKET_CREDIT = re.compile(
    r"[(【\[]\s*(?:来源\s*:[^()]{0,20})?(?:[^\W\d_]{0,8}(?:记者|通讯员|责任编辑|责编|编辑|作者|文字|撰稿|供稿))"
    r"[^()【】\[\]\n]{1,40}[)】\]]"
)
_CREDIT_LINE = re.compile(
    r"^[(【\[\s]*(?:责任编辑|责编|编辑|值班编辑|网络编辑|审核|校对|终审|监制|作者|(?:本报|本网)?记者|通讯员|文字|撰稿|供稿)"
    r"\s*[::/ ]"
)
_COPYRIGHT = re.compile(
    r"版权声明|版权所有|免责声明|凡(?:本网|本站)?注明|转载请注明|版权归|Copyright|侵权|备案号|ICP备"
)
_NAVIGATION = re.compile(
    r"^[\s【\[]*(?:上一[篇页条]|下一[篇页条]|相关(?:阅读|新闻|推荐|链接|文章)|延伸阅读|热门(?:推荐|文章)|打印|关闭|返回|分享到|"
    r"扫一扫|关注我们|点击(?:进入|查看)|推荐阅读|更多>>|首页\s*$)"
)
_RELATED = re.compile(
    r"^[\s【\[]*(?:相关(?:阅读|新闻|推荐|链接|文章|报道|资讯|内容)|(?:延伸|推荐|拓展)阅读|"
    r"(?:热门|热点|精彩|编辑)(?:推荐|文章|新闻|资讯|阅读|排行|话题)|新闻(?:排行|推荐)|猜你喜欢|更多(?:新闻|资讯|阅读))"
    r"\s*[】\]]?\s*(?:$|[::>|])"
)
_INSTRUCTION = re.compile(
    r"忽略(?:以上|之前|上述|前面|此前|先前|所有|上面)|无视(?:以上|之前|上述)|不要理会(?:以上|上述)|"
    r"(?:你|您)(?:现在)?(?:是|必须|应当|需要)[^。\n]{0,12}(?:助手|模型|AI|系统|程序)|系统(?:提示|指令|消息)\s*:|"
    r"(?:请|务必)(?:将|把)[^。\n]{0,30}(?:记录|登记|写入|输出|抽取|录入)|(?:抽取|提取|录入|识别)(?:程序|系统|模型)[^。\n]{0,12}(?:请|应|必须)|"
    r"(?i:ignore\s+(?:all\s+|any\s+)?(?:the\s+)?(?:previous|above|prior)|disregard\s+(?:the\s+)?(?:previous|above)|"
    r"system\s*prompt|you\s+are\s+(?:now\s+)?an?\s+\w*\s*(?:assistant|model)|<\|?(?:im_start|system)|\[INST\])"
)
_PROSE = re.compile(r"[。!?;]|,.*,")
_FULL_STOP = re.compile(r"[。;]")
_SENTENCE_END = re.compile(r"[。!?;:][”’」』)]*$|[。;]")
_MAX_LINK = 30  # characters of a link between paragraphs
_MIN_LINKS = 3  # one short line is a heading, two may be
_MAX_CRUMB = 14  # characters of one breadcrumb item
_MAX_TITLE = 60  # characters
_MAX_PUBLICATION = 120  # characters
_FARM_ITEMS = 8
_TELLING = frozenset(("instruction", "farm", "credit", "publication", "copyright"))


def analyse_page(
    clean_text: str, tables: Tables, asides: Sequence[tuple[Span, Label]] = ()
) -> Page:
    """Tell a page's furniture from its article and read the header.

    Parameters
    ----------
    clean_text
        The whole repaired page; every span of the result counts its characters.
    tables
        Only ``divisions`` is used, to find the province that the source belongs to.
    asides
        Lines that are not the article by their markup, with the reason; see ``boilerplate``. Where
        their words say what they are, the words count; but not of what the page hides.

    Returns
    -------
    Page
        Marks by place, the header, and the home province by the *source*, never by the site.
    """
    folded = fold_width(clean_text)
    marks = sorted(_marks(folded, asides), key=lambda mark: mark.span)
    header = _header(folded, clean_text, marks)
    home = province_of(header.source.value, tables) if header.source else None
    return Page(text=clean_text, header=header, marks=tuple(marks), home=home)


def province_of(name: str, tables: Tables) -> str | None:
    """Return the GB/T 2260 code of the province that the name of a paper or site speaks of."""
    for start in range(len(name) - 1):
        for length in (3, 2):
            code = division_code(name[start : start + length], tables.divisions)
            if code:
                return code[:2] + "0000"
    return _PAPERS.get(name[:2])


# Papers named after an old name of their province, and the party papers of provinces without one.
_PAPERS = {
    "齐鲁": "370000", "大众": "370000", "三晋": "140000", "燕赵": "130000", "三秦": "610000",
    "三湘": "430000", "潇湘": "430000", "荆楚": "420000", "楚天": "420000", "巴蜀": "510000",
    "南方": "440000", "羊城": "440000", "钱江": "330000", "扬子": "320000",
    "解放": "310000", "新民": "310000", "大河": "410000", "江淮": "340000", "八闽": "350000",
    "八桂": "450000",
}  # fmt: skip


def _marks(text: str, asides: Sequence[tuple[Span, Label]]) -> Iterator[Mark]:
    found = [match.span() for match in _LINE.finditer(text) if match.group().strip()]
    named = {span.start: reason for span, reason in asides}
    lines = []
    for start, end in found:
        line = text[start:end]
        left = start + len(line) - len(line.lstrip())
        aside = named.get(left)
        if aside and (aside is HIDDEN or _furniture_kind(line) not in _TELLING):
            yield Mark("navigation", Span(left, start + len(line.rstrip())), aside)
        else:
            lines.append((start, end))
    head = _head_length(text, lines)
    links = _link_lists([text[start:end].strip() for start, end in lines], head)
    title_found = related = False
    for number, (start, end) in enumerate(lines):
        line = text[start:end]
        kind = reason = _furniture_kind(line)
        if kind is None and number < head:
            kind = _head_kind(line, title_found=title_found)
            # A second short line above the text may be a subtitle: all we know is where it is.
            reason = "title" if kind == "navigation" else kind
        if kind is None and (number in links or (related and _is_headline(line.strip()))):
            kind, reason = "navigation", "links" if number in links else "related"
        if kind is None and _is_signed(line.strip(), len(lines) - number):
            kind = reason = "publication"
        related = (
            number >= head and kind == "navigation" and (related or bool(_RELATED.match(line)))
        )
        if kind is None or reason is None:
            yield from _parts_of(text, start, end)
            continue
        title_found = title_found or kind == "title"
        left = start + len(line) - len(line.lstrip())
        yield Mark(kind, Span(left, start + len(line.rstrip())), REASONS[reason])


def _is_headline(line: str) -> bool:
    return len(line) <= _MAX_TITLE and not _FULL_STOP.search(line)


def _link_lists(lines: list[str], head: int) -> frozenset[int]:
    """Return the numbers of the lines that are links between two paragraphs.

    Both neighbours must be long: of a text that is wrapped at 30 characters every line is short.
    A list that a colon announces (成员单位:) is the article's own.
    """
    found: list[int] = []
    run: list[int] = []
    for number, line in enumerate(lines[head:], head):
        if len(line) <= _MAX_LINK and not _SENTENCE_END.search(line):
            run.append(number)
            continue
        above = lines[run[0] - 1] if run and run[0] > head else ""
        if len(run) >= _MIN_LINKS and min(len(above), len(line)) > _MAX_LINK and above[-1] != ":":
            found.extend(run)
        run = []
    return frozenset(found)


def _head_length(text: str, lines: list[tuple[int, int]]) -> int:
    """How many lines stand before the article: up to the publication line, else up to the prose."""
    for number, (start, end) in enumerate(lines[:12]):
        line = text[start:end].strip()
        if _is_publication(line):
            return number + 1
        if len(line) > _MAX_TITLE or (_PROSE.search(line) and line[-1] in "。!?;”"):
            return number
    return min(len(lines), 1)


def _head_kind(line: str, *, title_found: bool) -> str | None:
    stripped = line.strip()
    if _is_breadcrumb(stripped):
        return "breadcrumb"
    if _is_publication(stripped):
        return "publication"
    if len(stripped) <= _MAX_TITLE and not stripped.endswith(("。", ";")):
        return "navigation" if title_found else "title"
    return None


def _is_publication(line: str) -> bool:
    if len(line) > _MAX_PUBLICATION:
        return False
    return bool(_PUBLICATION.search(line) or _DATELINE.fullmatch(line))


def _is_breadcrumb(line: str) -> bool:
    if _CRUMB_LEAD.match(line):
        return True
    items = [item.strip() for item in _CRUMB_SPLIT.findall(line)]
    return len(items) >= 2 and all(0 < len(item) <= _MAX_CRUMB for item in items)


def _furniture_kind(line: str) -> str | None:
    stripped = line.strip()
    if _INSTRUCTION.search(stripped):
        return "instruction"
    items = stripped.split("|")
    row = not items[0]  # a row of a table begins with its bar
    if not row and len(items) >= _FARM_ITEMS and all(len(item.strip()) <= 9 for item in items):
        return "farm"
    if _CREDIT_LINE.match(stripped) and len(stripped) <= _MAX_TITLE:
        return "credit"
    if _COPYRIGHT.search(stripped) and (len(stripped) <= 400):
        return "copyright"
    if _NAVIGATION.match(stripped) or _RELATED.match(stripped):
        return "navigation"
    if len(stripped) <= _MAX_PUBLICATION and _PUBLICATION.match(stripped):
        return "publication"
    return None


def _is_signed(line: str, from_foot: int) -> bool:
    """Tell whether a line says in which paper it stood, or a letter's day at the foot."""
    if len(line) > _MAX_TITLE:
        return False
    return bool(_PRINTED.match(line) or (from_foot <= _LAST and re.fullmatch(_DAY, line)))


def _parts_of(text: str, start: int, end: int) -> Iterator[Mark]:
    """Yield what within a paragraph is not the article's: its dateline, and credits in brackets."""
    begin = start
    if wire := _WIRE.match(text[start:end]):
        begin = start + wire.end()
        yield Mark("publication", Span(start, begin), REASONS["publication"])
    for match in _BRACKET_CREDIT.finditer(text, begin, end):
        yield Mark("credit", Span(*match.span()), REASONS["credit"])


def _header(text: str, clean_text: str, marks: list[Mark]) -> Header:
    """Read the header off the folded text; names keep the width they are written in."""
    crumbs = _breadcrumb(clean_text, marks)
    site = _first(text, marks, ("publication",), _SITE)
    source = _first(text, marks, ("publication", "credit"), _SOURCE)
    for pattern in (_DATELINE, _PRINTED):
        source = source or _first(text, marks, ("publication",), pattern)
    return Header(
        title=_title(clean_text, marks),
        breadcrumb=crumbs,
        publisher=site or (crumbs[0] if crumbs and crumbs[0].value != "首页" else None),
        source=source,
        published=_published(text, marks),
        reporter=_first(text, marks, ("credit", "publication"), _REPORTER),
        editor=_first(text, marks, ("credit", "publication"), _EDITOR),
    )


def _title(text: str, marks: list[Mark]) -> HeaderField | None:
    for mark in marks:
        if mark.kind == "title":
            return HeaderField(text[mark.span.start : mark.span.end], mark.span)
    return None


def _breadcrumb(text: str, marks: list[Mark]) -> tuple[HeaderField, ...]:
    fields = []
    for mark in marks:
        if mark.kind != "breadcrumb":
            continue
        lead = _CRUMB_LEAD.match(text[mark.span.start : mark.span.end])
        first = mark.span.start + (lead.end() if lead else 0)
        for match in _CRUMB_SPLIT.finditer(text, first, mark.span.end):
            item = match.group()
            start = match.start() + len(item) - len(item.lstrip())
            if value := item.strip():
                fields.append(HeaderField(value, Span(start, start + len(value))))
    return tuple(fields)


def _first(
    text: str, marks: list[Mark], kinds: tuple[str, ...], pattern: re.Pattern[str]
) -> HeaderField | None:
    for kind in kinds:
        for mark in marks:
            if mark.kind != kind:
                continue
            match = pattern.search(text, mark.span.start, mark.span.end)
            named = [name for name in pattern.groupindex if match and match[name]]
            if match and named:
                value = re.sub(r"[ 、]+", "、", match[named[0]].strip())
                return HeaderField(value, Span(*match.span(named[0])))
    return None


def _published(text: str, marks: list[Mark]) -> HeaderField | None:
    for mark in marks:
        if mark.kind != "publication":
            continue
        match = _DATE.search(text, mark.span.start, mark.span.end)
        if match and 1 <= int(match["m"]) <= 12 and 1 <= int(match["d"]) <= 31:
            value = f"{match['y']}-{int(match['m']):02d}-{int(match['d']):02d}"
            if match["h"] and int(match["h"]) < 24 and int(match["n"]) < 60:
                value += f"T{int(match['h']):02d}:{match['n']}"
            return HeaderField(value, Span(*match.span()))
    return None
