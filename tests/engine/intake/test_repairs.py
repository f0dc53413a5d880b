"""The repairs: real damage undone to the letter, sound text left alone, every change accounted for."""

import json
import random
import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from fenglian.data import article, tables
from fenglian.engine.intake import repairs
from fenglian.engine.intake.damage import codepage
from fenglian.engine.intake.damage.clone_site import Gloss, codepage_octets, damage
from fenglian.engine.intake.damage.pinyin import LETTERS
from fenglian.engine.intake.document import LOST, Span
from fenglian.engine.intake.repairs import CATALOGUE, Repaired, glosses_of, repair

HERE = Path(__file__).parent
VECTORS = json.loads((HERE / "damage_vectors.json").read_text("utf-8"))["vectors"]
SAMPLES = sorted((HERE / "samples").glob("*.txt"))
SENTENCES = (HERE / "sentences.txt").read_text("utf-8").splitlines()
WIDE = str.maketrans(codepage.WIDE)
ARTICLE = article().decode()
FARM = "图们市| 怀远县| 探索| 平陆县| 邛崃市| 鄄城县| 仙桃市| 北辰区| 咸宁市| 北京市|"

SOUND = (
    "他姓乐(yuè),亳(bó)州人,常去单(shàn)县。",
    "音乐老师姓乐(yuè)。",
    "这里的“行”读作háng,不读xíng。",
    "你去过太原吗?去过,真的?!那里怎么样??",
    "为什么?因为风大。是吗?,他问。",
    "陳经理和李喆、鍾敏一起签了字。",
    "臺北的朋友寄来一本书,书名是《風電》,其余都是简体字。",
    "请看 https://example.com/page?id=3&name=a(b)c?x=1 和附件(第2页)。",
    "The gearbox (made in Taiyuan) costs 3.5 million yuan, doesn't it? Yes!",
    "产品 | 产量 | 单位",
    "| 塔筒 | 法兰 | 叶片 | 齿轮箱 | 发电机 | 轴承 | 机舱罩 | 变流器 | 主轴 |",
    "首页 | 新闻 | 图片 | 视频",
    "著名作者写了一本著作,他看着它,显著地笑了。",
    "约翰(a)和玛丽(b)分别回答了第(1)题。",
    "价格是多少?2023年是5元/千瓦时?",
    "□ 同意 □ 不同意",
)


def assert_accounted_for(raw: str, repaired: Repaired) -> None:
    """The log turns the raw text into the clean one, and every character has its place."""
    made, done, clean = [], 0, 0
    for edit in repaired.edits:
        kept = raw[done : edit.raw.start]
        made.append(kept)
        clean += len(kept)
        assert edit.raw.start >= done
        assert raw[edit.raw.start : edit.raw.end] == edit.before != edit.after
        assert edit.clean == Span(clean, clean + len(edit.after))
        assert 0.5 <= edit.confidence <= 1
        made.append(edit.after)
        clean += len(edit.after)
        done = edit.raw.end
    assert "".join([*made, raw[done:]]) == repaired.text
    assert len(repaired.origins) == len(repaired.text)
    assert all(0 <= origin.start < origin.end <= len(raw) for origin in repaired.origins)
    for one, two in pairwise(repaired.origins):
        assert one.start <= two.start
        assert one.end <= two.end


def test_every_file_of_the_folder_is_in_the_catalogue() -> None:
    files = {path.stem for path in Path(repairs.__file__).parent.glob("*.py")} - {"__init__"}
    assert files == {each.name for each in CATALOGUE}


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["true"])
def test_real_fragments_come_out_exact(vector: dict[str, str]) -> None:
    repaired = repair(vector["damaged"], tables())
    assert repaired.text == vector["true"]
    assert_accounted_for(vector["damaged"], repaired)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_samples_come_out_exact(path: Path) -> None:
    raw = path.read_text("utf-8")
    clean = json.loads(path.with_suffix(".json").read_text("utf-8"))["clean_text"]
    repaired = repair(raw, tables())
    assert repaired.text.strip() == clean.strip()
    assert_accounted_for(raw, repaired)


class TestTheArticle:
    def test_no_character_is_wrong(self) -> None:
        clean = (HERE / "article_clean.txt").read_text("utf-8")
        repaired = repair(ARTICLE, tables())
        assert repaired.text.strip() == clean.strip()
        assert LOST not in repaired.text
        assert_accounted_for(ARTICLE, repaired)

    def test_damaged_again_it_is_the_page(self) -> None:
        repaired = repair(ARTICLE, tables())
        page, _, _ = ARTICLE.partition("图们市|")
        again = damage(repaired.text, tables(), glosses_of(repaired), narrowed=True)
        assert again.text.rstrip() == page.rstrip()
        assert len(glosses_of(repaired)) == 39

    def test_two_stretches_were_out_of_step(self) -> None:
        edits = repair(ARTICLE, tables()).edits
        rebuilt = [(edit.before, edit.after) for edit in edits if edit.kind == "shift"]
        assert rebuilt == [
            ("苯", "”"),
            ("\ue145", "江"),
            ("K", "苏"),
            ("袌", "市"),
            ("鲆", "场"),
            ("?guī)", "规"),
        ]

    def test_the_private_use_character_leads_to_both_characters_it_carries(self) -> None:
        repaired = repair(ARTICLE, tables())
        at = ARTICLE.index("\ue145")
        place = repaired.text.index("。”江苏") + 2
        assert repaired.origins[place] == Span(at - 1, at + 1)
        assert repaired.origins[place + 1] == Span(at, at + 2)

    def test_the_tail_goes_with_a_reason(self) -> None:
        repaired = repair(ARTICLE, tables())
        [farm] = [edit for edit in repaired.edits if edit.kind == "farm"]
        assert farm.before.startswith("图们市|")
        assert farm.before.count("|") == 40
        label = {each.name: each.label for each in CATALOGUE}[farm.repair]
        assert "链接农场" in label.zh
        assert "芮城县" not in repaired.text


