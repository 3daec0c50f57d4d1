"""Bygger sökindexet ur den färdiga webbplatsens HTML.

Läser varje sida i mappen, delar den vid rubrikerna och skriver ett index som sökrutan läser. Sidor
och delar av sidor med attributet data-search-exclude lämnas utanför.

Utgång: 0 skrivet, 1 fel i synonymlistan, 2 kunde inte köras.
"""

# Why an own index and not a library: measured on the queries of tests/search/, none of those that
# run without a server find Swedish compounds, misspellings and numbers (tests/search/measure.py).
#
# The index is one classic script that assigns one object, for a page opened from file:// may not
# fetch data, only run scripts. What it holds is written at `build_index`; how hits are found and
# ranked stands in overrides/assets/search-engine.js, which must cut text into words just as
# `tokens` does here (tests/browser/test_search_engine.py holds them together).

# At 3,000 pages with words of their own (36,000 sections; measure.py --pages 3000) it is the same
# index: 15 s to make, as many per page as at 300, 2.0 MB gzip, 40 MB in the reader's memory. A
# keystroke stays below 100 ms on a processor four times slower (p95 44 ms). The first hit takes
# 0.9 s, for all headings are cut into words at the start. That is what must change then: their
# words go into `posts` as the text's do.

from __future__ import annotations

import argparse
import difflib
import functools
import json
import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from types import MappingProxyType

import snowballstemmer  # type: ignore[import-untyped]
from selectolax.lexbor import LexborHTMLParser, LexborNode

from scripts.content.content import Content, read_registers, shown_path
from scripts.content.yaml_file import parse_yaml, read_text
from scripts.core.config import Config
from scripts.core.findings import ContentError, Finding, report
from scripts.publish.built import BuiltSite

INDEX = "assets/search-index.js"
TEXTS = "sok"  # not in assets/: what is there is kept for a year, by names with a checksum
SEARCHES = "_data/searches.yml"
# Not what a reader looks for: controls, notes' numbers, boxes that open, what its author left out.
EXCLUDE = (
    "nav, script, style, template, form, pre, sup, [popover], [hidden], "
    "[aria-hidden=true], [data-search-exclude]"
)
BLOCK = 32  # words whose places are read at a time
# For another occasion than looking something up: to discuss, to edit. Shown after others alike, and
# known by their headings only: the index has to be light.
LAST = ("diskutera/", "om/redaktionshandbok/")
HEADINGS = {"h1", "h2", "h3", "dt"}
BLOCKS = HEADINGS | {
    *("p", "li", "td", "th", "tr", "dd", "div", "section", "ul", "ol", "table", "details"),
    *("summary", "pre", "blockquote", "br", "label", "h4", "h5", "h6", "caption", "figcaption"),
}

# Words that say nothing of what a text is about, here: all pages are about somebody exposed. A
# query keeps them only if it has no others.
STOP_WORDS = """
    aldrig alla allt alltså andra annan annat att av bara behöver behövs bland blev bli blir blivit
    borde brukar bättre bör de dej dem den denna deras dess det detta dig din dina dit ditt dom
    drabbad drabbade drabbat drabbats du då där därför efter egen eget egna eller emot en enligt ens
    er era ert ett fast fick finnas finns fler flera fortfarande fram framme från funkar få får för
    före ge genom ger gjorde gjort gå går gäller gärna gör göra ha hade han hans har hela heller
    helst hen henne hennes hens hit hon honom hos hur händer här i ibland idag igen in inga ingen
    inget innan inte ja jag just kallas kan kanske kille killen klient klienten klienter koll kollar
    kom komma kommer kommit kunde kunna kvar ligga ligger lite läs man med medan mej mellan men mer
    mest mig min mina mitt mot mycket måste ner ni nog nu någon något några nån nåt när och också
    ofta om oss på redan sa sak saker samma samt se sedan ser ses sig sin sina sitt själv själva ska
    skall skulle som står så sådan sådana sånt säger sätt ta tar tas till tror under upp ur ut utan
    utom utsatt utsatta utsatte utöver vad var vara vare varför varit varje varken vart vem vems vet
    veta vi via vid vidare vilka vilken vilket vill viss vissa visst vår våra vårt väl åt än ändå
    ännu är även över
    a an and are as at be by can do does for from has have how if in is it may must not of on or
    that the their there they this to was we what when where which who will with you your
    about i me my our she he him her get am
"""
STOP = frozenset(STOP_WORDS.split())
# Not "sex": its other meaning is the commoner one here.
NUMBER_WORDS = """
    två 2 tre 3 fyra 4 fem 5 sju 7 åtta 8 nio 9 tio 10 elva 11 tolv 12 tretton 13 fjorton 14
    femton 15 sexton 16 sjutton 17 arton 18 nitton 19 tjugo 20 trettio 30 fyrtio 40 femtio 50
    sextio 60 sjuttio 70 åttio 80 nittio 90
"""
NUMBERS = dict(zip(NUMBER_WORDS.split()[::2], NUMBER_WORDS.split()[1::2], strict=True))

