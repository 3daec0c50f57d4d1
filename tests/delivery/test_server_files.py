"""The files for Apache and IIS say the same as the one for nginx, which a real nginx is tried with."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from xml.etree import ElementTree

import pytest

from scripts.content.config import Config
from scripts.content.content import Content
from scripts.content.settings import Extra
from scripts.delivery.server_files import SNIPPETS, add_server_files, page_headers
from scripts.site.csp import PAGE_POLICY
from scripts.site.html_site import HtmlSite
from scripts.site.preview_server import CONTENT_TYPES
from tests.examples import record


@pytest.fixture
def written(docs, tmp_path):
    """Return a function: site address, who may frame it → the text of .htaccess and web.config."""

    def write(url: str = "https://kommun.example/", ancestors: str = "*") -> tuple[str, str]:
        extra = record(Extra, security={"frame_ancestors": ancestors})
        config = Config(tmp_path / "mkdocs.yml", url, extra)
        site = HtmlSite(tmp_path / "site", url)
        assert add_server_files(Content.read(docs({})), site, config) == []
        names = (".htaccess", "web.config")
        return tuple((site.root / name).read_text(encoding="utf-8") for name in names)

    return write


def iis_headers(web_config: str) -> dict[str, str]:
    top = ElementTree.fromstring(web_config)
    rows = top.iterfind("system.webServer/httpProtocol/customHeaders/add")
    return {row.attrib["name"]: row.attrib["value"] for row in rows}


def apache_headers(htaccess: str) -> dict[str, str]:
    return dict(re.findall(r'^    Header always set (\S+) "(.*)"$', htaccess, re.M))


def test_server_files_send_the_same_headers(written):
    htaccess, web_config = written()
    headers = page_headers()
    assert headers["Content-Security-Policy"] == PAGE_POLICY and len(headers) == 6
    assert iis_headers(web_config) == headers
    cache = apache_headers(htaccess).pop("Cache-Control")
    assert apache_headers(htaccess) == {**headers, "Cache-Control": cache}
    nginx = (SNIPPETS / "nginx.conf").read_text(encoding="utf-8")
    assert f'set $cache "{cache}";' in nginx


def test_policy_allows_own_files_alone():
    directives = dict(part.split(" ", 1) for part in PAGE_POLICY.split("; "))
    assert set(directives.values()) == {"'none'", "'self'"}
    # default-src doesn't rule these (CSP3, 6.1.3 and 6.3)
    assert directives["base-uri"] == directives["form-action"] == directives["default-src"]
    permitted = page_headers()["Permissions-Policy"].split(", ")
    own = {"clipboard-write=(self)", "fullscreen=(self)"}
    assert {one for one in permitted if not one.endswith("=()")} == own


def test_server_files_have_frame_ancestors_of_the_settings(written):
    ancestors = "'self' https://intranat.example"
    htaccess, web_config = written(ancestors=ancestors)
    wanted = f"{PAGE_POLICY}; frame-ancestors {ancestors}"
    assert apache_headers(htaccess)["Content-Security-Policy"] == wanted
    assert iis_headers(web_config)["Content-Security-Policy"] == wanted
    assert "frame-ancestors" not in "".join(written())


@pytest.mark.parametrize(
    ("url", "path"),
    [("https://x.example", "/404.html"), ("https://x.example/a/b/", "/a/b/404.html")],
)
def test_server_files_error_page_is_at_the_path_of_the_site(written, url, path):
    htaccess, web_config = written(url)
    assert re.findall(r"^ErrorDocument \d+ (.*)$", htaccess, re.M) == [path, path]
    assert 'statusCode="404" path="404.html"' in web_config


def test_server_files_have_a_type_for_every_file(written, garden):
    htaccess, web_config = written()
    types = {suffix: kind.partition(";")[0] for suffix, kind in CONTENT_TYPES.items()}
    nginx = (SNIPPETS / "nginx.conf").read_text(encoding="utf-8").partition("\ntypes {")[2]
    rows = re.findall(r"^    (\S+/\S+) (.*);$", nginx, re.M)
    assert {f".{suffix}": kind for kind, names in rows for suffix in names.split()} == types
    rows = re.findall(r"^AddType (\S+) (.*)$", htaccess, re.M)
    assert {suffix: kind for kind, names in rows for suffix in names.split()} == types
    static = ElementTree.fromstring(web_config).find("system.webServer/staticContent")
    maps = {row.get("fileExtension"): row.get("mimeType") for row in static.iter("mimeMap")}
    assert maps == CONTENT_TYPES
    assert {row.get("fileExtension") for row in static.iter("remove")} == maps.keys()
    names = [PurePosixPath(file.name) for file in garden.site.rglob("*") if file.is_file()]
    assert {n.suffix for n in names if n.name[0] != "." and n.name != "web.config"} <= types.keys()
