"""A small docs/ with a page for each macro and a record or two in each register."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any

import markdown
import pytest

from scripts.content.config import EXTENSION
from scripts.content.content import Content
from scripts.content.settings import Extra, Sender, Site, Statement
from scripts.render.macro import Context
from tests.conftest import context, page_with
from tests.examples import statute, whole

# Macros whose page others link to.
HOMES = (
    *("kallforteckning", "oppna-fragor", "ordlista", "lagandringar", "lan", "hela-vagledningen"),
    *("lagar", "kontakter:rad", "checklista:lista", "vagledning:plats"),
)
REGISTERS = {
    "sources": """\
lagen: {title: Lagen 1 §, publisher: Riksdagen, url: "https://example.se/lag", kind: lag,
  as_of: "2026-02", read_on: "2026-02", certainty: saker}
prov: {title: Provlagen (2001:1), name: provlagen, publisher: Riksdagen, url: "https://example.se/prov",
  kind: lag, sfs: "2001:1", read_on: "2026-04-27", certainty: saker,
  paragraphs: {"1": {note: Läst i original.}}}
sidan: {title: Sidan, publisher: Myndigheten, url: "https://www.example.se/en-lang/sida", kind: myndighet,
  as_of_note: odaterad sida, certainty: osaker, note: Kan ha flyttat.}
""",
    "situations": """\
sist: {question: "Är det sent?", then: Gå hem., page: /andra.md}
eld: {question: "Brinner det?", then: Ring först., page: /prov.md, pages: {prov: "#del"}, sources: [lagen]}
""",
    "contacts": """\
sos: {name: SOS, group: [akut], for_whom: Alla, phone: "112", hours: Dygnet runt, not_for: "Inte råd.",
  what_happens: Någon svarar., source: sidan, as_of: "2023", test_call: false}
stod: {name: "Stöd, 020-390 000", group: [akut, rad], for_whom: Yrkesverksamma, phone: 020-390 000,
  spellings: [020-39 00 00], hours: Vardagar., source: sidan, page: lagen, as_of: "2023", note: Tolk finns.,
  what_happens: Du får råd., doubt: Tiden kan ha ändrats., certainty: osaker}
jour: {name: Jouren, group: [rad], for_whom: Alla, what_happens: De ringer upp., source: lagen, certainty: osaker}
""",
    "regions": """\
general: stod
current: "[Sidan](kalla:sidan)"
ask: Myndigheten
regions:
  syd: {name: Syd, host: Malmö, contact: jour, source: sidan, note: Från 2018.}
  nord: {name: Nord, contact: sos, source: lagen, note: Inget mer.}
counties:
  skane: {name: Skåne län, region: syd, certainty: saker, source: sidan}
  halland: {name: Hallands län, region: syd, certainty: osaker, source: lagen, note: Vi tror det.}
""",
    "questions": """\
vem: {title: "Vem \\"gör\\" det?", kind: osaker, level: 1, text: Vi vet inte., do: Fråga., checked: Lagen.,
  checked_on: "2026-11-24", settles: Ett beslut., ask: Myndigheten, sources: [lagen]}
hur: {title: "Hur går det till?", kind: osaker, level: 2, text: Oklart hur., do: Vänta., checked: Lagen.,
  checked_on: "2026-11-24", settles: Ett beslut., ask: Myndigheten, sources: [prov-2-5a]}
var: {title: "Var sker det?", kind: motstridig, level: 3, text: Oklart var., do: Leta., checked: Lagen.,
  checked_on: "2026-11-24", settles: Ett beslut., ask: Myndigheten}
nar: {title: "När sker det?", kind: besvarad, text: I dag., do: Gå., checked: Lagen., checked_on: "2026-11-24"}
""",
    "checklists/lista": """\
title: Lista
version: "2026-11-24"
groups:
  - id: nu
    title: Nu
    count: false
    rows:
      - {id: ring, text: "Ring 112 & vänta <lugnt>.", why: "Skydd först.[@lagen]", who: Du.,
         page: /prov.md, changed: "2026-12-01"}
      - {id: skola, text: Ordna skola.}
""",
    "glossary": """\
lvu: {term: lagen om vård av unga, abbr: LVU, text: "Tvångsvård.[@lagen]", also: [ungdomslagen]}
inhibition: {term: inhibition, text: Ett stopp., explain: true}
troskel: {term: tröskel, text: En gräns.}
""",
    "guide": """\
start: plats
questions:
  plats: {title: "Var?", text: Var är hen nu., help: Landet., choices: [{title: Här, to: vilja}, {title: Vet inte, to: akut}]}
  vilja: {title: "Vill hen?", text: Fråga hen., choices: [{title: Ja, to: kanske}, {title: Vet inte, to: nej}]}
outcomes:
  akut: {title: Fara, verdict: akut, text: Livet först. Vänta., call: [sos, jour], more: [{page: /prov.md}], then: vilja}
  kanske: {title: Sök, verdict: kanske, text: "Hen vill.[@lagen]", call: [stod], doubt: [vem], more: [{page: /prov.md, page_title: Mer}]}
  nej: {title: Stopp, verdict: nej, text: Hen vill inte., more: [{page: /prov.md}]}
""",
    "law_changes": """\
sen: {title: Sen lag, status: foreslaget, affects: [], changes: Annat., seen: Ett förslag., checked_on: "2026-11-24", sources: []}
ny: {title: Ny lag, status: beslutat, in_force: 2027-01-01, affects: [lagen], changes: Så här., seen: Vi har läst.,
  checked_on: "2026-11-24", sources: [lagen, sidan]}
