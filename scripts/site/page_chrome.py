"""Page chrome that depends on a page's content: assets, table of contents, review dates.

The template (overrides/main.html) has the same chrome for every page, without knowing its content.
"""

from __future__ import annotations

from collections.abc import Mapping

from scripts.content.config import Config
from scripts.content.content import Content
from scripts.content.front_matter import Frame
from scripts.core.findings import Finding
from scripts.core.language import gettext
from scripts.site.html_site import HtmlPage, HtmlSite, insert_html_after, replace_with_html

# CSS selector → the stylesheets and scripts of a page with a matching element, in this order. They
# block rendering: applied later, they would move the text.
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
# Elements whose scripts have framed.js in them (see assets.BUNDLES): one request less.
HAS_FRAMED_SCRIPT = ".checklist, .dates"
TAGS = {
    "css": '<link rel="stylesheet" href="{}">',
    "js": '<script src="{}" defer blocking="render"></script>',
}
FEW_HEADINGS = 4  # a page with more has a table of contents before its text on narrow screens
# Elements that are a better overview than a table of contents: steps, checklist, letters.
OVERVIEWS = "#innehall .step, .checklist, .letters"
# Links between a page for adults and the same page for children.
BEFORE_TEXT = ".switch"


def decorate_pages(content: Content, site: HtmlSite, _: Config) -> list[Finding]:
    """Page step: complete the chrome of each page of ``content``.

    Pages that are not in ``content``, such as 404.html, get only their assets.
    """
    languages = {page.address: page.meta.lang for page in content.pages.values()}
    for page in site.iter_pages():
        set_embed_root(page, content.embeds)
        add_page_assets(page)  # a page with data-frame has framed.js, too
        if page.address in languages:
            language = languages[page.address]
            move_stage(page)
            skip_repeated_urgent_number(page)
            move_law_day(page, language)
            move_sources(page)
            add_table_of_contents(page, gettext("På den här sidan", language))
            translate_citation_labels(page, language)
            exclude_guide_node_from_search(page)
    return []


def translate_citation_labels(page: HtmlPage, language: str) -> None:
    """Translate the word "källa" in the labels of the citation markers, "källa 3", to the page's
    language."""
    for link in page.content.css('[aria-label^="källa "]'):
        label = link.attributes["aria-label"] or ""
        link.attrs["aria-label"] = label.replace("källa", gettext("källa", language), 1)


def exclude_guide_node_from_search(page: HtmlPage) -> None:
    """Exclude a page of the guide from the search, unless it is an outcome or the first question,
    which the menu has: one of the guide's questions is no answer to a reader's."""
    is_outcome_or_first = page.find(".guide-verdict, #meny [aria-current=page]")
    if page.find(".guide") and not is_outcome_or_first:
        page.content.attrs["data-search-exclude"] = ""


def set_embed_root(page: HtmlPage, embeds: Mapping[str, Frame]) -> None:
    """Write ``data-frame`` on a page that may be shown in an iframe; other pages don't get it.

    Its value, which framed.js reads, is the folder whose pages the reader may go to inside the
    iframe, relative to the page: "./" or "../", or "" if only this page may be shown. If several of
    ``embeds`` apply to the page, the last one counts.

    ``embeds``: address of an embedded page, "a/" → its Frame, whose ``below`` is true if the pages
    in its folder may be shown, too.
    """
    for address, embed in embeds.items():
        if page.address == address:
            page.content.attrs["data-frame"] = "./" if embed.below else ""
        elif embed.below and page.address.startswith(address):
            depth = page.address.removeprefix(address).count("/")
            page.content.attrs["data-frame"] = "../" * depth


def add_page_assets(page: HtmlPage) -> None:
    """Add tags for the stylesheets and scripts that the page's content needs (see ASSETS), and for
    framed.js on a page that may be shown in an iframe, after the tags that every page has."""
    common = page.tree.css("head link[rel=stylesheet], head script[src]")
    if not common:  # broken HTML in the text, which html_policy reports
        return
    names: list[str] = []
    if "data-frame" in page.content.attributes and not page.content.css_first(HAS_FRAMED_SCRIPT):
        names.append("framed.js")
    for selector, files in ASSETS:
        if page.content.css_first(selector):
            names += files
    tags = []
    for name in names:
        extension = name.partition(".")[2]
        tags.append(TAGS[extension].format(f"{page.root_prefix}assets/{name}"))
    insert_html_after(common[-1], "".join(tags))


def move_stage(page: HtmlPage) -> None:
    """Move the page's stage of the work (render/title.py) to the breadcrumbs."""
    stage = page.find("p.process")
    breadcrumbs = page.tree.css("nav.crumbs li")
    if stage is not None and breadcrumbs:
        insert_html_after(breadcrumbs[-1], f'<li class="process">{stage.inner_html}</li>')
        stage.decompose()


def skip_repeated_urgent_number(page: HtmlPage) -> None:
    """Take links to the urgent number out of the Tab order before a page's first step: the header
    has the same link, a few stops before.

    Not on a page without steps, nor on one that may be embedded: in an iframe it has no header.
    """
    header_link = page.find(".site-header__call")
    may_be_embedded = "data-frame" in page.content.attributes
    if header_link is None or may_be_embedded or page.find(".step") is None:
        return
    for block in page.content.iter():
        if "step" in (block.attributes.get("class") or "").split():
            return
        for link in block.css("a.tel"):
            if link.attributes["href"] == header_link.attributes["href"]:
                link.attrs["tabindex"] = "-1"


def move_sources(page: HtmlPage) -> None:
    """Move the source list to its slot at the page's foot, and the next review into the list. On a
    page without sources, remove the slot."""
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
    """Move the date when the cited statutes were read (render/citations.py) to its slot at the
    page's foot, and add it to ``data-dates``, which print.js writes in the margins. On a page
    without such a date, remove the slot."""
    slot = page.find(".fresh .law-slot")
    date = page.find("p.law-read")
    if slot is None:
        return
    if date is None:
        slot.decompose()
        return
    label = gettext("Lagen läst", language)
    replace_with_html(slot, f"<span>{label} {date.inner_html}</span>")
    iso_date = page.select_required("time.law-day").attributes["datetime"]
    law_read = f"{gettext('lagen läst', language)} {iso_date}"
    date.decompose()
    # "Granskad 2026-05-01, senast 2026-11-01": the date of the law comes between the two
    paper = page.select_required("div.paper")
    reviewed, *next_review = (paper.attributes["data-dates"] or "").split(", ", 1)
    paper.attrs["data-dates"] = ", ".join([reviewed, law_read, *next_review])


def add_table_of_contents(page: HtmlPage, heading: str) -> None:
    """Insert a folded table of contents after the first paragraph of a long page, for narrow
    screens. Not on the start page, nor on a page with another overview or without a paragraph
    first: the words that say what the page is about precede the table.

    ``heading``: of the table of contents.
    """
    links = page.tree.css("nav.toc > ul > li > a")
    if not page.address or len(links) <= FEW_HEADINGS or page.find(OVERVIEWS):
        return
    first = page.find(f"h1 ~ :not({BEFORE_TEXT})")
    if first is None or first.tag != "p":
        return
    items = "".join(f"<li>{link.html}</li>" for link in links)
    details = f'<details class="contents" data-search-exclude><summary>{heading}</summary>'
    insert_html_after(first, f"{details}<ul>{items}</ul></details>")
