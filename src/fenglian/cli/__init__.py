"""The command line: one file a command."""

from importlib import import_module
from keyword import iskeyword

# Names only: a command's libraries are loaded when that command runs.
COMMANDS = (
    "alliance", "analyse", "audit", "backup", "brief", "chain", "demo", "evaluate-reading", "export", "import",
    "init", "pack", "read", "read-sheet", "remind", "resolve", "restore", "serve", "user", "verbs",
)  # fmt: skip


def module_of(command: str) -> str:
    """Return the name of a command's file; no module can be named as a word of Python's own."""
    return f"{command}_" if iskeyword(command) else command.replace("-", "_")


def main() -> None:
    """Run the command that the arguments name."""
    from fenglian.cli.application import build_application, forgive_narrow_terminals

    forgive_narrow_terminals()
    build_application(import_module(f"fenglian.cli.{module_of(name)}") for name in COMMANDS)()
