"""What was done to this page, and what did it say before? The catalogue of repairs.

One file a kind of damage, applied in the order of ``CATALOGUE``: what does not belong to the
article goes first; glosses before shifts, because their brackets stand between the bytes; the
script last, because the bytes are those of the traditional characters.
"""

from dataclasses import dataclass, replace

from fenglian.engine.intake.damage.clone_site import Gloss
from fenglian.engine.intake.damage.draft import Draft, Repair
from fenglian.engine.intake.damage.gloss_table import gloss_table
from fenglian.engine.intake.document import Edit, Span
from fenglian.engine.intake.repairs import gloss, link_farm, script, shift, variant
from fenglian.engine.intake.tables import Tables

CATALOGUE: tuple[Repair, ...] = (
    link_farm.REPAIR,
    gloss.REPAIR,
    shift.REPAIR,
    variant.REPAIR,
    script.REPAIR,
)


@dataclass(frozen=True, slots=True)
class Repaired:
    """A clean text, where it comes from, and what was done to it."""

    text: str
    origins: tuple[Span, ...]  # (characters,) the raw characters each was made from
    edits: tuple[Edit, ...]  # by place
    glosses: tuple[Gloss, ...]  # the page's own table, in its order


def repair(text: str, tables: Tables) -> Repaired:
    """Return the clean text of a page, with a log that gives the page back.

    Parameters
    ----------
    text
        The raw text as decoded, before any cleaner: private-use characters carry bytes.
    tables
        Readings, scripts and words.

    Returns
    -------
    Repaired
        The clean text; what the damage destroyed is ``□``. A clean page comes back as it is.

    Examples
    --------
    >>> from fenglian.data import tables
    >>> repair("產(chǎn)業(yè)鏈?zhǔn)袌鲆?guī)模", tables()).text
    '产业链市场规模'
    """
    draft = Draft.of(text)
    glosses: tuple[Gloss, ...] = ()
    for each in CATALOGUE:
        draft = draft.repaired_by(each, tables)
        if each is shift.REPAIR:  # the last that looks at bytes
            glosses = gloss_table(draft.cells)
    return Repaired(draft.text, draft.origins, draft.edits(), glosses)


def repair_apart(text: str, cut: int, tables: Tables) -> Repaired:
    """Repair a text in two pieces: what a page's frame says does not tell how its article was harmed.

    Parameters
    ----------
    text
        The raw text.
    cut
        Where the article ends and the frame begins, in characters.
    tables
        Readings, scripts and words.
    """
    if cut >= len(text):
        return repair(text, tables)
    first, second = repair(text[:cut], tables), repair(text[cut:], tables)
    shown = len(first.text)
    edits = (
        replace(each, raw=_moved(each.raw, cut), clean=_moved(each.clean, shown))
        for each in second.edits
    )
    origins = (_moved(each, cut) for each in second.origins)
    return Repaired(
        first.text + second.text,
        (*first.origins, *origins),
        (*first.edits, *edits),
        (*first.glosses, *second.glosses),
    )


def _moved(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)


def glosses_of(repaired: Repaired) -> tuple[Gloss, ...]:
    """Return the gloss table that damages the clean text into the page again."""
    return repaired.glosses
