"""The one command of this site: `python build.py`, with nothing installed but Python.

    python build.py                 builds the site (`mksite build`)
    python build.py COMMAND ...     any other command of mksite
    python build.py test ...        the tests (`pytest`)

On first use it makes a virtual environment in `.venv/` and installs what the lock file names; it
does so again when a lock file or pyproject.toml has changed. In an environment that already has
this checkout's mksite it uses that one. Exit code: that of the command, or 3 where the machine
is at fault.
"""

import sys


def refuse_old_python(version: "tuple[int, ...]") -> None:
    """`version` is new enough, or the program has ended. All of this file parses on Python 3.6."""
    if version < (3, 11):
        sentence = (
            "mksite: нужен Python 3.11 или новее, а это {0}.{1}. Установите новый с python.org.\n"
            "        Python 3.11 or newer is needed, this is {0}.{1}. Get it from python.org.\n"
        )
        sys.stderr.write(sentence.format(*version))
        raise SystemExit(3)


refuse_old_python(sys.version_info[:2])

import hashlib
import json
import os
import subprocess
import sysconfig
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import metadata, util
from pathlib import Path
from typing import BinaryIO, NamedTuple
from urllib.parse import urlsplit
from urllib.request import url2pathname

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

ROOT = Path(__file__).resolve().parent
RUNTIME_LOCK = ROOT / "requirements.lock"
TEST_LOCK = ROOT / "requirements-test.lock"  # holds all of the runtime lock, too
ENVIRONMENT = ROOT / ".venv"
PYTHON = ENVIRONMENT / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
STAMP = ENVIRONMENT / "mksite-stamp"
TURNSTILE = ROOT / ".venv.lock"

LATE_PATH = "import os, sys; sys.path.append(os.fsdecode({!r}))"

MACHINE_FAULT = 3
INTERRUPTED = 130
MISDIRECTING = {"PYTHONHOME", "PYTHONPATH", "PIP_PREFIX", "PIP_ROOT", "PIP_TARGET", "PIP_USER"}


class Sentence(NamedTuple):
    """What to tell the editor, in both languages of the house."""

    ru: str
    en: str


class Fault(NamedTuple):
    """A trouble of the machine: the words that betray it, and what to do next."""

    signs: tuple[str, ...]
    advice: Sentence


class SetupError(Exception):
    """The machine keeps the environment from being set up."""

    def __init__(self, advice: Sentence, detail: str = "") -> None:
        super().__init__(advice, detail)
        self.advice = advice
        self.detail = detail


NO_VENV = Sentence(
    "этому Python не хватает модулей venv и ensurepip. В Debian и Ubuntu: "
    "sudo apt install python3-venv; в Windows и macOS: установите Python с python.org.",
    "this Python lacks venv or ensurepip. On Debian and Ubuntu: "
    "sudo apt install python3-venv; on Windows and macOS: install Python from python.org.",
)
FAULTS = (
    Fault(("No module named ensurepip", "ensurepip is disabled"), NO_VENV),
    Fault(
        ("Errno 28", "WinError 112", "No space left", "Disk quota exceeded"),
        Sentence(
            "на диске кончилось место. Освободите около 1 ГБ и повторите команду.",
            "the disk is full. Free about 1 GB and run the command again.",
        ),
    ),
    Fault(
        ("DO NOT MATCH THE HASHES", "HashMismatch", "--require-hashes mode"),
        Sentence(
            "скачанный пакет не совпал с файлом .lock. Повторите команду; если не поможет, "
            "проверьте, что файлы .lock не изменены (git status), и сообщите разработчикам.",
            "a downloaded package differs from the lock file. Run the command again; if that does "
            "not help, see that the lock files are unchanged (git status) and tell the developers.",
        ),
    ),
    Fault(
        ("Retrying (", "ConnectionError", "ConnectTimeout", "ReadTimeout", "Max retries exceeded"),
        Sentence(
            "не удалось скачать пакеты. Проверьте подключение к интернету и повторите команду.",
            "the packages could not be downloaded. Check the network and run the command again.",
        ),
    ),
    Fault(
        ("No matching distribution found",),
        Sentence(
            "для этого Python или этой системы нет нужного пакета. Попробуйте Python 3.13.",
            "a package does not exist for this Python or this system. Try Python 3.13.",
        ),
    ),
    Fault(
        ("Permission denied", "Errno 13", "WinError 5]", "WinError 32]", "Read-only file system"),
        Sentence(
            "нет доступа к папке .venv. Закройте другие программы, которые ею пользуются "
            "(например, mksite serve), проверьте права на папку сайта и повторите команду.",
            "the folder .venv is not accessible. Close other programs that use it (mksite serve, "
            "for one), check your rights to the site's folder and run the command again.",
        ),
    ),
)
UNKNOWN = Sentence(
    "окружение не удалось подготовить. Удалите папку .venv и повторите команду.",
    "the environment could not be set up. Delete the folder .venv and run the command again.",
)


