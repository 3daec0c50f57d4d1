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
from scripts.site.addresses import (
    ShortAddress,
    anchor_of,
    linkable_addresses,
    page_of,
    short_addresses,
    split_address,
)
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
MOVED = "Sidan har flyttat till {}. Byt gärna länken som ledde hit."
# Styles for the notes, and the script that follows their links.
NOTE_ASSETS = (
    '<link rel="stylesheet" href="{up}assets/moved.css">\n'
    '<script src="{up}assets/moved.js" defer></script>\n'
)


class RedirectTable(Redirects):
    """docs/_data/redirects.yml, with chains of redirects resolved."""

    @classmethod
    def from_content(cls, content: Content) -> RedirectTable:
        """Return the table of the rows in redirects.yml."""
        register = content.registers.redirects
        return cls(moved=register.moved, retired=register.retired)

    def __contains__(self, address: str) -> bool:
        """Whether the address has a row of its own."""
        return address in self.moved or address in self.retired

    def chain(self, address: str) -> list[str]:
        """Return the addresses that redirects lead through, from ``address`` itself to the last.

        In a loop the chain ends with the first address that it comes back to, which is in it twice.
        """
        chain = [address]
        while chain[-1] not in chain[:-1]:
            retired = self._retired_row(chain[-1])
            target = retired.instead if retired else self.moved.get(chain[-1], "")
            if not target:
                break
            chain.append(target)
        return chain

    def _retired_row(self, address: str) -> Retired | None:
        """Return the row of a retired address: its own, or else that of the page it is on. None if
        the address has moved or was never retired."""
        if address in self.moved:
            return None
        return self.retired.get(address) or self.retired.get(page_of(address))

    def final_target(self, address: str) -> str:
        """Return the address that redirects from ``address`` lead to in the end; ``address`` itself
        if it has none."""
        return self.chain(address)[-1]

    def retired_row_in_chain(self, address: str) -> Retired | None:
        """Return the row of the first retired address in the chain from ``address``, or None."""
        for step in self.chain(address):
            retired = self._retired_row(step)
            if retired:
                return retired
        return None

    def anchors_of(self, page: str) -> list[str]:
        """Return the moved and retired addresses on ``page``, sorted: "/a/#id" for "/a/"."""
        return sorted(a for a in (*self.moved, *self.retired) if a.startswith(f"{page}#"))


def add_redirects(content: Content, site: HtmlSite, config: Config) -> list[Finding]:
    """Page step: add the pages of short and old addresses, and old ids to pages that still exist.

    Runs before assets get their hashed names: the added pages refer to assets, too.
    """
    redirects = RedirectTable.from_content(content)
    titles = linkable_addresses(content)
    writer = _RedirectWriter(redirects, site, titles, config.icon)
    for short in short_addresses(content):
        writer.add_short_page(short)
    for address in sorted({page_of(a) for a in (*redirects.moved, *redirects.retired)}):
        page = site.pages.get(address.removeprefix("/"))
        if address in redirects:  # the page itself has moved or is retired
            writer.add_old_page(address)
        elif page:  # only some of its anchors are
            writer.add_old_anchors(address, page)
    return []