# One alternative after the other, at each place in the text. The same in search-engine.js.
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
LEFT_OUT = "\ue000"
STEM = snowballstemmer.stemmer("swedish").stemWord
PLAIN = str.maketrans("åäöé", "aaoe")


@dataclass
class Unit:
    """What one hit leads to: a heading and the text below it, until the next heading."""

    id: str  # "" for the top of the page
    heading: str
    text: list[str] = field(default_factory=list)
    left_out: bool = False  # something below the heading was excluded


@dataclass(frozen=True)
class Page:
    """A page of the built site, as far as the search goes."""

    address: str  # relative to the site: "betanketid/ansok/"
    title: str
    keywords: str
    units: list[Unit]


def tokens(text: str) -> Iterator[str]:
    """Yield the words of ``text`` as the search compares them.

    Lower case; a number without its spaces and hyphens ("020-390 000" → "020390000"); a number word
    as digits; a statute as "5:15", however it is written.
    """
    text = SPACES.sub(" ", unicodedata.normalize("NFC", text).lower().replace("\u00ad", ""))
    for match in TOKEN.finditer(text):
        if word := match["word"]:
            yield NUMBERS.get(word, word)
        elif digits := match["digits"]:
            parts = re.split("[ -]", digits)
            # shorter ones are two numbers side by side: "30 15"
            yield from ["".join(parts)] if len("".join(parts)) > 4 else parts
        elif colon := match["colon"]:
            yield colon + (match["colonletter"] or "")
        elif match["chapter_en"]:
            yield f"{match['chapter_en']}:{match['section_en']}"
        else:
            chapter = match["chapter"].replace(" ", "")
            yield f"{chapter}:{match['section']}{match['letter'] or ''}"
            if match["section2"]:
                yield f"{chapter}:{match['section2']}{match['letter2'] or ''}"


def read_page(html: str, address: str) -> Page | None:
    """Return the page's units, or None if the page is left out or has no heading.

    ``html`` is a whole document.
    """
    return read_tree(LexborHTMLParser(html), address)


def read_tree(tree: LexborHTMLParser, address: str) -> Page | None:
    """Return the same of a parsed document, which is changed.

    Its text is what stands in <article>, or else <main>, or <body>.
    """
    root = tree.css_first("article") or tree.css_first("main") or tree.body
    if root is None or "data-search-exclude" in root.attributes:
        return None
    if "noindex" in _meta(tree, "robots"):  # a page that only leads to another, say
        return None
    for node in root.css(EXCLUDE):
        node.replace_with(LEFT_OUT)  # remembered, so that "Källor" with nothing below is left out
    units: list[Unit] = []
    for unit in _units(root):
        text = [part for part in unit.text if part]
        if text or not unit.left_out:
            units.append(Unit(unit.id, unit.heading, text))
    if not units:
        return None
    return Page(address, units[0].heading, _meta(tree, "keywords"), units)


def _meta(tree: LexborHTMLParser, name: str) -> str:
    node = tree.css_first(f'meta[name="{name}"]')
    return (node.attributes.get("content") or "") if node else ""


