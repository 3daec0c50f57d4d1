"""Where an address leads: from what stands in the file to a file of the site, or out of it.

Pure: a ``Site`` is a list of names and the address where they will stand. No network, no disk.
"""

from __future__ import annotations

import ipaddress
import posixpath
import re
import unicodedata
from collections.abc import Iterable
from functools import cached_property, lru_cache
from typing import NamedTuple
from urllib.parse import SplitResult, unquote, urljoin, urlsplit

# Stands in for the origin when no --site-url is given; RFC 2606 keeps it free.
NO_ORIGIN = "http://site.invalid/"
SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
# What may not stand in an address (URL Standard, "URL code points"), before its fragment.
BAD_CHARACTER = re.compile(r"[\s\\<>{}|^`\"\x00-\x1f\x7f\ud800-\udfff]|%(?![0-9A-Fa-f]{2})")
PASSWORD = re.compile(r"(?<=[/\\:])[^/\\?#@:]+:[^/\\?#@]*@")
LOCAL_HOST = re.compile(r"^(localhost|.*\.localhost|ip6-localhost)$")
SPACES = " \t\n\r\f\v\x00"
# Schemes that lead out of the web and that only the device can judge.
QUIET_SCHEMES = {
    "data", "blob", "about", "sms", "geo", "facetime", "whatsapp", "signal", "tg", "sip", "sips",
    "xmpp", "irc", "ircs", "magnet", "webcal", "git", "ssh", "ftp", "ftps", "news", "nntp", "urn",
    "view-source", "intent", "market", "bitcoin", "matrix", "vscode", "zoommtg", "msteams", "ldap",
    "gopher", "gemini", "doi", "isbn", "svn", "rsync", "cid", "mid", "ws", "wss", "tftp", "telnet",
    "skype", "callto", "fax", "maps", "onenote", "slack",
}  # fmt: skip


class Resolved(NamedTuple):
    """Where an address leads. ``problem`` is "" when it leads to ``target`` or ``external``."""

    target: str | None = None  # a file of the site
    external: str = ""  # an address on another host
    problem: str = ""
    detail: str = ""
    # Whether the same text means the same on every page with the same parent folder.
    shared: bool = True


class Site:
    """The names in a folder of built files, and where the folder stands in the world."""

    def __init__(self, files: Iterable[str], site_url: str = "") -> None:
        self.files = frozenset(files)
        origin = urlsplit(site_url or NO_ORIGIN)
        self.scheme, self.netloc = origin.scheme, origin.netloc
        self.host = own_name(origin)
        self.base_path = unquote(origin.path).rstrip("/") + "/"

    @cached_property
    def folded(self) -> dict[str, str]:
        """Every name without case and with one kind of å, and the name itself."""
        return {fold(path): path for path in sorted(self.files, reverse=True)}

    def file_for(self, inner: str) -> str | None:
        """Return the file that a server and a file share both give for ``inner``."""
        if inner == "" or inner.endswith("/"):
            inner += "index.html"
        return inner if inner in self.files else None

    def resolve(self, url: str, directory: str) -> Resolved:
        """Return where ``url``, without its fragment, leads from a page in ``directory``.

        ``directory`` is "" or ends with "/". It may also be a whole address: that of <base href>
        when it leads to another host.
        """
        url = url.strip(SPACES)
        match = SCHEME.match(url)
        if match:
            return self._absolute(match[1].lower(), url)
        if BAD_CHARACTER.search(url):
            return Resolved(problem="characters")
        if url.startswith("//"):
            if "/" not in url[2:] and "." not in url and ":" not in url:
                return Resolved(problem="no-host")
            return self._absolute("http", f"{self.scheme}:{url}")
        if "://" in directory:
            return self._web(urljoin(directory, url))
        path = url.partition("?")[0]
        if "%" in path:
            path = unquote(path)
        if path.startswith("/"):
            whole = _clean(path)
            if whole is None:
                return Resolved(problem="above")
            return self._inside(whole, True)
        shared = path.startswith("../") or path == ".."
        if not path:  # "?query"
            return Resolved(target="", shared=False)
        inner = _clean("/" + directory + path)
        if inner is None:
            return Resolved(problem="above", shared=shared)
        return self._file(inner[1:], shared)

    def _absolute(self, scheme: str, url: str) -> Resolved:
        """Judge an address with a scheme."""
        if scheme in ("http", "https"):
            return self._web(url)
        if scheme in ("mailto", "tel"):
            return Resolved(problem=scheme)
        if scheme == "javascript":
            return Resolved(problem="script")
        if scheme == "file":
            return Resolved(problem="local-file")
        if re.match(r"[^/?#]*//[^/?#@]*:[^/?#@]*@", url):  # "ssh://git@…" says no secret
            return Resolved(problem="credentials")
        # "ms-word:", "web+x:": nobody types those by mistake.
        quiet = scheme in QUIET_SCHEMES or "-" in scheme or "+" in scheme
        return Resolved() if quiet else Resolved(problem="scheme")

    def _web(self, url: str) -> Resolved:
        if BAD_CHARACTER.search(url):
            return Resolved(problem="characters")
        if not re.match(r"https?://[^/?#]", url, re.I):
            return Resolved(problem="no-host")
        try:
            parts = urlsplit(url)
            host = parts.hostname or ""
            _ = parts.port  # raises on nonsense
        except ValueError:
            return Resolved(problem="unreadable")
        if parts.username is not None or parts.password is not None:
            return Resolved(problem="credentials")
        if own_name(parts) == self.host:
            path = _clean(unquote(parts.path) or "/")
            return self._inside(path, True) if path is not None else Resolved(problem="above")
        if problem := host_problem(host):
            return Resolved(problem=problem)
        return Resolved(external=url)

    def _inside(self, path: str, shared: bool) -> Resolved:
        """Judge an absolute path on the site's own host."""
        if path + "/" == self.base_path:
            return self._file("", shared)
        if not path.startswith(self.base_path):
            bare = path.lstrip("/")
            known = self.base_path != "/" and self.file_for(bare) is not None
            return Resolved(problem="no-base" if known else "outside", shared=shared)
        return self._file(path[len(self.base_path) :], shared)

    def _file(self, inner: str, shared: bool) -> Resolved:
        target = inner + "index.html" if inner == "" or inner[-1] == "/" else inner
        if target in self.files:
            return Resolved(target=target, shared=shared)
        if twin := self.folded.get(fold(target)):
            same = unicodedata.normalize("NFC", target) == unicodedata.normalize("NFC", twin)
            return Resolved(problem="unicode" if same else "case", detail=twin, shared=shared)
        if target == inner and inner + "/index.html" in self.files:
            return Resolved(inner + "/index.html", "", "slash", inner, shared)
        return Resolved(problem="missing", detail=inner, shared=shared)


