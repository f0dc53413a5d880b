"""What may be asked of the chain? The words of an address, checked."""

from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from django.http import Http404, QueryDict

from fenglian.web.chain.queries import Wanted


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address of the map asks for."""

    wanted: Wanted = field(default_factory=Wanted)
    product: str = ""
    everything: bool = False
    table: bool = False

    def address(self, **changes: object) -> str:
        """Return the query of this address with something changed."""
        then = replace(self, **changes)  # type: ignore[arg-type]  # names are our own fields
        scenario = _scenario(then.wanted)
        return "?" + urlencode([*([("scenario", scenario)] if scenario else []), *then.kept])

    @property
    def kept(self) -> tuple[tuple[str, str], ...]:
        """What a form of another scenario must carry along."""
        found = (
            ("product", self.product),
            ("show", "all" if self.everything else ""),
            ("view", "table" if self.table else ""),
        )
        return tuple((name, value) for name, value in found if value)


def _scenario(wanted: Wanted) -> str:
    return f"{wanted.scenario}@{wanted.year}" if wanted.year else wanted.scenario


def read_asked(query: QueryDict) -> Asked:
    """Return what an address asks for."""
    return Asked(
        wanted=read_wanted(query.get("scenario", "")),
        product=query.get("product", "")[:60],
        everything=query.get("show") == "all",
        table=query.get("view") == "table",
    )


def read_wanted(words: str) -> Wanted:
    """Return the scenario that is written ``id@year``; a year that is none is not here."""
    name, _at, year = words[:80].partition("@")
    if year and not (year.isascii() and year.isdecimal() and len(year) == 4):
        raise Http404
    return Wanted(name, int(year) if year else None)
