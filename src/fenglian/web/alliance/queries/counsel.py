"""What did officials advise, as accepted statements have it? The words that a task may rest on."""

from dataclasses import dataclass

from fenglian.engine.registry.records import Quotation
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

    evidence: tuple[str, ...]  # statements, one a page that has the words
    speaker: str  # with post and organisation
    words: str
    day: str  # of the first source; empty: undated
    tasks: int  # that rest on it already

    @property
    def statement(self) -> str:
        """The statement that leads to the characters."""
        return self.evidence[0]

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
    said: dict[tuple[str, str], list[Quotation]] = {}  # copies of a page do not say it twice
    for each in found.quotations:
        if each.evidence and (post := official.get(each.person)) and each.person in names:
            speaker = f"{post.organisation_name or ''}{post.title}{names[each.person]}"
            said.setdefault((speaker, each.words), []).append(each)
    lines = [_line(*place, group, numbers) for place, group in said.items()]
    return sorted(lines, key=lambda line: line.day, reverse=True)


def _line(speaker: str, words: str, group: list[Quotation], numbers: list[str]) -> AdviceLine:
    evidence = tuple(number for each in group for number in each.evidence)
    return AdviceLine(
        evidence=evidence,
        speaker=speaker,
        words=words,
        day=min((each.stated_on for each in group if each.stated_on), default=""),
        tasks=sum(number in evidence for number in numbers),
    )
