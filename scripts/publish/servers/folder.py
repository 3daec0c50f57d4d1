"""What servers read in the built folder itself: Apache's .htaccess, and IIS's web.config."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from scripts.content.config import Config
from scripts.content.content import Content
from scripts.core.findings import Finding
from scripts.publish.built import BuiltSite
from scripts.publish.compress import COMPRESSED
from scripts.publish.servers.headers import (
    CACHE,
    CONTENT_TYPES,
    FOR_EVER,
    HASHED,
    HSTS,
    NOTE,
    OPEN,
    SERVER_FILES,
    SHORT,
    SUFFIXES,
    Publication,
    indented,
)


def add_server_files(content: Content, site: BuiltSite, config: Config) -> list[Finding]:
    """Write both into the built site."""
    publication = Publication.of(content, site.root, config)
    site.write(".htaccess", htaccess(publication))
    site.write("web.config", web_config(publication))
    return []


def htaccess(site: Publication) -> str:
    """Return Apache's .htaccess: https://httpd.apache.org/docs/2.4/mod/core.html

    Needs AllowOverride All, or FileInfo, Indexes and Options. Modules that are missing are passed
    over: without mod_headers there are no headers, without mod_rewrite nothing is precompressed.
    """
    headers = site.headers("x.html")
    types = [f'AddType "{kind}" {suffix}' for suffix, kind in CONTENT_TYPES.items()]
    hidden = "|".join(map(re.escape, SERVER_FILES))
    packed = r"(?:\.br|\.gz)?$"
    texts = "|".join(sorted(suffix[1:] for suffix in COMPRESSED))
    always = [f'Header always set {name} "{value}"' for name, value in headers.items()]
    if site.root:
        always.append(f'Header always set {HSTS[0]} "{HSTS[1]}" "expr=%{{HTTPS}} == \'on\'"')
    moved = [
        f'RedirectMatch 308 "^{re.escape(site.path + r.from_path.rstrip("/"))}/?$"'
        f' "{site.location(r)}"'
        for r in site.redirects
    ]
    lines = [
        f"# {NOTE}",
        "Options -Indexes -MultiViews",
        "DirectoryIndex index.html",
        "AddDefaultCharset Off",
        f"ErrorDocument 403 {site.path}404.html",
        f"ErrorDocument 404 {site.path}404.html",
        *types,
        *moved,
        "<IfModule mod_headers.c>",
        *indented(always),
        f'    <FilesMatch "{HASHED.removeprefix("assets/.+")}{packed}">',
        f'        Header always set {CACHE} "{FOR_EVER}"',
        "    </FilesMatch>",
        f'    <FilesMatch "{SUFFIXES}{packed}">',
        f'        Header always set {OPEN[0]} "{OPEN[1]}"',
        "    </FilesMatch>",
        f'    <FilesMatch "\\.(?:{texts}){packed}">',
        "        Header always merge Vary Accept-Encoding",
        "    </FilesMatch>",
        "</IfModule>",
        "<IfModule mod_rewrite.c>",
        "    RewriteEngine On",
        f'    RewriteRule "(?:^|/)\\.(?!well-known/)|^(?:{hidden})$" - [R=404,L]',
    ]
    for redirect in site.redirects:  # RedirectMatch would put what stood after ? after the id
        if "#" in redirect.to_path:
            # %2 would be a part of what a condition matched
            there = site.location(redirect, "?").replace("%", r"\%")
            lines += [
                "    RewriteCond %{QUERY_STRING} .",
                f'    RewriteRule "^{re.escape(redirect.from_path.rstrip("/"))}/?$"'
                f' "{there.replace("?", "?%{QUERY_STRING}")}" [R=308,NE,L]',
            ]
    wanted = r"(?!\s*;\s*q=0(?:\.0*)?(?![.\d]))"  # "br;q=0" is a no (RFC 9110, 12.4.2)
    for encoding, suffix in (("br", ".br"), ("gzip", ".gz")):
        lines += [
            f'    RewriteCond %{{HTTP:Accept-Encoding}} "\\b{encoding}\\b{wanted}"',
            f"    RewriteCond %{{REQUEST_FILENAME}}{suffix} -f",
            f'    RewriteRule "^(.+)$" "$1{suffix}" [L]',
        ]
    lines += ["</IfModule>"]
    for encoding, suffix in (("br", ".br"), ("gzip", ".gz")):
        lines += [
            f'<FilesMatch "\\.\\w+\\{suffix}$">',
            f"    RemoveType {suffix}",
            f"    AddEncoding {encoding} {suffix}",
            "    <IfModule mod_env.c>",
            "        SetEnv no-gzip 1",
            "        SetEnv no-brotli 1",
            "    </IfModule>",
            "</FilesMatch>",
        ]
    return "\n".join(lines) + "\n"


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
        if not (kept or more):
            continue
        here = at(file)  # one for each path: twice stops the site
        if kept:
            keep(add(here, "staticContent"), "365.00:00:00", FOR_EVER)
        if more:
            own = add(add(here, "httpProtocol"), "customHeaders")
            for name, value in more:
                add(own, "add", name=name, value=value)
    for redirect in site.redirects:
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
