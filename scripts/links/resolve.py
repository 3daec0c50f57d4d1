"""Resolves the addresses in a file: to a file of the site, or out of it.

Pure: a ``Site`` is a list of file names and the URL they will be published at. No network, no disk.
"""

from __future__ import annotations

import ipaddress
import posixpath
import re
import unicodedata
from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from scripts.core.phone import is_dialable
from scripts.core.swedish import nearest

NO_ORIGIN = "http://site.invalid/"  # when the URL of the site is unknown (RFC 2606)
SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
# Not allowed in an address (URL Standard, "URL code points"), before its fragment.
BAD_CHARACTER = re.compile(r"[\s\\<>{}|^`\"\x00-\x1f\x7f]|%(?![0-9A-Fa-f]{2})")
MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")  # an e-mail address
HOST_LABEL = re.compile(r"(?!-)[\w-]{1,63}(?<!-)")  # one part of a host name: "polisen"


class Resolution(NamedTuple):
    """Where an address leads: to a file of the site, elsewhere, or nowhere."""

    file: str = ""  # with a problem: the file that was meant
    external: str = ""  # an address on another host, or a telephone number
    problem: str = ""  # a key of inside.PROBLEMS


class Site:
    """The names of the built files, and the URL that their folder is published at."""

    def __init__(self, files: Iterable[str], site_url: str = "") -> None:
        self.files = frozenset(files)
        parts = urlsplit(site_url or NO_ORIGIN)
        self.scheme = parts.scheme
        self.host = parts.netloc.lower()  # with the port, if it has one
        self.base_path = unquote(parts.path).rstrip("/") + "/"

    @cached_property
    def file_by_folded_name(self) -> dict[str, str]:
        """``fold`` of each file's name → the name; the first of names that are equal folded."""
        return {fold(path): path for path in sorted(self.files, reverse=True)}

    def resolve(self, url: str, page: str) -> Resolution:
        """Return where ``url``, without its fragment, leads from the file ``page``.

        A telephone number and a URL of another host are ``external``. A good address of another
        kind, such as ``mailto:``, is an empty Resolution: nothing more is checked.
        """
        match = SCHEME.match(url)
        scheme = match[1].lower() if match else ""
        if scheme not in ("", "http", "https"):
            return _resolve_other_scheme(scheme, url)
        if BAD_CHARACTER.search(url):
            return Resolution(problem="characters")
        if scheme or url.startswith("//"):  # "//host/a" has the scheme of the page
            return self._resolve_url(url if scheme else f"{self.scheme}:{url}")
        path = unquote(url.partition("?")[0])
        folder = (self.base_path + page).rpartition("/")[0]
        return self._resolve_path(path if path.startswith("/") else f"{folder}/{path}")

    def _resolve_url(self, url: str) -> Resolution:
        """Return where a whole http or https URL leads: to a file if it has the site's own host and
        base path, else to another site."""
        try:
            parts = urlsplit(url)  # raises ValueError for brackets without an IPv6 address
            _ = parts.port  # raises ValueError above 65535
        except ValueError:
            return Resolution(problem="port")
        if "@" in parts.netloc:
            return Resolution(problem="credentials")
        if parts.netloc.lower() == self.host:
            resolution = self._resolve_path(unquote(parts.path) or "/")
            # The host may have other sites in other folders.
            return Resolution(external=url) if resolution.problem == "outside" else resolution
        problem = host_problem(parts.hostname or "")
        return Resolution(problem=problem) if problem else Resolution(external=url)

    def _resolve_path(self, path: str) -> Resolution:
        """Return where an absolute path on the site's own host leads."""
        if posixpath.normpath(path.lstrip("/")).split("/")[0] == "..":
            # A browser stays at the root (RFC 3986, 5.2.4); on a file share it leads elsewhere.
            return Resolution(problem="outside")
        clean = _without_dots(path)
        if f"{clean}/".startswith(self.base_path):
            return self._resolve_file(clean[len(self.base_path) :])
        # "/stod/" is meant to be "/kunskap/stod/" if the site has that file.
        is_base_forgotten = not self._resolve_file(clean[1:]).problem
        return Resolution(problem="no-base" if is_base_forgotten else "outside")

    def _resolve_file(self, path: str) -> Resolution:
        """Return the file that a path within the site leads to; for a folder its index.html."""
        target = path + "index.html" if path == "" or path.endswith("/") else path
        if target in self.files:
            return Resolution(target)
        if fold(target) in self.file_by_folded_name:
            return Resolution(self.file_by_folded_name[fold(target)], problem="case")
        if f"{path}/index.html" in self.files:
            return Resolution(f"{path}/index.html", problem="slash")
        return Resolution(path, problem="missing")


