"""mksite.serve.serve: the site on localhost, rebuilt and shown again on every change."""

from __future__ import annotations

import json
import os
import queue
import signal
import socket
import subprocess
import sys
import threading
import time
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import pytest

from tests.site_builder import SITE_YAML

if TYPE_CHECKING:
    from typing import BinaryIO

    from tests.site_builder import Content, SmallSite

Maker = Callable[[Mapping[str, "Content"]], "SmallSite"]
PATIENCE_SECONDS = 30
MEETING = "content/releases/meeting.md"
FILES = {
    "site.yaml": SITE_YAML + "features: {search: false}\n",
    MEETING: "---\ntitle: Встреча\n---\nПервый текст.\n",
}


def free_port() -> int:
    """A port that nobody uses."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
    return port


class Served:
    """A running `mksite serve`, and all that it has said."""

    def __init__(self, process: subprocess.Popen[str], port: int) -> None:
        self.process = process
        self.port = port
        self.said = ""
        self._lines: queue.Queue[str] = queue.Queue()
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    def _listen(self) -> None:
        assert self.process.stderr
        with self.process.stderr as lines:
            for line in lines:
                self._lines.put(line)

    def end(self) -> None:
        """Nothing of it is left."""
        self.process.kill()
        self.process.wait()
        self._listener.join()

    def hear(self, words: str) -> str:
        """What is said from now on until a line holds the words, that line included."""
        heard = ""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while words not in heard:
            heard += self._lines.get(timeout=max(0.1, deadline - time.monotonic()))
        self.said += heard
        return heard

    def get(self, path: str) -> tuple[int, str]:
        """Status and text of an address; it is asked again until the server answers."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                with urlopen(f"http://127.0.0.1:{self.port}{path}") as answer:
                    return answer.status, answer.read().decode()
            except HTTPError as error:
                return error.code, error.read().decode()
            except URLError:
                assert time.monotonic() < deadline, self.said
                assert self.process.poll() is None, self.said
                time.sleep(0.05)


