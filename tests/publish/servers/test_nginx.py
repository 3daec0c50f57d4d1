"""What the file says. That nginx obeys: tests/browser/test_nginx.py."""

from __future__ import annotations

from pathlib import Path

from scripts.publish.servers import nginx as command
from scripts.publish.servers.nginx import nginx
from tests.publish.servers.sites import FOLDER_SITE, ROOT_SITE


def test_nginx_names_each_redirect_with_and_without_its_slash():
    text = nginx(FOLDER_SITE, Path("/srv/sajt"))
    for source in ("gammal/", "gammal"):
        assert (
            f'location = "/kunskap/stöd/{source}" '
            '{ return 308 "/kunskap/st%C3%B6d/ny/$is_args$args#h%C3%A4r"; }'
        ) in text
    assert 'error_page 410 "/kunskap/stöd/borta/index.html"; return 410;' in text
    assert 'alias "/srv/sajt/";' in text and "brotli" not in text
    assert 'root "/srv/min sajt";' in nginx(ROOT_SITE, Path("/srv/min sajt"))
    assert "brotli_static on;" in nginx(ROOT_SITE, Path("/srv/sajt"), brotli=True)


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
