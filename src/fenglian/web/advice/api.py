"""The advice for programs: the items of the four verbs with figures, evidence and questions."""

from django.http import Http404, HttpRequest
from ninja import Query, Router, Schema

from fenglian.engine.advice.items import AdviceItem, Verb
from fenglian.engine.chain.demand import Scenario
from fenglian.engine.chain.records import Source
from fenglian.engine.disclosure.classes import DataClass
from fenglian.engine.labels import Label
from fenglian.web.accounts.actor import actor_of
from fenglian.web.chain import queries
from fenglian.web.chain.api import WantedIn
from fenglian.web.chain.queries import Wanted

router = Router(tags=["advice"])


class AdviceOut(Schema):
    """What to do next; an end of a figure that is null was not found, and is not 0."""

    synthetic: bool
    scenario: Scenario
    data_class: DataClass
    fingerprint: str
    items: list[AdviceItem]
    assumptions: list[Label]
    sources: list[Source]


@router.get("", response=AdviceOut, operation_id="list_advice")
def list_advice(
    request: HttpRequest, wanted: Query[WantedIn], verb: Verb | None = None
) -> AdviceOut:
    """List what to build, extend, patch and strengthen, the sure first within each verb."""
    actor = actor_of(request)
    view = queries.open_chain(actor, Wanted(wanted.scenario, wanted.year))
    if view is None:
        raise Http404
    items = view.advice.items if verb is None else view.advice.of(verb)
    cited = {name for item in items for name in item.evidence}
    return AdviceOut(
        synthetic=actor.alliance.synthetic,
        scenario=view.chain.scenario,
        data_class=view.advice.data_class,
        fingerprint=view.advice.fingerprint,
        items=list(items),
        assumptions=list(view.advice.assumptions),
        sources=[source for name, source in view.chain.sources.items() if name in cited],
    )
