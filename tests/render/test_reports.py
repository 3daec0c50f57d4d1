"""The pages made of the project's own facts: the accessibility statement."""

from __future__ import annotations

import re


def test_accessibility_statement_has_the_required_content(garden):
    """Each point has its label and the register's text (MDFFS 2019:2)."""
    text = " ".join(re.sub(r"<[^>]+>", " ", garden.page("om/tillganglighet")).split())
    for label, value in (
        ("Vem som svarar för sajten:", "Odlarna"),
        ("Berätta om brister:", ""),
        ("Vad redogörelsen gäller:", "hela den här sajten"),
        ("Följer den lagen?", "Den är delvis förenlig med kraven"),
        ("Bedömd:", "1 mars 2026"),
        ("Senast ändrad:", "2 mars 2026"),
        ("Så är den bedömd:", "Några odlare har prövat."),
        ("Undantag för att det vore oskäligt betungande:", "Inget."),
        ("Innehåll som lagen inte gäller för:", "Böckerna."),
        ("Ingen har lyssnat på sidorna.", "Varför: Vi har inte hunnit."),
    ):
        assert f"{label} {value}".strip() in text, label
