from __future__ import annotations

import errno
import hashlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import zipfile
from pathlib import Path

import pytest

from scripts.core import environment
from tests.conftest import ROOT

pytestmark = pytest.mark.slow


@pytest.fixture
def lock(tmp_path):
    (tmp_path / "requirements-dev.txt").write_text("")
    file = tmp_path / "requirements.txt"
    file.write_text("# inget\n")
    return file


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """An environment with nothing but pip in it: to make one takes seconds, to copy it doesn't."""
    folder = tmp_path_factory.mktemp("made")
    (folder / "requirements.txt").write_text("# inget\n")
    environment.ensure_venv(folder / "requirements.txt", folder / "venv")
    return folder / "venv"


@pytest.fixture
def venv(tmp_path, made):
    return Path(shutil.copytree(made, tmp_path / "venv", symlinks=True))


def test_environment_unchanged_lock_installs_nothing(lock, venv, monkeypatch):
    python = environment.venv_python(venv)
    assert python.is_file()
    monkeypatch.setattr(environment, "log", lambda text: pytest.fail(f"gör något: {text}"))
    assert environment.ensure_venv(lock, venv) == python


def test_environment_unknown_package_says_why(lock, venv):
    lock.write_text("paketet-finns-inte-alls==1 --hash=sha256:" + "0" * 64 + "\n")
    with pytest.raises(environment.EnvironmentFailedError, match="kunde inte installeras"):
        environment.ensure_venv(lock, venv)
    assert (venv / "installed").read_text() == "", "a half-made environment is not called good"


def test_environment_without_net_installs_from_wheels(tmp_path, lock, venv, monkeypatch):
    """README: PIP_NO_INDEX and PIP_FIND_LINKS. The lock's hashes are checked all the same."""
    wheel = tmp_path / "wheels/prov-1-py3-none-any.whl"
    wheel.parent.mkdir()
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("prov.py", "")
        for name, text in {
            "METADATA": "Metadata-Version: 2.1\nName: prov\nVersion: 1\n",
            "WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
            "RECORD": "",
        }.items():
            archive.writestr(f"prov-1.dist-info/{name}", text)
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(wheel.parent))
    lock.write_text(f"prov==1 --hash=sha256:{'0' * 64}\n")
    with pytest.raises(environment.EnvironmentFailedError, match="hash"):
        environment.ensure_venv(lock, venv)
    lock.write_text("prov==1\n")
    with pytest.raises(environment.EnvironmentFailedError, match="require-hashes"):
        environment.ensure_venv(lock, venv)
    lock.write_text(f"prov==1 --hash=sha256:{digest}\n")
    python = environment.ensure_venv(lock, venv)
    assert subprocess.run([python, "-c", "import prov"]).returncode == 0


def test_environment_broken_or_half_made_is_made_anew(lock, venv):
    python = environment.venv_python(venv)
    python.unlink()
    assert environment.ensure_venv(lock, venv) == python
    (venv / "installed").unlink()  # as long as venv puts pip in, too
    shutil.rmtree(next(venv.rglob("site-packages/pip")))
    environment.ensure_venv(lock, venv)
    assert subprocess.run([python, "-m", "pip", "--version"]).returncode == 0


def test_reexec_old_python_names_the_version_needed(monkeypatch, capsys):
    monkeypatch.setattr(sys, "version_info", (3, 11, 4, "final", 0))
    with pytest.raises(SystemExit, match="2"):
        environment.reexec_in_venv()
    assert "Python 3.11.5 eller senare behövs" in capsys.readouterr().err


def test_environment_without_venv_module_names_its_package(tmp_path, lock, monkeypatch):
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(environment.EnvironmentFailedError, match="python3-venv"):
        environment.ensure_venv(lock, tmp_path / "venv")


@pytest.mark.skipif(os.name == "nt", reason="an interpreter that is a shell script")
def test_environment_of_another_python_is_used_as_it_is(tmp_path, lock, monkeypatch):
    """Two Pythons on a machine took turns to delete each other's, also without the net."""
    python = environment.venv_python(tmp_path / "venv")
    python.parent.mkdir(parents=True)
    python.write_text("#!/bin/sh\necho 3.99\n")
    python.chmod(0o755)
    stamp = tmp_path / "venv/installed"
    stamp.write_text(environment.venv_fingerprint(lock, "3.99"))
    with monkeypatch.context() as patch:
        patch.setattr(environment, "log", lambda text: pytest.fail(f"gör något: {text}"))
        assert environment.ensure_venv(lock, tmp_path / "venv") == python
    assert python.is_file()
    # … but not where the system's Python has become another than the packages are for
    stamp.write_text(environment.venv_fingerprint(lock, "3.98"))
    environment.ensure_venv(lock, tmp_path / "venv")
    assert "3.99" not in stamp.read_text()


