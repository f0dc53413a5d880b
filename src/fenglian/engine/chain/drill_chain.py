"""On which network does a drill of a chain run, and what of it is only assumed?

Links are what was signed: by the packs, and by units' own agreements as far as the one who asks may
know them. Firms and products go by their names in one language, as a plan of what to do tells them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from fenglian.engine.chain.drill import FinalProduct, Free, Stock
from fenglian.engine.chain.intervals import UNKNOWN, Interval, exactly
from fenglian.engine.chain.known_links import COUNTED, needed_by, value_of
from fenglian.engine.chain.model import Chain
from fenglian.engine.chain.records import CapacityStatus, Supply
from fenglian.engine.chain.supply_network import SupplyNetwork, make_network
from fenglian.engine.kernels.cascade_plan import ADDED, NEEDED
from fenglian.engine.labels import Label

RUNNING: tuple[CapacityStatus, ...] = ("operating", "trial")
# A maker without a known link makes an unknown amount: only what it says to have free counts, and
# the kernel wants an output above 0 for that.
UNLINKED = 1.0  # yuan a year
A_YEAR = Label(
    "签约额按一年的供货计，每天一样多；没有写金额的签约和意向不算。",
    "What was signed counts as a year's supply, the same every day; intents and agreements "
    "without an amount do not count.",
)
MAIN_PRODUCT = Label(
    "一家单位按一种主要产品计：推演的那种产品，不做它的按卖得最多的。",
    "A unit counts with one main product: the one that is drilled where it makes it, else the one "
    "that it sells most.",
)
FULL = Label(
    "{names}平时按已知产能满产计；产能是区间，台数和兆数也是区间。",
    "{names} counts as working at its known capacity, which is an interval; so is what is lost.",
)
NO_FINAL = Label(
    "没有整机厂的产能或供应关系，算不出少装多少{unit}。",
    "No maker of the final product has a known capacity and a known link: what is lost in {unit} "
    "cannot be said.",
)
ROOM_BY_SHARE = Label(
    "填报的空余产能按“空余 ÷ 其余产能”折成平时产出的比例。",
    "Free capacity that was filed counts as its share of the capacity in use.",
)


@dataclass(frozen=True, slots=True)
class ToldStock:
    """For how many days a buyer's stock of a product lasts, as somebody says."""

    buyer: str
    product: str
    days: float
    source: str = ""


@dataclass(frozen=True, slots=True)
class ToldRoom:
    """What a maker could give more than it does: yuan a year, or a share of what it gives."""

    maker: str
    yuan: float | None = None
    share: float | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """What units say, as far as the one for whom the drill is made may use it."""

    supplies: tuple[Supply, ...] = ()  # stand instead of the packs' of the same three
    stocks: tuple[ToldStock, ...] = ()  # of two about one thing the later counts
    rooms: tuple[ToldRoom, ...] = ()
    names: tuple[tuple[str, Label], ...] = ()  # of parties that are not in the chain


NOTHING_TOLD = Told()


@dataclass(frozen=True, slots=True, eq=False)
class ChainDrill:
    """What a drill needs to know of a chain."""

    network: SupplyNetwork
    firms: Mapping[str, str]  # organisation → name in the network
    products: Mapping[str, str]  # product → name in the network, of main products alone
    makers: Mapping[str, tuple[str, ...]]  # product → who gives it by a link, or mainly makes it
    stocks: tuple[Stock, ...]
    free: tuple[Free, ...]
    final: FinalProduct | None
    unvalued: int  # links that were signed without an amount
    without_link: tuple[ToldStock, ...]  # stocks of what no known link brings
    assumptions: tuple[Label, ...]

    def organisation(self, name: str) -> str:
        """Return the organisation that has a name in the network."""
        return next(each for each, own in self.firms.items() if own == name)

    def product(self, name: str) -> str:
        """Return the product that has a name in the network; empty where a firm's own is meant."""
        return next((each for each, own in self.products.items() if own == name), "")


