"""What the file says. That nginx obeys: tests/browser/test_nginx.py."""

from __future__ import annotations

from scripts.publish.servers import nginx as command


def test_the_command_prints_a_configuration_for_the_built_site(monkeypatch, capsys):
    monkeypatch.setenv("SITE_URL", "https://kommun.example/kunskap/")
    assert command.main(["--root", "/srv/sajt", "--brotli"]) == 0
    text = capsys.readouterr().out
    assert 'alias "/srv/sajt/";' in text and "location ^~ /kunskap/ {" in text
    assert "brotli_static on;" in text


def test_without_a_built_site_it_says_what_to_do(monkeypatch, capsys, tmp_path):
    monkeypatch.setattr(command, "ROOT", tmp_path)
    assert command.main([]) == 2
    assert "python3 scripts/build.py" in capsys.readouterr().err
