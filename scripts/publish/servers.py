"""Skriver inställningar för webbservrar: skydd, mellanlagring, filtyper, omdirigeringar.

I den byggda mappen lägger bygget det som servern själv läser där: .htaccess (Apache), web.config
(IIS), _headers och _redirects (Netlify, Cloudflare Pages). För nginx skrivs en fil att ta in i ett
server-block:

  python -m scripts.publish.servers --root /srv/betanketid/site > betanketid.conf

Sökvägen på servern (/ eller till exempel /kunskap/betanketid/) är den i site_url.

Utgång: 0 klart, 2 kunde inte köras.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import quote, urlsplit
from xml.etree import ElementTree

from scripts.core.config import check_config, read_config
from scripts.core.findings import report
from scripts.publish.assets import COMPRESSED
from scripts.publish.feed import FEED
from scripts.publish.redirects import Redirect, server_redirects

ROOT = Path(__file__).resolve().parents[2]

# What the pages load, and nothing more: https://www.w3.org/TR/CSP3/. No page fetches, plays,
# embeds or sends anything; a calendar file is a download, which no directive rules.
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'none'",
}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    # Nobody the reader goes on to learns where she came from.
    "Referrer-Policy": "no-referrer",
    # Unknown names are warnings in the browser's console, so only the ones that all know.
    "Permissions-Policy": "camera=(), clipboard-write=(self), display-capture=(), "
    "fullscreen=(self), geolocation=(), microphone=(), midi=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    # A page in a sandboxed iframe has an origin of its own, and must still get its styles.
    "Cross-Origin-Resource-Policy": "cross-origin",
}
# Two years, what the preload list asks for. Never for a folder on somebody else's host: it speaks
# for all of the host. Browsers ignore it on http (RFC 6797, 7.2 forbids sending it there).
HSTS = ("Strict-Transport-Security", "max-age=63072000")
# For programs on other sites, intranets say, which may read them from the visitor's browser.
OPEN = ("Access-Control-Allow-Origin", "*")
OPEN_SUFFIXES = (".json", ".xml")
SUFFIXES = rf"(?:{'|'.join(map(re.escape, OPEN_SUFFIXES))})"

# A changed number must reach everybody at once; only a file whose name changes with its content
# (build_assets.py) may be kept.
CACHE = "Cache-Control"
SHORT = "public, max-age=60, must-revalidate"
FOR_EVER = "public, max-age=31536000, immutable"
HASHED = r"assets/.+\.[0-9a-f]{10}\.(?:css|js)"

# JSON is UTF-8 by its own rule, and its type has no charset (RFC 8259, 11).
CONTENT_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".xml": "application/xml; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".pdf": "application/pdf",
    ".zip": "application/zip",
}
# Types that one file has for itself.
FILE_TYPES = {
    FEED: "application/atom+xml; charset=utf-8",
    "opensearch.xml": "application/opensearchdescription+xml; charset=utf-8",
}

SERVER_FILES = (".htaccess", "web.config", "_headers", "_redirects")


@dataclass(frozen=True)
class Publication:
    """What the files say beyond what is the same everywhere."""

    path: str  # where the site stands on its host: "/" or "/kunskap/betanketid/"
    frame_ancestors: str
    redirects: Sequence[Redirect]
    files: Sequence[str]  # of the built site, from its root: "assets/site.0123456789.css"

    @classmethod
    def of(cls, docs: Path, site: Path, site_url: str, frame_ancestors: str = "*") -> Publication:
        """Return what there is to say of a built site and its registers."""
        files = sorted(f.relative_to(site).as_posix() for f in site.rglob("*") if f.is_file())
        path = "/" + urlsplit(site_url).path.strip("/")
        redirects = server_redirects(docs, site)
        return cls(path.rstrip("/") + "/", frame_ancestors, redirects, files)

    @property
    def root(self) -> bool:
        """Whether the host is the site's own."""
        return self.path == "/"

    def headers(self, file: str) -> dict[str, str]:
        """Return the headers of a file of the site, but for its type and HSTS."""
        policy = dict(POLICY)
        # "*" would not be everyone: a page in a sandbox, or on a disk, is no host (CSP3, 6.7.2.8).
        if self.frame_ancestors != "*":
            policy["frame-ancestors"] = self.frame_ancestors
        return {
            "Content-Security-Policy": "; ".join(f"{k} {v}" for k, v in policy.items()),
            **HEADERS,
            CACHE: FOR_EVER if re.fullmatch(HASHED, file) else SHORT,
            **(dict([OPEN]) if file.endswith(OPEN_SUFFIXES) else {}),
        }

    def location(self, redirect: Redirect, query: str = "") -> str:
        """Return where a redirect leads, as the header Location has it.

        ``query``: the server's own word for what stood after ?, where it must be told to keep it.
        """
        page, mark, place = redirect.to_path.partition("#")
        return quote(self.path + page) + query + mark + quote(place)


