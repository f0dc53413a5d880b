"""Which characters of a sentence look like a name? A small neural tagger, run with numpy alone.

Two bidirectional LSTM layers read the characters, a linear-chain conditional random field picks
the tags (Huang, Xu and Yu 2015, arXiv:1508.01991). The weights are cutword's; see the data's
README. What is recognised is a hint: ``mentions`` holds it against the rules.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fenglian.engine.intake.document import Span
from fenglian.engine.intake.tables import Weights

Floats = NDArray[np.float32]
Places = NDArray[np.intp]

_RUN = re.compile(r"[a-z0-9.%]+|\S")
_SIGN = re.compile(r"\S")
_HAN = range(0x4E00, 0xA000)
_ROWS = 16  # sentences that are read side by side
_PIECE = 4 * 65_536  # multiplications; OpenBLAS shares what is larger among its threads


@dataclass(frozen=True, slots=True)
class Recognised:
    """A run of characters that the tagger takes for a name."""

    kind: str  # the tagger's own: ORG, PERSON, LOC, COMMERCIAL …
    span: Span  # within its sentence


@dataclass(frozen=True)
class Recogniser:
    """The tagger with what it has learnt."""

    weights: Weights

    def recognise(self, sentences: Sequence[str]) -> tuple[tuple[Recognised, ...], ...]:
        """Return the names of each sentence by place; each is read for itself."""
        found: list[tuple[Recognised, ...]] = [()] * len(sentences)
        tokens = [list(self._tokens(sentence)) for sentence in sentences]
        order = sorted((n for n in range(len(tokens)) if tokens[n]), key=lambda n: -len(tokens[n]))
        for start in range(0, len(order), _ROWS):
            rows = order[start : start + _ROWS]
            batch = [tokens[row] for row in rows]
            for row, tags in zip(rows, self._tag(batch), strict=True):
                found[row] = tuple(self._names(tokens[row], tags))
        return tuple(found)

    def _tag(self, batch: list[list[re.Match[str]]]) -> Iterator[list[int]]:
        """Yield the tags of the sentences of a batch, the longest first."""
        lengths = np.array([len(tokens) for tokens in batch])
        steps = np.arange(lengths[0])
        inside = steps < lengths[:, None]
        # From the end of a sentence backwards; what is padded stays where it is.
        back = np.where(inside, lengths[:, None] - 1 - steps, steps)
        rows = np.zeros(inside.shape, np.intp)
        rows[inside] = [self._row(token.group()) for tokens in batch for token in tokens]
        used, rows = np.unique(rows, return_inverse=True)
        known = self.weights.arrays["embedding"][used].astype(np.float32)
        sums = _product(known, self.weights.arrays["input_0"])
        gates = (sums + self.weights.arrays["bias_0"])[rows.reshape(inside.shape)]
        states = self._run(gates, self.weights.arrays["state_0"], lengths, back)
        gates = _product(states, self.weights.arrays["input_1"]) + self.weights.arrays["bias_1"]
        states = self._run(gates, self.weights.arrays["state_1"], lengths, back)
        scores = (
            _product(states, self.weights.arrays["output"]) + self.weights.arrays["output_bias"]
        )
        return self._best_paths(scores, lengths)

    def _run(self, gates: Floats, weights: Floats, lengths: Places, back: Places) -> Floats:
        """Run one layer in both directions: rows × steps × 8h in, rows × steps × 2h out."""
        rows, steps, width = gates.shape
        size = width // 8
        turned = np.take_along_axis(gates[..., 4 * size :], back[..., None], axis=1)
        feed = np.stack((gates[..., : 4 * size], turned)).transpose(2, 0, 1, 3)
        out = np.zeros((2, rows, steps, size), np.float32)
        state = cell = np.zeros((2, rows, size), np.float32)
        for step in range(steps):
            live = int(np.searchsorted(-lengths, -step))  # the longest stand first
            z = feed[step, :, :live] + state[:, :live] @ weights
            opened = 0.5 * np.tanh(0.5 * z[..., : 3 * size]) + 0.5  # the logistic function
            cell = opened[..., size : 2 * size] * cell[:, :live] + opened[..., :size] * np.tanh(
                z[..., 3 * size :]
            )
            state = opened[..., 2 * size :] * np.tanh(cell)
            out[:, :live, step] = state
        straight = np.take_along_axis(out[1], back[..., None], axis=1)
        return np.concatenate((out[0], straight), axis=-1)

    def _best_paths(self, scores: Floats, lengths: Places) -> Iterator[list[int]]:
        """Yield the best row of tags of each sentence (Viterbi)."""
        best = scores[:, 0] + self.weights.arrays["first"]
        came = np.zeros(scores.shape, np.uint8)
        follows = np.ascontiguousarray(self.weights.arrays["follows"].T)  # to × from
        for step in range(1, scores.shape[1]):
            live = int(np.searchsorted(-lengths, -step))
            ways = best[:live, None, :] + follows
            came[:live, step] = choice = ways.argmax(axis=2)
            best[:live] = (
                np.take_along_axis(ways, choice[..., None], 2)[..., 0] + scores[:live, step]
            )
        ends = (best + self.weights.arrays["last"]).argmax(axis=1)
        for row, length in enumerate(lengths.tolist()):
            tags = [int(ends[row])]
            for step in range(length - 1, 0, -1):
                tags.append(int(came[row, step, tags[-1]]))
            yield tags[::-1]

    def _row(self, token: str) -> int:
        known = self.weights.characters.get(token)
        if known is not None:
            return known
        if token.isdigit():
            return self.weights.characters["[NUMBER]"]
        return self.weights.characters["[HANZI]" if ord(token[0]) in _HAN else "[UNK]"]

    def _names(self, tokens: list[re.Match[str]], tags: list[int]) -> Iterator[Recognised]:
        begun: tuple[int, str] | None = None
        for token, number in zip(tokens, tags, strict=True):
            place, _, kind = self.weights.tags[number].partition("_")
            if place in ("B", "S"):
                begun = token.start(), kind
            if place in ("E", "S") and begun is not None:
                yield Recognised(begun[1], Span(begun[0], token.end()))
            if place not in ("B", "M"):
                begun = None

    def _tokens(self, sentence: str) -> Iterator[re.Match[str]]:
        """Yield the characters; a run of Latin letters and digits is one where it is known."""
        lowered = "".join(low if len(low := sign.lower()) == 1 else sign for sign in sentence)
        for run in _RUN.finditer(lowered):
            if run.group() in self.weights.characters:
                yield run
            else:
                yield from _SIGN.finditer(lowered, *run.span())


def _product(rows: Floats, weights: Floats) -> Floats:
    """Return ``rows @ weights`` (… × k by k × n), in pieces too small to be shared among threads.

    The threads of the library behind numpy wait busily for more: on a page they cost more than
    all the rest of the tagger.
    """
    inputs, outputs = weights.shape
    wide = next(n for n in (128, outputs) if outputs % n == 0)
    tall = _PIECE // (inputs * wide)
    flat = rows.reshape(-1, inputs)
    padded = np.zeros((-(-len(flat) // tall) * tall, inputs), np.float32)
    padded[: len(flat)] = flat
    left = padded.reshape(-1, 1, tall, inputs)
    right = weights.reshape(inputs, -1, wide).transpose(1, 0, 2)
    found = (left @ np.ascontiguousarray(right)).transpose(0, 2, 1, 3)
    return found.reshape(len(padded), outputs)[: len(flat)].reshape(*rows.shape[:-1], outputs)