class _RedirectWriter:
    """Adds pages and notes at old addresses to a site. Addresses are from the site's root:
    "/a/#id"."""

    def __init__(
        self, redirects: RedirectTable, site: HtmlSite, titles: Mapping[str, str], icon: str
    ) -> None:
        self.redirects = redirects
        self.site = site
        self.titles = titles  # address → title or text
        self.icon = icon

    def add_short_page(self, short: ShortAddress) -> None:
        """Add the page at a short address, which redirects to the short address's target."""
        link = self.link(short.address, short.target)
        title = short.title or self.titles.get(short.target, "")
        head = self.redirect_tags(short.address, short.target)
        self.add_page(short.address, title, head, f"<p>Läs den senaste versionen: {link}.</p>")

    def add_old_page(self, address: str) -> None:
        """Add the page at an old page's address: a redirect page if the page has moved, a tombstone
        if it is retired; with a note for each of its moved and retired anchors."""
        old_anchors = self.redirects.anchors_of(address)
        notes = "\n".join(self.anchor_note(address, old) for old in old_anchors)
        head = NOTE_ASSETS.format(up=_root_prefix(address))
        target = self.redirects.final_target(address)
        retired = self.redirects.retired_row_in_chain(address)
        if retired:
            reason = f"<p>{html.escape(retired.reason)}</p>\n" if retired.reason else ""
            text = f"{reason}<p>Gå till {self.link(address, target)} i stället.</p>"
            self.add_page(address, "Sidan finns inte längre", head, f"{text}\n{notes}")
        else:
            head += self.redirect_tags(address, target)
            text = f"<p>{MOVED.format(self.link(address, target, 'moved-on'))}</p>"
            self.add_page(address, "Sidan har flyttat", head, f"{text}\n{notes}")

    def add_old_anchors(self, address: str, page: HtmlPage) -> None:
        """Add the old ids of a page that still exists: the old id of a section that has a new id on
        the same page to that section, any other to a note at the page's top, which says where the
        section went."""
        notes = []
        for old in self.redirects.anchors_of(address):
            target_page, anchor = split_address(self.redirects.final_target(old))
            element = None
            if target_page == address and anchor and not self.redirects.retired_row_in_chain(old):
                element = page.find(f'[id="{anchor}"]')
            if element:
                prepend_html(element, f'<span id="{anchor_of(old)}"></span>')
            else:
                notes.append(self.anchor_note(address, old))
        if notes:
            prepend_html(page.content, "".join(notes))
            page.add_to_head(NOTE_ASSETS.format(up=page.root_prefix))

    def anchor_note(self, page: str, old_address: str) -> str:
        """Return the note, as HTML, about the section that ``old_address``, "/a/#id", led to: where
        the section is now, or why it is gone. The note's id is "id"; moved.js follows its link if
        the section has moved. ``page``: the page that gets the note.
        """
        target = self.redirects.final_target(old_address)
        retired = self.redirects.retired_row_in_chain(old_address)
        if retired:
            reason = f" {html.escape(retired.reason)}" if retired.reason else ""
            link = self.link(page, target)
            text = f"Det du söker finns inte längre.{reason} Gå till {link} i stället."
        else:
            text = f"Det du söker har flyttat till {self.link(page, target, 'moved-to')}."
        return (
            f'<p class="moved" id="{anchor_of(old_address)}" lang="{SWEDISH}" role="note" '
            f"data-search-exclude>{text}</p>"
        )

    def link(self, page: str, target: str, css_class: str = "") -> str:
        """Return a link, as HTML, from ``page`` to the address ``target``. Its URL is relative, so
        that it fits any base path.

        Its text is the target's title. If the target is an anchor on another page, the title of
        that page follows: "Vem du ringer på sidan Kontakt".
        """
        target_page, anchor = split_address(target)
        text = self.titles.get(target) or target_page
        if anchor and target_page != page_of(page):
            text += f" på sidan {self.titles.get(target_page) or target_page}"
        attribute = f' class="{css_class}"' if css_class else ""
        return f'<a{attribute} href="{_relative_url(page, target)}">{html.escape(text)}</a>'

    def redirect_tags(self, page: str, target: str) -> str:
        """Return the tags that redirect ``page`` to ``target``, and ask search engines to index the
        target's page instead."""
        canonical = html.escape(self.site.url) + page_of(target).removeprefix("/")
        return (
            f'<link rel="canonical" href="{canonical}">\n'
            f'<meta http-equiv="refresh" content="0; url={_relative_url(page, target)}">\n'
        )

    def add_page(self, address: str, title: str, head: str, body: str) -> None:
        """Add a page, made with the template PAGE, to the site. ``head`` and ``body``: HTML."""
        text = PAGE.format(
            lang=SWEDISH,
            icon=self.icon,
            title=html.escape(title),
            head=head,
            up=_root_prefix(address),
            body=body,
        )
        self.site.add(address.removeprefix("/"), text)


def _relative_url(page: str, target: str) -> str:
    """Return the relative URL from ``page`` to the address ``target``: "../a/#id"; "./" from the
    start page to itself."""
    return _root_prefix(page) + target.removeprefix("/") or "./"


def _root_prefix(address: str) -> str:
    """Return the relative URL from a page to the site's root: "../" for "/a/", "" for "/"."""
    return "../" * (address.count("/") - 1)
