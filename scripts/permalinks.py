#!/usr/bin/env python3
"""Frågar den publicerade webbplatsen om löftet hålls, docs/_data/permalinks.txt.

Varje utlovad sida ska svara 200, eller leda dit redirects.yml säger (308), varje ställe ska
finnas, och startsidan ha sina skyddshuvuden. Det i docs/ som bryter löftet säger bygget.

Utgång: 0 löftet hålls, 1 fel hittades, 2 kunde inte köras.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from pathlib import Path

if __name__ == "__main__":  # started as a file, on any Python: what follows needs the packages
    sys.path[0] = str(Path(__file__).resolve().parents[1])
    from scripts.core.environment import enter

    enter()

from scripts.content.content import Content
from scripts.core.arguments import as_folder, parser
from scripts.core.environment import ROOT, run, say
from scripts.core.findings import ContentError, report
from scripts.publish import host
from scripts.publish.promise import Promise
from scripts.steps import read_settings


def main(argv: Sequence[str] | None = None) -> int:
    command = parser("scripts/permalinks.py", __doc__)
    add = command.add_argument
    add("--docs", type=as_folder, default=ROOT / "docs", help="mappen med sidornas källor")
    add("--live", metavar="ADRESS", required=True, help="sajtens adress på nätet: https://…")
    args = command.parse_args(argv)
    if not args.docs.is_dir():
        say(f'Mappen "{args.docs}" finns inte.')
        return 2
    if not re.fullmatch(r"https?://[^\s/?#@]+(/[^\s?#]*)?", args.live):
        say(f'"{args.live}" är ingen adress. Skriv https://…')
        return 2
    content = Content.read(args.docs)
    if content.faults:
        return report(content.faults)
    promise = Promise.of(content)
    say(f"Frågar {args.live} om {len(promise.promised)} utlovade adresser.")
    try:
        settings = read_settings(content.docs.parent)
    except ContentError as error:
        return report(error.findings)
    return report(host.check(args.live, promise, settings.extra.security.frame_ancestors))


if __name__ == "__main__":
    raise SystemExit(run(main, sys.argv[1:]))
