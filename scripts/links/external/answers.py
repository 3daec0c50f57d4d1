"""What is asked of another host and what comes back, as data."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

MOST = 100  # pages of a host that are asked in one run
REDIRECTS = {301, 302, 303, 307, 308}
PERMANENT = {301, 308}


@dataclass(frozen=True)
class Limits:
    """How long, how much, how often. Seconds and bytes."""

    connect: float = 10
    read: float = 20
    total: float = 90  # one address with all its redirects and new tries: nothing outlives it
    body: int = 3_000_000  # as sent
    unpacked: int = 12_000_000
    redirects: int = 10
    tries: int = 3
    wait: float = 40  # the longest Retry-After that is waited for
    pause: float = 1  # between two requests to one host
    at_once: int = 16


class Failure(Exception):  # noqa: N818  (an answer of a kind, not a fault in the program)
    """No answer came. ``reason`` is a key of verdict.REASONS."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason} {detail}")
        self.reason, self.detail = reason, detail


@dataclass(frozen=True)
class Answer:
    """One answer to one request. Names of headers are in lower case."""

    status: int
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    whole: bool = True  # whether the body came to its end within the limits
    cookies: tuple[str, ...] = ()

    @property
    def type(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


@dataclass(frozen=True)
class Hop:
    """One step on the way: the address, and how it led on (a status, or 0 for meta refresh)."""

    url: str
    status: int


@dataclass(frozen=True)
class Outcome:
    """Where an address led in the end: an answer, or why there was none."""

    url: str
    hops: tuple[Hop, ...] = ()
    final: str = ""
    answer: Answer | None = None
    failure: str = ""
    detail: str = ""


class Transport(Protocol):
    """Sends one request and brings one answer. Raises Failure."""

    async def exchange(self, method: str, url: str, headers: dict[str, str]) -> Answer: ...