def content_type(file: str) -> str:
    """Return the Content-Type of a file of the site, by its path from the root."""
    default = "application/octet-stream"
    return FILE_TYPES.get(file) or CONTENT_TYPES.get(PurePosixPath(file).suffix, default)


# nginx


def nginx(site: Publication, root: Path, brotli: bool = False) -> str:
    """Return the site's part of an nginx ``server`` block.

    A location with an ``add_header`` of its own has none of those outside it, so what differs is
    in variables, and a header without a value isn't sent:
    https://nginx.org/en/docs/http/ngx_http_headers_module.html

    Args:
        root: the built folder, as the server names it.
        brotli: give the .br files too; needs the module brotli_static.
    """
    start = re.escape(site.path)
    varying = {CACHE: "$site_cache", OPEN[0]: "$site_open", HSTS[0]: "$site_hsts"}
    headers = {**site.headers("x.html"), **varying}
    hidden = "|".join(map(re.escape, SERVER_FILES))
    inner = [
        f'root "{root.as_posix()}";' if site.root else f'alias "{root.as_posix()}/";',
        "index index.html;",
        "autoindex off;",
        "access_log off;  # no record of who has read what",
        "log_not_found off;",
        "server_tokens off;",
        "absolute_redirect off;",
        f"error_page 404 {site.path}404.html;",
        f"error_page 403 =404 {site.path}404.html;",
        "gzip off;  # compressed once, by the build",
        "gzip_static on;",
        "gzip_vary on;",
        *(["brotli_static on;"] if brotli else []),
        *(f'add_header {name} "{value}" always;' for name, value in headers.items()),
        "charset off;  # stands in the type",
        "types {",
        *(f'    "{kind}" {suffix[1:]};' for suffix, kind in CONTENT_TYPES.items()),
        "}",
        *(
            f'location = {site.path}{file} {{ types {{ }} default_type "{kind}"; }}'
            for file, kind in FILE_TYPES.items()
        ),
        f"location = {site.path}404.html {{ internal; }}",
        f'location ~ "^{start}(?:{hidden})$" {{ return 404; }}',
        'location ~ "/\\.(?!well-known/)" { return 404; }',
        *(
            f'location = "{source}" {{ {_answer(site, redirect)} }}'
            for redirect in site.redirects
            for source in sources(site, redirect)
        ),
    ]
    lines = [
        "# Inside server { }. Written by python -m scripts.publish.servers; don't edit.",
        f'set $site_cache "{SHORT}";',
        f'if ($uri ~ "^{start}{HASHED}$") {{ set $site_cache "{FOR_EVER}"; }}',
        'set $site_open "";',
        f'if ($uri ~ "{SUFFIXES}$") {{ set $site_open "{OPEN[1]}"; }}',
        'set $site_hsts "";',
    ]
    if site.root:
        lines.append(f'if ($https) {{ set $site_hsts "{HSTS[1]}"; }}')
    else:
        slash = f"absolute_redirect off; return 308 {site.path};"
        lines.append(f"location = {site.path.rstrip('/')} {{ {slash} }}")
    prefix = "" if site.root else "^~ "  # no regular expression of the host's takes our files
    lines += [f"location {prefix}{site.path} {{", *_indented(inner), "}"]
    return "\n".join(lines) + "\n"


def _answer(site: Publication, redirect: Redirect) -> str:
    if redirect.status == 410:
        return f'error_page 410 "{site.path}{redirect.to_path}"; return 410;'
    return f'return {redirect.status} "{site.location(redirect, "$is_args$args")}";'


def _indented(lines: Iterable[str]) -> Iterator[str]:
    return (f"    {line}" if line else "" for line in lines)


