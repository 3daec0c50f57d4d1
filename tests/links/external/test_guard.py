from __future__ import annotations

import ipaddress

import pytest

from scripts.links.external.guard import GuardedBackend


def test_an_inner_network_may_be_allowed():
    backend = GuardedBackend(None, None, ["10.0.0.0/8", "::1/128"])
    assert not backend.refuses("10.1.1.1") and not backend.refuses("::1")
    for address_ in (
        "192.168.1.1",
        "127.0.0.1",
        "169.254.1.1",
        "::ffff:192.168.1.1",
        "224.0.0.1",
        "fe80::1%eth0",
        "100.64.0.1",
    ):
        assert backend.refuses(address_)
    assert not backend.refuses("93.184.216.34")


@pytest.mark.parametrize("inner", ["10.0.0.1", "127.0.0.1", "192.0.0.8", "169.254.169.254"])
@pytest.mark.parametrize(
    "wrap",
    [
        lambda ip: str(ip),
        lambda ip: f"::ffff:{ip}",
        lambda ip: f"::{ip}",
        lambda ip: f"64:ff9b::{ip}",
        lambda ip: f"2002:{int(ip) >> 16:x}:{int(ip) & 0xFFFF:x}::1",
        lambda ip: f"2001:0:{int(ip) >> 16:x}:{int(ip) & 0xFFFF:x}::1",
        lambda ip: f"2001:0:808:808:0:0:{~int(ip) >> 16 & 0xFFFF:x}:{~int(ip) & 0xFFFF:x}",
    ],
    ids=["plain", "mapped", "compatible", "nat64", "6to4", "teredo-server", "teredo-client"],
)
def test_an_inner_network_is_refused_however_it_is_wrapped(wrap, inner):
    backend = GuardedBackend(None, None)
    assert backend.refuses(wrap(ipaddress.IPv4Address(inner)))


@pytest.mark.parametrize(
    "address",
    ["64:ff9b::808:808", "::ffff:8.8.8.8", "2002:808:808::1", "2a00:1450::1", "193.11.1.1"],
)
def test_what_everybody_reaches_is_not_refused(address):
    assert not GuardedBackend(None, None).refuses(address)


@pytest.mark.parametrize(
    "address", ["64:ff9b:1::1", "::", "::1", "0.0.0.0", "255.255.255.255", "ff02::1", "fec0::1"]
)
def test_other_addresses_that_are_nobodys_are_refused(address):
    assert GuardedBackend(None, None).refuses(address)
