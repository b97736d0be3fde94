"""Works on single files in processes of their own, each with a bound of time and memory.

What others have made is read by libraries that cannot be trusted to come to an end: a small file
may unpack to gigabytes, or lead them in circles. A process that goes beyond its bounds is ended by
the operating system; its file is told by that, and the others get another process.

Where the system knows no such bounds (Windows), a clock stands for the time.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from multiprocessing import connection, get_context
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

from mksite.workers import METHOD, uninterrupted

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from multiprocessing.connection import Connection
    from multiprocessing.context import ForkContext, SpawnContext

T = TypeVar("T")
R = TypeVar("R")

CPU_SECONDS = 3.0  # for one file
MEMORY_BYTES = 540_000_000  # over what the process has before it reads its first file
WAIT_SECONDS = 30.0  # for one file, by the clock, where the system does not count the processor's
_COUNTS = hasattr(signal, "setitimer")
_ORPHAN_SECONDS = 5.0  # how often a process looks whether it is still wanted


def each(work: Callable[..., R], items: Sequence[T], jobs: int, *shared: object) -> list[R | None]:
    """`work(item, *shared)` of each item, in their order; None where that went beyond the bounds.

    What a process raises is raised here. Costs a process for each job, and one for each None.
    """
    results: list[R | None] = [None] * len(items)
    waiting = list(range(len(items)))[::-1]
    busy: dict[Connection, _Worker[R]] = {}
    try:
        while waiting or busy:
            while waiting and len(busy) < jobs:
                worker = _Worker(work, shared)
                worker.begin(waiting.pop(), items)
                busy[worker.connection] = worker
            ready = connection.wait(list(busy), None if _COUNTS else 1.0)
            for there in [there for there in busy if there in ready or busy[there].is_late()]:
                worker = busy[there]
                alive, results[worker.index] = worker.result()
                if alive and waiting:
                    worker.begin(waiting.pop(), items)
                else:
                    busy.pop(there).end()
    finally:
        for worker in busy.values():
            worker.end()
    return results


class _Worker(Generic[R]):
    """A process that works on one item at a time."""

    def __init__(self, work: Callable[..., R], shared: tuple[object, ...]) -> None:
        context: ForkContext | SpawnContext
        context = get_context("fork") if METHOD == "fork" else get_context("spawn")
        self.connection, theirs = context.Pipe()
        self.process = context.Process(
            target=_serve, args=(theirs, os.getpid(), work, shared), daemon=True
        )
        with uninterrupted():
            self.process.start()
        theirs.close()
        self.index = -1
        self.since = 0.0

    def begin(self, index: int, items: Sequence[object]) -> None:
        """The process works on an item."""
        self.index, self.since = index, time.monotonic()
        self.connection.send(items[index])

    def is_late(self) -> bool:
        """Whether the item has taken longer than any should, where only a clock tells."""
        return not _COUNTS and time.monotonic() - self.since > WAIT_SECONDS

    def result(self) -> tuple[bool, R | None]:
        """Whether the process lives, and what it made. Raises what it raised."""
        try:
            answer = self.connection.recv() if self.connection.poll() else None
        except (EOFError, ConnectionResetError):
            return False, None
        if isinstance(answer, BaseException):
            raise answer
        return answer is not None, answer

    def end(self) -> None:
        """The process is no more."""
        self.connection.close()
        self.process.kill()
        self.process.join()


def _serve(
    there: Connection, parent: int, work: Callable[..., object], shared: tuple[object, ...]
) -> None:
    """In the other process: works on what comes through the pipe, within bounds.

    The pipe alone does not tell of the parent's end: processes that were forked later hold it too.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _bound_memory()
    while True:
        while not there.poll(_ORPHAN_SECONDS):
            if os.getppid() != parent:
                return
        try:
            item = there.recv()
        except EOFError:
            return
        _bound_time()
        try:
            answer: object = work(item, *shared)
        except MemoryError:
            return
        except Exception as error:  # noqa: BLE001  whatever it is, the parent raises it
            answer = error
        there.send(answer)


def _bound_memory() -> None:
    """The process gets no more memory than it has and what one file may need."""
    if sys.platform != "linux":
        return
    import resource  # noqa: PLC0415  not everywhere

    pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    limit = pages * resource.getpagesize() + MEMORY_BYTES
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard != resource.RLIM_INFINITY:
        limit = min(limit, hard)
    resource.setrlimit(resource.RLIMIT_AS, (limit, hard))


def _bound_time() -> None:
    """The next file may take so long; then the system ends the process."""
    if _COUNTS:
        signal.signal(signal.SIGPROF, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_PROF, CPU_SECONDS)
