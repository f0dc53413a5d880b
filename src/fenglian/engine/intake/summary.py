"""What did a careful reader get out of the page: one plain object, names as written?

The form is the one in which readings are measured: ``facts`` holds rows for organisations,
persons, money, dates, places, counts, events, chain, targets and quantities. It is a projection
of the statements and adds nothing to them.
"""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from fenglian.engine.intake.page import HeaderField
from fenglian.engine.intake.reading import Reading
from fenglian.engine.intake.statements import Statement
from fenglian.engine.quantities import Quantity, plain

Row = list[object]

# Sources that name nobody.
_NOBODY = re.compile(r"^(?:互联网|网络|本站|本网|原创|未知|不详|转载|综合|其他|整理)")
_ROLE_WORDS = {
    "guiding_body": "guiding",
    "chair_unit": "chair unit",
    "co_chair_unit": "co-chair unit",
    "vice_chair_unit": "vice-chair unit",
    "council_member": "council member",
}
_KIND_ROLES = {
    "department": "attended",
    "institute": "affiliation",
    "university": "affiliation",
    "financial_institution": "company",
    "association": "association",
    "facility": "facility",
    "firm": "company",
    "organisation": "company",
}
_SHOWN_DIMENSIONS = ("power", "energy", "mass", "length")
_SYMBOLS = {"兆瓦": "MW", "吉瓦": "GW", "兆瓦时": "MWh", "吉瓦时": "GWh"}
_MONEY_ROLES = {"amount": "investment", "signed_part": "signed_total"}


def sample_form(reading: Reading) -> dict[str, object]:
    """Return the reading's facts in the form of the samples.

    Returns
    -------
    dict
        ``clean_text``, ``facts``, ``published``, ``publisher``, ``source``, ``reporter``,
        ``editor``; a page that names no site counts its source as its publisher. Sums are in
        base units; unknown years stay ``????``.
    """
    header = reading.page.header
    stated = reading.statements
    source = _value(header.source)
    return {
        "clean_text": reading.document.clean_text,
        "facts": {
            "orgs": _organisations(reading),
            "persons": _persons(stated),
            "money": _money(stated),
            "dates": _dates(reading),
            "places": _unique([s.subject, s.value] for s in _of(stated, "place")),
            "counts": _counts(stated),
            "events": _events(stated),
            "chain": _chain(stated),
            "targets": _targets(stated),
            "quantities": _quantities(stated),
        },
        "published": _value(header.published),
        "publisher": _value(header.publisher) or source,
        "source": source,
        "reporter": _value(header.reporter),
        "editor": _value(header.editor),
    }


def _value(field: HeaderField | None) -> str | None:
    return field.value if field else None


def _of(stated: Iterable[Statement], fact: str, *properties: str) -> Iterator[Statement]:
    for statement in stated:
        if statement.fact == fact and (not properties or statement.property in properties):
            yield statement


def _unique(rows: Iterable[Row]) -> list[Row]:
    kept: list[Row] = []
    for row in rows:
        if row not in kept:
            kept.append(row)
    return kept


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _organisations(reading: Reading) -> list[Row]:
    """Rows of name and role: the roles the words give, else one by the kind."""
    stated = reading.statements
    rows = _unique(_given_roles(stated))
    named = {row[0] for row in rows}
    for statement in _of(stated, "organisation", "kind"):
        name, kind = statement.subject, statement.value
        if name in named or kind not in _KIND_ROLES:
            continue  # a zone that plays no part is a venue
        role = "alliance" if name.endswith("联盟") else _KIND_ROLES[kind]
        rows.append([name, role])
    header = reading.page.header
    for field, role in ((header.publisher, "publisher"), (header.source, "source")):
        if field and not _NOBODY.match(field.value):
            rows.append([field.value, role if header.publisher else "publisher"])
    return _unique(rows)


def _given_roles(stated: Iterable[Statement]) -> Iterator[Row]:
    names = {s.subject for s in _of(stated, "organisation")}
    for s in _of(stated, "event", "type"):
        if s.value == "alliance_founded" and s.subject in names:
            yield [s.subject, "alliance" if s.subject.endswith("联盟") else "association"]
    for s in _of(stated, "role"):
        yield [s.value, _ROLE_WORDS.get(s.property, s.property)]
    for s in _of(stated, "signing", "partner"):
        yield [s.value, "partner"]
    for s in _of(stated, "event", "type"):
        if s.value == "signed" and s.subject in names:
            yield [s.subject, "host" if s.subject[-1] == "区" else "party"]
    for s in _of(stated, "amount", "investment"):
        if s.subject in names:
            yield [s.subject, "investor"]
    for s in _of(stated, "chain_relation", "product_of"):
        yield [s.value, "manufacturer"]


