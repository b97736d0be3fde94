"""Works on slices of a list in several processes, this one included.

Forked where the platform's default is to fork, else spawned: then what is handed over is pickled,
and the same code holds.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal, TypeVar

from mksite.errors import MachineError, MksiteError

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import ForkContext, SpawnContext

T = TypeVar("T")
R = TypeVar("R")
Tick = Callable[[int, int], None]
"""Is told how many items are done, of how many."""

_RUN = 16  # items that stay together, at most; few, for some neighbours are heavy
_ROUNDS = 8
SMALLEST_SLICE = 64  # items; below that a process costs more than it saves
METHOD: Literal["fork", "spawn"] = "fork" if sys.platform == "linux" else "spawn"


def no_tick(_done: int, _total: int) -> None:
    """Tells nobody."""


def in_parallel(
    work: Callable[..., R], items: Sequence[T], jobs: int, *shared: object, tick: Tick = no_tick
) -> list[R]:
    """`work(number, slice, *shared)` for each slice of `items`, in the order of the slices.

    The slices are made of short runs in turn: neighbours are alike, so that the work is spread
    evenly, and lie near each other in memory, so that forked processes share what they do not
    work on. What a process raises is raised here, once all have ended. `tick` hears of this
    process's slice, the others being about as far.
    """
    count = max(1, min(jobs, len(items) // SMALLEST_SLICE))
    slices = _slices(items, count)
    own = _ticking(slices[0], len(items), count, tick)
    if count == 1:
        return [work(0, own, *shared)]
    import multiprocessing  # noqa: PLC0415  loaded only where there is work for several

    context: ForkContext | SpawnContext
    if METHOD == "fork":
        context = multiprocessing.get_context("fork")
    else:
        context = multiprocessing.get_context("spawn")
    started = []
    for number in range(1, count):
        ours, theirs = context.Pipe(duplex=False)
        arguments = (theirs, work, number, slices[number], shared)
        process = context.Process(target=_run, args=arguments, daemon=True)
        with uninterrupted():
            process.start()
        theirs.close()
        started.append((process, ours))
    failures: list[BaseException] = []
    results: list[R] = []
    try:
        results.append(work(0, own, *shared))
    except (OSError, MksiteError) as error:
        failures.append(error)
    for process, connection in started:
        try:
            answer = connection.recv()
        except EOFError:
            answer = MachineError("worker-died")
        if isinstance(answer, BaseException):
            failures.append(answer)
        else:
            results.append(answer)
        connection.close()
        process.join()
    if failures:
        raise failures[0]
    return results


@contextmanager
def uninterrupted() -> Iterator[None]:
    """An interruption from the keyboard waits for the end of the block; a process started in it
    never hears of one.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _slices(items: Sequence[T], count: int) -> list[list[T]]:
    """The items in `count` slices of runs in turn."""
    run = min(_RUN, -(-len(items) // (_ROUNDS * count))) or 1
    step = run * count
    return [
        [item for at in range(number * run, len(items), step) for item in items[at : at + run]]
        for number in range(count)
    ]


def _ticking(items: Sequence[T], total: int, count: int, tick: Tick) -> Iterable[T]:
    """The items; each `SMALLEST_SLICE` of them is told."""
    return items if tick is no_tick else _told(items, total, count, tick)


def _told(items: Sequence[T], total: int, count: int, tick: Tick) -> Iterator[T]:
    for number, item in enumerate(items):
        if number % SMALLEST_SLICE == 0:
            tick(min(number * count, total), total)
        yield item
    tick(total, total)


def _run(
    connection: Connection,
    work: Callable[..., object],
    number: int,
    items: Sequence[object],
    shared: tuple[object, ...],
) -> None:
    """In the other process: the result, or what was raised, goes through the pipe.

    An interruption from the keyboard reaches all processes; the first one answers it for all.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        answer: object = work(number, items, *shared)
    except Exception as error:  # noqa: BLE001  whatever it is, the parent raises it
        answer = error
    connection.send(answer)
    connection.close()
