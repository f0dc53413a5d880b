"""Serve the web app on this machine, and to this machine only."""

import os
import socket
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Annotated

import typer

from fenglian.cli.application import Language, fail, home_folder, screen
from fenglian.engine.labels import Label

LOOPBACK = "127.0.0.1"
FIRST_PORT = 8000
TRIED = 20  # ports, from the first one up
THREADS = 4
LOCK_FILE = "start.lock"  # in FENGLIAN_HOME
WAITING = 1024  # connections, until a thread is free

Port = Annotated[
    int, typer.Option("--port", min=1, max=65535, help="第一个要试的端口 / first port to try")
]


def run(lang: Language = "zh", port: Port = FIRST_PORT) -> None:
    """在本机启动网页。Serve the web app on this machine."""
    open_database()
    serve(lambda address: address, lang, port)


def open_database() -> None:
    """Load the web app and bring its database up to date; of two first starts one waits."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fenglian.web.settings")
    home = Path(home_folder())
    import django
    from django.core.management import call_command

    django.setup()
    with alone_in(home):
        call_command("migrate", verbosity=0, interactive=False)


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Hold a folder's lock; the system frees it when its holder ends, however it ends."""
    with (folder / LOCK_FILE).open("ab") as file:
        _lock(file)
        yield


if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[bytes]) -> None:
        file.seek(0)
        while True:
            try:
                return msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
            except OSError:  # another one holds it
                time.sleep(0.1)

else:
    import fcntl

    def _lock(file: IO[bytes]) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX)


def serve(page_of: Callable[[str], str], language: str, port: int) -> None:
    """Serve until Ctrl+C; print the page to open, which is made from the address."""
    from waitress.server import create_server

    from fenglian.web.wsgi import application

    listener = listen(port, language)
    address = f"http://{LOOPBACK}:{listener.getsockname()[1]}/"
    server = create_server(application, sockets=[listener], threads=THREADS, ident=None)
    opening = Label("请在浏览器打开", "Open in a browser")
    leaving = Label("只在本机可见；按 Ctrl+C 停止。", "Seen by this machine only; Ctrl+C stops it.")
    console = screen()
    console.print(f"\n{opening.text(language)}  {page_of(address)}", style="bold", soft_wrap=True)
    console.print(leaving.text(language))
    try:
        server.run()
    finally:
        server.close()
        console.print(Label("已停止。", "Stopped.").text(language))


def listen(port: int, language: str) -> socket.socket:
    """Take the first free port from the one asked for, and listen there."""
    last = min(port + TRIED, 65536) - 1
    for candidate in range(port, last + 1):
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, int(os.name != "nt"))
        try:
            listener.bind((LOOPBACK, candidate))
            # Two may have bound one port, with SO_REUSEADDR; only one of them may listen.
            listener.listen(WAITING)
        except OSError:
            listener.close()
            continue
        return listener
    raise fail(
        Label(
            f"端口 {port}–{last} 都被占用。请用 --port 另选。",
            f"Ports {port}–{last} are all taken. Choose another with --port.",
        ),
        language,
    )
