"""A handout as clean HTML of our own: sections of the built site in a form made for paper.

WeasyPrint loses most of Material's pages, so nothing of the theme comes along. Sources get one
numbering for the whole handout, links to pages that aren't in it get a letter, explained words
gather at the end, and every address can be read.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Mapping
from html import escape
from itertools import zip_longest
from typing import Any
from urllib.parse import urljoin, urlsplit

import segno
from lxml import html

from scripts.core.swedish import date_words
from scripts.paper.sections import (
    Element,
    PaperError,
    Site,
    SitePage,
    Source,
    has_class,
    level,
    text_of,
)
from scripts.render.sources import paper_address

ORIGIN = "https://sajten.invalid/"  # RFC 2606: stands for the site while links are resolved


@dataclasses.dataclass(frozen=True, eq=False)
class Handout:
    """A row of docs/_data/handouts.yml; its comments say what the fields mean."""

    key: str
    title: str
    purpose: str
    file: str
    page: str
    form: str
    size: float
    pages: int
    columns: int = 1
    sections: tuple[Any, ...] = ()
    without: tuple[str, ...] = ()

    @classmethod
    def read(cls, key: str, row: Mapping[str, Any]) -> Handout:
        """Make a handout of a register's row. Raises TypeError or KeyError for an unknown row."""
        fields: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in row.items()}
        return cls(key=key, **fields)


def parts_of(sections: Iterable[Any]) -> list[tuple[str, str, tuple[str, ...]]]:
    """Return a register's sections as (page address, anchor, ids left out)."""
    found = []
    for entry in sections:
        name = entry if isinstance(entry, str) else entry["section"]
        left_out = () if isinstance(entry, str) else tuple(entry.get("without", ()))
        address, _, anchor = name.partition("#")
        found.append((address, anchor, left_out))
    return found


def letter(number: int) -> str:
    """Return a, b … z, aa, ab … for 1, 2 …: how links to pages outside the handout are told."""
    text = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        text = chr(97 + rest) + text
    return text