def _units(root: LexborNode) -> Iterator[Unit]:
    """Cut the text below ``root`` at its headings. The first unit is the page's own."""
    unit: Unit | None = None
    line: list[str] = []
    heading: LexborNode | None = None

    def flush() -> None:
        text = SPACES.sub(" ", "".join(line)).strip()
        line.clear()
        if unit is None or not text:
            return
        if LEFT_OUT in text:
            unit.left_out = True
            text = SPACES.sub(" ", text.replace(LEFT_OUT, " ")).strip()
        if heading is not None:
            unit.heading = text
        else:
            unit.text.append(text)

    def walk(node: LexborNode) -> Iterator[Unit]:
        nonlocal unit, heading
        for child in node.iter(include_text=True):
            tag = child.tag
            if tag == "-text":
                line.append(child.text_content or "")
                continue
            if tag not in BLOCKS:
                yield from walk(child)
                continue
            flush()
            name = child.attributes.get("id") or ""
            if tag in HEADINGS and (tag == "h1" or name) and not (tag == "h1" and unit):
                if unit is not None:
                    yield unit
                unit, heading = Unit("" if tag == "h1" else name, ""), child
                yield from walk(child)
                flush()
                heading = None
            else:
                yield from walk(child)
                flush()

    yield from walk(root)
    flush()
    if unit is not None:
        yield unit


def read_site(site: Path) -> list[Page]:
    """Read every page of ``site`` but the one for addresses that don't exist, sorted by address."""
    pages = []
    for file in sorted(site.rglob("*.html")):
        address = file.relative_to(site).as_posix()
        if address == "404.html":
            continue
        page = read_page(file.read_text(encoding="utf-8"), address.removesuffix("index.html"))
        if page is not None:
            pages.append(page)
    return sorted(pages, key=lambda page: page.address)


def read_synonyms(docs: Path) -> list[tuple[str, str]]:
    """Return (what a reader writes, what the pages say), from synonyms.yml and the glossary.

    The glossary's `also` leads to its term, an abbreviation and its term to each other.
    Raises ContentError where synonyms.yml isn't a list of words for each word.
    """
    file = docs / "_data/synonyms.yml"
    pairs: list[tuple[str, str]] = []
    if file.is_file():
        for key, words in _texts(file, shown_path(file, docs), "bad-synonym"):
            pairs += [(key, word) for word in words]
    for entry in read_registers(docs).glossary.values():
        term, short = entry["term"], entry.get("abbr")
        pairs += [(word, term) for word in entry.get("also", ())]
        if short:
            pairs += [(short, term), (term, short)]
    return sorted({(a, b) for a, b in pairs if list(tokens(a)) != list(tokens(b))})


def _texts(file: Path, shown: PurePosixPath, rule: str) -> Iterator[tuple[str, list[str]]]:
    """Yield (key, list of texts) of a register. Raises ContentError for anything else."""
    for key, texts in parse_yaml(read_text(file, shown), shown).items():
        if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
            what = f'"{key}" ska följas av en lista: {key}: [ord, ett annat ord].'
            raise ContentError(Finding(shown, 1, rule, what))
        yield str(key), texts


def read_searches(docs: Path) -> dict[str, list[str]]:
    """Return what readers write when a section is the answer, by its address: "om/#kallor".

    Raises ContentError where searches.yml isn't a list of texts for each address.
    """
    file = docs / SEARCHES
    return dict(_texts(file, shown_path(file, docs), "bad-search")) if file.is_file() else {}


def check_addresses(
    searches: Iterable[str], pages: Iterable[Page], docs: Path
) -> Iterator[Finding]:
    """Yield each address in searches.yml that no section has."""
    known = {page.address + (unit.id and f"#{unit.id}") for page in pages for unit in page.units}
    for address in searches:
        if address in known:
            continue
        file = docs / SEARCHES
        lines = read_text(file, shown_path(file, docs)).split("\n")
        key = re.compile(f"""["']?{re.escape(address)}["']?:""")
        line = next((n for n, text in enumerate(lines, 1) if key.match(text)), 1)
        near = difflib.get_close_matches(address, known, 1)
        cure = f' Menade du "{near[0]}"?' if near else " Ta bort raden."
        what = f'avsnittet "{address}" finns inte på webbplatsen.{cure}'
        yield Finding(shown_path(file, docs), line, "dead-search", what)


