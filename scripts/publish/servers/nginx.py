"""Skriver inställningarna för nginx: skydd, mellanlagring, filtyper, omdirigeringar.

  python -m scripts.publish.servers --root /srv/sajten/site > sajten.conf

Ta in filen i ett server-block. Andra servrar läser det som bygget lägger i site/: .htaccess
(Apache) och web.config (IIS).

Sökvägen på servern (/ eller till exempel /kunskap/sajten/) är den i site_url.

Utgång: 0 klart, 2 kunde inte köras.
"""

from __future__ import annotations

import argparse
import datetime as dt
import re
import sys
from collections.abc import Sequence
from pathlib import Path

from scripts.content.config import read_config
from scripts.content.content import Content
from scripts.content.folder import Folder
from scripts.core.findings import report
from scripts.publish.servers.headers import (
    CACHE,
    CONTENT_TYPES,
    FOR_EVER,
    HASHED,
    HSTS,
    OPEN,
    SERVER_FILES,
    SHORT,
    SUFFIXES,
    Publication,
    indented,
)

ROOT = Path(__file__).resolve().parents[3]


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
        f"location = {site.path}404.html {{ internal; }}",
        f'location ~ "^{start}(?:{hidden})$" {{ return 404; }}',
        'location ~ "/\\.(?!well-known/)" { return 404; }',
        *(
            f'location = "{source}" {{ return 308 "{site.location(redirect, "$is_args$args")}"; }}'
            for redirect in site.redirects
            for source in (site.path + redirect.from_path, site.path + redirect.from_path[:-1])
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
    lines += [f"location {prefix}{site.path} {{", *indented(inner), "}"]
    return "\n".join(lines) + "\n"


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m scripts.publish.servers",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--root", type=Path, metavar="MAPP", help="den byggda mappen på servern; annars site/ här"
    )
    parser.add_argument("--sajt", type=Path, default=ROOT, metavar="MAPP", help="sajtens mapp")
    parser.add_argument(
        "--brotli", action="store_true", help="ge också .br (kräver nginx-modulen brotli_static)"
    )
    args = parser.parse_args(argv)
    folder = Folder.read(args.sajt, dt.date.today())
    site = folder.own / "site"
    if not (site / "index.html").is_file():
        print("Mappen site/ är inte byggd. Kör: python3 scripts/build.py", file=sys.stderr)
        return 2
    config = read_config(folder.root)
    if faults := config.faults:
        report(faults)
        return 2
    published = Publication.of(Content.read(folder.root / "docs"), site, config)
    sys.stdout.write(nginx(published, args.root or site, args.brotli))
    return 0
