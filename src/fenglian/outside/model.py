"""How is a language model asked, if the operator has switched one on? One question, one answer.

An OpenAI-compatible endpoint, reached without proxies and without redirects, in bounded time and
size. What it says is text from outside; ``engine.intake.suggestions`` decides what of it counts.
"""

import http.client
import json
import socket
import ssl
import threading
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from fenglian.outside.model_faults import (
    ModelAddress,
    ModelMalformed,
    ModelOff,
    ModelRefused,
    ModelTooMuch,
    ModelTooSlow,
    ModelUnreachable,
)

SECONDS = 30.0  # for the whole answer, once connected; as long again to connect
MOST_BYTES = 262_144
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a model is asked; the operator's own choice. Without ``url`` nothing is sent."""

    url: str  # of the chat completions
    model: str
    key: str = ""

    def __repr__(self) -> str:
        """Return the address without the key."""
        return f"Endpoint({self.url!r}, {self.model!r})"


def ask_model(endpoint: Endpoint, prompt: str, *, seconds: float = SECONDS) -> str:
    """Return the words of the model's one answer.

    Raises
    ------
    ModelFault
        Nothing is switched on, or no answer came that can be read; in bounded time.
    """
    if not endpoint.url or not endpoint.model:
        raise ModelOff
    link = _connect(endpoint, seconds)
    late = threading.Event()
    timer = threading.Timer(seconds, _cut, (link, late))
    timer.daemon = True
    try:
        link.connect()
        timer.start()
        body = _exchange(link, endpoint, prompt)
    except TimeoutError:
        raise ModelTooSlow(seconds=seconds) from None
    except (OSError, http.client.HTTPException, ValueError) as fault:
        if late.is_set():
            raise ModelTooSlow(seconds=seconds) from None
        raise ModelUnreachable(why=type(fault).__name__) from None
    finally:
        timer.cancel()
        link.close()
    if late.is_set():
        raise ModelTooSlow(seconds=seconds)
    return _words(body)


def _connect(endpoint: Endpoint, seconds: float) -> http.client.HTTPConnection:
    try:
        parts = urlsplit(endpoint.url)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise ModelAddress(url=endpoint.url[:200]) from None
    if host and not parts.username and parts.scheme == "https":
        context = ssl.create_default_context()
        return http.client.HTTPSConnection(host, port, timeout=seconds, context=context)
    if host in LOOPBACK and not parts.username and parts.scheme == "http":
        return http.client.HTTPConnection(host, port, timeout=seconds)
    raise ModelAddress(url=endpoint.url[:200])


def _cut(link: http.client.HTTPConnection, late: threading.Event) -> None:
    """End a connection at the deadline, however slowly it drips."""
    late.set()
    if link.sock is not None:
        try:
            link.sock.shutdown(socket.SHUT_RDWR)
        except OSError:  # ended by itself meanwhile
            return


def _exchange(link: http.client.HTTPConnection, endpoint: Endpoint, prompt: str) -> bytes:
    parts = urlsplit(endpoint.url)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    question = {
        "model": endpoint.model,
        "temperature": 0,
        "messages": [{"role": "user", "content": prompt}],
    }
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    if endpoint.key:
        headers["Authorization"] = f"Bearer {endpoint.key}"
    link.request("POST", path, json.dumps(question).encode(), headers)
    answer = link.getresponse()
    if answer.status != 200:
        raise ModelRefused(status=answer.status)
    body = answer.read(MOST_BYTES + 1)
    if len(body) > MOST_BYTES:
        raise ModelTooMuch(limit=MOST_BYTES)
    return body


def _words(body: bytes) -> str:
    try:
        found: Any = json.loads(body)
        words = found["choices"][0]["message"]["content"]
    except (ValueError, RecursionError, LookupError, TypeError):
        raise ModelMalformed from None
    if not isinstance(words, str):
        raise ModelMalformed
    return words
