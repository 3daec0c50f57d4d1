"""Redirects from addresses that have moved or are retired, and from short addresses.

Reads docs/_data/redirects.yml and the short addresses. They are pages of the site, so that any host
will do: a page at each old page's address (meta refresh), an old id on the element that has its
text now, a note where that is on another page (assets/moved.js follows it). permalinks.py checks
the register.
"""

from __future__ import annotations

import html
from collections.abc import Mapping

from scripts.content.config import Config
from scripts.content.content import Content
from scripts.content.records import Redirects, Retired
from scripts.core.findings import Finding
from scripts.core.language import SWEDISH
from scripts.site.addresses import published, short_addresses, split
from scripts.site.html_site import HtmlPage, HtmlSite, prepend_html

REGISTER = "redirects"
PAGE = """\
<!doctype html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
{head}<link rel="icon" href="{up}{icon}">
</head>
<body>
<main class="moved-page">
<h1>{title}</h1>
{body}
</main>
</body>
</html>
"""
INSTEAD = "Gå till {} i stället."
MOVED = "Sidan har flyttat till {}. Byt gärna länken som ledde hit."
FOLLOWS = (
    '<link rel="stylesheet" href="{up}assets/moved.css">\n'
    '<script src="{up}assets/moved.js" defer></script>\n'
)


class RedirectTable(Redirects):
    """docs/_data/redirects.yml, with chains of redirects resolved."""

    @classmethod
    def of(cls, content: Content) -> RedirectTable:
        rows = content.registers.redirects
        return cls(moved=rows.moved, retired=rows.retired)

    def __contains__(self, address: str) -> bool:
        return address in self.moved or address in self.retired

    def chain(self, address: str) -> list[str]:
        """Return the chain of redirects from an address, which is the first. A loop ends with an
        address that is in it already."""
        passed = [address]
        while passed[-1] not in passed[:-1]:
            row = self._retired(passed[-1])
            target = row.instead if row else self.moved.get(passed[-1], "")
            if not target:
                break
            passed.append(target)
        return passed

    def _retired(self, address: str) -> Retired | None:
        """Return the row of a retired address, or of its page; None for one that has moved."""
        if address in self.moved:
            return None
        return self.retired.get(address) or self.retired.get(split(address)[0])

    def final_target(self, address: str) -> str:
        """Return the last address of the chain."""
        return self.chain(address)[-1]

    def retired_entry(self, address: str) -> Retired | None:
        """Return the first retired row of the chain, or None."""
        return next(filter(None, map(self._retired, self.chain(address))), None)

    def anchors_of(self, page: str) -> list[str]:
        """Return the rows that are about an anchor of ``page``."""
        return sorted(a for a in (*self.moved, *self.retired) if a.startswith(f"{page}#"))


def add_redirects(content: Content, site: HtmlSite, config: Config) -> list[Finding]:
    """Page step: add the pages, ids and notes. It runs before assets get their hashed names."""
    rows, words = RedirectTable.of(content), published(content)
    write = _Writer(rows, site, words, config.icon)
    for short in short_addresses(content):
        link = write.link(short.address, short.to)
        title = short.title or words.get(short.to, "")
        body = f"<p>Läs den senaste versionen: {link}.</p>"
        write.page(short.address, title, body, to=short.to)
    for address in sorted({split(a)[0] for a in (*rows.moved, *rows.retired)}):
        if address in rows:
            write.instead(address)
        elif page := site.pages.get(address[1:]):
            write.add_anchors(address, page)
    return []


class _Writer:
    def __init__(
        self, rows: RedirectTable, site: HtmlSite, words: Mapping[str, str], icon: str
    ) -> None:
        self.rows, self.site, self.words, self.icon = rows, site, words, icon

    def link(self, here: str, there: str, css: str = "") -> str:
        """Return a relative link from the page ``here``, for any base path."""
        href = _up(here) + there[1:] or "./"
        page, place = split(there)
        text = self.words.get(there) or page
        if place and page != split(here)[0]:
            text += f" på sidan {self.words.get(page) or page}"
        mark = f' class="{css}"' if css else ""
        return f'<a{mark} href="{href}">{html.escape(text)}</a>'

    def page(self, address: str, title: str, body: str, *, to: str = "", follows: str = "") -> None:
        """Write a page at ``address``; with ``to``, it redirects there.

        ``follows``: tags of what else its head loads.
        """
        head, up = follows, _up(address)
        if to:
            head += (
                f'<link rel="canonical" href="{html.escape(self.site.url)}{split(to)[0][1:]}">\n'
                f'<meta http-equiv="refresh" content="0; url={up + to[1:] or "./"}">\n'
            )
        text = PAGE.format(
            lang=SWEDISH, icon=self.icon, title=html.escape(title), head=head, up=up, body=body
        )
        self.site.add(address[1:], text)

    def instead(self, address: str) -> None:
        """Write the redirect or tombstone page at an old page's address, with its anchors."""
        notes = "\n".join(self.note(address, a) for a in self.rows.anchors_of(address))
        follows = FOLLOWS.format(up=_up(address))
        to = self.rows.final_target(address)
        if row := self.rows.retired_entry(address):
            reason = f"<p>{html.escape(row.reason)}</p>\n" if row.reason else ""
            body = f"{reason}<p>{INSTEAD.format(self.link(address, to))}</p>\n{notes}"
            self.page(address, "Sidan finns inte längre", body, follows=follows)
        else:
            link = self.link(address, to, "moved-on")
            body = f"<p>{MOVED.format(link)}</p>\n{notes}"
            self.page(address, "Sidan har flyttat", body, to=to, follows=follows)

    def note(self, here: str, old: str) -> str:
        """Return the note with an old id; moved.js follows the link of one that has moved."""
        row, to = self.rows.retired_entry(old), self.rows.final_target(old)
        if row:
            reason = f" {html.escape(row.reason)}" if row.reason else ""
            link = self.link(here, to)
            instead = INSTEAD.format(link)
            text = f"Det du söker finns inte längre.{reason} {instead}"
        else:
            text = f"Det du söker har flyttat till {self.link(here, to, 'moved-to')}."
        return (
            f'<p class="moved" id="{split(old)[1]}" lang="{SWEDISH}" role="note" '
            f"data-search-exclude>{text}</p>"
        )

    def add_anchors(self, address: str, page: HtmlPage) -> None:
        """Add its old ids to a page that still exists: at the text, else in a note."""
        notes = []
        for old in self.rows.anchors_of(address):
            to, anchor = split(self.rows.final_target(old))
            element = None
            if to == address and anchor and not self.rows.retired_entry(old):
                element = page.find(f'[id="{anchor}"]')
            if element:
                prepend_html(element, f'<span id="{split(old)[1]}"></span>')
            else:
                notes.append(self.note(address, old))
        if notes:
            prepend_html(page.content, "".join(notes))
            page.add_to_head(FOLLOWS.format(up=page.root_prefix))


def _up(address: str) -> str:
    return "../" * (address.count("/") - 1)
