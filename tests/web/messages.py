"""Which words does the web show? Collects them, keeps the Chinese catalogue and compiles it.

``python -m tests.web.messages`` brings ``django.po`` up to date with the sources, new keys
without a translation, and writes ``django.mo``. With ``--check`` nothing is written: it names
what is out of date or without a translation.
"""

import io
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

WEB = Path(__file__).resolve().parents[2] / "src" / "fenglian" / "web"
PO = WEB / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
MO = PO.with_suffix(".mo")
FIRST = datetime(2026, 11, 23, tzinfo=UTC)  # fixed: a date of each run would be noise
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


def collect() -> Catalog:
    """Return every key that the sources use, without translations."""
    catalog = Catalog(project="Fenglian", charset="utf-8")
    for path in sorted([*WEB.rglob("*.py"), *WEB.rglob("*.html")]):
        place = path.relative_to(WEB).as_posix()
        for key, context in _keys(path):
            flags = ("python-format",) if "%(" in str(key) else ()
            catalog.add(key, locations=[(place, 0)], context=context, flags=flags)
    return catalog


def _keys(path: Path) -> Iterator[tuple[str | tuple[str, ...], str | None]]:
    source = path.read_text("utf-8")
    if path.suffix == ".html":
        source = templatize(source, origin=str(path))
    stream = io.BytesIO(source.encode())
    options = {"encoding": "utf-8"}
    for _line, key, _comments, context in extract("python", stream, KEYWORDS, options=options):
        yield (tuple(key) if isinstance(key, list | tuple) else key), context


def stored() -> Catalog:
    """Return the catalogue that is kept in the repository."""
    with PO.open("rb") as stream:
        return read_po(stream, locale="zh_Hans", charset="utf-8")


def compiled(catalog: Catalog) -> bytes:
    """Return a catalogue as a .mo file."""
    stream = io.BytesIO()
    write_mo(stream, catalog)
    return stream.getvalue()


def translations(message: Message) -> tuple[str, ...]:
    """Return the translations of a message, one a plural form; "" where one is missing."""
    words = message.string
    return (words,) if isinstance(words, str) else tuple(map(str, words or ("",)))


def first(message: Message) -> str:
    """Return the translation of a message; of plural forms the first."""
    return translations(message)[0]


def renew() -> bytes:
    """Return the stored catalogue brought up to date with the sources, as a .po file."""
    fresh, old = collect(), stored() if PO.exists() else Catalog(locale="zh_Hans")
    for message in fresh:
        known = old.get(message.id, message.context)
        if message.id and known is not None:
            message.string = known.string
    fresh.locale, fresh.fuzzy = "zh_Hans", False
    fresh.header_comment = "# The words of the web in Simplified Chinese; the keys are English."
    fresh.creation_date = fresh.revision_date = FIRST
    fresh.last_translator = fresh.language_team = fresh.msgid_bugs_address = "Fenglian"
    stream = io.BytesIO()
    write_po(stream, fresh, sort_output=True, omit_header=False, include_lineno=False, width=96)
    return stream.getvalue()


def update() -> None:
    """Bring the stored catalogue up to date with the sources, and compile it."""
    PO.write_bytes(renew())
    # Compiled from what was written, so that the test can do the same.
    MO.write_bytes(compiled(stored()))


def find_faults() -> list[str]:
    """Return what is wrong with the stored catalogue, a line each."""
    faults = [
        f"no translation: {message.id!r}"
        for message in stored()
        if message.id and not all(translations(message))
    ]
    if renew() != PO.read_bytes():
        faults.append(f"{PO.name} is not what the sources use")
    if compiled(stored()) != MO.read_bytes():
        faults.append(f"{MO.name} is not compiled from {PO.name}")
    return faults


def main(arguments: list[str]) -> int:
    """Update the catalogue, or with ``--check`` say what an update would change."""
    if arguments != ["--check"]:
        update()
        return 0
    faults = find_faults()
    for fault in faults:
        sys.stderr.write(f"{fault}\n")
    if faults:
        sys.stderr.write("Run python -m tests.web.messages and translate what is new.\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
