"""Who holds which post, what the charter says, who stands, what was proposed, how active we were?"""

from datetime import datetime
from typing import Annotated

import typer

from fenglian.cli.alliance.acting import KeyFile, acting, print_rows, print_title
from fenglian.cli.application import Language, printable, screen
from fenglian.engine.labels import Label

AsOf = Annotated[
    datetime | None,
    typer.Option(
        "--as-of", formats=["%Y-%m-%d"], help="哪一天；不写今天 / as of a day, else today"
    ),
]
POST_HEADS = (
    Label("职务", "post"),
    Label("单位", "unit"),
    Label("人员", "person"),
    Label("自", "since"),
    Label("至", "last day"),
    Label("任期", "term"),
    Label("依据", "grounds"),
)
CHARTER_HEADS = (
    Label("章程", "charter"),
    Label("生效日", "in force from"),
    Label("至", "until"),
    Label("状态", "state"),
    Label("依据", "adopted by"),
)
ELECTION_HEADS = (
    Label("选举", "election"),
    Label("职务", "post"),
    Label("席位", "seats"),
    Label("谁选", "who elects"),
    Label("结果", "outcome"),
)
RESOLUTION_HEADS = (
    Label("提交", "opened"),
    Label("决议", "resolution"),
    Label("关于", "about"),
    Label("结果", "outcome"),
)
IDEA_HEADS = (
    Label("建议", "idea"),
    Label("单位", "unit"),
    Label("附议", "supported by"),
    Label("状态", "state"),
    Label("会议", "meeting"),
    Label("后续", "what follows"),
)
RUNNING, FILLED = Label("进行中", "under way"), Label("已选出", "elected")
UNKNOWN = Label("没有记录", "not on record")


def posts(as_of: AsOf = None, key_file: KeyFile = None, lang: Language = "zh") -> None:
    """联盟职务：单位任职、个人任职、任期。Posts of units and of persons, and their terms."""
    with acting(key_file, lang) as actor:
        from fenglian.web.alliance.queries import list_posts
        from fenglian.web.alliance.words import STANDING_LABELS

        lines = list_posts(actor, as_of.date() if as_of else None)
        print_title(actor, Label(f"职务 {len(lines)} 项", f"{len(lines)} posts"), lang)
        rows = (
            (
                each.name,
                each.unit,
                each.person,
                each.since,
                each.last_day,
                STANDING_LABELS[each.standing],
                each.grounds,
            )
            for each in lines
        )
        print_rows(POST_HEADS, rows, lang)


def charters(key_file: KeyFile = None, lang: Language = "zh") -> None:
    """章程的各个版本，和今天据以计票的数。The versions of the charter, and what is counted by today."""
    with acting(key_file, lang) as actor:
        from fenglian.engine.alliance.charter import spell_charter
        from fenglian.web.alliance.queries import list_charters, rules_on
        from fenglian.web.alliance.words import CHARTER_STANDING

        lines = list_charters(actor)
        print_title(actor, Label(f"章程 {len(lines)} 版", f"{len(lines)} versions"), lang)
        rows = (
            (each.title, each.since, each.until, CHARTER_STANDING[each.standing], each.grounds)
            for each in lines
        )
        print_rows(CHARTER_HEADS, rows, lang)
        for name, value in spell_charter(rules_on(actor.alliance.id).numbers).items():
            screen().print(f"{name}: {value or '–'}", markup=False, soft_wrap=True)


def elections(key_file: KeyFile = None, lang: Language = "zh") -> None:
    """选举与换届：职务、席位、得票、当选。Elections: posts, seats, votes, who was elected."""
    with acting(key_file, lang) as actor:
        from fenglian.web.alliance.queries import find_election, list_elections
        from fenglian.web.alliance.words import BODY_LABELS

        lines = list_elections(actor)
        print_title(actor, Label(f"选举 {len(lines)} 次", f"{len(lines)} elections"), lang)
        rows: list[tuple[object, ...]] = []
        for each in lines:
            counted = each.seats_open is not None
            outcome = (FILLED if counted else RUNNING).text(lang)
            rows.append((each.title, each.post, each.seats, BODY_LABELS[each.body], outcome))
            for one in find_election(actor, each.slug).candidates if counted else ():
                who = f"  {one.unit} {one.person}".rstrip()
                rows.append((who, "", "", one.votes, "✓" if one.elected else ""))
        print_rows(ELECTION_HEADS, rows, lang)


def resolutions(key_file: KeyFile = None, lang: Language = "zh") -> None:
    """决议：内容、关于谁、是否通过。Resolutions: what, about whom, carried or not."""
    with acting(key_file, lang) as actor:
        from django.utils import timezone

        from fenglian.web.alliance.presentation import show_resolutions
        from fenglian.web.alliance.queries import list_resolutions

        lines = list_resolutions(actor)
        print_title(actor, Label(f"决议 {len(lines)} 项", f"{len(lines)} resolutions"), lang)
        rows = (
            (f"{timezone.localtime(line.opened_at):%Y-%m-%d}", line.text, line.about, each.outcome)
            for line, each in zip(lines, show_resolutions(lines), strict=True)
        )
        print_rows(RESOLUTION_HEADS, rows, lang)


def ideas(key_file: KeyFile = None, lang: Language = "zh") -> None:
    """成员的建议：谁附议、列入哪次会议、后来办了什么。Ideas: who supports them, what followed."""
    with acting(key_file, lang) as actor:
        from fenglian.web.alliance.queries import list_ideas
        from fenglian.web.alliance.words import IDEA_LABELS, STATE_LABELS

        lines = list_ideas(actor)
        print_title(actor, Label(f"建议 {len(lines)} 条", f"{len(lines)} ideas"), lang)
        comma = "、" if lang.startswith("zh") else ", "
        rows = (
            (
                each.title,
                each.unit,
                comma.join(each.backers),
                IDEA_LABELS[each.state],
                each.meeting_title or each.answer,
                comma.join(f"{text}（{STATE_LABELS[state]}）" for text, state in each.tasks),
            )
            for each in lines
        )
        print_rows(IDEA_HEADS, rows, lang)


def activity(key_file: KeyFile = None, lang: Language = "zh") -> None:
    """近十二个月的活跃度自评，和还缺什么。How active the last twelve months were, and what lacks."""
    with acting(key_file, lang) as actor:
        from fenglian.engine.alliance.activity import PARTS
        from fenglian.web.alliance.queries import score_year

        score = score_year(actor)
        print_title(actor, Label("活跃度自评", "self-score of the year"), lang)
        screen().print(f"{score.low}–{score.high} / 100  {score.band or ''}".rstrip(), markup=False)
        for part in score.parts:
            ends = (
                UNKNOWN.text(lang)
                if part.low is None or part.high is None
                else f"{float(part.low):.0f}–{float(part.high):.0f}"
            )
            label = PARTS[part.part].text(lang)
            screen().print(f"{label}: {ends} / {part.weight}", markup=False, soft_wrap=True)
            for each in part.missing:
                mark = "×" if each.done is False else "?"
                words = printable(each.label.text(lang))
                screen().print(f"  {mark} {words}", markup=False, soft_wrap=True)
