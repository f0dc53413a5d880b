"""What a reading must be told: dictionaries, as values.

The engine opens no file. ``fenglian.data`` reads the tables it ships and hands over an object
of this shape; a test hands over a small one built in code.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Words(Protocol):
    """A word list with frequencies, the language model of the repairs."""

    def log_frequency(self, word: str) -> float | None:
        """Return ln(count / total); None where the list does not know the word."""
        ...


class Weights(Protocol):
    """What the tagger of names has learnt.

    ``arrays`` has ``embedding`` (characters × inputs), for each of two layers ``input_N``
    (inputs × 8h), ``state_N`` (2 × h × 4h) and ``bias_N`` (8h) with the forward direction first
    and the gates in the order input, forget, output, cell; ``output`` (2h × tags) and
    ``output_bias``; of the CRF ``first``, ``last`` and ``follows`` (from × to).
    """

    @property
    def characters(self) -> Mapping[str, int]:
        """Token → its row of the embedding."""
        ...

    @property
    def tags(self) -> tuple[str, ...]:
        """O, B_ORG, M_ORG, E_ORG, S_ORG …"""
        ...

    @property
    def arrays(self) -> "Mapping[str, NDArray[np.floating]]":
        """The weights by name."""
        ...


class Tables(Protocol):
    """The dictionaries that a reading uses."""

    @property
    def readings(self) -> Mapping[str, tuple[str, ...]]:
        """Character → its pinyin readings with tone marks, commonest first."""
        ...

    @property
    def simplified(self) -> Mapping[str, str]:
        """Traditional character → simplified one, where they differ."""
        ...

    @property
    def simplified_words(self) -> Mapping[str, str]:
        """Traditional word → simplified word of the same length, where characters alone mislead."""
        ...

    @property
    def traditional(self) -> Mapping[str, str]:
        """Simplified character → the traditional one that the known clone sites write."""
        ...

    @property
    def words(self) -> Words:
        """Chinese words with their frequencies."""
        ...

    @property
    def tagger(self) -> Weights | None:
        """What the tagger of names has learnt; None where there is none."""
        ...

    @property
    def divisions(self) -> Mapping[str, tuple[tuple[str, int, int | None], ...]]:
        """Full name → (GB/T 2260 code, first year, last year or None while valid), by year."""
        ...
