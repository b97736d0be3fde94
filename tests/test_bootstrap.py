"""`build.py`, which sets up its own environment: here without pip and without the network."""

import ast
import importlib.util
import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path
from types import ModuleType

import pytest

BUILD_PY = Path(__file__).resolve().parents[1] / "build.py"
FAKE_MKSITE = "import sys; print(*sys.argv[1:]); sys.exit(7 if 'fail' in sys.argv else 0)"


@pytest.fixture
def bootstrap(tmp_path: Path) -> ModuleType:
    """`build.py` as a module, standing in a checkout of its own."""
    for name in ("pyproject.toml", "requirements.lock", "requirements-test.lock"):
        (tmp_path / name).write_text(f"# {name}\n", "utf-8")
    shutil.copy(BUILD_PY, tmp_path)
    spec = importlib.util.spec_from_file_location("bootstrap", tmp_path / "build.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def steps(bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What set-up would have run, one command a line; each has succeeded."""
    commands: list[str] = []

    def attempt(*words: str | Path) -> None:
        commands.append(" ".join(map(str, words)))
        bootstrap.ENVIRONMENT.mkdir(exist_ok=True)

    monkeypatch.setattr(bootstrap, "attempt", attempt)
    monkeypatch.setattr(bootstrap, "runs", lambda _module: True)
    return commands


def test_parses_on_python_3_6() -> None:
    """An old Python can read the whole file, and so can say that it is too old."""
    ast.parse(BUILD_PY.read_text("utf-8"), feature_version=(3, 6))


@pytest.mark.parametrize("version", [(3, 6), (3, 10)])
def test_refuses_an_old_python(
    version: tuple[int, int], bootstrap: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    """A Python before 3.11 is told in two languages which one is needed, with exit code 3."""
    with pytest.raises(SystemExit) as ended:
        bootstrap.refuse_old_python(version)
    said = capsys.readouterr().err
    assert ended.value.code == 3
    assert "нужен Python 3.11" in said
    assert "Python 3.11 or newer is needed" in said


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], "mksite build"),
        (["--strict", "--jobs", "1"], "mksite build --strict --jobs 1"),
        (["check", "--strict"], "mksite check --strict"),
        (["--help"], "mksite --help"),
        (["test"], "pytest"),
        (["test", "-k", "feeds"], "pytest -k feeds"),
    ],
)
def test_command(arguments: list[str], expected: str, bootstrap: ModuleType) -> None:
    """The arguments go to mksite, `test` goes to pytest, and options alone belong to `build`."""
    assert bootstrap.command(Path("python"), arguments) == ["python", "-P", "-m", *expected.split()]


@pytest.mark.parametrize(
    ("arguments", "in_checkout"),
    [(["build"], True), (["build", "--site", "x"], False), (["build", "--site=x"], False)],
)
def test_directory(
    arguments: list[str],
    in_checkout: bool,  # noqa: FBT001 - a column of the table above
    bootstrap: ModuleType,
) -> None:
    """The checkout is the site, unless `--site` names another as seen from the current folder."""
    assert (bootstrap.directory(arguments) == bootstrap.ROOT) is in_checkout


def test_set_up_once(bootstrap: ModuleType, steps: list[str]) -> None:
    """The first run makes the environment, from hashes and without isolation; the next does not."""
    bootstrap.find_python(bootstrap.RUNTIME_LOCK)
    made, ensured, locked, itself = steps
    assert "venv --clear" in made
    assert "ensurepip" in ensured
    assert "--require-hashes" in locked
    assert "requirements.lock" in locked
    assert "--no-deps --no-build-isolation --editable" in itself
    steps.clear()
    assert bootstrap.find_python(bootstrap.RUNTIME_LOCK) == bootstrap.PYTHON
    assert steps == []


@pytest.mark.parametrize("name", ["pyproject.toml", "requirements.lock"])
def test_changed_file_installs_again(name: str, bootstrap: ModuleType, steps: list[str]) -> None:
    """A changed lock file or pyproject.toml is installed over the environment that is there."""
    bootstrap.find_python(bootstrap.RUNTIME_LOCK)
    steps.clear()
    (bootstrap.ROOT / name).write_text("# changed\n", "utf-8")
    bootstrap.find_python(bootstrap.RUNTIME_LOCK)
    assert ["pip" in step for step in steps] == [True, True]


def test_tests_add_to_the_environment(bootstrap: ModuleType, steps: list[str]) -> None:
    """The test lock is installed over the runtime's, and serves both from then on."""
    bootstrap.find_python(bootstrap.RUNTIME_LOCK)
    steps.clear()
    bootstrap.find_python(bootstrap.TEST_LOCK)
    assert "requirements-test.lock" in steps[0]
    steps.clear()
    bootstrap.find_python(bootstrap.RUNTIME_LOCK)
    bootstrap.find_python(bootstrap.TEST_LOCK)
    assert steps == []


