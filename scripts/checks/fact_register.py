"""The facts of docs/_data/facts.yml, ready to look values up in."""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from scripts.checks.fact_sentences import Sentence
from scripts.content.facts import Fact
from scripts.content.prose import Patterns
from scripts.content.records import Registers
from scripts.core.values import ANY_NUMBER, COMPILED, PARTS, Value, normal

# A record's kind → how its value is seen in a text. A text doesn't say whether "4 år" is a
# sentence or an age, nor whether "168 000" in a table is money or a count.
KINDS = {
    **{"telefon": "telefon", "epost": "epost", "blankett": "blankett", "procent": "procent"},
    **{"lag": "beteckning", "beteckning": "beteckning", "lagrum": "lagrum", "datum": "datum"},
    **{"tid": "tid", "alder": "år", "straff": "år", "belopp": "tal", "antal": "tal"},
}


class Facts:
    """docs/_data/facts.yml and fact_patterns.yml, ready to look values up in; the paragraphs of
    sources.yml and the numbers of contacts.yml among them."""

    def __init__(self, registers: Registers) -> None:
        # A paragraph in sources.yml may be named wherever it is cited, and a number in contacts.yml
        # is a contact's: neither is a fact of its own.
        self.derived = {
            f"lagrum {key}": Fact(
                kind="lagrum", value=f"{source.place} {source.name}", source=(key,)
            )
            for key, source in registers.sources.items()
            if source.place and source.name
        }
        self.derived |= {
            f"telefon {key}": Fact(
                kind="telefon", value=c.phone, spellings=c.spellings, source=(c.source,)
            )
            for key, c in registers.contacts.items()
            if c.phone
        }
        self.records = {**registers.facts.facts, **self.derived}
        self.avoid = registers.fact_patterns.avoid
        self.laws = {
            name.lower(): key
            for key, record in self.records.items()
            if record.kind == "lag"
            for name in (record.value, *record.spellings)
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
            for text in (record.value, *record.spellings):
                for value in self.extract(text):
                    keys = self.index[value.kind, value.value]
                    if value.kind == KINDS[record.kind] and key not in keys:
                        keys.append(key)
        self.law_of = {
            key: value.rpartition(" ")[2]
            for (kind, value), keys in self.index.items()
            for key in keys
            if kind == "lagrum"
        }
        subjects = registers.fact_patterns.subjects
        self.about = {k: re.compile(about) for k, about in subjects.items() if k in self.records}
        self.wrong = Patterns((key, row.pattern) for key, row in self.avoid.items())

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
            if not ANY_NUMBER.search(low):
                return sorted(found, key=lambda value: value.start)
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

    def is_cited(self, key: str, cited: Iterable[str]) -> bool:
        """Whether a record is the editors' own, or one of its sources is among those cited.

        To cite an act is to cite its sections, and the reverse.
        """
        return bool(self.records[key].own) or any(
            f"{c}-".startswith(f"{s}-") or s.startswith(f"{c}-")
            for s in self.records[key].sources
            for c in cited
        )

    def is_said(self, key: str, cited: Iterable[str]) -> bool:
        """Whether a paragraph that cites these sources may say a record."""
        return self.records[key].general or self.is_cited(key, cited)

    def worked_out(self) -> Iterator[tuple[str, str]]:
        """Yield (record, what is wrong) for each that no longer follows from the one it is
        worked out of; nothing has its old value then."""
        for key, record in self.records.items():
            if not (rule := record.worked_out):
                continue
            if not (of := self.records.get(rule.of)):
                yield key, f'uppgiften "{rule.of}" finns inte.'
                continue
            number = re.compile(r"\d+")
            base = number.search(of.value)
            right = number.sub(str(int(base[0]) + rule.plus) if base else "?", record.value)
            if right != record.value:
                where = "här, och på de rader som räknas upp"
                yield key, f"räknas ur {rule.of}, som är {of.value}. Skriv {right} {where}."
                for keys in self.index.values():
                    if key in keys:
                        keys.remove(key)

    def named_laws_in(self, texts: Sequence[Sentence]) -> set[str]:
        return self.named_laws(" ".join(sentence.text for sentence in texts))

    def named_laws(self, text: str) -> set[str]:
        return {self.laws[match[0]] for match in self.law_name.finditer(text.lower())}

    def local_laws(self, path: str) -> set[str]:
        """Return the laws that only this page and a few more may refer to."""
        return {law for k, law in self.law_of.items() if path in self.records[k].pages}

    def subject(self, text: str, kind: str) -> set[str]:
        """Return the records of ``kind`` that ``text`` is about."""
        return {
            key
            for key, about in self.about.items()
            if KINDS[self.records[key].kind] == kind and about.search(text)
        }

    def explain(self, value: Value, subject: set[str]) -> str:
        """Say what is wrong with a value, and what the register has instead where the text says
        what it is about. A near limit or number to call isn't told: it is another fact's."""
        if subject:
            right = " eller ".join(f"{self.records[key].value} ({key})" for key in sorted(subject))
            return f'"{value.text}" stämmer inte. I registret står {right}.'
        if value.kind == "lagrum":
            return (
                f'"{value.text}" finns inte bland paragraferna i sources.yml. Läs lagen, rätta '
                "texten eller lägg in paragrafen under sin lag."
            )
        if value.kind == "telefon":
            return (
                f'"{value.text}" finns inte i contacts.yml. Rätta texten, också om numret nyss '
                "byttes där. Är det en till: lägg in det, med den som svarar och källa."
            )
        hint = ""
        if value.kind in ("beteckning", "tal"):  # long enough for a slip of the hand to show
            known = [v for (kind, v), keys in self.index.items() if kind == value.kind and keys]
            for close in difflib.get_close_matches(value.value, known, n=1, cutoff=0.5):
                hint = f" Närmast står {self.records[self.index[value.kind, close][0]].value}."
        return (
            f'"{value.text}" finns inte i facts.yml.{hint} '
            "Rätta texten, också om den nyss ändrades där. Är det en till: lägg in den, med källa."
        )

    def given(self, value: Value, cited: Iterable[str]) -> str:
        """Say what the sources of a paragraph give of the same kind; empty if they give nothing."""
        found = [
            f"{record.value} ({key})"
            for key, record in self.records.items()
            if KINDS[record.kind] == value.kind and record.sources
            if self.is_cited(key, cited)
        ]
        return f" Ur styckets källor kommer {', '.join(found)}." if found else ""

    def explain_source(self, value: Value, key: str, cited: Iterable[str]) -> str:
        """Say that a value isn't what the sources of its paragraph give, but those of ``key``."""
        return (
            f'"{value.text}" är enligt facts.yml ingen uppgift ur de källor som stycket hänvisar '
            f"till.{self.given(value, cited)} Rätta talet, också om det nyss ändrades i facts.yml. "
            f"Är det {key}: hänvisa till [@{self.records[key].sources[0]}]. Säger källorna det här "
            "också: skriv in dem i facts.yml."
        )
