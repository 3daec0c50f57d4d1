"""The project's virtual environment: create it, install the locked packages, and run in it. Also
printing, lock files and exit codes, which every command uses.

Runs on a bare Python (nothing installed, any version from 3.8), so it imports only the standard
library, and its syntax must stay valid there.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import subprocess
import sys
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
WORK = ROOT / ".build"  # temporary files and caches; on the same file system as site/
MINIMUM = (3, 11, 5)  # pymdown-extensions 13

# Environment variables that are set for a command. Python's -I would hide the user's packages, but
# also PYTHON* settings that a mirror may need.
ENVIRONMENT = {
    "SITE_ENTERED": "1",
    "PYTHONUTF8": "1",
    "PYTHONNOUSERSITE": "1",
    "PYTHONHASHSEED": "0",  # MkDocs iterates over sets: a fixed order gives the same bytes
    # Material's notice about MkDocs 2; README says when its maintenance ends, and the way out.
    "NO_MKDOCS_2_WARNING": "1",
}


class EnvironmentFailedError(Exception):
    """The environment can't be created. The message gives the cause and the cure, in Swedish."""


def venv_python(venv: Path) -> Path:
    """Return the path of the interpreter in ``venv``, as the venv module lays it out."""
    return venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def log(text: str) -> None:
    """Print a message to stderr at once: stdout is for findings. A closed stderr is ignored."""
    with contextlib.suppress(OSError):
        print(text, file=sys.stderr, flush=True)


def print_result(text: str) -> None:
    """Print a result to stdout at once, so that it comes before later messages on stderr."""
    print(text, flush=True)


@contextlib.contextmanager
def lock(name: str, work: Path | None = None) -> Iterator[None]:
    """Hold the lock file ``name``.lock in the folder ``work``, by default the project's .build/, so
    that two commands never write the same files at once. Wait while another process holds it.

    The operating system releases the lock when the process ends, also when it is killed.
    """
    work = work or WORK
    work.mkdir(exist_ok=True)
    with (work / (name + ".lock")).open("w") as file:
        try:
            _lock_file(file.fileno(), wait=False)
        except OSError:
            log("Väntar: ett annat kommando arbetar redan i mappen …")
            _lock_file(file.fileno(), wait=True)
        yield


def _lock_file(descriptor: int, wait: bool) -> None:
    """Lock an open file. If another process has locked it: wait for that process with ``wait``,
    else raise OSError. Windows waits ten seconds at most, and then raises OSError, too."""
    if sys.platform == "win32":
        import msvcrt

        # one byte is enough: every command locks the same one
        msvcrt.locking(descriptor, msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))


def venv_fingerprint(requirements: Path, version: str) -> str:
    """Return the text that identifies an environment's packages: the SHA-256 of the lock file
    ``requirements``, a space, and the ``version`` of Python ("3.11")."""
    return f"{hashlib.sha256(requirements.read_bytes()).hexdigest()} {version}"


def ensure_venv(requirements: Path, venv: Path = VENV) -> Path:
    """Install the packages of the lock file ``requirements`` in ``venv``; return its interpreter.

    Installs nothing if the lock file is unchanged. Creates ``venv`` anew if it doesn't run, isn't
    one of ours, or is of another version of Python. The file ``installed`` in ``venv`` holds the
    fingerprint of its packages. It is empty during an installation, so that an interrupted one
    starts again.

    Raises EnvironmentFailedError when Python, venv or pip fails.
    """
    python = venv_python(venv)
    stamp = venv / "installed"
    installed = stamp.read_text() if stamp.is_file() else ""
    version = _python_version(python)
    # requirements-dev.txt has all packages of requirements.txt: a test environment can build, too.
    with_test_packages = requirements.with_name("requirements-dev.txt")
    lock_files = [file for file in (requirements, with_test_packages) if file.is_file()]
    if version and installed in {venv_fingerprint(file, version) for file in lock_files}:
        return python

    # Packages belong to one version of Python: the system's may have been replaced by a newer.
    # "": an interrupted installation, which goes on in the same environment
    is_same_python = installed.endswith(f" {version}") or not installed
    if not (version and stamp.is_file() and is_same_python):
        log(f"Skapar en egen Python-miljö i {venv.name} …")
        _create_venv(venv)
        version = _python_version(python)
    log(f"Installerar paketen i {requirements.name} (en gång, kan ta en minut) …")
    stamp.write_text("")
    _install_packages(python, requirements)
    stamp.write_text(venv_fingerprint(requirements, version))
    return python


