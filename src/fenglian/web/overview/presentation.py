"""What does the overview show? Facts of record, questions, what is new, tiles."""

from collections.abc import Iterable
from dataclasses import dataclass

from fenglian.engine.analysis.coverage import Coverage
from fenglian.engine.labels import Label
from fenglian.engine.registry import records as engine
from fenglian.web.chain.drawing import short_name
from fenglian.web.chain.evidence import Mark
from fenglian.web.chain.figures import Figure, count
from fenglian.web.chain.presentation import interest, of_interest
from fenglian.web.chain.queries import OpenChain
from fenglian.web.intake.wording import say
from fenglian.web.overview.tiles import County, Sketch, Tally, Tile
from fenglian.web.registry.presentation import Fact, ShownEvent, ShownSigning, Writer

FOUNDED = "alliance_founded"
KINDS = Label("种产品", "products")
LISTED, MAKERS = Label("家", "listed"), Label("家在产", "makers")
PER_STAGE = 12  # bars of a stage; all those of the report
BARS = 33  # in all; more cannot be told apart
QUESTIONS = 5
TILE, GAP = 96, 6  # pixels


@dataclass(frozen=True, slots=True)
class Ledger:
    """The facts of record of an alliance."""

    founding: ShownEvent | None
    chair: Fact | None
    signing: ShownSigning | None


@dataclass(frozen=True, slots=True)
class Question:
    """What to ask, about which product."""

    product: str
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class ShownTally:
    """Two counts in words."""

    organisations: Figure
    makers: Figure


@dataclass(frozen=True, slots=True)
class ShownTile:
    """A prefecture on the sketch."""

    tile: Tile
    tally: ShownTally
    x: int
    y: int
    shade: int  # 0, nobody was found, to 4
    making: bool  # somebody makes something
    current: bool


def show_ledger(writer: Writer, overview: engine.Registry) -> Ledger:
    """Return founding, chair unit and signing, as far as they are known."""
    founded = next((each for each in overview.events if each.type == FOUNDED), None)
    chair = next((each for each in overview.unit_posts if each.post == "chair_unit"), None)
    return Ledger(
        founding=writer.event(founded, overview) if founded else None,
        chair=writer.organisation(chair.organisation, chair.organisation, chair.evidence)
        if chair
        else None,
        signing=writer.signing(overview.signings[0]) if overview.signings else None,
    )


def rows_of_interest(view: OpenChain) -> list[Coverage]:
    """Return the coverages that somebody asked about, from material to the end of the chain."""
    order = {stage.id: number for number, stage in enumerate(view.stages)}
    wanted = [name for name in of_interest(view, PER_STAGE) if name in view.covers]
    wanted = sorted(wanted, key=lambda name: interest(view, view.chain.product(name)))[:BARS]
    wanted.sort(key=lambda name: order[view.chain.product(name).stage])
    return [view.covers[name] for name in wanted]


def show_questions(view: OpenChain) -> tuple[Question, ...]:
    """Return the first questions, what the report names first."""
    asked: dict[str, Question] = {}
    items = sorted(view.advice.items, key=lambda item: not view.chain.product(item.product).focus)
    for item in items:
        product = view.chain.product(item.product)
        if item.question and item.product not in asked:
            asked[item.product] = Question(product.id, short_name(product), say(item.question))
    return tuple(asked.values())[:QUESTIONS]


def show_tally(tally: Tally, mark: Mark | None) -> ShownTally:
    """Return how many organisations and how many makers, in words."""
    return ShownTally(
        count(tally.organisations, say(LISTED), mark),
        count(tally.makers, say(MAKERS), mark),
    )


def show_tiles(found: Sketch, mark: Mark | None, current: str) -> tuple[ShownTile, ...]:
    """Return the tiles, darker the more organisations they hold."""
    most = max((tile.tally.organisations for tile in found.tiles), default=0) or 1
    return tuple(
        ShownTile(
            tile=tile,
            tally=show_tally(tile.tally, mark),
            x=tile.column * (TILE + GAP),
            y=tile.row * (TILE // 2 + GAP),
            shade=-(-4 * tile.tally.organisations // most),
            making=tile.tally.makers > 0,
            current=tile.code == current,
        )
        for tile in found.tiles
    )


def show_counties(
    found: Iterable[County], mark: Mark | None
) -> tuple[tuple[str, ShownTally, bool], ...]:
    """Return the counties of a prefecture, those with an organisation first."""
    ranked = sorted(found, key=lambda each: -each.tally.organisations)
    return tuple(
        (each.name, show_tally(each.tally, mark), each.tally.organisations > 0) for each in ranked
    )
