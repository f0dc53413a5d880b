"""How does a chain become a brief in a file? Composed by the engine, set by render."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from django.utils import timezone

from fenglian.engine.advice.brief import CLASS_LABELS, Brief
from fenglian.engine.advice.compose import Heading, compose_brief
from fenglian.engine.advice.decision_brief import Chosen, compose_decision
from fenglian.engine.disclosure.classes import DataClass, highest
from fenglian.engine.labels import Label
from fenglian.render.docx import write_docx
from fenglian.render.pdf import write_pdf
from fenglian.render.xlsx import write_xlsx
from fenglian.web.access.table import Act, require
from fenglian.web.accounts.actor import Actor, Role
from fenglian.web.advice.queries import RecordLine
from fenglian.web.chain.queries import OpenChain
from fenglian.web.intake.wording import say

CLASSES = {
    "public": DataClass.S0,
    "internal": DataClass.S1,
    "sensitive": DataClass.S2,
    "confidential": DataClass.S3,
}
OFFERED = 2  # the class that the chain needs at least, and the next


@dataclass(frozen=True, slots=True)
class Form:
    """A kind of file."""

    write: Callable[[Brief, str], bytes]
    content_type: str


_OFFICE = "application/vnd.openxmlformats-officedocument"
FORMS = {
    "docx": Form(write_docx, f"{_OFFICE}.wordprocessingml.document"),
    "pdf": Form(write_pdf, "application/pdf"),
    "xlsx": Form(write_xlsx, f"{_OFFICE}.spreadsheetml.sheet"),
}


def offered(view: OpenChain) -> list[tuple[str, str]]:
    """Return the classes under which a brief may go out, with their words; none too low."""
    lowest = view.chain.data_class
    fitting = [name for name, each in CLASSES.items() if highest([each, lowest]) is each]
    return [(name, say(CLASS_LABELS[CLASSES[name]])) for name in fitting[:OFFERED]]


def compose(actor: Actor, view: OpenChain, day: date, data_class: DataClass) -> Brief:
    """Return the brief of a chain, marked synthetic for an invented alliance.

    Its class is never lower than that of what went into the chain.

    Raises
    ------
    NotPermitted
        Where the role writes no briefs.
    """
    require(actor, Act.BRIEF)
    alliance = actor.alliance
    heading = Heading(
        organ=Label(f"{alliance.zh}秘书处", f"Secretariat, {alliance.en}"),
        date=day,
        data_class=data_class,
    )
    found = compose_brief(view.chain, view.coverages, view.advice, heading)
    return replace(found, synthetic=found.synthetic or alliance.synthetic)


def compose_record(actor: Actor, line: RecordLine, day: date) -> Brief:
    """Return the brief of a record, as the case stood: advice, or the decision on it.

    What is not published is internal. Raises ``NotPermitted`` where the role writes no briefs.
    """
    require(actor, Act.BRIEF)
    alliance, task = actor.alliance, line.task
    chosen = None
    if line.way and task and line.chosen_at:
        chosen = Chosen(
            way=line.way,
            reason=line.reason,
            unit=task.unit or f"{alliance.zh}秘书处",
            due=task.due_on,
            by=line.chosen_by or str(Role.GOVERNMENT.label),
            on=timezone.localtime(line.chosen_at).date(),
        )
    heading = Heading(
        organ=Label(f"{alliance.zh}秘书处", f"Secretariat, {alliance.en}"),
        date=day,
        data_class=DataClass.S0 if line.published else DataClass.S1,
        recipient=Label(line.given_to, line.given_to) if line.given_to else None,
    )
    found = compose_decision(line.case, heading, chosen)
    return replace(found, synthetic=found.synthetic or alliance.synthetic)
