"""What one file defines (ids) and uses (addresses): HTML, CSS, JavaScript, XML, JSON, and more."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape
from typing import Any, NamedTuple
from xml.etree import ElementTree

from selectolax.lexbor import LexborHTMLParser


class Use(NamedTuple):
    """One use of an address, as it stands in the file.

    ``kind``: "page" leads somewhere, "asset" loads what is no page, "frame" loads anything,
    "ref" names an id on the same page, "map" names a <map>, "refresh" moves the reader on, "root"
    is relative to the site's root, "own" is judged only if it leads into the site itself,
    "broken" is data in the page that can't be read.
    """

    kind: str
    value: str


@dataclass
class Document:
    """What a file defines and uses."""

    ids: list[str] = field(default_factory=list)  # in order, with repeats
    names: list[str] = field(default_factory=list)  # <a name>: a valid target of a fragment
    maps: list[str] = field(default_factory=list)  # <map name>
    uses: list[Use] = field(default_factory=list)
    base: str | None = None
    twice: list[str] = field(default_factory=list)  # ids that stand in more than one place
    unreadable: str = ""  # why the file can't be read, in Swedish; "" if it can


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

# Comments and strings are told apart first: an address inside them is none (CSS Syntax, 4).
_STRING = r""""((?:[^"\\\n]|\\.)*)"|'((?:[^'\\\n]|\\.)*)'"""
CSS_URL = re.compile(
    rf"""/\*.*?(?:\*/|$)|(?<![\w-])url\(\s*+(?:{_STRING}|((?:[^"'()\\\s]|\\.)*))\s*\)"""
    rf"""|@import\s*+(?:{_STRING})|{_STRING.replace("(", "(?:").replace("(?:?:", "(?:")}""",
    re.I | re.S,
)
CSS_IMAGE_SET = re.compile(
    rf"""/\*.*?(?:\*/|$)|{_STRING.replace("(", "(?:").replace("(?:?:", "(?:")}"""
    r"""|\bimage-set\(((?:[^()"']|"[^"\n]*"|'[^'\n]*'|\([^()]*\))*)\)""",
    re.I | re.S,
)
# Descriptors go on to the next comma outside parentheses.
SRCSET_URL = re.compile(r"[ \t\n\f\r,]*+([^ \t\n\f\r]++)")
SRCSET_DESCRIPTORS = re.compile(r"(?:[^,(]++|\([^)]*+\)?)*+")
CSS_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})[ \t\n\f]?|(.))", re.S)
JS_COMMENT = re.compile(r"/\*.*?\*/|(?<![:\"'\\])//[^\n]*", re.S)
JS_TEMPLATE = re.compile(r"`[^`\\]*(?:\\.[^`\\]*)*`", re.S)
# No clause goes on over the next import: without that, a long file takes the square of its length.
JS_IMPORT = re.compile(
    r"""(?:^|[;}\n])[^\S\n]*(?:import|export)\b"""
    r"""(?:(?:(?!\b(?:import|export)\b)[\w\s{},*$])*?\bfrom\b)?\s*"""
    r"""["']((?:\.{0,2}/|https?://)[^"'\n]+)["']"""
    r"""|\bimport\(\s*["']((?:\.{0,2}/|https?://)[^"'\n$]+)["']\s*\)"""
    r"""|\bnew\s+URL\(\s*["'](\.{0,2}/[^"'\n$]+(?<!/))["']\s*,\s*import\.meta\.url\s*\)"""
)
REFRESH = re.compile(
    r"^\s*[\d.]*\s*[;,]?\s*(?:url\s*=\s*)?(?:\"([^\"]*)|'([^']*)|(.*))", re.I | re.S
)
# Half a minute or more: a page that brings itself up to date, not one that has moved.
WAITS = re.compile(r"\s*0*(?:[3-9]\d|\d{3})")
DEEPEST = 5_000
# A tag of an element that stays open until it is closed: neither void nor closed by the next.
NESTING = re.compile(
    rb"<(/?)(?!(?:area|base|body|br|col|colgroup|dd|dt|embed|head|hr|html|img|input|li|link|meta|"
    rb"optgroup|option|p|rp|rt|source|tbody|td|tfoot|th|thead|tr|track|wbr)\b)[a-z]",
    re.IGNORECASE,
)
CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.I)


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
    if srcdoc := attributes.get("srcdoc"):  # its addresses start from the page around it
        inner: list[Use] = []
        with suppress(RecursionError):  # frames in frames in frames: nobody sees the innermost
            inner = read_html(srcdoc.encode("utf-8", "replace")).uses
        for use in inner:
            if use.kind in ("page", "asset", "frame") and not use.value.startswith("#"):
                yield use
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


