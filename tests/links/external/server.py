"""A server that behaves in every way a server can, in virtual time: hours pass in no time.

The server and the client run in one event loop whose clock jumps to the next timer as soon as
nothing moves on the sockets. So the tests use the real limits, and wait for nothing.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import gzip
import ipaddress
import selectors
import socket
import ssl
import struct
import zlib
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from email.utils import format_datetime
from itertools import pairwise

import h2.config
import h2.connection
import h2.events
import httpcore2
import trustme

from scripts.links.external.answers import Failure

NOW = dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC)
PAGE = (
    "<!doctype html><html lang=sv><title>Stöd</title><h1 id=a>Stöd</h1>"
    "<main><p id='å'>Text om stöd till den som behöver det, i flera meningar.</main>"
).encode()


class _Selector(selectors.DefaultSelector):
    """Lets the clock jump only when nothing is on its way through the kernel."""

    loop: VirtualLoop

    def select(self, timeout: float | None = None):
        ready = super().select(0)
        if ready or timeout == 0:
            return ready
        ready = super().select(0.004)
        if not ready and timeout is not None:
            self.loop.now += max(timeout, 0)
        return ready


class VirtualLoop(asyncio.SelectorEventLoop):
    """An event loop with a clock of its own."""

    def __init__(self) -> None:
        self.now = 1000.0
        selector = _Selector()
        selector.loop = self
        super().__init__(selector)

    def time(self) -> float:
        return self.now


def run_virtually(main: Awaitable):
    """Run ``main`` in virtual time and return what it returns."""
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        return runner.run(main)


@dataclass
class Request:
    method: str
    path: str
    headers: dict[str, str]
    writer: asyncio.StreamWriter
    count: int  # how many requests this host has had, with this one

    async def send(self, data: bytes) -> None:
        self.writer.write(data)
        await self.writer.drain()


Handler = Callable[[Request], Awaitable[bytes | None]]


def reply(
    status: int = 200,
    body: bytes = PAGE,
    kind: str = "text/html; charset=utf-8",
    length: int | None = None,
    **headers: str,
) -> bytes:
    """Return a whole response."""
    lines = [f"HTTP/1.1 {status} X", f"Content-Length: {len(body) if length is None else length}"]
    if kind:
        lines.append(f"Content-Type: {kind}")
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "Connection: close", "", ""]).encode("utf-8") + body


def always(*arguments, **named) -> Handler:
    """Return a handler that answers alike each time; HEAD without the body."""

    async def handler(request: Request) -> bytes:
        whole = reply(*arguments, **named)
        return whole.partition(b"\r\n\r\n")[0] + b"\r\n\r\n" if request.method == "HEAD" else whole

    return handler


def to(location: str, status: int = 301, **headers: str) -> Handler:
    return always(status, b"", "", Location=location, **headers)


def then(*handlers: Handler) -> Handler:
    """Return a handler that answers in turn, the last one for ever."""

    async def handler(request: Request) -> bytes | None:
        return await handlers[min(request.count, len(handlers)) - 1](request)

    return handler


def at(paths: dict[str, Handler], other: Handler | None = None) -> Handler:
    """Return a handler that answers by path; what isn't there is a 404."""

    async def handler(request: Request) -> bytes | None:
        return await paths.get(request.path, other or always(404, b"borta"))(request)

    return handler


def page(title: str, text: str = "Text. " * 30) -> bytes:
    return f"<!doctype html><title>{title}</title><h1>{title}</h1><p>{text}".encode()


async def silence(request: Request) -> None:  # noqa: ARG001
    await asyncio.sleep(100_000)


async def close_at_once(request: Request) -> bytes:  # noqa: ARG001
    return b""


async def reset(request: Request) -> None:
    """Break off with RST instead of FIN: linger for no time."""
    socket_ = request.writer.get_extra_info("socket")
    socket_.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    request.writer.transport.abort()


async def stalling_body(request: Request) -> None:
    await request.send(
        b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\nContent-Type: text/html\r\n\r\n<p>"
    )
    await asyncio.sleep(100_000)


