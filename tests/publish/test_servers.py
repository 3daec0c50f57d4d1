"""What every server is told, and what the files say. That Apache and nginx obey: test_apache.py
and test_nginx.py in tests/."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree

import pytest

from scripts import nginx_config as command
from scripts.content.config import Config
from scripts.content.content import Content
from scripts.publish.redirects import Redirect
from scripts.publish.servers.folder import htaccess, web_config
from scripts.publish.servers.headers import CONTENT_TYPES, Publication
from scripts.publish.servers.nginx import nginx

REDIRECTS = (Redirect("gammal/", "ny/#här"),)
FILES = ("index.html", "assets/site.0123456789.css", "assets/icon.svg", "x.json", "opensearch.xml")
ROOT_SITE = Publication("/", "*", REDIRECTS, FILES)
FOLDER_SITE = Publication("/kunskap/stöd/", "'none'", REDIRECTS, FILES)


@pytest.mark.parametrize(
    ("url", "path"),
    [("https://x.se/", "/"), ("https://x.se", "/"), ("", "/"), ("https://x.se/a/b", "/a/b/")],
)
def test_the_address_says_where_on_its_host_the_site_stands(url, path, tmp_path):
    config = Config(tmp_path / "mkdocs.yml", url)
    assert Publication.of(Content.read(tmp_path), tmp_path, config).path == path


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


@pytest.mark.parametrize("site", [ROOT_SITE, FOLDER_SITE], ids=["root", "folder"])
def test_web_config_is_xml_that_iis_can_merge(site):
    """Element and attribute names from IIS's own schema (IIS_schema.xml)."""
    top = ElementTree.fromstring(web_config(site))
    server = top.find("system.webServer")
    headers = {a.get("name"): a.get("value") for a in server.iter("add") if a.get("value")}
    wanted = {k: v for k, v in site.headers("x.html").items() if k != "Cache-Control"}
    assert headers.items() >= wanted.items()
    assert "Strict-Transport-Security" not in headers
    # A type that stands twice stops the whole site, so each is taken away first.
    static = server.find("staticContent")
    for suffix in CONTENT_TYPES:
        tags = [e.tag for e in static if e.get("fileExtension") == suffix]
        assert tags == ["remove", "mimeMap"]
    places = {e.get("path"): e.find("system.webServer") for e in top.findall("location")}
    assert len(places) == len(top.findall("location")), "a path may stand once"
    assert not any(path.startswith("/") for path in places)
    kept = places["assets/site.0123456789.css"].find("staticContent/clientCache")
    assert kept.get("cacheControlMaxAge") == "365.00:00:00"
    assert kept.get("cacheControlCustom") == "public, immutable"
    opened = places["x.json"].find("httpProtocol/customHeaders/add")
    assert (opened.get("name"), opened.get("value")) == ("Access-Control-Allow-Origin", "*")
    moved = places["gammal"].find("httpRedirect")
    assert moved.get("destination") == quote(f"{site.path}ny/") + "$Q#h%C3%A4r"
    assert moved.get("httpResponseStatus") == "PermRedirect"


def test_the_command_prints_a_configuration_for_the_built_site(garden, monkeypatch, capsys):
    monkeypatch.setenv("SITE_URL", "https://kommun.example/kunskap/")
    sajt = ["--sajt", str(garden.root)]
    assert command.main([*sajt, "--root", '/srv/"sajt"']) == 2, "nginx has no way to write it"
    assert "citattecken" in capsys.readouterr().err
    assert command.main([*sajt, "--root", "/srv/sajt", "--brotli"]) == 0
    text = capsys.readouterr().out
    assert 'alias "/srv/sajt/";' in text and "location ^~ /kunskap/ {" in text
    assert "brotli_static on;" in text


def test_without_a_built_site_it_says_what_to_do(monkeypatch, capsys, tmp_path):
    monkeypatch.setattr(command, "ROOT", tmp_path)
    assert command.main([]) == 2
    assert "python3 scripts/build.py" in capsys.readouterr().err
