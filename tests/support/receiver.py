"""An HTTP server on loopback that notes what it is sent, and behaves as badly as it is told to."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

PATIENCE = 30.0  # seconds until even what hangs gives up


@dataclass(frozen=True)
class Received:
    """One request; the names of `headers` are in lower case."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Receiver:
    """What came, in order, and how each is answered: `answer` is called with its number, from 1."""

    answer: Callable[[int], "Deed"]
    port: int = 0
    host: str = "127.0.0.1"
    scheme: str = "http"
    received: list[Received] = field(default_factory=list)
    names: list[str | None] = field(default_factory=list)  # that TLS was asked for (SNI)
    released: threading.Event = field(default_factory=threading.Event)

    @property
    def url(self) -> str:
        return f"{self.scheme}://{self.host}:{self.port}/hook"


class Deed:
    """What a receiver does with one request."""

    def __call__(self, handler: "Handler", receiver: Receiver) -> None:
        raise AssertionError("each deed says what it does")


@dataclass(frozen=True)
class Status(Deed):
    """Answers. With `late` it first waits until it is released."""

    status: int = 200
    body: bytes = b"thanks"
    headers: tuple[tuple[str, str], ...] = ()
    late: bool = False

    def __call__(self, handler: "Handler", receiver: Receiver) -> None:
        if self.late:
            receiver.released.wait(PATIENCE)
        handler.send_response(self.status)
        for name, value in self.headers:
            handler.send_header(name, value)
        handler.send_header("content-length", str(len(self.body)))
        handler.end_headers()
        handler.wfile.write(self.body)


@dataclass(frozen=True)
class Redirect(Deed):
    """Answers that it is elsewhere."""

    to: str
    status: int = 307

    def __call__(self, handler: "Handler", receiver: Receiver) -> None:
        Status(self.status, b"", (("location", self.to),))(handler, receiver)


class Hang(Deed):
    """Says nothing until it is released."""

    def __call__(self, handler: "Handler", receiver: Receiver) -> None:
        receiver.released.wait(PATIENCE)


@dataclass(frozen=True)
class Drip(Deed):
    """Sends a beginning, then a byte now and then, for ever."""

    beginning: bytes
    pause: float = 0.02

    def __call__(self, handler: "Handler", receiver: Receiver) -> None:
        handler.wfile.write(self.beginning)
        while not receiver.released.wait(self.pause):
            handler.wfile.write(b"x")


class Drop(Deed):
    """Closes the connection without a word."""

    def __call__(self, handler: "Handler", receiver: Receiver) -> None:
        handler.connection.shutdown(socket.SHUT_RDWR)


@dataclass(frozen=True)
class Raw(Deed):
    """Sends bytes that need not be HTTP."""

    data: bytes

    def __call__(self, handler: "Handler", receiver: Receiver) -> None:
        handler.wfile.write(self.data)


class Handler(BaseHTTPRequestHandler):
    """Notes a request, then does what the receiver says."""

    receiver: Receiver
    timeout = PATIENCE

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length", "0")))
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.receiver.received.append(Received(self.command, self.path, headers, body))
        self.close_connection = True
        with suppress(OSError):
            self.receiver.answer(len(self.receiver.received))(self, self.receiver)

    do_GET = do_POST  # noqa: N815 - so that redirects that are followed are seen

    def log_message(self, *_: Any) -> None:
        """Nothing on standard error."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Who hangs up is no news."""


def in_turn(*deeds: Deed) -> Callable[[int], Deed]:
    """One deed after the other; the last for all that follow."""
    return lambda number: deeds[min(number, len(deeds)) - 1]


@contextmanager
def receiving(*deeds: Deed, tls: ssl.SSLContext | None = None) -> Iterator[Receiver]:
    """A receiver that does one of the deeds after the other, as long as the block runs."""
    receiver = Receiver(in_turn(*(deeds or (Status(),))))
    handler = type("BoundHandler", (Handler,), {"receiver": receiver})
    server = _Server((receiver.host, 0), handler)
    receiver.port = server.server_address[1]
    if tls is not None:
        receiver.scheme = "https"
        tls.sni_callback = lambda _socket, name, _context: receiver.names.append(name)
        server.socket = tls.wrap_socket(
            server.socket, server_side=True, do_handshake_on_connect=False
        )
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        receiver.released.set()
        server.shutdown()
        server.server_close()
        thread.join(PATIENCE)
