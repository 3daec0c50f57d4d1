"""A publisher's own colours, by ``colours`` in mkdocs.yml: checked, then put in the style sheet."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scripts.content.config import Config
from scripts.content.content import Content
from scripts.core.findings import Finding
from scripts.site.html_site import HtmlSite

SHEET = "assets/site.css"
# What the colours stand on, and white letters on the light one, which is the header's, too.
GROUNDS = ("--md-default-bg-color", "--site-box", "--site-warn", "--site-danger-box")
LETTERS = ("--md-typeset-a-color", "--md-accent-fg-color", "--site-focus")
HEADER = ("--md-primary-fg-color", "--md-footer-bg-color")
DARK = "@media screen and (prefers-color-scheme: dark)"
LEAST = 4.5  # WCAG 2.2, 1.4.3 (AA)


def luminance(colour: str) -> float:
    """Return a colour's relative luminance (WCAG 2.2): "#fff", "#ffffff"."""
    digits = colour[1:] if len(colour) == 7 else "".join(2 * one for one in colour[1:])
    parts = (int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return two colours' contrast (WCAG 2.2): 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def apply_theme_colors(_: Content, site: HtmlSite, config: Config) -> list[Finding]:
    """Put the colours last in the site's style sheet; return those that can't be read."""
    colours = config.extra.colours
    if colours is None:
        return []
    sheet = (site.root / SHEET).read_text(encoding="utf-8")
    faults = list(_faults(config, sheet))
    if not faults:
        light = _rule((*LETTERS, *HEADER), colours.light)
        site.write(SHEET, f"{sheet}\n{light}\n{DARK} {{ {_rule(LETTERS, colours.dark)} }}\n")
    return faults


def _rule(names: tuple[str, ...], colour: str) -> str:
    return f":root {{ {' '.join(f'{name}: {colour};' for name in names)} }}"


def _faults(config: Config, sheet: str) -> Iterator[Finding]:
    for name, part in zip(("light", "dark"), sheet.split(DARK, 1), strict=True):
        own = getattr(config.extra.colours, name)
        grounds = dict(reversed(re.findall(rf"({'|'.join(GROUNDS)}): (#\w+);", part)))
        worst = min(grounds.values(), key=lambda ground: contrast(own, ground))
        if (ratio := contrast(own, worst)) < LEAST:
            said, least = (f"{number:.1f}".replace(".", ",") for number in (ratio, LEAST))
            message = (
                f"{name}: {own} har kontrasten {said}:1 mot {worst}. Minst {least}:1 behövs (WCAG "
                f"2.2 AA). Välj en {'mörkare' if name == 'light' else 'ljusare'} färg."
            )
            yield Finding(*config.location("extra", "colours", name), "contrast", message)
