"""Serve the web app on this machine, and to this machine only."""

import os
import socket
from collections.abc import Callable
from typing import Annotated

import typer

from fenglian.cli.application import Language, fail, home_folder, screen
from fenglian.engine.labels import Label

LOOPBACK = "127.0.0.1"
FIRST_PORT = 8000
TRIED = 20  # ports, from the first one up
THREADS = 4

Port = Annotated[
    int, typer.Option("--port", min=1, max=65535, help="第一个要试的端口 / first port to try")
]


def run(lang: Language = "zh", port: Port = FIRST_PORT) -> None:
    """在本机启动网页。Serve the web app on this machine."""
    open_database()
    serve(lambda address: address, lang, port)


def open_database() -> None:
    """Load the web app and bring its database up to date."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fenglian.web.settings")
    home_folder()
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0, interactive=False)


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
    """Bind the first free port from the one asked for."""
    last = min(port + TRIED, 65536) - 1
    for candidate in range(port, last + 1):
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, int(os.name != "nt"))
        try:
            listener.bind((LOOPBACK, candidate))
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
