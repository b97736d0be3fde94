"""The command line: the one place that asks for the clock, the environment and the terminal.

Exit codes: 0 good, 1 problems in the content, 2 wrong usage, 3 the machine's fault, 4 a fault of
mksite itself.
"""

from __future__ import annotations

import errno
import gc
import json
import os
import sys
import tempfile
import traceback
from collections import Counter
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict, Unpack
from zoneinfo import ZoneInfo

import click

from mksite.artifact.publish import content_digest, publish
from mksite.build.build import build, verify
from mksite.build.engine import engine_digest
from mksite.build.inputs import read_site
from mksite.build.options import Options, Result
from mksite.cache.lock import only_build
from mksite.command import message
from mksite.command.console import Console, progress
from mksite.content import config
from mksite.errors import MachineError, MksiteError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from mksite.record.translation import Lag

OWN_FAULT = 4
INTERRUPTED = 130  # as shells count: 128 and the number of the signal


LANGUAGE_VARIABLES = ("MKSITE_LANG", "LC_ALL", "LC_MESSAGES", "LANG")


def _console(root: Path, lang: str | None) -> Console:
    """The asked language, else the one that the environment names, else the site's own, else
    Russian.
    """
    named = (os.environ.get(name, "")[:2] for name in LANGUAGE_VARIABLES)
    wanted = lang or next((name for name in named if name in message.LANGUAGES), "")
    if not wanted:
        wanted = "ru"
        try:
            site, _ = read_site(root)
        except (MksiteError, OSError):
            site = None
        if site is not None and site.default_language in message.LANGUAGES:
            wanted = site.default_language
    return Console(wanted)


def guarded(console: Console, work: Callable[[], int]) -> int:
    """The exit code of `work`; whatever goes wrong is told in a sentence, without a traceback."""
    try:
        return work()
    except MksiteError as error:
        console.error(error)
        return error.exit_code
    except OSError as error:
        console.error(_machine_error(error))
        return MachineError.exit_code
    except KeyboardInterrupt:
        console.say("interrupted")
        return INTERRUPTED
    except Exception:  # noqa: BLE001  the last catch: nobody is shown a traceback
        console.say("own-fault", path=_fault_report())
        return OWN_FAULT


def _fault_report() -> str:
    """The path of a new file that says what went wrong within mksite."""
    handle, path = tempfile.mkstemp(prefix="mksite-", suffix=".txt", text=True)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(f"mksite {metadata.version('mksite')}, Python {sys.version}, {sys.platform}\n")
        file.write(f"{' '.join(sys.argv[1:])}\n\n{traceback.format_exc()}")
    return path


def _machine_error(error: OSError) -> MachineError:
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


def _now(text: str | None, root: Path) -> datetime:
    """The time to build for: given, in the site's time zone where it names none, or the clock's."""
    if text is None:
        return datetime.now().astimezone()
    try:
        given = datetime.fromisoformat(text)
        if given.tzinfo is None:
            site, _ = config.parse((root / config.FILE).read_bytes())
            given = given.replace(tzinfo=ZoneInfo(site.timezone) if site else UTC)
        return given.astimezone(UTC)
    except (ValueError, OverflowError):
        raise UsageError("bad-now", value=text) from None


