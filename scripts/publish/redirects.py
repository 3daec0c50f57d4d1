"""Sends a reader on from addresses that have moved, that are gone, or that are short.

Reads docs/_data/redirects.yml and the short addresses. Writes into the built site, so that any host
will do: a page at each old page's address (meta refresh, with assets/moved.js to keep what stands
after #), an old id where its text stands now, a note where that is another page.
``server_redirects`` gives the same as data, for servers that can answer 308.
"""

from __future__ import annotations

import html
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from selectolax.lexbor import LexborNode

from scripts.content.content import Content
from scripts.core.config import Config
from scripts.core.findings import Finding
from scripts.publish.addresses import split
from scripts.publish.built import BuiltPage, BuiltSite, put_first
from scripts.publish.moved import Moved, Register, Retired, Row, register_of
from scripts.publish.published import published
from scripts.publish.shortcuts import Short, check_shortcuts, short_addresses

# Where an id may be put first inside: elements that take text (HTML Standard, phrasing content).
HOLDS_TEXT = {"h2", "h3", "h4", "h5", "h6", "p", "li", "dt", "dd", "td", "th", "div", "section"}

PAGE = """\
<!doctype html>
<html lang="sv">
<head>
<meta charset="utf-8">
<title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
{head}<link rel="icon" href="{up}assets/icon.svg">
<link rel="stylesheet" href="{up}assets/moved.css">
<script src="{up}assets/moved.js" defer></script>
</head>
<body>
<main class="moved-page">
<h1>{title}</h1>
{body}
</main>
</body>
</html>
"""


class Redirect(NamedTuple):
    """One answer of a server. Paths are relative to the site, decoded, without a first slash.

    308: ``from_path`` has moved for good to ``to_path``, which may end with an id: ``a/b/#c``.
    410: it is gone; ``to_path`` is the file to send with that answer, which says what to do.
    A ``from_path`` that ends with a slash is meant without it, too: people say "/p/akut".
    """

    from_path: str
    to_path: str
    status: int


def server_redirects(content: Content, site: BuiltSite) -> list[Redirect]:
    """Return what a server should answer by itself, sorted by path.

    A server never sees what stands after #. So a page is left out when it has moved to a part of
    another, or when some of its ids have rows of their own: there the page in ``site`` answers.
    """
    register = register_of(content)
    own = {split(a)[0] for a in (*register.moved, *register.retired) if "#" in a}

    def path(address: str) -> str:
        return address[1:].replace("%20", " ")

    found = [Redirect(s.address[1:], s.to[1:], 308) for s in short_addresses(content)]
    for moved in register.moved.values():
        if "#" not in moved.address + moved.to and moved.address not in own:
            found.append(Redirect(path(moved.address), path(moved.to), 308))
    for retired in register.retired.values():
        if "#" not in retired.address:
            told = path(retired.address) in site.pages
            file = site.file(path(retired.address)) if told else site.file("404.html")
            page = file.relative_to(site.root).as_posix()
            found.append(Redirect(path(retired.address), page, 410))
    return sorted(found)


def add_redirects(content: Content, site: BuiltSite, _: Config) -> list[Finding]:
    """Add pages, ids and notes; return findings. Before the assets get their names.

    A row that leads nowhere is left out: moved.check_register tells of it.
    """
    register = register_of(content)
    addresses = published(site)
    faults = list(check_shortcuts(content, addresses))
    writer = _Writer(register, site, addresses)
    for short in short_addresses(content):
        if short.to in addresses:
            writer.short(short)
    for address in sorted({split(a)[0] for a in (*register.moved, *register.retired)}):
        faults += writer.page(address) if _is_page(address) else []
    return sorted(faults)


def copy_files(content: Content, site: BuiltSite, _: Config) -> list[Finding]:
    """Put a copy of each file that has moved at its old address, when all files are there."""
    register = register_of(content)
    faults = []
    for row in register.moved.values():
        source, copy = (site.file(_relative(address)) for address in (row.to, row.address))
        if _is_page(row.address):
            continue
        if copy.exists():
            faults.append(_still_there(register, row))
        elif _below_a_file(copy, site):
            faults.append(_taken(register, row))
        elif source.suffix != copy.suffix:
            text = f'"{row.address}" är en fil, och "to" måste vara en fil av samma slag.'
            faults.append(Finding(register.shown, row.line, "redirect-target", text))
        elif source.is_file():
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, copy)
    return faults


def _is_page(address: str) -> bool:
    return split(address)[0].endswith(("/", ".html"))


def _relative(address: str) -> str:
    """Return an address as the site has it: decoded, without its first slash and its id."""
    return split(address)[0][1:].replace("%20", " ")


def _below_a_file(file: Path, site: BuiltSite) -> bool:
    above = file.relative_to(site.root).parents
    return any((site.root / folder).is_file() for folder in above)


def _still_there(register: Register, row: Row) -> Finding:
    text = f'"{row.address}" finns fortfarande. Ta bort den, eller raden här.'
    return Finding(register.shown, row.line, "redirect-from", text)


def _taken(register: Register, row: Row) -> Finding:
    text = f'"{row.address}" får inte plats bredvid en annan adress på sajten. Ta bort raden.'
    return Finding(register.shown, row.line, "redirect-from", text)


