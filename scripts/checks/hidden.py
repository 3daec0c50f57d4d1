"""Kontrollerar sidor som döljs med hide i mkdocs.yml: att de finns, och att inget leder dit."""

from __future__ import annotations

from collections.abc import Container, Iterator
from pathlib import PurePosixPath

from scripts.content.config import Config
from scripts.content.content import Content
from scripts.content.handouts import Sections, parts_of
from scripts.content.page import GeneratedPage, Page
from scripts.content.records import CHECKLISTS
from scripts.content.settings import Hidden
from scripts.content.visible import visible
from scripts.core.findings import Finding
from scripts.core.swedish import did_you_mean


def check(content: Content, config: Config) -> list[Finding]:
    """Return the rows of ``hide`` that hide nothing, or a page that something else leads to."""
    if not config.extra.hide:
        return []
    shown, found = visible(content, config.extra), list[Finding]()
    for number, row in enumerate(config.extra.hidden):
        if why := _fault(row, content, shown):
            where = config.location("extra", "hide", number)
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
    for title, rows in _sections_by_title(shown).items():
        if any(part[0] in addresses for part in parts_of(rows)):
            return f'kan inte döljas: "{title}" har text därifrån. Ta bort raden.'
    start = content.registers.guide.start
    for home in (content.page_with("vagledning", start), content.page_with("lagar")):
        if home and home.path in found and _has_generated_pages(home, shown):
            folder = home.path.parent
            return f'har sidor bredvid sig som bygget gör av den. Dölj hela mappen: "{folder}/".'
    if row.instead:
        if PurePosixPath(row.instead) in shown.pages:
            return ""
        near = did_you_mean(row.instead, map(str, shown.pages))
        return f'ersätts av "{row.instead}", som inte finns eller är dold.{near}'
    if who := next(_links_to(content, shown, found), ""):
        return (
            f"kan inte döljas utan ersättare: {who} leder dit. Skriv vart läsaren går i stället: "
            f'{{page: "{row.page}", instead: hos-oss.md}}'
        )
    return ""


def _has_generated_pages(home: Page, shown: Content) -> bool:
    """Whether readers see pages that records give, beside the page they belong to."""
    made = [path for path, page in shown.pages.items() if isinstance(page, GeneratedPage)]
    return any(path.parent == home.path.parent for path in made)


def _sections_by_title(shown: Content) -> dict[str, tuple[Sections, ...]]:
    """Return title → sections, of the handouts and the slides."""
    sheets = {row.title: row.sections for row in shown.registers.handouts.values()}
    if slides := shown.registers.slides:
        sheets[slides.title] = tuple(row.show for row in slides.slides if row.show)
    return sheets


def _links_to(content: Content, shown: Content, hidden: Container[PurePosixPath]) -> Iterator[str]:
    """Yield, in Swedish, each question before steps, checklist and answer of the guide that readers
    see and that leads to a ``hidden`` page."""
    asked = {key for keys in shown.situations_by_page.values() for key in keys}
    asked |= {key for one in shown.registers.checklists.values() for key in one.first}
    for name, given in content.leaf_values.items():
        folder, _, own = name.rpartition("/")
        is_list = folder == CHECKLISTS and shown.page_with("checklista", own)
        is_guide = name == "guide" and shown.page_with("vagledning", content.registers.guide.start)
        for one in given:
            if one.field.refers_to == "pages":
                to = str(one.value).partition("#")[0].lstrip("/")
            elif one.field.refers_to == "steps" and one.value in content.page_steps:
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