def chain_drill(
    chain: Chain, told: Told = NOTHING_TOLD, product: str = "", language: str = "zh"
) -> ChainDrill | None:
    """Return the network of a chain for a drill of a product; None where no link is known.

    Parameters
    ----------
    chain, told
        Both made for the one who asks: nothing else goes in.
    product
        Whose makers stop; they and who else makes it count as makers of it.
    language
        Of the names: ``zh…``, or anything else for English.
    """
    signed = _signed(chain, told.supplies)
    used = [each for each in signed if value_of(each) > 0]
    if not used:
        return None
    linked = {name for each in used for name in (each.supplier, each.buyer)}
    alone = {each.organisation for each in chain.makers(product, *RUNNING)} if product else set()
    firms = sorted(linked | alone)
    main = {firm: _main_product(chain, firm, used, product) for firm in firms}
    names = _names(chain, told, firms, language)
    kinds = _kinds(chain, set(main.values()) - {""}, language)
    network = _network(chain, used, main, (names, kinds))
    stocks, lost = _stocks(told.stocks, used, main, (names, kinds))
    final, words = _final(chain, network, (main, names, kinds))
    return ChainDrill(
        network=network,
        firms=names,
        products=kinds,
        makers=_makers(used, main),
        stocks=stocks,
        free=_free(told.rooms, network, names),
        final=final,
        unvalued=len(signed) - len(used),
        without_link=lost,
        assumptions=(
            A_YEAR,
            MAIN_PRODUCT,
            words,
            *((ROOM_BY_SHARE,) if any(each.share is not None for each in told.rooms) else ()),
        ),
    )


def _signed(chain: Chain, told: Iterable[Supply]) -> list[Supply]:
    """Return the links that bind; a unit's own words stand instead of what a pack says."""
    own = [each for each in told if each.kind in COUNTED and each.supplier != each.buyer]
    known = {(each.supplier, each.buyer, each.product) for each in own}
    packs = [
        each
        for each in chain.supplies
        if each.kind in COUNTED
        and each.supplier != each.buyer
        and (each.supplier, each.buyer, each.product) not in known
    ]
    return [*packs, *own]


def _makers(used: Iterable[Supply], main: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, set[str]] = {}
    for each in used:
        found.setdefault(each.product, set()).add(each.supplier)
    for firm, product in main.items():
        if product:
            found.setdefault(product, set()).add(firm)
    return {product: tuple(sorted(firms)) for product, firms in sorted(found.items())}


def _makes(chain: Chain, firm: str) -> list[str]:
    """Return what a firm makes now."""
    rows = (each for each in chain.capacities if each.organisation == firm)
    return sorted({each.product for each in rows if each.status in RUNNING})


def _main_product(chain: Chain, firm: str, used: Iterable[Supply], product: str) -> str:
    made = _makes(chain, firm)
    sold: dict[str, float] = {}
    for each in used:
        if each.supplier == firm:
            sold[each.product] = sold.get(each.product, 0.0) + value_of(each)
    if chain.lead_product in made:
        return chain.lead_product
    if product and (product in made or product in sold):
        return product
    if sold:
        return max(sorted(sold), key=lambda name: sold[name])
    return made[0] if made else ""


def _names(chain: Chain, told: Told, firms: Iterable[str], language: str) -> dict[str, str]:
    known = dict(told.names) | {each.id: each.name for each in chain.organisations}
    return _apart({firm: _text(known.get(firm), firm, language) for firm in firms})


def _kinds(chain: Chain, products: Iterable[str], language: str) -> dict[str, str]:
    found = {}
    for product in products:
        name = chain.product(product).name if product in chain.codes else None
        words = _text(name, product, language)
        found[product] = words.partition("（")[0].partition(" (")[0]
    return _apart(found)


def _text(label: Label | None, otherwise: str, language: str) -> str:
    return label.text(language) if label is not None else otherwise


def _apart(names: Mapping[str, str]) -> dict[str, str]:
    """Return names of which no two are alike: the id tells those apart that are."""
    twice = {each for each in names.values() if list(names.values()).count(each) > 1}
    return {each: f"{name} {each}" if name in twice else name for each, name in names.items()}


Names = tuple[Mapping[str, str], Mapping[str, str]]  # of firms, of products


def _network(
    chain: Chain, used: Sequence[Supply], main: Mapping[str, str], names: Names
) -> SupplyNetwork:
    firms, kinds = names
    linked = {name for each in used for name in (each.supplier, each.buyer)}
    makers = {each.id: each for each in chain.organisations}
    needed = {firm: needed_by(chain, firm) for firm in firms}
    values: dict[tuple[str, str], float] = {}
    classes: dict[tuple[str, str], int] = {}
    for each in used:
        pair = (each.supplier, each.buyer)
        felt = NEEDED if needed[each.buyer].get(each.product) else ADDED
        values[pair] = values.get(pair, 0.0) + value_of(each)
        classes[pair] = max(classes.get(pair, ADDED), felt)
    return make_network(
        list(firms.values()),
        [kinds.get(main[firm], "") for firm in firms],
        [(firms[a], firms[b], values[a, b], classes[a, b]) for a, b in sorted(values)],
        {},
        revenue=[_revenue(chain, main, firm) if firm in linked else UNLINKED for firm in firms],
        owner=[firms.get(makers[f].group, f) if f in makers else firms[f] for f in firms],
    )


