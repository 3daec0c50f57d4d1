"""A publisher's own colours (``colours`` in mkdocs.yml): checks their contrast, adds them to
site.css."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scripts.content.config import Config
from scripts.content.content import Content
from scripts.core.findings import Finding
from scripts.site.html_site import HtmlSite

STYLESHEET = "assets/site.css"
# Custom properties of the stylesheet: backgrounds that the colour is used on, the text and focus
# colours that it replaces, and those of the header and the foot, whose text is white.
BACKGROUNDS = ("--md-default-bg-color", "--site-box", "--site-warn", "--site-danger-box")
TEXT_COLOURS = ("--md-typeset-a-color", "--md-accent-fg-color", "--site-focus")
HEADER_COLOURS = ("--md-primary-fg-color", "--md-footer-bg-color")
DARK = "@media screen and (prefers-color-scheme: dark)"
MINIMUM_CONTRAST = 4.5  # WCAG 2.2, 1.4.3 (AA)


def luminance(colour: str) -> float:
    """Return the relative luminance (WCAG 2.2) of "#fff" or "#ffffff": 0 to 1."""
    digits = colour.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(2 * digit for digit in digits)
    red, green, blue = (_linear(int(digits[i : i + 2], 16) / 255) for i in (0, 2, 4))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    """Return the linear value (0 to 1) of an sRGB channel (0 to 1), as WCAG 2.2 defines it."""
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def contrast(colour: str, other: str) -> float:
    """Return the contrast ratio of two colours (WCAG 2.2): 1 to 21."""
    darker, lighter = sorted((luminance(colour), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def apply_theme_colors(_: Content, site: HtmlSite, config: Config) -> list[Finding]:
    """Page step: append the publisher's colours to the stylesheet, or leave it unchanged and return
    findings if their contrast is too low."""
    colours = config.extra.colours
    if colours is None:
        return []
    css = (site.root / STYLESHEET).read_text(encoding="utf-8")
    findings = list(_contrast_findings(config, css))
    if not findings:
        light = _rule((*TEXT_COLOURS, *HEADER_COLOURS), colours.light)
        dark = f"{DARK} {{ {_rule(TEXT_COLOURS, colours.dark)} }}"
        site.write(STYLESHEET, f"{css}\n{light}\n{dark}\n")
    return findings


def _rule(properties: tuple[str, ...], colour: str) -> str:
    """Return a CSS rule that sets custom properties to one colour."""
    declarations = " ".join(f"{name}: {colour};" for name in properties)
    return f":root {{ {declarations} }}"


def _contrast_findings(config: Config, css: str) -> Iterator[Finding]:
    """Yield a finding for each of the publisher's two colours, for light and dark screens, that has
    too low contrast to a background of its colour scheme. The message names the background with the
    lowest contrast."""
    light_css, dark_css = css.split(DARK, 1)
    schemes = (("light", light_css, "mörkare"), ("dark", dark_css, "ljusare"))
    for name, scheme_css, better in schemes:
        colour = getattr(config.extra.colours, name)
        worst = min(_backgrounds(scheme_css), key=lambda background: contrast(colour, background))
        ratio = contrast(colour, worst)
        if ratio < MINIMUM_CONTRAST:
            message = (
                f"{name}: {colour} har kontrasten {_decimal(ratio)}:1 mot {worst}. Minst "
                f"{_decimal(MINIMUM_CONTRAST)}:1 behövs (WCAG 2.2 AA). Välj en {better} färg."
            )
            yield Finding(*config.location("extra", "colours", name), "contrast", message)


def _backgrounds(css: str) -> list[str]:
    """Return the background colours of a colour scheme: the first value that its stylesheet ``css``
    gives each of BACKGROUNDS."""
    colours = []
    for name in BACKGROUNDS:
        match = re.search(rf"{name}: (#\w+);", css)  # "--site-box: #f5f5f5;"
        if match:
            colours.append(match[1])
    return colours


def _decimal(number: float) -> str:
    """Return a number with one decimal, in Swedish: "4,5"."""
    return f"{number:.1f}".replace(".", ",")
