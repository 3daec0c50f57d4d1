from __future__ import annotations

import hashlib
import subprocess
import sys
import threading
import zipfile

import pytest

from scripts.core import environment

pytestmark = pytest.mark.slow


@pytest.fixture
def lock(tmp_path):
    (tmp_path / "requirements-dev.txt").write_text("")
    file = tmp_path / "requirements.txt"
    file.write_text("# inget\n")
    return file


def test_the_second_time_nothing_is_installed(tmp_path, lock, monkeypatch):
    python = environment.ensure(lock, tmp_path / "venv")
    assert python.is_file()
    monkeypatch.setattr(environment, "say", lambda text: pytest.fail(f"gör något: {text}"))
    assert environment.ensure(lock, tmp_path / "venv") == python


def test_a_changed_lock_installs_again_and_a_bad_one_says_why(tmp_path, lock):
    environment.ensure(lock, tmp_path / "venv")
    lock.write_text("paketet-finns-inte-alls==1 --hash=sha256:" + "0" * 64 + "\n")
    with pytest.raises(environment.EnvironmentFailedError, match="kunde inte installeras"):
        environment.ensure(lock, tmp_path / "venv")
    assert not (tmp_path / "venv/installed").exists(), "a half-made environment is not called good"


def test_without_the_net_a_folder_of_wheels_will_do(tmp_path, lock, monkeypatch):
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
        environment.ensure(lock, tmp_path / "venv")
    lock.write_text(f"prov==1 --hash=sha256:{digest}\n")
    python = environment.ensure(lock, tmp_path / "venv")
    assert subprocess.run([python, "-c", "import prov"]).returncode == 0


def test_a_broken_environment_is_made_anew(tmp_path, lock):
    python = environment.ensure(lock, tmp_path / "venv")
    python.unlink()
    assert environment.ensure(lock, tmp_path / "venv") == python
    assert python.is_file()


def test_an_old_python_gets_a_clear_word(monkeypatch, capsys, tmp_path):
    monkeypatch.setattr(sys, "version_info", (3, 11, 4, "final", 0))
    assert environment.enter(tmp_path / "x.py", tmp_path / "r.txt", []) == 2
    assert "Python 3.11.5 eller senare behövs" in capsys.readouterr().err


def test_a_venv_that_cannot_be_made_names_the_package(tmp_path, lock, monkeypatch):
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(environment.EnvironmentFailedError, match="python3-venv"):
        environment.ensure(lock, tmp_path / "venv")


def test_only_one_waits_for_the_other(tmp_path, monkeypatch):
    monkeypatch.setattr(environment, "WORK", tmp_path / ".build")
    order = []
    entered, waiting = threading.Event(), threading.Event()
    monkeypatch.setattr(environment, "say", lambda _: waiting.set())

    def second():
        entered.wait()
        with environment.only_one("prov"):
            order.append("second")

    thread = threading.Thread(target=second)
    thread.start()
    with environment.only_one("prov"):
        entered.set()
        assert waiting.wait(10), "the second says that it waits"
        order.append("first")
    thread.join(10)
    assert order == ["first", "second"]
