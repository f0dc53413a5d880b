"""What was signed in public, who supplies whom, what is wanted, and how to reach everybody?"""

from pathlib import Path
from typing import Annotated

import typer

from fenglian.cli.alliance.acting import KeyFile, acting, print_rows, print_title, write_file
from fenglian.cli.application import Language, screen
from fenglian.engine.contracts.needs import Verdict
from fenglian.engine.labels import Label

Out = Annotated[Path, typer.Option("--out", help="写到哪个 xlsx / xlsx to write")]
SIGNING_HEADS = (
    Label("签约主体", "signer"),
    Label("日期", "day"),
    Label("状态", "state"),
    Label("已知合计", "known"),
    Label("其余合计", "the others together"),
    Label("未具名", "unnamed"),
    Label("具名而没有已知签约", "named, none known"),
)
LINK_HEADS = (
    Label("供方", "supplier"),
    Label("买方", "buyer"),
    Label("投入", "input"),
    Label("金额", "amount"),
    Label("双方确认", "by both"),
    Label("断供即停", "stops the buyer"),
    Label("库存天数", "days of stock"),
    Label("谁能替代", "who else could"),
)
NEED_HEADS = (
    Label("单位", "unit"),
    Label("编号", "ref"),
    Label("产品", "product"),
    Label("要货日期", "needed by"),
    Label("要求的证书", "certificates"),
    Label("与本单位", "and your unit"),
)
OWING_HEADS = (
    Label("单位", "unit"),
    Label("级别", "tier"),
    Label("每年（元）", "yuan a year"),
    Label("未登记的会费", "fees not noted"),
    Label("共欠（元）", "owed, yuan"),
    Label("证书", "certificate"),
    Label("有效期至", "valid until"),
)
APPLICATION_HEADS = (
    Label("单位", "unit"),
    Label("级别", "tier"),
    Label("走到", "stands at"),
    Label("自", "since"),
)
STATES = {
    "open": Label("还没有全部清楚", "not all known"),
    "reconciled": Label("全部清楚，对得上", "all known, and it fits"),
    "contradicted": Label("与公布的矛盾", "contradicts what was announced"),
}
VERDICTS = {
    Verdict.FITS: Label("符合", "fits"),
    Verdict.FAILS: Label("不符合", "does not fit"),
    Verdict.OPEN: Label("说不准", "cannot be told yet"),
}
OWN, NOT_MADE = Label("本单位的", "your own"), Label("不供这种产品", "not offered by it")
YES, NO = Label("是", "yes"), Label("否", "no")


def signings(key_file: KeyFile = None, lang: Language = "zh") -> None:
    """公开签约：已知多少，其余是多少。Public signings: what is known, and what is left of the total."""
    with acting(key_file, lang) as actor:
        from fenglian.web.contracts.details import show_group
        from fenglian.web.contracts.presentation import Words
        from fenglian.web.contracts.queries import list_groups, open_book

        book = open_book(actor)
        words = Words(book, actor.alliance.pack)
        groups = list_groups(actor, book)
        print_title(actor, Label(f"公开签约 {len(groups)} 次", f"{len(groups)} signings"), lang)
        rows = []
        for each in groups:
            shown = show_group(each, words)
            rows.append(
                (
                    each.centre,
                    each.signing.day,
                    STATES[shown.state].text(lang),
                    shown.known.text,
                    shown.remainder.text,
                    shown.unnamed,
                    shown.without,
                )
            )
        print_rows(SIGNING_HEADS, rows, lang)


