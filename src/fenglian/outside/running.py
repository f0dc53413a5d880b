"""How is a parser run, so that a stranger's file can do no harm? In a child, and its lines read."""

import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fenglian.outside import child

_PATIENCE = 2  # times the child's seconds: those are of computing, and the machine may be busy
_NEEDED = ("SYSTEMROOT",)  # without it Python does not start on Windows
ABORTED = -6  # how a child ends, by its own hand, that could not get the memory it asked for
STOPPED = "stopped"  # the end of a child that was ended from outside


@dataclass(frozen=True, slots=True)
class Room:
    """What a child may use."""

    memory_bytes: int
    seconds: int  # of computing


def run_parser(
    parser: str, content: bytes, room: Room, bounds: tuple[int, ...]
) -> Iterator[dict[str, Any]]:
    """Yield the lines of a parser; the last one has ``end``, whatever becomes of the child."""
    limits = (room.memory_bytes, room.seconds, *bounds)
    command = [sys.executable, "-I", "-X", "utf8", str(Path(child.__file__)), parser]
    environment = {"OPENPYXL_LXML": "False", "OPENPYXL_DEFUSEDXML": "True"}
    environment |= {key: os.environ[key] for key in _NEEDED if key in os.environ}
    try:
        done = subprocess.run(  # noqa: S603  our own interpreter, our own file, numbers
            [*command, *map(str, limits)],
            input=content,
            capture_output=True,
            timeout=_PATIENCE * room.seconds,
            env=environment,
            check=False,
        )
    except subprocess.TimeoutExpired:
        yield {"end": STOPPED}
        return
    yield from read_lines(done.stdout, done.returncode)


def read_lines(output: bytes, code: int = 0) -> Iterator[dict[str, Any]]:
    """Yield the lines that a child wrote, up to its end or to where it was cut off."""
    for words in io.BytesIO(output):  # line by line: json keeps line ends within words apart
        try:
            line: dict[str, Any] = json.loads(words)
        except ValueError:
            break  # cut off in the middle: it was stopped
        yield line
        if "end" in line:
            return
    yield {"end": STOPPED, "code": code}
