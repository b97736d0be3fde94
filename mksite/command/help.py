"""Help and usage errors in the person's language.

The help of a command and of its options is written in English beside them; the other languages
have it by these sentences, in the table `help` of `messages/<lang>.toml`. A test holds them
together.
"""

from __future__ import annotations

import copy
import re
import sys
from typing import TYPE_CHECKING, Any, ClassVar

import click

from mksite.command import message
from mksite.command.language import spoken_language
from mksite.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

USAGE = "Usage:"
OPTIONS = "Options:"
COMMANDS = "Commands:"
SHOW_HELP = "Show this message and exit."
DEFAULT = "default: {value}"


def translated(text: str) -> str:
    """A sentence of the help in the person's language; as it is where it has none."""
    lang = spoken_language(sys.argv[1:])
    return message.sentences(lang).get("help", {}).get(text, text)


class _Translated(click.Command):
    """A command whose help is in the person's language."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The line that shows how it is typed."""
        pieces = self.collect_usage_pieces(ctx)
        formatter.write_usage(ctx.command_path, " ".join(pieces), f"{translated(USAGE)} ")

    def format_help_text(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What it does."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(translated(self.help or ""))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Its options, one a line."""
        records = []
        for parameter in self.get_params(ctx):
            record = _spoken(parameter).get_help_record(ctx)
            if record is not None:
                records.append(record)
        with formatter.section(translated(OPTIONS).removesuffix(":")):
            formatter.write_dl(records)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The option that shows the help."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = SHOW_HELP
        return option


def _spoken(parameter: click.Parameter) -> click.Parameter:
    """The parameter with its help in the person's language; its default stands there too."""
    if not isinstance(parameter, click.Option) or not parameter.help:
        return parameter
    spoken = copy.copy(parameter)
    spoken.help = translated(parameter.help)
    if parameter.show_default and not callable(parameter.default):
        default = translated(DEFAULT).format(value=parameter.default)
        spoken.help = f"{spoken.help.removesuffix('.')} ({default})."
        spoken.show_default = False
    return spoken


class Command(_Translated):
    """A command of mksite."""


class Group(_Translated, click.Group):
    """All commands of mksite; a usage error is told in the person's language."""

    sentences: ClassVar[dict[str, str]] = {}
    """What each command does, so that none has to be loaded for the help."""

    def format_commands(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The commands, one a line."""
        rows = [(name, translated(text).removesuffix(".")) for name, text in self.sentences.items()]
        with formatter.section(translated(COMMANDS).removesuffix(":")):
            formatter.write_dl(rows)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Options, then commands."""
        super().format_options(ctx, formatter)
        self.format_commands(ctx, formatter)

    def main(self, *args: Any, **extra: Any) -> Any:  # noqa: ANN401  as click has it
        """Runs the command that was typed; one that cannot be read ends with exit code 2."""
        extra["standalone_mode"] = False
        try:
            code = super().main(*args, **extra)
        except click.UsageError as error:
            told = message.of_error(usage_error(error, self), spoken_language(sys.argv[1:]))
            click.echo(f"{told.message} {told.hint}".strip(), err=True)
            sys.exit(UsageError.exit_code)
        except click.Abort:
            sys.exit(130)
        sys.exit(code if isinstance(code, int) else 0)


def command(**settings: Any) -> Callable[[Callable[..., Any]], click.Command]:  # noqa: ANN401
    """`click.command` for a command whose help is in the person's language."""
    return click.command(cls=Command, **settings)


def usage_error(error: click.UsageError, group: click.Group) -> UsageError:
    """A usage error of click as one of mksite, with the nearest that may have been meant."""
    from mksite.text.name import nearest  # noqa: PLC0415  only where something is mistyped

    context = error.ctx
    path = context.command_path if context is not None else ""
    if isinstance(error, click.NoSuchOption):
        known = [name for param in context.command.params for name in param.opts] if context else []
        near = str(next(iter(nearest(error.option_name, known, limit=1)), "--help"))
        return UsageError("no-such-option", option=error.option_name, nearest=near, command=path)
    if isinstance(error, click.MissingParameter):
        name = error.param.make_metavar(context) if error.param and context else ""
        return UsageError("missing-argument", name=str(name), command=path)
    if isinstance(error, click.BadParameter):
        name = error.param.get_error_hint(context) if error.param and context else ""
        allowed = _allowed(error.param)
        return UsageError("bad-argument", name=name, allowed=allowed, command=path)
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        return UsageError("no-command", command=path)
    quoted = re.search(r"['(]([^'()]+)[')]", error.message)
    typed = quoted[1] if quoted else error.message
    if context is not None and context.command is group:
        close_commands = nearest(typed, group.list_commands(context), limit=1)
        near = str(close_commands[0]) if close_commands else "--help"
        return UsageError("no-such-command", name=typed, nearest=near, program=path)
    return UsageError("extra-argument", name=typed, command=path)


def _allowed(parameter: click.Parameter | None) -> str:
    """What a parameter takes, as one types it."""
    kind = parameter.type if parameter is not None else None
    if isinstance(kind, click.Choice):
        return ", ".join(map(str, kind.choices))
    if isinstance(kind, click.IntRange):
        return f"{kind.min}–{kind.max}"
    return parameter.make_metavar(click.Context(click.Command(""))) if parameter else ""
