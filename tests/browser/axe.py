"""axe-core on a page or in a frame: WCAG 2.2, A and AA; and the ways a page can be shown."""

from __future__ import annotations

from typing import Any

from scripts.audit.visit import AXE

WCAG = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    "resultTypes": ["violations"],
    # a style sheet would be fetched again, which a sandboxed frame and a file may not
    "preload": False,
}
# What colours decide, and nothing else does; half of the time.
COLOURS = {**WCAG, "runOnly": ["color-contrast", "link-in-text-block"]}
PAPER = {**WCAG, "rules": {"target-size": {"enabled": False}}}  # nobody hits a link on paper
# Colours on their way would be measured as they are, so nothing moves.
SCREEN = {"media": "screen", "forced_colors": "none", "reduced_motion": "reduce"}
LIGHT = {**SCREEN, "color_scheme": "light"}
MEDIA = {  # what the medium is to the browser, and what axe is asked in it
    "ljust": (LIGHT, WCAG),
    "mörkt": ({**SCREEN, "color_scheme": "dark"}, COLOURS),
    "tvingade färger": ({**LIGHT, "forced_colors": "active"}, COLOURS),
    "papper": ({**LIGHT, "media": "print"}, PAPER),
}


def violations(frame, which: dict[str, Any] = WCAG) -> list[str]:
    """Return one line for each violation in a page or a frame: rule, then element."""
    if not frame.evaluate("() => 'axe' in window"):
        frame.evaluate(AXE.read_text(encoding="utf-8"))
    result = frame.evaluate("options => axe.run(options)", which)["violations"]
    return [f"{v['id']}: {node['html'][:150]}" for v in result for node in v["nodes"]]


def in_every_medium(page) -> list[str]:
    """Return what is found on the page as it stands, light, dark, in forced colours, on paper."""
    found = []
    for medium, (emulated, which) in MEDIA.items():
        page.emulate_media(**emulated)
        found += [f"{medium}: {violation}" for violation in violations(page, which)]
    page.emulate_media(**LIGHT)
    return found
