from __future__ import annotations

import markdown
import pytest

# Macros whose page others link to.
HOMES = ("kallforteckning", "oppna-fragor", "ordlista", "lagandringar")
SOURCES = """\
lagen: {title: Lagen 1 §, publisher: Riksdagen, url: "https://example.se/lag", kind: lag,
  as_of: "2026-02", read_on: "2026-02", certainty: saker}
sidan: {title: Sidan, publisher: Myndigheten, url: "https://example.se/sida", kind: myndighet,
  as_of_note: odaterad sida, read_on: null, certainty: osaker, note: Kan ha flyttat.}
"""
CONTACTS = """\
sos: {name: SOS, group: [akut], for_whom: Alla, phone: "112", tel: "112", hours: Dygnet runt,
  what_happens: Någon svarar., source: sidan, as_of: "2023", test_call: false}
stod: {name: Stöd, group: [akut, rad], for_whom: Yrkesverksamma, phone: 020-390 000,
  spellings: [020-39 00 00], tel: "020390000", source: sidan, as_of: "2023", note: Tolk finns.,
  doubt: Tiden kan ha ändrats.}
"""
QUESTIONS = """\
vem: {title: "Vem gör det?", kind: osaker, level: 1, text: Vi vet inte., do: Fråga., checked: Lagen.,
  checked_on: "2026-11-24", settles: Ett beslut., ask: Myndigheten, sources: [lagen]}
hur: {title: "Hur går det till?", kind: osaker, level: 2, text: Oklart hur., do: Vänta., checked: Lagen.,
  checked_on: "2026-11-24", settles: Ett beslut., ask: Myndigheten}
var: {title: "Var sker det?", kind: motstridig, level: 3, text: Oklart var., do: Leta., checked: Lagen.,
  checked_on: "2026-11-24", settles: Ett beslut., ask: Myndigheten}
nar: {title: "När sker det?", kind: besvarad, text: I dag., do: Gå., checked: Lagen., checked_on: "2026-11-24"}
"""
CHECKLIST = """\
title: Lista
version: "2026-11-24"
sheets: 1
groups:
  - id: nu
    title: Nu
    rows:
      - {id: ring, text: "Ring 112 & vänta <lugnt>.", why: "Skydd först.[@lagen]",
         page: /prov.md, page_title: Prov, applies: [vuxen, barn]}
"""
GLOSSARY = """\
lvu: {term: lagen om vård av unga, abbr: LVU, text: "Tvångsvård.[@lagen]"}
inhibition: {term: inhibition, text: Ett stopp., explain: true}
troskel: {term: tröskel, text: En gräns.}
"""


@pytest.fixture
def render(docs):
    """Return a function: Markdown → HTML, with small registers."""
    folder = docs(
        {
            "prov.md": "[[osakert: vem]]\n",
            "andra.md": "",
            **{f"hem/{name}.md": f"[[{name}]]\n" for name in HOMES},
            "_data/sources.yml": SOURCES,
            "_data/contacts.yml": CONTACTS,
            "_data/questions.yml": QUESTIONS,
            "_data/checklists/lista.yml": CHECKLIST,
            "_data/glossary.yml": GLOSSARY,
        }
    )

    def run(text: str) -> str:
        names = ["attr_list", "md_in_html", "tables", "toc", "pymdownx.superfences"]
        return markdown.markdown(
            text,
            extensions=[*names, "scripts.render.extension"],
            extension_configs={"scripts.render.extension": {"docs_dir": str(folder)}},
        )

    return run
