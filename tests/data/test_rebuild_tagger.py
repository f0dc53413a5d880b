"""Is the tagger's pickle opened without obeying anything in it but tensors?"""

import io
import os
import pickle
from collections import OrderedDict
from typing import Any
from zipfile import ZipFile

import numpy as np
import pytest

from fenglian.data.rebuild_tagger import TensorReader, by_gate


def archive(state: bytes, raw: bytes = b"") -> ZipFile:
    content = io.BytesIO()
    with ZipFile(content, "w") as made:
        made.writestr("model/data.pkl", state)
        made.writestr("model/data/0", raw)
    return ZipFile(content)


class Writer(pickle.Pickler):
    def persistent_id(self, obj: Any) -> Any:
        return ("stored", "FloatStorage", "0", "cpu", 6) if obj == "storage" else None


@pytest.mark.parametrize("call", [os.system, eval, np.array])
def test_any_other_call_is_refused(call: Any) -> None:
    with pytest.raises(pickle.UnpicklingError, match="not a tensor"):
        TensorReader(archive(pickle.dumps(call))).load()


def test_a_storage_is_read_as_raw_numbers() -> None:
    raw = np.arange(6, dtype="<f4")
    content = io.BytesIO()
    Writer(content).dump(OrderedDict(weights="storage"))
    state = TensorReader(archive(content.getvalue(), raw.tobytes())).load()
    assert state["weights"].tolist() == raw.tolist()
    tensor = TensorReader._tensor(state["weights"], 1, (2, 2), (1, 2))
    assert tensor.tolist() == [[1, 3], [2, 4]]


def test_the_cell_gate_comes_last() -> None:
    assert by_gate(np.arange(8, dtype=np.float32)).tolist() == [0, 1, 2, 3, 6, 7, 4, 5]
