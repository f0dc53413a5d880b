"""Whom can one let stop, and what is a unit asked? Words, without the kernel of drills."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from fenglian.engine.chain.drill_chain import chain_drill
from fenglian.engine.labels import Label
from fenglian.web.analysis.queries.drills import Heard
from fenglian.web.analysis.tables import Table
from fenglian.web.intake.wording import language, say

ALL = "*"
# What a notice says of each kind of step. It names nobody else: whom a unit would help, and whose
# stock is short, is told by them or not at all.
ASKS = {
    "warn": Label("可能断供或订货减少：请清点库存，看排产要不要调整", "an input may fail, or orders fall: count stocks and look at the schedule"),
    "use": Label("请准备替代供货：能多供多少，从哪天起", "prepare to stand in: how much more, and from which day"),
    "ask_room": Label("还能多产多少，从哪天起能供", "how much more can be made, and from which day"),
    "seek": Label("联盟里暂时没有别家能供：有没有别的来源", "nobody else here is known to give it: is there another source"),
    "ask_stock": Label("库存还够用几天", "for how many days does the stock last"),
}  # fmt: skip

Stops = list[tuple[str, list[tuple[str, str]]]]


def list_stops(table: Table, heard: Heard) -> Stops:
    """Return who can stop, by product: the value of the field and its words."""
    chain = table.view.chain
    desk = chain_drill(chain, heard.told, "", language())
    if desk is None:
        return []
    groups: Stops = []
    for product, firms in desk.makers.items():
        name = table.product_name(product) if product in chain.codes else product
        rows = [(f"{product}:{firm}", desk.firms[firm]) for firm in firms]
        if len(firms) > 1:
            words = _("all %(count)s known makers of %(product)s")
            rows.append((f"{product}:{ALL}", words % {"count": len(firms), "product": name}))
        groups.append((name, rows))
    return sorted(groups)


def say_stop(table: Table, stop: str) -> str:
    """Return who stops, in words."""
    product, _colon, who = stop.partition(":")
    chain = table.view.chain
    name = table.product_name(product) if product in chain.codes else product
    if who == ALL:
        return _("all known makers of %(product)s") % {"product": name}
    known = {each.id: each for each in chain.organisations}
    return f"{say(known[who].name) if who in known else who} · {name}"


def asks(kinds: Iterable[str]) -> list[Label]:
    """Return what a notice asks."""
    return [ASKS[each] for each in kinds if each in ASKS]
