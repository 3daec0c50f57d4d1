"""What CSS loads (CSS Syntax 3, CSS Images 4)."""

from __future__ import annotations

import re

from scripts.links.formats.document import Document, Use

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

CSS_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})[ \t\n\f]?|(.))", re.S)


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


def read_css(data: bytes) -> Document:
    """Read a stylesheet."""
    text = data.decode("utf-8-sig", "replace")
    return Document(uses=[Use("asset", url) for url in css_urls(text)])