def css_urls(text: str) -> list[str]:
    """Return what a stylesheet or a style attribute loads: ``url(…)`` and ``@import``."""
    if not re.search(r"url\(|@import|image-set\(", text, re.I):
        return []
    urls = []
    # In image-set() a bare string is an address (CSS Images 4); in type() it is none.
    for match in CSS_IMAGE_SET.finditer(text):
        inside = re.sub(r"(?:url|type)\([^)]*\)", " ", match[1] or "", flags=re.I)
        urls += [double or single for double, single in re.findall(_STRING, inside)]
    for match in CSS_URL.finditer(text):
        if match[0].startswith(("/", '"', "'")):
            continue
        url = next(filter(None, match.groups()), "")
        if "\\" in url:
            url = CSS_ESCAPE.sub(_css_character, url)
        urls.append(url.strip().replace(" ", "%20"))
    return urls


def _css_character(match: re.Match[str]) -> str:
    if match[1] is None:
        return "" if match[2] == "\n" else match[2]
    number = int(match[1], 16)
    return chr(number) if 0 < number < 0x110000 and not 0xD800 <= number < 0xE000 else "\ufffd"


def js_imports(text: str) -> list[str]:
    """Return the relative addresses that a module imports; bare names belong to import maps."""
    if "import" not in text and "export" not in text:
        return []
    end = text.rfind("*/") + 2  # to look for the end of each "/*" after it would take for ever
    text = JS_COMMENT.sub(" ", text[:end]) + JS_COMMENT.sub(" ", text[end:].replace("/*", " "))
    text = JS_TEMPLATE.sub("``", text)  # code that is shown, not run
    return [next(filter(None, groups)) for groups in JS_IMPORT.findall(text)]


def as_utf8(data: bytes) -> bytes:
    """Return the bytes of an HTML file as valid UTF-8, the way a browser decodes it from disk."""
    if data[:3] == b"\xef\xbb\xbf":
        data = data[3:]
    elif data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace").encode("utf-8", "replace")
    if data.isascii():
        return data
    match = CHARSET.search(data[:1024])
    charset = match[1].decode("ascii").lower() if match else "utf-8"
    if charset in ("iso-8859-1", "latin1", "us-ascii", "ascii"):
        charset = "cp1252"  # Encoding Standard, "names and labels"
    if charset.startswith("utf-16"):
        charset = "utf-8"
    with suppress(UnicodeError):
        if charset == "utf-8" and data.decode():
            return data
    try:
        text = data.decode(charset, "replace")
    except (LookupError, UnicodeError):
        text = data.decode("utf-8", "replace")
    return text.encode("utf-8", "replace")


def shallow(html: bytes) -> bytes:
    """Return HTML as far as no more than DEEPEST elements are open, each in the one before.

    For what strangers send: lexbor takes minutes for a few hundred thousand, browsers stop at 512.
    """
    if html.count(b"<") <= DEEPEST:
        return html
    depth = 0
    for tag in NESTING.finditer(html):
        depth = depth + 1 if not tag[1] else max(depth - 1, 0)
        if depth > DEEPEST:
            return html[: tag.start()]
    return html


