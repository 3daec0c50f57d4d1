"""What the file says. That Apache obeys: tests/test_apache.py."""

from __future__ import annotations

from scripts.publish.servers.apache import htaccess
from tests.publish.servers.sites import BOTH


@BOTH
def test_apache_gets_its_answers_from_the_right_place(site):
    lines = htaccess(site).splitlines()
    assert f"ErrorDocument 404 {site.path}404.html" in lines
    assert sum(line.startswith("RedirectMatch 308") for line in lines) == 2
    assert not any(" 410 " in line for line in lines)
