"""The Content-Security-Policy of the site: what its pages load, and nothing more.

No page fetches, plays, embeds or sends anything; a calendar file is a download, which no directive
rules (https://www.w3.org/TR/CSP3/). The same policy is in each page, for a host without headers, an
offline copy and a disk, and in the files for web servers (servers/).
"""

from __future__ import annotations

PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; "
    "form-action 'none'"
)


def header_policy(frame_ancestors: str) -> str:
    """Return the policy that a server sends: with who may show the pages in a frame.

    In a page frame-ancestors means nothing (CSP3, 3.3). "*" is left out: it would not be everyone,
    since a page in a sandbox, or on a disk, is no host (CSP3, 6.7.2.8).
    """
    if frame_ancestors == "*":
        return PAGE_POLICY
    return f"{PAGE_POLICY}; frame-ancestors {frame_ancestors}"
