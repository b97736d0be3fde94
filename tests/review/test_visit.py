"""mksite.review.visit against a server that misbehaves in every way."""

from __future__ import annotations

import socket
import threading
import time
from collections import Counter
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import pytest

from mksite.review.visit import Manners, Visit, visit_all

if TYPE_CHECKING:
    from collections.abc import Iterator

HURRIED = Manners(timeout=1, pause=0.01, is_private_allowed=True)
GOOD = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n"
# What is said first, what then again and again, and how many seconds between.
LONG = {
    "/silent": (b"", b"", 0.2),
    "/drip": (b"", b"H", 0.2),
    "/endless": (b"HTTP/1.1 200 OK\r\n\r\n", b"x" * 65_536, 0),
}
SHORT = {
    "/garbage": b"\x00\x01 good day\r\n\r\n",
    "/wide": b"HTTP/1.1 200 OK\r\nX: " + b"x" * 70_000 + b"\r\n\r\n",
    "/nothing": b"",
    "/busy": b"HTTP/1.1 429 Slowly\r\nRetry-After: 3600\r\n\r\n",
    "HEAD /no-head": b"HTTP/1.1 405 No\r\n\r\n",
}


class Badly:
    """A server on this machine whose answer a path chooses; it counts what it is asked."""

    def __init__(self) -> None:
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port = self.listening.getsockname()[1]
        self.asked: Counter[tuple[str, str]] = Counter()
        self.within = self.most_within = 0
        self.over = threading.Event()
        self.guard = threading.Lock()
        threading.Thread(target=self._serve, daemon=True).start()

    def address(self, path: str, host: str = "127.0.0.1") -> str:
        """The address of a path here."""
        return f"http://{host}:{self.port}{path}"

    def _serve(self) -> None:
        while True:
            try:
                end, _ = self.listening.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(end,), daemon=True).start()

    def _answer(self, end: socket.socket) -> None:
        with end, suppress(OSError):
            with self.guard:
                self.within += 1
                self.most_within = max(self.most_within, self.within)
            try:
                asked = end.recv(65_536).decode("latin-1")
                method, path, _ = asked.split(" ", 2)
                self.asked[method, path] += 1
                self._say(end, method, path)
            finally:
                with self.guard:
                    self.within -= 1

    def _say(self, end: socket.socket, method: str, path: str) -> None:
        if path in LONG:
            self._go_on(end, path)
        elif path.startswith("/to/"):
            _, _, status, place = path.split("/", 3)
            where = place.replace("HERE", self.address(""))
            end.sendall(f"HTTP/1.1 {status} Go\r\nLocation: {where}\r\n\r\n".encode())
        elif path == "/tired" and self.asked[method, path] < 3:
            end.sendall(b"HTTP/1.1 503 Later\r\nRetry-After: 0\r\n\r\n")
        elif path.startswith("/status/"):
            end.sendall(f"HTTP/1.1 {path[8:]} So\r\n\r\n".encode())
        else:
            end.sendall(SHORT.get(f"{method} {path}", SHORT.get(path, GOOD)))

    def _go_on(self, end: socket.socket, path: str) -> None:
        """Says something again and again, until somebody hangs up."""
        first, again, pause = LONG[path]
        end.sendall(first)
        while not self.over.wait(pause):
            end.sendall(again)


@contextmanager
def serving() -> Iterator[Badly]:
    """The server, as long as it is needed."""
    server = Badly()
    try:
        yield server
    finally:
        server.over.set()
        server.listening.close()


@pytest.fixture
def server() -> Iterator[Badly]:
    """A server that misbehaves."""
    with serving() as there:
        yield there


def seen(*addresses: str, manners: Manners = HURRIED) -> dict[str, Visit]:
    """What the visits show."""
    shown: dict[str, Visit] = {}
    visit_all(addresses, manners, shown.__setitem__)
    return shown


CASES = {
    "/good": Visit("good", 200),
    "/страница?имя=значение": Visit("good", 200),
    "/no-head": Visit("good", 200),
    "/endless": Visit("good", 200),
    "/tired": Visit("good", 200),
    "/status/404": Visit("gone", 404),
    "/status/410": Visit("gone", 410),
    "/status/403": Visit("closed", 403),
    "/status/451": Visit("closed", 451),
    "/status/500": Visit("failing", 500),
    "/busy": Visit("closed", 429),
    "/silent": Visit("timeout"),
    "/drip": Visit("timeout"),
    "/garbage": Visit("no-http"),
    "/wide": Visit("no-http"),
    "/nothing": Visit("broken-off"),
    "/to/302/HERE/good": Visit("good", 200),
    "/to/302/HERE/status/404": Visit("gone", 404),
    "/to/302//elsewhere": Visit("good", 200),
    "/to/302/file:///etc/passwd": Visit("no-http"),
    "/to/302/http://[": Visit("no-http"),
}


