from __future__ import annotations

from types import SimpleNamespace

import pytest

from scripts import test as command


def test_a_browser_named_by_hand_wins(monkeypatch, tmp_path):
    browser = tmp_path / "chromium"
    browser.write_text("")
    monkeypatch.setenv("CHROMIUM", str(browser))
    assert command.find_browser() == str(browser)
    browser.unlink()
    assert command.find_browser() is None, "a wrong setting is not covered up"


def test_without_a_browser_it_says_so_and_stops(monkeypatch, capsys):
    monkeypatch.setattr(command.environment, "enter", lambda *_: None)
    monkeypatch.setattr(command, "find_browser", lambda: None)
    monkeypatch.setattr(command, "install", lambda *_: None)
    monkeypatch.setattr(command, "step", lambda *_, **__: 1 / 0)
    assert command.main([]) == 2
    assert "apt install chromium" in capsys.readouterr().err


def test_one_failed_step_fails_the_whole(monkeypatch):
    ran = []

    def step(name, *_, **__):
        ran.append(name)
        return name != "Format"

    monkeypatch.setattr(command.environment, "enter", lambda *_: None)
    monkeypatch.setattr(command, "find_browser", lambda: "/bin/true")
    monkeypatch.setattr(command, "install_node_tools", lambda: True)
    monkeypatch.setattr(command, "step", step)
    assert command.main(["--quick", "-k", "x"]) == 1
    assert ran == ["Stil", "Format", "Typer", "Bygge", "Tester"], "every step is run and told"


def test_npm_packages_are_installed_once_for_each_lock(tmp_path, monkeypatch):
    lock, target = tmp_path / "lock", tmp_path / "node"
    lock.mkdir()
    (lock / "package.json").write_text("{}")
    ran = []
    monkeypatch.setattr(
        command.subprocess, "run", lambda *a, **_: ran.append(a) or SimpleNamespace(returncode=0)
    )
    assert command.install_node_tools(lock, target) and command.install_node_tools(lock, target)
    assert len(ran) == 1 and (target / "package.json").is_file()
    (lock / "package.json").write_text('{"private": true}')
    assert command.install_node_tools(lock, target)
    assert len(ran) == 2, "another lock, another install"


def test_npm_packages_that_cannot_be_had_are_told_of(tmp_path, monkeypatch, capsys):
    (tmp_path / "lock").mkdir()
    failed = SimpleNamespace(returncode=1, stdout="", stderr="ENOTFOUND")
    monkeypatch.setattr(command.subprocess, "run", lambda *_, **__: failed)
    assert not command.install_node_tools(tmp_path / "lock", tmp_path / "node")
    assert "ENOTFOUND" in capsys.readouterr().err
    assert not (tmp_path / "node/installed").exists()


@pytest.mark.parametrize(("failing", "last"), [("", "Mätningar"), ("Tester", "Tester")])
def test_measures_run_after_the_rest_and_only_when_it_passed(monkeypatch, failing, last):
    ran = []
    monkeypatch.setattr(command.environment, "enter", lambda *_: None)
    monkeypatch.setattr(command, "find_browser", lambda: "/bin/true")
    monkeypatch.setattr(command, "install_node_tools", lambda: True)
    monkeypatch.setattr(command, "step", lambda name, *_, **__: ran.append(name) or name != failing)
    assert command.main([]) == bool(failing)
    assert ran[-1] == last