@lru_cache(maxsize=16_384)  # the pages of a site are mostly the same tags again
def said_by(
    tag: str, *attributes: tuple[str, str | None]
) -> tuple[tuple[Use, ...], Document | None, str | None]:
    """Return what an element of HTML says, wherever it stands.

    Its uses, what else it adds to a document (None: nothing), and what stands inside it
    (``inline_kind``).
    """
    named = {name.lower(): value for name, value in attributes}
    document = Document()
    add_element(document, tag.lower(), named)
    uses, document.uses = tuple(document.uses), []
    return uses, document if document != Document() else None, inline_kind(tag.lower(), named)


def read_html(data: bytes) -> Document:
    """Read one HTML file with a full parser. Never raises on bad HTML: browsers don't."""
    data = shallow(as_utf8(data))
    document = Document()
    root = LexborHTMLParser(data).root
    for node in root.traverse() if root is not None else ():
        attributes = node.attributes
        only_class = len(attributes) == 1 and "class" in attributes  # most of a page, and mute
        if only_class or not attributes:
            if node.tag == "style":
                document.uses += inline_uses("", node.text())
            continue
        uses, more, inline = said_by(node.tag or "", *attributes.items())
        document.uses += uses
        if more is not None:
            document.ids += more.ids
            document.names += more.names
            document.maps += more.maps
            if document.base is None:
                document.base = more.base
        if inline is not None:
            document.uses += inline_uses(inline, node.text())
    seen: set[str] = set()
    again = {name for name in document.ids if name in seen or seen.add(name)}  # type: ignore[func-returns-value]
    # The parser repeats an unclosed <a id> or <b id>; only the file itself says what was written.
    document.twice = sorted(name for name in again if name and written_twice(data, name))
    return document


INLINE = {"module", "importmap", "application/ld+json", "speculationrules"}


def inline_kind(tag: str, attributes: Mapping[str, str | None]) -> str | None:
    """Return what stands inside an element, if addresses may: "" for CSS, else a script's type."""
    if tag == "style":
        return ""
    kind = (attributes.get("type") or "").strip().lower() if tag == "script" else ""
    return kind if kind in INLINE and "src" not in attributes else None


def inline_uses(kind: str, text: str) -> list[Use]:
    """Return what a page's own style sheet or script uses; ``kind`` is from ``inline_kind``."""
    if not kind:
        return [Use("asset", url) for url in css_urls(text) if not url.startswith("#")]
    if kind == "module":
        return [Use("asset", url) for url in js_imports(text)]
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return [Use("broken", kind)]
    if kind == "application/ld+json":
        return [Use("own", word) for word in _strings(value) if _is_address(word)]
    if not isinstance(value, dict):
        return [Use("broken", kind)]
    if kind == "importmap":
        tables = [value.get("imports"), *_values(value.get("scopes"))]
        words = [word for table in tables for word in _values(table)]
        return [
            Use("asset", w) for w in words if isinstance(w, str) and re.match(r"[./]|https?:", w)
            and not w.endswith("/")
        ]  # fmt: skip
    lists = [rule.get("urls") for rules in _values(value) if isinstance(rules, list)
             for rule in rules if isinstance(rule, dict)]  # fmt: skip
    return [Use("page", url) for urls in lists if isinstance(urls, list) for url in urls
            if isinstance(url, str)]  # fmt: skip


def _values(table: Any) -> list[Any]:
    return list(table.values()) if isinstance(table, dict) else []


def written_twice(data: bytes, name: str) -> bool:
    """Whether an id stands in more than one place in the file itself."""
    if "&" in name or '"' in name or "'" in name or "\ufffd" in name:
        return True
    wanted = re.escape(name.encode("utf-8", "replace"))
    return len(re.findall(rb"""[\s/"']id\s*=\s*["']?%s(?=["'\s>/])""" % wanted, data, re.I)) != 1


