"""Resolves the addresses in a file: to a file of the site, or out of it.

Pure: a ``Site`` is a list of file names and the URL they will be published at. No network, no disk.
"""

from __future__ import annotations

import ipaddress
import posixpath
import re
import unicodedata
from collections.abc import Iterable
from contextlib import suppress
from functools import cached_property, lru_cache
from typing import NamedTuple
from urllib.parse import SplitResult, quote, unquote, urljoin, urlsplit

import idna
from email_validator import EmailNotValidError, validate_email

from scripts.core.phone import is_dialable

NO_ORIGIN = "http://site.invalid/"  # when the URL of the site is unknown (RFC 2606)
SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
# Not allowed in an address (URL Standard, "URL code points"), before its fragment.
BAD_CHARACTER = re.compile(r"[\s\\<>{}|^`\"\x00-\x1f\x7f\ud800-\udfff]|%(?![0-9A-Fa-f]{2})")
PASSWORD = re.compile(r"(?<=[/\\:])[^/\\?#@:]+:[^/\\?#@]*@")
SPACES = " \t\n\r\f\v\x00"
# Schemes that only the device can judge. One with a hyphen or a plus sign nobody types by mistake.
IGNORED_SCHEMES = (
    "about blob data facetime ftp geo git intent irc isbn magnet matrix msteams news signal sip"
)
IGNORED_SCHEMES += " skype slack sms ssh urn webcal whatsapp xmpp zoommtg"


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
        self.origin, self.host = f"{parts.scheme}://{parts.netloc}", normalize_netloc(parts)
        self.base_path = unquote(parts.path).rstrip("/") + "/"

    @cached_property
    def folded(self) -> dict[str, str]:
        """Every name without case and with one kind of å, and the name itself."""
        return {fold(path): path for path in sorted(self.files, reverse=True)}

    def apply_base(self, url: str, page: str, base: str) -> str:
        """Return ``url`` as it is meant on a page with a <base href>, if that is an address."""
        with suppress(ValueError):
            start = urljoin(self.origin + quote(self.base_path + page), base.strip(SPACES))
            return url if SCHEME.match(url) else urljoin(start, url)
        return url

    def resolve(self, url: str, page: str) -> Resolution:
        """Return where ``url``, without its fragment, leads from the file ``page``."""
        url = url.strip(SPACES)
        match = SCHEME.match(url)
        scheme = match[1].lower() if match else ""
        if scheme not in ("", "http", "https"):
            return _other_scheme(scheme, url)
        if BAD_CHARACTER.search(url):
            return Resolution(problem="characters")
        if scheme or url.startswith("//"):
            return self._web(url)
        path = unquote(url.partition("?")[0])
        here = f"{self.base_path}{page}".rpartition("/")[0]
        return self._inside(path if path.startswith("/") else f"{here}/{path}")

    def _web(self, url: str) -> Resolution:
        try:
            url = urljoin(self.origin, url) if url.startswith("/") else url
            parts = urlsplit(url)
        except ValueError:
            return Resolution(problem="characters")
        try:
            _ = parts.port
        except ValueError:  # no number, or above 65535
            return Resolution(problem="port")
        if "@" in parts.netloc:
            return Resolution(problem="password" if parts.password is not None else "user")
        if normalize_netloc(parts) == self.host:
            resolution = self._inside(unquote(parts.path) or "/")
            # a whole address is meant: what else is on the host is others'
            return Resolution(external=url) if resolution.problem == "outside" else resolution
        if problem := host_problem(parts.hostname or ""):
            return Resolution(problem=problem)
        return Resolution(external=url)

    def _inside(self, path: str) -> Resolution:
        """Judge an absolute path on the site's own host."""
        clean = _clean(path)
        if not f"{clean}/".startswith(self.base_path):
            forgotten = clean and self._file(clean[1:]).problem == ""
            return Resolution(problem="no-base" if forgotten else "outside")
        return self._file((clean or "")[len(self.base_path) :])

    def _file(self, inner: str) -> Resolution:
        target = inner + "index.html" if inner == "" or inner.endswith("/") else inner
        if target in self.files:
            return Resolution(target)
        if twin := self.folded.get(fold(target)):
            return Resolution(twin, problem="case")
        if f"{inner}/index.html" in self.files:
            return Resolution(f"{inner}/index.html", problem="slash")
        return Resolution(inner, problem="missing")


