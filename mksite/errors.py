"""The one tree of exceptions: the machine's faults and wrong usage, never an editor's mistake.

A mistake in the content is a `mksite.content.problem.Problem`, a value. What is raised here ends
the command; its message is looked up in `mksite.command.messages` under `code` when it is printed.
"""

from __future__ import annotations


class MksiteError(Exception):
    """Something that ends the command with a sentence for its user and an exit code."""

    exit_code = 3

    def __init__(self, code: str, **values: str) -> None:
        super().__init__(code, values)
        self.code = code
        self.values = values

    def __reduce__(self) -> tuple[object, ...]:
        """An error crosses from one process to another with its values."""
        return _restored, (type(self), self.code, self.values)

    def __str__(self) -> str:
        listed = ", ".join(f"{key}={value}" for key, value in self.values.items())
        return f"{self.code}: {listed}" if listed else self.code


def _restored(kind: type[MksiteError], code: str, values: dict[str, str]) -> MksiteError:
    return kind(code, **values)


class UsageError(MksiteError):
    """The command was called in a way that cannot work: exit code 2."""

    exit_code = 2


class MachineError(MksiteError):
    """Disk, permission or another fault of the machine: exit code 3."""


class CacheDamaged(MksiteError):  # noqa: N818  a state that the build mends, not an error shown
    """The cache cannot be believed; the build starts again without it."""
