from __future__ import annotations

import pytest

from scripts import test as command


def test_nothing_runs_where_something_is_missing(monkeypatch):
    monkeypatch.setattr(command.environment, "enter", lambda *_: None)
    monkeypatch.setattr(command.machine, "ready", lambda: False)
    monkeypatch.setattr(command, "step", lambda *_, **__: 1 / 0)
    assert command.main([]) == 2


def test_one_failed_step_fails_the_whole(monkeypatch):
    ran = []

    def step(name, *_, **__):
        ran.append(name)
        return name != "Format"

    monkeypatch.setattr(command.environment, "enter", lambda *_: None)
    monkeypatch.setattr(command.machine, "ready", lambda: True)
    monkeypatch.setattr(command, "step", step)
    assert command.main(["--quick", "-k", "x"]) == 1
    assert ran == ["Stil", "Format", "Typer", "Bygge", "Tester"], "every step is run and told"


@pytest.mark.parametrize(("failing", "last"), [("", "Mätningar"), ("Tester", "Tester")])
def test_measures_run_after_the_rest_and_only_when_it_passed(monkeypatch, failing, last):
    ran = []
    monkeypatch.setattr(command.environment, "enter", lambda *_: None)
    monkeypatch.setattr(command.machine, "ready", lambda: True)
    monkeypatch.setattr(command, "step", lambda name, *_, **__: ran.append(name) or name != failing)
    assert command.main([]) == bool(failing)
    assert ran[-1] == last
