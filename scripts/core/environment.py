"""The project's own virtual environment: made, filled from the lock, and entered.

Runs on a bare Python (nothing installed, any version from 3.8), so it imports only the standard
library and its own text must stay valid there.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import io
import os
import re
import shutil
import subprocess
import sys
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
WORK = ROOT / ".build"  # everything half-made lives here, on the same file system as site/
MINIMUM = (3, 11, 5)  # pymdown-extensions 13

# What the machine refuses, by errno → what the reader can do, in Swedish. Anything else is reported
# with the system's own words.
REFUSALS = {
    errno.ENOSPC: "Disken är full. Gör plats och kör igen.",
    getattr(errno, "EDQUOT", -1): "Din plats på disken är slut. Gör plats och kör igen.",
    errno.ENOMEM: "Minnet är slut. Stäng andra program och kör igen.",
    errno.EROFS: "Mappen går bara att läsa. Hämta projektet till en mapp som du får skriva i.",
    errno.EACCES: "Du får inte skriva där. Äger någon annan mappen: hämta projektet till en egen.",
}
# What a command finds in the environment, beside what was there. Python's -I would hide the user's
# packages, but also PYTHON* settings that a mirror may need.
ENVIRONMENT = {
    "SITE_ENTERED": "1",
    "PYTHONUTF8": "1",
    "PYTHONNOUSERSITE": "1",
    "PYTHONHASHSEED": "0",  # what MkDocs keeps in sets comes in one order: the same bytes
    # Material's notice about MkDocs 2; README says when its maintenance ends, and the way out.
    "NO_MKDOCS_2_WARNING": "1",
}


class EnvironmentFailedError(Exception):
    """The environment can't be made. The text says why and what to do, in Swedish."""


def venv_python(venv: Path) -> Path:
    """Return the path of the interpreter in ``venv``, as the venv module lays it out."""
    return venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def say(text: str) -> None:
    """Print progress at once, to stderr: stdout is for findings. Nobody need listen."""
    with contextlib.suppress(OSError):
        print(text, file=sys.stderr, flush=True)


def show(text: str) -> None:
    """Print a result to stdout. Whoever reads it may stop when they like (``| head``), and may have
    a terminal that lacks some of its characters."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    try:
        print(text, flush=True)
    except BrokenPipeError:
        # Python writes what is left when it ends: nowhere
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@contextlib.contextmanager
def only_one(name: str, work: Path | None = None) -> Iterator[None]:
    """Hold the lock ``name`` in the folder ``work``, by default the project's .build/: two commands
    never write the same files at once, whichever clone of the project they are started from.

    The operating system drops the lock when the process dies, however it dies.
    """
    work = work or WORK
    work.mkdir(exist_ok=True)
    with (work / (name + ".lock")).open("w") as file:
        try:
            _lock(file.fileno(), wait=False)
        except OSError:
            say("Väntar: ett annat kommando arbetar redan i mappen …")
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


def fingerprint(requirements: Path, version: str) -> str:
    """Return what an environment is made of: its lock's hash, and the version of its Python."""
    return f"{hashlib.sha256(requirements.read_bytes()).hexdigest()} {version}"


def ensure(requirements: Path, venv: Path = VENV) -> Path:
    """Make ``venv`` hold exactly what ``requirements`` locks, and return its interpreter.

    Installs nothing when the lock is unchanged, whichever Python this is: the one in ``venv`` runs
    the command. A half-made environment is made anew: one that is whole has the file ``installed``,
    which says of what; nothing before that.

    Raises EnvironmentFailedError with a Swedish text when Python, venv or the download fails.
    """
    python = venv_python(venv)
    stamp = venv / "installed"
    installed = stamp.read_text() if stamp.is_file() else None
    version = _version(python) if installed is not None else ""
    # requirements-dev.txt holds all of requirements.txt: a test environment can build, too.
    more = requirements.with_name("requirements-dev.txt")
    good = {fingerprint(lock, version) for lock in (requirements, more) if lock.is_file()}
    if version and installed in good:
        return python

    # Packages belong to one version of Python: the system's may have been replaced by a newer.
    if not version or (installed and installed.split()[-1] != version):
        say(f"Skapar en egen Python-miljö i {venv.name} …")
        _make(venv)
        version = _version(python)
    say(f"Installerar paketen i {requirements.name} (en gång, kan ta en minut) …")
    stamp.write_text("")
    command = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    command += ["--require-hashes", "--only-binary", ":all:", "-r", str(requirements)]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        raise EnvironmentFailedError(
            "Paketen kunde inte installeras. Kontrollera att datorn når ett paketindex för "
            "Python (fråga it-avdelningen om en spegel eller proxy) och försök igen. "
            "Pip säger:\n" + (done.stdout + done.stderr).strip()
        )
    stamp.write_text(fingerprint(requirements, version))
    return python


