"""UI strings on a page in another language than Swedish (`lang: en`).

Code and templates hold the Swedish strings, which are the keys. A string without a translation is
shown in Swedish.
"""

from __future__ import annotations

SWEDISH = "sv"
# Language (BCP 47) → Swedish string → its translation. main.html and the partials read it, too.
TRANSLATIONS = {
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
        "Något fel eller oklart på sidan?": "Something wrong or unclear on this page?",
        "Fel eller oklart:": "Wrong or unclear:",
        "Sida:": "Page:",
        "Avsnitt:": "Section:",
        "Version:": "Version:",
        "Föreslå en ändring av sidan": "Suggest a change to this page",
        "Sajtens version:": "Version of the site:",
        "med senare ändringar": "with later changes",
        "Skriv inget om en enskild person.": "Write nothing about an individual.",
        # The guide
        "Vet inte": "Don't know",
        "En fråga i vägledningen.": "A question of the guide.",
        "Ett svar i vägledningen.": "An answer of the guide.",
        "Fråga": "Question",
        "av högst": "of at most",
        "Tillbaka": "Back",
        "Börja om": "Start again",
        "Hela vägledningen på en sida": "The whole guide on one page",
        "Vad orden betyder": "What the words mean",
        "Det här har du inte svarat på": "You have not answered this",
        "Fortsätt:": "Go on:",
        "Kontakta": "Contact",
        "Osäkert just nu": "Uncertain at present",
        "Du svarade": "You answered",
        "på frågan": "to the question",
        "Ändra": "Change",
        "Alla svar som leder hit": "All answers that lead here",
        "eller": "or",
        "Frågorna": "The questions",
        "fråga": "question",
        "Svaren": "The answers",
        "Svaret:": "The answer:",
        "Gör det här nu": "Do this now",
        "Gör det här först": "Do this first",
        "Det här är inte rätt väg nu": "This is not the right way now",
        "Det här kan bli aktuellt": "This may be relevant",
        "Det går inte att svara än": "There is no answer yet",
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


def gettext(text: str, language: str) -> str:
    """Return the translation of the Swedish UI string ``text`` into ``language`` (BCP 47), or
    ``text`` itself if TRANSLATIONS has none."""
    return TRANSLATIONS.get(language, {}).get(text, text)