def _install_packages(python: Path, requirements: Path) -> None:
    """Install the packages of a lock file, each checked by its hash, in the environment of the
    interpreter ``python``. Raises EnvironmentFailedError."""
    command = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    command += ["--require-hashes", "--only-binary", ":all:", "-r", str(requirements)]
    result = subprocess.run(command, capture_output=True, text=True)
    if result.returncode != 0:
        raise EnvironmentFailedError(
            "Paketen kunde inte installeras. Kontrollera att datorn når ett paketindex för "
            "Python (fråga it-avdelningen om en spegel eller proxy) och försök igen. "
            "Pip säger:\n" + (result.stdout + result.stderr).strip()
        )


def _create_venv(venv: Path) -> None:
    """Replace ``venv`` by an empty environment. Raises EnvironmentFailedError."""
    shutil.rmtree(venv, ignore_errors=True)
    command = [sys.executable, "-m", "venv", str(venv)]
    result = subprocess.run(command, capture_output=True, text=True)
    if result.returncode != 0:
        raise EnvironmentFailedError(
            "Det gick inte att skapa en Python-miljö. På Debian och Ubuntu saknas ofta "
            "paketet python3-venv: installera det (sudo apt install python3-venv) och "
            "försök igen.\n" + (result.stdout + result.stderr).strip()
        )


def _python_version(python: Path) -> str:
    """Return the version of an interpreter, as "3.11"; "" if it is missing or doesn't run."""
    command = [str(python), "-c", "import sys; print('%d.%d' % sys.version_info[:2])"]
    try:
        result = subprocess.run(command, capture_output=True, text=True)
    except OSError:
        return ""
    return result.stdout.strip() if result.returncode == 0 else ""


def reexec_in_venv(requirements: str = "requirements.txt") -> None:
    """Run this command (``sys.argv``) again with the interpreter of .venv, which is created and
    filled first where needed. Every script calls it first, so that any Python can start it.

    Returns only if the command already runs in .venv with the variables of ENVIRONMENT. Else the
    new process replaces this one (``execv``), so that a signal reaches it; on Windows it is a child
    process, and SystemExit is raised with its exit code. Raises SystemExit if the environment can't
    be created.

    Args:
        requirements: name of the lock file with the packages that the command needs.
    """
    if sys.version_info < MINIMUM:
        required = ".".join(map(str, MINIMUM))
        actual = ".".join(map(str, sys.version_info[:3]))
        log(f"Python {required} eller senare behövs; det här är {actual} ({sys.executable}).")
        raise SystemExit(2)
    # SITE_ENTERED is one of ENVIRONMENT: .venv's own interpreter, started by hand, lacks them
    if Path(sys.prefix).resolve() == VENV.resolve() and os.environ.get("SITE_ENTERED"):
        return
    code = run_main(_install_requirements, [requirements])
    if code:
        raise SystemExit(code)
    os.environ.update(ENVIRONMENT)
    for name in ("PYTHONPATH", "PYTHONIOENCODING"):  # other packages, or not UTF-8
        os.environ.pop(name, None)
    command = [str(venv_python(VENV)), *sys.argv]
    if os.name != "nt":
        os.execv(command[0], command)
    try:  # Windows: the shell would not wait for a process that replaces this one
        raise SystemExit(subprocess.run(command).returncode)
    except KeyboardInterrupt:
        raise SystemExit(130) from None


def _install_requirements(requirements: list[str]) -> int:
    """Install the packages of the lock file ``requirements[0]``, while no other command does;
    return the exit code. Its parameter is a list, as that of a command's ``main``: ``run_main``
    calls it."""
    try:
        with lock("venv"):
            ensure_venv(ROOT / requirements[0])
    except EnvironmentFailedError as problem:
        log(str(problem))
        return 2
    return 0


def record_error(error: Exception) -> str:
    """Write the traceback of an unexpected exception to .build/fel.txt; return one line of Swedish
    with its type and message, and what to do."""
    message = " ".join(str(error).split())[:200]
    traceback_file = WORK / "fel.txt"
    with contextlib.suppress(OSError):
        text = "".join(traceback.format_exception(error))
        traceback_file.write_text(text, encoding="utf-8")
    cure = f"Lämna filen {traceback_file} till den som sköter tekniken."
    if isinstance(error, OSError):
        cure = f"Kontrollera att disken har plats och att du får skriva där. Annars: {cure}"
    return f"Programmet stannade på ett fel ({type(error).__name__}: {message}). {cure}"


def run_main(main: Callable[[list[str]], int], argv: list[str]) -> int:
    """Return the exit code of ``main(argv)``: 130 after Ctrl+C, 2 after any exception, which is
    logged as one line. site/ is complete then, old or new, since it is replaced as a whole.
    """
    try:
        return main(argv)
    except KeyboardInterrupt:
        log("Avbrutet. Kör igen när du vill.")
        return 130
    except Exception as error:
        log(f"{record_error(error)} Mappen site/ är hel.")
        return 2
