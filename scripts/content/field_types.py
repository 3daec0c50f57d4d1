"""The types of fields that registers share, and the words that an editor may choose among.

A type says who sees the text, and which register a key is in. A table of choices has the words that
a reader sees for each.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, TypeAlias

from scripts.content.fields import CELL, ITEM, LABEL, NOTE, SPOKEN, TEXT, Field

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

ANSWERED = "besvarad"
QUESTION_KINDS = {  # in the order of the list of questions
    "osaker": "Osäkert just nu",
    "motstridig": "Källor säger olika",
    ANSWERED: "Besvarade frågor",
}
LEVELS = {
    1: "Kontrollera först: frågan ändrar vad du ska göra nu",
    2: "Osäkert: svaret står där frågan hör hemma",
    3: "Så säker är sidan: frågan står sist på sidan",
}

# The verdict of an outcome. Questions follow after AHEAD; the others end the guide.
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

# How a handout looks on paper: layouts.py has each.
HANDOUT_FORMATS = (
    "blad",
    "checklista",
    "affisch",
    "affisch-a3",
    "fickkort",
    "samtalsblad",
    "kort-a6",
)
# How far the site follows the law on accessibility, in the words of the law.
CONFORMITY = ("helt förenlig", "delvis förenlig", "inte förenlig")

# The kinds of pages, in the order of their letters in the search index.
PROCEDURE = "gör"  # a page to act by: steps, and no marks in the text
PAGE_KINDS = (
    PROCEDURE,
    "ring",
    "lista",
    "regel",
    "förklarar",
    "öppen",
    "ord",
    "lär",
    "personen",
    "om",
    "lagrum",
)

# "/om/", "/odla/tomat/#vattna": from the site's root, in the letters of pages' names and ids.
ADDRESS = r"/(?:[a-z0-9_-]+/)*(?:#[a-z0-9_-]+)?"
PAGE = r"/[\w/.-]+\.md(#[\w-]+)?"  # "/odla/tomat.md", "/odla/tomat.md#vattna"
Label: TypeAlias = Annotated[str, Field(LABEL)]  # a name or a heading: no sentence
Text: TypeAlias = Annotated[str, Field(TEXT)]  # whole sentences
Item: TypeAlias = Annotated[str, Field(ITEM)]  # an item of a list
Cell: TypeAlias = Annotated[str, Field(CELL)]  # a few words: no sentence
Spoken: TypeAlias = Annotated[str, Field(SPOKEN)]  # to be read aloud, in several languages
SourceKey: TypeAlias = Annotated[str, Field(refers_to="sources")]
NamedSource: TypeAlias = Annotated[str, Field(refers_to="sources", counts_as_use=False)]
ContactKey: TypeAlias = Annotated[str, Field(refers_to="contacts")]
QuestionKey: TypeAlias = Annotated[str, Field(refers_to="questions")]
StepKey: TypeAlias = Annotated[str, Field(refers_to="steps")]  # "odla/tomat#vattna"
RegionKey: TypeAlias = Annotated[str, Field(refers_to="regions")]
# How sure a source or a fact is.
Certainty: TypeAlias = Annotated[str, Field(choices=("saker", "osaker", "motstridig"))]
SourceKind: TypeAlias = Annotated[str, Field(choices=tuple(SOURCE_KINDS))]
SfsNumber: TypeAlias = Annotated[
    str, Field(pattern=r"\d{4}:\d+", pattern_help='ett SFS-nummer, till exempel "2005:716"')
]
# A part of an address, or the name of a file: "kap-5".
Slug: TypeAlias = Annotated[
    str,
    Field(
        pattern=r"[a-z0-9]+(-[a-z0-9]+)*", pattern_help="små bokstäver a–z, siffror och bindestreck"
    ),
]
ShortKey: TypeAlias = Annotated[
    str,
    Field(
        pattern=r"[a-z0-9]+(-[a-z0-9]+)*(#[a-z0-9_-]+)?",
        pattern_help='en kortadress som "akut", eller "akut#fara" till en rubrik',
    ),
]
PageKind: TypeAlias = Annotated[str, Field(choices=PAGE_KINDS)]
LanguageTag: TypeAlias = Annotated[
    str,
    Field(
        pattern=r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*",
        pattern_help='ett språk som "sv", "en" eller "zh-Hant" (BCP 47)',
    ),
]
PageLink: TypeAlias = Annotated[
    str,
    Field(refers_to="pages", pattern=PAGE, pattern_help='en sida som "/odla/tomat.md#blankett"'),
]
SiteAddress: TypeAlias = Annotated[
    str, Field(pattern=ADDRESS, pattern_help='en adress på sajten, som "/om/#sidan"')
]
PastLink: TypeAlias = Annotated[  # in a report of a change: the page may have been removed since
    str,
    Field(
        refers_to="pages",
        pattern=PAGE,
        pattern_help='en sida som "/odla/tomat.md"',
        dangling_ok=True,
    ),
]
WebAddress: TypeAlias = Annotated[
    str,
    Field(
        pattern=r"https?://[^\s/]+\.\w.*", pattern_help="en hel webbadress", known_phones_only=False
    ),
]
# Text about future law or an earlier version: exempt from the check of uncited numbers.
Reported: TypeAlias = Annotated[str, Field(TEXT, needs_source=False, known_phones_only=False)]
Note: TypeAlias = Annotated[str, Field(NOTE, needs_source=False)]
PageFile: TypeAlias = Annotated[str, Field(refers_to="files", dangling_ok=True)]
Pattern: TypeAlias = Annotated[str, Field(is_regex=True)]
# A record's key, and values computed from its other fields: no editor writes them.
Computed: TypeAlias = Annotated[str, Field(computed=True)]
ComputedKeys: TypeAlias = Annotated[tuple[str, ...], Field(computed=True)]


def page_kind_of(address: str, kinds: Mapping[str, str]) -> str:
    """Return the kind of the page or section with an address, "odla/tomat/" or
    "odla/tomat/#vattna": the kind given for the section, or else for the page, or else for the
    nearest folder; "" if none is given.

    ``kinds``: address → kind, as in ``Content.page_kinds``; a folder is "odla/*".
    """
    page_address = address.partition("#")[0]
    # of "odla/tomat/": "odla/*", "odla/tomat/*"
    folders = [page_address[: slash.end()] + "*" for slash in re.finditer("/", page_address)]
    for key in (address, page_address, *reversed(folders)):
        if key in kinds:
            return kinds[key]
    return ""
