from __future__ import annotations

from scripts.publish.servers.netlify import netlify_headers, netlify_redirects
from tests.publish.servers.sites import BOTH


def parsed_headers(text: str) -> dict[str, list[tuple[str, str]]]:
    """Read _headers by its documented syntax; anything else is an error."""
    rules: dict[str, list[tuple[str, str]]] = {}
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        if line.startswith("/"):
            rules[line] = current = []
        else:
            assert line.startswith("  ") and line.count("\t") == 0
            name, value = line.strip().split(": ", 1)
            current.append((name, value))
    return rules


@BOTH
def test_netlify_and_cloudflare_never_get_one_header_from_two_rules(site):
    rules = parsed_headers(netlify_headers(site))
    everywhere = {name for name, _ in rules.pop(f"{site.path}*")}
    assert "Content-Security-Policy" in everywhere and "Cache-Control" not in everywhere
    for path, headers in rules.items():
        assert "*" not in path
        assert not everywhere & {name for name, _ in headers}, path
    kept = f"{site.path}assets/site.0123456789.css"
    assert rules[kept] == [("Cache-Control", "public, max-age=31536000, immutable")]


@BOTH
def test_netlify_and_cloudflare_redirect_by_rules_with_three_parts(site):
    lines = [x for x in netlify_redirects(site).splitlines() if not x.startswith("#")]
    assert all(len(line.split(" ")) == 3 and line.endswith(" 308") for line in lines)
    assert len(lines) == 2 and "%20" in lines[1] and "%C3%A4" in lines[0]


def test_the_limits_of_the_hosts_are_kept(site):
    """Cloudflare: 100 header rules, lines of 2,000 characters, 2,000 redirects."""
    rules = parsed_headers((site / "_headers").read_text(encoding="utf-8"))
    assert len(rules) <= 100 and all(len(f"{n}: {v}") <= 2000 for r in rules.values() for n, v in r)
    assert len((site / "_redirects").read_text(encoding="utf-8").splitlines()) <= 2000
