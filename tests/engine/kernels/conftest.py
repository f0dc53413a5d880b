"""Kernels as plain Python, as NUMBA_DISABLE_JIT makes them: so that coverage sees them too."""

import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import numba
import pytest

Uncompile = Callable[..., ModuleType]


@pytest.fixture
def uncompile(monkeypatch: pytest.MonkeyPatch) -> Uncompile:
    """Return how to load the file of a kernel anew without compiling it, or what it needs."""

    def load(kernel: ModuleType, *needed: ModuleType) -> ModuleType:
        for each in needed:
            monkeypatch.setitem(sys.modules, each.__name__, load(each))
        name = f"{kernel.__name__.rpartition('.')[2]}_uncompiled"
        spec = importlib.util.spec_from_file_location(name, Path(str(kernel.__file__)))
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        monkeypatch.setattr(numba.core.config, "DISABLE_JIT", True)
        monkeypatch.setitem(sys.modules, name, module)
        spec.loader.exec_module(module)
        return module

    return load
