"""Text to words and stems, the same way as overrides/assets/search-words.js; Swedish word lists."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator

import snowballstemmer  # type: ignore[import-untyped]

# A word or number; the first alternative that matches counts. In order: "5 kap. 15 a och 16 b §§",
# "chapter 5, section 15", "5:15 a", "020-390 000", "tomat". The same in search-words.js.
TOKEN = re.compile(
    r"""
      (?P<chapter>\d+(?:\ ?[a-d](?=\ ))?)\ ?kap(?:itlet|itel|\.)?\ ?
      (?P<section>\d+)(?:\ ?(?P<letter>[a-h])(?![^\W_]))?
      (?:\ och\ (?P<section2>\d+)\ ?(?P<letter2>[a-h])?(?=\ ?§§))?
    | chapter\ (?P<chapter_en>\d+),?\ section\ (?P<section_en>\d+)
    | (?P<colon>\d+:\d+)(?:\ ?(?P<colonletter>[a-h])(?![^\W_]))?
    | (?P<digits>\d+(?:[ -]\d+)*)
    | (?P<word>[^\W_]+)
    """,
    re.VERBOSE,
)
SPACES = re.compile(r"[\s\u00a0]+")
FALSE_ENDING = "ad"  # the stemmer takes it for an ending even in "månad": see stem_of
# Stop words, which are not in the index. "Utsatt" and its synonyms are among them, as all pages are
# about somebody exposed. A query keeps stop words only if it has no others.
STOP_WORDS = """
    aldrig alla allt alltså andra annan annat att av bara behöver behövs betyder bland blev bli blir
    blivit borde brukar bättre bör de dej dem den denna deras dess det detta dig din dina dit ditt
    dom drabbad drabbade drabbat drabbats du då där därför efter egen eget egna eller emot en enligt
    ens er era ert ett fast fick finnas finns fler flera fortfarande fram framme från funkar få får
    för före ge genom ger gjorde gjort gå går gäller gärna gör göra ha hade han hans har hela heller
    helst hen henne hennes hens hit hon honom hos hur händer här i ibland idag igen in inga ingen
    inget innan inte ja jag just kallas kan kanske kille killen klient klienten klienter koll kollar
    kom komma kommer kommit kunde kunna kvar ligga ligger lite läs man med medan mej mellan men mer
    mest mig min mina mitt mot mycket måste ner ni nog nu någon något några nån nåt när och också
    ofta om oss person personen personens personer personerna personlig personliga personligt på
    redan sak saker samma samt se sedan ser ses sig sin sina sitt själv själva ska skall skulle som
    står så sådan sådana sånt sätt ta tar tas till tror under upp ur ut utan utom utsatt utsatta
    utsatte utöver vad var vara vare varför varit varje varken vart vem vems vet veta vi via vid
    vidare vilka vilken vilket vill viss vissa visst vår våra vårt väl åt äldre än ändå ännu är även
    över
    a an and are as at be by can do does for from has have how if in is it may must not of on or
    that the their there they this to was we what when where which who will with you your
    about i me my our she he him her get am
"""
STOP = frozenset(STOP_WORDS.split())
# Words for a time of day or week. A query keeps these, too, only if it has no others. The index has
# them, since pages contain them.
WHEN_WORDS = """
    fredag helg helgen ikväll imorgon inatt kväll kvällen lördag lördagkväll morgon morgonen måndag
    natt natten onsdag söndag tisdag torsdag
"""
WHEN = frozenset(WHEN_WORDS.split())
NUMBER_WORDS = """
    två 2 tre 3 fyra 4 fem 5 sju 7 åtta 8 nio 9 tio 10 elva 11 tolv 12 tretton 13 fjorton 14
    femton 15 sexton 16 sjutton 17 arton 18 nitton 19 tjugo 20 trettio 30 fyrtio 40 femtio 50
    sextio 60 sjuttio 70 åttio 80 nittio 90
"""
NUMBERS = dict(zip(NUMBER_WORDS.split()[::2], NUMBER_WORDS.split()[1::2], strict=True))
# Words that are numbers only before a unit: "sex månader", not "sälja sex". The same in
# search-swedish.js.
COUNTED = {"sex": "6"}
# After a number word: " månader", "-årig", " till åtta månader".
UNIT = re.compile(
    r"[ -](?:(?:till|eller|och) \w+ )?(?:månad|veck|dag|dygn|år|timm|minut|procent|gånger|personer)"
)
# Stems of irregular verb forms → the verb's stem. The same in search-swedish.js.
IRREGULAR = {"såld": "sälj", "sålt": "sälj"}
# Words that the stemmer mistakes: it takes "are" for an ending, so that "källare" (cellar) would be
# "källa" (source). The same in search-swedish.js.
NOT_INFLECTED = re.compile(r"(källar)(?:es?|ens?|nas?)")
swedish = functools.cache(snowballstemmer.stemmer("swedish").stemWord)


def tokens(text: str) -> Iterator[str]:
    """Yield the words of ``text`` as the search compares them, in lower case.

    A telephone number has no spaces and hyphens: "020-390 000" is "020390000". A number word is in
    digits: "två" is "2". A statute section is "5:15", in whatever form it is written.
    """
    text = SPACES.sub(" ", unicodedata.normalize("NFC", text).lower().replace("\u00ad", ""))
    for match in TOKEN.finditer(text):
        if match["word"]:
            word = match["word"]
            is_count = word in COUNTED and UNIT.match(text, match.end())
            yield COUNTED[word] if is_count else NUMBERS.get(word, word)
        elif match["digits"]:
            groups = re.split("[ -]", match["digits"])
            number = "".join(groups)
            # up to four digits are separate numbers beside each other: "30 15"
            yield from [number] if len(number) > 4 else groups
        elif match["colon"]:  # "5:15 a"
            yield match["colon"] + (match["colonletter"] or "")
        elif match["chapter_en"]:  # "chapter 5, section 15"
            yield f"{match['chapter_en']}:{match['section_en']}"
        else:  # "5 kap. 15 a och 16 b §§"
            chapter = match["chapter"].replace(" ", "")
            yield f"{chapter}:{match['section']}{match['letter'] or ''}"
            if match["section2"]:
                yield f"{chapter}:{match['section2']}{match['letter2'] or ''}"


def stem_of(word: str) -> str:
    """Return the stem of a word in lower case, which all the word's inflected forms share.

    It is the stemmer's, with three exceptions: the words of NOT_INFLECTED and IRREGULAR, and words
    of which the stemmer would leave less than four letters by removing "ad", such as "månad", which
    are their own stems.
    """
    exception = NOT_INFLECTED.fullmatch(word)
    if exception:
        return exception[1]
    stem: str = swedish(word)
    if len(stem) < 4 and word[len(stem) :] == FALSE_ENDING:
        return word
    return IRREGULAR.get(stem, stem)
