"""Words of the table of rights in the language of the request."""

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from fenglian.engine.disclosure.classes import DataClass
from fenglian.engine.labels import Label
from fenglian.web.access.rights import Cell, Relation, Right, cell
from fenglian.web.accounts.actor import Role

RELATIONS = {
    Relation.OWN: _("own unit's"),
    Relation.GRANTED: _("granted"),
    Relation.PARTY: _("agreements that name one"),
    Relation.OTHER: _("others'"),
}
RIGHT_NAMES = {
    Right.READ: _("read"),
    Right.WRITE: _("write"),
    Right.PROPOSE: _("propose"),
    Right.ANSWER: _("confirm or dispute"),
}
STATED = _("%(what)s for a confirmed purpose")


def say(label: Label) -> str:
    """Return a label in the language of the request."""
    return label.text(get_language() or "zh")


def describe_cell(found: Cell) -> list[tuple[str, str]]:
    """Return what a cell of the table allows: whose rows, and what with them."""
    lines = []
    for relation, whose in RELATIONS.items():
        rights = found.of(relation)
        if rights:
            what = "·".join(str(name) for right, name in RIGHT_NAMES.items() if right in rights)
            if relation is Relation.OTHER and found.stated:
                what = str(STATED % {"what": what})
            lines.append((str(whose), what))
    return lines


def describe_table() -> list[tuple[str, list[list[tuple[str, str]]]]]:
    """Return the whole table: by role, for each class what it allows."""
    return [
        (str(role.label), [describe_cell(cell(role, each)) for each in DataClass]) for role in Role
    ]
