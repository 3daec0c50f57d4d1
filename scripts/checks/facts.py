"""Kontrollerar sakuppgifter: varje nummer, tid, paragraf och belopp ska stå i facts.yml.

Hittar telefonnummer, blanketter, tider, åldrar, straff, datum, lagrum, beteckningar, belopp, antal,
procent och e-postadresser i docs/ och jämför dem med docs/_data/facts.yml. Hittar också gammal lag
och ord att undvika, enligt samma register.
"""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import PurePosixPath
from typing import Any

import yaml

from scripts.checks.fact_values import ANY_NUMBER, COMPILED, PARTS, Value, normal
from scripts.checks.sources import is_iso_date
from scripts.content.choices import CERTAINTY
from scripts.content.content import Content
from scripts.content.figures import figure_facts
from scripts.content.markdown import CITATION, MACRO
from scripts.content.page import Page
from scripts.content.registers import RegisterFile, Registers
from scripts.core.findings import Finding
from scripts.render.macros import used_sources

# A record's kind → how its value is seen in a text. A text doesn't say whether "4 år" is a
# sentence or an age, nor whether "168 000" in a table is money or a count.
KINDS = {
    **{"telefon": "telefon", "epost": "epost", "blankett": "blankett", "procent": "procent"},
    **{"lag": "beteckning", "beteckning": "beteckning", "lagrum": "lagrum", "datum": "datum"},
    **{"tid": "tid", "alder": "år", "straff": "år", "belopp": "tal", "antal": "tal"},
}
FIELDS = {"kind", "value", "spellings", "about", "pages", "source", "own", "as_of", "certainty"}
AVOID_FIELDS = {"pattern", "message", "unless", "pages"}
# Registers that readers see, and the fields in them that they don't see, or only search by.
SHOWN = (
    "contacts",
    "regions",
    "questions",
    "glossary",
    "guide",
    "changes",
    "figures",
    "checklists/*",
)
UNSEEN = re.compile(
    "also|answer|applies|as_of|certainty|checked_on|checks|column|confirmed_by_call|contact|county|"
    "date|facts?|group|host_certainty|icon|id|kind|letters|mark|of|pages?|row|sources?|spellings|"
    "tel|version|to|then|start|verdict|call|doubt"
)

# A line that goes on from the one before it.
CONTINUES = re.compile(r"\s*(?:[a-zåäö(]|\d(?!\d*\. ))")


@dataclass(frozen=True)
class Sentence:
    """A sentence or a table row, without Markdown, and where it stands."""

    path: PurePosixPath  # in docs/
    line: int
    text: str
    heading: str = ""  # the one it stands under


