"""The child that parses a stranger's file: bytes in, lines of JSON out.

Run as a script in an interpreter of its own, with a limit on memory and on time, and without
anything of Fenglian in it but one parser of ``parsers``, loaded by its path: should a parser go
wrong, it goes wrong here and alone. The last line is ``{"end": …}``, ``done`` or the name of what
stopped it; where it is not there, the child was stopped.
"""

import io
import json
import sys
from collections.abc import Callable, Iterator
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any, TextIO

WRITTEN = 64 * 1024 * 1024  # characters at the very most that go back
Read = Callable[..., Iterator[dict[str, Any]]]


def limit_resources(memory_bytes: int, seconds: int) -> bool:
    """Bound this process where the platform can; return whether it could."""
    try:
        import resource  # noqa: PLC0415  not on every platform
    except ImportError:
        return False
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    return True


def load_parser(name: str) -> Read:
    """Return the ``read`` of a parser, without the package that it stands in."""
    spec = spec_from_file_location(name, Path(__file__).parent / "parsers" / f"{name}.py")
    if spec is None or spec.loader is None:
        raise ImportError(name)
    module = module_from_spec(spec)
    sys.modules[name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    read: Read = module.read
    return read


def write_lines(lines: Iterator[dict[str, Any]], stream: TextIO) -> None:
    """Write every line; stop where they get too many."""
    written = 0
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    try:
        for line in lines:
            words = encode(line)
            written += len(words)
            if written > WRITTEN:
                stream.write('{"end":"memory","at":""}\n')
                return
            stream.write(words + "\n")
    except MemoryError:
        stream.write('{"end":"memory","at":""}\n')


def main(arguments: list[str]) -> None:
    """Read standard input, write standard output; takes parser, memory, seconds, its bounds."""
    memory, seconds, *bounds = map(int, arguments[1:])
    sys.modules["numpy"] = None  # type: ignore[assignment]  # openpyxl would load it, and threads
    read = load_parser(arguments[0])
    limit_resources(memory, seconds)
    content = sys.stdin.buffer.read()
    output = io.TextIOWrapper(sys.stdout.buffer, "utf-8", errors="surrogatepass", newline="\n")
    write_lines(read(content, *bounds), output)
    output.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
