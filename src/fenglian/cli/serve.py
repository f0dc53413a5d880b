"""Serve the web app: to this machine only, or to a proxy that stands before it."""

import gc
import logging
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Annotated, Any

import typer

from fenglian.cli.application import Language, fail, home_folder, screen
from fenglian.engine.errors import FenglianError
from fenglian.engine.labels import Label

LOOPBACK = "127.0.0.1"
FIRST_PORT = 8000
TRIED = 20  # ports, from the first one up
THREADS = 4
PROXY_HEADERS = {"x-forwarded-for", "x-forwarded-proto"}
LOCK_FILE = "start.lock"  # in FENGLIAN_HOME
# Compiled once an installation, which takes some twenty seconds: by a child with what time is left,
# so that nobody waits for it who opens the first page of risk or of a drill.
WARM = """
import os
if hasattr(os, "nice"):
    os.nice(10)
import fenglian.engine.kernels.cascade, fenglian.engine.kernels.inventory
"""
WAITING = 1024  # connections, until a thread is free
TURN = 0.0005  # seconds that a thread computes before another may: who sends should not wait longer

Port = Annotated[
    int, typer.Option("--port", min=1, max=65535, help="第一个要试的端口 / first port to try")
]
Host = Annotated[
    str, typer.Option("--host", help="在哪个地址上听；本机以外须有代理 / address to listen on")
]


def run(lang: Language = "zh", port: Port = FIRST_PORT, host: Host = LOOPBACK) -> None:
    """启动网页：给本机，或给前面的反向代理。Serve the web app to this machine or to a proxy."""
    check_host(host, lang)
    open_database()
    serve(lambda address: address, lang, port, host)


def check_host(host: str, language: str) -> None:
    """Refuse other machines unless a proxy with HTTPS stands before this server."""
    if host == LOOPBACK:
        return
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fenglian.web.settings")
    home_folder()
    from django.conf import settings

    if settings.PROXIED and os.environ.get("FENGLIAN_HOSTS"):
        return
    raise fail(
        Label(
            f"在 {host} 上听，别的机器就能连进来。先在前面架好有 HTTPS 的反向代理，再设 "
            "FENGLIAN_HOSTS=域名 与 FENGLIAN_PROXIED=1；做法见 docs/howto/install-for-an-alliance.md。",
            f"Listening on {host} lets other machines in. Put a reverse proxy with HTTPS before it, then "
            "set FENGLIAN_HOSTS=its name and FENGLIAN_PROXIED=1; see "
            "docs/howto/install-for-an-alliance.md.",
        ),
        language,
    )


def open_database() -> None:
    """Load the web app and bring its database up to date; of two first starts one waits."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fenglian.web.settings")
    home = Path(home_folder())
    import django
    from django.core.management import call_command

    django.setup()
    with alone_in(home):
        try:
            call_command("migrate", verbosity=0, interactive=False)
        except FenglianError as fault:
            raise fail(fault, os.environ.get("FENGLIAN_LANG", "zh")) from None


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


def serve(page_of: Callable[[str], str], language: str, port: int, host: str = LOOPBACK) -> None:
    """Serve until Ctrl+C; print the page to open, which is made from the address."""
    from django.conf import settings
    from waitress.server import create_server

    from fenglian.web.audit.anchors import keep_anchor
    from fenglian.web.wsgi import application

    # A proxy sends its visitors to one port: it must not be another one today.
    listener = listen(port, language, host, tried=1 if settings.PROXIED else TRIED)
    keep_anchor()
    address = f"http://{host}:{listener.getsockname()[1]}/"
    server = create_server(
        application, sockets=[listener], threads=THREADS, ident=None, **proxy_options(host)
    )
    opening = Label("请在浏览器打开", "Open in a browser")
    leaving = Label("只在本机可见；按 Ctrl+C 停止。", "Seen by this machine only; Ctrl+C stops it.")
    if settings.PROXIED:
        opening = Label("在这里等反向代理", "Waiting for the reverse proxy at")
        leaving = Label("按 Ctrl+C 停止。", "Ctrl+C stops it.")
    console = screen()
    console.print(f"\n{opening.text(language)}  {page_of(address)}", style="bold", soft_wrap=True)
    console.print(leaving.text(language))
    warming = warm_kernels()
    leave_loaded_alone()
    sys.setswitchinterval(TURN)
    # That somebody waits for a thread is no news, and is told at every request of a busy hour.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    try:
        server.run()
    finally:
        server.close()
        warming.terminate()
        warming.wait()
        console.print(Label("已停止。", "Stopped.").text(language))


def leave_loaded_alone() -> None:
    """Load the pages, and spare the garbage collector what was loaded: it stays to the end.

    Going through all of it takes a quarter of a second, in which nobody is answered.
    """
    from django.urls import get_resolver

    _ = get_resolver().url_patterns
    gc.freeze()


def warm_kernels() -> "subprocess.Popen[bytes]":
    """Have the slow kernels compiled and kept by a child process; what it cannot keep costs later."""
    quiet = subprocess.DEVNULL
    return subprocess.Popen(  # noqa: S603  # our own words
        [sys.executable, "-c", WARM], stdin=quiet, stdout=quiet, stderr=quiet
    )


def proxy_options(host: str) -> dict[str, Any]:
    """Return what the server is to believe of a proxy; without one, nothing."""
    from django.conf import settings

    if not settings.PROXIED:
        return {}
    # At the loopback address only a proxy on this machine can ask.
    trusted = LOOPBACK if host == LOOPBACK else "*"
    return {"trusted_proxy": trusted, "trusted_proxy_headers": PROXY_HEADERS}


def listen(port: int, language: str, host: str = LOOPBACK, *, tried: int = TRIED) -> socket.socket:
    """Take the first free port from the one asked for, and listen there."""
    last = min(port + tried, 65536) - 1
    for candidate in range(port, last + 1):
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, int(os.name != "nt"))
        try:
            listener.bind((host, candidate))
            # Two may have bound one port, with SO_REUSEADDR; only one of them may listen.
            listener.listen(WAITING)
        except OSError:
            listener.close()
            continue
        return listener
    span = f"{port}–{last}" if last > port else f"{port}"
    raise fail(
        Label(
            f"{host} 上用不了端口 {span}：已被占用，或没有这个地址。请用 --port 另选。",
            f"No port {span} at {host}: taken, or there is no such address. Choose with --port.",
        ),
        language,
    )
