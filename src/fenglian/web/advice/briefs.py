"""How does a chain become a brief in a file? Composed by the engine, set by render."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from fenglian.engine.advice.brief import Brief
from fenglian.engine.advice.compose import Heading, compose_brief
from fenglian.engine.labels import Label
from fenglian.render.docx import write_docx
from fenglian.render.pdf import write_pdf
from fenglian.render.xlsx import write_xlsx
from fenglian.web.access.table import Act, require
from fenglian.web.accounts.actor import Actor
from fenglian.web.chain.queries import OpenChain

CLASSES = {"public": Label("公开", "Public"), "internal": Label("内部", "Internal")}


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


def compose(actor: Actor, view: OpenChain, day: date, class_label: Label) -> Brief:
    """Return the brief of a chain, marked synthetic for an invented alliance.

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
        class_label=class_label,
    )
    found = compose_brief(view.chain, view.coverages, view.advice, heading)
    return replace(found, synthetic=found.synthetic or alliance.synthetic)
