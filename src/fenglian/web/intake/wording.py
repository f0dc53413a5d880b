"""The engine's wording, in the language of the request."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from fenglian.engine.intake import wording
from fenglian.engine.intake.wording import ShownQuantity
from fenglian.engine.labels import Label
from fenglian.engine.quantities import Quantity

REPAIRS = {
    "gloss": Label("删拼音夹注", "pinyin gloss removed"),
    "script": Label("繁体转简体", "converted to simplified"),
    "shift": Label("字节错位还原", "shifted bytes rebuilt"),
    "orphan": Label("残字还原", "orphaned byte rebuilt"),
    "lost": Label("无法还原", "lost"),
    "variant": Label("异体还原", "variant put right"),
    "farm": Label("剔除附带文字", "furniture cut"),
}


def language() -> str:
    """Return the language of the request."""
    return get_language() or "zh"


def say(label: Label) -> str:
    """Return the wording of an engine label."""
    return label.text(language())


def fact_label(name: str) -> str:
    """Return the label of a fact type."""
    return say(wording.fact_label(name))


def property_label(fact: str, name: str) -> str:
    """Return the label of a property."""
    return say(wording.property_label(fact, name))


def qualifier_label(name: str) -> str:
    """Return the label of a qualifier."""
    return say(wording.qualifier_label(name))


def say_code(name: str, value: str) -> str:
    """Return what a qualifier or property of that name means by a value."""
    return say(wording.code_label(name, value))


def show_value(property_name: str, value: str) -> str:
    """Return a value as it is shown: a code in words, a moment with a blank."""
    return wording.show_value(property_name, value, language())


def repair_label(kind: str) -> str:
    """Return what a kind of edit did to the text."""
    return say(REPAIRS[kind]) if kind in REPAIRS else kind


def show_quantity(quantity: Quantity, words: str = "") -> ShownQuantity:
    """Return a quantity in a unit of readable size, with the bound word that the source has."""
    return wording.show_quantity(quantity, words, language())


def show_size(size: int) -> str:
    """Return a number of bytes in readable size."""
    if size < 1000:
        return _("%(count)s bytes") % {"count": size}
    if size < 1_000_000:
        return f"{size / 1000:.1f} kB"
    return f"{size / 1_000_000:.1f} MB"