def _make(venv: Path) -> None:
    """Make an empty environment in place of what is there. Raises EnvironmentFailedError."""
    if not sys.executable:  # a shell without PATH gives Python no way to find itself
        raise EnvironmentFailedError(
            "Python vet inte var det ligger. Skriv hela vägen till det, som /usr/bin/python3."
        )
    shutil.rmtree(venv, ignore_errors=True)
    made = subprocess.run([sys.executable, "-m", "venv", str(venv)], capture_output=True, text=True)
    if made.returncode != 0:
        raise EnvironmentFailedError(
            "Det gick inte att skapa en Python-miljö. På Debian och Ubuntu saknas ofta "
            "paketet python3-venv: installera det (sudo apt install python3-venv) och "
            "försök igen.\n" + (made.stdout + made.stderr).strip()
        )


def _version(python: Path) -> str:
    """Return the version of an interpreter, as "3.11", or "" if it doesn't run."""
    command = [str(python), "-c", "import sys; print('%d.%d' % sys.version_info[:2])"]
    try:
        done = subprocess.run(command, capture_output=True, text=True)
    except OSError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


def enter(requirements: str = "requirements.txt") -> None:
    """Run this command again in the project's environment, made or filled first if need be. Every
    script begins with it, so that any Python can start it, from any folder.

    Returns at once where the command runs there already. Raises SystemExit where the environment
    can't be made, and on Windows with the exit code of the command; elsewhere the command takes
    over this process, so that a signal to it stops the work.

    Args:
        requirements: the name of the lock file that has what the command needs.
    """
    if sys.version_info < MINIMUM:
        wanted, found = (".".join(map(str, v)) for v in (MINIMUM, sys.version_info[:3]))
        say(f"Python {wanted} eller senare behövs; det här är {found} ({sys.executable}).")
        raise SystemExit(2)
    if Path(sys.prefix).resolve() == VENV.resolve() and os.environ.get("SITE_ENTERED"):
        return
    if code := run(_prepare, [requirements]):
        raise SystemExit(code)
    os.environ.update(ENVIRONMENT)
    for name in ("PYTHONPATH", "PYTHONIOENCODING"):
        os.environ.pop(name, None)
    command = [str(venv_python(VENV)), *sys.argv]
    if os.name != "nt":
        os.execv(command[0], command)
    try:  # Windows: the shell would not wait for what takes over
        raise SystemExit(subprocess.run(command).returncode)
    except KeyboardInterrupt:
        raise SystemExit(130) from None


def _prepare(requirements: list[str]) -> int:
    """Make the environment; return the exit code."""
    try:
        with only_one("venv"):
            ensure(ROOT / requirements[0])
    except EnvironmentFailedError as problem:
        say(str(problem))
        return 2
    return 0


def why(error: Exception) -> str:
    """Return in one Swedish line what stopped a command. What no rule knows is a fault of ours: the
    line says where, and the file that it names has all of it, for whoever mends it."""
    found = re.search(r"\[Errno (\d+)\]", str(error))  # shutil.Error has it in its text alone
    number = int(found[1]) if found else 0
    if isinstance(error, MemoryError):
        number = errno.ENOMEM
    if number in REFUSALS:
        # of a copy, the file that is written: the disk that is full is its
        names = (getattr(error, name, None) for name in ("filename2", "filename"))
        return f"{str(next(filter(None, names), 'Projektet'))[:200]}: {REFUSALS[number]}"
    ours = [row for row in traceback.extract_tb(error.__traceback__) if str(ROOT) in row.filename]
    place = f"{Path(ours[-1].filename).name}:{ours[-1].lineno}, " if ours else ""
    said = " ".join(str(error).split())[:200]
    whole = WORK / "fel.txt"
    with contextlib.suppress(OSError):
        whole.write_text("".join(traceback.format_exception(error)), encoding="utf-8")
    return (
        f"Programmet stannade på ett fel ({place}{type(error).__name__}: {said}). "
        f"Lämna filen {whole} till den som sköter tekniken."
    )


def run(main: Callable[[list[str]], int], argv: list[str]) -> int:
    """Return the exit code of ``main(argv)``. What stopped it, the machine, somebody's Ctrl+C or a
    fault of ours, is told in one line, and gives 2 or 130; site/ is whole then, old or new.
    """
    try:
        return main(argv)
    except KeyboardInterrupt:
        say("Avbrutet. Kör igen när du vill.")
        return 130
    except Exception as error:
        say(f"{why(error)} Mappen site/ är hel.")
        return 2