@pytest.mark.parametrize("path", CASES)
def test_whatever_answers(server: Badly, path: str) -> None:
    """Each way of misbehaving has its state, and none holds a visit up for long."""
    address = server.address(path)
    assert seen(address)[address] == CASES[path]


def test_moved_for_good(server: Badly) -> None:
    """Only where every step is for ever the new address is told."""
    for_ever = server.address("/to/308/HERE/to/301/HERE/new")
    for_now = server.address("/to/302/HERE/to/301/HERE/new")
    shown = seen(for_ever, for_now)
    assert shown[for_ever] == Visit("moved", 200, server.address("/new"))
    assert shown[for_now] == Visit("good", 200)


def test_endless_redirects(server: Badly) -> None:
    """Redirects that do not end are followed a few steps."""
    address = server.address("/to/302/" + "HERE/to/302/" * 10 + "HERE/end")
    assert seen(address)[address] == Visit("too-many-redirects")


def test_no_such_host() -> None:
    """A host that no name server knows, and one that cannot be one."""
    shown = seen("http://nowhere.invalid/", f"http://{'я' * 70}.kg/", "http://[x/")
    assert {visit.state for visit in shown.values()} == {"no-host"}


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "[::1]", "10.0.0.1", "169.254.169.254", "[::ffff:127.0.0.1]"]
)
def test_nobody_knocks_inside(server: Badly, host: str) -> None:
    """An address of this machine or a private network is not asked at all."""
    address = server.address("/good", host)
    careful = Manners(timeout=1, pause=0)
    assert seen(address, manners=careful)[address].state == "private"
    assert not server.asked


def test_nobody_is_sent_inside(server: Badly, monkeypatch: pytest.MonkeyPatch) -> None:
    """A redirect from the open net into a private one is not followed."""
    known = socket.getaddrinfo

    def resolve(host: str, port: int, *more: int, **kind: int) -> object:
        if host == "open.example":
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.216.34", port))]
        return known(host, port, *more, **kind)

    connect = socket.create_connection

    def reach(end: tuple[str, int], timeout: float, **_: object) -> socket.socket:
        return connect(("127.0.0.1", end[1]) if end[0] == "93.184.216.34" else end, timeout)

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(socket, "create_connection", reach)
    address = server.address("/to/302/HERE/good", "open.example")
    assert seen(address, manners=Manners(timeout=1, pause=0))[address] == Visit("private")
    assert server.asked == {("HEAD", "/to/302/HERE/good"): 1}


def test_one_at_a_time(server: Badly) -> None:
    """A host is asked one thing at a time, and each thing once, however many links there are."""
    addresses = [server.address(f"/{number}") for number in range(20)]
    assert {visit.state for visit in seen(*addresses).values()} == {"good"}
    assert server.most_within == 1
    assert set(server.asked.values()) == {1}


def test_many_hosts_together(server: Badly) -> None:
    """A host that does not answer holds up no other one."""
    with serving() as other:
        order: list[str] = []
        addresses = [server.address("/silent"), *[other.address(f"/{n}") for n in range(3)]]
        visit_all(addresses, HURRIED, lambda address, _: order.append(address))
    assert order[-1] == server.address("/silent")


def test_interrupt(server: Badly) -> None:
    """Ctrl-C ends a visit at once; what is told by then stays told."""
    shown: dict[str, Visit] = {}

    def tell(address: str, visit: Visit) -> None:
        shown[address] = visit
        raise KeyboardInterrupt

    started = time.monotonic()
    patient = Manners(timeout=60, pause=0.01, is_private_allowed=True)
    with serving() as other, pytest.raises(KeyboardInterrupt):
        visit_all([server.address("/good"), other.address("/silent")], patient, tell)
    assert shown == {server.address("/good"): Visit("good", 200)}
    assert time.monotonic() - started < patient.timeout / 2


def test_certificate(server: Badly) -> None:
    """What does not speak TLS where it should is told, and nobody waits for it."""
    address = f"https://127.0.0.1:{server.port}/good"
    assert seen(address)[address].state in ("broken-off", "timeout", "no-http")
