"""JSON with addresses in it: a web manifest, a JSON Feed, a search index, any other."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from scripts.links.formats.document import Document, Use


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
        document.uses += [Use("own", text) for text in strings(value) if is_address(text)]
    return document


def is_address(text: str) -> bool:
    """Whether a string is a whole address."""
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


def strings(value: Any) -> Iterator[str]:
    """Yield every string of JSON, in order."""
    stack = [value]
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            yield item
        elif isinstance(item, dict):
            stack.extend(reversed(list(item.values())))
        elif isinstance(item, list):
            stack.extend(reversed(item))
