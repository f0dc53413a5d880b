"""From whom does each maker get its essential inputs, and how much of that is known?

The systemic risk of a chain rests on its supply links. This says which of them are known, and
which maker to ask for which input where none is.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from fenglian.engine.analysis.question import Analysis, Column, Headline
from fenglian.engine.analysis.requirement import requirement
from fenglian.engine.chain.intervals import exactly
from fenglian.engine.chain.known_links import COUNTED, known_links, needed_by, value_of
from fenglian.engine.chain.model import Chain
from fenglian.engine.chain.records import Supply
from fenglian.engine.disclosure.classes import DataClass
from fenglian.engine.labels import Label

FEWEST = 5  # links with an amount; below them a network says nothing of a chain
SIGNED = Label(
    "供应关系只计已签的合同和框架协议，按金额计，不问时期；意向不计。",
    "Only contracts and frameworks count as links, at their amounts, whatever the period; intents do not.",
)
SECTOR = Label(
    "一家企业按它在已知关系里卖得最多的产品归类；同类的企业可以互相顶替。",
    "A firm counts as a maker of what it sells most of in the known links; firms of one kind can "
    "stand in for each other.",
)
WEIGHTS = Label(
    "企业的权重是它在已知关系里买、卖金额中大的一个。",
    "A firm weighs the larger of what it buys and sells in the known links.",
)
PARTIAL = Label(
    "没有查到的关系传不了损失，指数会偏低；一种投入只查到一部分供方的，查到的这些份额会偏高。",
    "A link that was not found passes no loss on, which makes indices too low; where only some of the "
    "suppliers of an input are known, the shares of these are too high.",
)


@dataclass(frozen=True, slots=True)
class Exposure:
    """One input of one maker."""

    product: str  # the input
    buyer: str
    suppliers: tuple[str, ...]  # that signed, the largest first; empty: not found
    hhi: float | None  # 0–1 by amount; None where an amount or every supplier is unknown
    single_owner: bool  # all that is known comes from one owner, who is no cluster
    essential: bool  # the buyer's product cannot be built without it
    sources: tuple[str, ...]
    assumed: bool

    @property
    def buyers(self) -> tuple[str, ...]:
        """The buyer, as a column of organisations."""
        return (self.buyer,)

    @property
    def state(self) -> Label:
        """Whether a supplier is known, in words."""
        return Label("已知", "known") if self.suppliers else Label("未查到", "not found")


@dataclass(frozen=True, slots=True)
class Exposures:
    """Every input of every maker of the region that the scenario needs."""

    rows: tuple[Exposure, ...]  # by product and buyer
    links: int  # known, with an amount
    unvalued: int  # known, without one
    intents: int
    assumptions: tuple[Label, ...]
    data_class: DataClass

    @property
    def known(self) -> tuple[Exposure, ...]:
        """The essential inputs of which a supplier is known."""
        return tuple(row for row in self.rows if row.essential and row.suppliers)

    @property
    def missing(self) -> tuple[Exposure, ...]:
        """The essential inputs of which none is: whom to ask for what."""
        return tuple(row for row in self.rows if row.essential and not row.suppliers)

    @property
    def enough(self) -> bool:
        """Whether a network can be made of what is known."""
        return self.links >= FEWEST

    @property
    def headlines(self) -> tuple[Headline, ...]:
        """How much of the network is known."""
        known, whole = len(self.known), len(self.known) + len(self.missing)
        unit = Label(f"项，共 {whole} 项", f"of {whole}")
        return (
            Headline(
                Label("查到供应商的必需投入", "Essential inputs with a known supplier"),
                exactly(float(known)),
                unit,
            ),
            Headline(Label("带金额的供应关系", "Links with an amount"), exactly(float(self.links)),
                     Label("条", "links")),
        )  # fmt: skip


def exposure(chain: Chain) -> Exposures:
    """Return, for every maker in the region, from whom it gets what its products are built of.

    Parameters
    ----------
    chain
        With the links that its actor may know.

    Returns
    -------
    Exposures
        A maker is one that runs now. A cluster is many firms and is not asked for its inputs.
        That no supplier is known never means that there is none.
    """
    links = known_links(chain)
    needed = {row.product for row in requirement(chain).rows}
    signed: dict[tuple[str, str], list[Supply]] = {}
    for each in (*links.used, *links.unvalued):
        signed.setdefault((each.product, each.buyer), []).append(each)
    asked = {
        (part, maker): essential
        for maker in _makers(chain)
        for part, essential in needed_by(chain, maker).items()
        if part in needed and essential
    }
    pairs = sorted({*signed, *asked})
    return Exposures(
        rows=tuple(
            _row(chain, pair, signed.get(pair, []), essential=asked.get(pair, False))
            for pair in pairs
        ),
        links=len(links.used),
        unvalued=len(links.unvalued),
        intents=links.intents,
        assumptions=(SIGNED, SECTOR, WEIGHTS, PARTIAL),
        data_class=chain.data_class,
    )


def _makers(chain: Chain) -> Iterable[str]:
    clusters = {each.id for each in chain.organisations if each.cluster}
    running = {
        each.organisation
        for product in chain.inside
        for each in chain.makers(product, "operating", "trial")
    }
    return sorted(running - clusters)


def _row(chain: Chain, pair: tuple[str, str], signed: list[Supply], *, essential: bool) -> Exposure:
    product, buyer = pair
    sums: dict[str, float] = {}
    for each in signed:
        sums[each.supplier] = sums.get(each.supplier, 0.0) + value_of(each)
    owners: dict[str, float] = {}
    for supplier, value in sums.items():
        group = chain.organisation(supplier).group
        owners[group] = owners.get(group, 0.0) + value
    whole = sum(owners.values())
    valued = all(value_of(each) > 0 for each in signed)
    return Exposure(
        product=product,
        buyer=buyer,
        suppliers=tuple(sorted(sums, key=lambda name: (-sums[name], name))),
        hhi=sum((value / whole) ** 2 for value in owners.values()) if valued and whole else None,
        single_owner=len(owners) == 1 and not any(chain.organisation(s).cluster for s in sums),
        essential=essential,
        sources=tuple(sorted({source for each in signed for source in each.sources})),
        assumed=any(each.assumed for each in signed),
    )


ANALYSIS = Analysis(
    name="exposure",
    label=Label("供应关系", "Supply links"),
    question=Label(
        "每家的必需投入从哪里来，查到了多少？",
        "From whom does each maker get its essential inputs, and how much of that is known?",
    ),
    run=exposure,
    columns=(
        Column("product", Label("投入品", "Input"), "product"),
        Column("buyers", Label("买方", "Buyer"), "organisations"),
        Column("suppliers", Label("查到的供方", "Suppliers found"), "organisations"),
        Column("state", Label("状态", "Status"), "label"),
        Column("hhi", Label("HHI(0–1)", "HHI (0–1)"), "number"),
        Column("single_owner", Label("只查到一家", "One known source"), "flag"),
    ),
    source="Hirschman 1964, American Economic Review 54, 761, over contracts and frameworks: "
    + ", ".join(COUNTED),
)
