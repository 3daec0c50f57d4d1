"""The project's own virtual environment: made, filled from the lock, and entered.

Runs on a bare Python (nothing installed, any version from 3.8), so it imports only the standard
library and its own text must stay valid there.
"""

from __future__ import annotations

import argparse
import contextlib
import errno
import hashlib
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

# What the machine refuses → why, and what to do; in Swedish.
REFUSALS = {
    errno.ENOSPC: "Disken är full. Gör plats och kör igen.",
    getattr(errno, "EDQUOT", -1): "Din plats på disken är slut. Gör plats och kör igen.",
    errno.EFBIG: "Filen blir större än du får skriva (ulimit -f). Höj gränsen och kör igen.",
    errno.EMFILE: "Fler filer får inte vara öppna (ulimit -n). Höj gränsen och kör igen.",
    errno.ENOMEM: "Minnet är slut. Stäng andra program och kör igen.",
    errno.EROFS: "Mappen går bara att läsa. Hämta projektet till en mapp som du får skriva i.",
    errno.EACCES: "Du får inte skriva där. Äger någon annan mappen: hämta projektet till en egen.",
    errno.ENAMETOOLONG: "Namnet är för långt. Flytta projektet till en mapp högre upp.",
    errno.ENOENT: "Finns inte längre. Är det mappen du står i? Gå till en annan och kör igen.",
    errno.EPIPE: "Den som skulle läsa det som skrivs har slutat. Kör igen utan |.",
    errno.ENOTDIR: "Här är en fil där en mapp ska vara. Flytta filen.",
    errno.EEXIST: "Här är en fil där en mapp ska vara. Flytta filen.",
    errno.EISDIR: "Här är en mapp där en fil ska vara. Flytta mappen.",
    errno.ELOOP: "Här är en genväg som leder till sig själv. Ta bort den.",
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


def parser(prog: str, text: str | None) -> argparse.ArgumentParser:
    """Return the parser of a command, which tells ``text`` as it stands."""
    raw = argparse.RawDescriptionHelpFormatter
    return argparse.ArgumentParser(prog, description=text, formatter_class=raw)


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

    Installs nothing when the lock is unchanged. A half-made environment is made anew: one that is
    whole has the file ``installed``, which says of what; nothing before that.

    Raises EnvironmentFailedError with a Swedish text when Python, venv or the download fails.
    """
    python = venv_python(venv)
    stamp = venv / "installed"
    # requirements-dev.txt holds all of requirements.txt: a test environment can build, too.
    more = requirements.with_name("requirements-dev.txt")
    good = {fingerprint(lock) for lock in (requirements, more) if lock.is_file()}
    if stamp.is_file() and stamp.read_text() in good and _runs(python):
        return python

    if not stamp.is_file() or not _runs(python):
        say(f"Skapar en egen Python-miljö i {venv.name} …")
        shutil.rmtree(venv, ignore_errors=True)
        made = subprocess.run(
            [sys.executable, "-m", "venv", str(venv)], capture_output=True, text=True
        )
        if made.returncode != 0:
            raise EnvironmentFailedError(
                "Det gick inte att skapa en Python-miljö. På Debian och Ubuntu saknas ofta "
                "paketet python3-venv: installera det (sudo apt install python3-venv) och "
                "försök igen.\n" + (made.stdout + made.stderr).strip()
            )
    say(f"Installerar paketen i {requirements.name} (en gång, kan ta en minut) …")
    stamp.write_text("")
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
    """Whether there is an interpreter of this Python's version: packages don't move to another."""
    same = f"import sys; sys.exit(sys.version_info[:2] != {tuple(sys.version_info[:2])})"
    try:
        return subprocess.run([str(python), "-c", same], capture_output=True).returncode == 0
    except OSError:
        return False


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
    for name in ("PYTHONPATH", "PYTHONIOENCODING"):
        environment.pop(name, None)
    try:
        return subprocess.run([str(python), str(script), *argv], env=environment).returncode
    except KeyboardInterrupt:
        return 130


def why(error: Exception) -> str:
    """Return in one Swedish line what stopped a command. What no rule knows is a fault of ours: the
    line says where, and the file that it names has all of it, for whoever mends it."""
    found = re.search(r"\[Errno (\d+)\]", str(error))  # shutil.Error has it in its text alone
    number = errno.ENOMEM if isinstance(error, MemoryError) else int(found[1]) if found else 0
    if number in REFUSALS:
        return f"{str(getattr(error, 'filename', None) or 'Projektet')[:200]}: {REFUSALS[number]}"
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