def _without_dots(path: str) -> str:
    """Return an absolute path without "." and "..": "/a/../b/" → "/b/"."""
    if "/." not in path:
        return path
    clean = posixpath.normpath("/" + path.lstrip("/"))  # also drops a slash at the end
    is_folder = path.endswith(("/", "/.", "/.."))
    return f"{clean}/" if is_folder and clean != "/" else clean


def _resolve_other_scheme(scheme: str, url: str) -> Resolution:
    """Return where an address leads whose scheme isn't http or https.

    Any scheme that isn't named here, such as "sms" or "data", is good, since the reader's device
    handles it; unless it is nearly "http" or "https", as "htps" is.
    """
    if scheme == "tel":
        # external, since the caller compares the number with the known ones (validate.py)
        return Resolution(external=url) if is_dialable(url) else Resolution(problem="tel")
    if scheme == "mailto":  # nothing but its form can be checked
        return Resolution(problem="" if is_mailto(url) else "mailto")
    if scheme in ("file", "javascript"):
        return Resolution(problem=scheme)
    is_misspelt = nearest(scheme, ("http", "https")) != ""
    return Resolution(problem="scheme" if is_misspelt else "")


def fold(path: str) -> str:
    """Return ``path`` in Unicode NFC and case-folded: names that differ only in upper case, or in
    how å ä ö are encoded, are equal then."""
    return unicodedata.normalize("NFC", path).casefold()


def host_problem(host: str) -> str:
    """Return the problem of a host name or IP address, as a key of inside.PROBLEMS: "local" for one
    of the reader's own computer or network, "host" for one that can't exist, "" for a good one."""
    if host == "localhost":
        return "local"
    try:
        return "" if ipaddress.ip_address(host).is_global else "local"
    except ValueError:
        labels = host.removesuffix(".").split(".")
        is_name = len(labels) > 1 and all(HOST_LABEL.fullmatch(label) for label in labels)
        return "" if is_name else "host"


def is_site_url(url: str) -> bool:
    """Whether ``url`` is an http or https URL that a site can be published at. On a private network
    it may have an IP address, or a host name of one word ("intranat")."""
    is_web = url.lower().startswith(("http://", "https://"))
    resolution = Site(()).resolve(url, "")
    is_private = resolution.problem in ("host", "local")
    return is_web and bool(resolution.external or is_private)


def is_mailto(url: str) -> bool:
    """Whether every address of a ``mailto:`` URI is an e-mail address (RFC 6068).

    A URI without an address is good if it has a query ("mailto:?body=…"): a text to share, with
    whomever the reader chooses.
    """
    addresses, _, query = url.partition(":")[2].partition("?")
    if query and not addresses:
        return True
    return all(MAIL.fullmatch(address.strip()) for address in unquote(addresses).split(","))


def mask(url: str) -> str:
    """Return a URL, or a text with URLs, without user names and passwords, which are never printed:
    "https://anna:lösen@host/" → "https://***@host/"."""
    return re.sub(r"(?<=//)[^/?#\s\"'<>]*@", "***@", url)
