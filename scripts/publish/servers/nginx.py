"""The configuration for nginx: protection, caching, types, redirects. scripts/nginx_config.py
prints it."""

from __future__ import annotations

import re
from pathlib import Path

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

QUIET = ["access_log off;  # no record of who has read what", "server_tokens off;"]


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
        *([] if site.root else QUIET),  # the rest of the host is its owner's
        "log_not_found off;",
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
        "# Inside server { }. Written by scripts/nginx_config.py; don't edit.",
        f'set $site_cache "{SHORT}";',
        f'if ($uri ~ "^{start}{HASHED}$") {{ set $site_cache "{FOR_EVER}"; }}',
        'set $site_open "";',
        f'if ($uri ~ "{SUFFIXES}$") {{ set $site_open "{OPEN[1]}"; }}',
        'set $site_hsts "";',
    ]
    if site.root:
        lines += QUIET  # also of what is refused before a location is chosen
        lines.append(f'if ($https) {{ set $site_hsts "{HSTS[1]}"; }}')
    else:
        slash = f"absolute_redirect off; return 308 {site.path};"
        lines.append(f"location = {site.path.rstrip('/')} {{ {slash} }}")
    prefix = "" if site.root else "^~ "  # no regular expression of the host's takes our files
    lines += [f"location {prefix}{site.path} {{", *indented(inner), "}"]
    return "\n".join(lines) + "\n"