def _clean(path: str) -> str | None:
    """Return an absolute path without dot segments; None if it climbs above the root: browsers
    stay there (RFC 3986, 5.2.4), but on a file share the same link leads elsewhere."""
    if "/." not in path:
        return path
    clean = posixpath.normpath(path.lstrip("/"))
    if clean.partition("/")[0] == "..":
        return None
    slash = "/" if re.search(r"/\.{0,2}$", path) else ""
    return posixpath.normpath(f"/{clean}") + (slash if clean != "." else "")


def _other_scheme(scheme: str, url: str) -> Resolution:
    if scheme == "mailto":
        return Resolution(problem="" if is_mailto(url) else scheme)
    if scheme == "tel":
        return Resolution(external=url) if is_dialable(url) else Resolution(problem=scheme)
    if scheme in ("file", "javascript"):
        return Resolution(problem="local" if scheme == "file" else scheme)
    if re.match(r"[^/?#]*//[^/?#@]*:[^/?#@]*@", url):  # "ssh://git@…" has no secret
        return Resolution(problem="password")
    quiet = scheme in IGNORED_SCHEMES.split() or "-" in scheme or "+" in scheme
    return Resolution(problem="" if quiet else "scheme")


def fold(path: str) -> str:
    """Return ``path`` in Unicode NFC and case-folded, so that equal names compare equal."""
    return path.lower() if path.isascii() else unicodedata.normalize("NFC", path).casefold()


def normalize_netloc(parts: SplitResult) -> str:
    """Return host and port in the one form that can be compared: in ASCII, no usual port."""
    name, mark, port = parts.netloc.lower().partition(":")
    name = name if name.isascii() else to_ascii(name) or name
    return re.sub(r":(?:80|443)?$", "", name + mark + port)


def to_ascii(host: str) -> str:
    """Return a host's name as it is looked up (IDNA 2008, UTS 46); "" if it has none."""
    try:
        return idna.encode(host, uts46=True).decode("ascii")
    except (idna.IDNAError, UnicodeError):
        return ""


@lru_cache(maxsize=4096)
def host_problem(host: str) -> str:
    """Return the problem of a host name, "local" or "host"; "" for a good one."""
    if re.fullmatch(r"(?:.*\.)?localhost", host):
        return "local"
    try:
        return "" if ipaddress.ip_address(host).is_global else "local"
    except ValueError:
        labels = (host if host.isascii() else to_ascii(host)).removesuffix(".").split(".")
    good = len(labels) > 1 and not re.fullmatch(r"[\d.]+", host)
    name = r"(?!-)[a-z0-9_-]{1,63}(?<!-)"
    return "" if good and all(re.fullmatch(name, label) for label in labels) else "host"


def is_origin(url: str) -> bool:
    """Whether ``url`` can be the address of a site; on a private network, too."""
    found = Site(()).resolve(url, "")
    return SCHEME.match(url) is not None and bool(
        found.external or found.problem in ("host", "local")
    )


def is_mailto(url: str) -> bool:
    """Whether every address of a ``mailto:`` is one (RFC 6068, RFC 5321, RFC 6531)."""
    addresses, _, query = url.partition(":")[2].partition("?")
    if query and not addresses:
        return True  # a text to share, with whom the reader chooses
    try:
        for one in unquote(addresses).split(","):
            validate_email(one.strip(), check_deliverability=False, allow_quoted_local=True)
    except EmailNotValidError:
        return False
    return not addresses.startswith("//")  # mail programs take the slashes for a name


def mask(url: str) -> str:
    """Return ``url`` without its user name and password: those are never printed."""
    url = re.sub(r"(?<=//)[^/?#@\s]*(?:@[^/?#@\s]*)*@", "***@", url)
    return PASSWORD.sub("***@", url)  # … also where the rest of the address is misspelt
