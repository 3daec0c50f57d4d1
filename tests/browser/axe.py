"""axe-core on a page: WCAG 2.2, A and AA."""

from __future__ import annotations

from typing import Any

from tests.machine import NODE_TOOLS

SOURCE = NODE_TOOLS / "node_modules/axe-core/axe.min.js"
WCAG = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    "resultTypes": ["violations"],
}
# What colours decide, and nothing else does; half of the time.
COLOURS = {**WCAG, "runOnly": ["color-contrast", "link-in-text-block"]}


def violations(frame, which: dict[str, Any] = WCAG, **options: Any) -> list[str]:
    """Return one line for each violation in a page or a frame: rule, then element."""
    if not frame.evaluate("() => 'axe' in window"):
        frame.evaluate(SOURCE.read_text(encoding="utf-8"))
    result = frame.evaluate("options => axe.run(options)", {**which, **options})["violations"]
    return [f"{v['id']}: {node['html'][:150]}" for v in result for node in v["nodes"]]