""",
    "card": """\
languages:
  sv: {name: Svenska, written_by: Sajtens redaktion}
  ar: {name: A, dir: rtl, translated_by: T, checked_by: G, checked_on: 2026-01-02, checked: "d40f2b7f 83581779"}
  uk: {name: U, translated_by: T}
parts: [{title: {sv: Ett, ar: AR, uk: UK}, lines: [{sv: R|ad, ar: ar, uk: uk}]}]
""",
    "dates": """\
first: 2026-01-01
wrong_year: Fel år.
holiday: Det är {helg}.
fields: {beslut: {label: Beslutet, hint: 'Står på "beslutet" & <här>.'}}
days: {svara: {title: Svara, count_from: [beslut], time: frist, counted: "{frist}, {dag}.", rule: plats, event: E}}
""",
    "facts": """\
frist: {value: 3 veckor, source: lagen}
nagra: {value: "2", source: lagen}
halvmanad: {value: 16 dagar, source: lagen}
alla: {value: "4", source: [lagen, sidan]}
ord: {value: tre veckor, source: lagen}
""",
    "figures": """\
steg: {kind: steg, title: Steg, description: D, parts: [
  {title: P, steps: [{when: Nu, title: S, words: "Gör så.[@lagen]", who: Vi, mark: frist, date: beslut}]},
  {title: Q, steps: [{when: Sen, title: T, words: Gör mer., days: halvmanad}]}]}
tabell: {kind: tabell, title: Tabell, description: D, corner: C, columns: [A, B], rows: [
  {title: R, cells: [{answer: ja, words: Ett}, {words: Två}]}]}
rutor: {kind: rutor, title: Rutor, description: D, groups: [{title: G, boxes: [{title: B, words: O, loose: true}], note: N}]}
staplar: {kind: staplar, title: Staplar, description: D, groups: [
  {title: G, of: alla, bars: [{title: B, fact: nagra}], note: "N[@sidan]"}]}
tecken: {kind: tecken, title: Tecken, description: D, signs: [{icon: papper, title: S, words: O, page: /prov.md}]}
""",
    "handouts": "affisch: {title: Affisch & mer, purpose: Till dörren., page: prov/}\nstart: {page: ''}\n",
    "slides": "title: Bilder & mer\npurpose: Till mötet.\nslides: [{notes: x}]\n",
    "changes": """\
ny: {date: 2026-12-01, title: ny, what: A., why: B., pages: [/prov.md#del, /borta.md]}
forst: {date: 2026-11-24, title: först, what: A., why: B., know: "Läs [mer](/prov.md)."}
""",
    "accessibility": """\
assessed_on: 2026-11-24
conformity: delvis förenlig
method: Själv.
shortcomings: [{what: Det., why: Därför., instead: Så här.}]
exempt: Inget.
outside: Andras.
""",
}
LAW = statute(
    "2001:1", "1", p2_5a="**[Träder i kraft 2026-01-01]**\n\nDu <får> pröva. Lag (2025:9)."
)
PAGES = {
    "index.md": "",
    "prov.md": page_with(
        "embed: {purpose: Till er., height: 700}\nanchors:\n  del: Ett & annat\nshort: akut#del\n",
        "## Vad gäller? {#del}\n\n[[osakert:vem]]\n\nText.[@lagen]\n",
    ),
    "andra.md": page_with(
        "short: '112'\n", "## Gör så här {#gor-sa-har}\n\n### Vänta {#vanta}\n\nSitt still.\n"
    ),
    "regler.md": page_with(
        "kind: regel\n",
        "## Villkor {#villkor}\n\nHen ska vilja.\nOch [kunna](hem/lan.md).\n\n- Utom barn.[@prov-2-5a]\n\n"
        "## Frist {#frist}\n\nTre veckor.[@prov-2-5a]\n",
    ),
    **{f"hem/{name.replace(':', '-')}.md": f"[[{name}]]\n" for name in HOMES},
}


FILES = {**PAGES, **{f"_data/{k}.yml": whole(k, text) for k, text in REGISTERS.items()}}
FILES["_data/law/prov.md"] = LAW


EXTRA = Extra(
    site=Site(ticked_paper="Förstör det ikryssade."),
    sender=Sender(name="Vi & de", text="Några som odlar."),
    accessibility=Statement(contact="mailto:fel@example.se"),
)


def made_of(folder: Path) -> Context:
    """Return what a macro on the page prov.md is given; HTML stands as it is."""
    given = context(folder, extra=EXTRA)
    return replace(given, page=given.content.pages[PurePosixPath("prov.md")])


def html_of(text: str, folder: Path, page: str = "", *more: str) -> str:
    """Return Markdown as HTML with the registers of ``folder``, on the page ``page`` of it.
    ``more``: extensions."""
    options: dict[str, Any] = {"docs_dir": str(folder)}
    if page:
        content = Content.read(folder)
        options |= {"page": content.pages[PurePosixPath(page)], "site_url": "https://example.se/"}
    names = ["attr_list", "md_in_html", "tables", "toc", "pymdownx.superfences"]
    return markdown.markdown(
        text,
        extensions=[*names, EXTENSION, *more],
        extension_configs={EXTENSION: options},
    )


@pytest.fixture
def folder(docs) -> Path:
    return docs(FILES)


@pytest.fixture
def made(folder) -> Context:
    return made_of(folder)


@pytest.fixture
def render(folder):
    """Return a function: Markdown → HTML, with small registers."""
    return lambda text: html_of(text, folder)
