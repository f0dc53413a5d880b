"""What do the pages of the chain show? One product in full, and the table of all."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from fenglian.engine.analysis.coverage import Coverage, Status
from fenglian.engine.chain.intervals import UNKNOWN
from fenglian.engine.chain.records import Capacity, Link, Product
from fenglian.engine.labels import Label
from fenglian.web.chain.drawing import BADGES, STATES, Bar, draw_bar, short_name, show_ratio
from fenglian.web.chain.evidence import Evidence, Mark
from fenglian.web.chain.figures import Figure, a_year, no_figure, percent, show_figure
from fenglian.web.chain.queries import OpenChain, limits_of
from fenglian.web.intake.wording import say

PANEL_BAR = 340.0  # pixels
TABLE_BAR = 88.0
PER_STAGE = 15  # products of a stage that the map shows at first
NOBODY_ASKED = 4  # rank of a product that nobody named, makes or looked for
CAPACITY_STATES = {
    "operating": Label("在产", "producing"),
    "trial": Label("试生产", "in trial"),
    "planned": Label("规划", "planned"),
    "unclear": Label("现状不明", "state unclear"),
    "former": Label("已停", "closed"),
}


@dataclass(frozen=True, slots=True)
class State:
    """What is known of a coverage, in a word and a class."""

    text: str
    badge: str
    unknown: bool


@dataclass(frozen=True, slots=True)
class OwnWords:
    """That a unit states a capacity itself: of which class that is, and where it stands."""

    data_class: str
    readers: str
    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Maker:
    """Somebody who makes the product."""

    name: str
    address: str
    cluster: bool
    inside: bool
    figure: Figure
    state: str
    stated: str
    note: str
    own_words: OwnWords | None


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A part, or what the product goes into."""

    product: str
    name: str
    figure: Figure
    variant: str
    state: State


@dataclass(frozen=True, slots=True)
class Panel:
    """One product with everything that is known of it."""

    product: str
    name: str
    stage: str
    focus: bool
    needed: bool
    state: State
    bar: Bar
    low: str
    high: str
    need: Figure
    capacity: Figure
    ratio: Figure
    gap: Figure
    uncounted: str
    makers: tuple[Maker, ...]
    parts: tuple[Neighbour, ...]
    uses: tuple[Neighbour, ...]
    looked: str
    looked_mark: Mark | None
    questions: tuple[str, ...]
    advice: tuple[str, ...]  # titles
    assumptions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A product in the table."""

    product: str
    name: str
    focus: bool
    state: State
    bar: Bar
    need: Figure
    capacity: Figure
    ratio: Figure
    makers: str
    own_words: tuple[OwnWords, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The products of a stage."""

    name: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Chip:
    """A product beside the map."""

    product: str
    name: str
    state: State
    focus: bool


def show_state(cover: Coverage | None) -> State:
    """Return what is known of a product's coverage."""
    if cover is None:
        return State(_("not needed in this scenario"), "none", unknown=False)
    unknown = cover.status is Status.UNKNOWN
    return State(say(STATES[cover.status]), BADGES[cover.status], unknown=unknown)


def of_interest(view: OpenChain, most: int = PER_STAGE) -> list[str]:
    """Return the products of a stage that matter most, at most so many of each stage.

    First what the report names, then what somebody makes and whose coverage is known, then what
    somebody makes, then what somebody looked for; products without any of it are left out.
    """
    ranked = sorted(
        (rank, product.id)
        for product in view.chain.products
        if (rank := interest(view, product)) < NOBODY_ASKED
    )
    kept = []
    for stage in view.stages:
        own = [name for _rank, name in ranked if view.chain.product(name).stage == stage.id]
        kept += own[:most]
    return kept


def interest(view: OpenChain, product: Product) -> int:
    """Return how much a product is asked about; 0 is the most."""
    cover = view.covers.get(product.id)
    if product.focus:
        return 0
    if view.chain.makers(product.id):
        return 1 if cover and cover.ratio.known else 2
    looked = any(each.product == product.id for each in view.chain.looked)
    return 3 if looked else NOBODY_ASKED


def show_panel(
    view: OpenChain, product: Product, evidence: Evidence, places: Mapping[str, str]
) -> Panel:
    """Return everything that is known of one product."""
    chain, name = view.chain, product.id
    cover, need = view.covers.get(name), view.needs.of(name)
    items = [item for item in view.advice.items if item.product == name]
    figures = _figures(view, product, evidence)
    questions = dict.fromkeys(say(item.question) for item in items if item.question)
    return Panel(
        product=name,
        name=say(product.name),
        stage=next(say(stage.name) for stage in view.stages if stage.id == product.stage),
        focus=product.focus,
        needed=cover is not None,
        state=show_state(cover),
        bar=_bar(cover, PANEL_BAR),
        low=show_ratio(cover).partition("–")[0],
        high=show_ratio(cover).partition("–")[2],
        need=figures[0],
        capacity=figures[1],
        ratio=figures[2],
        gap=figures[3],
        uncounted=_names(view, need.uncounted if need else ()),
        makers=tuple(_makers(view, product, evidence, places)),
        parts=_neighbours(view, evidence, (link for link in chain.links if link.parent == name),
                          down=True),
        uses=_neighbours(view, evidence, (link for link in chain.links if link.part == name),
                         down=False),
        looked=say(cover.looked.note) if cover and cover.looked else "",
        looked_mark=evidence.mark(cover.looked.sources) if cover and cover.looked else None,
        questions=tuple(questions),
        advice=tuple(say(item.title) for item in items),
        assumptions=tuple(say(each) for each in view.coverages.assumptions),
    )  # fmt: skip


