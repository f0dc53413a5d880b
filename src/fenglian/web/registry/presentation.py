"""What do the registry's pages show? Engine records in words, each fact with its mark."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from django.urls import reverse
from django.utils.translation import gettext as _

from fenglian.data.divisions import divisions
from fenglian.engine.intake.wording import ShownQuantity
from fenglian.engine.labels import Label
from fenglian.engine.quantities import Quantity
from fenglian.engine.registry import records as engine
from fenglian.engine.registry.listing import STATUSES, Making
from fenglian.engine.registry.resolution import Match
from fenglian.web.accounts.actor import Actor
from fenglian.web.intake.wording import language, say, show_quantity
from fenglian.web.registry.marks import Mark, Marker
from fenglian.web.registry.queries import LABELS, OrganisationLine, Relation, slugs_of

SIGNED = Label("签约方", "signing party")
_ENGLISH = {  # first two digits of GB/T 2260 → province
    "11": "Beijing", "12": "Tianjin", "13": "Hebei", "14": "Shanxi", "15": "Inner Mongolia",
    "21": "Liaoning", "22": "Jilin", "23": "Heilongjiang", "31": "Shanghai", "32": "Jiangsu",
    "33": "Zhejiang", "34": "Anhui", "35": "Fujian", "36": "Jiangxi", "37": "Shandong",
    "41": "Henan", "42": "Hubei", "43": "Hunan", "44": "Guangdong", "45": "Guangxi",
    "46": "Hainan", "50": "Chongqing", "51": "Sichuan", "52": "Guizhou", "53": "Yunnan",
    "54": "Tibet", "61": "Shaanxi", "62": "Gansu", "63": "Qinghai", "64": "Ningxia",
    "65": "Xinjiang", "71": "Taiwan", "81": "Hong Kong", "82": "Macao",
}  # fmt: skip
_HALF_DAYS = {"morning": Label("上午", "morning"), "afternoon": Label("下午", "afternoon")}
_INFERRED = {
    "year": Label("年份由发布日推定", "year inferred from the day of publication"),
    "day": Label("日期由前文推定", "day inferred from the sentence before"),
}


@dataclass(frozen=True, slots=True)
class Fact:
    """A value in words with its mark, and where it leads."""

    text: str
    mark: Mark | None
    address: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Measure:
    """A quantity with its mark."""

    quantity: ShownQuantity
    mark: Mark | None


@dataclass(frozen=True, slots=True)
class ShownEvent:
    """An event with everything known of it."""

    title: str
    subject: Fact
    day: Fact | None
    half_day: str
    inferred: tuple[str, ...]
    place: Fact | None
    parts: tuple[tuple[str, tuple[Fact, ...]], ...]  # wording of the part, who played it
    units: tuple[Measure, ...]
    persons: tuple[Measure, ...]
    kinds: Fact | None


@dataclass(frozen=True, slots=True)
class ShownSigning:
    """A signing: named and unnamed parties, total as stated."""

    signer: Fact
    day: str
    partners: tuple[Fact, ...]
    unnamed: int
    unnamed_mark: Mark | None
    count: Measure | None
    totals: tuple[Measure, ...]


@dataclass(frozen=True, slots=True)
class ShownPerson:
    """A person with posts and words."""

    name: str
    posts: tuple[Fact, ...]
    quotations: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class ShownMaking:
    """What an organisation makes or uses according to a pack."""

    product: str
    makes: bool
    figure: str  # empty: not found
    unit: str
    stated: str
    status: str
    mark: Mark | None


@dataclass(frozen=True, slots=True)
class ShownName:
    """A way in which an organisation is written, and why it is believed to be this one."""

    text: str
    reason: str
    score: str
    mark: Mark | None


@dataclass(frozen=True, slots=True)
class Rival:
    """An organisation that a name may stand for; a person decides."""

    name: str
    other: str
    reasons: str


@dataclass(frozen=True, slots=True)
class Writer:
    """Puts the records of one page into words."""

    actor: Actor
    marker: Marker
    places: dict[str, tuple[str, str]]  # key → slug, name

    def organisation(self, key: str | None, written: str, evidence: Iterable[str]) -> Fact:
        slug, name = self.places.get(key or "", ("", written))
        address = reverse("registry:organisation", args=[slug]) if slug else ""
        return Fact(name, self.marker.mark(evidence), address)

    def measure(self, stated: engine.Stated[Quantity]) -> Measure:
        said = [each for number in stated.evidence if (each := self.marker.words(number))]
        quantity = show_quantity(stated.value, said[0].words if said else "")
        return Measure(quantity, self.marker.mark(stated.evidence))

    def event(self, event: engine.Event, about: engine.Registry) -> ShownEvent:
        day, place = event.day, event.place
        met = [each for each in about.attendances if each.event == event.key]
        kinds = next((each.kinds for each in met if each.kinds), None)
        return ShownEvent(
            title=say(engine.EVENTS.get(event.type, Label(event.type, event.type))),
            subject=self.organisation(event.subject, event.subject_name, event.evidence),
            day=Fact(day.value, self.marker.mark(day.evidence)) if day else None,
            half_day=say(_HALF_DAYS[event.half_day]) if event.half_day in _HALF_DAYS else "",
            inferred=tuple(say(_INFERRED[each]) for each in event.inferred),
            place=self._place(place, event.place_name) if place else None,
            parts=tuple(self._parts(event, about)),
            units=tuple(self.measure(each) for one in met for each in one.units),
            persons=tuple(self.measure(each) for one in met for each in one.persons),
            kinds=Fact(kinds.value, self.marker.mark(kinds.evidence)) if kinds else None,
        )

    def _place(self, place: engine.Stated[str], name: str | None) -> Fact:
        return Fact(name or place.value, self.marker.mark(place.evidence), note=place.value)

    def _parts(
        self, event: engine.Event, about: engine.Registry
    ) -> Iterable[tuple[str, tuple[Fact, ...]]]:
        for part, label in engine.PARTS.items():
            played = tuple(
                self.organisation(each.organisation, each.organisation, each.evidence)
                for each in about.parts
                if each.event == event.key and each.part == part
            )
            if played:
                yield say(label), played

    def signing(self, signing: engine.Signing) -> ShownSigning:
        unnamed = signing.placeholders
        return ShownSigning(
            signer=self.organisation(signing.signer, signing.signer_name, signing.evidence),
            day=signing.day or "",
            partners=tuple(
                self.organisation(each.value, each.value, each.evidence)
                for each in signing.partners
            ),
            unnamed=len(unnamed),
            unnamed_mark=self.marker.mark(unnamed[0].evidence) if unnamed else None,
            count=self.measure(signing.partner_count) if signing.partner_count else None,
            totals=tuple(self.measure(each) for each in signing.totals),
        )

    def person(self, person: engine.Person, about: engine.Registry) -> ShownPerson:
        posts = [each for each in about.person_posts if each.person == person.key]
        said = [each for each in about.quotations if each.person == person.key]
        return ShownPerson(
            name=person.name.value,
            posts=tuple(self._post(each) for each in posts),
            quotations=tuple(
                Fact(
                    each.words,
                    self.marker.mark(each.evidence),
                    note=_("in their words") if each.quoted else _("reported"),
                )
                for each in said
            ),
        )

    def _post(self, post: engine.PersonPost) -> Fact:
        slug, name = self.places.get(post.organisation or "", ("", post.organisation_name or ""))
        address = reverse("registry:organisation", args=[slug]) if slug else ""
        mark = self.marker.mark(post.evidence)
        return Fact(post.title, mark, address, note=name)

    def unit_post(self, post: engine.UnitPost) -> Fact:
        """Return a post of an organisation: what it is, of which body, since when."""
        body = self.places.get(post.body or "", ("", post.body or ""))
        address = reverse("registry:organisation", args=[body[0]]) if body[0] else ""
        label = say(engine.UNIT_POSTS[post.post])
        note = _("since %(day)s") % {"day": post.since} if post.since else ""
        return Fact(f"{body[1]} {label}".strip(), self.marker.mark(post.evidence), address, note)

    def making(self, making: Making) -> ShownMaking:
        return ShownMaking(
            product=say(making.label),
            makes=making.makes,
            figure=_interval(making.low, making.high),
            unit=_("%(unit)s a year") % {"unit": say(making.unit_name)} if making.unit_name else "",
            stated=making.stated,
            status=say(STATUSES.get(making.status, Label(making.status, making.status))),
            mark=self.marker.mark((making.id,)),
        )

    def name(self, name: engine.Stated[str], matches: Iterable[Match]) -> ShownName:
        match = next((each for each in matches if each.mention.name == name.value), None)
        reason = match.reasons[0] if match and match.reasons else None
        return ShownName(
            text=name.value,
            reason=say(reason.label) if reason else "",
            score=f"{match.score:.2f}" if match and match.target else "",
            mark=self.marker.mark(name.evidence),
        )


def write_page(actor: Actor, about: engine.Registry, *more: str) -> Writer:
    """Return what writes the records of a page, everything looked up at once."""
    keys = {key for post in about.person_posts for key in (post.organisation,) if key is not None}
    keys |= {key for post in about.unit_posts for key in (post.organisation, post.body) if key}
    keys |= {part.organisation for part in about.parts}
    keys |= {event.subject for event in about.events if event.subject}
    for signing in about.signings:
        keys |= {each.value for each in signing.partners}
        keys |= {signing.signer} if signing.signer else set()
    return Writer(actor, Marker(actor, (*about.evidence(), *more)), slugs_of(actor, keys))


def show_rivals(organisation: engine.Organisation) -> list[Rival]:
    """Return what the names of an organisation may stand for besides, for a person to decide."""
    return [
        Rival(
            match.mention.name,
            rival.target,
            _("; ").join(say(each.label) for each in rival.reasons),
        )
        for match in organisation.matches
        if match.target is None
        for rival in match.rivals
    ]


def show_relations(relations: Iterable[Relation]) -> list[tuple[str, Fact]]:
    """Return what other organisations are to this one: the wording, and whom it leads to."""
    return [
        (
            say(LABELS[each.kind]),
            Fact(
                each.words,
                None,
                reverse("registry:organisation", args=[each.slug]) if each.slug else "",
                _("both say so")
                if each.own and each.other
                else _("as the unit says")
                if each.own
                else _("as the other one says"),
            ),
        )
        for each in relations
    ]


def kind_label(kind: str) -> str:
    """Return the wording of a kind of organisation."""
    return say(engine.KINDS[kind]) if kind in engine.KINDS else ""


def province_label(code: str) -> str:
    """Return the name of a province by its code."""
    label = PROVINCE_NAMES.get(code)
    return say(label) if label else code


PROVINCE_NAMES = {
    rows[-1][0]: Label(name, _ENGLISH.get(rows[-1][0][:2], name))
    for name, rows in divisions().items()
    if rows[-1][0].endswith("0000") and rows[-1][2] is None
}


def line_note(line: OrganisationLine) -> str:
    """Return what a line of the list says below the name."""
    return _note(language(), line.parts, line.kind, line.province)


@lru_cache(maxsize=4096)
def _note(_language: str, parts: tuple[str, ...], kind: str, province: str) -> str:
    words = [say(engine.PARTS[each]) if each in engine.PARTS else say(SIGNED) for each in parts]
    return _(", ").join(words) or _(", ").join(
        filter(None, (kind_label(kind), province_label(province)))
    )


def line_post(line: OrganisationLine) -> str:
    """Return the highest post of a line of the list."""
    ranked = [each for each in engine.UNIT_POSTS if each in line.posts]
    return say(engine.UNIT_POSTS[ranked[0]]) if ranked else ""


def _interval(low: Decimal | None, high: Decimal | None) -> str:
    if low is None and high is None:
        return ""
    ends = [f"{end.normalize():,f}" for end in (low, high) if end is not None]
    return ends[0] if len(set(ends)) == 1 else "–".join(ends)
