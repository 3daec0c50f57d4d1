"""What macros have become in the built site."""

from __future__ import annotations


def test_the_accessibility_statement_has_what_digg_asks(site):
    """By name, since a word in the wrong place is no statement."""
    text = (site / "om/tillganglighet/index.html").read_text(encoding="utf-8")
    for wanted in (
        *("Vem som svarar för sajten:", "hela den här sajten", "förenlig med kraven"),
        *("Brister vi känner till", "Varför:", "Bedömd:", "Senast ändrad:", "Så är den bedömd:"),
        *("Berätta om brister:", "https://www.digg.se/tdosanmalan"),
        *("oskäligt betungande", "lagen inte gäller för"),
    ):
        assert wanted in text, wanted
