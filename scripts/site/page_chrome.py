"""What stands round a page's text and depends on it: styles, scripts, contents, the law's day.

The template gives each page the same frame, and asks nothing of what the text holds. Here the page
is at hand as a tree.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from scripts.content.config import Config
from scripts.content.content import Content
from scripts.content.front_matter import Frame
from scripts.content.page import Page
from scripts.core.findings import Finding
from scripts.core.language import gettext
from scripts.site.html_site import HtmlPage, HtmlSite, insert_html_after, replace_with_html, text_of

# What a page has → the styles and scripts it then loads, in this order. The first picture waits for
# them: what they add pushes the text down.
ASSETS = (
    ("[class^=check]", ["checklist.css"]),
    (".checklist", ["checklist.js"]),
    ("code.copy", ["link-list.css", "link-list.js"]),
    (".doors, .numbers", ["start.css"]),
    (".dates", ["dates.css", "date-help.js"]),
    (".counties", ["county.js"]),
    ("[class^=guide]", ["guide.css"]),
    (".figure", ["figures.css"]),
)
TAGS = {
    "css": '<link rel="stylesheet" href="{}">',
    "js": '<script src="{}" defer blocking="render"></script>',
}
FRAMED = "framed.js"  # of a page that is listed for frames
WITH_FRAMED = {"checklist.js", "date-help.js"}  # the files that it is joined with: assets.py
MANY = 4  # headings: a longer page has its contents before the text on a narrow screen
# What a page has that leads into it better: its steps, its rows, its letters.
WITHOUT_CONTENTS = "#innehall .step, .checklist, .letters"
BEFORE_TEXT = ".switch"  # links between the page and its twin


def decorate_pages(content: Content, site: HtmlSite, _: Config) -> list[Finding]:
    """Fill the frame round each page of ``content``; styles and scripts on every page."""
    pages = {page.address: page for page in content.pages.values()}
    for built in site.iter_pages():
        add_frame(built, content.embeds)
        add_assets_of(built)
        if page := pages.get(built.address):
            move_step(built)
            move_law_day(built, page.meta.lang)
            move_sources(built)
            add_contents(built, gettext("På den här sidan", page.meta.lang))
            add_data(built, page, site.url)
            for link in built.content.css('[aria-label^="källa "]'):
                said = link.attributes["aria-label"] or ""
                link.attrs["aria-label"] = said.replace(
                    "källa", gettext("källa", page.meta.lang), 1
                )
            # A question of the guide is no answer to a search, but the first, which is in the menu.
            if built.find(".guide") and not built.find(".guide-verdict, #meny [aria-current=page]"):
                built.content.attrs["data-search-exclude"] = ""
    return []


def add_frame(page: HtmlPage, frames: Mapping[str, Frame]) -> None:
    """Tell framed.js which pages the reader of a frame goes between: "" is this one alone, else the
    way to the folder of them all. ``frames``: by the address of the page that is framed."""
    for top, frame in frames.items():
        if page.address == top:
            page.content.attrs["data-frame"] = "./" if frame.below else ""
        elif frame.below and page.address.startswith(top):
            page.content.attrs["data-frame"] = "../" * page.address.removeprefix(top).count("/")


def add_assets_of(page: HtmlPage) -> None:
    """Let a page load what its text needs, after what every page loads."""
    loaded = page.tree.css("head link[rel=stylesheet], head script[src]")
    if not loaded:  # a text has broken the page, and the judge tells of it
        return
    names = [name for on, files in ASSETS if page.content.css_first(on) for name in files]
    if "data-frame" in page.content.attributes and not WITH_FRAMED.intersection(names):
        names = [FRAMED, *names]
    tags = (
        TAGS[name.partition(".")[2]].format(f"{page.root_prefix}assets/{name}") for name in names
    )
    insert_html_after(loaded[-1], "".join(tags))


def move_step(page: HtmlPage) -> None:
    """Move the page's place among the steps of the work (render/title.py) to the breadcrumbs."""
    place, crumbs = page.find("p.process"), page.tree.css("nav.crumbs li")
    if place is not None and crumbs:
        insert_html_after(crumbs[-1], f'<li class="process">{place.inner_html}</li>')
        place.decompose()


def move_sources(page: HtmlPage) -> None:
    """Move the source list to the line at the page's foot, and the next review into the list."""
    slot, box = page.find(".source-slot"), page.find("details.source-box")
    if slot is None:
        return
    if box is None:
        slot.decompose()
        return
    review = page.select_required(".fresh-next")
    insert_html_after(page.select_required(".source-box > summary"), review.html or "")
    review.decompose()
    replace_with_html(slot, box.html or "")
    box.decompose()


def move_law_day(page: HtmlPage, language: str) -> None:
    """Move the day when the law behind the page was read (citations.py) to the page's foot."""
    slot, day = page.find(".fresh .law-slot"), page.find("p.law-read")
    paper = page.find("div.paper")  # print.js writes it in the margins
    if slot is None or paper is None:
        return
    if day is None:
        return slot.decompose()
    replace_with_html(slot, f"<span>{gettext('Lagen läst', language)} {day.inner_html}</span>")
    dates = (paper.attributes["data-dates"] or "").split(", ", 1)
    iso = page.select_required("time.law-day").attributes["datetime"]
    law = f"{gettext('lagen läst', language)} {iso}"
    paper.attrs["data-dates"] = ", ".join([dates[0], law, *dates[1:]])
    day.decompose()


def add_contents(page: HtmlPage, heading: str) -> None:
    """Put the headings of a long page, folded, after the words that say what it is: for narrow
    screens."""
    rows = page.tree.css("nav.toc > ul > li > a")
    first = page.find(f"h1 ~ :not({BEFORE_TEXT})")
    if not page.address or len(rows) <= MANY or page.find(WITHOUT_CONTENTS):
        return
    if first is None or first.tag != "p":
        return
    items = "".join(f"<li>{row.html}</li>" for row in rows)
    details = f'<details class="contents" data-search-exclude><summary>{heading}</summary>'
    insert_html_after(first, f"{details}<ul>{items}</ul></details>")


def add_data(page: HtmlPage, source: Page, home: str) -> None:
    """Say what the page is, how fresh, and the way to it, for search engines and intranets
    (schema.org, JSON-LD 1.1). Data, not script: a policy for content lets it be (HTML, 4.12.1)."""
    said: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "WebPage",
        "name": source.title,
        "url": home + page.address,
        "inLanguage": source.meta.lang,
        "lastReviewed": str(source.meta.last_reviewed_on),
    }
    if way := list(_way(page, source, home)):
        rows = [{"@type": "ListItem", "position": n, **row} for n, row in enumerate(way, 1)]
        said["breadcrumb"] = {"@type": "BreadcrumbList", "itemListElement": rows}
    # "<" would end the element in a page (HTML, 13.1.2.3)
    data = json.dumps(said, ensure_ascii=False, sort_keys=True).replace("<", "\\u003c")
    page.add_to_head(f'<script type="application/ld+json">{data}</script>')


def _way(page: HtmlPage, source: Page, home: str) -> Iterator[dict[str, str]]:
    """Yield the pages above this one, as its crumbs have them, then itself."""
    crumbs = page.tree.css("nav.crumbs a")
    for link in crumbs:
        yield {"name": text_of(link), "item": home + page.resolve(link.attributes["href"] or "")}
    if crumbs:
        yield {"name": source.title, "item": home + page.address}