def add_element(document: Document, tag: str, attributes: Mapping[str, str | None]) -> None:
    """Enter what one element defines and uses into ``document``."""
    if "id" in attributes:
        document.ids.append(attributes["id"] or "")
    if "name" in attributes:
        if tag == "a":
            document.names.append(attributes["name"] or "")
        elif tag == "map":
            document.maps.append(attributes["name"] or "")
    if tag == "base" and document.base is None and "href" in attributes:
        document.base = attributes["href"] or ""
    document.uses += uses_of(tag, attributes)


def read_css(data: bytes) -> Document:
    """Read a stylesheet."""
    text = data.decode("utf-8-sig", "replace")
    return Document(uses=[Use("asset", url) for url in css_urls(text)])


def read_js(data: bytes) -> Document:
    """Read a script: what it imports, if it is a module."""
    text = data.decode("utf-8-sig", "replace")
    return Document(uses=[Use("asset", url) for url in js_imports(text)])


def read_xml(data: bytes) -> Document:
    """Read sitemap.xml, RSS, Atom, SVG, browserconfig: every address they hold, every id."""
    document = Document()
    try:
        root = ElementTree.fromstring(data)  # expat resolves no external entities
    except (ElementTree.ParseError, ValueError, LookupError) as error:  # an unknown encoding
        document.unreadable = f"är inte giltig XML ({error})"
        return document
    for href in re.findall(rb"<\?xml-stylesheet\b[^>]*?\bhref\s*=\s*[\"']([^\"'<>]*)", data):
        if not href.startswith(b"#"):
            document.uses.append(Use("asset", unescape(href.decode("utf-8", "replace"))))
    document.base = root.get("{http://www.w3.org/XML/1998/namespace}base")
    drawing = root.tag.rpartition("}")[2] == "svg"  # old ones have no namespace
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        space, _, tag = element.tag.rpartition("}")
        attributes = {
            k.replace("{http://www.w3.org/1999/xlink}", "xlink:").rpartition("}")[2].lower(): v
            for k, v in element.attrib.items()
        }
        text = (element.text or "").strip()
        if drawing or "svg" in space:
            add_element(document, tag.lower(), attributes)
            if tag == "style":
                document.uses += inline_uses("", text)
        elif space.endswith("/1999/xhtml"):  # hreflang in sitemaps, the text of an entry in Atom
            add_element(document, tag.lower(), attributes)
        elif tag in ("content_loc", "thumbnail_loc", "player_loc"):  # videos in sitemaps
            document.uses.append(Use("frame", text))
        elif tag in ("icon", "logo", "Image") and text:  # Atom, OpenSearch
            document.uses.append(Use("asset", text))
        elif tag == "Url" and "template" in attributes:  # OpenSearch
            document.uses.append(Use("own", attributes["template"].partition("{")[0]))
        elif tag in ("content", "summary", "description", "encoded") and "<" in text:
            # HTML as text, in a feed. Readers don't agree on what a relative address starts from.
            uses = read_html(text.encode("utf-8", "replace")).uses
            document.uses += [Use("own", use.value) for use in uses if _is_address(use.value)]
        elif tag == "loc" or (tag in ("link", "comments") and text.startswith(("http", "/"))):
            document.uses.append(Use("asset" if "image" in space else "page", text))
        elif tag == "guid" and attributes.get("ispermalink", "true") == "true":
            if text.startswith("http"):
                document.uses.append(Use("page", text))
        elif tag == "url" and text.startswith("http"):  # RSS <image>
            document.uses.append(Use("asset", text))
        elif "url" in attributes:  # RSS <enclosure>, Media RSS
            document.uses.append(Use("frame", attributes["url"]))
        elif tag == "image" and "href" in attributes:  # podcasts
            document.uses.append(Use("asset", attributes["href"]))
        elif tag == "link" and "href" in attributes:  # Atom
            kind = "frame" if attributes.get("rel") == "enclosure" else "page"
            document.uses.append(Use(kind, attributes["href"]))
        elif "src" in attributes:  # browserconfig.xml, Atom's <content src>
            document.uses.append(Use("frame", attributes["src"]))
    return document


