"""docs/_data/audit/guide.toml: rules of law that the guide's outcomes must follow.

The rules refer to questions, outcomes, pages and sources by their keys, never by their texts: a
choice may be reworded, and an unknown key is a finding.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scripts.audit.budget import AUDIT_FOLDER, finding_at, read_toml
from scripts.content.content import Content
from scripts.content.guide import Guide, GuideQuestion, Outcome
from scripts.content.markdown import cited_keys
from scripts.core.findings import Finding

NAME = "guide.toml"


@dataclass(frozen=True)
class Rule:
    """Requirements of a question or an outcome of the guide.

    Attributes:
        node: key of the question or outcome in guide.yml.
        why: the law or source behind the rule, in Swedish for the editor.
        verdict: the verdict of every outcome after the node.
        through: keys that every path to the node passes.
        cites: keys of sources that the node's text cites.
        calls, never_calls: keys of contacts that the node has, and must not have.
        pages: addresses that the node links to, in this order, perhaps with others between them.
        never_pages: addresses that the node must not link to.
    """

    node: str
    why: str
    verdict: str = ""
    through: Sequence[str] = ()
    cites: Sequence[str] = ()
    calls: Sequence[str] = ()
    never_calls: Sequence[str] = ()
    pages: Sequence[str] = ()
    never_pages: Sequence[str] = ()


@dataclass(frozen=True)
class Rules:
    """The content of guide.toml.

    Attributes:
        leads: key of a question → keys of the nodes that its choices lead to, in order.
        rules: the rules of nodes.
    """

    leads: dict[str, list[str]]
    rules: list[Rule]


def read_rules(docs: Path) -> Rules:
    """Return the content of guide.toml in ``docs``. Raises ContentError."""

    def construct(leads: dict[str, list[str]], rules: list[dict[str, Any]]) -> Rules:
        return Rules(leads, [Rule(**row) for row in rules])

    rules: Rules = read_toml(construct, docs, NAME)
    return rules


def paths_to_outcomes(
    guide: Guide, key: str, passed: tuple[str, ...] = ()
) -> Iterator[tuple[str, ...]]:
    """Yield every path from the node ``key`` to an outcome that ends the guide, as the keys of its
    nodes. Each path begins with ``passed``, the keys of the nodes before ``key``.
    """
    path = (*passed, key)
    targets = guide.nodes[key].leads_to
    if not targets:
        yield path
    for target in dict.fromkeys(targets):
        yield from paths_to_outcomes(guide, target, path)


def linked_addresses(node: GuideQuestion | Outcome, content: Content) -> list[str]:
    """Return the addresses of the pages that a node links to ("odla/tomat/"), in order."""
    if isinstance(node, GuideQuestion):
        return []  # a question's choices lead to nodes of the guide
    addresses_by_link = {page.link: page.address for page in content.pages.values()}
    links = [more.page.partition("#")[0] for more in node.more]
    # the checks before the build report a link to a page that doesn't exist
    return [addresses_by_link[link] for link in links if link in addresses_by_link]


def is_subsequence(part: Sequence[str], whole: Sequence[str]) -> bool:
    """Whether the items of ``part`` are in ``whole``, in the same order."""
    rest = iter(whole)
    return all(item in rest for item in part)  # `in` consumes the iterator up to the item


def path_violations(rule: Rule, guide: Guide, paths: Sequence[tuple[str, ...]]) -> Iterator[str]:
    """Yield a Swedish message for each requirement of a rule that the paths through its node don't
    meet.

    ``paths``: every path through the guide, as keys of nodes.
    """
    paths_through_node = [path for path in paths if rule.node in path]
    verdicts = {guide.outcomes[path[-1]].verdict for path in paths_through_node}
    if rule.verdict and verdicts != {rule.verdict}:
        yield f"vägarna härifrån slutar i {_join_sorted(verdicts)}, ska vara {rule.verdict}."
    for path in paths_through_node:
        before = path[: path.index(rule.node)]
        skipped = [key for key in rule.through if key not in before]
        if skipped:
            yield f"en väg hit går förbi {', '.join(skipped)}: {' → '.join(path)}."
            return  # one path is enough to show it


def node_violations(rule: Rule, content: Content) -> Iterator[str]:
    """Yield a Swedish message for each requirement of a rule that its node's citations, contacts
    and links don't meet."""
    node = content.registers.guide.nodes[rule.node]
    calls = set(node.call) if isinstance(node, Outcome) else set[str]()
    pages = linked_addresses(node, content)
    missing_sources = set(rule.cites) - set(cited_keys(str(node)))
    if missing_sources:
        yield f"hänvisar inte till {_join_sorted(missing_sources)}."
    missing_calls = set(rule.calls) - calls
    if missing_calls:
        yield f"saknar kontakten {_join_sorted(missing_calls)}."
    forbidden_calls = set(rule.never_calls) & calls
    if forbidden_calls:
        yield f"får inte ha kontakten {_join_sorted(forbidden_calls)}."
    if not is_subsequence(rule.pages, pages):
        yield f"ska länka till {', '.join(rule.pages)}, i den ordningen."
    forbidden_pages = set(rule.never_pages) & set(pages)
    if forbidden_pages:
        yield f"får inte länka till {_join_sorted(forbidden_pages)}."


