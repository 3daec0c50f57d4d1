"""Small text files for crawlers and servers: robots.txt, security.txt, _redirects, .htaccess."""

from __future__ import annotations

import re

from scripts.links.formats.document import Document, Use


def read_robots(data: bytes) -> Document:
    """Read robots.txt: where it says that the sitemap is."""
    text = data.decode("utf-8-sig", "replace")
    found = re.findall(r"^\s*sitemap\s*:\s*(\S+)", text, re.I | re.M)
    return Document(uses=[Use("asset", url) for url in found])


def read_security(data: bytes) -> Document:
    """Read security.txt (RFC 9116): addresses of contact, policy, key, and its own."""
    text = data.decode("utf-8-sig", "replace")
    found = re.findall(r"^[A-Za-z-]+:[ \t]*((?:https?|mailto|tel):\S+)\s*$", text, re.I | re.M)
    return Document(uses=[Use("page", url) for url in found])


def read_redirects(data: bytes) -> Document:
    """Read _redirects (Netlify, Cloudflare Pages): where each line leads, if it names a page."""
    document = Document()
    for line in data.decode("utf-8-sig", "replace").splitlines():
        words = re.sub(r"(?:^|\s)#.*", "", line).split()
        goal = next((word for word in words[1:] if re.match(r"/|https?://", word)), "")
        if goal and not re.search(r"\*|/:\w|^/\.", goal):  # placeholders, the host's own things
            document.uses.append(Use("page", goal))
    return document


def read_htaccess(data: bytes) -> Document:
    """Read .htaccess (Apache's mod_alias and core): where its redirects and error pages lead."""
    document = Document()
    for line in data.decode("utf-8-sig", "replace").splitlines():
        words = [double or bare for double, bare in re.findall(r'"([^"]*)"|(\S+)', line)]
        name = words[0].lower() if words else ""
        if name == "errordocument":
            words = words[1:]
        elif not re.fullmatch(r"redirect(?:match|permanent|temp)?", name):
            continue
        elif words[1:2] and re.fullmatch(r"\d{3}|permanent|temp|seeother|gone", words[1], re.I):
            words = words[1:]
        if len(words) == (2 if name == "errordocument" else 3):
            goal = words[-1]
            if re.match(r"/|https?://", goal) and not re.search(r"\$\d|%\{", goal):
                document.uses.append(Use("page", goal))
    return document
