"""IIS's web.config."""

from __future__ import annotations

from pathlib import PurePosixPath
from xml.etree import ElementTree

from scripts.publish.servers.headers import (
    CACHE,
    CONTENT_TYPES,
    FILE_TYPES,
    FOR_EVER,
    NOTE,
    SERVER_FILES,
    SHORT,
    Publication,
)


def web_config(site: Publication) -> str:
    """Return IIS's web.config, for IIS 10 with the feature HTTP Redirection:
    https://learn.microsoft.com/en-us/iis/configuration/system.webserver/

    No HSTS: IIS can't say it on https alone here; turn it on for the site in IIS Manager.
    """
    top = ElementTree.Element("configuration")
    server = ElementTree.SubElement(top, "system.webServer")

    def add(parent: ElementTree.Element, tag: str, **attributes: str) -> ElementTree.Element:
        return ElementTree.SubElement(parent, tag, attributes)

    def keep(parent: ElementTree.Element, time: str, value: str) -> None:
        words = ", ".join(w for w in value.split(", ") if not w.startswith("max-age"))
        add(
            parent,
            "clientCache",
            cacheControlMode="UseMaxAge",
            cacheControlMaxAge=time,
            cacheControlCustom=words,
        )

    def at(path: str) -> ElementTree.Element:
        return add(add(top, "location", path=path.strip("/")), "system.webServer")

    documents = add(add(server, "defaultDocument", enabled="true"), "files")
    add(documents, "clear")
    add(documents, "add", value="index.html")
    add(server, "directoryBrowse", enabled="false")
    errors = add(server, "httpErrors", errorMode="Custom", existingResponse="Replace")
    for status in ("403", "404"):
        add(errors, "remove", statusCode=status)
        add(errors, "error", statusCode=status, path="404.html", responseMode="File")
    filtering = add(add(server, "security"), "requestFiltering", removeServerHeader="true")
    hidden = add(filtering, "hiddenSegments")
    for name in SERVER_FILES:
        if name != "web.config":  # hidden by the server itself
            add(hidden, "add", segment=name)
    static = add(server, "staticContent")
    for suffix, kind in CONTENT_TYPES.items():
        add(static, "remove", fileExtension=suffix)
        add(static, "mimeMap", fileExtension=suffix, mimeType=kind)
    keep(static, "00:01:00", SHORT)
    own = add(add(server, "httpProtocol"), "customHeaders")
    add(own, "remove", name="X-Powered-By")
    general = site.headers("x.html")
    for name, value in general.items():
        if name != CACHE:
            add(own, "add", name=name, value=value)
    for file in site.files:
        headers = site.headers(file)
        kept = headers[CACHE] == FOR_EVER
        more = [(name, value) for name, value in headers.items() if name not in general]
        if not (kept or more or file in FILE_TYPES):
            continue
        here = at(file)  # one for each path: twice stops the site
        if kept:
            keep(add(here, "staticContent"), "365.00:00:00", FOR_EVER)
        if file in FILE_TYPES:
            static = add(here, "staticContent")
            suffix = PurePosixPath(file).suffix
            add(static, "remove", fileExtension=suffix)
            add(static, "mimeMap", fileExtension=suffix, mimeType=FILE_TYPES[file])
        if more:
            own = add(add(here, "httpProtocol"), "customHeaders")
            for name, value in more:
                add(own, "add", name=name, value=value)
    for redirect in site.moved:  # what is gone: the page there says so, with 200
        add(
            at(redirect.from_path),
            "httpRedirect",
            enabled="true",
            destination=site.location(redirect, "$Q"),
            exactDestination="true",
            httpResponseStatus="PermRedirect",
        )
    ElementTree.indent(top)
    return f"{ElementTree.tostring(top, encoding='unicode')}\n<!-- {NOTE} -->\n"