def _revenue(chain: Chain, main: Mapping[str, str], firm: str) -> float:
    """Return what a maker of the lead product makes at capacity, in yuan; NaN: not known."""
    if main[firm] != chain.lead_product:
        return float("nan")
    amount = _capacity(chain, firm).working
    price = next((each for each in chain.prices if each.product == chain.lead_product), None)
    if amount is None or price is None or price.amount.working is None:
        return float("nan")
    return amount * price.amount.working


def _capacity(chain: Chain, firm: str) -> Interval:
    rows = [
        each.amount
        for each in chain.capacities
        if (each.organisation, each.product) == (firm, chain.lead_product)
        and each.status in RUNNING
    ]
    return _together([each for row in rows if (each := _middle(row)).working is not None])


def _middle(found: Interval) -> Interval:
    """Return an interval whose working value is the middle of its ends where it has none."""
    low, working, high = found.ends()
    if working is not None or low is None or high is None:
        return found
    return Interval(low, (low + high) / 2, high)


def _together(rows: Iterable[Interval]) -> Interval:
    ends = list(zip(*(row.ends() for row in rows), strict=True))
    if not ends:
        return UNKNOWN
    return Interval(*(None if None in each else sum(filter(None, each)) for each in ends))


def _final(
    chain: Chain,
    network: SupplyNetwork,
    names: tuple[Mapping[str, str], Mapping[str, str], Mapping[str, str]],
) -> tuple[FinalProduct | None, Label]:
    """Return the final product: what its makers' output is worth, over what it comes to."""
    main, firms, kinds = names
    unit = chain.product(chain.final_product).unit_name
    makers = [firm for firm in firms if main[firm] == chain.lead_product]
    amount = _together([_capacity(chain, firm) for firm in makers])
    per = next(
        (
            each.amount
            for each in chain.links
            if (each.parent, each.part) == (chain.final_product, chain.lead_product)
        ),
        exactly(1.0) if chain.final_product == chain.lead_product else UNKNOWN,
    )
    made = amount.over(per)
    places = [network.place(firms[firm]) for firm in makers]
    worth = float(sum(max(network.sold[at], _bought(network, at)) for at in places))
    if made.working is None or worth <= 0:
        return None, Label(NO_FINAL.zh.format(unit=unit.zh), NO_FINAL.en.format(unit=unit.en))
    called = [firms[firm] for firm in makers]
    words = Label(FULL.zh.format(names="、".join(called)), FULL.en.format(names=", ".join(called)))
    return FinalProduct(kinds[chain.lead_product], unit, exactly(worth).over(made)), words


def _bought(network: SupplyNetwork, place: int) -> float:
    return float(network.values[network.buyers == place].sum())


def _stocks(
    told: Iterable[ToldStock], used: Iterable[Supply], main: Mapping[str, str], names: Names
) -> tuple[tuple[Stock, ...], tuple[ToldStock, ...]]:
    """Return the stocks by what their suppliers mainly make, and those that no link brings.

    Where two stocks come to one, the shorter counts: the chain stops when the first is empty.
    """
    firms, kinds = names
    links = list(used)
    later = {(each.buyer, each.product): each for each in told}
    found: dict[tuple[str, str], ToldStock] = {}
    lost = []
    for each in later.values():
        givers = {
            main[link.supplier]
            for link in links
            if (link.buyer, link.product) == (each.buyer, each.product) and main[link.supplier]
        }
        if not givers:
            lost.append(each)
        for kind in givers:
            before = found.get((each.buyer, kind))
            if before is None or each.days < before.days:
                found[each.buyer, kind] = each
    rows = tuple(
        Stock(firms[buyer], kinds[kind], exactly(each.days), each.source)
        for (buyer, kind), each in sorted(found.items())
    )
    return rows, tuple(lost)


def _free(
    told: Iterable[ToldRoom], network: SupplyNetwork, firms: Mapping[str, str]
) -> tuple[Free, ...]:
    """Return what makers of the network could give more, in yuan a year."""
    rows = {}
    for each in told:
        if each.maker not in firms:
            continue
        name = firms[each.maker]
        at = network.place(name)
        usual = max(float(network.sold[at]), _bought(network, at))
        amount = each.yuan if each.yuan is not None else (each.share or 0.0) * usual
        rows[name] = Free(name, exactly(amount), each.source)
    return tuple(rows[name] for name in sorted(rows))
