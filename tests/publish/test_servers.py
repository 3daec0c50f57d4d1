"""What the files say. That nginx obeys: tests/browser/test_nginx.py."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree

import pytest

from scripts.publish import servers as build_server_files
from scripts.publish.redirects import Redirect
from scripts.publish.servers import (
    CONTENT_TYPES,
    SERVER_FILES,
    Publication,
    content_type,
    htaccess,
    netlify_headers,
    netlify_redirects,
    nginx,
    web_config,
)

REDIRECTS = (
    Redirect("gammal/", "ny/#här", 308),
    Redirect("gammal fil.txt", "ny.txt", 308),
    Redirect("borta/", "borta/index.html", 410),
)
FILES = ("index.html", "assets/site.0123456789.css", "assets/icon.svg", "x.json", "opensearch.xml")
ROOT_SITE = Publication("/", "*", REDIRECTS, FILES)
FOLDER_SITE = Publication("/kunskap/stöd/", "'none'", REDIRECTS, FILES)
BOTH = pytest.mark.parametrize("site", [ROOT_SITE, FOLDER_SITE], ids=["root", "folder"])


@pytest.mark.parametrize(
    ("url", "path"),
    [("https://x.se/", "/"), ("https://x.se", "/"), ("", "/"), ("https://x.se/a/b", "/a/b/")],
)
def test_the_address_says_where_on_its_host_the_site_stands(url, path, monkeypatch, tmp_path):
    monkeypatch.setattr(build_server_files, "server_redirects", lambda *_: [])
    assert Publication.of(tmp_path, tmp_path, url).path == path


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


def test_somebody_elses_host_is_not_told_to_be_tls_only():
    for make in (htaccess, netlify_headers):
        assert "Strict-Transport-Security" in make(ROOT_SITE)
        assert "Strict-Transport-Security" not in make(FOLDER_SITE)
    assert "max-age=63072000" not in nginx(FOLDER_SITE, Path("/srv"))


@BOTH
def test_apache_gets_its_answers_from_the_right_place(site):
    lines = htaccess(site).splitlines()
    assert f"ErrorDocument 404 {site.path}404.html" in lines
    assert sum(line.startswith("RedirectMatch 308") for line in lines) == 2
    assert not any(" 410 " in line for line in lines)


@BOTH
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
    feed = places["opensearch.xml"].find("staticContent/mimeMap")
    assert feed.get("mimeType") == content_type("opensearch.xml") != CONTENT_TYPES[".xml"]
    moved = places["gammal"].find("httpRedirect")
    assert moved.get("destination") == quote(f"{site.path}ny/") + "$Q#h%C3%A4r"
    assert moved.get("httpResponseStatus") == "PermRedirect" and "borta" not in places


def parsed_headers(text: str) -> dict[str, list[tuple[str, str]]]:
    """Read _headers by its documented syntax; anything else is an error."""
    rules: dict[str, list[tuple[str, str]]] = {}
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        if line.startswith("/"):
            rules[line] = current = []
        else:
            assert line.startswith("  ") and line.count("\t") == 0
            name, value = line.strip().split(": ", 1)
            current.append((name, value))
    return rules


@BOTH
def test_netlify_and_cloudflare_never_get_one_header_from_two_rules(site):
    rules = parsed_headers(netlify_headers(site))
    everywhere = {name for name, _ in rules.pop(f"{site.path}*")}
    assert "Content-Security-Policy" in everywhere and "Cache-Control" not in everywhere
    for path, headers in rules.items():
        assert "*" not in path
        assert not everywhere & {name for name, _ in headers}, path
    kept = f"{site.path}assets/site.0123456789.css"
    assert rules[kept] == [("Cache-Control", "public, max-age=31536000, immutable")]


@BOTH
def test_netlify_and_cloudflare_redirect_by_rules_with_three_parts(site):
    lines = [x for x in netlify_redirects(site).splitlines() if not x.startswith("#")]
    assert all(len(line.split(" ")) == 3 and line.endswith(" 308") for line in lines)
    assert len(lines) == 2 and "%20" in lines[1] and "%C3%A4" in lines[0]


def test_the_limits_of_the_hosts_are_kept(site):
    """Cloudflare: 100 header rules, lines of 2,000 characters, 2,000 redirects."""
    rules = parsed_headers((site / "_headers").read_text(encoding="utf-8"))
    assert len(rules) <= 100 and all(len(f"{n}: {v}") <= 2000 for r in rules.values() for n, v in r)
    assert len((site / "_redirects").read_text(encoding="utf-8").splitlines()) <= 2000


def test_the_build_writes_all_of_them(site):
    assert all((site / name).stat().st_size > 100 for name in SERVER_FILES)


def test_the_command_prints_a_configuration_for_the_built_site(monkeypatch, capsys):
    monkeypatch.setenv("SITE_URL", "https://kommun.example/kunskap/")
    assert build_server_files.main(["--root", "/srv/sajt", "--brotli"]) == 0
    text = capsys.readouterr().out
    assert 'alias "/srv/sajt/";' in text and "location ^~ /kunskap/ {" in text
    assert "brotli_static on;" in text


def test_without_a_built_site_it_says_what_to_do(monkeypatch, capsys, tmp_path):
    monkeypatch.setattr(build_server_files, "ROOT", tmp_path)
    assert build_server_files.main([]) == 2
    assert "python3 scripts/build.py" in capsys.readouterr().err
