"""The command line: one file a command."""

from importlib import import_module

# Names only: a command's libraries are loaded when that command runs.
COMMANDS = ("brief", "chain", "demo", "pack", "read", "serve", "user", "verbs")


def main() -> None:
    """Run the command that the arguments name."""
    from fenglian.cli.application import build_application, forgive_narrow_terminals

    forgive_narrow_terminals()
    build_application(import_module(f"fenglian.cli.{name}") for name in COMMANDS)()
