"""Pages that don't apply to a publisher, by ``hide`` in mkdocs.yml: out of the menu, the search,
the lists and the files.

A link to one becomes its words; a row that is about it goes. Its address answers all the same, with
a page that says so and where to go instead. The text stays where it is, and is checked.
"""

from __future__ import annotations

import posixpath
from collections.abc import Container, Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from urllib.parse import urljoin

from selectolax.lexbor import LexborNode

from scripts.content.config import Config
from scripts.content.content import Content
from scripts.content.handouts import Sections, parts_of
from scripts.content.page import MadePage, Page
from scripts.content.records import CHECKLISTS, Retired
from scripts.content.settings import Hidden
from scripts.core.findings import Finding
from scripts.core.swedish import did_you_mean
from scripts.site.addresses import nearest_existing_parent, short_addresses
from scripts.site.html_site import HtmlSite, text_of

ROW = ("li", "p")  # an element that may be about one page
LISTS = ("ul", "ol", "details", "li")  # what goes when it is left empty


def hide(content: Content, site: HtmlSite, config: Config) -> Content:
    """Remove the hidden pages from the built site, before any page step; return the content without
    them. ``check`` must have found nothing."""
    if not config.extra.hide:
        return content
    shown = _shown(content, config)
    homes = {page.address for page in shown.pages.values()}
    gone = {page.address for page in content.pages.values()} - homes
    registers, slides = content.registers, shown.registers.slides
    instead = _replacements(content, config)
    left = {short.address for short in short_addresses(shown)}
    gone |= {s.address[1:] for s in short_addresses(content) if s.address not in left}
    if registers.slides and not slides:
        gone.add(content.folder_of("bilder") + "presentation/")
    sender = config.extra.sender
    reason = f"{sender.name if sender else config.name} visar inte sidan."
    rows = {
        f"/{address}": Retired(
            instead=f"/{instead.get(address, nearest_existing_parent(address, homes))}",
            reason=reason,
        )
        for address in sorted(gone)
    }
    retired = {**shown.registers.redirects.retired, **rows}
    redirects = replace(shown.registers.redirects, retired=retired)
    shown = replace(shown, registers=replace(shown.registers, redirects=redirects))
    for address in gone & site.pages.keys():
        del site.pages[address]
    handouts = registers.handouts.keys() - shown.registers.handouts.keys()
    for page in site.pages.values():
        for link in page.tree.css("a[href]"):  # that of the page for what isn't there is absolute
            href = link.attributes["href"] or ""
            to = urljoin(site.url + page.address, href).partition("#")[0].removeprefix(site.url)
            if to in instead and not _in_menu(link):
                link.attrs["href"] = _href(page.address, instead[to], href, site.url)
            elif to in gone:
                _out(link)
        for slot in page.tree.css("span.handout, span.slides"):
            key = slot.attributes.get("data-handout")
            if key in handouts or not (key or slides):
                _out(slot)
    return shown


def _in_menu(link: LexborNode) -> bool:
    """Whether a link is a row of the menu, which names the page that it leads to."""
    node: LexborNode | None = link
    while node is not None and node.tag != "nav":
        node = node.parent
    return node is not None


def _shown(content: Content, config: Config) -> Content:
    """Return the content without the hidden pages, and the sheets and slides that are about one."""
    pages = {path: page for path, page in content.pages.items() if not config.extra.hides(path)}
    gone = {page.address for path, page in content.pages.items() if path not in pages}
    own = content.registers
    slides = own.slides if own.slides and own.slides.plan not in gone else None
    handouts = {key: row for key, row in own.handouts.items() if row.page not in gone}
    return replace(content, pages=pages, registers=replace(own, handouts=handouts, slides=slides))


def _replacements(content: Content, config: Config) -> dict[str, str]:
    """Return the address of each hidden page that has one → the address of its replacement."""
    found = dict[str, str]()
    for row in config.extra.hidden:
        if row.instead:
            there = content.pages[PurePosixPath(row.instead)].address
            hidden = (p for path, p in content.pages.items() if path.is_relative_to(row.page))
            found.update((page.address, there) for page in hidden)
    return found


def _href(here: str, to: str, old: str, url: str) -> str:
    """Return a link from the page ``here`` to the page ``to``, absolute where ``old`` was.

    ``here`` and ``to``: addresses from the site's root; ``url``: the site's own.
    """
    if old.startswith(("/", url)):
        return urljoin(urljoin(url, old), url) + to
    return posixpath.relpath(f"/{to}", f"/{here}") + "/"


