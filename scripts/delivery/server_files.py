"""Writes the files that web servers read in the built folder: Apache's .htaccess, IIS's web.config.

Headers, caching and the error page are the same for every site, so the files are static, in
servers/, with the one that nginx includes. Redirects are pages (redirects.py): no server needs to
know them.
"""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

from scripts.content.config import Config
from scripts.content.content import Content
from scripts.core.findings import Finding
from scripts.site.csp import PAGE_POLICY, header_policy
from scripts.site.html_site import HtmlSite

SNIPPETS = Path(__file__).with_name("servers")
SERVER_FILES = {"htaccess": ".htaccess", "web.config": "web.config"}  # snippet → name in the site
# A header with a fixed value in nginx.conf: add_header Referrer-Policy "no-referrer" always;
HEADER = re.compile(r'^add_header (\S+) "(.*)" always;', re.M)


def add_server_files(_: Content, site: HtmlSite, config: Config) -> list[Finding]:
    """Step of the build: write the settings of Apache and IIS into the site, with two values from
    mkdocs.yml: the sites that may show the pages in an iframe, and the site's path on its host."""
    policy = header_policy(config.extra.security.frame_ancestors)
    path = urlsplit(config.site_url).path.rstrip("/")
    for snippet, name in SERVER_FILES.items():
        text = (SNIPPETS / snippet).read_text(encoding="utf-8")
        text = text.replace(PAGE_POLICY, policy)
        # Only Apache's file has a slash before 404.html: its path begins at the host's root. IIS
        # reads it from the folder of the file.
        site.write(name, text.replace(" /404.html", f" {path}/404.html"))
    return []


def page_headers() -> dict[str, str]:
    """Return the headers that nginx sends with every file: name → value."""
    return dict(HEADER.findall((SNIPPETS / "nginx.conf").read_text(encoding="utf-8")))