@contextmanager
def serving(site: SmallSite) -> Iterator[Served]:
    """The site is served until the end of the block."""
    port = free_port()
    command = "from mksite.command.cli import main; main()"
    arguments = ["serve", "--site", str(site.root), "--port", str(port), "--lang", "en"]
    process = subprocess.Popen(
        [sys.executable, "-c", command, *arguments, "--jobs", "1"],
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    served = Served(process, port)
    try:
        yield served
    finally:
        served.end()


def test_serve(make_site: Maker) -> None:
    """Changes of every kind are built, mistakes are told, the last good site stays, till Ctrl+C."""
    site = make_site(FILES)
    (site.root / "assets").mkdir()
    site.write({"assets/site.css": "p { color: red }\n"})
    with serving(site) as served:
        heard = served.hear("The site is shown at")
        assert f"http://127.0.0.1:{served.port}/" in heard
        status, page = served.get("/releases/meeting/")
        assert (status, "Первый текст." in page) == (200, True)
        assert "livereload.js" in page
        assert served.get("/releases/meeting")[1] == page

        site.write({MEETING: "---\ntitle: Встреча\n---\nВторой текст.\n"})
        served.hear("Shown after")
        assert "Второй текст." in served.get("/releases/meeting/")[1]

        site.write({"content/releases/second.md": "---\ntitle: Вторая\n---\n"})
        served.hear("Shown after")
        assert served.get("/releases/second/")[0] == 200

        site.remove("content/releases/second.md")
        served.hear("Shown after")
        assert served.get("/releases/second/")[0] == 404

        site.write({MEETING: "---\ntitle: Встреча\ndate: 2013-02-30\n---\nТретий текст.\n"})
        heard = served.hear("The site was not updated")
        assert f"{MEETING}:3:7: error[edtf-impossible]" in heard
        page = served.get("/releases/meeting/")[1]
        assert "Второй текст." in page
        assert f"{MEETING}:3:7" in page
        assert "3 | date: 2013-02-30" in page

        site.write({MEETING: "---\ntitle: Встреча\n---\nЧетвёртый текст.\n"})
        served.hear("Shown after")
        page = served.get("/releases/meeting/")[1]
        assert "Четвёртый текст." in page
        assert "mksite-problems" not in page
        assert not (site.root / "public").exists()

        static = (site.root / "templates/release.html").read_text("utf-8")
        site.write({"templates/release.html": static + "{% if %}"})
        heard = served.hear("release.html")
        assert "Четвёртый текст." in served.get("/releases/meeting/")[1]
        site.write({"templates/release.html": static.replace("<article>", "<article id='new'>")})
        served.hear("Shown after")
        assert "<article id='new'>" in served.get("/releases/meeting/")[1]

        site.write({"assets/site.css": "p { color: blue }\n"})
        served.hear("Shown after")

        site.write({"site.yaml": FILES["site.yaml"] + "menu: [нет]\n"})
        assert "site.yaml:6:1: error[duplicate-key]" in served.hear("The site was not updated")
        site.write({"site.yaml": FILES["site.yaml"].replace("Архив", "Летопись")})
        served.hear("Shown after")
        assert "Летопись" in served.get("/")[1]

        served.process.send_signal(signal.SIGINT)
        assert served.process.wait(PATIENCE_SECONDS) == 0
        assert "Traceback" not in served.said


def test_a_browser_is_told(make_site: Maker) -> None:
    """A browser that waits is told to reload when a build has worked, not when it has failed."""
    site = make_site(FILES)
    with serving(site) as served:
        served.hear("Shown after")
        assert served.get("/livereload.js")[0] == 200
        with listening(served, "/") as (_, stream):
            site.write({MEETING: "---\ntitle: [Встреча\n---\n"})
            served.hear("The site was not updated")
            site.write({MEETING: "---\ntitle: Съезд\n---\n"})
            served.hear("Shown after")
            assert receive(stream)["command"] == "reload"
            site.write({MEETING: "---\ntitle: Собрание\n---\n"})  # at once after the last
            served.hear("Shown after")
            assert receive(stream)["command"] == "reload"


def test_a_browser_that_listens_late_is_told(make_site: Maker) -> None:
    """An edit between a page and its browser's greeting is not missed; without one all is quiet."""
    site = make_site(FILES)
    with serving(site) as served:
        served.hear("Shown after")
        served.get("/releases/meeting/")
        site.write({MEETING: "---\ntitle: Съезд\n---\n"})
        served.hear("Shown after")
        with listening(served, "/releases/meeting/") as (_, stream):
            assert receive(stream)["command"] == "reload"
        served.get("/releases/meeting/")
        with listening(served, "/releases/meeting/") as (browser, stream):
            browser.settimeout(0.3)
            with pytest.raises(TimeoutError):
                receive(stream)


@contextmanager
def listening(served: Served, address: str) -> Iterator[tuple[socket.socket, BinaryIO]]:
    """A browser that shows an address and waits for news, and what it hears."""
    with socket.create_connection(("127.0.0.1", served.port), PATIENCE_SECONDS) as browser:
        key = b64encode(os.urandom(16)).decode()
        browser.sendall(
            (
                "GET /livereload HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\n"
                f"Connection: Upgrade\r\nSec-WebSocket-Key: {key}\r\n"
                "Sec-WebSocket-Version: 13\r\n\r\n"
            ).encode()
        )
        stream = browser.makefile("rb")
        while stream.readline() != b"\r\n":
            pass
        send(browser, {"command": "hello"})
        assert receive(stream)["command"] == "hello"
        send(browser, {"command": "info", "url": address})
        yield browser, stream


def send(browser: socket.socket, said: dict[str, str]) -> None:
    """One text frame from a browser (RFC 6455), masked with zeros."""
    payload = json.dumps(said).encode()
    browser.sendall(bytes([0x81, 0x80 | len(payload)]) + bytes(4) + payload)


def receive(stream: BinaryIO) -> dict[str, object]:
    """One short text frame from the server."""
    read = stream.read
    _, length = read(2)
    if length == 126:
        length = int.from_bytes(read(2), "big")
    found: dict[str, object] = json.loads(read(length))
    return found


def test_a_site_under_a_path(make_site: Maker) -> None:
    """Links of a site that lives under a path work: it is served there, and / leads to it."""
    text = FILES["site.yaml"].replace("archive.example", "archive.example/news")
    with serving(make_site({**FILES, "site.yaml": text})) as served:
        assert f"http://127.0.0.1:{served.port}/news/" in served.hear("The site is shown at")
        assert served.get("/news/releases/meeting/")[0] == 200
        assert served.get("/releases/meeting/")[0] == 404
        assert served.get("/")[1] == served.get("/news/")[1]


def test_the_page_of_what_is_not_there(make_site: Maker) -> None:
    """An address that does not exist gets the site's own page."""
    site = make_site(FILES)
    with serving(site) as served:
        served.hear("The site is shown at")
        status, page = served.get("/nothing/")
        assert status == 404
        assert "<title>Архив</title>" in page


def test_a_site_with_mistakes_from_the_beginning(make_site: Maker) -> None:
    """It waits until the mistakes are mended."""
    site = make_site({**FILES, MEETING: "Без шапки.\n"})
    with serving(site) as served:
        assert "front-matter-missing" in served.hear("The site was not updated")
        site.write({MEETING: FILES[MEETING]})
        served.hear("Shown after")
        assert served.get("/releases/meeting/")[0] == 200


def test_a_port_in_use(make_site: Maker) -> None:
    """A port that is taken is told in a sentence: exit code 3."""
    site = make_site(FILES)
    with serving(site) as first:
        first.get("/")
        command = "from mksite.command.cli import main; main()"
        arguments = ["serve", "--site", str(site.root), "--port", str(first.port), "--lang", "en"]
        ended = subprocess.run(
            [sys.executable, "-c", command, *arguments],
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=PATIENCE_SECONDS,
            check=False,
        )
    assert ended.returncode == 3
    assert f"Port {first.port} is taken" in ended.stderr
    assert int(ended.stderr.rpartition("--port ")[2]) > first.port
    assert "Traceback" not in ended.stderr