def build_index(
    pages: list[Page],
    synonyms: Iterable[tuple[str, str]] = (),
    searches: Mapping[str, Iterable[str]] = MappingProxyType({}),
    last: tuple[str, ...] = LAST,
) -> dict[str, str]:
    """Return the index, texts of lines. Of pages below an address in ``last`` only headings count.

    words     the vocabulary of texts, keywords and ``searches``, sorted. Of words with one stem the
              shortest stands for all: which form a text has says little, and is a sixth of the
              index. Each begins with a capital: how many letters it shares with the one before
    posts     for each word the units whose text has it, but not their heading, and those whose
              searches have it (a page's keywords are its first unit's), written by `pack`
    pages     address, number of units (below zero: those in ``last``); and so on
    synonyms  what the pages say, all that a reader may write instead with | between; and so on
    headings  of each unit, page after page. That of a page's first unit is its title
    ids       of each unit, as `short_id` has it
    stop      words that say nothing, and aren't in `words`

    What is alike stands near: gzip looks back 32 kB, and this order is 3 % smaller than the worst.
    """
    forms: dict[str, str] = {}
    texts: dict[str, list[int]] = defaultdict(list)  # by stem, as ``asked``
    asked: dict[str, list[int]] = defaultdict(list)
    headings: list[str] = []
    ids: list[str] = []
    listed: list[str] = []

    def post(lists: dict[str, list[int]], said: Iterable[str], left_out: set[str]) -> None:
        found: set[str] = set()
        for word in {word for part in said for word in tokens(part)} - STOP:
            stem = stem_of(word)
            found.add(stem)
            forms[stem] = min(forms.get(stem, word), word, key=lambda form: (len(form), form))
        for stem in found - left_out:
            lists[stem].append(len(ids))

    for page in pages:
        is_last = page.address.startswith(last)
        listed += [page.address, str(-len(page.units) if is_last else len(page.units))]
        for unit in page.units:
            heading = {stem_of(word) for word in tokens(unit.heading)}
            post(texts, [] if is_last else unit.text, heading)
            also = searches.get(page.address + (unit.id and f"#{unit.id}"), ())
            post(asked, [*also, page.keywords] if unit is page.units[0] else also, heading)
            headings.append(unit.heading)
            ids.append(short_id(unit))
    stems = sorted(texts.keys() | asked.keys(), key=lambda stem: forms[stem])
    instead: dict[str, list[str]] = defaultdict(list)
    for said, to in synonyms:
        instead[to].append(said)
    return {
        "posts": pack(((texts.get(stem, ()), asked.get(stem, ())) for stem in stems), len(ids)),
        "words": front_coded(forms[stem] for stem in stems),
        "pages": "\n".join(listed),
        "synonyms": "\n".join(f"{to}\n{'|'.join(instead[to])}" for to in sorted(instead)),
        "headings": "\n".join(headings),
        "ids": "\n".join(ids),
        "stop": " ".join(sorted(STOP)),
    }


@functools.cache
def stem_of(word: str) -> str:
    """Return what a word has in common with its other forms, by Snowball's Swedish stemmer.

    Where that is next to nothing, the word itself: "månad" and "mån", "manlig" and "man".
    """
    stem: str = STEM(word)
    return stem if len(stem) > 3 else word


def short_id(unit: Unit) -> str:
    """Return the id as the index has it: which words of the heading it is made of, a letter each.

    "Vem får ansöka om det?" with the id "vem-ansoka" is "AC". Another id stands as it is.
    """
    if not unit.id or unit.id.isupper():
        return unit.id and f"#{unit.id}"
    slug = re.sub("[^a-z0-9]+", "-", unit.heading.lower().translate(PLAIN)).split("-")
    letters = ""
    at = 0
    for part in unit.id.split("-"):
        if part not in slug[at:26]:
            return unit.id
        at = slug.index(part, at) + 1
        letters += chr(ord("A") + at - 1)
    return letters


def front_coded(words: Iterable[str]) -> str:
    """Return sorted words as one string: "barn", "barnet" → "AbarnEet"."""
    parts = []
    before = ""
    for word in words:
        shared = 0
        while shared < min(len(before), len(word), 25) and before[shared] == word[shared]:
            shared += 1
        parts.append(chr(ord("A") + shared) + word[shared:])
        before = word
    return "".join(parts)


