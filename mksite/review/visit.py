"""Visits addresses of other sites, to see whether they still lead somewhere: slowly, but to many.

Of an answer only the head is read. A host gets one request at a time and a pause between two of
them; what a host asks for in `Retry-After` (RFC 9110, 10.2.3) is granted. No request goes to the
own machine or into a private network, whatever a text, a host or a name server says: a stranger's
text must not make a build knock at doors inside.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Literal, NamedTuple
from urllib.parse import SplitResult, quote, urljoin, urlsplit, urlunsplit

import msgspec

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

State = Literal[
    "good",
    "moved",
    "gone",
    "closed",
    "failing",
    "no-host",
    "private",
    "timeout",
    "certificate",
    "broken-off",
    "no-http",
    "too-many-redirects",
]
"""What a visit has shown; all but `good` have a sentence of that name."""

AGENT = "mksite (link check of an archive of press releases)"
MOST_REDIRECTS = 6
LONGEST_WAIT = 60.0  # seconds; a host that asks for more is visited the next time
_SAFE = "%/:=&?~#+!$,;'@()*[]"  # what stays as it is in an address


class Visit(msgspec.Struct, frozen=True):
    """What a visit has shown: the last status (0: none), and where the address has moved to."""

    state: State
    status: int = 0
    location: str = ""


class Manners(msgspec.Struct, frozen=True):
    """How to visit. Times are in seconds; `timeout` holds for one request as a whole."""

    timeout: float = 20
    pause: float = 1
    tries: int = 3
    at_once: int = 12
    is_private_allowed: bool = False


class _Ended(Exception):  # noqa: N818  it carries a result
    """A visit that has come to no answer."""

    def __init__(self, state: State) -> None:
        super().__init__(state)
        self.state = state


class _Answer(NamedTuple):
    status: int
    location: str
    retry_after: float


def visit_all(
    addresses: Iterable[str], manners: Manners, tell: Callable[[str, Visit], None]
) -> None:
    """Tells of each address what a visit has shown, in the order in which the visits end.

    An interrupt ends it: what is told by then stays told, and KeyboardInterrupt is raised.
    """
    by_host: defaultdict[str, list[str]] = defaultdict(list)
    for address in addresses:
        by_host[_host_of(address)].append(address)
    visitor = _Visitor(manners)
    told = threading.Lock()

    def visit_host(own: list[str]) -> None:
        for address in own:
            if visitor.stopped.is_set():
                return
            shown = visitor.visit(address)
            with told:
                if not visitor.stopped.is_set():
                    tell(address, shown)

    pool = ThreadPoolExecutor(manners.at_once)
    try:
        for done in [pool.submit(visit_host, own) for own in by_host.values()]:
            done.result()
    finally:
        visitor.stop()
        pool.shutdown(wait=False, cancel_futures=True)


class _Visitor:
    """Visits with manners. Safe to use from several threads."""

    def __init__(self, manners: Manners) -> None:
        self.manners = manners
        self.stopped = threading.Event()
        self._turns: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)
        self._guard = threading.Lock()
        self._tls = ssl.create_default_context()
        self._open: set[socket.socket] = set()

    def stop(self) -> None:
        """Nothing is asked any more, and nobody waits for an answer."""
        self.stopped.set()
        for end in tuple(self._open):
            _hang_up(end)

    def visit(self, address: str) -> Visit:
        """What the address and those that it redirects to have shown."""
        try:
            return self._follow(address)
        except _Ended as ended:
            return Visit(ended.state)

    def _follow(self, address: str) -> Visit:
        here, moved_to = address, ""
        is_for_ever = True
        for _ in range(MOST_REDIRECTS):
            answer = self._patiently(here)
            if not _is_redirect(answer):
                return _shown(answer.status, moved_to)
            here = _joined(here, answer.location)
            is_for_ever = is_for_ever and answer.status in (301, 308)
            moved_to = here if is_for_ever else moved_to
        raise _Ended("too-many-redirects")

    def _patiently(self, address: str) -> _Answer:
        """The answer; what may be better in a moment is asked for again."""
        for attempt in range(1, self.manners.tries + 1):
            is_last = attempt == self.manners.tries
            wait = self.manners.pause * 2**attempt
            try:
                answer = self._ask(address)
            except _Ended as ended:
                if is_last or ended.state not in ("timeout", "broken-off"):
                    raise
            else:
                wait = answer.retry_after or wait
                may_recover = answer.status == 429 or answer.status >= 500  # noqa: PLR2004
                if is_last or not may_recover or wait > LONGEST_WAIT:
                    return answer
            if self.stopped.wait(wait):
                raise _Ended("timeout")
        raise AssertionError  # the last attempt has returned or raised

    def _ask(self, address: str) -> _Answer:
        """The answer to HEAD; where a host does not know better than to refuse it, to GET."""
        answer = self._request("HEAD", address)
        if 400 <= answer.status < 600 and answer.status != 429:  # noqa: PLR2004
            return self._request("GET", address)
        return answer

    def _request(self, method: str, address: str) -> _Answer:
        """The head of the answer. Raises _Ended where there is none."""
        parts = _split(address)
        host = parts.hostname or ""
        port = parts.port or (443 if parts.scheme == "https" else 80)
        kind = (
            http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        )
        connection = kind(host, port, timeout=self.manners.timeout)
        target = quote(urlunsplit(("", "", parts.path or "/", parts.query, "")), safe=_SAFE)
        with self._turn(host), _told_apart(), self._connected(connection, parts.scheme):
            connection.request(
                method,
                target,
                headers={"User-Agent": AGENT, "Accept": "*/*", "Connection": "close"},
            )
            response = connection.getresponse()
            wait = response.getheader("Retry-After", "")
            return _Answer(
                response.status,
                response.getheader("Location", ""),
                float(wait) if wait.isdecimal() and len(wait) < 6 else 0.0,  # noqa: PLR2004
            )

    @contextmanager
    def _turn(self, host: str) -> Iterator[None]:
        """Nobody else asks this host meanwhile, nor right after."""
        with self._guard:
            turn = self._turns[host]
        with turn:
            try:
                yield
            finally:
                self.stopped.wait(self.manners.pause)

    @contextmanager
    def _connected(self, connection: http.client.HTTPConnection, scheme: str) -> Iterator[None]:
        """The connection is open to an address that may be visited, and closed in time.

        A host may send a byte now and then for ever: the alarm ends the whole of it.
        """
        plain = self._reach(connection.host, connection.port)
        rang = threading.Event()

        def ring() -> None:
            rang.set()
            _hang_up(plain)

        alarm = threading.Timer(self.manners.timeout, ring)
        alarm.daemon = True
        alarm.start()
        self._open.add(plain)
        try:
            connection.sock = (
                self._tls.wrap_socket(plain, server_hostname=connection.host)
                if scheme == "https"
                else plain
            )
            yield
        except (OSError, http.client.HTTPException) as error:
            if rang.is_set():
                raise TimeoutError from error
            raise
        finally:
            alarm.cancel()
            self._open.discard(plain)
            connection.close()
            plain.close()

    def _reach(self, host: str, port: int) -> socket.socket:
        """A connection to the host. Raises _Ended where it has no address in the open net."""
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except OSError as error:
            raise _Ended("no-host") from error
        ends = [str(entry[4][0]) for entry in found]
        if not self.manners.is_private_allowed and not all(map(_is_public, ends)):
            raise _Ended("private")
        for end in ends[:-1]:
            try:
                return socket.create_connection((end, port), self.manners.timeout)
            except OSError:  # perhaps this machine has no IPv6
                continue
        return socket.create_connection((ends[-1], port), self.manners.timeout)


def _is_public(end: str) -> bool:
    """Whether a network address is of the open net."""
    address = ipaddress.ip_address(end.partition("%")[0])
    inner = getattr(address, "ipv4_mapped", None) or address
    return inner.is_global and not inner.is_multicast


def _hang_up(end: socket.socket) -> None:
    with suppress(OSError):  # it has ended by itself
        end.shutdown(socket.SHUT_RDWR)


@contextmanager
def _told_apart() -> Iterator[None]:
    """What goes wrong on the way is _Ended with a State."""
    try:
        yield
    except ssl.SSLCertVerificationError as error:
        raise _Ended("certificate") from error
    except TimeoutError as error:
        raise _Ended("timeout") from error
    except (http.client.HTTPException, UnicodeError, ValueError) as error:
        is_cut = isinstance(error, http.client.RemoteDisconnected)
        raise _Ended("broken-off" if is_cut else "no-http") from error
    except OSError as error:
        raise _Ended("broken-off") from error


def _split(address: str) -> SplitResult:
    """The parts of an address, its host as a name server knows it. Raises _Ended for no web one."""
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").encode("idna").decode("ascii")
        port = f":{parts.port}" if parts.port else ""
    except ValueError as error:
        raise _Ended("no-host") from error
    if parts.scheme not in ("http", "https") or not host:
        raise _Ended("no-http")
    host = f"[{host}]" if ":" in host else host
    return parts._replace(netloc=f"{host}{port}")


def _host_of(address: str) -> str:
    """The host whose turn an address waits for."""
    try:
        return urlsplit(address).netloc.lower()
    except ValueError:
        return ""


def _joined(here: str, location: str) -> str:
    """Where a redirect leads. Raises _Ended for what is no address."""
    try:
        return urljoin(here, location)
    except ValueError as error:
        raise _Ended("no-http") from error


def _is_redirect(answer: _Answer) -> bool:
    return answer.status in (301, 302, 303, 307, 308) and bool(answer.location)


def _shown(status: int, moved_to: str) -> Visit:
    """What a last answer shows."""
    if 200 <= status < 300:  # noqa: PLR2004
        return Visit("moved", status, moved_to) if moved_to else Visit("good", status)
    if status in (404, 410):
        return Visit("gone", status)
    if 400 <= status < 500:  # noqa: PLR2004
        return Visit("closed", status)
    return Visit("failing", status)
