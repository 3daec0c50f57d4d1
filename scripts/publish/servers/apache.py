"""Apache's .htaccess."""

from __future__ import annotations

import re

from scripts.publish.compress import COMPRESSED
from scripts.publish.servers.headers import (
    CACHE,
    CONTENT_TYPES,
    FILE_TYPES,
    FOR_EVER,
    HASHED,
    HSTS,
    NOTE,
    OPEN,
    SERVER_FILES,
    SUFFIXES,
    Publication,
    indented,
)


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
        for r in site.moved
    ]
    lines = [
        f"# {NOTE}",
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
    for redirect in site.moved:  # RedirectMatch would put what stood after ? after the id
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
