"""What an element of HTML or SVG uses, by its name and attributes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from scripts.links.formats.document import Use
from scripts.links.formats.styles import css_urls

# The attributes that load something, by element (HTML Living Standard, "list of attributes").
ASSETS = {
    "animate": ("href", "xlink:href"),
    "animatemotion": ("href", "xlink:href"),
    "animatetransform": ("href", "xlink:href"),
    "audio": ("src",),
    "body": ("background",),
    "embed": ("src",),
    "feimage": ("href", "xlink:href"),
    "frame": ("src",),
    "html": ("manifest",),
    "iframe": ("src",),
    "image": ("href", "xlink:href"),
    "img": ("src", "srcset"),
    "input": ("src",),
    "lineargradient": ("href", "xlink:href"),
    "link": ("href", "imagesrcset"),
    "mpath": ("href", "xlink:href"),
    "object": ("data",),
    "pattern": ("href", "xlink:href"),
    "radialgradient": ("href", "xlink:href"),
    "script": ("src", "href", "xlink:href"),
    "set": ("href", "xlink:href"),
    "source": ("src", "srcset"),
    "table": ("background",),
    "td": ("background",),
    "textpath": ("href", "xlink:href"),
    "th": ("background",),
    "track": ("src",),
    "use": ("href", "xlink:href"),
    "video": ("src", "poster"),
}
FRAMES = {"embed", "frame", "iframe", "object"}  # what these load may be a page
# … and those that lead to a page.
PAGES = {
    "a": ("href", "xlink:href"),
    "area": ("href",),
    "blockquote": ("cite",),
    "button": ("formaction",),
    "del": ("cite",),
    "form": ("action",),
    "img": ("longdesc",),
    "input": ("formaction",),
    "ins": ("cite",),
    "q": ("cite",),
}
# Attributes that name ids on the same page. Left out: aria-controls, -activedescendant and
# -errormessage may name something that a script makes later.
REFS_ANY = (
    "aria-labelledby", "aria-describedby", "aria-details", "aria-flowto", "popovertarget",
    "commandfor", "interestfor", "itemref",
)  # fmt: skip
REFS = {
    "label": ("for",),
    "output": ("for", "form"),
    "td": ("headers",),
    "th": ("headers",),
    "input": ("list", "form"),
    "button": ("form",),
    "fieldset": ("form",),
    "object": ("form",),
    "select": ("form",),
    "textarea": ("form",),
}
# Attributes of SVG that may name a place with url(#…) (SVG 2, "presentation attributes").
PAINTS = (
    "clip-path", "fill", "filter", "marker-end", "marker-mid", "marker-start", "mask", "stroke",
)  # fmt: skip
PAGE_RELS = {
    "alternate", "author", "bookmark", "canonical", "contents", "copyright", "first", "glossary",
    "help", "index", "last", "license", "next", "prev", "search", "start", "up", "via",
}  # fmt: skip
LOAD_RELS = {
    "apple-touch-icon", "apple-touch-icon-precomposed", "apple-touch-startup-image", "icon",
    "manifest", "mask-icon", "modulepreload", "stylesheet",
}  # fmt: skip
NO_RELS = {"preconnect", "dns-prefetch", "profile", "pingback", "edituri"}
META_ASSETS = {
    "og:image", "og:image:url", "og:image:secure_url", "twitter:image", "twitter:image:src",
    "msapplication-tileimage", "msapplication-config",
}  # fmt: skip
META_FRAMES = {
    "og:audio", "og:audio:url", "og:audio:secure_url", "og:video", "og:video:url",
    "og:video:secure_url", "twitter:player", "twitter:player:stream",
}  # fmt: skip
META_PAGES = {"og:url", "twitter:url"}

# Descriptors go on to the next comma outside parentheses.
SRCSET_URL = re.compile(r"[ \t\n\f\r,]*+([^ \t\n\f\r]++)")
SRCSET_DESCRIPTORS = re.compile(r"(?:[^,(]++|\([^)]*+\)?)*+")

REFRESH = re.compile(
    r"^\s*[\d.]*\s*[;,]?\s*(?:url\s*=\s*)?(?:\"([^\"]*)|'([^']*)|(.*))", re.I | re.S
)
# Half a minute or more: a page that brings itself up to date, not one that has moved.
WAITS = re.compile(r"\s*0*(?:[3-9]\d|\d{3})")


def uses_of(tag: str, attributes: Mapping[str, str | None]) -> Iterator[Use]:
    """Yield what an element uses. ``tag`` and the names in ``attributes`` are in lower case."""
    for name in ASSETS.get(tag, ()):
        if name not in attributes:
            continue
        value = attributes[name] or ""
        if name in ("srcset", "imagesrcset"):
            yield from (Use("asset", url) for url in srcset(value))
        elif tag == "link" and name == "href":
            rels = set((attributes.get("rel") or "").lower().split())
            if rels & LOAD_RELS:
                yield Use("asset", value)
            elif not rels & NO_RELS:
                yield Use("page" if rels & PAGE_RELS else "frame", value)
        elif value.strip().startswith("#") and "href" in name:  # within the drawing
            yield Use("ref", value.strip()[1:])
        else:
            yield Use("frame" if tag in FRAMES else "asset", value)
    for name in PAGES.get(tag, ()):
        if name in attributes:
            yield Use("page", attributes[name] or "")
    for name in (*REFS_ANY, *REFS.get(tag, ())):
        if attributes.get(name):
            yield from (Use("ref", word) for word in (attributes[name] or "").split())
    for name in ("style", *PAINTS):
        painted = attributes.get(name) or ""
        if "(" in painted:
            for url in css_urls(painted):
                yield Use("ref", url[1:]) if url.startswith("#") else Use("asset", url)
    if usemap := attributes.get("usemap"):
        yield Use("map", usemap.lstrip("#"))
    if tag == "meta" and (content := attributes.get("content")) is not None:
        name = (attributes.get("property") or attributes.get("name") or "").strip().lower()
        if (attributes.get("http-equiv") or "").strip().lower() == "refresh":
            if (goal := refresh_url(content)) is not None:
                yield Use("page" if WAITS.match(content) else "refresh", goal)
        elif name in META_ASSETS:
            yield Use("asset", content)
        elif name in META_FRAMES:
            yield Use("frame", content)
        elif name in META_PAGES:
            yield Use("page", content)


def srcset(value: str) -> list[str]:
    """Return the addresses of a srcset (HTML, "parsing a srcset attribute")."""
    urls = []
    place = 0
    while match := SRCSET_URL.match(value, place):
        place = match.end()
        if not match[1].endswith(","):
            place = SRCSET_DESCRIPTORS.match(value, place).end()  # type: ignore[union-attr]
        urls.append(match[1].rstrip(","))
    return urls or [""]


def refresh_url(content: str) -> str | None:
    """Return where a meta refresh leads; None when it only reloads (HTML, "shared declarative
    refresh steps")."""
    head, mark, rest = content.partition(";")
    if not mark:
        head, mark, rest = content.partition(",")
    if not mark or not re.match(r"\s*[\d.]+\s*$", head):
        return None
    match = REFRESH.match(rest)
    url = next((g for g in match.groups() if g is not None), "") if match else ""
    return url.strip() or None
