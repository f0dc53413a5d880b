"""The emergency plan of a drill as a document: who writes to whom, and on which tables it rests."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from fenglian.cli.application import fail
from fenglian.cli.brief import find_class
from fenglian.cli.chain import read_day
from fenglian.engine.labels import Label

if TYPE_CHECKING:
    from fenglian.cli.analyse.drill_results import Answers
    from fenglian.engine.advice.compose import Heading
    from fenglian.engine.chain.records import Source
    from fenglian.engine.chain.supply_network import TableIntake


@dataclass(frozen=True, slots=True)
class Letter:
    """What the options say about the document."""

    path: Path
    organ: str
    recipient: str | None
    banner: str | None
    data_class: str
    day: str | None
    synthetic: bool

    def heading(self, language: str) -> "Heading":
        """Return who writes to whom, and when."""
        from fenglian.engine.advice.compose import Heading

        # Like a person writing a letter, the command may look at the calendar.
        written = read_day(self.day, language) or date.today()  # noqa: DTZ011 — a letter's day
        organ = Label(self.organ, self.organ)
        if self.organ == "秘书处":
            organ = Label("秘书处", "Secretariat")
        return Heading(
            organ=organ,
            date=written,
            data_class=find_class(self.data_class, language),
            recipient=Label(self.recipient, self.recipient) if self.recipient else None,
            banner=Label(self.banner, self.banner) if self.banner else None,
        )


def check_letter(letter: Letter, language: str) -> "Heading":
    """Refuse what cannot be written before anything is computed."""
    if letter.path.suffix.lower() != ".docx":
        raise fail(
            Label(
                f"--plan “{letter.path}”要以 .docx 结尾。",
                f"--plan {letter.path} must end in .docx.",
            ),
            language,
        )
    return letter.heading(language)


def write_plan(
    letter: Letter,
    heading: "Heading",
    answers: "Answers",
    intakes: "tuple[TableIntake, ...]",
    language: str,
) -> int:
    """Write the plan and return its size in bytes."""
    from fenglian.engine.advice.emergency import emergency_plan
    from fenglian.engine.advice.emergency_brief import compose_plan
    from fenglian.render.docx import write_docx

    sources = (*table_sources(intakes, language), *stated_sources(answers, language))
    plan = emergency_plan(answers.found, answers.changes, answers.others, sources)
    content = write_docx(compose_plan(plan, heading, synthetic=letter.synthetic), language)
    try:
        letter.path.write_bytes(content)
    except OSError as fault:
        reason = fault.strerror or str(fault)
        raise fail(
            Label(f"写不了“{letter.path}”：{reason}。", f"Cannot write {letter.path}: {reason}."),
            language,
        ) from None
    return len(content)


def table_sources(intakes: "tuple[TableIntake, ...]", language: str) -> "tuple[Source, ...]":
    """Return the tables that were read as sources; two of one name are one."""
    from fenglian.engine.chain.records import Source

    rows = Label("采用 {0:,} 行，退回 {1:,} 行", "{0:,} rows accepted, {1:,} rejected").text(
        language
    )
    found = {
        each.name: Source(
            each.name, rows.format(each.accepted, each.rejected), "", "", "table", "", "S"
        )
        for each in intakes
    }
    return tuple(found.values())


def stated_sources(answers: "Answers", language: str) -> "tuple[Source, ...]":
    """Return where stocks and free capacity were read, as their rows say."""
    from fenglian.engine.chain.records import Source

    drill = answers.found.drill
    title = Label("表里注的出处", "as the tables say").text(language)
    stocks, free = (each.source for each in drill.stocks), (each.source for each in drill.free)
    names = {*stocks, *free} - {""}
    return tuple(Source(name, title, "", "", "note", "", "S") for name in sorted(names))