class TestSoundText:
    @pytest.mark.parametrize("line", SOUND)
    def test_it_comes_through_unchanged(self, line: str) -> None:
        for text in (line, line.translate(WIDE)):
            repaired = repair(text, tables())
            assert repaired.text == text
            assert repaired.edits == ()
            assert repaired.origins == tuple(Span(at, at + 1) for at in range(len(text)))

    @settings(max_examples=60, deadline=None, derandomize=True)
    @given(st.lists(st.sampled_from([*SENTENCES, *SOUND]), min_size=1, max_size=12), st.booleans())
    def test_pages_of_it_come_through_unchanged(self, lines: list[str], wide: bool) -> None:
        # Alone, the line with two traditional words would be the page and decide its script.
        text = "\n\n".join([*lines, SENTENCES[0]])
        text = text.translate(WIDE) if wide else text
        assert repair(text, tables()).text == text

    def test_a_page_in_simplified_loses_only_its_link_farm(self) -> None:
        repaired = repair(f"{SENTENCES[0]}\n\n{FARM}\n", tables())
        assert repaired.text.strip() == SENTENCES[0]
        assert [edit.kind for edit in repaired.edits] == ["farm"]

    def test_a_line_of_links_inside_the_page_stays(self) -> None:
        page = f"{FARM}\n{SENTENCES[0]}"
        assert repair(page, tables()).text == page


def _page(lines: list[str], wide: bool) -> str:
    text = "\n".join(lines)
    return text.translate(WIDE) if wide else text


def _glosses(page: str, share: float, seed: int) -> tuple[Gloss, ...]:
    """A gloss table of that share of the page's traditional characters, in some order."""
    known = tables()
    shown = dict.fromkeys(known.traditional.get(c, c) for c in page)
    old = [c for c in shown if c in known.simplified and c in known.readings]
    old.sort(key=lambda c: (ord(c) * 7919 + seed * 104729) % 10007)
    return tuple(Gloss(c, known.readings[c][0]) for c in old[: round(len(old) * share)])


pages = st.builds(
    _page, st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=8, unique=True), st.booleans()
)


READABLE = re.compile(f"[{LETTERS}]{{1,6}}")


def _any_glosses(page: str, order: random.Random) -> tuple[Gloss, ...]:
    """A table of whatever two bytes of the page, or of its own glosses, happen to spell."""
    known = tables()
    shown = "".join(known.traditional.get(c, c) for c in page)
    table = []
    for source in (shown, "āáǎàīíìūǒóòn", *(f"{a}{b}" for a in "óǒòǐìíú" for b in "aunoi")):
        octets = codepage_octets(source)
        pairs = {codepage.character(one, two) for one, two in pairwise(octets) if one > 0x80}
        for struck in sorted(pair for pair in pairs if pair and pair in known.readings):
            readings = [p for p in known.readings[struck] if READABLE.fullmatch(p)]
            if readings and order.random() < 0.15:
                table.append(Gloss(struck, order.choice(readings)))
    order.shuffle(table)
    return tuple(dict.fromkeys(table))


def _harmless(page: str, table: tuple[Gloss, ...]) -> tuple[Gloss, ...]:
    """The table less the entries that destroy anything."""
    kept: tuple[Gloss, ...] = ()
    for gloss in dict.fromkeys(table):
        if damage(page, tables(), (*kept, gloss)).destroyed == 0:
            kept = (*kept, gloss)
    return kept