async def dripping_body(request: Request) -> None:
    await request.send(
        b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\nContent-Type: text/html\r\n\r\n"
    )
    for _ in range(5000):
        await request.send(b"x")
        await asyncio.sleep(15)


async def dripping_headers(request: Request) -> None:
    await request.send(b"HTTP/1.1 200 OK\r\n")
    for n in range(5000):
        await request.send(f"X-{n}: y\r\n".encode())
        await asyncio.sleep(15)


async def endless_body(request: Request) -> None:
    await request.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<title>x</title>")
    while True:
        await request.send(b"<p>mer</p>" * 10_000)


async def endless_headers(request: Request) -> None:
    await request.send(b"HTTP/1.1 200 OK\r\n")
    while True:
        await request.send(b"X: " + b"y" * 50_000 + b"\r\n")


async def abort_in_body(request: Request) -> None:
    await request.send(b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n<p>")
    await reset(request)


def chunked(end: bytes = b"0\r\n\r\n") -> Handler:
    async def handler(request: Request) -> bytes:  # noqa: ARG001
        head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Type: text/html\r\n\r\n"
        return head + f"{len(PAGE):x}\r\n".encode() + PAGE + b"\r\n" + end

    return handler


def raw(data: bytes) -> Handler:
    async def handler(request: Request) -> bytes:  # noqa: ARG001
        return data

    return handler


async def cookie_wall(request: Request) -> bytes:
    given = request.headers.get("cookie", "").encode("latin1")  # as bytes: it came as UTF-8
    if "val=jå".encode() in given:
        return reply()
    return reply(302, b"", "", Location="/sida", Set_Cookie="val=jå; Path=/")


async def echo_language(request: Request) -> bytes:
    polite = request.headers["user-agent"] == "prov/1 (+mailto:a@example.org)"
    return reply() if polite else reply(400, b"")


async def further(request: Request) -> bytes:
    return reply(302, b"", "", Location=f"/{request.count}")


async def head_lies_good(request: Request) -> bytes:
    return reply(200, b"", "text/html") if request.method == "HEAD" else reply(404, b"borta")


async def head_hangs(request: Request) -> bytes | None:
    return await silence(request) if request.method == "HEAD" else reply()


def later(seconds: float) -> str:
    return format_datetime(NOW + dt.timedelta(seconds=seconds), usegmt=True)


CHALLENGE = b"<title>Just a moment...</title><script src=/cdn-cgi/challenge-platform/x></script>"
PDF = b"%PDF-1.7\n" + b"x" * 200
BOMB = gzip.compress(b"<p>0</p>" * 4_000_000)


@dataclass(frozen=True)
class Behaviour:
    """A way to behave, and what is right to say of it."""

    handler: Handler
    says: str = "ok"
    reason: str = ""
    path: str = "/sida"
    fragment: str = ""
    scheme: str = "http"
    moved: str = ""
    notes: tuple[str, ...] = ()
    host: str = ""  # as in the link; else name.plats.se
    ips: tuple[str, ...] | None = None  # what the resolver says, else a public address
    head_first: bool = False
    probe: bool = False


B = Behaviour
OK = always()
BEHAVIOURS: dict[str, Behaviour] = {
    # every class of status
    "s200": B(OK), "s203": B(always(203)), "s206": B(always(206)),
    "s204": B(always(204, b""), "failing", "empty"), "s205": B(always(205, b""), "failing", "empty"),
    "s226": B(always(226), "failing", "odd-status"), "s300": B(always(300), "failing", "odd-status"),
    "s304": B(raw(b"HTTP/1.1 304 X\r\n\r\n"), "failing", "odd-status"),
    "s400": B(always(400), "failing", "client-error"), "s401": B(always(401), "walled", "login"),
    "s402": B(always(402), "walled", "login"), "s403": B(always(403), "walled", "wall"),
    "s404": B(always(404), "gone", "gone-404"), "s405": B(always(405), "walled", "wall"),
    "s406": B(always(406), "walled", "wall"), "s407": B(always(407), "walled", "login"),
    "s408": B(always(408), "failing", "client-error"), "s409": B(always(409), "failing", "client-error"),
    "s410": B(always(410), "gone", "gone-410"), "s418": B(always(418), "failing", "client-error"),
    "s421": B(always(421), "failing", "client-error"), "s422": B(always(422), "failing", "client-error"),
    "s425": B(always(425), "failing", "client-error"), "s426": B(always(426), "failing", "client-error"),
    "s429": B(always(429), "walled", "wall"), "s451": B(always(451), "walled", "legal"),
    "s500": B(always(500), "failing", "server-error"), "s501": B(always(501), "failing", "server-error"),
    "s502": B(always(502), "failing", "server-error"), "s503": B(always(503), "failing", "server-error"),
    "s504": B(always(504), "failing", "server-error"), "s520": B(always(520), "walled", "wall"),
    "s999": B(always(999), "walled", "wall"),
    "s100": B(raw(b"HTTP/1.1 100 Continue\r\n\r\n" + reply())), "s103": B(raw(b"HTTP/1.1 103 X\r\nLink: </a>\r\n\r\n" + reply())),
    "s101": B(raw(b"HTTP/1.1 101 X\r\nUpgrade: x\r\n\r\n"), "failing", "protocol"),
    # redirects
    "r301": B(at({"/sida": to("/ny"), "/ny": OK}), moved="/ny"),
    "r308": B(at({"/sida": to("/ny", 308), "/ny": OK}), moved="/ny"),
    "r302": B(at({"/sida": to("/ny", 302), "/ny": OK})), "r303": B(at({"/sida": to("/ny", 303), "/ny": OK})),
    "r307": B(at({"/sida": to("/ny", 307), "/ny": OK})),
    "r-chain": B(at({"/sida": to("/a"), "/a": to("/b", 308), "/b": to("/ny"), "/ny": OK}), moved="/ny"),
    "r-mixed": B(at({"/sida": to("/a"), "/a": to("/ny", 302), "/ny": OK})),
    "r-relative": B(at({"/x/sida": to("../ny"), "/ny": OK}), path="/x/sida", moved="/ny"),
    "r-utf8": B(at({"/sida": to("/råd"), "/r%C3%A5d": OK}), moved="/r%C3%A5d"),
    "r-to-404": B(at({"/sida": to("/ny")}), "gone", "gone-404"),
    "r-to-410": B(at({"/sida": to("/ny"), "/ny": always(410)}), "gone", "gone-410"),
    "r-loop": B(at({"/sida": to("/a"), "/a": to("/sida")}), "failing", "redirect-loop"),
    "r-self": B(to("/sida"), "failing", "redirect-loop"),
    "r-many": B(further, "failing", "too-many-redirects"),
    "r-nowhere": B(always(301, b"", ""), "failing", "redirect-nowhere"),
    "r-root": B(at({"/djup/sida": to("/"), "/": OK}), "failing", "to-root", path="/djup/sida"),
    "r-root-sv": B(at({"/djup/sida": to("/sv/", 302), "/sv/": OK}), "failing", "to-root", path="/djup/sida"),
    "r-root-from-root": B(at({"/": to("/sv/", 302), "/sv/": OK}), path="/"),
    "r-login": B(at({"/sida": to("/logga-in?till=sida", 302), "/logga-in?till=sida": OK}), "walled", "to-login"),
    "r-sso": B(to("http://sso.s200.plats.se/x", 302), "walled", "to-login"),
    "r-other": B(to("http://s200.plats.se/ny"), moved="http://s200.plats.se/ny", notes=("other-site",)),
    "r-www": B(at({"/sida": to("http://www.r-www.plats.se/sida")}), moved="http://www.r-www.plats.se/sida"),
    "r-upgrade": B(to("https://tls-ok.plats.se/sida"), moved="https://tls-ok.plats.se/sida", notes=("other-site",)),
    "r-private": B(to("http://10.0.0.1/"), "failing", "inner-network"),
    "r-loopback": B(to("http://127.0.0.1:1/"), "failing", "inner-network"),
    "r-metadata": B(to("http://169.254.169.254/latest/"), "failing", "inner-network"),
    "r-mapped": B(to("http://[::ffff:10.0.0.1]/"), "failing", "inner-network"),
    "r-file": B(to("file:///etc/passwd"), "failing", "not-web"),
    "r-script": B(to("javascript:alert(1)"), "failing", "not-web"),
    "r-mail": B(to("mailto:a@example.org"), "failing", "not-web"),
    "r-password": B(to("http://a:hemligt@s200.plats.se/"), "failing", "credentials"),
    "r-nonsense": B(to("http://[::1/"), "failing", "bad-address"),
    "r-cookie": B(cookie_wall), "r-cookie-for-ever": B(to("/sida", 302, Set_Cookie="a=b"), "failing", "redirect-loop"),
    "r-meta": B(at({"/sida": always(200, b"<meta http-equiv=refresh content='0;url=/ny'>"), "/ny": OK})),
    "r-meta-loop": B(at({"/sida": always(200, b"<meta http-equiv=refresh content='0;url=/a'>"), "/a": to("/sida", 302)}), "failing", "redirect-loop"),
    "r-meta-self": B(always(200, PAGE + b"<meta http-equiv=refresh content='300;url=/sida'>")),
    # slow, endless, broken
    "slow-headers": B(silence, "failing", "timeout"), "slow-drip-headers": B(dripping_headers, "failing", "timeout"),
    "slow-body": B(stalling_body, "failing", "timeout"), "slow-drip-body": B(dripping_body, "failing", "timeout"),
    "endless-body": B(endless_body), "endless-headers": B(endless_headers, "failing", "protocol"),
    "endless-place": B(endless_body, "walled", "cut-short", fragment="x"),
    "huge-header": B(always(200, PAGE, X_Big="y" * 300_000), "failing", "protocol"),
    "closed": B(close_at_once, "failing", "protocol"), "reset": B(reset, "failing", "broken-off"),
    "abort": B(abort_in_body, "failing", "broken-off"),
    "length-long": B(always(200, PAGE, length=9999), "failing", "protocol"),
    "length-short": B(always(200, PAGE, length=100)), "length-nonsense": B(raw(b"HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n"), "failing", "protocol"),
    "length-twice": B(raw(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx"), "failing", "protocol"),
    "garbage": B(raw(b"\x00\xff" * 50), "failing", "protocol"), "other-protocol": B(raw(b"SSH-2.0-OpenSSH_9.6\r\n"), "failing", "protocol"),
    "chunked": B(chunked()), "chunked-broken": B(chunked(b"zz\r\n"), "failing", "protocol"),
    "gzip": B(always(200, gzip.compress(PAGE), Content_Encoding="gzip")),
    "deflate": B(always(200, zlib.compress(PAGE), Content_Encoding="deflate")),
    "gzip-bomb": B(always(200, BOMB, Content_Encoding="gzip")),
    "gzip-broken": B(always(200, b"inte gzip alls", Content_Encoding="gzip"), "failing", "protocol"),
    "empty": B(always(200, b""), "failing", "empty"), "blank": B(always(200, b"<html><body>  "), "failing", "empty"),
    # a little patience
    "wait-seconds": B(then(always(429, b"", Retry_After="7"), OK)),
    "wait-date": B(then(always(429, b"", Retry_After=later(9)), OK)),
    "wait-past": B(then(always(503, b"", Retry_After=later(-60)), OK)),
    "wait-long": B(always(429, b"", Retry_After="3600"), "walled", "wall"),
    "wait-nonsense": B(then(always(503, b"", Retry_After="snart"), OK)),
    "once-500": B(then(always(500), OK)), "once-reset": B(then(reset, OK)), "once-silent": B(then(silence, OK)),
    # HEAD
    "head-refused": B(at({"/sida": OK}), head_first=True),
    "head-405": B(then(always(405, b""), OK), head_first=True), "head-404": B(then(always(404, b""), OK), head_first=True),
    "head-lies": B(head_lies_good, "gone", "gone-404", head_first=True), "head-hangs": B(head_hangs, head_first=True),
    "head-picture": B(always(200, b"\x89PNG", "image/png"), path="/bild.png", head_first=True),
    "head-pdf": B(always(200, PAGE), "failing", "not-a-pdf", path="/x.pdf", head_first=True),
    "head-redirect": B(at({"/bild.png": to("/ny.png"), "/ny.png": always(200, b"x", "image/png")}), path="/bild.png", head_first=True, moved="/ny.png"),
    # content
    "soft-404": B(always(200, page("Start")), "failing", "soft-404", probe=True),
    "soft-404-other": B(at({"/sida": OK}, always(200, page("Hittas ej"))), probe=True),
    "hard-404-host": B(at({"/sida": OK}), probe=True),
    "says-gone": B(always(200, page("Sidan finns inte")), "failing", "says-gone"),
    "says-gone-english": B(always(200, page("Page not found")), "failing", "says-gone"),
    "about-gone": B(always(200, page("Stöd", "sidan finns inte " * 9))),
    "challenge": B(always(200, CHALLENGE), "walled", "wall"), "challenge-503": B(always(503, CHALLENGE), "walled", "wall"),
    "captcha": B(always(200, page("Are you a robot?", "x")), "walled", "wall"),
    "pdf": B(always(200, PDF, "application/pdf"), path="/a.pdf"), "pdf-octets": B(always(200, PDF, "application/octet-stream"), path="/a.PDF"),
    "pdf-html": B(always(200, PAGE), "failing", "not-a-pdf", path="/a.pdf"),
    "pdf-lie": B(always(200, PAGE, "application/pdf"), "failing", "not-a-pdf"),
    "place": B(OK, fragment="a"), "place-encoded": B(OK, fragment="%C3%A5"), "place-top": B(OK, fragment="top"),
    "place-text": B(OK, fragment=":~:text=stöd"), "place-gone": B(OK, "failing", "no-such-place", fragment="borta"),
    "place-script": B(OK, fragment="!/vy/1"), "place-moved": B(at({"/sida": to("/ny"), "/ny": OK}), fragment="a", moved="/ny"),
    "invalid-html": B(always(200, b"</x><p<<a href=<title>Hej</b></p><p id=a id=a>Text & mer<table><tr><td")),
    "wrong-charset": B(always(200, PAGE, "text/html; charset=utf-16")),
    "latin1": B(always(200, page("R\u00e5d").decode().encode("latin1"), "text/html; charset=iso-8859-1")),
    "no-type": B(always(200, PAGE, "")), "xhtml": B(always(200, PAGE, "application/xhtml+xml")),
    "header-latin1": B(raw(b"HTTP/1.1 200 OK\r\nX-Namn: \xe5\xe4\xf6\r\nContent-Length: 11\r\n\r\n<title>\xe5\xe4</")),
    "polite": B(echo_language),
    # TLS
    "tls-ok": B(OK, scheme="https"), "tls-sni": B(OK, scheme="https"), "tls-h2": B(OK, scheme="https"),
    "tls-expired": B(OK, "failing", "tls-expired", scheme="https"), "tls-not-yet": B(OK, "failing", "tls-not-yet", scheme="https"),
    "tls-self-signed": B(OK, "failing", "tls-self-signed", scheme="https"),
    "tls-wrong-host": B(OK, "failing", "tls-wrong-host", scheme="https"),
    "tls-unknown-issuer": B(OK, "failing", "tls-unknown-issuer", scheme="https"),
    "tls-none": B(OK, "failing", "tls", scheme="https"),
    "tls-downgrade": B(to("http://s200.plats.se/sida"), scheme="https", moved="http://s200.plats.se/sida", notes=("downgrade", "other-site")),
    # names and addresses
    "dns-gone": B(OK, "failing", "no-such-host", ips=()), "dns-down": B(OK, "failing", "dns"),
    "dns-private": B(OK, "failing", "inner-network", ips=("192.168.0.1",)),
    "dns-loopback": B(OK, "failing", "inner-network", ips=("127.0.0.1",)),
    "dns-mixed": B(OK, "failing", "inner-network", ips=("93.184.216.34", "10.0.0.1")),
    "dns-six-private": B(OK, "failing", "inner-network", ips=("fd00::1",)),
    "dns-six": B(OK, ips=("2a00:1450::1",)), "dns-rebinding": B(at({"/sida": to("/igen", 302), "/igen": OK}), "failing", "inner-network"),
    "dns-second": B(OK, ips=("93.0.0.66", "93.184.216.34")), "dns-refused": B(OK, "failing", "refused", ips=("93.0.0.66",)),
    "dns-black-hole": B(OK, "failing", "timeout", ips=("93.0.0.77",)),
    "literal-private": B(OK, "failing", "inner-network", host="10.1.2.3"), "literal-short": B(OK, "failing", "inner-network", host="127.1"),
    "literal-six": B(OK, host="[2a00:1450::2]"), "literal-public": B(OK, host="93.184.216.35"),
    "idn": B(OK, host="räksmörgås.plats.se"), "upper": B(OK, host="UPPER.Plats.SE"),
    "odd-path": B(at({"/en%20sida?a=%C3%A5": OK}), path="/en sida?a=å"),
}  # fmt: skip


class Server:
    """Plays every behaviour, and notes who asked and when."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, float, str]] = []  # host, time, method
        self.counts: dict[str, int] = {}
        self.now = self.most = 0
        self.dialled: list[str] = []
        self.looked_up: dict[str, int] = {}
        self.authority = trustme.CA()
        self.stranger = trustme.CA()
        self.plain = self.secure = 0
        self.servers: list[asyncio.Server] = []

    async def __aenter__(self) -> Server:
        plain = await asyncio.start_server(self._serve, "127.0.0.1", 0, limit=2**20)
        secure = await asyncio.start_server(
            self._serve, "127.0.0.1", 0, limit=2**20, ssl=self._tls()
        )
        self.servers = [plain, secure]
        self.plain, self.secure = (s.sockets[0].getsockname()[1] for s in self.servers)
        asyncio.get_running_loop().set_exception_handler(lambda loop, context: None)  # noqa: ARG005
        return self

    async def __aexit__(self, *_: object) -> None:
        for server in self.servers:
            server.close()

    def client_context(self) -> ssl.SSLContext:
        context = ssl.create_default_context()
        self.authority.configure_trust(context)
        return context

    def _tls(self) -> ssl.SSLContext:
        """Return a context that shows each host its own certificate, good or bad (SNI)."""
        now = dt.datetime.now(dt.UTC)  # OpenSSL has no other clock
        day = dt.timedelta(days=1)
        contexts: dict[str, ssl.SSLContext] = {}

        def context(host: str) -> ssl.SSLContext:
            made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            name = host.partition(".")[0]
            if name == "tls-expired":
                cert = self.authority.issue_cert(
                    host, not_before=now - 9 * day, not_after=now - day
                )
            elif name == "tls-not-yet":
                cert = self.authority.issue_cert(
                    host, not_before=now + day, not_after=now + 9 * day
                )
            elif name == "tls-wrong-host":
                cert = self.authority.issue_cert("annan.plats.se")
            elif name == "tls-unknown-issuer":
                cert = self.stranger.issue_cert(host)
            elif name == "tls-self-signed":
                cert = None
            else:
                cert = self.authority.issue_cert(host)
            if name == "tls-h2":
                made.set_alpn_protocols(["h2"])
            if cert is not None:
                cert.configure_cert(made)
            else:
                with (
                    self.stranger.cert_pem.tempfile() as a,
                    self.stranger.private_key_pem.tempfile() as b,
                ):
                    made.load_cert_chain(a, b)
            return made

        def choose(socket: ssl.SSLObject, host: str | None, _: ssl.SSLContext) -> None:
            name = host or "utan.plats.se"
            if name not in contexts:
                contexts[name] = context(name)
            socket.context = contexts[name]

        outer = context("utan.plats.se")
        outer.sni_callback = choose
        return outer

    async def resolve(self, host: str, port: int) -> list[str]:  # noqa: ARG002
        """Say where a host is. "dns-rebinding" says something else the second time."""
        name = host.removesuffix(".plats.se")
        times = self.looked_up[name] = self.looked_up.get(name, 0) + 1
        if name == "dns-down":
            raise Failure("dns", host)
        if name == "dns-rebinding" and times > 1:
            return ["10.0.0.9"]
        if host == "127.1":
            return ["127.0.0.1"]  # as the system's resolver reads it
        behaviour = BEHAVIOURS.get(name)
        if behaviour and behaviour.ips is not None:
            return list(behaviour.ips)
        return ["93.184.216.34"]

    async def dial(self, address: str, port: int, timeout: float) -> httpcore2.AsyncNetworkStream:
        """Connect to this server in the name of any address on the net."""
        self.dialled.append(address)
        assert ipaddress.ip_address(address).is_global, f"an inner network was dialled: {address}"
        if address == "93.0.0.66":
            raise httpcore2.ConnectError("refused")
        if address == "93.0.0.77":
            await asyncio.sleep(timeout)
            raise httpcore2.ConnectTimeout("nothing")
        where = self.plain if port != 443 else self.secure
        if where == self.secure and self.counts.get("plain-instead"):
            where = self.plain
        return await httpcore2.AnyIOBackend().connect_tcp("127.0.0.1", where, timeout=timeout)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        secure = writer.get_extra_info("ssl_object")
        if secure is not None and secure.selected_alpn_protocol() == "h2":
            return await self._serve_h2(reader, writer)
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin1")
            first, *lines = head.split("\r\n")
            headers = {k.lower(): v.strip() for k, _, v in (x.partition(":") for x in lines if x)}
            method, path, _ = first.split(" ")
            host = headers["host"].lower()
            loop = asyncio.get_running_loop()
            self.seen.append((host, loop.time(), method))
            self.counts[host] = self.counts.get(host, 0) + 1
            self.now += 1
            self.most = max(self.most, self.now)
            try:
                handler = self.handler_for(host)
                data = await handler(Request(method, path, headers, writer, self.counts[host]))
                if data:
                    writer.write(data)
                    await writer.drain()
            finally:
                self.now -= 1
        except (OSError, asyncio.IncompleteReadError, ValueError):
            pass
        finally:
            writer.close()

    async def _serve_h2(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer every request with the page, in HTTP/2."""
        http = h2.connection.H2Connection(h2.config.H2Configuration(client_side=False))
        http.initiate_connection()
        writer.write(http.data_to_send())
        while data := await reader.read(65536):
            for event in http.receive_data(data):
                if isinstance(event, h2.events.RequestReceived):
                    self.counts["h2"] = self.counts.get("h2", 0) + 1
                    answer = [(":status", "200"), ("content-type", "text/html")]
                    http.send_headers(event.stream_id, answer)
                    http.send_data(event.stream_id, PAGE, end_stream=True)
            writer.write(http.data_to_send())
        writer.close()

    def handler_for(self, host: str) -> Handler:
        for name, behaviour in BEHAVIOURS.items():
            if host == behaviour.host.lower() or host == f"{name}.plats.se":
                return behaviour.handler
        return OK


@dataclass
class Log:
    """What the server saw, for the tests."""

    requests: list[tuple[str, float, str]] = field(default_factory=list)

    def gaps(self, hosts: Iterable[str] | None = None) -> dict[str, float]:
        """Return the shortest time between two requests to each host."""
        times: dict[str, list[float]] = {}
        for host, when, _ in self.requests:
            if hosts is None or host in hosts:
                times.setdefault(host, []).append(when)
        return {
            host: min(b - a for a, b in pairwise(many))
            for host, many in times.items()
            if len(many) > 1
        }
