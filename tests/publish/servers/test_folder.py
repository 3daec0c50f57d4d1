"""What the files say. That Apache obeys: tests/test_apache.py."""

from __future__ import annotations

from urllib.parse import quote
from xml.etree import ElementTree

from scripts.publish.servers.folder import web_config
from scripts.publish.servers.headers import CONTENT_TYPES
from tests.publish.servers.sites import BOTH


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
    moved = places["gammal"].find("httpRedirect")
    assert moved.get("destination") == quote(f"{site.path}ny/") + "$Q#h%C3%A4r"
    assert moved.get("httpResponseStatus") == "PermRedirect"
