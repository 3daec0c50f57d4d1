"""The kinds of fields that registers share: who sees a text, which register a key is in."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from scripts.content.choices import CERTAINTY, SOURCE_KINDS
from scripts.content.fields import CELL, ITEM, LABEL, NOTE, SPOKEN, TEXT, Field, Iso

LANGUAGE_TAG = r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*"

# From the site's root, in the letters that pages and ids are named with: it stands in six servers'
# settings as it is.
ADDRESS = r"/(?:[a-z0-9_-]+/)*(?:#[a-z0-9_-]+)?"
PAGE = r"/[\w/.-]+\.md(#[\w-]+)?"
Label: TypeAlias = Annotated[str, Field(LABEL)]
Text: TypeAlias = Annotated[str, Field(TEXT)]
Item: TypeAlias = Annotated[str, Field(ITEM)]
Cell: TypeAlias = Annotated[str, Field(CELL)]
Spoken: TypeAlias = Annotated[str, Field(SPOKEN)]
SourceKey: TypeAlias = Annotated[str, Field(refers="sources")]
NamedSource: TypeAlias = Annotated[str, Field(refers="sources", uses=False)]
ContactKey: TypeAlias = Annotated[str, Field(refers="contacts")]
QuestionKey: TypeAlias = Annotated[str, Field(refers="questions")]
RegionKey: TypeAlias = Annotated[str, Field(refers="regions")]
Certainty: TypeAlias = Annotated[str, Field(choices=CERTAINTY)]
SourceKind: TypeAlias = Annotated[str, Field(choices=tuple(SOURCE_KINDS))]
SfsNumber: TypeAlias = Annotated[
    str, Field(like=r"\d{4}:\d+", form='ett SFS-nummer, till exempel "2005:716"')
]
# A part of an address, or the name of a file.
Slug: TypeAlias = Annotated[
    str, Field(like=r"[a-z0-9]+(-[a-z0-9]+)*", form="små bokstäver a–z, siffror och bindestreck")
]
LanguageTag: TypeAlias = Annotated[
    str, Field(like=LANGUAGE_TAG, form='ett språk som "sv", "en" eller "zh-Hant" (BCP 47)')
]
PageLink: TypeAlias = Annotated[
    str,
    Field(
        refers="pages",
        like=PAGE,
        form='en sida som "/odla/tomat.md#blankett"',
    ),
]
SiteAddress: TypeAlias = Annotated[
    str, Field(like=ADDRESS, form='en adress på sajten, som "/om/#sidan"')
]
PastLink: TypeAlias = Annotated[  # of what has happened: the page may be gone since then
    str, Field(refers="pages", like=PAGE, form='en sida som "/odla/tomat.md"', may_go=True)
]
WebAddress: TypeAlias = Annotated[
    str, Field(like=r"https?://[^\s/]+\.\w.*", form="en hel webbadress")
]
# Of a law that isn't there yet, or of what stood here before: it has numbers of its own.
Reported: TypeAlias = Annotated[str, Field(TEXT, facts=False)]
Note: TypeAlias = Annotated[str, Field(NOTE, facts=False)]
PageFile: TypeAlias = Annotated[str, Field(refers="files", may_go=True)]
IsoOrUndated: TypeAlias = Annotated[Iso, Field(also=("odaterad",))]
