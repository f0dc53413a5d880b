"""As whom does a command of the alliance work? As the person whose key it is given, and no more.

The key is one of those that a person makes on the account page, for one alliance; a command sees
and does what the API does with it. It comes from the environment or a file, never from the
arguments, which others on the machine can read.
"""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fenglian.cli.application import fail, printable, screen
from fenglian.cli.serve import open_database
from fenglian.engine.errors import FenglianError
from fenglian.engine.labels import Label

if TYPE_CHECKING:
    from fenglian.web.accounts.actor import Actor

KEY = "FENGLIAN_KEY"
KeyFile = Annotated[
    Path | None,
    typer.Option(
        "--key-file",
        help="钥匙所在的文件；不写用 FENGLIAN_KEY / file with the key, else FENGLIAN_KEY",
    ),
]
INVENTED = Label("演示数据，全为虚构", "demo data, all of it invented")


@contextmanager
def acting(key_file: Path | None, language: str) -> "Iterator[Actor]":
    """Open the installation as the key's person; what refuses them ends the command with the reason."""
    key = read_key(key_file, language)
    open_database()
    from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
    from django.utils.translation import override

    from fenglian.web.access.wall import lower_wall, raise_wall
    from fenglian.web.accounts.queries import find_actor_by_key

    with override("en" if language.startswith("en") else "zh-hans"):
        actor = find_actor_by_key(key)
        if actor is None:
            raise fail(
                Label(
                    "钥匙不对，或已停用。请在“我的账号”页另做一把。",
                    "The key is wrong, or was taken back. Make another on the account page.",
                ),
                language,
            )
        raise_wall(actor)
        try:
            yield actor
        except FenglianError as fault:
            raise fail(fault, language) from None
        except PermissionDenied as refusal:
            words = str(refusal) or "–"
            raise fail(Label(f"不能办：{words}", f"Refused: {words}"), language) from None
        except ObjectDoesNotExist:
            raise fail(
                Label("没有这一项，或不对您开放。", "There is none, or it is not open to you."),
                language,
            ) from None
        except OSError as fault:
            name = printable(str(fault.filename))
            raise fail(
                Label(
                    f"打不开或写不了“{name}”：{fault.strerror}。请检查路径。",
                    f"{name!r} cannot be opened: {fault.strerror}. Check the path.",
                ),
                language,
            ) from None
        finally:
            lower_wall()


def read_key(file: Path | None, language: str) -> str:
    """Return the key from the file or the environment."""
    try:
        key = file.read_text("utf-8").strip() if file else os.environ.get(KEY, "").strip()
    except (OSError, UnicodeDecodeError):
        key = ""
    if not key:
        raise fail(
            Label(
                f"没有钥匙。请在“我的账号”页做一把，设成 {KEY}，或用 --key-file 指明文件。",
                f"There is no key. Make one on the account page and set {KEY}, or name its file "
                "with --key-file.",
            ),
            language,
        )
    return key


def print_title(actor: "Actor", words: Label, language: str) -> None:
    """Print what follows: in which alliance, and whether it is invented."""
    here = Label(actor.alliance.zh, actor.alliance.en).text(language)
    mark = f"  [{INVENTED.text(language)}]" if actor.alliance.synthetic else ""
    screen().print(f"{here} · {words.text(language)}{mark}", style="bold", markup=False)


def print_rows(heads: Iterable[Label], rows: Iterable[Iterable[object]], language: str) -> None:
    """Print a table; what is not known is a dash."""
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False)
    for head in heads:
        table.add_column(head.text(language), overflow="fold")
    for row in rows:
        table.add_row(*(Text(_words(each)) for each in row))
    screen().print(table)


def _words(value: object) -> str:
    return "–" if value is None or value == "" else printable(str(value))


def write_file(path: Path, content: bytes) -> None:
    """Write what was asked for, readable by its owner alone, and say how much it is."""
    path.write_bytes(content)
    path.chmod(0o600)
    screen().print(f"{path}  {len(content):,} B", markup=False, soft_wrap=True)