class Facts:
    """docs/_data/facts.yml, ready to look values up in."""

    def __init__(
        self, data: Mapping[str, Any], sources: Mapping[str, Mapping[str, Any]] | None = None
    ) -> None:
        # A paragraph in sources.yml may be named wherever it is cited: no fact of its own.
        self.paragraphs = {
            f"lagrum {key}": {
                "kind": "lagrum",
                "value": f"{source['place']} {source['name']}",
                "source": key,
            }
            for key, source in (sources or {}).items()
            if "place" in source and "name" in source
        }
        self.records: dict[str, dict[str, Any]] = {**(data.get("facts") or {}), **self.paragraphs}
        self.avoid: dict[str, dict[str, Any]] = data.get("avoid") or {}
        self.laws = {
            name.lower(): key
            for key, record in self.records.items()
            if record["kind"] == "lag"
            for name in (record["value"], *record.get("spellings", []))
        }
        names = "|".join(re.escape(n) for n in sorted(self.laws, key=len, reverse=True)) or "(?!)"
        self.law_name = re.compile(rf"(?<!\w)(?:{names})(?!\w)")
        self.law_short = re.compile(rf"\b({names}) (\d{{1,2}}):(\d+(?: ?[a-z]\b)?)")
        self.law_place = re.compile(
            rf"(?:(?<!\w)(?P<before>{names})s?(?: \(\d{{4}}:\d+\))?,? )?"
            rf"(?:\b(?P<chapter>{PARTS}) kap\.?(?: (?P<section>{PARTS}) ?§§?)?|"
            rf"\b(?P<only>{PARTS}) ?§§?)"
            r"(?:,? (?:första|andra|tredje|fjärde) stycket(?: \d)?(?: och \d)?)?"
            rf"(?:,? (?:(?:i|enligt|av|of|den|the) )*(?P<after>{names})(?!\w| \d))?"
        )
        self.index: dict[tuple[str, str], list[str]] = defaultdict(list)
        for key, record in self.records.items():
            for text in (record["value"], *record.get("spellings", [])):
                for value in self.extract(str(text)):
                    keys = self.index[value.kind, value.value]
                    if value.kind == KINDS[record["kind"]] and key not in keys:
                        keys.append(key)
        self.law_of = {
            key: value.rpartition(" ")[2]
            for (kind, value), keys in self.index.items()
            for key in keys
            if kind == "lagrum"
        }
        self.about = {k: re.compile(r["about"]) for k, r in self.records.items() if r.get("about")}
        self.wrong = {k: re.compile(r["pattern"]) for k, r in self.avoid.items()}

    def extract(self, text: str) -> list[Value]:
        """Return every value in ``text``, in reading order."""
        found: list[Value] = []
        if not ANY_NUMBER.search(low := text.lower()):
            return found
        written = text
        if self.law_short.search(low) or "chapter" in low:
            low = self.law_short.sub(r"\1 \2 kap. \3 §", low)
            low = written = re.sub(r"chapter (\d+), section (\d+)", r"\1 kap. \2 §", low)

        def law_place(match: re.Match[str]) -> str:
            found.extend(self._places(match, written[match.start() : match.end()].strip()))
            return " " * len(match[0])

        def other(match: re.Match[str]) -> str:
            if not (value := normal(kind, match)):
                return match[0]
            seen_as = "år" if kind == "tid" and value.endswith(" år") else kind
            found.append(
                Value(seen_as, value, written[match.start() : match.end()].strip(), match.start())
            )
            return " " * len(match[0])

        if "§" in low or "kap" in low:
            low = self.law_place.sub(law_place, low)
        for kind, pattern in COMPILED:  # noqa: B007 - other() reads kind
            low = pattern.sub(other, low)
        return sorted(found, key=lambda value: value.start)

    def _places(self, match: re.Match[str], text: str) -> Iterator[Value]:
        """Yield "5 kap. 15 § utl" for each place a law reference names; the law may be empty."""
        law = self.laws.get(match["after"] or match["before"] or "", "")
        chapters = re.split(r", | och ", match["chapter"] or "")
        sections = re.split(r", | och ", match["section"] or match["only"] or "")
        for chapter in chapters:
            for section in sections:
                place = (chapter and f"{chapter} kap.", section and f"{section} §", law)
                value = " ".join(part for part in place if part)
                yield Value("lagrum", value, text, match.start())

    def lookup(self, value: Value, laws: set[str]) -> list[str]:
        """Return the records with this value. A place without a law may be in any of ``laws``."""
        if value.kind == "lagrum" and value.value.endswith(("§", "kap.")):
            return [
                key for law in sorted(laws) for key in self._law_records(f"{value.value} {law}")
            ]
        if value.kind == "lagrum":
            return self._law_records(value.value)
        return self.index.get((value.kind, value.value), [])

    def _law_records(self, place: str) -> list[str]:
        """A chapter named alone stands for each of its registered sections."""
        number, _, law = place.rpartition(" ")
        keys = self.index.get(("lagrum", place), [])
        if keys or number.endswith("§"):
            return keys
        return [
            key
            for (kind, value), found in self.index.items()
            if kind == "lagrum" and value.startswith(f"{number} ") and value.endswith(f" {law}")
            for key in found
        ]

    def named_laws_in(self, texts: Sequence[Sentence]) -> set[str]:
        return self.named_laws(" ".join(sentence.text for sentence in texts))

    def named_laws(self, text: str) -> set[str]:
        return {self.laws[match[0]] for match in self.law_name.finditer(text.lower())}

    def local_laws(self, path: str) -> set[str]:
        """Return the laws that only this page and a few more may refer to."""
        return {law for k, law in self.law_of.items() if path in self.records[k].get("pages", [])}

    def subject(self, text: str, kind: str) -> set[str]:
        """Return the records of ``kind`` that ``text`` is about."""
        return {
            key
            for key, about in self.about.items()
            if KINDS[self.records[key]["kind"]] == kind and about.search(text)
        }

    def explain(self, value: Value, subject: set[str]) -> str:
        """Say what is wrong with a value, and what the register has instead."""
        near = [self.records[key]["value"] for key in sorted(subject)]
        if value.kind == "lagrum" and not near:  # a guessed paragraph would be taken for the law
            return (
                f'"{value.text}" finns inte bland paragraferna i sources.yml. Läs lagen, rätta '
                "texten eller lägg in paragrafen under sin lag."
            )
        # A near number is another organisation's.
        if not near and value.kind not in ("telefon", "epost", "blankett"):
            known = [v for (kind, v), keys in self.index.items() if kind == value.kind and keys]
            close = difflib.get_close_matches(value.value, known, n=1, cutoff=0.5)
            near = [self.records[self.index[value.kind, v][0]]["value"] for v in close]
        if subject:
            return f'"{value.text}" stämmer inte. I registret står {" eller ".join(near)}.'
        hint = f" I registret står {near[0]}." if near else ""
        return (
            f'"{value.text}" finns inte i facts.yml.{hint} '
            "Rätta texten, eller lägg in uppgiften med källa."
        )


