"""The Content-Security-Policy of the site (https://www.w3.org/TR/CSP3/).

Pages load scripts, styles and images of the site, and nothing else. The calendar file is a
download, which no directive applies to. The policy is in a <meta> element of each page, for hosts
without headers, the offline copy and files on a disk; and in the web servers' files (servers/).
"""

from __future__ import annotations

PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; "
    "form-action 'none'"
)


def header_policy(frame_ancestors: str) -> str:
    """Return the policy of the HTTP header: PAGE_POLICY, and who may show the pages in an iframe.

    ``frame_ancestors``: the value of that directive, which is only in the header: in a <meta>
    element it has no effect (CSP3, 3.3). For "*", everyone, the directive is left out: "*" would
    exclude sandboxed pages and pages on a disk, which have no host (CSP3, 6.7.2.8).
    """
    if frame_ancestors == "*":
        return PAGE_POLICY
    return f"{PAGE_POLICY}; frame-ancestors {frame_ancestors}"
