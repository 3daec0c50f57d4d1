"""Sends a reader on from addresses that have moved, that are gone, or that are short.

Reads docs/_data/redirects.yml and the short addresses. Writes into the built site, so that any host
will do: a page at each old page's address (meta refresh), an old id where its text stands now, a
note where that is another page (assets/moved.js follows it). permalinks.py judges the register.
"""

from __future__ import annotations

import html
from collections.abc import Mapping

from scripts.content.config import Config
from scripts.content.content import Content
from scripts.content.records import Redirects as Rows
from scripts.content.records import Retired
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


class Redirects(Rows):
    """docs/_data/redirects.yml, followed to the end."""

    @classmethod
    def of(cls, content: Content) -> Redirects:
        rows = content.registers.redirects
        return cls(moved=rows.moved, retired=rows.retired)

    def __contains__(self, address: str) -> bool:
        return address in self.moved or address in self.retired

    def path(self, address: str) -> list[str]:
        """Return the addresses a reader passes, this one first: where it leads, or where to go
        instead, until there is no row. A ring ends with one of them."""
        passed = [address]
        while passed[-1] not in passed[:-1]:
            row = self._retired(passed[-1])
            if onward := self.moved.get(passed[-1]) or (row.instead if row else ""):
                passed.append(onward)
            else:
                break
        return passed

    def _retired(self, address: str) -> Retired | None:
        """Return the row of what is gone: the places on a page go with it."""
        if address in self.moved:
            return None
        return self.retired.get(address) or self.retired.get(split(address)[0])

    def end(self, address: str) -> str:
        """Return where a reader of an address ends up."""
        return self.path(address)[-1]

    def gone(self, address: str) -> Retired | None:
        """Return the row that says that it is gone: its own, or of what it had become."""
        return next(filter(None, map(self._retired, self.path(address))), None)

    def places(self, page: str) -> list[str]:
        """Return the rows of a page's ids."""
        return sorted(a for a in (*self.moved, *self.retired) if a.startswith(f"{page}#"))


def add_redirects(content: Content, site: HtmlSite, config: Config) -> list[Finding]:
    """Add the pages, ids and notes. Before the assets get their names."""
    rows, words = Redirects.of(content), published(content)
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
            write.places(address, page)
    return []


class _Writer:
    def __init__(
        self, rows: Redirects, site: HtmlSite, words: Mapping[str, str], icon: str
    ) -> None:
        self.rows, self.site, self.words, self.icon = rows, site, words, icon

    def link(self, here: str, there: str, css: str = "") -> str:
        """Return a link from the page ``here``: works at any depth and under any path."""
        href = _up(here) + there[1:] or "./"
        page, place = split(there)
        text = self.words.get(there) or page
        if place and page != split(here)[0]:
            text += f" på sidan {self.words.get(page) or page}"
        mark = f' class="{css}"' if css else ""
        return f'<a{mark} href="{href}">{html.escape(text)}</a>'

    def page(self, address: str, title: str, body: str, *, to: str = "", follows: str = "") -> None:
        """Write a page of its own at ``address``; with ``to``, it sends the reader there.

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
        """Write the page that tells where another has gone, and its places."""
        notes = "\n".join(self.note(address, a) for a in self.rows.places(address))
        follows = FOLLOWS.format(up=_up(address))
        to = self.rows.end(address)
        if row := self.rows.gone(address):
            reason = f"<p>{html.escape(row.reason)}</p>\n" if row.reason else ""
            body = f"{reason}<p>{INSTEAD.format(self.link(address, to))}</p>\n{notes}"
            self.page(address, "Sidan finns inte längre", body, follows=follows)
        else:
            link = self.link(address, to, "moved-on")
            body = f"<p>{MOVED.format(link)}</p>\n{notes}"
            self.page(address, "Sidan har flyttat", body, to=to, follows=follows)

    def note(self, here: str, old: str) -> str:
        """Return the note that carries an old id; moved.js follows the link of one that moved."""
        row, to = self.rows.gone(old), self.rows.end(old)
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

    def places(self, address: str, page: HtmlPage) -> None:
        """Give a page that is still there the ids it has had: where the text stands now, else in
        a note."""
        notes = []
        for old in self.rows.places(address):
            to, place = split(self.rows.end(old))
            here = to == address and place and not self.rows.gone(old)
            if here and (now := page.find(f'[id="{place}"]')):
                prepend_html(now, f'<span id="{split(old)[1]}"></span>')
            else:
                notes.append(self.note(address, old))
        if notes:
            prepend_html(page.content, "".join(notes))
            page.add_to_head(FOLLOWS.format(up=page.root_prefix))


def _up(address: str) -> str:
    return "../" * (address.count("/") - 1)
