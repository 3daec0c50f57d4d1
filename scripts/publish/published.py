"""What a page may be linked to by: its address and each id in its content, with what it is about.

Not promised, as they are made out of the text and change with it: the title's own id (its address
is the page's, and a lost one still leads to the top), numbered notes and their list, explained
words and boxes of doubt (their lasting addresses are where they are listed), form controls. A page
with robots noindex is for visitors on their way, or another page in another dress: only its own
address is promised.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from selectolax.lexbor import LexborNode

from scripts.content.markdown import RESERVED
from scripts.publish.addresses import LEADS, canonical
from scripts.publish.built import BuiltPage, BuiltSite, text_of

# Files no reader links to: parts of pages, copies and settings for servers, the error page.
UNLOCKED = re.compile(
    r"^(?:assets|sok)/|\.(?:gz|br)$|^404\.html$|^web\.config$|(?:^|/)[._](?!well-known/)[^/]*$"
)
HEADINGS = {"h2", "h3", "h4", "h5", "h6"}
TECHNICAL = {"h1", "title", "desc", "input", "select", "textarea", "button", "output", "datalist"}
NOT_WORDS = "script, style, button, sup.cite, [aria-hidden=true], .headerlink"
# The size of a file, and that it isn't built: no part of what a row is about.
ABOUT_THE_FILE = re.compile(r"\s*\(PDF\b[^)]*\)")


def published(site: BuiltSite) -> dict[str, str]:
    """Return every address of the built site, with what it is about; "" for a file.

    Raises OSError.
    """
    found: dict[str, str] = {}
    for page in site.pages.values():
        if not UNLOCKED.search(page.address):
            found.update(places(page))
    for file in site.root.rglob("*"):
        path = file.relative_to(site.root).as_posix()
        if file.suffix != ".html" and not UNLOCKED.search(path) and file.is_file():
            found[canonical(f"/{path}")] = ""
    return dict(sorted(found.items()))


def places(page: BuiltPage) -> Iterator[tuple[str, str]]:
    """Yield (address, what it is about) of a page and of each public id on it."""
    tree, address = page.tree.clone(), canonical(f"/{page.address}")
    if refresh := tree.css_first("meta[http-equiv=refresh]"):
        to = re.sub(r"^[^=]*=\s*", "", refresh.attributes.get("content") or "")
        path, mark, place = to.partition("#")
        joined = posixpath.normpath(posixpath.join(posixpath.dirname(address), path))
        joined = joined.rstrip("/") + ("/" if path.endswith(("/", ".", "")) else "")
        if not path.endswith("/") and PurePosixPath(path).suffix:
            joined = joined.rstrip("/")
        yield address, LEADS + canonical(joined + mark + place)
        return
    robots = tree.css_first("meta[name=robots]")
    passing = robots is not None and "noindex" in (robots.attributes.get("content") or "")
    content = tree.css_first("#innehall") or tree.css_first("main") or tree.body
    title = (content and content.css_first("h1")) or tree.css_first("h1, title")
    if content is None or passing:
        yield address, text_of(title) if title else ""
        return
    found = [
        (node, name)
        for node in content.css("[id]")
        if (name := node.attributes.get("id") or "")
        and node.mem_id != content.mem_id  # "!=" compares their HTML, each time anew
        and node.tag not in TECHNICAL
        and (node.tag in HEADINGS or not RESERVED.match(name))
        and "moved" not in (node.attributes.get("class") or "").split()
    ]
    for junk in content.css(NOT_WORDS):
        junk.decompose()
    yield address, text_of(title) if title else ""
    for node, name in found:
        yield f"{address}#{canonical(name)}", about(node)


def about(node: LexborNode) -> str:
    """Return what a place on a page is about: its heading, label, link or first sentence."""
    if node.tag in HEADINGS or node.tag in ("dt", "td", "th"):
        return text_of(node)
    heading = node.css_first("h2, h3, h4, h5, h6, caption, summary, legend")
    lead = heading or node.css_first("label") or node.css_first("a, strong")
    text = node.attributes.get("aria-label") or text_of(lead or node)
    text = ABOUT_THE_FILE.sub("", text)
    return text if lead else text.split(". ")[0][:120]