def read_robots(data: bytes) -> Document:
    """Read robots.txt: where it says that the sitemap is."""
    text = data.decode("utf-8-sig", "replace")
    found = re.findall(r"^\s*sitemap\s*:\s*(\S+)", text, re.I | re.M)
    return Document(uses=[Use("asset", url) for url in found])


def read_security(data: bytes) -> Document:
    """Read security.txt (RFC 9116): addresses of contact, policy, key, and its own."""
    text = data.decode("utf-8-sig", "replace")
    found = re.findall(r"^[A-Za-z-]+:[ \t]*((?:https?|mailto|tel):\S+)\s*$", text, re.I | re.M)
    return Document(uses=[Use("page", url) for url in found])


def read_redirects(data: bytes) -> Document:
    """Read _redirects (Netlify, Cloudflare Pages): where each line leads, if it names a page."""
    document = Document()
    for line in data.decode("utf-8-sig", "replace").splitlines():
        words = re.sub(r"(?:^|\s)#.*", "", line).split()
        goal = next((word for word in words[1:] if re.match(r"/|https?://", word)), "")
        if goal and not re.search(r"\*|/:\w|^/\.", goal):  # placeholders, the host's own things
            document.uses.append(Use("page", goal))
    return document


def read_htaccess(data: bytes) -> Document:
    """Read .htaccess (Apache's mod_alias and core): where its redirects and error pages lead."""
    document = Document()
    for line in data.decode("utf-8-sig", "replace").splitlines():
        words = [double or bare for double, bare in re.findall(r'"([^"]*)"|(\S+)', line)]
        name = words[0].lower() if words else ""
        if name == "errordocument":
            words = words[1:]
        elif not re.fullmatch(r"redirect(?:match|permanent|temp)?", name):
            continue
        elif words[1:2] and re.fullmatch(r"\d{3}|permanent|temp|seeother|gone", words[1], re.I):
            words = words[1:]
        if len(words) == (2 if name == "errordocument" else 3):
            goal = words[-1]
            if re.match(r"/|https?://", goal) and not re.search(r"\$\d|%\{", goal):
                document.uses.append(Use("page", goal))
    return document


def read_json(data: bytes) -> Document:
    """Read a web manifest, a JSON Feed, a search index of MkDocs, or any other JSON.

    In "any other" only strings that are whole addresses count; the judge passes over those that
    lead to other hosts.
    """
    document = Document()
    try:
        value = json.loads(data)
    except (ValueError, RecursionError) as error:
        document.unreadable = f"är inte giltig JSON ({error})"
        return document
    if isinstance(value, dict) and "docs" in value and "config" in value:
        for row in _list(value["docs"]):
            if isinstance(row, dict) and isinstance(row.get("location"), str):
                document.uses.append(Use("root", row["location"]))
    elif isinstance(value, dict) and ("start_url" in value or "icons" in value):
        document.uses += _manifest(value)
    else:
        document.uses += [Use("own", text) for text in _strings(value) if _is_address(text)]
    return document


def _is_address(text: str) -> bool:
    return text.startswith(("http://", "https://")) and not re.search(r"\s", text)


