"""_headers and _redirects: Netlify, Cloudflare Pages."""

from __future__ import annotations

from urllib.parse import quote

from scripts.publish.servers.headers import CACHE, FILE_TYPES, HSTS, NOTE, SHORT, Publication


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
    lines = [f"# {NOTE}"]
    for path, headers in rules.items():
        lines += [path, *(f"  {name}: {value}" for name, value in headers.items())]
    return "\n".join(lines) + "\n"


def netlify_redirects(site: Publication) -> str:
    """Return _redirects: https://docs.netlify.com/manage/routing/redirects/overview/

    What is gone has no line: Cloudflare knows no 410. The page at the address says why.
    """
    lines = [f"# {NOTE}"]
    lines += [
        f"{quote(site.path + redirect.from_path)} {site.location(redirect)} 308"
        for redirect in site.moved
    ]
    return "\n".join(lines) + "\n"
