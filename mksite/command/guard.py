"""Turns whatever goes wrong within a command into a sentence and an exit code.

0 good, 1 problems in the content, 2 wrong usage, 3 the machine's fault, 4 a fault of mksite itself.
"""

from __future__ import annotations

import errno
import os
import sys
import tempfile
import traceback
from typing import TYPE_CHECKING

import click

from mksite.command import message
from mksite.command.message import Sentence
from mksite.errors import MachineError, MksiteError

if TYPE_CHECKING:
    from collections.abc import Callable

    from mksite.command.console import Console

OWN_FAULT = 4
INTERRUPTED = 130  # as shells count: 128 and the number of the signal

PIPE_CLOSED = 141  # 128 and SIGPIPE


def guarded(console: Console, work: Callable[[], int]) -> int:
    """The exit code of `work`; whatever goes wrong is told in a sentence, without a traceback."""
    try:
        return work()
    except BrokenPipeError:  # whoever read what is printed has gone: `mksite names | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PIPE_CLOSED
    except (MksiteError, OSError) as error:
        failed(console, error)
        return getattr(error, "exit_code", MachineError.exit_code)
    except KeyboardInterrupt:
        console.say("interrupted")
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001  the last catch: nobody is shown a traceback
        failed(console, error)
        return OWN_FAULT


def failed(console: Console, error: Exception) -> Sentence:
    """Tells what went wrong; of a fault of mksite itself, which file says more."""
    if isinstance(error, OSError):
        error = machine_error(error)
    if isinstance(error, MksiteError):
        console.error(error)
        return message.of_error(error, console.lang)
    told = console.sentence("own-fault", path=_fault_report(error))
    click.echo(told, err=True)
    return Sentence(told, "")


def _fault_report(error: Exception) -> str:
    """The path of a new file that says what went wrong within mksite."""
    told = "".join(traceback.format_exception(error))
    from importlib import metadata  # noqa: PLC0415  slow to load

    handle, path = tempfile.mkstemp(prefix="mksite-", suffix=".txt", text=True)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(f"mksite {metadata.version('mksite')}, Python {sys.version}, {sys.platform}\n")
        file.write(f"{' '.join(sys.argv[1:])}\n\n{told}")
    return path


def machine_error(error: OSError) -> MachineError:
    """A fault of the disk, as an error with a sentence of its own."""
    path = str(error.filename or "")
    codes = {
        errno.ENOSPC: "disk-full",
        errno.EDQUOT: "disk-full",
        errno.EROFS: "read-only",
        errno.EACCES: "no-permission",
        errno.EPERM: "no-permission",
        errno.ENOENT: "source-vanished",
        errno.EMFILE: "too-many-files",
    }
    code = codes.get(error.errno or 0, "machine-fault")
    return MachineError(code, path=path, reason=os.strerror(error.errno) if error.errno else "")
