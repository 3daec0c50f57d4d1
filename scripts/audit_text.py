#!/usr/bin/env python3
"""Granskar dagens text i den byggda webbplatsen: ett besök på varje sida, uppgifter, sökning, och
det som vägledningen aldrig får svara.

Gränser och regler står i docs/_data/audit/. Testerna frågar om koden fungerar, det här om texten
är bra nog. Bygg först. Behöver det som scripts/test.py installerar.

Utgång: 0 inget fel, 1 något spräcker budgeten eller är fel, 2 kunde inte köras.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

if __name__ == "__main__":  # started as a file, on any Python: what follows needs the packages
    sys.path[0] = str(Path(__file__).resolve().parents[1])
    from scripts.core.environment import reexec_in_venv

    reexec_in_venv("requirements-dev.txt")

from scripts.audit import figures, guide, queries, tasks
from scripts.audit.browser import browser, find_browser, serve
from scripts.audit.budget import AUDIT_FOLDER, Budget, exceeded_limits, read_toml
from scripts.audit.pages import visit_all
from scripts.audit.visit import AXE, PageFault, page_addresses, to_finding
from scripts.content.content import Content
from scripts.content.project import Project
from scripts.core.arguments import as_folder, parser
from scripts.core.environment import ROOT, log, print_result, run_main
from scripts.core.findings import ContentError, Finding, report


def audit(
    root: Path, only: Sequence[str] = (), *, show_measures: bool = False
) -> Iterator[Finding]:
    """Yield a finding for each fault and each exceeded limit in the built site of the project in
    ``root``, and for each violated rule of the guide and of the figures.

    Raises ContentError for settings or a budget that can't be read.

    Args:
        root: the folder with mkdocs.yml and site/.
        only: addresses of pages, "odla/tomat/": only these pages are visited. Without any, all are,
            and guide, figures, tasks and search are audited, too.
        show_measures: print what each page measures, tab-separated.
    """
    site = root / "site"
    content = Project.load(root).content
    docs = _docs_with_budget(content)
    budget = read_toml(Budget, docs, "budget.toml")
    for address, measured, faults in visit_all(site, list(only or page_addresses(site))):
        if show_measures:
            cells = [f"{name}={value:.4g}" for name, value in measured.items()]
            print_result("\t".join([f"/{address}", *cells]))
        for rule, message in exceeded_limits(measured, budget.limits_for(address)):
            faults.append(PageFault(rule, message))
        yield from (to_finding(content, address, fault) for fault in faults)
    if not only:
        yield from guide.check(content, docs)
        yield from figures.check(content, docs)
        with serve(site) as base, browser() as chromium:
            yield from tasks.check(chromium.new_page(locale="sv-SE"), base, docs, budget)
            assets = ROOT / "overrides/assets"
            yield from queries.check(chromium.new_page(), site, docs, assets, budget)


def _docs_with_budget(content: Content) -> Path:
    """Return the docs/ whose limits and rules apply: a municipality's folder has none of its own,
    and the national project's apply to it."""
    with_budget = [docs for docs in content.roots if (docs / AUDIT_FOLDER).is_dir()]
    return with_budget[-1] if with_budget else content.docs


def main(argv: Sequence[str] | None = None) -> int:
    """Run the audit; return its exit code."""
    command = parser("scripts/audit_text.py", __doc__)
    command.add_argument("address", nargs="*", help="bara de här sidorna, till exempel odla/tomat/")
    command.add_argument(
        "--sajt", type=as_folder, default=ROOT, metavar="MAPP", help="sajten i en annan mapp"
    )
    command.add_argument(
        "--figures", dest="show_measures", action="store_true", help="visa varje sidas mått"
    )
    args = command.parse_args(argv)
    if not (args.sajt / "site/index.html").is_file():
        log("site/ saknas. Kör: python3 scripts/build.py")
    elif not (find_browser() and AXE.is_file()):
        log("Chromium eller axe saknas. Kör: python3 scripts/test.py")
    else:
        try:
            return report(audit(args.sajt, args.address, show_measures=args.show_measures))
        except ContentError as error:
            return report(error.findings)
    return 2


if __name__ == "__main__":
    raise SystemExit(run_main(main, sys.argv[1:]))
