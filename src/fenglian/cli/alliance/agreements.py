"""What was agreed with whom, what came of it, and how much is bought in the own province?"""

from typing import TYPE_CHECKING, Annotated

import typer

from fenglian.cli.alliance.acting import KeyFile, acting, print_rows, print_title
from fenglian.cli.application import Language, fail, screen
from fenglian.engine.labels import Label

if TYPE_CHECKING:
    from fenglian.web.contracts.queries import Scope

ByAlliance = Annotated[
    bool,
    typer.Option(
        "--by-alliance",
        help="本联盟登记的单位算本地；不写算本省 / units of the alliance are local, else the province",
    ),
]
Points = Annotated[
    int, typer.Option("--points", min=1, max=50, help="想提高几个百分点 / points wanted")
]
Parts = Annotated[bool, typer.Option("--all", help="列出所有零部件 / every part")]
HEADS = (
    Label("类别", "kind"),
    Label("供方", "supplier"),
    Label("买方", "buyer"),
    Label("产品", "product"),
    Label("签约日", "signed on"),
    Label("金额", "amount"),
    Label("谁确认", "confirmed"),
    Label("履约率", "delivered"),
    Label("已付", "paid"),
    Label("逾期天数", "days late"),
)
PART_HEADS = (
    Label("零部件", "part"),
    Label("外购金额", "bought elsewhere"),
    Label("提高（百分点）", "gain in points"),
    Label("累计", "so far"),
    Label("本地谁能做", "who could make it here"),
)
NOT_OPEN = Label("未开放", "not open")


def agreements(key_file: KeyFile = None, lang: Language = "zh") -> None:
    """签约台账与履约。The agreements that you may know of, and what came of them."""
    with acting(key_file, lang) as actor:
        from fenglian.web.contracts.presentation import Words, describe, open_namings, sum_up
        from fenglian.web.contracts.queries import open_book

        book = open_book(actor)
        words, totals = Words(book, actor.alliance.pack), sum_up(book)
        lines = describe(book, book.contracts, words)
        print_title(actor, Label(f"签约 {len(lines)} 份", f"{len(lines)} agreements"), lang)
        rows = (
            (
                each.kind,
                each.supplier,
                each.buyer,
                each.product,
                each.signed_on,
                each.amount.text if each.amount_open else NOT_OPEN.text(lang),
                each.confirmed,
                each.rate.text,
                each.paid.text,
                each.late or "",
            )
            for each in lines
        )
        print_rows(HEADS, rows, lang)
        summed = Label(
            f"合同 {totals.contracts} 份：双方确认 {totals.sure.text}，合计 {totals.said.text}，"
            f"履约率 {totals.rate.text}；意向 {totals.intents} 份、框架 {totals.frameworks} 份不计入。",
            f"{totals.contracts} contracts: confirmed by both {totals.sure.text}, all "
            f"{totals.said.text}, delivered {totals.rate.text}; {totals.intents} letters of intent "
            f"and {totals.frameworks} framework agreements are not added up.",
        )
        screen().print(summed.text(lang), markup=False, soft_wrap=True)
        if waiting := len(open_namings(book)):
            told = Label(
                f"等本单位答复的 {waiting} 份。", f"{waiting} wait for your unit's answer."
            )
            screen().print(told.text(lang), markup=False)


def local_sourcing(
    parts: Parts = False,
    by_alliance: ByAlliance = False,
    points: Points = 5,
    key_file: KeyFile = None,
    lang: Language = "zh",
) -> None:
    """本单位的协作配套率，和再提高几个百分点的办法。Local sourcing, and the way to some more points."""
    with acting(key_file, lang) as actor:
        from fenglian.web.contracts.details import show_sourcing
        from fenglian.web.contracts.presentation import Words
        from fenglian.web.contracts.queries import SCOPES, Definition, find_sourcing, open_book

        scope: Scope = "alliance" if by_alliance else "province"
        book = open_book(actor)
        found = find_sourcing(actor, book, Definition(scope, points))
        if found is None:
            raise fail(
                Label(
                    "这把钥匙的人不代表任何单位，没有自己的采购。",
                    "The key's person speaks for no unit, and so has no purchases of its own.",
                ),
                lang,
            )
        shown = show_sourcing(found, Words(book, actor.alliance.pack))
        print_title(actor, Label("协作配套率", "local sourcing"), lang)
        told = Label(
            f"本地＝{SCOPES[scope].zh}。按金额 {shown.rate.text}：本地 {shown.local.text}，全部 "
            f"{shown.whole.text}；按供方数 {shown.heads.text}（共 {shown.suppliers.text}）。",
            f"local: {SCOPES[scope].en}; by amount {shown.rate.text}: {shown.local.text} of {shown.whole.text}; by suppliers "
            f"{shown.heads.text} (of {shown.suppliers.text}).",
        )
        screen().print(told.text(lang), markup=False, soft_wrap=True)
        if shown.unplaced:
            where = Label(f"不知在哪里的供方：{shown.unplaced}", f"not placed: {shown.unplaced}")
            screen().print(where.text(lang), markup=False, soft_wrap=True)
        steps = [each for each in shown.steps if parts or each.needed]
        comma = "、" if lang.startswith("zh") else ", "
        rows = (
            (
                each.product,
                each.amount.text,
                each.gain.text,
                each.reached.text,
                comma.join(name for name, _address in each.makers),
            )
            for each in steps
        )
        print_rows(PART_HEADS, rows, lang)