def main(arguments: list[str]) -> int:
    """The exit code of the command that `arguments` name; on POSIX the command takes over."""
    lock = TEST_LOCK if arguments[:1] == ["test"] else RUNTIME_LOCK
    try:
        return hand_over(command(find_python(lock), arguments), directory(arguments))
    except SetupError as error:
        say(error.advice, error.detail)
    except OSError as error:
        say(*diagnose(str(error)).args)
    except KeyboardInterrupt:
        say(Sentence("прервано.", "interrupted."))
        return INTERRUPTED
    return MACHINE_FAULT


def command(python: Path, arguments: list[str]) -> list[str]:
    """What to run; options alone belong to `build`."""
    first = arguments[0] if arguments else ""
    if first == "test":
        return [str(python), "-P", "-m", "pytest", *arguments[1:]]
    named = first in {"--help", "--version"} or (first and not first.startswith("-"))
    return [str(python), "-P", "-m", "mksite", *([] if named else ["build"]), *arguments]


def directory(arguments: list[str]) -> Path:
    """Where to run: in the checkout, unless `--site` names a folder as seen from here."""
    elsewhere = any(word == "--site" or word.startswith("--site=") for word in arguments)
    return Path.cwd() if elsewhere else ROOT


def hand_over(words: list[str], folder: Path) -> int:
    """The exit code of `words`, run in `folder`. Windows has no exec worth the name."""
    os.chdir(folder)
    if os.name == "posix":
        os.execve(words[0], words, clean_environment())
    with subprocess.Popen(words, env=clean_environment()) as child:
        while True:
            try:
                return child.wait()
            except KeyboardInterrupt:  # the child has heard it, too, and is closing
                continue


def find_python(lock: Path) -> Path:
    """A Python that has mksite and all that `lock` names, set up now if need be."""
    if is_own_environment(lock):
        return Path(sys.executable)
    if not is_ready(lock):
        with turnstile():
            if not is_ready(lock):  # another run may have set it up while this one waited
                set_up(lock)
    return PYTHON


def is_own_environment(lock: Path) -> bool:
    """Whether this very Python has this checkout's mksite, in an environment that others made."""
    lacking = lock == TEST_LOCK and not util.find_spec("pytest")
    if lacking or Path(sys.prefix).resolve() == ENVIRONMENT:
        return False
    try:
        origin = metadata.distribution("mksite").read_text("direct_url.json")  # PEP 610
    except metadata.PackageNotFoundError:
        return False
    address = urlsplit(json.loads(origin or "{}").get("url", ""))
    return address.scheme == "file" and Path(url2pathname(address.path)).resolve() == ROOT


def is_ready(lock: Path) -> bool:
    """Whether `.venv/` was set up to the end, from these files, and its Python still runs."""
    if not STAMP.exists():
        return False
    sufficient = {digest(TEST_LOCK), digest(lock)}
    return STAMP.read_text("utf-8", "replace") in sufficient and runs("mksite")


def digest(lock: Path) -> str:
    """What an environment made from `lock` is stamped with; a moved checkout needs a new one."""
    parts = (bytes(ROOT), (ROOT / "pyproject.toml").read_bytes(), lock.read_bytes())
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def runs(module: str) -> bool:
    """Whether the environment's Python finds `module`; its base may be gone, then it finds none."""
    question = f"import sys, importlib.util as u; sys.exit(u.find_spec({module!r}) is None)"
    try:
        answer = subprocess.run([PYTHON, "-I", "-c", question], capture_output=True, check=False)
    except OSError:
        return False
    return answer.returncode == 0


