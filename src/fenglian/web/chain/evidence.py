"""On which sources does a shown number rest? One mark a number, one popover a set of sources."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fenglian.engine.advice.case import Case
from fenglian.engine.chain.model import Chain
from fenglian.engine.chain.records import Source
from fenglian.engine.disclosure.classes import DataClass, highest

ASSUMPTION = "ASSUME"


@dataclass(frozen=True, slots=True)
class Mark:
    """A source mark; it opens the popover of its number."""

    id: str
    label: str
    title: str
    assumed: bool
    synthetic: bool


@dataclass(frozen=True, slots=True)
class Proof:
    """What a popover shows: the sources, or how a number was calculated."""

    mark: Mark
    sources: tuple[Source, ...]
    calculation: tuple[str, ...]  # lines


class Evidence:
    """The marks of one page; equal sets of sources share one popover."""

    def __init__(self, rests: Chain | Case, packs: Iterable[str], *, synthetic: bool) -> None:
        self._sources: Mapping[str, Source]
        if isinstance(rests, Case):
            self._sources = {each.id: each for each in rests.sources}
            name, year = rests.scenario_id, rests.year
        else:
            self._sources = rests.sources
            name, year = rests.scenario.id, rests.scenario.year
        self._synthetic = synthetic
        self._proofs: dict[tuple[tuple[str, ...], bool], Proof] = {}
        self._method = (
            _("Calculated from the packs %(packs)s") % {"packs": " + ".join(packs)},
            _("scenario %(name)s, %(year)s") % {"name": name, "year": year},
            f"SHA-256 {rests.fingerprint[:16]}",
        )

    @property
    def proofs(self) -> tuple[Proof, ...]:
        """What the page's marks open, in order."""
        return tuple(self._proofs.values())

    def mark(self, names: Iterable[str], *, assumed: bool = False) -> Mark | None:
        """Return the mark of a set of sources; None where there are none."""
        known = tuple(sorted({name for name in names if name in self._sources}))
        if not known:
            return None
        return self._keep(known, assumed, ())

    def calculated(self, *, assumed: bool = False) -> Mark:
        """Return the mark of a number that was counted or calculated from everything."""
        return self._keep((), assumed, self._method)

    def _keep(self, names: tuple[str, ...], assumed: bool, method: tuple[str, ...]) -> Mark:
        key = names, assumed
        if key not in self._proofs:
            sources = sorted((self._sources[name] for name in names), key=lambda each: each.grade)
            mark = Mark(
                id=f"ev-{len(self._proofs) + 1}",
                label=self._label(tuple(sources), assumed=assumed),
                title=self._title(tuple(sources), assumed=assumed),
                assumed=assumed,
                synthetic=self._synthetic,
            )
            self._proofs[key] = Proof(mark, tuple(sources), method)
        return self._proofs[key].mark

    def _label(self, sources: tuple[Source, ...], *, assumed: bool) -> str:
        top = highest([DataClass.S0, *(source.data_class for source in sources)])
        if self._synthetic:
            return _("demo") if top is DataClass.S0 else f"{_('demo')} {top}"
        if top is not DataClass.S0 and len(sources) == 1:
            return _("self-stated %(data_class)s") % {"data_class": top}
        if assumed or any(source.id == ASSUMPTION for source in sources):
            return _("assumed")
        if not sources:
            return _("calc.")
        if len(sources) == 1:
            return f"{sources[0].grade} {sources[0].id}"
        words = ngettext("%(grade)s %(count)s source", "%(grade)s %(count)s sources", len(sources))
        said = words % {"grade": sources[-1].grade, "count": len(sources)}
        return said if top is DataClass.S0 else f"{said} {top}"

    def _title(self, sources: tuple[Source, ...], *, assumed: bool) -> str:
        if not sources:
            return _("How this was calculated")
        said = _("; ").join(source.title for source in sources[:3])
        return (
            _("Rests in part on an assumption: %(sources)s") % {"sources": said}
            if assumed
            else said
        )
