"""docs/_data/audit/guide.toml: what the guide must never answer, and must never leave out.

The rules name questions, answers, pages and sources by their keys, never by their words: a choice
may be reworded, and a key that is gone is a finding.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scripts.audit.budget import AUDIT_FOLDER, finding_at, read_toml
from scripts.content.content import Content
from scripts.content.guide import Guide, GuideQuestion, Outcome
from scripts.content.markdown import cited
from scripts.core.findings import Finding

NAME = "guide.toml"


@dataclass(frozen=True)
class Rule:
    """What holds for one answer, or for whoever has passed a question.

    Attributes:
        node: the key of a question or an answer in guide.yml.
        why: the law or source that the rule rests on, in words for the editor.
        verdict: the verdict of every answer where a way through the node ends.
        through: keys that every way to the node has passed.
        cites: keys of sources that the node's text cites.
        calls, never_calls: keys of contacts among, and not among, the node's.
        pages: addresses that the node links to, in this order; others may stand between them.
        never_pages: addresses of pages that it never links to.
    """

    node: str
    why: str
    verdict: str = ""
    through: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()
    calls: tuple[str, ...] = ()
    never_calls: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    never_pages: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rules:
    """The whole file: where the choices of a question lead, in order, and the rules."""

    leads: dict[str, list[str]]
    rules: list[Rule]


def read_rules(docs: Path) -> Rules:
    """Return the rules of ``docs``. Raises ContentError."""

    def made(leads: dict[str, list[str]], rules: list[dict[str, Any]]) -> Rules:
        rows = [{name: as_tuple(value) for name, value in row.items()} for row in rules]
        return Rules(leads, [Rule(**row) for row in rows])

    def as_tuple(value: Any) -> Any:
        return tuple(value) if isinstance(value, list) else value

    rules: Rules = read_toml(made, docs, NAME)
    return rules


def paths_to_outcomes(
    guide: Guide, key: str, passed: tuple[str, ...] = ()
) -> Iterator[tuple[str, ...]]:
    """Yield every way from a node to an answer that ends the guide, as the keys it passes."""
    passed = (*passed, key)
    following = guide.nodes[key].leads_to
    if not following:
        yield passed
    for to in dict.fromkeys(following):
        yield from paths_to_outcomes(guide, to, passed)


def linked_addresses(node: GuideQuestion | Outcome, content: Content) -> list[str]:
    """Return the addresses of the pages that an answer links to, "odla/tomat/", in order."""
    paths = [more.page.partition("#")[0].lstrip("/") for more in getattr(node, "more", ())]
    pages = {str(path): page.address for path, page in content.pages.items()}
    return [pages[path] for path in paths if path in pages]


def is_subsequence(wanted: Sequence[str], found: Sequence[str]) -> bool:
    """Whether ``wanted`` are among ``found``, in the same order."""
    rest = iter(found)
    return all(one in rest for one in wanted)


def violations(rule: Rule, content: Content, all_ways: Sequence[tuple[str, ...]]) -> Iterator[str]:
    """Yield, in Swedish, what a rule asks for that its node does not keep."""
    guide = content.registers.guide
    node = guide.nodes[rule.node]
    text = str(node)
    calls = set(getattr(node, "call", ()))
    mine = [way for way in all_ways if rule.node in way]
    ends = {guide.outcomes[way[-1]].verdict for way in mine}
    if rule.verdict and ends != {rule.verdict}:
        yield f"vägarna härifrån slutar i {', '.join(sorted(ends))}, ska vara {rule.verdict}."
    for way in mine:
        if skipped := [key for key in rule.through if key not in way[: way.index(rule.node)]]:
            yield f"en väg hit går förbi {', '.join(skipped)}: {' → '.join(way)}."
            break
    if lacking := set(rule.cites) - set(cited(text)):
        yield f"hänvisar inte till {', '.join(sorted(lacking))}."
    if lacking := set(rule.calls) - calls:
        yield f"saknar kontakten {', '.join(sorted(lacking))}."
    if wrong := set(rule.never_calls) & calls:
        yield f"får inte ha kontakten {', '.join(sorted(wrong))}."
    if not is_subsequence(rule.pages, linked_addresses(node, content)):
        yield f"ska länka till {', '.join(rule.pages)}, i den ordningen."
    if wrong := set(rule.never_pages) & set(linked_addresses(node, content)):
        yield f"får inte länka till {', '.join(sorted(wrong))}."


def unknown_keys(rule: Rule, content: Content) -> list[str]:
    """Return the keys of a rule that name nothing: it would hold whatever the guide says."""
    addresses = {page.address for page in content.pages.values()}
    registers, nodes = content.registers, content.registers.guide.nodes
    gone = [key for key in (rule.node, *rule.through) if key not in nodes]
    gone += [key for key in rule.cites if key not in registers.sources]
    gone += [key for key in (*rule.calls, *rule.never_calls) if key not in registers.contacts]
    return gone + [one for one in (*rule.pages, *rule.never_pages) if one not in addresses]


def check(content: Content, docs: Path) -> Iterator[Finding]:
    """Yield where the guide breaks a rule of ``docs``, or a rule names what is gone; nothing where
    there are no rules. Raises ContentError for a file that can't be read."""
    guide = content.registers.guide
    file = docs / AUDIT_FOLDER / NAME
    if not file.is_file():
        return
    rules = read_rules(docs)
    lines = file.read_text(encoding="utf-8").split("\n")

    def finding(start: str, why: str, words: str) -> Finding:
        line = next((n for n, row in enumerate(lines, 1) if row.startswith(start)), 1)
        return finding_at(docs, NAME, line, "guide-rule", f"{words} ({why})" if why else words)

    for question, wanted in rules.leads.items():
        asked = guide.questions.get(question)
        leads = asked.leads_to if asked else []
        if leads != wanted:
            words = f"valen leder till {', '.join(leads)}" if asked else "finns inte i guide.yml"
            cure = "Är det rätt enligt lagen? Ändra raden här."
            yield finding(f"{question} =", "", f'"{question}": {words}. {cure}')
    all_ways = list(paths_to_outcomes(guide, guide.start))
    for rule in rules.rules:
        here = f'node = "{rule.node}"'
        if gone := unknown_keys(rule, content):
            words = f"{', '.join(gone)} finns inte. Har något bytt namn? Byt det här också."
            yield finding(here, rule.why, f'"{rule.node}": {words}')
            continue
        for words in violations(rule, content, all_ways):
            yield finding(here, rule.why, f'"{rule.node}" {words}')
