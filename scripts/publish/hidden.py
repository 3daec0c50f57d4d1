"""Pages that don't apply to a publisher, by ``hide`` in mkdocs.yml: out of the menu, the search,
the lists and the files.

A link to one becomes its words; a row that is about it goes. Its address answers all the same, with
a page that says so and where to go instead. The text stays where it is, and is checked.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urljoin

from selectolax.lexbor import LexborNode

from scripts.content.config import CONFIG, Config
from scripts.content.content import Content
from scripts.content.records import Retired, parts_of
from scripts.content.yaml_file import RegisterFile
from scripts.core.findings import Finding
from scripts.core.swedish import did_you_mean
from scripts.publish.addresses import above, short_addresses
from scripts.publish.built import BuiltSite, text_of

ROW = ("li", "p")  # an element that may be about one page
LISTS = ("ul", "ol", "details", "li")  # what goes when it is left empty


def hide(content: Content, site: BuiltSite, config: Config) -> tuple[Content, list[Finding]]:
    """Take the hidden pages out of the built site, before any step reads it; return what is left,
    and what can't be hidden."""
    if not config.extra.hide:
        return content, []
    pages = {path: page for path, page in content.pages.items() if not config.extra.hides(path)}
    homes = {page.address for page in pages.values()}
    gone = {page.address for page in content.pages.values()} - homes
    registers = content.registers
    slides = registers.slides if registers.slides and registers.slides.plan not in gone else None
    shown = replace(
        content,
        pages=pages,
        registers=replace(
            registers,
            handouts={k: row for k, row in registers.handouts.items() if row.page not in gone},
            slides=slides,
        ),
    )
    if faults := list(_faults(content, shown, config)):
        return content, faults
    left = {short.address for short in short_addresses(shown)}
    gone |= {s.address[1:] for s in short_addresses(content) if s.address not in left}
    gone |= {frame.address for page, frame in content.frames.items() if page not in shown.frames}
    if registers.slides and not slides:
        gone.add(content.folder_of("bilder") + "presentation/")
    sender = config.extra.sender
    reason = f"{sender.name if sender else config.name} visar inte sidan."
    rows = {f"/{a}": Retired(instead=f"/{above(a, homes)}", reason=reason) for a in sorted(gone)}
    retired = {**shown.registers.redirects.retired, **rows}
    redirects = replace(shown.registers.redirects, retired=retired)
    shown = replace(shown, registers=replace(shown.registers, redirects=redirects))
    for address in gone & site.pages.keys():
        del site.pages[address]
    handouts = registers.handouts.keys() - shown.registers.handouts.keys()
    for page in site.pages.values():
        for link in page.tree.css("a[href]"):  # that of the page for what isn't there is absolute
            to = urljoin(site.url + page.address, link.attributes["href"] or "")
            if to.partition("#")[0].removeprefix(site.url) in gone:
                _out(link)
        for slot in page.tree.css("span.handout, span.slides"):
            key = slot.attributes.get("data-handout")
            if key in handouts or not (key or slides):
                _out(slot)
    return shown, []


def _faults(content: Content, shown: Content, config: Config) -> Iterator[Finding]:
    """Yield the rows of ``hide`` that hide nothing, or what a sheet or a slide has text from."""
    file = RegisterFile(CONFIG, config.file.read_text(encoding="utf-8"))
    sheets = {row.title: row.sections for row in shown.registers.handouts.values()}
    if slides := shown.registers.slides:
        sheets[slides.title] = tuple(row.show for row in slides.slides if row.show)
    for number, name in enumerate(config.extra.hide):
        found = {p.address for path, p in content.pages.items() if path.is_relative_to(name)}
        used = (t for t, rows in sheets.items() if any(part[0] in found for part in parts_of(rows)))
        if not found:
            why = f"finns inte.{did_you_mean(name, map(str, content.pages))} Skriv som menyn."
        elif "" in found:
            why = "är startsidan. Den kan inte döljas."
        elif title := next(used, ""):
            why = f'kan inte döljas: "{title}" har text därifrån. Ta bort raden.'
        else:
            continue
        line = file.line("extra", "hide", number)
        yield Finding(CONFIG, line, "hide", f'hide: "{name}" {why}')


def _out(node: LexborNode) -> None:
    """Take away the row that a node begins or is alone in, and the list that it leaves empty; else
    leave the node's words."""
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