def _persons(stated: Iterable[Statement]) -> list[Row]:
    posts: dict[str, list[Statement]] = {}
    for statement in _of(stated, "person_post"):
        posts.setdefault(statement.subject, []).append(statement)
    rows: list[Row] = []
    for name, held in posts.items():
        # The post nearest the name is the person's own; 联盟理事长 stands before it.
        own = sorted(held, key=lambda s: s.qualifier("written") is not None)
        organisation = next((o for s in own if (o := s.qualifier("organisation"))), None)
        titles = list(dict.fromkeys(s.value for s in own))
        rows.append([name, organisation, titles])
    return rows


def _money(stated: Iterable[Statement]) -> list[Row]:
    """Rows of value, currency, bound, role; 千亿级 alone, without a unit, is only a target."""
    aims = {s.clean for s in _of(stated, "target") if s.property != "level"}
    return _unique(
        [
            _number(s.quantity.figure),
            s.qualifier("currency"),
            s.quantity.bound,
            _MONEY_ROLES.get(s.property, s.property),
        ]
        for s in _of(stated, "amount")
        if s.quantity and s.clean not in aims
    )


def _dates(reading: Reading) -> list[Row]:
    rows: list[Row] = [[s.value, s.property] for s in _of(reading.statements, "date")]
    published = reading.page.header.published
    if published:
        rows.append([published.value[:10], "published"])
    return _unique(rows)


def _counts(stated: Iterable[Statement]) -> list[Row]:
    counted = sorted(
        (
            *_of(stated, "count"),
            *_of(stated, "attendance"),
            *_of(stated, "signing", "partners"),
        ),
        key=lambda s: s.clean,
    )
    return _unique(
        [_number(s.quantity.figure), s.quantity.bound, s.quantity.unit]
        for s in counted
        if s.quantity
    )


def _events(stated: tuple[Statement, ...]) -> list[dict[str, object]]:
    events = []
    for s in _of(stated, "event", "type"):
        event: dict[str, object] = {"type": s.value}
        if s.subject:
            event["subject"] = s.subject
        for name in ("date", "place"):
            if (value := s.qualifier(name)) is not None:
                event[name] = value
        if s.value in ("signed", "ground_broken", "investment_planned"):
            event.update(_details(stated, s))
        events.append(event)
    return events


def _details(stated: tuple[Statement, ...], event: Statement) -> Iterator[tuple[str, object]]:
    amounts = [s for s in _of(stated, "amount") if s.subject == event.subject and s.quantity]
    amounts.sort(key=lambda s: s.property not in ("signed_total", "investment"))
    if amounts and amounts[0].quantity:
        yield "amount", _number(amounts[0].quantity.figure)
    partners = [s.value for s in _of(stated, "signing", "partner") if s.subject == event.subject]
    if event.value == "signed" and partners:
        yield "participants", [event.subject, *partners]


def _chain(stated: Iterable[Statement]) -> list[Row]:
    relations = ("supports", "product_of", "supplied_by")
    return _unique(
        [s.subject, s.property, s.value] for s in _of(stated, "chain_relation", *relations)
    )


def _targets(stated: Iterable[Statement]) -> list[Row]:
    return _unique(
        [
            _aimed(s.quantity),
            s.qualifier("what"),
            int(year) if (year := s.qualifier("year")) else None,
        ]
        for s in _of(stated, "target")
        if s.quantity
    )


def _aimed(quantity: Quantity) -> int | float | str:
    """Return the number of a target: shares in percent, power in kilowatts, as they are written."""
    if quantity.unit == "share":
        return f"{plain(quantity.figure * 100)}%"
    if quantity.unit == "MW":
        return _number(quantity.figure * 1000)
    return _number(quantity.figure)


def _quantities(stated: Iterable[Statement]) -> list[Row]:
    """Rows of number, unit and what; ratings of one machine, areas and ranges are left out."""
    return _unique(
        [
            _number(Decimal(s.qualifier("written") or 0)),
            _SYMBOLS.get(unit, unit),
            s.qualifier("what"),
        ]
        for s in _of(stated, "physical_quantity", *_SHOWN_DIMENSIONS)
        for unit in (s.qualifier("written_unit") or "",)
        if s.quantity and s.quantity.top is None and s.qualifier("rating") is None
    )