def _join_sorted(keys: Iterable[str]) -> str:
    """Return keys as a text, in alphabetical order and separated by commas."""
    return ", ".join(sorted(keys))


def unknown_keys(rule: Rule, content: Content) -> list[str]:
    """Return the keys and addresses of a rule that don't exist."""
    registers = content.registers
    addresses = {page.address for page in content.pages.values()}
    unknown = [key for key in (rule.node, *rule.through) if key not in registers.guide.nodes]
    unknown += [key for key in rule.cites if key not in registers.sources]
    unknown += [key for key in (*rule.calls, *rule.never_calls) if key not in registers.contacts]
    unknown += [page for page in (*rule.pages, *rule.never_pages) if page not in addresses]
    return unknown


def lead_violations(leads: Mapping[str, list[str]], guide: Guide) -> Iterator[tuple[str, str]]:
    """Yield (key of a question, Swedish message) for each question in ``leads`` that isn't in the
    guide, or whose choices lead to other nodes than ``leads`` says."""
    for key, expected in leads.items():
        question = guide.questions.get(key)
        targets = question.leads_to if question else []
        if targets != expected:
            if question:
                state = f"valen leder till {', '.join(targets)}"
            else:
                state = "finns inte i guide.yml"
            yield key, f'"{key}": {state}. Är det rätt enligt lagen? Ändra raden här.'


def check(content: Content, docs: Path) -> Iterator[Finding]:
    """Yield a finding for each question whose choices lead to other nodes than guide.toml says,
    each violation of a rule in guide.toml, and each unknown key in a rule; nothing if ``docs`` has
    no such file.

    Raises ContentError.
    """
    guide = content.registers.guide
    file = docs / AUDIT_FOLDER / NAME
    if not file.is_file():
        return
    rules = read_rules(docs)
    lines = file.read_text(encoding="utf-8").split("\n")

    def finding(start: str, message: str) -> Finding:
        """Return a finding on the first line of guide.toml that begins with ``start``, or on line
        1 if none does."""
        line = next((number for number, row in enumerate(lines, 1) if row.startswith(start)), 1)
        return finding_at(docs, NAME, line, "guide-rule", message)

    for key, message in lead_violations(rules.leads, guide):
        yield finding(f"{key} =", message)
    paths = list(paths_to_outcomes(guide, guide.start))
    for rule in rules.rules:
        start = f'node = "{rule.node}"'
        unknown = unknown_keys(rule, content)
        if unknown:  # the rule can't be checked
            keys = ", ".join(unknown)
            message = f"{keys} finns inte. Har något bytt namn? Byt det här också."
            yield finding(start, f'"{rule.node}": {message} ({rule.why})')
            continue
        for message in (*path_violations(rule, guide, paths), *node_violations(rule, content)):
            yield finding(start, f'"{rule.node}" {message} ({rule.why})')
