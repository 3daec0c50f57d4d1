"""Page chrome that depends on a page's content: assets, table of contents, review dates, JSON-LD.

The template (overrides/main.html) has the same chrome for every page, without knowing its content.
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

# CSS selector → the stylesheets and scripts of a page with a matching element, in this order. They
# block rendering: what they change would move the text.
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
EMBED_SCRIPT = "framed.js"  # of a page that may be shown in an iframe
BUNDLED_WITH_EMBED_SCRIPT = {"checklist.js", "date-help.js"}  # files that contain it: assets.py
FEW_HEADINGS = 4  # a page with more has a table of contents before its text on narrow screens
# Elements that are a better overview than a table of contents: steps, checklist, letters.
OVERVIEWS = "#innehall .step, .checklist, .letters"
BEFORE_TEXT = ".switch"  # links between a page for adults and the same page for children


def decorate_pages(content: Content, site: HtmlSite, _: Config) -> list[Finding]:
    """Page step: complete the chrome of each page of ``content``.

    Pages that are not in ``content``, such as 404.html, get only their assets.
    """
    pages = {page.address: page for page in content.pages.values()}
    for html_page in site.iter_pages():
        set_embed_root(html_page, content.embeds)
        add_page_assets(html_page)
        page = pages.get(html_page.address)
        if page:
            _decorate(html_page, page, site.url)
    return []


def _decorate(html_page: HtmlPage, page: Page, site_url: str) -> None:
    language = page.meta.lang
    move_step(html_page)
    move_law_day(html_page, language)
    move_sources(html_page)
    add_table_of_contents(html_page, gettext("På den här sidan", language))
    add_json_ld(html_page, page, site_url)
    for link in html_page.content.css('[aria-label^="källa "]'):
        label = link.attributes["aria-label"] or ""
        link.attrs["aria-label"] = label.replace("källa", gettext("källa", language), 1)
    # the search finds the guide's outcomes and its first question, which is in the menu
    is_guide_node = html_page.find(".guide")
    is_outcome_or_first = html_page.find(".guide-verdict, #meny [aria-current=page]")
    if is_guide_node and not is_outcome_or_first:
        html_page.content.attrs["data-search-exclude"] = ""


def set_embed_root(page: HtmlPage, embeds: Mapping[str, Frame]) -> None:
    """Write ``data-frame`` for framed.js: the folder that a reader may move within in an iframe.

    It is a path relative to the page, "./" or "../"; "" if only the page itself may be shown.
    ``embeds``: address of the embedded page, "a/" → Frame; its ``below``: whether the pages under
    it may be shown, too.
    """
    for address, embed in embeds.items():
        if page.address == address:
            page.content.attrs["data-frame"] = "./" if embed.below else ""
        elif embed.below and page.address.startswith(address):
            depth = page.address.removeprefix(address).count("/")
            page.content.attrs["data-frame"] = "../" * depth


def add_page_assets(page: HtmlPage) -> None:
    """Add the stylesheets and scripts that the page's content needs, after those of every page."""
    common = page.tree.css("head link[rel=stylesheet], head script[src]")
    if not common:  # broken HTML in the text, which html_policy reports
        return
    names: list[str] = []
    for selector, files in ASSETS:
        if page.content.css_first(selector):
            names += files
    if "data-frame" in page.content.attributes and not BUNDLED_WITH_EMBED_SCRIPT & set(names):
        names = [EMBED_SCRIPT, *names]
    tags = []
    for name in names:
        extension = name.partition(".")[2]
        tags.append(TAGS[extension].format(f"{page.root_prefix}assets/{name}"))
    insert_html_after(common[-1], "".join(tags))


def move_step(page: HtmlPage) -> None:
    """Move the page's stage of the work (render/title.py) to the breadcrumbs."""
    stage = page.find("p.process")
    breadcrumbs = page.tree.css("nav.crumbs li")
    if stage is not None and breadcrumbs:
        insert_html_after(breadcrumbs[-1], f'<li class="process">{stage.inner_html}</li>')
        stage.decompose()