def _clean(path: str) -> str | None:
    """Return an absolute path without dot segments; None if it climbs above the root.

    Browsers stay at the root (RFC 3986, 5.2.4); on a file share, or below a base path, the same
    link leads elsewhere.
    """
    if "/." not in path:
        return path
    out: list[str] = []
    parts = path.split("/")[1:]
    for part in parts:
        if part == "..":
            if not out:
                return None
            out.pop()
        elif part != ".":
            out.append(part)
    if parts[-1] in ("..", "."):
        out.append("")
    return "/" + "/".join(out)


def fold(path: str) -> str:
    """Return ``path`` with one kind of å and without case."""
    if path.isascii():
        return path.lower()
    return unicodedata.normalize("NFC", path).casefold()


def own_name(parts: SplitResult) -> str:
    """Return host and port in the one form that can be compared: in ASCII, no usual port."""
    name = parts.netloc.lower()
    if not name.isascii():
        host, mark, port = name.partition(":")
        name = (to_ascii(host) or host) + mark + port
    return re.sub(r":(?:80|443)?$", "", name)


@lru_cache(maxsize=4096)
def host_problem(host: str) -> str:
    """Return what is wrong with a host's name, or "" ("loopback", "host")."""
    if LOCAL_HOST.match(host):
        return "loopback"
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        pass
    else:
        return "loopback" if not address.is_global else ""
    if re.fullmatch(r"[\d.]+|0x[0-9a-f]+", host):
        return "host"
    labels = host.removesuffix(".").split(".")
    if len(labels) < 2 or any(not label or len(label) > 63 for label in labels):
        return "host"
    if re.fullmatch(r"[a-z0-9_.-]+", host):
        return "host" if any(x[0] == "-" or x[-1] == "-" for x in labels) else ""
    return "" if to_ascii(host) else "host"


def is_origin(url: str) -> bool:
    """Whether a site may stand at ``url``; on an inner network, too."""
    found = Site(()).resolve(url, "")
    return SCHEME.match(url) is not None and (
        found.external != "" or found.problem in ("host", "loopback")
    )


def to_ascii(host: str) -> str:
    """Return a host's name as it is looked up (IDNA 2008, UTS 46); "" if it has none."""
    import idna

    try:
        return idna.encode(host, uts46=True).decode("ascii")
    except (idna.IDNAError, UnicodeError):
        return ""


def directory_of(path: str) -> str:
    """Return the folder a page stands in: "" or with a slash at its end."""
    return path[: path.rfind("/") + 1]


def directory_from_base(site: Site, path: str, base: str | None) -> str:
    """Return what relative addresses on a page start from, with its <base href> counted in."""
    directory = directory_of(path)
    if base is None:
        return directory
    base = base.strip(SPACES).partition("#")[0].partition("?")[0]
    match = SCHEME.match(base)
    if match or base.startswith("//"):
        whole = base if match else f"{site.scheme}:{base}"
        try:
            parts = urlsplit(whole)
        except ValueError:
            return directory
        if own_name(parts) != site.host:
            return whole[: whole.rfind("/") + 1] if parts.path else whole + "/"
        base = parts.path or "/"
    base = unquote(base)
    joined = base if base.startswith("/") else posixpath.join(site.base_path, directory, base)
    clean = _clean(joined) or "/"
    clean = clean[: clean.rfind("/") + 1]
    if not clean.startswith(site.base_path):
        return f"{site.scheme}://{site.netloc}{clean}"
    return clean[len(site.base_path) :]


def fragment_of(text: str) -> str:
    """Return the id that a fragment means, without text directives (":~:text=…")."""
    return text.partition(":~:")[0]


def mask(url: str) -> str:
    """Return ``url`` without its user name and password: those are never printed."""
    url = re.sub(r"(?<=//)[^/?#@\s]*(?:@[^/?#@\s]*)*@", "***@", url)
    return PASSWORD.sub("***@", url)  # … also where the rest of the address is misspelt