def plain(text: str) -> str:
    """Return what a reader sees of a line of Markdown: no addresses, citations, ids or stars."""
    if MACRO.match(text):
        return ""
    text = CITATION.sub("", re.sub(r"^\s*\d+\. ", "", text))
    text = re.sub(r"\]\([^)\n]*\)", "", text)
    text = re.sub(r"\{[^}\n]*\}|<[^>\n]+>|[*\[\]!]", "", text)
    return re.sub(r"[\u00a0\u2009\u202f]", " ", text)


def sentences(path: PurePosixPath, lines: Sequence[tuple[int, str]]) -> Iterator[Sentence]:
    """Yield the sentences of ``lines``; a table row is one, and a line may go on from the last."""
    blocks: list[tuple[int, str]] = []
    for number, line in lines:
        text = plain(line)
        last = blocks[-1][1].rstrip() if blocks else ""
        goes_on = (
            last
            and not last.lstrip().startswith(("#", "|", "!!!", "???"))
            and last[-1] not in ".:?"
        )
        if goes_on and CONTINUES.match(text):
            blocks[-1] = (blocks[-1][0], f"{blocks[-1][1]}\n{text}")
        else:
            blocks.append((number, text))
    heading = ""
    for number, text in blocks:
        start = 0
        if text.startswith("#"):
            heading = text
        ends = (
            [] if text.lstrip().startswith("|") else re.finditer(r"[.!?]\s+(?=[A-ZÅÄÖ\"”])", text)
        )
        for end in [*(m.end() for m in ends), len(text)]:
            if text[start:end].strip():
                first = number + text[:start].count("\n")
                yield Sentence(path, first, text[start:end], heading)
            start = end


def page_sentences(page: Page) -> list[Sentence]:
    """Return the sentences of a page: title, description and body."""
    heads = []
    for name in ("title", "description"):
        heads.append((page.line(name), str(page.meta.get(name, "")) + "."))
    return [
        s
        for lines in ([heads[0]], [heads[1]], list(page.lines()))
        for s in sentences(page.path, lines)
    ]