def set_up(lock: Path) -> None:
    """`.venv/` holds what `lock` names, and mksite; the stamp, written last, vouches for it."""
    say(Sentence("готовлю окружение .venv, минуту…", "setting up .venv, this takes a minute…"))
    started_inside = Path(sys.prefix).resolve() == ENVIRONMENT
    reusable = started_inside or (STAMP.exists() and runs("pip"))
    STAMP.unlink(missing_ok=True)
    if not reusable:
        if not (util.find_spec("venv") and util.find_spec("ensurepip")):
            raise SetupError(NO_VENV)
        attempt(sys.executable, "-m", "venv", "--clear", "--without-pip", ENVIRONMENT)
        attempt(PYTHON, "-m", "ensurepip", "--default-pip")  # venv would hide what it says
    pip = (PYTHON, "-m", "pip", "install", "--quiet", "--no-input", "--retries", "2")
    attempt(*pip, "--require-hashes", "--requirement", lock)
    attempt(*pip, "--no-deps", "--no-build-isolation", "--editable", ROOT)
    spell_paths_in_ascii()
    STAMP.write_text(digest(lock), "utf-8")


def spell_paths_in_ascii() -> None:
    """The environment's path files can be read whatever the locale is.

    Python reads them in the encoding of the locale: in a folder with Cyrillic letters mksite would
    not be found under `LC_ALL=ru_RU.CP1251`. A line that begins with `import` is run, so the path
    stands there as escaped bytes, which mean the same folder under every locale.
    """
    base = {"base": str(ENVIRONMENT), "platbase": str(ENVIRONMENT)}
    for path in Path(sysconfig.get_path("purelib", "venv", base)).glob("*.pth"):
        text = path.read_bytes().decode("utf-8", "surrogateescape")
        if not text.isascii():
            lines = [
                line if line.isascii() else LATE_PATH.format(os.fsencode(line))
                for line in text.splitlines()
            ]
            path.write_text("\n".join([*lines, ""]), "ascii")


def attempt(*words: str | Path) -> None:
    """The command `words` has succeeded, in silence."""
    result = subprocess.run(
        words,
        cwd=ROOT,
        env=clean_environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if result.returncode:
        raise diagnose(result.stdout.strip() or f"exit {result.returncode}")


def clean_environment() -> dict[str, str]:
    """The variables for a child: none that point Python or pip elsewhere, and UTF-8 throughout."""
    kept = {name: value for name, value in os.environ.items() if name not in MISDIRECTING}
    named = {"MKSITE_PROGRAM": "python build.py"}  # so that mksite tells commands as one types them
    return kept | named | {"PYTHONUTF8": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}


@contextmanager
def turnstile() -> Iterator[None]:
    """Only one process at a time is inside; one that dies there lets the next in."""
    with TURNSTILE.open("ab") as gate:
        if not try_to_lock(gate):
            say(Sentence("жду: окружение готовит другой запуск…", "waiting for another set-up…"))
            while not try_to_lock(gate):
                time.sleep(0.2)
        yield


def try_to_lock(gate: BinaryIO) -> bool:
    """Whether `gate` is now locked by this process, until it closes the file or ends."""
    try:
        if sys.platform == "win32":
            msvcrt.locking(gate.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(gate, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True


def diagnose(output: str) -> SetupError:
    """What to do about a failure that has printed `output`, and the line that says why."""
    lines = output.splitlines()[::-1]
    for fault in FAULTS:
        for line in lines:
            if any(sign in line for sign in fault.signs):
                return SetupError(fault.advice, line.strip())
    return SetupError(UNKNOWN, lines[0].strip())


def say(sentence: Sentence, detail: str = "") -> None:
    """The sentence stands on standard error in both languages, and below it the detail."""
    lines = [sentence.ru, sentence.en, *([f"({detail})"] if detail else [])]
    print("mksite: " + "\n        ".join(lines), file=sys.stderr, flush=True)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
