"""Looks up names and dials addresses, and refuses inner networks.

What was judged is what is dialled: neither a redirect nor a name that changes its mind (DNS
rebinding) leads into an inner network.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import Awaitable, Callable, Iterable

import httpcore2

from scripts.links.external.answers import Failure

Resolve = Callable[[str, int], Awaitable[list[str]]]
Dial = Callable[[str, int, float], Awaitable[httpcore2.AsyncNetworkStream]]


async def system_resolve(host: str, port: int) -> list[str]:
    """Return the addresses of a name, asked of the operating system. Raises Failure."""
    loop = asyncio.get_running_loop()
    try:
        found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        gone = {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)}
        raise Failure("no-such-host" if error.errno in gone else "dns", host) from error
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


async def system_dial(address: str, port: int, timeout: float) -> httpcore2.AsyncNetworkStream:
    """Open a connection to an address that has been judged."""
    return await httpcore2.AnyIOBackend().connect_tcp(address, port, timeout=timeout)


Address = ipaddress.IPv4Address | ipaddress.IPv6Address
# Inner networks that older versions of ipaddress call global (RFC 6890, RFC 8215, RFC 3879).
NOT_PUBLIC = tuple(
    map(ipaddress.ip_network, ("192.0.0.0/24", "64:ff9b:1::/48", "fec0::/10", "2001:db8::/32"))
)
NAT64 = ipaddress.ip_network("64:ff9b::/96")  # RFC 6052
COMPATIBLE = ipaddress.ip_network("::/96")  # RFC 4291, 2.5.5.1


def is_public(ip: Address) -> bool:
    """Whether an address is one that anybody on the net reaches."""
    inner = any(ip in network for network in NOT_PUBLIC if network.version == ip.version)
    return ip.is_global and not ip.is_multicast and not inner


def within(ip: Address) -> list[Address]:
    """Return the IPv4 addresses that an IPv6 address is a wrapping of: a gateway unwraps them."""
    if isinstance(ip, ipaddress.IPv4Address):
        return []
    last = ipaddress.IPv4Address(int(ip) & 0xFFFF_FFFF)
    last_32 = last if ip in NAT64 or ip in COMPATIBLE else None
    wrapped = (ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ()), last_32)
    return [inner for inner in wrapped if inner is not None]


class GuardedBackend(httpcore2.AsyncNetworkBackend):
    """Looks up, judges and dials in one place: what was judged is what is dialled."""

    def __init__(self, resolve: Resolve, dial: Dial, allowed: Iterable[str] = ()) -> None:
        self.resolve, self.dial = resolve, dial
        self.allowed = [ipaddress.ip_network(network) for network in allowed]

    def refuses(self, address: str) -> bool:
        """Whether an address lies in an inner network that hasn't been allowed."""
        ip = ipaddress.ip_address(address.partition("%")[0])
        if any(ip in network for network in self.allowed if network.version == ip.version):
            return False
        inner = within(ip)
        return not all(map(is_public, inner or [ip]))

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,  # noqa: ARG002
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,  # noqa: ARG002
    ) -> httpcore2.AsyncNetworkStream:
        bare = host.strip("[]")
        try:
            ipaddress.ip_address(bare)
            addresses = [bare]
        except ValueError:
            addresses = await self.resolve(host, port)
        if not addresses:
            raise Failure("no-such-host", host)
        for address in addresses:
            if self.refuses(address):
                raise Failure("inner-network", host)
        last: Exception | None = None
        for address in addresses[:4]:
            try:
                return await self.dial(address, port, (timeout or 10) / min(len(addresses), 4))
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout, OSError) as error:
                last = error
        raise last or Failure("refused", host)

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)