def _shared(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that every command has."""
    for option in (
        click.option("--lang", type=click.Choice(message.LANGUAGES), help="Language of messages."),
        click.option(
            "--site",
            type=click.Path(path_type=Path, file_okay=False),
            default=".",
            show_default=True,
            help="The site folder, where site.yaml is.",
        ),
    ):
        command = option(command)
    return command


def _building(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of commands that build."""
    for option in (
        click.option("--now", metavar="ISO", help="Build as of this time (for embargoes)."),
        click.option("--drafts", is_flag=True, help="Show drafts and embargoed releases too."),
        click.option("--strict", is_flag=True, help="Publish nothing where there are warnings."),
        click.option("--force", is_flag=True, help="Build everything anew."),
        click.option("--jobs", type=click.IntRange(1, 64), help="Processes; default: one a core."),
        click.option(
            "--output",
            type=click.Path(path_type=Path),
            help="Where to write; default: public in the site folder.",
        ),
    ):
        command = option(command)
    return _shared(command)


class Building(TypedDict):
    """What `_building` gives a command."""

    output: Path | None
    jobs: int | None
    now: str | None
    force: bool
    strict: bool
    drafts: bool


def _options(site: Path, **asked: Unpack[Building]) -> Options:
    root, output = site.absolute(), asked["output"]
    if not (root / config.FILE).exists():  # before a lock is taken in a folder that is no site
        raise UsageError("no-site", path=str(root))
    return Options(
        root=root,
        output=(output or root / "public").absolute(),
        now=_now(asked["now"], root),
        engine=engine_digest(),
        jobs=asked["jobs"] or _cores(),
        force=asked["force"],
        strict=asked["strict"],
        drafts=asked["drafts"],
    )


def _cores() -> int:
    """The cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@click.group()
@click.version_option(package_name="mksite")
def cli() -> None:
    """mksite: a static archive of press releases."""


@cli.command("build")
@_building
@click.option("--explain", is_flag=True, help="Say for each rendered page why.")
@click.option("--stats", type=click.Path(path_type=Path, dir_okay=False), help="Write figures.")
@click.option("--verify", "compare", is_flag=True, help="Rebuild in memory and compare only.")
@click.option(
    "--publish",
    "target",
    type=click.Path(path_type=Path),
    help="Switch the finished site in at this place, in one step.",
)
def build_command(  # noqa: PLR0913  one parameter an option
    site: Path,
    lang: str | None,
    *,
    explain: bool,
    stats: Path | None,
    compare: bool,
    target: Path | None,
    **options: Unpack[Building],
) -> None:
    """Build the site."""
    console = _console(site, lang)

    def work() -> int:
        chosen = _options(site, **options)
        gc.disable()  # a build ends soon; collecting garbage would cost a tenth of it
        with only_build(chosen.root, lambda: console.say("waiting")):
            if compare:
                return _compare(console, chosen)
            with progress(console) as told:
                result = build(chosen, told)
            if target is not None and result.published:
                digest = content_digest(result.digests.items())
                publish(chosen.output, target.absolute(), result.digests, digest)
        console.problems(result.problems)
        if explain:
            for path, reason in sorted(result.rendered.items()):
                click.echo(f"{reason}\t{path}")
        console.result(result)
        if stats is not None:
            stats.write_text(json.dumps(_stats(result), indent=1) + "\n", encoding="utf-8")
        return 0 if result.published else 1

    sys.exit(guarded(console, work))


def _compare(console: Console, options: Options) -> int:
    """Says which published files are not what a build from nothing gives."""
    result = verify(options)
    console.problems(result.problems)
    for path in result.differing:
        click.echo(path)
    console.say("compared", differing=len(result.differing))
    return 1 if result.differing or not result.published else 0


def _stats(result: Result) -> dict[str, object]:
    return {
        "rendered": len(result.rendered),
        "unchanged": result.unchanged,
        "removed": len(result.removed),
        "parsed": result.parsed,
        "seconds": {stage: round(spent, 4) for stage, spent in result.seconds.items()},
        "peak_rss_bytes": _peak_rss_bytes(),
    }


def _peak_rss_bytes() -> int:
    """The largest process of this command, in bytes; 0 where the platform does not tell."""
    try:
        import resource  # noqa: PLC0415  not on Windows
    except ImportError:
        return 0
    unit = 1 if sys.platform == "darwin" else 1024
    who = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return max(resource.getrusage(w).ru_maxrss for w in who) * unit


@cli.command()
@_building
def check(site: Path, lang: str | None, **options: Unpack[Building]) -> None:
    """Say what is wrong in the content, and publish nothing."""
    console = _console(site, lang)

    def work() -> int:
        from mksite.build.build import check as check_site  # noqa: PLC0415

        chosen = _options(site, **options)
        with only_build(chosen.root, lambda: console.say("waiting")):
            result = check_site(chosen)
        console.problems(result.problems)
        errors = sum(1 for p in result.problems if p.severity == "error")
        console.say("checked", errors=errors, warnings=len(result.problems) - errors)
        console.outdated(result)
        return 1 if errors or (chosen.strict and result.problems) else 0

    sys.exit(guarded(console, work))


@cli.command()
@_building
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option("--host", default="127.0.0.1", show_default=True)
def serve(site: Path, lang: str | None, port: int, host: str, **options: Unpack[Building]) -> None:
    """Build, serve on localhost, and rebuild on every change."""
    console = _console(site, lang)

    def work() -> int:
        from mksite.serve.serve import base_path  # noqa: PLC0415  livereload is slow to load
        from mksite.serve.serve import serve as serve_site  # noqa: PLC0415

        def rebuild() -> bool:
            chosen = _options(site, **options)
            with only_build(chosen.root, lambda: console.say("waiting")):
                result = build(chosen)
            console.problems(result.problems)
            console.result(result)
            return result.published

        chosen = _options(site, **options)
        rebuild_guarded = _guarded_rebuild(console, rebuild)
        address = f"http://{host}:{port}{base_path(chosen.root)}"
        console.say("serving", address=address)
        serve_site(chosen.root, chosen.output, rebuild_guarded, host=host, port=port)
        return 0

    sys.exit(guarded(console, work))


def _guarded_rebuild(console: Console, rebuild: Callable[[], bool]) -> Callable[[], bool]:
    """A rebuild that tells what went wrong and leaves the last good site standing."""

    def run() -> bool:
        published = False

        def work() -> int:
            nonlocal published
            published = rebuild()
            return 0

        if guarded(console, work) == INTERRUPTED:
            raise KeyboardInterrupt
        return published

    return run


@cli.command()
@_shared
@click.option("--update", is_flag=True, help="Mark those named, or all that have no mark yet.")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
def translations(site: Path, lang: str | None, *, update: bool, paths: tuple[Path, ...]) -> None:
    """Say which translations are outdated, unmarked or missing, or mark them as up to date."""
    console = _console(site, lang)

    def work() -> int:
        from mksite.record import translation  # noqa: PLC0415

        root = site.absolute()
        found, problems = read_site(root)
        if found is None:
            console.problems(problems)
            return 1
        with only_build(root, lambda: console.say("waiting")):
            records = translation.read_records(root, found, engine_digest())
            lags = translation.lags(records, found.languages)
            if update:
                picked = translation.chosen(lags, paths, root, records)
                return _mark(console, root, picked)
        _report(console, lags, found.languages[1:])
        return 0

    sys.exit(guarded(console, work))


def _mark(console: Console, root: Path, picked: tuple[Lag, ...]) -> int:
    """Writes the marks, and says in which files; what cannot be marked is told."""
    from mksite.record import translation  # noqa: PLC0415

    written = 0
    for lag in picked:
        if translation.mark(root, lag):
            written += 1
            click.echo(lag.path)
        else:
            console.say("translation-not-marked", path=lag.path, digest=lag.digest)
    console.say("translations-marked", count=written)
    return 0 if written == len(picked) else 1


def _report(console: Console, lags: tuple[Lag, ...], languages: tuple[str, ...]) -> None:
    """The translations that do not keep up, language by language."""
    for lang in languages:
        own = [lag for lag in lags if lag.lang == lang]
        counts = Counter(lag.state for lag in own)
        counted = console.sentence(
            "translations-language",
            language=lang,
            outdated=counts["outdated"],
            unmarked=counts["unmarked"],
            missing=counts["missing"],
        )
        click.echo(counted)
        for lag in own:
            click.echo(f"  {console.sentence(f'translation-{lag.state}', path=lag.path)}")
    if any(lag.state != "missing" for lag in lags):
        console.say("translations-hint")


def main() -> None:
    """The entry point: usage errors of click keep its own wording and exit code 2."""
    cli(prog_name="mksite")


if __name__ == "__main__":
    main()
