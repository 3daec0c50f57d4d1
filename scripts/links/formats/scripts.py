"""What a script loads: imports of modules, and the data that stands in script elements."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from scripts.links.formats.data import is_address, strings
from scripts.links.formats.document import Document, Use
from scripts.links.formats.styles import css_urls

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

INLINE = {"module", "importmap", "application/ld+json", "speculationrules"}


def js_imports(text: str) -> list[str]:
    """Return the relative addresses that a module imports; bare names belong to import maps."""
    if "import" not in text and "export" not in text:
        return []
    end = text.rfind("*/") + 2  # to look for the end of each "/*" after it would take for ever
    text = JS_COMMENT.sub(" ", text[:end]) + JS_COMMENT.sub(" ", text[end:].replace("/*", " "))
    text = JS_TEMPLATE.sub("``", text)  # code that is shown, not run
    return [next(filter(None, groups)) for groups in JS_IMPORT.findall(text)]


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
        return [Use("own", word) for word in strings(value) if is_address(word)]
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


def read_js(data: bytes) -> Document:
    """Read a script: what it imports, if it is a module."""
    text = data.decode("utf-8-sig", "replace")
    return Document(uses=[Use("asset", url) for url in js_imports(text)])
