"""Where are anchors kept? One line a day in the installation's folder, and wherever people put them."""

from collections.abc import Iterable
from pathlib import Path

from django.conf import settings

from fenglian.web.audit.chain import Anchor, read_anchors
from fenglian.web.audit.faults import NoAnchor
from fenglian.web.audit.queries import find_anchor

FILE = "anchors.txt"  # in FENGLIAN_HOME


def anchors_file() -> Path:
    """Return the file to which every start adds the day's anchor."""
    return Path(settings.HOME) / FILE


def keep_anchor() -> Anchor:
    """Return the anchor of this moment; the day's first is added to the file."""
    anchor = find_anchor()
    file = anchors_file()
    if anchor.day not in {each.day for each in kept_anchors()}:
        with file.open("a", encoding="utf-8") as stream:
            stream.write(f"{anchor.line()}\n")
    return anchor


def kept_anchors() -> tuple[Anchor, ...]:
    """Return the anchors of the installation's own file."""
    file = anchors_file()
    return read_anchors(_text(file)) if file.exists() else ()


def load_anchors(files: Iterable[Path]) -> tuple[Anchor, ...]:
    """Return the anchors of other files; raises ``NoAnchor`` where one holds none."""
    found: list[Anchor] = []
    for file in files:
        anchors = read_anchors(_text(file)) if file.is_file() else ()
        if not anchors:
            raise NoAnchor(place=str(file))
        found += anchors
    return tuple(found)


def _text(file: Path) -> str:
    # A letter or a printed page may be in any charset; an anchor is ASCII.
    return file.read_text("utf-8", errors="replace")
