"""Tells search engines and intranets what each page is, in schema.org's words (JSON-LD 1.1).

Every page of knowledge: its name, when it was reviewed, the way to it. The start page: how to
search the site. Questions and answers: a FAQPage. How to apply: a HowTo. What the reflection period
is: a service of the authority that decides on it, not of this site. All of it is read from the
built pages and the registers, so it can say nothing that they don't. Pages about the site itself go
without: no search is for them, and each page pays for what it carries.

The script element is a data block: browsers don't run it, and a strict policy for content lets it
be (HTML Living Standard, 4.12.1). Microdata in the text would cost more and break more easily:
the answers are in the page once more, but gzip finds them there.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from lxml import html

from scripts.content.content import Registers, read_registers
from scripts.paper.sections import Element, Site, SitePage, by_class, has_class, level, text_of
from scripts.publish.catalogue import CATALOGUE

FAQ = "betanketid/fragor-och-svar/"
HOW_TO = ("betanketid/ansok/", "gor-sa-har")
SERVICE = ("betanketid/", "migrationsverket")  # the page, and whose service it tells of
SEARCH = "om/index-a-o/?q={fraga}"
ABOUT_THE_SITE = "om/"
OPEN, CLOSE = '<script type="application/ld+json">', "</script>\n"


def words(blocks: Iterable[Element]) -> str:
    """Return the text of elements without the numbers of their sources."""
    parts = []
    for block in blocks:
        block = copy.deepcopy(block)
        for note in by_class(block, "cite"):
            note.drop_tree()
        parts.append(text_of(block))
    return " ".join(part for part in parts if part)


def questions(page: SitePage, url: str) -> list[dict[str, Any]]:
    """Return each question of a page, a heading with a question mark, with its answer.

    A heading over other headings is none: its answer would be theirs run together, "No. Yes."
    """
    found = []
    for block in page.blocks:
        key = block.get("id")
        if level(block) and key and text_of(block).endswith("?"):
            answer = page.section(key)[1:]
            if answer and not any(level(e) for e in answer):
                found.append(
                    {
                        "@type": "Question",
                        "name": words([block]),
                        "url": f"{url}#{key}",
                        "acceptedAnswer": {"@type": "Answer", "text": words(answer)},
                    }
                )
    return found


def how_to(page: SitePage, anchor: str, url: str) -> dict[str, Any]:
    """Return the steps of the first numbered list under a heading, and what is in doubt."""
    part = page.section(anchor)
    listed = next(block for block in part if block.tag == "ol")
    return {
        "@type": "HowTo",
        "name": page.title,
        "description": words(block for block in part if has_class(block, "uncertain")),
        "url": f"{url}#{anchor}",
        "step": [
            {"@type": "HowToStep", "position": n, "text": words([row])}
            for n, row in enumerate(listed.findall("li"), 1)
        ],
    }


def service(registers: Registers, key: str, name: str) -> dict[str, Any]:
    """Return whose service a page tells of, by the registers."""
    contact = registers.contacts[key]
    source = registers.sources[contact["page"]]
    return {
        "@type": "GovernmentService",
        "name": name,
        "areaServed": {"@type": "Country", "name": "Sverige"},
        "provider": {
            "@type": "GovernmentOrganization",
            "name": contact["name"],
            "url": source["url"],
        },
    }


def way(root: Element, url: str) -> list[dict[str, Any]]:
    """Return the page's breadcrumb as list items; the page itself is last."""
    links = root.xpath('//nav[@class="crumbs"]//a')
    rows = [(text_of(link), urljoin(url, str(link.get("href")))) for link in links]
    if rows:
        rows.append((text_of(root.find(".//h1")), url))
    return [
        {"@type": "ListItem", "position": n, "name": name, "item": item}
        for n, (name, item) in enumerate(rows, 1)
    ]


def describe(entry: dict[str, Any], site: Site, registers: Registers) -> dict[str, Any]:
    """Return what is said of a page, given its row in the catalogue. Raises PaperError."""
    address = entry["url"].removeprefix("./")
    page, url = site.page(address), site.url + address
    root = html.fromstring((site.root / address / "index.html").read_bytes())
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "WebPage",
        "name": entry["title"],
        "url": url,
        "inLanguage": entry["language"],
        "lastReviewed": entry["reviewed"],
    }
    if items := way(root, url):
        data["breadcrumb"] = {"@type": "BreadcrumbList", "itemListElement": items}
    if not address:
        data["isPartOf"] = {
            "@type": "WebSite",
            "name": text_of(by_class(root, "site-header__name")[0]),
            "url": site.url,
            "potentialAction": {
                "@type": "SearchAction",
                "target": {"@type": "EntryPoint", "urlTemplate": site.url + SEARCH},
                "query-input": "required name=fraga",
            },
        }
    elif address == FAQ:
        data |= {"@type": "FAQPage", "mainEntity": questions(page, url)}
    elif address == HOW_TO[0]:
        data["mainEntity"] = how_to(page, HOW_TO[1], url)
    elif address == SERVICE[0]:
        data["about"] = service(registers, SERVICE[1], "Betänketid")
    return data


def block(data: dict[str, Any]) -> str:
    """Return the element for a page's head. No text can end it: JSON may write "<" otherwise."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return OPEN + text.replace("<", "\\u003c") + CLOSE


def add_structured_data(docs: Path, target: Path, url: str) -> None:
    """Write it into the heads of the pages of katalog.json. Raises PaperError."""
    site, registers = Site(target, url), read_registers(docs)
    pages = json.loads((target / CATALOGUE).read_text(encoding="utf-8"))["pages"]
    for entry in pages:
        if entry["url"].startswith(ABOUT_THE_SITE):
            continue
        file = target / entry["url"] / "index.html"
        text = file.read_text(encoding="utf-8")
        data = block(describe(entry, site, registers))
        file.write_text(text.replace("</head>", data + "</head>", 1), "utf-8", newline="\n")