@pytest.mark.parametrize("survived", range(4))
def test_interrupted_set_up_starts_anew(
    survived: int, bootstrap: ModuleType, steps: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """After an interruption at any step the next run clears the environment and repeats it all."""
    succeed = bootstrap.attempt

    def attempt(*words: str | Path) -> None:
        if len(steps) == survived:
            raise KeyboardInterrupt
        succeed(*words)

    with monkeypatch.context() as patch:
        patch.setattr(bootstrap, "attempt", attempt)
        assert bootstrap.main([]) == 130
    steps.clear()
    bootstrap.find_python(bootstrap.RUNTIME_LOCK)
    assert "venv --clear" in steps[0]
    assert len(steps) == 4


def test_dead_environment_is_made_anew(
    bootstrap: ModuleType, steps: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """An environment whose base Python has been removed is replaced."""
    bootstrap.find_python(bootstrap.RUNTIME_LOCK)
    steps.clear()
    monkeypatch.setattr(bootstrap, "runs", lambda _module: False)
    bootstrap.find_python(bootstrap.RUNTIME_LOCK)
    assert "venv --clear" in steps[0]


def test_missing_venv(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where Python has no ensurepip, the package to install is named, with exit code 3."""
    monkeypatch.setattr(bootstrap.util, "find_spec", lambda _name: None)
    assert bootstrap.main([]) == 3
    said = capsys.readouterr().err
    assert said.count("sudo apt install python3-venv") == 2
    assert "Traceback" not in said


@pytest.mark.parametrize(
    ("output", "advice"),
    [
        ("ERROR: [Errno 28] No space left on device", "disk is full"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM", "differs from the lock file"),
        ("WARNING: Retrying (Retry(total=1\nERROR: No matching distribution found", "network"),
        ("ERROR: No matching distribution found for x==1", "does not exist for this Python"),
        ("PermissionError: [Errno 13] Permission denied", "not accessible"),
        ("ERROR: something else", "could not be set up"),
    ],
)
def test_diagnose(output: str, advice: str, bootstrap: ModuleType) -> None:
    """The words of a failure lead to what the editor can do about it."""
    assert advice in bootstrap.diagnose(output).advice.en


def test_failure_shows_no_traceback(
    bootstrap: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of a failed step the editor sees the advice and the line that tells, never a traceback."""
    failing = "print('Traceback\\n[Errno 28] No space left'); raise SystemExit('giving up')"
    with pytest.raises(bootstrap.SetupError) as failed:
        bootstrap.attempt(sys.executable, "-c", failing)
    bootstrap.say(failed.value.advice, failed.value.detail)
    said = capsys.readouterr().err
    assert "the disk is full" in said
    assert "([Errno 28] No space left)" in said
    assert "Traceback" not in said


def test_turnstile(bootstrap: ModuleType) -> None:
    """While one set-up is under way no other gets in; afterwards it does."""
    with bootstrap.TURNSTILE.open("ab") as other:
        with bootstrap.turnstile():
            assert not bootstrap.try_to_lock(other)
        assert bootstrap.try_to_lock(other)


def test_clean_environment(bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """A child gets the user's variables, but none that would lead Python or pip elsewhere."""
    monkeypatch.setenv("PYTHONPATH", "elsewhere")
    monkeypatch.setenv("PIP_TARGET", "elsewhere")
    monkeypatch.setenv("HTTPS_PROXY", "proxy.example")
    variables = bootstrap.clean_environment()
    assert "elsewhere" not in variables.values()
    assert variables["HTTPS_PROXY"] == "proxy.example"


@pytest.mark.parametrize(("word", "code"), [("check", 0), ("fail", 7)])
def test_hands_over(word: str, code: int, bootstrap: ModuleType) -> None:
    """In an environment that is ready mksite gets the arguments, and its exit code is returned."""
    package = bootstrap.ROOT / "mksite"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "__main__.py").write_text(FAKE_MKSITE, "utf-8")
    venv.create(bootstrap.ENVIRONMENT, symlinks=sys.platform != "win32")
    base = {"base": str(bootstrap.ENVIRONMENT), "platbase": str(bootstrap.ENVIRONMENT)}
    pth = Path(sysconfig.get_path("purelib", "venv", base), "mksite.pth")
    pth.write_text(f"{bootstrap.ROOT}\n", "utf-8")
    bootstrap.STAMP.write_text(bootstrap.digest(bootstrap.RUNTIME_LOCK), "utf-8")

    result = subprocess.run(
        [sys.executable, bootstrap.ROOT / "build.py", word, "--flag"],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (result.stdout, result.stderr) == (f"{word} --flag\n", "")
    assert result.returncode == code


@pytest.mark.parametrize("name", ["plain", "Сайт архива", "Жаңы «сайт»"])
def test_path_files_are_ascii(
    name: str, bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The package is found in a folder with any letters, under a locale without UTF-8."""
    root = tmp_path / name
    package = root / "elsewhere_made"
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    monkeypatch.setattr(bootstrap, "ENVIRONMENT", root / ".venv")
    venv.create(bootstrap.ENVIRONMENT, symlinks=sys.platform != "win32")
    base = {"base": str(bootstrap.ENVIRONMENT), "platbase": str(bootstrap.ENVIRONMENT)}
    pth = Path(sysconfig.get_path("purelib", "venv", base), "made.pth")
    pth.write_text(f"{root}\n", "utf-8")
    bootstrap.spell_paths_in_ascii()
    assert pth.read_text("utf-8").isascii()
    scripts = Path(sysconfig.get_path("scripts", "venv", base))
    for options in ({"LC_ALL": "C"}, {"LC_ALL": "ru_RU.CP1251"}, {"LC_ALL": "C.UTF-8"}):
        result = subprocess.run(
            [scripts / "python", "-X", "utf8=0", "-c", "import elsewhere_made"],
            env={**os.environ, **options, "PYTHONCOERCECLOCALE": "0"},
            capture_output=True,
            check=False,
        )
        assert result.returncode == 0, result.stderr
