"""The words an editor may choose among in the registers, and what a reader sees for each."""

from __future__ import annotations

# How sure a source or a fact is.
CERTAINTY = ("saker", "osaker", "motstridig")

SOURCE_KINDS = {  # in the order of the list of sources
    "lag": "Lagar",
    "forordning": "Förordningar",
    "forarbete": "Förarbeten och utredningar",
    "myndighet": "Myndigheter",
    "eu": "EU",
    "internationellt": "Internationella organ",
    "organisation": "Organisationer",
    "medier": "Medier",
    "annan": "Övrigt",
}

SETTLED = "besvarad"
QUESTION_KINDS = {  # in the order of the list of questions
    "osaker": "Osäkert just nu",
    "motstridig": "Källor säger olika",
    SETTLED: "Besvarade frågor",
}
LEVELS = {
    1: "Kontrollera först: frågan ändrar vad du ska göra nu",
    2: "Osäkert: svaret står där frågan hör hemma",
    3: "Så säker är sidan: frågan står sist på sidan",
}

# What an outcome says in one word. After AHEAD the questions go on; the others are the end.
VERDICTS = {
    "akut": "Gör det här nu",
    "forst": "Gör det här först",
    "nej": "Det här är inte rätt väg nu",
    "kanske": "Det här kan bli aktuellt",
    "oklart": "Det går inte att svara än",
}
AHEAD = ("akut", "forst")

STATUSES = {  # of a change of the law, in the order of the page
    "beslutat": "Beslutat",
    "oklart": "Troligen beslutat, men vi har inte sett beslutet",
    "foreslaget": "Bara föreslaget",
}

# A contact's fields that readers see and that may cite sources.
CONTACT_TEXTS = ("for_whom", "hours", "what_happens", "not_for", "note", "doubt")

# What a fact is: a number to call, a form, a time … core/values.py knows how each is written.
FACT_KINDS = (
    *("telefon", "epost", "blankett", "procent", "lag", "beteckning", "lagrum", "datum"),
    *("tid", "alder", "straff", "belopp", "antal"),
)
# How a handout looks on paper: layouts.py has each.
FORMS = (
    *("blad", "checklista", "affisch", "affisch-a3", "fickkort", "samtalsblad", "kort", "kort-a6"),
)
# How far the site follows the law on accessibility, in the words of the law.
CONFORMITY = ("helt förenlig", "delvis förenlig", "inte förenlig")

# What a page is for, in the order of the letters that the search index has for them.
PAGE_KINDS = (
    *("gör", "ring", "lista", "förklarar", "öppen", "ord", "lär", "personen", "om", "skriva"),
)