class Composer:
    """Gathers sections and what they refer to. One for each handout."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.pages: dict[str, SitePage] = {}  # the pages that parts come from
        self.ids: dict[tuple[str, str], str] = {}  # (page, anchor) → id in the handout
        self.sources: dict[str, Source] = {}
        self.links: dict[str, str] = {}  # address on the site → its letter
        self.words: dict[str, tuple[str, str]] = {}
        self.mentions: dict[str, list[str]] = {}  # word key → ids where it stands

    def take(self, address: str, anchor: str, without: Iterable[str], top: int) -> list[Element]:
        """Return a section's blocks with ``top`` as its highest heading, and unique ids."""
        page = self.pages.setdefault(address, self.site.page(address))
        blocks = page.section(anchor, tuple(without))
        headings = [e for b in blocks for e in b.iter() if level(e)]
        shift = top - min(map(level, headings), default=top)
        for heading in headings:
            heading.tag = f"h{level(heading) + shift}"
        prefix = address.replace("/", "-") or "start-"
        for block in blocks:
            for element in block.iter():
                if isinstance(element.tag, str) and (own := element.get("id")):
                    element.set("id", prefix + own)
                    self.ids[(address, own)] = prefix + own
        return blocks

    def clean(self, address: str, blocks: list[Element]) -> None:
        """Make ``blocks`` fit for paper, when every section has been taken."""
        page = self.pages[address]
        for block, following in zip_longest(blocks, blocks[1:]):
            for element in list(block.iter()):
                if isinstance(element.tag, str):
                    self._clean_element(page, element)
            introduces = following is not None and following.tag in ("ul", "ol", "table")
            if block.tag == "p" and introduces:
                block.set("class", f"{block.get('class') or ''} intro".strip())

    def _clean_element(self, page: SitePage, element: Element) -> None:
        if element.tag == "button" and has_class(element, "term"):
            self._word(page, element)
        elif has_class(element, "cite"):
            self._cite(page, element)
        elif element.tag == "a" and not has_class(element.getparent(), "cite"):
            self._link(page, element)
        elif element.tag == "input":
            element.tag = "span"
            element.attrib.clear()
            element.set("class", "box")
        elif element.tag == "label":
            element.tag = "strong"
            element.attrib.clear()
        elif element.tag == "details":
            element.tag = "div"
            element.set("class", "admonition")
        elif element.tag == "summary":
            element.tag = "p"
            element.set("class", "admonition-title")
        elif element.tag == "thead":
            for cell in element.iter("th"):
                cell.set("scope", "col")
        elif element.tag == "th" and element.get("scope", "").startswith("row"):
            # outloud calls a table with as many heads as cells faulty: two columns are enough
            element.tag = "td"
            element.set("class", "row-head")
            element.attrib.pop("scope")
        elif element.tag == "svg" and element.get("aria-hidden"):
            _shape(element)
            return
        elif has_class(element, "figure-sign"):  # the word beside it says the same
            element.drop_tree()
            return
        for name in (
            "role",
            "aria-label",
            "aria-labelledby",
            "data-checklist",
            "data-date",
            "data-label",
            "data-search-exclude",
            "hidden",
        ):
            element.attrib.pop(name, None)

    def _word(self, page: SitePage, element: Element) -> None:
        key = str(element.get("popovertarget")).removeprefix("ord-")
        self.words.setdefault(key, page.words[key])
        mention = f"ord-{key}-{len(self.mentions.setdefault(key, [])) + 1}"
        self.mentions[key].append(mention)
        element.tag = "span"
        element.attrib.clear()
        element.set("id", mention)

    def _cite(self, page: SitePage, element: Element) -> None:
        # In a table cell there is a space before, and the mark would stand alone on the next line.
        # After a digit there must be one: 116 111 and the mark 4 aren't 116 1114.
        before, parent = element.getprevious(), element.getparent()
        text = (parent.text if before is None else before.tail) or ""
        ends = text.rstrip() or (text_of(before) if before is not None else "")
        text = text.rstrip() + ("\u00a0" if ends[-1:].isdigit() else "")
        if before is None:
            parent.text = text
        else:
            before.tail = text
        for index, link in enumerate(element.findall("a")):
            key = str(link.get("href")).removeprefix("#kalla-")
            source = self.sources.setdefault(key, page.sources[key])
            number = list(self.sources).index(key) + 1
            link.attrib.clear()
            link.set("href", f"#kalla-{key}")
            link.set("title", f"Källa {number}: {source.title}")
            link.text = str(number)
            link.tail = ", " if index + 1 < len(element.findall("a")) else ""

        after = element.getnext()
        if after is not None and has_class(after, "cite") and not (element.tail or "").strip():
            element.tail = "\u2009"  # else 1 and 2 become 12

    def _link(self, page: SitePage, element: Element) -> None:
        href = str(element.get("href", ""))
        text = text_of(element)
        element.attrib.clear()
        if urlsplit(href).scheme:  # tel:, or a source whose number stands beside it
            element.set("href", href)
            verb = f"Ring {text}" if href.startswith("tel:") else f"{text} ({href})"
            element.set("title", verb)
            if href.startswith("tel:"):
                element.set("class", "tel")
            return
        target = urljoin(ORIGIN + page.address, href).removeprefix(ORIGIN)
        address, _, anchor = target.partition("#")
        inside = self.ids.get((address, anchor))
        if inside:
            element.set("href", f"#{inside}")
            element.set("title", text)
            return
        element.set("href", self.site.url + target)
        element.set("title", f"{text} ({_bare(self.site.url + target)})")
        mark = html.Element("sup")
        mark.set("class", "see")
        mark.text = self.links.setdefault(target, letter(len(self.links) + 1))
        element.append(mark)

    def notes(self, short: bool) -> str:
        """Return the lists at the end: words, pages, sources; ``short``: sources undated."""
        parts = []
        if self.words:
            rows = "".join(
                f"<p><strong>{escape(word)}</strong>{escape(text)}</p>"
                for word, text in self.words.values()
            )
            parts.append(f'<section class="words"><h2>Ord förklarade</h2>{rows}</section>')
        if self.links:
            rows = "".join(
                f'<li>{_reference(mark)}<a href="{escape(self.site.url + target)}" '
                f'title="Sida på sajten: {escape(_bare(self.site.url + target))}">'
                f"{paper_address(self.site.url + target)}</a></li>"
                for target, mark in self.links.items()
            )
            parts.append(
                '<section class="links"><h2>Sidor som texten länkar till</h2>'
                f"<ul>{rows}</ul></section>"
            )
        if self.sources:
            rows = "".join(
                f'<li id="kalla-{source.key}">{_reference(str(number))}'
                f"{_source(source, short)}</li>"
                for number, source in enumerate(self.sources.values(), 1)
            )
            parts.append(f'<section class="sources"><h2>Källor</h2><ul>{rows}</ul></section>')
        if sender := self.site.sender():
            parts.append(f'<p class="sender">{escape(sender)}</p>')
        return "".join(parts)

    def dates(self) -> tuple[str, str, str]:
        """Return (latest review, first next review, oldest reading of the law, or "") of the
        pages that parts come from."""
        return dates_of(self.pages.values())


