"""The chain for programs: products and links, scenarios, coverage, one product in full."""

from typing import Annotated

from django.http import Http404, HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from fenglian.engine.analysis.coverage import Coverage
from fenglian.engine.analysis.requirement import Requirement
from fenglian.engine.chain.demand import Scenario
from fenglian.engine.chain.records import Capacity, Link, Organisation, Product, Source
from fenglian.engine.disclosure.classes import DataClass
from fenglian.engine.labels import Label
from fenglian.web.accounts.actor import actor_of
from fenglian.web.chain import queries
from fenglian.web.chain.queries import OpenChain, Wanted

router = Router(tags=["chain"])


class WantedIn(Schema):
    """Which scenario is asked for; without it the first of the region."""

    scenario: Annotated[str, Field(max_length=60)] = ""
    year: Annotated[int | None, Field(ge=1900, le=2200)] = None


class ChainHead(Schema):
    """Which chain an answer is about; ``synthetic`` says that all makers are invented.

    ``data_class`` is the highest class of what the answer rests on, for the one who asks.
    """

    synthetic: bool
    chain: str
    region: str
    name: Label
    scenario: Scenario
    data_class: DataClass
    fingerprint: str


class ChainOut(Schema):
    """A chain: what it is built of, who makes what, on which sources."""

    about: ChainHead
    scenarios: list[Scenario]
    products: list[Product]
    links: list[Link]
    organisations: list[Organisation]
    capacities: list[Capacity]
    sources: list[Source]


class CoverageOut(Schema):
    """How much of what is needed can be made here; an end that is null was not found."""

    about: ChainHead
    coverage: list[Coverage]
    assumptions: list[Label]


class ProductOut(Schema):
    """One product: need, coverage, makers, parts and uses."""

    about: ChainHead
    product: Product
    requirement: Requirement | None
    coverage: Coverage | None
    makers: list[Capacity]
    makers_elsewhere: list[Capacity]
    parts: list[Link]
    uses: list[Link]


@router.get("", response=ChainOut, operation_id="get_chain")
def get_chain(request: HttpRequest, wanted: Query[WantedIn]) -> ChainOut:
    """Return the chain of the alliance under a scenario."""
    view = open_wanted(request, wanted)
    return ChainOut(
        about=head_of(request, view),
        scenarios=list(view.scenarios),
        products=list(view.chain.products),
        links=list(view.chain.links),
        organisations=list(view.chain.organisations),
        capacities=list(view.chain.capacities),
        sources=list(view.chain.sources.values()),
    )


@router.get("/coverage", response=CoverageOut, operation_id="get_coverage")
def get_coverage(request: HttpRequest, wanted: Query[WantedIn]) -> CoverageOut:
    """Return need, known capacity and coverage of every product that the scenario needs."""
    view = open_wanted(request, wanted)
    return CoverageOut(
        about=head_of(request, view),
        coverage=list(view.coverages.rows),
        assumptions=list(view.coverages.assumptions),
    )


@router.get("/products/{product}", response=ProductOut, operation_id="get_product")
def get_product(request: HttpRequest, product: str, wanted: Query[WantedIn]) -> ProductOut:
    """Return one product in full."""
    view = open_wanted(request, wanted)
    if product not in view.chain.codes:
        raise Http404
    return ProductOut(
        about=head_of(request, view),
        product=view.chain.product(product),
        requirement=view.needs.of(product),
        coverage=view.covers.get(product),
        makers=list(view.chain.makers(product)),
        makers_elsewhere=list(view.chain.outside.get(product, ())),
        parts=[link for link in view.chain.links if link.parent == product],
        uses=[link for link in view.chain.links if link.part == product],
    )


def open_wanted(request: HttpRequest, wanted: WantedIn) -> OpenChain:
    """Return the chain that is asked for, as the one who asks may know it."""
    view = queries.open_chain(actor_of(request), Wanted(wanted.scenario, wanted.year))
    if view is None:
        raise Http404
    return view


def head_of(request: HttpRequest, view: OpenChain) -> ChainHead:
    """Return which chain an answer is about."""
    return ChainHead(
        synthetic=actor_of(request).alliance.synthetic,
        chain=view.pack,
        region=view.region,
        name=view.chain.name,
        scenario=view.chain.scenario,
        data_class=view.chain.data_class,
        fingerprint=view.chain.fingerprint,
    )