def _href(here: str, there: str) -> str:
    """Return ``there`` as a link from the page ``here``: works at any depth and under any path."""
    return html.escape("../" * (here.count("/") - 1) + quote(there[1:], safe="/#%")) or "./"


class _Writer:
    def __init__(self, register: Register, site: BuiltSite, addresses: Mapping[str, str]) -> None:
        self.register, self.site, self.addresses = register, site, addresses
        self.folded = {a.casefold() for a in addresses}

    def title(self, address: str) -> str:
        """Return what is at an address, for a link's text: the page, or the place on it."""
        return self.addresses.get(address) or address.rsplit("/", 1)[-1]

    def link(self, here: str, there: str, css: str = "") -> str:
        mark = f' class="{css}"' if css else ""
        page, place = split(there)
        text = self.title(there)
        if place and page != split(here)[0]:
            text += f" på sidan {self.title(page)}"
        return f'<a{mark} href="{_href(here, there)}">{html.escape(text)}</a>'

    def write(self, address: str, title: str, body: str, to: str = "") -> None:
        """Write a page of its own at ``address``; with ``to``, it sends the reader there."""
        head = ""
        if to:
            href = _href(address, to)
            absolute = html.escape(self.site.url + quote(split(to)[0][1:], safe="/%"))
            head = (
                f'<link rel="canonical" href="{absolute}">\n'
                f'<meta http-equiv="refresh" content="0; url={href}">\n'
            )
        up = "../" * (address.count("/") - 1)
        text = PAGE.format(title=html.escape(title), head=head, up=up, body=body)
        self.site.add(_relative(address), text)

    def short(self, short: Short) -> None:
        """Write /p/KEY/: what paper and its QR code lead to, for ever, wherever the page moves."""
        link = self.link(short.address, short.to, "moved-on")
        title = short.title or self.title(short.to)
        self.write(short.address, title, f"<p>Läs den senaste versionen: {link}.</p>", short.to)

    def page(self, address: str) -> Iterator[Finding]:
        """Write all that the register says of a page and of its ids; yield what can't be."""
        rows = self.register.rows()
        own = rows.get(address)
        ids = [row for a, row in rows.items() if a.startswith(address + "#")]
        there = self.site.pages.get(_relative(address))
        # On a disk that knows no capitals, /Kontakt/ would take the place of /kontakt/.
        taken = address.casefold() in self.folded or _below_a_file(
            self.site.file(_relative(address)), self.site
        )
        if own and there:
            yield _still_there(self.register, own)
        elif own and taken:
            yield _taken(self.register, own)
        elif own:
            notes = "\n".join(self.note(address, row) for row in ids)
            if isinstance(own, Retired):
                link = self.link(address, own.instead)
                body = f"<p>{html.escape(own.reason)}</p>\n<p>Gå till {link} i stället.</p>"
                self.write(address, "Sidan finns inte längre", f"{body}\n{notes}")
            elif own.to in self.addresses:
                link = self.link(address, own.to, "moved-on")
                body = f"<p>Sidan har flyttat till {link}. Byt gärna länken som ledde hit.</p>"
                self.write(address, "Sidan har flyttat", f"{body}\n{notes}", own.to)
        elif there:
            yield from self.places(address, there, ids)
        else:
            for row in ids:
                text = f'"{row.address}": sidan finns inte. Skriv vart hela sidan har flyttat.'
                yield Finding(self.register.shown, row.line, "redirect-from", text)

    def note(self, here: str, row: Row) -> str:
        """Return the note that carries an old id; moved.js follows the link of one that moved."""
        if isinstance(row, Moved):
            text = f"Det du söker har flyttat till {self.link(here, row.to, 'moved-to')}."
        else:
            reason, link = html.escape(row.reason), self.link(here, row.instead)
            text = f"Det du söker finns inte längre. {reason} Gå till {link} i stället."
        place = html.escape(split(row.address)[1])
        return f'<p class="moved" id="{place}" lang="sv" role="note" data-search-exclude>{text}</p>'

    def places(self, address: str, page: BuiltPage, ids: list[Row]) -> Iterator[Finding]:
        """Give a page that is still there the ids it has had."""
        notes = []
        for row in ids:
            old = split(row.address)[1]
            if _with_id(page, old):
                yield _still_there(self.register, row)
            elif isinstance(row, Moved) and split(row.to)[0] == address:
                place = _with_id(page, split(row.to)[1])
                if place and place.tag not in HOLDS_TEXT:
                    fault = f'"{row.to}" är <{place.tag}>, där inget annat id ryms. Välj en rubrik.'
                    yield Finding(self.register.shown, row.line, "redirect-target", fault)
                elif place:
                    put_first(place, f'<span id="{html.escape(old)}"></span>')
            elif (row.to if isinstance(row, Moved) else row.instead) in self.addresses:
                notes.append(self.note(address, row))
        if notes:
            put_first(page.content, "".join(notes))
            page.add_to_head(
                f'<link rel="stylesheet" href="{page.up}assets/moved.css">'
                f'<script src="{page.up}assets/moved.js" defer></script>'
            )


def _with_id(page: BuiltPage, name: str) -> LexborNode | None:
    return page.find(f'[id="{name}"]')  # is_address takes neither quote nor backslash