class TestDamagedPages:
    @settings(max_examples=60, deadline=None, derandomize=True)
    @given(pages, st.integers(0, 9999))
    def test_glosses_may_stand_in_glosses_and_behind_letters(self, page: str, seed: int) -> None:
        page = f"{page}\n不培育公司V形风电构件"
        order = random.Random(seed)  # noqa: S311
        wind = Gloss("風", "fēng")  # what makes the page a glossed one
        table = _harmless(page, (wind, *_any_glosses(page, order)))
        assume(wind in table)
        damaged = damage(page, tables(), table)
        repaired = repair(damaged.text, tables())
        assert repaired.text == page
        assert damage(page, tables(), glosses_of(repaired)).text == damaged.text

    def test_a_letter_may_be_the_last_byte_of_a_character_that_is_glossed_itself(self) -> None:
        # V is the second byte of 綱 (BE 56); the first is the second of 司 (CB BE).
        glosses = (Gloss("風", "fēng"), Gloss("綱", "gāng"), Gloss("司", "sī"))
        damaged = damage("公司V形风电构件", tables(), glosses)
        assert "司(sī)V(gāng)" in damaged.text
        assert repair(damaged.text, tables()).text == "公司V形风电构件"

    @settings(max_examples=150, deadline=None, derandomize=True)
    @given(pages, st.sampled_from([0, 0.1, 0.3, 0.9, 1]), st.integers(0, 99))
    def test_where_nothing_was_destroyed_it_comes_back(
        self, page: str, share: float, seed: int
    ) -> None:
        damaged = damage(page, tables(), _glosses(page, share, seed))
        assume(damaged.destroyed == 0)
        assert repair(damaged.text, tables()).text == page

    @settings(max_examples=150, deadline=None, derandomize=True)
    @given(pages, st.sampled_from([0.3, 0.9, 1]), st.integers(0, 99))
    def test_almost_all_of_the_rest_comes_back_too(
        self, page: str, share: float, seed: int
    ) -> None:
        narrowed = page.translate(WIDE) != page
        damaged = damage(page, tables(), _glosses(page, share, seed), narrowed=narrowed)
        repaired = repair(damaged.text, tables())
        assert_accounted_for(damaged.text, repaired)
        lost = sum(1 for edit in repaired.edits if edit.kind in ("lost", "orphan"))
        if len(repaired.text) == len(page):
            wrong = sum(1 for one, two in zip(repaired.text, page, strict=True) if one != two)
            assert wrong <= lost
        else:  # a swallowed character leaves a mark
            assert LOST in repaired.text

    @settings(max_examples=60, deadline=None, derandomize=True)
    @given(pages, st.sampled_from([0.3, 0.9]), st.integers(0, 99))
    def test_damaged_again_it_is_the_page(self, page: str, share: float, seed: int) -> None:
        damaged = damage(page, tables(), _glosses(page, share, seed))
        repaired = repair(damaged.text, tables())
        assume(repaired.text == page)
        assert damage(page, tables(), glosses_of(repaired)).text == damaged.text


class TestWhatIsLost:
    def test_the_tone_decides_between_two_readings(self) -> None:
        raw = "哈密市?xù)L電產(chǎn)業(yè)園去年引進(jìn)企業(yè)十七家"
        assert repair(raw, tables()).text == "哈密市风电产业园去年引进企业十七家"

    @pytest.mark.parametrize(
        ("line", "table"),
        [
            ("记者李文清、张宗科、周敏参加发展会议。", "鹼jiǎn 顆kē 業yè 會huì 發fā"),
            ("风电企业曹志刚、刘日新参加发展会议。", "緞duàn 業yè 會huì 發fā"),
        ],
    )
    def test_a_name_is_right_or_lost(self, line: str, table: str) -> None:
        glosses = tuple(Gloss(entry[0], entry[1:]) for entry in table.split())
        shown = "".join(tables().traditional.get(c, c) for c in line)
        octets = codepage_octets(shown)
        across = {codepage.character(a, b) for a, b in pairwise(octets) if a > 0x80} - {*shown}
        for struck in sorted(c for c in across if c and c in tables().readings):
            for pinyin in tables().readings[struck]:
                damaged = damage(line, tables(), (*glosses, Gloss(struck, pinyin)))
                clean = repair(damaged.text, tables()).text
                if len(clean) == len(line):
                    assert all(c in (LOST, t) for c, t in zip(clean, line, strict=True)), clean

    def test_a_swallowed_digit_is_lost_and_not_guessed(self) -> None:
        table = (Gloss("產", "chǎn"), Gloss("業", "yè"), Gloss("準", "zhǔn"))
        damaged = damage("产业链市6亿元", tables(), table)
        assert damaged.text == "產(chǎn)業(yè)鏈?zhǔn)?億元"
        repaired = repair(damaged.text, tables())
        assert repaired.text == f"产业链{LOST}亿元"
        assert [edit.kind for edit in repaired.edits if edit.after == LOST] == ["lost"]

    def test_a_question_mark_that_leads_nowhere_stays(self) -> None:
        raw = "產(chǎn)業(yè)鏈(liàn)怎麼建?大家都在問?"
        assert repair(raw, tables()).text == "产业链怎么建?大家都在问?"


@settings(max_examples=200, deadline=None, derandomize=True)
@given(
    st.lists(
        st.one_of(
            st.sampled_from(
                ["?", "(", ")", "(fēng)", "?zhǔn)", "|", "\n", "著", "€", "□", ",", "。"]
            ),
            st.sampled_from(ARTICLE),
            st.characters(max_codepoint=0xFFFF, exclude_categories=["Cs"]),
            st.text(st.sampled_from(ARTICLE[:600]), max_size=30),
        ),
        max_size=40,
    )
)
def test_whatever_arrives_is_accounted_for(parts: list[str]) -> None:
    raw = "".join(parts)
    assert_accounted_for(raw, repair(raw, tables()))