def test_lock_held_by_another_is_waited_for(tmp_path, monkeypatch):
    monkeypatch.setattr(environment, "WORK", tmp_path / ".build")
    order = []
    entered, waiting = threading.Event(), threading.Event()
    monkeypatch.setattr(environment, "log", lambda _: waiting.set())

    def second():
        entered.wait()
        with environment.lock("prov"):
            order.append("second")

    thread = threading.Thread(target=second)
    thread.start()
    with environment.lock("prov"):
        entered.set()
        assert waiting.wait(10), "the second says that it waits"
        order.append("first")
    thread.join(10)
    assert order == ["first", "second"]


COMMAND = """\
import sys
from pathlib import Path
sys.path[0] = str(Path(__file__).resolve().parent)
from scripts.core.environment import reexec_in_venv
reexec_in_venv()
print(sys.prefix, sys.argv[1:], flush=True)
sys.stdin.read()
"""


@pytest.fixture
def project():
    """A folder with a command that makes its environment, which anybody may read."""
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        root.chmod(0o755)
        (root / "scripts/core").mkdir(parents=True)
        shutil.copy(ROOT / "scripts/core/environment.py", root / "scripts/core")
        (root / "command.py").write_text(COMMAND, encoding="utf-8")
        (root / "requirements.txt").write_text("prov==1 --hash=sha256:" + "0" * 64 + "\n")
        yield root


@pytest.mark.skipif(os.name == "nt", reason="signals as Unix has them")
def test_reexec_ctrl_c_during_installation_is_one_line(project):
    with socket.create_server(("127.0.0.1", 0)) as silent:  # an index that never answers
        index = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        environ = {**os.environ, "PIP_INDEX_URL": index, "PIP_CONFIG_FILE": os.devnull}
        environ.pop("SITE_ENTERED", None)
        command = subprocess.Popen(
            [sys._base_executable, project / "command.py"],
            env=environ, stderr=subprocess.PIPE, text=True, start_new_session=True,
            # a shell's background has it ignored, and so would the command
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )  # fmt: skip
        silent.settimeout(60)
        connection, _ = silent.accept()
        os.killpg(command.pid, signal.SIGINT)
        _, said = command.communicate(timeout=60)
        connection.close()
    assert command.returncode == 130
    assert said.splitlines()[-1] == "Avbrutet. Kör igen när du vill."
    assert "Traceback" not in said
    assert (project / ".venv/installed").read_text() == "", "the next run goes on"


@pytest.mark.skipif(os.name == "nt", reason="signals as Unix has them")
def test_reexec_replaces_the_process_so_that_a_signal_stops_it(project, made):
    """A supervisor signals the process that it started: no child may go on and write."""
    shutil.copytree(made, project / ".venv", symlinks=True)
    (project / "requirements.txt").write_text("# inget\n")
    environ = {k: v for k, v in os.environ.items() if k != "SITE_ENTERED"}
    with subprocess.Popen(
        [sys._base_executable, project / "command.py", "--val", "a b"],
        env=environ, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as command:  # fmt: skip
        said = command.stdout.readline()
        assert str(project / ".venv") in said and "['--val', 'a b']" in said
        command.terminate()
        assert command.stdout.read() == "", "nobody holds the pipe any longer"
    assert command.returncode == -signal.SIGTERM


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(errno.ENOSPC, "Full", "a.html"), ["OSError", "a.html", "disken har plats"]),
        (KeyError("x\ny"), ["KeyError"]),
    ],
)
def test_run_main_exception_is_one_line_and_a_traceback_file(
    capsys, monkeypatch, tmp_path, error, words
):
    def main(_):
        raise error

    monkeypatch.setattr(environment, "WORK", tmp_path)
    assert environment.run_main(main, []) == 2
    line = capsys.readouterr().err
    assert line.count("\n") == 1 and all(word in line for word in [*words, "fel.txt"])
    assert "Traceback" in (tmp_path / "fel.txt").read_text(encoding="utf-8")