def pack(lists: Iterable[tuple[Sequence[int], Sequence[int]]], size: int) -> str:
    """Return rising numbers below ``size`` as text, two lists for each word.

    How many there are goes first, then the middle one, then those before and those after it, each
    in as many bits as what is known by then leaves open (binary interpolative coding, A. Moffat and
    L. Stuiver 2000): sections with one word stand near each other, and it takes a sixth less room
    than steps do. Six bits a character, "(" to "h" without the backslash. A space after each BLOCK
    of words: the engine reads a block when one of its words is asked for.
    """
    blocks = []
    bits = ""
    for at, both in enumerate(lists, start=1):
        for numbers in both:
            # Elias' gamma code of the length plus one
            length = f"{len(numbers) + 1:b}"
            bits += "0" * (len(length) - 1) + length + _interpolated(numbers, 0, size - 1)
        if at % BLOCK == 0:
            blocks.append(bits)
            bits = ""
    return " ".join(map(_characters, [*blocks, bits]))


def _interpolated(numbers: Sequence[int], low: int, high: int) -> str:
    if not numbers:
        return ""
    middle = len(numbers) // 2
    value = numbers[middle]
    first = low + middle  # no place for those before it is left below this
    width = high - (len(numbers) - 1 - middle) - first + 1
    # truncated binary: the first values in a bit less
    length = width.bit_length() - 1
    short = 2 ** (length + 1) - width
    value -= first
    if value >= short:
        value += short
        length += 1
    return (
        (f"{value:0{length}b}" if length else "")
        + _interpolated(numbers[:middle], low, numbers[middle] - 1)
        + _interpolated(numbers[middle + 1 :], numbers[middle] + 1, high)
    )


def _characters(bits: str) -> str:
    codes = (int(bits[at : at + 6].ljust(6, "0"), 2) + 40 for at in range(0, len(bits), 6))
    return "".join(chr(code + (code > 91)) for code in codes)


def add_search(content: Content, site: BuiltSite, _: Config) -> list[Finding]:
    """Write the index of the built site into it; return what is wrong with its registers."""
    pages = (
        read_tree(page.copy().tree, address)
        for address, page in sorted(site.pages.items())
        if address != "404.html"
    )
    return write(site.root, content.docs, list(filter(None, pages)))


def write(site: Path, docs: Path | None, pages: list[Page] | None = None) -> list[Finding]:
    """Write the index of ``site`` into it, with the words of ``docs``; return what is wrong there.

    ``pages``: those of the site, where they are read already.

    Beside it goes a script a page with its units' texts, of which hits show a part. The search's
    scripts that are there lose their comments: a reader on a bad phone waits for them.

    Raises ContentError for a faulty register.
    """
    pages = read_site(site) if pages is None else pages
    searches = read_searches(docs) if docs else {}
    faults = list(check_addresses(searches, pages, docs)) if docs else []
    index = build_index(pages, read_synonyms(docs) if docs else (), searches)
    target = site / INDEX
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(f"self.searchIndex={_json(index)};\n", encoding="utf-8")
    for page in pages:
        file = site / TEXTS / f"{page.address.rstrip('/') or 'index'}.js"
        file.parent.mkdir(parents=True, exist_ok=True)
        texts = {unit.id: " ".join(unit.text) for unit in page.units}
        file.write_text(f"searchText({_json(page.address)},{_json(texts)});\n", encoding="utf-8")
    for script in target.parent.glob("search-*.js"):  # the engine's comments are a fifth of it
        script.write_text(without_comments(script.read_text(encoding="utf-8")), encoding="utf-8")
    return faults


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def without_comments(script: str) -> str:
    """Return JavaScript without indentation and without the lines that are only a // comment."""
    return re.sub(r"^[ \t]*(?://.*\n)?", "", script, flags=re.MULTILINE)


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m scripts.publish.search",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("site", type=Path, help="den färdiga webbplatsens mapp")
    parser.add_argument("--docs", type=Path, help="mappen med _data/, för synonymerna")
    args = parser.parse_args(argv)
    if not args.site.is_dir():
        print(f'Mappen "{args.site}" finns inte.', file=sys.stderr)
        return 2
    try:
        faults = write(args.site, args.docs)
    except ContentError as error:
        faults = [error.finding]
    print(args.site / INDEX)
    return report(faults)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