def check(content: Content, config: Config) -> list[Finding]:
    """Return the rows of ``hide`` that hide nothing, or a page that something else leads to."""
    if not config.extra.hide:
        return []
    shown, found = _shown(content, config), list[Finding]()
    for number, row in enumerate(config.extra.hidden):
        if why := _fault(row, content, shown):
            where = config.at("extra", "hide", number)
            found.append(Finding(*where, "hide", f'hide: "{row.page}" {why}'))
    return found


def _fault(row: Hidden, content: Content, shown: Content) -> str:
    """Return why a page can't be hidden, in Swedish; "" where it can."""
    found = {path: p for path, p in content.pages.items() if path.is_relative_to(row.page)}
    if not found:
        return f"finns inte.{did_you_mean(row.page, map(str, content.pages))} Skriv som menyn."
    addresses = {page.address for page in found.values()}
    if "" in addresses:
        return "är startsidan. Den kan inte döljas."
    for title, rows in _sheets(shown).items():
        if any(part[0] in addresses for part in parts_of(rows)):
            return f'kan inte döljas: "{title}" har text därifrån. Ta bort raden.'
    start = content.registers.guide.start
    for home in (content.page_with("vagledning", start), content.page_with("lagar")):
        if home and home.path in found and _made_beside(home, shown):
            folder = home.path.parent
            return f'har sidor bredvid sig som bygget gör av den. Dölj hela mappen: "{folder}/".'
    if row.instead:
        if PurePosixPath(row.instead) in shown.pages:
            return ""
        near = did_you_mean(row.instead, map(str, shown.pages))
        return f'ersätts av "{row.instead}", som inte finns eller är dold.{near}'
    if who := next(_leading(content, shown, found), ""):
        return (
            f"kan inte döljas utan ersättare: {who} leder dit. Skriv vart läsaren går i stället: "
            f'{{page: "{row.page}", instead: hos-oss.md}}'
        )
    return ""


def _made_beside(home: Page, shown: Content) -> bool:
    """Whether readers see pages that records give, beside the page they belong to."""
    made = [path for path, page in shown.pages.items() if isinstance(page, MadePage)]
    return any(path.parent == home.path.parent for path in made)


def _sheets(shown: Content) -> dict[str, tuple[Sections, ...]]:
    """Return title → sections, of the handouts and the slides."""
    sheets = {row.title: row.sections for row in shown.registers.handouts.values()}
    if slides := shown.registers.slides:
        sheets[slides.title] = tuple(row.show for row in slides.slides if row.show)
    return sheets


def _leading(content: Content, shown: Content, hidden: Container[PurePosixPath]) -> Iterator[str]:
    """Yield, in Swedish, each situation, checklist row and answer of the guide that is shown and
    leads to a ``hidden`` page."""
    asked = {key for keys in shown.asked.values() for key in keys}
    asked |= {key for one in shown.registers.checklists.values() for key in one.first}
    for name, given in content.given.items():
        folder, _, own = name.rpartition("/")
        is_list = folder == CHECKLISTS and shown.page_with("checklista", own)
        is_guide = name == "guide" and shown.page_with("vagledning", content.registers.guide.start)
        for one in given:
            if one.field.refers == "pages":
                to = str(one.value).partition("#")[0].lstrip("/")
            elif one.field.refers == "steps" and one.value in content.page_steps:
                to = str(content.page_steps[one.value].page.path)
            else:
                continue
            if PurePosixPath(to) not in hidden:
                continue
            if name == "situations" and one.where[0] in asked:
                yield f'frågan "{one.where[0]}" före stegen'
            elif is_list:
                yield f'checklistan "{own}", raden "{one.label}",'
            elif is_guide:
                yield f'vägledningen, "{one.label}",'
    guide = content.registers.guide
    home = shown.page_with("vagledning", guide.start)
    for key, node in guide.nodes.items() if home else ():
        for after in node.leads_to:
            if home and home.path.with_name(f"{after}.md") in hidden:
                yield f'vägledningen, "{key}",'


def _out(node: LexborNode) -> None:
    """Remove the list row or paragraph that a node begins or is alone in, and a list that it leaves
    empty; elsewhere replace the node by its text."""
    words, row = text_of(node), node
    while row.tag not in ROW and (above := row.parent) is not None and text_of(above) == words:
        row = above
    above = row.parent
    if above is not None and above.tag == "li" and text_of(above).startswith(words):
        row = above
    if row.tag not in ROW:
        node.unwrap()
        return
    while (above := row.parent) is not None and above.tag in LISTS:
        others = [n for n in above.iter() if n.mem_id != row.mem_id and n.tag != "summary"]
        if others:
            break
        row = above
    row.decompose()
