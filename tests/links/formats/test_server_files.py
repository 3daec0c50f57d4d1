from __future__ import annotations

from scripts.links.formats.server_files import (
    read_htaccess,
    read_redirects,
    read_robots,
    read_security,
)


def test_robots_names_its_sitemaps():
    assert read_robots(b"Sitemap: a\nsitemap:b\n# Sitemap: c").uses == [
        ("asset", "a"),
        ("asset", "b"),
    ]


def test_security_txt_and_redirects_lead_to_pages():
    assert read_security(b"Contact: mailto:a@b.se\nExpires: 2027-01-01\n").uses == [
        ("page", "mailto:a@b.se")
    ]
    assert read_redirects(b"/a /b 308\n# /c /d\n/e/* /f/:splat 301\n").uses == [("page", "/b")]
    text = (
        b'Redirect 308 /a "/b c/"\nErrorDocument 404 /404.html\nRedirectMatch 308 ^/x(.*)$ /y$1\n'
    )
    assert [use.value for use in read_htaccess(text).uses] == ["/b c/", "/404.html"]
