"""How far may a value travel? The class of each field, and of a page made of many fields.

S0 to S3 rise: each has fewer readers than the one before. P, what is known of a person, stands
beside them and not above or below: who may read prices may not therefore read telephone numbers,
nor the other way round. Two questions must hence not be mixed up:

*May this reader see it?* Ask for every class that went in; ``highest`` does not answer that.

*What is printed on the page?* One word, by ``highest``: S0 < S1 < S2 < P < S3. S3 stands above P
because a field that nobody declared counts as S3, and nothing may be printed under a milder
word than what nobody has judged. ``mark`` names P beside S3, so that it does not vanish.
"""

from collections.abc import Iterable
from enum import StrEnum

from fenglian.engine.errors import UnknownDataClass
from fenglian.engine.labels import Label


class DataClass(StrEnum):
    """The class of a field; a string too, so that a column table may write it."""

    S0 = "S0"  # public: stated by a source that everybody can read
    S1 = "S1"  # members
    S2 = "S2"  # nameplate that is not public, utilisation, output, backlog
    S3 = "S3"  # price, cost, customer, terms, plans; and whatever is not declared
    P = "P"  # of a person: contacts, legal representative

    @property
    def label(self) -> Label:
        """The class in words."""
        return _LABELS[self]

    @property
    def readers(self) -> Label:
        """Who reads it as a rule, in words for the one who fills in a form."""
        return _READERS[self]


UNDECLARED = DataClass.S3
_LABELS = {
    DataClass.S0: Label("公开", "public"),
    DataClass.S1: Label("成员内部", "members only"),
    DataClass.S2: Label("经营敏感", "sensitive"),
    DataClass.S3: Label("商业秘密", "confidential"),
    DataClass.P: Label("个人信息", "personal"),
}
_READERS = {
    DataClass.S0: Label("任何人", "everybody"),
    DataClass.S1: Label("联盟成员", "members of the alliance"),
    DataClass.S2: Label(
        "本单位；其他单位须经本单位授权，或只见汇总",
        "your own organisation; others with your grant, or in totals only",
    ),
    DataClass.S3: Label(
        "本单位；其他单位须经本单位授权", "your own organisation; others with your grant"
    ),
    DataClass.P: Label(
        "本单位和获授权者；每次查看留记录",
        "your own organisation and whom you grant it; each look is recorded",
    ),
}
_FOR_PRINTING = (DataClass.S0, DataClass.S1, DataClass.S2, DataClass.P, DataClass.S3)


def declared_class(word: str | None) -> DataClass:
    """Return the class that a declaration names; nothing declared is ``UNDECLARED``.

    Raises
    ------
    UnknownDataClass
        Where something is declared that is no class.

    Examples
    --------
    >>> declared_class("S2"), declared_class("")
    (<DataClass.S2: 'S2'>, <DataClass.S3: 'S3'>)
    """
    if word is None or not word.strip():
        return UNDECLARED
    try:
        return DataClass(word.strip())
    except ValueError:
        raise UnknownDataClass(word=word, known=", ".join(DataClass)) from None


def highest(classes: Iterable[DataClass | None]) -> DataClass:
    """Return the one class to print on what is made of these: S0 < S1 < S2 < P < S3.

    Parameters
    ----------
    classes
        Of every field that went in; None where a field's class is not declared.

    Returns
    -------
    DataClass
        Of nothing at all ``UNDECLARED``: who names no class has declared none.

    Examples
    --------
    >>> highest([DataClass.S0, DataClass.P, DataClass.S2])
    <DataClass.P: 'P'>
    >>> highest([DataClass.S0, None])
    <DataClass.S3: 'S3'>
    """
    found = [UNDECLARED if each is None else each for each in classes]
    return max(found, key=_FOR_PRINTING.index, default=UNDECLARED)


def mark(classes: Iterable[DataClass | None]) -> Label:
    """Return the words to print on what is made of these; P is named beside S3."""
    found = list(classes)
    top = highest(found)
    if top is DataClass.P or DataClass.P not in found:
        return top.label
    person = DataClass.P.label
    return Label(f"{top.label.zh}（含{person.zh}）", f"{top.label.en}, {person.en} data within")