def links(key_file: KeyFile = None, lang: Language = "zh") -> None:
    """供应关系与关键投入，和完整到什么程度。Supply links, critical inputs, and how complete they are."""
    with acting(key_file, lang) as actor:
        from fenglian.web.contracts.details import show_links
        from fenglian.web.contracts.presentation import Words
        from fenglian.web.contracts.queries import open_book, supply_network

        book = open_book(actor)
        shown = show_links(book, supply_network(book, "high"), Words(book, actor.alliance.pack))
        full = shown.completeness
        told = Label(
            f"供应关系 {full.links} 条：双方确认 {full.confirmed}，金额已知 {full.valued}，"
            f"需方说明断供后果 {full.rated}",
            f"{full.links} links: {full.confirmed} confirmed by both, {full.valued} with a value, "
            f"{full.rated} rated by the buyer",
        )
        print_title(actor, told, lang)
        rows = (
            (
                each.supplier,
                each.buyer,
                each.product,
                each.amount.text,
                (YES if each.confirmed else NO).text(lang),
                None if each.stops is None else (YES if each.stops else NO).text(lang),
                each.stock_days,
                each.substitutes,
            )
            for each in shown.links
        )
        print_rows(LINK_HEADS, rows, lang)
        for buyer, product in shown.uncovered:
            open_one = Label(
                f"关键投入没有已知合同：{product}（{buyer}）",
                f"critical, and no contract known: {product} ({buyer})",
            )
            screen().print(open_one.text(lang), markup=False, soft_wrap=True)


def needs(key_file: KeyFile = None, lang: Language = "zh") -> None:
    """成员的需求，和本单位符合几项。What members want to buy, and what of it fits your unit."""
    with acting(key_file, lang) as actor:
        from fenglian.web.contracts.need_presentation import show_wish, sum_up
        from fenglian.web.contracts.presentation import Words
        from fenglian.web.contracts.queries import open_book, open_market

        book = open_book(actor, steps=False)
        market = open_market(actor, book)
        words = Words(book, actor.alliance.pack)
        rows = [(chance.wish, VERDICTS[chance.fit.verdict]) for chance in market.chances]
        rows += [(each.wish, OWN) for each in market.own]
        rows += [(wish, NOT_MADE) for wish in market.others]
        print_title(actor, Label(f"需求 {len(rows)} 项", f"{len(rows)} needs"), lang)
        shown = ((show_wish(wish, words), verdict) for wish, verdict in rows)
        lines = (
            (
                each.unit,
                each.ref,
                each.product,
                each.needed_by,
                each.certificates,
                verdict.text(lang),
            )
            for each, verdict in shown
        )
        print_rows(NEED_HEADS, lines, lang)
        for line in sum_up(market) if market.chances else ():
            screen().print(line, markup=False, soft_wrap=True)


def contacts(out: Out, key_file: KeyFile = None, lang: Language = "zh") -> None:
    """联络手册（xlsx），一人一册：只有您看得到的。The contact book as xlsx, made for you."""
    with acting(key_file, lang) as actor:
        from fenglian.render.contact_book import write_contact_book
        from fenglian.web.alliance.queries import make_book

        write_file(out, write_contact_book(make_book(actor), lang))


def applications(key_file: KeyFile = None, lang: Language = "zh") -> None:
    """正在入会的单位，走到哪一步。Units on their way in, and how far they are."""
    with acting(key_file, lang) as actor:
        from fenglian.engine.alliance.membership import STATES as STANDS
        from fenglian.engine.alliance.tiers import TIERS, check_tier
        from fenglian.web.access.table import Act, require
        from fenglian.web.alliance.queries import list_applications

        require(actor, Act.JUDGE)
        lines = list_applications(actor)
        print_title(actor, Label(f"入会申请 {len(lines)} 件", f"{len(lines)} applications"), lang)
        named = {name: label.text(lang) for name, label in STANDS.items()}
        rows = (
            (
                each.name,
                TIERS[check_tier(each.tier)].text(lang) if each.tier else None,
                named.get(each.state, each.state),
                each.since,
            )
            for each in lines
        )
        print_rows(APPLICATION_HEADS, rows, lang)


def owing(key_file: KeyFile = None, lang: Language = "zh") -> None:
    """欠会费、没有证书、快到年检的成员。Members that owe a fee, a certificate or a yearly check."""
    with acting(key_file, lang) as actor:
        from fenglian.engine.alliance.tiers import TIERS, check_tier
        from fenglian.web.alliance.queries import list_owing

        lines = list_owing(actor)
        print_title(actor, Label(f"待办会籍 {len(lines)} 家", f"{len(lines)} outstanding"), lang)
        rows = (
            (
                each.line.name,
                TIERS[check_tier(each.line.tier)].text(lang),
                each.yuan,
                " ".join(map(str, each.fees)),
                each.total,
                each.line.certificate,
                each.line.valid_until,
            )
            for each in lines
        )
        print_rows(OWING_HEADS, rows, lang)
