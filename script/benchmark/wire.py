"""HTTP with as little work as can be: what the driver needs is missing from the server.

It speaks just enough for gunicorn's answers and keeps connections open.
"""

import re
import resource
import select
import socket
import time
from collections import Counter
from dataclasses import dataclass, field

HOST = "127.0.0.1"
PATIENCE = 60
PIECE = 1 << 18
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_CHUNKED = re.compile(rb"\r\ntransfer-encoding: *chunked", re.IGNORECASE)
LAST_CHUNK = b"\r\n0\r\n\r\n"
_COOKIE = re.compile(rb"\r\nset-cookie: *([^;\r]+)", re.IGNORECASE)
_LOCATION = re.compile(rb"\r\nlocation: *([^\r]+)", re.IGNORECASE)


class Broken(Exception):
    """The server closed a connection before its answer was whole, or did not answer in time."""


@dataclass(frozen=True)
class Answer:
    status: int
    head: bytes
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def location(self) -> str:
        found = _LOCATION.search(self.head)
        return found[1].decode() if found else ""

    @property
    def cookies(self) -> list[str]:
        return [each.decode() for each in _COOKIE.findall(self.head)]


@dataclass
class Round:
    """What came of asking the same thing again and again."""

    seconds: float
    statuses: Counter[int] = field(default_factory=Counter)
    driver_cpu: float = 0.0

    @property
    def count(self) -> int:
        return self.statuses.total()

    @property
    def per_second(self) -> float:
        return self.count / self.seconds


def request(
    method: str, path: str, port: int, headers: dict[str, str] | None = None, body: bytes = b""
) -> bytes:
    """Return the bytes of a request, as a browser that speaks German sends them."""
    lines = {"Host": f"{HOST}:{port}", "Accept-Language": "de", **(headers or {})}
    if method == "POST":
        lines["Content-Type"] = "application/x-www-form-urlencoded"
        lines["Content-Length"] = str(len(body))
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return f"{method} {path} HTTP/1.1\r\n{head}\r\n".encode() + body


class Connection:
    """One connection for one request after the other."""

    def __init__(self, port: int) -> None:
        self._socket = _connect(port)

    def ask(self, message: bytes) -> Answer:
        """Send a request and wait for the whole answer."""
        self._socket.sendall(message)
        received = self._socket.recv(PIECE)
        while (size := _size(received)) is None or len(received) < size:
            piece = self._socket.recv(PIECE)
            if not piece:
                raise Broken(received[:200].decode(errors="replace"))
            received += piece
        head, _, body = received.partition(b"\r\n\r\n")
        return Answer(_status(head), head, body)

    def close(self) -> None:
        self._socket.close()


def ask(port: int, path: str, headers: dict[str, str] | None = None) -> Answer:
    """Get one page over a connection of its own."""
    connection = Connection(port)
    try:
        return connection.ask(request("GET", path, port, headers))
    finally:
        connection.close()


def hammer(port: int, message: bytes, *, connections: int, seconds: float) -> Round:
    """Send the same request over some connections, each as soon as its last answer is whole."""
    result = Round(seconds)
    began, cpu = time.perf_counter(), _own_cpu()
    poll = select.epoll()
    open_ones = {each.fileno(): each for each in (_connect(port) for _ in range(connections))}
    received = dict.fromkeys(open_ones, b"")
    for number, each in open_ones.items():
        poll.register(number, select.EPOLLIN)
        each.sendall(message)
    while (now := time.perf_counter()) - began < seconds:
        for number, _event in poll.poll(1):
            piece = open_ones[number].recv(PIECE)
            if not piece:
                raise Broken("the server closed a connection that was to be kept")
            received[number] += piece
            size = _size(received[number])
            if size is not None and len(received[number]) >= size:
                result.statuses[_status(received[number])] += 1
                received[number] = b""
                open_ones[number].sendall(message)
    result.seconds = now - began
    result.driver_cpu = _own_cpu() - cpu
    poll.close()
    for each in open_ones.values():
        each.close()
    return result


def _connect(port: int) -> socket.socket:
    connection = socket.create_connection((HOST, port), timeout=PATIENCE)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return connection


def _size(received: bytes) -> int | None:
    """Return how long the answer is with its head, None while that cannot be said."""
    end = received.find(b"\r\n\r\n")
    if end < 0:
        return None
    if _CHUNKED.search(received, 0, end):
        return len(received) if received.endswith(LAST_CHUNK) else None
    length = _LENGTH.search(received, 0, end)
    return end + 4 + (int(length[1]) if length else 0)


def _status(received: bytes) -> int:
    return int(received[9:12])


def _own_cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime
