"""Which policies does the article speak of?"""

import re
from collections.abc import Iterator

from fenglian.engine.intake.document import Span
from fenglian.engine.intake.fact_type import FactProperty, FactType
from fenglian.engine.intake.mentions.sentences import find_mentions
from fenglian.engine.intake.page import Page
from fenglian.engine.intake.statements import Finding
from fenglian.engine.intake.tables import Tables
from fenglian.engine.labels import Label

# Tag → ways to write it. The verbs of the chain are four tags: 补链强链 speaks of two of them.
POLICIES: tuple[tuple[str, str], ...] = (
    ("党的二十大", r"党的二十大|二十大精神"),
    ("全国两会", r"全国两会"),
    ("碳达峰碳中和", r"碳达峰、?碳中和|[“]?双碳[”]?(?=目标|战略|背景|政策)"),
    ("能源革命综合改革试点", r"能源革命综合改革试点|能源革命试点"),
    ("制造业振兴", r"制造业振兴"),
    ("产业链建设", r"产业链建设"),
    ("先进制造业基地", r"先进制造业基地"),
    ("高质量发展", r"高质量发展"),
    ("建链", r"建链"),
    ("延链", r"延链"),
    ("补链", r"补链"),
    ("强链", r"强链"),
    ("链长制", r"链长制"),
    ("乡村振兴", r"乡村振兴"),
    ("千乡万村驭风行动", r"驭风行动"),
    ("新型电力系统", r"新型电力系统"),
    ("新质生产力", r"新质生产力"),
    ("一带一路", r"[“]?一带一路[”]?"),
    ("专精特新", r"专精特新"),
    ("揭榜挂帅", r"揭榜挂帅"),
    ("设备更新", r"(?:大规模)?设备更新"),
)
_ANY = re.compile("|".join(f"(?P<p{number}>{words})" for number, (_, words) in enumerate(POLICIES)))


def extract_policy_tags(page: Page, tables: Tables) -> Iterator[Finding]:
    """Yield each policy once, where the body first speaks of it; the subject is the page."""
    subject = page.header.title.value if page.header.title else ""
    seen: set[str] = set()
    mentions = find_mentions(page)
    for sentence in mentions.sentences:
        for match in _ANY.finditer(mentions.text, sentence.span.start, sentence.span.end):
            tag = POLICIES[int(str(match.lastgroup)[1:])][0]
            if tag not in seen:
                seen.add(tag)
                yield Finding(subject, "policy", tag, Span(*match.span()))


FACT = FactType(
    name="policy_tag",
    label=Label("政策标签", "policy tag"),
    version="1",
    properties=(FactProperty("policy", Label("政策", "policy")),),
    extract=extract_policy_tags,
)
