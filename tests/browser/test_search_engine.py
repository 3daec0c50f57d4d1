"""The engine alone, in a browser: it cuts words as the index does, stems as Snowball does, and ranks."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from scripts.content.field_types import PAGE_KINDS
from scripts.site.html_site import HtmlPage, HtmlSite
from scripts.site.search.index import build_index
from scripts.site.search.pages import IndexedPage, Unit, read_page, read_site
from scripts.site.search.words import stem_of, swedish, tokens
from scripts.site.search.write import engine_script
from tests.conftest import ROOT

pytestmark = pytest.mark.slow

EMPTY = json.dumps(build_index([IndexedPage("", "A", "", [Unit("", "A")])]))
SMALL = """<article><h1>{title}</h1><p>{lead}</p>{rest}</article>"""


@pytest.fixture(scope="module")
def run(browser):
    """Return a function that runs JavaScript beside the engine; ``m`` is the engine's module."""
    context = browser.new_context()
    page = context.new_page()
    page.add_script_tag(content=engine_script(ROOT / "overrides/assets"))
    yield lambda code, argument=None: page.evaluate(
        f"(x) => {{ const m = searchModule, own = m.searchEngine({EMPTY}); {code} }}", argument
    )
    context.close()


@pytest.fixture(scope="module")
def texts(garden):
    return [
        t for p in read_site(HtmlSite(garden.site)) for u in p.units for t in (u.heading, *u.text)
    ]


@pytest.fixture
def find(run):
    """Return a function: pages (title → sections) and a query → the headings found, best first.

    ``keywords`` is by title: the keywords of that page.
    """

    def search(query, pages, synonyms=(), whole=False, keywords=None):
        built = []
        for number, (title, sections) in enumerate(pages.items()):
            lead, *rest = sections if isinstance(sections, list) else [sections]
            rest = "".join(f'<h2 id="s{i}">{h}</h2><p>{t}</p>' for i, (h, t) in enumerate(rest))
            built.append(
                replace(
                    read_page(
                        HtmlPage(f"{number}/", SMALL.format(title=title, lead=lead, rest=rest))
                    ),
                    keywords=(keywords or {}).get(title, ""),
                )
            )
        found = run(
            "return m.searchEngine(x[0]).search(x[1], 10)",
            [build_index(built, synonyms), query],
        )
        return found if whole else [hit["heading"] for hit in found["hits"]]

    return search


def test_engine_words_are_those_of_the_index(run, texts):
    assert len(texts) > 200
    theirs = run("return x.map(own.words)", texts)
    for text, found in zip(texts, theirs, strict=True):
        assert found == list(tokens(text)), text


def test_engine_stems_are_those_of_the_index(run, texts):
    """Snowball's, with the same exceptions."""
    words = sorted({word for text in texts for word in tokens(text)})
    words += ["fullt", "tröst", "löst", "höst", "nödlöst", "skadeståndets", "s", "is", "ås"]
    words += ["källaren", "månad", "såld"]
    assert len(words) > 400
    assert run("return x.map(searchSwedish.snowballStem)", words) == [
        swedish(word) for word in words
    ]
    assert run("return x.map(own.stem)", words) == [stem_of(word) for word in words]


