from __future__ import annotations

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
    monkeypatch.setattr(command, "step", step)
    assert command.main(["--quick", "-k", "x"]) == 1
    assert ran == ["Stil", "Format", "Typer", "Bygge", "Tester"], "every step is run and told"