def register_sentences(path: PurePosixPath, file: RegisterFile) -> Iterator[Sentence]:
    """Yield the sentences of a register's shown fields, with their lines in the file."""
    raw = file.text.split("\n")

    def walk(node: yaml.Node) -> Iterator[Sentence]:
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                if not UNSEEN.fullmatch(key.value):
                    yield from walk(value)
        elif isinstance(node, yaml.SequenceNode):
            for item in node.value:
                yield from walk(item)
        elif isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
            rows = range(node.start_mark.line + 1, node.end_mark.line)
            yield from sentences(path, [(row + 1, raw[row].strip()) for row in rows])
        else:
            yield from sentences(path, [(node.start_mark.line + 1, node.value)])

    if file.tree:
        yield from walk(file.tree)


def check_text(
    facts: Facts, shown: PurePosixPath, texts: Sequence[Sentence], used: dict[tuple[str, ...], int]
) -> Iterator[Finding]:
    """Yield where ``texts``, one page or register, and the facts differ.

    Adds to ``used`` the records of each value that agrees, with the line that shows it first.
    """
    path = str(texts[0].path) if texts else ""
    page_laws, local_laws = facts.named_laws_in(texts), facts.local_laws(path)
    for sentence in texts:
        text = sentence.text.replace("\n", " ")

        def line(at: int, sentence: Sentence = sentence) -> int:
            return sentence.line + sentence.text[:at].count("\n")

        for key, pattern in facts.wrong.items():
            if not pattern.search(text):
                continue
            avoid = facts.avoid[key]
            if path in avoid.get("pages", []) or re.search(avoid.get("unless", "(?!)"), text):
                continue
            for match in pattern.finditer(text):
                message = f'"{match[0].strip()}": {avoid["message"]}'
                yield Finding(shown, line(match.start()), "avoid", message)
            # One fault, one finding: what is to be avoided isn't looked up as well.
            text = pattern.sub(lambda m: "_" * len(m[0]), text)
        values = facts.extract(text)
        laws = ((values and facts.named_laws(text)) or page_laws) | local_laws
        for value in values:
            keys = facts.lookup(value, laws)
            # A sentence that doesn't say what it is about is about what its heading says.
            subject = facts.subject(text, value.kind) or facts.subject(sentence.heading, value.kind)
            allowed = [k for k in keys if path in facts.records[k].get("pages", [path])]
            rule = ""
            if not keys or (subject and not subject & set(keys)):
                rule = "wrong-fact" if keys else "unregistered-fact"
                message = facts.explain(value, subject)
            elif not allowed:
                rule, pages = "wrong-page", ", ".join(facts.records[keys[0]]["pages"])
                message = f'"{value.text}" får bara stå på {pages}. Ta bort uppgiften här.'
            elif value.kind == "telefon":
                record = facts.records[keys[0]]
                if value.text.lower() not in {record["value"], *record.get("spellings", [])}:
                    rule, message = "wrong-spelling", f'"{value.text}" skrivs {record["value"]}.'
            if rule:
                yield Finding(shown, line(value.start), rule, message)
            if allowed:
                used.setdefault(tuple(allowed), line(value.start))


def check_citations(
    facts: Facts,
    page: Page,
    shown: PurePosixPath,
    registers: Registers,
    used: Mapping[tuple[str, ...], int],
) -> Iterator[Finding]:
    """Yield each value that ``page`` shows without citing any of its sources."""
    cited = set(used_sources(page, registers))
    # A box or a link about an open question shows or leads to the question's own sources.
    asked = [argument for _, name, argument in page.macros() if name == "osakert"]
    asked += re.findall(r"oppna-fragor\.md#([\w-]+)", page.body)
    for key in asked:
        cited |= set(registers.questions.get(key, {}).get("sources") or [])
    for keys, line in used.items():
        records = [facts.records[key] for key in keys]
        # The build adds a phone number's source by itself.
        if any(r["kind"] == "telefon" or r.get("own") for r in records):
            continue
        sources = [source for r in records for source in _list(r["source"])]
        # To cite an act is to cite its sections, and the reverse.
        if not any(
            f"{c}-".startswith(f"{s}-") or s.startswith(f"{c}-") for s in sources for c in cited
        ):
            message = (
                f'"{records[0]["value"]}" står utan källa på sidan. Hänvisa till [@{sources[0]}].'
            )
            yield Finding(shown, line, "uncited-fact", message)