def _shape(element: Element) -> None:
    """Make a figure's bar a box as wide, and drop other shapes that only adorn: in a PDF each
    would be a picture that nothing describes."""
    bar = element.find("rect") if has_class(element, "figure-bar") else None
    if bar is None:
        element.drop_tree()
        return
    share = float(bar.get("width")) / float(element.get("width"))
    element.tag = "span"
    element.clear(keep_tail=True)
    element.set("class", "figure-bar")
    element.set("style", f"width: {share:.1%}")


def _bare(url: str) -> str:
    return re.sub(r"^https?://", "", url)


def _reference(mark: str) -> str:
    return f'<span class="mark">{mark}</span> '


def _source(source: Source, short: bool) -> str:
    more = source.text
    if short:  # publisher, and the doubt; the dates stand on the page that the paper leads to
        more = more.split(". ")[0].rstrip(".") + "."
        more += " Osäker källa." if "Osäker källa." in source.text else ""
    title = escape(f"{source.title} ({_bare(source.url)})")
    link = f'<a href="{escape(source.url)}" title="{title}">{escape(source.title)}</a>'
    return f"{link}. {escape(more)} {paper_address(source.url)}"


def _html(blocks: Iterable[Element]) -> str:
    return "".join(html.tostring(b, encoding="unicode", with_tail=False) for b in blocks)


def qr(url: str, size: str) -> str:
    """Return an <img> with the QR code of ``url``: paths, quiet zone and alt text included."""
    code = segno.make(url, error="m", micro=False)
    data = code.svg_data_uri(border=4, svgclass=None, lineclass=None, omitsize=True)
    alt = f"QR-kod till {_bare(url)}"
    return f'<img class="qr {size}" src="{escape(data)}" alt="{escape(alt)}">'


def short_url(site: Site, handout: Handout) -> str:
    return f"{site.url}p/{handout.key}/"


def dates_of(pages: Iterable[SitePage]) -> tuple[str, str, str]:
    """See Composer.dates."""
    pages = list(pages)
    law = min((p.law_read for p in pages if p.law_read), default="")
    return max(p.reviewed for p in pages), min(p.review_by for p in pages), law


def freshness(reviewed: str, review_by: str, law: str) -> str:
    read = f" Lagen läst {date_words(law)}." if law else ""
    return f"Version {date_words(reviewed)}.{read} Granskas senast {date_words(review_by)}."


def compose(handout: Handout, site: Site) -> str:
    """Return ``handout`` as a whole HTML document. Raises PaperError for a missing section."""
    composer = Composer(site)
    layout = {"bok": _book, "fickkort": _pocket}.get(handout.form, _sheet)
    body = layout(handout, composer)
    reviewed, review_by, law = composer.dates()
    address = _bare(short_url(site, handout))
    # a sheet of one page says this in its head
    running = (
        f'<p class="run-title">{escape(handout.title)}. </p>'
        f'<p class="run-fresh">{freshness(reviewed, review_by, law)}</p>'
    )
    return (
        f'<!doctype html><html lang="sv"><head><meta charset="utf-8">'
        f"<title>{escape(handout.title)}</title>"
        f'<meta name="description" content="{escape(handout.purpose)}">'
        # from the pages' own dates, never the clock: same input, same bytes
        f'<meta name="dcterms.created" content="{reviewed}">'
        f'<meta name="dcterms.modified" content="{reviewed}">'
        f"</head>"
        f'<body class="{_classes(handout)}">'
        f"{running if handout.pages > 1 else ''}"
        f'<p class="run-address">{address}</p>'
        f"{body}</body></html>"
    )


def _head(handout: Handout, composer: Composer) -> str:
    url = short_url(composer.site, handout)
    fresh = freshness(*composer.dates())
    return (
        f'<header><div><h1>{escape(handout.title)}</h1><p class="fresh">{fresh} '
        f"{_newest(url)}</p></div>{qr(url, 'small')}</header>"
    )


