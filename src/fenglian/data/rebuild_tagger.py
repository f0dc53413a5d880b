"""Derive the tagger's weights from cutword's wheel; for maintainers.

``python -m fenglian.data.rebuild_tagger WHEEL`` writes ``data/reading/tagger.npz`` and
``tagger.txt``. The wheel holds the weights as a pickle of torch: it is opened without torch, and
of the pickle only the two calls are obeyed that make tensors of raw numbers.
"""

import io
import json
import pickle
import sys
from collections import OrderedDict
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import numpy as np
from numpy.typing import NDArray

FOLDER = Path(__file__).parent / "reading"
Floats = NDArray[np.float32]


class TensorReader(pickle.Unpickler):
    """Reads a state of tensors and refuses every other class or call."""

    def __init__(self, archive: ZipFile) -> None:
        [index] = [name for name in archive.namelist() if name.endswith("/data.pkl")]
        super().__init__(io.BytesIO(archive.read(index)))
        self._archive = archive
        self._folder = index.removesuffix("data.pkl") + "data/"

    def find_class(self, module: str, name: str) -> Any:
        """Return the one of the calls allowed that a pickle asks for."""
        if (module, name) == ("torch._utils", "_rebuild_tensor_v2"):
            return self._tensor
        if (module, name) == ("collections", "OrderedDict"):
            return OrderedDict
        if (module, name) == ("torch", "FloatStorage"):
            return name
        raise pickle.UnpicklingError(f"{module}.{name} is not a tensor's")

    def persistent_load(self, pid: Any) -> Floats:
        """Return the raw numbers that several tensors may share."""
        return np.frombuffer(self._archive.read(self._folder + pid[2]), "<f4")

    @staticmethod
    def _tensor(
        storage: Floats, start: int, shape: tuple[int, ...], strides: tuple[int, ...], *_: Any
    ) -> Floats:
        steps = [stride * storage.itemsize for stride in strides]
        return np.lib.stride_tricks.as_strided(storage[start:], shape, steps).copy()


def by_gate(weights: Floats) -> Floats:
    """Return torch's gates, input, forget, cell, output, with the cell last."""
    enter, forget, cell, leave = np.split(weights, 4)
    return np.concatenate((enter, forget, leave, cell))


def arrange(state: dict[str, Floats]) -> dict[str, NDArray[np.floating]]:
    """Return the arrays that the engine's tagger reads, of torch's state."""
    plain = {name.removeprefix("module."): tensor for name, tensor in state.items()}
    arrays: dict[str, NDArray[np.floating]] = {
        "embedding": plain["embedding.weight"].astype(np.float16),
        "output": plain["fc.weight"].T,
        "output_bias": plain["fc.bias"],
        "first": plain["crf.start_transitions"],
        "last": plain["crf.end_transitions"],
        "follows": plain["crf.transitions"],
    }
    for layer in (0, 1):
        ways = [f"l{layer}", f"l{layer}_reverse"]
        inputs = [by_gate(plain[f"lstm.weight_ih_{way}"]) for way in ways]
        states = [by_gate(plain[f"lstm.weight_hh_{way}"]).T for way in ways]
        biases = [by_gate(plain[f"lstm.bias_ih_{w}"] + plain[f"lstm.bias_hh_{w}"]) for w in ways]
        arrays[f"input_{layer}"] = np.concatenate(inputs).T
        arrays[f"state_{layer}"] = np.stack(states)
        arrays[f"bias_{layer}"] = np.concatenate(biases)
    return {name: np.ascontiguousarray(array) for name, array in arrays.items()}


def main(wheel: str) -> None:
    """Write the weights and the words of the tagger."""
    with ZipFile(wheel) as parts:
        content = json.loads(parts.read("cutword/ner_vocab_tags.json"))
        with ZipFile(io.BytesIO(parts.read("cutword/model_params.pth"))) as archive:
            state = TensorReader(archive).load()["model_state_dict"]
    np.savez(FOLDER / "tagger.npz", allow_pickle=False, **arrange(state))
    lines = [" ".join(sorted(content["label2id"], key=content["label2id"].get))]
    lines += sorted(content["char2id"], key=content["char2id"].get)
    (FOLDER / "tagger.txt").write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