def test_engine_tokens_have_their_places_in_the_text(run):
    text = "Ring 020-390 000 enligt 5 kap. 15 §."
    found = run("return own.tokens(x)", text)
    assert [(w, text[a:b]) for w, a, b in found] == [
        ("ring", "Ring"), ("020390000", "020-390 000"), ("enligt", "enligt"), ("5:15", "5 kap. 15"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("a", "b", "steps"),
    [("barn", "barn", 0), ("barn", "bran", 1), ("beteketid", "betanketid", 2), ("abc", "xyz", 3)],
)
def test_distance_counts_up_to_its_bound(run, a, b, steps):
    assert run("return searchWords.distance(x[0], x[1], 2)", [a, b]) == steps


# A better match first: what the comment at the top of the engine promises, one step a row.
RANKS = [
    ("inflected before compound", "tecken", ["tecknen tecken", "teckenspråk"]),
    ("compound head before a mere start", "polis", ["polisanmälan anmälan", "poliskxyz"]),
    ("own letters before folded", "mal", ["mal", "mål mer"]),
    ("heading before text", "lön", ["!lön", "lön"]),
    ("short text before long", "lön", ["lön", "lön " + " ".join(f"ord{n}" for n in range(200))]),
]


@pytest.mark.parametrize(("query", "order"), [r[1:] for r in RANKS], ids=[r[0] for r in RANKS])
def test_engine_ranks_better_match_first(find, query, order):
    pages = {}
    for place, text in enumerate(order):
        title = text[1:] if text.startswith("!") else f"Sida{'abc'[place]}"
        pages[title] = "annat" if text.startswith("!") else text
    found = find(query, dict(reversed(pages.items())), [("skydd", "värn")])
    assert found == [title for title in pages if title in found] and len(found) > 1


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("boende", "skyddsboendet"),
        ("skadeståndets", "skadestånd"),
        ("brottsoffren", "brottsoffer"),
        ("halick", "koppleri"),
        ("020390000", "020-390 000"),
        ("5 kap 15", "enligt 5 kap. 15 § utlänningslagen"),
        ("trettio dagar", "30 dagar"),
        ("beteketid", "betänketid"),
        ("oeverklaga", "överklaga"),
        ("malsagandebitrade", "målsägandebiträde"),
        ("översättning", "översätta"),
        ("hotade", "hot"),
        ("oros anmälan", "orosanmälan"),
        ("brott skade ersättning", "brottsskadeersättning"),
        ("bet", "betänketid"),
        ("soc", "socialtjänsten"),
        ("reflection period", "betänketid"),
    ],
)
def test_engine_finds_page_by_other_form(find, query, text):
    synonyms = [
        ("soc", "socialtjänsten"),
        ("reflection period", "betänketid"),
        ("hallick", "koppleri"),
    ]
    assert find(query, {"Fel": "annat", "Rätt": text}, synonyms) == ["Rätt"]


@pytest.mark.parametrize("query", ["", "   ", "?!", "xqzvw", "lår", "bananpaj", "<b>", "\\", "och"])
def test_engine_finds_nothing_for_other_words(find, query):
    assert find(query, {"Lär": "lar betänketid banan"}, whole=True)["total"] == 0


LONG = {"Hur länge": "tid", "Män": "en man"}
MONTH = [("en månad", "hur länge")]
HOME = {"Boende": "skydd och annat", "Skydd": "annat"}
# Query, pages, synonyms → the headings found, best first; "…" for those that may follow.
FOUND = {
    "all words before some": ("barn polis", {"A": "barn barn", "B": "polis och barn", "C": "polis"}, [], ["B", "…"]),
    "a compound the site lacks": ("skyddsboende", HOME, [], ["Boende"]),
    "only one of its parts": ("boendeform", HOME, [], []),
    "its parts in two places": ("barnboende", HOME | {"Barn": "annat"}, [], []),
    "a short part says too little": ("hemboende", HOME | {"Hem": "boende"}, [], []),
    "with a short first part": ("omboende", HOME, [], ["Boende"]),
    "no heading is about one of its parts": ("skyddsboende", {"Boende": "skydd"}, [], []),
    "a short first part is a prefix": ("förlängd", {"Längd för alla": "annat", "Annat": "förlängd"}, [], ["Annat"]),
    "numbers are one if the site has it": ("30 15", {"A": "30 dagar", "B": "15 år", "C": "4522"}, [], ["A", "B"]),
    "words are one if the site has it": ("barn ansökan", {"A": "ansökan för barn", "B": "ansökan", "C": "barnhem"}, [], ["A", "…"]),
    "a small word stands alone": ("för handling", {"A": "handling", "B": "förhandling"}, [], ["A", "…"]),
    "another first letter, another word": ("koppen", {"A": "öppen", "B": "betänketid"}, [], []),
    "unless the word is long": ("retänketid", {"A": "öppen", "B": "betänketid"}, [], ["B"]),
    "a man is no month": ("en man", LONG, MONTH, ["Män"]),
    "a month is": ("en månad", LONG, MONTH, ["Hur länge", "…"]),
    "a form the site has": ("utredning", {"A": "utredning", "B": "polis"}, [("utredare", "polis")], ["A"]),
    "a form the site lacks": ("utredning", {"B": "polis"}, [("utredare", "polis")], ["B"]),
    "a small word has no synonym": ("who can apply", {"A": "hälsa", "B": "ansöka"}, [("WHO", "hälsa"), ("apply", "ansöka")], ["B"]),
    "still writing": ("mani", {"Man": "man", "Annat": "manifest"}, [], ["Annat"]),
    "a whole word": ("mani ", {"Man": "man", "Annat": "manifest"}, [], []),
    "as it is written": ("svar", {"A": "svar", "B": "svåra svårighet"}, [], ["A"]),
    "without its dots": ("svar", {"B": "svåra svårighet"}, [], ["B"]),
    "a heading that says it all": ("vem skriver under", {"A": ["a", ("Vem skriver under?", "ja")], "B": ["b", ("Vad du skriver", "skriver skriv")]}, [], ["Vem skriver under?", "…"]),
    "a word no heading has counts less": ("träffa tolk", {"A": ["a", ("Tolk", "annat")], "B": ["b", ("Annat", "träffa")], "C": "annat", "D": "annat"}, [], ["Tolk", "…"]),
    "when it is, beside another word": ("tolk i natt", {"Natt": "natt", "Tolk": "annat"}, [], ["Tolk"]),
    "when it is, alone": ("i natt", {"Natt": "natt", "Tolk": "annat"}, [], ["Natt"]),
    "alike, the title that says less": ("tolk", {"Dygnet med barn": "tolk", "Dygnet": "tolk"}, [], ["Dygnet", "…"]),
    "small words count in a heading": ("skriva ut", {"A": ["annat", ("Skriv under", "skriva text")], "B": ["annat", ("Skriv ut", "skriva")]}, [], ["Skriv ut", "…"]),
}  # fmt: skip