def move_sources(page: HtmlPage) -> None:
    """Move the source list to its slot at the page's foot, and the next review into the list."""
    slot = page.find(".source-slot")
    source_list = page.find("details.source-box")
    if slot is None:
        return
    if source_list is None:
        slot.decompose()
        return
    review = page.select_required(".fresh-next")
    insert_html_after(page.select_required(".source-box > summary"), review.html or "")
    review.decompose()
    replace_with_html(slot, source_list.html or "")
    source_list.decompose()


def move_law_day(page: HtmlPage, language: str) -> None:
    """Move the date when the cited statutes were read (render/citations.py) to the page's foot, and
    add it to ``data-dates``, which print.js writes in the margins."""
    slot = page.find(".fresh .law-slot")
    paper = page.find("div.paper")
    date = page.find("p.law-read")
    if slot is None or paper is None:
        return
    if date is None:
        slot.decompose()
        return
    label = gettext("Lagen läst", language)
    replace_with_html(slot, f"<span>{label} {date.inner_html}</span>")
    reviewed, *next_review = (paper.attributes["data-dates"] or "").split(", ", 1)
    iso_date = page.select_required("time.law-day").attributes["datetime"]
    law_read = f"{gettext('lagen läst', language)} {iso_date}"
    paper.attrs["data-dates"] = ", ".join([reviewed, law_read, *next_review])
    date.decompose()


def add_table_of_contents(page: HtmlPage, heading: str) -> None:
    """Insert a folded table of contents after the first paragraph of a long page, for narrow
    screens. Not on the start page, nor on a page with another overview."""
    links = page.tree.css("nav.toc > ul > li > a")
    if not page.address or len(links) <= FEW_HEADINGS or page.find(OVERVIEWS):
        return
    first = page.find(f"h1 ~ :not({BEFORE_TEXT})")
    if first is None or first.tag != "p":
        return
    items = "".join(f"<li>{link.html}</li>" for link in links)
    details = f'<details class="contents" data-search-exclude><summary>{heading}</summary>'
    insert_html_after(first, f"{details}<ul>{items}</ul></details>")


def add_json_ld(page: HtmlPage, source: Page, site_url: str) -> None:
    """Add the page's metadata for search engines to its head: schema.org in JSON-LD 1.1.

    The Content-Security-Policy allows it: it is a data block, not a script (HTML, 4.12.1).
    """
    metadata: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "WebPage",
        "name": source.title,
        "url": site_url + page.address,
        "inLanguage": source.meta.lang,
        "lastReviewed": str(source.meta.last_reviewed_on),
    }
    breadcrumbs = list(_breadcrumbs(page, source, site_url))
    if breadcrumbs:
        metadata["breadcrumb"] = {"@type": "BreadcrumbList", "itemListElement": breadcrumbs}
    # "<" would end the element in a page (HTML, 13.1.2.3)
    data = json.dumps(metadata, ensure_ascii=False, sort_keys=True).replace("<", "\\u003c")
    page.add_to_head(f'<script type="application/ld+json">{data}</script>')


def _breadcrumbs(page: HtmlPage, source: Page, site_url: str) -> Iterator[dict[str, object]]:
    """Yield a schema.org ListItem for each page in the breadcrumbs, and last one for the page
    itself; nothing if the page has no breadcrumbs."""
    links = page.tree.css("nav.crumbs a")
    position = 0
    for position, link in enumerate(links, 1):
        url = site_url + page.resolve(link.attributes["href"] or "")
        yield _list_item(position, text_of(link), url)
    if links:
        yield _list_item(position + 1, source.title, site_url + page.address)


def _list_item(position: int, name: str, url: str) -> dict[str, object]:
    return {"@type": "ListItem", "position": position, "name": name, "item": url}
