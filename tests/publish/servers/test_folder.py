from __future__ import annotations

from scripts.publish.servers.headers import SERVER_FILES


def test_the_build_writes_all_of_them(site):
    assert all((site / name).stat().st_size > 100 for name in SERVER_FILES)