@pytest.mark.parametrize("name", FOUND)
def test_engine_finds_these_in_this_order(find, name):
    query, pages, synonyms, wanted = FOUND[name]
    found = find(query, pages, synonyms)
    if wanted[-1:] == ["…"]:
        found = [*found[: len(wanted) - 1], "…"]
    assert found == wanted


# Query, pages, the word that is sought instead; None where the reader's own is.
INSTEAD = [
    ("regionskordinator", {"Region": "annat", "Regionkoordinator": "annat"}, "regionkoordinator"),
    ("barn borta igår", {"A": "barn borta", "B": "ingår"}, None),  # short, beside others
    ("igår", {"A": "barn borta", "B": "ingår"}, "ingår"),
    ("gösr", {"A": "barn", "B": "görs gör"}, None),  # never a small word
    ("slant", {"A": "släkt"}, None),  # another word, as long
    ("förskoleplats", {"A": "förskoleklass"}, None),
    ("målsägarbiträde", {"Målsägandebiträde": "annat"}, "målsägandebiträde"),  # three letters
]


@pytest.mark.parametrize(("query", "pages", "instead"), INSTEAD)
def test_engine_corrects_misspelling_or_leaves_it(find, query, pages, instead):
    assert find(query, pages, whole=True)["instead"] == instead


def test_engine_rare_compound_is_sought_by_parts_too(find):
    pages = {"Arbetar en säsong": "annat", "Annat": "säsongsarbetare", "Fel": "säsong"}
    assert set(find("säsongsarbetare", pages)) == {"Arbetar en säsong", "Annat"}


def test_engine_phrase_of_stop_words_may_have_synonym(find):
    pages = {"Säger nej": "ja", "Annat": "vill"}
    found = find("vill inte", pages, [("vill inte", "säger nej")], whole=True)
    assert found["hits"][0]["heading"] == "Säger nej"
    assert found["hits"][0]["notes"] == ["vill inte → säger nej"]


def test_engine_search_words_lead_to_their_page(find):
    """Behind pages that have the words in their text."""
    pages = {"Vård": "läkarbesök", "Pengar": "hotell", "Annat": "annat"}
    keywords = {"Vård": "tandläkare, ont i magen", "Annat": "hotell"}
    found = find("tandläkarna", pages, keywords=keywords, whole=True)
    assert [hit["heading"] for hit in found["hits"]] == ["Vård"]
    assert found["hits"][0]["asked"] == ["tandläkare"] and found["hits"][0]["words"] == []
    assert find("har ont i magen", pages, keywords=keywords) == ["Vård"]
    # where it stands in the text comes first, and says so itself
    found = find("hotell", pages, keywords=keywords, whole=True)
    assert [hit["heading"] for hit in found["hits"]] == ["Pengar", "Annat"]
    assert [hit["asked"] for hit in found["hits"]] == [[], ["hotell"]]


def test_engine_part_of_search_word_counts_less_than_text(find):
    pages = {"A": "annat", "B": "passkontroll"}
    assert find("pass", pages, keywords={"A": "passkopia"}) == ["B", "A"]


def test_engine_page_to_act_by_comes_before_exercise(run):
    def made(address):
        return read_page(
            HtmlPage(address, SMALL.format(title=f"Lön {address}", lead="lön", rest=""))
        )

    index = build_index([made("a/"), made("b/")], kinds={"a/": "lär", "b/": "gör"})
    found = run(
        "return m.searchEngine(x).search('lön', 5).hits.map((h) => [h.address, h.kind])", index
    )
    assert found == [["b/", PAGE_KINDS.index("gör")], ["a/", PAGE_KINDS.index("lär")]]


