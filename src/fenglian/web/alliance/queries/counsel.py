"""What did officials advise, as accepted statements have it? The words that a task may rest on."""

from dataclasses import dataclass

from fenglian.web.access.table import Act, require
from fenglian.web.accounts.actor import Actor
from fenglian.web.alliance.queries.tasks import visible_tasks
from fenglian.web.registry import queries as registry

OFFICIAL = frozenset(("department", "zone"))  # kinds of organisations whose people advise
GUIDES = "guiding_body"
LONGEST = 400  # characters of what a task rests on


@dataclass(frozen=True, slots=True)
class AdviceLine:
    """What somebody of a department or a guiding body said."""

    statement: str  # its identifier: leads to the characters
    speaker: str  # with post and organisation
    words: str
    day: str  # of the source; empty: undated
    tasks: int  # that rest on it already

    @property
    def grounds(self) -> str:
        """What a task that follows from it rests on."""
        return f"{self.speaker} {self.day}".strip()[:LONGEST]


def list_advice(actor: Actor) -> list[AdviceLine]:
    """Return what officials said, the latest first; whose posts no source gives is left out."""
    require(actor, Act.MEET)
    found = registry.find_overview(actor)
    posts = [each for each in found.person_posts if each.organisation]
    guides = {each.organisation for each in found.parts if each.part == GUIDES}
    kinds = registry.find_kinds(actor, {str(each.organisation) for each in posts})
    official = {
        each.person: each
        for each in posts
        if each.organisation in guides or kinds.get(str(each.organisation)) in OFFICIAL
    }
    names = {each.key: each.name.value for each in found.persons}
    numbers = [each.statement for each in visible_tasks(actor).exclude(statement="")]
    lines = [
        AdviceLine(
            statement=each.evidence[0],
            speaker=f"{post.organisation_name or ''}{post.title}{names[each.person]}",
            words=each.words,
            day=each.stated_on or "",
            tasks=numbers.count(each.evidence[0]),
        )
        for each in found.quotations
        if each.evidence and (post := official.get(each.person)) and each.person in names
    ]
    return sorted(lines, key=lambda line: line.day, reverse=True)
