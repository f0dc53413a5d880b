"""What do all commands share: language, messages, exit codes."""

import os
import sys
from collections.abc import Iterable
from io import TextIOWrapper
from pathlib import Path
from types import ModuleType
from typing import Annotated

import typer
from rich.console import Console

from fenglian.engine.errors import FenglianError
from fenglian.engine.labels import Label

Language = Annotated[
    str, typer.Option("--lang", envvar="FENGLIAN_LANG", help="zh | en", show_default=True)
]


def build_application(commands: Iterable[ModuleType]) -> typer.Typer:
    """Build the command line from modules that each offer ``run``, or a ``FAMILY`` of commands."""
    application = typer.Typer(
        name="fenglian",
        help="风链:读文、记录、计算。Fenglian: reads, remembers, computes.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    application.callback()(_greet)
    for command in commands:
        name = command.__name__.rpartition(".")[2].rstrip("_").replace("_", "-")
        if hasattr(command, "FAMILY"):
            application.add_typer(_build_family(command), name=name)
        else:
            application.command(name)(command.run)
    return application


def _build_family(command: ModuleType) -> typer.Typer:
    """Build a command that has commands of its own, such as ``audit verify``."""
    family = typer.Typer(no_args_is_help=True, help=command.HELP)
    for name, run in command.FAMILY.items():
        family.command(name)(run)
    return family


def _greet() -> None:
    """风链 Fenglian:产业联盟与产业链体系的软件。Software of an alliance and its industry chain."""


def screen(*, stderr: bool = False) -> Console:
    """Return a console that never cuts Chinese text short when its output is piped."""
    console = Console(stderr=stderr, highlight=False)
    if not console.is_terminal:
        console = Console(stderr=stderr, highlight=False, width=120)
    return console


def fail(fault: FenglianError | Label, language: str) -> typer.Exit:
    """Print what went wrong and return the exit to raise."""
    text = fault.message(language) if isinstance(fault, FenglianError) else fault.text(language)
    screen(stderr=True).print(text, style="red", markup=False)
    return typer.Exit(code=1)


def home_folder() -> str:
    """Return the folder of what this installation remembers, and make sure the web knows it."""
    return os.environ.setdefault("FENGLIAN_HOME", str(Path.home() / ".fenglian"))


def printable(name: str) -> str:
    """Return a name without what could steer a terminal; it is shown, never opened."""
    return "".join(character for character in name if character.isprintable())


def forgive_narrow_terminals() -> None:
    """Write characters that a terminal's charset lacks as escapes, where it would break off."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