WORDS = {
    "ord/": "Delegation",
    "gor/": "Det chefen har delegerat: delegation",
    "lar/": "Öva på delegation",
    "lang/": "Annat",
}


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("delegation", ["gor/", "ord/"]),
        ("delegation kväll", ["gor/", "ord/"]),
        ("vad betyder delegation", ["ord/", "gor/"]),
        ("kväll", ["lang/"]),
    ],
)
def test_engine_glossary_entry_comes_behind_heading_with_its_word(run, query, first):
    """Unless the query asks what the word means."""
    text = "delegation kväll " + "fyllning " * 40
    pages = [
        read_page(
            HtmlPage(
                at, SMALL.format(title=title, lead=text if at != "ord/" else "delegation", rest="")
            )
        )
        for at, title in WORDS.items()
    ]
    kinds = {"ord/": "ord", "gor/": "gör", "lar/": "lär", "lang/": "gör"}
    index = build_index(pages, kinds=kinds)
    found = run(
        "return m.searchEngine(x[0]).search(x[1]).hits.map((h) => h.address)", [index, query]
    )
    assert found[: len(first)] == first


def test_engine_number_word_counts_only_before_a_unit(find):
    """ "Sålde sex" doesn't find "sex månader"."""
    pages = {
        "Frister": [
            "Sex månader",
            ("Inom sex månader", "Ansök inom sex månader, alltså 6 månader."),
        ],
        "Prostitution": ["Att sälja sex", ("Sälja sex", "Den som säljer sexuella tjänster.")],
    }
    for query in ("sålde sex", "sålt sex", "säljer sex"):
        assert find(query, pages) == ["Sälja sex"], query
    for query in ("sex månader", "6 månader"):
        assert find(query, pages)[0] == "Inom sex månader", query


BLOCK = ("Gäller något av det här?", "lön och boende")


def test_search_same_block_on_two_pages_is_one_hit(find):
    """With the other page's block below it, and each page's other sections below the page."""
    pages = {"A": ["annat", BLOCK, ("Lön", "annat")], "B": ["annat", BLOCK]}
    hits = find("boende", pages, whole=True)["hits"]
    assert [(hit["address"], hit["heading"]) for hit in hits] == [("0/", BLOCK[0])]
    assert [(place["address"], place["title"]) for place in hits[0]["also"]] == [("1/", "B")]
    hits = find("lön", pages, whole=True)["hits"]
    assert [(hit["address"], hit["heading"]) for hit in hits] == [("0/", "Lön")]
    assert [(place["address"], place["heading"]) for place in hits[0]["also"]] == [
        ("0/", BLOCK[0]),
        ("1/", BLOCK[0]),
    ]


def test_search_sections_of_a_glossary_stay_hits_of_their_own(run):
    units = [Unit("", "Ord"), Unit("a", "Lön", ["lön"]), Unit("b", "Lönekrav", ["lön"])]
    index = build_index([IndexedPage("ord/", "Ord", "", units)], kinds={"ord/": "ord"})
    found = run("return m.searchEngine(x).search('lön').hits.map((h) => h.id)", index)
    assert set(found) == {"a", "b"}


def test_search_rule_leads_where_no_page_to_act_by_has_the_word(run):
    text = {"regel/": "uppsikt förvar", "gor/": "förvar", "annat/": "fyllnad"}
    pages = [
        IndexedPage(address, address, "", [Unit("", address, [words])])
        for address, words in text.items()
    ]
    index = build_index(pages, kinds={"regel/": "regel", "gor/": "gör", "annat/": "gör"})
    found = run(
        "const e = m.searchEngine(x); return ['förvar', 'uppsikt förvar'].map((q) => e.search(q).hits[0].address)",
        index,
    )
    assert found == ["gor/", "regel/"]


def test_search_glossary_entry_comes_after_the_one_page_with_its_keyword(run):
    entry = Unit("", "Återsökning", ["återsökning"])
    pages = [
        IndexedPage("ord/", "Återsökning", "", [entry]),
        IndexedPage("gor/", "Ersättning", "återsökning", [Unit("", "Ersättning", ["pengar"])]),
    ]
    code = "return m.searchEngine(x).search('återsökning').hits.map((h) => h.address)"
    kinds = {"ord/": "ord", "gor/": "gör", "gor2/": "gör"}
    assert run(code, build_index(pages, kinds=kinds)) == ["gor/", "ord/"]
    other = IndexedPage("gor2/", "Pengar", "återsökning", [Unit("", "Pengar", ["annat"])])
    assert run(code, build_index([*pages, other], kinds=kinds))[0] == "ord/"
