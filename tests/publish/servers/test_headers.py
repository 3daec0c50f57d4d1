from __future__ import annotations

from pathlib import Path

import pytest

from scripts.content.config import Config
from scripts.content.content import Content
from scripts.publish.built import BuiltSite
from scripts.publish.servers import headers
from scripts.publish.servers.folder import htaccess
from scripts.publish.servers.headers import Publication
from scripts.publish.servers.nginx import nginx
from tests.publish.servers.sites import FILES, FOLDER_SITE, ROOT_SITE


@pytest.mark.parametrize(
    ("url", "path"),
    [("https://x.se/", "/"), ("https://x.se", "/"), ("", "/"), ("https://x.se/a/b", "/a/b/")],
)
def test_the_address_says_where_on_its_host_the_site_stands(url, path, monkeypatch, tmp_path):
    monkeypatch.setattr(headers, "server_redirects", lambda *_: [])
    site = BuiltSite(tmp_path, url)
    config = Config(tmp_path / "mkdocs.yml", url)
    assert Publication.of(Content.read(tmp_path), site, config).path == path


def test_the_policy_has_no_hole():
    policy = ROOT_SITE.headers("x.html")["Content-Security-Policy"]
    directives = dict(part.split(" ", 1) for part in policy.split("; "))
    assert "frame-ancestors" not in directives, "everyone, also those that are no host"
    assert "; frame-ancestors 'none'" in FOLDER_SITE.headers("x")["Content-Security-Policy"]
    assert set(directives.values()) == {"'none'", "'self'"}
    # default-src doesn't rule these (CSP3, 6.1.3 and 6.3)
    assert directives["base-uri"] == directives["form-action"] == directives["default-src"]


def test_only_a_file_named_by_its_content_is_kept():
    kept = [f for f in FILES if "immutable" in ROOT_SITE.headers(f)["Cache-Control"]]
    assert kept == ["assets/site.0123456789.css"]
    for file in ("assets/site.css", "x/assets/site.0123456789.css", "assets/a.0123456789.pdf"):
        assert "max-age=60" in ROOT_SITE.headers(file)["Cache-Control"]


def test_somebody_elses_host_is_not_told_to_be_tls_only():
    assert "Strict-Transport-Security" in htaccess(ROOT_SITE)
    assert "Strict-Transport-Security" not in htaccess(FOLDER_SITE)
    assert "max-age=63072000" not in nginx(FOLDER_SITE, Path("/srv"))