def _manifest(value: Mapping[str, Any]) -> Iterator[Use]:
    """Web Application Manifest: members that are addresses."""
    if isinstance(value.get("start_url"), str):
        yield Use("page", value["start_url"])
    for holder in (value.get("share_target"), *_list(value.get("file_handlers"))):
        if isinstance(holder, dict) and isinstance(holder.get("action"), str):
            yield Use("page", holder["action"])
    holders = [value, *[s for s in _list(value.get("shortcuts")) if isinstance(s, dict)]]
    for holder in holders:
        if holder is not value and isinstance(holder.get("url"), str):
            yield Use("page", holder["url"])
        for group in ("icons", "screenshots"):
            for picture in _list(holder.get(group)):
                if isinstance(picture, dict) and isinstance(picture.get("src"), str):
                    yield Use("asset", picture["src"])


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _strings(value: Any) -> Iterator[str]:
    stack = [value]
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            yield item
        elif isinstance(item, dict):
            stack.extend(reversed(list(item.values())))
        elif isinstance(item, list):
            stack.extend(reversed(item))


def read_pdf(data: bytes) -> Document:
    """Read a PDF: its links, its named destinations (as ids), links inside it to no place."""
    import io

    import pikepdf

    document = Document()
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            document.ids = sorted(_destinations(pdf.Root))
            document.ids += [f"page={number}" for number in range(1, len(pdf.pages) + 1)]
            for page in pdf.pages:
                for entry in page.obj.get("/Annots", ()):
                    if entry.get("/Subtype") == "/Link":
                        document.uses += _pdf_link(entry, document.ids)
    except pikepdf.PasswordError:
        document.unreadable = "är låst med ett lösenord"
    except Exception as error:  # qpdf's own have no class in common that is public
        # It names the object read from, with an address that is never the same.
        text = re.sub(r"(?:stream )?<[^>]*>:? ?", "", str(error))
        document.unreadable = f"kan inte läsas som PDF ({text or type(error).__name__})"
    return document


def _destinations(root: Any) -> set[str]:
    """Return the names that places in a PDF go by: the old dictionary and the name tree."""
    import pikepdf

    names = {key.removeprefix("/") for key in root.get("/Dests", {}).keys()}  # noqa: SIM118
    tree = root.get("/Names", {}).get("/Dests")
    return names | (set(map(str, pikepdf.NameTree(tree))) if tree is not None else set())


def _pdf_link(entry: Any, known: list[str]) -> Iterator[Use]:
    """Yield what a link annotation leads to (ISO 32000-2, 12.5.6.5 and 12.6.4)."""
    import pikepdf

    action = entry.get("/A", {})
    if "/URI" in action:
        yield Use("page", str(action["/URI"]))
    elif action.get("/S") == "/GoToR":
        file = action.get("/F")
        if isinstance(file, pikepdf.Dictionary):
            file = file.get("/UF", file.get("/F"))
        if file is not None:
            yield Use("frame", str(file))
    else:
        goal = action.get("/D", entry.get("/Dest"))
        if isinstance(goal, (pikepdf.String, pikepdf.Name)):  # an array names its page itself
            name = str(goal).removeprefix("/")
            if name not in known:
                yield Use("ref", name)


NAMED: dict[str, Callable[[bytes], Document]] = {
    "robots.txt": read_robots,
    "security.txt": read_security,
    "_redirects": read_redirects,
    ".htaccess": read_htaccess,
}


def reader_for(path: str) -> Callable[[bytes], Document] | None:
    """Return the function that reads files named like ``path``; None if they hold no addresses."""
    name = path.rsplit("/", 1)[-1].lower()
    extension = name.rsplit(".", 1)[-1] if "." in name else ""
    if name in NAMED:
        return NAMED[name]
    return {
        "html": read_html,
        "htm": read_html,
        "xhtml": read_html,
        "css": read_css,
        "js": read_js,
        "mjs": read_js,
        "xml": read_xml,
        "rss": read_xml,
        "atom": read_xml,
        "svg": read_xml,
        "json": read_json,
        "webmanifest": read_json,
        "pdf": read_pdf,
    }.get(extension)


def is_html(path: str) -> bool:
    """Whether a file is a page."""
    return path.endswith((".html", ".htm", ".xhtml", ".HTML", ".HTM", ".XHTML"))
