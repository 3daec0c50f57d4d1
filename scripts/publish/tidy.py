"""What a change in docs/ leaves behind, and how it is put in order: build.py --tidy.

Two kinds: what nobody uses any longer, which goes, and promised addresses that are gone, which get
a row in redirects.yml. Neither is done unasked.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from scripts.content.additions import NO_MARK
from scripts.content.content import Content
from scripts.content.edit import with_rows, without
from scripts.content.files import LAW
from scripts.content.statutes import HEADING, cut
from scripts.core.findings import UNUSED, Finding, is_fault
from scripts.publish.promise import Promise
from scripts.publish.redirects import REGISTER

FRONT = re.compile(r"---[ \t]*\n(.*?)^---[ \t]*$", re.S | re.M)  # of a page; no register has it
SHOWN = 8  # of what can be put in order, at the end of a build
COMMAND = "--tidy"
MISSING = "De här raderna saknas i docs/_data/redirects.yml. Klistra in dem, eller kör bygget med"


def unused(findings: Iterable[Finding]) -> list[Finding]:
    """Return what nobody uses, in order, each once."""
    return sorted({finding for finding in findings if finding.severity == UNUSED})


def reminder(findings: Iterable[Finding]) -> Iterator[str]:
    """Yield what the end of a build says of it."""
    if found := unused(findings):
        yield f"{len(found)} {'rad' if len(found) == 1 else 'rader'} kan städas med {COMMAND}:"
        yield from (f"  {finding}" for finding in found[:SHOWN])
        if len(found) > SHOWN:
            yield f"  … och {len(found) - SHOWN} till"


def missing_rows(promise: Promise) -> str:
    """Return the rows that redirects.yml lacks, ready to paste, and what to do; "" if it lacks
    none."""
    rows = with_rows("", promise.rows()).strip()
    return f"{MISSING} {COMMAND}\n{rows}" if rows else ""


def tidy(content: Content, findings: Collection[Finding]) -> str:
    """Write the missing rows, and take away what nobody uses; return what was done, in Swedish,
    or "" for nothing: as long as something else is wrong, nobody knows what is used.

    Raises OSError.
    """
    if any(is_fault(finding) and finding.rule != "lost-address" for finding in findings):
        return ""
    done: list[str] = []
    if rows := Promise.of(content).rows():
        file = content.home / f"_data/{REGISTER}.yml"
        text = file.read_text(encoding="utf-8") if file.is_file() else ""
        _write(file, with_rows(text, rows))
        done += ["Skrev i redirects.yml. Läs raderna: leder varje adress rätt?"]
        done += [f"  {a}: {to}" for part in rows.values() for a, to in part.items()]
    for finding in (one for one in findings if one.rule == NO_MARK):
        file = content.home.parent / finding.path
        lines = file.read_text(encoding="utf-8").split("\n")
        lines[finding.line - 1] = finding.target
        _write(file, "\n".join(lines))
        done.append(f"Skrev {finding.target} ({finding.path}:{finding.line}).")
    by_file: dict[Path, set[tuple[int, str]]] = {}
    for finding in unused(findings):
        file = content.home.parent / finding.path
        by_file.setdefault(file, set()).add((finding.line, finding.target))
        done.append(f"Tog bort {finding.target} ({finding.path}:{finding.line}).")
    for file, dead in by_file.items():
        text = file.read_text(encoding="utf-8")
        if file.suffix == ".md" and file.parent.name == LAW:
            if HEADING.search(left := cut(text, {line for line, _ in dead})):
                _write(file, left)
            else:
                file.unlink()  # without a paragraph it is no act
            continue
        start, end = found.span(1) if (found := FRONT.match(text)) else (0, len(text))
        above = text.count("\n", 0, start)
        left = without(text[start:end], {(line - above, key) for line, key in dead})
        _write(file, text[:start] + left + text[end:])
    return "\n".join(done)


def _write(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8", newline="\n")