def sources(site: Publication, redirect: Redirect) -> Iterator[str]:
    """Yield the paths a reader may type for the old address: with and without its last slash."""
    path = site.path + redirect.from_path
    yield path
    if path.endswith("/"):
        yield path.rstrip("/")


# Files that a server reads in the folder itself


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
        f'RedirectMatch {r.status} "^{re.escape(site.path + r.from_path.rstrip("/"))}/?$"'
        f' "{site.location(r)}"'
        for r in site.redirects
        if r.status == 308
    ]
    lines = [
        "# Written by scripts/publish/servers.py; don't edit.",
        "Options -Indexes -MultiViews",
        "DirectoryIndex index.html",
        "AddDefaultCharset Off",
        f"ErrorDocument 403 {site.path}404.html",
        f"ErrorDocument 404 {site.path}404.html",
        *types,
        *(
            f'<FilesMatch "^{re.escape(file)}{packed}">\n    ForceType "{kind}"\n</FilesMatch>'
            for file, kind in FILE_TYPES.items()
        ),
        *moved,
        "<IfModule mod_headers.c>",
        *_indented(always),
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
        if redirect.status == 308 and "#" in redirect.to_path:
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
    for redirect in site.redirects:
        if redirect.status == 308:  # what is gone: the page there says so, with 200
            add(
                at(redirect.from_path),
                "httpRedirect",
                enabled="true",
                destination=site.location(redirect, "$Q"),
                exactDestination="true",
                httpResponseStatus="PermRedirect",
            )
    ElementTree.indent(top)
    note = "<!-- Written by scripts/publish/servers.py; don't edit. -->\n"
    return ElementTree.tostring(top, encoding="unicode") + "\n" + note


def netlify_headers(site: Publication) -> str:
    """Return _headers: https://docs.netlify.com/manage/routing/headers/ and
    https://developers.cloudflare.com/pages/configuration/headers/

    Where two rules give one header, both hosts send both values, so no rule repeats a name. The
    files' own rule for caching stays, but for those that may be kept for ever.
    """
    general = {k: v for k, v in site.headers("x.html").items() if k != CACHE}
    rules = {f"{site.path}*": general | (dict([HSTS]) if site.root else {})}
    for file in site.files:
        headers = site.headers(file)
        more = {k: v for k, v in headers.items() if k not in general and v != SHORT}
        if file in FILE_TYPES:
            more["Content-Type"] = FILE_TYPES[file]
        if more:
            rules[site.path + file] = more
    lines = ["# Written by scripts/publish/servers.py; don't edit."]
    for path, headers in rules.items():
        lines += [path, *(f"  {name}: {value}" for name, value in headers.items())]
    return "\n".join(lines) + "\n"


def netlify_redirects(site: Publication) -> str:
    """Return _redirects: https://docs.netlify.com/manage/routing/redirects/overview/

    What is gone has no line: Cloudflare knows no 410. The page at the address says why.
    """
    lines = ["# Written by scripts/publish/servers.py; don't edit."]
    lines += [
        f"{quote(site.path + redirect.from_path)} {site.location(redirect)} 308"
        for redirect in site.redirects
        if redirect.status == 308
    ]
    return "\n".join(lines) + "\n"


def add_server_files(docs: Path, target: Path, site_url: str, frame_ancestors: str) -> None:
    """Write what servers read in the folder itself into the built site."""
    site = Publication.of(docs, target, site_url, frame_ancestors)
    makers = (htaccess, web_config, netlify_headers, netlify_redirects)
    for name, make in zip(SERVER_FILES, makers, strict=True):
        (target / name).write_text(make(site), encoding="utf-8", newline="\n")


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m scripts.publish.servers",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    site = ROOT / "site"
    parser.add_argument(
        "--root", type=Path, default=site, metavar="MAPP", help="den byggda mappen på servern"
    )
    parser.add_argument(
        "--brotli", action="store_true", help="ge också .br (kräver nginx-modulen brotli_static)"
    )
    args = parser.parse_args(argv)
    if not (site / "index.html").is_file():
        print("Mappen site/ är inte byggd. Kör: python3 scripts/build.py", file=sys.stderr)
        return 2
    config = read_config(ROOT)
    if faults := check_config(config):
        report(faults)
        return 2
    published = Publication.of(ROOT / "docs", site, config.site_url, config.frame_ancestors)
    sys.stdout.write(nginx(published, args.root, args.brotli))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