def _figures(
    view: OpenChain, product: Product, evidence: Evidence
) -> tuple[Figure, Figure, Figure, Figure]:
    """Return need, known capacity, coverage and gap of a product."""
    cover, need = view.covers.get(product.id), view.needs.of(product.id)
    unit = a_year(product.unit_name)
    if cover is None or need is None:
        nothing = no_figure()
        return nothing, nothing, nothing, nothing
    running = view.chain.makers(product.id, "operating", "trial")
    held = {source for each in running for source in each.sources}
    held |= set(cover.looked.sources if cover.looked and not running else ())
    guessed = any(each.assumed for each in running)
    both = evidence.mark(cover.sources, assumed=cover.assumed)
    return (
        show_figure(need.amount, unit, evidence.mark(need.sources, assumed=need.assumed)),
        show_figure(cover.capacity, unit, evidence.mark(held, assumed=guessed)),
        percent(cover.ratio, both),
        show_figure(cover.gap if cover.capacity.known else UNKNOWN, unit, both),
    )


def _bar(cover: Coverage | None, width: float) -> Bar:
    if cover is None:
        return draw_bar(UNKNOWN, None, width)
    return draw_bar(cover.ratio, cover.status, width)


def _names(view: OpenChain, products: Iterable[str]) -> str:
    return _(", ").join(say(view.chain.product(each).name) for each in products)


def _makers(
    view: OpenChain, product: Product, evidence: Evidence, places: Mapping[str, str]
) -> Iterable[Maker]:
    outside = view.chain.outside.get(product.id, ())
    for capacity in (*view.chain.makers(product.id), *outside):
        yield _maker(view, product, capacity, evidence, places)


def _maker(
    view: OpenChain,
    product: Product,
    capacity: Capacity,
    evidence: Evidence,
    places: Mapping[str, str],
) -> Maker:
    organisation = view.chain.organisation(capacity.organisation)
    slug = places.get(organisation.id, "")
    mark = evidence.mark(capacity.sources, assumed=capacity.assumed)
    return Maker(
        name=say(organisation.name),
        address=reverse("registry:organisation", args=[slug]) if slug else "",
        cluster=organisation.cluster,
        inside=organisation.inside,
        figure=show_figure(capacity.amount, a_year(product.unit_name), mark),
        state=say(CAPACITY_STATES[capacity.status]),
        stated=capacity.stated,
        note=say(capacity.note),
        own_words=_own_words(view, capacity),
    )


def _own_words(view: OpenChain, capacity: Capacity) -> OwnWords | None:
    if not capacity.unit_page:
        return None
    return OwnWords(
        data_class=str(capacity.data_class),
        readers=say(capacity.data_class.readers),
        name=say(view.chain.organisation(capacity.organisation).name),
        address=capacity.unit_page,
    )


def _neighbours(
    view: OpenChain, evidence: Evidence, links: Iterable[Link], *, down: bool
) -> tuple[Neighbour, ...]:
    return tuple(_neighbour(view, evidence, link, down=down) for link in links)


def _neighbour(view: OpenChain, evidence: Evidence, link: Link, *, down: bool) -> Neighbour:
    part, parent = view.chain.product(link.part), view.chain.product(link.parent)
    other = part if down else parent
    unit = Label(
        f"{part.unit_name.zh}/{parent.unit_name.zh}", f"{part.unit_name.en} per {parent.unit}"
    )
    mark = evidence.mark(link.sources, assumed=link.assumed)
    return Neighbour(
        product=other.id,
        name=short_name(other),
        figure=show_figure(link.amount, unit, mark),
        variant=_variant(view, link.variant),
        state=show_state(view.covers.get(other.id)),
    )


def _variant(view: OpenChain, variant: str) -> str:
    found = view.variants.get(variant)
    return say(found) if found else variant


def show_table(view: OpenChain, evidence: Evidence) -> tuple[Group, ...]:
    """Return every product of the chain, by stage."""
    return tuple(
        Group(
            say(stage.name),
            tuple(
                show_line(view, product, evidence)
                for product in view.chain.products
                if product.stage == stage.id
            ),
        )
        for stage in view.stages
    )


def show_line(view: OpenChain, product: Product, evidence: Evidence) -> Line:
    """Return a product as a row of the table."""
    cover = view.covers.get(product.id)
    need, capacity, ratio, _gap = _figures(view, product, evidence)
    makers = cover.makers if cover else ()
    names = (say(view.chain.organisation(each).name) for each in makers)
    return Line(
        product=product.id,
        name=say(product.name),
        focus=product.focus,
        state=show_state(cover),
        bar=_bar(cover, TABLE_BAR),
        need=need,
        capacity=capacity,
        ratio=ratio,
        makers=_(", ").join(names),
        own_words=tuple(
            said
            for each in view.chain.makers(product.id)
            if (said := _own_words(view, each)) is not None
        ),
    )


def first_limits(view: OpenChain) -> tuple[tuple[str, str], ...]:
    """Return the products at which the ladder of reliefs begins, with their names."""
    rungs = limits_of(view.chain).ladder
    return (
        tuple((name, short_name(view.chain.product(name))) for name in rungs[0].products)
        if rungs
        else ()
    )


def show_beside(view: OpenChain, shown: Iterable[str]) -> tuple[tuple[str, tuple[Chip, ...]], ...]:
    """Return the shown products of the stages that have no column on the map."""
    columns = {stage.id for stage in view.columns}
    names = set(shown)
    groups = []
    for stage in view.stages:
        if stage.id in columns:
            continue
        chips = tuple(
            Chip(each.id, short_name(each), show_state(view.covers.get(each.id)), each.focus)
            for each in view.chain.products
            if each.stage == stage.id and each.id in names
        )
        if chips:
            groups.append((say(stage.name), chips))
    return tuple(groups)
