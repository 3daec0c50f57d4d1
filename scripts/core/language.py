"""What the site itself says on a page in another language than Swedish (`lang: en`).

Code and templates are written with the Swedish words. What isn't here stays Swedish.
"""

from __future__ import annotations

SWEDISH = "sv"
# Language → the Swedish words → that language's. main.html and the partials are given it, too.
WORDS = {
    "en": {
        "Granskas senast": "Next review by",
        "Granskad": "Reviewed",
        "granskas senast": "next review by",
        "Lagen läst": "Swedish law read",
        "lagen läst": "law read",
        "Ansvarig:": "Editor:",
        "Sidan skulle ha granskats igen. Kontrollera uppgifterna hos källan innan du litar på "
        "dem.": "The review of this page is overdue. Check the facts with the source before you "
        "rely on them.",
        "På den här sidan": "On this page",
        "källa": "source",
        "Skriv ut": "Print",
        "Kopiera länk": "Copy link",
        "Senaste versionen:": "Newest version:",
        "Sidor som texten länkar till": "Pages this page links to",
        "Något fel eller oklart på sidan?": "Something wrong or unclear on this page?",
        "Fel eller oklart:": "Violation or unclear:",
        "Skriv inget om en enskild person.": "Write nothing about an individual.",
        "januari": "January",
        "februari": "February",
        "mars": "March",
        "april": "April",
        "maj": "May",
        "juni": "June",
        "juli": "July",
        "augusti": "August",
        "september": "September",
        "oktober": "October",
        "november": "November",
        "december": "December",
    },
}


def phrase(text: str, language: str) -> str:
    """Return the site's own Swedish words in ``language``; unchanged where it has none for them."""
    return WORDS.get(language, {}).get(text, text)
