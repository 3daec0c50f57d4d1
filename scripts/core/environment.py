"""The project's own virtual environment: made, filled from the lock, and entered.

Runs on a bare Python (nothing installed, any version from 3.8), so it imports only the standard
library and its own text must stay valid there.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
WORK = ROOT / ".build"  # everything half-made lives here, on the same file system as site/
MINIMUM = (3, 11, 5)  # pymdown-extensions 13

# What the machine refuses → why, and what to do; in Swedish.
REFUSALS = {
    errno.ENOSPC: "Disken är full. Gör plats och kör igen.",
    getattr(errno, "EDQUOT", -1): "Din plats på disken är slut. Gör plats och kör igen.",
    errno.EROFS: "Mappen går bara att läsa. Hämta projektet till en mapp som du får skriva i.",
    errno.EACCES: "Du får inte skriva där. Äger någon annan mappen: hämta projektet till en egen.",
}


class EnvironmentFailedError(Exception):
    """The environment can't be made. The text says why and what to do, in Swedish."""


def venv_python(venv: Path) -> Path:
    """Return the path of the interpreter in ``venv``, as the venv module lays it out."""
    return venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def say(text: str) -> None:
    """Print progress at once, to stderr: stdout is for findings."""
    print(text, file=sys.stderr, flush=True)


@contextlib.contextmanager
def only_one(name: str) -> Iterator[None]:
    """Hold the lock ``name`` in .build/: two commands never write the same folder at once.

    The operating system drops the lock when the process dies, however it dies.
    """
    WORK.mkdir(exist_ok=True)
    with (WORK / (name + ".lock")).open("w") as file:
        try:
            _lock(file.fileno(), wait=False)
        except OSError:
            say("Väntar: ett annat kommando arbetar redan i projektet …")
            _lock(file.fileno(), wait=True)
        yield


def _lock(descriptor: int, wait: bool) -> None:
    if sys.platform == "win32":
        import msvcrt

        while True:
            try:
                msvcrt.locking(descriptor, msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
            except OSError:  # LK_LOCK gives up after ten tries
                if not wait:
                    raise
            else:
                return
    else:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))


def fingerprint(requirements: Path) -> str:
    """Return what the environment is made of: the lock's hash and the Python version."""
    digest = hashlib.sha256(requirements.read_bytes()).hexdigest()
    return f"{digest} {sys.version_info.major}.{sys.version_info.minor}"


def ensure(requirements: Path, venv: Path = VENV) -> Path:
    """Make ``venv`` hold exactly what ``requirements`` locks, and return its interpreter.

    Installs nothing when the lock is unchanged. A half-made environment is made anew.

    Raises EnvironmentFailedError with a Swedish text when Python, venv or the download fails.
    """
    python = venv_python(venv)
    stamp = venv / "installed"
    # requirements-dev.txt holds all of requirements.txt: a test environment can build, too.
    more = requirements.with_name("requirements-dev.txt")
    good = {fingerprint(lock) for lock in (requirements, more) if lock.is_file()}
    if stamp.is_file() and stamp.read_text() in good and _runs(python):
        return python

    if not _runs(python) or not _same_python(venv):
        say(f"Skapar en egen Python-miljö i {venv.name} …")
        shutil.rmtree(venv, ignore_errors=True)
        made = subprocess.run(
            [sys.executable, "-m", "venv", str(venv)], capture_output=True, text=True
        )
        if made.returncode != 0:
            shutil.rmtree(venv, ignore_errors=True)
            raise EnvironmentFailedError(
                "Det gick inte att skapa en Python-miljö. På Debian och Ubuntu saknas ofta "
                "paketet python3-venv: installera det (sudo apt install python3-venv) och "
                "försök igen.\n" + (made.stdout + made.stderr).strip()
            )
    say(f"Installerar paketen i {requirements.name} (en gång, kan ta en minut) …")
    stamp.unlink(missing_ok=True)
    command = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    command += ["--require-hashes", "--only-binary", ":all:", "-r", str(requirements)]
    installed = subprocess.run(command, capture_output=True, text=True)
    if installed.returncode != 0:
        raise EnvironmentFailedError(
            "Paketen kunde inte installeras. Kontrollera att datorn når ett paketindex för "
            "Python (fråga it-avdelningen om en spegel eller proxy) och försök igen. "
            "Pip säger:\n" + (installed.stdout + installed.stderr).strip()
        )
    stamp.write_text(fingerprint(requirements))
    return python


def _runs(python: Path) -> bool:
    if not python.is_file():
        return False
    try:
        return subprocess.run([str(python), "-c", ""], capture_output=True).returncode == 0
    except OSError:
        return False


def _same_python(venv: Path) -> bool:
    """Whether ``venv`` was made by this Python version: packages don't move between versions."""
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    config = venv / "pyvenv.cfg"
    return config.is_file() and f"version = {version}." in config.read_text(encoding="utf-8")


def enter(script: Path, requirements: Path, argv: list[str]) -> int | None:
    """Run ``script`` again inside the environment; return its exit code.

    Returns None when we already are inside it, so that the script goes on.
    """
    if sys.version_info < MINIMUM:
        wanted = ".".join(map(str, MINIMUM))
        found = ".".join(map(str, sys.version_info[:3]))
        say(f"Python {wanted} eller senare behövs; det här är {found} ({sys.executable}).")
        return 2
    if Path(sys.prefix).resolve() == VENV.resolve() and os.environ.get("SITE_ENTERED"):
        return None
    try:
        with only_one("venv"):
            python = ensure(requirements)
    except EnvironmentFailedError as problem:
        say(str(problem))
        return 2
    # -I would hide site-packages of the user, but also PYTHON* settings a mirror may need.
    environment = {
        **os.environ,
        "SITE_ENTERED": "1",
        "PYTHONUTF8": "1",
        "PYTHONNOUSERSITE": "1",
        "PYTHONHASHSEED": "0",  # what MkDocs keeps in sets comes in one order: the same bytes
        # Material's notice about MkDocs 2; README says when its maintenance ends, and the way out.
        "NO_MKDOCS_2_WARNING": "1",
    }
    environment.pop("PYTHONPATH", None)
    try:
        return subprocess.run([str(python), str(script), *argv], env=environment).returncode
    except KeyboardInterrupt:
        return 130


def run(main: Callable[[list[str]], int], argv: list[str]) -> int:
    """Return the exit code of ``main(argv)``. What the machine or somebody's Ctrl+C stopped is told
    in one line, and gives 2 or 130; site/ is whole, old or new, whenever a build is stopped.
    """
    try:
        return main(argv)
    except KeyboardInterrupt:
        say("Avbrutet. Kör igen när du vill.")
        return 130
    except OSError as error:
        if error.errno not in REFUSALS:
            raise
        say(f"{error.filename or ROOT}: {REFUSALS[error.errno]} Mappen site/ är hel.")
        return 2