def _sheet(handout: Handout, composer: Composer) -> str:
    parts = [(a, composer.take(a, anchor, out, 2)) for a, anchor, out in parts_of(handout.sections)]
    for address, blocks in parts:
        composer.clean(address, blocks)
    sections = "".join(f'<section class="part">{_html(blocks)}</section>' for _, blocks in parts)
    short = handout.pages <= 2
    return (
        f"{_head(handout, composer)}<main>{sections}</main>"
        f'<div class="notes">{composer.notes(short)}</div>'
    )


def _newest(url: str) -> str:
    bare = escape(_bare(url))
    return (
        f'Senaste versionen: <a href="{escape(url)}" title="Senaste versionen: {bare}">{bare}</a>'
    )


def _pocket(handout: Handout, composer: Composer) -> str:
    """Eight panels: what it is, then a section, without its figures, in each of the other seven."""
    parts = []
    for address, anchor, out in parts_of(handout.sections):
        taken = composer.take(address, anchor, out, 2)
        blocks = [block for block in taken if block.tag != "figure"]
        composer.clean(address, blocks)
        parts.append((address, blocks))
    if len(parts) != 7:
        raise PaperError(f"ett fickkort har plats för sju avsnitt, här är {len(parts)}")
    url = short_url(composer.site, handout)
    panels = "".join(f'<section class="panel">{_html(blocks)}</section>' for _, blocks in parts)
    return (
        f'<main><section class="panel"><h1>{escape(handout.title)}</h1>'
        f'<p class="purpose">{escape(handout.purpose)}</p>{qr(url, "pocket")}'
        f'<p class="fresh">{freshness(*composer.dates())} {_newest(url)}</p></section>'
        f"{panels}</main>"
        f'<div class="notes">{composer.notes(short=True)}</div>'
    )


def _page_id(address: str) -> str:
    return f"{address.replace('/', '-') or 'start-'}sida"


def _classes(handout: Handout) -> str:
    poster = " poster" if handout.form.startswith("affisch") else ""
    return f"{handout.form}{poster} columns-{handout.columns}"


def _book(handout: Handout, composer: Composer) -> str:
    chapters: list[tuple[str, list[tuple[str, list[Element]]]]] = []
    for name, addresses in composer.site.menu():
        kept = [a for a in addresses if a not in handout.without]
        if kept:
            chapters.append((name, [(a, composer.take(a, "*", (), 4)) for a in kept]))
            for address in kept:  # before any link is resolved
                composer.ids[(address, "")] = _page_id(address)
    contents, body = [], []
    for number, (name, pages) in enumerate(chapters, 1):
        lines = ""
        body.append(f'<section class="chapter"><h2 id="del-{number}">{escape(name)}</h2>')
        for address, blocks in pages:
            composer.clean(address, blocks)
            page, own = composer.pages[address], _page_id(address)
            title = escape(page.title)
            lines += f'<li><a href="#{own}" title="{title}">{title}</a></li>'
            body.append(
                f'<section class="page"><h3 id="{own}">{title}</h3>'
                f'<p class="fresh">{freshness(*dates_of([page]))} '
                f"{_bare(composer.site.url + address)}</p>{_html(blocks)}</section>"
            )
        body.append("</section>")
        contents.append(f"<li><span>{escape(name)}</span><ul>{lines}</ul></li>")
    url = short_url(composer.site, handout)
    cover = (
        f'<section class="cover"><h1>{escape(handout.title)}</h1>'
        f"<p>{escape(handout.purpose)}</p><p>{freshness(*composer.dates())}</p>"
        f"<p>{_newest(url)}</p>{qr(url, 'large')}</section>"
    )
    index = "".join(
        f"<p>{escape(word)} "
        + ", ".join(
            f'<a class="page-number" href="#{mention}" title="{escape(word)}"></a>'
            for mention in composer.mentions[key]
        )
        + "</p>"
        for key, (word, _) in sorted(composer.words.items(), key=lambda w: w[1][0].lower())
    )
    return (
        f'{cover}<nav class="toc"><h2>Innehåll</h2><ul>{"".join(contents)}</ul></nav>'
        f'<main>{"".join(body)}</main><div class="notes">{composer.notes(short=False)}'
        '<section class="index"><h2>Ordregister</h2>'
        f'<div class="words-list">{index}</div></section></div>'
    )
