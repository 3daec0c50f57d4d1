"""Requests to other hosts, with the package requests: redirects are followed, and two requests to
one host are at least MIN_INTERVAL apart."""

from __future__ import annotations

import re
import threading
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError

MIN_INTERVAL = 1.0  # seconds between two requests to one host
CONNECT_TIMEOUT, READ_TIMEOUT, TOTAL_TIMEOUT = 10, 20, 90  # seconds
MAX_BODY = 3_000_000  # bytes
# Media types whose body is read; "": a response without a type.
READABLE_TYPES = ("text/html", "application/xhtml+xml", "application/pdf", "")
TOO_MANY_REQUESTS = (429, 503)  # a host that wants to be left alone (RFC 9110, 10.2.3)


class RequestFailed(Exception):  # noqa: N818  (an outcome like any other, not an error of ours)
    """No response came. ``reason`` is a key of verdict.REASONS."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason} {detail}")
        self.reason, self.detail = reason, detail


@dataclass(frozen=True)
class Answer:
    """The final response to a request, after its redirects."""

    url: str  # the URL that was requested
    final: str  # the URL after the redirects
    status: int
    type: str = ""  # as "text/html"
    body: bytes = b""
    is_whole: bool = True  # whether the body was read to its end
    is_redirected: bool = False
    is_moved_permanently: bool = False  # it is redirected, and every redirect was permanent

    @property
    def is_html(self) -> bool:
        """Whether the body is a page. Some hosts send a PDF as text/html, or without a type."""
        return self.type in READABLE_TYPES and "pdf" not in self.type and self.body[:4] != b"%PDF"


class RateLimitedAdapter(HTTPAdapter):
    """Waits until MIN_INTERVAL has passed since the last request to the same host."""

    def __init__(self) -> None:
        self.free_at: dict[str, float] = {}  # host → time of its next request
        self.lock = threading.Lock()
        super().__init__()

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> Any:
        """Wait for the host's turn, and send one request. requests calls it for redirects, too."""
        host = urlsplit(request.url or "").hostname or ""
        with self.lock:
            now = time.monotonic()
            start = max(now, self.free_at.get(host, 0.0))
            self.free_at[host] = start + MIN_INTERVAL
        time.sleep(start - now)
        return super().send(request, *args, **kwargs)


def make_session(agent: str) -> requests.Session:
    """Return a session for ``fetch``: it handles proxies, certificates, gzip and cookies.

    ``agent``: the User-Agent, with an address at which the requested hosts can reach us.
    """
    session = requests.Session()
    session.headers.update({"User-Agent": agent, "Accept-Language": "sv,en;q=0.7"})
    session.max_redirects = 10
    session.auth = lambda request: request  # no passwords from the user's .netrc
    adapter = RateLimitedAdapter()
    session.mount("http://", adapter)
    session.mount("https://", adapter)
    return session


def fetch(session: requests.Session, url: str) -> Answer:
    """Return the final response for ``url``. Its body is read only if it is a page or a PDF. Raises
    RequestFailed if no response comes."""
    try:
        with session.get(url, timeout=(CONNECT_TIMEOUT, READ_TIMEOUT), stream=True) as response:
            content_type = response.headers.get("Content-Type", "")
            media_type = content_type.partition(";")[0].strip().lower()
            body, is_whole = b"", False
            if media_type in READABLE_TYPES:
                body, is_whole = _read_body(response)
            redirects = [redirect.status_code for redirect in response.history]
            is_permanent = all(status in (301, 308) for status in redirects)
            return Answer(
                url=url,
                final=response.url,
                status=response.status_code,
                type=media_type,
                body=body,
                is_whole=is_whole,
                is_redirected=bool(redirects),
                is_moved_permanently=bool(redirects) and is_permanent,
            )
    except requests.exceptions.SSLError as error:
        # "… certificate verify failed: certificate has expired (_ssl.c:1006)"
        detail = re.search(r"certificate verify failed: ([^(]+)", str(error))
        raise RequestFailed("certificate", detail[1].strip() if detail else "") from error
    except requests.TooManyRedirects as error:
        raise RequestFailed("redirects") from error
    except ValueError as error:  # requests raises it for addresses that aren't of the web
        raise RequestFailed("bad-address") from error
    except (requests.Timeout, TimeoutError) as error:
        raise RequestFailed("timeout") from error
    except (requests.RequestException, HTTPError, OSError) as error:
        is_name_unknown = "NameResolutionError" in str(error)
        reason = "no-such-host" if is_name_unknown else "no-answer"
        raise RequestFailed(reason, type(error).__name__) from error


def _read_body(response: requests.Response) -> tuple[bytes, bool]:
    """Return a response's body, and whether it is whole: reading stops after MAX_BODY bytes or
    TOTAL_TIMEOUT seconds."""
    deadline = time.monotonic() + TOTAL_TIMEOUT
    body = b""
    while len(body) <= MAX_BODY and time.monotonic() < deadline:
        part = response.raw.read1(1 << 16, decode_content=True)
        if not part:
            return body, True
        body += part
    return body[:MAX_BODY], False
