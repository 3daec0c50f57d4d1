from __future__ import annotations

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
