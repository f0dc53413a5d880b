"""A model is asked once, in bounded time and size, and never where none is switched on."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from fenglian.outside.model import MOST_BYTES, Endpoint, ask_model
from fenglian.outside.model_faults import (
    ModelAddress,
    ModelMalformed,
    ModelOff,
    ModelRefused,
    ModelTooMuch,
    ModelTooSlow,
    ModelUnreachable,
)

Answer = Callable[[BaseHTTPRequestHandler], None]


@contextmanager
def serving(answer: Answer) -> Iterator[tuple[Endpoint, list[tuple[dict[str, str], Any]]]]:
    """Run an endpoint that answers so; yield it, and what it is sent."""
    asked: list[tuple[dict[str, str], Any]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            asked.append((dict(self.headers), json.loads(body)))
            try:
                answer(self)
            except OSError:
                return  # nobody listens any longer

        def log_message(self, *_words: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield Endpoint(f"http://127.0.0.1:{server.server_port}/v1/chat", "m", "secret"), asked
    finally:
        server.shutdown()
        server.server_close()


def body(content: bytes, status: int = 200, **headers: str) -> Answer:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(content)))
        handler.end_headers()
        handler.wfile.write(content)

    return answer


def said(words: object) -> bytes:
    return json.dumps({"choices": [{"message": {"content": words}}]}).encode()


def drip(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.end_headers()
    for _turn in range(400):
        handler.wfile.write(b" ")
        handler.wfile.flush()
        time.sleep(0.01)  # the server's own slowness is what is tested


def test_it_is_asked_once_and_its_words_come_back() -> None:
    with serving(body(said("好"))) as (endpoint, asked):
        assert ask_model(endpoint, "问") == "好"
    [(headers, question)] = asked
    assert headers["Authorization"] == "Bearer secret"
    assert question["messages"] == [{"role": "user", "content": "问"}]
    assert "tools" not in question
    assert "secret" not in repr(endpoint)


@pytest.mark.parametrize("endpoint", [Endpoint("", "m"), Endpoint("http://127.0.0.1:1/", "")])
def test_nothing_is_sent_where_none_is_switched_on(endpoint: Endpoint) -> None:
    with pytest.raises(ModelOff):
        ask_model(endpoint, "问")


@pytest.mark.parametrize(
    "url",
    [
        "http://example.com/", "ftp://127.0.0.1/", "file:///etc/passwd", "https://",
        "https://user:word@example.com/", "http://127.0.0.1:port/", "http://[::1", "127.0.0.1:80",
    ],
)  # fmt: skip
def test_only_https_or_this_machine_is_asked(url: str) -> None:
    with pytest.raises(ModelAddress):
        ask_model(Endpoint(url, "m"), "问")


@pytest.mark.parametrize("status", [301, 302, 307, 401, 429, 500])
def test_another_status_is_a_fault_and_no_redirect_is_followed(status: int) -> None:
    with serving(body(said("x"), status, Location="http://127.0.0.1:1/")) as (endpoint, asked):
        with pytest.raises(ModelRefused):
            ask_model(endpoint, "问")
        assert len(asked) == 1


@pytest.mark.parametrize(
    "content",
    [
        b"", b"<html>", b"\xff\xfe", b"[]", b'{"choices": []}', b'{"choices": [{"message": null}]}',
        said(None), said(["x"]), said(5), b"[" * 100_000, b"1" * 5000,
    ],
)  # fmt: skip
def test_an_answer_of_another_form_is_a_fault(content: bytes) -> None:
    with serving(body(content)) as (endpoint, _asked), pytest.raises(ModelMalformed):
        ask_model(endpoint, "问")


def test_an_answer_that_is_too_large_is_not_read_to_its_end() -> None:
    with (
        serving(body(said("x" * MOST_BYTES * 4))) as (endpoint, _asked),
        pytest.raises(ModelTooMuch),
    ):
        ask_model(endpoint, "问")


def test_one_that_drips_is_cut_at_the_deadline() -> None:
    with serving(drip) as (endpoint, _asked), pytest.raises(ModelTooSlow):
        ask_model(endpoint, "问", seconds=0.2)


def test_one_that_is_silent_is_cut_at_the_deadline() -> None:
    silence = threading.Event()

    def keep_silent(_handler: BaseHTTPRequestHandler) -> None:
        silence.wait(5)

    with serving(keep_silent) as (endpoint, _asked):
        with pytest.raises(ModelTooSlow):
            ask_model(endpoint, "问", seconds=0.2)
        silence.set()


def test_one_that_is_not_there_cannot_be_reached() -> None:
    with serving(body(b"")) as (endpoint, _asked):
        pass
    with pytest.raises(ModelUnreachable):
        ask_model(endpoint, "问")


def test_one_that_hangs_up_cannot_be_reached() -> None:
    def hang_up(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"nonsense\r\n\r\n")

    with serving(hang_up) as (endpoint, _asked), pytest.raises(ModelUnreachable):
        ask_model(endpoint, "问")