def check_register(
    data: Mapping[str, Any], sources: Mapping[str, Any]
) -> Iterator[tuple[str, str, str]]:
    """Yield (record, rule, message) for what is wrong inside facts.yml."""
    facts, avoid = data.get("facts") or {}, data.get("avoid") or {}
    for key, record in {**facts, **avoid}.items():
        if key in avoid:
            needed, known = ["pattern", "message"], AVOID_FIELDS
        else:
            needed, known = ["kind", "value"], FIELDS
            needed += ["pages"] if record.get("own") else ["source", "as_of", "certainty"]
        for name in needed:
            if record.get(name) in (None, "", []):
                yield key, "missing-field", f'fältet "{name}" saknas.'
        for name in record.keys() - known:
            yield key, "bad-field", f'fältet "{name}" finns inte.'
        for name, allowed in (("kind", tuple(KINDS)), ("certainty", CERTAINTY)):
            if record.get(name) and record[name] not in allowed:
                yield key, "bad-field", f"{name} ska vara {', '.join(allowed)}."
        if (
            record.get("as_of")
            and record["as_of"] != "odaterad"
            and not is_iso_date(record["as_of"])
        ):
            message = 'as_of ska vara "ÅÅÅÅ", "ÅÅÅÅ-MM", "ÅÅÅÅ-MM-DD" eller "odaterad".'
            yield key, "bad-date", message
        for source in _list(record.get("source")):
            if source not in sources:
                yield key, "unknown-source", f'källan "{source}" finns inte i sources.yml.'
        for name in ("about", "pattern", "unless"):
            try:
                if re.search(str(record.get(name) or "x"), ""):
                    yield key, "bad-field", f"{name} passar också en tom text."
            except re.error as error:
                yield key, "bad-field", f"{name} är inget giltigt mönster ({error})."


def _list(value: Any) -> list[str]:
    return value if isinstance(value, list) else [value] if value else []


def check(content: Content, _: dt.date) -> Iterator[Finding]:
    """Yield every finding in pages and registers."""
    registers, file = content.registers, content.files.get("facts")
    if file is None:
        return  # no facts: nothing to compare with

    def at(key: str, rule: str, message: str) -> Finding:
        return Finding(file.shown, content.line("facts", key), rule, f'"{key}": {message}')

    faults = [at(*fault) for fault in check_register(file.value, registers.sources)]
    yield from faults
    if faults:
        return  # A register that is wrong itself says nothing about the pages.
    facts = Facts(file.value, registers.sources)
    indexed = {key for keys in facts.index.values() for key in keys}
    for key in facts.records.keys() - indexed - facts.paragraphs.keys():
        yield at(key, "bad-field", f'värdet "{facts.records[key]["value"]}" passar inte kind.')
    seen: set[str] = set()
    for page in content.pages.values():
        used: dict[tuple[str, ...], int] = {}
        where, texts = content.shown(page), page_sentences(page)
        yield from check_text(facts, where, texts, used)
        yield from check_citations(facts, page, where, registers, used)
        seen |= {key for keys in used for key in keys} | facts.named_laws_in(texts)
    for name, register in content.files.items():
        if not any(fnmatchcase(name, pattern) for pattern in SHOWN):
            continue
        used = {}
        texts = list(register_sentences(PurePosixPath("_data", f"{name}.yml"), register))
        yield from check_text(facts, register.shown, texts, used)
        seen |= {key for keys in used for key in keys} | facts.named_laws_in(texts)
    seen |= {key for row in registers.figures.values() for key in figure_facts(row)}
    seen |= {facts.law_of[key] for key in seen if key in facts.law_of}
    for key in indexed - seen - facts.paragraphs.keys():
        yield at(key, "unused-fact", "uppgiften står inte på någon sida. Ta bort den ur registret.")
